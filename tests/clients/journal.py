# SPDX-License-Identifier: MIT
"""The journal: what was asked and answered, what nearly fitted, what nobody reads; secrets gone, bounded, apart from the world."""
import sys

import checks
from checks import check, same
from server import Server, send

JSON = "application/x-amz-json-1.1"


def requests(server, query=""):
    return server.get("requests" + query)


def what_was_asked_is_kept(program, folder):
    with Server(program, folder) as server:
        names = server.load({"format": 1, "users": ["ana", "ben"], "assignments": [{"to": "user:ana", "plan": "pro"}]})
        store = names["instances"]["main"]["identity_store_id"]
        server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": names["users"]["ana"]})
        server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": names["users"]["ana"]})
        server.aws("identitystore", "DescribeUser", {"IdentityStoreId": store, "UserId": names["users"]["ben"], "Verbose": True})
        kept = requests(server)
        same("operations", [row["operation"] for row in kept["requests"]], ["DeleteUser", "DeleteUser", "DescribeUser"])
        same("statuses", [row["status"] for row in kept["requests"]], [200, 400, 200])
        same("the error's name", kept["requests"][1]["code"], "ResourceNotFoundException")
        same("members that nobody reads", kept["requests"][2]["unread"], ["/Verbose"])
        same("an answer that only tells is not kept", kept["requests"][2]["answer"], None)
        same("nothing was dropped", (kept["dropped"], kept["next"]), (0, None))
        for query, expected in (("?operation=DescribeUser", [3]), ("?status=400", [2]), (f"?principal={names['users']['ben']}", [3]),
                                ("?after=1&limit=1", [2]), ("?since=2027-01-01T00:00:00Z", [])):
            same(query, [row["seq"] for row in requests(server, query)["requests"]], expected)
        same("a next page is told of", requests(server, "?limit=2")["next"], 2)
        for query in ("?limit=0", "?status=x", "?after=-1", "?since=today", "?colour=red"):
            same(f"{query} is refused", server.control("GET", "requests" + query).status, 400)
        same("cleared", send(server.url, "DELETE", "/_mock/requests", b"{}", {"Content-Type": "application/json"}).status, 200)
        same("and empty", requests(server)["requests"], [])


def near_misses_are_named(program, folder):
    with Server(program, folder) as server:
        rows = (("AWSIdentityStore.DeletUser", "closest is DeleteUser of identitystore"),
                ("AWSIdentityStore.Deleteuser", "DeleteUser is there"), ("SWBExternalService.DeleteUser", "as an operation of identitystore"),
                ("AWSIdentityStore.Xyzzyxyzzyxyzzy", "no operation is called like"))
        for target, words in rows:
            send(server.url, "POST", "/", b"{}", {"Content-Type": JSON, "X-Amz-Target": target})
            near = requests(server)["requests"][-1]["near"]
            check(f"{target}: {words}", words in near, near)
        send(server.url, "POST", "/", b"Action=CreateServiceLinkedRol&Version=2010-05-08", {"Content-Type": "application/x-www-form-urlencoded"})
        row = requests(server)["requests"][-1]
        check("of the query protocol, too", "closest is CreateServiceLinkedRole of iam" in row["near"], row)
        server.aws("identitystore", "DeleteUser", {"IdentityStoreId": "nonsense"})
        near = requests(server)["requests"][-1]["near"]
        check("what a malformed call lacks is named", "'userId'" in near and "'identityStoreId'" in near, near)


def secrets_are_not_kept(program, folder):
    with Server(program, folder) as server:
        secret = "correct-horse-battery"
        server.aws("identitystore", "DescribeUser", {"IdentityStoreId": "d-1234567890", "Password": secret, "Deep": [{"ClientSecret": secret}]})
        send(server.url, "GET", "/x/scim/v2/Users", None, {"Authorization": f"Bearer {secret}"})
        check("none in any entry", secret not in str(requests(server)), requests(server))


def the_journal_is_bounded_and_no_part_of_the_world(program, folder):
    with Server(program, folder) as server:
        before = server.get("digest")
        for _ in range(3):
            server.aws("sso-admin", "ListInstances")
        same("reading changes no digest", server.get("digest"), before)
        server.get("health")
        same("control calls are not in it", len(requests(server)["requests"]), 3)
        server.control("POST", "reset")
        same("a reset empties it", requests(server)["requests"], [])


if __name__ == "__main__":
    sys.exit(checks.main([what_was_asked_is_kept, near_misses_are_named, secrets_are_not_kept,
                          the_journal_is_bounded_and_no_part_of_the_world]))
