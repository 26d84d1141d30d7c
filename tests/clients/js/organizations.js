// SPDX-License-Identifier: MIT
/* organizations: an organization of its own, whose accounts come and close. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-organizations";
import { Service } from "./sdk.js";

export const service = new Service(module, "OrganizationsClient", "organizations", { missing: "InvalidInputException" });

export async function walk(sdk, { as, FOUNDER, MEMBER, STRANGER }) {
    const own = as(FOUNDER);
    await own.refuses("AWSOrganizationsNotInUseException", "DescribeOrganization");
    const { Organization } = await own.ask("CreateOrganization", { FeatureSet: "ALL" });
    assert.deepEqual([Organization.MasterAccountId, Organization.FeatureSet], [FOUNDER, "ALL"]);
    assert.deepEqual((await own.ask("DescribeOrganization")).Organization, Organization);
    const request = { Email: "one@example.com", AccountName: "One" };
    const { CreateAccountStatus } = await own.ask("CreateAccount", request);
    assert.ok(CreateAccountStatus.RequestedTimestamp instanceof Date);
    const asked = { CreateAccountRequestId: CreateAccountStatus.Id };
    assert.deepEqual((await own.ask("DescribeCreateAccountStatus", asked)).CreateAccountStatus, CreateAccountStatus);
    const { AccountId } = CreateAccountStatus;
    assert.equal((await own.pages("ListAccounts")).Accounts.length, 2);
    assert.equal((await own.ask("DescribeAccount", { AccountId })).Account.Name, "One");
    const rows = [
        ["AlreadyInOrganizationException", "CreateOrganization", {}],
        ["InvalidInputException", "CreateOrganization", { FeatureSet: "SOME" }],
        ["InvalidInputException", "CreateAccount", { ...request, Email: "nobody" }],
        ["InvalidInputException", "CreateAccount", { ...request, AccountName: "x".repeat(51) }],
        ["CreateAccountStatusNotFoundException", "DescribeCreateAccountStatus", { CreateAccountRequestId: "car-00000000" }],
        ["InvalidInputException", "ListAccounts", { MaxResults: 21 }],
        ["InvalidInputException", "ListAccounts", { NextToken: "x" }],
        ["AccountNotFoundException", "DescribeAccount", { AccountId: STRANGER }],
        ["AccountNotFoundException", "CloseAccount", { AccountId: STRANGER }],
        ["InvalidInputException", "DescribeAccount", { AccountId: "1" }]];
    for (const [name, operation, input] of rows) await own.refuses(name, operation, input);
    await as(MEMBER).refuses("AccessDeniedException", "CloseAccount", { AccountId });
    await own.ask("CloseAccount", { AccountId });
    assert.equal((await own.ask("DescribeAccount", { AccountId })).Account.State, "CLOSED");
}
