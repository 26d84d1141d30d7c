# SPDX-License-Identifier: MIT
"""Every operation of sso-admin: by boto3 as far as its model goes, and by hand beyond it; what it keeps, refuses and lets go of.

Invalid inputs are made from botocore's newest model here: every member left out, too long, too short, of a wrong form, kind and enumeration.
"""
import json
import subprocess
import sys

import boto3

import models
from checks import check, main, same
from modelled import BY_HAND, REFUSED, VALID, Caller, every_wrong_input
from server import Server

ROOT, MEMBER, OUTSIDE, STRANGER = "111122223333", "222233334444", "333344445555", "444455556666"
NOBODY = "00000000-0000-4000-8000-000000000000"
WORLD = {"start": "2026-06-10T09:00:00Z",
         "accounts": {"root": {"id": ROOT, "organization": "acme", "management": True},
                      "member": {"id": MEMBER, "organization": "acme"}, "outside": {"id": OUTSIDE}},
         "instances": {"main": {"account": "root"}},
         "users": ["alice", "bob"], "groups": {"devs": ["alice"], "ops": ["bob"]},
         "profiles": {"p": {"account": "root"}}}
CUSTOM = "arn:aws:sso::aws:applicationProvider/custom"
KIRO = "arn:aws:sso::aws:applicationProvider/codewhisperer"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ISSUER = {"IssuerUrl": "https://idp.example.com", "ClaimAttributePath": "email", "IdentityStoreAttributePath": "emails.value",
          "JwksRetrievalOption": "OPEN_ID_DISCOVERY"}
ATTRIBUTES = [{"Key": "team", "Value": {"Source": ["${path:enterprise.department}"]}}]
METHOD = {"Iam": {"ActorPolicy": {"Version": "2012-10-17", "Statement": []}}}


class Sso(Caller):
    """Calls of one account and Region to sso-admin."""

    def __init__(self, server, key=ROOT, region="us-east-1"):
        super().__init__(server, "sso-admin", key, region)


class Scene:
    """A server with an organization, its instance, two people in two groups, and a Kiro profile."""

    def __init__(self, server):
        names = server.load(WORLD)
        self.server = server
        self.sso = Sso(server)
        self.arn = names["instances"]["main"]["arn"]
        self.store = names["instances"]["main"]["identity_store_id"]
        self.users, self.groups, self.profile = names["users"], names["groups"], names["profiles"]["p"]
        self.instance = {"InstanceArn": self.arn}

    def principal(self, name):
        group = name in self.groups
        return {"PrincipalId": (self.groups if group else self.users)[name], "PrincipalType": "GROUP" if group else "USER"}

    def permission_set(self, name="admin", **members):
        made = self.sso.ask("CreatePermissionSet", Name=name, **self.instance, **members)
        return {**self.instance, "PermissionSetArn": made["PermissionSet"]["PermissionSetArn"]}

    def application(self, name="app", **members):
        made = self.sso.ask("CreateApplication", ApplicationProviderArn=CUSTOM, Name=name, **self.instance, **members)
        return {"ApplicationArn": made["ApplicationArn"]}

    def kiro(self, provider=KIRO):
        listed = self.sso.ask("ListApplications", Filter={"ApplicationProvider": provider}, **self.instance)
        return {"ApplicationArn": listed["Applications"][0]["ApplicationArn"]}

    def directory(self, operation, **members):
        return self.server.aws("identitystore", operation, {"IdentityStoreId": self.store, **members}, key=ROOT)

    def seats(self):
        return [(row["user"], row["status"]) for row in self.server.get("subscriptions")["subscriptions"]]


def other(arn):
    """The same ARN with another last character: of nothing that is there."""
    return arn[:-1] + ("0" if arn[-1] != "0" else "1")


def an_instance_is_made_named_and_deleted(program, folder):
    with Server(program, folder) as server:
        Scene(server)
        own = Sso(server, STRANGER)
        made = own.ask("CreateInstance", Name="first", ClientToken="t", Tags=[{"Key": "a", "Value": "b"}])
        same("the token again", own.ask("CreateInstance", Name="first", ClientToken="t", Tags=[{"Key": "a", "Value": "b"}]), made)
        same("its tags", own.ask("ListTagsForResource", ResourceArn=made["InstanceArn"]), {"Tags": [{"Key": "a", "Value": "b"}]})
        same("renamed", own.ask("UpdateInstance", Name="second", **made), {})
        same("shown so", own.ask("DescribeInstance", **made)["Name"], "second")
        same("listed so", [row["Name"] for row in own.ask("ListInstances")["Instances"]], ["second"])
        key = f"arn:aws:kms:us-east-1:{STRANGER}:key/{NOBODY}"
        same("a key of one's own", own.ask("UpdateInstance", EncryptionConfiguration={
            "KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": key}, **made), {})
        details = server.aws("sso-admin", "DescribeInstance", made, key=STRANGER).json["EncryptionConfigurationDetails"]
        same("is shown", details, {"KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": key, "EncryptionStatus": "ENABLED"})
        unknown = {"InstanceArn": other(made["InstanceArn"])}
        own.refuses([
            ("ConflictException", "CreateInstance", {}),
            ("ValidationException", "CreateInstance", {"Name": "first", "ClientToken": "t"}),
            ("ValidationException", "UpdateInstance", {"EncryptionConfiguration": {"KeyType": "CUSTOMER_MANAGED_KEY"}, **made}),
            ("ValidationException", "UpdateInstance", {
                "EncryptionConfiguration": {"KeyType": "AWS_OWNED_KMS_KEY", "KmsKeyArn": key}, **made}),
            ("ResourceNotFoundException", "UpdateInstance", {"Name": "x", **unknown}),
            ("AccessDeniedException", "DescribeInstance", unknown),
            ("AccessDeniedException", "DeleteInstance", unknown),
            ("ValidationException", "ListPermissionSets", made),  # an account instance has none
            ("ValidationException", "CreatePermissionSet", {"Name": "x", **made}),
            ("ValidationException", "AddRegion", {"RegionName": "eu-west-1", **made})])
        Sso(server, OUTSIDE).refuses([
            ("AccessDeniedException", operation, made) for operation in
            ("DescribeInstance", "UpdateInstance", "DeleteInstance", "ListRegions", "ListTrustedTokenIssuers")])
        Sso(server).refuses([("ValidationException", "CreateInstance", {})])  # the management account
        application = own.ask("CreateApplication", ApplicationProviderArn=CUSTOM, Name="app", **made)["ApplicationArn"]
        own.ask("PutApplicationAssignmentConfiguration", ApplicationArn=application, AssignmentRequired=False)
        own.ask("CreateTrustedTokenIssuer", Name="i", TrustedTokenIssuerType="OIDC_JWT",
                TrustedTokenIssuerConfiguration={"OidcJwtConfiguration": ISSUER}, **made)
        same("deleted", own.ask("DeleteInstance", **made), {})
        same("gone", own.ask("DescribeInstance", **made), "AccessDeniedException")
        same("with its applications", own.ask("DescribeApplication", ApplicationArn=application), "ResourceNotFoundException")
        same("a new one is empty", own.ask("ListApplications", **own.ask("CreateInstance")), {"Applications": []})


