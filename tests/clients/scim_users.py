# SPDX-License-Identifier: MIT
"""SCIM users: made, replaced and patched in every form that providers send; and identitystore, which is the same directory."""
import random
import sys

from checks import check, main, same
from provider import ENTERPRISE, PATCH_OP, USER, Provider, user
from server import Server

WORLD = {"start": "2026-06-04T09:00:00Z"}
FULL = {"externalId": "701984", "userName": "bjensen", "active": True, "displayName": "Babs Jensen", "nickName": "Babs",
        "name": {"formatted": "Ms. Barbara J Jensen, III", "familyName": "Jensen", "givenName": "Barbara",
                 "middleName": "Jane", "honorificPrefix": "Ms.", "honorificSuffix": "III"},
        "profileUrl": "https://login.example.com/bjensen", "title": "Tour Guide", "userType": "Employee",
        "preferredLanguage": "en-US", "locale": "en-US", "timezone": "America/Los_Angeles",
        "emails": [{"value": "bjensen@example.com", "type": "work", "primary": True}],
        "addresses": [{"type": "work", "streetAddress": "100 Universal City Plaza", "locality": "Hollywood", "region": "CA",
                       "postalCode": "91608", "country": "USA", "formatted": "100 Universal City Plaza Hollywood", "primary": True}],
        "phoneNumbers": [{"value": "555-555-5555", "type": "work"}], "roles": [{"value": "guide", "type": "work", "primary": True}],
        ENTERPRISE: {"employeeNumber": "701984", "costCenter": "4130", "organization": "Universal Studios",
                     "division": "Theme Park", "department": "Tour Operations", "manager": {"value": "9067729b3d-1"}}}
ANSWERED_ASIDE = ("id", "meta", "schemas")
STORED_ASIDE = ("IdentityStoreId", "UserId", "CreatedAt", "CreatedBy", "UpdatedAt", "UpdatedBy", "ExternalIds")


class Directory:
    """A server with one tenant, asked by SCIM and by identitystore."""

    def __init__(self, program, folder):
        self.server = Server(program, folder)
        names = self.server.control("POST", "reset", {"world": {**WORLD, "users": []}}).json
        self.idp = Provider(self.server, names)
        self.store_id = names["instances"]["main"]["identity_store_id"]

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.server.__exit__(kind, value, trace)

    def store(self, operation, **members):
        return self.server.aws("identitystore", operation, {"IdentityStoreId": self.store_id, **members})

    def stored(self, user_id):
        """The user as identitystore shows him, without ids and times."""
        shown = self.store("DescribeUser", UserId=user_id, Extensions=["aws:identitystore:enterprise"]).json
        return {name: value for name, value in shown.items() if name not in STORED_ASIDE}

    def shown(self, user_id):
        """The user as SCIM shows him, likewise."""
        return attributes(self.idp.call("GET", f"Users/{user_id}").json)


def attributes(answer):
    return {name: value for name, value in answer.items() if name not in ANSWERED_ASIDE}


def capital(value):
    """SCIM's names as identitystore spells them, all the way down."""
    if isinstance(value, list):
        return [capital(item) for item in value]
    if isinstance(value, dict):
        return {name[:1].upper() + name[1:]: capital(item) for name, item in value.items()}
    return value


def as_stored(scim):
    """What identitystore must show of a user whom SCIM shows so."""
    beside = ("active", "externalId", ENTERPRISE)
    out = capital({name: value for name, value in scim.items() if name not in beside})
    out["UserStatus"] = "ENABLED" if scim.get("active", True) else "DISABLED"
    if ENTERPRISE in scim:
        out["Extensions"] = {"aws:identitystore:enterprise": scim[ENTERPRISE]}
    return out


