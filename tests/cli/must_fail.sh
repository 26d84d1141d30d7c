#!/bin/sh
# SPDX-License-Identifier: MIT
# must_fail.sh KIRO_CHECK: each scenario of scenarios/must_fail must break, with exactly the report stored beside it. Times stand
# at the ends of lines and are left out. To accept a changed report: must_fail.sh KIRO_CHECK --accept, and look at the diff.
set -u
kiro_check=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 3
status=0
count=0
report=$(mktemp)
trap 'rm -f "$report"' EXIT

for scenario in scenarios/must_fail/*.json; do
    expected="${scenario%.json}.expected"
    "$kiro_check" run "$scenario" >"$report" 2>&1
    code=$?
    sed -E -i 's/;? +[0-9]+ ms$//' "$report"
    if [ "${2:-}" = --accept ]; then
        cp "$report" "$expected"
    fi
    if [ "$code" -ne 1 ]; then
        echo "$scenario: exit code $code, expected 1"
        status=1
    fi
    diff -u "$expected" "$report" || status=1
    count=$((count + 1))
done

if [ "$count" -lt 2 ]; then
    echo "scenarios/must_fail: $count scenarios, expected at least 2"
    status=1
fi
exit $status
