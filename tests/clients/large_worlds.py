#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Worlds of many people: what takes four times as many takes some four times as long, not sixteen."""
import json
import sys
import time
import urllib.request

from checks import check, main, same
from server import Server

FEW = 5000
TIMES = 4
MOST = 10  # between TIMES and its square, with room for a machine that has other things to do


def document(count):
    """Every user says whose he is."""
    return {"accounts": {"main": {}}, "instances": {"main": {}},
            "users": {f"user{i:06}": {"instance": "main", "user_name": f"user{i:06}"} for i in range(count)},
            "groups": {"all": {"members": [f"user{i:06}" for i in range(0, count, 10)]}}}


def seconds(act):
    began = time.monotonic()
    value = act()
    return time.monotonic() - began, value


def world_of(server):
    with urllib.request.urlopen(server.url + "/_mock/world", timeout=120) as answer:
        return json.load(answer)


def load_and_export_grow_with_the_people(program, folder):
    took = {}
    for count in (FEW, TIMES * FEW):
        with Server(program, folder) as server:
            loads, exports = [], []
            for _ in range(2):
                server.control("POST", "reset")
                spent, answer = seconds(lambda of=count: server.control("PUT", "world", document(of)))
                same("loaded", answer.status, 200)
                loads.append(spent)
                spent, world = seconds(lambda: world_of(server))
                exports.append(spent)
                check("all people are there", world["users"].keys() == document(count)["users"].keys())
                same("the members", len(world["groups"]["all"]["members"]), count // 10)
            took[count] = min(loads), min(exports)
    for what, few, many in zip(("loading", "export"), took[FEW], took[TIMES * FEW]):
        check(f"{what} of {TIMES} times as many", many < MOST * few, f"{few:.2f} s, then {many:.2f} s")


def a_document_of_a_call_may_be_as_large_as_a_file(program, folder):
    with Server(program, folder) as server:
        large = {"users": [f"user{i:05}-{'x' * 100}" for i in range(40000)]}
        check("it is larger than a call of AWS's may be", len(json.dumps(large)) > 4 * 1024 * 1024)
        same("by PUT", server.control("PUT", "world", large).status, 200)
        same("by a reset", server.control("POST", "reset", {"world": large}).status, 200)


if __name__ == "__main__":
    sys.exit(main([load_and_export_grow_with_the_people,
                   a_document_of_a_call_may_be_as_large_as_a_file]))