def a_user_of_the_documents(program, folder):
    with Directory(program, folder) as d:
        made = d.idp.create("Users", {"schemas": [USER, ENTERPRISE], **FULL})
        same("whole", attributes(made), FULL)
        same("schemas", made["schemas"], [USER, ENTERPRISE])
        same("meta", made["meta"], {"resourceType": "User", "created": "2026-06-04T09:00:00Z",
                                    "lastModified": "2026-06-04T09:00:00Z"})
        same("got", d.idp.call("GET", f"Users/{made['id']}").json, made)
        same("stored", d.stored(made["id"]), as_stored(FULL))
        plain = d.idp.create("Users", user("plain"))
        same("one schema without enterprise values", plain["schemas"], [USER])
        same("active by default", attributes(plain), {**attributes(user("plain")), "active": True})
        off = d.idp.create("Users", user("off", active="False", emails=[{"value": "off@example.com", "type": "work"}]))
        same("made disabled, e-mail primary", (off["active"], off["emails"]),
             (False, [{"value": "off@example.com", "type": "work", "primary": True}]))
        same("as identitystore has it", d.stored(off["id"])["UserStatus"], "DISABLED")
        odd = d.idp.create("Users", {"UserName": "odd", "DISPLAYNAME": "Odd", "Name": {"GIVENNAME": "O", "familyname": "D"},
                                     "photos": [{"value": "x"}], "ims": [], "password": "secret", "x509Certificates": [],
                                     "entitlements": [], "groups": [], "shoeSize": 44, "id": "mine", "meta": {}, "title": None,
                                     "emails": [{"value": "o@example.com", "display": "O", "primary": "TRUE"}]})
        same("no case, nothing unsupported", attributes(odd), {
            "userName": "odd", "displayName": "Odd", "name": {"givenName": "O", "familyName": "D"}, "active": True,
            "emails": [{"value": "o@example.com", "primary": True}]})
        check("its own id", odd["id"] != "mine")


REFUSED_USERS = [
    ({"userName": None}, 400), ({"userName": ""}, 400), ({"userName": "a b"}, 400), ({"userName": "a" * 129}, 400),
    ({"userName": 5}, 400), ({"userName": "Administrator"}, 400), ({"userName": ["x"]}, 400), ({"userName": "a\tb"}, 400),
    ({"displayName": None}, 400), ({"displayName": ""}, 400), ({"displayName": "a" * 1025}, 400), ({"name": None}, 400),
    ({"name": {}}, 400), ({"name": "Ann"}, 400), ({"name": {"givenName": "A"}}, 400), ({"name": {"familyName": "A"}}, 400),
    ({"name": {"givenName": "", "familyName": "A"}}, 400), ({"name": {"givenName": 1, "familyName": "A"}}, 400),
    ({"name": []}, 400), ({"title": 5}, 400), ({"title": ""}, 400), ({"title": "a" * 1025}, 400), ({"title": "a\u0001"}, 400),
    ({"nickName": {}}, 400), ({"locale": []}, 400), ({"timezone": True}, 400), ({"active": "yes"}, 400), ({"active": 1}, 400),
    ({"active": []}, 400), ({"externalId": ""}, 400), ({"externalId": 7}, 400), ({"externalId": "a" * 257}, 400),
    ({"externalId": "taken"}, 409), ({"userName": "taken"}, 409), ({"userName": "TAKEN"}, 409),
    ({"emails": [{"value": "taken@example.com"}]}, 409), ({"emails": [{"value": "Taken@Example.com", "primary": True}]}, 409),
    ({"emails": "a@example.com"}, 400), ({"emails": {"value": "a@example.com"}}, 400), ({"emails": ["a@example.com"]}, 400),
    ({"emails": [{"value": "a@example.com"}, {"value": "b@example.com"}]}, 400), ({"emails": [{"type": "work"}]}, 400),
    ({"emails": [{"value": "a@example.com", "primary": False}]}, 400), ({"emails": [{"value": ""}]}, 400),
    ({"emails": [{"value": "a@example.com", "primary": "maybe"}]}, 400), ({"phoneNumbers": [{"value": "1"}, {"value": "2"}]}, 400),
    ({"phoneNumbers": [{"value": 1}]}, 400), ({"addresses": [{"locality": "a"}, {"locality": "b"}]}, 400),
    ({"addresses": [{"locality": ""}]}, 400), ({"addresses": "here"}, 400), ({"roles": [{"value": "a"}, {"value": "b"}]}, 400),
    ({ENTERPRISE: "x"}, 400), ({ENTERPRISE: {"department": 5}}, 400), ({ENTERPRISE: {"department": ""}}, 400),
    ({ENTERPRISE: {"manager": {"value": 5}}}, 400), ({ENTERPRISE: {"manager": 5}}, 400), ({"TITLE": "x", "title": "y"}, 400),
]
BODIES = [b"", b"{", b"[]", b"null", b"5", b'"text"', b'{"userName":"a","userName":"b"}', b"\xff\xfe", b'{"userName":"\xff"}',
          b'{"userName":"a\\u0000"}', b"[" * 1000, b'{"a":1e999}', b"{}", b'{"schemas":[]}']