def regions_and_attributes_of_an_instance(program, folder):
    with Server(program, folder) as server:
        scene = Scene(server)
        sso, instance = scene.sso, scene.instance
        same("added", sso.ask("AddRegion", RegionName="eu-west-1", **instance), {"Status": "ACTIVE"})
        described = sso.ask("DescribeRegion", RegionName="eu-west-1", **instance)
        same("described", (described["Status"], described["IsPrimaryRegion"]), ("ACTIVE", False))
        check("the primary one", sso.ask("DescribeRegion", RegionName="us-east-1", **instance)["IsPrimaryRegion"])
        same("listed", [row["RegionName"] for row in sso.ask("ListRegions", **instance)["Regions"]], ["us-east-1", "eu-west-1"])
        same("page by page", [row["RegionName"] for row in sso.pages("ListRegions", "Regions", **instance)],
             ["us-east-1", "eu-west-1"])
        for name in ("eu-west-2", "eu-west-3", "eu-north-1", "us-gov-west-1"):
            same(name, sso.ask("AddRegion", RegionName=name, **instance), {"Status": "ACTIVE"})
        sso.refuses([("ServiceQuotaExceededException", "AddRegion", {"RegionName": "sa-east-1", **instance}),
                     ("ConflictException", "AddRegion", {"RegionName": "eu-west-1", **instance}),
                     ("ConflictException", "AddRegion", {"RegionName": "us-east-1", **instance}),
                     ("ConflictException", "RemoveRegion", {"RegionName": "us-east-1", **instance}),
                     ("ResourceNotFoundException", "RemoveRegion", {"RegionName": "sa-east-1", **instance}),
                     ("ResourceNotFoundException", "DescribeRegion", {"RegionName": "sa-east-1", **instance})])
        same("removed", sso.ask("RemoveRegion", RegionName="eu-west-1", **instance), {"Status": "REMOVING"})
        same("not there any more", sso.ask("DescribeRegion", RegionName="eu-west-1", **instance), "ResourceNotFoundException")
        same("there again", sso.ask("AddRegion", RegionName="eu-west-1", **instance), {"Status": "ACTIVE"})

        noun = "InstanceAccessControlAttributeConfiguration"
        sso.refuses([("ResourceNotFoundException", verb + noun, instance) for verb in ("Describe", "Delete")])
        given = {noun: {"AccessControlAttributes": ATTRIBUTES}}
        sso.refuses([("ResourceNotFoundException", "Update" + noun, {**given, **instance})])
        same("attributes", sso.ask("Create" + noun, **given, **instance), {})
        same("once", sso.ask("Create" + noun, **given, **instance), "ConflictException")
        same("shown", sso.ask("Describe" + noun, **instance), {"Status": "ENABLED", **given})
        same("emptied", sso.ask("Update" + noun, **{noun: {"AccessControlAttributes": []}}, **instance), {})
        same("shown so", sso.ask("Describe" + noun, **instance)[noun], {"AccessControlAttributes": []})
        same("ended", sso.ask("Delete" + noun, **instance), {})
        same("are gone", sso.ask("Describe" + noun, **instance), "ResourceNotFoundException")


def applications_of_a_customer_stand_beside_those_of_kiro(program, folder):
    with Server(program, folder) as server:
        scene = Scene(server)
        sso, instance = scene.sso, scene.instance
        same("providers", [row["ApplicationProviderArn"] for row in sso.ask("ListApplicationProviders")["ApplicationProviders"]],
             [CUSTOM, KIRO])
        same("page by page", len(sso.pages("ListApplicationProviders", "ApplicationProviders")), 2)
        same("one", sso.ask("DescribeApplicationProvider", ApplicationProviderArn=KIRO)["FederationProtocol"], "OAUTH")
        url = {"Origin": "APPLICATION", "ApplicationUrl": "https://app.example.com/?a=b"}
        app = scene.application(Description="mine", PortalOptions={"SignInOptions": url, "Visibility": "DISABLED"},
                                Tags=[{"Key": "k", "Value": ""}], ClientToken="t")
        same("the token again", scene.application(Description="mine", PortalOptions={"SignInOptions": url, "Visibility": "DISABLED"},
                                                  Tags=[{"Key": "k", "Value": ""}], ClientToken="t"), app)
        described = sso.ask("DescribeApplication", **app)
        described.pop("CreatedDate")
        same("described", described, {
            **app, **instance, "ApplicationProviderArn": CUSTOM, "Name": "app", "Description": "mine", "Status": "ENABLED",
            "ApplicationAccount": ROOT, "IdentityStoreArn": f"arn:aws:identitystore::{ROOT}:identitystore/{scene.store}",
            "PortalOptions": {"SignInOptions": url, "Visibility": "DISABLED"}, "CreatedFrom": "us-east-1"})
        same("updated", sso.ask("UpdateApplication", Name="renamed", Status="DISABLED", PortalOptions={
            "SignInOptions": {"Origin": "IDENTITY_CENTER"}}, **app), {})
        updated = sso.ask("DescribeApplication", **app)
        same("so", (updated["Name"], updated["Description"], updated["Status"], updated["PortalOptions"]),
             ("renamed", "mine", "DISABLED", {"SignInOptions": {"Origin": "IDENTITY_CENTER"}, "Visibility": "DISABLED"}))
        plain = scene.application("plain")
        same("what nobody said", sso.ask("DescribeApplication", **plain)["PortalOptions"],
             {"SignInOptions": {"Origin": "IDENTITY_CENTER"}, "Visibility": "ENABLED"})
        names = ["KiroProfile-us-east-1", "Kiro Sign-In - KiroProfile-us-east-1", "renamed", "plain"]
        same("listed", [row["Name"] for row in sso.ask("ListApplications", **instance)["Applications"]], names)
        same("page by page", [row["Name"] for row in sso.pages("ListApplications", "Applications", **instance)], names)
        same("by provider", [row["Name"] for row in sso.ask("ListApplications", Filter={
            "ApplicationProvider": CUSTOM}, **instance)["Applications"]], names[1:])
        member = Sso(server, MEMBER)
        same("a member sees its own", member.ask("ListApplications", Filter={"ApplicationAccount": MEMBER}, **instance),
             {"Applications": []})
        member.refuses([("AccessDeniedException", "ListApplications", instance),
                        ("AccessDeniedException", "UpdateApplication", {"Name": "x", **app}),
                        ("AccessDeniedException", "DeleteApplication", app)])
        kiro, unknown = scene.kiro(), {"ApplicationArn": other(app["ApplicationArn"])}
        made = {"ApplicationProviderArn": CUSTOM, "Name": "x", **instance}
        sso.refuses([
            ("ValidationException", "CreateApplication", {**made, "ApplicationProviderArn": KIRO}),
            ("ResourceNotFoundException", "CreateApplication", {**made, "ApplicationProviderArn": CUSTOM + "-not"}),
            ("ResourceNotFoundException", "CreateApplication", {**made, "InstanceArn": other(scene.arn)}),
            ("ResourceNotFoundException", "DescribeApplicationProvider", {"ApplicationProviderArn": CUSTOM + "-not"}),
            ("ValidationException", "CreateApplication", {**made, "PortalOptions": {"SignInOptions": {"Origin": "APPLICATION"}}}),
            ("ValidationException", "UpdateApplication", {"PortalOptions": {"SignInOptions": {"Origin": "APPLICATION"}}, **app}),
            ("AccessDeniedException", "ListApplications", {"InstanceArn": other(scene.arn)}),
            ("ValidationException", "UpdateApplication", {"Name": "x", **kiro}),
            ("ValidationException", "DeleteApplication", kiro)]
            + [("ResourceNotFoundException", operation, unknown) for operation in
               ("DescribeApplication", "UpdateApplication", "DeleteApplication", "ListApplicationAssignments")])
        same("deleted", sso.ask("DeleteApplication", **app), {})
        same("gone", sso.ask("DescribeApplication", **app), "ResourceNotFoundException")
        same("with its tags", sso.ask("ListTagsForResource", ResourceArn=app["ApplicationArn"]), "ResourceNotFoundException")


