#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The world as a whole: the same twice, as a document, in time, under another reading, in other Regions."""
import json
import re
import sys

from checks import check, main, same
from server import Server, fail_to_serve, poll, send
from world_documents import LOOSE_ATTRIBUTES, NOBODY, RICH, SMALL, WRONG_DOCUMENTS, WRONG_FILES, person

START = "2026-01-01T00:00:00Z"
PRO = "Q_DEVELOPER_STANDALONE_PRO"
TRACKER = {"recommendationsWithReferences": "ALLOW"}


class Story:
    """A sequence of requests whose ids come from the answers before; remembers every answer."""

    def __init__(self, server):
        self.server = server
        self.answers = []

    def keep(self, answer):
        same("content-length", answer.headers.pop("content-length"), str(len(answer.body)))
        headers = {name: value for name, value in answer.headers.items() if name != "date"}
        body = answer.body.replace(self.server.url.encode(), b"http://SERVER")
        self.answers.append((answer.status, headers, body))
        return answer.json

    def control(self, method, path, body=None):
        return self.keep(self.server.control(method, path, body))

    def aws(self, service, operation, body, **more):
        return self.keep(self.server.aws(service, operation, body, **more))


def play(server):
    """About seventy requests of every kind, some of them refused."""
    story = Story(server)
    names = story.control("PUT", "world", SMALL)
    store = {"IdentityStoreId": names["instances"]["main"]["identity_store_id"]}
    seats = {"instanceArn": names["instances"]["main"]["arn"]}
    users, groups = [], []
    for number in range(6):
        users.append(story.aws("identitystore", "CreateUser", {**store, **person(f"user{number}")})["UserId"])
        groups.append(story.aws("identitystore", "CreateGroup", {**store, "DisplayName": f"g{number}"})["GroupId"])
        story.aws("identitystore", "CreateUser", {**store, **person("alice")})
        story.aws("identitystore", "CreateGroupMembership",
                  {**store, "GroupId": groups[-1], "MemberId": {"UserId": users[-1]}})
        story.aws("q", "CreateAssignment", {"principalId": groups[-1], "principalType": "GROUP",
                                            "subscriptionType": PRO})
    for user in users[:3]:
        story.control("POST", "use", {"user_id": user, "profile_arn": names["profiles"]["main"]})
        story.aws("q", "CreateAssignment", {"principalId": user, "principalType": "USER"})
        story.control("POST", "tokens", {"user_id": user})
    story.aws("identitystore", "DeleteUser", {**store, "UserId": users[0]})
    story.aws("identitystore", "DeleteUser", {**store, "UserId": users[0]})
    story.aws("identitystore", "DeleteGroup", {**store, "GroupId": groups[1]})
    story.control("POST", "users/disable", {"user_id": users[2]})
    story.control("POST", "users/enable", {"user_id": users[2]})
    story.control("POST", "users/enable", {"user_id": NOBODY})
    token = story.aws("identitystore", "ListUsers", {**store, "MaxResults": 2})["NextToken"]
    story.aws("identitystore", "ListUsers", {**store, "MaxResults": 2, "NextToken": token})
    story.aws("identitystore", "ListUsers", {**store, "NextToken": "junk"})
    story.aws("sso-admin", "CreateInstance", {"Name": "lab"}, key="111122223333", region="eu-west-1")
    story.aws("sso-admin", "ListInstances", {})
    story.aws("sso-admin", "Nothing", {})
    story.aws("codewhisperer", "ListProfiles", {})
    story.control("POST", "clock/advance", {"to": "next-month"})
    story.control("POST", "clock/advance", {"by": "yesterday"})
    story.aws("user-subscriptions", "ListUserSubscriptions", seats)
    for path in ("subscriptions", "bill?month=2026-03", "bill?month=2026-05", "clock", "health", "edition", "nothing"):
        story.control("GET", path)
    story.aws("sso-admin", "DeleteInstance", {"InstanceArn": seats["instanceArn"]})
    story.aws("user-subscriptions", "ListUserSubscriptions", seats)
    for path in ("world", "timeline", "digest"):
        story.control("GET", path)
    return story.answers


def the_same_seed_tells_the_same_story(program, folder):
    stories = []
    for seed in (7, 7, 8):
        with Server(program, folder, "--seed", seed) as server:
            stories.append(play(server))
    first, again, other = stories
    check("the story is long enough", len(first) >= 60, len(first))
    check("and some of it is refused", sum(status != 200 for status, _, _ in first) >= 10)
    same("the server is never at fault", [body for status, _, body in first if status >= 500], [])
    same("no answer differs", [pair for pair in zip(first, again) if pair[0] != pair[1]], [])
    same("with another seed the same calls succeed", [a[0] for a in other], [a[0] for a in first])
    ids = [set(re.findall(rb"(?!0{8})[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}",
                          b"".join(body for _, _, body in story))) for story in (first, other)]
    same("and no id is the same", ids[0] & ids[1], set())
    check("the digests differ", first[-1][2] != other[-1][2])


