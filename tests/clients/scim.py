# SPDX-License-Identifier: MIT
"""SCIM in AWS's dialect: what identity providers send when somebody is unassigned, disabled, deleted."""
import json
import sys
import urllib.parse

from checks import check, main, same
from server import Server, send

WORLD = {"start": "2026-06-04T09:00:00Z",
         "users": ["alice", "bob"], "groups": {"devs": ["alice", "bob"], "ops": []},
         "assignments": [{"to": "group:devs", "at": "2026-03-01T00:00:00Z"}],
         "uses": [{"user": "alice", "at": "2026-03-02T00:00:00Z"}, {"user": "bob", "at": "2026-03-02T00:00:00Z"}]}
PATCH_OP = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]


class Provider:
    """An identity provider's client for one tenant."""

    def __init__(self, server, names):
        self.server = server
        self.names = names
        self.base = names["scim"]["main"]["url"]
        self.token = names["scim"]["main"]["token"]

    def call(self, method, path, body=None, token=None, content_type="application/scim+json"):
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        if body is not None:
            headers["Content-Type"] = content_type
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        return send(self.base, method, path, data, headers)

    def patch(self, path, *operations):
        return self.call("PATCH", path, {"schemas": PATCH_OP, "Operations": list(operations)})

    def find(self, resource, text):
        answer = self.call("GET", f"{resource}?filter={urllib.parse.quote(text)}")
        return answer.status, [item["id"] for item in (answer.json or {}).get("Resources", [])]


def started(program, folder):
    server = Server(program, folder)
    return server, Provider(server, server.load(WORLD))


def status(server, user_id):
    rows = server.get(f"subscriptions?user_id={user_id}")["subscriptions"]
    return [(row["status"], row["rule"]) for row in rows]


def every_form_of_deactivation_ends_the_seat(program, folder):
    forms = [{"op": "replace", "path": "active", "value": False},
             {"op": "replace", "value": {"active": False}},
             {"op": "Replace", "path": "active", "value": "False"},
             {"op": "REPLACE", "path": "Active", "value": "false"},
             {"op": "add", "path": "active", "value": False}]
    for form in forms:
        server, idp = started(program, folder)
        with server:
            alice = idp.names["users"]["alice"]
            answer = idp.patch(f"Users/{alice}", form)
            same(f"{form}: status", answer.status, 200)
            same(f"{form}: whole user", (answer.json["id"], answer.json["active"]), (alice, False))
            same(f"{form}: seat", status(server, alice), [("CANCELED", "auto-user-deactivated")])
            same("a bystander stays", status(server, idp.names["users"]["bob"]), [("ACTIVE", None)])
            answer = idp.patch(f"Users/{alice}", {"op": "replace", "path": "active", "value": True})
            same("enabled again", answer.json["active"], True)
            same("his group grants anew", status(server, alice), [("PENDING", None)])


def deletion_and_membership_move_seats(program, folder):
    server, idp = started(program, folder)
    with server:
        alice, bob = idp.names["users"]["alice"], idp.names["users"]["bob"]
        devs, ops = idp.names["groups"]["devs"], idp.names["groups"]["ops"]
        same("remove by filter path", idp.patch(f"Groups/{devs}", {
            "op": "remove", "path": f'members[value eq "{alice}"]'}).status, 204)
        same("seat of the removed", status(server, alice), [("CANCELED", "auto-group-member-removed")])
        same("again: no error", idp.patch(f"Groups/{devs}", {
            "op": "remove", "path": "members", "value": [{"value": alice}]}).status, 204)
        for operation in ({"op": "add", "path": "members", "value": [{"value": alice}]},
                          {"op": "Add", "value": {"members": [{"value": alice}]}}):
            same(f"{operation['op']}", idp.patch(f"Groups/{devs}", operation).status, 204)
        same("a new seat", status(server, alice), [("PENDING", None)])
        same("members are never listed", idp.call("GET", f"Groups/{devs}").json["members"], [])
        same("but can be asked for", idp.find("Groups", f'id eq "{devs}" and members eq "{alice}"'), (200, [devs]))
        same("no member of another", idp.find("Groups", f'id eq "{ops}" and members eq "{alice}"'), (200, []))
        same("groups of a user", idp.find("Groups", f'members.value eq "{bob}"'), (200, [devs]))
        found, users = idp.find("Users", f'groups.value eq "{devs}"')
        same("users of a group", (found, sorted(users)), (200, sorted([alice, bob])))
        same("delete a user", idp.call("DELETE", f"Users/{bob}").status, 204)
        same("seat of the deleted", status(server, bob), [("CANCELED", "auto-user-deleted")])
        same("he is gone", idp.call("GET", f"Users/{bob}").status, 404)
        same("a filter that names him", idp.find("Groups", f'members.value eq "{bob}"'), (404, []))
        same("delete a group", idp.call("DELETE", f"Groups/{devs}").status, 204)
        same("its members' seats", status(server, alice), [("CANCELED", "E5")])


