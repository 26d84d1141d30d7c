# SPDX-License-Identifier: MIT
"""SCIM groups, lists and filters, pages, what the server says about itself, and the quirks that can be switched off."""
import sys
import urllib.parse

from checks import check, main, same
from provider import ENTERPRISE, GROUP, USER, Provider, user
from server import Server, send

WORLD = {"start": "2026-06-04T09:00:00Z",
         "users": ["alice", "bob", "carol"], "groups": {"devs": ["alice", "bob"], "ops": []}}
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


def started(program, folder, world=None):
    server = Server(program, folder)
    return server, Provider(server, server.load(world or WORLD))


def override(server, **parameters):
    answer = server.control("PUT", "edition", {"override": parameters})
    assert answer.status == 200, answer
    return answer


def is_in(idp, group_id, user_id):
    """Asked the only way that SCIM has."""
    status, found = idp.find("Groups", f'id eq "{group_id}" and members eq "{user_id}"')
    assert status == 200, status
    return found == [group_id]


def groups_from_birth_to_death(program, folder):
    server, idp = started(program, folder)
    with server:
        alice, bob = idp.names["users"]["alice"], idp.names["users"]["bob"]
        made = idp.create("Groups", {"schemas": [GROUP], "displayName": "Group Bar", "externalId": "g-1", "members": [
            {"value": alice, "$ref": f"../Users/{alice}", "type": "User"}, {"value": bob, "display": "Bob"}]})
        same("answered without members", made, {
            "schemas": [GROUP], "id": made["id"], "externalId": "g-1", "displayName": "Group Bar", "members": [],
            "meta": {"resourceType": "Group", "created": "2026-06-04T09:00:00Z", "lastModified": "2026-06-04T09:00:00Z"}})
        same("got the same", idp.call("GET", f"Groups/{made['id']}").json, made)
        check("but they are in", is_in(idp, made["id"], alice) and is_in(idp, made["id"], bob))
        path = f"Groups/{made['id']}"
        server.control("POST", "clock/advance", {"by": "PT1H"})
        for operation, name in (({"op": "replace", "path": "displayName", "value": "One"}, "One"),
                                ({"op": "replace", "value": {"id": made["id"], "displayName": "Two"}}, "Two"),
                                ({"op": "Add", "value": {"displayname": "Three"}}, "Three"),
                                ({"op": "REPLACE", "path": f"{GROUP}:displayName", "value": "THREE"}, "THREE")):
            answer = idp.patch(path, operation)
            same(f"{operation}", (answer.status, answer.body), (204, b""))
            same(f"{operation}: name", idp.call("GET", path).json["displayName"], name)
        same("when", idp.call("GET", path).json["meta"]["lastModified"], "2026-06-04T10:00:00Z")
        same("external id", idp.patch(path, {"op": "replace", "path": "externalId", "value": "g-2"}).status, 204)
        same("found by the new one", idp.find("Groups", 'externalId eq "g-2"'), (200, [made["id"]]))
        same("not by the old", idp.find("Groups", 'externalId eq "g-1"'), (200, []))
        same("nor in another case", idp.find("Groups", 'externalId eq "G-2"'), (200, []))
        same("a user's external ids are apart", idp.create("Users", user("dora", externalId="g-2"))["externalId"], "g-2")
        same("taken away", idp.patch(path, {"op": "remove", "path": "externalId"}).status, 204)
        check("none", "externalId" not in idp.call("GET", path).json)
        same("deleted", idp.call("DELETE", path).status, 204)
        same("gone", idp.call("GET", path).status, 404)
        same("its members are not", idp.call("GET", f"Users/{alice}").status, 200)


