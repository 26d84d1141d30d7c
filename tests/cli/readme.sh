#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What the README shows is what comes out: its scenario is broken with exactly the report beside it.
# usage: readme.sh KIRO_CHECK
set -euo pipefail
kiro_check=$(realpath "$1")
readme=$(dirname "$(realpath "$0")")/../../README.md
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sed -n '/^```jsonc$/,/^```$/p' "$readme" | sed '1d;$d' >"$folder/leave.json"
sed -n '/^leave.json:/,/^replay:/p' "$readme" >"$folder/expected"
cd "$folder"
code=0
"$kiro_check" run leave.json >seen || code=$?
[ "$code" -eq 1 ] || { echo "exit code $code, expected 1"; exit 1; }
sed -n '/^leave.json:/,/^replay:/p' seen >report
diff expected report
echo "1 passed, 0 failed"
