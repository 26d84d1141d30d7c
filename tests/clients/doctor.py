#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""mock-aws doctor: a sound file is sound, each fact notices what breaks it, and what is no file of ours is refused by exit code."""
import shutil
import sqlite3
import subprocess
import sys

from checks import check, main, same
from server import Server

WORLD = {
    "format": 1, "start": "2026-06-10T09:00:00Z",
    "users": ["alice", "bob", "carol", "dave"],
    "groups": {"devs": ["alice", "bob"], "ops": ["bob"]},
    "assignments": [{"to": "group:devs", "plan": "pro", "at": "2026-03-01T00:00:00Z"},
                    {"to": "group:ops", "plan": "power", "at": "2026-03-01T00:00:00Z"},
                    {"to": "user:carol", "plan": "pro-plus", "at": "2026-03-01T00:00:00Z"}],
    "uses": [{"user": "alice", "at": "2026-03-02T09:00:00Z"}, {"user": "carol", "at": "2026-03-02T09:00:00Z"},
             {"user": "bob", "at": "2026-03-02T09:00:00Z"}],
}

ALICE = "user_id = (SELECT user_id FROM user WHERE name = 'alice')"
CAROL = "user_id = (SELECT user_id FROM user WHERE name = 'carol')"

# One hand on the file for each fact. Others may break with it.
BREAKAGES = {
    "seat-has-claim": f"UPDATE claim SET ended_s = 1 WHERE {ALICE}",
    "claim-has-seat": f"DELETE FROM seat WHERE {ALICE}",
    "entitled-has-claim": f"DELETE FROM claim WHERE {ALICE}",
    "claim-is-entitled": "UPDATE assignment SET ended_s = 1, ended_seq = 1 WHERE is_group = 0",
    "one-claim-by-each-assignment": "INSERT INTO claim (user_id, profile_arn, assignment_row, plan, started_s, told_seq) "
                                    f"SELECT user_id, profile_arn, assignment_row, plan, 1, 1 FROM claim WHERE {ALICE}",
    "claim-has-its-plan": f"UPDATE claim SET plan = 3 WHERE {ALICE}",
    "plan-is-the-highest-claim": f"UPDATE seat SET plan = 3, plan_in_force = 3 WHERE {ALICE}",
    "plan-in-force-is-not-below": f"UPDATE seat SET plan_in_force = 1 WHERE {CAROL}",
    "lower-plan-waits-for-the-1st": f"UPDATE seat SET plan_in_force = 4 WHERE {ALICE}",
    "active-is-charged": f"DELETE FROM share WHERE {ALICE}",
    "posted-is-the-ledger": f"UPDATE ledger SET amount_cents = amount_cents + 1 WHERE {ALICE}",
    "ledger-has-a-share": f"DELETE FROM share WHERE {ALICE}",
    "canceled-says-when-and-why": "UPDATE seat SET cause = 0 WHERE status = 3",
    "live-is-not-canceled": f"UPDATE seat SET canceled_s = 1 WHERE {ALICE}",
    "active-says-since-when": f"UPDATE seat SET activated_s = NULL WHERE {ALICE}",
    "nothing-due-lies-in-the-past": "INSERT INTO unnoticed (account_id, fact, subject, ready_s, cause, cause_seq, trigger_s) "
                                    "SELECT account_id, 8, profile_arn, 1, 4, 1, 9000000000 FROM profile",
    "belief-has-a-cause": "INSERT INTO unnoticed (account_id, fact, subject, ready_s, cause, cause_seq, trigger_s) "
                          "SELECT account_id, 8, profile_arn, 9000000000, 4, 99999, 1 FROM profile",
    "overage-is-within-use": f"UPDATE credit SET over_hundredths = used_hundredths + 1 WHERE {ALICE}",
    "no-member-of-what-ended": f"UPDATE user SET deleted_s = 1, ended_seq = 1 WHERE {ALICE}",
    "nobody-assigned-to-what-ended": "UPDATE profile SET deleted_s = 1, ended_seq = 1",
    "principal-of-an-assignment-lives": "UPDATE user_group SET deleted_s = 1 WHERE name = 'devs'",
    "what-ended-says-by-what": "UPDATE membership SET ended_seq = 1 WHERE removed_s IS NULL",
    "cause-is-told-before": "UPDATE timeline SET cause_seq = seq WHERE seq = 5",
}


def doctor(program, *words):
    done = subprocess.run([program, "doctor", *map(str, words)], capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout, done.stderr


def world_file(program, folder):
    file = folder / "world.db"
    with Server(program, folder, "--db", file) as server:
        names = server.load(WORLD)
        store = names["instances"]["main"]["identity_store_id"]
        server.control("POST", "use", {"user_id": names["users"]["alice"], "profile_arn": names["profiles"]["main"]})
        answer = server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": names["users"]["bob"]})
        same("bob goes", answer.status, 200)
        code, _, said = doctor(program, file)
        same("held by a server", code, 3)
        check("and says so", "in use" in said, said)
    return file


def each_fact_notices(program, folder):
    file = world_file(program, folder)
    before = file.read_bytes()
    same("a sound file", doctor(program, file)[0], 0)
    check("is left as it was", file.read_bytes() == before)
    listed = {line.split()[0] for line in doctor(program, "--facts")[1].splitlines()}
    same("every fact has its breakage, and no other", sorted(listed), sorted(BREAKAGES))
    for fact, sql in BREAKAGES.items():
        copy = folder / f"{fact}.db"
        shutil.copy(file, copy)
        with sqlite3.connect(copy) as database:
            touched = database.execute(sql).rowcount
        database.close()
        check(f"{fact}: the breakage hits", touched > 0, touched)
        code, out, said = doctor(program, copy)
        same(f"{fact}: exit code", code, 1)
        check(f"{fact}: is named", any(line.startswith(f"{fact} (") for line in out.splitlines()), out + said)


def what_is_not_ours_is_refused(program, folder):
    text = folder / "text.db"
    text.write_text("no database\n")
    same("no such file", doctor(program, folder / "none.db")[0], 2)
    same("a text", doctor(program, text)[0], 2)
    with sqlite3.connect(folder / "other.db") as database:
        database.execute("CREATE TABLE recipe (name TEXT)")
    database.close()
    code, _, said = doctor(program, folder / "other.db")
    same("somebody else's database", code, 2)
    check("by its schema's number", "holds schema 0" in said, said)
    file = world_file(program, folder)
    with open(file, "r+b") as damaged:
        damaged.seek(3 * 4096)
        damaged.write(b"\0" * 4096)
    code, out, said = doctor(program, file)
    check("a damaged file is not sound", code in (1, 2) and out + said != "", (code, out, said))
    same("two files", doctor(program, "a", "b")[0], 2)
    code, shown, *_ = doctor(program, "--help")
    same("help", (code, "Exit codes: 0 all holds" in shown, "doctor FILE" in shown), (0, True, True))


if __name__ == "__main__":
    sys.exit(main([each_fact_notices, what_is_not_ours_is_refused]))