def membership_in_every_form(program, folder):
    server, idp = started(program, folder)
    with server:
        alice, bob, carol = (idp.names["users"][name] for name in ("alice", "bob", "carol"))
        ops = idp.names["groups"]["ops"]
        adds = [{"op": "add", "path": "members", "value": [{"value": alice}]},
                {"op": "Add", "path": "Members", "value": [{"value": alice, "display": "A", "$ref": None}]},
                {"op": "add", "value": {"members": [{"value": alice}]}},
                {"op": "add", "value": {"id": ops, "members": [{"value": alice, "type": "User"}]}},
                {"op": "add", "path": "members", "value": {"value": alice}},
                {"op": "add", "path": f"{GROUP}:members", "value": [{"value": alice}, {"value": alice}]}]
        removes = [{"op": "remove", "path": "members", "value": [{"value": alice}]},
                   {"op": "Remove", "path": "members", "value": [{"$ref": None, "value": alice}]},
                   {"op": "remove", "path": f'members[value eq "{alice}"]'},
                   {"op": "REMOVE", "path": f'members[VALUE EQ "{alice}"]'},
                   {"op": "remove", "path": "members", "value": {"value": alice}}]
        for add in adds:
            for remove in removes:
                for operation, member in ((add, True), (add, True), (remove, False), (remove, False)):
                    answer = idp.patch(f"Groups/{ops}", operation)
                    same(f"{operation}", (answer.status, answer.body), (204, b""))
                    same(f"{operation}: is he in", is_in(idp, ops, alice), member)
        same("several at once, in order", idp.patch(
            f"Groups/{ops}", {"op": "add", "path": "members", "value": [{"value": alice}, {"value": bob}]},
            {"op": "remove", "path": f'members[value eq "{bob}"]'}, {"op": "replace", "path": "displayName", "value": "Ops"},
            {"op": "add", "path": "members", "value": [{"value": carol}]}).status, 204)
        same("who is in", sorted(idp.find("Users", f'groups.value eq "{ops}"')[1]), sorted([alice, carol]))
        same("an empty list adds nobody", idp.patch(f"Groups/{ops}", {"op": "add", "path": "members", "value": []}).status, 204)
        same("removing who does not exist", idp.patch(f"Groups/{ops}", {
            "op": "remove", "path": "members", "value": [{"value": "nobody"}]}).status, 204)


def refused_groups_change_nothing(program, folder):
    server, idp = started(program, folder)
    with server:
        alice, devs = idp.names["users"]["alice"], idp.names["groups"]["devs"]
        idp.create("Groups", {"displayName": "Taken", "externalId": "taken"})
        before = server.get("digest")
        for body, status in (
                ({}, 400), ({"displayName": ""}, 400), ({"displayName": None}, 400), ({"displayName": 5}, 400),
                ({"displayName": "a" * 1025}, 400), ({"displayName": "Administrator"}, 400), ({"displayName": "AWSAdministrators"}, 400),
                ({"displayName": "taken"}, 409), ({"displayName": "x", "externalId": "taken"}, 409), ({"displayName": "x", "externalId": ""}, 400),
                ({"displayName": "x", "members": "x"}, 400), ({"displayName": "x", "members": ["x"]}, 400), ({"displayName": "x", "members": [{}]}, 400),
                ({"displayName": "x", "members": [{"value": 5}]}, 400), ({"displayName": "x", "members": [{"value": "nobody"}]}, 404),
                ({"displayName": "x", "members": [{"value": devs}]}, 404), ({"displayName": "x", "members": [{"value": alice}] * 101}, 400),
                (b"", 400), (b"{", 400), (b"[]", 400)):
            same(f"POST {str(body)[:80]}", idp.call("POST", "Groups", body).status, status)
        good = {"op": "replace", "path": "displayName", "value": "Changed"}
        for operation, status in (
                ({"op": "replace", "path": "displayName", "value": "TAKEN"}, 409), ({"op": "replace", "path": "displayName", "value": ""}, 400),
                ({"op": "replace", "path": "displayName", "value": "Administrator"}, 400), ({"op": "replace", "path": "displayName", "value": 5}, 400),
                ({"op": "remove", "path": "displayName"}, 400), ({"op": "replace", "path": "externalId", "value": "taken"}, 409),
                ({"op": "replace", "path": "externalId", "value": ["x"]}, 400), ({"op": "replace", "path": "description", "value": "x"}, 400),
                ({"op": "replace", "value": {"displayName": "x", "externalId": "y"}}, 400), ({"op": "remove", "path": "members"}, 400),
                ({"op": "replace", "path": "members", "value": []}, 400), ({"op": "replace", "path": "members", "value": [{"value": alice}]}, 400),
                ({"op": "replace", "value": {"members": [{"value": alice}]}}, 400), ({"op": "add", "path": "members", "value": [{"value": "x"}]}, 404),
                ({"op": "add", "path": "members", "value": [{"value": devs}]}, 404), ({"op": "add", "path": "members", "value": ["x"]}, 400),
                ({"op": "add", "path": "members", "value": [{"id": alice}]}, 400), ({"op": "add", "path": "members", "value": "x"}, 400),
                ({"op": "add", "path": "members", "value": [{"value": None}]}, 400), ({"op": "add", "path": "members"}, 400),
                ({"op": "add", "path": f'members[value eq "{alice}"]', "value": []}, 400), ({"op": "remove", "path": "members[value eq x]"}, 400),
                ({"op": "remove", "path": 'members[type eq "User"]'}, 400), ({"op": "remove", "path": 'members[value eq "x"'}, 400),
                ({"op": "remove", "path": 'members[value eq "x"].value'}, 400), ({"op": "remove", "path": "members.value"}, 400),
                ({"op": "remove", "path": "members", "value": [{"value": "x"}] * 101}, 400), ({"op": "join", "path": "members", "value": []}, 400)):
            same(f"{str(operation)[:120]}", idp.patch(f"Groups/{devs}", good, operation).status, status)
        half = {"op": "remove", "path": "members", "value": [{"value": "x"}] * 51}
        same("the cap counts the whole request", idp.patch(f"Groups/{devs}", half, half).status, 400)
        same("no PUT", idp.call("PUT", f"Groups/{devs}", {"displayName": "x"}).status, 405)
        same("of nobody", idp.patch("Groups/nobody", good).status, 404)
        same("nothing changed", server.get("digest"), before)


