# SPDX-License-Identifier: MIT
"""The calls that Kiro's admin tools make to Identity Center beside its published API: passwords, the older CreateUser, e-mail verification."""
import json
import sys

import checks
from checks import check, same
from server import DATE, Server, send

TARGETS = {"userpool": ("SWBUPService", "com.amazonaws.swbup.service.SWBUPService"),
           "identitystore": ("AWSIdentityStoreService", "com.amazonaws.identitystore.AWSIdentityStoreService"),
           "sso-directory": ("AWSPasswordControlPlaneService",)}
NOBODY = "11112222-3333-4444-5555-666677778888"


def call(server, scope, operation, body, path="/", prefix=0, version="1.0", region="us-east-1"):
    return send(server.url, "POST", path, json.dumps(body).encode(), {
        "Content-Type": f"application/x-amz-json-{version}", "X-Amz-Target": f"{TARGETS[scope][prefix]}.{operation}", "X-Amz-Date": DATE,
        "Authorization": f"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{DATE[:8]}/{region}/{scope}/aws4_request, "
                         f"SignedHeaders=host;x-amz-date, Signature={'0' * 64}"})


def world(server):
    names = server.load({"format": 1, "users": ["ana"]})
    return names["users"]["ana"], names["instances"]["main"]["identity_store_id"]


def passwords(program, folder):
    with Server(program, folder) as server:
        ana, store = world(server)
        for path in ("/", "/identitystore/", "/userpool/"):
            for prefix in (0, 1):
                for version in ("1.0", "1.1"):
                    answer = call(server, "userpool", "UpdatePassword", {"UserId": ana, "PasswordMode": "EMAIL"}, path, prefix, version)
                    same(f"a link, at {path}", (answer.status, answer.json), (200, {}))
        first = call(server, "userpool", "UpdatePassword", {"UserId": ana, "PasswordMode": "OTP", "IdentityStoreId": store}).json["Password"]
        second = call(server, "userpool", "UpdatePassword", {"UserId": ana, "PasswordMode": "OTP"}).json["Password"]
        check("two passwords of one use", first != second and len(first) >= 8, (first, second))
        check("neither is kept", first not in str(server.get("requests")) and second not in str(server.get("timeline")))
        for body, code in (({"UserId": ana}, "ValidationException"), ({"UserId": ana, "PasswordMode": "SMS"}, "ValidationException"),
                           ({"UserId": NOBODY, "PasswordMode": "OTP"}, "ResourceNotFoundException"),
                           ({"UserId": "x", "PasswordMode": "OTP"}, "ValidationException"),
                           ({"UserId": ana, "PasswordMode": "OTP", "IdentityStoreId": "d-0000000000"}, "ResourceNotFoundException"),
                           ({"UserId": 7, "PasswordMode": "OTP"}, "SerializationException")):
            answer = call(server, "userpool", "UpdatePassword", body)
            same(str(body), (answer.status, answer.code), (400, code))
        same("elsewhere he is not", call(server, "userpool", "UpdatePassword", {"UserId": ana, "PasswordMode": "OTP"}, region="eu-west-1").code,
             "ResourceNotFoundException")
        same("another service's path", call(server, "userpool", "UpdatePassword", {}, "/elsewhere/").status, 404)


