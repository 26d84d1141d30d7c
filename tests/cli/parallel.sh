#!/bin/sh
# SPDX-License-Identifier: MIT
# parallel.sh KIRO_CHECK: so many at a time or one after the other, the report is the same but for the times.
set -u
kiro_check=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0

# report JOBS: the lines of everything, red ones among them, without their times.
report() {
    "$kiro_check" run -j "$1" --json "$folder/$1.json" scenarios/auto scenarios/must_fail scenarios/manual scenarios/vectors \
        >"$folder/$1" 2>&1
    code=$?
    if [ $code -ne 1 ]; then
        echo "run -j $1: exit code $code, expected 1"
        status=1
    fi
    sed -E -i 's/;? +[0-9]+ ms$//' "$folder/$1"
}

report 1
for jobs in 2 7; do
    report $jobs
    diff -u "$folder/1" "$folder/$jobs" || status=1
    cmp "$folder/1.json" "$folder/$jobs.json" || status=1
done
if [ "$(wc -l <"$folder/1")" -lt 30 ]; then
    echo "run: fewer than 30 lines to compare"
    status=1
fi

# Wrong from the third file on: nothing of a later one is told, however many work.
echo '{"format": 1, "name": "n", "rules": ["E1"], "world": {"accounts": {"a": {"organization": "o"}}}, "steps": []}' >"$folder/b.json"
for jobs in 1 4; do
    "$kiro_check" run -j $jobs scenarios/vectors/V1.json "$folder/b.json" scenarios/vectors/V2.json >"$folder/out" 2>"$folder/err"
    code=$?
    if [ $code -ne 2 ] || ! grep -q 'V1.json' "$folder/out" || grep -q 'V2.json' "$folder/out" || ! grep -q "^$folder/b.json:1:" "$folder/err"; then
        echo "run -j $jobs with a world that the server refuses: exit code $code, expected 2; said:"
        cat "$folder/out" "$folder/err"
        status=1
    fi
done
exit $status
