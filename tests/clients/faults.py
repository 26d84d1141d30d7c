# SPDX-License-Identifier: MIT
"""Faults that somebody asked for: given to the calls they are meant for, in the dialect of the service, and to no others."""
import contextlib
import http.client
import json
import socket
import sys
import threading
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

import checks
from checks import check, same
from server import DATE, SERVICES, Server, send


def ask(server, *rules):
    answer = server.control("PUT", "faults", {"faults": list(rules)})
    assert answer.status == 200, answer
    return answer.json


def world(server):
    names = server.load({"format": 1, "users": ["ana", "ben"]})
    return names["instances"]["main"]["identity_store_id"], names["users"]


def delete(server, store, user):
    return server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": user})


def is_there(server, store, user):
    return server.aws("identitystore", "DescribeUser", {"IdentityStoreId": store, "UserId": user}).status == 200


def each_service_says_it_its_own_way(program, folder):
    rows = (("identitystore", "ListUsers", {}, 400, "ThrottlingException"), ("sso-admin", "ListInstances", {}, 400, "ThrottlingException"),
            ("organizations", "ListAccounts", {}, 400, "TooManyRequestsException"), ("q", "CreateAssignment", {}, 429, "ThrottlingException"),
            ("user-subscriptions", "ListUserSubscriptions", {}, 429, "ThrottlingException"))
    with Server(program, folder) as server:
        store, users = world(server)
        inputs = {"ListUsers": {"IdentityStoreId": store}, "CreateAssignment": {"principalId": users["ana"], "principalType": "USER",
                                                                               "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO"},
                  "ListUserSubscriptions": {"instanceArn": "arn:aws:sso:::instance/ssoins-0123456789abcdef", "subscriptionRegion": "us-east-1"}}
        for service, operation, body, status, code in rows:
            for give, expected in (("throttling", (status, code)), ("internal", (500, "InternalServerException")),
                                   ("unavailable", (503, "ServiceUnavailableException")), ("access-denied", (400, "AccessDeniedException"))):
                ask(server, {"operation": operation, "give": give, "retry_after": 7})
                answer = server.aws(service, operation, inputs.get(operation, body))
                if service == "organizations" and give == "internal":
                    expected = (500, "ServiceException")
                same(f"{operation}: {give}", (answer.status, answer.code), expected)
                same("Retry-After", answer.headers.get("retry-after"), "7")
        ask(server, {"action": "identitystore:DeleteUser", "give": "access-denied"})
        answer = delete(server, store, users["ana"])
        check("the IAM action is named", "identitystore:DeleteUser" in answer.json["Message"], answer)
        kept = server.get("requests")["requests"][-1]
        same("the journal knows that it was asked for", (kept["faulted"], kept["code"]), (True, "AccessDeniedException"))


def a_fault_is_for_the_calls_it_names(program, folder):
    with Server(program, folder) as server:
        store, users = world(server)
        def statuses(count):
            return [server.aws("sso-admin", "ListInstances").status for _ in range(count)]
        ask(server, {"operation": "ListInstances", "nth": 2, "give": "throttling"})
        same("the second alone", statuses(4), [200, 400, 200, 200])
        same("counted", [(row["matched"], row["given"]) for row in server.get("faults")["faults"]], [(4, 1)])
        ask(server, {"service": "sso", "first": 2, "give": "throttling"})
        same("the first two", statuses(4), [400, 400, 200, 200])
        ask(server, {"principal": users["ana"], "give": "throttling"})
        same("one person's calls", (delete(server, store, users["ana"]).status, is_there(server, store, users["ben"])), (400, True))
        ask(server, {"principal": "AKIDEXAMPLE", "give": "throttling"})
        same("one caller's calls", statuses(1), [400])
        same("control calls never", server.control("GET", "health").status, 200)
        same("taken back", (send(server.url, "DELETE", "/_mock/faults", b"{}", {"Content-Type": "application/json"}).status, statuses(1)), (200, [200]))
        ask(server, {"operation": "DeleteUser", "give": "throttling"})
        answer = server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store})
        same("a malformed call is told so, and does not count", (answer.code, server.get("faults")["faults"][0]["matched"]), ("ValidationException", 0))
        for rule in ({"give": "thunder"}, {}, {"give": "latency"}, {"operation": "DeletUser", "give": "slow", "latency_ms": 1}, {"service": "s3", "give": "internal"},
                     {"give": "internal", "nth": 0}, {"give": "internal", "colour": "red"}):
            answer = server.control("PUT", "faults", {"faults": [rule]})
            check(f"{rule} is refused", answer.status == 400 and answer.path.startswith("/faults/0"), answer)