def a_reset_world_tells_it_from_the_beginning(program, folder):
    with Server(program, folder, "--seed", 7) as server:
        first = play(server)
        server.control("POST", "reset", {"seed": 7})
        again = play(server)
    same("timeline and digest are those of a new world", [body for _, _, body in again[-3:]],
         [body for _, _, body in first[-3:]])


def new_ids_are_new_after_every_way_to_load(program, folder):
    put = ("PUT", "world", SMALL)
    reset = ("POST", "reset", {"world": SMALL})
    ways = (("PUT world", [put]), ("the same again by a reset", [reset, reset]),
            ("by an empty reset", [("POST", "reset"), put]))
    file = folder / "world.db"
    digests = []
    with Server(program, folder, "--db", file) as server:
        for what, load in ways:
            names = [server.control(*call) for call in load][-1].json
            store = {"IdentityStoreId": names["instances"]["main"]["identity_store_id"]}
            digests.append(server.get("digest"))
            refused = server.aws("identitystore", "DeleteUser", {**store, "UserId": NOBODY})
            same(f"{what}: a refusal", refused.code, "ResourceNotFoundException")
            for number in range(8):
                made = server.aws("identitystore", "CreateUser", {**store, **person(f"user{number}")})
                same(f"{what}: user {number} after it", made.status, 200)
    same("every way gives the same world", digests, digests[:1] * len(ways))


LOADED = ("format", "start", "accounts", "instances", "users", "groups", "profiles", "assignments")


def loads_again(what, server):
    """The server's world, dumped, loaded into an empty one, and dumped again."""
    first = server.get("world")
    server.control("POST", "reset")
    answer = server.control("PUT", "world", first)
    if not check(f"{what}: the dump loads", answer.status == 200, answer):
        return
    second = server.get("world")
    for section in LOADED:
        same(f"{what}: {section} are the same", second[section], first[section])
    same(f"{what}: everybody is named", [list(answer.json[s]) for s in LOADED[2:7]],
         [list(first[s]) for s in LOADED[2:7]])


def a_world_loads_again_from_its_own_dump(program, folder):
    with Server(program, folder) as server:
        server.load(SMALL)
        loads_again("a small world", server)
        server.control("POST", "reset")
        names = server.load(RICH)
        same("names of everything", {section: sorted(value) for section, value in names.items()},
             {"accounts": ["lab", "main"], "groups": ["all", "devs", "eu-devs"], "instances": ["eu", "main"],
              "profiles": ["eu", "far", "main"], "scim": ["eu", "main"],
              "users": ["alice", "bob", "carol", "erik", "frida"]})
        loads_again("a rich world", server)

        server.control("POST", "reset")
        names = server.load(RICH)
        store = {"IdentityStoreId": names["instances"]["main"]["identity_store_id"]}
        server.aws("identitystore", "DeleteUser", {**store, "UserId": names["users"]["alice"]}, key="111122223333")
        server.aws("identitystore", "DeleteGroup", {**store, "GroupId": names["groups"]["devs"]}, key="111122223333")
        server.aws("identitystore", "CreateUser", {**store, **person("alice")}, key="111122223333")
        server.aws("codewhisperer", "DeleteProfile", {"profileArn": names["profiles"]["far"]}, key="111122223333")
        server.control("POST", "clock/advance", {"by": "P40D"})
        loads_again("a world with holes", server)

        server.control("POST", "reset")
        names = server.load(RICH)
        server.aws("sso-admin", "DeleteInstance", {"InstanceArn": names["instances"]["eu"]["arn"]},
                   key="444455556666", region="eu-central-1")
        loads_again("a world without one of its instances", server)


def a_seat_bought_for_somebody_disabled_loads_again(program, folder):
    with Server(program, folder) as server:
        alice = server.load(SMALL)["users"]["alice"]
        server.control("POST", "users/disable", {"user_id": alice})
        server.control("POST", "clock/advance", {"by": "P1D"})
        answer = server.aws("q", "CreateAssignment", {"principalId": alice, "principalType": "USER"})
        same("it can be bought", answer.status, 200)
        server.control("POST", "clock/advance", {"by": "P1D"})
        standing = [a["to"] for a in server.get("world")["assignments"]]
        same("it stands", standing, ["group:devs", "user:alice"])
        world = server.get("world")
        server.control("POST", "reset")
        server.load(world)
        same("it stands in the world loaded again", sorted(a["to"] for a in server.get("world")["assignments"]),
             ["group:devs", "user:alice"])


