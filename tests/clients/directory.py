# SPDX-License-Identifier: MIT
"""identitystore's updates, external ids and pages: every attribute path, what each refuses, and that a refusal changes nothing."""
import random
import sys
import urllib.parse

import checks
from checks import check, same
from server import Server, send

ENTERPRISE = "aws:identitystore:enterprise"
ANA = {"UserName": "ana", "DisplayName": "Ana A", "Name": {"GivenName": "Ana", "FamilyName": "A"}}
LISTS = {"emails": [{"value": "ana@example.com", "type": "work", "primary": True}],
         "phoneNumbers": [{"value": "+49 1", "type": "work"}], "roles": [{"value": "dev", "primary": True}],
         "photos": [{"value": "https://example.com/1.png", "display": "one"}, {"value": "2"}],
         "addresses": [{"streetAddress": "Way 1", "locality": "Town", "region": "R", "postalCode": "1", "country": "DE",
                        "formatted": "Way 1, Town", "type": "home", "primary": True}]}
TEXTS = {"nickName": "An", "profileUrl": "https://example.com", "userType": "employee", "title": "Dr", "preferredLanguage": "de",
         "locale": "de-DE", "timezone": "Europe/Berlin", "website": "https://example.com", "birthdate": "2000-02-29", "displayName": "Ana B"}
NAMES = {"name.formatted": "Dr Ana A", "name.middleName": "M", "name.honorificPrefix": "Dr", "name.honorificSuffix": "PhD",
         "name.givenName": "Anna", "name.familyName": "B"}
DEMANDED = ("displayName", "name", "name.givenName", "name.familyName", "userName")


class Directory:
    def __init__(self, server):
        self.server = server
        names = server.load({"format": 1, "users": {}, "instances": {"main": {}}})
        self.store = names["instances"]["main"]["identity_store_id"]
        self.scim = names["scim"]["main"]
        self.user = self.call("CreateUser", **ANA).json["UserId"]

    def call(self, operation, **body):
        return self.server.aws("identitystore", operation, {"IdentityStoreId": self.store, **body})

    def update(self, *operations, user=None):
        return self.call("UpdateUser", UserId=user or self.user,
                         Operations=[{"AttributePath": path, **({} if value is Ellipsis else {"AttributeValue": value})}
                                     for path, value in operations])

    def shown(self, **more):
        return self.call("DescribeUser", UserId=self.user, **more).json


def stored(value):
    """What a camelCase document looks like in an answer."""
    if isinstance(value, list):
        return [stored(item) for item in value]
    if isinstance(value, dict):
        return {key[0].upper() + key[1:]: stored(item) for key, item in value.items()}
    return value


def every_path_is_set_and_removed(program, folder):
    with Server(program, folder) as server:
        directory = Directory(server)
        for path, value in {**TEXTS, **LISTS, **NAMES}.items():
            outer, _, inner = stored({path: None}.popitem()[0]).partition(".")
            outer, inner = outer[0].upper() + outer[1:], inner[:1].upper() + inner[1:]
            def seen():
                shown = directory.shown().get(outer)
                return shown if not inner or shown is None else shown.get(inner)
            for spelled in (path, path.upper() if path != "birthdate" else path):
                same(f"{spelled} is set", (directory.update((spelled, value)).status, seen()), (200, stored(value)))
            for nothing in (None, ...):
                answer = directory.update((path, nothing))
                if path in DEMANDED:
                    same(f"{path} is demanded", (answer.code, seen()), ("ValidationException", value))
                else:
                    same(f"{path} is removed", (answer.status, seen()), (200, None))
                    directory.update((path, value))
        same("userName", (directory.update(("userName", "ana2")).status, directory.shown()["UserName"]), (200, "ana2"))


