#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every edge of the protocols against every AWS operation that the server offers.

edges.py MOCK_AWS asks the program which operations there are, makes the rows from their protocols and shapes, and holds status and
error name against them. Nothing may answer 5xx, and after every operation digest and timeline must be what they were. Prints what
failed and "N passed, M failed"; exits 1 if anything failed.
"""
import collections
import json
import subprocess
import sys
import tempfile
import urllib.parse

import raw

FORM = "application/x-www-form-urlencoded; charset=utf-8"
MARGIN = 3  # how deep members are looked for; shapes may hold themselves
TEXT_LIMIT = 70000

Reply = collections.namedtuple("Reply", "status headers body")

# What a broken constraint is called where it is not what the protocol calls it.
INVALID = {"organizations": "InvalidInputException", "cloudtrail": "InvalidLookupAttributesException"}
# The names of violations at one member, where a service has such.
INVALID_AT = {("cloudtrail", "MaxResults"): "InvalidMaxResultsException",
              ("cloudtrail", "EventCategory"): "InvalidEventCategoryException"}
# By protocol: error and status of what is no input at all, of a member of the wrong type, of a broken constraint …
NAMES = {
    "json": {"serial": ("SerializationException", 400), "invalid": ("ValidationException", 400),
             "scope": ("InvalidSignatureException", 400), "token": ("MissingAuthenticationTokenException", 400),
             "incomplete": ("IncompleteSignatureException", 400), "unknown": ("UnknownOperationException", 400),
             "media": ("UnknownOperationException", 404), "method": ("UnknownOperationException", 404),
             "large": ("RequestEntityTooLargeException", 413)},
    "rest-json": {"serial": ("SerializationException", 400), "invalid": ("ValidationException", 400),
                  "scope": ("InvalidSignatureException", 403), "token": ("MissingAuthenticationTokenException", 403),
                  "incomplete": ("IncompleteSignatureException", 403), "unknown": ("UnknownOperationException", 404),
                  "media": ("UnsupportedMediaTypeException", 415), "method": ("UnknownOperationException", 404),
                  "large": ("RequestEntityTooLargeException", 413)},
    "query": {"serial": ("MalformedInput", 400), "invalid": ("ValidationError", 400),
              "scope": ("SignatureDoesNotMatch", 403), "token": ("MissingAuthenticationToken", 403),
              "incomplete": ("IncompleteSignature", 400), "unknown": ("InvalidAction", 400),
              "media": ("UnknownOperationException", 404), "method": ("UnknownOperationException", 404),
              "large": ("RequestEntityTooLarge", 413)},
    "scim": {"serial": ("", 400), "media": ("", 415), "large": ("", 413), "token": ("", 401)},
}
BAD_JSON = {
    "half an object": b"{", "an array": b"[]", "null": b"null", "a text": b'"x"', "white space": b" ", "two": b"{}{}",
    "duplicate keys": b'{"a":1,"a":1}', "duplicate keys below": b'{"a":[{"b":1,"\\u0062":1}]}', "NaN": b'{"a":NaN}',
    "1e999": b'{"a":1e999}', "beyond 2^53": b'{"a":-9007199254740993}', "Latin-1": b'{"a":"\xe4"}',
    "lone surrogate": b'{"a":"\\ud800"}', "NUL": b'{"a":"\\u0000"}', "65 levels": b'{"a":' + b"[" * 64 + b"]" * 64 + b"}",
    "100000 levels": b"[" * 100000, "XML": b"<a/>", "a form": b"Action=x&Version=y", "gzip": b"\x1f\x8b\x08\x00" + bytes(20),
}
# Of the wrong JSON kind, for every kind of member; a form has texts alone.
WRONG = {"text": (7, True, [], {}), "integer": ("7", 1.5, True, []), "number": ("7", True, {}), "boolean": ("true", 1, []),
         "timestamp": ("tomorrow", True, []), "structure": ("x", 7, []), "union": ("x", 7, []), "list": ("x", 7, {}),
         "map": ("x", 7, [])}
WRONG_TEXTS = {"integer": ("x", "1.5", "", "9" * 40), "number": ("x", "nan", ""), "boolean": ("yes", "1", ""),
               "timestamp": ("tomorrow",), "structure": ("x",), "union": ("x",), "list": ("x",), "map": ("x",)}


class Connection:
    """Requests one after the other; anew where the server has closed."""

    def __init__(self, server):
        self.server, self.socket, self.rest = server, None, b""

    def exchange(self, request):
        if self.socket is None:
            self.socket, self.rest = self.server.connect(), b""
        self.socket.sendall(request)
        while b"\r\n\r\n" not in self.rest:
            self.receive()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        wanted = 0 if request.startswith(b"HEAD") else int(headers.get("content-length", "0"))
        while len(self.rest) < wanted:
            self.receive()
        body, self.rest = self.rest[:wanted], self.rest[wanted:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Reply(int(lines[0].split(" ")[1]), headers, body)

    def receive(self):
        more = self.socket.recv(65536)
        if not more:
            raise ConnectionError("the server closed without an answer")
        self.rest += more

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket = None


class Operation:
    """One operation under one protocol: how it is called, and what refuses it."""

    def __init__(self, service, operation):
        self.service, self.operation = service, operation
        self.protocol, self.name = service["protocol"], operation["name"]
        self.title = f"{service['name']} {self.name} ({self.protocol})"
        self.members = operation["input"]
        self.method = operation.get("method", "POST") if self.protocol != "json" else "POST"
        self.path = operation.get("path", "/") if self.protocol == "rest-json" else "/"

    def expected(self, key, path=""):
        name, status = NAMES[self.protocol][key]
        if key == "invalid":
            name = INVALID_AT.get((self.service["name"], path), INVALID.get(self.service["name"], name))
        return name, status

    def request(self, body=None, value=None, **changed):
        """A call with this body, or with these members; `authorization`, `type`, `target`, `method`, `path` replace."""
        scopes = self.service["scopes"]
        headers = {"X-Amz-Date": raw.DATE, "Content-Type": raw.JSON_11,
                   "Authorization": raw.auth(scopes[0]) if scopes else None}
        if self.protocol == "json":
            headers["X-Amz-Target"] = changed.pop("target", f"{self.service['targets'][0]}.{self.name}")
        if self.protocol == "query":
            headers["Content-Type"] = FORM
            if body is None:
                body = urllib.parse.urlencode({"Action": changed.pop("target", self.name), "Version": self.service["version"],
                                               **flat(value or {})}).encode()
        if body is None:
            body = json.dumps(value or {}).encode()
        path = changed.pop("path", self.path)
        if self.method == "GET" and self.protocol == "rest-json":
            path, body = path + "?" + urllib.parse.urlencode(flat(value or {})), b""
        headers.update({name: changed.pop(key) for name, key in (
            ("Authorization", "authorization"), ("Content-Type", "type"), ("Expect", "expect")) if key in changed})
        return raw.http(changed.pop("method", self.method), path, headers, body)

    def fronts(self):
        """Edges that look into no member."""
        for method in ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "post"):
            yield f"{method}", self.request(method=method), self.expected("method")
        if self.protocol == "json":
            yield "GET", self.request(method="GET"), self.expected("method")
            for target in (f"{self.service['targets'][0]}.{self.name}X", f"{self.service['targets'][0]}.{self.name.lower()}",
                           f"X{self.service['targets'][0]}.{self.name}", self.name, f"{self.service['targets'][0]}.", ""):
                yield f"target {target}", self.request(target=target), self.expected("unknown")
        if self.protocol == "query":
            for target in (self.name + "X", self.name.lower(), f"x.{self.name}"):
                yield f"action {target}", self.request(target=target), self.expected("unknown")
            yield "no action", self.request(b"Version=" + self.service["version"].encode()), ("MissingAction", 400)
            yield "a broken escape", self.request(b"Action=%zz"), self.expected("serial")
            yield "not UTF-8", self.request(b"Action=%e4"), self.expected("serial")
            yield "a parameter twice", self.request(b"Action=a&Action=a"), self.expected("serial")
            yield "empty", self.request(b""), ("MissingAction", 400)
        elif self.method != "GET":
            for what, body in BAD_JSON.items():
                yield what, self.request(body), self.expected("serial")
        for what in ("text/plain", "application/x-amz-json-2.0", "application/jsonx", "multipart/form-data"):
            if self.method != "GET":
                yield f"type {what}", self.request(type=what), self.expected("media")
        if self.method != "GET":
            yield "no type", self.request(type=None), self.expected("media")
            large = b" " * (raw.BODY_LIMIT + 1)
            yield "too large", self.request(large), self.expected("large")
        if self.service["scopes"]:
            yield "unsigned", self.request(authorization=None), self.expected("token")
            yield "for another service", self.request(authorization=raw.auth("nobody")), self.expected("scope")
            yield "half a signature", self.request(authorization="AWS4-HMAC-SHA256 Credential=a"), self.expected("incomplete")

    def values(self):
        """Members of the wrong kind, and constraints that are broken."""
        is_form = self.protocol == "query" or self.method == "GET"
        if any(member.get("required") for member in self.members):
            yield "no members", self.request(value={}), self.expected("invalid")
            if not is_form:
                yield "an empty body", self.request(b""), self.expected("invalid")
                yield "null for each", self.request(value={member["name"]: None for member in self.members}), \
                    self.expected("invalid")
        for path, member, around in walk(self.members, MARGIN):
            for wrong in (WRONG_TEXTS if is_form else WRONG).get(member["kind"], ()):
                yield f"{path} = {str(wrong)[:40]!r}", self.request(value=around(wrong)), self.expected("serial")
            for wrong in broken(member):
                yield f"{path} = {str(wrong)[:40]!r}", self.request(value=around(wrong)), self.expected("invalid", path)

    def carried(self):
        """The same refusal, however the bytes come."""
        request = self.request(b"{" if self.protocol != "query" else b"Action=%zz")
        if self.method == "GET":
            return
        head, _, body = request.partition(b"\r\n\r\n")
        yield "chunked", raw.chunked(request, b"%x\r\n%s\r\n" % (len(body), body), b"0\r\n\r\n"), self.expected("serial")


def walk(members, depth, path="", around=lambda value: value):
    """Every member with its path and what puts a value there."""
    for member in members:
        def place(value, member=member, around=around):
            return around({member["name"]: value})
        yield from below(member, depth, f"{path}.{member['name']}".lstrip("."), place)


def below(member, depth, path, place):
    yield path, member, place
    if depth == 0 or not member.get("members"):
        return
    if member["kind"] in ("structure", "union"):
        yield from walk(member["members"], depth - 1, path, place)
    elif member["kind"] == "list":
        yield from below(member["members"][0], depth - 1, path + "[]", lambda value: place([value]))
    elif member["kind"] == "map":
        yield from below(member["members"][0], depth - 1, path + "{}", lambda value: place({"k": value}))


def broken(member):
    """Values of the right kind that break a declared constraint."""
    kind, least, most = member["kind"], member.get("min", 0), member.get("max", 0)
    if kind == "text":
        if least > 0:
            yield ""
        if 0 < most <= TEXT_LIMIT:
            yield "a" * (most + 1)
            yield "\u00e4" * (most + 1)
        if "values" in member:
            yield "no such value"
        elif "pattern" in member and least <= 1:
            yield from ("\x7f\u0085\ufffe",) if not most or most >= 3 else ()
    if kind == "integer" and most > 0:
        yield from (least - 1, most + 1, 2 ** 53, -2 ** 53)
    if kind in ("list", "map") and 0 < most <= 1000:
        item = {}
        yield [item] * (most + 1) if kind == "list" and member["members"][0]["kind"] in ("structure", "union") else \
            ["a"] * (most + 1) if kind == "list" else {f"k{i}": "a" for i in range(most + 1)}
    if kind == "union":
        yield {}


def flat(value, prefix=""):
    """Members as parameters of the query protocol."""
    items = value.items() if isinstance(value, dict) else ((f"member.{i}", item) for i, item in enumerate(value, 1))
    out = {}
    for name, item in items:
        if isinstance(item, (dict, list)) and item:
            out.update(flat(item, f"{prefix}{name}."))
        elif isinstance(item, bool):
            out[prefix + name] = "true" if item else "false"
        elif item is not None:
            out[prefix + name] = "" if item in ({}, []) else str(item)
    return out


def error_name(reply, protocol):
    """As a client finds it."""
    if protocol == "query" and reply.body:
        return reply.body.partition(b"<Code>")[2].partition(b"</Code>")[0].decode() or \
            reply.headers.get("x-amzn-errortype", "")
    try:
        value = json.loads(reply.body)
    except ValueError:
        return reply.headers.get("x-amzn-errortype", "")
    if protocol == "scim":
        return "" if value["status"] == str(reply.status) else value["status"]
    return value.get("__type", "").rpartition("#")[2]


class Judge:
    def __init__(self, server):
        self.server, self.connection = server, Connection(server)
        self.passed = self.failed = 0

    def world(self):
        return self.server.call("GET", "/_mock/digest")["digest"], self.server.call("GET", "/_mock/timeline")["entries"]

    def hold(self, name, wrong):
        if wrong:
            self.failed += 1
            print(f"FAILED {name}: {wrong}")
        else:
            self.passed += 1

    def play(self, title, protocol, rows):
        before = self.world()
        for what, request, expected in rows:
            try:
                reply = self.connection.exchange(request)
            except OSError as error:
                self.connection.close()
                self.hold(f"{title}: {what}", str(error))
                continue
            seen = error_name(reply, protocol), reply.status
            if request.startswith(b"HEAD"):
                seen = reply.headers.get("x-amzn-errortype", ""), reply.status
            fine = seen == expected and "x-amzn-requestid" in reply.headers and "date" in reply.headers
            self.hold(f"{title}: {what}", "" if fine else f"{seen} {reply.body[:300]!r}, expected {expected}")
        self.hold(f"{title}: leaves the world alone", "" if self.world() == before else "it has changed")


def scim_rows(service, made):
    """Every operation of SCIM, with a token that is good."""
    base = urllib.parse.urlsplit(made["url"]).path
    nobody = "00000000-0000-4000-8000-000000000000"
    for operation in service["operations"]:
        path = base + operation["path"].replace("*", nobody)
        headers = {"Authorization": "Bearer " + made["token"], "Content-Type": "application/scim+json"}
        title = f"{operation['method']} {operation['path']}"
        if operation["method"] in ("POST", "PUT", "PATCH"):
            for what, body in BAD_JSON.items():
                yield f"{title}: {what}", raw.http(operation["method"], path, headers, body), ("", 400)
            wrong = {**headers, "Content-Type": "text/plain"}
            yield f"{title}: text/plain", raw.http(operation["method"], path, wrong, b"{}"), ("", 415)
            yield f"{title}: too large", raw.http(operation["method"], path, headers, b" " * (raw.BODY_LIMIT + 1)), ("", 413)
        for what, token in (("no token", None), ("a token of nobody", "Bearer x"), ("Basic", "Basic eDp5")):
            yield f"{title}: {what}", raw.http(operation["method"], path, {**headers, "Authorization": token}, b"{}"), ("", 401)


def main(arguments):
    if len(arguments) != 1:
        raw.give_up("usage: edges.py MOCK_AWS")
    offered = json.loads(subprocess.run([arguments[0], "operations", "--json"], check=True, capture_output=True).stdout)
    with tempfile.TemporaryDirectory() as folder, raw.Server(arguments[0], folder) as server:
        judge = Judge(server)
        count = 0
        for service in offered["services"] if isinstance(offered, dict) else offered:
            if service["protocol"] == "scim":
                names = server.call("PUT", "/_mock/world", {"users": ["alice"]})
                made = server.call("POST", "/_mock/scim-tokens", {"instance": names["instances"]["main"]["arn"]})
                judge.play("scim", "scim", scim_rows(service, made))
            if service["protocol"] not in ("json", "rest-json", "query"):
                continue
            for operation in service["operations"]:
                if service["protocol"] == "rest-json" and "path" not in operation:
                    continue
                each = Operation(service, operation)
                count += 1
                for rows in (each.fronts(), each.values(), each.carried()):
                    judge.play(each.title, each.protocol, rows)
        judge.connection.close()
    if server.ending:
        judge.hold("stopping", server.ending)
    print(f"{count} operations: {judge.passed} passed, {judge.failed} failed")
    return 1 if judge.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
