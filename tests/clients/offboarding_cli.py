#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Somebody leaves the company, with Debian's AWS CLI, and curl's own SigV4 where the CLI has no command."""
import json
import os
import subprocess
import sys

from checks import check, main, same
from server import Server

AWS = "/usr/bin/aws"
CURL = "/usr/bin/curl"
KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
WORLD = {"start": "2026-03-10T09:00:00Z", "users": ["bob"], "groups": {"devs": ["bob"]},
         "assignments": [{"to": "group:devs", "at": "2026-01-05T00:00:00Z"}],
         "uses": [{"user": "bob", "at": "2026-01-05T00:00:00Z"}]}
PRINCIPAL = {"principalType": "USER"}


class Shell:
    """Runs the CLI and curl against one server, with nothing of the user's own settings."""

    def __init__(self, server, home):
        self.server = server
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8", "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": "",
            "AWS_MAX_ATTEMPTS": "1"}

    def run(self, command):
        return subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=60, check=False)

    def fails(self, *words):
        """Exit code and stderr of a command that must fail."""
        done = self.run([AWS, "--endpoint-url", self.server.url, "--region", "us-east-1", *words])
        return done.returncode, done.stderr

    def aws(self, *words):
        """What a command prints."""
        done = self.run([AWS, "--endpoint-url", self.server.url, "--region", "us-east-1", "--output", "json", *words])
        check(f"aws {' '.join(words)[:120]}", done.returncode == 0, done.stderr)
        return json.loads(done.stdout or "{}")

    def curl(self, service, target, body):
        """Status and JSON of a call that curl signs."""
        done = self.run([CURL, "--silent", "--show-error", "--aws-sigv4", f"aws:amz:us-east-1:{service}", "--user",
                         f"{KEY}:{SECRET}", "--header", "Content-Type: application/x-amz-json-1.0", "--header",
                         f"X-Amz-Target: {target}", "--data", json.dumps(body), "--write-out", "\n%{http_code}",
                         self.server.url + "/"])
        same(f"curl {target}: exit code", (done.returncode, done.stderr), (0, ""))
        text, status = done.stdout.rsplit("\n", 1)
        return int(status), json.loads(text)


def somebody_leaves(program, folder):
    with Server(program, folder) as server:
        shell = Shell(server, folder)
        names = server.load(WORLD)
        instance = shell.aws("sso-admin", "list-instances")["Instances"][0]
        same("the instance", instance["InstanceArn"], names["instances"]["main"]["arn"])
        store = ("--identity-store-id", instance["IdentityStoreId"])
        devs = names["groups"]["devs"]

        def directory(command, *words):
            return shell.aws("identitystore", command, *store, *words)

        def seats():
            status, answer = shell.curl("user-subscriptions", "AWSZornControlPlaneService.ListUserSubscriptions",
                                        {"instanceArn": instance["InstanceArn"], "subscriptionRegion": "us-east-1"})
            same("ListUserSubscriptions: status", status, 200)
            return {row["principal"]["user"]: row["status"] for row in answer["subscriptions"]}

        alice = directory("create-user", "--user-name", "alice", "--display-name", "Alice A", "--name",
                          "GivenName=Alice,FamilyName=A", "--emails", "Value=alice@example.com,Primary=true")["UserId"]
        found = directory("get-user-id", "--alternate-identifier", json.dumps(
            {"UniqueAttribute": {"AttributePath": "userName", "AttributeValue": "Alice"}}))
        same("get-user-id finds her", found, {"UserId": alice, "IdentityStoreId": instance["IdentityStoreId"]})
        membership = directory("create-group-membership", "--group-id", devs, "--member-id", f"UserId={alice}")
        members = directory("list-group-memberships", "--group-id", devs, "--page-size", "1")["GroupMemberships"]
        same("both members, a page each", [m["MemberId"]["UserId"] for m in members], [names["users"]["bob"], alice])
        subscribe = ("q", "AmazonQDeveloperService.CreateAssignment",
                     {**PRINCIPAL, "principalId": alice, "subscriptionType": "Q_DEVELOPER_STANDALONE_POWER"})
        same("curl subscribes her", shell.curl(*subscribe), (200, {}))
        status, answer = shell.curl(*subscribe)
        same("twice is a conflict", (status, answer["__type"]),
             (400, "com.amazon.kiro.controlplane#ConflictException"))
        same("two seats", seats(), {names["users"]["bob"]: "ACTIVE", alice: "PENDING"})
        server.control("POST", "use", {"user_id": alice, "profile_arn": names["profiles"]["main"]})

        of_alice = directory("list-group-memberships-for-member", "--member-id", f"UserId={alice}")
        same("her memberships", [m["MembershipId"] for m in of_alice["GroupMemberships"]],
             [membership["MembershipId"]])
        directory("delete-group-membership", "--membership-id", membership["MembershipId"])
        same("her own seat stands", seats()[alice], "ACTIVE")
        directory("delete-user", "--user-id", alice)
        same("her seat is canceled, bob's is not", seats(), {names["users"]["bob"]: "ACTIVE", alice: "CANCELLED"})
        same("the month is charged, the next is not",
             [server.get(f"bill?month={month}&user_id={alice}")["total"] for month in ("2026-03", "2026-04")],
             ["141.94", "0.00"])
        code, said = shell.fails("identitystore", "describe-user", *store, "--user-id", alice)
        same("the CLI says so", code, 254)
        check("by name", "(ResourceNotFoundException)" in said and "DescribeUser" in said, said)
        code, said = shell.fails("identitystore", "create-group", *store, "--display-name", "DEVS")
        check("a name that is taken", code == 254 and "(ConflictException)" in said, said)
        code, said = shell.fails("identitystore", "create-group", *store, "--display-name", "bell\x07")
        check("a name that is none", code == 254 and "(ValidationException)" in said and "displayName" in said, said)
        users = directory("list-users", "--max-items", "1")["Users"]
        same("who is left", [user["UserName"] for user in users], ["bob"])
        groups = directory("list-groups", "--filters", "AttributePath=DisplayName,AttributeValue=devs")["Groups"]
        same("the group", [group["GroupId"] for group in groups], [devs])

        directory("delete-group", "--group-id", devs)
        same("bob's seat came from it alone", seats()[names["users"]["bob"]], "CANCELLED")
        status, answer = shell.curl("q", "AmazonQDeveloperService.DeleteAssignment",
                                    {**PRINCIPAL, "principalId": alice})
        same("nobody to unsubscribe", (status, answer["__type"].split("#")[1]), (400, "ResourceNotFoundException"))
        status, answer = shell.curl("q", "AWSCodeWhispererService.ListProfiles", {})
        same("a wrong scope", (status, answer["__type"]), (400, "com.amazon.coral.service#InvalidSignatureException"))
        status, answer = shell.curl("codewhisperer", "AWSCodeWhispererService.ListProfiles", {})
        same("the right one", (status, [profile["arn"] for profile in answer.get("profiles", [])]),
             (200, [names["profiles"]["main"]]))


if __name__ == "__main__":
    sys.exit(main([somebody_leaves]))