def refused_users_leave_nothing(program, folder):
    with Directory(program, folder) as d:
        taken = d.idp.create("Users", user("taken", externalId="taken", emails=[{"value": "taken@example.com"}]))
        mine = d.idp.create("Users", user("mine", externalId="mine", title="Boss"))
        before = d.server.get("digest")
        for more, status in REFUSED_USERS:
            for method, path in (("POST", "Users"), ("PUT", f"Users/{mine['id']}")):
                answer = d.idp.call(method, path, {**user("fresh"), **more})
                same(f"{method} {more}", answer.status, status)
                same(f"{method} {more}: error body", (answer.json["status"], answer.json["schemas"]),
                     (str(status), ["urn:ietf:params:scim:api:messages:2.0:Error"]))
        for body in BODIES:
            for method, path in (("POST", "Users"), ("PUT", f"Users/{mine['id']}"), ("PATCH", f"Users/{mine['id']}")):
                same(f"{method} {body[:30]!r}", d.idp.call(method, path, body).status, 400)
        same("PUT of nobody", d.idp.call("PUT", "Users/nobody", user("x")).status, 404)
        same("POST to a user", d.idp.call("POST", f"Users/{mine['id']}", user("x")).status, 405)
        same("PATCH of all", d.idp.call("PATCH", "Users", {"Operations": []}).status, 405)
        same("nothing changed", d.server.get("digest"), before)
        error = d.idp.call("POST", "Users", user("taken")).json
        same("an error, whole", {name: error[name] for name in ("schema", "schemas", "detail", "status", "timeStamp")},
             {"schema": ["urn:ietf:params:scim:api:messages:2.0:Error"],
              "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
              "detail": "Refused to create a new, duplicate resource.", "status": "409",
              "timeStamp": "2026-06-04 09:00:00.000"})
        check("with a request id", len(error["exceptionRequestId"]) == 36, error)
        same("delete", d.idp.call("DELETE", f"Users/{taken['id']}").status, 204)
        again = d.idp.create("Users", user("taken", externalId="taken", emails=[{"value": "taken@example.com"}]))
        check("all that he had is free, and he is another", again["id"] != taken["id"])


def put_replaces_and_leaves_active(program, folder):
    with Directory(program, folder) as d:
        made = d.idp.create("Users", FULL)
        d.server.control("POST", "clock/advance", {"by": "PT1H"})
        answer = d.idp.call("PUT", f"Users/{made['id']}", {**user("renamed"), "active": False})
        same("whole", (answer.status, attributes(answer.json)), (200, {**attributes(user("renamed")), "active": False}))
        same("when", answer.json["meta"]["lastModified"], "2026-06-04T10:00:00Z")
        same("stored", d.stored(made["id"]), as_stored(attributes(answer.json)))
        same("external id gone", d.idp.find("Users", 'externalId eq "701984"'), (200, []))
        same("old name free", d.idp.find("Users", 'userName eq "bjensen"'), (200, []))
        answer = d.idp.call("PUT", f"Users/{made['id']}", FULL | {"active": "TRUE"})
        same("put back", attributes(answer.json), FULL)
        d.idp.patch(f"Users/{made['id']}", {"op": "replace", "path": "active", "value": False})
        answer = d.idp.call("PUT", f"Users/{made['id']}", user("bjensen"))
        same("active left out: as it was", answer.json["active"], False)
        same("same name, same e-mail: no conflict with himself",
             d.idp.call("PUT", f"Users/{made['id']}", FULL).status, 200)


