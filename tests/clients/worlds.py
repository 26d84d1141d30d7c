# SPDX-License-Identifier: MIT
"""Several worlds in one server, which never meet; snapshots that bring a world back, in its place or as another."""
import json
import sqlite3
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

import boto3
from botocore.config import Config

import checks
from checks import check, same
from server import Server, fail_to_serve, send

JSON = {"Content-Type": "application/json"}
SQLITE = "application/vnd.sqlite3"


def control(server, method, path, body=None, world=""):
    return send(server.url + world, method, "/_mock/" + path, None if method == "GET" else json.dumps(body or {}).encode(), JSON)


def make(server, name, **body):
    answer = control(server, "PUT", f"worlds/{name}", body)
    assert answer.status == 200, answer
    return answer.json


def identitystore(server, name):
    return boto3.client("identitystore", endpoint_url=f"{server.url}/world/{name}/", region_name="us-east-1", aws_access_key_id="AKIDEXAMPLE",
                        aws_secret_access_key="x", config=Config(retries={"max_attempts": 1}))


def download(server, name, world=""):
    with urllib.request.urlopen(f"{server.url}{world}/_mock/snapshots/{name}", timeout=30) as answer:
        return answer.headers["Content-Type"], answer.read()


def upload(server, name, chars, world=""):
    return send(server.url + world, "PUT", f"/_mock/snapshots/{name}", chars, {"Content-Type": SQLITE})


def worlds_never_meet(program, folder):
    with Server(program, folder) as server:
        stores = {name: make(server, name, seed=seed, world={"format": 1, "users": ["ana"]})["instances"]["main"]["identity_store_id"]
                  for seed, name in enumerate(("a", "b"), 1)}
        failed = []
        clients = {name: identitystore(server, name) for name in stores}
        def work(name):
            client = clients[name]
            for n in range(40):
                client.create_user(IdentityStoreId=stores[name], UserName=f"{name}-{n}", DisplayName="x", Name={"GivenName": "x", "FamilyName": "y"})
            seen = [row["UserName"] for page in client.get_paginator("list_users").paginate(IdentityStoreId=stores[name]) for row in page["Users"]]
            if seen != ["ana"] + [f"{name}-{n}" for n in range(40)]:
                failed.append((name, seen))
        threads = [threading.Thread(target=work, args=(name,)) for name in stores]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        same("two suites side by side", failed, [])
        same("the first world knows none of it", server.get("world").get("users", {}), {})
        control(server, "POST", "clock/advance", {"by": "P1D"}, "/world/a")
        same("clocks of their own", [control(server, "GET", "clock", world=f"/world/{name}").json["now"] for name in ("a", "b")],
             ["2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"])
        make(server, "c", edition="kiro-2025-11", start="2026-03-01T00:00:00Z", timing="documented")
        health = control(server, "GET", "health", world="/world/c").json
        same("readings of their own", (health["edition"], health["timing"], health["now"]), ("kiro-2025-11", "documented", "2026-03-01T00:00:00Z"))
        control(server, "POST", "reset", {}, "/world/a")
        check("a reset of one leaves the others", "ana" in str(control(server, "GET", "world", world="/world/b").json)
              and "ana" not in str(control(server, "GET", "world", world="/world/a").json))


def urls_lead_back_to_their_world(program, folder):
    with Server(program, folder) as server:
        names = make(server, "idp", world={"format": 1, "users": ["ana"]})
        scim = names["scim"]["main"]
        check("the SCIM address has the prefix", scim["url"].startswith(f"{server.url}/world/idp/"), scim)
        path = urllib.parse.urlsplit(scim["url"]).path
        answer = send(server.url, "GET", path + "Users", None, {"Authorization": f"Bearer {scim['token']}"})
        same("and works", (answer.status, answer.json["totalResults"]), (200, 1))
        same("the same tenant elsewhere is nobody's", send(server.url, "GET", path.removeprefix("/world/idp") + "Users", None,
                                                           {"Authorization": f"Bearer {scim['token']}"}).status, 404)


def names_are_good_new_and_not_too_many(program, folder):
    with Server(program, folder) as server:
        for name in ("Upper", "a_b", "x" * 41, "%20"):
            check(f"{name} is no name", control(server, "PUT", f"worlds/{name}").status in (400, 404))
        make(server, "taken")
        same("a name twice", control(server, "PUT", "worlds/taken").status, 409)
        same("a wrong body makes nothing", (control(server, "PUT", "worlds/bad", {"colour": "red"}).status,
                                            "bad" in str(server.get("worlds"))), (400, False))
        for n in range(63):
            make(server, f"w{n}")
        same("sixty-four and no more", control(server, "PUT", "worlds/beyond").status, 400)
        same("listed", len(server.get("worlds")["worlds"]), 64)
        same("deleted", [control(server, "DELETE", "worlds/taken").status for _ in range(2)], [200, 404])
        same("nobody is there any more", control(server, "GET", "health", world="/world/taken").status, 404)
        make(server, "beyond")


def deletion_waits_for_its_requests(program, folder):
    with Server(program, folder) as server:
        store = make(server, "busy", world={"format": 1, "users": ["ana"]})["instances"]["main"]["identity_store_id"]
        client, seen = identitystore(server, "busy"), []
        def ask():
            try:
                while True:
                    seen.append(len(client.list_users(IdentityStoreId=store)["Users"]))
            except Exception as ended:  # whatever the SDK makes of a world that is gone
                seen.append(type(ended).__name__)
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        while len(seen) < 20:
            pass
        same("deleted under load", control(server, "DELETE", "worlds/busy").status, 200)
        for thread in threads:
            thread.join()
        check("every answer was whole", all(row == 1 or isinstance(row, str) for row in seen), seen[-8:])
        same("and the server goes on", server.control("GET", "health").status, 200)


