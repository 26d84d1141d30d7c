# SPDX-License-Identifier: MIT
"""CloudTrail's LookupEvents by boto3: the event that each action leaves, what is hidden in it, and what the search takes and refuses."""
import datetime
import json

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from aws_clients import ACCESS_KEY, SECRET_KEY, boto
from checks import check, main, same
from kiro_control_plane import KIRO, PROFILE, Q, application, call, zorn
from server import Server, send

ACCOUNT = "123456789012"
HOME = "eu-west-1"
HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
WORLD = {"start": "2026-06-04T09:00:00Z", "users": ["alice", "bob"], "groups": {"devs": ["alice"]},
         "instances": {"main": {"region": HOME}}, "profiles": {"us": {"region": "us-east-1"}}}
PERSONAL = ("zoe", "Zoe", "zoe@example.com", "Quartz", "+49 30 1", "1990-01-01")


def trail(server, region=HOME, key=ACCESS_KEY):
    return boto3.client("cloudtrail", endpoint_url=server.url, region_name=region, aws_access_key_id=key,
                        aws_secret_access_key=SECRET_KEY,
                        config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))


def events(server, region=HOME, key=ACCESS_KEY, **parameters):
    """Newest first, over all pages, without the look-ups themselves."""
    pages = trail(server, region, key).get_paginator("lookup_events").paginate(**parameters)
    return [event for page in pages for event in page["Events"] if event["EventName"] != "LookupEvents"]


def records(server, **options):
    return [json.loads(event["CloudTrailEvent"]) for event in events(server, **options)]


def newest(server, name, region=HOME):
    return next(record for record in records(server, region=region) if record["eventName"] == name)


def seen(server, region=HOME):
    """What happened, oldest first."""
    return [(record["eventSource"].split(".")[0], record["eventName"], record.get("errorCode"))
            for record in reversed(records(server, region=region))]