def the_enterprise_extension_is_updated_whole_and_in_parts(program, folder):
    with Server(program, folder) as server:
        directory = Directory(server)
        def seen():
            return directory.shown(Extensions=[ENTERPRISE]).get("Extensions", {}).get(ENTERPRISE)
        whole = {"employeeNumber": "7", "costCenter": "c", "organization": "o", "division": "d", "department": "e", "manager": {"value": "m"}}
        same("whole", (directory.update((ENTERPRISE, whole)).status, seen()), (200, whole))
        check("not shown unless asked for", "Extensions" not in directory.shown())
        for part in ("employeeNumber", "costCenter", "organization", "division", "department"):
            directory.update((f"{ENTERPRISE}.{part}", "new"))
            same(part, seen()[part], "new")
            directory.update((f"{ENTERPRISE}.{part}", ...))
            check(f"{part} removed", part not in seen(), seen())
        directory.update((f"{ENTERPRISE}.manager.value", "n"))
        same("the manager", seen(), {"manager": {"value": "n"}})
        directory.update((f"{ENTERPRISE}.manager", ...))
        same("without members it is gone", seen(), None)
        same("an unknown member", directory.update((f"{ENTERPRISE}.salary", "1")).code, "ValidationException")
        for value in ("text", [[]], 7):
            same(f"no object: {value}", directory.update((ENTERPRISE, value), (f"{ENTERPRISE}.division", "d")).code, "ValidationException")
        directory.update((ENTERPRISE, {**whole, "division": None}))
        same("null is as good as absent", "division" in seen(), False)
        wrong = [{"salary": "1"}, {"division": 7}, {"division": ""}, {"division": "x" * 1025}, {"manager": "m"}, {"manager": {"value": 7}},
                 {"manager": {"name": "m"}}]
        before = server.get("digest")
        for value in wrong:
            same(f"{value} in an update", directory.update((ENTERPRISE, value)).code, "ValidationException")
            same(f"{value} in a new user", directory.call("CreateUser", **{**ANA, "UserName": "eve", "Extensions": {ENTERPRISE: value}}).code,
                 "ValidationException")
        for part, value in (("division", 7), ("division", ""), ("manager", "m"), ("manager.value", ["m"])):
            same(f"{part} {value!r}", directory.update((f"{ENTERPRISE}.{part}", value)).code, "ValidationException")
        same("nothing was done", server.get("digest"), before)


def what_is_null_or_unknown_inside_is_as_if_it_were_absent(program, folder):
    with Server(program, folder) as server:
        directory = Directory(server)
        inner = {"Emails": {"Value": "e@example.com"}, "Addresses": {"Locality": "Town"}, "PhoneNumbers": {"Value": "1"},
                 "Photos": {"Value": "x"}, "Roles": {"Value": "dev"}}
        user = directory.call("CreateUser", **{**ANA, "UserName": "nil", "Name": {**ANA["Name"], "MiddleName": None, "Nickname": 7}, "Title": None,
                                               "ShoeSize": 43, "Extensions": {ENTERPRISE: {"division": "d", "department": None}},
                                               **{name: [{**value, "Type": None, "Colour": {"deep": None}}] for name, value in inner.items()}})
        same("he is made", user.status, 200)
        seen = directory.call("DescribeUser", UserId=user.json["UserId"], Extensions=[ENTERPRISE])
        same("with what is known", {name: (seen.json or {}).get(name) for name in ("Name", "Extensions", "Title", "ShoeSize", *inner)},
             {"Name": ANA["Name"], "Extensions": {ENTERPRISE: {"division": "d"}}, "Title": None, "ShoeSize": None,
              **{name: [value] for name, value in inner.items()}})
        same("listed, too", directory.call("ListUsers", Extensions=[ENTERPRISE]).status, 200)
        same("an update", directory.update(("emails", [{"value": "f@example.com", "type": None}]),
                                           user=user.json["UserId"]).status, 200)
        same("without it", directory.call("DescribeUser", UserId=user.json["UserId"]).json["Emails"], [{"Value": "f@example.com"}])


