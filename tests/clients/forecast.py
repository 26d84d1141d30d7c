#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""For every scenario, in the world that it leaves behind: what the forecast says at the last instant of a month is what the turn posts."""
import datetime
import json
import pathlib
import subprocess
import sys

from checks import check, main, same
from server import Server

SCENARIOS = pathlib.Path(__file__).parents[2] / "scenarios"
LEFT_OUT = {"must_fail", "worlds"}
MONTHS = 2


def scenarios():
    return [path for path in sorted(SCENARIOS.rglob("*.json"))
            if path.parent.name not in LEFT_OUT and path.name != "scenario.schema.json"]


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def next_month(at):
    return at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1, day=1, hour=0, minute=0, second=0)


def to(server, at):
    answer = server.control("POST", "clock/advance", {"to": at.strftime("%Y-%m-%dT%H:%M:%SZ")})
    assert answer.status == 200, answer


def lines(server, month, since=None):
    """What a month's bill holds, without when: of a month that has begun, what was posted at its turn."""
    bill = server.get(f"bill?month={month}")
    shown = [{key: line[key] for key in ("account", "profile_arn", "user_id", "plan", "kind", "amount", "rule")}
             for line in bill["lines"] if since is None or line["at"] == since]
    return bill["forecast"], sorted(shown, key=lambda line: json.dumps(line, sort_keys=True))


def forecasts_hold(server, scenario):
    """The turn of the month is the server's own: where months turn elsewhere it is not at midnight."""
    if server.get("edition")["parameters"]["month_boundary"] != "utc":
        return 0
    compared = 0
    for _ in range(MONTHS):
        turn = next_month(moment(server.get("clock")["now"]))
        month = turn.strftime("%Y-%m")
        to(server, turn - datetime.timedelta(seconds=1))
        digest = server.get("digest")
        forecast, promised = lines(server, month)
        same(f"{scenario}: {month} is a forecast", forecast, True)
        same(f"{scenario}: a forecast changes nothing", server.get("digest"), digest)
        to(server, turn)
        begun, posted = lines(server, month, turn.strftime("%Y-%m-%dT%H:%M:%SZ"))
        same(f"{scenario}: {month} has begun", begun, False)
        same(f"{scenario}: {month}, promised and posted", promised, posted)
        compared += len(posted)
    return compared


def every_scenario(program, folder):
    checker = str(pathlib.Path(program).with_name("kiro-check"))
    compared = 0
    with Server(program, folder) as server:
        for path in scenarios():
            played = subprocess.run([checker, "run", "-q", "--endpoint", server.url, str(path)], capture_output=True,
                                    text=True, timeout=120)
            name = path.relative_to(SCENARIOS)
            same(f"{name}: holds", played.returncode, 0) or print(played.stdout, played.stderr)
            compared += forecasts_hold(server, name)
    check("lines were compared", compared > 500, compared)


if __name__ == "__main__":
    sys.exit(main([every_scenario]))
