# SPDX-License-Identifier: MIT
"""Counts what held and what did not, and runs test functions one after the other."""
import pathlib
import sys
import tempfile
import traceback

PASSED = []
FAILED = []


def check(what, holds, seen=""):
    """Count one check; say so at once if it fails."""
    (PASSED if holds else FAILED).append(what)
    if not holds:
        shown = f": {seen!r}" if seen != "" else ""
        print(f"FAILED {what}{shown}", flush=True)
    return holds


def same(what, seen, expected):
    """A check for equality that shows both sides."""
    holds = seen == expected
    return check(what, holds, "" if holds else {"expected": expected, "seen": seen})


def run(tests, program):
    """Call every test with the path of mock-aws and a folder of its own; give the exit code."""
    for test in tests:
        with tempfile.TemporaryDirectory(prefix="mock-aws-") as folder:
            try:
                test(program, pathlib.Path(folder))
            except Exception:  # a test that stops early has failed, and the others still run
                traceback.print_exc(limit=-4, file=sys.stdout)
                check(f"{test.__name__} ran to its end", False)
    print(f"{len(PASSED)} passed, {len(FAILED)} failed")
    return 1 if FAILED else 0


def main(tests):
    if len(sys.argv) != 2:
        print(f"usage: {sys.argv[0]} MOCK-AWS", file=sys.stderr)
        return 2
    return run(tests, sys.argv[1])