def what_hangs_on_an_application_is_kept_and_read_back(program, folder):
    with Server(program, folder) as server:
        scene = Scene(server)
        sso, app, kiro = scene.sso, scene.application(), scene.kiro()
        unknown = {"ApplicationArn": other(app["ApplicationArn"])}
        uris = {"AuthorizationCode": {"RedirectUris": ["https://a.example.com", "x"]}}
        code, bearer = "authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"
        scope = {"Scope": "a:b:c", "AuthorizedTargets": [app["ApplicationArn"], scene.arn]}
        for noun, key, value in (("Grant", {"GrantType": code}, {"Grant": uris}),
                                 ("AuthenticationMethod", {"AuthenticationMethodType": "IAM"}, {"AuthenticationMethod": METHOD}),
                                 ("AccessScope", {"Scope": "a:b:c"}, scope)):
            put, get, delete, listed = (f"{verb}Application{noun}" for verb in ("Put", "Get", "Delete", "List"))
            member = {"AccessScope": "Scopes"}.get(noun, noun + "s")
            same(f"no {noun}", sso.ask(listed + "s", **app), {member: []})
            sso.refuses([("ResourceNotFoundException", operation, {**key, **app}) for operation in (get, delete)])
            same(f"{noun} put", sso.ask(put, **{**key, **value, **app}), {})
            same("again", sso.ask(put, **{**key, **value, **app}), {})
            same("shown", sso.ask(get, **key, **app), value)
            same("listed", sso.ask(listed + "s", **app), {member: [{**key, **value}]})
            sso.refuses([("ResourceNotFoundException", put, {**key, **value, **unknown}),
                         ("ResourceNotFoundException", listed + "s", unknown),
                         ("ValidationException", put, {**key, **value, **kiro}),
                         ("ValidationException", delete, {**key, **kiro})])
            same("taken away", sso.ask(delete, **key, **app), {})
            same("is gone", sso.ask(listed + "s", **app), {member: []})
        grant = {"JwtBearer": {"AuthorizedTokenIssuers": [{"AuthorizedAudiences": ["me"]}]}}
        same("another grant", sso.ask("PutApplicationGrant", GrantType=bearer, Grant=grant, **app), {})
        same("an empty one", sso.ask("PutApplicationGrant", GrantType="refresh_token", Grant={"RefreshToken": {}}, **app), {})
        same("both", [row["GrantType"] for row in sso.ask("ListApplicationGrants", **app)["Grants"]], [bearer, "refresh_token"])
        sso.refuses([("ValidationException", "PutApplicationGrant", {"GrantType": code, "Grant": grant, **app}),
                     ("ValidationException", "PutApplicationGrant", {"GrantType": code, "Grant": {}, **app})])
        for number in range(25):
            sso.ask("PutApplicationAccessScope", Scope=f"s{number}", **app)
        page = sso.ask("ListApplicationAccessScopes", **app)
        same("scopes come by ten", len(page["Scopes"]), 10)
        same("page by page", len(sso.pages("ListApplicationAccessScopes", "Scopes", **app)), 25)
        sso.refuses([("ValidationException", "PutApplicationAccessScope", {"Scope": "more", **app})])

        for noun, member, first, second in (("Assignment", "AssignmentRequired", True, False),
                                            ("Session", "UserBackgroundSessionApplicationStatus", "ENABLED", "DISABLED")):
            put, get = f"PutApplication{noun}Configuration", f"GetApplication{noun}Configuration"
            same(f"{noun}: as it begins", sso.ask(get, **app), {member: first})
            same("put", sso.ask(put, **{member: second}, **app), {})
            same("shown", sso.ask(get, **app), {member: second})
            sso.refuses([("ValidationException", put, {member: second, **kiro}),
                         ("ResourceNotFoundException", put, {member: second, **unknown}),
                         ("ResourceNotFoundException", get, unknown)])
        same("Kiro's seats are for those who are assigned", sso.ask("GetApplicationAssignmentConfiguration", **kiro),
             {"AssignmentRequired": True})
        same("anyone may sign in", sso.ask("GetApplicationAssignmentConfiguration", **scene.kiro(CUSTOM)),
             {"AssignmentRequired": False})
        extra = {**uris["AuthorizationCode"], "Unknown": 1}
        answer = server.aws("sso-admin", "PutApplicationGrant", {
            "GrantType": code, "Grant": {"AuthorizationCode": extra}, "Other": None, **app}, key=ROOT)
        same("members that the model lacks", answer.status, 200)
        same("are not kept", sso.ask("GetApplicationGrant", GrantType=code, **app), {"Grant": uris})