def wrong_documents_are_refused(program, folder):
    with Server(program, folder) as server:
        before = server.get("digest")
        for what, document, path, words in WRONG_DOCUMENTS:
            for method, call, body, prefix in (("PUT", "world", document, ""),
                                               ("POST", "reset", {"world": document}, "/world")):
                answer = server.control(method, call, body)
                if not same(f"{method} {what}", (answer.status, answer.code), (400, "ValidationException")):
                    server.control("POST", "reset")
                    continue
                same(f"{method} {what}: path", answer.path, prefix + path)
                check(f"{method} {what}: the message says {words!r}", words in answer.message, answer)
        same("nothing was loaded", server.get("digest"), before)
        server.load(SMALL)
        before = server.get("digest")
        same("a world that is not empty", server.control("PUT", "world", SMALL).status, 409)
        same("two starts", server.control("POST", "reset", {"start": START, "world": SMALL}).status, 400)
        same("the same start twice is one", server.control("POST", "reset", {
            "start": SMALL["start"], "world": SMALL}).status, 200)
        same("refused resets reset nothing, and the last gave the same world", server.get("digest"), before)


def whatever_loads_can_be_listed(program, folder):
    """A document may not bring in what the directory's own calls would refuse."""
    with Server(program, folder) as server:
        for path, attributes in LOOSE_ATTRIBUTES:
            what = f"attributes {attributes}"
            answer = server.control("PUT", "world", {"users": {"alice": {"attributes": attributes}}})
            if answer.status != 200:
                same(what, (answer.status, answer.path), (400, "/users/alice/attributes" + path))
                continue
            store = answer.json["instances"]["main"]["identity_store_id"]
            same(f"{what}: loaded, so they can be listed", server.aws("identitystore", "ListUsers", {
                "IdentityStoreId": store}).status, 200)
            server.control("POST", "reset")
        names = server.load(SMALL)
        listed = server.aws("codewhisperer", "ListProfiles")
        same("the profile of a document can be listed", listed.status, 200)
        if listed.status == 200:
            same("it has the console's name", [(p["arn"], p["profileName"]) for p in listed.json["profiles"]],
                 [(names["profiles"]["main"], "KiroProfile-us-east-1")])


def wrong_world_files_are_refused_with_their_line(program, folder):
    file = folder / "world.json"
    for what, text, line, column, words in WRONG_FILES:
        file.write_text(text)
        code, said = fail_to_serve(program, "--world", file)
        same(f"{what}: exit code", code, 2)
        found = re.search(rf"{re.escape(str(file))}:(\d+):(\d+): (.*)", said)
        if check(f"{what}: FILE:line:column", found is not None, said):
            same(f"{what}: where", (int(found[1]), int(found[2])), (line, column))
            check(f"{what}: the message says {words!r}", words in found[3], said)
        same(f"{what}: one line", len(said.splitlines()), 1)
    code, said = fail_to_serve(program, "--world", folder / "missing.json")
    check("a file that is not there", code == 2 and "missing.json" in said, said)
    file.write_text("// comments may stand in it\n" + json.dumps(SMALL, indent=1))
    database = folder / "world.db"
    with Server(program, folder, "--db", database, "--world", file) as server:
        same("a good file is loaded", server.get("clock")["now"], SMALL["start"])
        server.control("POST", "clock/advance", {"by": "P1D"})
        later = server.get("clock")["now"]
    with Server(program, folder, "--db", database, "--world", file) as server:
        same("but a world that is there goes on", server.get("clock")["now"], later)
        server.control("POST", "reset")
        same("until it is reset", server.get("clock")["now"], SMALL["start"])
    code, ready = fail_to_serve(program, "--db", database, "--world", file)
    check("the line says so", code is None and f"{database} goes on, a reset leads to {file}" in ready, (code, ready))


