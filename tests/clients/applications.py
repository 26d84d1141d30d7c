# SPDX-License-Identifier: MIT
"""The applications that a profile brings, UpdateProfile, and the questions about one membership."""
import sys

from checks import check, main, same
from server import Server

WORLD = {"users": ["alice", "bob"], "groups": {"devs": ["alice"], "ops": []},
         "instances": {"main": {"region": "eu-west-1"}},
         "profiles": {"us": {"region": "us-east-1"}, "eu": {"region": "eu-central-1"}},
         "assignments": [{"to": "user:alice", "profile": "us"}]}
NOBODY = "00000000-0000-4000-8000-000000000000"
HOME = "eu-west-1"


def every_profile_brings_two_applications(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        arn = names["instances"]["main"]["arn"]

        def listed(body=None, **options):
            answer = server.aws("sso-admin", "ListApplications", {"InstanceArn": arn, **(body or {})}, HOME, **options)
            return answer.code or [item["Name"] for item in answer.json["Applications"]]

        everything = ["KiroProfile-us-east-1", "Kiro Sign-In - KiroProfile-us-east-1",
                      "KiroProfile-eu-central-1", "Kiro Sign-In - KiroProfile-eu-central-1"]
        same("all", listed(), everything)
        same("by provider", listed({"Filter": {
            "ApplicationProvider": "arn:aws:sso::aws:applicationProvider/codewhisperer"}}), everything[::2])
        same("by account", listed({"Filter": {"ApplicationAccount": "999999999999"}}), [])
        seen, token = [], None
        while True:
            body = {"InstanceArn": arn, "MaxResults": 1, **({"NextToken": token} if token else {})}
            page = server.aws("sso-admin", "ListApplications", body, HOME).json
            seen += [item["Name"] for item in page["Applications"]]
            token = page.get("NextToken")
            if not token:
                break
        same("page by page", seen, everything)
        for item in server.aws("sso-admin", "ListApplications", {"InstanceArn": arn}, HOME).json["Applications"]:
            described = server.aws("sso-admin", "DescribeApplication", {"ApplicationArn": item["ApplicationArn"]}, HOME)
            same(f"described: {item['Name']}", described.json, item)
        profile = server.aws("codewhisperer", "ListProfiles").json["profiles"][0]
        client = profile["identityDetails"]["ssoIdentityDetails"]["oidcClientId"]
        same("the profile names its own", server.aws("sso-admin", "DescribeApplication", {"ApplicationArn": client}, HOME)
             .json["Name"], everything[0])
        same("a Region sees its own instances", listed_elsewhere(server, arn), "AccessDeniedException")
        same("so do accounts", listed(key="999999999999"), "AccessDeniedException")
        same("no such application", server.aws("sso-admin", "DescribeApplication", {
            "ApplicationArn": client[:-1] + ("0" if client[-1] != "0" else "1")}, HOME).code, "ResourceNotFoundException")
        for wrong in ("", "x", client + "0", arn):
            same(f"refused: {wrong!r}", server.aws("sso-admin", "DescribeApplication", {"ApplicationArn": wrong}, HOME).code,
                 "ValidationException")
        server.aws("codewhisperer", "DeleteProfile", {"profileArn": names["profiles"]["us"]})
        same("they go with the profile", listed(), everything[2:])


def listed_elsewhere(server, arn):
    return server.aws("sso-admin", "ListApplications", {"InstanceArn": arn}, "us-east-1").code


def a_profile_is_updated_and_a_shell_bound_anew(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        arn = names["profiles"]["us"]
        old = names["instances"]["main"]["arn"]

        def update(**members):
            answer = server.aws("codewhisperer", "UpdateProfile", {"profileArn": arn, **members})
            return answer.code or answer.json["profileArn"]

        def profile():
            return server.aws("codewhisperer", "ListProfiles").json["profiles"][0]

        features = {"overageConfiguration": {"overageStatus": "DISABLED"}, "autonomousAgents": {"toggle": "ON"}}
        same("Kiro Web is switched on so", update(optInFeatures=features, optInFeaturesType="KIRO"), arn)
        same("and shown", profile()["optInFeatures"], features)
        same("a name", update(profileName="Renamed", description="new"), arn)
        same("the rest stays", (profile()["profileName"], profile()["description"], profile()["optInFeatures"]),
             ("Renamed", "new", features))
        before = server.get("digest")
        same("no such profile", server.aws("codewhisperer", "UpdateProfile", {
            "profileArn": arn[:-12] + "AAAAAAAAAAAA"}).code, "ResourceNotFoundException")
        same("another's", server.aws("codewhisperer", "UpdateProfile", {"profileArn": arn}, key="999999999999").code,
             "AccessDeniedException")
        for members in ({"profileName": "1x"}, {"optInFeatures": {"mcpConfiguration": {"toggle": "MAYBE"}}},
                        {"identitySource": {}}, {"targetProfileType": "NONE"}):
            same(f"refused: {members}", update(**members), "ValidationException")
        same("nothing changed", server.get("digest"), before)
        fresh = server.aws("sso-admin", "CreateInstance", {}, HOME, key="555566667777").json["InstanceArn"]
        source = {"ssoIdentitySource": {"instanceArn": fresh, "ssoRegion": HOME}}
        same("a stranger's instance", update(identitySource=source), "AccessDeniedException")
        same("its own again", update(identitySource={"ssoIdentitySource": {"instanceArn": old, "ssoRegion": HOME}}), arn)
        server.aws("sso-admin", "DeleteInstance", {"InstanceArn": old}, HOME)
        made = server.aws("sso-admin", "CreateInstance", {}, HOME).json["InstanceArn"]
        bound = {"ssoIdentitySource": {"instanceArn": made, "ssoRegion": HOME}}
        same("a shell can be bound anew", update(identitySource=bound), arn)
        same("to a living one only then", profile()["identityDetails"]["ssoIdentityDetails"]["instanceArn"], made)
        store = server.aws("sso-admin", "DescribeInstance", {"InstanceArn": made}, HOME).json["IdentityStoreId"]
        user = server.aws("identitystore", "CreateUser", {
            "IdentityStoreId": store, "UserName": "new", "DisplayName": "New",
            "Name": {"GivenName": "N", "FamilyName": "N"}}, HOME).json["UserId"]
        same("and takes users", server.aws("q", "CreateAssignment", {
            "principalId": user, "principalType": "USER"}).status, 200)
        same("who hold seats", [row["status"] for row in server.get(f"subscriptions?user_id={user}")["subscriptions"]],
             ["PENDING"])


def questions_about_one_membership(program, folder):
    with Server(program, folder) as server:
        names = server.load(WORLD)
        store = names["instances"]["main"]["identity_store_id"]
        alice, bob = names["users"]["alice"], names["users"]["bob"]
        devs, ops = names["groups"]["devs"], names["groups"]["ops"]

        def ask(operation, **members):
            return server.aws("identitystore", operation, {"IdentityStoreId": store, **members}, HOME)

        described = ask("DescribeGroup", GroupId=devs).json
        same("a group", (described["GroupId"], described["DisplayName"]), (devs, "devs"))
        listed = ask("ListGroupMemberships", GroupId=devs).json["GroupMemberships"][0]["MembershipId"]
        found = ask("GetGroupMembershipId", GroupId=devs, MemberId={"UserId": alice}).json
        same("its membership", found, {"MembershipId": listed, "IdentityStoreId": store})
        none = ask("GetGroupMembershipId", GroupId=ops, MemberId={"UserId": alice})
        same("none", (none.code, none.json["ResourceType"]), ("ResourceNotFoundException", "GROUP_MEMBERSHIP"))
        results = ask("IsMemberInGroups", MemberId={"UserId": alice}, GroupIds=[ops, devs, ops]).json["Results"]
        same("one result per group, in order", [(r["GroupId"], r["MembershipExists"]) for r in results],
             [(ops, False), (devs, True), (ops, False)])
        for operation, members, kind in (
                ("DescribeGroup", {"GroupId": NOBODY}, "GROUP"),
                ("GetGroupMembershipId", {"GroupId": NOBODY, "MemberId": {"UserId": bob}}, "GROUP"),
                ("GetGroupMembershipId", {"GroupId": devs, "MemberId": {"UserId": NOBODY}}, "USER"),
                ("IsMemberInGroups", {"MemberId": {"UserId": NOBODY}, "GroupIds": [devs]}, "USER"),
                ("IsMemberInGroups", {"MemberId": {"UserId": bob}, "GroupIds": [devs, NOBODY]}, "GROUP")):
            answer = ask(operation, **members)
            same(f"{operation} {members}", (answer.code, answer.json.get("ResourceType"), answer.json.get("ResourceId")),
                 ("ResourceNotFoundException", kind, NOBODY))
        for groups in ([], [devs] * 101, "x", [devs, "x"]):
            check(f"refused: {str(groups)[:60]}", ask("IsMemberInGroups", MemberId={"UserId": bob}, GroupIds=groups).code in
                  ("ValidationException", "SerializationException"))


if __name__ == "__main__":
    sys.exit(main([every_profile_brings_two_applications, a_profile_is_updated_and_a_shell_bound_anew,
                   questions_about_one_membership]))
