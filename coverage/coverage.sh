#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# coverage.sh BUILD: run all tests of a build made with the preset "coverage", then report what they reached.
set -euo pipefail
build=$(realpath "${1:?coverage.sh BUILD}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Counts of an earlier run would make lines look reached that no test reaches any more.
find "$build" -name '*.gcda' -delete
ctest --test-dir "$build" -j2 --output-on-failure
gcovr --root . --object-directory "$build" --filter 'mock_aws/' --filter 'client/' \
    --exclude-unreachable-branches --json "$build/coverage.json" "$build" >&2
exec /usr/bin/python3 -B coverage/report.py "$build/coverage.json" "$build/uncovered.txt"
