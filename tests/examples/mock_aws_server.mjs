// SPDX-License-Identifier: MIT
/* A mock-aws for tests in Node: copy this file. `const mock = await start({ users: ["alice"] })`, and `after(() => mock.stop())`. */
import { spawn } from "node:child_process";
import { once } from "node:events";

const PROGRAM = process.env.MOCK_AWS ?? "mock-aws";

/** A server of one's own with this world: the ids of who is in it, a call of its control surface, and how to end it. */
export async function start(world, ...options) {
    const command = ["serve", "--quiet", "--listen", "127.0.0.1:0", "--ready-fd", "3", ...options];
    const server = spawn(PROGRAM, command, { stdio: ["ignore", "ignore", "inherit", "pipe"] });
    const ended = once(server, "exit");
    let port = "";
    for await (const chars of server.stdio[3]) port += chars;
    const url = `http://127.0.0.1:${port.trim()}`;
    const control = async (path, document) => {
        const put = { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(document) };
        return (await fetch(`${url}/_mock/${path}`, document && put)).json();
    };
    return { url, control, ids: await control("world", world), stop: () => server.kill() && ended };
}
