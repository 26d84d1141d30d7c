#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Somebody leaves the company, seen by Debian's boto3; and every operation with input that is right and wrong."""
import sys

from aws_clients import CALLED, REFUSED, boto, check_refused, is_uuid, signed
from checks import check, main, same
from server import Server

OPERATIONS = {
    "CreateUser", "DescribeUser", "ListUsers", "GetUserId", "DeleteUser", "CreateGroup", "ListGroups", "GetGroupId",
    "DeleteGroup", "CreateGroupMembership", "DeleteGroupMembership", "ListGroupMemberships",
    "ListGroupMembershipsForMember", "CreateInstance", "ListInstances", "DescribeInstance", "DeleteInstance",
    "CreateProfile", "ListProfiles", "DeleteProfile", "CreateAssignment", "UpdateAssignment", "DeleteAssignment",
    "ListUserSubscriptions"}

# alice has Pro of her own and Power through "ops"; bob has Pro through "devs"; carol has nothing.
WORLD = {
    "format": 1, "start": "2026-03-10T09:00:00Z",
    "users": {"alice": {"attributes": {"DisplayName": "Alice A", "Emails": [{"Value": "Alice@Example.com"}]}},
              "bob": {}, "carol": {}},
    "groups": {"devs": ["bob"], "ops": ["alice"]},
    "assignments": [{"to": "user:alice", "plan": "pro", "at": "2026-01-05T00:00:00Z"},
                    {"to": "group:ops", "plan": "power", "at": "2026-01-05T00:00:00Z"},
                    {"to": "group:devs", "plan": "pro", "at": "2026-01-05T00:00:00Z"}],
    "uses": [{"user": "alice", "at": "2026-01-05T08:00:00Z"}, {"user": "bob", "at": "2026-01-06T08:00:00Z"}]}
PRO = "Q_DEVELOPER_STANDALONE_PRO"
NOBODY = "00000000-0000-4000-8000-000000000000"
NO_STORE = "d-0123456789"
NO_INSTANCE = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
NO_PROFILE = "arn:aws:codewhisperer:us-east-1:123456789012:profile/AAAAAAAAAAAA"
TRACKER = {"recommendationsWithReferences": "ALLOW"}


class Place:
    """A server with WORLD in it, the ids of everything, and a client for each service."""

    def __init__(self, server):
        self.server = server
        names = server.load(WORLD)
        self.instance = names["instances"]["main"]["arn"]
        self.store = names["instances"]["main"]["identity_store_id"]
        self.profile = names["profiles"]["main"]
        self.users = names["users"]
        self.groups = names["groups"]
        self.ids = boto(server, "identitystore")
        self.sso = boto(server, "sso-admin")

    def seats(self):
        """User id -> row of ListUserSubscriptions."""
        answer = signed(self.server, "user-subscriptions", "ListUserSubscriptions",
                        {"instanceArn": self.instance, "subscriptionRegion": "us-east-1"})
        same("ListUserSubscriptions answers", answer.status, 200)
        return {row["principal"]["user"]: row for row in answer.json["subscriptions"]}

    def status(self, name):
        return self.seats().get(self.users[name], {}).get("status")

    def bill(self, month, name):
        return self.server.get(f"bill?month={month}&user_id={self.users[name]}")["total"]

    def new_user(self, name, **more):
        return self.ids.create_user(IdentityStoreId=self.store, UserName=name, DisplayName=name,
                                    Name={"GivenName": name, "FamilyName": "Doe"}, **more)["UserId"]


def somebody_leaves(program, folder):
    with Server(program, folder) as server:
        place = Place(server)
        ids, store, alice = place.ids, place.store, place.users["alice"]
        instances = place.sso.list_instances()["Instances"]
        same("ListInstances shows the instance", [(i["InstanceArn"], i["IdentityStoreId"]) for i in instances],
             [(place.instance, store)])
        found = ids.get_user_id(IdentityStoreId=store, AlternateIdentifier={
            "UniqueAttribute": {"AttributePath": "emails.value", "AttributeValue": "alice@example.com"}})
        same("alice is found by e-mail", found["UserId"], alice)
        same("her row before", {name: place.seats()[alice].get(name) for name in
                                ("type", "activatedType", "status", "aggregatedSubscriptionType", "activationDate")},
             {"type": {"amazonQ": "KIRO_ENTERPRISE_POWER"}, "activatedType": {"amazonQ": "KIRO_ENTERPRISE_POWER"},
              "status": "ACTIVE", "aggregatedSubscriptionType": "INDIVIDUAL_AND_GROUP",
              "activationDate": "2026-01-05T08:00:00Z"})

        memberships = ids.list_group_memberships_for_member(IdentityStoreId=store, MemberId={"UserId": alice})
        same("alice is in ops alone", [m["GroupId"] for m in memberships["GroupMemberships"]], [place.groups["ops"]])
        ids.delete_group_membership(IdentityStoreId=store,
                                    MembershipId=memberships["GroupMemberships"][0]["MembershipId"])
        row = place.seats()[alice]
        same("her own Pro holds the seat", (row["status"], row["type"]["amazonQ"], row["activatedType"]["amazonQ"],
                                            row["aggregatedSubscriptionType"]),
             ("ACTIVE", "KIRO_ENTERPRISE_PRO", "KIRO_ENTERPRISE_POWER", "INDIVIDUAL"))
        same("April is forecast at Pro", place.bill("2026-04", "alice"), "20.00")

        ids.delete_user(IdentityStoreId=store, UserId=alice)
        row = place.seats()[alice]
        same("her seat is canceled", row["status"], "CANCELLED")
        same("March is charged in full", place.bill("2026-03", "alice"), "200.00")
        same("nothing is forecast for April", place.bill("2026-04", "alice"), "0.00")
        same("bob keeps his seat", place.status("bob"), "ACTIVE")
        same("bob pays in April", place.bill("2026-04", "bob"), "20.00")
        shown = server.get(f"subscriptions?user_id={alice}")["subscriptions"][0]
        same("who, why, and what is left", (shown["user"], shown["rule"], shown["access"], shown["sources"]),
             (alice, "auto-user-deleted", False, []))
        names = [user["UserName"] for user in ids.list_users(IdentityStoreId=store)["Users"]]
        same("the directory forgot her", names, ["bob", "carol"])

        server.control("POST", "clock/advance", {"to": "next-month"})
        check("in April the row is gone", alice not in place.seats())
        same("April stays free", place.bill("2026-04", "alice"), "0.00")
        same("March stays charged", place.bill("2026-03", "alice"), "200.00")
        again = place.new_user("alice")
        check("a namesake is somebody else", again != alice)
        same("and has no seat", place.seats().get(again), None)


