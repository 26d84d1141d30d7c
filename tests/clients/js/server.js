// SPDX-License-Identifier: MIT
/* A mock-aws of one's own: started on a free port, called, stopped, and asked whether it ended well. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import assert from "node:assert/strict";

/** The services and operations that a program offers. */
export function offered(program) {
    return JSON.parse(execFileSync(program, ["operations", "--json"]));
}

export class Server {
    static async start(program, ...options) {
        const server = new Server();
        const command = ["serve", "--listen", "127.0.0.1:0", "--ready-fd", "3", "--check-answers", "--quiet", ...options];
        server.process = spawn(program, command, { stdio: ["ignore", "ignore", "pipe", "pipe"] });
        server.said = "";
        server.process.stderr.on("data", (chars) => (server.said += chars));
        let port = "";
        for await (const chars of server.process.stdio[3]) port += chars;
        assert.match(port, /^[0-9]+\s*$/, `mock-aws did not start: ${server.said}`);
        server.url = `http://127.0.0.1:${port.trim()}`;
        return server;
    }

    async control(method, path, body) {
        const answer = await fetch(`${this.url}/_mock/${path}`, {
            method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
        const text = await answer.text();
        assert.equal(answer.status, 200, `${method} ${path}: ${text}`);
        return JSON.parse(text);
    }

    async stop() {
        const ended = once(this.process, "close");
        this.process.kill("SIGTERM");
        const [code] = await ended;
        assert.equal(code, 0, `exit code ${code} after SIGTERM: ${this.said}`);
        assert.doesNotMatch(this.said, /Sanitizer|runtime error:/);
    }
}