def a_snapshot_brings_everything_back(program, folder):
    with Server(program, folder) as server:
        names = server.load({"format": 1, "start": "2026-06-04T00:00:00Z", "users": ["ana", "ben"],
                             "assignments": [{"to": "user:ana", "plan": "pro", "at": "2026-03-01T00:00:00Z"}],
                             "uses": [{"user": "ana", "at": "2026-03-02T00:00:00Z"}]})
        store = names["instances"]["main"]["identity_store_id"]
        before = server.get("digest")
        saved = control(server, "PUT", "snapshots/before")
        same("saved", saved.status, 200)
        def go_on(world=""):
            made = send(server.url + world, "POST", "/", json.dumps({"IdentityStoreId": store, "UserName": "cleo", "DisplayName": "c", "Name": {
                "GivenName": "c", "FamilyName": "d"}}).encode(), {
                    "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "AWSIdentityStore.CreateUser", "X-Amz-Date": "20260101T000000Z",
                    "Authorization": "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/identitystore/aws4_request, SignedHeaders=host, "
                                     f"Signature={'0' * 64}"})
            control(server, "POST", "clock/advance", {"to": "next-month"}, world)
            return made.json["UserId"], control(server, "GET", "digest", world=world).json
        first = go_on()
        same("restored", control(server, "POST", "reset", {"snapshot": "before"}).status, 200)
        same("the world is what it was", server.get("digest"), before)
        same("and goes on as it did, ids and all", go_on(), first)
        make(server, "fork", snapshot="before")
        same("a fork is the same", control(server, "GET", "digest", world="/world/fork").json, before)
        same("and goes on by itself", go_on("/world/fork"), first)
        kind, chars = download(server, "before")
        check("downloaded as one SQLite file", kind == SQLITE and chars.startswith(b"SQLite format 3\0"), (kind, chars[:16]))
        make(server, "other")
        same("uploaded elsewhere", upload(server, "from-file", chars, "/world/other").status, 200)
        same("and restored there", control(server, "POST", "reset", {"snapshot": "from-file"}, "/world/other").status, 200)
        same("the same again", control(server, "GET", "digest", world="/world/other").json, before)
        same("listed", [row["name"] for row in server.get("snapshots")["snapshots"]], ["before"])
        for body in ({"snapshot": "nobody"}, {"snapshot": "before", "seed": 2}):
            check(f"{body} is refused", control(server, "POST", "reset", body).status in (400, 404))
        same("dropped", [control(server, "DELETE", "snapshots/before").status for _ in range(2)], [200, 404])


def what_is_no_snapshot_is_refused_by_name(program, folder):
    with Server(program, folder) as server:
        server.load({"format": 1, "users": ["ana"]})
        control(server, "PUT", "snapshots/good")
        chars, digest = download(server, "good")[1], server.get("digest")
        old = folder / "old.db"
        old.write_bytes(chars)
        with sqlite3.connect(old) as database:
            database.execute("PRAGMA user_version = 1")
        database.close()
        less = folder / "less.db"
        less.write_bytes(chars)
        with sqlite3.connect(less) as database:
            database.execute("DROP TABLE seat")
        database.close()
        damaged = bytearray(chars)
        damaged[len(chars) // 2:len(chars) // 2 + 3000] = b"\xff" * 3000
        for name, given in (("no-database", b"hello"), ("empty", b""), ("old", old.read_bytes()), ("less", less.read_bytes()), ("damaged", bytes(damaged)),
                            ("cut", chars[:len(chars) // 2])):
            answer = upload(server, name, given)
            check(f"{name} is refused", answer.status == 400 and answer.message, answer)
        check("the old schema is named", "schema 1" in upload(server, "old", old.read_bytes()).message)
        same("nothing of them was kept, and the world is what it was", ([row["name"] for row in server.get("snapshots")["snapshots"]],
                                                                         server.get("digest")), (["good"], digest))
        for n in range(31):
            assert control(server, "PUT", f"snapshots/s{n}").status == 200
        same("thirty-two and no more", control(server, "PUT", "snapshots/beyond").status, 400)
        same("but one of them anew", control(server, "PUT", "snapshots/good").status, 200)
    code, said = fail_to_serve(program, "--db", old)
    check("serve refuses the old file, and says what to do", code == 2 and "schema 1" in said and "old.db" in said, (code, said))


def a_signature_is_of_the_path_that_was_sent(program, folder):
    with Server(program, folder, "--auth", "verify", "--credential", "AKIDEXAMPLE:x") as server:
        store = make(server, "signed", world={"format": 1, "users": ["ana"]})["instances"]["main"]["identity_store_id"]
        same("botocore signs the whole path", len(identitystore(server, "signed").list_users(IdentityStoreId=store)["Users"]), 1)


if __name__ == "__main__":
    sys.exit(checks.main([worlds_never_meet, urls_lead_back_to_their_world, names_are_good_new_and_not_too_many, deletion_waits_for_its_requests,
                          a_snapshot_brings_everything_back, what_is_no_snapshot_is_refused_by_name, a_signature_is_of_the_path_that_was_sent]))
