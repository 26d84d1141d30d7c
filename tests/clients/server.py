# SPDX-License-Identifier: MIT
"""A mock-aws of one's own: started on a free port, called, stopped, and asked for its exit code."""
import json
import pathlib
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request

from watch import alerts, descriptors, wait_for_descriptors

START_DEADLINE_S = 20
STOP_DEADLINE_S = 20
POLL_S = 0.01
DATE = "20260101T000000Z"

# SigV4 name and target prefix of every service.
SERVICES = {
    "identitystore": ("identitystore", "AWSIdentityStore"),
    "identitystore-internal": ("identitystore", "AWSIdentityStoreService"),
    "sso-admin": ("sso", "SWBExternalService"),
    "organizations": ("organizations", "AWSOrganizationsV20161128"),
    "codewhisperer": ("codewhisperer", "AWSCodeWhispererService"),
    "ce": ("ce", "AWSInsightsIndexService"),
    "cloudtrail": ("cloudtrail", "CloudTrail_20131101"),
    "q": ("q", "AmazonQDeveloperService"),
    "servicequotas": ("servicequotas", "ServiceQuotasV20190624"),
    "user-subscriptions": ("user-subscriptions", "AWSZornControlPlaneService"),
}
SANITIZER_WORDS = ("Sanitizer", "runtime error:")


class Answer:
    """Status, headers and body of one answer; `code` is the error's short name, or None."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body
        self.json = json.loads(body) if body[:1] in (b"{", b"[") else None

    @property
    def code(self):
        if self.status == 200 or self.json is None:
            return None
        name = self.json.get("__type") or self.json.get("error", {}).get("code", "")
        return name.split("#")[-1]

    @property
    def message(self):
        error = (self.json or {}).get("error", self.json or {})
        return error.get("message", "")

    @property
    def path(self):
        """Of an error of the control surface: the JSON pointer of what is wrong."""
        return (self.json or {}).get("error", {}).get("path")

    def __repr__(self):
        return f"<{self.status} {self.body[:600]!r}>"


def send(url, method, path, body=None, headers=None):
    """One HTTP request; an error status is an answer like any other."""
    request = urllib.request.Request(url + path, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return Answer(reply.status, reply.getheaders(), reply.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers.items(), error.read())


def poll(condition, what, deadline_s):
    """Wait until `condition` gives something true, and give that."""
    end = time.monotonic() + deadline_s
    pause = threading.Event()
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {deadline_s} s")
        pause.wait(POLL_S)


class Server:
    """`with Server(program, folder, "--db", file) as server:` starts one and stops it in order.

    At the end its log must have no alarm that was not announced, and it no more descriptors open than after its start.
    """

    def __init__(self, program, folder, *options):
        folder = pathlib.Path(folder)
        self.port_file = folder / "port"
        self.port_file.unlink(missing_ok=True)
        self.log = folder / "stderr"
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        self.announced = []
        command = [program, "serve", "--listen", "127.0.0.1:0", "--port-file", str(self.port_file),
                   "--check-answers", *map(str, options)]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
        try:
            poll(self._is_ready, "the port file", START_DEADLINE_S)
        except BaseException:
            self.kill()
            raise
        self.descriptors = len(descriptors(self.process.pid))
        self.url = f"http://127.0.0.1:{self.port_file.read_text().strip()}"

    def _is_ready(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"mock-aws ended with {self.process.returncode}: {self.log.read_text()}")
        return self.port_file.exists()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.stop()

    def announce(self, words):
        """An alarm with this expression in it is no failure of this test."""
        self.announced.append(words)

    def _said(self):
        """What this server, and not the one before it in this folder, has logged."""
        said = self.log.read_text()
        return said[self.log_start:] if len(said) >= self.log_start else said

    def stop(self):
        """SIGTERM; it must end by itself, with 0, without an alarm or a word of a sanitizer, and nothing left open."""
        wait_for_descriptors(self.process.pid, self.descriptors)
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        said = self._said()
        assert code == 0, f"exit code {code} after SIGTERM: {said}"
        assert not any(word in said for word in SANITIZER_WORDS), said
        assert not alerts(said, self.announced), alerts(said, self.announced)

    def kill(self):
        """SIGKILL, as a crash would end it."""
        self.process.kill()
        self.process.wait(STOP_DEADLINE_S)

    def control(self, method, path, body=None):
        """A call of the control surface."""
        if method == "GET":
            return send(self.url, method, "/_mock/" + path)
        return send(self.url, method, "/_mock/" + path, json.dumps(body or {}).encode(),
                    {"Content-Type": "application/json"})

    def get(self, path):
        """The JSON of a control call that must succeed."""
        answer = self.control("GET", path)
        assert answer.status == 200, answer
        return answer.json

    def load(self, document):
        """The names of a world that must load."""
        answer = self.control("PUT", "world", document)
        assert answer.status == 200, answer
        return answer.json

    def aws(self, service, operation, body=None, region="us-east-1", key="AKIDEXAMPLE"):
        """A call with a well-formed Authorization header and a signature that nobody made."""
        name, prefix = SERVICES[service]
        return send(self.url, "POST", "/", json.dumps(body or {}).encode(), {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"{prefix}.{operation}",
            "X-Amz-Date": DATE,
            "Authorization": f"AWS4-HMAC-SHA256 Credential={key}/{DATE[:8]}/{region}/{name}/aws4_request, "
                             f"SignedHeaders=host;x-amz-date, Signature={'0' * 64}",
        })


def fail_to_serve(program, *options):
    """Exit code and stderr of a `serve` that must end by itself; code None if it serves instead."""
    process = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0", *map(str, options)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    ready = process.stdout.readline()
    if ready:
        process.kill()
    said = process.communicate(timeout=STOP_DEADLINE_S)[1]
    return (None, ready) if ready else (process.returncode, said)
