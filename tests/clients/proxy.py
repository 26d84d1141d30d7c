# SPDX-License-Identifier: MIT
"""Programs with AWS host names built in, through the proxy and through TLS: signed by botocore, by libcurl, and by hand."""
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import datetime

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import checks
from checks import check, same
from server import Server, fail_to_serve

KEY, SECRET = "111122223333", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
VERIFY = ("--auth", "verify", "--credential", f"{KEY}:{SECRET}")
LIST = ("sso.eu-west-1.amazonaws.com", "sso", "eu-west-1", "SWBExternalService.ListInstances", "application/x-amz-json-1.1", "{}")


def trusting(program, folder):
    """A TLS context that trusts the mock's authority alone, whose files are in `folder`."""
    os.environ["XDG_STATE_HOME"] = str(folder)
    pem = subprocess.run([program, "ca"], check=True, capture_output=True, text=True).stdout
    return ssl.create_default_context(cadata=pem)


def tunnel(server, host, context):
    """A connection to a host name through CONNECT, as every client with HTTPS_PROXY makes it."""
    port = int(server.url.rsplit(":", 1)[1])
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
    connection.set_tunnel(host, 443)
    return connection


def call(connection, method, path, headers, body=None):
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    return answer.status, json.loads(text) if text.startswith("{") else text


def by_botocore(host, service, region, target, kind, body, secret=SECRET):
    request = AWSRequest("POST", f"https://{host}/", data=body, headers={"Content-Type": kind, "X-Amz-Target": target})
    SigV4Auth(Credentials(KEY, secret), service, region).add_auth(request)
    return dict(request.headers)


def by_hand(host, service, region, target, kind, body, secret=SECRET):
    """The recipe of the documents, without a library."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    headers = {"content-type": kind, "host": host, "x-amz-content-sha256": hashlib.sha256(body.encode()).hexdigest(),
               "x-amz-date": now, "x-amz-target": target}
    names = ";".join(headers)
    block = "".join(f"{name}:{value}\n" for name, value in headers.items())
    canonical = f"POST\n/\n\n{block}\n{names}\n{headers['x-amz-content-sha256']}"
    scope = f"{now[:8]}/{region}/{service}/aws4_request"
    key = ("AWS4" + secret).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    to_sign = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = (f"AWS4-HMAC-SHA256 Credential={KEY}/{scope},SignedHeaders={names},Signature={signature}")
    return headers


SIGNERS = {"botocore": by_botocore, "by hand": by_hand}


def signers_are_verified(program, folder):
    context = trusting(program, folder)
    with Server(program, folder, *VERIFY) as server:
        for name, signer in SIGNERS.items():
            connection = tunnel(server, LIST[0], context)
            status, answer = call(connection, "POST", "/", signer(*LIST), LIST[-1])
            same(f"{name}: a good signature", (status, answer), (200, {"Instances": []}))
            status, answer = call(connection, "POST", "/", signer(*LIST, secret="wrong"), LIST[-1])
            same(f"{name}: a wrong secret", (status, answer.get("__type")), (400, "InvalidSignatureException"))
            status, answer = call(connection, "POST", "/", signer(*LIST), '{"MaxResults":1}')
            same(f"{name}: a body changed on its way", (status, answer.get("__type")), (400, "InvalidSignatureException"))
            headers = signer(*LIST)
            for at in list(headers):
                if at.lower() == "authorization":
                    headers[at] = headers[at].replace(KEY, "444455556666")
            status, answer = call(connection, "POST", "/", headers, LIST[-1])
            same(f"{name}: a key that nobody has", (status, answer.get("__type")), (400, "UnrecognizedClientException"))
            connection.close()


def libcurl_signs(program, folder):
    """curl's own signer, in the tunnel and straight."""
    trusting(program, folder)
    with Server(program, folder, *VERIFY) as server:
        pem = pathlib.Path(folder) / "mock-aws" / "ca.pem"
        host, service, region, target, kind, body = LIST
        common = ["curl", "-s", "--cacert", str(pem), "--aws-sigv4", f"aws:amz:{region}:{service}", "-H", f"X-Amz-Target: {target}",
                  "-H", f"Content-Type: {kind}", "-d", body]
        for name, where in (("CONNECT", ["-x", server.url, f"https://{host}/"]), ("plain proxy", ["-x", server.url, f"http://{host}/"]),
                            ("endpoint", [server.url + "/"])):
            for secret, code in ((SECRET, None), ("wrong", "InvalidSignatureException")):
                done = subprocess.run([*common, "--user", f"{KEY}:{secret}", *where], capture_output=True, text=True, check=False)
                answer = json.loads(done.stdout or "{}")
                same(f"curl by {name}: {code or 'good'}", answer.get("__type"), code)


