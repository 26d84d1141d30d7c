#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""That a server's alarm, or a descriptor that it keeps, fails the test in which it happened."""
import socket
import subprocess
import sys

from checks import check, main, same
from server import Server
from watch import alerts, descriptors, wait_for_descriptors

OPENS_A_FILE = "import sys; print(flush=True); sys.stdin.readline(); kept = open('/dev/null'); print(flush=True); sys.stdin.read()"


def refusal(action):
    """What the AssertionError of `action` says; None if there is none."""
    try:
        action()
    except AssertionError as error:
        return str(error)
    return None


def lines_under_the_programs_own_name_are_alarms(_program, _folder):
    log = "2026-06-04T09:00:00Z alice: ACTIVE pro -> CANCELED pro (rule)\nmock-aws: database: commit: disk I/O error\n"
    same("found", alerts(log), ["mock-aws: database: commit: disk I/O error"])
    same("announced", alerts(log, ["database: .* disk I/O"]), [])
    same("another one announced", len(alerts(log, ["disk full"])), 1)


def a_server_with_an_alarm_in_its_log_fails_its_test(program, folder):
    server = Server(program, folder)
    with open(server.log, "a", encoding="utf-8") as log:
        log.write("mock-aws: identitystore ListUsers: out of thin air\n")
    check("it is said", "out of thin air" in (refusal(server.stop) or ""))
    server = Server(program, folder)
    same("an alarm of the server before is not this one's", refusal(server.stop), None)
    server = Server(program, folder)
    server.announce("thin air")
    with open(server.log, "a", encoding="utf-8") as log:
        log.write("mock-aws: identitystore ListUsers: out of thin air\n")
    same("announced", refusal(server.stop), None)


def an_error_that_was_asked_for_is_no_alarm(program, folder):
    server = Server(program, folder)
    server.control("PUT", "faults", {"faults": [{"give": "internal"}]})
    answer = server.aws("sso-admin", "ListInstances")
    said = refusal(server.stop)
    same("answered, and silent", (answer.status, said), (500, None))


def a_descriptor_that_stays_open_is_noticed(_program, _folder):
    with subprocess.Popen([sys.executable, "-c", OPENS_A_FILE], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        before = len(descriptors(child.pid))
        same("none more", refusal(lambda: wait_for_descriptors(child.pid, before, 1)), None)
        child.stdin.write(b"\n")
        child.stdin.flush()
        child.stdout.readline()
        check("one more", "/dev/null" in (refusal(lambda: wait_for_descriptors(child.pid, before, 0.1)) or ""))


def a_connection_counts_once_its_client_is_gone(program, folder):
    with Server(program, folder) as server:
        before = len(descriptors(server.process.pid))
        with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1]))):
            server.get("health")
            same("while it is there", len(descriptors(server.process.pid)), before)


if __name__ == "__main__":
    sys.exit(main([lines_under_the_programs_own_name_are_alarms, a_server_with_an_alarm_in_its_log_fails_its_test,
                   an_error_that_was_asked_for_is_no_alarm, a_descriptor_that_stays_open_is_noticed,
                   a_connection_counts_once_its_client_is_gone]))