def assignments_to_applications_and_kiro_see_each_other(program, folder):
    with Server(program, folder) as server:
        scene = Scene(server)
        sso, app, kiro = scene.sso, scene.application(), scene.kiro()
        alice, devs = scene.principal("alice"), scene.principal("devs")

        def assigned(application=app):
            rows = sso.ask("ListApplicationAssignments", **application)["ApplicationAssignments"]
            same("page by page", sso.pages("ListApplicationAssignments", "ApplicationAssignments", **application), rows)
            return [row["PrincipalId"] for row in rows]

        def held(principal, **members):
            rows = sso.ask("ListApplicationAssignmentsForPrincipal", **principal, **scene.instance, **members)
            return [(row["ApplicationArn"], row["PrincipalId"]) for row in rows["ApplicationAssignments"]]

        def subscribe(operation, principal):
            return server.aws("q", operation, {
                "principalId": principal["PrincipalId"], "principalType": principal["PrincipalType"]}, key=ROOT).status

        same("assigned", sso.ask("CreateApplicationAssignment", **alice, **app), {})
        same("again", sso.ask("CreateApplicationAssignment", **alice, **app), {})
        same("a group", sso.ask("CreateApplicationAssignment", **devs, **app), {})
        same("both", assigned(), [alice["PrincipalId"], devs["PrincipalId"]])
        same("one", sso.ask("DescribeApplicationAssignment", **alice, **app), {**alice, **app})
        everything = [(app["ApplicationArn"], alice["PrincipalId"]), (app["ApplicationArn"], devs["PrincipalId"])]
        same("through the group as well", held(alice), everything)
        same("the group's own", held(devs), everything[1:])
        same("of one application", held(alice, Filter=kiro), [])
        wrong = {"PrincipalId": alice["PrincipalId"], "PrincipalType": "GROUP"}
        nobody = {"PrincipalId": NOBODY, "PrincipalType": "USER"}
        sso.refuses([("ResourceNotFoundException", operation, {**principal, **app}) for principal in (wrong, nobody) for operation in (
            "CreateApplicationAssignment", "DescribeApplicationAssignment", "DeleteApplicationAssignment")]
            + [("ResourceNotFoundException", "ListApplicationAssignmentsForPrincipal", {**nobody, **scene.instance}),
               ("ResourceNotFoundException", "DescribeApplicationAssignment", {**scene.principal("bob"), **app})])
        Sso(server, MEMBER).refuses([
            ("AccessDeniedException", "ListApplicationAssignmentsForPrincipal", {**alice, **scene.instance}),
            ("AccessDeniedException", "CreateApplicationAssignment", {**alice, **app})])

        same("a subscription", subscribe("CreateAssignment", alice), 200)
        same("shows here", assigned(kiro), [alice["PrincipalId"]])
        same("by the person too", held(alice, Filter=kiro), [(kiro["ApplicationArn"], alice["PrincipalId"])])
        same("taken away here", sso.ask("DeleteApplicationAssignment", **alice, **kiro), {})
        same("the seat stays", scene.seats(), [("alice", "PENDING")])
        same("unsubscribed", subscribe("DeleteAssignment", alice), 200)
        same("a group subscribes", subscribe("CreateAssignment", devs), 200)
        same("shows here", assigned(kiro), [devs["PrincipalId"]])
        same("unsubscribed", subscribe("DeleteAssignment", devs), 200)
        same("shows here as well", assigned(kiro), [])
        before = scene.seats()
        same("assigned by hand", sso.ask("CreateApplicationAssignment", **scene.principal("bob"), **kiro), {})
        same("is no seat", scene.seats(), before)
        same("the profile goes", server.aws("codewhisperer", "DeleteProfile", {"profileArn": scene.profile}, key=ROOT).status, 200)
        same("with who was assigned", held(scene.principal("bob")), [])

        same("a person is deleted", scene.directory("DeleteUser", UserId=alice["PrincipalId"]).status, 200)
        same("his assignment with him", assigned(), [devs["PrincipalId"]])
        same("a group is deleted", scene.directory("DeleteGroup", GroupId=devs["PrincipalId"]).status, 200)
        same("its assignment with it", assigned(), [])
        bob = scene.principal("bob")
        sso.ask("CreateApplicationAssignment", **bob, **app)
        same("taken away", sso.ask("DeleteApplicationAssignment", **bob, **app), {})
        same("once", sso.ask("DeleteApplicationAssignment", **bob, **app), "ResourceNotFoundException")
        sso.ask("CreateApplicationAssignment", **bob, **app)
        same("the application goes", sso.ask("DeleteApplication", **app), {})
        same("and is nobody's", held(bob), [])


def an_application_takes_a_hundred_groups(program, folder):
    with Server(program, folder) as server:
        scene = Scene(server)
        app = scene.application()
        for number in range(101):
            group = scene.directory("CreateGroup", DisplayName=f"g{number}").json["GroupId"]
            answer = scene.sso.ask("CreateApplicationAssignment", PrincipalId=group, PrincipalType="GROUP", **app)
            same(f"group {number}", answer, {} if number < 100 else "ServiceQuotaExceededException")
        same("a user all the same", scene.sso.ask("CreateApplicationAssignment", **scene.principal("bob"), **app), {})


