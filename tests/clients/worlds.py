# SPDX-License-Identifier: MIT
"""Worlds behind a base path, each alone, and snapshots of them: saved, restored, forked, carried from server to server."""
import pathlib
import sqlite3
import subprocess
import sys
import threading

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from checks import check, main, same
from server import Server, fail_to_serve, send

JSON = {"Content-Type": "application/json"}
SQLITE = {"Content-Type": "application/vnd.sqlite3"}
DOCUMENT = {"users": ["ana", "ben"], "groups": {"devs": ["ben"]},
            "assignments": [{"to": "user:ana", "plan": "pro"}, {"to": "group:devs", "plan": "power"}]}
KEY, SECRET = "111122223333", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
WORLDS_MAX, SNAPSHOTS_MAX, SNAPSHOT_BYTES_MAX = 64, 32, 64 << 20
SCENARIOS = pathlib.Path(__file__).parents[2] / "scenarios"


class World:
    """What a client knows of a world: its URL."""
    control, get, load, aws = Server.control, Server.get, Server.load, Server.aws

    def __init__(self, server, name):
        self.url = f"{server.url}/world/{name}"
        self.store = None

    def create(self, name):
        """The id of a new user."""
        answer = self.aws("identitystore", "CreateUser", {
            "IdentityStoreId": self.store, "UserName": name, "DisplayName": name,
            "Name": {"GivenName": name, "FamilyName": name}, "Emails": [{"Value": f"{name}@example.com", "Primary": True}]})
        assert answer.status == 200, answer
        return answer.json["UserId"]


def made(server, name, body=None):
    """A world that must be made, and what its document's people are called."""
    answer = server.control("PUT", f"worlds/{name}", body)
    assert answer.status == 200, answer
    world = World(server, name)
    world.store = next((one["identity_store_id"] for one in answer.json["instances"].values()), None)
    return world, answer.json


def upload(server, name, data):
    return send(server.url, "PUT", f"/_mock/snapshots/{name}", data, SQLITE)


