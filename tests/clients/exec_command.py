# SPDX-License-Identifier: MIT
"""mock-aws exec around the command: credentials out of reach, signals, exit codes, checks, faults; wait, port file, ready descriptor, env."""
import os
import pathlib
import re
import select
import signal
import subprocess
import sys

import checks
from checks import check, same
from exec_world import COMPANY, POISON, POISONED, Exec
from server import Server, poll

AWS = "/usr/bin/aws"
UNSUBSCRIBE_DAVE = (  # by curl's signer, through the proxy, for a host of AWS
    'curl --silent --show-error --aws-sigv4 aws:amz:us-east-1:q --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" '
    '-H "Content-Type: application/x-amz-json-1.0" -H "X-Amz-Target: AmazonQDeveloperService.DeleteAssignment" '
    '-d "{\\"principalType\\":\\"USER\\",\\"principalId\\":\\"$MOCK_USER_DAVE\\",\\"profileArn\\":\\"$MOCK_PROFILE_ENGINEERING\\"}" '
    'https://codewhisperer.us-east-1.amazonaws.com/')


def real_credentials_are_out_of_reach(program, folder):
    mock = Exec(program, folder)
    code, said, _ = mock.run("env", "-0")
    seen = dict(entry.split("=", 1) for entry in said.split("\0") if entry)
    same("exit code", code, 0)
    same("nothing of the parent's is left", {name for name, value in seen.items() if POISON in value}, set())
    same("the Region of the first profile", (seen["AWS_REGION"], seen["AWS_DEFAULT_REGION"]), ("us-east-1", "us-east-1"))
    same("the account's key", seen["AWS_ACCESS_KEY_ID"], "111122223333")
    gone = [name for name in POISONED if "TOKEN" in name or "ROLE" in name or "PROFILE" in name or "CONTAINER" in name]
    same("what leads to credentials is unset", [name for name in gone if name in seen], [])
    kept = [pathlib.Path(seen[name]) for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "MOCK_IDS")]
    check("files of the command's own, gone with it", not any(path.exists() or path.parent.exists() for path in kept), kept)
    same("no metadata of an instance", seen["AWS_EC2_METADATA_DISABLED"], "true")
    check("the world's people", "MOCK_USER_ALICE" in seen and "MOCK_GROUP_KIRO_DEVS" in seen, sorted(seen))

    listed = mock.run(AWS, "configure", "list")[1]
    check("the CLI finds the test key alone", "env" in listed and POISON not in listed and "shared-credentials" not in listed, listed)
    look = ("import botocore.session; c = botocore.session.Session().get_credentials().get_frozen_credentials(); "
            "print(c.access_key, c.secret_key, c.token)")
    same("botocore as well", mock.run("/usr/bin/python3", "-c", look)[1], "111122223333 mock None\n")
    metadata = mock.run("/usr/bin/python3", "-c", (
        "import botocore.utils; print(botocore.utils.InstanceMetadataFetcher(timeout=1).retrieve_iam_role_credentials())"))[1]
    same("the metadata service is not asked", metadata, "{}\n")


def no_other_host_is_reached(program, folder):
    mock = Exec(program, folder)
    for url in ("http://example.com/", "http://169.254.169.254/latest/meta-data/", "http://amazonaws.com.example.com/"):
        code, said, _ = mock.run("curl", "--silent", "--write-out", "\n%{http_code}", url)
        host = url.split("/")[2]
        check(f"{url}: 502 names it", code == 0 and said.endswith("\n502") and f"{host}' is no host of AWS" in said.replace('"', "'"), said)
    code, _, told = mock.run("curl", "--silent", "--show-error", "https://example.com/")
    check("nor by TLS", code == 56 and "502" in told, told)
    code, said, _ = mock.run("curl", "--silent", "--write-out", "\n%{http_code}", "https://s3.us-east-1.amazonaws.com/")
    check("a service that is not mocked is answered here", (code, said.split("\n")[-1]) == (0, "404") and "UnknownOperation" in said, said)
    code, said, told = mock.run(AWS, "sts", "get-caller-identity", "--query", "Account", "--output", "text")
    same("a host of AWS is the mock", (code, said), (0, "111122223333\n"))