def the_clock_goes_forward_only(program, folder):
    with Server(program, folder) as server:
        def advance(body):
            return server.control("POST", "clock/advance", body)

        def now():
            return server.get("clock")["now"]
        same("it starts at the default and stands", server.get("clock"), {"now": START, "mode": "frozen"})
        server.control("POST", "reset", {"world": SMALL})
        same("a world's own start", now(), "2026-03-10T09:00:00Z")
        for body, then in (({"by": "20s"}, "2026-03-10T09:00:20Z"), ({"by": "5m"}, "2026-03-10T09:05:20Z"),
                           ({"by": "24h"}, "2026-03-11T09:05:20Z"), ({"by": "2d"}, "2026-03-13T09:05:20Z"),
                           ({"by": "P1D"}, "2026-03-14T09:05:20Z"), ({"by": "PT30M"}, "2026-03-14T09:35:20Z"),
                           ({"by": "P1DT1H"}, "2026-03-15T10:35:20Z"),
                           ({"to": "2026-03-15T10:35:20Z"}, "2026-03-15T10:35:20Z"),
                           ({"to": "2026-03-31T23:59:59Z"}, "2026-03-31T23:59:59Z")):
            same(f"advance {body}", advance(body).json, {"now": then, "settled": 0})
        turned = advance({"to": "next-month"}).json
        same("to the first of the month", turned["now"], "2026-04-01T00:00:00Z")
        check("what was due is done", turned["settled"] > 0, turned)
        same("and again, to the next", advance({"to": "next-month"}).json["now"], "2026-05-01T00:00:00Z")
        same("over a year", advance({"to": "2027-06-15T00:00:00Z"}).json["now"], "2027-06-15T00:00:00Z")
        same("each month was charged", [server.get(f"bill?month={month}")["total"] for month in
                                        ("2026-01", "2026-02", "2026-03", "2026-12", "2027-06")],
             ["0.00", "17.14", "20.00", "20.00", "20.00"])
        before = server.get("digest")
        for method, path, body in (("PUT", "clock", {"now": "2027-06-14T23:59:59Z"}),
                                   ("POST", "clock/advance", {"to": "2026-01-01T00:00:00Z"})):
            answer = server.control(method, path, body)
            same(f"back by {path}", (answer.status, answer.code), (409, "ConflictException"))
            check("what to do instead", "reset" in answer.message, answer)
        wrong = ([("POST", "clock/advance", body, path) for body, path in (
            ({}, ""), ({"by": "P1D", "to": "next-month"}, ""), ({"by": "-P1D"}, "/by"), ({"by": ""}, "/by"),
            ({"by": "1 day"}, "/by"), ({"by": "P"}, "/by"), ({"by": "20"}, "/by"), ({"by": "P9999Y"}, "/by"),
            ({"by": "99999999999d"}, "/by"), ({"by": "P3000000D"}, "/by"),
            ({"to": "tomorrow"}, "/to"), ({"to": "2026-02-30T00:00:00Z"}, "/to"), ({"to": "2028-01-01"}, "/to"),
            ({"to": "2028-01-01T00:00:00"}, "/to"), ({"days": 1}, "/days"))] + [
            ("PUT", "clock", body, path) for body, path in (
                ({"now": "soon"}, "/now"), ({"mode": "fast"}, "/mode"), ({"now": "2028-01-01T00:00:00+25:00"}, "/now"),
                ({"to": START}, "/to"))])
        for method, path, body, pointer in wrong:
            answer = server.control(method, path, body)
            same(f"{path} {body}", (answer.status, answer.code), (400, "ValidationException"))
            same(f"{path} {body}: path", answer.path, pointer)
        for method, path, body in (("POST", "clock/advance", {"by": 5}), ("PUT", "clock", {"now": 5})):
            same(f"{path} {body}", server.control(method, path, body).code, "SerializationException")
        same("refusals change nothing", server.get("digest"), before)
        same("to now is no way back", server.control("PUT", "clock", {"now": now()}).status, 200)


def the_clock_runs_if_told_to(program, folder):
    with Server(program, folder, "--run", "--start", "2026-03-31T23:59:59Z") as server:
        same("it runs", server.get("clock")["mode"], "running")
        poll(lambda: server.get("clock")["now"] > "2026-03-31T23:59:59Z", "a running clock moves", 5)
        stopped = server.control("PUT", "clock", {"mode": "frozen", "now": "2026-04-02T00:00:00Z"}).json
        same("it stops", stopped, {"now": "2026-04-02T00:00:00Z", "mode": "frozen"})
        started = server.control("PUT", "clock", {"mode": "running"}).json
        same("it starts where it stood", started, {"now": "2026-04-02T00:00:00Z", "mode": "running"})
        poll(lambda: server.get("clock")["now"] != "2026-04-02T00:00:00Z", "it moves again", 5)
        server.control("POST", "reset")
        again = server.get("clock")
        same("a reset starts it as the server was started", (again["now"][:13], again["mode"]),
             ("2026-03-31T23", "running"))
    with Server(program, folder, "--start", "now") as server:
        check("now is the wall's", server.get("clock")["now"] > "2026-01-02", server.get("clock"))


