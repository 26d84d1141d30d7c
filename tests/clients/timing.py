# SPDX-License-Identifier: MIT
"""Documented timing on the wire, the line per change that a watcher sees, and the story of one user."""
import sys

from checks import check, main, same
from server import Server

WORLD = {"start": "2026-06-10T09:00:00Z", "users": ["alice", "bob"], "groups": {"devs": ["alice"], "none": []},
         "assignments": [{"to": "group:devs", "at": "2026-03-01T00:00:00Z"}],
         "uses": [{"user": "alice", "at": "2026-03-05T00:00:00Z"}]}
OWNER = "555566667777"


def seat(server, user_id):
    rows = server.get(f"subscriptions?user_id={user_id}")["subscriptions"]
    return [(row["status"], row["access"]) for row in rows]


def advance(server, by):
    same(f"advance {by}", server.control("POST", "clock/advance", {"by": by}).status, 200)


def membership(server, store, group, user):
    answer = server.aws("identitystore", "CreateGroupMembership", {
        "IdentityStoreId": store, "GroupId": group, "MemberId": {"UserId": user}})
    return answer.json["MembershipId"]


def an_instance_comes_and_goes_by_its_states(program, folder):
    with Server(program, folder, "--timing", "documented") as server:
        arn = server.aws("sso-admin", "CreateInstance", {}, key=OWNER).json["InstanceArn"]

        def described():
            answer = server.aws("sso-admin", "DescribeInstance", {"InstanceArn": arn}, key=OWNER)
            return answer.code or answer.json["Status"]

        store = server.aws("sso-admin", "DescribeInstance", {"InstanceArn": arn}, key=OWNER).json["IdentityStoreId"]
        listing = {"IdentityStoreId": store}
        profile = {"profileName": "KiroProfile-us-east-1",
                   "referenceTrackerConfiguration": {"recommendationsWithReferences": "ALLOW"},
                   "identitySource": {"ssoIdentitySource": {"instanceArn": arn, "ssoRegion": "us-east-1"}}}
        same("new", described(), "CREATE_IN_PROGRESS")
        same("nobody can be listed yet", server.aws("identitystore", "ListUsers", listing, key=OWNER).code, "ConflictException")
        same("no profile yet", server.aws("codewhisperer", "CreateProfile", profile, key=OWNER).code, "ConflictException")
        advance(server, "2m")
        same("ready", described(), "ACTIVE")
        same("a directory", server.aws("identitystore", "ListUsers", listing, key=OWNER).status, 200)
        same("a profile", server.aws("codewhisperer", "CreateProfile", profile, key=OWNER).status, 200)
        user = server.aws("identitystore", "CreateUser", {
            "IdentityStoreId": store, "UserName": "u", "DisplayName": "U",
            "Name": {"GivenName": "U", "FamilyName": "U"}}, key=OWNER).json["UserId"]
        subscribe = {"principalId": user, "principalType": "USER", "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO"}
        same("the profile is not ready", server.aws("q", "CreateAssignment", subscribe, key=OWNER).code, "AccessDeniedException")
        advance(server, "1m")
        same("now it is", server.aws("q", "CreateAssignment", subscribe, key=OWNER).status, 200)
        same("deleted", server.aws("sso-admin", "DeleteInstance", {"InstanceArn": arn}, key=OWNER).status, 200)
        same("going", described(), "DELETE_IN_PROGRESS")
        same("again is harmless", server.aws("sso-admin", "DeleteInstance", {"InstanceArn": arn}, key=OWNER).status, 200)
        same("its directory is closed", server.aws("identitystore", "ListUsers", listing, key=OWNER).code, "ResourceNotFoundException")
        advance(server, "2m")
        same("gone", described(), "AccessDeniedException")
        same("not listed", server.aws("sso-admin", "ListInstances", {}, key=OWNER).json["Instances"], [])
        same("its seat goes on until Kiro sees it", seat(server, user), [("PENDING", False)])
        advance(server, "24h")
        same("and ends then", seat(server, user), [("CANCELED", False)])


