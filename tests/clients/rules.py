# SPDX-License-Identifier: MIT
"""Rules per edition, single parameters and delays, what is held by hand, credits and their cap, reported deviations: on the wire."""
import json
import sys

from checks import check, main, same
from server import Server, fail_to_serve, send

WORLD = {"start": "2026-06-10T09:00:00Z", "users": ["alice", "bob"], "groups": {"devs": ["alice"]},
         "assignments": [{"to": "group:devs", "at": "2026-03-01T00:00:00Z"}, {"to": "user:bob", "at": "2026-03-01T00:00:00Z"}],
         "uses": [{"user": "alice", "at": "2026-03-05T00:00:00Z"}, {"user": "bob", "at": "2026-03-05T00:00:00Z"}]}
CAP = {"ServiceCode": "kiro", "QuotaCode": "L-75434B0B"}


def override(server, **parameters):
    answer = server.control("PUT", "edition", {"override": parameters})
    same(f"override {parameters}", answer.status, 200)
    return answer.json


def leave(server, names, user, group):
    store = names["instances"]["main"]["identity_store_id"]
    found = server.aws("identitystore", "GetGroupMembershipId", {
        "IdentityStoreId": store, "GroupId": names["groups"][group], "MemberId": {"UserId": names["users"][user]}}).json
    answer = server.aws("identitystore", "DeleteGroupMembership", {
        "IdentityStoreId": store, "MembershipId": found["MembershipId"]})
    same(f"{user} leaves {group}", answer.status, 200)


def seat(server, user_id):
    return server.get(f"subscriptions?user_id={user_id}")["subscriptions"][0]


def use(server, names, user, credits, **more):
    return server.control("POST", "use", {"user_id": names["users"][user], "profile_arn": names["profiles"]["main"],
                                          "credits": credits} | more).json


def rules_have_words_and_levels_of_their_edition(program, folder):
    with Server(program, folder) as server:
        def rules(query=""):
            return {rule["id"]: rule for rule in server.get("rules" + query)["rules"]}
        default, old = rules(), rules("?edition=kiro-2025-11")
        same("as many in every edition", sorted(default), sorted(old))
        same("102 of them", len(default), 102)
        same("the edition is named", {rule["edition"] for rule in old.values()}, {"kiro-2025-11"})
        same("the status of a deleted user is documented", default["auto-user-deleted"]["level"]["status"], "documented")
        same("not in 2025", old["auto-user-deleted"]["level"]["status"], "inferred")
        check("access has other words", default["access-after-cancel"]["outcome"] != old["access-after-cancel"]["outcome"])
        server.control("PUT", "edition", {"name": "kiro-2025-11"})
        same("the one in force, unless another is named", rules(), old)
        answer = server.control("GET", "rules?edition=kiro-1999")
        same("an unknown edition", (answer.status, answer.path), (400, "/edition"))
        check("is told the known ones", "script-month-end" in answer.message, answer)