def lists_come_in_pages(program, folder):
    with Server(program, folder) as server:
        place = Place(server)
        ids, store = place.ids, place.store
        for number in range(5):
            user = place.new_user(f"user{number}")
            group = ids.create_group(IdentityStoreId=store, DisplayName=f"group{number}")["GroupId"]
            for pair in ((place.groups["devs"], user), (group, place.users["carol"])):
                ids.create_group_membership(IdentityStoreId=store, GroupId=pair[0], MemberId={"UserId": pair[1]})
        lists = (("ListUsers", "list_users", {}, "Users", "UserId", 8),
                 ("ListGroups", "list_groups", {}, "Groups", "GroupId", 7),
                 ("ListGroupMemberships", "list_group_memberships", {"GroupId": place.groups["devs"]},
                  "GroupMemberships", "MembershipId", 6),
                 ("ListGroupMembershipsForMember", "list_group_memberships_for_member",
                  {"MemberId": {"UserId": place.users["carol"]}}, "GroupMemberships", "MembershipId", 5))
        for operation, method, parameters, member, key, count in lists:
            whole = [item[key] for item in getattr(ids, method)(IdentityStoreId=store, **parameters)[member]]
            same(f"{operation} shows all", (len(whole), len(set(whole))), (count, count))
            for size in range(1, count + 2):
                pages = list(ids.get_paginator(method).paginate(
                    IdentityStoreId=store, PaginationConfig={"PageSize": size}, **parameters))
                same(f"{operation} by {size}", [item[key] for page in pages for item in page[member]], whole)
                same(f"{operation} by {size}: full pages", [len(page[member]) for page in pages],
                     [size] * (count // size) + [count % size] * (count % size > 0))
            token = getattr(ids, method)(IdentityStoreId=store, MaxResults=1, **parameters)["NextToken"]
            for wrong in (token[:-1] + ("0" if token[-1] != "0" else "1"), "junk", "", "white space", "x" * 65536):
                check_refused(ids, (operation, {"IdentityStoreId": store, "NextToken": wrong, **parameters},
                                    "ValidationException", {}, ""))
            for operation_of_token in ("ListUsers", "ListGroups"):
                if operation_of_token != operation:
                    check_refused(ids, (operation_of_token, {"IdentityStoreId": store, "NextToken": token},
                                        "ValidationException", {}, ""))
        seats_come_in_pages(place)


def seats_come_in_pages(place):
    def page(size, token=None, **more):
        return signed(place.server, "user-subscriptions", "ListUserSubscriptions",
                      {"instanceArn": place.instance, "maxResults": size, **({"nextToken": token} if token else {}),
                       **more})
    whole = list(place.seats())
    for size in (1, 2, 3, 7, 1000):
        rows, token = [], None
        while True:
            answer = page(size, token)
            rows += [row["principal"]["user"] for row in answer.json["subscriptions"]]
            token = answer.json.get("nextToken")
            if token is None:
                break
        same(f"ListUserSubscriptions by {size}", rows, whole)
    token = page(1).json["nextToken"]
    same("a token of another question", page(1, token, subscriptionRegion="eu-central-1").code, "ValidationException")


def people_are_found(program, folder):
    with Server(program, folder) as server:
        place = Place(server)
        ids, store = place.ids, place.store
        given = {"NickName": "Zo", "ProfileUrl": "https://example.com/zoe", "UserType": "Staff", "Title": "Dr",
                 "PreferredLanguage": "fr", "Locale": "fr-FR", "Timezone": "Europe/Paris",
                 "Emails": [{"Value": "Zoé@Example.com", "Type": "work", "Primary": True}],
                 "PhoneNumbers": [{"Value": "+33 1", "Type": "work", "Primary": False}],
                 "Addresses": [{"StreetAddress": "1 rue X", "Locality": "Paris", "Region": "IdF", "PostalCode": "75001",
                                "Country": "FR", "Formatted": "1 rue X\n75001 Paris", "Type": "work", "Primary": True}]}
        zoe = place.new_user("Zoé.Ü@x", **given)
        shown = ids.describe_user(IdentityStoreId=store, UserId=zoe)
        shown.pop("ResponseMetadata")
        wanted = {**given, "UserName": "Zoé.Ü@x", "DisplayName": "Zoé.Ü@x", "UserId": zoe, "IdentityStoreId": store,
                  "Name": {"GivenName": "Zoé.Ü@x", "FamilyName": "Doe"}}
        same("DescribeUser gives back what was given", shown, wanted)
        same("ListUsers too", ids.list_users(IdentityStoreId=store)["Users"][-1], wanted)
        same("whoever names no path finds nobody by it",
             [user["UserName"] for user in ids.list_users(IdentityStoreId=store)["Users"]],
             ["alice", "bob", "carol", "Zoé.Ü@x"])
        for path, value, user in (
                ("userName", "alice", "alice"), ("UserName", "ALICE", "alice"), ("username", "Bob", "bob"),
                ("emails.value", "Alice@Example.com", "alice"), ("Emails.Value", "ALICE@EXAMPLE.COM", "alice")):
            answer = ids.get_user_id(IdentityStoreId=store, AlternateIdentifier={
                "UniqueAttribute": {"AttributePath": path, "AttributeValue": value}})
            same(f"GetUserId {path} {value}", (answer["UserId"], answer["IdentityStoreId"]),
                 (place.users[user], store))
        for path, value in (("displayName", "devs"), ("DisplayName", "DEVS"), ("displayname", "Devs")):
            answer = ids.get_group_id(IdentityStoreId=store, AlternateIdentifier={
                "UniqueAttribute": {"AttributePath": path, "AttributeValue": value}})
            same(f"GetGroupId {path} {value}", answer["GroupId"], place.groups["devs"])
        for method, member, path, value, count in (
                ("list_users", "Users", "UserName", "alice", 1), ("list_users", "Users", "userName", "Alice", 1),
                ("list_users", "Users", "UserName", "nobody", 0), ("list_users", "Users", "UserName", "ali", 0),
                ("list_groups", "Groups", "DisplayName", "devs", 1), ("list_groups", "Groups", "DisplayName", "x", 0)):
            answer = getattr(ids, method)(IdentityStoreId=store,
                                          Filters=[{"AttributePath": path, "AttributeValue": value}])
            same(f"{method} where {path} is {value}", len(answer[member]), count)
        same("no filter is no filter", len(ids.list_users(IdentityStoreId=store, Filters=[])["Users"]), 4)


def groups_come_and_go(program, folder):
    with Server(program, folder) as server:
        place = Place(server)
        ids, store, carol = place.ids, place.store, place.users["carol"]
        group = ids.create_group(IdentityStoreId=store, DisplayName="night shift", Description="up\tlate")["GroupId"]
        shown = ids.list_groups(IdentityStoreId=store)["Groups"][-1]
        same("ListGroups shows it", (shown["GroupId"], shown["DisplayName"], shown["Description"],
                                     shown["IdentityStoreId"]), (group, "night shift", "up\tlate", store))
        first = ids.create_group_membership(IdentityStoreId=store, GroupId=group, MemberId={"UserId": carol})
        same("the membership is of this store", first["IdentityStoreId"], store)
        same("a subscribed group", signed(server, "q", "CreateAssignment", {
            "principalId": group, "principalType": "GROUP", "subscriptionType": PRO}).status, 200)
        same("brings a seat that waits", place.status("carol"), "PENDING")
        ids.delete_group_membership(IdentityStoreId=store, MembershipId=first["MembershipId"])
        same("leaving ends it", place.status("carol"), "CANCELLED")
        same("it was never used", place.bill("2026-03", "carol"), "0.00")
        second = ids.create_group_membership(IdentityStoreId=store, GroupId=group, MemberId={"UserId": carol})
        check("a new membership has a new id", first["MembershipId"] != second["MembershipId"])
        same("and brings a new seat", place.status("carol"), "PENDING")
        ids.delete_group(IdentityStoreId=store, GroupId=group)
        same("the group's end ends it", place.status("carol"), "CANCELLED")
        same("her memberships are gone", ids.list_group_memberships_for_member(
            IdentityStoreId=store, MemberId={"UserId": carol})["GroupMemberships"], [])
        same("carol is still there", ids.describe_user(IdentityStoreId=store, UserId=carol)["UserName"], "carol")


def plans_go_up_and_down(program, folder):
    with Server(program, folder) as server:
        place = Place(server)
        carol = {"principalId": place.users["carol"], "principalType": "USER"}

        def change(operation, plan=None, prefix=None):
            body = carol if plan is None else {**carol, "subscriptionType": f"Q_DEVELOPER_STANDALONE_{plan}"}
            return signed(server, "q", operation, body, prefix=prefix)

        def row():
            seat = place.seats()[carol["principalId"]]
            in_force = seat.get("activatedType", {"amazonQ": ""})
            return seat["status"], seat["type"]["amazonQ"][16:], in_force["amazonQ"][16:]
        new_host = "KiroControlPlaneQDeveloperService"
        same("no plan means Pro", (change("CreateAssignment").json, row()), ({}, ("PENDING", "PRO", "")))
        same("twice is a conflict", change("CreateAssignment", "PRO").code, "ConflictException")
        same("a waiting seat changes at once", (change("UpdateAssignment", "PRO_PLUS").json, row()),
             ({}, ("PENDING", "PRO_PLUS", "")))
        same("it is used", server.control("POST", "use", {"user_id": carol["principalId"],
                                                         "profile_arn": place.profile}).json, {"allowed": True})
        same("up at once", (change("UpdateAssignment", "POWER", new_host).json, row()),
             ({}, ("ACTIVE", "POWER", "POWER")))
        same("down next month", (change("UpdateAssignment", "PRO").json, row()), ({}, ("ACTIVE", "PRO", "POWER")))
        same("unsubscribed by the new prefix", (change("DeleteAssignment", prefix=new_host).json, row()[0]),
             ({}, "CANCELLED"))
        same("twice is not found", change("DeleteAssignment").code, "ResourceNotFoundException")
        same("a change of a canceled seat", (change("UpdateAssignment", "PRO").json, row()[0]), ({}, "CANCELLED"))
        same("the month is owed at the best plan", place.bill("2026-03", "carol"), "200.00")
        same("and no other", place.bill("2026-04", "carol"), "0.00")
        same("subscribed again in the month", (change("CreateAssignment", "PRO_MAX").json, row()[:2]),
             ({}, ("PENDING", "PRO_MAX")))


def instances_and_profiles(program, folder):
    with Server(program, folder) as server:
        own = {"key": "111122223333"}
        made = signed(server, "sso-admin", "CreateInstance",
                      {"Name": "lab", "Tags": [{"Key": "a", "Value": ""}]}, **own)
        arn = made.json["InstanceArn"]
        shown = signed(server, "sso-admin", "DescribeInstance", {"InstanceArn": arn}, **own).json
        same("DescribeInstance", (shown["InstanceArn"], shown["OwnerAccountId"], shown["Name"], shown["Status"]),
             (arn, "111122223333", "lab", "ACTIVE"))
        same("when it was made", shown["CreatedDate"], 1767225600)
        listed = boto(server, "sso-admin", key="111122223333").list_instances(MaxResults=1)["Instances"]
        same("the owner sees it", [i["InstanceArn"] for i in listed], [arn])
        same("others do not", boto(server, "sso-admin").list_instances()["Instances"], [])
        same("nor may they look", signed(server, "sso-admin", "DescribeInstance", {"InstanceArn": arn}).code,
             "AccessDeniedException")
        same("one instance per account", signed(server, "sso-admin", "CreateInstance", {}, **own).code,
             "ConflictException")
        source = {"ssoIdentitySource": {"instanceArn": arn, "ssoRegion": "us-east-1"}}
        profile = {"profileName": "KiroProfile-us-east-1", "referenceTrackerConfiguration": TRACKER,
                   "activeFunctionalities": ["ANALYSIS", "COMPLETIONS"], "identitySource": source,
                   "optInFeatures": {"dashboardAnalytics": {"toggle": "ON"}}}
        same("no profile yet", signed(server, "codewhisperer", "ListProfiles", {}, **own).json, {"profiles": []})
        same("nobody can be subscribed yet", signed(server, "q", "CreateAssignment", {
            "principalId": NOBODY, "principalType": "USER"}, **own).code, "ResourceNotFoundException")
        profile_arn = signed(server, "codewhisperer", "CreateProfile", profile, **own).json["profileArn"]
        second = signed(server, "codewhisperer", "CreateProfile", profile, **own)
        same("one profile per account and Region", (second.status, second.code), (400, "ConflictException"))
        check("clients look for these words", "already exists" in second.message, second)
        rows = signed(server, "codewhisperer", "ListProfiles", {"maxResults": 1}, **own).json["profiles"]
        identity = rows[0].pop("identityDetails")["ssoIdentityDetails"]
        same("ListProfiles gives back what was given", rows,
             [{**{name: value for name, value in profile.items() if name != "identitySource"}, "arn": profile_arn,
               "status": "ACTIVE", "profileType": "Q_DEVELOPER"}])
        same("and the instance", (identity["instanceArn"], identity["ssoRegion"], bool(identity["oidcClientId"])),
             (arn, "us-east-1", True))
        same("not to others", signed(server, "codewhisperer", "ListProfiles", {}).json, {"profiles": []})
        same("who may not delete it", signed(server, "codewhisperer", "DeleteProfile", {
            "profileArn": profile_arn}).code, "AccessDeniedException")
        store = listed[0]["IdentityStoreId"]
        user = boto(server, "identitystore", key="111122223333").create_user(
            IdentityStoreId=store, UserName="u", DisplayName="u", Name={"GivenName": "u", "FamilyName": "u"})["UserId"]
        assign = {"principalId": user, "principalType": "USER", "subscriptionType": PRO, "profileArn": profile_arn}
        same("subscribed", signed(server, "q", "CreateAssignment", assign, **own).json, {})
        same("deleted", signed(server, "codewhisperer", "DeleteProfile", {"profileArn": profile_arn}, **own).json, {})
        seats = {"instanceArn": arn}
        rows = signed(server, "user-subscriptions", "ListUserSubscriptions", seats, **own).json["subscriptions"]
        same("the seat is canceled with it", [row["status"] for row in rows], ["CANCELLED"])
        same("deleted for good", signed(server, "codewhisperer", "DeleteProfile", {"profileArn": profile_arn},
                                        **own).code, "ResourceNotFoundException")
        same("so nobody can be subscribed", signed(server, "q", "CreateAssignment", assign, **own).code,
             "ResourceNotFoundException")
        same("DeleteInstance", signed(server, "sso-admin", "DeleteInstance", {"InstanceArn": arn}, **own).json, {})
        same("the instance is gone", signed(server, "sso-admin", "DescribeInstance", {"InstanceArn": arn}, **own).code,
             "AccessDeniedException")
        rows = signed(server, "user-subscriptions", "ListUserSubscriptions", seats, **own).json["subscriptions"]
        same("its canceled seats are still listed", [row["principal"]["user"] for row in rows], [user])
        check_refused(boto(server, "identitystore", key="111122223333"),
                      ("ListUsers", {"IdentityStoreId": store}, "ResourceNotFoundException",
                       {"ResourceType": "IDENTITY_STORE"}, ""))


def refusals_of_users(place):
    store, alice = {"IdentityStoreId": place.store}, place.users["alice"]
    person = {"DisplayName": "x", "Name": {"GivenName": "x", "FamilyName": "x"}}
    good = {**store, **person, "UserName": "new"}
    invalid, serial = "ValidationException", "SerializationException"

    def by(path, value):
        return {**store, "AlternateIdentifier": {"UniqueAttribute": {"AttributePath": path, "AttributeValue": value}}}

    def missing(kind, name):
        shown = {"ResourceId": name} if is_uuid(name) else {}  # its pattern allows no name and no store
        return "ResourceNotFoundException", {"ResourceType": kind, **shown}, ""

    def taken(words):
        return "ConflictException", {"Reason": "UNIQUENESS_CONSTRAINT_VIOLATION"}, words
    yield "CreateUser", {**good, "IdentityStoreId": NO_STORE}, *missing("IDENTITY_STORE", NO_STORE)
    yield "CreateUser", {**good, "IdentityStoreId": "d-xyz"}, invalid, {}, "'identityStoreId' failed to satisfy"
    yield "CreateUser", {"UserName": "new", **person}, invalid, {}, (
        "1 validation error detected: Value null at 'identityStoreId' failed to satisfy constraint: "
        "Member must not be null")
    yield "CreateUser", {**store, **person}, invalid, {}, "userName is a required attribute"
    for name in ("", "a b", "bell\x07", "zero\u200bwidth", "x" * 129, "no\u00a0break", "Administrator",
                 "AWSAdministrators"):
        yield "CreateUser", {**good, "UserName": name}, invalid, {}, ""
    yield "CreateUser", {**store, "UserName": "new"}, invalid, {}, "displayname"
    yield "CreateUser", {**good, "Name": {"GivenName": "x"}}, invalid, {}, "familyname"
    yield "CreateUser", {**good, "Name": {"GivenName": "x", "FamilyName": ""}}, invalid, {}, "'name.familyName'"
    yield "CreateUser", {**good, "NickName": "\x07", "Title": "x" * 1025}, invalid, {}, "2 validation errors detected"
    yield "CreateUser", {**good, "Emails": []}, invalid, {}, "'emails'"
    yield "CreateUser", {**good, "Emails": [{"Value": "a@x"}, {"Value": "b@x"}]}, invalid, {}, "'emails'"
    yield "CreateUser", {**good, "Emails": [{"Value": ""}]}, invalid, {}, "'emails.1.member.value'"
    yield "CreateUser", {**good, "Emails": [{"Primary": "yes"}]}, serial, {}, ""
    yield "CreateUser", {**good, "UserName": 5}, serial, {}, ""
    yield "CreateUser", {**good, "UserName": "ALICE"}, *taken("Duplicate UserName")
    yield "CreateUser", {**good, "Emails": [{"Value": "alice@EXAMPLE.com"}]}, *taken("")
    yield "DescribeUser", {**store, "UserId": NOBODY}, *missing("USER", NOBODY)
    yield "DescribeUser", {"IdentityStoreId": NO_STORE, "UserId": alice}, *missing("IDENTITY_STORE", NO_STORE)
    yield "DeleteUser", {**store, "UserId": NOBODY}, *missing("USER", NOBODY)
    yield "DeleteUser", {**store, "UserId": place.groups["devs"]}, *missing("USER", place.groups["devs"])
    for operation in ("DescribeUser", "DeleteUser"):
        for user_id in ("", "alice", "x" * 48, NOBODY + "0", NOBODY[:-1] + "g"):
            yield operation, {**store, "UserId": user_id}, invalid, {}, "'userId'"
        yield operation, store, invalid, {}, "Value null at 'userId'"
        yield operation, {"UserId": NOBODY}, invalid, {}, "Value null at 'identityStoreId'"
        yield operation, {**store, "UserId": ["x"]}, serial, {}, ""
    for maximum in (0, 101, -1):
        yield "ListUsers", {**store, "MaxResults": maximum}, invalid, {}, "'maxResults'"
    yield "ListUsers", {**store, "MaxResults": "5"}, serial, {}, ""
    yield "ListUsers", {"IdentityStoreId": NO_STORE}, *missing("IDENTITY_STORE", NO_STORE)
    yield "ListUsers", {**store, "Filters": [{"AttributePath": "DisplayName", "AttributeValue": "x"}]}, invalid, {}, ""
    yield "ListUsers", {**store, "Filters": [{"AttributePath": "UserName"}]}, invalid, {}, (
        "'filters.1.member.attributeValue'")
    yield "ListUsers", {**store, "Filters": [{"AttributePath": "UserName", "AttributeValue": "x"}] * 2}, invalid, {}, ""
    yield "ListUsers", {**store, "Filters": [{"AttributePath": "User Name", "AttributeValue": "x"}]}, invalid, {}, ""
    yield "GetUserId", by("userName", "nobody"), *missing("USER", "nobody")
    yield "GetUserId", by("emails.value", "nobody@x"), *missing("USER", "nobody@x")
    yield "GetUserId", by("displayName", "alice"), invalid, {}, "not a unique attribute"
    yield "GetUserId", by("emails[0].value", "x"), invalid, {}, "'alternateIdentifier.uniqueAttribute.attributePath'"
    for value in (5, True, {"a": 1}, ["alice"], ""):
        yield "GetUserId", by("userName", value), invalid, {}, ""
    yield "GetUserId", {**store, "AlternateIdentifier": {"UniqueAttribute": {"AttributePath": "userName"}}}, (
        invalid), {}, "'alternateIdentifier.uniqueAttribute.attributeValue'"
    yield "GetUserId", {**store, "AlternateIdentifier": {}}, invalid, {}, ""
    yield "GetUserId", {**store, "AlternateIdentifier": {"ExternalId": {"Issuer": "i", "Id": "x"}, "UniqueAttribute": {
        "AttributePath": "userName", "AttributeValue": "alice"}}}, invalid, {}, ""
    yield "GetUserId", {**store, "AlternateIdentifier": {"ExternalId": {"Issuer": "i", "Id": "x"}}}, (
        "ResourceNotFoundException"), {"ResourceType": "USER"}, ""
    yield "GetUserId", {**store, "AlternateIdentifier": {"ExternalId": {"Id": "x"}}}, invalid, {}, ""
    yield "GetUserId", store, invalid, {}, "Value null at 'alternateIdentifier'"


def refusals_of_groups(place):
    store, alice, devs = {"IdentityStoreId": place.store}, place.users["alice"], place.groups["devs"]
    pair = {**store, "GroupId": devs, "MemberId": {"UserId": alice}}
    invalid, serial = "ValidationException", "SerializationException"

    def by(path, value):
        return {**store, "AlternateIdentifier": {"UniqueAttribute": {"AttributePath": path, "AttributeValue": value}}}

    def missing(kind, name):
        shown = {"ResourceId": name} if is_uuid(name) else {}  # its pattern allows no name and no store
        return "ResourceNotFoundException", {"ResourceType": kind, **shown}, ""
    taken = ("ConflictException", {"Reason": "UNIQUENESS_CONSTRAINT_VIOLATION"})
    yield "CreateGroup", {"IdentityStoreId": NO_STORE, "DisplayName": "x"}, *missing("IDENTITY_STORE", NO_STORE)
    yield "CreateGroup", {**store, "DisplayName": "Devs"}, *taken, "Duplicate GroupDisplayName"
    yield "CreateGroup", store, invalid, {}, "displayname"
    for name in ("", "x" * 1025, "bell\x07", "Administrator", "AWSAdministrators"):
        yield "CreateGroup", {**store, "DisplayName": name}, invalid, {}, ""
    yield "CreateGroup", {**store, "DisplayName": "x", "Description": ""}, invalid, {}, "'description'"
    yield "CreateGroup", {**store, "DisplayName": ["x"]}, serial, {}, ""
    yield "DeleteGroup", {**store, "GroupId": NOBODY}, *missing("GROUP", NOBODY)
    yield "DeleteGroup", {**store, "GroupId": alice}, *missing("GROUP", alice)
    yield "DeleteGroup", {**store, "GroupId": "devs"}, invalid, {}, "'groupId'"
    yield "DeleteGroup", store, invalid, {}, "Value null at 'groupId'"
    for maximum in (0, 101):
        for operation, more in (("ListGroups", {}), ("ListGroupMemberships", {"GroupId": devs}),
                                ("ListGroupMembershipsForMember", {"MemberId": {"UserId": alice}})):
            yield operation, {**store, **more, "MaxResults": maximum}, invalid, {}, "'maxResults'"
    yield "ListGroups", {**store, "Filters": [{"AttributePath": "Description", "AttributeValue": "x"}]}, invalid, {}, ""
    yield "GetGroupId", by("displayName", "nobody"), *missing("GROUP", "nobody")
    yield "GetGroupId", by("userName", "devs"), invalid, {}, "not a unique attribute"
    yield "GetGroupId", by("displayName", 7), invalid, {}, ""
    yield "GetGroupId", store, invalid, {}, "Value null at 'alternateIdentifier'"
    yield "CreateGroupMembership", {**pair, "GroupId": NOBODY}, *missing("GROUP", NOBODY)
    yield "CreateGroupMembership", {**pair, "MemberId": {"UserId": NOBODY}}, *missing("USER", NOBODY)
    yield "CreateGroupMembership", {**pair, "MemberId": {"UserId": devs}}, *missing("USER", devs)
    yield "CreateGroupMembership", {**pair, "MemberId": {"UserId": place.users["bob"]}}, *taken, "already exists"
    yield "CreateGroupMembership", {**pair, "MemberId": {}}, invalid, {}, "'memberId'"
    yield "CreateGroupMembership", {**pair, "MemberId": {"UserId": "alice"}}, invalid, {}, "'memberId.userId'"
    yield "CreateGroupMembership", store, invalid, {}, "2 validation errors detected"
    yield "DeleteGroupMembership", {**store, "MembershipId": NOBODY}, *missing("GROUP_MEMBERSHIP", NOBODY)
    yield "DeleteGroupMembership", {**store, "MembershipId": "x"}, invalid, {}, "'membershipId'"
    yield "ListGroupMemberships", {**store, "GroupId": NOBODY}, *missing("GROUP", NOBODY)
    yield "ListGroupMemberships", {**store, "GroupId": alice}, *missing("GROUP", alice)
    yield "ListGroupMemberships", store, invalid, {}, "'groupId'"
    yield "ListGroupMembershipsForMember", {**store, "MemberId": {"UserId": NOBODY}}, *missing("USER", NOBODY)
    yield "ListGroupMembershipsForMember", {**store, "MemberId": {}}, invalid, {}, "'memberId'"
    yield "ListGroupMembershipsForMember", store, invalid, {}, "Value null at 'memberId'"


def wrong_input_is_refused(program, folder):
    with Server(program, folder) as server:
        place = Place(server)
        before = server.get("digest")
        for table in (refusals_of_users, refusals_of_groups):
            for row in table(place):
                check_refused(place.ids, row)
        for parameters in ({"MaxResults": 0}, {"MaxResults": 101}, {"NextToken": "junk"}, {"NextToken": "a b"}):
            check_refused(place.sso, ("ListInstances", parameters, "ValidationException", {}, ""))
        same("refusals change nothing", server.get("digest"), before)


def refusals_without_a_model(place):
    """service, operation, body, code, words of the message"""
    alice, carol, devs = place.users["alice"], place.users["carol"], place.groups["devs"]
    profile = {"profileName": "P", "referenceTrackerConfiguration": TRACKER,
               "identitySource": {"ssoIdentitySource": {"instanceArn": place.instance}}}
    user = {"principalId": carol, "principalType": "USER", "subscriptionType": PRO}
    invalid, missing = "ValidationException", "ResourceNotFoundException"
    serial, denied, conflict = "SerializationException", "AccessDeniedException", "ConflictException"
    yield "sso-admin", "CreateInstance", {}, invalid, "management account is not allowed"
    for body in ({"Name": "a b"}, {"Name": "x" * 256}, {"ClientToken": ""}, {"ClientToken": "x" * 65},
                 {"ClientToken": "a b"}, {"Tags": [{"Key": "a"}]}, {"Tags": [{"Key": "", "Value": "b"}]},
                 {"Tags": [{"Key": "a", "Value": "b"}] * 76}, {"Tags": [{"Key": "a#", "Value": "b"}]}):
        yield "sso-admin", "CreateInstance", body, invalid, "failed to satisfy constraint"
    for operation in ("DescribeInstance", "DeleteInstance"):
        yield "sso-admin", operation, {"InstanceArn": NO_INSTANCE}, denied, ""
        yield "sso-admin", operation, {"InstanceArn": "arn:aws:sso:::instance/x"}, invalid, "'instanceArn'"
        yield "sso-admin", operation, {}, invalid, "'instanceArn'"
    for name in ("profileName", "referenceTrackerConfiguration", "identitySource"):
        yield "codewhisperer", "CreateProfile", {**profile, name: None}, invalid, f"'{name}'"
    for name, value in (("profileName", ""), ("profileName", "1st"), ("profileName", "a b"), ("profileName", "x" * 101),
                        ("description", ""), ("description", "!"), ("clientToken", ""), ("clientToken", "x" * 257),
                        ("referenceTrackerConfiguration", {"recommendationsWithReferences": "MAYBE"}),
                        ("referenceTrackerConfiguration", {}), ("identitySource", {}),
                        ("activeFunctionalities", ["FLYING"]), ("activeFunctionalities", ["ANALYSIS"] * 11),
                        ("identitySource", {"ssoIdentitySource": {}}), ("tags", [{"key": "a"}]),
                        ("tags", [{"key": "", "value": ""}]), ("resourcePolicy", {"effect": "PERHAPS"}),
                        ("optInFeatures", {"dashboardAnalytics": {"toggle": "on"}}),
                        ("identitySource", {"ssoIdentitySource": {"instanceArn": "x"}}),
                        ("identitySource", {**profile["identitySource"], "externalIdentitySource": {
                            "issuerUrl": "u", "clientId": "c"}})):
        yield "codewhisperer", "CreateProfile", {**profile, name: value}, invalid, "failed to satisfy constraint"
    yield "codewhisperer", "CreateProfile", {**profile, "profileName": 5}, serial, ""
    yield "codewhisperer", "CreateProfile", {**profile, "identitySource": {"externalIdentitySource": {
        "issuerUrl": "u", "clientId": "c"}}}, invalid, "ssoIdentitySource"
    yield "codewhisperer", "CreateProfile", {**profile, "identitySource": {"ssoIdentitySource": {
        "instanceArn": NO_INSTANCE}}}, missing, NO_INSTANCE
    yield "codewhisperer", "CreateProfile", {**profile, "identitySource": {"ssoIdentitySource": {
        "instanceArn": place.instance, "ssoRegion": "eu-central-1"}}}, invalid, "Identity Center configuration"
    yield "codewhisperer", "CreateProfile", profile, conflict, "already exists"
    yield "codewhisperer", "DeleteProfile", {"profileArn": NO_PROFILE}, missing, ""
    yield "codewhisperer", "DeleteProfile", {"profileArn": "x"}, invalid, "'profileArn'"
    yield "codewhisperer", "DeleteProfile", {}, invalid, "'profileArn'"
    for body in ({"maxResults": 0}, {"maxResults": 101}, {"nextToken": ""}, {"nextToken": "junk"}):
        yield "codewhisperer", "ListProfiles", body, invalid, ""
    yield "codewhisperer", "ListProfiles", {"includeManagementAccount": "no"}, serial, ""
    for operation in ("CreateAssignment", "UpdateAssignment", "DeleteAssignment"):
        for name, value in (("principalId", None), ("principalId", ""), ("principalId", "carol"),
                            ("principalType", None), ("principalType", "ROLE"), ("profileArn", "x")):
            yield "q", operation, {**user, name: value}, invalid, f"'{name}'"
        yield "q", operation, {**user, "principalType": "BUILDER_ID"}, invalid, "USER or GROUP"
        yield "q", operation, {**user, "profileArn": NO_PROFILE}, missing, ""
        yield "q", operation, {**user, "principalId": NOBODY}, missing, ""
        yield "q", operation, {**user, "principalId": devs}, missing, ""
        yield "q", operation, {**user, "principalId": alice, "principalType": "GROUP"}, missing, ""
        yield "q", operation, {**user, "principalId": 1}, serial, ""
    for plan in ("KIRO_ENTERPRISE_PRO", "Q_DEVELOPER_STANDALONE_FREE", "Q_DEVELOPER_STANDALONE_PRO_POWER", "pro", ""):
        for operation in ("CreateAssignment", "UpdateAssignment"):
            yield "q", operation, {**user, "subscriptionType": plan}, invalid, PRO
    yield "q", "UpdateAssignment", {**user, "subscriptionType": None}, invalid, "'subscriptionType'"
    yield "q", "CreateAssignment", {**user, "principalId": alice}, conflict, ""
    yield "q", "CreateAssignment", {**user, "principalId": devs, "principalType": "GROUP"}, conflict, ""
    yield "q", "UpdateAssignment", {**user, "principalId": place.users["bob"]}, conflict, ""
    yield "q", "DeleteAssignment", user, missing, ""
    yield "user-subscriptions", "ListUserSubscriptions", {}, invalid, "'instanceArn'"
    yield "user-subscriptions", "ListUserSubscriptions", {"instanceArn": NO_INSTANCE}, missing, NO_INSTANCE
    for name, value in (("maxResults", 0), ("maxResults", 1001), ("nextToken", "junk"), ("nextToken", ""),
                        ("instanceArn", "x"), ("subscriptionRegion", "")):
        yield ("user-subscriptions", "ListUserSubscriptions", {"instanceArn": place.instance, name: value}, invalid,
               "")


def wrong_input_is_refused_where_there_is_no_model(program, folder):
    with Server(program, folder) as server:
        place = Place(server)
        before = server.get("digest")
        for service, operation, body, code, words in refusals_without_a_model(place):
            what = f"{operation} {body}"[:160]
            answer = signed(server, service, operation, body)
            if not same(f"{what}: code", (answer.status, answer.code), (400, code)):
                continue
            check(f"{what}: says {words!r}", words in answer.message, answer)
            same(f"{what}: header", answer.headers.get("x-amzn-errortype"), code)
            kind = answer.json["__type"].split("#")[0]
            framework = code == "SerializationException"
            if service != "sso-admin":
                same(f"{what}: name space", kind,
                     "com.amazon.coral.service" if framework else "com.amazon.kiro.controlplane")
        for service, operation, scope in (("q", "CreateAssignment", "codewhisperer"),
                                          ("codewhisperer", "ListProfiles", "q"),
                                          ("user-subscriptions", "ListUserSubscriptions", "q"),
                                          ("sso-admin", "ListInstances", "sso-admin")):
            answer = signed(server, service, operation, {}, scope=scope)
            same(f"{operation} signed for {scope}", (answer.status, answer.code), (400, "InvalidSignatureException"))
            right = {"sso-admin": "sso"}.get(service, service)
            check(f"{operation}: names the right scope", f"correct service: '{right}'" in answer.message, answer)
        same("refusals change nothing", server.get("digest"), before)


def wrong_kinds_of_json_are_refused(program, folder):
    """What botocore cannot be made to send."""
    with Server(program, folder) as server:
        place = Place(server)
        store = {"IdentityStoreId": place.store}
        kinds = (
            ("CreateUser", {"Emails": "a@x"}), ("CreateUser", {"Emails": {"Value": "a@x"}}),
            ("CreateUser", {"Emails": ["a@x"]}), ("CreateUser", {"Name": "Alice"}), ("CreateUser", {"UserName": {}}),
            ("CreateUser", {"IdentityStoreId": 1234567890}), ("CreateGroup", {"DisplayName": True}),
            ("CreateGroupMembership", {"GroupId": place.groups["devs"], "MemberId": place.users["carol"]}),
            ("CreateGroupMembership", {"GroupId": place.groups["devs"], "MemberId": [place.users["carol"]]}),
            ("ListUsers", {"MaxResults": 1.5}), ("ListUsers", {"MaxResults": True}), ("ListUsers", {"Filters": {}}),
            ("ListUsers", {"Filters": ["UserName"]}), ("GetUserId", {"AlternateIdentifier": "alice"}),
            ("GetUserId", {"AlternateIdentifier": {"UniqueAttribute": "userName"}}))
        for operation, body in kinds:
            answer = server.aws("identitystore", operation, {**store, **body})
            same(f"{operation} {body}", (answer.status, answer.code), (400, "SerializationException"))
        for operation, body in (("ListUsers", {"MaxResults": None, "NextToken": None, "Filters": None}),
                                ("ListGroups", {"Unknown": {"a": [1]}}), ("ListUsers", {"MaxResults": 1e1})):
            same(f"{operation} {body}", server.aws("identitystore", operation, {**store, **body}).status, 200)


def every_operation_was_tried(_program, _folder):
    same("every operation answered", OPERATIONS - CALLED, set())
    same("every operation refused", OPERATIONS - REFUSED, set())


if __name__ == "__main__":
    sys.exit(main([somebody_leaves, lists_come_in_pages, people_are_found, groups_come_and_go, plans_go_up_and_down,
                   instances_and_profiles, wrong_input_is_refused, wrong_input_is_refused_where_there_is_no_model,
                   wrong_kinds_of_json_are_refused, every_operation_was_tried]))
