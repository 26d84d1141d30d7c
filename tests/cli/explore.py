# SPDX-License-Identifier: MIT
"""explore.py KIRO_CHECK: exploration finds what is broken on purpose and shrinks it to a file that shows it, finds
nothing where nothing is broken, and finds the same however many workers there are."""

import glob
import os
import re
import subprocess
import sys
import tempfile

KIRO_CHECK = os.path.realpath(sys.argv[1])
HISTORIES = "300"

# Deviation, in how many histories it must be found, in how many steps it must then be shown.
DEVIATIONS = [
    ("removed-member-keeps-seat", 60, 4),
    ("leaving-one-group-ends-all", 300, 7),
    ("bystander-canceled", 60, 6),
    ("dev-charged-after-cancel", 30, 3),
    ("upgrade-waits", 150, 6),
    ("credits-never-reset", 150, 6),
    ("account-closure-leaves-seats", 200, 4),
    ("closure-crosses-accounts", 300, 5),
    ("recreated-user-keeps-seat", 150, 7),
    ("cancels-without-role", 150, 6),
]

problems = []


def expect(condition, sentence):
    if not condition:
        problems.append(sentence)


def check(*words):
    run = subprocess.run([KIRO_CHECK, *words], capture_output=True, text=True, timeout=280)
    return run.returncode, run.stdout, run.stderr


def explore(*words):
    return check("explore", *words)


def finds(deviation, histories, steps, folder):
    code, out, err = explore("--deviation", deviation, "--runs", str(histories), "--out", folder)
    expect(code == 1, f"{deviation}: exit code {code}, expected 1\n{out}{err}")
    shrunk = re.search(r"shrunk to (\d+) steps", out)
    expect(shrunk is not None and int(shrunk[1]) <= steps, f"{deviation}: not within {steps} steps\n{out}")
    files = glob.glob(os.path.join(folder, "*.json"))
    expect(len(files) == 1, f"{deviation}: {len(files)} files, expected the one finding")
    for file in files:
        code, out, _ = check("run", file)
        expect(code == 0, f"{deviation}: the file is red by itself: exit code {code}\n{out}")
        code, out, _ = check("run", file, "--deviation", deviation)
        expect(code == 1, f"{deviation}: the file does not show it: exit code {code}\n{out}")


def without_times(out):
    return re.sub(r"in [\d.]+ s \(\d+ steps a second\)", "in no time", out)


def finds_nothing_where_nothing_is_broken():
    code, out, err = explore("--runs", HISTORIES)
    expect(code == 0, f"a clean run: exit code {code}\n{out}{err}")
    expect(out.startswith(HISTORIES + " histories, ") and "0 findings" in out, f"a clean run: {out}")


def finds_the_same_with_any_number_of_workers():
    seen = [explore("--deviation", "upgrade-waits", "--seed", "7", "-j", jobs) for jobs in ("1", "3")]
    first, second = ((code, without_times(out)) for code, out, _ in seen)
    expect(first[0] == 1, f"-j 1: exit code {first[0]}")
    expect(first == second, f"-j 1 and -j 3 differ:\n{first[1]}\n{second[1]}")


def refuses_wrong_calls():
    for words in (["--override", "tier_drop=never"], ["--override", "no_such=1"], ["--runs", "0"],
                  ["--time", "soon"], ["--timing", "late"], ["somewhere"]):
        code, out, err = explore(*words)
        expect(code == 2 and out == "" and err != "", f"{words}: exit code {code}\n{out}{err}")


finds_nothing_where_nothing_is_broken()
finds_the_same_with_any_number_of_workers()
refuses_wrong_calls()
for row in DEVIATIONS:
    with tempfile.TemporaryDirectory() as scratch:
        finds(*row, scratch)
for problem in problems:
    print(problem)
sys.exit(1 if problems else 0)
