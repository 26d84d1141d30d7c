#!/bin/sh
# SPDX-License-Identifier: MIT
# language.sh KIRO_CHECK: the page and the schema in scenarios/ are those that the program makes, and every scenario is in a form that
# parsing and printing keep.
set -u
kiro_check=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0

"$kiro_check" language | diff -u scenarios/README.md - || status=1
"$kiro_check" language --schema | diff -u scenarios/scenario.schema.json - || status=1

for scenario in scenarios/*/*.json; do
    case $scenario in scenarios/worlds/*) continue ;; esac
    "$kiro_check" fmt "$scenario" >"$folder/once.json" || status=1
    "$kiro_check" fmt "$folder/once.json" | diff -u "$folder/once.json" - || status=1
done
exit $status
