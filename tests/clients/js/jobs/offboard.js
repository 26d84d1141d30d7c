// SPDX-License-Identifier: MIT
/* offboard.js NAME: somebody leaves all his groups, however many pages of them there are. */
import { DeleteGroupMembershipCommand, paginateListGroupMembershipsForMember } from "@aws-sdk/client-identitystore";
import { directory, find } from "./directory.js";

const { IdentityStoreId, UserId } = await find(process.argv[2]);
const memberships = [];
for await (const page of paginateListGroupMembershipsForMember({ client: directory, pageSize: 2 }, {
    IdentityStoreId, MemberId: { UserId } })) memberships.push(...page.GroupMemberships);
for (const { MembershipId } of memberships) await directory.send(new DeleteGroupMembershipCommand({ IdentityStoreId, MembershipId }));
console.log(`${process.argv[2]} left ${memberships.length} groups`);
