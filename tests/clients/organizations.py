# SPDX-License-Identifier: MIT
"""Every operation of organizations that is offered: by boto3 as far as its model goes, and by hand beyond it; quotas at their borders, and the
virtual clock under accounts that are made, leave and close."""
import json
import subprocess
import sys

import boto3

import models
from checks import check, main, same
from modelled import BY_HAND, REFUSED, VALID, Caller, every_wrong_input
from server import Server

ROOT, ONE, TWO, STRANGER = "111122223333", "222233334444", "333344445555", "444455556666"
NOBODY = "999999999999"
SSO, BACKUP = "sso.amazonaws.com", "backup.amazonaws.com"
WORLD = {"start": "2026-06-10T09:00:00Z",
         "accounts": {"root": {"id": ROOT, "organization": "acme", "management": True},
                      "one": {"id": ONE, "organization": "acme"}, "two": {"id": TWO, "organization": "acme"},
                      "stranger": {"id": STRANGER}},
         "instances": {"main": {"account": "root"}},
         "users": ["alice"],
         "profiles": {"p": {"account": "one"}},
         "assignments": [{"to": "user:alice", "profile": "p"}]}
SCP, TAG_POLICY = "SERVICE_CONTROL_POLICY", "TAG_POLICY"
FULL = "p-FullAWSAccess"
STATEMENTS = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]})
NO_UNIT, NO_POLICY, NO_ROOT = "ou-0000-00000000", "p-00000000", "r-zzzz"
# Not offered: invitations and handshakes, transfers of responsibility, GovCloud, and the validation of effective policies.
LEFT_OUT = {"AcceptHandshake", "CancelHandshake", "CreateGovCloudAccount", "DeclineHandshake", "DescribeHandshake",
            "DescribeResponsibilityTransfer", "EnableAllFeatures", "InviteAccountToOrganization",
            "InviteOrganizationToTransferResponsibility", "ListAccountsWithInvalidEffectivePolicy",
            "ListEffectivePolicyValidationErrors", "ListHandshakesForAccount", "ListHandshakesForOrganization",
            "ListInboundResponsibilityTransfers", "ListOutboundResponsibilityTransfers",
            "TerminateResponsibilityTransfer", "UpdateResponsibilityTransfer"}


class Organizations(Caller):
    """Calls of one account to organizations."""

    def __init__(self, server, key=ROOT):
        super().__init__(server, "organizations", key)

    def root(self):
        return self.ask("ListRoots")["Roots"][0]

    def unit(self, parent, name="unit", **members):
        return self.ask("CreateOrganizationalUnit", ParentId=parent, Name=name, **members)["OrganizationalUnit"]

    def policy(self, name="policy", kind=SCP, content=STATEMENTS, **members):
        made = self.ask("CreatePolicy", Name=name, Description="", Type=kind, Content=content, **members)
        return made["Policy"]["PolicySummary"]["Id"]

    def tags(self, what):
        return self.ask("ListTagsForResource", ResourceId=what)["Tags"]

    def states(self, *accounts):
        seen = [self.ask("DescribeAccount", AccountId=account) for account in accounts]
        return [each if isinstance(each, str) else (each["Account"]["State"], each["Account"]["Status"]) for each in seen]


def advance(server, by):
    answer = server.control("POST", "clock/advance", {"by": by})
    same(f"the clock goes on by {by}", answer.status, 200)


def seats(server):
    return [(row["user"], row["status"]) for row in server.get("subscriptions")["subscriptions"]]


def an_organization_is_made_and_deleted(program, folder):
    with Server(program, folder) as server:
        own = Organizations(server)
        own.refuses([("AWSOrganizationsNotInUseException", operation, members) for operation, members in (
            ("DescribeOrganization", {}), ("ListAccounts", {}), ("LeaveOrganization", {}), ("DeleteOrganization", {}))])
        made = own.ask("CreateOrganization")["Organization"]
        name = made["Id"]
        same("made", made, {
            "Id": name, "Arn": f"arn:aws:organizations::{ROOT}:organization/{name}", "FeatureSet": "ALL", "MasterAccountId": ROOT,
            "MasterAccountArn": f"arn:aws:organizations::{ROOT}:account/{name}/{ROOT}",
            "MasterAccountEmail": f"account+{ROOT}@example.com",
            "AvailablePolicyTypes": [{"Type": SCP, "Status": "ENABLED"}]})
        same("described", own.ask("DescribeOrganization")["Organization"], made)
        root = own.root()
        same("its root", root, {"Id": root["Id"], "Arn": f"arn:aws:organizations::{ROOT}:root/{name}/{root['Id']}",
                                "Name": "Root", "PolicyTypes": [{"Type": SCP, "Status": "ENABLED"}]})
        unit = own.unit(root["Id"], Tags=[{"Key": "a", "Value": "b"}])["Id"]
        own.ask("AttachPolicy", PolicyId=own.policy(), TargetId=unit)
        member = own.ask("CreateAccount", Email="m@example.com", AccountName="M")["CreateAccountStatus"]["AccountId"]
        own.refuses([("AlreadyInOrganizationException", "CreateOrganization", {}),
                     ("OrganizationNotEmptyException", "DeleteOrganization", {}),
                     ("MasterCannotLeaveOrganizationException", "LeaveOrganization", {}),
                     ("MasterCannotLeaveOrganizationException", "RemoveAccountFromOrganization", {"AccountId": ROOT})])
        advance(server, "4d")
        same("the member leaves", Organizations(server, member).ask("LeaveOrganization"), {})
        same("deleted, with units and policies", own.ask("DeleteOrganization"), {})
        same("gone", own.ask("DescribeOrganization"), "AWSOrganizationsNotInUseException")
        again = own.ask("CreateOrganization", FeatureSet="CONSOLIDATED_BILLING")["Organization"]
        same("another one", (again["Id"] == name, again["FeatureSet"], again["AvailablePolicyTypes"]),
             (False, "CONSOLIDATED_BILLING", []))
        same("is empty", own.ask("ListOrganizationalUnitsForParent", ParentId=own.root()["Id"]), {"OrganizationalUnits": []})
        forbidden = "ConstraintViolationException:ORGANIZATION_NOT_IN_ALL_FEATURES_MODE"
        own.refuses([(forbidden, operation, members) for operation, members in (
            ("EnableAWSServiceAccess", {"ServicePrincipal": SSO}), ("ListAWSServiceAccessForOrganization", {}),
            ("RegisterDelegatedAdministrator", {"AccountId": ROOT, "ServicePrincipal": SSO}),
            ("AttachPolicy", {"PolicyId": FULL, "TargetId": ROOT}), ("DescribeResourcePolicy", {}))]
            + [("PolicyTypeNotAvailableForOrganizationException", operation, members) for operation, members in (
                ("EnablePolicyType", {"RootId": own.root()["Id"], "PolicyType": SCP}),
                ("CreatePolicy", {"Name": "n", "Description": "", "Type": SCP, "Content": STATEMENTS}))])


