#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""report.py COVERAGE.json UNCOVERED.txt: a table by room from gcovr's JSON, held against the thresholds.

Lines named in excused.txt do not count. Of a line that asserts, the branches do not count: one of them is
what cannot happen. What remains unreached is listed in UNCOVERED.txt.
"""
import json
import pathlib
import re
import sys

LINES_PERCENT = 90
BRANCHES_PERCENT = 75
ROOMS = ("mock_aws/base", "mock_aws/world", "mock_aws/wire", "mock_aws/services", "mock_aws", "client")
ROOT = pathlib.Path(__file__).parents[1]


class Tally:
    """Lines and branches: how many there are, how many were reached."""

    def __init__(self):
        self.lines = self.lines_hit = self.branches = self.branches_hit = 0

    def add(self, line_hit, branches):
        self.lines += 1
        self.lines_hit += line_hit
        self.branches += len(branches)
        self.branches_hit += sum(branches)

    def row(self, name):
        return (f"{name:<20}{self.lines_hit:>7}/{self.lines:<6}{percent(self.lines_hit, self.lines):>6.1f} %"
                f"{self.branches_hit:>9}/{self.branches:<6}{percent(self.branches_hit, self.branches):>6.1f} %")


def percent(part, whole):
    return 100.0 * part / whole if whole else 100.0


def excuses_of(text):
    """The entries as [file, pattern, entry, fitted]; a malformed one is an error."""
    excuses = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split(":", 2)
        if len(parts) != 3 or not all(part.strip() for part in parts):
            raise SystemExit(f"coverage/excused.txt:{number}: expected FILE:REGEX:REASON")
        excuses.append([parts[0], re.compile(parts[1]), f"coverage/excused.txt:{number}: {line}", False])
    return excuses


def room_of(path):
    return next((room for room in ROOMS if path.startswith(room + "/")), None)


def measure(report, excuses, tallies, unreached):
    """Fill the tallies by room and the list of what was not reached."""
    for entry in report["files"]:
        path = entry["file"]
        room = room_of(path)
        if room is None:
            continue
        source = (ROOT / path).read_text(encoding="utf-8").splitlines()
        for line in entry["lines"]:
            number = line["line_number"]
            text = source[number - 1]
            if line.get("gcovr/noncode") or excused(path, text, excuses):
                continue
            branches = [] if re.search(r"\bassert\(", text) else [b["count"] > 0 for b in line["branches"]]
            tallies[room].add(line["count"] > 0, branches)
            if line["count"] == 0:
                unreached.append(f"{path}:{number}: {text.strip()}")
            elif not all(branches):
                unreached.append(f"{path}:{number}: {sum(branches)} of {len(branches)} branches: {text.strip()}")


def excused(path, text, excuses):
    fits = False
    for excuse in excuses:
        if excuse[0] == path and excuse[1].search(text):
            excuse[3] = fits = True
    return fits


def main(arguments):
    report = json.loads(pathlib.Path(arguments[0]).read_text(encoding="utf-8"))
    excuses = excuses_of((ROOT / "coverage/excused.txt").read_text(encoding="utf-8"))
    tallies = {room: Tally() for room in ROOMS}
    unreached = []
    measure(report, excuses, tallies, unreached)
    total = Tally()
    print(f"{'room':<20}{'lines':>13}{'':>9}{'branches':>16}")
    for room, tally in tallies.items():
        print(tally.row(room))
        for name in vars(total):
            setattr(total, name, getattr(total, name) + getattr(tally, name))
    print(total.row("total"))
    pathlib.Path(arguments[1]).write_text("".join(line + "\n" for line in unreached), encoding="utf-8")
    print(f"not reached: {arguments[1]}")

    problems = [f"{excuse[2]}: fits no line of code" for excuse in excuses if not excuse[3]]
    if total.lines == 0:
        problems.append("nothing was measured")
    if percent(total.lines_hit, total.lines) < LINES_PERCENT:
        problems.append(f"lines below {LINES_PERCENT} %")
    if percent(total.branches_hit, total.branches) < BRANCHES_PERCENT:
        problems.append(f"branches below {BRANCHES_PERCENT} %")
    for problem in problems:
        print(f"coverage: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