def a_reset_says_what_is_in_force(program, folder):
    with Server(program, folder) as server:
        empty = server.get("digest")
        server.load(SMALL)
        names = server.control("POST", "reset", {
            "seed": 5, "start": "2026-02-01T00:00:00Z", "deviations": ["pending-sticks"],
            "edition": {"name": "kiro-2025-11", "override": {"first_month_cancel": "full"}}}).json
        same("an empty world has no names", names, {section: {} for section in
                                                   ("accounts", "instances", "users", "groups", "profiles", "scim")})
        health = server.get("health")
        same("health", (health["status"], health["now"], health["seed"], health["edition"]),
             ("ok", "2026-02-01T00:00:00Z", 5, "kiro-2025-11"))
        edition = server.get("edition")
        same("parameters", [edition["parameters"][name] for name in
                            ("access_after_cancel", "first_month_fee", "first_month_cancel", "proration_days")],
             ["month-end", "full", "full", "inclusive"])
        same("override", edition["override"], {"first_month_cancel": "full"})
        same("deviations", [d["name"] for d in server.get("deviations")["deviations"] if d["on"]], ["dev-pending-sticks"])
        before = server.get("digest")
        for body, path, words in (
                ({"edition": "kiro-1999"}, "/edition", "kiro-2025-11"),
                ({"edition": {"name": "kiro-1999"}}, "/edition/name", "kiro-2025-11"),
                ({"edition": {"name": "kiro-2026-06", "more": 1}}, "/edition/more", "override"),
                ({"edition": {"override": {"wings": "two"}}}, "/edition/override/wings", "unknown parameter"),
                ({"edition": {"override": {"group_add_lag": "soon"}}}, "/edition/override/group_add_lag", "1h..24h"),
                ({"edition": {"override": {"group_add_lag": "2h..1h"}}}, "/edition/override/group_add_lag", "by-hand"),
                ({"edition": {"override": {"group_add_lag": "367d"}}}, "/edition/override/group_add_lag", "366 days"),
                ({"edition": {"override": {"tier_drop": 5}}}, "/edition/override/tier_drop", "month-start, now"),
                ({"edition": {"override": {"first_month_fee": "half"}}}, "/edition/override/first_month_fee",
                 "prorated, full"),
                ({"edition": {"override": ["first_month_fee"]}}, "/edition/override", ""),
                ({"edition": 5}, "/edition", ""), ({"deviations": ["nice-try"]}, "/deviations/0", "unknown deviation"),
                ({"deviations": ["pending-sticks", 5]}, "/deviations/1", "unknown deviation"),
                ({"seed": 0}, "/seed", ""), ({"seed": -1}, "/seed", ""), ({"seed": 1 << 31}, "/seed", ""),
                ({"start": "now"}, "/start", "2026-07-01T00:00:00Z"), ({"timing": "slow"}, "/timing", "instant"),
                ({"colour": "red"}, "/colour", "seed")):
            answer = server.control("POST", "reset", body)
            same(f"reset {body}", (answer.status, answer.code), (400, "ValidationException"))
            same(f"reset {body}: path", answer.path, path)
            check(f"reset {body}: says {words!r}", words in answer.message, answer)
        for parameter in edition["parameters"]:
            answer = server.control("PUT", "edition", {"override": {parameter: edition["parameters"][parameter]}})
            same(f"override {parameter}", answer.status, 200)
            same(f"override {parameter}: shown", answer.json["override"], {parameter: edition["parameters"][parameter]})
        same("put back", server.control("PUT", "edition", {
            "name": "kiro-2025-11", "override": {"first_month_cancel": "full"}}).status, 200)
        same("refused resets reset nothing", server.get("digest"), before)
        server.control("POST", "reset")
        same("a plain reset gives the first world again", server.get("digest"), empty)
    with Server(program, folder, "--edition", "kiro-2025-11", "--deviation", "pending-sticks") as server:
        server.control("POST", "reset")
        same("the command line's edition stays", server.get("health")["edition"], "kiro-2025-11")
        same("and its deviations", [d["name"] for d in server.get("deviations")["deviations"] if d["on"]],
             ["dev-pending-sticks"])
        server.control("POST", "reset", {"edition": "kiro-2026-06", "deviations": []})
        same("unless told otherwise", (server.get("health")["edition"], [
            d["name"] for d in server.get("deviations")["deviations"] if d["on"]]), ("kiro-2026-06", []))
    for option, value, words in (("--edition", "kiro-1999", "kiro-1999"), ("--deviation", "nice-try", "nice-try"),
                                 ("--seed", "0", "--seed"), ("--start", "soon", "soon"),
                                 ("--timing", "slow", "--timing"), ("--fast", "x", "--fast")):
        code, said = fail_to_serve(program, option, value)
        check(f"{option} {value}: refused in one line", code == 2 and words in said and said.count("\n") == 1, said)


