#!/bin/sh
# SPDX-License-Identifier: MIT
# explain.sh KIRO_CHECK MOCK_AWS: against a served world, the chain from an event to the lines on the bill.
set -u
kiro_check=$(realpath "$1")
mock_aws=$(realpath "$2")
cd "$(dirname "$0")/../.." || exit 3
folder=$(mktemp -d)
"$mock_aws" serve --listen 127.0.0.1:0 --port-file "$folder/port" --quiet >"$folder/server" 2>&1 &
server=$!
trap 'kill $server; rm -rf "$folder"' EXIT
tries=0
until [ -s "$folder/port" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ]; then
        echo "mock-aws serve: no port after 10 s:"
        cat "$folder/server"
        exit 1
    fi
    sleep 0.1
done
endpoint=http://127.0.0.1:$(cat "$folder/port")
status=0

"$kiro_check" run --endpoint "$endpoint" scenarios/auto/group-member-removed.json --filter '[api]' >"$folder/run" || {
    cat "$folder/run"
    exit 1
}

# explain CODE USER: into $folder/out
explain() {
    "$kiro_check" explain "$2" --endpoint "$endpoint" >"$folder/out" 2>"$folder/err"
    code=$?
    if [ $code -ne "$1" ]; then
        echo "explain $2: exit code $code, expected $1"
        cat "$folder/out" "$folder/err"
        status=1
    fi
}

# in_order PATTERN…: these lines, one behind the other.
in_order() {
    line=0
    for pattern in "$@"; do
        next=$(tail -n +$((line + 1)) "$folder/out" | grep -n -m 1 -e "$pattern" | cut -d: -f1)
        if [ -z "$next" ]; then
            echo "explain: expected a line \"$pattern\" below line $line of:"
            sed 's/^/    /' "$folder/out"
            status=1
            return
        fi
        line=$((line + next))
    done
}

explain 0 alice
in_order '^alice, ' \
    'Z  the user is put into the group devs (by ' \
    'Z  devs is subscribed to pro (by ' \
    'Z    there is a seat: PENDING pro$' \
    'Z    access begins under arn:' \
    'Z  the user works with Kiro under ' \
    'Z    the seat goes from PENDING pro to ACTIVE ' \
    '   rule activation-on-first-use (documented), source S2: ' \
    '^2026-03-01T09:00:00Z    bill line: a charge of 20.00 for 2026-03$' \
    '^2026-04-01T00:00:00Z  bill line: a charge of 20.00 for 2026-04 (entitled by the claim to pro of 2026-03-01T08:00:00Z)$' \
    '^2026-04-10T10:00:00Z  the user is taken out of the group devs (by ' \
    '   rule auto-group-member-removed (documented), source S1, S4: ' \
    'Z    the seat goes from ACTIVE .* to CANCELED ' \
    '   rule auto-group-member-removed (documented), source S1, S4$' \
    'Z    access ends under arn:' \
    'Z  the row leaves the list (caused 2026-04-10T10:00:00Z)$' \
    '   rule canceled-record-removed-next-month (reported), source ' \
    '^now  arn:aws:codewhisperer:' \
    '^     status CANCELED, plan pro; access no; Users tab no, Subscriptions tab no; ended by rule auto-group-member-removed$' \
    '^     2026-03 20.00 USD$' \
    '^     2026-04 20.00 USD$'
cp "$folder/out" "$folder/by-name"
explain 0 "$(sed -n '1s/^alice, //p' "$folder/out")"
diff -u "$folder/by-name" "$folder/out" || status=1
explain 0 carol
if grep -q 'bill line' "$folder/out"; then
    echo "explain carol: expected no bill line, she never used it"
    status=1
fi
# A month's fee follows from the first use, and stands behind what came in between all the same.
"$kiro_check" run --quiet --endpoint "$endpoint" scenarios/vectors/V7.json || status=1
explain 0 alice
if ! grep -E '^[0-9]' "$folder/out" | cut -c1-20 | sort -c; then
    echo "explain: expected the order of time"
    status=1
fi
explain 2 nobody
grep -q 'nobody is called "nobody"' "$folder/err" || status=1
explain 2 alise
grep -q 'closest is alice' "$folder/err" || status=1
exit $status