def deleting_an_organization_ends_its_instance_and_its_seats(program, folder):
    """E13: with the organization goes the instance of Identity Center."""
    with Server(program, folder) as server:
        server.load({**WORLD, "accounts": {"root": WORLD["accounts"]["root"]}, "profiles": {"p": {"account": "root"}}})
        same("a seat", seats(server), [("alice", "PENDING")])
        same("deleted", Organizations(server).ask("DeleteOrganization"), {})
        same("no seat", [status for _, status in seats(server)], ["CANCELED"])
        same("no instance", server.aws("sso-admin", "ListInstances", {}, key=ROOT).json, {"Instances": []})


def the_tree(program, folder):
    with Server(program, folder) as server:
        server.load(WORLD)
        own = Organizations(server)
        name, root = own.ask("DescribeOrganization")["Organization"]["Id"], own.root()["Id"]
        unit = own.unit(root, "first", Tags=[{"Key": "a", "Value": "b"}])
        same("a unit", unit, {"Id": unit["Id"], "Arn": f"arn:aws:organizations::{ROOT}:ou/{name}/{unit['Id']}", "Name": "first",
                              "Path": f"{name}/{root}/{unit['Id']}/"})
        check("its id is the root's child", unit["Id"].startswith(f"ou-{root[2:]}-"), unit)
        first = {"OrganizationalUnitId": unit["Id"]}
        same("described", own.ask("DescribeOrganizationalUnit", **first)["OrganizationalUnit"], unit)
        same("tagged", own.tags(unit["Id"]), [{"Key": "a", "Value": "b"}])
        chain = [unit["Id"]]
        while len(chain) < 5:
            chain.append(own.unit(chain[-1])["Id"])
        deepest = own.ask("DescribeOrganizationalUnit", OrganizationalUnitId=chain[-1])["OrganizationalUnit"]
        same("five levels deep", deepest["Path"], f"{name}/{root}/{'/'.join(chain)}/")
        second = own.unit(root, "second")["Id"]
        duplicate = "DuplicateOrganizationalUnitException"
        own.refuses([
            ("ConstraintViolationException:OU_DEPTH_LIMIT_EXCEEDED", "CreateOrganizationalUnit", {"ParentId": chain[-1], "Name": "x"}),
            (duplicate, "CreateOrganizationalUnit", {"ParentId": root, "Name": "second"}),
            (duplicate, "UpdateOrganizationalUnit", {**first, "Name": "second"}),
            ("ParentNotFoundException", "CreateOrganizationalUnit", {"ParentId": NO_UNIT, "Name": "x"}),
            ("ParentNotFoundException", "ListChildren", {"ParentId": NO_ROOT, "ChildType": "ACCOUNT"}),
            ("ParentNotFoundException", "ListAccountsForParent", {"ParentId": NO_UNIT}),
            ("ParentNotFoundException", "ListOrganizationalUnitsForParent", {"ParentId": NO_UNIT}),
            ("ChildNotFoundException", "ListParents", {"ChildId": NO_UNIT}),
            ("ChildNotFoundException", "ListParents", {"ChildId": NOBODY}),
            ("ChildNotFoundException", "ListParents", {"ChildId": STRANGER}),
            ("InvalidInputException:INVALID_PATTERN", "ListParents", {"ChildId": root}),
            ("OrganizationalUnitNotEmptyException", "DeleteOrganizationalUnit", first)]
            + [("OrganizationalUnitNotFoundException", verb + "OrganizationalUnit", {"OrganizationalUnitId": NO_UNIT})
               for verb in ("Describe", "Update", "Delete")])
        same("the same name elsewhere", own.unit(second, "second")["Name"], "second")
        same("renamed", own.ask("UpdateOrganizationalUnit", Name="renamed", **first)["OrganizationalUnit"]["Name"], "renamed")
        same("to the name that it has", own.ask("UpdateOrganizationalUnit", Name="renamed", **first)["OrganizationalUnit"],
             {**unit, "Name": "renamed"})
        same("its old name is free", own.unit(root, "first")["Name"], "first")
        listed = own.pages("ListOrganizationalUnitsForParent", "OrganizationalUnits", ParentId=root)
        same("the root's units", [each["Name"] for each in listed], ["renamed", "second", "first"])
        same("as children", own.pages("ListChildren", "Children", ParentId=root, ChildType="ORGANIZATIONAL_UNIT"),
             [{"Id": each["Id"], "Type": "ORGANIZATIONAL_UNIT"} for each in listed])
        same("parents of a unit", own.ask("ListParents", ChildId=chain[1]),
             {"Parents": [{"Id": chain[0], "Type": "ORGANIZATIONAL_UNIT"}]})
        same("in the end the root", own.ask("ListParents", ChildId=chain[0]), {"Parents": [{"Id": root, "Type": "ROOT"}]})
        same("deleted", own.ask("DeleteOrganizationalUnit", OrganizationalUnitId=chain[-1]), {})
        same("not listed", own.ask("ListChildren", ParentId=chain[-2], ChildType="ORGANIZATIONAL_UNIT"), {"Children": []})
        accounts_move_in(own, name, root, chain[0])