# What is sent, and what of FULL is different afterwards (None: gone).
PATCHES = [
    ([{"op": "replace", "path": "displayName", "value": "B"}], {"displayName": "B"}),
    ([{"op": "REPLACE", "path": "DISPLAYNAME", "value": "B"}], {"displayName": "B"}),
    ([{"op": "Add", "path": "nickName", "value": "B"}], {"nickName": "B"}),
    ([{"op": "replace", "value": {"title": "Boss"}}], {"title": "Boss"}),
    ([{"op": "Replace", "value": {"id": "x", "schemas": [USER], "title": "Boss"}}], {"title": "Boss"}),
    ([{"op": "add", "path": f"{USER}:title", "value": "Boss"}], {"title": "Boss"}),
    ([{"op": "remove", "path": "title"}], {"title": None}),
    ([{"op": "Remove", "path": "nickName", "value": "Babs"}], {"nickName": None}),
    ([{"op": "replace", "path": "userName", "value": "barbara"}], {"userName": "barbara"}),
    ([{"op": "replace", "path": "userName", "value": "BJensen"}], {"userName": "BJensen"}),
    ([{"op": "replace", "path": "externalId", "value": "other"}], {"externalId": "other"}),
    ([{"op": "remove", "path": "externalId"}], {"externalId": None}),
    ([{"op": "replace", "path": "name.givenName", "value": "Bar"}], {"name": {**FULL["name"], "givenName": "Bar"}}),
    ([{"op": "add", "value": {"name.familyName": "J"}}], {"name": {**FULL["name"], "familyName": "J"}}),
    ([{"op": "replace", "value": {"name": {"givenName": "Bar", "familyName": "J"}}}],
     {"name": {**FULL["name"], "givenName": "Bar", "familyName": "J"}}),
    ([{"op": "replace", "path": "name", "value": {"middleName": "M"}}], {"name": {**FULL["name"], "middleName": "M"}}),
    ([{"op": "remove", "path": "name.middleName"}],
     {"name": {name: value for name, value in FULL["name"].items() if name != "middleName"}}),
    ([{"op": "replace", "path": f"{ENTERPRISE}:department", "value": "D"}], {ENTERPRISE: {**FULL[ENTERPRISE], "department": "D"}}),
    ([{"op": "add", "value": {f"{ENTERPRISE}:department": "D"}}], {ENTERPRISE: {**FULL[ENTERPRISE], "department": "D"}}),
    ([{"op": "replace", "value": {ENTERPRISE: {"department": "D"}}}], {ENTERPRISE: {**FULL[ENTERPRISE], "department": "D"}}),
    ([{"op": "remove", "path": f"{ENTERPRISE}:costCenter"}],
     {ENTERPRISE: {name: value for name, value in FULL[ENTERPRISE].items() if name != "costCenter"}}),
    ([{"op": "Add", "path": f"{ENTERPRISE}:manager", "value": "m-2"}], {ENTERPRISE: {**FULL[ENTERPRISE], "manager": {"value": "m-2"}}}),
    ([{"op": "add", "path": f"{ENTERPRISE}:manager.value", "value": "m-2"}],
     {ENTERPRISE: {**FULL[ENTERPRISE], "manager": {"value": "m-2"}}}),
    ([{"op": "remove", "path": ENTERPRISE}], {ENTERPRISE: None}),
    ([{"op": "replace", "path": "emails", "value": [{"value": "b@example.com", "type": "home"}]}],
     {"emails": [{"value": "b@example.com", "type": "home", "primary": True}]}),
    ([{"op": "replace", "path": 'emails[type eq "work"].value', "value": "b@example.com"}],
     {"emails": [{"value": "b@example.com", "type": "work", "primary": True}]}),
    ([{"op": "Replace", "path": "emails[primary eq true].value", "value": "b@example.com"}],
     {"emails": [{"value": "b@example.com", "type": "work", "primary": True}]}),
    ([{"op": "replace", "path": 'emails[type eq "work"]', "value": {"value": "b@example.com"}}],
     {"emails": [{"value": "b@example.com", "type": "work", "primary": True}]}),
    ([{"op": "replace", "path": "emails.value", "value": "b@example.com"}],
     {"emails": [{"value": "b@example.com", "type": "work", "primary": True}]}),
    ([{"op": "add", "path": "emails", "value": FULL["emails"]}], {}),
    ([{"op": "remove", "path": "emails"}], {"emails": None}),
    ([{"op": "remove", "path": 'emails[type eq "work"]'}], {"emails": None}),
    ([{"op": "remove", "path": 'emails[type eq "home"]'}], {}),
    ([{"op": "remove", "path": 'phoneNumbers[type eq "work"].value'}], {"phoneNumbers": None}),
    ([{"op": "Add", "path": 'phoneNumbers[type eq "mobile"].value', "value": "1"}], {"phoneNumbers": [{"value": "1", "type": "work"}]}),
    ([{"op": "Add", "path": 'addresses[type eq "work"].locality', "value": "LA"}],
     {"addresses": [{**FULL["addresses"][0], "locality": "LA"}]}),
    ([{"op": "remove", "path": 'addresses[type eq "work"].country'}],
     {"addresses": [{name: value for name, value in FULL["addresses"][0].items() if name != "country"}]}),
    ([{"op": "remove", "path": "emails"}, {"op": "add", "path": 'emails[type eq "work"].value', "value": "c@example.com"}],
     {"emails": [{"type": "work", "value": "c@example.com", "primary": True}]}),
    ([{"op": "replace", "path": "title", "value": "1"}, {"op": "replace", "path": "title", "value": "2"}], {"title": "2"}),
    ([{"op": "replace", "path": "active", "value": "False"}, {"op": "remove", "path": "timezone"}], {"active": False, "timezone": None}),
    ([{"op": "add", "path": "photos", "value": [{"value": "x"}]}], {}),
    ([{"op": "replace", "path": 'photos[type eq "photo"].value', "value": "x"}], {}),
    ([{"op": "add", "path": f"{ENTERPRISE}:manager.displayName", "value": "M"}], {}),
    ([{"op": "replace", "path": 'emails[type eq "work"].display', "value": "x"}], {}),
]


