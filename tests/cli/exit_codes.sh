#!/bin/sh
# SPDX-License-Identifier: MIT
# exit_codes.sh KIRO_CHECK: the exit codes of the contract, and which of the two streams says what.
set -u
kiro_check=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0
held=scenarios/auto/user-deleted.json
one=scenarios/auto/profile-deleted.json
broken=scenarios/must_fail/seat-survives-deletion.json
echo '{"format": 1,}' >"$folder/wrong.json"
mkdir "$folder/empty"

# expect CODE PATTERN-OF-STDOUT PATTERN-OF-STDERR ARGUMENT…: an empty pattern means that nothing may be written there.
expect() {
    code=$1 out=$2 err=$3
    shift 3
    "$kiro_check" "$@" >"$folder/out" 2>"$folder/err"
    seen=$?
    if [ $seen -ne "$code" ]; then
        echo "kiro-check $*: exit code $seen, expected $code"
        status=1
    fi
    expect_stream "$out" "$folder/out" "stdout of kiro-check $*"
    expect_stream "$err" "$folder/err" "stderr of kiro-check $*"
}

expect_stream() {
    if [ -z "$1" ] && [ -s "$2" ]; then
        echo "$3: expected nothing, found:"
    elif [ -n "$1" ] && ! grep -q -e "$1" "$2"; then
        echo "$3: expected a line with \"$1\", found:"
    else
        return
    fi
    sed 's/^/    /' "$2"
    status=1
}

expect 0 '^holds .* auto-user-deleted' '' run $held
expect 0 '^2 runs of 1 scenario: 2 hold; [1-9]' '' run $held
expect 0 '' '' run --quiet $held
expect 0 '"verdict":"holds"' '^holds ' run --json - $held
expect 0 'delete_user alice$' '' run -v $held
expect 0 '^1 run of 1 scenario: 1 holds, .* left out by the filter' '' run --filter 'user-deleted.json [scim]' scenarios/auto
expect 0 ' by the filter; ' '' run --filter user-deleted.json scenarios/auto
expect 0 '^holds .* \[scim\] ' '' run $held
expect 0 '; [0-9]* checks, [1-9][0-9]* skipped; ' '' run --edition kiro-2025-11 $held
expect 0 '^1 run of 1 scenario: 1 holds; [0-9]* checks; ' '' run --via scim --edition kiro-2026-06 --timing instant $one
expect 0 '^not ok\|^ok 1 - ' 'hold; ' run --tap $held
expect 0 '^holds' '' run -j 3 $held
expect 77 '^skipped ' '' run --edition kiro-2025-11 scenarios/vectors/V6.json
expect 0 'holds' '' run --seed 7 $held
expect 1 '^BROKEN ' '' run $broken
expect 1 "^$broken:[0-9]*:[0-9]*: after " '' run --quiet $broken
expect 1 '"verdict":"broken"' '' run --quiet --json /dev/stdout $broken
expect 1 "^replay: kiro-check run .* --deviation deleted-user-keeps-seat --filter '\[api\]'$" '' run --deviation deleted-user-keeps-seat $held
expect 2 '' 'No such file' run "$folder/nowhere.json"
expect 2 '' "^$folder/wrong.json:1:1: scenario: the member" run "$folder/wrong.json"
expect 2 '' "wrong.json:1:1:" run "$folder/wrong.json" $held
expect 2 '' 'no such option: --schema' run --schema
expect 2 '' 'expected one of: kiro-2026-06' run --edition kiro-1999
expect 2 '' 'expected one of: instant documented$' run --timing slow
expect 2 '' 'expected one of: api console' run --via pigeon
expect 2 '' 'expected a whole number' run -j 0
expect 2 '' 'expected -j 1' run -j 2 --endpoint http://127.0.0.1:1 $held
expect 2 '' 'expected a file' run --tap --json - $held
expect 2 '' 'No such file' run --junit "$folder/nowhere/junit.xml" $held
expect 2 '' 'expected one USER' explain
expect 2 '' 'expected one USER' explain alice bob
expect 2 '^kiro-check run ' ''
expect 3 '' 'does not answer' explain alice --endpoint http://127.0.0.1:1
expect 2 '' 'expected a whole number' run --seed 0
expect 2 '' 'refuses deviations/0' run --deviation unknown $held
expect 2 '' 'expected at least one FILE' fmt
expect 2 '' 'kiro-check run' fly
expect 2 '' 'kiro-check run' ''
expect 3 '' 'does not answer' run --endpoint http://127.0.0.1:1 $held
expect 77 '' 'the filter leaves out all' run --filter no-such-thing scenarios/auto
expect 77 '' 'no scenario to play' run "$folder/empty"
expect 0 '^killed .* by scenarios/' '' mutants --deviation deleted-user-keeps-seat $held
expect 1 '^SURVIVED  nested-groups-accepted' '' mutants --deviation nested-groups-accepted $held
expect 2 '^0 of 0 killed' 'does not know' mutants --deviation unknown $held
expect 77 '' 'no scenario to play' mutants "$folder/empty"
expect 0 '^nested-groups-accepted .* idc-no-nested-groups' '' deviations
expect 0 "^    $held  *2 runs  by api, scim$" '' rules
expect 0 '^shown by nothing, and why:$' '' rules
expect 0 '; shown by nothing: 3, without a reason: 0$' '' rules
expect 0 '^    source  S1, S4, S6; edition kiro-2026-06, kiro-2026-04$' '' rules $held
expect 0 '^E1  *inferred$' '' rules $held
expect 0 'alice on main: access (control): no -> yes  by manual-unsubscribe-user' '' rules --diff kiro-2026-06 kiro-2025-11 scenarios/vectors/V1.json
expect 0 '^kiro-2026-06 -> kiro-2026-04: 0 of 1 scenarios change, in 0 places$' '' rules --diff kiro-2026-06 kiro-2026-04 scenarios/vectors/V1.json
expect 77 '1 have a world that one of the two does not know$' '' rules --diff kiro-2026-06 kiro-2025-11 scenarios/vectors/V6.json
expect 2 '' 'expected two editions' rules --diff kiro-2026-06
expect 0 '^| 41 | `slr-drives-auto-updates` | ' '' rules --page
expect 2 '' 'takes no PATH' rules --page $held
expect 3 '' 'does not answer' rules --page --endpoint http://127.0.0.1:1
expect 2 '' 'expected one of: kiro-2026-06' rules --diff kiro-1999 kiro-2026-06
expect 0 ' checks, inferred alone ' '' run scenarios/edge/plan-changed-after-cancel.json
expect 0 '^kiro-check [0-9]' '' version
expect 0 'Exit codes' '' help
expect 0 '^kiro-check run \[PATH' '' run --help
exit $status
