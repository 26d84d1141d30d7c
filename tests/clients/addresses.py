#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Where a server listens, under which names it is steered, and which web pages do not steer it."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys

from checks import check, main, same
from server import START_DEADLINE_S, STOP_DEADLINE_S, poll, send

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


class Listening:
    """A server with these options; its URLs as it tells them."""

    def __init__(self, program, *options):
        self.process = subprocess.Popen([program, "serve", "--json", "--quiet", *options], stdout=subprocess.PIPE, text=True)
        self.told = json.loads(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        same("its exit code", self.process.wait(STOP_DEADLINE_S), 0)
        self.process.stdout.close()

    def clock(self, host=None, method="GET", body=None, address="127.0.0.1", **headers):
        """The status of a call about the clock."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if host is not None:
            given["Host"] = host
        return send(f"http://{address}:{self.told['port']}", method, "/_mock/clock", body, given).status


def every_name_leads_to_a_server_that_listens_everywhere(program, _):
    with Listening(program, "--listen", "0.0.0.0:0") as server:
        for host in ("kiro-mock", "kiro-mock:4599", "mock.team.svc.cluster.local", "192.0.2.7:80", "localhost"):
            same(f"as {host}", server.clock(host), 200)
            same(f"to change, as {host}", server.clock(host, "PUT", b"{}", Content_Type=JSON), 200)


def on_loopback_a_name_must_be_allowed(program, _):
    with Listening(program, "--listen", "127.0.0.1:0") as server:
        same("no name is", server.clock("kiro-mock"), 403)
    with Listening(program, "--listen", "127.0.0.1:0", "--allow-host", "kiro-mock", "--allow-host", "*.team.test") as server:
        for host, status in (("kiro-mock", 200), ("Kiro-Mock:4599", 200), ("a.b.team.test", 200), ("team.test", 403),
                             ("xteam.test", 403), ("kiro-mock.evil.test", 403), ("localhost", 200), ("127.0.0.1", 200)):
            same(f"as {host}", server.clock(host), status)


def a_list_of_names_narrows_what_listens_everywhere(program, _):
    with Listening(program, "--listen", "0.0.0.0:0", "--allow-host", "kiro-mock") as server:
        same("the name", server.clock("kiro-mock:1"), 200)
        same("another one", server.clock("evil.test"), 403)
        same("loopback", server.clock("127.0.0.1"), 200)


def pages_of_other_sites_steer_nothing_anywhere(program, _):
    for listen in ("127.0.0.1:0", "0.0.0.0:0"):
        with Listening(program, "--listen", listen) as server:
            for origin in ("http://evil.test", "null", "https://localhost.evil.test"):
                same(f"{listen}: {origin} reads", server.clock(Origin=origin), 403)
                same(f"{listen}: {origin} writes", server.clock(None, "PUT", b"{}", Origin=origin, Content_Type=JSON), 403)
            for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)):
                same(f"{listen}: an image of {site}", server.clock(Sec_Fetch_Site=site), status)
            same(f"{listen}: a page of localhost", server.clock(Origin="http://localhost:3000", Sec_Fetch_Site="cross-site"), 200)
            for form in (FORM, "text/plain", "multipart/form-data; boundary=x"):
                same(f"{listen}: by {form}", server.clock(None, "PUT", b"{}", Content_Type=form), 415)
    with Listening(program, "--listen", "127.0.0.1:0", "--allow-host", "kiro-mock") as server:
        same("a page of an allowed host", server.clock("kiro-mock", Origin="http://kiro-mock:8080"), 200)


def one_server_listens_on_several_addresses(program, _):
    with Listening(program, "--listen", "127.0.0.1:0", "--listen", "127.0.0.2:0") as server:
        same("both are told", [url.rsplit(":", 1)[0] for url in server.told["urls"]], ["http://127.0.0.1", "http://127.0.0.2"])
        same("and reached", [server.clock(address=at) for at in ("127.0.0.1", "127.0.0.2")], [200, 200])
    if has_ipv6():
        with Listening(program, "--listen", "127.0.0.1:0", "--listen", "[::1]:0") as server:
            same("both families", [server.clock(address=at) for at in ("127.0.0.1", "[::1]")], [200, 200])
        with Listening(program, "--listen", "[::]:0") as server:
            same("[::] is both", [server.clock(address=at) for at in ("127.0.0.1", "[::1]")], [200, 200])
    wrong = subprocess.run([program, "serve", "--listen", "127.0.0.1:0", "--listen", "nowhere:0"], capture_output=True, text=True,
                           timeout=START_DEADLINE_S, check=False)
    check("one that is none is refused by name", wrong.returncode == 2 and "nowhere" in wrong.stderr, wrong)


def a_server_ends_with_who_started_it(program, folder):
    port = folder / "port"
    script = f'"{program}" serve --listen 127.0.0.1:0 --quiet --stop-with-parent --port-file "{port}" >"{folder}/out" & echo $!; read x'
    with subprocess.Popen(["/bin/sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        server = int(parent.stdout.readline())
        poll(port.exists, "the port file", START_DEADLINE_S)
        parent.send_signal(signal.SIGKILL)
    poll(lambda: not pathlib.Path(f"/proc/{server}/exe").exists() or not os.path.exists(port), "the end", STOP_DEADLINE_S)
    check("the port file is gone", not port.exists())


def a_hangup_is_an_orderly_end(program, folder):
    port = folder / "port"
    with Listening(program, "--listen", "127.0.0.1:0", "--port-file", str(port)) as server:
        check("the port file is there", port.exists())
        server.process.send_signal(signal.SIGHUP)
        same("the exit code", server.process.wait(STOP_DEADLINE_S), 0)
        check("the port file is gone", not port.exists())


if __name__ == "__main__":
    sys.exit(main([every_name_leads_to_a_server_that_listens_everywhere,
                   on_loopback_a_name_must_be_allowed,
                   a_list_of_names_narrows_what_listens_everywhere,
                   pages_of_other_sites_steer_nothing_anywhere,
                   one_server_listens_on_several_addresses,
                   a_server_ends_with_who_started_it,
                   a_hangup_is_an_orderly_end]))
