#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# offboard_forgetful.sh NAME: somebody leaves the one group of which its author knows that it gives Kiro seats.
set -euo pipefail

store=$(aws sso-admin list-instances --query 'Instances[0].IdentityStoreId' --output text)
id_of() { # KIND ATTRIBUTE VALUE MEMBER
    aws identitystore "get-$1-id" --identity-store-id "$store" --query "$4" --output text --alternate-identifier \
        "{\"UniqueAttribute\":{\"AttributePath\":\"$2\",\"AttributeValue\":\"$3\"}}"
}
user=$(id_of user userName "$1" UserId)
group=$(id_of group displayName kiro-devs GroupId)
membership=$(aws identitystore get-group-membership-id --identity-store-id "$store" --group-id "$group" --member-id "UserId=$user" \
    --query MembershipId --output text)
aws identitystore delete-group-membership --identity-store-id "$store" --membership-id "$membership"
echo "$1 has no Kiro seat any more"