def connections_break_before_and_after_the_effect(program, folder):
    with Server(program, folder) as server:
        store, users = world(server)
        for give, stays in (("reset-before", True), ("reset-after", False)):
            user = users["ana" if stays else "ben"]
            ask(server, {"operation": "DeleteUser", "give": give})
            try:
                seen = delete(server, store, user)
            except (ConnectionError, http.client.HTTPException, OSError) as broken:
                seen = broken
            check(f"{give}: the connection breaks", isinstance(seen, Exception), seen)
            same(f"{give}: what happened", is_there(server, store, user), stays)
        ask(server, {"operation": "ListUsers", "give": "truncated"})
        try:
            seen = server.aws("identitystore", "ListUsers", {"IdentityStoreId": store})
        except (http.client.IncompleteRead, ConnectionError) as broken:
            seen = broken
        check("half an answer", isinstance(seen, Exception), seen)
        same("and the server goes on", server.control("GET", "health").status, 200)


def late_answers_come_late_and_whole(program, folder):
    with Server(program, folder) as server:
        store, _ = world(server)
        for give in ("latency", "slow"):
            ask(server, {"operation": "ListUsers", "give": give, "latency_ms": 150})
            ends = []
            def late():
                begun = time.monotonic()
                answer = server.aws("identitystore", "ListUsers", {"IdentityStoreId": store})
                ends.append((time.monotonic() - begun, answer.status, len(answer.json["Users"])))
            threads = [threading.Thread(target=late) for _ in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            check(f"{give}: late, whole and right", len(ends) == 6 and all(took >= 0.15 and (status, people) == (200, 2) for took, status, people in ends), ends)


def late_answers_hinder_nobody(program, folder):
    """Calls that wait for ten minutes, and everybody else is answered; a stop waits for none of them."""
    for give in ("latency", "slow"):
        with Server(program, folder) as server:
            store, _ = world(server)
            ask(server, {"operation": "ListUsers", "give": give, "latency_ms": 600000})
            host, port = server.url.removeprefix("http://").split(":")
            name, prefix = SERVICES["identitystore"]
            body = json.dumps({"IdentityStoreId": store}).encode()
            with contextlib.ExitStack() as held:
                for _ in range(6):
                    waiting = held.enter_context(socket.create_connection((host, int(port)), timeout=30))
                    waiting.sendall((f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: {prefix}.ListUsers\r\n"
                                     f"X-Amz-Date: {DATE}\r\nAuthorization: AWS4-HMAC-SHA256 Credential=A/{DATE[:8]}/us-east-1/{name}/aws4_request, "
                                     f"SignedHeaders=host, Signature={'0' * 64}\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body)
                while len([row for row in server.get("requests?operation=ListUsers")["requests"] if row["faulted"]]) < 6:
                    pass
                same(f"{give}: twenty others do not wait for them", [server.control("GET", "health").status for _ in range(20)], [200] * 20)
                server.stop()
                check(f"{give}: nor does a server that stops", True)


def boto3_retries_what_it_should(program, folder):
    with Server(program, folder) as server:
        store, _ = world(server)
        client = boto3.client("identitystore", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="AKIDEXAMPLE",
                              aws_secret_access_key="x", config=Config(retries={"mode": "standard", "max_attempts": 3}))
        for give in ("throttling", "internal", "unavailable", "reset-before"):
            ask(server, {"operation": "ListUsers", "first": 2, "give": give})
            same(f"{give} twice, then it works", len(client.list_users(IdentityStoreId=store)["Users"]), 2)
        ask(server, {"operation": "ListUsers", "give": "access-denied"})
        try:
            client.list_users(IdentityStoreId=store)
            check("access denied is not tried again", False)
        except ClientError as error:
            same("access denied is not tried again", (error.response["Error"]["Code"], server.get("faults")["faults"][0]["matched"]),
                 ("AccessDeniedException", 1))


def faults_from_the_command_line(program, folder):
    with Server(program, folder, "--fault", "operation=ListInstances,nth=2,give=throttling") as server:
        same("given", [server.aws("sso-admin", "ListInstances").status for _ in range(3)], [200, 400, 200])


if __name__ == "__main__":
    sys.exit(checks.main([each_service_says_it_its_own_way, a_fault_is_for_the_calls_it_names, connections_break_before_and_after_the_effect,
                          late_answers_come_late_and_whole, late_answers_hinder_nobody, boto3_retries_what_it_should, faults_from_the_command_line]))
