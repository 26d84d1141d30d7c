#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A world kept in a file: it goes on after a stop and after a kill, and other files are refused."""
import sqlite3
import sys

from checks import check, main, same
from server import Server, fail_to_serve
from world_documents import SMALL, person


def is_sound(file):
    with sqlite3.connect(file) as database:
        result = database.execute("PRAGMA integrity_check").fetchall()
    database.close()
    return result == [("ok",)]


def whole(server):
    """All that a restart must not lose."""
    return {path: server.get(path) for path in
            ("digest", "timeline", "world", "clock", "subscriptions", "edition", "deviations", "health")}


def a_world_in_a_file_goes_on(program, folder):
    file = folder / "world.db"
    twin_folder = folder / "twin"
    twin_folder.mkdir()
    reading = {"name": "kiro-2025-11", "override": {"proration_days": "exclusive"}}
    with Server(program, twin_folder) as twin:
        def create(server, name):
            answer = server.aws("identitystore", "CreateUser", {**store, **person(name)})
            return answer.json["UserId"]

        def both(method, path, body):
            same(f"{method} {path}", server.control(method, path, body).body, twin.control(method, path, body).body)

        with Server(program, folder, "--db", file) as server:
            store = {"IdentityStoreId": server.load(SMALL)["instances"]["main"]["identity_store_id"]}
            twin.load(SMALL)
            both("PUT", "edition", reading)
            both("PUT", "deviations", {"on": ["pending-sticks"]})
            both("POST", "clock/advance", {"by": "P1D"})
            same("the first id", create(server, "carol"), create(twin, "carol"))
            before = whole(server)
        check("the file is sound after SIGTERM", is_sound(file))
        with Server(program, folder, "--db", file) as server:
            same("everything is back after SIGTERM", whole(server), before)
            same("as in a world that never stopped", whole(server), whole(twin))
            same("the next id", create(server, "dave"), create(twin, "dave"))
            same("time goes on", server.control("POST", "clock/advance", {"to": "next-month"}).json,
                 twin.control("POST", "clock/advance", {"to": "next-month"}).json)
            last = create(server, "erin")
            same("the last id before the end", last, create(twin, "erin"))
            server.kill()
        with Server(program, folder, "--db", file) as server:
            same("everything is back after SIGKILL", whole(server), whole(twin))
            found = server.aws("identitystore", "DescribeUser", {**store, "UserId": last})
            same("the last user too", found.json.get("UserName"), "erin")
            same("the id after that", create(server, "frank"), create(twin, "frank"))
        check("the file is sound after SIGKILL", is_sound(file))


def other_files_are_refused(program, folder):
    def refuse(what, file, *words):
        before = file.read_bytes() if file.is_file() else None
        code, said = fail_to_serve(program, "--db", file)
        same(f"{what}: exit code", code, 2)
        same(f"{what}: one line", len(said.splitlines()), 1) or print(said)
        for word in (str(file), *words):
            check(f"{what}: the line says {word!r}", word in said, said)
        if before is not None:
            check(f"{what}: the file is left alone", file.read_bytes() == before)

    file = folder / "world.db"
    with Server(program, folder, "--db", file) as server:
        server.load(SMALL)
        digest = server.get("digest")
        code, said = fail_to_serve(program, "--db", file)
        same("a second server: exit code", code, 3)
        same("a second server: one line", len(said.splitlines()), 1) or print(said)
        check("a second server: which file, and why", str(file) in said and "in use" in said, said)
        same("the first goes on", server.get("digest"), digest)
    for version in (99, 0):
        with sqlite3.connect(file) as database:
            database.execute(f"PRAGMA user_version = {version}")
        database.close()
        refuse(f"schema {version}", file, f"schema {version}")
    text = folder / "text.db"
    for content in ("no database, but a text that is long enough to look at\n" * 40, "short"):
        text.write_text(content)
        refuse(f"a text of {len(content)} characters", text, "database")
    foreign = folder / "foreign.db"
    with sqlite3.connect(foreign) as database:
        database.execute("CREATE TABLE song (title TEXT)")
    database.close()
    refuse("somebody else's database", foreign, "schema")
    refuse("a folder", folder)
    refuse("a file in no folder", folder / "nowhere" / "world.db")
    empty = folder / "empty.db"
    empty.touch()
    with Server(program, folder, "--db", empty) as server:
        same("an empty file is a new world", server.get("clock")["now"], "2026-01-01T00:00:00Z")


if __name__ == "__main__":
    sys.exit(main([a_world_in_a_file_goes_on, other_files_are_refused]))
