#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""values.py KIRO-CHECK MOCK-AWS: each value of each parameter decides something in a scenario.

A scenario plays a value if one of its editions has it, by an override or by itself. Played again
with that parameter at its first value it must break: only then did the value decide something that
the file states. Values that no scenario can show are named below, with the test that plays them.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "clients"))
from checks import check, run, same  # noqa: E402
from server import Server  # noqa: E402

KIRO_CHECK, MOCK_AWS = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:3])
NOT_PLAYED = {"must_fail", "worlds"}

SCIM, KIRO = "tests/clients/scim_groups.py", "tests/clients/kiro_control_plane.py"
# What no step of a scenario can show: the test that plays it, and the words by which.
ELSEWHERE = {
    ("scim_member_cap", "none"): (SCIM, 'scim_member_cap="none"'),
    ("scim_members_on_get", "always"): (SCIM, 'scim_members_on_get="always"'),
    ("scim_members_replaced", "ignored"): (SCIM, 'scim_members_replaced="ignored"'),
    ("scim_members_replaced", "done"): (SCIM, 'scim_members_replaced="done"'),
    ("scim_page_cap", "50"): (SCIM, 'scim_page_cap="50"'),
    ("scim_start_index", "honored"): (SCIM, 'scim_start_index="honored"'),
    ("scim_unsupported", "refused"): (SCIM, 'scim_unsupported="refused"'),
    ("scim_rate", "documented"): (SCIM, 'scim_rate="documented"'),
    ("customer_claims", "accepted"): (KIRO, 'customer_claims="accepted"'),
    ("plan_names", "q-developer"): (KIRO, 'plan_names="q-developer"'),
    ("subscription_dates", "epoch"): (KIRO, 'subscription_dates=dates', '("epoch", int)'),
    ("subscription_dates", "absent"): (KIRO, 'subscription_dates=dates', '("absent", type(None))'),
    ("fee_line_date", "daily"): ("tests/clients/finops.py", '"fee_line_date": "daily"'),
}
# What every step compares, though no `check` has a word for it: the name of that comparison.
JUDGED = {
    ("group_status", "subscribed"): "status of group ",
    ("canceled_row_after_resubscribe", "kept"): "rows of seats before the latest",
}


def kiro_check(*arguments):
    done = subprocess.run([KIRO_CHECK, *arguments], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "GITHUB_ACTIONS": ""}, check=False)
    return done.returncode, done.stdout


def parameters():
    """Every parameter with its values, the default first, as the language has them."""
    schema = json.loads(kiro_check("language", "--schema")[1])

    def find(node):
        if isinstance(node, dict):
            if isinstance(node.get("override"), dict):
                return node["override"]["properties"]
            node = list(node.values())
        for part in node if isinstance(node, list) else ():
            found = find(part)
            if found:
                return found
        return None
    return {name: shape["enum"] for name, shape in find(schema).items() if "enum" in shape}


def editions(folder):
    """Every edition with what each parameter is in it, as the server has them."""
    with Server(MOCK_AWS, folder) as server:
        names = server.control("GET", "edition").json["editions"]
        return {name: server.control("PUT", "edition", {"name": name}).json["parameters"]
                for name in names}


def scenarios():
    """The library's scenarios that name an edition."""
    for path in sorted((ROOT / "scenarios").rglob("*.json")):
        parts = path.relative_to(ROOT / "scenarios").parts
        if len(parts) > 1 and parts[0] not in NOT_PLAYED and '"edition"' in path.read_text():
            yield path, json.loads(kiro_check("fmt", str(path))[1])


def edition_list(scenario):
    wanted = scenario.get("edition", [])
    for one in wanted if isinstance(wanted, list) else [wanted]:
        yield (one, {}) if isinstance(one, str) else (one["name"], one.get("override", {}))


def write(folder, name, scenario, edition, override):
    path = folder / name
    path.write_text(json.dumps({**scenario, "edition": {"name": edition, "override": override}}))


def rewritten(values, read_in, folder):
    """Each scenario once for each value that it plays: as it is, and with the first value instead.

    Gives (parameter, value) by the name of the file."""
    plays = {}
    for path, scenario in scenarios():
        for edition, override in edition_list(scenario):
            for parameter, known in values.items():
                value = override.get(parameter, read_in[edition][parameter])
                if value == known[0]:
                    continue
                name = f"{len(plays)}-{path.stem}.json"
                plays[name] = (parameter, value)
                for part, chosen in (("with", value), ("without", known[0])):
                    write(folder / part, name, scenario, edition, {**override, parameter: chosen})
    return plays


def broken(folder):
    """The files below a folder of which a check did not hold, what was seen, and the exit code."""
    record = folder / "record"
    code, _ = kiro_check("run", "-q", "--json", str(record), str(folder))
    breaks, seen = set(), {}
    wanted = ('"broken"', *JUDGED.values())  # few lines are worth reading
    with open(record, encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines if any(word in line for word in wanted)]
    for line in read:
        name = pathlib.Path(line["file"]).name
        if line["verdict"] == "broken":
            breaks.add(name)
        if line["case"].startswith(tuple(JUDGED.values())):
            seen.setdefault(name, []).append((line["step"], line["case"], line["seen"]))
    return breaks, seen, code


def every_value_decides_something_that_is_played(_, folder):
    values = parameters()
    for part in ("with", "without"):
        (folder / part).mkdir()
    plays = rewritten(values, editions(folder), folder)
    breaks, seen, code = broken(folder / "with")
    same("as they are they hold", (breaks, code), (set(), 0))
    breaks, seen_otherwise, code = broken(folder / "without")
    same("with the first value they are readable, and some break", code, 1)
    stated = {plays[name] for name in breaks}
    judged = {plays[name] for name in seen if seen[name] != seen_otherwise.get(name)}
    for pair in [(parameter, value) for parameter, known in values.items() for value in known[1:]]:
        what = "=".join(pair)
        if pair in ELSEWHERE:
            check(f"{what} needs its exception: no scenario decides it", pair not in stated)
        elif pair in JUDGED:
            check(f"{what} decides what is seen, and nothing that is stated",
                  pair in judged and pair not in stated)
        else:
            check(f"{what} is played by a scenario", pair in plays.values())
            check(f"{what} decides what a scenario states", pair in stated)


def what_is_excepted_is_there(_, __):
    values = parameters()
    for parameter, value in [*ELSEWHERE, *JUDGED]:
        check(f"{parameter}={value} is a value", value in values.get(parameter, [])[1:])
    for pair, (file, *words) in ELSEWHERE.items():
        text = (ROOT / file).read_text()
        check(f"{file} plays {'='.join(pair)}", all(word in text for word in words))


if __name__ == "__main__":
    sys.exit(run([every_value_decides_something_that_is_played, what_is_excepted_is_there],
                 MOCK_AWS))