def patches_in_every_form(program, folder):
    with Directory(program, folder) as d:
        for operations, different in PATCHES:
            made = d.idp.create("Users", FULL)
            expected = {name: value for name, value in {**FULL, **different}.items() if value is not None}
            answer = d.idp.patch(f"Users/{made['id']}", *operations)
            same(f"{operations}", (answer.status, attributes(answer.json)), (200, expected))
            same(f"{operations}: read", d.shown(made["id"]), expected)
            same(f"{operations}: stored", d.stored(made["id"]), as_stored(expected))
            d.idp.call("DELETE", f"Users/{made['id']}")
        lower = d.idp.create("Users", FULL)
        answer = d.idp.call("PATCH", f"Users/{lower['id']}", {
            "schemas": PATCH_OP, "operations": [{"OP": "replace", "Path": "title", "VALUE": "x"}]})
        same("names of the request without case", answer.json["title"], "x")


REFUSED_PATCHES = [
    ({"op": "move", "path": "title", "value": "x"}, 400), ({"path": "title", "value": "x"}, 400), ({"op": 5, "path": "title", "value": "x"}, 400),
    ({"op": "replace", "path": "title"}, 400), ({"op": "replace", "path": "title", "value": None}, 400), ({"op": "add", "path": "title"}, 400),
    ({"op": "remove"}, 400), ({"op": "remove", "value": "title"}, 400), ({"op": "replace", "value": "x"}, 400), ({"op": "replace", "value": {}}, 400),
    ({"op": "replace", "value": []}, 400), ({"op": "replace", "value": {"title": "x", "nickName": "y"}}, 400), ({"op": "replace", "path": 5, "value": "x"}, 400),
    ({"op": "replace", "path": "", "value": "x"}, 400), ({"op": "replace", "path": "shoeSize", "value": "x"}, 400), ({"op": "replace", "path": "title.x", "value": "x"}, 400),
    ({"op": "replace", "path": "name.x", "value": "x"}, 400), ({"op": "replace", "path": "name.", "value": "x"}, 400), ({"op": "replace", "path": ".givenName", "value": "x"}, 400),
    ({"op": "replace", "path": "id", "value": "x"}, 400), ({"op": "replace", "path": "meta", "value": {}}, 400), ({"op": "replace", "path": "groups", "value": []}, 400),
    ({"op": "replace", "path": "urn:x:title", "value": "x"}, 400), ({"op": "replace", "path": f"{ENTERPRISE}:shoe", "value": "x"}, 400),
    ({"op": "replace", "path": 'emails[type eq "work"', "value": "x"}, 400), ({"op": "replace", "path": "emails[]", "value": "x"}, 400),
    ({"op": "replace", "path": 'emails[shoe eq "work"].value', "value": "x"}, 400), ({"op": "replace", "path": 'emails[type ne "work"].value', "value": "x"}, 400),
    ({"op": "replace", "path": 'emails[type eq "work"]value', "value": "x"}, 400), ({"op": "replace", "path": 'title[type eq "work"]', "value": "x"}, 400),
    ({"op": "replace", "path": 'emails[type eq "work"].value.x', "value": "x"}, 400), ({"op": "replace", "path": "title", "value": 5}, 400),
    ({"op": "replace", "path": "title", "value": ""}, 400), ({"op": "replace", "path": "title", "value": {"a": 1}}, 400), ({"op": "replace", "path": "title", "value": "a" * 1025}, 400),
    ({"op": "replace", "path": "userName", "value": "a b"}, 400), ({"op": "replace", "path": "userName", "value": "Administrator"}, 400),
    ({"op": "replace", "path": "userName", "value": "taken"}, 409), ({"op": "replace", "path": "externalId", "value": "taken"}, 409),
    ({"op": "replace", "path": 'emails[type eq "work"]', "value": [[{}]]}, 400), ({"op": "replace", "path": 'emails[type eq "work"]', "value": "x"}, 400),
    ({"op": "add", "path": 'addresses[type eq "work"]', "value": [["x"], {}]}, 400),
    ({"op": "replace", "path": 'emails[type eq "work"].value', "value": "TAKEN@example.com"}, 409),
    ({"op": "replace", "path": "emails", "value": [{"value": "a@example.com"}, {"value": "b@example.com"}]}, 400),
    ({"op": "add", "path": "emails", "value": [{"value": "second@example.com"}]}, 400), ({"op": "replace", "path": "emails", "value": "x"}, 400),
    ({"op": "replace", "path": "emails", "value": [{"value": "a@example.com", "primary": False}]}, 400), ({"op": "replace", "path": "emails", "value": [{"type": "x"}]}, 400),
    ({"op": "replace", "path": "name", "value": "x"}, 400), ({"op": "replace", "path": "name", "value": {"givenName": ""}}, 400), ({"op": "replace", "path": "name.givenName", "value": 5}, 400),
    ({"op": "replace", "path": "active", "value": "no"}, 400), ({"op": "replace", "path": "active", "value": 0}, 400), ({"op": "replace", "path": "roles", "value": [{"value": "x"}]}, 400),
    ({"op": "remove", "path": "active"}, 400), ({"op": "remove", "path": "userName"}, 400), ({"op": "remove", "path": "displayName"}, 400), ({"op": "remove", "path": "name"}, 400),
    ({"op": "remove", "path": "name.givenName"}, 400), ({"op": "remove", "path": "name.familyName"}, 400), ({"op": "replace", "path": ENTERPRISE, "value": "x"}, 400),
    ({"op": "replace", "path": f"{ENTERPRISE}:department", "value": ["x"]}, 400), ("text", 400), (5, 400), (None, 400), ([], 400),
]


