// SPDX-License-Identifier: MIT
/* iam by the query protocol: the service-linked roles. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-iam";
import { Service } from "./sdk.js";

export const service = new Service(module, "IAMClient", "iam", { missing: "ValidationError", forged: "SignatureDoesNotMatch" });

const SEATS_ROLE = "AWSServiceRoleForUserSubscriptions", SEATS_SERVICE = "user-subscriptions.amazonaws.com";

export async function walk(sdk) {
    const { Roles } = await sdk.pages("ListRoles");
    assert.equal(Roles.length, 2);
    const { Role } = await sdk.ask("GetRole", { RoleName: SEATS_ROLE });
    assert.equal(Role.Path, `/aws-service-role/${SEATS_SERVICE}/`);
    assert.ok(JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument)).Statement.length);
    await sdk.refuses("InvalidInputException", "CreateServiceLinkedRole", { AWSServiceName: SEATS_SERVICE });
    const { DeletionTaskId } = await sdk.ask("DeleteServiceLinkedRole", { RoleName: SEATS_ROLE });
    assert.equal((await sdk.ask("GetServiceLinkedRoleDeletionStatus", { DeletionTaskId })).Status, "SUCCEEDED");
    const rows = [
        ["NoSuchEntityException", "GetRole", { RoleName: SEATS_ROLE }],
        ["NoSuchEntityException", "DeleteServiceLinkedRole", { RoleName: SEATS_ROLE }],
        ["NoSuchEntityException", "GetServiceLinkedRoleDeletionStatus", { DeletionTaskId: DeletionTaskId.slice(0, -1) }],
        ["ValidationError", "GetRole", { RoleName: "x\u0007" }],
        ["ValidationError", "ListRoles", { MaxItems: 0 }],
        ["ValidationError", "ListRoles", { Marker: "x" }],
        ["InvalidInputException", "CreateServiceLinkedRole", { AWSServiceName: "nobody.amazonaws.com" }],
        ["ValidationError", "CreateServiceLinkedRole", { AWSServiceName: "a b" }]];
    for (const [name, operation, input] of rows) await sdk.refuses(name, operation, input);
    const Description = "for <Kiro> & \"others\"\r\nä";
    const made = await sdk.ask("CreateServiceLinkedRole", { AWSServiceName: SEATS_SERVICE, Description });
    assert.equal(made.Role.Description, Description);
}