def filters_find_what_they_name(program, folder):
    server, idp = started(program, folder)
    with server:
        alice, bob, carol = (idp.names["users"][name] for name in ("alice", "bob", "carol"))
        devs, ops = idp.names["groups"]["devs"], idp.names["groups"]["ops"]
        dora = idp.create("Users", user("dora", externalId='e"1\\', **{ENTERPRISE: {"manager": {"value": alice}}}))["id"]
        for resource, text, expected in (
                ("Users", 'userName eq "ALICE"', [alice]), ("Users", 'USERNAME EQ "alice"', [alice]), ("Users", '  userName  eq  "alice"  ', [alice]),
                ("Users", 'userName eq "nobody"', []), ("Users", r'externalId eq "e\"1\\"', [dora]), ("Users", 'externalId eq "x"', []),
                ("Users", f'id eq "{bob}"', [bob]), ("Users", 'id eq "nobody"', []), ("Users", f'groups.value eq "{ops}"', []),
                ("Users", f'id eq "{bob}" and groups.value eq "{devs}"', [bob]), ("Users", f'groups.value eq "{devs}" and id eq "{carol}"', []),
                ("Users", f'id eq "{dora}" and manager eq "{alice}"', [dora]), ("Users", f'manager eq "{bob}" AND id eq "{dora}"', []),
                ("Groups", 'displayName eq "DEVS"', [devs]), ("Groups", 'displayName eq "none"', []), ("Groups", f'id eq "{ops}"', [ops]),
                ("Groups", f'members.value eq "{bob}"', [devs]), ("Groups", f'members eq "{carol}"', []),
                ("Groups", f'id eq "{devs}" and members eq "{alice}"', [devs]), ("Groups", f'id eq "{devs}" and member eq "{carol}"', []),
                ("Groups", f'members.value eq "{alice}" and id eq "{devs}"', [devs]), ("Groups", f'Members Eq "{alice}" And Id Eq "{ops}"', [])):
            same(f"{resource} {text}", idp.find(resource, text), (200, expected))
        found, users = idp.find("Users", f'groups.value eq "{devs}"')
        same("users of a group", (found, sorted(users)), (200, sorted([alice, bob])))
        for resource, text in (
                ("Users", 'groups.value eq "nobody"'), ("Users", f'id eq "nobody" and groups.value eq "{devs}"'), ("Users", f'id eq "nobody" and manager eq "{alice}"'),
                ("Groups", 'members.value eq "nobody"'), ("Groups", f'id eq "{devs}" and members eq "nobody"'), ("Groups", f'id eq "nobody" and members eq "{alice}"')):
            same(f"404: {resource} {text}", idp.find(resource, text), (404, []))
        for text in ("", "userName", "userName eq", "userName eq a", "userName eq true", 'userName ne "a"', 'userName co "a"', "userName pr", 'shoe eq "1"',
                     'userName eq "a" or id eq "b"', 'userName eq "a" and userName eq "b"', 'id eq "a" and id eq "b"', 'userName eq "a', 'userName eq "a\\"',
                     'userName eq "a" and', 'id eq "a" and manager eq "b" and id eq "c"', 'manager eq "a"', 'not (userName eq "a")', '(userName eq "a")',
                     'userName eq "a" x', 'userNameeq "a"', 'userName eq"a" ', 'displayName eq "a"', 'emails.value eq "a"', '"userName" eq "a"', "eq", "[", "\\"):
            same(f"400: {text}", idp.find("Users", text), (400, []))
        error = idp.call("GET", "Users?filter=x").json
        same("says so", error["detail"], "Invalid Filter format")