def accounts_move_in(own, name, root, unit):
    to_unit = {"SourceParentId": root, "DestinationParentId": unit}
    same("in the root", [each["Id"] for each in own.pages("ListAccountsForParent", "Accounts", ParentId=root)], [ROOT, ONE, TWO])
    same("moved", own.ask("MoveAccount", AccountId=ONE, **to_unit), {})
    own.refuses([("AccountNotFoundException", "MoveAccount", {"AccountId": NOBODY, **to_unit}),
                 ("DuplicateAccountException", "MoveAccount", {"AccountId": ONE, **to_unit}),
                 ("SourceParentNotFoundException", "MoveAccount", {
                     "AccountId": TWO, "SourceParentId": unit, "DestinationParentId": own.unit(root, "other")["Id"]}),
                 ("SourceParentNotFoundException", "MoveAccount", {"AccountId": TWO, **to_unit, "SourceParentId": NO_UNIT}),
                 ("DestinationParentNotFoundException", "MoveAccount", {"AccountId": TWO, **to_unit, "DestinationParentId": NO_ROOT})])
    same("its path", own.ask("DescribeAccount", AccountId=ONE)["Account"]["Paths"], [f"{name}/{root}/{unit}/{ONE}/"])
    same("its parent", own.ask("ListParents", ChildId=ONE), {"Parents": [{"Id": unit, "Type": "ORGANIZATIONAL_UNIT"}]})
    same("listed there", own.ask("ListChildren", ParentId=unit, ChildType="ACCOUNT"), {"Children": [{"Id": ONE, "Type": "ACCOUNT"}]})
    same("no longer in the root", [each["Id"] for each in own.pages("ListChildren", "Children", ParentId=root, ChildType="ACCOUNT")],
         [ROOT, TWO])
    seen = own.ask("ListAccounts")["Accounts"]
    same("everybody's path", [each["Paths"][0].split("/")[2] for each in seen], [ROOT, unit, TWO])
    for below in own.ask("ListChildren", ParentId=unit, ChildType="ORGANIZATIONAL_UNIT")["Children"]:
        own.ask("MoveAccount", AccountId=ONE, SourceParentId=unit, DestinationParentId=below["Id"])
        own.refuses([("OrganizationalUnitNotEmptyException", "DeleteOrganizationalUnit", {"OrganizationalUnitId": below["Id"]})])
        own.ask("MoveAccount", AccountId=ONE, SourceParentId=below["Id"], DestinationParentId=unit)


def an_organization_has_two_thousand_units(program, folder):
    with Server(program, folder) as server:
        server.load(WORLD)
        own = Organizations(server)
        root = own.root()["Id"]
        parents = [own.unit(root, f"parent {number}")["Id"] for number in range(40)]
        for parent in parents:
            for number in range(49):
                made = server.aws("organizations", "CreateOrganizationalUnit", {"ParentId": parent, "Name": f"u{number}"}, key=ROOT)
                if made.status != 200:
                    check("room for two thousand", False, made)
        own.refuses([("ConstraintViolationException:OU_NUMBER_LIMIT_EXCEEDED", "CreateOrganizationalUnit",
                      {"ParentId": root, "Name": "one more"})])
        own.ask("DeleteOrganizationalUnit", OrganizationalUnitId=own.ask(
            "ListChildren", ParentId=parents[0], ChildType="ORGANIZATIONAL_UNIT")["Children"][0]["Id"])
        same("room again", own.unit(root, "one more")["Name"], "one more")


def accounts_are_asked_for(program, folder):
    with Server(program, folder) as server:
        server.load(WORLD)
        own = Organizations(server)
        first = {"Email": "one@example.com", "AccountName": "One"}
        made = own.ask("CreateAccount", RoleName="Admin", IamUserAccessToBilling="DENY", Tags=[{"Key": "k", "Value": "v"}],
                       **first)["CreateAccountStatus"]
        same("tagged", own.tags(made["AccountId"]), [{"Key": "k", "Value": "v"}])
        same("an e-mail in use is no error at once", own.ask("CreateAccount", **first)["CreateAccountStatus"]["FailureReason"],
             "EMAIL_ALREADY_EXISTS")
        same("nor has an e-mail a case", own.ask("CreateAccount", Email="ONE@Example.com", AccountName="One")["CreateAccountStatus"]["State"],
             "FAILED")
        own.ask("CreateAccount", Email="two@example.com", AccountName="Two")
        seen = own.pages("ListCreateAccountStatus", "CreateAccountStatuses")
        same("all requests", [each["State"] for each in seen], ["SUCCEEDED", "FAILED", "FAILED", "SUCCEEDED"])
        same("as they were answered", seen[0], made)
        for states, count in ((["FAILED"], 2), (["SUCCEEDED"], 2), (["IN_PROGRESS"], 0), (["FAILED", "SUCCEEDED"], 4), ([], 4)):
            same(f"those that are {states}",
                 len(own.pages("ListCreateAccountStatus", "CreateAccountStatuses", States=states)), count)
        described = own.ask("DescribeCreateAccountStatus", CreateAccountRequestId=made["Id"])["CreateAccountStatus"]
        same("one request", described, made)
        own.refuses([
            ("InvalidInputException:INVALID_ROLE_NAME", "CreateAccount", {**first, "RoleName": "AWSServiceRoleForX"}),
            ("InvalidInputException:DUPLICATE_TAG_KEY", "CreateAccount",
             {"Email": "x@example.com", "AccountName": "X", "Tags": [{"Key": "k", "Value": "v"}] * 2}),
            ("CreateAccountStatusNotFoundException", "DescribeCreateAccountStatus", {"CreateAccountRequestId": "car-00000000"}),
            ("InvalidInputException:INVALID_NEXT_TOKEN", "ListAccounts", {"NextToken": "made up"}),
            ("AccountNotFoundException", "DescribeAccount", {"AccountId": STRANGER})])
        account = own.ask("DescribeAccount", AccountId=made["AccountId"])["Account"]
        same("the account", {name: account[name] for name in ("Email", "Name", "Status", "State", "JoinedMethod")},
             {"Email": "one@example.com", "Name": "One", "Status": "ACTIVE", "State": "ACTIVE", "JoinedMethod": "CREATED"})