def users_made_by_it_are_users(program, folder):
    with Server(program, folder) as server:
        _, store = world(server)
        attributes = {"emails": {"ComplexListValue": [{"value": {"StringValue": "ben@example.com"}, "type": {"StringValue": "work"},
                                                       "primary": {"BooleanValue": True}}]},
                      "name": {"ComplexValue": {"givenName": {"StringValue": "Ben"}, "familyName": {"StringValue": "B"}}},
                      "displayName": {"StringValue": "Ben B"}}
        body = {"IdentityStoreId": store, "UserName": "ben", "UserAttributes": attributes, "Active": True, "PasswordMode": "OTP"}
        made = call(server, "identitystore", "CreateUser", body, "/identitystore/").json
        check("with a password", len(made.get("Password", "")) >= 8, made)
        user = made["User"]
        same("as it was given", (user["UserName"], user["Active"], user["UserAttributes"]), ("ben", True, attributes))
        public = server.aws("identitystore", "DescribeUser", {"IdentityStoreId": store, "UserId": user["UserId"]}).json
        same("the published API knows him", (public["DisplayName"], public["Emails"][0]["Value"], public["Name"]["GivenName"]),
             ("Ben B", "ben@example.com", "Ben"))
        idle = call(server, "identitystore", "CreateUser", {"IdentityStoreId": store, "UserName": "idle", "Active": False}).json["User"]
        same("made inactive", (idle["Active"], server.aws("identitystore", "DescribeUser", {"IdentityStoreId": store, "UserId": idle["UserId"]})
                               .json["UserStatus"]), (False, "DISABLED"))
        found = call(server, "identitystore", "SearchUsers", {"IdentityStoreId": store, "Filters": [
            {"AttributePath": "UserName", "AttributeValue": {"StringValue": "BEN"}}]}, version="1.1").json
        same("searched by name", [row["UserId"] for row in found["Users"]], [user["UserId"]])
        check("with times as numbers", isinstance(found["Users"][0]["Meta"]["CreatedAt"], (int, float)))
        page = call(server, "identitystore", "SearchUsers", {"IdentityStoreId": store, "MaxResults": 2}).json
        rest = call(server, "identitystore", "SearchUsers", {"IdentityStoreId": store, "NextToken": page["NextToken"]}).json
        same("in pages", [row["UserName"] for row in page["Users"] + rest["Users"]], ["ana", "ben", "idle"])
        described = call(server, "userpool", "DescribeUsers", {"UserIds": [user["UserId"], NOBODY]}).json
        same("described, if there", [row["UserName"] for row in described["Users"]], ["ben"])
        digest = server.get("digest")
        for wrong, code in (({"UserName": "ben"}, "ConflictException"), ({"UserName": "a b"}, "ValidationException"), ({}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"displayName": "bare"}}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"shoeSize": {"StringValue": "43"}}}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"displayName": {"BooleanValue": True}}}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"displayName": {"StringValue": None}}}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"displayName": {"StringValue": {}}}}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"emails": {"ComplexListValue": [None]}}}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"emails": ["bare"]}}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"name": {"ComplexValue": {"givenName": [{}]}}}}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"extensions": {"ComplexValue": {"x": {"StringValue": "y"}}}}}, "ValidationException"),
                            ({"UserName": "x", "UserAttributes": {"photos": {"ComplexListValue": [
                                {"value": {"StringValue": "p"}, "primary": {"BooleanValue": True}}] * 2}}}, "ValidationException"),
                            ({"UserName": "x", "PasswordMode": "SMS"}, "ValidationException")):
            answer = call(server, "identitystore", "CreateUser", {"IdentityStoreId": store, **wrong})
            same(str(wrong), (answer.status, answer.code), (400, code))
        same("nothing of them has stayed", server.get("digest"), digest)


def mail_is_verified(program, folder):
    with Server(program, folder) as server:
        ana, store = world(server)
        answer = call(server, "sso-directory", "StartEmailVerification", {"UserId": ana, "IdentityStoreId": store})
        same("sent", (answer.status, answer.json), (200, {}))
        check("it is told of", "StartEmailVerification" in [row["event"] for row in server.get(f"timeline?user_id={ana}")["entries"]])
        same("nobody", call(server, "sso-directory", "StartEmailVerification", {"UserId": NOBODY, "IdentityStoreId": store}).code,
             "ResourceNotFoundException")
        same("no store", call(server, "sso-directory", "StartEmailVerification", {"UserId": ana}).code, "ValidationException")


if __name__ == "__main__":
    sys.exit(checks.main([passwords, users_made_by_it_are_users, mail_is_verified]))