def exit_codes_are_those_of_the_command(program, folder):
    mock = Exec(program, folder)
    for command, wanted in ((("true",), 0), (("sh", "-c", "exit 7"), 7), (("sh", "-c", "kill -TERM $$"), 143),
                            (("/nonexistent/command",), 127), (("not-there-at-all",), 127), ((str(COMPANY),), 126)):
        code, said, told = mock.run(*command)
        same(f"{command[-1]}", (code, said), (wanted, ""))
        check("the outcome is told", "mock-aws: 0 seats ended" in told, told)
    check("what cannot be run is named", "/nonexistent/command: cannot be run: No such file" in mock.run("/nonexistent/command")[2])
    broken = pathlib.Path(folder) / "broken.json"
    broken.write_text('{ "users": ["a"],\n  "colour": "red" }')
    misspelled = mock.leavers("alise")
    for options, words in ((("--world", folder / "none.json"), "none.json: cannot be read"), (("--world", broken), "broken.json:2:"),
                           (("--expect", folder / "none"), "none: cannot be read"), (("--edition", "kiro-1999-01"), "kiro-1999-01"),
                           (("--max-ended", "few"), "'few' is no value for --max-ended"), (("--port-file", "x"), "--port-file"),
                           (("--fault", "give=everything"), "--fault: faults[0].give: expected latency"), (("--fault", "DeleteUser"), "--fault"),
                           (("--world", COMPANY, "--protect", "alise"), "alise"), (("--world", COMPANY, "--expect", misspelled), "alise"),
                           (("--report",), "'--report' wants a value")):
        code, said, told = mock.run("echo", "ran", options=options)
        same(f"{options[-2:]}: exit code, and nothing ran", (code, said), (2, ""))
        check(f"{words} is told", words in told and "seats ended" not in told, told)
    done = subprocess.run([program, "exec"], capture_output=True, text=True, check=False)
    check("no command", done.returncode == 2 and "command to run" in done.stderr, done)
    code, _, told = mock.run("true", options=("--world", COMPANY, "--report", folder / "none" / "report.json"))
    check("a report that cannot be written", code == 3 and "report.json: cannot be written" in told, told)


def checks_make_it_fail(program, folder):
    mock = Exec(program, folder)
    unsubscribe = ("bash", "-euc", UNSUBSCRIBE_DAVE)
    two = ("bash", "-euc", UNSUBSCRIBE_DAVE + '; ' + UNSUBSCRIBE_DAVE.replace("DAVE", "BOB") + "; exit 5")
    for options, command, wanted, words in (
            ((), unsubscribe, 0, None), ((), two, 5, None),
            (("--protect", "alice", "--protect", "carol"), unsubscribe, 0, None),
            (("--protect", "carol", "--protect", "dave"), unsubscribe, 1, "dave is protected and lost a seat"),
            (("--max-ended", "1"), unsubscribe, 0, None),
            (("--max-ended", "0"), unsubscribe, 1, "1 seat ended, and at most 0 may"),
            (("--max-ended", "1"), two, 1, "2 seats ended, and at most 1 may"),
            (("--expect", mock.leavers("dave")), unsubscribe, 0, None),
            (("--expect", mock.leavers("alice", "dave")), unsubscribe, 1, "alice should have lost the seat"),
            (("--expect", mock.leavers("dave")), two, 1, "bob lost a seat and is on no list")):
        code, report, told = mock.report(*command, options=options)
        same(f"{options} exit {wanted}", code, wanted)
        same("as many problems", len(report["problems"]), int(words is not None))
        check(f"{words}", words is None or f"FAILED   {words}" in told, told)
    code, report, _ = mock.report(*unsubscribe)
    (row,) = report["ended"]
    same("the report", (row["user"], row["status"], row["plan"], row["rule"], report["calls"], report["stayed"]),
         ("dave", "CANCELED", "pro", "manual-unsubscribe-user", 1, 4))
    same("money", (report["cost_this_month"], report["cost_next_month"]), ("280.00", "280.00"))
    wrong = UNSUBSCRIBE_DAVE.replace('"principalType', '"colour\\":\\"red\\",\\"principalType', 1).replace("USER_DAVE", "USER_NOBODY")
    code, report, told = mock.report("bash", "-c", wrong)
    same("a call that was refused", [row["operation"] for row in report["refused"]], ["DeleteAssignment"])
    check("is told", "refused  DeleteAssignment: ValidationException" in told, told)
    unread = UNSUBSCRIBE_DAVE.replace('{\\"principalType', '{\\"colour\\":\\"red\\",\\"principalType', 1)
    code, report, told = mock.report("bash", "-c", unread)
    check("a member that nobody reads is told", "unread   DeleteAssignment" in told and "colour" in told, told)