def what_cannot_be_updated_is_refused_and_changes_nothing(program, folder):
    with Server(program, folder) as server:
        directory = Directory(server)
        ben = directory.call("CreateUser", **{**ANA, "UserName": "ben", "Emails": [{"Value": "ben@example.com"}]}).json["UserId"]
        before, digest = directory.shown(), server.get("digest")
        rows = [("name", {"givenName": "x"}), ("emails.value", "x@example.com"), ("userStatus", "DISABLED"), ("userId", "x"),
                ("externalIds", []), ("createdAt", 1), ("shoeSize", "43"), ("name.nickName", "x"), ("nickName.x", "x"), ("extensions", {}),
                ("nickName", ""), ("nickName", 7), ("nickName", ["x"]), ("nickName", "x" * 1025), ("nickName", "a\u0001"),
                ("birthdate", "2001-02-29"), ("emails", "x"), ("emails", []), ("emails", [{"value": "a"}, {"value": "b"}]),
                ("emails", [{"Value": "x@example.com"}]), ("emails", [{"value": "x", "colour": "red"}]), ("emails", [{"value": 7}]),
                ("photos", [{"type": "no value"}]), ("photos", [{"value": "x"}] * 4), ("photos", [{"value": "x", "primary": True}] * 2), ("userName", "a b"), ("userName", "Administrator"),
                ("userName", 7), ("displayName", ""), ("aws:other:thing.x", "x")]
        for path, value in rows:
            answer = directory.update(("title", "not to stay"), (path, value))
            same(f"{path} {str(value)[:30]!r}", (answer.status, answer.code), (400, "ValidationException"))
        for path, value in (("userName", "BEN"), ("emails", [{"value": "BEN@example.com"}])):
            answer = directory.update(("title", "not to stay"), (path, value))
            same(f"{path} of another", (answer.code, answer.json.get("Reason")), ("ConflictException", "UNIQUENESS_CONSTRAINT_VIOLATION"))
        same("nothing of any has stayed", (directory.shown(), server.get("digest")), (before, digest))
        for many in ([], [("title", "x")] * 101):
            same(f"{len(many)} operations", directory.update(*many).code, "ValidationException")
        directory.call("DeleteUser", UserId=ben)
        answer = directory.update(("title", "x"), user=ben)
        same("of a user who is gone", (answer.code, answer.json["ResourceType"], answer.json["ResourceId"]),
             ("ResourceNotFoundException", "USER", ben))
        same("later operations win", (directory.update(("title", "1"), ("title", "2")).status, directory.shown()["Title"]), (200, "2"))
        same("a removal of what is not there", directory.update(("locale", ...)).status, 200)


def strangers_are_denied_the_directory_by_its_name(program, folder):
    with Server(program, folder) as server:
        directory = Directory(server)
        before = server.get("digest")
        body = {"IdentityStoreId": directory.store}
        for operation, more in (("ListUsers", {}), ("DescribeUser", {"UserId": directory.user}), ("DeleteUser", {"UserId": directory.user})):
            answer = server.aws("identitystore", operation, {**body, **more}, key="444455556666")
            same(f"{operation} by a stranger", answer.code, "AccessDeniedException")
            check("who, what and where", f"444455556666 is not authorized to perform: identitystore:{operation} on resource: arn:aws:identitystore::"
                  f"123456789012:identitystore/{directory.store} because" in answer.message, answer)
        same("nothing was done", server.get("digest"), before)


