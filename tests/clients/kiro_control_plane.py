# SPDX-License-Identifier: MIT
"""The seat API that AWS does not publish, signed by botocore's own signer: both generations, every prefix and content type, and what it refuses."""
import json

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from aws_clients import ACCESS_KEY, SECRET_KEY
from checks import check, main, same
from server import Server, send

ACCOUNT = "123456789012"
START = "2026-06-04T09:00:00Z"
WORLD = {"start": START, "users": ["alice", "bob", "carol", "dora"], "groups": {"devs": ["alice", "carol"], "ops": []},
         "instances": {"main": {"region": "eu-west-1"}},
         "profiles": {"us": {"region": "us-east-1"}},
         "assignments": [{"to": "group:devs", "plan": "pro", "at": "2026-05-01T00:00:00Z"},
                         {"to": "user:bob", "plan": "pro-plus", "at": "2026-05-01T00:00:00Z"}],
         "uses": [{"user": "bob", "at": "2026-05-02T00:00:00Z"}]}
SCOPES = {"AWSCodeWhispererService": "codewhisperer", "AmazonQDeveloperService": "q",
          "KiroControlPlaneQDeveloperService": "q", "AWSZornControlPlaneService": "user-subscriptions"}
PROFILE, Q, KIRO, ZORN = SCOPES
HOME = "eu-west-1"
NOBODY = "00000000-0000-4000-8000-000000000000"
DENIED, INVALID = "AccessDeniedException", "ValidationException"
MISSING, CONFLICT = "ResourceNotFoundException", "ConflictException"


def call(server, prefix, operation, body=None, region="us-east-1", scope=None, key=ACCESS_KEY,
         content_type="application/x-amz-json-1.0", path="/"):
    """One signed call; `path` other than / goes without a target, as Amazon's own generated clients call."""
    data = json.dumps(body or {}).encode()
    headers = {"Content-Type": content_type}
    if path == "/":
        headers["X-Amz-Target"] = f"{prefix}.{operation}"
    request = AWSRequest("POST", server.url + path, data=data, headers=headers)
    SigV4Auth(Credentials(key, SECRET_KEY), scope or SCOPES[prefix], region).add_auth(request)
    return send(server.url, "POST", path, data, dict(request.headers.items()))


def zorn(server, operation, body=None, region=HOME, **options):
    return call(server, ZORN, operation, {"subscriptionRegion": "us-east-1", **(body or {})}, region, **options)


def application(server):
    return call(server, PROFILE, "ListProfiles").json["profiles"][0]["identityDetails"]["ssoIdentityDetails"]["oidcClientId"]


def claims(server, **body):
    answer = zorn(server, "ListApplicationClaims", {"applicationArn": application(server), **body})
    assert answer.status == 200, answer
    return answer.json


def seats(server, names):
    """user id -> row of the list."""
    rows = zorn(server, "ListUserSubscriptions", {"instanceArn": names["instances"]["main"]["arn"]}).json["subscriptions"]
    return {row["principal"]["user"]: row for row in rows}


def override(server, **values):
    answer = server.control("PUT", "edition", {"override": values})
    assert answer.status == 200, answer