def keys_come_from_a_file(program, folder):
    """As the AWS CLI keeps them: every profile's."""
    trusting(program, folder)
    keys = folder / "credentials"
    keys.write_text(f"[default]\naws_access_key_id = 999988887777\naws_secret_access_key=other\n\n# mine\n[work]\n"
                    f"aws_access_key_id={KEY}\naws_secret_access_key = {SECRET}\naws_session_token = x\n")
    with Server(program, folder, "--auth", "verify", "--credentials", keys) as server:
        context = trusting(program, folder)
        connection = tunnel(server, LIST[0], context)
        same("a key of the file", call(connection, "POST", "/", by_hand(*LIST), LIST[-1])[0], 200)
        same("with another secret", call(connection, "POST", "/", by_hand(*LIST, secret="other"), LIST[-1])[0], 400)
        connection.close()
    keys.write_text("[default]\nregion = us-east-1\n")
    for given, words in ((keys, "holds no credential"), (folder / "nowhere", "cannot be read")):
        code, said = fail_to_serve(program, "--auth", "verify", "--credentials", given)
        check(f"{given.name}: {words}", code == 2 and words in said, (code, said))


def what_is_wrong_with_a_signature_is_told(program, folder):
    context = trusting(program, folder)
    with Server(program, folder, *VERIFY) as server:
        connection = tunnel(server, LIST[0], context)
        old = by_hand(*LIST)
        stale = {**old, "x-amz-date": "20200101T000000Z"}
        rows = (("no signature", {k: v for k, v in old.items() if k != "authorization"}, "MissingAuthenticationTokenException"),
                ("an old date", stale, "InvalidSignatureException"),
                ("a date that is none", {**old, "x-amz-date": "today"}, "IncompleteSignatureException"),
                ("the host not signed", {**old, "authorization": old["authorization"].replace("host;", "")}, "InvalidSignatureException"),
                ("another algorithm", {**old, "authorization": old["authorization"].replace("AWS4-HMAC", "AWS4-XMAC")},
                 "IncompleteSignatureException"),
                ("another service", {**old, "authorization": old["authorization"].replace("/sso/", "/sts/")}, "InvalidSignatureException"))
        for name, headers, code in rows:
            status, answer = call(connection, "POST", "/", headers, LIST[-1])
            same(name, (status, answer.get("__type")), (400, code))
        connection.close()


def a_host_is_a_service_and_a_region(program, folder):
    context = trusting(program, folder)
    with Server(program, folder) as server:
        server.load({"format": 1, "accounts": {"main": {"id": KEY}},
                     "instances": {"main": {"account": "main", "region": "eu-west-1", "kind": "organization"}}})
        def listed(host, target=LIST[3], region="us-east-1"):
            connection = tunnel(server, host, context)
            answer = call(connection, "POST", "/", by_botocore(host, "sso", region, target, LIST[4], "{}"), "{}")
            connection.close()
            return answer
        status, answer = listed("sso.eu-west-1.amazonaws.com")
        same("the host's Region counts, not the scope's", (status, len(answer["Instances"])), (200, 1))
        status, answer = listed("sso.us-west-2.amazonaws.com", region="eu-west-1")
        same("and so it does elsewhere", (status, answer), (200, {"Instances": []}))
        for host in ("identitystore.eu-west-1.amazonaws.com", "s3.amazonaws.com"):
            status, answer = listed(host)
            same(f"{host} is not where it lives", (status, answer["__type"]), (400, "UnknownOperationException"))
            check("the message names the host", host in answer.get("message", ""), answer)


