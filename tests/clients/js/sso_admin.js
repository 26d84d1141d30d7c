// SPDX-License-Identifier: MIT
/* sso-admin: instances, applications and what hangs on them, permission sets, account assignments, issuers and tags. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-sso-admin";
import { Service } from "./sdk.js";

export const service = new Service(module, "SSOAdminClient", "sso");

const NOBODY = "00000000-0000-4000-8000-000000000000";
const CUSTOM = "arn:aws:sso::aws:applicationProvider/custom";
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const ATTRIBUTES = "InstanceAccessControlAttributeConfiguration";
const ISSUER = {
    TrustedTokenIssuerType: "OIDC_JWT", TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: {
        IssuerUrl: "https://idp.example.com", ClaimAttributePath: "email", IdentityStoreAttributePath: "emails.value",
        JwksRetrievalOption: "OPEN_ID_DISCOVERY" } } };

/** The same ARN or id with another last character: of nothing that is there. */
const other = (arn) => arn.slice(0, -1) + (arn.at(-1) === "0" ? "1" : "0");

export async function walk(sdk, world) {
    const alice = { PrincipalId: world.users.alice, PrincipalType: "USER" }, instance = { InstanceArn: world.instance };
    await instances(world.as(world.STRANGER));
    await regionsAndAttributes(sdk, instance);
    await applications(sdk, instance, alice);
    await permissionSets(sdk, instance);
    await accountAssignments(sdk, instance, alice, world);
    await issuersAndTags(sdk, instance);
}

async function refuseAll(sdk, rows) {
    for (const [name, operation, input] of rows) await sdk.refuses(name, operation, input);
}

async function instances(own) {
    const made = await own.ask("CreateInstance", { Name: "first", ClientToken: "t" });
    assert.deepEqual(await own.ask("CreateInstance", { Name: "first", ClientToken: "t" }), made);
    await own.ask("UpdateInstance", { Name: "second", ...made });
    assert.equal((await own.ask("DescribeInstance", made)).Name, "second");
    assert.equal((await own.pages("ListInstances")).Instances.length, 1);
    const unknown = { InstanceArn: other(made.InstanceArn) };
    await refuseAll(own, [
        ["ConflictException", "CreateInstance", {}],
        ["ValidationException", "CreateInstance", { Name: "x".repeat(256) }],
        ["ValidationException", "ListInstances", { MaxResults: 0 }],
        ["ValidationException", "ListInstances", { NextToken: "x" }],
        ["ResourceNotFoundException", "UpdateInstance", { Name: "x", ...unknown }],
        ["AccessDeniedException", "DescribeInstance", unknown],
        ["AccessDeniedException", "DeleteInstance", unknown],
        ["ValidationException", "ListPermissionSets", made]]);
    await own.ask("DeleteInstance", made);
}

async function regionsAndAttributes(sdk, instance) {
    const region = { RegionName: "eu-west-1", ...instance };
    await sdk.ask("AddRegion", region);
    assert.equal((await sdk.ask("DescribeRegion", region)).IsPrimaryRegion, false);
    assert.equal((await sdk.pages("ListRegions", instance)).Regions.length, 2);
    await refuseAll(sdk, [
        ["ConflictException", "AddRegion", region],
        ["ConflictException", "RemoveRegion", { ...region, RegionName: "us-east-1" }],
        ["ResourceNotFoundException", "DescribeRegion", { ...region, RegionName: "sa-east-1" }],
        ["AccessDeniedException", "ListRegions", { InstanceArn: other(instance.InstanceArn) }]]);
    await sdk.ask("RemoveRegion", region);

    const given = { [ATTRIBUTES]: { AccessControlAttributes: [{ Key: "team", Value: { Source: ["${path:enterprise.department}"] } }] } };
    await refuseAll(sdk, [
        ...["Describe", "Delete"].map((verb) => ["ResourceNotFoundException", verb + ATTRIBUTES, instance]),
        ["ResourceNotFoundException", "Update" + ATTRIBUTES, { ...given, ...instance }]]);
    await sdk.ask("Create" + ATTRIBUTES, { ...given, ...instance });
    await sdk.refuses("ConflictException", "Create" + ATTRIBUTES, { ...given, ...instance });
    assert.deepEqual((await sdk.ask("Describe" + ATTRIBUTES, instance))[ATTRIBUTES], given[ATTRIBUTES]);
    await sdk.ask("Update" + ATTRIBUTES, { [ATTRIBUTES]: { AccessControlAttributes: [] }, ...instance });
    await sdk.ask("Delete" + ATTRIBUTES, instance);
}