def group_changes_travel_for_a_day(program, folder):
    with Server(program, folder, "--timing", "documented") as server:
        names = server.load(WORLD)
        store, devs, bob = names["instances"]["main"]["identity_store_id"], names["groups"]["devs"], names["users"]["bob"]
        id_of_bob = membership(server, store, devs, bob)
        same("not at once", seat(server, bob), [])
        advance(server, "86399s")
        same("not a second early", seat(server, bob), [])
        advance(server, "1s")
        same("after a day", seat(server, bob), [("PENDING", True)])
        server.aws("identitystore", "DeleteGroupMembership", {"IdentityStoreId": store, "MembershipId": id_of_bob})
        same("still there", seat(server, bob), [("PENDING", True)])
        advance(server, "12h")
        again = membership(server, store, devs, bob)
        advance(server, "12h")
        same("taken back in time, the removal was never seen", seat(server, bob), [("PENDING", True)])
        advance(server, "12h")
        same("nor the new membership", seat(server, bob), [("PENDING", True)])
        server.aws("identitystore", "DeleteGroupMembership", {"IdentityStoreId": store, "MembershipId": again})
        other = membership(server, store, names["groups"]["none"], bob)
        check("another change of his does not hurry it", seat(server, bob) == [("PENDING", True)], other)


def a_session_outlives_its_user_for_two_hours(program, folder):
    with Server(program, folder, "--timing", "documented") as server:
        names = server.load(WORLD)
        alice = names["users"]["alice"]
        server.control("POST", "users/disable", {"user_id": alice})
        same("sign-in ends at once", server.control("POST", "tokens", {"user_id": alice}).status, 403)
        same("the session does not", seat(server, alice), [("ACTIVE", True)])
        advance(server, "7199s")
        same("to its last second", seat(server, alice), [("ACTIVE", True)])
        advance(server, "1s")
        same("then it ends", seat(server, alice), [("ACTIVE", False)])
        advance(server, "22h")
        same("and the seat after a day", seat(server, alice), [("CANCELED", False)])


def a_trigger_before_the_month_turns_decides_the_charge(program, folder):
    with Server(program, folder, "--timing", "documented") as server:
        names = server.load(dict(WORLD, start="2026-06-30T20:00:00Z"))
        alice, store = names["users"]["alice"], names["instances"]["main"]["identity_store_id"]
        server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": alice})
        same("the forecast knows", server.get("bill?month=2026-07")["total"], "0.00")
        advance(server, "5h")
        same("still shown", seat(server, alice), [("ACTIVE", False)])
        same("but not charged", server.get("bill?month=2026-07")["total"], "0.00")
        advance(server, "24h")
        same("canceled late", seat(server, alice), [("CANCELED", False)])
        same("and still not charged", server.get("bill?month=2026-07")["total"], "0.00")


def a_watcher_sees_every_seat_move(program, folder):
    for options, expected in (((), True), (("--quiet",), False)):
        with Server(program, folder, *options) as server:
            names = server.load(WORLD)
            alice, store = names["users"]["alice"], names["instances"]["main"]["identity_store_id"]
            server.log.write_text("")
            server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": "0" * 8 + "-0000-4000-8000-" + "0" * 12})
            server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": alice})
            line = "2026-06-10T09:00:00Z alice: ACTIVE pro -> CANCELED pro (auto-user-deleted)\n"
            same(f"{options}", server.log.read_text(), line if expected else "")


def the_story_of_a_user_is_a_chain_of_causes(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        alice, store = names["users"]["alice"], names["instances"]["main"]["identity_store_id"]
        server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": alice})
        entries = server.get(f"explain?user_id={alice}")["entries"]
        known = {entry["seq"]: entry for entry in entries}
        same("in order", [entry["seq"] for entry in entries], sorted(known))
        check("every cause is told", all(entry["cause_seq"] in known for entry in entries if entry["cause_seq"]), entries)
        last = [entry for entry in entries if entry["event"] == "seat"][-1]
        same("the end of it", (last["event"], last["rule"], known[last["cause_seq"]]["event"]),
             ("seat", "auto-user-deleted", "DeleteUser"))
        charges = [entry for entry in entries if entry["event"] == "charge"]
        same("a line per month", [entry["after"] for entry in charges],
             ["17.42 for 2026-03", "20.00 for 2026-04", "20.00 for 2026-05", "20.00 for 2026-06"])
        check("each with its cause", [known[entry["cause_seq"]]["event"] for entry in charges] == ["use", "claim", "claim", "claim"], charges)


if __name__ == "__main__":
    sys.exit(main([an_instance_comes_and_goes_by_its_states, group_changes_travel_for_a_day,
                   a_session_outlives_its_user_for_two_hours, a_trigger_before_the_month_turns_decides_the_charge,
                   a_watcher_sees_every_seat_move, the_story_of_a_user_is_a_chain_of_causes]))
