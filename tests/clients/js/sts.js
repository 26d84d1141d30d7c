// SPDX-License-Identifier: MIT
/* sts by the query protocol: who is calling, and roles. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-sts";
import { Service } from "./sdk.js";

export const service = new Service(module, "STSClient", "sts", { missing: "ValidationError", forged: "SignatureDoesNotMatch" });

export async function walk(sdk, { ROOT, STRANGER }) {
    const { Account, Arn } = await sdk.ask("GetCallerIdentity");
    assert.deepEqual([Account, Arn.includes(ROOT)], [ROOT, true]);
    const role = { RoleArn: `arn:aws:iam::${STRANGER}:role/ops/Off-boarding`, RoleSessionName: "nightly", DurationSeconds: 900,
        Tags: [{ Key: "a", Value: "b @ c" }, { Key: "d", Value: "" }] };
    const { AssumedRoleUser, Credentials } = await sdk.ask("AssumeRole", role);
    assert.equal(AssumedRoleUser.Arn, `arn:aws:sts::${STRANGER}:assumed-role/Off-boarding/nightly`);
    assert.equal(Credentials.Expiration.toISOString(), "2026-06-10T09:15:00.000Z");
    for (const wrong of [{ RoleArn: `arn:aws:iam::${STRANGER}:user/somebody` }, { DurationSeconds: 1 }, { RoleSessionName: "a b" },
        { Tags: [{ Key: "", Value: "" }] }])
        await sdk.refuses("ValidationError", "AssumeRole", { ...role, ...wrong });
}