def a_token_makes_a_call_repeatable(program, folder):
    with Server(program, folder) as server:
        lab = {"key": "111122223333"}
        profile = {"profileName": "P", "referenceTrackerConfiguration": TRACKER, "clientToken": "once"}
        instance = {"Name": "lab", "Tags": [{"Key": "a", "Value": "b"}], "ClientToken": "once"}
        first = server.aws("sso-admin", "CreateInstance", instance, **lab)
        arn = first.json["InstanceArn"]
        profile["identitySource"] = {"ssoIdentitySource": {"instanceArn": arn}}
        second = server.aws("codewhisperer", "CreateProfile", profile, **lab)
        check("both calls succeed", first.status == 200 and second.status == 200, (first, second))
        before = server.get("digest")
        for service, operation, body, answer in (("sso-admin", "CreateInstance", instance, first),
                                                 ("codewhisperer", "CreateProfile", profile, second)):
            token = "ClientToken" if service == "sso-admin" else "clientToken"
            name = "Name" if service == "sso-admin" else "profileName"
            same(f"{operation} again", server.aws(service, operation, body, **lab).json, answer.json)
            turned = dict(reversed(list(body.items())))
            same(f"{operation} with its members in another order", server.aws(service, operation, turned, **lab).json,
                 answer.json)
            other = server.aws(service, operation, {**body, name: "other"}, **lab)
            same(f"{operation}: the token with other input", (other.status, other.code), (400, "ValidationException"))
            check(f"{operation}: says so", "IdempotentParameterMismatch" in other.message, other)
            fresh = server.aws(service, operation, {**body, token: "twice"}, **lab)
            same(f"{operation}: another token is another call", fresh.code, "ConflictException")
            bare = server.aws(service, operation, {**body, token: None}, **lab)
            same(f"{operation}: no token is another call", bare.code, "ConflictException")
        same("nothing new was made", server.get("digest"), before)
        made = server.aws("sso-admin", "CreateInstance", instance, key="444455556666")
        check("another account's token is its own", made.status == 200 and made.json["InstanceArn"] != arn, made)
        elsewhere = server.aws("sso-admin", "CreateInstance", instance, region="eu-west-1", **lab)
        same("and another Region's", elsewhere.code, "ConflictException")
        server.aws("sso-admin", "DeleteInstance", {"InstanceArn": arn}, **lab)
        retried = server.aws("sso-admin", "CreateInstance", {**instance, "ClientToken": "twice"}, **lab)
        check("a refused call keeps no token", retried.status == 200 and retried.json["InstanceArn"] != arn, retried)


def an_older_edition_knows_less(program, folder):
    for edition, offered in (("kiro-2026-06", True), ("kiro-2025-11", False)):
        with Server(program, folder, "--edition", edition) as server:
            names = server.load(SMALL)
            alice, bob, profile = names["users"]["alice"], names["users"]["bob"], names["profiles"]["main"]
            top = {"principalId": bob, "principalType": "USER", "subscriptionType": f"{PRO}_MAX"}
            answers = [server.aws("q", "UpdateAssignment", {**top, "principalId": alice}),
                       server.aws("q", "CreateAssignment", top)]
            same(f"{edition}: PRO_MAX", [answer.code for answer in answers],
                 [None if offered else "ValidationException"] * 2)
            check(f"{edition}: what is offered", offered or all(
                f"{PRO}_PLUS" in a.message and f"[{PRO}, " in a.message and f"{PRO}_MAX]" not in a.message
                and f", {PRO}_MAX" not in a.message for a in answers), answers)
            server.aws("q", "DeleteAssignment", {"principalId": alice, "principalType": "USER"})
            seat = server.get(f"subscriptions?user_id={alice}")["subscriptions"][0]
            use = {"user_id": alice, "profile_arn": profile, "dry_run": True}
            same(f"{edition}: after the cancellation", (seat["status"], seat["access"], seat["access_until"]),
                 ("CANCELED", not offered, None if offered else "2026-04-01T00:00:00Z"))
            same(f"{edition}: use", server.control("POST", "use", use).json.get("allowed"), not offered)
            server.control("POST", "clock/advance", {"to": "2026-03-31T23:59:59Z"})
            same(f"{edition}: the month's last second", server.control("POST", "use", use).json["allowed"], not offered)
            server.control("POST", "clock/advance", {"to": "next-month"})
            same(f"{edition}: next month", server.control("POST", "use", use).json,
                 {"allowed": False, "code": "AccessDeniedException"})
            same(f"{edition}: the first month", server.get(f"bill?month=2026-02&user_id={alice}")["total"],
                 "17.14" if offered else "20.00")
            server.control("POST", "reset")
            answer = server.control("PUT", "world", {**SMALL, "assignments": [{"to": "user:bob", "plan": "pro-max"}],
                                                     "uses": []})
            same(f"{edition}: pro-max in a document", answer.status, 200 if offered else 400)
            if not offered:
                same("where", answer.path, "/assignments/0/plan")
                check("what it offers", "expected" in answer.message and "pro-max" not in answer.message.split(";")[-1],
                      answer)