def lists_and_filters(program, folder):
    server, idp = started(program, folder)
    with server:
        alice, devs = idp.names["users"]["alice"], idp.names["groups"]["devs"]
        whole = idp.call("GET", "Users").json
        same("a list", (whole["totalResults"], whole["itemsPerPage"], whole["startIndex"]), (2, 2, 1))
        same("count caps", len(idp.call("GET", "Users?count=1").json["Resources"]), 1)
        for text, expected in (('userName eq "ALICE"', [alice]), ('USERNAME EQ "alice"', [alice]),
                               ('userName eq "nobody"', []), ('externalId eq "x"', []), (f'id eq "{alice}"', [alice])):
            same(text, idp.find("Users", text), (200, expected))
        same("displayName", idp.find("Groups", 'displayName eq "DEVS"'), (200, [devs]))
        for text in ("userName", 'userName ne "a"', 'userName eq a', 'shoe eq "1"', 'userName eq "a" or id eq "b"',
                     'userName eq "a" and userName eq "b"', 'userName eq "a', 'id eq "a" and', ""):
            same(f"refused: {text}", idp.find("Users", text), (400, []))
        for count in ("0", "101", "x", "-1"):
            same(f"count {count}", idp.call("GET", f"Users?count={count}").status, 400)
        doubled = send(idp.base.replace("/scim/v2/", "//scim/v2//"), "GET", "Users", None,
                       {"Authorization": f"Bearer {idp.token}"})
        same("doubled slashes", doubled.status, 200)


def strangers_and_nonsense_change_nothing(program, folder):
    server, idp = started(program, folder)
    with server:
        alice, devs = idp.names["users"]["alice"], idp.names["groups"]["devs"]
        before = server.get("digest")
        other = send(idp.base.replace(idp.names["scim"]["main"]["tenant"], "nobody"), "GET", "Users", None,
                     {"Authorization": f"Bearer {idp.token}"})
        same("unknown tenant", other.status, 404)
        for token in ("", "wrong", idp.token + "x"):
            same(f"token {token!r}", idp.call("DELETE", f"Users/{alice}", token=token).status, 401)
        active = {"op": "replace", "path": "active", "value": False}
        table = [("PATCH", f"Users/{alice}", b"{", 400), ("PATCH", f"Users/{alice}", {}, 400),
                 ("PATCH", f"Users/{alice}", {"Operations": []}, 400),
                 ("PATCH", f"Users/{alice}", {"Operations": [{"op": "move", "path": "active", "value": False}]}, 400),
                 ("PATCH", f"Users/{alice}", {"Operations": [{"op": "remove", "path": "active"}]}, 400),
                 ("PATCH", f"Users/{alice}", {"Operations": [{"op": "remove"}]}, 400),
                 ("PATCH", f"Users/{alice}", {"Operations": [{"op": "replace", "path": "active", "value": "no"}]}, 400),
                 ("PATCH", f"Users/{alice}", {"Operations": [active, active]}, 400),
                 ("PATCH", f"Users/{alice}", {"Operations": [{"op": "replace", "value": {"active": False, "title": "x"}}]}, 400),
                 ("PATCH", "Users/nobody", {"Operations": [active]}, 404),
                 ("PATCH", f"Groups/{devs}", {"Operations": [{"op": "remove", "path": "members"}]}, 400),
                 ("PATCH", f"Groups/{devs}", {"Operations": [{"op": "replace", "path": "members", "value": []}]}, 400),
                 ("PATCH", f"Groups/{devs}", {"Operations": [{"op": "add", "path": "members", "value": [{"value": "x"}]}]}, 404),
                 ("PATCH", f"Groups/{devs}", {"Operations": [
                     {"op": "remove", "path": "members", "value": [{"value": alice}]},
                     {"op": "add", "path": "members", "value": [{"value": "nobody"}]}]}, 404),
                 ("PATCH", f"Groups/{devs}", {"Operations": [
                     {"op": "add", "path": "members", "value": [{"value": alice}] * 101}]}, 400),
                 ("PATCH", "Groups/nobody", {"Operations": [{"op": "remove", "path": "members", "value": [{"value": alice}]}]}, 404),
                 ("PUT", f"Groups/{devs}", {}, 405), ("GET", "Me", None, 404), ("GET", f"Users/{alice}/x", None, 404),
                 ("DELETE", "Users/nobody", None, 404), ("DELETE", "Groups/nobody", None, 404)]
        for method, path, body, expected in table:
            answer = idp.call(method, path, body)
            same(f"{method} {path} {body}", answer.status, expected)
            check("an error body of SCIM", answer.json["schemas"][0].endswith(":Error") and
                  answer.json["status"] == str(expected), answer)
        same("wrong content type", idp.call("PATCH", f"Users/{alice}", b"x", content_type="text/plain").status, 415)
        same("nothing changed", server.get("digest"), before)


def tokens_are_two_at_most_and_live_a_year(program, folder):
    server, idp = started(program, folder)
    with server:
        arn = idp.names["instances"]["main"]["arn"]
        second = server.control("POST", "scim-tokens", {"instance": arn})
        same("a second token", second.status, 200)
        same("of the same tenant", second.json["tenant"], idp.names["scim"]["main"]["tenant"])
        check("its URL is absolute", second.json["url"].startswith(server.url), second.json)
        same("no third", server.control("POST", "scim-tokens", {"instance": arn}).status, 400)
        same("of no instance", server.control("POST", "scim-tokens", {"instance": arn[:-1] + "x"}).status, 404)
        server.control("POST", "clock/advance", {"by": "364d"})
        same("still good", idp.call("GET", "Users").status, 200)
        server.control("POST", "clock/advance", {"by": "2d"})
        same("expired", idp.call("GET", "Users").status, 401)


if __name__ == "__main__":
    sys.exit(main([every_form_of_deactivation_ends_the_seat, deletion_and_membership_move_seats, lists_and_filters,
                   strangers_and_nonsense_change_nothing, tokens_are_two_at_most_and_live_a_year]))
