#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""mock-aws exec as a gate: nothing passes because there was nothing to lose, and what is told is of use."""
import json
import pathlib
import resource
import subprocess
import sys

import checks
from checks import check, same
from exec_command import AWS, UNSUBSCRIBE_DAVE
from exec_world import COMPANY, Exec

UNSUBSCRIBE = ("bash", "-euc", UNSUBSCRIBE_DAVE)


def world_of(folder, name, document):
    path = pathlib.Path(folder) / name
    path.write_text(json.dumps({"format": 1, **document}))
    return path


def a_check_that_cannot_fail_is_refused(program, folder):
    mock = Exec(program, folder)
    leavers = mock.leavers("dave")
    for options, words in ((("--expect", leavers), "--expect without --world"), (("--protect", "dave"), "--protect without --world"),
                           (("--world", COMPANY, "--expect", mock.leavers("davee")), "no such user; closest is dave"),
                           (("--world", COMPANY, "--protect", "alise"), "no such user; closest is alice")):
        code, said, told = mock.run("echo", "ran", options=options)
        same(f"{options[-2:]}: exit code, and nothing ran", (code, said), (2, ""))
        check(f"{words} is told", words in told, told)
    seatless = world_of(folder, "seatless.json", {"users": ["erin", "dave"], "assignments": [{"to": "user:dave"}]})
    code, _, told = mock.run("true", options=("--world", seatless, "--expect", mock.leavers("erin")))
    check("a leaver without a seat", code == 1 and "FAILED   erin had nothing to lose" in told, told)


def names_are_taken_as_people_write_them(program, folder):
    mock = Exec(program, folder)
    world = world_of(folder, "named.json", {
        "users": {"dave": {"user_name": "D.Ave@corp.example"}, "ann": {"attributes": {"Emails": [{"Value": "Ann@corp.example"}]}}, "bob": {},
                  "twin-1": {"user_name": "same"}, "twin-2": {"user_name": "other", "attributes": {"Emails": [{"Value": "same"}]}}},
        "assignments": [{"to": "user:dave"}], "profiles": {"engineering": {}}})
    for name in ("dave", "DAVE", "d.ave@CORP.example"):
        path = mock.folder / "written"
        path.write_bytes(b"\xef\xbb\xbf" + name.encode() + b"\r\n")
        code, _, told = mock.run(*UNSUBSCRIBE, options=("--world", world, "--expect", path))
        check(f"{name} behind a byte order mark", code == 0, told)
    for name in ("ANN", "ann@CORP.example", "bob@example.com"):
        code, _, told = mock.run(*UNSUBSCRIBE, options=("--world", world, "--protect", name))
        check(f"{name} is protected", code == 0, told)
    code, _, told = mock.run("true", options=("--world", world, "--protect", "same"))
    check("a name of several", code == 2 and "several people have that name" in told, told)
    (mock.folder / "wide").write_bytes("dave\r\n".encode("utf-16"))
    code, _, told = mock.run("true", options=("--world", world, "--expect", mock.folder / "wide"))
    check("UTF-16 is told", code == 2 and "is UTF-16" in told, told)
    code, _, told = mock.run("true", options=("--world", world, "--expect", mock.leavers("dave")))
    check("names in what fails", code == 1 and "D.Ave@corp.example should have lost the seat on engineering" in told, told)


def a_fault_that_met_nothing_is_told(program, folder):
    mock = Exec(program, folder)
    fault = ("--world", COMPANY, "--fault", "operation=DeleteGroup,give=throttling")
    code, _, told = mock.run("true", options=fault)
    check("as a note", code == 0 and "note     the fault operation=DeleteGroup give=throttling matched no call" in told, told)
    code, _, told = mock.run("true", options=(*fault, "--strict"))
    check("under --strict it fails", code == 1 and "FAILED   the fault operation=DeleteGroup" in told, told)
    late = (*fault[:3], "operation=DeleteAssignment,nth=2,give=throttling", "--strict")
    code, _, told = mock.run(*UNSUBSCRIBE, options=late)
    check("one that came too late", code == 1 and "was never given: 1 call matched" in told, told)