def every_prefix_and_content_type_reaches_the_same_operation(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        dora = {"principalId": names["users"]["dora"], "principalType": "USER"}
        for number, prefix in enumerate((Q, KIRO)):
            for content_type in ("application/x-amz-json-1.0", "application/x-amz-json-1.1", "application/json"):
                body = {**dora, "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO"}
                made = call(server, prefix, "CreateAssignment", body, content_type=content_type)
                same(f"{prefix} {content_type}: made", (made.status, made.json), (200, {}))
                same(f"{prefix} {content_type}: answers JSON 1.0", made.headers["content-type"], "application/x-amz-json-1.0")
                again = call(server, KIRO if number == 0 else Q, "CreateAssignment", body)
                same(f"{prefix}: the other prefix sees it", (again.code, again.message),
                     (CONFLICT, "Resource is in an invalid state."))
                same(f"{prefix}: error name space", again.json["__type"], "com.amazon.kiro.controlplane#ConflictException")
                same(f"{prefix} {content_type}: gone", call(server, prefix, "DeleteAssignment", dora).status, 200)
        extra = {**dora, "subscriptionType": "Q_DEVELOPER_STANDALONE_POWER", "profileArn": names["profiles"]["us"],
                 "instanceArn": names["instances"]["main"]["arn"], "unknown": {"member": 1}}
        same("members of single clients are taken", call(server, Q, "CreateAssignment", extra).status, 200)
        same("the plan is translated", seats(server, names)[dora["principalId"]]["type"], {"amazonQ": "KIRO_ENTERPRISE_POWER"})
        for prefix, wrong in ((PROFILE, "q"), (Q, "codewhisperer"), (KIRO, "user-subscriptions"), (ZORN, "q")):
            answer = call(server, prefix, "ListProfiles" if prefix == PROFILE else "CreateAssignment" if prefix != ZORN
                          else "ListUserSubscriptions", scope=wrong)
            same(f"{prefix} signed for {wrong}", (answer.status, answer.code), (400, "InvalidSignatureException"))
            check(f"{prefix}: the message names the service", f"'{SCOPES[prefix]}'" in answer.message, answer.message)
            same(f"{prefix}: the front end's name space", answer.json["__type"],
                 "com.amazon.coral.service#InvalidSignatureException")
        for prefix, operation in ((Q, "ListAssignments"), (ZORN, "SetUsageLimit"), (PROFILE, "CreateAssignment"),
                                  ("AWSZornService", "ListUserSubscriptions")):
            same(f"{prefix}.{operation} is unknown", call(server, prefix, operation, scope="q").code, "UnknownOperationException")


def profiles_have_the_same_operations_by_path(program, folder):
    with Server(program, folder) as server:
        names = server.load({**WORLD, "profiles": {}, "assignments": [], "uses": []})
        source = {"ssoIdentitySource": {"instanceArn": names["instances"]["main"]["arn"], "ssoRegion": HOME}}
        body = {"profileName": "KiroProfile-us-east-1", "referenceTrackerConfiguration": {"recommendationsWithReferences": "ALLOW"},
                "activeFunctionalities": ["ANALYSIS", "CONVERSATIONS", "TASK_ASSIST", "TRANSFORMATIONS", "COMPLETIONS"],
                "optInFeatures": {"dashboardAnalytics": {"toggle": "ON"}, "later": {"toggle": "ON"}}, "identitySource": source,
                "clientToken": "one", "tags": [{"key": "team", "value": "a"}]}

        def rest(operation, parameters=None):
            return call(server, PROFILE, operation, parameters, path="/" + operation, content_type="application/json")

        same("zero profiles are an empty list", rest("ListProfiles").json, {"profiles": []})
        arn = rest("CreateProfile", body).json["profileArn"]
        same("a repeat by the other form is the first answer", call(server, PROFILE, "CreateProfile", body).json, {"profileArn": arn})
        changed = rest("CreateProfile", {**body, "profileName": "Other"})
        same("a token says one thing", (changed.status, changed.code), (400, INVALID))
        second = rest("CreateProfile", {**body, "clientToken": "two"})
        same("one profile per account and Region", (second.status, second.code), (409, CONFLICT))
        check("in words that clients look for", "already exists" in second.message, second.message)
        same("and 400 by target", call(server, PROFILE, "CreateProfile", {**body, "clientToken": "two"}).status, 400)
        same("the answer's content type", rest("ListProfiles").headers["content-type"], "application/json")
        console = {"profileArn": arn, "optInFeatures": {"overageConfiguration": {"overageStatus": "DISABLED"},
                                                        "autonomousAgents": {"toggle": "ON"}}, "optInFeaturesType": "KIRO",
                   "targetProfileType": "KIRO"}
        same("UpdateProfile", rest("UpdateProfile", console).json, {"profileArn": arn})
        profile = rest("ListProfiles").json["profiles"][0]
        same("features are merged, one by one", profile["optInFeatures"], {
            "dashboardAnalytics": {"toggle": "ON"}, "overageConfiguration": {"overageStatus": "DISABLED"},
            "autonomousAgents": {"toggle": "ON"}})
        same("types", (profile["profileType"], profile["optInFeaturesType"]), ("KIRO", "KIRO"))
        same("both forms list alike", call(server, PROFILE, "ListProfiles").json, rest("ListProfiles").json)
        for name in ("resourceArn", "resourceName"):
            same(f"tags by {name}", rest("TagResource", {name: arn, "tags": [{"key": name, "value": ""}]}).status, 200)
        same("tags", rest("ListTagsForResource", {"resourceArn": arn}).json, {"tags": [
            {"key": "team", "value": "a"}, {"key": "resourceArn", "value": ""}, {"key": "resourceName", "value": ""}]})
        rest("UntagResource", {"resourceArn": arn, "tagKeys": ["resourceArn", "resourceName", "nothing"]})
        rest("TagResource", {"resourceArn": arn, "tags": [{"key": "team", "value": "b"}]})
        same("a tag is changed in its place", rest("ListTagsForResource", {"resourceArn": arn}).json,
             {"tags": [{"key": "team", "value": "b"}]})
        full = [{"key": str(number), "value": ""} for number in range(200)]
        same("201 tags", rest("TagResource", {"resourceArn": arn, "tags": full}).code, INVALID)
        same("nothing half-done", len(rest("ListTagsForResource", {"resourceArn": arn}).json["tags"]), 1)
        same("DeleteProfile", rest("DeleteProfile", {"profileArn": arn}).json, {})
        gone = rest("DeleteProfile", {"profileArn": arn})
        same("gone is 404 by path", (gone.status, gone.code), (404, MISSING))
        same("its tags too", rest("ListTagsForResource", {"resourceArn": arn}).code, MISSING)


def claims_are_assignments_with_another_name(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        users, groups = names["users"], names["groups"]
        listed = claims(server)["claims"]
        same("users and groups", [(item["principal"], item["type"]["amazonQ"]) for item in listed], [
            ({"group": groups["devs"]}, "KIRO_ENTERPRISE_PRO"), ({"user": users["bob"]}, "KIRO_ENTERPRISE_PRO_PLUS")])
        prefix = f"arn:aws:user-subscriptions::{ACCOUNT}:subscription/"
        check("identifiers", all(item["identifier"].startswith(prefix) for item in listed), listed)
        first = claims(server, maxResults=1)
        same("page one", first["claims"], listed[:1])
        second = claims(server, maxResults=1, nextToken=first["nextToken"])
        same("page two ends it", (second["claims"], "nextToken" in second), (listed[1:], False))
        same("ListClaims says the same", zorn(server, "ListClaims", {"applicationArn": application(server)}).json, {"claims": listed})
        group, bob = (item["identifier"] for item in listed)
        with_region = bob.replace("::", ":eu-west-1:", 1)
        changed = zorn(server, "UpdateClaim", {"identifier": with_region, "transaction": False, "type": {"amazonQ": "KIRO_ENTERPRISE_PRO_POWER"}})
        same("UpdateClaim, by either form and name", changed.status, 200)
        same("the seat follows", seats(server, names)[users["bob"]]["activatedType"], {"amazonQ": "KIRO_ENTERPRISE_POWER"})
        same("DeleteClaim", zorn(server, "DeleteClaim", {"identifier": group, "transaction": True}).status, 200)
        same("its members' seats end", {seats(server, names)[users[name]]["status"] for name in ("alice", "carol")}, {"CANCELLED"})
        same("no claim is left of it", zorn(server, "DeleteClaim", {"identifier": group}).code, MISSING)
        wanted = {"instanceArn": names["instances"]["main"]["arn"], "principal": {"user": users["dora"]},
                  "applicationArn": application(server), "transaction": True, "type": {"amazonQ": "KIRO_ENTERPRISE_PRO"},
                  "identityProvider": "IDENTITY_STORE", "createForSelf": False}
        refused = zorn(server, "CreateClaim", wanted)
        same("a customer's CreateClaim is refused", (refused.status, refused.code), (400, DENIED))
        override(server, customer_claims="accepted")
        same("by the switch it is taken", zorn(server, "CreateClaim", wanted).json, {})
        same("once", zorn(server, "CreateClaim", wanted).code, CONFLICT)
        same("and is a seat", seats(server, names)[users["dora"]]["status"], "PENDING")
        config = {"applicationArn": application(server), "overageConfig": {"overageStatus": "ENABLED"}}
        same("SetOverageConfig", zorn(server, "SetOverageConfig", config).json, {})
        same("is the profile's", call(server, PROFILE, "ListProfiles").json["profiles"][0]["optInFeatures"],
             {"overageConfiguration": {"overageStatus": "ENABLED"}})


def what_one_client_alone_saw_is_a_switch(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        users = names["users"]
        alice, bob, carol, dora = (users[name] for name in ("alice", "bob", "carol", "dora"))
        plus = "Q_DEVELOPER_STANDALONE_PRO_PLUS"

        def update(principal, plan=plus):
            return call(server, KIRO, "UpdateAssignment", {"principalId": principal, "principalType": "USER", "subscriptionType": plan}).code

        def delete(principal):
            return call(server, KIRO, "DeleteAssignment", {"principalId": principal, "principalType": "USER"}).code

        def create(principal):
            return call(server, KIRO, "CreateAssignment", {"principalId": principal, "principalType": "USER",
                                                           "subscriptionType": plus}).code

        same("update without a seat creates", (update(dora), seats(server, names)[dora]["status"]), (None, "PENDING"))
        same("update of a Pending seat changes", (update(dora, "Q_DEVELOPER_STANDALONE_POWER"), seats(server, names)[dora]["type"]),
             (None, {"amazonQ": "KIRO_ENTERPRISE_POWER"}))
        override(server, update_pending="denied")
        same("or is denied", update(dora), DENIED)
        same("a seat through a group alone", update(carol), CONFLICT)
        same("an Active one is changed all the same", update(bob, "Q_DEVELOPER_STANDALONE_POWER"), None)
        same("unsubscribed", delete(bob), None)
        same("no second time", delete(bob), MISSING)
        same("update of a canceled seat", (update(bob), seats(server, names)[bob]["status"]), (None, "CANCELLED"))
        server.control("PUT", "deviations", {"on": ["resubscribe-blocked"]})
        same("by switch it cannot be had again", create(bob), CONFLICT)
        server.control("PUT", "deviations", {"on": []})
        same("by default it can", create(bob), None)
        same("group and own seat go together", (create(alice), seats(server, names)[alice]["aggregatedSubscriptionType"]),
             (None, "INDIVIDUAL_AND_GROUP"))
        for dates, kind in (("iso", str), ("epoch", int), ("absent", type(None))):
            override(server, subscription_dates=dates)
            same(f"dates: {dates}", {type(row.get("createdDate")) for row in seats(server, names).values()}, {kind})
        override(server, plan_names="q-developer")
        same("older names", seats(server, names)[alice]["type"], {"amazonQ": plus})
        server.control("PUT", "edition", {"name": "q-developer", "override": {}})
        same("those of Q Developer", claims(server)["claims"][0]["type"], {"amazonQ": "Q_DEVELOPER_STANDALONE_PRO"})


def a_new_profile_refuses_for_a_while_by_switch(program, folder):
    for switch, code in (("denied", DENIED), ("not-found", MISSING)):
        with Server(program, folder) as server:
            names = server.load({**WORLD, "profiles": {}, "assignments": [], "uses": []})
            override(server, new_profile=switch)
            body = {"profileName": "KiroProfile-us-east-1", "referenceTrackerConfiguration": {"recommendationsWithReferences": "ALLOW"},
                    "identitySource": {"ssoIdentitySource": {"instanceArn": names["instances"]["main"]["arn"], "ssoRegion": HOME}}}
            same(f"{switch}: made", call(server, PROFILE, "CreateProfile", body).status, 200)
            wanted = {"principalId": names["users"]["alice"], "principalType": "USER", "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO"}
            tries = []
            for _ in range(6):
                tries.append(call(server, Q, "CreateAssignment", wanted).code)
                server.control("POST", "clock/advance", {"by": "PT10S"})
            same(f"{switch}: until the fifth wait of ten seconds", tries, [code] * 5 + [None])


def the_list_goes_by_path_too(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        body = {"instanceArn": names["instances"]["main"]["arn"], "subscriptionRegion": "us-east-1"}
        by_path = call(server, ZORN, "ListUserSubscriptions", body, HOME, path="/ListUserSubscriptions", content_type="application/json")
        by_target = zorn(server, "ListUserSubscriptions", body)
        same("the same list", by_path.json["subscriptions"], by_target.json["subscriptions"])
        same("under the name that its one client reads", by_path.json["userSubscriptions"], by_target.json["subscriptions"])
        check("only there", "userSubscriptions" not in by_target.json)


def what_is_invalid_is_named(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        arn, app = names["profiles"]["us"], application(server)
        instance = names["instances"]["main"]["arn"]
        alice = {"principalId": names["users"]["alice"], "principalType": "USER", "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO"}
        tracker = {"recommendationsWithReferences": "ALLOW"}
        source = {"ssoIdentitySource": {"instanceArn": instance, "ssoRegion": HOME}}
        create = {"profileName": "P", "referenceTrackerConfiguration": tracker, "identitySource": source}
        claim = {"identifier": claims(server)["claims"][0]["identifier"], "type": {"amazonQ": "KIRO_ENTERPRISE_PRO"}}
        unknown_claim = f"arn:aws:user-subscriptions::{ACCOUNT}:subscription/"

        def without(body, member):
            return {name: value for name, value in body.items() if name != member}

        profile_rows = [(operation, {**create, member: value}, INVALID, member) for operation, member, value in (
            ("CreateProfile", "profileName", ""), ("CreateProfile", "profileName", "1a"), ("CreateProfile", "profileName", "a" * 101),
            ("CreateProfile", "description", ""), ("CreateProfile", "description", "a" * 257), ("CreateProfile", "description", "a.b"),
            ("CreateProfile", "clientToken", ""), ("CreateProfile", "clientToken", "a" * 257),
            ("CreateProfile", "activeFunctionalities", ["COMPLETIONS"] * 11), ("CreateProfile", "activeFunctionalities", ["CHAT"]),
            ("CreateProfile", "kmsKeyArn", "a" * 1225), ("CreateProfile", "resourcePolicy", {"effect": "MAYBE"}),
            ("CreateProfile", "resourcePolicy", {}), ("CreateProfile", "referenceTrackerConfiguration", {}),
            ("CreateProfile", "tags", [{"key": "k"}]), ("CreateProfile", "tags", [{"key": "", "value": ""}]),
            ("CreateProfile", "tags", [{"key": "k", "value": "v" * 257}]), ("CreateProfile", "tags", [{"key": "k", "value": "v"}] * 201),
            ("CreateProfile", "optInFeatures", {"promptLogging": {"toggle": "ON"}}),
            ("CreateProfile", "optInFeatures", {"overageConfiguration": {"overageStatus": "ON"}}),
            ("CreateProfile", "optInFeatures", {"notifications": [{"feature": "f", "toggle": "ON"}] * 11}),
            ("CreateProfile", "identitySource", {}),
            ("CreateProfile", "identitySource", {**source, "externalIdentitySource": {"issuerUrl": "i", "clientId": "c"}}),
            ("CreateProfile", "identitySource", {"externalIdentitySource": {"issuerUrl": "i"}}),
            ("UpdateProfile", "targetProfileType", "FREE"), ("UpdateProfile", "optInFeaturesType", "FREE"),
            ("ListProfiles", "maxResults", 0), ("ListProfiles", "maxResults", 101), ("ListProfiles", "nextToken", ""),
            ("ListProfiles", "nextToken", "!"))]
        profile_rows += [("CreateProfile", without(create, member), INVALID, member) for member in create]
        profile_rows += [
            ("CreateProfile", {**create, "identitySource": {"ssoIdentitySource": {"instanceArn": instance, "identityStoreId": "d-1"}}},
             INVALID, "configuration is invalid"),
            ("CreateProfile", {**create, "identitySource": {"ssoIdentitySource": {"instanceArn": instance}}}, INVALID, "invalid"),
            ("CreateProfile", {**create, "identitySource": {"ssoIdentitySource": {
                "instanceArn": instance[:-1] + ("0" if instance[-1] != "0" else "1"), "ssoRegion": HOME}}}, MISSING, "instance"),
            ("CreateProfile", create, CONFLICT, "already exists"),
            ("CreateProfile", {**create, "profileName": 7}, "SerializationException", ""),
            ("ListProfiles", {"nextToken": "abc"}, INVALID, "oken"), ("ListProfiles", {"maxResults": "1"}, "SerializationException", ""),
            ("UpdateProfile", {}, INVALID, "profileArn"), ("UpdateProfile", {"profileArn": "x"}, INVALID, "profileArn"),
            ("UpdateProfile", {"profileArn": arn[:-12] + "ZZZZZZZZZZZZ"}, MISSING, "not found"),
            ("DeleteProfile", {"profileArn": arn[:-12] + "ZZZZZZZZZZZZ"}, MISSING, "not found"),
            ("TagResource", {"tags": []}, INVALID, "resourceArn"), ("TagResource", {"resourceArn": arn}, INVALID, "tags"),
            ("UntagResource", {"resourceArn": arn}, INVALID, "tagKeys"), ("ListTagsForResource", {}, INVALID, "resourceArn"),
            ("ListTagsForResource", {"resourceArn": "arn:aws:s3:::a"}, MISSING, "not found")]
        # The rows of UpdateProfile and ListProfiles carry more than they know, which no service minds.
        for operation, body, code, words in profile_rows:
            if operation == "UpdateProfile" and body.get("profileName") == "P":
                body = {**without(body, "profileName"), "profileArn": arn}
            refused(operation, call(server, PROFILE, operation, body), body, code, words)
        assignment_rows = [
            (without(alice, "principalId"), INVALID, "principalId"), (without(alice, "principalType"), INVALID, "principalType"),
            ({**alice, "principalId": "alice"}, INVALID, "principalId"), ({**alice, "principalType": "PERSON"}, INVALID, "principalType"),
            ({**alice, "principalType": "BUILDER_ID"}, INVALID, "principalType"),
            ({**alice, "subscriptionType": "KIRO_ENTERPRISE_PRO"}, INVALID, "Q_DEVELOPER_STANDALONE_PRO"),
            ({**alice, "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO_POWER"}, INVALID, "enum value set"),
            ({**alice, "subscriptionType": "CREDIT_POOL"}, INVALID, "enum value set"),
            ({**alice, "principalId": NOBODY}, MISSING, "not found"), ({**alice, "principalType": "GROUP"}, MISSING, "not found"),
            ({**alice, "profileArn": arn[:-12] + "ZZZZZZZZZZZZ"}, MISSING, "profile"),
            ({**alice, "subscriptionType": ["x"]}, "SerializationException", "")]
        for body, code, words in assignment_rows:
            for operation in ("CreateAssignment", "UpdateAssignment"):
                refused(operation, call(server, KIRO, operation, body), body, code, words)
        refused("UpdateAssignment", call(server, Q, "UpdateAssignment", without(alice, "subscriptionType")), {}, INVALID, "subscriptionType")
        refused("DeleteAssignment", call(server, Q, "DeleteAssignment", alice), alice, MISSING, "assignment")
        refused("CreateAssignment", call(server, Q, "CreateAssignment", alice, "eu-central-1"), alice, MISSING, "eu-central-1")
        zorn_rows = [
            ("ListUserSubscriptions", {}, INVALID, "instanceArn"), ("ListUserSubscriptions", {"instanceArn": "x"}, INVALID, "instanceArn"),
            ("ListUserSubscriptions", {"instanceArn": "arn:aws:sso:::instance/ssoins-0000000000000000"}, MISSING, "not found"),
            ("ListUserSubscriptions", {"instanceArn": instance, "maxResults": 1001}, INVALID, "maxResults"),
            ("ListUserSubscriptions", {"instanceArn": instance, "nextToken": "abc"}, INVALID, "oken"),
            ("ListApplicationClaims", {}, INVALID, "applicationArn"), ("ListApplicationClaims", {"applicationArn": "x"}, INVALID, "applicationArn"),
            ("ListApplicationClaims", {"applicationArn": app[:-1] + ("0" if app[-1] != "0" else "1")}, MISSING, "not found"),
            ("ListApplicationClaims", {"applicationArn": app, "subscriptionRegion": "eu-central-1"}, MISSING, "not found"),
            ("ListApplicationClaims", {"applicationArn": app, "maxResults": 0}, INVALID, "maxResults"),
            ("CreateClaim", {"applicationArn": app, "principal": {}, "type": {"amazonQ": "KIRO_ENTERPRISE_PRO"}}, INVALID, "principal"),
            ("CreateClaim", {"applicationArn": app, "principal": {"user": NOBODY}}, INVALID, "type"),
            ("CreateClaim", {"applicationArn": app, "principal": {"user": NOBODY}, "type": {"amazonQ": "FREE"}}, INVALID, "enum value set"),
            ("CreateClaim", {"applicationArn": app, "principal": {"user": NOBODY}, "type": {"amazonQ": "KIRO_ENTERPRISE_PRO"},
                             "identityProvider": "OTHER"}, INVALID, "identityProvider"),
            ("UpdateClaim", {**claim, "identifier": unknown_claim + "0a1b2c3d"}, MISSING, "not found"),
            ("UpdateClaim", {**claim, "identifier": claim["identifier"][:-1] + "9"}, MISSING, "not found"),
            ("UpdateClaim", {**claim, "identifier": "x"}, INVALID, "identifier"), ("UpdateClaim", without(claim, "type"), INVALID, "type"),
            ("DeleteClaim", {}, INVALID, "identifier"), ("DeleteClaim", {"identifier": unknown_claim + "f" * 24}, MISSING, "not found"),
            ("DeleteClaim", {"identifier": claim["identifier"], "subscriptionRegion": "eu-central-1"}, MISSING, "not found"),
            ("SetOverageConfig", {"applicationArn": app}, INVALID, "overageConfig"),
            ("SetOverageConfig", {"applicationArn": app, "overageConfig": {"overageStatus": "ON"}}, INVALID, "overageStatus")]
        for operation, body, code, words in zorn_rows:
            refused(operation, zorn(server, operation, body), body, code, words)
        for operation, body in (("ListApplicationClaims", {"applicationArn": app}), ("DeleteClaim", {"identifier": claim["identifier"]}),
                                ("ListUserSubscriptions", {"instanceArn": instance})):
            refused(operation, zorn(server, operation, body, key="999999999999"), body, DENIED, "authorized")
        same("elsewhere it is not known", zorn(server, "ListApplicationClaims", {"applicationArn": app}, "us-east-1").code, MISSING)
        same("another account's profile", call(server, PROFILE, "DeleteProfile", {"profileArn": arn}, key="999999999999").code, DENIED)
        same("nothing has changed", [row["status"] for row in seats(server, names).values()], ["PENDING", "PENDING", "ACTIVE"])


def refused(operation, answer, body, code, words):
    what = f"{operation} {json.dumps(body)[:140]}"
    same(f"{what}: refused", (answer.status, answer.code), (400, code))
    check(f"{what}: the message says {words!r}", words in answer.message, answer.message)


TESTS = [every_prefix_and_content_type_reaches_the_same_operation, profiles_have_the_same_operations_by_path,
         claims_are_assignments_with_another_name, what_one_client_alone_saw_is_a_switch,
         a_new_profile_refuses_for_a_while_by_switch, the_list_goes_by_path_too, what_is_invalid_is_named]

if __name__ == "__main__":
    raise SystemExit(main(TESTS))
