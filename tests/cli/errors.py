#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""errors.py KIRO-CHECK MOCK-AWS: what a wrong call, a wrong file and a bad place are told: what, where, what would be right, and the exit code."""
import os
import pathlib
import socket
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "clients"))
from checks import check, run, same  # noqa: E402
from server import Server  # noqa: E402

KIRO_CHECK, MOCK_AWS = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:3])
SCENARIO = str(pathlib.Path(__file__).parents[2] / "scenarios" / "auto" / "user-deleted.json")
NOBODY = 65534
SERVE = (MOCK_AWS, "serve")
FREE_PORT = ("--listen", "127.0.0.1:0")

# words of the call behind `serve`, on a free port unless they say another, exit code, words of the line; {0} is the test's folder
SERVE_ROWS = [
    (["--prot-file", "x"], 2, ["unknown option '--prot-file'", "closest is --port-file"]),
    (["--frobnicate"], 2, ["unknown option '--frobnicate'; see mock-aws help"]),
    (["--report", "x"], 2, ["unknown option '--report'; see"]),
    (["extra"], 2, ["'extra' is too much"]),
    (["--db"], 2, ["'--db' wants a value"]),
    (["--db", ""], 2, ["'' is no value for --db", "expected a file"]),
    (["--allow-host", "http://mock"], 2, ["is no value for --allow-host", "*.suffix"]),
    (["--seed", "1", "--seed=2"], 2, ["'--seed' is given twice"]),
    (["--quiet=yes"], 2, ["'--quiet' takes no value"]),
    (["--start=yesterday"], 2, ["'yesterday' is no start"]),
    (["--listen", "127.0.0.1"], 2, ["'127.0.0.1' is no value for --listen", "127.0.0.1:5476"]),
    (["--listen", "127.0.0.1:65536"], 2, ["'127.0.0.1:65536' is no value", "65535"]),
    (["--listen", "example.com:0"], 2, ["'example.com' is not an IP address", "127.0.0.1 or ::1"]),
    (["--listen", "300.1.1.1:0"], 2, ["'300.1.1.1' is not an IP address"]),
    (["--listen", "192.0.2.1:0"], 2, ["cannot listen on 192.0.2.1 port ", "an address of this machine"]),
    (["--edition", "kiro-2026-05"], 2, ["unknown edition 'kiro-2026-05'", "closest is kiro-2026-0", "script-month-end"]),
    (["--edition", "q-develper"], 2, ["closest is q-developer"]),
    (["--deviation", "deleted-user-keep-seat"], 2, ["unknown deviation 'deleted-user-keep-seat'",
                                                   "closest is deleted-user-keeps-seat", "kiro-check deviations"]),
    (["--override", "acess_after_cancel=immediate"], 2, ["closest is access_after_cancel", "expected one of"]),
    (["--override", "sesion_tail=1h"], 2, ["closest is session_tail"]),
    (["--override", "access_after_cancel=soon"], 2, ["month-end"]),
    (["--override", "session_tail=long"], 2, ["expected a duration"]),
    (["--override", "session_tail"], 2, ["'session_tail' is no value for --override; expected NAME=VALUE"]),
    (["--timing", "instnt"], 2, ["'instnt' is no value for --timing; expected instant or documented"]),
    (["--auth", "verfy"], 2, ["unknown auth 'verfy'; expected none, scope or verify"]),
    (["--auth", "verify"], 2, ["wants a credential", "KEY:SECRET"]),
    (["--credential", "key"], 2, ["expected KEY:SECRET"]),
    (["--start", "yesterday"], 2, ["'yesterday' is no start", "2026-03-01T00:00:00Z"]),
    (["--seed", "0"], 2, ["'0' is no value for --seed; expected a number from 1"]),
    (["--fault", "give=throtling"], 2, ["--fault: faults[0].give: expected latency, throttling"]),
    (["--fault", "throttling"], 2, ["expected member=value"]),
    (["--world", "{0}/nowhere.json"], 2, ["{0}/nowhere.json: cannot be read: No such file"]),
    (["--world", "{0}"], 2, ["{0}: cannot be read: Is a directory"]),
    (["--world", "{0}/member.json"], 2, ["{0}/member.json:2:26: unknown member; expected one of format, start"]),
    (["--world", "{0}/format.json"], 2, ["{0}/format.json:1:12: unknown format; this program reads format 1"]),
    (["--world", "{0}/broken.json"], 2, ["{0}/broken.json:1:18: "]),
    (["--world", "{0}/two.json"], 2, ['"profiles" is left out, so one called main is meant', 'one of "instances"']),
    (["--db", "{0}/nowhere/world.db"], 2, ["{0}/nowhere/world.db: cannot be opened", "a folder that exists"]),
    (["--db", "{0}"], 2, ["{0}: cannot be opened"]),
    (["--db", "{0}/member.json"], 2, ["{0}/member.json: no SQLite database"]),
    (["--db", "{0}/newer.db"], 2, ["{0}/newer.db: holds schema 99, this program reads schema"]),
    (["--db", "{0}/older.db"], 2, ["{0}/older.db: holds schema 0, this program reads schema", "the version of mock-aws that made it"]),
    (["--db", "{0}/other.db"], 2, ["{0}/other.db: holds another schema than this program's", "matching version"]),
    (["--port-file", "{0}/nowhere/port"], 3, ["{0}/nowhere/port: cannot be written: No such file"]),
    (["--port-file", "{0}"], 3, ["{0}: cannot be written: Is a directory"]),
    (["--ready-fd", "77"], 3, ["file descriptor 77: cannot be written"]),
]

