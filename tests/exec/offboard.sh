#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# offboard.sh NAME: somebody leaves; no group keeps him, and with the last one goes his Kiro seat.
set -euo pipefail

store=$(aws sso-admin list-instances --query 'Instances[0].IdentityStoreId' --output text)
user=$(aws identitystore get-user-id --identity-store-id "$store" --query UserId --output text --alternate-identifier \
    "{\"UniqueAttribute\":{\"AttributePath\":\"userName\",\"AttributeValue\":\"$1\"}}")
for membership in $(aws identitystore list-group-memberships-for-member --identity-store-id "$store" \
    --member-id "UserId=$user" --query 'GroupMemberships[].MembershipId' --output text); do
    aws identitystore delete-group-membership --identity-store-id "$store" --membership-id "$membership"
done
echo "$1 is in no group any more"
