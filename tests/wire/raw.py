#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Malformed and edge requests by raw sockets against a real server.

raw.py MOCK_AWS starts the server, sends every row of the table, and holds status and error name against it. After every row the
next good request must be answered on the same server, and digest and timeline must be what they were. Prints what failed and
"N passed, M failed"; exits 1 if anything failed, 3 if the server does not start.
"""
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).parents[1] / "clients"))
from watch import alerts, descriptors, wait_for_descriptors

PATIENCE_S = 20
BODY_LIMIT = 4 * 1024 * 1024
DATE = "20260102T030405Z"
JSON_11 = "application/x-amz-json-1.1"

# Target of a read, accepted scope, name space of errors.
SERVICES = {
    "identitystore": ("AWSIdentityStore.ListUsers", "identitystore", ""),
    "sso-admin": ("SWBExternalService.ListInstances", "sso", ""),
    "codewhisperer": ("AWSCodeWhispererService.ListProfiles", "codewhisperer", "com.amazon.kiro.controlplane#"),
    "q": ("AmazonQDeveloperService.CreateAssignment", "q", "com.amazon.kiro.controlplane#"),
    "user-subscriptions": ("AWSZornControlPlaneService.ListUserSubscriptions", "user-subscriptions",
                           "com.amazon.kiro.controlplane#"),
}
GATEWAY = "com.amazon.coral.service#"
# What the HTTP library says of requests that are no requests.
ANNOUNCED = (r"http: (?!an answer|a connection)",)
UNFRAMED = "unframed"  # no service is reached: neither error name nor request id


def give_up(reason):
    print("raw.py: " + reason, file=sys.stderr)
    sys.exit(3)


class Server:
    """A server of its own, on a port of its own, for as long as the `with` lasts."""

    def __init__(self, binary, folder):
        port_file = pathlib.Path(folder, "port")
        self.log = pathlib.Path(folder, "log")
        self.process = subprocess.Popen(
            [binary, "serve", "--listen", "127.0.0.1:0", "--port-file", str(port_file), "--check-answers"],
            stdout=subprocess.DEVNULL, stderr=self.log.open("wb"))
        deadline = time.monotonic() + PATIENCE_S
        while not port_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                give_up("the server did not start: " + self.log.read_text())
            time.sleep(0.005)
        self.port = int(port_file.read_text())
        self.descriptors = len(descriptors(self.process.pid))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ending = ""
        try:
            wait_for_descriptors(self.process.pid, self.descriptors)
        except AssertionError as error:
            self.ending = str(error)
        self.process.terminate()
        code = self.process.wait(PATIENCE_S)
        if code != 0:
            self.ending = f"exit code {code}, expected 0\n{self.log.read_text()}"
        self.ending = self.ending or "\n".join(alerts(self.log.read_text(), ANNOUNCED))

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE_S)

    def exchange(self, raw, has_body=True):
        """One request on a connection of its own: (status, headers, body); status 0 if the server closed without an answer."""
        with self.connect() as connection:
            try:
                connection.sendall(raw)
            except OSError:
                pass  # cut off while sending: there may be an answer nevertheless
            return read_answer(connection, has_body)

    def call(self, method, path, value=None):
        """A good control call; its answer."""
        body = b"" if value is None else json.dumps(value).encode()
        status, _, answer = self.exchange(http(method, path, {"Content-Type": "application/json"}, body))
        if status != 200:
            give_up(f"{method} {path} was answered with {status} {answer!r}")
        return json.loads(answer)


def read_answer(connection, has_body=True):
    head = b""
    try:
        while b"\r\n\r\n" not in head:
            more = connection.recv(1)
            if not more:
                return 0, {}, b""
            head += more
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
        wanted = int(headers.get("content-length", "0")) if has_body else 0
        body = b""
        while len(body) < wanted:
            more = connection.recv(wanted - len(body))
            if not more:
                break
            body += more
    except ConnectionResetError:
        return 0, {}, b""
    return int(lines[0].split(" ")[1]), headers, body


def http(method="POST", path="/", headers=None, body=b"", host="127.0.0.1", length=True):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"] if host is not None else [f"{method} {path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items() if value is not None]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def auth(scope="identitystore", key="AKID", day="20260102", region="us-east-1", end="aws4_request"):
    return f"AWS4-HMAC-SHA256 Credential={key}/{day}/{region}/{scope}/{end}, SignedHeaders=host;x-amz-date, Signature=00"


def aws(target="AWSIdentityStore.ListUsers", body=b"{}", scope="identitystore", http_of=None, **headers):
    """A request to an AWS service; keyword None leaves that header out, `type`, `authorization` and `date` replace one."""
    given = {"X-Amz-Target": target, "Content-Type": JSON_11, "X-Amz-Date": DATE, "Authorization": auth(scope)}
    names = {"type": "Content-Type", "authorization": "Authorization", "date": "X-Amz-Date", "expect": "Expect"}
    given.update({names[name]: value for name, value in headers.items()})
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return http(headers=given, body=body, **(http_of or {}))


def control(method="PUT", path="/_mock/clock", body=b"{}", host="127.0.0.1", **headers):
    given = {"Content-Type": "application/json"}
    names = {"type": "Content-Type", "origin": "Origin"}
    given.update({names[name]: value for name, value in headers.items()})
    return http(method, path, given, body, host=host)


def chunked(raw, *chunks):
    """The request with its body replaced by these chunks."""
    head = raw.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    head = [line for line in head if not line.startswith("Content-Length")] + ["Transfer-Encoding: chunked"]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + b"".join(chunks)


def json_rows(store):
    """What is no JSON to us: (name, body)."""
    member = f'"IdentityStoreId":"{store}"'.encode()
    texts = {
        "half an object": b"{",
        "two objects": b"{}{}",
        "single quotes": b"{'a':1}",
        "trailing comma": b'{"a":1,}',
        "comment": b"{/* */}",
        "white space alone": b"  \n",
        "an array": b"[]",
        "a text": b'"x"',
        "null": b"null",
        "NaN": b'{"a":NaN}',
        "plus sign": b'{"a":+1}',
        "number too large": b'{"a":1e999}',
        "integer beyond 2^53": b'{"a":9007199254740993}',
        "leading zero": b'{"a":01}',
        "duplicate keys": b"{" + member + b"," + member + b"}",
        "duplicate keys by escape": b'{"a":1,"\\u0061":2}',
        "duplicate keys below": b'{"a":{"b":1,"b":1}}',
        "NUL byte": b'{"a":"x\0y"}',
        "NUL byte after the end": b"{}\0",
        "NUL escape": b'{"a":"\\u0000"}',
        "NUL escape in a key": b'{"a\\u0000":1}',
        "control character": b'{"a":"\x01"}',
        "lone high surrogate": b'{"a":"\\ud800"}',
        "lone low surrogate": b'{"a":"\\udc00x"}',
        "surrogates in the wrong order": b'{"a":"\\udc00\\ud800"}',
        "surrogate as bytes": b'{"a":"\xed\xa0\x80"}',
        "overlong bytes": b'{"a":"\xc0\xaf"}',
        "overlong NUL": b'{"a":"\xc0\x80"}',
        "beyond Unicode": b'{"a":"\xf5\x80\x80\x80"}',
        "cut UTF-8": b'{"a":"\xe2\x82"}',
        "Latin-1": b'{"a":"\xe4"}',
        "byte order mark": b"\xef\xbb\xbf{}",
        "UTF-16": "{}".encode("utf-16"),
        "bad escape": b'{"a":"\\x41"}',
        "65 levels": b'{"a":' + b"[" * 64 + b"]" * 64 + b"}",
        "100000 levels": b'{"a":' + b"[" * 100000 + b"]" * 100000 + b"}",
        "100000 levels, open": b"[" * 100000,
        "no terminal quote": b'{"a":"' + b"x" * 100000,
    }
    return texts.items()


def input_rows(store):
    """Wrong members of good calls: (name, target, scope, body, error)."""
    users = {"IdentityStoreId": store}
    good = {**users, "UserName": "zoe", "DisplayName": "Zoe", "Name": {"GivenName": "Z", "FamilyName": "Z"}}
    invalid, serial = "ValidationException", "SerializationException"
    listing = [
        ("no store", {}, invalid),
        ("store null", {"IdentityStoreId": None}, invalid),
        ("store of another form", {"IdentityStoreId": "d-XYZ"}, invalid),
        ("store a number", {"IdentityStoreId": 5}, serial),
        ("store a list", {"IdentityStoreId": []}, serial),
        ("unknown store", {"IdentityStoreId": "d-0000000000"}, "ResourceNotFoundException"),
        ("size a text", {**users, "MaxResults": "5"}, serial),
        ("size a fraction", {**users, "MaxResults": 1.5}, serial),
        ("size 0", {**users, "MaxResults": 0}, invalid),
        ("size 101", {**users, "MaxResults": 101}, invalid),
        ("empty token", {**users, "NextToken": ""}, invalid),
        ("token of nobody", {**users, "NextToken": "AAAA"}, invalid),
        ("token of the right length", {**users, "NextToken": "0" * 32}, invalid),
        ("token of 70000 characters", {**users, "NextToken": "0" * 70000}, invalid),
        ("filters an object", {**users, "Filters": {}}, serial),
        ("two filters", {**users, "Filters": [{"AttributePath": "userName", "AttributeValue": "a"}] * 2}, invalid),
        ("filter null", {**users, "Filters": [None]}, invalid),
    ]
    creating = [
        ("no user name", {**good, "UserName": None}, invalid),
        ("empty user name", {**good, "UserName": ""}, invalid),
        ("user name with a blank", {**good, "UserName": "z e"}, invalid),
        ("user name with a zero width joiner", {**good, "UserName": "z\u200de"}, invalid),
        ("user name of 129 characters", {**good, "UserName": "\u00e4" * 129}, invalid),
        ("user name taken", {**good, "UserName": "alice"}, "ConflictException"),
        ("two e-mails", {**good, "Emails": [{"Value": "a@b.c"}] * 2}, invalid),
        ("name a text", {**good, "Name": "Zoe"}, serial),
        ("primary a text", {**good, "Emails": [{"Value": "a@b.c", "Primary": "true"}]}, serial),
    ]
    rows = [(name, "AWSIdentityStore.ListUsers", body, error) for name, body, error in listing]
    rows += [("create: " + name, "AWSIdentityStore.CreateUser", body, error) for name, body, error in creating]
    rows += [
        ("union empty", "AWSIdentityStore.GetUserId", {**users, "AlternateIdentifier": {}}, invalid),
        ("user id of another form", "AWSIdentityStore.DeleteUser", {**users, "UserId": "alice"}, invalid),
        ("unknown user", "AWSIdentityStore.DeleteUser",
         {**users, "UserId": "00000000-0000-4000-8000-000000000000"}, "ResourceNotFoundException"),
    ]
    return rows


def scope_rows():
    """Every service signed for another one, and for none."""
    for name, (target, scope, _) in SERVICES.items():
        prefix = GATEWAY if SERVICES[name][2] else ""
        wrong = next(other for _, other, _ in SERVICES.values() if other != scope)
        yield f"{name} signed for {wrong}", aws(target, scope=wrong), 400, prefix + "InvalidSignatureException"
        yield f"{name} signed for nothing known", aws(target, scope="x"), 400, prefix + "InvalidSignatureException"
        yield f"{name} unsigned", aws(target, authorization=None), 400, prefix + "MissingAuthenticationTokenException"
        yield f"{name} of an unknown operation", aws(target + "X", scope=scope), 400, prefix + "UnknownOperationException"
        yield f"{name} without JSON", aws(target, b"{", scope), 400, prefix + "SerializationException"


def auth_rows():
    incomplete, invalid = "IncompleteSignatureException", "InvalidSignatureException"
    missing = "MissingAuthenticationTokenException"
    good = auth()
    rows = [
        ("no signature at all", dict(authorization=None), missing),
        ("empty Authorization", dict(authorization=""), missing),
        ("bearer", dict(authorization="Bearer abc"), missing),
        ("algorithm alone", dict(authorization="AWS4-HMAC-SHA256"), incomplete),
        ("no Credential", dict(authorization=good.replace("Credential=", "Credentials=")), incomplete),
        ("no SignedHeaders", dict(authorization=good.replace("SignedHeaders=", "Signed=")), incomplete),
        ("no Signature", dict(authorization=good.replace("Signature=", "Sign=")), incomplete),
        ("no date", dict(date=None), incomplete),
        ("four elements", dict(authorization=auth(end="").replace("/,", ",")), incomplete),
        ("six elements", dict(authorization=auth(end="aws4_request/x")), incomplete),
        ("empty region", dict(authorization=auth(region="")), incomplete),
        ("Latin-1 in the key", dict(authorization=auth(key="AK\u00e4")), incomplete),
        ("a region that is none", dict(authorization=auth(region="US_EAST_1")), invalid),
        ("a region of 64 characters", dict(authorization=auth(region="a" * 64)), invalid),
        ("another terminator", dict(authorization=auth(end="aws5_request")), invalid),
        ("another day", dict(authorization=auth(day="20260103")), invalid),
        ("a key of 200 characters", dict(authorization=auth(key="K" * 200)), invalid),
    ]
    for name, headers, error in rows:
        yield "auth: " + name, aws(**headers), 400, error


def front_rows():
    """What does not even look like a JSON call."""
    unknown = "UnknownOperationException"
    for content_type in (None, "", "text/plain", "application/x-amz-json-2.0", "application/x-www-form-urlencoded",
                         "application/jsonp", "multipart/form-data; boundary=x"):
        yield f"content type {content_type}", aws(type=content_type), 404, unknown
    for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"):
        yield f"{method} /", aws(http_of={"method": method}), 404, unknown
        yield f"{method} / without a header", http(method, "/", length=False), 404, unknown
    for path in ("/x", "//", "/%2F", "/_mock", "/favicon.ico", "/../etc/passwd", "/" + "a" * 8000):
        yield f"POST {path[:20]}", aws(http_of={"path": path}), 404, unknown
    yield "POST /?", aws(http_of={"path": "/?"}), 400, "ValidationException"
    for target in (None, "", ".", "x", "AWSIdentityStore", "AWSIdentityStore.", ".ListUsers", "AWSIdentityStore.listUsers",
                   "awsidentitystore.ListUsers", "AWSIdentityStore.ListUsers.ListUsers", "AWSIdentityStore.ListUsers ;",
                   "control.GetHealth", ".GetHealth", "A" * 8000 + ".ListUsers", "\u00e4.ListUsers"):
        yield f"target {str(target)[:40]}", aws(target), 400, unknown


def control_rows():
    denied, invalid = "AccessDeniedException", "ValidationException"
    get = dict(method="GET", path="/_mock/clock", body=b"")
    for origin in ("http://evil.example", "null", "https://localhost.evil.example", "http://127.0.0.1.evil.example",
                   "http://localhost@evil.example", "http://localhost:80@evil.example", "file://", "http://[::2]", "localhost"):
        yield f"Origin {origin}", control(origin=origin), 403, denied
        yield f"GET with Origin {origin}", control(**get, origin=origin), 403, denied
    for host in ("evil.example", "evil.example:4599", "127.0.0.1.evil.example", "localhost.evil.example", "[::2]:80",
                 "192.168.0.1", "localhost:x", "127.0.0.1@evil.example"):
        yield f"Host {host}", control(host=host), 403, denied
        yield f"GET with Host {host}", control(**get, host=host), 403, denied
    for content_type in (None, "text/plain", "application/x-www-form-urlencoded", "application/json5", JSON_11):
        yield f"control by {content_type}", control(type=content_type), 415, "UnsupportedMediaTypeException"
    for path in ("/_mock/", "/_mock/clocks", "/_mock/clock/", "/_mock//clock", "/_mock/../_mock/clock", "/_mock/cl%6Fck",
                 "/_localstack/x", "/moto-api/x"):
        yield f"control {path}", control("GET", path), 404, "UnknownOperationException"
    for method in ("DELETE", "PATCH", "OPTIONS", "POST", "get"):
        yield f"{method} /_mock/clock", control(method), 405, "MethodNotAllowedException"
    for name, body, error in (("no JSON", b"{", "SerializationException"),
                              ("an array", b"[]", "SerializationException"),
                              ("a number for a text", b'{"now":1}', "SerializationException"),
                              ("an unknown member", b'{"Now":"2026-01-01T00:00:00Z"}', invalid),
                              ("no time", b'{"now":"tomorrow"}', invalid),
                              ("no mode", b'{"mode":"fast"}', invalid)):
        yield f"clock set by {name}", control(body=body), 400, error
    yield "clock set back", control(body=b'{"now":"1999-01-01T00:00:00Z"}'), 409, "ConflictException"
    yield "query of a PUT", control(path="/_mock/clock?now=x"), 400, invalid
    for query in ("user_id=a&user_id=b", "user=a", "user_id=%", "user_id=%zz", "user_id=%00", "user_id=%ff", "=a", "user_id=%c0%af"):
        yield f"query {query}", control("GET", "/_mock/subscriptions?" + query, b""), 400, invalid
    yield "a body too large", control(body=b" " * (BODY_LIMIT + 1)), 413, "RequestEntityTooLargeException"


def transport_rows(store):
    """How a request is carried. Status None: closed or refused with 4xx or 5xx, as the library likes."""
    good = json.dumps({"IdentityStoreId": store}).encode()
    head = aws(body=good).split(b"\r\n\r\n")[0]
    pad = b" " * (BODY_LIMIT - len(good))
    yield "an empty body", aws(body=b""), 400, "ValidationException"
    yield "a body with a newline", aws(body=good + b"\n"), 200, None
    yield "a body of the limit", aws(body=good + pad), 200, None
    yield "a body over the limit", aws(body=good + pad + b" "), 413, "RequestEntityTooLargeException"
    yield "a chunked body", chunked(aws(), b"1\r\n{\r\n", b"%x\r\n%s\r\n" % (len(good) - 1, good[1:]), b"0\r\n\r\n"), 200, None
    yield "chunk extensions", chunked(aws(), b"%x;a=b\r\n%s\r\n" % (len(good), good), b"0\r\nX: y\r\n\r\n"), 200, None
    yield "bad chunks", chunked(aws(), b"xyz\r\n{}\r\n0\r\n\r\n"), None, None
    yield "a chunk of too many digits", chunked(aws(), b"FFFFFFFFFFFFFFFFFF\r\n{}"), None, None
    yield "a negative length", head.replace(b"Content-Length: ", b"Content-Length: -") + b"\r\n\r\n{}", None, None
    yield "an impossible length", head.replace(b"Content-Length: ", b"Content-Length: 9999999999999999") + b"\r\n\r\n", None, None
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(good), good)
    bare = head[:head.index(b"\r\nContent-Length")]
    yield "two lengths", head + b"\r\nContent-Length: 3\r\n\r\n" + good, 400, UNFRAMED
    yield "the same length twice", head + b"\r\nContent-Length: %d\r\n\r\n" % len(good) + good, 400, UNFRAMED
    yield "a length and chunks", head + b"\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk, 400, UNFRAMED
    for coding in (b"gzip", b"gzip, chunked", b"identity", b"chunked\r\nTransfer-Encoding: gzip"):
        yield f"Transfer-Encoding {coding}", bare + b"\r\nTransfer-Encoding: " + coding + b"\r\n\r\n" + chunk, 400, UNFRAMED
    yield "no Host", http(host=None), None, None
    yield "a header of 200000 bytes", aws(authorization=auth(key="K" * 200000)), None, None
    yield "20000 headers", http(headers={f"X-{i}": "x" for i in range(20000)}), None, None
    yield "a path of 200000 bytes", http("GET", "/_mock/" + "a" * 200000), None, None
    yield "an unknown version", b"POST / HTTP/7.0\r\nHost: localhost\r\n\r\n", None, None
    yield "a TLS hello that is none", b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + bytes(range(170)) + b"\r\n\r\n", None, None
    yield "HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", None, None
    yield "NUL in a header", head.replace(b"AWS4-", b"\0AWS4-") + b"\r\n\r\n" + good, None, None


def rows(store):
    """(name, bytes, status, error name or None)"""
    yield from front_rows()
    for name, body in json_rows(store):
        yield "JSON: " + name, aws(body=body), 400, "SerializationException"
    for name, target, body, error in input_rows(store):
        yield "input: " + name, aws(target, body), 400, error
    yield from scope_rows()
    yield from auth_rows()
    yield from control_rows()
    yield from transport_rows(store)


def error_name(headers, body):
    """As a client would find it."""
    try:
        value = json.loads(body)
    except ValueError:
        return UNFRAMED if body.startswith(b"Expected one Content-Length") else headers.get("x-amzn-errortype")
    return value["error"]["code"] if "error" in value else value.get("__type")


class Judge:
    """Counts, and knows what the world looked like at the start."""

    def __init__(self, server, store):
        self.server = server
        self.good = aws(body={"IdentityStoreId": store})
        self.passed = self.failed = 0
        self.before = self.world()

    def world(self):
        return self.server.call("GET", "/_mock/digest"), self.server.call("GET", "/_mock/timeline")

    def hold(self, name, wrong):
        """`wrong` is empty, or what was seen and what was expected."""
        status, _, body = self.server.exchange(self.good)
        if status != 200 or len(json.loads(body)["Users"]) != 2:
            wrong += f"; the next request was answered with {status} {body[:200]!r}"
        if self.world() != self.before:
            wrong += "; the world has changed"
            self.before = self.world()
        if wrong:
            self.failed += 1
            print(f"FAILED {name}: {wrong.lstrip('; ')}")
        else:
            self.passed += 1


def play_row(judge, name, raw, status, error):
    is_head = raw.startswith(b"HEAD")
    seen, headers, body = judge.server.exchange(raw, not is_head)
    if status is None:
        judge.hold(name, "" if seen == 0 or seen >= 400 else f"{seen} {body[:200]!r}, expected a refusal")
        return
    name_seen = headers.get("x-amzn-errortype") if is_head else error_name(headers, body) if seen != 200 else None
    wrong = ""
    if seen != status or (name_seen != error and not (is_head and status == 405)):
        wrong = f"{seen} {name_seen} {body[:200]!r}, expected {status} {error}"
    elif error != UNFRAMED and "x-amzn-requestid" not in headers or "date" not in headers:
        wrong = "no request id or no date"
    judge.hold(name, wrong)


def play_connections(judge):
    """What takes more than one exchange."""
    server = judge.server
    with server.connect() as connection:
        seen = []
        for raw in (judge.good, aws(body=b"{"), aws(type="text/plain"), control(origin="http://evil.example"), judge.good):
            connection.sendall(raw)
            seen.append(read_answer(connection)[0])
    judge.hold("one connection through good and bad", "" if seen == [200, 400, 404, 403, 200] else str(seen))

    with server.connect() as connection:
        connection.sendall(judge.good * 20)
        seen = [read_answer(connection)[0] for _ in range(20)]
    judge.hold("twenty pipelined requests", "" if seen == [200] * 20 else str(seen))

    head, _, body = judge.good.partition(b"\r\n\r\n")
    with server.connect() as connection:
        connection.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
        first = read_answer(connection, False)[0]
        connection.sendall(body)
        seen = first, read_answer(connection)[0]
    judge.hold("Expect: 100-continue", "" if seen == (100, 200) else str(seen))

    with server.connect() as connection:
        connection.sendall(b"".join((head.replace(b"Content-Length: ", b"Content-Length: 99999"),
                                     b"\r\nExpect: 100-continue\r\n\r\n")))
        seen = read_answer(connection)[0]
    judge.hold("Expect with a body over the limit", "" if seen == 413 else str(seen))

    with server.connect() as connection:
        for byte in judge.good:
            connection.sendall(bytes([byte]))
        seen = read_answer(connection)[0]
    judge.hold("byte by byte", "" if seen == 200 else str(seen))

    idle = [server.connect() for _ in range(100)]
    for number, connection in enumerate(idle):
        connection.sendall(judge.good[:number * 5])
    judge.hold("a hundred clients that stop in the middle", "")
    for connection in idle:
        connection.close()
    judge.hold("a hundred clients that leave", "")

    for cut in (1, len(head) + 4, len(judge.good) - 1):
        with server.connect() as connection:
            connection.sendall(judge.good[:cut])
    judge.hold("clients that leave in the middle", "")


def main(arguments):
    if len(arguments) != 1:
        give_up("usage: raw.py MOCK_AWS")
    with tempfile.TemporaryDirectory() as folder, Server(arguments[0], folder) as server:
        names = server.call("PUT", "/_mock/world", {
            "format": 1, "users": ["alice", "bob"], "groups": {"devs": ["bob"]},
            "assignments": [{"to": "group:devs", "plan": "pro"}, {"to": "user:alice", "plan": "power"}]})
        store = names["instances"]["main"]["identity_store_id"]
        judge = Judge(server, store)
        for name, raw, status, error in rows(store):
            play_row(judge, name, raw, status, error)
        play_connections(judge)
    if server.ending:
        judge.failed += 1
        print(f"FAILED stopping: {server.ending}")
    print(f"{judge.passed} passed, {judge.failed} failed")
    return 1 if judge.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
