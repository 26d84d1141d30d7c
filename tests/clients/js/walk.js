// SPDX-License-Identifier: MIT
/*
 * The AWS SDK for JavaScript v3 through every operation that mock-aws offers of the services below, with valid and invalid input.
 * The server verifies each signature. An offered operation that no walk calls fails, and so does one that refuses nothing.
 */
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { checkValue } from "./sdk.js";
import { Server, offered } from "./server.js";
import * as account from "./account.js";
import * as cloudtrail from "./cloudtrail.js";
import * as costExplorer from "./cost_explorer.js";
import * as iam from "./iam.js";
import * as identitystore from "./identitystore.js";
import * as organizations from "./organizations.js";
import * as serviceQuotas from "./service_quotas.js";
import * as ssoAdmin from "./sso_admin.js";
import * as sts from "./sts.js";

/* In this order: cloudtrail finds what others have left, and members leave in organizations. */
const WALKS = { identitystore, "sso-admin": ssoAdmin, sts, iam, account, ce: costExplorer, servicequotas: serviceQuotas, cloudtrail,
    organizations };

const PROGRAM = process.argv[2];
const ROOT = "111122223333", MEMBER = "222233334444", STRANGER = "444455556666", FOUNDER = "555566667777",
    SECOND = "333344445555";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const WORLD = {
    format: 1, start: "2026-06-10T09:00:00Z",
    accounts: { root: { id: ROOT, organization: "acme", management: true }, member: { id: MEMBER, organization: "acme" },
        second: { id: SECOND, organization: "acme" }, stranger: { id: STRANGER } },
    instances: { main: { account: "root" } }, users: ["alice", "bob", "carol"], groups: { devs: ["alice"], ops: ["bob"] },
    profiles: { p: { account: "root" } }, assignments: [{ to: "user:carol", at: "2026-05-04T00:00:00Z" }],
    uses: [{ user: "carol", at: "2026-05-04T00:00:00Z" }] };

/* APIs that AWS does not publish: the SDK has no client of them. */
const UNPUBLISHED = ["identitystore-internal", "userpool", "sso-directory", "codewhisperer", "q", "user-subscriptions"];

/* Operations that have nothing to refuse. */
const REFUSES_NOTHING = new Set(["GetCallerIdentity"]);

let server, names;

before(async () => {
    const credentials = [ROOT, MEMBER, STRANGER, FOUNDER].flatMap((key) => ["--credential", `${key}:${SECRET}`]);
    server = await Server.start(PROGRAM, "--auth", "verify", ...credentials);
    names = await server.control("PUT", "world", WORLD);
});

after(() => server?.stop());

test("an answer that is not as its schema says is noticed", () => {
    const { output } = ssoAdmin.service.schema("ListRegions");
    const region = { RegionName: "us-east-1", Status: "ACTIVE", AddedDate: new Date(0), IsPrimaryRegion: true };
    checkValue(output, { Regions: [region] }, "good");
    for (const wrong of [{ Regions: region }, { Regions: [{ ...region, IsPrimaryRegion: "yes" }] },
        { Regions: [{ ...region, AddedDate: new Date(NaN) }] }, { Regions: [7] }])
        assert.throws(() => checkValue(output, wrong, "wrong"), assert.AssertionError);
    assert.throws(() => checkValue(identitystore.service.schema("CreateUser").output, { UserId: "one" }, "other"), /is missing/);
});

test("every service of AWS that is offered is walked through", () => {
    const services = offered(PROGRAM).filter((row) => row.scopes?.length > 0).map((row) => row.name);
    const walked = Object.values(WALKS).map(({ service }) => service.offeredAs);
    assert.deepEqual(services.filter((name) => ![...walked, ...UNPUBLISHED].includes(name)), []);
});

for (const [name, { service, walk }] of Object.entries(WALKS)) {
    test(name, async (context) => {
        const sdk = service.client(server.url, ROOT, SECRET);
        await context.test("answers", () => walk(sdk, {
            server, users: names.users, groups: names.groups, profile: names.profiles.p, instance: names.instances.main.arn,
            store: names.instances.main.identity_store_id, ROOT, MEMBER, STRANGER, FOUNDER, SECOND,
            as: (key, region) => service.client(server.url, key, SECRET, region) }));
        await context.test("refuses what lacks a required member, and does nothing", async () => {
            const digest = await server.control("GET", "digest");
            for (const operation of Object.keys(service.valid))
                for (const input of service.incomplete(operation)) await sdk.refuses(service.missing, operation, input);
            assert.deepEqual(await server.control("GET", "digest"), digest);
        });
        await context.test("refuses a signature by another secret", async () => {
            const [operation] = Object.keys(service.valid);
            await service.client(server.url, ROOT, "another").refuses(service.forged, operation, service.valid[operation]);
        });
        await context.test("nothing that is offered is left out", () => {
            const { operations } = offered(PROGRAM).find((row) => row.name === service.offeredAs);
            const wanted = operations.map((row) => row.name);
            assert.deepEqual(wanted.filter((operation) => !service.valid[operation]), [], "not answered yet");
            assert.deepEqual(wanted.filter((operation) => !service.refused.has(operation) && !REFUSES_NOTHING.has(operation)), [],
                "refused nothing yet");
            context.diagnostic(`${name}: ${wanted.length} operations, ${service.calls.answered} calls answered, ` +
                `${service.calls.refused} refused`);
        });
    });
}