def every_action_leaves_its_event(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        instance, store = names["instances"]["main"]["arn"], names["instances"]["main"]["identity_store_id"]
        alice, devs = names["users"]["alice"], names["groups"]["devs"]
        same("loading a world leaves none", seen(server) + seen(server, "us-east-1"), [])
        person = {"principalId": alice, "principalType": "USER"}
        plan = {"subscriptionType": "Q_DEVELOPER_STANDALONE_POWER"}
        call(server, KIRO, "CreateAssignment", {**person, **plan})
        call(server, Q, "UpdateAssignment", {**person, "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO"})
        call(server, Q, "DeleteAssignment", person)
        call(server, Q, "DeleteAssignment", person)
        call(server, PROFILE, "ListProfiles")
        same("where the profile is", seen(server, "us-east-1"), [
            ("q", "CreateAssignment", None), ("q", "UpdateAssignment", None), ("q", "DeleteAssignment", None),
            ("q", "DeleteAssignment", "ResourceNotFoundException"), ("codewhisperer", "ListProfiles", None)])
        same("where the instance is", seen(server), [("user-subscriptions", "CreateClaim", None),
                                                    ("sso", "CreateApplicationAssignment", None)])
        made = newest(server, "CreateAssignment", "us-east-1")
        same("requestParameters as in public excerpts", made["requestParameters"],
             {"principalType": "USER", "subscriptionType": "Q_DEVELOPER_STANDALONE_POWER"})
        same("nothing was answered", made["responseElements"], None)
        claim = newest(server, "CreateClaim")
        same("on whose behalf", (claim["userIdentity"]["invokedBy"], claim["sourceIPAddress"], claim["userIdentity"]["userName"]),
             ("q.amazonaws.com", "q.amazonaws.com", ACCESS_KEY))
        same("for whom", (claim["requestParameters"]["principal"], claim["requestParameters"]["type"]),
             ({"user": alice}, {"amazonQ": "KIRO_ENTERPRISE_POWER"}))
        same("the same principal", newest(server, "CreateApplicationAssignment")["requestParameters"]["principalId"], alice)
        zorn(server, "ListUserSubscriptions", {"instanceArn": instance})
        zorn(server, "CreateClaim", {"applicationArn": application(server), "principal": {"user": alice},
                                     "type": {"amazonQ": "KIRO_ENTERPRISE_PRO"}})
        refused = newest(server, "CreateClaim")
        same("a refusal is shortened", refused["errorCode"], "AccessDenied")
        check("and says why", "AWS service" in refused["errorMessage"], refused)
        ids = boto(server, "identitystore", HOME)
        user = ids.create_user(IdentityStoreId=store, UserName="zoe", DisplayName="Zoe Quartz",
                               Name={"GivenName": "Zoe", "FamilyName": "Quartz"})["UserId"]
        member = ids.create_group_membership(IdentityStoreId=store, GroupId=devs, MemberId={"UserId": user})["MembershipId"]
        ids.delete_group_membership(IdentityStoreId=store, MembershipId=member)
        server.control("POST", "users/disable", {"user_id": user})
        server.control("POST", "users/enable", {"user_id": user})
        server.control("POST", "users/enable", {"user_id": alice[:-1] + "x"})
        ids.delete_user(IdentityStoreId=store, UserId=user)
        boto(server, "sso-admin", HOME).list_instances()
        same("the directory's", seen(server)[2:], [
            ("user-subscriptions", "ListUserSubscriptions", None), ("user-subscriptions", "CreateClaim", "AccessDenied"),
            ("identitystore", "CreateUser", None), ("identitystore", "CreateGroupMembership", None),
            ("identitystore", "DeleteGroupMembership", None), ("sso-directory", "DisableUser", None),
            ("sso-directory", "EnableUser", None), ("identitystore", "DeleteUser", None), ("sso", "ListInstances", None)])
        same("a console's call says so", newest(server, "DisableUser")["sessionCredentialFromConsole"], "true")
        boto(server, "organizations", HOME).create_organization()
        same("global services are told of in one Region", seen(server, "us-east-1")[-1], ("organizations", "CreateOrganization", None))
        check("not where they were called", "CreateOrganization" not in str(seen(server)))


def a_record_has_its_form(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        store = names["instances"]["main"]["identity_store_id"]
        ids = boto(server, "identitystore", HOME)
        made = ids.create_user(IdentityStoreId=store, UserName="zoe", DisplayName="Zoe", Name={"GivenName": "Zoe", "FamilyName": "Quartz"},
                               Emails=[{"Value": "zoe@example.com", "Primary": True}], PhoneNumbers=[{"Value": "+49 30 1"}])
        event = events(server)[0]
        record = json.loads(event["CloudTrailEvent"])
        for name, value in (("eventVersion", "1.10"), ("eventTime", "2026-06-04T09:00:00Z"), ("awsRegion", HOME),
                            ("eventSource", "identitystore.amazonaws.com"), ("eventName", "CreateUser"), ("readOnly", False),
                            ("eventType", "AwsApiCall"), ("managementEvent", True), ("recipientAccountId", ACCOUNT),
                            ("eventCategory", "Management"), ("eventID", event["EventId"]),
                            ("responseElements", {"userId": made["UserId"], "identityStoreId": store}),
                            ("tlsDetails", {"clientProvidedHostHeader": server.url.split("//")[1]})):
            same(f"record: {name}", record[name], value)
        same("who", record["userIdentity"], {"type": "IAMUser", "principalId": ACCESS_KEY, "accountId": ACCOUNT, "userName": ACCESS_KEY,
                                             "arn": f"arn:aws:iam::{ACCOUNT}:user/{ACCESS_KEY}", "accessKeyId": ACCESS_KEY})
        check("with what", "Boto3" in record["userAgent"], record["userAgent"])
        same("the id of the request", record["requestID"], made["ResponseMetadata"]["RequestId"])
        check("nothing personal", not any(word in event["CloudTrailEvent"] for word in PERSONAL), event["CloudTrailEvent"])
        same("is hidden, not lost", record["requestParameters"]["userName"], HIDDEN)
        same("what is not personal stays", record["requestParameters"]["identityStoreId"], store)
        same("the event beside it", (event["EventName"], event["EventSource"], event["ReadOnly"], event["Username"], event["AccessKeyId"]),
             ("CreateUser", "identitystore.amazonaws.com", "false", ACCESS_KEY, ACCESS_KEY))
        check("its resources", {"ResourceType": "AWS::IdentityStore::User", "ResourceName": made["UserId"]} in event["Resources"], event)
        try:
            ids.create_user(IdentityStoreId=store, UserName="zoe", DisplayName="Zoe", Name={"GivenName": "Zoe", "FamilyName": "Quartz"})
        except ClientError:
            pass
        failed = newest(server, "CreateUser")
        same("a failure", (failed["errorCode"], failed["responseElements"]), ("ConflictException", None))
        ids.describe_user(IdentityStoreId=store, UserId=made["UserId"])
        same("a read answers nothing", (newest(server, "DescribeUser")["responseElements"], newest(server, "DescribeUser")["readOnly"]),
             (None, True))
        tenant = server.control("POST", "scim-tokens", {"instance": names["instances"]["main"]["arn"]}).json
        body = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations": [{"op": "replace", "path": "active", "value": False}, {"op": "add", "path": "displayName", "value": "Quartz"}]}
        base = "/" + tenant["tenant"] + "/scim/v2"
        for token in (tenant["token"], "wrong"):
            send(server.url, "PATCH", f"{base}/Users/{made['UserId']}", json.dumps(body).encode(),
                 {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        bad, good = records(server)[:2]
        same("SCIM's source and name", (good["eventSource"], good["eventName"]), ("identitystore-scim.amazonaws.com", "PatchUser"))
        same("SCIM's caller", good["userIdentity"]["type"], "WebIdentityUser")
        same("a token that is none", (bad["userIdentity"]["type"], bad["errorCode"]), ("Unknown", "UnauthorizedException"))
        check("no secret", tenant["token"] not in json.dumps(records(server)))
        check("nothing personal by SCIM", not any(word in json.dumps(good) for word in PERSONAL), good)
        same("operations and paths", [(item["op"], item["path"]) for item in good["requestParameters"]["httpBody"]["operations"]],
             [("replace", "active"), ("add", "displayName")])
        same("whose directory", (good["requestParameters"]["tenantId"], good["requestParameters"]["id"]), (tenant["tenant"], made["UserId"]))


def searches(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        store = names["instances"]["main"]["identity_store_id"]
        ids = boto(server, "identitystore", HOME)
        groups = [ids.create_group(IdentityStoreId=store, DisplayName=f"g{number}")["GroupId"] for number in range(7)]
        server.control("POST", "clock/advance", {"by": "P1D"})
        ids.describe_group(IdentityStoreId=store, GroupId=groups[3])
        ids.list_groups(IdentityStoreId=store)
        found = events(server)
        same("newest first", [event["EventName"] for event in found], ["ListGroups", "DescribeGroup"] + ["CreateGroup"] * 7)

        def by(key, value, **more):
            return [event["EventName"] for event in events(server, LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}], **more)]

        for key, value, expected in (
                ("EventName", "DescribeGroup", ["DescribeGroup"]), ("EventName", "describegroup", []),
                ("ReadOnly", "false", ["CreateGroup"] * 7), ("ReadOnly", "true", ["ListGroups", "DescribeGroup"]),
                ("EventId", found[1]["EventId"], ["DescribeGroup"]), ("Username", ACCESS_KEY, [event["EventName"] for event in found]),
                ("Username", "somebody", []), ("AccessKeyId", "AKIANOBODY", []),
                ("EventSource", "identitystore.amazonaws.com", [event["EventName"] for event in found]),
                ("ResourceName", groups[3], ["DescribeGroup", "CreateGroup"]), ("ResourceType", "AWS::SSO::Instance", [])):
            same(f"by {key} {value}", by(key, value), expected)
        day = datetime.datetime(2026, 6, 5, tzinfo=datetime.timezone.utc)
        same("since", len(events(server, StartTime=day)), 2)
        same("until", len(events(server, EndTime=day)), 7)
        same("a second, both ends in it", len(events(server, StartTime=found[0]["EventTime"], EndTime=found[0]["EventTime"])), 2)
        pages = list(trail(server).get_paginator("lookup_events").paginate(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateGroup"}], PaginationConfig={"PageSize": 3}))
        same("pages", [len(page["Events"]) for page in pages], [3, 3, 1])
        same("no event twice", len({event["EventId"] for page in pages for event in page["Events"]}), 7)
        same("no insights", trail(server).lookup_events(EventCategory="insight")["Events"], [])
        same("another Region", events(server, "eu-central-1"), [])
        same("another account", events(server, HOME, "999999999999"), [])
        for prefix in ("CloudTrail_20131101", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"):
            answer = call(server, prefix, "LookupEvents", {"MaxResults": 1}, HOME, "cloudtrail", content_type="application/x-amz-json-1.1")
            same(f"target prefix {prefix}", (answer.status, len(answer.json["Events"])), (200, 1))
        token = trail(server).lookup_events(MaxResults=1)["NextToken"]
        one = {"AttributeKey": "EventName", "AttributeValue": "CreateGroup"}
        for parameters, code in (
                ({"LookupAttributes": [one, one]}, "InvalidLookupAttributesException"),
                ({"LookupAttributes": [{"AttributeKey": "Colour", "AttributeValue": "x"}]}, "InvalidLookupAttributesException"),
                ({"LookupAttributes": [{"AttributeKey": "EventName"}]}, "InvalidLookupAttributesException"),
                ({"LookupAttributes": [{**one, "AttributeValue": ""}]}, "InvalidLookupAttributesException"),
                ({"LookupAttributes": [{**one, "AttributeValue": "x" * 2001}]}, "InvalidLookupAttributesException"),
                ({"MaxResults": 0}, "InvalidMaxResultsException"), ({"MaxResults": 51}, "InvalidMaxResultsException"),
                ({"NextToken": "x"}, "InvalidNextTokenException"), ({"NextToken": token, "StartTime": day}, "InvalidNextTokenException"),
                ({"EventCategory": "data"}, "InvalidEventCategoryException"),
                ({"StartTime": day, "EndTime": day - datetime.timedelta(seconds=1)}, "InvalidTimeRangeException")):
            try:
                trail(server).lookup_events(**parameters)
                check(f"refused: {parameters}", False)
            except ClientError as error:
                same(f"refused: {parameters}", (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]),
                     (code, 400))
                check(f"in words: {parameters}", bool(error.response["Error"]["Message"]))
        server.control("POST", "clock/advance", {"by": "P90D"})
        same("ninety days later the first are gone", [event["EventName"] for event in events(server)], ["ListGroups", "DescribeGroup"])


def events_are_no_part_of_the_world(program, folder):
    database = folder / "world.db"
    with Server(program, folder, "--db", database) as server:
        names = server.load(WORLD)
        store = names["instances"]["main"]["identity_store_id"]
        digest = server.get("digest")
        ids = boto(server, "identitystore", HOME)
        ids.list_users(IdentityStoreId=store)
        zorn(server, "ListUserSubscriptions", {})
        same("reads and refusals change nothing", server.get("digest"), digest)
        same("and are told", seen(server), [("identitystore", "ListUsers", None), ("user-subscriptions", "ListUserSubscriptions", "ValidationException")])
    with Server(program, folder, "--db", database) as server:
        same("a restart keeps them", len(events(server)), 2)
        server.control("POST", "reset", {})
        same("a reset does not", events(server), [])


def the_oldest_give_way(program, folder):
    """The table is bounded: see LIMIT_EVENTS."""
    with Server(program, folder) as server:
        names = server.load(WORLD)
        body = {"IdentityStoreId": names["instances"]["main"]["identity_store_id"], "UserId": names["users"]["alice"]}
        for number in range(10050):
            answer = server.aws("identitystore", "DescribeUser", body, "us-east-1" if number < 20 else HOME)
        same("the last answer", answer.status, 200)
        same("the first are dropped", events(server, "us-east-1"), [])
        same("the rest is there", trail(server).lookup_events(MaxResults=1)["Events"][0]["EventName"], "DescribeUser")


TESTS = [every_action_leaves_its_event, a_record_has_its_form, searches, events_are_no_part_of_the_world, the_oldest_give_way]

if __name__ == "__main__":
    raise SystemExit(main(TESTS))