def a_delay_is_fixed_drawn_or_held(program, folder):
    with Server(program, folder, "--override", "group_remove_lag=2h", "--override", "tier_drop=now") as server:
        parameters = server.get("edition")["parameters"]
        same("from the command line", (parameters["group_remove_lag"], parameters["tier_drop"]), ("2h", "now"))
        names = server.load(WORLD)
        alice = names["users"]["alice"]
        leave(server, names, "alice", "devs")
        server.control("POST", "clock/advance", {"by": "PT1H59M59S"})
        same("before two hours", seat(server, alice)["status"], "ACTIVE")
        server.control("POST", "clock/advance", {"by": "1s"})
        same("after two hours", seat(server, alice)["status"], "CANCELED")
    ends = set()
    for seed in (1, 2, 3):
        with Server(program, folder, "--seed", seed, "--override", "group_remove_lag=1m..20h") as server:
            names = server.load(WORLD)
            leave(server, names, "alice", "devs")
            server.control("POST", "clock/advance", {"by": "P1D"})
            ends.add(seat(server, names["users"]["alice"])["canceled_at"])
    check("a window is drawn from by the seed", len(ends) > 1, ends)
    with Server(program, folder) as server:
        names = server.load(WORLD)
        alice = names["users"]["alice"]
        same("by hand", override(server, group_remove_lag="by-hand")["parameters"]["group_remove_lag"], "by-hand")
        leave(server, names, "alice", "devs")
        server.control("POST", "clock/advance", {"by": "P60D"})
        same("two months later", seat(server, alice)["status"], "ACTIVE")
        held = server.get("propagation")
        same("the table", held["lags"]["group_remove_lag"], "by-hand")
        same("what is held", [(item["lag"], item["user_id"], item["rule"]) for item in held["held"]],
             [("group_remove_lag", alice, "auto-group-member-removed")])
        same("another's release", server.control("POST", "propagation/release", {"user_id": names["users"]["bob"]}).json,
             {"released": 0})
        same("its release", server.control("POST", "propagation/release", {"lag": "group_remove_lag"}).json, {"released": 1})
        same("now", seat(server, alice)["status"], "CANCELED")
        same("charged by the trigger (E28)", server.get("bill?month=2026-07&user_id=" + alice)["total"], "0.00")
        answer = server.control("POST", "propagation/release", {"lag": "grace"})
        same("an unknown delay", (answer.status, answer.path), (400, "/lag"))
    for value, words in (("group_remove_lag", "NAME=VALUE"), ("group_remove_lag=soon", "by-hand"), ("wings=2", "tier_drop")):
        code, said = fail_to_serve(program, "--override", value)
        check(f"--override {value}: refused in one line", code == 2 and words in said and said.count("\n") == 1, said)