# program, words, exit code, words of what is said on stderr
OTHER_ROWS = [
    (MOCK_AWS, ["srve"], 2, ["unknown command 'srve'; closest is serve"]),
    (MOCK_AWS, ["frobnicate"], 2, ["unknown command 'frobnicate'; see mock-aws help"]),
    (MOCK_AWS, ["version", "now"], 2, ["'now' is too much"]),
    (MOCK_AWS, ["operations", "--jsn"], 2, ["'--jsn' is too much: operations takes --json alone"]),
    (MOCK_AWS, ["ca", "print"], 2, ["'print' is too much"]),
    (MOCK_AWS, ["exec"], 2, ["-- and the command"]),
    (MOCK_AWS, ["exec", "true"], 2, ["'true' is no option; the command stands behind --"]),
    (MOCK_AWS, ["exec", "--wrld", "x", "--", "true"], 2, ["closest is --world"]),
    (MOCK_AWS, ["exec", "--port-file", "x", "--", "true"], 2, ["unknown option '--port-file'"]),
    (MOCK_AWS, ["exec", "--expect", "{0}/nowhere", "--", "true"], 2, ["{0}/nowhere: cannot be read"]),
    (MOCK_AWS, ["import", "--pseudonym", "x"], 2, ["unknown option '--pseudonym'; closest is --pseudonyms"]),
    (KIRO_CHECK, ["rnu"], 2, ["unknown command \"rnu\"; closest is run"]),
    (KIRO_CHECK, ["run", "--editon", "x"], 2, ["no such option: --editon; closest is --edition"]),
    (KIRO_CHECK, ["run", "--schema"], 2, ["no such option: --schema"]),
    (KIRO_CHECK, ["run", "-x"], 2, ["no such option: -x"]),
    (KIRO_CHECK, ["run", "--edition"], 2, ["--edition wants a value"]),
    (KIRO_CHECK, ["run", "--edition", "kiro-1999", SCENARIO], 2, ["found \"kiro-1999\", expected one of: kiro-2026-06"]),
    (KIRO_CHECK, ["run", "--timing", "slow", SCENARIO], 2, ["expected one of: instant documented"]),
    (KIRO_CHECK, ["run", "--deviation", "deleted-user-keep-seat", SCENARIO], 2,
     ["deviations/0", "closest is deleted-user-keeps-seat"]),
    (KIRO_CHECK, ["run", "{0}/nowhere.json"], 2, ["{0}/nowhere.json", "No such file"]),
    (KIRO_CHECK, ["run", "{0}/broken.json"], 2, ["{0}/broken.json:1:18: "]),
    (KIRO_CHECK, ["run", "--endpoint", "http://127.0.0.1:1", SCENARIO], 3, ["127.0.0.1:1", "does not answer"]),
    (KIRO_CHECK, ["explain", "alice", "--endpoint", "nonsense"], 3, ["nonsense"]),
]


def tried(words, folder, code, said, **how):
    words = [word.format(folder) for word in words]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False, stdin=subprocess.DEVNULL, **how)
    what = " ".join(pathlib.Path(words[0]).name if word == words[0] else word for word in words)
    same(f"{what}: exit code", done.returncode, code)
    for word in said:
        check(f"{what}: says {word.format(folder)!r}", word.format(folder) in done.stderr, done.stderr[-600:])
    check(f"{what}: nothing on stdout", done.stdout == "", done.stdout)
    if words[0] == MOCK_AWS:
        same(f"{what}: one line", len(done.stderr.splitlines()), 1) or print(done.stderr)