def regions_are_apart(program, folder):
    world = {"start": "2026-03-10T09:00:00Z", "instances": {"eu": {"region": "eu-central-1"}}, "profiles": {},
             "users": ["alice", "bob"]}
    with Server(program, folder) as server:
        names = server.load(world)
        arn, store = names["instances"]["eu"]["arn"], names["instances"]["eu"]["identity_store_id"]
        alice = names["users"]["alice"]
        near, far = {"region": "eu-central-1"}, {"region": "us-east-1"}
        for where, count in ((near, 1), (far, 0)):
            listed = server.aws("sso-admin", "ListInstances", {}, **where).json["Instances"]
            same(f"instances seen {where}", len(listed), count)
        same("described near", server.aws("sso-admin", "DescribeInstance", {"InstanceArn": arn}, **near).status, 200)
        for service, operation, body, code in (
                ("sso-admin", "DescribeInstance", {"InstanceArn": arn}, "AccessDeniedException"),
                ("sso-admin", "DeleteInstance", {"InstanceArn": arn}, "AccessDeniedException"),
                ("identitystore", "ListUsers", {"IdentityStoreId": store}, "ResourceNotFoundException"),
                ("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": alice},
                 "ResourceNotFoundException"),
                ("user-subscriptions", "ListUserSubscriptions", {"instanceArn": arn}, "ResourceNotFoundException")):
            same(f"{operation} from afar", server.aws(service, operation, body, **far).code, code)
        profile = {"profileName": "P", "referenceTrackerConfiguration": TRACKER}

        def source(region=None):
            inner = {"instanceArn": arn, **({"ssoRegion": region} if region else {})}
            return {**profile, "identitySource": {"ssoIdentitySource": inner}}
        made = server.aws("codewhisperer", "CreateProfile", source(), **far)
        same("without ssoRegion it is looked for here", made.code, "ValidationException")
        made = server.aws("codewhisperer", "CreateProfile", source("eu-central-1"), **far)
        same("with ssoRegion it is found", made.status, 200)
        listed = server.aws("codewhisperer", "ListProfiles", {}, **far).json["profiles"]
        same("the profile says where its people are", [
            (p["arn"], p["identityDetails"]["ssoIdentityDetails"]["ssoRegion"]) for p in listed],
            [(made.json["profileArn"], "eu-central-1")])
        same("it is not seen from there", server.aws("codewhisperer", "ListProfiles", {}, **near).json["profiles"], [])
        same("nor deleted", server.aws("codewhisperer", "DeleteProfile", made.json, **near).code,
             "ResourceNotFoundException")
        seat = {"principalId": alice, "principalType": "USER", "subscriptionType": PRO}
        same("no profile there yet", server.aws("q", "CreateAssignment", seat, **near).code,
             "ResourceNotFoundException")
        same("alice is subscribed here", server.aws("q", "CreateAssignment", seat, **far).json, {})

        def seats(profile_region, **where):
            body = {"instanceArn": arn, **({"subscriptionRegion": profile_region} if profile_region else {})}
            return [row["principal"]["user"] for row in
                    server.aws("user-subscriptions", "ListUserSubscriptions", body, **where).json["subscriptions"]]
        same("her seat is kept in Europe",
             (seats("us-east-1", **near), seats("eu-central-1", **near), seats(None, **near)), ([alice], [], []))
        both = server.aws("codewhisperer", "CreateProfile", source(), **near)
        same("a second profile of the account, in its other Region", both.status, 200)
        same("a second seat", server.aws("q", "CreateAssignment", seat, **near).json, {})
        same("each in its list", (seats("us-east-1", **near), seats("eu-central-1", **near)), ([alice], [alice]))
        server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": alice}, **near)
        same("her deletion ends both", [row["status"] for row in server.get(
            f"subscriptions?user_id={alice}")["subscriptions"]], ["CANCELED", "CANCELED"])


