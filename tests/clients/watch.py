# SPDX-License-Identifier: MIT
"""What a server must not leave behind: lines of alarm in its log, descriptors that nobody needs any more."""
import os
import re
import threading
import time

ALERT = "mock-aws: "  # whatever a serving program says under its own name is for the operator
# States of /proc/net/tcp in which the other end has not closed: ESTABLISHED, and both FIN_WAIT.
CLIENT_IS_THERE = ("01", "04", "05")
# A connection whose client is silent in the middle of a request is kept for LIMIT_HALF_REQUEST_SECONDS.
DEADLINE_S = 20
POLL_S = 0.01
# A thread of the server opens its own as it begins, which may be after the server is ready.
OF_THREADS = ("anon_inode:[eventfd]", "anon_inode:[eventpoll]")


def alerts(log, announced=()):
    """The lines of alarm in a log's text, without those that have one of the expressions in them."""
    return [line for line in log.splitlines()
            if line.startswith(ALERT) and not any(re.search(words, line) for words in announced)]


def _connected(pid):
    """The sockets, by their inodes, whose other end is still there."""
    out = set()
    for table in ("tcp", "tcp6"):
        with open(f"/proc/{pid}/net/{table}", encoding="ascii") as lines:
            for columns in (line.split() for line in lines):
                if columns[3] in CLIENT_IS_THERE:
                    out.add(f"socket:[{columns[9]}]")
    return out


def descriptors(pid):
    """What the open descriptors of a process lead to, without those of its threads and connections whose clients are there."""
    out = []
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            out.append(os.readlink(f"/proc/{pid}/fd/{name}"))
        except FileNotFoundError:
            pass  # closed meanwhile
    connected = _connected(pid)
    return sorted(there for there in out if there not in connected and there not in OF_THREADS)


def wait_for_descriptors(pid, count, deadline_s=DEADLINE_S):
    """Wait until the process has no more open than `count`; AssertionError says what it keeps."""
    end = time.monotonic() + deadline_s
    pause = threading.Event()
    while len(there := descriptors(pid)) > count:
        assert time.monotonic() < end, f"{count} descriptors after the start, now these: {there}"
        pause.wait(POLL_S)
