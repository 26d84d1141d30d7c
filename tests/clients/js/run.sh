#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh SCRIPT ARGUMENTS…: run a script with the SDK, or leave with 77 and say what is missing. `./dev test` installs the SDK.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

skip() {
    printf 'skipped: %s\n' "$*"
    exit 77
}

command -v node >/dev/null || skip "there is no node"
[ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || skip "node is $(node --version), and the SDK wants 20 or newer"
cmp -s "$here/package-lock.json" "$here/node_modules/.installed" ||
    skip "the SDK is not installed as package-lock.json has it: see ./dev test, npm may have been out of reach"
exec node --no-warnings "$@"