def parallel(*works):
    """All at once; what went wrong in any of them."""
    wrong = []

    def guard(work):
        try:
            work()
        except Exception as error:  # shown by the check below
            wrong.append(repr(error))

    threads = [threading.Thread(target=guard, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    same("nothing went wrong in any thread", wrong, [])


def worlds_do_not_meet(program, folder):
    """The same work in each, at the same time: equal worlds afterwards, and nothing of it in the others."""
    with Server(program, folder) as server:
        worlds = [made(server, name, {"seed": 7, "world": DOCUMENT})[0] for name in ("a", "b", "c")]
        before = server.get("digest")

        def work(world):
            def run():
                for number in range(25):
                    world.create(f"user{number}")
                    world.control("POST", "clock/advance", {"by": "P1D"})
                    for answer in (world.aws("sso-admin", "ListInstances"), world.control("GET", "subscriptions")):
                        assert answer.status == 200, answer
            return run

        parallel(*[work(world) for world in worlds])
        same("equal digests", len({world.get("digest")["digest"] for world in worlds}), 1)
        check("they are not what they were", worlds[0].get("digest") != before)
        same("the first world was left alone", server.get("digest"), before)
        same("its clock, too", server.get("clock")["now"], "2026-01-01T00:00:00Z")
        same("each world journals its own requests", [len(world.get("requests")["requests"]) for world in worlds], [50] * 3)
        same("and the first world none of them", server.get("requests")["requests"], [])
        same("listed", server.get("worlds"), {"worlds": [{"name": name, "url": f"{server.url}/world/{name}"} for name in "abc"]})
        worlds[0].control("PUT", "faults", {"faults": [{"operation": "ListInstances", "give": "throttling"}]})
        same("a fault is its world's", [world.aws("sso-admin", "ListInstances").status for world in worlds], [400, 200, 200])


def suites_share_a_server(program, folder):
    """kiro-check resets its world before every scenario: two at once would wreck each other in one world."""
    kiro_check = pathlib.Path(program).with_name("kiro-check")
    with Server(program, folder) as server:
        worlds = [made(server, name)[0] for name in ("left", "right")]
        ran = [subprocess.Popen([kiro_check, "run", "--endpoint", world.url, SCENARIOS / "vectors"],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for world in worlds]
        for world, process in zip(worlds, ran):
            said = process.communicate(timeout=120)[0]
            same(f"{world.url}: exit code", process.returncode, 0) or print(said)
            check("scenarios were played", " hold" in said.splitlines()[-1], said[-200:])


def every_protocol_has_the_base_path(program, folder):
    """boto3 with the world as its endpoint, its signatures verified; the query protocol, REST paths, SCIM."""
    with Server(program, folder, "--auth", "verify", "--credential", f"{KEY}:{SECRET}") as server:
        body = {"world": {**DOCUMENT, "accounts": {"main": {"id": KEY}}}}
        answers = [made(server, name, body)[1] for name in "ab"]

        def client(service, slash, secret=SECRET):
            return boto3.client(service, endpoint_url=f"{server.url}/world/a{slash}", region_name="us-east-1", aws_access_key_id=KEY,
                                aws_secret_access_key=secret, config=Config(retries={"total_max_attempts": 1}))

        for slash in ("", "/"):
            store = client("sso-admin", slash).list_instances()["Instances"][0]["IdentityStoreId"]
            same(f"the world's instance, endpoint ends in '{slash}'", store, answers[0]["instances"]["main"]["identity_store_id"])
            users = client("identitystore", slash).list_users(IdentityStoreId=store)["Users"]
            same("its users", sorted(user["UserName"] for user in users), ["ana", "ben"])
            same("the query protocol", client("sts", slash).get_caller_identity()["Account"], KEY)
            try:
                client("sso-admin", slash, "another secret").list_instances()
                check("another secret is refused", False)
            except ClientError as error:
                same("another secret is refused", error.response["Error"]["Code"], "InvalidSignatureException")
        rest = send(server.url, "POST", "/world/a/ListProfiles", b"{}", JSON)
        same("a REST path is found, and wants a signature", (rest.status, rest.code), (403, "MissingAuthenticationTokenException"))
        scim = answers[0]["scim"]["main"]
        check("the SCIM URL is the world's", scim["url"].startswith(f"{server.url}/world/a/"), scim)
        bearer = {"Authorization": f"Bearer {scim['token']}"}
        found = send(scim["url"], "GET", "Users", headers=bearer)
        same("SCIM users", sorted(user["userName"] for user in found.json["Resources"]), ["ana", "ben"])
        made(server, "c")
        elsewhere = scim["url"].replace("/world/a/", "/world/c/")
        same("another world does not know the tenant", send(elsewhere, "GET", "Users", headers=bearer).status, 404)
        token = World(server, "b").control("POST", "scim-tokens", {"instance": answers[1]["instances"]["main"]["arn"]})
        check("a later token comes with the URL of its world", token.json["url"].startswith(f"{server.url}/world/b/"), token)


def what_is_no_world_is_refused(program, folder):
    with Server(program, folder) as server:
        lost = World(server, "nowhere")
        same("an AWS call", (lost.aws("sso-admin", "ListInstances").status, lost.aws("sso-admin", "ListInstances").code),
             (400, "UnknownOperationException"))
        check("which says what is missing", "'nowhere'" in lost.aws("sso-admin", "ListInstances").message)
        same("a control call", (lost.control("POST", "reset").status, lost.control("GET", "health").status), (404, 404))
        answer = send(lost.url, "DELETE", "/some-tenant/scim/v2/Users/x")
        same("a SCIM call", (answer.status, answer.headers["content-type"], answer.json["status"], answer.json["schemas"]),
             (400, "application/json", "400", ["urn:ietf:params:scim:api:messages:2.0:Error"]))
        check("in SCIM's words", "'nowhere'" in answer.json["detail"] and "__type" not in answer.json, answer)
        answer = send(lost.url, "POST", "/", b"Action=GetCallerIdentity&Version=2011-06-15",
                      {"Content-Type": "application/x-www-form-urlencoded"})
        check("a call of the query protocol", (answer.status, answer.headers["content-type"]) == (400, "text/xml") and
              b"<Code>InvalidAction</Code>" in answer.body and b"nowhere" in answer.body, answer)
        for name in ("A", "x" * 41, "a.b", "a%20b"):
            answer = send(server.url, "PUT", f"/_mock/worlds/{name}", b"{}", JSON)
            same(f"the name {name!r}", (answer.status, answer.code), (400, "ValidationException"))
        same("no name, no path", send(server.url, "PUT", "/_mock/worlds/", b"{}", JSON).status, 404)
        same("two names", send(server.url, "PUT", "/_mock/worlds/a/b", b"{}", JSON).status, 404)
        for body, path in (({"seed": 0}, "/seed"), ({"start": "soon"}, "/start"), ({"edition": "kiro-1999-01"}, "/edition"),
                           ({"timing": "slow"}, "/timing"), ({"world": {"users": 5}}, "/world/users"), ({"what": 1}, "/what"),
                           ({"snapshot": "none", "seed": 3}, "/snapshot")):
            answer = server.control("PUT", "worlds/half", body)
            same(f"{body}: refused where it is wrong", (answer.status, answer.path), (400, path))
        same("no such snapshot", server.control("PUT", "worlds/half", {"snapshot": "none"}).status, 404)
        same("nothing half-made is left", server.get("worlds")["worlds"], [])
        same("nothing to delete", server.control("DELETE", "worlds/half").status, 404)
        same("another method", server.control("POST", "worlds/half").headers.get("allow"), "PUT, DELETE")
        foreign = send(server.url, "PUT", "/_mock/worlds/a", b"{}", {**JSON, "Origin": "https://example.com"})
        same("a page of somewhere else makes none", foreign.status, 403)


def a_world_is_what_its_making_said(program, folder):
    with Server(program, folder, "--seed", "5", "--start", "2026-02-01T00:00:00Z") as server:
        plain, _ = made(server, "plain")
        same("as the server was started", (plain.get("health")["seed"], plain.get("clock")["now"]), (5, "2026-02-01T00:00:00Z"))
        body = {"seed": 9, "start": "2026-03-01T00:00:00Z", "edition": "kiro-2025-11", "timing": "documented",
                "deviations": ["pending-sticks"], "world": DOCUMENT}
        world, names = made(server, "told", body)
        health = world.get("health")
        same("as its body says", (health["seed"], health["now"], health["edition"], health["timing"]),
             (9, "2026-03-01T00:00:00Z", "kiro-2025-11", "documented"))
        same("with its people", sorted(names["users"]), ["ana", "ben"])
        (folder / "alone").mkdir()
        with Server(program, folder / "alone", "--seed", "9") as alone:
            alone.control("POST", "reset", body)
            same("like a server of its own", world.get("digest"), alone.get("digest"))
        world.control("PUT", "edition", {"name": "q-developer"})
        world.control("POST", "reset")
        health = world.get("health")
        same("a reset goes back to its making", (health["seed"], health["now"], health["edition"], health["timing"]),
             (9, "2026-03-01T00:00:00Z", "kiro-2025-11", "documented"))
        same("the name is taken", (server.control("PUT", "worlds/told").status, server.control("PUT", "worlds/told").code),
             (409, "ConflictException"))


def there_is_a_bound(program, folder):
    with Server(program, folder) as server:
        for number in range(WORLDS_MAX):
            made(server, f"w{number}")
        full = server.control("PUT", "worlds/one-more")
        same("one too many", (full.status, full.code), (400, "ServiceQuotaExceededException"))
        same("which leaves nothing", World(server, "one-more").control("GET", "health").status, 404)
        same("a deleted one makes room", (server.control("DELETE", "worlds/w3").status, server.control("PUT", "worlds/one-more").status),
             (200, 200))
        same("as many as may be", len(server.get("worlds")["worlds"]), WORLDS_MAX)


def a_busy_world_is_deleted_whole(program, folder):
    """Deleted while others work in it and make it anew: each of their calls is done in a world, or there was none."""
    with Server(program, folder) as server:
        seen = set()
        rounds = 15

        def visit():
            world = World(server, "busy")
            while not done.is_set():
                for answer in (world.control("GET", "world"), world.aws("organizations", "CreateAccount", {
                        "AccountName": "x", "Email": "x@example.com"}), world.control("PUT", "snapshots/s")):
                    seen.add((answer.status, answer.code))

        def make_and_delete():
            try:
                for _ in range(rounds):
                    made(server, "busy", {"world": DOCUMENT})
                    World(server, "busy").get("digest")
                    answer = server.control("DELETE", "worlds/busy")
                    assert answer.status == 200, answer
                    assert World(server, "busy").control("GET", "health").status == 404
            finally:
                done.set()

        done = threading.Event()
        parallel(make_and_delete, visit, visit, visit)
        wrong = {pair for pair in seen if pair[0] >= 500 or pair[1] not in (
            None, "UnknownOperationException", "AWSOrganizationsNotInUseException")}
        same("whoever came in between was told so", wrong, set())
        inside, _ = made(server, "busy")
        refused = inside.control("DELETE", "worlds/busy")
        same("a world does not delete itself", (refused.status, refused.code), (409, "ConflictException"))


def a_snapshot_brings_everything_back(program, folder):
    with Server(program, folder) as server:
        world, names = made(server, "a", {"seed": 11, "timing": "documented", "deviations": ["pending-sticks"], "world": DOCUMENT})
        world.control("PUT", "edition", {"name": "kiro-2026-02", "override": {"proration_days": "exclusive"}})
        world.control("POST", "clock/advance", {"by": "P40D"})
        world.create("carl")
        saved = world.control("PUT", "snapshots/s1").json
        facts = ("digest", "timeline", "world", "clock", "subscriptions", "edition", "deviations", "health", "bill")
        whole = {path: world.get(path) for path in facts}
        same("the digest at saving", saved["digest"], whole["digest"]["digest"])
        same("time and edition", (saved["now"], saved["edition"]), (whole["clock"]["now"], "kiro-2026-02"))
        same("listed", world.get("snapshots")["snapshots"], [saved])
        same("another world has none", server.get("snapshots")["snapshots"], [])
        same("ids after it", ids := [world.create(name) for name in ("dora", "emil")], ids)
        world.control("POST", "clock/advance", {"to": "next-month"})
        world.aws("identitystore", "DeleteUser", {"IdentityStoreId": world.store, "UserId": names["users"]["ana"]})
        world.control("PUT", "edition", {"name": "q-developer"})
        world.control("PUT", "deviations", {"deviations": []})
        later = world.get("digest")
        check("the world went on", later != whole["digest"])
        world.control("PUT", "faults", {"faults": [{"operation": "ListInstances", "give": "throttling"}]})
        for body in ({"snapshot": "s2"}, {"snapshot": "s1", "seed": 2}, {"world": {"users": 5}}):
            check(f"{body}: refused", world.control("POST", "reset", body).status in (400, 404))
        same("a reset that fails changes nothing", (world.get("digest"), len(world.get("faults")["faults"])), (later, 1))
        same("restored", world.control("POST", "reset", {"snapshot": "s1"}).status, 200)
        same("faults are taken back", world.get("faults")["faults"], [])
        same("all of it", {path: world.get(path) for path in facts}, whole)
        same("the journal begins anew", world.get("requests")["requests"], [])
        same("the same ids again", [world.create(name) for name in ("dora", "emil")], ids)
        fork = send(world.url, "PUT", "/_mock/worlds/fork", b'{"snapshot":"s1"}', JSON)
        same("forked", fork.status, 200)
        twin = World(server, "fork")
        twin.store = world.store
        same("the fork is all of it", {path: twin.get(path) for path in facts}, whole)
        same("and goes the same way", [twin.create(name) for name in ("dora", "emil")], ids)
        same("to the same end", twin.get("digest"), world.get("digest"))
        twin.control("POST", "clock/advance", {"by": "P1D"})
        twin.control("POST", "reset")
        health = twin.get("health")
        same("a fork's reset has the snapshot's seed, time and reading", (health["seed"], health["now"], health["edition"]),
             (11, whole["clock"]["now"], "kiro-2026-02"))
        world.control("PUT", "snapshots/s1")
        same("saved again: the later one", world.get("snapshots")["snapshots"][0]["digest"], world.get("digest")["digest"])
        same("deleted", (world.control("DELETE", "snapshots/s1").status, world.get("snapshots")["snapshots"]), (200, []))
        same("and gone", [world.control(method, path, body).status for method, path, body in (
            ("DELETE", "snapshots/s1", None), ("GET", "snapshots/s1", None), ("POST", "reset", {"snapshot": "s1"}))], [404] * 3)


def a_running_clock_runs_on(program, folder):
    with Server(program, folder) as server:
        server.control("PUT", "clock", {"now": "2026-05-01T00:00:00Z", "mode": "running"})
        saved = server.control("PUT", "snapshots/s").json
        server.control("PUT", "clock", {"now": "2026-09-01T00:00:00Z", "mode": "frozen"})
        server.control("POST", "reset", {"snapshot": "s"})
        clock = server.get("clock")
        check("from where it stood", clock["mode"] == "running" and saved["now"] <= clock["now"] < "2026-05-01T01", clock)


def a_snapshot_travels(program, folder):
    """Down from a server with a file, up to one without; and served as a file itself."""
    file, copy = folder / "world.db", folder / "copy.db"
    with Server(program, folder, "--db", file) as server:
        server.load(DOCUMENT)
        server.control("POST", "clock/advance", {"by": "P3D"})
        server.control("PUT", "snapshots/s")
        answer = server.control("GET", "snapshots/s")
        same("what it is", (answer.status, answer.headers["content-type"]), (200, SQLITE["Content-Type"]))
        digest = server.get("digest")
        server.control("POST", "reset")
        server.control("POST", "reset", {"snapshot": "s"})
    copy.write_bytes(answer.body)
    with sqlite3.connect(copy) as database:
        same("others read it", database.execute("SELECT count(*) FROM user").fetchone(), (2,))
        same("and find it whole", database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
    database.close()
    with Server(program, folder, "--db", file) as server:
        same("a file keeps what was restored", server.get("digest"), digest)
    with Server(program, folder, "--db", copy) as server:
        same("a snapshot is a file to serve", server.get("digest"), digest)
    with Server(program, folder) as server:
        same("taken, with its digest", upload(server, "s", answer.body).json.get("digest"), digest["digest"])
        server.control("POST", "reset", {"snapshot": "s"})
        same("restored", server.get("digest"), digest)
        same("forked", made(server, "fork", {"snapshot": "s"})[0].get("digest"), digest)
        for what, changed in (("the server's own file", file), ("a snapshot that was served since", copy)):
            refused = upload(server, "t", changed.read_bytes())
            same(f"{what}: is not what was saved", (refused.status, "not what was saved" in refused.message), (400, True))


def sealed(data):
    """With the number that says of an image that it is whole: FNV-1a over every other byte."""
    number = 14695981039346656037
    for byte in data[:68] + data[72:]:
        number = (number ^ byte) * 1099511628211 & 0xFFFFFFFFFFFFFFFF
    return data[:68] + (number & 0xFFFFFFFF).to_bytes(4, "big") + data[72:]


def altered(folder, data, *statements):
    """The bytes of a snapshot after somebody else's hand was in it."""
    file = folder / "altered.db"
    file.write_bytes(data)
    with sqlite3.connect(file) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    data = file.read_bytes()
    file.unlink()
    return data


def other_files_are_refused(program, folder):
    with Server(program, folder) as server:
        server.load(DOCUMENT)
        server.control("PUT", "snapshots/good")
        data, listed = server.control("GET", "snapshots/good").body, server.get("snapshots")
        schema = server.get("health")["schema"]
        same("the schema's number", schema, 3)
        same("the seal is that of the documents", sealed(data), data)
        torn, bit = bytearray(data), bytearray(data)
        torn[8 * 4096:9 * 4096] = b"\xff" * 4096
        bit[data.index(b"ana")] ^= 1
        forged = [sealed(altered(folder, data, statement)) for statement in (
            "CREATE TABLE more (one)", "CREATE TRIGGER t AFTER INSERT ON world BEGIN DELETE FROM user; END", "DROP TABLE record",
            "DELETE FROM world", "UPDATE setting SET name = 'kiro-2031-01' WHERE kind = 'edition'")]
        foreign = folder / "foreign.db"
        with sqlite3.connect(foreign) as database:
            database.execute("CREATE TABLE song (title TEXT)")
        database.close()
        table = (("nothing", b"", "no SQLite file"), ("a text", b"Dear diary, " * 99, "no SQLite file"),
                 ("a header alone", data[:100], "damaged"), ("half of it", data[:len(data) // 2], "damaged"),
                 ("all but the end", data[:-4096], "damaged"), ("a torn page", bytes(torn), "damaged"), ("one bit", bytes(bit), "damaged"),
                 ("a torn page, sealed", sealed(bytes(torn)), "not whole"), ("half of it, sealed", sealed(data[:len(data) // 2]), "damaged"),
                 ("a header alone, sealed", sealed(data[:100]), "damaged"), ("changed by others", altered(folder, data, "DELETE FROM user"), "changed"),
                 ("an older schema", altered(folder, data, "PRAGMA user_version = 1"), f"holds schema 1, this program reads schema {schema}"),
                 ("a newer schema", altered(folder, data, "PRAGMA user_version = 99"), "holds schema 99"),
                 ("somebody else's file", foreign.read_bytes(), "holds schema 0"),
                 ("a table more", forged[0], "tables are others"), ("a trigger", forged[1], "tables are others"),
                 ("a table less", forged[2], "tables are others"), ("no world", forged[3], "no world"),
                 ("an unknown edition", forged[4], "kiro-2031-01"))
        digest = server.get("digest")
        for what, wrong, words in table:
            answer = upload(server, "bad", wrong)
            same(f"{what}: refused", (answer.status, answer.code), (400, "ValidationException"))
            check(f"{what}: by name", words in answer.message and "\n" not in answer.message, answer)
        same("no snapshot came of any", server.get("snapshots"), listed)
        same("and no change", server.get("digest"), digest)
        same("one byte too many", (upload(server, "bad", bytes(SNAPSHOT_BYTES_MAX + 1)).status, upload(server, "good", data).status), (413, 200))
        large = sealed(altered(folder, data, "INSERT INTO record (kind, scope, key, value, created_s) VALUES ('x', '', '', hex(zeroblob(2500000)), 0)"))
        taken = upload(server, "large", large)
        check("more than any other body may have", taken.status == 200 and taken.json["bytes"] > 5_000_000, taken)
        same("the same as JSON is not", send(server.url, "PUT", "/_mock/snapshots/x", large, JSON).status, 413)
        same("nor elsewhere", send(server.url, "PUT", "/_mock/world", large, SQLITE).status, 415)
        same("saving takes no members", server.control("PUT", "snapshots/x", {"now": 1}).status, 400)
        same("names", server.control("PUT", "snapshots/S").status, 400)
        for number in range(SNAPSHOTS_MAX - 2):
            server.control("PUT", f"snapshots/s{number}")
        full = server.control("PUT", "snapshots/one-more")
        same("one too many", (full.status, full.code), (400, "ServiceQuotaExceededException"))
        same("but one that is there is replaced", server.control("PUT", "snapshots/s0").status, 200)
        same("and another world has room", made(server, "a")[0].control("PUT", "snapshots/s").status, 200)
    older = folder / "older.db"
    older.write_bytes(altered(folder, data, "PRAGMA user_version = 1"))
    code, said = fail_to_serve(program, "--db", older)
    same("serve refuses an older file", (code, len(said.splitlines())), (2, 1))
    for words in (str(older), "holds schema 1", f"reads schema {schema}", "another file"):
        check(f"serve says {words!r}", words in said, said)


if __name__ == "__main__":
    sys.exit(main([worlds_do_not_meet, suites_share_a_server, every_protocol_has_the_base_path, what_is_no_world_is_refused,
                   a_world_is_what_its_making_said, there_is_a_bound, a_busy_world_is_deleted_whole,
                   a_snapshot_brings_everything_back, a_running_clock_runs_on, a_snapshot_travels, other_files_are_refused]))
