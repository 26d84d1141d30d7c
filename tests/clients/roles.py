#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""sts, iam and account as boto3 and the AWS CLI call them, and the query protocol by hand where neither goes."""
import json
import subprocess
import urllib.parse
import xml.etree.ElementTree as ElementTree

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from checks import check, main, same
from server import DATE, Server, send

AWS = "/usr/bin/aws"
ACCOUNT = "123456789012"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
SEATS_ROLE, SEATS_SERVICE = "AWSServiceRoleForUserSubscriptions", "user-subscriptions.amazonaws.com"
Q_ROLE = "AWSServiceRoleForAmazonQDeveloper"
IAM, STS = "2010-05-08", "2011-06-15"
FAULTS = "http://webservices.amazon.com/AWSFault/2005-15-09"


def boto(server, service, key="AKIDEXAMPLE", region="us-east-1"):
    return boto3.client(service, endpoint_url=server.url, region_name=region, aws_access_key_id=key,
                        aws_secret_access_key=SECRET,
                        config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))


def refusal(call, **parameters):
    """Code, message and HTTP status of a call that must be refused."""
    try:
        answer = call(**parameters)
    except ClientError as error:
        said = error.response["Error"]
        return said["Code"], said.get("Message"), error.response["ResponseMetadata"]["HTTPStatusCode"]
    return "answered", answer, 200


def who_is_calling(program, folder):
    with Server(program, folder) as server:
        me = boto(server, "sts").get_caller_identity()
        same("account of any key", me["Account"], ACCOUNT)
        same("ARN", me["Arn"], f"arn:aws:iam::{ACCOUNT}:user/AKIDEXAMPLE")
        check("user id", me["UserId"].startswith("AIDA") and len(me["UserId"]) == 21, me)
        same("the same caller, the same id", boto(server, "sts").get_caller_identity()["UserId"], me["UserId"])
        same("a key of twelve digits is an account", boto(server, "sts", "111122223333", "eu-west-1")
             .get_caller_identity()["Account"], "111122223333")
        role = boto(server, "sts").assume_role(RoleArn="arn:aws:iam::111122223333:role/ops/Off-boarding",
                                               RoleSessionName="nightly", DurationSeconds=900,
                                               Tags=[{"Key": "a", "Value": "b @ c"}, {"Key": "d", "Value": ""}])
        same("assumed", role["AssumedRoleUser"]["Arn"], "arn:aws:sts::111122223333:assumed-role/Off-boarding/nightly")
        same("expires on the world's clock", role["Credentials"]["Expiration"].isoformat(), "2026-01-01T00:15:00+00:00")
        key = role["Credentials"]["AccessKeyId"]
        same("its calls land in the role's account", boto(server, "sts", key).get_caller_identity()["Account"], "111122223333")
        for parameters, code, words in (
                ({"RoleArn": "arn:aws:iam::111122223333:user/somebody"}, "ValidationError", "is invalid"),
                ({}, "ValidationError", "Value null at 'roleArn'"),
                ({"RoleArn": "arn:x", "DurationSeconds": 1}, "ValidationError", "2 validation errors"),
                ({"RoleArn": "arn:aws:iam::111122223333:role/x", "DurationSeconds": "long"}, "MalformedInput",
                 "STRING_VALUE cannot be converted to Integer"),
                ({"RoleArn": "arn:aws:iam::111122223333:role/x", "Tags": [{"Key": ""}]}, "ValidationError",
                 "'tags.1.member.key'")):
            seen = refusal(boto(server, "sts").assume_role, RoleSessionName="nightly", **parameters)
            same(f"{parameters}: {code}", (seen[0], seen[2]), (code, 400))
            check(f"{parameters}: {words}", words in str(seen[1]), seen)