def walk(idp, path, count):
    """Ids of every page by cursor, and how many pages there were."""
    ids, pages, cursor = [], 0, "cursor"
    while cursor:
        answer = idp.call("GET", f"{path}{'&' if '?' in path else '?'}count={count}&{cursor}").json
        check("a page has its members", "totalResults" not in answer and answer["schemas"] == [LIST] and
              answer["itemsPerPage"] == len(answer["Resources"]), answer)
        ids += [item["id"] for item in answer["Resources"]]
        pages += 1
        cursor = "cursor=" + urllib.parse.quote(answer["nextCursor"]) if "nextCursor" in answer else None
    return ids, pages


def pages_by_cursor_and_without(program, folder):
    people = [f"u{i}" for i in range(105)]
    server, idp = started(program, folder, {"users": people, "groups": {"all": people, **{f"g{i}": ["u0"] for i in range(6)}}})
    with server:
        users = [idp.names["users"][name] for name in people]
        whole = idp.call("GET", "Users").json
        same("at most 100, and no word of the others", (whole["totalResults"], whole["itemsPerPage"], whole["startIndex"],
                                                        len(whole["Resources"]), whole["schemas"]), (100, 100, 1, 100, [LIST]))
        same("startIndex is not heard", [item["id"] for item in idp.call("GET", "Users?startIndex=101").json["Resources"]], users[:100])
        same("count", [item["id"] for item in idp.call("GET", "Users?count=2&startIndex=x").json["Resources"]], users[:2])
        for count, pages in ((100, 2), (50, 3), (7, 15), (1, 105)):
            same(f"pages of {count}", walk(idp, "Users", count), (users, pages))
        in_all, pages = walk(idp, "Users?filter=" + urllib.parse.quote(f'groups.value eq "{idp.names["groups"]["all"]}"'), 10)
        same("members of a group, by pages", (sorted(in_all), pages), (sorted(users), 11))
        of_one, pages = walk(idp, "Groups?filter=" + urllib.parse.quote(f'members.value eq "{users[0]}"'), 3)
        same("groups of a user, by pages", (sorted(of_one), pages), (sorted(idp.names["groups"].values()), 3))
        same("exactly full is the last", walk(idp, "Groups", 7)[1], 1)
        first = idp.call("GET", "Users?cursor&count=10").json
        cursor = first["nextCursor"]
        idp.call("DELETE", f"Users/{users[9]}")
        fresh = idp.create("Users", user("fresh"))["id"]
        ids, token = [], cursor
        while token:
            page = idp.call("GET", f"Users?count=40&cursor={token}").json
            ids += [item["id"] for item in page["Resources"]]
            token = page.get("nextCursor")
        same("right while people come and go", ids, users[10:] + [fresh])
        for query in ("count=0", "count=101", "count=x", "count=-1", "count=", "count=1.5", "count=1&count=2", "cursor=x", f"cursor={cursor}x",
                      f"cursor={cursor[:-1]}", f"cursor={cursor}&filter=userName+eq+%22u1%22", "count=99999999999999999999", "%zz=1", "filter=%ff"):
            same(f"GET Users?{query}", idp.call("GET", f"Users?{query}").status, 400)
        same("a cursor of another resource", idp.call("GET", f"Groups?cursor={cursor}").status, 400)


