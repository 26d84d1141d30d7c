// SPDX-License-Identifier: MIT
/* offboard_forgetful.js NAME: somebody leaves the groups of the first page, and its author never met a second. */
import { DeleteGroupMembershipCommand, ListGroupMembershipsForMemberCommand } from "@aws-sdk/client-identitystore";
import { directory, find } from "./directory.js";

const { IdentityStoreId, UserId } = await find(process.argv[2]);
const { GroupMemberships } = await directory.send(new ListGroupMembershipsForMemberCommand({
    IdentityStoreId, MemberId: { UserId }, MaxResults: 2 }));
for (const { MembershipId } of GroupMemberships) await directory.send(new DeleteGroupMembershipCommand({ IdentityStoreId, MembershipId }));
console.log(`${process.argv[2]} left ${GroupMemberships.length} groups`);
