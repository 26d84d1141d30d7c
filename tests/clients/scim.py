# SPDX-License-Identifier: MIT
"""SCIM in AWS's dialect: what identity providers send when somebody is unassigned, disabled, deleted."""
import sys

from checks import check, main, same
from provider import Provider, user
from server import Server, send

WORLD = {"start": "2026-06-04T09:00:00Z",
         "users": ["alice", "bob"], "groups": {"devs": ["alice", "bob"], "ops": []},
         "assignments": [{"to": "group:devs", "at": "2026-03-01T00:00:00Z"}],
         "uses": [{"user": "alice", "at": "2026-03-02T00:00:00Z"}, {"user": "bob", "at": "2026-03-02T00:00:00Z"}]}


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
        server.control("POST", "clock/advance", {"by": "30d"})
        second = server.control("POST", "scim-tokens", {"instance": arn})
        same("a second token", second.status, 200)
        same("of the same tenant", second.json["tenant"], idp.names["scim"]["main"]["tenant"])
        check("its URL is absolute", second.json["url"].startswith(server.url), second.json)
        same("no third", server.control("POST", "scim-tokens", {"instance": arn}).status, 400)
        same("of no instance", server.control("POST", "scim-tokens", {"instance": arn[:-1] + "x"}).status, 404)
        listed = server.get(f"scim-tokens?instance={arn}")["tokens"]
        same("listed", [(row["token"], row["created"], row["expires"], row["expired"]) for row in listed],
             [(idp.token, "2026-06-04T09:00:00Z", "2027-06-04T09:00:00Z", False),
              (second.json["token"], "2026-07-04T09:00:00Z", "2027-07-04T09:00:00Z", False)])
        server.control("POST", "clock/advance", {"to": "2027-06-04T08:59:59Z"})
        same("both good", [idp.call("GET", "Users", token=row["token"]).status for row in listed], [200, 200])
        server.control("POST", "clock/advance", {"by": "1s"})
        same("one has expired", [idp.call("GET", "Users", token=row["token"]).status for row in listed], [401, 200])
        same("and is said to have", [row["expired"] for row in server.get(f"scim-tokens?instance={arn}")["tokens"]], [True, False])
        third = server.control("POST", "scim-tokens", {"instance": arn})
        same("there is room for another", third.status, 200)
        same("which is good", idp.call("GET", "Users", token=third.json["token"]).status, 200)


def a_token_taken_back_is_refused(program, folder):
    server, idp = started(program, folder)
    with server:
        arn = idp.names["instances"]["main"]["arn"]
        fresh = server.control("POST", "scim-tokens", {"instance": arn}).json["token"]
        same("take back the old", server.control("DELETE", "scim-tokens", {"token": idp.token}).status, 200)
        same("refused", idp.call("GET", "Users").status, 401)
        same("the new one is not", idp.call("GET", "Users", token=fresh).status, 200)
        same("twice", server.control("DELETE", "scim-tokens", {"token": idp.token}).status, 404)
        same("listed alone", [row["token"] for row in server.get(f"scim-tokens?instance={arn}")["tokens"]], [fresh])
        same("of no instance", server.control("GET", "scim-tokens?instance=x").status, 404)
        same("of none said", server.control("GET", "scim-tokens").status, 400)


def a_tenant_is_one_instance(program, folder):
    world = {"accounts": {"a": {}, "b": {}}, "instances": {"one": {"account": "a"}, "two": {"account": "b"}},
             "profiles": {}, "users": {"ann": {"instance": "one"}, "ben": {"instance": "two"}}, "groups": {"g": {"instance": "two"}}}
    server = Server(program, folder)
    with server:
        names = server.load(world)
        first = Provider(server, {**names, "scim": {"main": names["scim"]["one"]}})
        second = Provider(server, {**names, "scim": {"main": names["scim"]["two"]}})
        ann, ben, group = names["users"]["ann"], names["users"]["ben"], names["groups"]["g"]
        before = server.get("digest")
        same("each sees his own", [[row["id"] for row in idp.call("GET", "Users").json["Resources"]] for idp in (first, second)],
             [[ann], [ben]])
        same("a token of the other", first.call("GET", "Users", token=second.token).status, 401)
        for method, path, body in (("GET", f"Users/{ben}", None), ("PUT", f"Users/{ben}", user("x")), ("DELETE", f"Users/{ben}", None),
                                   ("GET", f"Groups/{group}", None), ("DELETE", f"Groups/{group}", None)):
            same(f"{method} {path}", first.call(method, path, body).status, 404)
        same("patch him", first.patch(f"Users/{ben}", {"op": "replace", "path": "active", "value": False}).status, 404)
        same("add him", second.patch(f"Groups/{group}", {"op": "add", "path": "members", "value": [{"value": ann}]}).status, 404)
        cursor = first.call("GET", "Users?cursor&count=1").json
        check("nothing more there", "nextCursor" not in cursor, cursor)
        same("nothing changed", server.get("digest"), before)
        made = [idp.create("Users", user("same", externalId="e"))["id"] for idp in (first, second)]
        same("names and external ids are unique in a directory", [idp.find("Users", 'externalId eq "e"')[1] for idp in (first, second)],
             [[made[0]], [made[1]]])