def files_in(folder):
    (folder / "member.json").write_text('{"users": ["alice"],\n  "format": 1, "colour": "red"}\n')
    (folder / "two.json").write_text('{"instances": {"a": {}, "b": {}}}\n')
    (folder / "format.json").write_text('{"format": 2}\n')
    (folder / "broken.json").write_text('{"users": ["a"], ]}\n')
    for name, version in (("newer", 99), ("older", 0), ("other", 3)):
        with sqlite3.connect(folder / f"{name}.db") as database:
            database.execute("CREATE TABLE world (x)")
            database.execute(f"PRAGMA user_version = {version}")
        database.close()


def wrong_calls_and_files(_program, folder):
    files_in(folder)
    for words, code, said in SERVE_ROWS:
        tried([*SERVE, *(() if "--listen" in words else FREE_PORT), *words], folder, code, said)
    for program, words, code, said in OTHER_ROWS:
        tried([program, *words], folder, code, said)


VERBS = ("serve", "exec", "env", "wait", "import", "doctor", "operations", "ca", "version")


def each_command_has_its_help(_program, _folder):
    def said(*words, code=0, **how):
        done = subprocess.run([MOCK_AWS, *words], stderr=subprocess.PIPE, text=True, timeout=30, check=False, **(how or {"stdout": subprocess.PIPE}))
        same(f"mock-aws {words}: exit code", done.returncode, code)
        return done.stdout or done.stderr
    everything = said("help")
    same("bare, it prints the same", said(code=2), everything)
    for verb in VERBS:
        text = said(verb, "--help")
        check(f"{verb}: its own", text.startswith(f"mock-aws {verb}: ") and text == said("help", verb) and f"mock-aws {verb}" in everything)
        check(f"{verb}: at most 100 columns", max(map(len, (text + everything).splitlines())) <= 100)
    variables = said("exec", "--help")
    check("exec names what COMMAND finds", all(name in variables for name in ("MOCK_URL", "MOCK_USER_", "MOCK_IDS", "--settle", "--keep", "--strict")))
    check("the default port", "127.0.0.1:5476" in said("serve", "--help"))
    check("an unknown one", "closest is serve" in said("help", "srve", code=2))
    with open("/dev/full", "w", encoding="ascii") as full:
        for words in (("operations",), ("operations", "--json"), ("help",), ("version",)):
            check(f"{words} on a full disk", "cannot be written" in said(*words, code=3, stdout=full))


def places_that_are_taken(program, folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        tried([MOCK_AWS, "serve", "--listen", f"127.0.0.1:{port}"], folder, 3,
              [f"cannot listen on 127.0.0.1 port {port}: Address already in use", "port 0 picks a free one"])
    file = str(folder / "world.db")
    with Server(program, folder, "--db", file):
        tried([*SERVE, *FREE_PORT, "--db", file], folder, 3, [f"{file}: in use by another process", "take another file"])


def places_without_permission(_program, folder):
    """Root may do anything, so root tries as somebody who may not."""
    how = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    # nobody must reach the program, and the folder, but change nothing in it
    copy = folder / "mock-aws"
    copy.write_bytes(pathlib.Path(MOCK_AWS).read_bytes())
    copy.chmod(0o755)
    for name in ("world.json", "world.db"):
        (folder / name).touch()
    with sqlite3.connect(folder / "kept.db") as database:
        database.execute("VACUUM")
    database.close()
    (folder / "world.json").chmod(0)
    (folder / "world.db").chmod(0)
    (folder / "kept.db").chmod(0o444)
    folder.chmod(0o555)
    serve = [str(copy), "serve", "--listen", "127.0.0.1:0"]
    environment = {"PATH": os.environ["PATH"], "XDG_STATE_HOME": str(folder)}
    try:
        for words, code, said in (
                ([*serve, "--world", "{0}/world.json"], 2, ["{0}/world.json: cannot be read: Permission denied"]),
                ([*serve, "--db", "{0}/world.db"], 2, ["{0}/world.db: cannot be opened", "may be written"]),
                ([*serve, "--db", "{0}/kept.db"], 3, ["{0}/kept.db: cannot be written", "a file that may be written"]),
                ([*serve, "--port-file", "{0}/port"], 3, ["{0}/port: cannot be written: Permission denied"]),
                ([str(copy), "ca"], 3, ["{0}/mock-aws", "set XDG_STATE_HOME to a folder that can be written"])):
            tried(words, folder, code, said, env=environment, **how)
    finally:
        folder.chmod(0o755)


if __name__ == "__main__":
    sys.exit(run([wrong_calls_and_files, each_command_has_its_help, places_that_are_taken, places_without_permission], MOCK_AWS))