def accounts_leave(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        own, one, two = Organizations(server), Organizations(server, ONE), Organizations(server, TWO)
        store = {"IdentityStoreId": names["instances"]["main"]["identity_store_id"]}
        unit = own.unit(own.root()["Id"])["Id"]
        own.ask("MoveAccount", AccountId=ONE, SourceParentId=own.root()["Id"], DestinationParentId=unit)
        own.ask("TagResource", ResourceId=ONE, Tags=[{"Key": "k", "Value": "v"}])
        own.ask("EnableAWSServiceAccess", ServicePrincipal=BACKUP)
        own.ask("RegisterDelegatedAdministrator", AccountId=TWO, ServicePrincipal=BACKUP)
        own.refuses([
            ("ConstraintViolationException:WAIT_PERIOD_ACTIVE", "RemoveAccountFromOrganization", {"AccountId": ONE}),
            ("ConstraintViolationException:CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG", "RemoveAccountFromOrganization",
             {"AccountId": TWO}),
            ("AccountNotFoundException", "RemoveAccountFromOrganization", {"AccountId": STRANGER})])
        one.refuses([("ConstraintViolationException:WAIT_PERIOD_ACTIVE", "LeaveOrganization", {})])
        advance(server, "345599s")
        one.refuses([("ConstraintViolationException:WAIT_PERIOD_ACTIVE", "LeaveOrganization", {})])
        advance(server, "1s")
        same("a member reads the directory", server.aws("identitystore", "ListUsers", store, key=ONE).status, 200)
        before = seats(server)
        same("removed", own.ask("RemoveAccountFromOrganization", AccountId=ONE), {})
        same("a stranger does not", server.aws("identitystore", "ListUsers", store, key=ONE).code, "AccessDeniedException")
        same("no seat depends on it", seats(server), before)
        one.refuses([("AWSOrganizationsNotInUseException", "LeaveOrganization", {})])
        own.refuses([("AccountNotFoundException", "DescribeAccount", {"AccountId": ONE}),
                     ("TargetNotFoundException", "ListTagsForResource", {"ResourceId": ONE})])
        same("its unit is empty", own.ask("DeleteOrganizationalUnit", OrganizationalUnitId=unit), {})
        two.refuses([("ConstraintViolationException:CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG", "LeaveOrganization", {})])
        own.ask("DeregisterDelegatedAdministrator", AccountId=TWO, ServicePrincipal=BACKUP)
        same("the other one leaves by itself", two.ask("LeaveOrganization"), {})
        same("and makes an organization of its own", two.ask("CreateOrganization")["Organization"]["MasterAccountId"], TWO)


def who_may_ask(program, folder):
    with Server(program, folder) as server:
        server.load(WORLD)
        own, one, stranger = Organizations(server), Organizations(server, ONE), Organizations(server, STRANGER)
        root = own.root()["Id"]
        reads = [("ListAccounts", {}), ("ListRoots", {}), ("DescribeAccount", {"AccountId": ONE}),
                 ("ListPolicies", {"Filter": SCP}), ("ListDelegatedAdministrators", {}), ("ListTagsForResource", {"ResourceId": ONE})]
        writes = [("CreateAccount", {"Email": "x@example.com", "AccountName": "X"}), ("CloseAccount", {"AccountId": TWO}),
                  ("CreateOrganizationalUnit", {"ParentId": root, "Name": "x"}), ("DeleteOrganization", {}),
                  ("TagResource", {"ResourceId": ONE, "Tags": []}), ("EnableAWSServiceAccess", {"ServicePrincipal": SSO})]
        same("every member sees the organization", one.ask("DescribeOrganization"), own.ask("DescribeOrganization"))
        one.refuses([("AccessDeniedException", *row) for row in reads + writes])
        arn = server.aws("sso-admin", "CreateInstance", {}, key=ONE).json
        same("an account instance is its account's alone", [server.aws("sso-admin", "DescribeInstance", arn, key=key).status
                                                            for key in (ONE, TWO, ROOT)], [200, 400, 400])
        stranger.refuses([("AWSOrganizationsNotInUseException", *row) for row in reads + writes])
        own.ask("EnableAWSServiceAccess", ServicePrincipal=BACKUP)
        own.ask("RegisterDelegatedAdministrator", AccountId=ONE, ServicePrincipal=BACKUP)
        for operation, members in reads:
            same(f"a delegated administrator: {operation}", one.ask(operation, **members), own.ask(operation, **members))
        one.refuses([("AccessDeniedException", *row) for row in writes])
        own.ask("DeregisterDelegatedAdministrator", AccountId=ONE, ServicePrincipal=BACKUP)
        one.refuses([("AccessDeniedException", *row) for row in reads])


def services_are_trusted_and_delegated(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        own, one = Organizations(server), Organizations(server, ONE)
        trusted = own.ask("ListAWSServiceAccessForOrganization")["EnabledServicePrincipals"]
        same("Identity Center is trusted where it is enabled", [each["ServicePrincipal"] for each in trusted], [SSO])
        register = {"AccountId": ONE, "ServicePrincipal": BACKUP}
        violation = "ConstraintViolationException:"
        own.refuses([(violation + "SERVICE_ACCESS_NOT_ENABLED", "RegisterDelegatedAdministrator", register)])
        for _ in range(2):
            same("enabled", own.ask("EnableAWSServiceAccess", ServicePrincipal=BACKUP), {})
            advance(server, "1d")
        listed = own.pages("ListAWSServiceAccessForOrganization", "EnabledServicePrincipals")
        same("once, since the first time", [(each["ServicePrincipal"], each["DateEnabled"] - trusted[0]["DateEnabled"])
                                            for each in listed], [(SSO, 0), (BACKUP, 0)])
        before = seats(server)
        same("registered", own.ask("RegisterDelegatedAdministrator", **register), {})
        same("for a second service", own.ask("RegisterDelegatedAdministrator", AccountId=ONE, ServicePrincipal=SSO), {})
        same("a second one for the service", own.ask("RegisterDelegatedAdministrator", AccountId=TWO, ServicePrincipal=BACKUP), {})
        same("no seat changes", seats(server), before)
        unknown = "InvalidInputException:UNRECOGNIZED_SERVICE_PRINCIPAL"
        own.refuses([
            ("AccountAlreadyRegisteredException", "RegisterDelegatedAdministrator", register),
            (violation + "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR", "RegisterDelegatedAdministrator",
             {**register, "AccountId": ROOT}),
            (violation + "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED", "RegisterDelegatedAdministrator",
             {"AccountId": TWO, "ServicePrincipal": SSO}),
            ("AccountNotFoundException", "RegisterDelegatedAdministrator", {**register, "AccountId": STRANGER}),
            ("AccountNotFoundException", "ListDelegatedServicesForAccount", {"AccountId": STRANGER}),
            ("AccountNotRegisteredException", "ListDelegatedServicesForAccount", {"AccountId": ROOT}),
            ("AccountNotRegisteredException", "DeregisterDelegatedAdministrator", {"AccountId": TWO, "ServicePrincipal": SSO}),
            (unknown, "EnableAWSServiceAccess", {"ServicePrincipal": "backup"}),
            (unknown, "DisableAWSServiceAccess", {"ServicePrincipal": ".amazonaws.com"}),
            (unknown, "ListDelegatedAdministrators", {"ServicePrincipal": "Backup.amazonaws.com"})])
        for principal, accounts in ((None, [ONE, TWO]), (BACKUP, [ONE, TWO]), (SSO, [ONE]), ("other.amazonaws.com", [])):
            members = {"ServicePrincipal": principal} if principal else {}
            listed = own.pages("ListDelegatedAdministrators", "DelegatedAdministrators", **members)
            same(f"who administers {principal}", [each["Id"] for each in listed], accounts)
            same("in whole", [set(each) for each in listed], [{
                "Id", "Arn", "Email", "Name", "Status", "State", "JoinedMethod", "JoinedTimestamp", "DelegationEnabledDate"}] * len(listed))
        services = own.pages("ListDelegatedServicesForAccount", "DelegatedServices", AccountId=ONE)
        same("what one administers", [each["ServicePrincipal"] for each in services], [BACKUP, SSO])
        administers_identity_center(server, own, names["instances"]["main"])
        for principal in (SSO, BACKUP):
            same("deregistered", own.ask("DeregisterDelegatedAdministrator", AccountId=ONE, ServicePrincipal=principal), {})
        one.refuses([("AccessDeniedException", "ListDelegatedServicesForAccount", {"AccountId": ONE})])
        same("one is left", [each["Id"] for each in own.ask("ListDelegatedAdministrators")["DelegatedAdministrators"]], [TWO])
        for _ in range(2):
            same("disabled", own.ask("DisableAWSServiceAccess", ServicePrincipal=BACKUP), {})
        same("no seat changed", seats(server), before)
        same("a closed account", own.ask("CloseAccount", AccountId=ONE), {})
        own.refuses([(violation + "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR", "RegisterDelegatedAdministrator",
                      {"AccountId": ONE, "ServicePrincipal": SSO})])


def administers_identity_center(server, own, instance):
    """Rule 62: what the delegated administrator may do, and what not."""
    user = {"IdentityStoreId": instance["identity_store_id"], "UserName": "bob", "DisplayName": "B",
            "Name": {"GivenName": "B", "FamilyName": "B"}}
    same("a member makes no users", server.aws("identitystore", "CreateUser", user, key=TWO).code, "AccessDeniedException")
    same("the delegated administrator does", server.aws("identitystore", "CreateUser", user, key=ONE).status, 200)
    arn = {"InstanceArn": instance["arn"]}
    same("but does not delete the instance", server.aws("sso-admin", "DeleteInstance", arn, key=ONE).code, "AccessDeniedException")
    same("which is there", server.aws("sso-admin", "DescribeInstance", arn, key=ONE).json["Status"], "ACTIVE")
    same("and trusted", own.ask("ListDelegatedAdministrators", ServicePrincipal=SSO)["DelegatedAdministrators"][0]["Id"], ONE)


def policies_are_kept(program, folder):
    with Server(program, folder) as server:
        server.load(WORLD)
        own = Organizations(server)
        name = own.ask("DescribeOrganization")["Organization"]["Id"]
        made = own.ask("CreatePolicy", Name="deny", Description="d", Type=SCP, Content=STATEMENTS,
                       Tags=[{"Key": "k", "Value": "v"}])["Policy"]
        policy = made["PolicySummary"]["Id"]
        kind = SCP.lower()
        same("made", made, {"PolicySummary": {
            "Id": policy, "Arn": f"arn:aws:organizations::{ROOT}:policy/{name}/{kind}/{policy}", "Name": "deny", "Description": "d",
            "Type": SCP, "AwsManaged": False}, "Content": STATEMENTS})
        same("described", own.ask("DescribePolicy", PolicyId=policy)["Policy"], made)
        same("tagged", own.tags(policy), [{"Key": "k", "Value": "v"}])
        full = own.ask("DescribePolicy", PolicyId=FULL)["Policy"]
        same("AWS's own", (full["PolicySummary"]["Arn"], full["PolicySummary"]["AwsManaged"]),
             (f"arn:aws:organizations::aws:policy/{kind}/{FULL}", True))
        other = own.policy("other")
        listed = own.pages("ListPolicies", "Policies", Filter=SCP)
        same("listed", [each["Id"] for each in listed], [FULL, policy, other])
        same("as they are described", listed[1], made["PolicySummary"])
        same("another type", own.ask("ListPolicies", Filter=TAG_POLICY), {"Policies": []})
        same("changed", own.ask("UpdatePolicy", PolicyId=policy, Name="renamed")["Policy"]["PolicySummary"],
             {**made["PolicySummary"], "Name": "renamed"})
        long = json.dumps({"Statement": "x" * (5120 - len(json.dumps({"Statement": ""})))})
        same("as long as may be", own.ask("UpdatePolicy", PolicyId=policy, Content=long)["Policy"]["Content"], long)
        again = {"Name": "x", "Description": "", "Type": SCP, "Content": STATEMENTS}
        limit = "ConstraintViolationException:POLICY_CONTENT_LIMIT_EXCEEDED"
        immutable = "InvalidInputException:IMMUTABLE_POLICY"
        own.refuses([("DuplicatePolicyException", "CreatePolicy", {**again, "Name": "other"}),
                     ("DuplicatePolicyException", "CreatePolicy", {**again, "Name": "FullAWSAccess"}),
                     ("DuplicatePolicyException", "UpdatePolicy", {"PolicyId": policy, "Name": "other"}),
                     (limit, "CreatePolicy", {**again, "Content": long + " "}),
                     (limit, "UpdatePolicy", {"PolicyId": other, "Content": long + " "}),
                     (immutable, "UpdatePolicy", {"PolicyId": FULL, "Name": "x"}), (immutable, "DeletePolicy", {"PolicyId": FULL}),
                     ("TargetNotFoundException", "ListTagsForResource", {"ResourceId": NO_POLICY})]
                    + [("MalformedPolicyDocumentException", "CreatePolicy", {**again, "Content": content})
                       for content in ("no JSON", "[]", "{}", "{\"Statement\": [}", "7")]
                    + [("PolicyNotFoundException", verb + "Policy", {"PolicyId": NO_POLICY}) for verb in ("Describe", "Update", "Delete")]
                    + [("PolicyNotFoundException", "ListTargetsForPolicy", {"PolicyId": NO_POLICY})])
        same("deleted", own.ask("DeletePolicy", PolicyId=policy), {})
        same("gone", own.ask("DescribePolicy", PolicyId=policy), "PolicyNotFoundException")


def policies_are_attached(program, folder):
    with Server(program, folder) as server:
        server.load(WORLD)
        own = Organizations(server)
        root = own.root()["Id"]
        unit = own.unit(root)["Id"]
        things = [root, unit, ROOT, ONE, TWO]
        same("AWS's own is everywhere", [each["TargetId"] for each in own.pages("ListTargetsForPolicy", "Targets", PolicyId=FULL)], things)
        mine = [own.policy(f"p{number}") for number in range(5)]
        for policy in mine[:4]:
            same("attached", own.ask("AttachPolicy", PolicyId=policy, TargetId=ONE), {})
        attached = own.pages("ListPoliciesForTarget", "Policies", TargetId=ONE, Filter=SCP)
        same("listed", [each["Id"] for each in attached], [FULL, *mine[:4]])
        violation = "ConstraintViolationException:"
        pair = {"PolicyId": mine[0], "TargetId": ONE}
        tags = own.policy("tags", TAG_POLICY, "{\"tags\": {}}")
        own.refuses([
            ("DuplicatePolicyAttachmentException", "AttachPolicy", pair),
            ("DuplicatePolicyAttachmentException", "AttachPolicy", {"PolicyId": FULL, "TargetId": root}),
            (violation + "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", "AttachPolicy", {"PolicyId": mine[4], "TargetId": ONE}),
            (violation + "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", "DetachPolicy", {"PolicyId": FULL, "TargetId": root}),
            ("PolicyInUseException", "DeletePolicy", {"PolicyId": mine[0]}),
            ("PolicyNotAttachedException", "DetachPolicy", {"PolicyId": mine[0], "TargetId": root}),
            ("PolicyTypeNotEnabledException", "AttachPolicy", {"PolicyId": tags, "TargetId": root}),
            ("PolicyNotFoundException", "AttachPolicy", {**pair, "PolicyId": NO_POLICY}),
            ("PolicyNotFoundException", "DetachPolicy", {**pair, "PolicyId": NO_POLICY}),
            ("TargetNotFoundException", "AttachPolicy", {**pair, "TargetId": NO_UNIT}),
            ("TargetNotFoundException", "DetachPolicy", {**pair, "TargetId": STRANGER}),
            ("TargetNotFoundException", "ListPoliciesForTarget", {"TargetId": NO_ROOT, "Filter": SCP})])
        same("AWS's own makes room", own.ask("DetachPolicy", PolicyId=FULL, TargetId=ONE), {})
        own.refuses([("PolicyNotAttachedException", "DetachPolicy", {"PolicyId": FULL, "TargetId": ONE})])
        same("for another one", own.ask("AttachPolicy", PolicyId=mine[4], TargetId=ONE), {})
        same("five of mine", [each["Id"] for each in own.pages("ListPoliciesForTarget", "Policies", TargetId=ONE, Filter=SCP)], mine)
        same("AWS's own is elsewhere", [each["TargetId"] for each in own.ask("ListTargetsForPolicy", PolicyId=FULL)["Targets"]],
             [root, unit, ROOT, TWO])
        own.ask("AttachPolicy", PolicyId=mine[0], TargetId=unit)
        same("one policy's targets", own.pages("ListTargetsForPolicy", "Targets", PolicyId=mine[0]), [
            {"TargetId": ONE, "Type": "ACCOUNT", "Name": "one", "Arn": own.ask("DescribeAccount", AccountId=ONE)["Account"]["Arn"]},
            {"TargetId": unit, "Type": "ORGANIZATIONAL_UNIT", "Name": "unit",
             "Arn": own.ask("DescribeOrganizationalUnit", OrganizationalUnitId=unit)["OrganizationalUnit"]["Arn"]}])
        for policy in mine[:4]:
            same("detached", own.ask("DetachPolicy", PolicyId=policy, TargetId=ONE), {})
        own.refuses([(violation + "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", "DetachPolicy", {"PolicyId": mine[4], "TargetId": ONE})])
        same("and back", own.ask("AttachPolicy", PolicyId=FULL, TargetId=ONE), {})
        own.ask("DetachPolicy", PolicyId=FULL, TargetId=ONE)
        types_are_switched(own, root, mine[4])


def types_are_switched(own, root, policy):
    scp, rcp = {"RootId": root, "PolicyType": SCP}, {"RootId": root, "PolicyType": "RESOURCE_CONTROL_POLICY"}
    own.refuses([("PolicyTypeAlreadyEnabledException", "EnablePolicyType", scp), ("PolicyTypeNotEnabledException", "DisablePolicyType", rcp),
                 ("RootNotFoundException", "EnablePolicyType", {**scp, "RootId": NO_ROOT}),
                 ("RootNotFoundException", "DisablePolicyType", {**scp, "RootId": NO_ROOT})])
    enabled = own.ask("EnablePolicyType", **rcp)["Root"]
    same("both are on", [each["Type"] for each in enabled["PolicyTypes"]], [SCP, rcp["PolicyType"]])
    same("as listed", own.root(), enabled)
    own.refuses([("InvalidInputException:NON_DETACHABLE_POLICY", "DetachPolicy", {"PolicyId": "p-RCPFullAWSAccess", "TargetId": root})])
    same("one is off", [each["Type"] for each in own.ask("DisablePolicyType", **scp)["Root"]["PolicyTypes"]], [rcp["PolicyType"]])
    own.refuses([("PolicyTypeNotEnabledException", "AttachPolicy", {"PolicyId": policy, "TargetId": root}),
                 ("PolicyNotAttachedException", "DetachPolicy", {"PolicyId": policy, "TargetId": ONE})])
    same("nothing is attached", own.ask("ListPoliciesForTarget", TargetId=ONE, Filter=SCP), {"Policies": []})
    same("nowhere", own.ask("ListTargetsForPolicy", PolicyId=FULL), {"Targets": []})
    own.ask("EnablePolicyType", **scp)
    same("on again: AWS's own everywhere", [each["Id"] for each in own.ask("ListPoliciesForTarget", TargetId=ONE, Filter=SCP)["Policies"]],
         [FULL])
    same("the policy is free", own.ask("DeletePolicy", PolicyId=policy), {})


def policies_come_together(program, folder):
    """What AWS's guide shows of operators: assigned, appended, removed, from the root down."""
    with Server(program, folder) as server:
        server.load(WORLD)
        own, one = Organizations(server), Organizations(server, ONE)
        root = own.root()["Id"]
        unit = own.unit(root)["Id"]
        own.ask("MoveAccount", AccountId=ONE, SourceParentId=root, DestinationParentId=unit)
        own.ask("EnablePolicyType", RootId=root, PolicyType=TAG_POLICY)
        own.refuses([("EffectivePolicyNotFoundException", "DescribeEffectivePolicy", {"PolicyType": TAG_POLICY, "TargetId": ONE})])
        for number, (target, rule) in enumerate((
                (root, {"tag_key": {"@@assign": "Cost", "@@operators_allowed_for_child_policies": ["@@all"]},
                        "tag_value": {"@@assign": ["100", "200"]}}),
                (unit, {"tag_value": {"@@append": ["300", "100"], "@@remove": ["200"]}}),
                (ONE, {"tag_key": {"@@assign": "COST"}, "enforced_for": {"@@append": "ec2:instance"}}))):
            content = json.dumps({"tags": {"cost": rule}})
            own.ask("AttachPolicy", PolicyId=own.policy(f"t{number}", TAG_POLICY, content), TargetId=target)
        seen = one.ask("DescribeEffectivePolicy", PolicyType=TAG_POLICY)["EffectivePolicy"]
        same("the account's", (seen["TargetId"], seen["PolicyType"], json.loads(seen["PolicyContent"])), (ONE, TAG_POLICY, {
            "tags": {"cost": {"tag_key": "COST", "tag_value": ["100", "300"], "enforced_for": ["ec2:instance"]}}}))
        other = own.ask("DescribeEffectivePolicy", PolicyType=TAG_POLICY, TargetId=TWO)["EffectivePolicy"]
        same("another's", json.loads(other["PolicyContent"]), {"tags": {"cost": {"tag_key": "Cost", "tag_value": ["100", "200"]}}})
        own.refuses([("InvalidInputException:TARGET_NOT_SUPPORTED", "DescribeEffectivePolicy", {"PolicyType": TAG_POLICY, "TargetId": root}),
                     ("TargetNotFoundException", "DescribeEffectivePolicy", {"PolicyType": TAG_POLICY, "TargetId": STRANGER})])
        one.refuses([("AccessDeniedException", "DescribeEffectivePolicy", {"PolicyType": TAG_POLICY, "TargetId": TWO})])


def tags_and_the_resource_policy(program, folder):
    with Server(program, folder) as server:
        server.load(WORLD)
        own = Organizations(server)
        own.refuses([("ResourcePolicyNotFoundException", "DescribeResourcePolicy", {}),
                     ("ResourcePolicyNotFoundException", "DeleteResourcePolicy", {}),
                     ("InvalidInputException:INVALID_RESOURCE_POLICY_JSON", "PutResourcePolicy", {"Content": "no JSON"})])
        made = own.ask("PutResourcePolicy", Content=STATEMENTS, Tags=[{"Key": "k", "Value": "v"}])["ResourcePolicy"]
        same("described", own.ask("DescribeResourcePolicy")["ResourcePolicy"], made)
        changed = own.ask("PutResourcePolicy", Content="{}")["ResourcePolicy"]
        same("changed", changed, {**made, "Content": "{}"})
        resource = made["ResourcePolicySummary"]["Id"]
        same("its tags stay", own.tags(resource), [{"Key": "k", "Value": "v"}])
        for what in (own.root()["Id"], own.unit(own.root()["Id"])["Id"], ONE, own.policy(), resource):
            own.ask("UntagResource", ResourceId=what, TagKeys=["k"])
            own.ask("TagResource", ResourceId=what, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}])
            own.ask("TagResource", ResourceId=what, Tags=[{"Key": "a", "Value": "2"}])
            same("tagged", own.tags(what), [{"Key": "a", "Value": "2"}, {"Key": "b", "Value": ""}])
            same("untagged", own.ask("UntagResource", ResourceId=what, TagKeys=["a", "never"]), {})
            own.ask("TagResource", ResourceId=what, Tags=[{"Key": f"t{number}", "Value": ""} for number in range(49)])
            same("as many as may be", len(own.tags(what)), 50)
            own.refuses([("ConstraintViolationException:MAX_TAG_LIMIT_EXCEEDED", "TagResource",
                          {"ResourceId": what, "Tags": [{"Key": "one more", "Value": ""}]}),
                         ("InvalidInputException:INVALID_SYSTEM_TAGS_PARAMETER", "TagResource",
                          {"ResourceId": what, "Tags": [{"Key": "aws:x", "Value": ""}]}),
                         ("InvalidInputException:DUPLICATE_TAG_KEY", "TagResource",
                          {"ResourceId": what, "Tags": [{"Key": "x", "Value": "1"}, {"Key": "x", "Value": "2"}]})])
        own.refuses([("TargetNotFoundException", operation, {"ResourceId": what, **members})
                     for what in (NO_ROOT, NO_UNIT, NO_POLICY, FULL, NOBODY, "rp-00000000", "rt-00000000")
                     for operation, members in (("TagResource", {"Tags": []}), ("UntagResource", {"TagKeys": []}),
                                                ("ListTagsForResource", {}))])
        same("deleted", own.ask("DeleteResourcePolicy"), {})
        own.refuses([("TargetNotFoundException", "ListTagsForResource", {"ResourceId": resource})])


