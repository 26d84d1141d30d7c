# SPDX-License-Identifier: MIT
"""The AWS CLI through every operation that its models know of identitystore, sso-admin and organizations, answered and refused.

The flows are those that boto3 goes through, called by the CLI instead. Debian's CLI is older than what is mocked and leaves the rest to a
newer one, which is walked after it if `python3` has one.
"""
import os
import subprocess
import sys

import awscli

import modelled
import organizations
import sso_admin
from aws_clients import ACCESS_KEY
from checks import check, main, same
from command_line import CommandLine
from modelled import MODELLED, MODELLED_REFUSED, Caller
from server import Server

OURS = {"identitystore": "identitystore", "sso-admin": "sso", "organizations": "organizations"}
NOBODY = "00000000-0000-4000-8000-000000000000"
ENTERPRISE = "aws:identitystore:enterprise"
# Those that make thousands of the same calls show nothing more of the CLI.
FLOWS = [sso_admin.an_instance_is_made_named_and_deleted, sso_admin.regions_and_attributes_of_an_instance,
         sso_admin.applications_of_a_customer_stand_beside_those_of_kiro, sso_admin.what_hangs_on_an_application_is_kept_and_read_back,
         sso_admin.assignments_to_applications_and_kiro_see_each_other, sso_admin.permission_sets_and_their_policies,
         sso_admin.accounts_get_permission_sets_by_assignments, sso_admin.issuers_and_tags,
         sso_admin.what_takes_its_time_is_in_progress_until_then, organizations.an_organization_is_made_and_deleted, organizations.the_tree,
         organizations.accounts_are_asked_for, organizations.accounts_leave, organizations.who_may_ask,
         organizations.services_are_trusted_and_delegated, organizations.policies_are_kept, organizations.policies_are_attached,
         organizations.policies_come_together, organizations.tags_and_the_resource_policy]


def people_and_groups(program, folder):
    with Server(program, folder) as server:
        names = server.load({"format": 1, "users": [], "instances": {"main": {}}})
        store = {"IdentityStoreId": names["instances"]["main"]["identity_store_id"]}
        own = Caller(server, "identitystore", ACCESS_KEY)
        full = {"UserName": "ana", "DisplayName": "Ana", "Name": {"GivenName": "Ana", "FamilyName": "A"},
                "Emails": [{"Value": "ana@example.com", "Type": "work", "Primary": True}]}
        user = {"UserId": own.ask("CreateUser", **store, **full)["UserId"]}
        group = {"GroupId": own.ask("CreateGroup", **store, DisplayName="devs", Description="d")["GroupId"]}
        member = {"MemberId": user}
        membership = {"MembershipId": own.ask("CreateGroupMembership", **store, **group, **member)["MembershipId"]}
        same("a user", own.ask("DescribeUser", **store, **user)["Emails"], full["Emails"])
        for path, value in (("userName", "ANA"), ("emails.value", "Ana@example.com")):
            by = {"AlternateIdentifier": {"UniqueAttribute": {"AttributePath": path, "AttributeValue": value}}}
            same(f"by {path}", own.ask("GetUserId", **store, **by)["UserId"], user["UserId"])
        by = {"AlternateIdentifier": {"UniqueAttribute": {"AttributePath": "displayName", "AttributeValue": "devs"}}}
        same("a group by its name", own.ask("GetGroupId", **store, **by)["GroupId"], group["GroupId"])
        same("an update", own.ask("UpdateUser", **store, **user, Operations=[
            {"AttributePath": "title", "AttributeValue": "Dr"}, {"AttributePath": f"{ENTERPRISE}.division", "AttributeValue": "d"}]), {})
        same("another", own.ask("UpdateGroup", **store, **group, Operations=[{"AttributePath": "description"}]), {})
        same("a group", own.ask("DescribeGroup", **store, **group).get("Description"), None)
        same("is in it", own.ask("IsMemberInGroups", **store, **member, GroupIds=[group["GroupId"]])["Results"][0]["MembershipExists"], True)
        same("the membership", own.ask("DescribeGroupMembership", **store, **membership)["GroupId"], group["GroupId"])
        same("found", own.ask("GetGroupMembershipId", **store, **group, **member)["MembershipId"], membership["MembershipId"])
        for operation, what, members in (("ListUsers", "Users", {}), ("ListGroups", "Groups", {}), ("ListGroupMemberships", "GroupMemberships", group),
                                         ("ListGroupMembershipsForMember", "GroupMemberships", member)):
            same(f"{operation}: one", len(own.pages(operation, what, **store, **members)), 1)
        nobody, nothing = {"UserId": NOBODY}, {"GroupId": NOBODY}
        lost = "ResourceNotFoundException"
        unknown = {"AlternateIdentifier": {"UniqueAttribute": {"AttributePath": "title", "AttributeValue": "Dr"}}}
        own.refuses([(code, operation, {**store, **members}) for code, operation, members in (
            ("ConflictException:UNIQUENESS_CONSTRAINT_VIOLATION", "CreateUser", full), ("ConflictException", "CreateGroup", {"DisplayName": "DEVS"}),
            ("ConflictException", "CreateGroupMembership", {**group, **member}), (lost, "DescribeUser", nobody), (lost, "DeleteUser", nobody),
            (lost, "UpdateUser", {**nobody, "Operations": [{"AttributePath": "title", "AttributeValue": "x"}]}),
            ("ValidationException", "UpdateGroup", {**group, "Operations": [{"AttributePath": "displayName"}]}),
            ("ValidationException", "GetUserId", unknown), ("ValidationException", "GetGroupId", unknown), (lost, "DescribeGroup", nothing),
            (lost, "DeleteGroup", nothing), (lost, "DescribeGroupMembership", {"MembershipId": NOBODY}),
            (lost, "DeleteGroupMembership", {"MembershipId": NOBODY}), (lost, "GetGroupMembershipId", {**nothing, **member}),
            (lost, "IsMemberInGroups", {**member, "GroupIds": [NOBODY]}), (lost, "ListGroupMemberships", nothing),
            (lost, "ListGroupMembershipsForMember", {"MemberId": nobody}), ("ValidationException", "ListUsers", {"MaxResults": 101}),
            ("ValidationException", "ListGroups", {"NextToken": "made-up"}))])
        for operation, members in (("DeleteGroupMembership", membership), ("DeleteGroup", group), ("DeleteUser", user)):
            same(operation, own.ask(operation, **store, **members), {})