async function applications(sdk, instance, alice) {
    const provider = { ApplicationProviderArn: CUSTOM };
    await sdk.pages("ListApplicationProviders");
    assert.equal((await sdk.ask("DescribeApplicationProvider", provider)).ApplicationProviderArn, CUSTOM);
    const PortalOptions = { SignInOptions: { Origin: "APPLICATION", ApplicationUrl: "https://app.example.com/" }, Visibility: "DISABLED" };
    const { ApplicationArn } = await sdk.ask("CreateApplication", {
        Name: "app", Description: "mine", PortalOptions, Tags: [{ Key: "k", Value: "" }], ...provider, ...instance });
    const app = { ApplicationArn }, unknown = { ApplicationArn: other(ApplicationArn) };
    assert.deepEqual((await sdk.ask("DescribeApplication", app)).PortalOptions, PortalOptions);
    await sdk.ask("UpdateApplication", { Name: "renamed", Status: "DISABLED", ...app });
    assert.equal((await sdk.pages("ListApplications", instance)).Applications.find((row) =>
        row.ApplicationArn === ApplicationArn).Name, "renamed");
    await refuseAll(sdk, [
        ["ResourceNotFoundException", "DescribeApplicationProvider", { ApplicationProviderArn: CUSTOM + "-not" }],
        ["ValidationException", "ListApplicationProviders", { MaxResults: 101 }],
        ["ResourceNotFoundException", "CreateApplication", { Name: "x", ApplicationProviderArn: CUSTOM + "-not", ...instance }],
        ["ValidationException", "CreateApplication", { Name: "x", PortalOptions: { SignInOptions: { Origin: "NEITHER" } },
            ...provider, ...instance }],
        ["AccessDeniedException", "ListApplications", { InstanceArn: other(instance.InstanceArn) }],
        ...["DescribeApplication", "UpdateApplication", "DeleteApplication", "ListApplicationAssignments", "ListApplicationGrants",
            "ListApplicationAccessScopes", "ListApplicationAuthenticationMethods", "GetApplicationAssignmentConfiguration",
            "GetApplicationSessionConfiguration"].map((operation) => ["ResourceNotFoundException", operation, unknown])]);
    await partsOfApplication(sdk, app, unknown);
    await sdk.ask("CreateApplicationAssignment", { ...alice, ...app });
    assert.deepEqual(await sdk.ask("DescribeApplicationAssignment", { ...alice, ...app }), { ...alice, ...app });
    assert.equal((await sdk.pages("ListApplicationAssignments", app)).ApplicationAssignments.length, 1);
    assert.equal((await sdk.pages("ListApplicationAssignmentsForPrincipal", { ...alice, ...instance })).ApplicationAssignments.length, 1);
    const nobody = { PrincipalId: NOBODY, PrincipalType: "USER" };
    await refuseAll(sdk, [
        ...["Create", "Describe", "Delete"].map((verb) =>
            ["ResourceNotFoundException", verb + "ApplicationAssignment", { ...nobody, ...app }]),
        ["ResourceNotFoundException", "ListApplicationAssignmentsForPrincipal", { ...nobody, ...instance }]]);
    await sdk.ask("DeleteApplicationAssignment", { ...alice, ...app });
    await sdk.ask("DeleteApplication", app);
    await sdk.refuses("ResourceNotFoundException", "DescribeApplication", app);
}