def accounts_close_on_the_virtual_clock(program, folder):
    """Identity-wire 7.3: pending for minutes, closed for ninety days, then gone."""
    with Server(program, folder, "--timing", "documented") as server:
        server.load(WORLD)
        own, one = Organizations(server), Organizations(server, ONE)
        same("closing", own.ask("CloseAccount", AccountId=ONE), {})
        same("not at once", own.states(ONE), [("PENDING_CLOSURE", "PENDING_CLOSURE")])
        same("its keys still work", one.ask("DescribeOrganization")["Organization"]["MasterAccountId"], ROOT)
        own.refuses([("ConflictException", "CloseAccount", {"AccountId": ONE}),
                     ("ConstraintViolationException:ACCOUNT_CANNOT_LEAVE_ORGANIZATION", "RemoveAccountFromOrganization", {"AccountId": ONE})])
        advance(server, "1h")
        same("closed", own.states(ONE), [("CLOSED", "SUSPENDED")])
        own.refuses([("AccountAlreadyClosedException", "CloseAccount", {"AccountId": ONE}),
                     ("ConstraintViolationException:ACCOUNT_CANNOT_LEAVE_ORGANIZATION", "RemoveAccountFromOrganization", {"AccountId": ONE}),
                     ("OrganizationNotEmptyException", "DeleteOrganization", {})])
        one.refuses([("UnrecognizedClientException", operation, members) for operation, members in (
            ("DescribeOrganization", {}), ("LeaveOrganization", {}), ("CreateOrganization", {}))])
        same("no service takes them", [server.aws(service, operation, {}, key=ONE).code for service, operation in (
            ("sso-admin", "ListInstances"), ("codewhisperer", "ListProfiles"))], ["UnrecognizedClientException"] * 2)
        iam, sts = (boto3.client(service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id=ONE,
                                 aws_secret_access_key="x") for service in ("iam", "sts"))
        try:
            check("nor does iam", False, iam.get_role(RoleName="AWSServiceRoleForUserSubscriptions"))
        except iam.exceptions.ClientError as error:
            same("nor does iam", (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]),
                 ("InvalidClientTokenId", 403))
        same("but sts says who one is", sts.get_caller_identity()["Account"], ONE)
        advance(server, "89d")
        same("still listed", [each["Id"] for each in own.ask("ListAccounts")["Accounts"]], [ROOT, ONE, TWO])
        same("reopened", server.control("POST", "accounts/reopen", {"account": ONE}).status, 200)
        same("as it was", own.states(ONE), [("ACTIVE", "ACTIVE")])
        same("with its keys", one.ask("DescribeOrganization")["Organization"]["MasterAccountId"], ROOT)
        own.ask("CloseAccount", AccountId=ONE)
        own.ask("CloseAccount", AccountId=TWO)
        advance(server, "91d")
        same("gone for good", own.states(ONE, TWO), ["AccountNotFoundException"] * 2)
        same("not listed", [each["Id"] for each in own.ask("ListAccounts")["Accounts"]], [ROOT])
        same("nobody reopens it", server.control("POST", "accounts/reopen", {"account": ONE}).status, 409)
        one.refuses([("UnrecognizedClientException", "CreateOrganization", {})])
        same("and the organization is empty", own.ask("DeleteOrganization"), {})


