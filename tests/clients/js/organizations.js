// SPDX-License-Identifier: MIT
/* organizations: one that is founded, grows and is deleted, and what the company's own keeps. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-organizations";
import { Service } from "./sdk.js";

export const service = new Service(module, "OrganizationsClient", "organizations", { missing: "InvalidInputException" });

const NO_UNIT = "ou-0000-00000000", NO_POLICY = "p-00000000", NO_ROOT = "r-zzzz", NOBODY = "999999999999";
const SCP = "SERVICE_CONTROL_POLICY", TAG_POLICY = "TAG_POLICY", BACKUP = "backup.amazonaws.com";
const STATEMENTS = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] });

export async function walk(sdk, world) {
    await founded(world.as(world.FOUNDER), world);
    const RootId = (await sdk.pages("ListRoots")).Roots[0].Id;
    const unit = await units(sdk, RootId, world);
    await accounts(sdk, RootId, unit, world);
    await services(sdk, world);
    await policies(sdk, RootId, unit);
    await tagsAndResourcePolicy(sdk, unit);
    await sdk.ask("DeleteOrganizationalUnit", { OrganizationalUnitId: unit });
    await leaving(sdk, world);
}

async function refuseAll(sdk, rows) {
    for (const [name, operation, input] of rows) await sdk.refuses(name, operation, input);
}

async function founded(own, { FOUNDER, as, MEMBER }) {
    await own.refuses("AWSOrganizationsNotInUseException", "DescribeOrganization");
    const { Organization } = await own.ask("CreateOrganization", { FeatureSet: "ALL" });
    assert.deepEqual([Organization.MasterAccountId, Organization.FeatureSet], [FOUNDER, "ALL"]);
    assert.deepEqual((await own.ask("DescribeOrganization")).Organization, Organization);
    await refuseAll(own, [
        ["AlreadyInOrganizationException", "CreateOrganization", {}],
        ["InvalidInputException", "CreateOrganization", { FeatureSet: "SOME" }],
        ["MasterCannotLeaveOrganizationException", "LeaveOrganization", {}]]);
    await as(MEMBER).refuses("AccessDeniedException", "DeleteOrganization", {});
    await own.ask("DeleteOrganization");
    for (const operation of ["ListAccounts", "ListRoots", "ListCreateAccountStatus", "ListDelegatedAdministrators",
        "ListAWSServiceAccessForOrganization"]) await own.refuses("AWSOrganizationsNotInUseException", operation, {});
}

async function units(sdk, RootId, { MEMBER }) {
    const made = (await sdk.ask("CreateOrganizationalUnit", { ParentId: RootId, Name: "first" })).OrganizationalUnit;
    const unit = { OrganizationalUnitId: made.Id };
    assert.deepEqual((await sdk.ask("DescribeOrganizationalUnit", unit)).OrganizationalUnit, made);
    assert.equal((await sdk.ask("UpdateOrganizationalUnit", { Name: "renamed", ...unit })).OrganizationalUnit.Name, "renamed");
    assert.equal((await sdk.pages("ListOrganizationalUnitsForParent", { ParentId: RootId })).OrganizationalUnits.length, 1);
    const move = { AccountId: MEMBER, SourceParentId: RootId, DestinationParentId: made.Id };
    await sdk.ask("MoveAccount", move);
    assert.deepEqual((await sdk.pages("ListChildren", { ParentId: made.Id, ChildType: "ACCOUNT" })).Children,
        [{ Id: MEMBER, Type: "ACCOUNT" }]);
    assert.deepEqual((await sdk.pages("ListParents", { ChildId: MEMBER })).Parents, [{ Id: made.Id, Type: "ORGANIZATIONAL_UNIT" }]);
    assert.deepEqual((await sdk.pages("ListAccountsForParent", { ParentId: made.Id })).Accounts.map((row) => row.Id), [MEMBER]);
    await refuseAll(sdk, [
        ["DuplicateOrganizationalUnitException", "CreateOrganizationalUnit", { ParentId: RootId, Name: "renamed" }],
        ["ParentNotFoundException", "CreateOrganizationalUnit", { ParentId: NO_UNIT, Name: "x" }],
        ["ParentNotFoundException", "ListOrganizationalUnitsForParent", { ParentId: NO_UNIT }],
        ["ParentNotFoundException", "ListAccountsForParent", { ParentId: NO_UNIT }],
        ["ParentNotFoundException", "ListChildren", { ParentId: NO_ROOT, ChildType: "ACCOUNT" }],
        ["InvalidInputException", "ListChildren", { ParentId: RootId, ChildType: "NEITHER" }],
        ["ChildNotFoundException", "ListParents", { ChildId: NOBODY }],
        ["AccountNotFoundException", "MoveAccount", { ...move, AccountId: NOBODY }],
        ["DuplicateAccountException", "MoveAccount", move],
        ["DestinationParentNotFoundException", "MoveAccount", { ...move, SourceParentId: made.Id, DestinationParentId: NO_UNIT }],
        ["OrganizationalUnitNotEmptyException", "DeleteOrganizationalUnit", unit],
        ...["Describe", "Update", "Delete"].map((verb) =>
            ["OrganizationalUnitNotFoundException", verb + "OrganizationalUnit", { OrganizationalUnitId: NO_UNIT }])]);
    await sdk.ask("MoveAccount", { AccountId: MEMBER, SourceParentId: made.Id, DestinationParentId: RootId });
    return made.Id;
}

async function accounts(sdk, RootId, unit, { STRANGER, MEMBER, as }) {
    const request = { Email: "one@example.com", AccountName: "One" };
    const { CreateAccountStatus } = await sdk.ask("CreateAccount", request);
    assert.ok(CreateAccountStatus.RequestedTimestamp instanceof Date);
    const asked = { CreateAccountRequestId: CreateAccountStatus.Id };
    assert.deepEqual((await sdk.ask("DescribeCreateAccountStatus", asked)).CreateAccountStatus, CreateAccountStatus);
    assert.deepEqual((await sdk.pages("ListCreateAccountStatus")).CreateAccountStatuses, [CreateAccountStatus]);
    const { AccountId } = CreateAccountStatus;
    assert.equal((await sdk.pages("ListAccounts")).Accounts.length, 4);
    assert.equal((await sdk.ask("DescribeAccount", { AccountId })).Account.Name, "One");
    await refuseAll(sdk, [
        ["InvalidInputException", "CreateAccount", { ...request, Email: "nobody" }],
        ["InvalidInputException", "CreateAccount", { ...request, AccountName: "x".repeat(51) }],
        ["CreateAccountStatusNotFoundException", "DescribeCreateAccountStatus", { CreateAccountRequestId: "car-00000000" }],
        ["InvalidInputException", "ListCreateAccountStatus", { States: ["PERHAPS"] }],
        ["InvalidInputException", "ListAccounts", { MaxResults: 21 }],
        ["InvalidInputException", "ListAccounts", { NextToken: "x" }],
        ["InvalidInputException", "ListRoots", { MaxResults: 0 }],
        ["AccountNotFoundException", "DescribeAccount", { AccountId: STRANGER }],
        ["AccountNotFoundException", "CloseAccount", { AccountId: STRANGER }],
        ["InvalidInputException", "DescribeAccount", { AccountId: "1" }]]);
    await as(MEMBER).refuses("AccessDeniedException", "CloseAccount", { AccountId });
    await sdk.ask("CloseAccount", { AccountId });
    assert.equal((await sdk.ask("DescribeAccount", { AccountId })).Account.State, "CLOSED");
}

async function services(sdk, { MEMBER, STRANGER }) {
    const service = { ServicePrincipal: BACKUP }, register = { AccountId: MEMBER, ...service };
    await sdk.refuses("ConstraintViolationException", "RegisterDelegatedAdministrator", register);
    await sdk.ask("EnableAWSServiceAccess", service);
    assert.equal((await sdk.pages("ListAWSServiceAccessForOrganization")).EnabledServicePrincipals.length, 2);
    await sdk.ask("RegisterDelegatedAdministrator", register);
    assert.deepEqual((await sdk.pages("ListDelegatedAdministrators", service)).DelegatedAdministrators.map((row) => row.Id), [MEMBER]);
    assert.equal((await sdk.pages("ListDelegatedServicesForAccount", { AccountId: MEMBER })).DelegatedServices.length, 1);
    await refuseAll(sdk, [
        ["AccountAlreadyRegisteredException", "RegisterDelegatedAdministrator", register],
        ["AccountNotFoundException", "ListDelegatedServicesForAccount", { AccountId: STRANGER }],
        ["AccountNotFoundException", "RegisterDelegatedAdministrator", { ...register, AccountId: STRANGER }],
        ["InvalidInputException", "EnableAWSServiceAccess", { ServicePrincipal: "backup" }],
        ["InvalidInputException", "DisableAWSServiceAccess", { ServicePrincipal: ".amazonaws.com" }]]);
    await sdk.ask("DeregisterDelegatedAdministrator", register);
    await sdk.refuses("AccountNotRegisteredException", "DeregisterDelegatedAdministrator", register);
    await sdk.ask("DisableAWSServiceAccess", service);
}

async function policies(sdk, RootId, unit) {
    const given = { Name: "deny", Description: "d", Type: SCP, Content: STATEMENTS };
    const made = (await sdk.ask("CreatePolicy", given)).Policy, policy = { PolicyId: made.PolicySummary.Id };
    assert.deepEqual((await sdk.ask("DescribePolicy", policy)).Policy, made);
    assert.equal((await sdk.ask("UpdatePolicy", { Name: "renamed", ...policy })).Policy.PolicySummary.Name, "renamed");
    assert.equal((await sdk.pages("ListPolicies", { Filter: SCP })).Policies.length, 2);
    const pair = { ...policy, TargetId: unit }, scp = { RootId, PolicyType: SCP }, tags = { RootId, PolicyType: TAG_POLICY };
    await sdk.ask("AttachPolicy", pair);
    assert.deepEqual((await sdk.pages("ListTargetsForPolicy", policy)).Targets.map((row) => row.TargetId), [unit]);
    assert.equal((await sdk.pages("ListPoliciesForTarget", { TargetId: unit, Filter: SCP })).Policies.length, 2);
    const effective = { PolicyType: TAG_POLICY, TargetId: unit };
    await refuseAll(sdk, [
        ["DuplicatePolicyException", "CreatePolicy", { ...given, Name: "renamed" }],
        ["MalformedPolicyDocumentException", "CreatePolicy", { ...given, Name: "x", Content: "{" }],
        ["PolicyInUseException", "DeletePolicy", policy],
        ["DuplicatePolicyAttachmentException", "AttachPolicy", pair],
        ["PolicyNotAttachedException", "DetachPolicy", { ...pair, TargetId: RootId }],
        ["TargetNotFoundException", "AttachPolicy", { ...pair, TargetId: NO_UNIT }],
        ["TargetNotFoundException", "ListPoliciesForTarget", { TargetId: NO_ROOT, Filter: SCP }],
        ["InvalidInputException", "ListPolicies", { Filter: "NONE" }],
        ["PolicyTypeAlreadyEnabledException", "EnablePolicyType", scp],
        ["PolicyTypeNotEnabledException", "DisablePolicyType", tags],
        ["EffectivePolicyNotFoundException", "DescribeEffectivePolicy", { PolicyType: TAG_POLICY }],
        ["PolicyNotFoundException", "ListTargetsForPolicy", { PolicyId: NO_POLICY }],
        ...["Describe", "Update", "Delete"].map((verb) => ["PolicyNotFoundException", verb + "Policy", { PolicyId: NO_POLICY }])]);
    await sdk.ask("EnablePolicyType", tags);
    const Content = JSON.stringify({ tags: { cost: { tag_key: { "@@assign": "Cost" } } } });
    const tagging = (await sdk.ask("CreatePolicy", { ...given, Name: "tags", Type: TAG_POLICY, Content })).Policy.PolicySummary.Id;
    const { MasterAccountId } = (await sdk.ask("DescribeOrganization")).Organization;
    await sdk.ask("AttachPolicy", { PolicyId: tagging, TargetId: RootId });
    const seen = await sdk.ask("DescribeEffectivePolicy", { ...effective, TargetId: MasterAccountId });
    assert.deepEqual(JSON.parse(seen.EffectivePolicy.PolicyContent), { tags: { cost: { tag_key: "Cost" } } });
    await sdk.ask("DisablePolicyType", tags);
    await sdk.ask("DetachPolicy", pair);
    await sdk.ask("DeletePolicy", policy);
}

async function tagsAndResourcePolicy(sdk, ResourceId) {
    const Tags = [{ Key: "a", Value: "1" }, { Key: "b", Value: "" }];
    await sdk.ask("TagResource", { ResourceId, Tags });
    assert.deepEqual((await sdk.pages("ListTagsForResource", { ResourceId })).Tags, Tags);
    await sdk.ask("UntagResource", { ResourceId, TagKeys: ["a"] });
    await refuseAll(sdk, [
        ["TargetNotFoundException", "TagResource", { ResourceId: NO_UNIT, Tags }],
        ["TargetNotFoundException", "ListTagsForResource", { ResourceId: NO_UNIT }],
        ["TargetNotFoundException", "UntagResource", { ResourceId: NO_UNIT, TagKeys: ["a"] }],
        ...["Describe", "Delete"].map((verb) => ["ResourcePolicyNotFoundException", verb + "ResourcePolicy", {}]),
        ["InvalidInputException", "PutResourcePolicy", { Content: "no JSON" }]]);
    const { ResourcePolicy } = await sdk.ask("PutResourcePolicy", { Content: STATEMENTS });
    assert.deepEqual((await sdk.ask("DescribeResourcePolicy")).ResourcePolicy, ResourcePolicy);
    await sdk.ask("DeleteResourcePolicy");
}

async function leaving(sdk, { as, FOUNDER, MEMBER, SECOND, STRANGER }) {
    await sdk.refuses("AccountNotFoundException", "RemoveAccountFromOrganization", { AccountId: STRANGER });
    await as(FOUNDER).refuses("AWSOrganizationsNotInUseException", "LeaveOrganization");
    await sdk.ask("RemoveAccountFromOrganization", { AccountId: SECOND });
    await as(MEMBER).ask("LeaveOrganization");
    assert.equal((await sdk.ask("ListAccounts")).Accounts.length, 2);
}
