# SPDX-License-Identifier: MIT
"""Many clients at once: one request at a time owns the world, and the sum of what they did is right."""
import sys
import threading

from checks import check, main, same
from server import Server

PEOPLE = [f"user{number}" for number in range(20)]
WORLD = {"users": PEOPLE, "groups": {"all": PEOPLE}, "assignments": [{"to": "group:all"}]}
CLIENTS, ROUNDS = 6, 40


def clients_at_once_leave_a_whole_world(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        profile = names["profiles"]["main"]
        wrong = []

        def work(number):
            for turn in range(ROUNDS):
                user = names["users"][PEOPLE[(turn * 7 + number) % len(PEOPLE)]]
                answers = [server.control("POST", "use", {"user_id": user, "profile_arn": profile}),
                           server.aws("sso-admin", "ListInstances"),
                           server.control("POST", "users/disable" if turn % 2 else "users/enable", {"user_id": user}),
                           server.control("GET", "subscriptions")]
                wrong.extend(answer for answer in answers if answer.status != 200)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        same("every call succeeded", wrong, [])
        rows = server.get("subscriptions")["subscriptions"]
        same("one seat each", len({row["user_id"] for row in rows}), len(rows))
        check("nobody disabled holds one", all(row["entitled"] == (row["status"] != "CANCELED") for row in rows), rows)
        bill = server.get("bill")
        charged = {line["user_id"] for line in bill["lines"]}
        same("everybody paid once", (len(bill["lines"]), bill["total"]), (len(charged), f"{20 * len(charged)}.00"))


if __name__ == "__main__":
    sys.exit(main([clients_at_once_leave_a_whole_world]))