def ten_accounts_close_in_thirty_days(program, folder):
    """The quota of rule 55 at both borders."""
    with Server(program, folder) as server:
        own = Organizations(server)
        own.ask("CreateOrganization")
        made = [own.ask("CreateAccount", Email=f"a{number}@example.com", AccountName=f"A{number}")["CreateAccountStatus"]["AccountId"]
                for number in range(12)]
        for account in made[:10]:
            same("closed", own.ask("CloseAccount", AccountId=account), {})
        full = [("ConstraintViolationException:CLOSE_ACCOUNT_QUOTA_EXCEEDED", "CloseAccount", {"AccountId": made[10]})]
        own.refuses(full)
        advance(server, "2591999s")
        own.refuses(full)
        advance(server, "1s")
        same("after thirty days", own.ask("CloseAccount", AccountId=made[10]), {})
        same("the others", own.states(*made[9:]), [("CLOSED", "SUSPENDED")] * 2 + [("ACTIVE", "ACTIVE")])


def a_tenth_of_those_who_are_there_close(program, folder):
    with Server(program, folder) as server:
        own = Organizations(server)
        own.ask("CreateOrganization")
        made = [own.ask("CreateAccount", Email=f"a{number}@example.com", AccountName=f"A{number}")["CreateAccountStatus"]["AccountId"]
                for number in range(120)]
        full = "ConstraintViolationException"
        same("twelve of 120", [own.ask("CloseAccount", AccountId=account) for account in made[:13]], [{}] * 12 + [full])
        advance(server, "91d")
        same("when they are gone for good, ten of 108", [own.ask("CloseAccount", AccountId=account) for account in made[12:23]],
             [{}] * 10 + [full])