async function partsOfApplication(sdk, app, unknown) {
    const parts = [
        ["Grant", { GrantType: "authorization_code" }, { Grant: { AuthorizationCode: { RedirectUris: ["https://a.example.com"] } } }],
        ["AuthenticationMethod", { AuthenticationMethodType: "IAM" },
            { AuthenticationMethod: { Iam: { ActorPolicy: { Version: "2012-10-17", Statement: [] } } } }],
        ["AccessScope", { Scope: "a:b:c" }, { AuthorizedTargets: [app.ApplicationArn] }]];
    for (const [noun, key, value] of parts) {
        await refuseAll(sdk, ["Get", "Delete"].map((verb) => ["ResourceNotFoundException", `${verb}Application${noun}`, { ...key, ...app }]));
        await sdk.refuses("ResourceNotFoundException", `PutApplication${noun}`, { ...key, ...value, ...unknown });
        await sdk.ask(`PutApplication${noun}`, { ...key, ...value, ...app });
        const shown = await sdk.ask(`GetApplication${noun}`, { ...key, ...app });
        for (const name of Object.keys(value)) assert.deepEqual(shown[name], value[name], noun);
        const listed = await sdk.pages(`ListApplication${noun}s`, app);
        assert.equal(Object.values(listed).find(Array.isArray).length, 1, noun);
        await sdk.ask(`DeleteApplication${noun}`, { ...key, ...app });
    }
    for (const [noun, value] of [["Assignment", { AssignmentRequired: false }],
        ["Session", { UserBackgroundSessionApplicationStatus: "DISABLED" }]]) {
        await sdk.ask(`PutApplication${noun}Configuration`, { ...value, ...app });
        assert.deepEqual(await sdk.ask(`GetApplication${noun}Configuration`, app), value);
        await sdk.refuses("ResourceNotFoundException", `PutApplication${noun}Configuration`, { ...value, ...unknown });
    }
}

async function permissionSets(sdk, instance) {
    const made = (await sdk.ask("CreatePermissionSet", { Name: "admin", SessionDuration: "PT4H", ...instance })).PermissionSet;
    const where = { PermissionSetArn: made.PermissionSetArn, ...instance };
    const unknown = { PermissionSetArn: other(made.PermissionSetArn), ...instance };
    await sdk.ask("UpdatePermissionSet", { Description: "all", ...where });
    assert.equal((await sdk.ask("DescribePermissionSet", where)).PermissionSet.Description, "all");
    assert.deepEqual((await sdk.pages("ListPermissionSets", instance)).PermissionSets, [made.PermissionSetArn]);
    const InlinePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const reference = { CustomerManagedPolicyReference: { Name: "mine", Path: "/team/" } };
    const boundary = { PermissionsBoundary: reference }, managed = { ManagedPolicyArn: READ_ONLY };
    const attachReference = "AttachCustomerManagedPolicyReferenceToPermissionSet";
    const detachReference = "DetachCustomerManagedPolicyReferenceFromPermissionSet";
    await refuseAll(sdk, [
        ["ConflictException", "CreatePermissionSet", { Name: "admin", ...instance }],
        ["ValidationException", "CreatePermissionSet", { Name: "x", SessionDuration: "PT59M", ...instance }],
        ["ResourceNotFoundException", "ListPermissionSets", { InstanceArn: other(instance.InstanceArn) }],
        ["ValidationException", "PutInlinePolicyToPermissionSet", { InlinePolicy: "{", ...where }],
        ["ValidationException", "PutPermissionsBoundaryToPermissionSet", { PermissionsBoundary: {}, ...where }],
        ["ValidationException", "AttachManagedPolicyToPermissionSet", { ManagedPolicyArn: "short", ...where }],
        ["ResourceNotFoundException", attachReference, { ...reference, ...unknown }],
        ["ResourceNotFoundException", detachReference, { ...reference, ...where }],
        ["ResourceNotFoundException", "DetachManagedPolicyFromPermissionSet", { ...managed, ...where }],
        ...["GetPermissionsBoundaryForPermissionSet", "DeletePermissionsBoundaryFromPermissionSet",
            "DeleteInlinePolicyFromPermissionSet"].map((operation) => ["ResourceNotFoundException", operation, where]),
        ...["DescribePermissionSet", "UpdatePermissionSet", "DeletePermissionSet", "GetInlinePolicyForPermissionSet",
            "ListManagedPoliciesInPermissionSet", "ListCustomerManagedPolicyReferencesInPermissionSet"].map((operation) =>
            ["ResourceNotFoundException", operation, unknown])]);
    await sdk.ask("PutInlinePolicyToPermissionSet", { InlinePolicy, ...where });
    assert.deepEqual(await sdk.ask("GetInlinePolicyForPermissionSet", where), { InlinePolicy });
    await sdk.ask("DeleteInlinePolicyFromPermissionSet", where);
    await sdk.ask("PutPermissionsBoundaryToPermissionSet", { ...boundary, ...where });
    assert.deepEqual(await sdk.ask("GetPermissionsBoundaryForPermissionSet", where), boundary);
    await sdk.ask("DeletePermissionsBoundaryFromPermissionSet", where);
    await sdk.ask("AttachManagedPolicyToPermissionSet", { ...managed, ...where });
    await sdk.ask(attachReference, { ...reference, ...where });
    assert.deepEqual((await sdk.pages("ListManagedPoliciesInPermissionSet", where)).AttachedManagedPolicies,
        [{ Name: "ReadOnlyAccess", Arn: READ_ONLY }]);
    assert.equal((await sdk.pages("ListCustomerManagedPolicyReferencesInPermissionSet", where)).CustomerManagedPolicyReferences.length, 1);
    await sdk.ask("DetachManagedPolicyFromPermissionSet", { ...managed, ...where });
    await sdk.ask(detachReference, { ...reference, ...where });
    await sdk.ask("DeletePermissionSet", where);
}