def faults_reach_the_command(program, folder):
    mock = Exec(program, folder)
    mock.environment["AWS_MAX_ATTEMPTS"] = "1"
    fault = ("--world", COMPANY, "--fault", "operation=ListInstances,nth=2,give=throttling")
    ask = f"for i in 1 2 3; do {AWS} sso-admin list-instances --query 'length(Instances)' 2>&1 || echo failed; done"
    code, said, told = mock.run("sh", "-c", ask, options=fault)
    lines = [line for line in said.split("\n") if line]
    check("the second call alone", lines[0] == "1" and "ThrottlingException" in lines[1] and lines[2:] == ["failed", "1"], said)
    check("is told as refused", "3 calls, 1 of them refused" in told, told)
    code, said, told = mock.run(AWS, "sso-admin", "list-instances", "--query", "length(Instances)", options=fault[:2] + (
        "--fault", "operation=ListInstances,first=2,give=unavailable"), AWS_MAX_ATTEMPTS="3")
    same("a client that tries again gets through", (code, said), (0, "1\n"))
    check("three calls", "3 calls, 2 of them refused" in told, told)


class Background:
    """exec around a shell that starts others: one in its group, one in a session of its own, both of which ignore what asks politely."""

    SCRIPT = ("trap '' TERM INT HUP; sh -c 'trap \"\" TERM INT HUP; echo $$ >stays; exec sleep 600' & "
              "setsid sh -c 'trap \"\" TERM INT HUP; echo $$ >left; exec sleep 600' & echo $$ >first; %s")

    def __init__(self, program, folder, last):
        self.folder = pathlib.Path(folder)
        mock = Exec(program, folder)
        self.process = subprocess.Popen(
            mock.command(("--world", COMPANY), ("sh", "-c", self.SCRIPT % last)), env=mock.environment, cwd=folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.pids = [poll(lambda name=name: self.pid(name), f"{name} is there", 20) for name in ("first", "stays", "left")]

    def pid(self, name):
        path = self.folder / name
        text = path.read_text() if path.exists() else ""
        return int(text) if text.endswith("\n") else None

    def end(self):
        said, told = self.process.communicate(timeout=60)
        left = [pid for pid in self.pids if os.path.exists(f"/proc/{pid}")]
        return self.process.returncode, told, left


def a_signal_ends_everything(program, folder):
    """A shell that heeds it, one that has its own way of ending, and one that heeds nothing and is killed after a while."""
    for number, ending, wanted in ((signal.SIGHUP, "trap - HUP; wait", 128 + signal.SIGHUP), (signal.SIGINT, "trap 'exit 9' INT; wait", 9),
                                   (signal.SIGTERM, "until false; do wait; done", 128 + signal.SIGKILL)):
        where = pathlib.Path(folder) / number.name
        where.mkdir()
        background = Background(program, where, ending)
        background.process.send_signal(number)
        code, told, left = background.end()
        same(f"{number.name}: nobody is left", left, [])
        same(f"{number.name}: exit code", code, wanted)
        check(f"{number.name}: the outcome is told all the same", "mock-aws: 0 seats ended" in told, told)


def what_a_command_leaves_behind_ends_with_it(program, folder):
    code, _, left = Background(program, folder, "until [ -s stays ] && [ -s left ]; do :; done; exit 4").end()
    same("its code, and nobody is left", (code, left), (4, []))


def wait_waits_for_an_answer(program, folder):
    folder = pathlib.Path(folder)
    port_file = folder / "port"
    waiting = subprocess.Popen([program, "wait", port_file, "20"])
    with Server(program, folder):
        same("until the port file is there and its server answers", waiting.wait(30), 0)
        url = f"http://127.0.0.1:{port_file.read_text().strip()}"
        same("a URL", subprocess.run([program, "wait", url], check=False).returncode, 0)
        same("with a slash", subprocess.run([program, "wait", url + "/"], check=False).returncode, 0)
    done = subprocess.run([program, "wait", url, "1"], capture_output=True, text=True, check=False)
    check("nobody any more", done.returncode == 3 and f"nothing answers at {url} within 1 s" in done.stderr, done)
    for words in (("x", "soon"), ("x", "0"), ("x", "1", "2")):
        same(f"wait {words}", subprocess.run([program, "wait", *words], capture_output=True, check=False).returncode, 2)


def a_descriptor_says_when_it_is_ready(program, folder):
    reading, writing = os.pipe()
    process = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0", "--ready-fd", str(writing), "--quiet"], pass_fds=[writing],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    check("in time", bool(select.select([reading], [], [], 20)[0]))
    with open(reading, encoding="ascii") as ready:
        port = ready.read()
    check("a port and the end", re.fullmatch(r"[0-9]+\n", port) is not None, port)
    same("it answers there", subprocess.run([program, "wait", f"http://127.0.0.1:{port.strip()}", "1"], check=False).returncode, 0)
    process.send_signal(signal.SIGTERM)
    same("ended", (process.wait(20), process.stderr.read()), (0, ""))
    process.stderr.close()
    done = subprocess.run([program, "serve", "--listen", "127.0.0.1:0", "--ready-fd", "77"], capture_output=True, text=True, timeout=20,
                          stdin=subprocess.DEVNULL, check=False)
    check("a descriptor that is not open", done.returncode in (2, 3) and "77" in done.stderr, done)


def a_shell_takes_the_environment(program, folder):
    mock = Exec(program, folder)
    os.environ["XDG_STATE_HOME"] = mock.environment["XDG_STATE_HOME"]  # one authority for the server and for env
    with Server(program, folder) as server:
        server.load({"users": ["alice", "bob"]})
        script = (f'eval "$("$1" env "$2")"; store=$({AWS} sso-admin list-instances --query "Instances[0].IdentityStoreId" --output text); '
                  f'{AWS} identitystore list-users --identity-store-id "$store" --query "Users[].UserName" --output text; env')
        environment = {**mock.environment, "AWS_ENDPOINT_URL_SSO": f"{POISON} it's"}
        done = subprocess.run(["sh", "-c", script, "sh", program, server.url], env=environment, capture_output=True, text=True,
                              timeout=60, stdin=subprocess.DEVNULL, check=False)
        check("aws without options talks to the server", done.stdout.startswith("alice\tbob\n"), done)
        check("the URL is there, nothing of the parent's", f"MOCK_URL={server.url}\n" in done.stdout and POISON not in done.stdout, done)
    done = subprocess.run([program, "env", "http://127.0.0.1:1", "x"], capture_output=True, text=True, check=False)
    same("too much", (done.returncode, done.stdout), (2, ""))


if __name__ == "__main__":
    sys.exit(checks.main([
        real_credentials_are_out_of_reach, no_other_host_is_reached, exit_codes_are_those_of_the_command, checks_make_it_fail,
        faults_reach_the_command, a_signal_ends_everything, what_a_command_leaves_behind_ends_with_it, wait_waits_for_an_answer,
        a_descriptor_says_when_it_is_ready, a_shell_takes_the_environment]))