def permission_sets_and_their_policies(program, folder):
    with Server(program, folder) as server:
        scene = Scene(server)
        sso, instance = scene.sso, scene.instance
        where = scene.permission_set(Description="d", SessionDuration="PT4H", RelayState="https://x.example.com/?a=b",
                                     Tags=[{"Key": "k", "Value": "v"}])
        shown = sso.ask("DescribePermissionSet", **where)["PermissionSet"]
        shown.pop("CreatedDate")
        same("described", shown, {"Name": "admin", "PermissionSetArn": where["PermissionSetArn"], "Description": "d",
                                  "SessionDuration": "PT4H", "RelayState": "https://x.example.com/?a=b"})
        same("updated", sso.ask("UpdatePermissionSet", SessionDuration="PT12H", **where), {})
        updated = sso.ask("DescribePermissionSet", **where)["PermissionSet"]
        same("the rest stays", (updated["SessionDuration"], updated["Description"]), ("PT12H", "d"))
        second = scene.permission_set("second")
        same("an hour, unsaid", sso.ask("DescribePermissionSet", **second)["PermissionSet"]["SessionDuration"], "PT1H")
        both = [where["PermissionSetArn"], second["PermissionSetArn"]]
        same("listed", sso.ask("ListPermissionSets", **instance), {"PermissionSets": both})
        same("page by page", sso.pages("ListPermissionSets", "PermissionSets", **instance), both)
        unknown = {**instance, "PermissionSetArn": other(both[0])}
        policy = json.dumps({"Version": "2012-10-17", "Statement": []})
        own = {"CustomerManagedPolicyReference": {"Name": "mine", "Path": "/team/"}}
        sso.refuses([("ConflictException", "CreatePermissionSet", {"Name": "admin", **instance}),
                     ("ValidationException", "CreatePermissionSet", {"Name": "x", "SessionDuration": "PT59M", **instance}),
                     ("ValidationException", "UpdatePermissionSet", {"SessionDuration": "PT13H", **where}),
                     ("ResourceNotFoundException", "CreatePermissionSet", {"Name": "x", "InstanceArn": other(scene.arn)}),
                     ("ResourceNotFoundException", "ListPermissionSets", {"InstanceArn": other(scene.arn)}),
                     ("ValidationException", "PutInlinePolicyToPermissionSet", {"InlinePolicy": "{", **where}),
                     ("ValidationException", "PutInlinePolicyToPermissionSet", {"InlinePolicy": "[]", **where}),
                     ("ValidationException", "PutPermissionsBoundaryToPermissionSet", {"PermissionsBoundary": {}, **where}),
                     ("ValidationException", "PutPermissionsBoundaryToPermissionSet", {
                         "PermissionsBoundary": {"ManagedPolicyArn": READ_ONLY, **own}, **where})])
        Sso(server, MEMBER).refuses([("AccessDeniedException", "ListPermissionSets", instance),
                                     ("AccessDeniedException", "DescribePermissionSet", where)])

        inline = server.aws("sso-admin", "GetInlinePolicyForPermissionSet", where, key=ROOT).json
        same("no inline policy", inline, {"InlinePolicy": ""})
        same("put", sso.ask("PutInlinePolicyToPermissionSet", InlinePolicy=policy, **where), {})
        same("shown", sso.ask("GetInlinePolicyForPermissionSet", **where), {"InlinePolicy": policy})
        same("taken away", sso.ask("DeleteInlinePolicyFromPermissionSet", **where), {})
        same("once", sso.ask("DeleteInlinePolicyFromPermissionSet", **where), "ResourceNotFoundException")
        for boundary in (own, {"ManagedPolicyArn": READ_ONLY}):
            same("a boundary", sso.ask("PutPermissionsBoundaryToPermissionSet", PermissionsBoundary=boundary, **where), {})
            same("shown", sso.ask("GetPermissionsBoundaryForPermissionSet", **where), {"PermissionsBoundary": boundary})
        same("taken away", sso.ask("DeletePermissionsBoundaryFromPermissionSet", **where), {})
        for verb in ("Get", "Delete"):
            operation = f"{verb}PermissionsBoundary{'For' if verb == 'Get' else 'From'}PermissionSet"
            same(f"{operation} of none", sso.ask(operation, **where), "ResourceNotFoundException")

        same("attached", sso.ask("AttachManagedPolicyToPermissionSet", ManagedPolicyArn=READ_ONLY, **where), {})
        same("once", sso.ask("AttachManagedPolicyToPermissionSet", ManagedPolicyArn=READ_ONLY, **where), "ConflictException")
        listed = {"AttachedManagedPolicies": [{"Name": "ReadOnlyAccess", "Arn": READ_ONLY}]}
        same("listed", sso.ask("ListManagedPoliciesInPermissionSet", **where), listed)
        attach = "AttachCustomerManagedPolicyReferenceToPermissionSet"
        detach = "DetachCustomerManagedPolicyReferenceFromPermissionSet"
        references = "ListCustomerManagedPolicyReferencesInPermissionSet"
        same("one's own", sso.ask(attach, **own, **where), {})
        same("once", sso.ask(attach, **own, **where), "ConflictException")
        same("another path, another policy", sso.ask(attach, CustomerManagedPolicyReference={"Name": "mine"}, **where), {})
        same("both listed", sso.pages(references, "CustomerManagedPolicyReferences", **where),
             [own["CustomerManagedPolicyReference"], {"Name": "mine", "Path": "/"}])
        same("detached", sso.ask(detach, **own, **where), {})
        same("once", sso.ask(detach, **own, **where), "ResourceNotFoundException")
        for number in range(18):
            arn = f"arn:aws:iam::aws:policy/path/p{number}"
            same("more", sso.ask("AttachManagedPolicyToPermissionSet", ManagedPolicyArn=arn, **where), {})
        full = "arn:aws:iam::aws:policy/more"
        sso.refuses([("ServiceQuotaExceededException", "AttachManagedPolicyToPermissionSet", {"ManagedPolicyArn": full, **where}),
                     ("ServiceQuotaExceededException", attach, {**own, **where}),
                     ("ResourceNotFoundException", "DetachManagedPolicyFromPermissionSet", {"ManagedPolicyArn": full, **where})])
        same("detached", sso.ask("DetachManagedPolicyFromPermissionSet", ManagedPolicyArn=READ_ONLY, **where), {})
        refused = {"PutInlinePolicyToPermissionSet": {"InlinePolicy": policy},
                   "PutPermissionsBoundaryToPermissionSet": {"PermissionsBoundary": own},
                   "AttachManagedPolicyToPermissionSet": {"ManagedPolicyArn": READ_ONLY},
                   "DetachManagedPolicyFromPermissionSet": {"ManagedPolicyArn": READ_ONLY}, attach: own, detach: own,
                   **dict.fromkeys(("DescribePermissionSet", "UpdatePermissionSet", "DeletePermissionSet", references,
                                    "GetInlinePolicyForPermissionSet", "DeleteInlinePolicyFromPermissionSet",
                                    "ListManagedPoliciesInPermissionSet"), {})}
        sso.refuses([("ResourceNotFoundException", operation, {**members, **unknown}) for operation, members in refused.items()])
        same("deleted", sso.ask("DeletePermissionSet", **where), {})
        same("gone", sso.ask("DescribePermissionSet", **where), "ResourceNotFoundException")
        same("its name is free", scene.permission_set()["InstanceArn"], scene.arn)