def credits_and_the_cap_on_overage(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        profile, bob = names["profiles"]["main"], names["users"]["bob"]

        def quota(operation, body, region="us-east-1"):
            return server.aws("servicequotas", operation, body, region, key=profile.split(":")[4])
        same("the allowance", use(server, names, "bob", "999.99"), {"allowed": True})
        same("its end", use(server, names, "bob", "0.05"), {"allowed": False, "code": "ServiceQuotaExceededException"})
        on = {"profileArn": profile, "optInFeatures": {"overageConfiguration": {"overageStatus": "ENABLED"}}}
        same("overage on", server.aws("codewhisperer", "UpdateProfile", on, key=profile.split(":")[4]).status, 200)
        same("goes beyond", use(server, names, "bob", "10.00"), {"allowed": True})
        same("counted", seat(server, bob)["credits"], {"allowance": "1000.00", "used": "1009.99", "overage": "9.99"})
        bill = server.get("bill?month=2026-06&user_id=" + bob)
        same("billed", [(line["kind"], line["amount"], line["rule"]) for line in bill["lines"]],
             [("charge", "20.00", "bill-per-profile"), ("overage", "0.40", "overage-profile-wide")])
        same("the total is the sum", bill["total"], "20.40")
        same("the quota", quota("GetServiceQuota", CAP).json["Quota"]["Value"], 10000)
        same("nobody else's", quota("GetServiceQuota", CAP | {"QuotaCode": "L-00000000"}).code, "NoSuchResourceException")
        same("lower", quota("RequestServiceQuotaIncrease", CAP | {"DesiredValue": 100}).code, "IllegalArgumentException")
        raised = quota("RequestServiceQuotaIncrease", CAP | {"DesiredValue": 10000.5}).json["RequestedQuota"]
        same("higher", (raised["Status"], raised["DesiredValue"]), ("APPROVED", 10000.5))
        same("applied", [item["Value"] for item in quota("ListServiceQuotas", {"ServiceCode": "kiro"}).json["Quotas"]], [10000.5])
        same("the default stays", quota("GetAWSDefaultServiceQuota", CAP).json["Quota"]["Value"], 10000)
        same("by Region", quota("GetServiceQuota", CAP, "eu-central-1").json["Quota"]["Value"], 10000)
        override(server, overage_cap="absent")
        same("an edition without it", quota("GetServiceQuota", CAP).code, "NoSuchResourceException")
        server.control("POST", "clock/advance", {"to": "next-month"})
        same("the whole allowance again", seat(server, bob)["credits"], {"allowance": "1000.00", "used": "0.00", "overage": "0.00"})


def a_story_says_what_each_step_is_and_why(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        alice, store = names["users"]["alice"], names["instances"]["main"]["identity_store_id"]
        server.aws("q", "CreateAssignment", {"principalId": alice, "principalType": "USER",
                                             "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO_PLUS"})
        raised = [(entry["kind"], entry["rule"]) for entry in server.get(f"explain?user_id={alice}")["entries"][-5:]]
        same("a plan beside the group's is no second seat", raised,
             [(kind, "bill-highest-tier-per-profile") for kind in ("event", "claim", "seat")] +
             [("bill", "upgrade-immediate-refund-lower")] * 2)
        server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": alice})
        entries = server.get(f"explain?user_id={alice}")["entries"]
        kinds = {entry["kind"] for entry in entries}
        same("every kind of step", kinds, {"event", "membership", "claim", "seat", "access", "bill"})
        check("every rule has a source and a level", all(entry["source"] and entry["level"] for entry in entries if entry["rule"]))
        end = [entry for entry in entries if entry["rule"] == "auto-user-deleted"]
        same("the end of it", [(entry["kind"], entry["event"]) for entry in end],
             [("event", "DeleteUser"), ("membership", "membership ends"), ("claim", "claim"), ("claim", "claim"), ("seat", "seat")])
        same("access", [(entry["event"], entry["level"]) for entry in entries if entry["kind"] == "access"],
             [("access begins", "documented"), ("access ends", "documented-but-contradicted")])
        check("the timeline is as it was", "kind" not in server.get(f"timeline?user_id={alice}")["entries"][0])


def a_users_token_administers_nothing(program, folder):
    """Rule unsubscribe-by-admin-only, also where signatures do not matter."""
    for auth in (("none",), ("scope",), ("verify", "--credential", "AKIDEXAMPLE:secret")):
        with Server(program, folder, "--auth", *auth) as server:
            bob = server.load(WORLD)["users"]["bob"]
            token = server.control("POST", "tokens", {"user_id": bob}).json["access_token"]
            answer = send(server.url, "POST", "/", json.dumps({"principalId": bob, "principalType": "USER"}).encode(), {
                "Content-Type": "application/x-amz-json-1.0", "Authorization": f"Bearer {token}",
                "X-Amz-Target": "AmazonQDeveloperService.DeleteAssignment"})
            same(f"--auth {auth[0]}: refused", (answer.status, answer.code), (400, "MissingAuthenticationTokenException"))
            same(f"--auth {auth[0]}: the seat stays", seat(server, bob)["entitled"], True)


def a_group_has_a_status_in_one_reading(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        devs = {"group_id": names["groups"]["devs"], "profile_arn": names["profiles"]["main"], "plan": "pro"}
        same("none", server.get("subscriptions")["groups"], [devs | {"status": None}])
        override(server, group_status="subscribed")
        same("as the sister product has it", server.get("subscriptions")["groups"], [devs | {"status": "Subscribed"}])


def reported_deviations_are_listed_with_their_issues(program, folder):
    with Server(program, folder, "--deviation", "assignment-denied") as server:
        listed = {item["name"]: item for item in server.get("deviations")["deviations"]}
        reported = {name: item for name, item in listed.items() if name.startswith("dev-")}
        same("28 of them", len(reported), 28)
        same("without their prefix, too", [name for name, item in listed.items() if item["on"]], ["dev-assignment-denied"])
        check("issues are numbers", all(part.startswith("#") and part[1:].isdigit() for item in reported.values()
                                        if item["issue"] for part in item["issue"].split(", ")))
        names = server.load(WORLD)
        answer = server.aws("q", "CreateAssignment", {
            "principalId": names["users"]["alice"], "principalType": "USER", "profileArn": names["profiles"]["main"],
            "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO"}, key=names["profiles"]["main"].split(":")[4])
        same("denied", answer.code, "AccessDeniedException")
        server.control("PUT", "deviations", {"on": ["dev-entitlement-split"]})
        same("in the editor", use(server, names, "bob", "60", client="ide"), {"allowed": True})
        same("on the command line", use(server, names, "bob", "1")["allowed"], False)


if __name__ == "__main__":
    sys.exit(main([rules_have_words_and_levels_of_their_edition, a_delay_is_fixed_drawn_or_held, credits_and_the_cap_on_overage,
                   a_story_says_what_each_step_is_and_why, a_users_token_administers_nothing, a_group_has_a_status_in_one_reading,
                   reported_deviations_are_listed_with_their_issues]))
