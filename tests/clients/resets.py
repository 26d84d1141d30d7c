#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What a reset leads back to; and a bill of nobody."""
import json
import sys

from checks import check, main, same
from server import Server, send
from world_documents import SMALL


def a_reset_leads_back_to_what_the_world_was_made_with(program, folder):
    file = folder / "world.json"
    file.write_text(json.dumps(SMALL))
    with Server(program, folder, "--world", file) as server:
        def reset(body=None):
            answer = server.control("POST", "reset", body)
            same(f"reset {body}", answer.status, 200)
            return answer.json
        made = server.get("digest")
        users = len(server.get("world")["users"])
        names = reset()
        check("the names are told", len(names["users"]) == users, names)
        same("to the server's document", server.get("digest"), made)
        server.control("POST", "clock/advance", {"by": "P40D"})
        reset({})
        same("from whenever", server.get("digest"), made)
        reset({"empty": True})
        same("to nothing", server.get("world")["users"], {})
        reset({"seed": 7})
        same("with another seed", (len(server.get("world")["users"]), server.get("health")["seed"]), (users, 7))
        reset({"world": {"users": ["zoe"]}})
        same("to another document once", list(server.get("world")["users"]), ["zoe"])
        reset()
        same("and back", server.get("digest"), made)
        answer = server.control("POST", "reset", {"empty": True, "world": SMALL})
        same("either or", (answer.status, answer.path), (400, "/empty"))
        server.control("PUT", "worlds/like", {})
        same("a world like it has the document", len(send(server.url + "/world/like", "GET", "/_mock/world").json["users"]), users)
        server.control("PUT", "worlds/own", {"world": {"users": ["zoe"]}})
        send(server.url + "/world/own", "POST", "/_mock/reset", b"{}", {"Content-Type": "application/json"})
        same("a world with its own goes back to that", list(send(server.url + "/world/own", "GET", "/_mock/world").json["users"]), ["zoe"])
        send(server.url, "POST", "/moto-api/reset")
        same("moto's users find no people", server.get("world")["users"], {})


def a_bill_of_nobody_is_not_found(program, folder):
    with Server(program, folder) as server:
        alice = server.load(SMALL)["users"]["alice"]
        for path in ("bill?", "bills?from=2026-01&to=2026-02&"):
            same(f"{path} of alice", server.control("GET", f"{path}user_id={alice}").status, 200)
            answer = server.control("GET", f"{path}user_id=alice")
            same(f"{path} of nobody", (answer.status, answer.path), (404, "/user_id"))


if __name__ == "__main__":
    sys.exit(main([a_reset_leads_back_to_what_the_world_was_made_with, a_bill_of_nobody_is_not_found]))