def groups_and_memberships(program, folder):
    with Server(program, folder) as server:
        directory = Directory(server)
        group = directory.call("CreateGroup", DisplayName="devs", Description="d").json["GroupId"]
        directory.call("CreateGroup", DisplayName="ops")
        def update(*operations):
            return directory.call("UpdateGroup", GroupId=group, Operations=[
                {"AttributePath": path, **({} if value is Ellipsis else {"AttributeValue": value})} for path, value in operations])
        def shown():
            answer = directory.call("DescribeGroup", GroupId=group).json
            return answer["DisplayName"], answer.get("Description")
        same("both", (update(("displayName", "makers"), ("description", "m")).status, shown()), (200, ("makers", "m")))
        same("a description removed", (update(("Description", None)).status, shown()), (200, ("makers", None)))
        for path, value in (("displayName", None), ("displayName", ...), ("displayName", ""), ("displayName", 7), ("members", []), ("description", ""),
                            ("displayName", "Administrator"), ("description", "x" * 1025)):
            answer = update(("description", "not to stay"), (path, value))
            same(f"{path} {str(value)[:20]!r}", (answer.code, shown()), ("ValidationException", ("makers", None)))
        same("the name of another", update(("displayName", "OPS")).code, "ConflictException")
        membership = directory.call("CreateGroupMembership", GroupId=group, MemberId={"UserId": directory.user}).json["MembershipId"]
        answer = directory.call("DescribeGroupMembership", MembershipId=membership).json
        same("a membership", (answer["GroupId"], answer["MemberId"], answer["MembershipId"]), (group, {"UserId": directory.user}, membership))
        directory.call("DeleteUser", UserId=directory.user)
        answer = directory.call("DescribeGroupMembership", MembershipId=membership)
        same("gone with the user", (answer.code, answer.json["ResourceType"]), ("ResourceNotFoundException", "GROUP_MEMBERSHIP"))


def what_scim_called_them_is_found(program, folder):
    with Server(program, folder) as server:
        directory = Directory(server)
        url = urllib.parse.urlsplit(directory.scim["url"])
        head = {"Authorization": f"Bearer {directory.scim['token']}", "Content-Type": "application/scim+json"}
        body = b'{"userName":"cleo","displayName":"C","name":{"givenName":"C","familyName":"D"},"emails":[{"value":"c@example.com","primary":true}],"externalId":"ext-7"}'
        user = send(server.url, "POST", url.path + "Users", body, head).json["id"]
        group = send(server.url, "POST", url.path + "Groups", b'{"displayName":"devs","externalId":"grp-7"}', head).json["id"]
        for kind, owner, given in (("User", user, "ext-7"), ("Group", group, "grp-7")):
            external = directory.call(f"Describe{kind}", **{f"{kind}Id": owner}).json["ExternalIds"]
            same(f"{kind}: one external id", [row["Id"] for row in external], [given])
            answer = directory.call(f"Get{kind}Id", AlternateIdentifier={"ExternalId": external[0]})
            same(f"{kind}: found by it", answer.json.get(f"{kind}Id"), owner)
            listed = directory.call(f"List{kind}s").json[f"{kind}s"]
            same(f"{kind}: listed with it", [row["ExternalIds"] for row in listed if row[f"{kind}Id"] == owner], [external])
            answer = directory.call(f"Get{kind}Id", AlternateIdentifier={"ExternalId": {**external[0], "Id": "other"}})
            same(f"{kind}: another id", (answer.code, answer.json["ResourceType"]), ("ResourceNotFoundException", kind.upper()))


def pages_survive_changes_and_refuse_tampering(program, folder):
    with Server(program, folder) as server:
        directory = Directory(server)
        ids = [directory.user] + [directory.call("CreateUser", **{**ANA, "UserName": f"user{n}"}).json["UserId"] for n in range(9)]
        first = directory.call("ListUsers", MaxResults=4).json
        directory.call("DeleteUser", UserId=ids[1])
        directory.call("DeleteUser", UserId=ids[4])
        late = directory.call("CreateUser", **{**ANA, "UserName": "late"}).json["UserId"]
        seen, token = [row["UserId"] for row in first["Users"]], first["NextToken"]
        while token:
            page = directory.call("ListUsers", MaxResults=4, NextToken=token).json
            seen, token = seen + [row["UserId"] for row in page["Users"]], page.get("NextToken")
        same("everybody who stayed, once", seen, [one for one in ids if one != ids[4]] + [late])
        for token in (first["NextToken"][:-2] + "AA", "x", first["NextToken"] * 2):
            same("another token", directory.call("ListUsers", NextToken=token).code, "ValidationException")
        same("a token of another list", directory.call("ListGroups", NextToken=first["NextToken"]).code, "ValidationException")