def roles_come_and_go(program, folder):
    with Server(program, folder) as server:
        iam = boto(server, "iam")
        same("no roles without a profile", iam.list_roles()["Roles"], [])
        same("none to get", refusal(iam.get_role, RoleName=SEATS_ROLE),
             ("NoSuchEntity", f"The role with name {SEATS_ROLE} cannot be found.", 404))
        server.load({"users": ["bob"], "assignments": [{"to": "user:bob"}]})
        names = [role["RoleName"] for role in iam.list_roles(PathPrefix="/aws-service-role/")["Roles"]]
        same("they appear with the first profile", names, [SEATS_ROLE, Q_ROLE])
        same("by path", [role["RoleName"] for role in
                         iam.list_roles(PathPrefix="/aws-service-role/q.")["Roles"]], [Q_ROLE])
        same("of this account alone", boto(server, "iam", "111122223333").list_roles()["Roles"], [])
        role = iam.get_role(RoleName=SEATS_ROLE)["Role"]
        same("ARN", role["Arn"], f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/{SEATS_SERVICE}/{SEATS_ROLE}")
        same("path", role["Path"], f"/aws-service-role/{SEATS_SERVICE}/")
        same("made", role["CreateDate"].isoformat(), "2026-01-01T00:00:00+00:00")
        same("trust", role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"], {"Service": SEATS_SERVICE})
        check("id", role["RoleId"].startswith("AROA") and len(role["RoleId"]) == 21, role)
        pages = list(iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 1}))
        same("pages of one", [page["Roles"][0]["RoleName"] for page in pages], [SEATS_ROLE, Q_ROLE])
        same("truncated but the last", [page["IsTruncated"] for page in pages], [True, False])
        same("a marker of nobody", refusal(iam.list_roles, Marker="x")[0], "ValidationError")
        taken = refusal(iam.create_service_linked_role, AWSServiceName=SEATS_SERVICE)
        same("a second one", taken, ("InvalidInput", f"Service role name {SEATS_ROLE} has been taken in this account, "
                                                     "please try a different suffix.", 400))
        task = iam.delete_service_linked_role(RoleName=SEATS_ROLE)["DeletionTaskId"]
        check("task", task.startswith(f"task/aws-service-role/{SEATS_SERVICE}/{SEATS_ROLE}/"), task)
        same("done", iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"], "SUCCEEDED")
        same("another account's task", refusal(boto(server, "iam", "111122223333").get_service_linked_role_deletion_status,
                                               DeletionTaskId=task)[0], "NoSuchEntity")
        same("gone", refusal(iam.get_role, RoleName=SEATS_ROLE)[0], "NoSuchEntity")
        same("gone is gone", refusal(iam.delete_service_linked_role, RoleName=SEATS_ROLE)[0], "NoSuchEntity")
        text = "for <Kiro> & \"others\"\r\nä"
        made = iam.create_service_linked_role(AWSServiceName=SEATS_SERVICE, Description=text)["Role"]
        same("the description survives XML", made["Description"], text)
        check("a new role has a new id", made["RoleId"] != role["RoleId"], made)
        same("last in the list", [role["RoleName"] for role in iam.list_roles()["Roles"]], [Q_ROLE, SEATS_ROLE])
        for parameters, code in (({"AWSServiceName": "nobody.amazonaws.com"}, "InvalidInput"),
                                 ({"AWSServiceName": "sso.amazonaws.com", "CustomSuffix": "x"}, "InvalidInput"),
                                 ({"AWSServiceName": "a b"}, "ValidationError"), ({}, "ValidationError"),
                                 ({"AWSServiceName": "q.amazonaws.com", "Description": "€"}, "ValidationError")):
            same(f"{parameters}", refusal(iam.create_service_linked_role, **parameters)[::2], (code, 400))
        same("one for Identity Center", boto(server, "iam", "111122223333").create_service_linked_role(
            AWSServiceName="sso.amazonaws.com")["Role"]["RoleName"], "AWSServiceRoleForSSO")


def what_stalls_without_the_role(program, folder):
    """Rule 41, E35: nobody cancels for Kiro what it cannot see; what is done by hand is done."""
    people = ["alice", "bob", "carol", "dave", "erin", "frank", "gina", "hank"]
    world = {"start": "2026-03-10T09:00:00Z", "users": people, "groups": {"devs": ["bob", "gina"], "ops": ["carol"], "qa": ["hank"]},
             "assignments": [{"to": f"user:{name}", "at": "2026-03-01T00:00:00Z"} for name in ("alice", "dave", "erin", "frank")]
             + [{"to": f"group:{name}", "at": "2026-03-01T00:00:00Z"} for name in ("devs", "ops", "qa")],
             "uses": [{"user": name, "at": "2026-03-02T00:00:00Z"} for name in people]}
    for timing in ("instant", "documented"):
        with Server(program, folder, "--timing", timing) as server:
            names = server.load(world)
            user, group = names["users"], names["groups"]
            store, profile = names["instances"]["main"]["identity_store_id"], names["profiles"]["main"]
            iam = boto(server, "iam")

            def seats(server=server):
                rows = server.get("subscriptions")["subscriptions"]
                found = {row["user_id"]: (row["status"], row["rule"]) for row in rows}
                return {name: found[user[name]] for name in people}

            def directory(operation, server=server, store=store, **members):
                seen = server.aws("identitystore", operation, {"IdentityStoreId": store, **members})
                check(f"{timing} {operation}", seen.status == 200, seen)
                return seen.json

            def leave(who, which):
                found = directory("GetGroupMembershipId", GroupId=group[which], MemberId={"UserId": user[who]})
                directory("DeleteGroupMembership", MembershipId=found["MembershipId"])

            def unsubscribe(kind, principal, server=server, profile=profile):
                return server.aws("q", "DeleteAssignment", {"principalType": kind, "principalId": principal,
                                                            "profileArn": profile}).status

            iam.delete_service_linked_role(RoleName=SEATS_ROLE)
            directory("DeleteUser", UserId=user["alice"])
            leave("bob", "devs")
            leave("gina", "devs")
            leave("hank", "qa")
            same(f"{timing}: his group is unsubscribed by hand", unsubscribe("GROUP", group["qa"]), 200)
            directory("DeleteGroup", GroupId=group["ops"])
            for name in ("dave", "frank"):
                same(f"{timing}: {name} is disabled", server.control("POST", "users/disable", {"user_id": user[name]}).status, 200)
            same(f"{timing}: erin is unsubscribed by hand", unsubscribe("USER", user["erin"]), 200)
            same(f"{timing}: frank is unsubscribed by hand, though disabled", unsubscribe("USER", user["frank"]), 200)
            server.control("POST", "clock/advance", {"by": "P3D"})
            by_hand = dict.fromkeys(("erin", "frank"), ("CANCELED", "manual-unsubscribe-user"))
            by_hand["hank"] = ("CANCELED", "manual-unsubscribe-group")
            same(f"{timing}: what stalls", seats(), {**dict.fromkeys(people, ("ACTIVE", None)), **by_hand})
            directory("CreateGroupMembership", GroupId=group["devs"], MemberId={"UserId": user["gina"]})
            server.control("POST", "clock/advance", {"to": "next-month"})
            same(f"{timing}: the month turns", seats()["alice"][0], "ACTIVE")
            lines = server.get("bill?month=2026-04")["lines"]
            same(f"{timing}: who is not entitled is not charged", {line["user_id"] for line in lines}, {user["gina"]})
            iam.create_service_linked_role(AWSServiceName=SEATS_SERVICE)
            same(f"{timing}: what is due is settled", seats(), {
                "alice": ("CANCELED", "auto-user-deleted"), "bob": ("CANCELED", "auto-group-member-removed"),
                "carol": ("CANCELED", "E5"), "dave": ("CANCELED", "auto-user-deactivated"),
                "gina": ("ACTIVE", None), **by_hand})
            directory("DeleteUser", UserId=user["gina"])
            server.control("POST", "clock/advance", {"by": "P2D"})
            same(f"{timing}: and nothing stalls any more", seats()["gina"], ("CANCELED", "auto-user-deleted"))


def account_basics(program, folder):
    with Server(program, folder) as server:
        organizations = boto(server, "organizations")
        organizations.create_organization()
        member = organizations.create_account(AccountName="Team A", Email="a@example.com")["CreateAccountStatus"]["AccountId"]
        account = Account(server)
        same("whose it is", account.call("getAccountInformation")[1], {
            "AccountId": ACCOUNT, "AccountName": ACCOUNT, "AccountCreatedDate": "2026-01-01T00:00:00Z",
            "AccountState": "ACTIVE"})
        same("a member, by the management account",
             account.call("getAccountInformation", AccountId=member)[1]["AccountName"], "Team A")
        same("a member's e-mail", account.call("getPrimaryEmail", AccountId=member), (200, {"PrimaryEmail": "a@example.com"}))
        organizations.close_account(AccountId=member)
        same("closed", account.call("getAccountInformation", AccountId=member)[1]["AccountState"], "CLOSED")
        seen = Account(server, member).call("getAccountInformation")
        same("its own keys are unknown", (seen[0], seen[1]["__type"]), (403, "UnrecognizedClientException"))
        stranger = Account(server, "111122223333")
        same("a stranger about himself", stranger.call("getPrimaryEmail", AccountId="111122223333"),
             (200, {"PrimaryEmail": "account+111122223333@example.com"}))
        for body, code, status in (({"AccountId": member}, "AccessDeniedException", 403),
                                   ({"AccountId": "1"}, "ValidationException", 400),
                                   ({"AccountId": 1}, "SerializationException", 400),
                                   ({}, "ValidationException", 400)):
            seen = stranger.call("getPrimaryEmail", **body)
            same(f"getPrimaryEmail {body}", (seen[0], seen[1].get("__type")), (status, code))
        everything = account.call("listRegions")[1]["Regions"]
        paged, token = [], {}
        while token is not None:
            page = account.call("listRegions", MaxResults=7, **token)[1]
            paged += page["Regions"]
            token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
        same("pages of seven", paged, everything)
        wanted = account.call("listRegions", RegionOptStatusContains=["DISABLED"])[1]["Regions"]
        same("filtered", wanted, [region for region in everything if region["RegionOptStatus"] == "DISABLED"])
        check("both kinds", 0 < len(wanted) < len(everything), wanted)


class Account:
    """The account service by hand, for Debian's botocore knows only half of it."""

    def __init__(self, server, key="AKIDEXAMPLE"):
        self.server, self.key = server, key

    def call(self, name, **body):
        answer = send(self.server.url, "POST", f"/{name}", json.dumps(body).encode(), {
            "Content-Type": "application/json", "X-Amz-Date": DATE, "Authorization": authorization("account", self.key)})
        return answer.status, answer.json


def authorization(scope, key="AKIDEXAMPLE"):
    return (f"AWS4-HMAC-SHA256 Credential={key}/{DATE[:8]}/us-east-1/{scope}/aws4_request, "
            f"SignedHeaders=host;x-amz-date, Signature={'0' * 64}")


def query(server, parameters, method="POST", scope="iam", signed=True):
    """Status, name space, code and message of a query by hand."""
    headers = {"X-Amz-Date": DATE, "Authorization": authorization(scope)} if signed else {}
    text = parameters if isinstance(parameters, str) else urllib.parse.urlencode(parameters)
    if method == "GET":
        answer = send(server.url, "GET", "/?" + text, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
        answer = send(server.url, "POST", "/", text.encode(), headers)
    same(f"{text[:60]}: content type", answer.headers.get("content-type"), "text/xml")
    root = ElementTree.fromstring(answer.body)
    space, name = root.tag[1:].split("}")
    request = root.find(".//{*}RequestId")
    same(f"{text[:60]}: request id", request.text, answer.headers.get("x-amzn-requestid"))
    error = root.find("{*}Error")
    if error is None:
        return answer.status, space, name, None
    same(f"{text[:60]}: type", error.find("{*}Type").text, "Sender")
    return answer.status, space, error.find("{*}Code").text, error.find("{*}Message").text


def the_query_protocol(program, folder):
    iam_space = f"https://iam.amazonaws.com/doc/{IAM}/"
    with Server(program, folder) as server:
        for method in ("POST", "GET"):
            seen = query(server, {"Action": "GetCallerIdentity", "Version": STS}, method, "sts")
            same(f"{method}: answered", seen[:3], (200, f"https://sts.amazonaws.com/doc/{STS}/", "GetCallerIdentityResponse"))
        table = (
            ({"Action": "GetRole"}, 400, FAULTS, "InvalidAction",
             "Could not find operation GetRole for version NO_VERSION_SPECIFIED"),
            ({"Action": "GetRole", "Version": STS}, 400, FAULTS, "InvalidAction",
             f"Could not find operation GetRole for version {STS}"),
            ({"Action": "<x>&", "Version": IAM}, 400, FAULTS, "InvalidAction", f"Could not find operation <x>& for version {IAM}"),
            ({"Version": IAM}, 400, FAULTS, "MissingAction", "Missing Action"),
            ("", 400, FAULTS, "MissingAction", "Missing Action"),
            ("Action=%FF", 400, FAULTS, "MalformedInput", "The form has a broken parameter: expected name=value, "
                                                          "percent-encoded UTF-8"),
            ("Action=a&Action=b", 400, FAULTS, "MalformedInput", "The parameter 'Action' is given twice"),
            ("a=1&" * 1001, 400, FAULTS, "MalformedInput", "The parameter 'a' is given twice"),
            ("&".join(f"a{i}=" for i in range(1001)), 400, FAULTS, "MalformedInput", "The form has more than 1000 parameters"),
            ({"Action": "GetRole", "Version": IAM, "RoleName": "x\x01"}, 400, iam_space, "ValidationError",
             "1 validation error detected: Value 'x\ufffd' at 'roleName' failed to satisfy constraint: Member must satisfy "
             "regular expression pattern: [\\w+=,.@-]+"),
            ({"Action": "ListRoles", "Version": IAM, "MaxItems": "0"}, 400, iam_space, "ValidationError",
             "1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must have value "
             "greater than or equal to 1"),
            ({"Action": "ListRoles", "Version": IAM, "MaxItems": ""}, 400, iam_space, "MalformedInput",
             "STRING_VALUE cannot be converted to Integer"),
        )
        for parameters, status, space, code, message in table:
            same(f"{str(parameters)[:60]}", query(server, parameters), (status, space, code, message))
        same("signed for another service", query(server, {"Action": "ListRoles", "Version": IAM}, scope="sts"),
             (403, iam_space, "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'iam'."))
        same("unsigned", query(server, {"Action": "ListRoles", "Version": IAM}, signed=False),
             (403, iam_space, "MissingAuthenticationToken", "Missing Authentication Token"))


def the_command_line(program, folder):
    with Server(program, folder) as server:
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "AWS_PAGER": "",
                       "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_MAX_ATTEMPTS": "1",
                       "AWS_EC2_METADATA_DISABLED": "true"}

        def aws(*words):
            command = [AWS, "--endpoint-url", server.url, "--region", "us-east-1", "--output", "json", *words]
            done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  timeout=60, check=False)
            return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip()

        same("aws sts", aws("sts", "get-caller-identity")["Account"], ACCOUNT)
        role = aws("iam", "create-service-linked-role", "--aws-service-name", SEATS_SERVICE)["Role"]
        same("aws iam get-role", aws("iam", "get-role", "--role-name", SEATS_ROLE)["Role"], role)
        same("aws iam list-roles", [each["RoleName"] for each in aws("iam", "list-roles")["Roles"]], [SEATS_ROLE])
        task = aws("iam", "delete-service-linked-role", "--role-name", SEATS_ROLE)["DeletionTaskId"]
        same("aws iam deletion status", aws("iam", "get-service-linked-role-deletion-status", "--deletion-task-id", task),
             {"Status": "SUCCEEDED"})
        check("aws iam: an error", "(NoSuchEntity)" in aws("iam", "get-role", "--role-name", SEATS_ROLE))


if __name__ == "__main__":
    raise SystemExit(main([who_is_calling, roles_come_and_go, what_stalls_without_the_role, account_basics,
                           the_query_protocol, the_command_line]))