def accounts_get_permission_sets_by_assignments(program, folder):
    with Server(program, folder) as server:
        scene = Scene(server)
        sso, instance = scene.sso, scene.instance
        where = scene.permission_set()
        target = {"TargetId": MEMBER, "TargetType": "AWS_ACCOUNT"}
        alice, devs = scene.principal("alice"), scene.principal("devs")
        in_account = {**where, "AccountId": MEMBER}

        def assigned():
            rows = sso.ask("ListAccountAssignments", **in_account)["AccountAssignments"]
            same("page by page", sso.pages("ListAccountAssignments", "AccountAssignments", **in_account), rows)
            return [(row["AccountId"], row["PermissionSetArn"], row["PrincipalId"]) for row in rows]

        def provisioned(**members):
            return sso.ask("ListAccountsForProvisionedPermissionSet", **where, **members)["AccountIds"]

        made = sso.ask("CreateAccountAssignment", **target, **alice, **where)["AccountAssignmentCreationStatus"]
        same("made at once", (made["Status"], made["TargetId"], made["PrincipalId"]), ("SUCCEEDED", MEMBER, alice["PrincipalId"]))
        same("asked again", sso.ask("DescribeAccountAssignmentCreationStatus", AccountAssignmentCreationRequestId=made["RequestId"],
                                    **instance), {"AccountAssignmentCreationStatus": made})
        same("assigned again", sso.ask("CreateAccountAssignment", **target, **alice, **where)["AccountAssignmentCreationStatus"]
             ["Status"], "SUCCEEDED")
        sso.ask("CreateAccountAssignment", **target, **devs, **where)
        same("both", [row[2] for row in assigned()], [alice["PrincipalId"], devs["PrincipalId"]])
        listed = sso.pages("ListAccountAssignmentCreationStatus", "AccountAssignmentsCreationStatus", **instance)
        same("three requests", [row["Status"] for row in listed], ["SUCCEEDED"] * 3)
        same("none in progress", sso.ask("ListAccountAssignmentCreationStatus", Filter={"Status": "IN_PROGRESS"}, **instance),
             {"AccountAssignmentsCreationStatus": []})
        held = sso.ask("ListAccountAssignmentsForPrincipal", **alice, **instance)["AccountAssignments"]
        same("through the group as well", [row["PrincipalType"] for row in held], ["USER", "GROUP"])
        same("in another account", sso.ask("ListAccountAssignmentsForPrincipal", Filter={"AccountId": ROOT}, **alice, **instance),
             {"AccountAssignments": []})

        old, latest = "LATEST_PERMISSION_SET_NOT_PROVISIONED", "LATEST_PERMISSION_SET_PROVISIONED"
        same("provisioned", (provisioned(), provisioned(ProvisioningStatus=latest)), ([MEMBER], [MEMBER]))
        sso.ask("AttachManagedPolicyToPermissionSet", ManagedPolicyArn=READ_ONLY, **where)
        same("changed since", (provisioned(ProvisioningStatus=latest), provisioned(ProvisioningStatus=old)), ([], [MEMBER]))
        sets = {**instance, "AccountId": MEMBER}
        same("seen from the account", sso.ask("ListPermissionSetsProvisionedToAccount", ProvisioningStatus=old, **sets),
             {"PermissionSets": [where["PermissionSetArn"]]})
        same("provisioned anew", sso.ask("ProvisionPermissionSet", TargetType="ALL_PROVISIONED_ACCOUNTS", **where)
             ["PermissionSetProvisioningStatus"]["Status"], "SUCCEEDED")
        same("the latest", provisioned(ProvisioningStatus=latest), [MEMBER])
        sso.ask("UpdatePermissionSet", Description="new", **where)
        same("changed again", provisioned(ProvisioningStatus=latest), [])
        done = sso.ask("ProvisionPermissionSet", **target, **where)["PermissionSetProvisioningStatus"]
        same("one account", (done["AccountId"], provisioned(ProvisioningStatus=latest)), (MEMBER, [MEMBER]))
        same("asked again", sso.ask("DescribePermissionSetProvisioningStatus", ProvisionPermissionSetRequestId=done["RequestId"],
                                    **instance), {"PermissionSetProvisioningStatus": done})
        same("two requests", len(sso.pages("ListPermissionSetProvisioningStatus", "PermissionSetsProvisioningStatus", **instance)), 2)

        unknown = {**instance, "PermissionSetArn": other(where["PermissionSetArn"])}
        request = {"AccountAssignmentCreationRequestId": NOBODY}
        sso.refuses([
            ("ResourceNotFoundException", "CreateAccountAssignment", {**target, **alice, **unknown}),
            ("ResourceNotFoundException", "CreateAccountAssignment", {**target, **where, **alice, "PrincipalId": NOBODY}),
            ("ResourceNotFoundException", "CreateAccountAssignment", {**target, **where, **alice, "PrincipalType": "GROUP"}),
            ("ResourceNotFoundException", "CreateAccountAssignment", {**target, **where, **alice, "TargetId": OUTSIDE}),
            ("ResourceNotFoundException", "CreateAccountAssignment", {**target, **where, **alice, "TargetId": "999999999999"}),
            ("ResourceNotFoundException", "DeleteAccountAssignment", {**target, **where, **scene.principal("bob")}),
            ("ResourceNotFoundException", "DeleteAccountAssignment", {**target, **where, **alice, "PrincipalType": "GROUP"}),
            ("ResourceNotFoundException", "ProvisionPermissionSet", {**target, **where, "TargetId": ROOT}),
            ("ValidationException", "ProvisionPermissionSet", {"TargetType": "AWS_ACCOUNT", **where}),
            ("ValidationException", "ProvisionPermissionSet", {"TargetType": "ALL_PROVISIONED_ACCOUNTS", "TargetId": ROOT, **where}),
            ("ResourceNotFoundException", "DescribeAccountAssignmentCreationStatus", {**request, **instance}),
            ("ResourceNotFoundException", "DescribeAccountAssignmentDeletionStatus", {
                "AccountAssignmentDeletionRequestId": made["RequestId"], **instance}),
            ("ResourceNotFoundException", "DescribePermissionSetProvisioningStatus", {
                "ProvisionPermissionSetRequestId": NOBODY, **instance}),
            ("ResourceNotFoundException", "ListAccountAssignments", {"AccountId": MEMBER, **unknown}),
            ("ResourceNotFoundException", "ListAccountsForProvisionedPermissionSet", unknown),
            ("ResourceNotFoundException", "ListAccountAssignmentsForPrincipal", {**alice, "PrincipalId": NOBODY, **instance}),
            ("ConflictException", "DeletePermissionSet", where)]
            + [("ResourceNotFoundException", operation, {"InstanceArn": other(scene.arn), **members}) for operation, members in (
                ("ListAccountAssignmentCreationStatus", {}), ("ListAccountAssignmentDeletionStatus", {}),
                ("ListPermissionSetProvisioningStatus", {}), ("ListPermissionSetsProvisionedToAccount", {"AccountId": MEMBER}))])

        gone = sso.ask("DeleteAccountAssignment", **target, **alice, **where)["AccountAssignmentDeletionStatus"]
        same("taken away", (gone["Status"], [row[2] for row in assigned()]), ("SUCCEEDED", [devs["PrincipalId"]]))
        same("asked again", sso.ask("DescribeAccountAssignmentDeletionStatus", AccountAssignmentDeletionRequestId=gone["RequestId"],
                                    **instance), {"AccountAssignmentDeletionStatus": gone})
        same("listed", [row["RequestId"] for row in sso.ask("ListAccountAssignmentDeletionStatus", **instance)
                        ["AccountAssignmentsDeletionStatus"]], [gone["RequestId"]])
        same("a group is deleted", scene.directory("DeleteGroup", GroupId=devs["PrincipalId"]).status, 200)
        same("its assignment with it", (assigned(), provisioned()), ([], []))
        same("nobody has it", sso.ask("ListPermissionSetsProvisionedToAccount", **sets), {"PermissionSets": []})
        same("so it can go", sso.ask("DeletePermissionSet", **where), {})


