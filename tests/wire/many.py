#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A server that nobody can stop by coming in numbers, by leaving, or by saying half of what he wants.

many.py MOCK_AWS; prints what failed and "N passed, M failed"; exits 1 if anything failed.
"""
import collections
import pathlib
import resource
import signal
import socket
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).parents[1] / "clients"))
from server import Server, poll

LIMIT_CONNECTIONS = 1000
LIMIT_PARAMETERS = 1000
LIMIT_HALF_REQUEST_S = 5
CROWD = 1500
PATIENCE_S = 20
HEALTH = b"GET /_mock/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
CLOCK = (b"PUT /_mock/clock HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
         b"Content-Length: 17\r\n\r\n" + b'{"mode":"frozen"}')


def connect(server):
    return socket.create_connection(("127.0.0.1", int(server.port_file.read_text())), PATIENCE_S)


def ask(connection, request=HEALTH):
    """The status of the answer; 0: the server closed instead."""
    try:
        connection.sendall(request)
        answer = connection.recv(65536)
    except (BrokenPipeError, ConnectionResetError):
        return 0
    return int(answer.split(b" ")[1]) if answer else 0


def closed_after_s(connection):
    """How long the server waits for more."""
    began = time.monotonic()
    said = connection.recv(65536)
    assert said == b"", said
    return time.monotonic() - began


def answers_again(server):
    def good():
        with connect(server) as connection:
            return ask(connection) == 200
    return poll(good, "an answer", PATIENCE_S)


def what_is_over_the_limit_is_refused_and_who_is_there_is_served(server):
    server.announce("connections are open, no more are taken")
    held, seen = [], collections.Counter()
    for _ in range(CROWD):
        held.append(connect(server))
        seen[ask(held[-1])] += 1
    assert seen == {200: LIMIT_CONNECTIONS, 503: CROWD - LIMIT_CONNECTIONS}, seen
    assert ask(held[0]) == 200 and ask(held[LIMIT_CONNECTIONS - 1]) == 200
    for connection in held:
        connection.close()
    answers_again(server)
    said = server.log.read_text()
    assert said.count("no more are taken") == 1, said


def crowds_that_leave_in_the_middle_of_a_request_leave_nothing(server):
    server.announce("connections are open, no more are taken")
    for cut in (10, len(HEALTH) - 1):
        for _ in range(CROWD):
            with connect(server) as connection:
                connection.sendall(HEALTH[:cut])
        answers_again(server)
    for _ in range(CROWD):
        with connect(server) as connection:
            connection.sendall(CLOCK[:-3])
    answers_again(server)


def half_a_request_is_dropped_within_seconds(server):
    for request in (HEALTH[:20], HEALTH[:-2], CLOCK[:-1]):
        with connect(server) as connection:
            connection.sendall(request)
            waited = closed_after_s(connection)
            assert LIMIT_HALF_REQUEST_S - 1 < waited < LIMIT_HALF_REQUEST_S + 3, waited


def who_is_not_heard_in_time_is_not_dropped_for_it(server):
    """The second half waits in the server's socket while the server stands still."""
    with connect(server) as connection:
        connection.sendall(CLOCK[:-3])
        assert answers_again(server)
        server.process.send_signal(signal.SIGSTOP)
        connection.sendall(CLOCK[-3:])
        time.sleep(LIMIT_HALF_REQUEST_S + 1)
        server.process.send_signal(signal.SIGCONT)
        assert b" 200 " in connection.recv(65536)


def a_connection_that_has_been_answered_may_rest(server):
    with connect(server) as connection:
        assert ask(connection) == 200
        time.sleep(LIMIT_HALF_REQUEST_S + 2)
        assert ask(connection) == 200


def many_parameters_are_answered_at_once(server):
    for count, expected in ((900, 400), (LIMIT_PARAMETERS, 400), (LIMIT_PARAMETERS + 1, 414), (10000, 414)):
        query = b"&".join(b"%d" % i for i in range(count))
        with connect(server) as connection:
            began = time.monotonic()
            seen = ask(connection, HEALTH.replace(b"/health", b"/subscriptions?" + query))
            assert seen == expected and time.monotonic() - began < 2, (count, seen)


def empty_lines_without_end_keep_nobody_waiting(server):
    with connect(server) as connection:
        assert ask(connection, b"\r\n\r\n" + HEALTH) == 200
    with connect(server) as connection:
        try:
            end = time.monotonic() + PATIENCE_S
            while time.monotonic() < end:
                connection.sendall(b"\r\n" * 1000)
            assert False, "empty lines are taken for ever"
        except OSError:
            pass
        answers_again(server)


def head_is_where_get_is(server):
    for path in (b"/_mock/health", b"/_mock/world", b"/_mock/clock", b"/_localstack/health", b"/_mock/finops/bill.csv"):
        with connect(server) as connection:
            assert ask(connection, b"HEAD " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n") == 200, path
            assert ask(connection) == 200, "a body was sent"


CASES = [what_is_over_the_limit_is_refused_and_who_is_there_is_served,
         crowds_that_leave_in_the_middle_of_a_request_leave_nothing,
         half_a_request_is_dropped_within_seconds,
         who_is_not_heard_in_time_is_not_dropped_for_it,
         a_connection_that_has_been_answered_may_rest,
         many_parameters_are_answered_at_once,
         empty_lines_without_end_keep_nobody_waiting,
         head_is_where_get_is]


def main(arguments):
    program, = arguments
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 4096), most))
    failed = 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            try:
                with Server(program, folder) as server:
                    case(server)
            except Exception as error:  # whatever it is, the other cases still tell
                failed += 1
                print(f"FAILED {case.__name__}: {type(error).__name__}: {error}")
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