def refused_patches_change_nothing(program, folder):
    good = {"op": "replace", "path": "nickName", "value": "Changed"}
    with Directory(program, folder) as d:
        d.idp.create("Users", user("taken", externalId="taken", emails=[{"value": "taken@example.com"}]))
        made = d.idp.create("Users", FULL)
        before = d.server.get("digest")
        for operation, status in REFUSED_PATCHES:
            same(f"{operation}", d.idp.patch(f"Users/{made['id']}", good, operation).status, status)
            same(f"{operation} first", d.idp.patch(f"Users/{made['id']}", operation, good).status, status)
        for twice in ("userName", "active"):
            operation = {"op": "replace", "path": twice, "value": FULL[twice]}
            same(f"{twice} twice", d.idp.patch(f"Users/{made['id']}", operation, operation).status, 400)
        for body in ({}, {"Operations": []}, {"Operations": {}}, {"Operations": "x"}, {"Operations": None}):
            same(f"{body}", d.idp.call("PATCH", f"Users/{made['id']}", body).status, 400)
        same("of nobody", d.idp.patch("Users/nobody", good).status, 404)
        same("nothing changed", d.server.get("digest"), before)
        same("still whole", d.shown(made["id"]), FULL)


def some_user(chance, name):
    """A user with some of everything, as a provider may write him."""
    def text():
        return "".join(chance.choice("abcXYZ0189 äßŁ漢.-_@'") for _ in range(chance.randint(1, 12))).strip() or "x"

    def some(members):
        return {member: text() for member in members if chance.random() < 0.5}

    out = {"userName": name, "displayName": text(), "active": chance.random() < 0.8,
           "name": {"givenName": text(), "familyName": text(), **some(("formatted", "middleName", "honorificPrefix", "honorificSuffix"))},
           **some(("nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale", "timezone"))}
    if chance.random() < 0.7:
        out["emails"] = [{"value": f"{name}@example.com", "primary": True, **some(("type",))}]
    for many in ("phoneNumbers", "roles"):
        if chance.random() < 0.5:
            out[many] = [{"value": text(), "primary": chance.random() < 0.5, **some(("type",))}]
    if chance.random() < 0.5:
        out["addresses"] = [{"country": text(), **some(("streetAddress", "locality", "region", "postalCode", "formatted", "type"))}]
    if chance.random() < 0.5:
        out[ENTERPRISE] = {"division": text(), **some(("employeeNumber", "costCenter", "organization", "department")),
                           **({"manager": {"value": text()}} if chance.random() < 0.5 else {})}
    return out


