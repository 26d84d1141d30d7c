#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# independent.sh LIBRARY [ALLOWED…]: succeed if the static library LIBRARY needs nothing but the static
# libraries ALLOWED and libc.
set -euo pipefail
export LC_ALL=C

# Names that the files define, without the version that a shared library adds.
defined() {
    nm "$@" | awk 'NF >= 2 && $2 != "U" { sub("@.*", "", $1); print $1 }' | sort -u
}

if [ $# -eq 0 ]; then
    echo "independent.sh LIBRARY [ALLOWED…]" >&2
    exit 2
fi
library=$1
libc=$(gcc -print-file-name=libc.so.6)
needed=$(nm --format=posix --undefined-only "$library" | awk '$2 == "U" { print $1 }' | sort -u)
if [ -z "$needed" ]; then
    echo "$library needs nothing at all, not even libc: that cannot be" >&2
    exit 2
fi
offered=$({
    defined --format=posix --defined-only "$@"
    defined --format=posix --defined-only --dynamic "$libc"
    echo _GLOBAL_OFFSET_TABLE_
} | sort -u)
foreign=$(comm -23 <(echo "$needed") <(echo "$offered"))
if [ -n "$foreign" ]; then
    printf '%s needs what is not its own:\n%s\n' "$library" "$foreign" >&2
    exit 1
fi