def a_host_of_nobody_is_refused_by_name(program, folder):
    with Server(program, folder) as server:
        host, port = server.url.removeprefix("http://").split(":")
        for request in (b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n",
                        b"GET http://example.com/x HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n",
                        b"CONNECT amazonaws.com.example.com:443 HTTP/1.1\r\n\r\n"):
            with socket.create_connection((host, int(port)), timeout=30) as connection:
                connection.sendall(request)
                answer = b"".join(iter(lambda: connection.recv(4096), b""))
            check(f"502 for {request[:30]}", answer.startswith(b"HTTP/1.1 502") and b"is no host of AWS" in answer and b"example.com" in answer, answer)


def one_port_speaks_everything(program, folder):
    """Slow beginners, TLS straight and in a tunnel, for a name and for an address."""
    context = trusting(program, folder)
    with Server(program, folder) as server:
        port = int(server.url.rsplit(":", 1)[1])
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
        same("TLS to an address", call(connection, "GET", "/_mock/health", {})[0], 200)
        same("and again on the same connection", call(connection, "GET", "/_mock/health", {})[0], 200)
        connection.close()
        with socket.create_connection(("127.0.0.1", port), timeout=30) as plain, context.wrap_socket(plain, server_hostname="localhost") as named:
            named.sendall(b"GET /_mock/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            check("TLS to a name", named.recv(100).startswith(b"HTTP/1.1 200 "))
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in b"CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\n\r\n":
                connection.sendall(bytes([byte]))
            check("a CONNECT byte by byte", connection.recv(100).startswith(b"HTTP/1.1 200 "))
            connection.sendall(b"GET /_mock/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            check("plain HTTP in a tunnel", connection.recv(100).startswith(b"HTTP/1.1 200 "))
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(b"C")
            check("somebody who says one letter hinders nobody", server.control("GET", "health").status == 200)
        untrusting = ssl.create_default_context()
        server.announce("http: Error: received handshake message out of context")
        try:
            call(tunnel(server, LIST[0], untrusting), "GET", "/", {})
            check("a client that does not trust the authority refuses", False)
        except ssl.SSLError:
            check("a client that does not trust the authority refuses", True)
        same("and the server goes on", server.control("GET", "health").status, 200)


def the_authority_is_kept_and_private(program, folder):
    first = subprocess.run([program, "ca"], capture_output=True, text=True, env={"XDG_STATE_HOME": str(folder)}, check=True).stdout
    second = subprocess.run([program, "ca"], capture_output=True, text=True, env={"XDG_STATE_HOME": str(folder)}, check=True).stdout
    same("the same certificate twice", first, second)
    state = pathlib.Path(folder) / "mock-aws"
    same("the key is its owner's", (state / "ca-key.pem").stat().st_mode & 0o777, 0o600)
    (state / "ca.pem").write_text("damaged")
    broken = subprocess.run([program, "ca"], capture_output=True, text=True, env={"XDG_STATE_HOME": str(folder)}, check=False)
    check("a damaged one is refused by name", broken.returncode == 3 and "ca.pem" in broken.stderr and "remove" in broken.stderr, broken.stderr)
    at_once = [subprocess.Popen([program, "ca"], stdout=subprocess.PIPE, env={"XDG_STATE_HOME": str(folder / "new")}) for _ in range(8)]
    same("eight who make one at the same time get one", len({process.communicate()[0] for process in at_once}), 1)


if __name__ == "__main__":
    sys.exit(checks.main([signers_are_verified, libcurl_signs, keys_come_from_a_file, what_is_wrong_with_a_signature_is_told, a_host_is_a_service_and_a_region,
                          a_host_of_nobody_is_refused_by_name, one_port_speaks_everything, the_authority_is_kept_and_private]))