def issuers_and_tags(program, folder):
    with Server(program, folder) as server:
        scene = Scene(server)
        sso, instance = scene.sso, scene.instance
        given = {"TrustedTokenIssuerType": "OIDC_JWT", "TrustedTokenIssuerConfiguration": {"OidcJwtConfiguration": ISSUER}}
        made = sso.ask("CreateTrustedTokenIssuer", Name="first", Tags=[{"Key": "k", "Value": "v"}], ClientToken="t", **given, **instance)
        same("the token again", sso.ask("CreateTrustedTokenIssuer", Name="first", Tags=[{"Key": "k", "Value": "v"}], ClientToken="t",
                                        **given, **instance), made)
        same("described", sso.ask("DescribeTrustedTokenIssuer", **made), {"Name": "first", **made, **given})
        same("updated", sso.ask("UpdateTrustedTokenIssuer", Name="renamed", TrustedTokenIssuerConfiguration={
            "OidcJwtConfiguration": {"ClaimAttributePath": "sub"}}, **made), {})
        same("the rest stays", sso.ask("DescribeTrustedTokenIssuer", **made)["TrustedTokenIssuerConfiguration"],
             {"OidcJwtConfiguration": {**ISSUER, "ClaimAttributePath": "sub"}})
        for number in range(9):
            sso.ask("CreateTrustedTokenIssuer", Name=f"i{number}", **given, **instance)
        listed = sso.pages("ListTrustedTokenIssuers", "TrustedTokenIssuers", **instance)
        same("listed", (len(listed), listed[0]), (10, {"Name": "renamed", "TrustedTokenIssuerType": "OIDC_JWT", **made}))
        unknown = {"TrustedTokenIssuerArn": other(made["TrustedTokenIssuerArn"])}
        sso.refuses([("ServiceQuotaExceededException", "CreateTrustedTokenIssuer", {"Name": "more", **given, **instance}),
                     ("AccessDeniedException", "CreateTrustedTokenIssuer", {"Name": "x", **given, "InstanceArn": other(scene.arn)}),
                     ("AccessDeniedException", "ListTrustedTokenIssuers", {"InstanceArn": other(scene.arn)})]
                    + [("ResourceNotFoundException", verb + "TrustedTokenIssuer", unknown) for verb in ("Describe", "Update", "Delete")])

        where, app = scene.permission_set(), scene.application()
        for resource, more in ((scene.arn, {}), (made["TrustedTokenIssuerArn"], {}), (where["PermissionSetArn"], instance),
                               (app["ApplicationArn"], {}), (scene.kiro()["ApplicationArn"], instance)):
            tagged = {"ResourceArn": resource, **more}
            sso.ask("UntagResource", TagKeys=["k"], **tagged)
            same("tagged", sso.ask("TagResource", Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}], **tagged), {})
            same("changed", sso.ask("TagResource", Tags=[{"Key": "a", "Value": "2"}], **tagged), {})
            same("listed", sso.ask("ListTagsForResource", **tagged),
                 {"Tags": [{"Key": "a", "Value": "2"}, {"Key": "b", "Value": ""}]})
            same("untagged", sso.ask("UntagResource", TagKeys=["a", "never"], **tagged), {})
            same("one is left", sso.ask("ListTagsForResource", **tagged), {"Tags": [{"Key": "b", "Value": ""}]})
        tags = [{"Key": f"t{number}", "Value": ""} for number in range(50)]
        sso.refuses([("ServiceQuotaExceededException", "TagResource", {"ResourceArn": scene.arn, "Tags": tags}),
                     ("ValidationException", "TagResource", {"ResourceArn": scene.arn, "Tags": [{"Key": "aws:x", "Value": ""}]}),
                     ("ValidationException", "ListTagsForResource", {"ResourceArn": where["PermissionSetArn"]})]
                    + [("ResourceNotFoundException", "ListTagsForResource", {"ResourceArn": other(arn), **instance}) for arn in (
                        scene.arn, where["PermissionSetArn"], app["ApplicationArn"], made["TrustedTokenIssuerArn"])]
                    + [("ResourceNotFoundException", operation, {"ResourceArn": other(app["ApplicationArn"]), **members})
                       for operation, members in (("TagResource", {"Tags": []}), ("UntagResource", {"TagKeys": ["a"]}))])
        same("deleted", sso.ask("DeleteTrustedTokenIssuer", **made), {})
        same("gone", sso.ask("DescribeTrustedTokenIssuer", **made), "ResourceNotFoundException")


def what_takes_its_time_is_in_progress_until_then(program, folder):
    with Server(program, folder, "--timing", "documented") as server:
        scene = Scene(server)
        sso, instance, alice = scene.sso, scene.instance, scene.principal("alice")
        own = Sso(server, STRANGER)
        new = own.ask("CreateInstance")
        same("a new instance", own.ask("DescribeInstance", **new)["Status"], "CREATE_IN_PROGRESS")
        own.refuses([("ConflictException", "UpdateInstance", {"Name": "x", **new}),
                     ("ConflictException", "CreateApplication", {"ApplicationProviderArn": CUSTOM, "Name": "x", **new}),
                     ("ValidationException", "ListApplications", new)])
        server.control("POST", "clock/advance", {"by": "2m"})
        same("takes applications", own.ask("ListApplications", **new), {"Applications": []})
        same("until it goes", own.ask("DeleteInstance", **new), {})
        own.refuses([("ConflictException", "UpdateInstance", {"Name": "x", **new}), ("ValidationException", "ListRegions", new)])
        where = scene.permission_set()
        assignment = {"TargetId": MEMBER, "TargetType": "AWS_ACCOUNT", **alice, **where}
        made = sso.ask("CreateAccountAssignment", **assignment)["AccountAssignmentCreationStatus"]
        same("not yet", (made["Status"], sso.ask("ListAccountAssignments", AccountId=MEMBER, **where)),
             ("IN_PROGRESS", {"AccountAssignments": []}))
        noun = "InstanceAccessControlAttributeConfiguration"
        sso.ask("Create" + noun, **{noun: {"AccessControlAttributes": ATTRIBUTES}}, **instance)
        same("nor these", sso.ask("Describe" + noun, **instance)["Status"], "CREATION_IN_PROGRESS")
        same("nor a Region", sso.ask("AddRegion", RegionName="eu-west-1", **instance), {"Status": "ADDING"})
        sso.refuses([("ConflictException", "CreateAccountAssignment", assignment),
                     ("ConflictException", "DeleteAccountAssignment", assignment)])
        server.control("POST", "clock/advance", {"by": "2m"})
        same("done", sso.ask("DescribeAccountAssignmentCreationStatus", AccountAssignmentCreationRequestId=made["RequestId"],
                             **instance)["AccountAssignmentCreationStatus"]["Status"], "SUCCEEDED")
        same("assigned", len(sso.ask("ListAccountAssignments", AccountId=MEMBER, **where)["AccountAssignments"]), 1)
        same("enabled", sso.ask("Describe" + noun, **instance)["Status"], "ENABLED")
        same("active", sso.ask("DescribeRegion", RegionName="eu-west-1", **instance)["Status"], "ACTIVE")
        same("leaving", sso.ask("RemoveRegion", RegionName="eu-west-1", **instance), {"Status": "REMOVING"})
        same("still shown", sso.ask("DescribeRegion", RegionName="eu-west-1", **instance)["Status"], "REMOVING")
        server.control("POST", "clock/advance", {"by": "2m"})
        same("gone", sso.ask("DescribeRegion", RegionName="eu-west-1", **instance), "ResourceNotFoundException")