def every_operation_refuses_what_its_model_does_not_allow(program, folder):
    (number, version, data) = models.newest_models()
    current = number >= models.CURRENT  # an older model's limits are not those that are mocked
    model = models.model_of(data, "organizations")
    offered = subprocess.run([program, "operations"], capture_output=True, text=True, check=True).stdout.split("\n")
    offered = {line.split()[1] for line in offered if line.startswith("organizations ")}
    same("every operation was answered", offered - set(VALID), set())
    if current:
        same("all others are left out on purpose", set(model["operations"]) - offered, LEFT_OUT)
    tried = 0
    with Server(program, folder) as server:
        server.load(WORLD)
        before = server.get("digest")
        for operation, body, violation in every_wrong_input(model, offered & set(model["operations"]) if current else ()):
            tried += 1
            answer = server.aws("organizations", operation, body, key=ROOT)
            if answer.status != 200:
                REFUSED.add(operation)
            wanted = ("InvalidInputException", violation) if violation else ("SerializationException", None)
            same(f"{operation} {json.dumps(body)[:200]}", (answer.status, answer.code, answer.json.get("Reason")), (400, *wanted))
        same("nothing was done", server.get("digest"), before)
    if current:
        same("every operation refused something", {name for name in offered if name in model["operations"]} - REFUSED, set())
    print(f"botocore {version}: {len(offered)} operations answered and refused, {tried} invalid inputs made from its model; "
          f"asked by hand, as boto3 {boto3.__version__} does not know them: {', '.join(sorted(BY_HAND)) or 'none'}")


if __name__ == "__main__":
    sys.exit(main([an_organization_is_made_and_deleted, deleting_an_organization_ends_its_instance_and_its_seats, the_tree,
                   an_organization_has_two_thousand_units, accounts_are_asked_for, accounts_leave, who_may_ask,
                   services_are_trusted_and_delegated, policies_are_kept, policies_are_attached, policies_come_together,
                   tags_and_the_resource_policy, accounts_close_on_the_virtual_clock, ten_accounts_close_in_thirty_days,
                   a_tenth_of_those_who_are_there_close, every_operation_refuses_what_its_model_does_not_allow]))
