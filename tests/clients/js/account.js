// SPDX-License-Identifier: MIT
/* account by restJson1: whose an account is, and its Regions. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-account";
import { Service } from "./sdk.js";

export const service = new Service(module, "AccountClient", "account");

export async function walk(sdk, { ROOT, MEMBER, as }) {
    assert.equal((await sdk.ask("GetAccountInformation")).AccountId, ROOT);
    assert.ok((await sdk.ask("GetPrimaryEmail", { AccountId: MEMBER })).PrimaryEmail.includes("@"));
    assert.ok((await sdk.pages("ListRegions")).Regions.length > 10);
    const rows = [
        ["ValidationException", "GetAccountInformation", { AccountId: "1" }],
        ["ValidationException", "GetPrimaryEmail", { AccountId: "1" }],
        ["ValidationException", "ListRegions", { MaxResults: 0 }],
        ["ValidationException", "ListRegions", { NextToken: "x" }],
        ["ValidationException", "ListRegions", { RegionOptStatusContains: ["SOMETIMES"] }]];
    for (const [name, operation, input] of rows) await sdk.refuses(name, operation, input);
    await as(MEMBER).refuses("AccessDeniedException", "GetPrimaryEmail", { AccountId: ROOT });
}