def a_tenant_ends_with_its_account_and_begins_with_its_instance(program, folder):
    world = {"start": "2026-06-04T09:00:00Z", "profiles": {}, "users": {"ann": {"instance": "main"}}, "instances": {"main": {"account": "own", "kind": "account"}},
             "accounts": {"root": {"organization": "acme", "management": True}, "own": {"organization": "acme"}}}
    server = Server(program, folder, "--timing", "documented")
    with server:
        idp = Provider(server, server.load(world))
        root, own, ann = (idp.names[kind][name] for kind, name in (("accounts", "root"), ("accounts", "own"), ("users", "ann")))
        same("in the making", idp.call("GET", f"Users/{ann}").status, 409)
        server.control("POST", "clock/advance", {"by": "1h"})
        same("close it", server.aws("organizations", "CloseAccount", {"AccountId": own}, key=root).status, 200)
        same("not closed yet", idp.call("GET", f"Users/{ann}").status, 200)
        server.control("POST", "clock/advance", {"by": "1h"})
        before = server.get("digest")
        for method, path, body in (("GET", f"Users/{ann}", None), ("DELETE", f"Users/{ann}", None), ("POST", "Users", user("ben"))):
            same(f"closed: {method}", idp.call(method, path, body).status, 403)
        same("a stranger's token", idp.call("GET", f"Users/{ann}", token="x").status, 401)
        same("nothing is done", server.get("digest"), before)
        server.control("POST", "accounts/reopen", {"account": own})
        same("reopened", idp.call("GET", f"Users/{ann}").status, 200)
        server.aws("organizations", "CloseAccount", {"AccountId": own}, key=root)
        server.control("POST", "clock/advance", {"by": "91d"})
        same("gone for good", idp.call("GET", f"Users/{ann}").status, 404)
        made = server.aws("sso-admin", "CreateInstance", key="333333333333").json["InstanceArn"]
        tenant = server.control("POST", "scim-tokens", {"instance": made}).json
        head = {"Authorization": f"Bearer {tenant['token']}"}
        same("another in the making", send(tenant["url"], "GET", "Users", None, head).status, 409)
        server.control("POST", "clock/advance", {"by": "1h"})
        same("created", send(tenant["url"], "GET", "Users", None, head).status, 200)


def a_renamed_user_keeps_his_seat(program, folder):
    server, idp = started(program, folder)
    with server:
        alice = idp.names["users"]["alice"]
        idp.patch(f"Users/{alice}", {"op": "replace", "path": "userName", "value": "alicia"})
        same("active", status(server, alice), [("ACTIVE", None)])
        same("under the new name", [row["user"] for row in server.get(f"subscriptions?user_id={alice}")["subscriptions"]], ["alicia"])


def a_user_who_comes_by_scim_gets_and_loses_a_seat(program, folder):
    server, idp = started(program, folder)
    with server:
        devs = idp.names["groups"]["devs"]
        erin = idp.create("Users", user("erin"))["id"]
        same("none yet", status(server, erin), [])
        idp.patch(f"Groups/{devs}", {"op": "add", "path": "members", "value": [{"value": erin}]})
        same("by the group", status(server, erin), [("PENDING", None)])
        whole = {**user("erin"), "active": False}
        same("put inactive", idp.call("PUT", f"Users/{erin}", whole).json["active"], False)
        same("over", status(server, erin), [("CANCELED", "auto-user-deactivated")])
        ops = idp.create("Groups", {"displayName": "more", "members": [{"value": erin}]})["id"]
        check("a new group with him in it", idp.find("Users", f'groups.value eq "{ops}"')[1] == [erin])
        half = idp.patch(f"Groups/{devs}", {"op": "remove", "path": "members", "value": [{"value": idp.names["users"]["bob"]}]},
                         {"op": "add", "path": "members", "value": [{"value": "nobody"}]})
        same("half a request", half.status, 404)
        same("is none", status(server, idp.names["users"]["bob"]), [("ACTIVE", None)])


if __name__ == "__main__":
    sys.exit(main([every_form_of_deactivation_ends_the_seat, deletion_and_membership_move_seats,
                   strangers_and_nonsense_change_nothing, tokens_are_two_at_most_and_live_a_year, a_token_taken_back_is_refused,
                   a_tenant_is_one_instance,
                   a_tenant_ends_with_its_account_and_begins_with_its_instance, a_renamed_user_keeps_his_seat, a_user_who_comes_by_scim_gets_and_loses_a_seat]))
