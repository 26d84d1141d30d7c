#!/bin/sh
# SPDX-License-Identifier: MIT
# documents.sh KIRO_CHECK: the page of the rules in mock_aws/docs/ is what the program prints.
set -u
kiro_check=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 3
"$kiro_check" rules --page | diff -u mock_aws/docs/rules.md -