def what_the_server_says_about_itself(program, folder):
    server, idp = started(program, folder)
    with server:
        config = idp.call("GET", "ServiceProviderConfig").json
        same("config", [config[name]["supported"] for name in ("patch", "bulk", "filter", "changePassword", "sort", "etag")],
             [True, False, True, False, False, False])
        types = idp.call("GET", "ResourceTypes").json
        same("resource types", [(item["name"], item["endpoint"], item["schema"]) for item in types["Resources"]],
             [("User", "/Users", USER), ("Group", "/Groups", GROUP)])
        schemas = idp.call("GET", "Schemas").json
        same("schemas", [item["id"] for item in schemas["Resources"]], [USER, GROUP, ENTERPRISE])
        for item in schemas["Resources"]:
            same(f"{item['id']}", idp.call("GET", f"Schemas/{item['id']}").json, item)
            same("escaped", idp.call("GET", "Schemas/" + urllib.parse.quote(item["id"], safe="")).json, item)
        required = [attribute["name"] for attribute in schemas["Resources"][0]["attributes"] if attribute["required"]]
        same("required", required, ["userName", "name", "displayName"])
        same("unknown", idp.call("GET", "Schemas/urn:x").status, 404)
        for path in ("ServiceProviderConfig", "ResourceTypes", "Schemas"):
            same(f"{path} without a token", idp.call("GET", path, token="").status, 401)
            same(f"POST {path}", idp.call("POST", path, {}).status, 405)
        for path in ("Me", "Bulk", ".search", "Users/.search/x", "", "ResourceTypes/User"):
            same(f"nothing at {path}", idp.call("GET", path).status, 404)


def the_paths_that_lead_here(program, folder):
    server, idp = started(program, folder)
    with server:
        tenant = idp.names["scim"]["main"]["tenant"]
        header = {"Authorization": f"Bearer {idp.token}"}
        for path, status in ((f"/{tenant}/scim/v2/Users", 200), (f"/{tenant}/scim/v2/Users/", 200), (f"//{tenant}//scim/v2//Users", 200),
                             (f"/us-east-1/{tenant}/scim/v2/Users", 200), (f"/scim.us-east-1.amazonaws.com/{tenant}/scim/v2/Users", 200),
                             (f"/eu-west-1/{tenant}/scim/v2/Users", 404), (f"/scim.eu-west-1.amazonaws.com/{tenant}/scim/v2/Users", 404),
                             ("/scim/v2/Users", 404), (f"/x/us-east-1/{tenant}/scim/v2/Users", 404), (f"/{tenant}/scim/v2/%zz", 404),
                             (f"/{'x' * 100}/scim/v2/Users", 404), (f"/{tenant}x/scim/v2/Users", 404)):
            same(path, send(server.url, "GET", path, None, header).status, status)
        for host, status in (("scim.us-east-1.amazonaws.com", 200), ("scim.eu-west-1.amazonaws.com", 404), ("localhost:5476", 200)):
            same(f"at the host {host}", send(idp.base, "GET", "Users", None, {**header, "Host": host}).status, status)
        same("the scheme in any case", send(idp.base, "GET", "Users", None, {"Authorization": f"bearer {idp.token}"}).status, 200)
        for value in (f"Basic {idp.token}", idp.token, "Bearer", f"Bearer {idp.token} x"):
            same(f"{value[:12]}…", send(idp.base, "GET", "Users", None, {"Authorization": value}).status, 401)
        for kind, status in (("application/json", 201), ("application/scim+json; charset=utf-8", 201), ("APPLICATION/JSON", 201),
                             ("text/plain", 415), ("application/xml", 415), ("", 415)):
            same(kind, idp.call("POST", "Groups", {"displayName": "g" + kind.encode().hex()}, content_type=kind).status, status)