ODD = [None, True, 0, 1.5, "", "x", [], {}, [None], [[]], [{}], ["x"], {"": 1}, {"value": None}, [{"value": "x"}], [{"value": "x", "primary": True}] * 2,
       {"StringValue": None}, {"StringValue": "x"}, {"BooleanValue": False}, {"ComplexValue": {}}, {"ComplexListValue": [{}]},
       {"ComplexListValue": [{"value": {"StringValue": "x"}}]}, {"division": None}, {"manager": "m"}, {"division": "d", "manager": {"value": "m"}}]
PATHS = [*TEXTS, *LISTS, *NAMES, "userName", "emails.value", "externalIds", ENTERPRISE, f"{ENTERPRISE}.division", f"{ENTERPRISE}.manager",
         f"{ENTERPRISE}.manager.value"]


def whatever_a_document_holds_is_taken_or_refused(program, folder):
    """Documents may be of any kind, which no shape holds them against; nothing of them may make an answer that breaks its own."""
    chance = random.Random(4)
    def odd(depth=0):
        draw = chance.random() if depth < 3 else 1
        if draw < 0.15:
            return {chance.choice(("value", "type", "primary", "", "StringValue", "ComplexValue", ENTERPRISE)): odd(depth + 1) for _ in range(2)}
        return [odd(depth + 1) for _ in range(chance.randint(0, 2))] if draw < 0.25 else chance.choice(ODD)
    with Server(program, folder) as server:
        directory = Directory(server)
        good = {**TEXTS, **LISTS, **NAMES}
        seen = {200: 0, 400: 0}
        def asked(answer, what):
            if check(f"{what}: taken or refused", answer.status in seen, answer):
                seen[answer.status] += 1
        for number in range(500):
            operations = [(path, good[path] if path in good and chance.random() < 0.6 else odd())
                          for path in chance.choices(PATHS, k=chance.randint(1, 3))]
            asked(directory.update(*operations), operations)
            body = {**ANA, "UserName": f"user{number}", "Extensions": {ENTERPRISE: odd()}}
            if chance.random() < 0.3:
                body[chance.choice(("Emails", "Photos", "Roles", "Title"))] = odd()
            asked(directory.call("CreateUser", **body), body)
            body = {"IdentityStoreId": directory.store, "UserName": f"odd{number}", "UserAttributes": {
                chance.choice(("emails", "name", "displayName", "photos", "extensions", "")): odd() for _ in range(chance.randint(0, 2))}}
            asked(server.aws("identitystore-internal", "CreateUser", body), body)
            same("he can be described", directory.call("DescribeUser", UserId=directory.user, Extensions=[ENTERPRISE]).status, 200)
        token = None
        while True:
            page = directory.call("ListUsers", Extensions=[ENTERPRISE], **({"NextToken": token} if token else {}))
            if not check("and everybody listed", page.status == 200, page) or "NextToken" not in page.json:
                break
            token = page.json["NextToken"]
        check("some was taken, some refused", min(seen.values()) > 100, seen)


if __name__ == "__main__":
    sys.exit(checks.main([every_path_is_set_and_removed, the_enterprise_extension_is_updated_whole_and_in_parts,
                          what_is_null_or_unknown_inside_is_as_if_it_were_absent,
                          what_cannot_be_updated_is_refused_and_changes_nothing, strangers_are_denied_the_directory_by_its_name,
                          groups_and_memberships, what_scim_called_them_is_found,
                          pages_survive_changes_and_refuse_tampering, whatever_a_document_holds_is_taken_or_refused]))
