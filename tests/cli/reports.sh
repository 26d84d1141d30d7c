#!/bin/sh
# SPDX-License-Identifier: MIT
# reports.sh KIRO_CHECK: what CI systems read (JUnit, TAP, GitHub's annotations and summary) is well-formed and says what happened.
set -u
kiro_check=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
held=scenarios/auto/user-deleted.json
broken=scenarios/must_fail/seat-survives-deletion.json
# Characters that mean something to XML, YAML, Markdown and workflow commands, in a name that is repeated everywhere.
sed 's/"name": "must fail: /"name": "a <b> \& \\"c\\" | 100%, d: `e` /' "$broken" >"$folder/odd#name.json"

unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY
"$kiro_check" run --junit "$folder/junit.xml" --json "$folder/checks.json" "$held" "$broken" "$folder/odd#name.json" >"$folder/people" 2>&1
[ $? -eq 1 ] || { echo "run --junit: expected exit code 1"; exit 1; }
"$kiro_check" run --tap "$held" "$broken" "$folder/odd#name.json" >"$folder/tap" 2>"$folder/people-tap"
[ $? -eq 1 ] || { echo "run --tap: expected exit code 1"; exit 1; }
echo "what was there before" >"$folder/summary.md"
GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY="$folder/summary.md" \
    "$kiro_check" run "$held" "$broken" "$folder/odd#name.json" >"$folder/github" 2>&1
[ $? -eq 1 ] || { echo "run on GitHub: expected exit code 1"; exit 1; }
"$kiro_check" run --endpoint http://127.0.0.1:1 --junit "$folder/none.xml" "$held" >/dev/null 2>&1

exec /usr/bin/python3 -B - "$folder" "$held" "$broken" <<'END'
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

folder, held, broken = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
odd = str(folder / "odd#name.json")
NAME = 'a <b> & "c" | 100%, d: `e` expects the seat of a deleted user to stay Active'
checks = [json.loads(line) for line in (folder / "checks.json").read_text().splitlines()]


def of(run, verdict=None):
    return [check for check in checks if check["run"] == run and verdict in (None, check["verdict"])]


# JUnit: a suite per run, a case per check, and every failure tells what the JSON tells.
suites = xml.parse(folder / "junit.xml").getroot().findall("testsuite")
assert [suite.get("name") for suite in suites] == [f"{held} [api]", f"{held} [scim]", broken, odd], suites
for suite in suites:
    cases, run = suite.findall("testcase"), suite.get("name")
    assert len(cases) == int(suite.get("tests")) == len(of(run)) > 100, run
    failures = [case.find("failure") for case in cases if case.find("failure") is not None]
    assert len(failures) == int(suite.get("failures")) == len(of(run, "broken")), run
    assert suite.get("errors") == suite.get("skipped") == "0" and float(suite.get("time")) >= 0
    for failure, check in zip(failures, of(run, "broken")):
        file = run.split(" [")[0]
        assert failure.get("type") == check["rule"]
        assert failure.text.startswith(f'{file}:{check["line"]}:{check["column"]}: after check alice'), failure.text
        for part in (check["expected"], check["seen"], check["rule"], check["level"], ", source S",
                     f"replay: kiro-check run {file} -v"):
            assert part in failure.text, (part, failure.text)
assert suites[0].get("failures") == "0" and suites[2].get("failures") == suites[3].get("failures") == "2"
assert suites[3].find("properties/property").get("value") == NAME

# TAP: as many points as planned, in order, each with its diagnosis.
tap = (folder / "tap").read_text().splitlines()
assert tap[:2] == ["TAP version 14", "1..4"], tap[:2]
points = [line for line in tap if re.match("(not )?ok ", line)]
escaped = odd.replace("#", "\\#")
assert points == [f"ok 1 - {held} [api]", f"ok 2 - {held} [scim]", f"not ok 3 - {broken}", f"not ok 4 - {escaped}"], points
assert tap.count("  ---") == tap.count("  ...") == 4
assert sum(line.startswith("    - message: ") for line in tap) == 4
assert f"  scenario: {json.dumps(NAME)}" in tap
assert "holds" in (folder / "people-tap").read_text()

# GitHub: an annotation per finding, escaped; the summary is added to what is there.
lines = (folder / "github").read_text().splitlines()
annotations = [line for line in lines if line.startswith("::")]
assert len(annotations) == 4, annotations
first = of(broken, "broken")[0]
head = f'::error file={broken},line={first["line"]},col={first["column"]},title=must fail%3A expects the seat'
assert annotations[0].startswith(head), annotations[0]
assert "%0A" in annotations[0] and "rule auto-user-deleted (documented)" in annotations[0]
assert "title=a <b> & \"c\" | 100%25%2C d%3A `e` expects" in annotations[2], annotations[2]
summary = (folder / "summary.md").read_text().splitlines()
assert summary[0] == "what was there before"
rows = [line for line in summary if re.match(r"\| (scenarios|/)", line)]
assert len(rows) == 2 and all(" | BROKEN | " in row for row in rows), rows
assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows), rows
assert any("**4 runs of 3 scenarios** | 2 hold, 2 broken" in line for line in summary), summary

# Without a server there is no run, and that is told as an error.
none = xml.parse(folder / "none.xml").getroot().findall("testsuite")
assert [suite.get("errors") for suite in none] == ["1"]
assert none[0].find("testcase/error").get("message") == "there is no server to play against"
END