async function accountAssignments(sdk, instance, alice, { MEMBER }) {
    const { PermissionSetArn } = (await sdk.ask("CreatePermissionSet", { Name: "reader", ...instance })).PermissionSet;
    const where = { PermissionSetArn, ...instance }, target = { TargetId: MEMBER, TargetType: "AWS_ACCOUNT" };
    const unknown = { PermissionSetArn: other(PermissionSetArn), ...instance }, nobody = { ...alice, PrincipalId: NOBODY };
    const made = (await sdk.ask("CreateAccountAssignment", { ...alice, ...target, ...where })).AccountAssignmentCreationStatus;
    const asked = { AccountAssignmentCreationRequestId: made.RequestId, ...instance };
    assert.deepEqual((await sdk.ask("DescribeAccountAssignmentCreationStatus", asked)).AccountAssignmentCreationStatus, made);
    await sdk.pages("ListAccountAssignmentCreationStatus", instance);
    assert.equal((await sdk.pages("ListAccountAssignments", { AccountId: MEMBER, ...where })).AccountAssignments.length, 1);
    assert.equal((await sdk.pages("ListAccountAssignmentsForPrincipal", { ...alice, ...instance })).AccountAssignments.length, 1);
    assert.deepEqual((await sdk.pages("ListAccountsForProvisionedPermissionSet", where)).AccountIds, [MEMBER]);
    assert.deepEqual((await sdk.pages("ListPermissionSetsProvisionedToAccount", { AccountId: MEMBER, ...instance })).PermissionSets,
        [PermissionSetArn]);
    const done = (await sdk.ask("ProvisionPermissionSet", { ...target, ...where })).PermissionSetProvisioningStatus;
    const provisioned = { ProvisionPermissionSetRequestId: done.RequestId, ...instance };
    assert.deepEqual((await sdk.ask("DescribePermissionSetProvisioningStatus", provisioned)).PermissionSetProvisioningStatus, done);
    await sdk.pages("ListPermissionSetProvisioningStatus", instance);
    const nowhere = { InstanceArn: other(instance.InstanceArn) };
    await refuseAll(sdk, [
        ["ResourceNotFoundException", "CreateAccountAssignment", { ...nobody, ...target, ...where }],
        ["ResourceNotFoundException", "CreateAccountAssignment", { ...alice, ...target, ...where, TargetId: "999999999999" }],
        ["ValidationException", "CreateAccountAssignment", { ...alice, ...target, ...where, TargetId: "1" }],
        ["ResourceNotFoundException", "DeleteAccountAssignment", { ...nobody, ...target, ...where }],
        ["ValidationException", "ProvisionPermissionSet", { TargetType: "AWS_ACCOUNT", ...where }],
        ["ResourceNotFoundException", "DescribeAccountAssignmentCreationStatus", {
            ...instance, AccountAssignmentCreationRequestId: NOBODY }],
        ["ResourceNotFoundException", "DescribeAccountAssignmentDeletionStatus", {
            ...instance, AccountAssignmentDeletionRequestId: made.RequestId }],
        ["ResourceNotFoundException", "DescribePermissionSetProvisioningStatus", { ...instance, ProvisionPermissionSetRequestId: NOBODY }],
        ["ResourceNotFoundException", "ListAccountAssignments", { AccountId: MEMBER, ...unknown }],
        ["ResourceNotFoundException", "ListAccountsForProvisionedPermissionSet", unknown],
        ["ResourceNotFoundException", "ListAccountAssignmentsForPrincipal", { ...nobody, ...instance }],
        ["ResourceNotFoundException", "ListPermissionSetsProvisionedToAccount", { AccountId: MEMBER, ...nowhere }],
        ...["ListAccountAssignmentCreationStatus", "ListAccountAssignmentDeletionStatus", "ListPermissionSetProvisioningStatus"].map(
            (operation) => ["ResourceNotFoundException", operation, nowhere]),
        ["ConflictException", "DeletePermissionSet", where]]);
    const gone = (await sdk.ask("DeleteAccountAssignment", { ...alice, ...target, ...where })).AccountAssignmentDeletionStatus;
    await sdk.ask("DescribeAccountAssignmentDeletionStatus", { AccountAssignmentDeletionRequestId: gone.RequestId, ...instance });
    await sdk.pages("ListAccountAssignmentDeletionStatus", instance);
    await sdk.ask("DeletePermissionSet", where);
}

