// SPDX-License-Identifier: MIT
/* identitystore: every operation, on people and groups of its own. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-identitystore";
import { Service } from "./sdk.js";

export const service = new Service(module, "IdentitystoreClient", "identitystore");

const ENTERPRISE = "aws:identitystore:enterprise";
const NOBODY = "00000000-0000-4000-8000-000000000000";
const ANA = {
    UserName: "ana", DisplayName: "Ana A", Name: { GivenName: "Ana", FamilyName: "A", HonorificPrefix: "Dr" }, NickName: "An",
    ProfileUrl: "https://example.com", Title: "Dr", UserType: "employee", PreferredLanguage: "de", Locale: "de-DE",
    Timezone: "Europe/Berlin", Website: "https://example.com/ana", Birthdate: "2000-02-29",
    Emails: [{ Value: "ana@example.com", Type: "work", Primary: true }], PhoneNumbers: [{ Value: "+49 1", Type: "work" }],
    Addresses: [{ StreetAddress: "Way 1", Locality: "Town", Country: "DE", Type: "home", Primary: true }],
    Photos: [{ Value: "https://example.com/1.png", Display: "one" }], Roles: [{ Value: "dev", Primary: true }],
    Extensions: { [ENTERPRISE]: { employeeNumber: "7", manager: { value: "m" } } } };

export async function walk(sdk, { store, users, groups }) {
    const ask = (operation, input) => sdk.ask(operation, { IdentityStoreId: store, ...input });
    const { UserId } = await ask("CreateUser", ANA);
    const shown = await ask("DescribeUser", { UserId, Extensions: [ENTERPRISE] });
    for (const [name, value] of Object.entries(ANA)) assert.deepEqual(shown[name], value, name);
    assert.equal(shown.UserStatus, "ENABLED");
    const { GroupId } = await ask("CreateGroup", { DisplayName: "makers", Description: "who make" });
    await ask("UpdateUser", { UserId, Operations: [{ AttributePath: "title", AttributeValue: "Prof" }, { AttributePath: "nickName" }] });
    const updated = await ask("DescribeUser", { UserId });
    assert.deepEqual([updated.Title, updated.NickName, updated.Extensions], ["Prof", undefined, undefined]);
    await ask("UpdateGroup", { GroupId, Operations: [{ AttributePath: "description", AttributeValue: "makers all" }] });
    assert.equal((await ask("DescribeGroup", { GroupId })).Description, "makers all");
    const byName = (AttributePath, AttributeValue) => ({ AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } } });
    assert.equal((await ask("GetUserId", byName("userName", "ANA"))).UserId, UserId);
    assert.equal((await ask("GetUserId", byName("emails.value", "ana@example.com"))).UserId, UserId);
    assert.equal((await ask("GetGroupId", byName("displayName", "Makers"))).GroupId, GroupId);

    const MemberId = { UserId };
    const { MembershipId } = await ask("CreateGroupMembership", { GroupId, MemberId });
    const membership = await ask("DescribeGroupMembership", { MembershipId });
    assert.deepEqual([membership.GroupId, membership.MemberId], [GroupId, MemberId]);
    assert.equal((await ask("GetGroupMembershipId", { GroupId, MemberId })).MembershipId, MembershipId);
    const { Results } = await ask("IsMemberInGroups", { MemberId, GroupIds: [GroupId, groups.devs] });
    assert.deepEqual(Results.map((row) => row.MembershipExists), [true, false]);
    await ask("CreateGroupMembership", { GroupId, MemberId: { UserId: users.bob } });
    for (const [operation, input, count] of [
        ["ListUsers", {}, 4], ["ListGroups", {}, 3], ["ListGroupMemberships", { GroupId }, 2],
        ["ListGroupMembershipsForMember", { MemberId: { UserId: users.bob } }, 2]]) {
        const whole = await sdk.pages(operation, { IdentityStoreId: store, ...input });
        assert.equal(Object.values(whole).find(Array.isArray).length, count, operation);
    }
    const filtered = await ask("ListUsers", { Filters: [{ AttributePath: "UserName", AttributeValue: "ana" }] });
    assert.deepEqual(filtered.Users.map((user) => user.UserId), [UserId]);
    await invalid(sdk, store, { UserId, GroupId, MembershipId });
    await ask("DeleteGroupMembership", { MembershipId });
    await ask("DeleteGroup", { GroupId });
    await ask("DeleteUser", { UserId });
    await sdk.refuses("ResourceNotFoundException", "DescribeUser", { IdentityStoreId: store, UserId });
}

async function invalid(sdk, store, { UserId, GroupId, MembershipId }) {
    const MemberId = { UserId }, nobody = { UserId: NOBODY }, set = (AttributePath, AttributeValue) => ({ AttributePath, AttributeValue });
    const update = (operation, ...Operations) => ["ValidationException", operation, { UserId, GroupId, Operations }];
    const rows = [
        ["ConflictException", "CreateUser", { ...ANA, UserName: "ANA" }],
        ["ValidationException", "CreateUser", { ...ANA, UserName: "a b" }],
        ["ValidationException", "CreateUser", { ...ANA, UserName: "x".repeat(129) }],
        ["ValidationException", "CreateUser", { ...ANA, UserName: "ben", Emails: [] }],
        ["ConflictException", "CreateGroup", { DisplayName: "MAKERS" }],
        ["ValidationException", "CreateGroup", { DisplayName: "bell\u0007" }],
        ["ConflictException", "CreateGroupMembership", { GroupId, MemberId }],
        ["ResourceNotFoundException", "CreateGroupMembership", { GroupId, MemberId: nobody }],
        ["ValidationException", "CreateGroupMembership", { GroupId, MemberId: {} }],
        update("UpdateUser"), update("UpdateUser", set("userStatus", "DISABLED")), update("UpdateUser", set("shoeSize", "43")),
        update("UpdateUser", set("birthdate", "2001-02-29")), update("UpdateGroup", set("displayName", "")),
        ["ResourceNotFoundException", "GetUserId", {
            AlternateIdentifier: { UniqueAttribute: { AttributePath: "userName", AttributeValue: "nobody" } } }],
        ["ValidationException", "GetUserId", {
            AlternateIdentifier: { UniqueAttribute: { AttributePath: "title", AttributeValue: "Dr" } } }],
        ["ResourceNotFoundException", "GetGroupId", {
            AlternateIdentifier: { UniqueAttribute: { AttributePath: "displayName", AttributeValue: "nobody" } } }],
        ["ValidationException", "IsMemberInGroups", { MemberId, GroupIds: [] }],
        ["ValidationException", "ListUsers", { MaxResults: 0 }],
        ["ValidationException", "ListUsers", { NextToken: "x" }],
        ["ValidationException", "ListGroups", { MaxResults: 101 }],
        ["ValidationException", "ListUsers", { Filters: [{ AttributePath: "Title", AttributeValue: "Dr" }] }],
        ["ResourceNotFoundException", "ListGroupMemberships", { GroupId: NOBODY }],
        ["ResourceNotFoundException", "ListGroupMembershipsForMember", { MemberId: nobody }],
        ["ResourceNotFoundException", "GetGroupMembershipId", { GroupId: NOBODY, MemberId }],
        ["ResourceNotFoundException", "UpdateUser", { UserId: NOBODY, Operations: [set("title", "x")] }],
        ["ResourceNotFoundException", "UpdateGroup", { GroupId: NOBODY, Operations: [set("description", "x")] }],
        ...["DescribeUser", "DeleteUser"].map((operation) => ["ResourceNotFoundException", operation, { UserId: NOBODY }]),
        ...["DescribeGroup", "DeleteGroup"].map((operation) => ["ResourceNotFoundException", operation, { GroupId: NOBODY }]),
        ...["DescribeGroupMembership", "DeleteGroupMembership"].map((operation) =>
            ["ResourceNotFoundException", operation, { MembershipId: NOBODY }]),
        ["ValidationException", "DescribeGroupMembership", { MembershipId: MembershipId.slice(1) }]];
    for (const [name, operation, input] of rows) await sdk.refuses(name, operation, { IdentityStoreId: store, ...input });
    await sdk.refuses("ResourceNotFoundException", "ListUsers", { IdentityStoreId: "d-0000000000" });
}