def what_is_delayed_can_happen_before_judging(program, folder):
    mock = Exec(program, folder)
    world = world_of(folder, "young.json", {"users": ["dave"], "groups": {"devs": ["dave"]}, "assignments": [{"to": "group:devs"}]})
    found = ("bash", "-euc", f'{AWS} identitystore create-group --identity-store-id "$MOCK_IDENTITY_STORE_MAIN" --display-name ops')
    code, said, told = mock.run(*found, options=("--world", world, "--timing", "documented"))
    check("a world without history is an established company", code == 0 and "GroupId" in said, said + told)
    job = ("bash", "-euc", f'{AWS} identitystore delete-user --identity-store-id "$MOCK_IDENTITY_STORE_MAIN" --user-id "$MOCK_USER_DAVE"')
    options = ("--world", world, "--timing", "documented", "--expect", mock.leavers("dave"))
    code, _, told = mock.run(*job, options=options)
    check("the clock stands", code == 1 and "dave should have lost the seat on main" in told, told)
    code, _, told = mock.run(*job, options=(*options, "--settle", "25h"))
    check("--settle", code == 0 and "1 seat ended" in told, told)
    code, _, told = mock.run("true", options=(*options, "--settle", "soon"))
    check("no duration", code == 2 and "'soon' is no value for --settle" in told, told)


def the_command_is_where_the_world_is(program, folder):
    mock = Exec(program, folder)
    frankfurt = world_of(folder, "frankfurt.json", {"instances": {"main": {"region": "eu-central-1"}}, "users": ["a"],
                                                    "profiles": {"main": {"region": "eu-central-1"}}})
    two = world_of(folder, "two.json", {"instances": {"us": {}, "eu": {"region": "eu-central-1", "kind": "account"}},
                                        "accounts": {"main": {"id": "111122223333"}, "lab": {"id": "444455556666"}}, "profiles": {}})
    two.write_text(two.read_text().replace('"us": {}', '"us": {"account": "main"}').replace('"eu": {', '"eu": {"account": "lab", '))
    for world, shell, wanted, words in (
            (frankfurt, "eu-central-1", "eu-central-1", None), (frankfurt, "", "eu-central-1", None),
            (frankfurt, "us-east-1", "eu-central-1", "in eu-central-1, where the world's instance is, not in the shell's us-east-1"),
            (two, "eu-central-1", "eu-central-1", "the world is in us-east-1, eu-central-1; the command is in eu-central-1, the shell's Region"),
            (two, "us-west-2", "us-east-1", "the command is in us-east-1, where the first instance is")):
        code, said, told = mock.run("sh", "-c", "echo $AWS_REGION $AWS_DEFAULT_REGION", options=("--world", world), AWS_REGION=shell)
        same(f"{world.name} from {shell}", (code, said), (0, f"{wanted} {wanted}\n"))
        check(f"{words} is told", ("the command is in" in told) == (words is not None) and (words is None or words in told), told)
    same("without a world the shell's", mock.run("sh", "-c", "echo $AWS_REGION", options=(), AWS_REGION="eu-west-1")[1], "eu-west-1\n")
    code, said, told = mock.run("sh", "-c", "echo $AWS_ACCESS_KEY_ID", options=("--world", two), AWS_ACCOUNT_ID="444455556666")
    check("the shell's account", said == "444455556666\n" and "2 accounts; the command calls as 'lab'" in told, said + told)


def reports_come_to_those_who_read_them(program, folder):
    mock = Exec(program, folder)
    marker = mock.folder / "ran"
    code, _, told = mock.run("touch", marker, options=("--report", mock.folder / "none" / "r.json"))
    check("a report is opened before the command runs", code == 3 and "cannot be written" in told and not marker.exists(), told)
    code, said, _ = mock.run("true", options=("--world", COMPANY, "--report", "-"))
    same("to standard output", (code, json.loads(said)["stayed"]), (0, 5))
    summary = mock.folder / "summary.md"
    code, _, told = mock.run(*UNSUBSCRIBE, options=("--world", COMPANY, "--protect", "dave"), GITHUB_ACTIONS="true",
                             GITHUB_STEP_SUMMARY=str(summary))
    check("an annotation", "::error title=mock-aws exec::dave is protected and lost a seat\n" in told, told)
    check("and the summary", "### mock-aws exec" in summary.read_text() and "| **failed** | dave is protected" in summary.read_text())
    kept = mock.folder / "kept.db"
    code, _, told = mock.run(*UNSUBSCRIBE, options=("--world", COMPANY, "--keep", kept))
    check("--keep", code == 0 and kept.stat().st_size > 0, told)
    done = subprocess.run([program, "doctor", kept], capture_output=True, text=True, check=False)
    check("what is kept can be served and examined", done.returncode == 0 and "all facts hold" in done.stdout, done)
    code, said, told = mock.run("echo", "ran", options=("--world", COMPANY, "--keep", kept))
    check("nothing is overwritten", (code, said) == (2, "") and "is there already" in told, told)