def what_one_side_writes_the_other_reads(program, folder):
    unseen = {"Website": "https://example.com", "Birthdate": "1990-01-02", "Photos": [{"Value": "https://example.com/p"}]}
    chance = random.Random(20260604)
    with Directory(program, folder) as d:
        for turn in range(60):
            wanted = some_user(chance, f"scim{turn}")
            made = d.idp.create("Users", wanted)
            same(f"{turn}: SCIM wrote", d.shown(made["id"]), wanted)
            same(f"{turn}: identitystore reads", d.stored(made["id"]), as_stored(wanted))
            put = {**some_user(chance, f"scim{turn}"), "userName": f"put{turn}"}
            same(f"{turn}: SCIM put", attributes(d.idp.call("PUT", f"Users/{made['id']}", put).json), put)
            same(f"{turn}: identitystore reads it", d.stored(made["id"]), as_stored(put))
            given = {**some_user(chance, f"store{turn}"), "active": True}
            stored = {**as_stored(given), **unseen}
            del stored["UserStatus"]
            answer = d.store("CreateUser", **stored)
            same(f"{turn}: identitystore wrote", answer.status, 200)
            user_id = answer.json["UserId"]
            same(f"{turn}: SCIM reads", d.shown(user_id), given)
            patched = d.idp.patch(f"Users/{user_id}", {"op": "replace", "path": "title", "value": "new"}).json
            same(f"{turn}: SCIM patched one thing", attributes(patched), {**given, "title": "new"})
            same(f"{turn}: and kept what it cannot see", d.stored(user_id),
                 {**stored, "Title": "new", "UserStatus": "ENABLED"})


