// SPDX-License-Identifier: MIT
/* How a test of one's own off-boarding looks: node --test offboarding.test.mjs, with MOCK_AWS naming the program. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { start } from "./mock_aws_server.mjs";

const WORLD = {
    start: "2026-06-04T09:00:00Z", users: ["alice", "bob"], groups: { devs: ["alice", "bob"] },
    assignments: [{ to: "group:devs", plan: "pro", at: "2026-03-01T00:00:00Z" }],
    uses: [{ user: "alice", at: "2026-03-02T09:00:00Z" }, { user: "bob", at: "2026-03-02T09:00:00Z" }] };
let mock;

before(async () => (mock = await start(WORLD)));
after(() => mock?.stop());

/** What is to be tested: here a command of the AWS CLI, which is told where the mock is. */
function offboard(store, id) {
    const env = { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "us-east-1" };
    execFileSync("aws", ["--endpoint-url", mock.url, "identitystore", "delete-user", "--identity-store-id", store, "--user-id", id], { env });
}

test("who leaves has no seat, and nobody else loses one", async () => {
    offboard(mock.ids.instances.main.identity_store_id, mock.ids.users.alice);
    const { subscriptions } = await mock.control("subscriptions");
    assert.deepEqual(subscriptions.map((row) => [row.status, row.rule]), [["CANCELED", "auto-user-deleted"], ["ACTIVE", null]]);
});