async function issuersAndTags(sdk, instance) {
    const made = await sdk.ask("CreateTrustedTokenIssuer", { Name: "first", ...ISSUER, ...instance });
    const unknown = { TrustedTokenIssuerArn: other(made.TrustedTokenIssuerArn) };
    await sdk.ask("UpdateTrustedTokenIssuer", { Name: "renamed", ...made });
    assert.deepEqual(await sdk.ask("DescribeTrustedTokenIssuer", made), { Name: "renamed", ...made, ...ISSUER });
    assert.equal((await sdk.pages("ListTrustedTokenIssuers", instance)).TrustedTokenIssuers.length, 1);
    const tagged = { ResourceArn: made.TrustedTokenIssuerArn }, Tags = [{ Key: "a", Value: "1" }, { Key: "b", Value: "" }];
    await sdk.ask("TagResource", { Tags, ...tagged });
    assert.deepEqual((await sdk.pages("ListTagsForResource", tagged)).Tags, Tags);
    await sdk.ask("UntagResource", { TagKeys: ["a"], ...tagged });
    const nothing = { ResourceArn: unknown.TrustedTokenIssuerArn };
    await refuseAll(sdk, [
        ["AccessDeniedException", "CreateTrustedTokenIssuer", { Name: "x", ...ISSUER, InstanceArn: other(instance.InstanceArn) }],
        ["AccessDeniedException", "ListTrustedTokenIssuers", { InstanceArn: other(instance.InstanceArn) }],
        ...["Describe", "Update", "Delete"].map((verb) => ["ResourceNotFoundException", verb + "TrustedTokenIssuer", unknown]),
        ["ValidationException", "TagResource", { Tags: [{ Key: "aws:x", Value: "" }], ...tagged }],
        ["ResourceNotFoundException", "ListTagsForResource", nothing],
        ["ResourceNotFoundException", "TagResource", { Tags, ...nothing }],
        ["ResourceNotFoundException", "UntagResource", { TagKeys: ["a"], ...nothing }]]);
    await sdk.ask("DeleteTrustedTokenIssuer", made);
}