ODD = [None, True, False, 0, -1, 1.5, 1 << 60, "", " ", "x", "true", "False", "a" * 2000, "\u0000x", "\u202e", "🙂", [], {}, [[]], [{}],
       [None], {"value": "x"}, [{"value": "x"}], [{"value": None}], {"a": {"b": []}}, "urn:x", 'emails[type eq "work"]', "name.", ".", "["]
NAMES = [*FULL, "id", "meta", "schemas", "photos", "groups", "value", "type", "shoe", "", "name.givenName", "NAME", f"{ENTERPRISE}:manager",
         f"{ENTERPRISE}:", f"{USER}:", 'emails[type eq "work"].value', 'emails[primary eq true]', "emails[", "emails]", "a" * 300, "emails.value.x"]


def some_request(chance, ids):
    """Something between a good request and nonsense."""
    def value(name):
        return FULL.get(name, "x") if chance.random() < 0.8 else chance.choice(ODD)

    def name():
        return chance.choice(list(FULL)) if chance.random() < 0.8 else chance.choice([*NAMES, "members"])

    path = chance.choice(("Users", "Users", "Users", "Groups")) + chance.choice(("", "/" + chance.choice(ids), f"/{ids[0]}"))
    method = chance.choice(("POST", "PUT", "PATCH", "PATCH"))
    if method != "PATCH":
        return method, path, {**(user("new") if chance.random() < 0.7 else {}), **{
            each: value(each) for each in (name() for _ in range(chance.randint(0, 3))) if each != "userName"}}
    operations = []
    for _ in range(chance.choice((1, 1, 2, 0))):
        each = name()
        operation = {"op": chance.choice(("add", "Replace", "replace", "REMOVE", "x")), "path": each, "value": value(each)}
        if chance.random() < 0.3:
            operation = {"op": "add", "value": {each: value(each)}}
        if chance.random() < 0.2:
            operation[chance.choice(("op", "path", "value"))] = chance.choice(ODD)
        operations.append(operation if chance.random() < 0.95 else chance.choice(ODD))
    return method, path, {"schemas": PATCH_OP, "Operations": operations}


def whatever_comes_is_done_or_refused_whole(program, folder):
    chance = random.Random(7)
    with Directory(program, folder) as d:
        ids = [d.idp.create("Users", FULL)["id"], d.idp.create("Groups", {"displayName": "g"})["id"], "nobody"]
        done = 0
        for turn in range(1500):
            method, path, body = some_request(chance, ids)
            before = d.server.get("digest")
            answer = d.idp.call(method, path, body)
            done += answer.status < 300
            holds = answer.status in (200, 201, 204, 400, 404, 405, 409)
            if answer.status >= 400:
                holds = holds and d.server.get("digest") == before
            elif path.startswith("Users") and answer.json["userName"] == "new" and method == "POST":
                holds = holds and d.idp.call("DELETE", f"Users/{answer.json['id']}").status == 204
            check(f"{turn}: {method} {path} {str(body)[:200]}", holds, answer)
        check("both came", 100 < done < 1400, done)
        same("he can still be read", d.idp.call("GET", f"Users/{ids[0]}").status, 200)
        same("by both sides", d.store("DescribeUser", UserId=ids[0]).status, 200)


if __name__ == "__main__":
    sys.exit(main([a_user_of_the_documents, refused_users_leave_nothing, put_replaces_and_leaves_active,
                   patches_in_every_form, refused_patches_change_nothing, what_one_side_writes_the_other_reads,
                   whatever_comes_is_done_or_refused_whole]))