def what_is_held_by_hand_is_in_progress_until_its_release(program, folder):
    lags = {"name": "kiro-2026-06", "override": {"account_assignment_lag": "by-hand", "instance_create_lag": "by-hand"}}
    with Server(program, folder) as server:
        scene = Scene(server)
        sso, instance, alice = scene.sso, scene.instance, scene.principal("alice")
        where = scene.permission_set()
        same("held by hand", server.control("PUT", "edition", lags).status, 200)
        assignment = {"TargetId": MEMBER, "TargetType": "AWS_ACCOUNT", **alice, **where}
        made = sso.ask("CreateAccountAssignment", **assignment)["AccountAssignmentCreationStatus"]
        own = Sso(server, STRANGER)
        new = own.ask("CreateInstance")
        sso.ask("AddRegion", RegionName="eu-west-1", **instance)
        region = instance["InstanceArn"] + "/eu-west-1"

        def held():
            return [(item["lag"], item["subject"]) for item in server.get("propagation")["held"]]

        def release(**which):
            return server.control("POST", "propagation/release", which).json["released"]

        def status(request=made):
            return sso.ask("DescribeAccountAssignmentCreationStatus", AccountAssignmentCreationRequestId=request["RequestId"],
                           **instance)["AccountAssignmentCreationStatus"]["Status"]

        def assign(name):
            return sso.ask("CreateAccountAssignment", **{**assignment, **scene.principal(name)})["AccountAssignmentCreationStatus"]

        def assigned():
            return len(sso.ask("ListAccountAssignments", AccountId=MEMBER, **where)["AccountAssignments"])

        of_instances = sorted([("instance_create_lag", new["InstanceArn"]), ("instance_create_lag", region)])
        same("what waits is shown", held(), [*of_instances, ("account_assignment_lag", made["RequestId"])])
        server.control("POST", "clock/advance", {"by": "P30D"})
        same("however long", (status(), own.ask("DescribeInstance", **new)["Status"]), ("IN_PROGRESS", "CREATE_IN_PROGRESS"))
        same("the one is let go, and counted", release(lag="instance_create_lag"), 2)
        same("it is there", (status(), own.ask("DescribeInstance", **new)["Status"],
                             sso.ask("DescribeRegion", RegionName="eu-west-1", **instance)["Status"]), ("IN_PROGRESS", "ACTIVE", "ACTIVE"))
        same("of no user", (release(user_id=alice["PrincipalId"]), status()), (0, "IN_PROGRESS"))
        same("and the other", (release(lag="account_assignment_lag"), status(), held(), assigned()), (1, "SUCCEEDED", [], 1))
        made = assign("bob")
        same("the next one of the same second waits for its own", (made["Status"], status(made), assigned()), ("IN_PROGRESS", "IN_PROGRESS", 1))
        same("and is shown", held(), [("account_assignment_lag", made["RequestId"])])
        same("let go with all", (release(), status(made), assigned(), release()), (1, "SUCCEEDED", 2, 0))
        sso.ask("RemoveRegion", RegionName="eu-west-1", **instance)
        sso.ask("CreateInstanceAccessControlAttributeConfiguration", **instance, InstanceAccessControlAttributeConfiguration={
            "AccessControlAttributes": [{"Key": "team", "Value": {"Source": ["${path:name.givenName}"]}}]})
        same("parts of an instance", held(), [("instance_create_lag", instance["InstanceArn"] + "/" + part)
                                              for part in ("access-control-attributes", "eu-west-1")])
        sso.ask("DeleteInstanceAccessControlAttributeConfiguration", **instance)
        same("what is gone waits no more", held(), [("instance_create_lag", region)])
        provisioning = {"name": "kiro-2026-06", "override": {"provisioning_lag": "by-hand"}}
        same("provisioning by hand", server.control("PUT", "edition", provisioning).status, 200)
        begun = sso.ask("ProvisionPermissionSet", TargetType="ALL_PROVISIONED_ACCOUNTS", **where)["PermissionSetProvisioningStatus"]
        same("it waits", (begun["Status"], held()[1:]), ("IN_PROGRESS", [("provisioning_lag", begun["RequestId"])]))
        same("until its release", (release(lag="provisioning_lag"), sso.ask(
            "DescribePermissionSetProvisioningStatus", ProvisionPermissionSetRequestId=begun["RequestId"],
            **instance)["PermissionSetProvisioningStatus"]["Status"]), (1, "SUCCEEDED"))
        same("the Region leaves last", (release(), held(), sso.ask("DescribeRegion", RegionName="eu-west-1", **instance)),
             (1, [], "ResourceNotFoundException"))


def every_operation_refuses_what_its_model_does_not_allow(program, folder):
    (number, version, data) = models.newest_models()
    current = number >= models.CURRENT  # an older model's limits are not those that are mocked
    model = models.model_of(data, "sso-admin")
    offered = subprocess.run([program, "operations"], capture_output=True, text=True, check=True).stdout.split("\n")
    offered = {line.split()[1] for line in offered if line.startswith("sso ")}
    same("every operation was answered", offered - set(VALID), set())
    same("every operation of the model is offered", set(model["operations"]) - offered, set())
    tried = 0
    with Server(program, folder) as server:
        Scene(server)
        before = server.get("digest")
        for operation, body, violation in every_wrong_input(model, model["operations"] if current else ()):
            tried += 1
            answer = server.aws("sso-admin", operation, body, key=ROOT)
            if answer.status != 200:
                REFUSED.add(operation)
            same(f"{operation} {json.dumps(body)[:200]}", (answer.status, answer.code),
                 (400, "ValidationException" if violation else "SerializationException"))
        same("nothing was done", server.get("digest"), before)
    if current:
        same("every operation refused something", offered - REFUSED, set())
    print(f"botocore {version}: {len(offered)} operations answered and refused, {tried} invalid inputs made from its model; "
          f"asked by hand, as boto3 {boto3.__version__} does not know them: {', '.join(sorted(BY_HAND)) or 'none'}")


if __name__ == "__main__":
    sys.exit(main([an_instance_is_made_named_and_deleted, regions_and_attributes_of_an_instance,
                   applications_of_a_customer_stand_beside_those_of_kiro, what_hangs_on_an_application_is_kept_and_read_back,
                   assignments_to_applications_and_kiro_see_each_other, an_application_takes_a_hundred_groups,
                   permission_sets_and_their_policies, accounts_get_permission_sets_by_assignments, issuers_and_tags,
                   what_takes_its_time_is_in_progress_until_then,
                   what_is_held_by_hand_is_in_progress_until_its_release, every_operation_refuses_what_its_model_does_not_allow]))