def much_is_told_in_few_lines(program, folder):
    mock = Exec(program, folder)
    people = [f"p{number:02}" for number in range(25)]
    world = world_of(folder, "many.json", {"users": people, "groups": {"devs": people}, "assignments": [{"to": "group:devs"}]})
    code, _, told = mock.run("bash", "-euc", f'{AWS} identitystore delete-group --identity-store-id "$MOCK_IDENTITY_STORE_MAIN" '
                             '--group-id "$MOCK_GROUP_DEVS"', options=("--world", world, "--protect", "p01"))
    lines = [line for line in told.splitlines() if line.startswith("  ended")]
    same("ten, and how many more", (code, len(lines), lines[-1]), (1, 11, "  ended    and 15 more"))
    code, report, told = mock.report("sh", "-c", f"{AWS} s3api list-buckets; {AWS} s3api list-buckets; true")
    check("what the mock does not offer, at the end", told.splitlines()[-1].startswith("  not offered by the mock: GET /") and
          told.endswith("(2 calls)\n"), told)
    same("and in the report", list(report["unoffered"].values()), [2])


def profiles_lead_to_the_mock(program, folder):
    mock = Exec(program, folder)
    script = mock.folder / "job.sh"
    script.write_text(f"{AWS} --profile from-a-script sts get-caller-identity --query Account --output text\n")
    for command in ((AWS, "--profile", "prod", "sts", "get-caller-identity", "--query", "Account", "--output", "text"), ("sh", script),
                    ("sh", "-c", f"{AWS} --profile=inline sts get-caller-identity --query Account --output text"),
                    ("sh", "-c", f"p=POISON-aws_profile; {AWS} --profile $p sts get-caller-identity --query Account --output text")):
        code, said, told = mock.run(*command)
        check(f"{command[:3]}", (code, said) == (0, "111122223333\n"), said + told)


def many_people_cost_no_more_than_they_are(program, folder):
    mock = Exec(program, folder)
    times = []
    for count in (1500, 6000):
        people = [f"user{number:05}@example.com" for number in range(count)]
        groups = {f"team-{start // 100:03}": people[start:start + 100] for start in range(0, count, 100)}
        world = world_of(folder, "crowd.json", {"users": people, "groups": groups, "start": "2026-06-04T09:00:00Z",
                                                "assignments": [{"to": f"group:{name}"} for name in groups]})
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        code, said, told = mock.run("/usr/bin/python3", "-c", (
            "import json, os; ids = json.load(open(os.environ['MOCK_IDS'])); "
            "print(len(ids['users']), sum(name.startswith('MOCK_USER_') for name in os.environ))"), options=("--world", world))
        times.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
        listed, variables = map(int, said.split())
        check(f"all of {count} are in the file, some in variables", (code, listed) == (0, count) and 0 < variables <= 1000, said + told)
        check("which is told", "more ids than MOCK_ variables" in told, told)
    check("four times the people, at most seven times the work", times[1] < 7 * times[0], times)
    twins = world_of(folder, "twins.json", {"users": ["anna.b", "anna-b"]})
    code, said, told = mock.run("sh", "-c", 'grep -c "$MOCK_USER_ANNA_B" "$MOCK_IDS"', options=("--world", twins))
    check("names that collide are told", (code, said) == (0, "1\n") and "the id of 'anna-b' is in the file MOCK_IDS alone" in told, told)


if __name__ == "__main__":
    sys.exit(checks.main([
        a_check_that_cannot_fail_is_refused, names_are_taken_as_people_write_them, a_fault_that_met_nothing_is_told,
        what_is_delayed_can_happen_before_judging, the_command_is_where_the_world_is, reports_come_to_those_who_read_them,
        much_is_told_in_few_lines, profiles_lead_to_the_mock, many_people_cost_no_more_than_they_are]))