def quirks_can_be_switched_off(program, folder):
    server, idp = started(program, folder)
    with server:
        alice, bob, carol = (idp.names["users"][name] for name in ("alice", "bob", "carol"))
        devs = idp.names["groups"]["devs"]
        over = {"op": "remove", "path": "members", "value": [{"value": f"x{i}"} for i in range(101)]}
        override(server, scim_member_cap="none")
        same("no cap", idp.patch(f"Groups/{devs}", over).status, 204)
        override(server)
        same("the cap again", idp.patch(f"Groups/{devs}", over).status, 400)
        override(server, scim_members_on_get="always")
        same("members are listed", sorted(member["value"] for member in idp.call("GET", f"Groups/{devs}").json["members"]), sorted([alice, bob]))
        whole = {"op": "replace", "path": "members", "value": [{"value": bob}, {"value": carol}]}
        override(server, scim_members_replaced="ignored")
        same("a replacement is accepted", idp.patch(f"Groups/{devs}", whole).status, 204)
        check("and not done", is_in(idp, devs, alice) and not is_in(idp, devs, carol))
        override(server, scim_members_replaced="done")
        same("a replacement", idp.patch(f"Groups/{devs}", whole).status, 204)
        same("is done", [is_in(idp, devs, each) for each in (alice, bob, carol)], [False, True, True])
        same("with nobody", idp.patch(f"Groups/{devs}", {"op": "remove", "path": "members"}).status, 204)
        same("all out", [is_in(idp, devs, each) for each in (alice, bob, carol)], [False, False, False])
        override(server, scim_page_cap="50")
        same("51", idp.call("GET", "Users?count=51").status, 400)
        same("50", idp.call("GET", "Users?count=50").status, 200)
        override(server, scim_start_index="honored")
        page = idp.call("GET", "Users?startIndex=2&count=1").json
        same("pages by index", (page["totalResults"], page["itemsPerPage"], page["startIndex"], [item["id"] for item in page["Resources"]]),
             (3, 1, 2, [bob]))
        same("no number", idp.call("GET", "Users?startIndex=x").status, 400)
        override(server, scim_unsupported="refused")
        for more in ({"password": "x"}, {"photos": []}, {"shoe": 1}, {"emails": [{"value": "a@example.com", "display": "x"}]}):
            same(f"strict: {more}", idp.call("POST", "Users", user("strict", **more)).status, 400)
        same("strict: PATCH", idp.patch(f"Users/{alice}", {"op": "add", "path": "photos", "value": []}).status, 400)
        same("strict: what is known", idp.call("POST", "Users", user("strict", id="x", meta={})).status, 201)
        override(server, scim_rate="documented")
        made = [idp.call("POST", "Groups", {"displayName": f"r{i}"}).status for i in range(27)]
        same("25 writes a second", made, [201] * 25 + [429] * 2)
        same("of each operation", idp.call("DELETE", f"Groups/{devs}").status, 204)
        same("40 reads a second", [idp.call("GET", f"Users/{alice}").status for i in range(41)], [200] * 40 + [429])
        server.control("POST", "clock/advance", {"by": "PT1S"})
        same("the next second", idp.call("POST", "Groups", {"displayName": "later"}).status, 201)
        same("and reads", idp.call("GET", f"Users/{alice}").status, 200)


if __name__ == "__main__":
    sys.exit(main([groups_from_birth_to_death, membership_in_every_form, refused_groups_change_nothing, filters_find_what_they_name,
                   pages_by_cursor_and_without, what_the_server_says_about_itself, the_paths_that_lead_here, quirks_can_be_switched_off]))