def what_is_asked_at_once_is_what_is_asked_one_by_one(program, folder):
    with Server(program, folder) as server:
        names = server.load(RICH)
        server.control("POST", "clock/advance", {"to": "next-month"})
        gone = names["users"]["alice"]
        store = names["instances"]["main"]["identity_store_id"]
        deleted = server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": gone},
                             key="111122223333")
        same("a user deleted", deleted.status, 200)
        before = server.get("digest")
        pairs = [{"user_id": user, "profile_arn": profile} for user in [*names["users"].values(), NOBODY]
                 for profile in [*names["profiles"].values(), "nothing"]]
        singly = [server.control("POST", "use", {**pair, "dry_run": True}).json for pair in pairs]
        check("some may, some may not", {use["allowed"] for use in singly} == {True, False}, singly)
        same("all uses", server.control("POST", "uses", {"uses": pairs}).json, {"uses": singly})
        same("no use", server.control("POST", "uses", {"uses": []}).json, {"uses": []})
        same("nothing was used", server.get("digest"), before)
        for wrong, path in (({}, "/uses"), ({"uses": [{"user_id": gone}]}, "/uses/0/profile_arn"),
                            ({"uses": [{**pairs[0], "dry_run": False}]}, "/uses/0/dry_run")):
            answer = server.control("POST", "uses", wrong)
            same(f"uses {wrong}", (answer.status, answer.path), (400, path))

        now = server.get("clock")["now"][:7]
        months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
        for more in ("", f"&user_id={gone}"):
            bills = [server.get(f"bill?month={month}{more}") for month in months]
            same("all bills", server.get(f"bills?from=2025-01&to=2026-12{more}"), {"bills": bills})
            check("with something in them", any(bill["lines"] for bill in bills), bills)
        same("one bill", server.get(f"bills?from={now}&to={now}"), {"bills": [server.get("bill")]})
        same("none", server.get("bills?from=2026-02&to=2026-01"), {"bills": []})
        for wrong, path in (("from=2026-01", "/to"), ("from=2026-1&to=2026-02", "/from"),
                            ("from=2026-01&to=soon", "/to"), ("from=2026-01&to=2126-01", "/to")):
            answer = server.control("GET", f"bills?{wrong}")
            same(f"bills {wrong}", (answer.status, answer.path), (400, path))
        same("a century", len(server.get("bills?from=2026-01&to=2125-12")["bills"]), 1200)


def people_of_the_short_form_can_exist_in_aws(program, folder):
    """Identity Center makes no user without a name: scripts read it, and SCIM's PUT of what GET gave needs it."""
    with Server(program, folder) as server:
        names = server.load({"users": {"anna.b": {}, "bob": {}, "Carol@corp.example": {}, "eve": {}, "bare": {"attributes": {}},
                                       "taken": {"attributes": {"Emails": [{"Value": "EVE@example.com"}]}}}})
        store = names["instances"]["main"]["identity_store_id"]
        listed = server.aws("identitystore", "ListUsers", {"IdentityStoreId": store}).json["Users"]
        same("names and addresses", {user["UserName"]: (user.get("DisplayName"), user.get("Name"), [
            email["Value"] for email in user.get("Emails", [])]) for user in listed}, {
                "anna.b": ("Anna B", {"GivenName": "Anna", "FamilyName": "B"}, ["anna.b@example.com"]),
                "bob": ("Bob Example", {"GivenName": "Bob", "FamilyName": "Example"}, ["bob@example.com"]),
                "Carol@corp.example": ("Carol Example", {"GivenName": "Carol", "FamilyName": "Example"}, ["Carol@corp.example"]),
                "eve": ("Eve Example", {"GivenName": "Eve", "FamilyName": "Example"}, []),  # whoever states the address has it
                "bare": (None, None, []), "taken": (None, None, ["EVE@example.com"])})
        url = names["scim"]["main"]["url"] + "Users/" + names["users"]["bob"]
        headers = {"Authorization": "Bearer " + names["scim"]["main"]["token"], "Content-Type": "application/scim+json"}
        path = url[len(server.url):]
        got = send(server.url, "GET", path, headers=headers)
        same("SCIM's PUT of what GET gave", send(server.url, "PUT", path, got.body, headers).status, 200)


if __name__ == "__main__":
    sys.exit(main([people_of_the_short_form_can_exist_in_aws, the_same_seed_tells_the_same_story, a_reset_world_tells_it_from_the_beginning,
                   new_ids_are_new_after_every_way_to_load,
                   a_world_loads_again_from_its_own_dump,
                   a_seat_bought_for_somebody_disabled_loads_again, wrong_documents_are_refused,
                   whatever_loads_can_be_listed,
                   wrong_world_files_are_refused_with_their_line, the_clock_goes_forward_only,
                   the_clock_runs_if_told_to, a_reset_says_what_is_in_force, a_token_makes_a_call_repeatable,
                   an_older_edition_knows_less, regions_are_apart,
                   what_is_asked_at_once_is_what_is_asked_one_by_one]))