def every_operation_that_it_knows_was_answered_and_refused(program, folder):
    """What the flows did not refuse is asked for wrongly, in the first way that its model forbids."""
    done = subprocess.run([program, "operations"], capture_output=True, text=True, check=True).stdout
    offered = {tuple(line.split()[:2]) for line in done.splitlines() if line.strip()}
    with Server(program, folder) as server:
        server.load(organizations.WORLD)
        for service, ours in OURS.items():
            own = Caller(server, service, organizations.ROOT)
            known = {name for name in own.client.model.operation_names if (ours, name) in offered}
            for operation in sorted(known - {name for of, name in MODELLED_REFUSED if of == service}):
                shape = own.client.model.operation_model(operation).input_shape
                name = (shape.required_members or ["NextToken"])[0]
                wrong = own.ask(operation, **{name: {} if shape.members[name].type_name == "structure" else "\u0007"})
                check(f"aws {service} {operation} refuses what is wrong", isinstance(wrong, str), wrong)
            for what, seen in (("answered", MODELLED), ("refused", MODELLED_REFUSED)):
                same(f"{service}: every operation that this CLI knows was {what}", known - {name for of, name in seen if of == service}, set())
            print(f"aws-cli {awscli.__version__}: {service}: {len(known)} operations answered and refused")


def a_newer_one_walks_too(program, _folder):
    """Another Python's CLI, if there is one of another version."""
    look = subprocess.run(["python3", "-c", "import awscli, boto3; print(awscli.__version__)"], capture_output=True, text=True, check=False)
    if os.environ.get("CLI_WALK_INNER") or look.returncode != 0 or look.stdout.strip() == awscli.__version__:
        return
    done = subprocess.run(["python3", "-B", __file__, program], env={**os.environ, "CLI_WALK_INNER": "1"}, check=False)
    same(f"aws-cli {look.stdout.strip()}", done.returncode, 0)


if __name__ == "__main__":
    modelled.Caller.made_by = CommandLine
    sys.exit(main([people_and_groups, *FLOWS, every_operation_that_it_knows_was_answered_and_refused, a_newer_one_walks_too]))
