#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A suite that was written for moto's server, or for LocalStack: its resets, health and data, and the world that it finds after them."""
from aws_clients import boto
from checks import check, main, same
from server import Server, send

ACCOUNT = "123456789012"
HTML = {"Content-Type": "text/html", "Origin": "http://localhost:3000"}


def reset(server, path="/moto-api/reset", body=b"", **headers):
    return send(server.url, "POST", path, body, headers)


def the_world_after_a_reset(program, folder):
    """By each door, under each timing; whatever comes with the call."""
    for timing in ("instant", "documented"):
        with Server(program, folder, "--timing", timing) as server:
            for path, answer in (("/moto-api/reset", {"status": "ok"}), ("/_localstack/state/reset", {})):
                what = f"{timing} {path}"
                server.control("PUT", "world", {"users": ["alice"]})
                for body, headers in ((b"", {}), (b"a=b&c=%zz", {"Content-Type": "application/x-www-form-urlencoded"}),
                                      (b"\xff{", HTML), (b" " * (5 << 20), {"Content-Type": "application/json"})):
                    seen = reset(server, path + "?x=%zz", body, **headers)
                    same(f"{what} with {body[:8]}", (seen.status, seen.json), (200, answer))
                organizations = boto(server, "organizations")
                instances = server.aws("sso-admin", "ListInstances", {}).json["Instances"]
                same(f"{what}: one instance", [(each["OwnerAccountId"], each["Status"]) for each in instances],
                     [(ACCOUNT, "ACTIVE")])
                check(f"{what}: without a name", "Name" not in instances[0], instances)
                store = instances[0]["IdentityStoreId"]
                same(f"{what}: nobody in it", boto(server, "identitystore").list_users(IdentityStoreId=store)["Users"], [])
                same(f"{what}: it can be described",
                     server.aws("sso-admin", "DescribeInstance", {"InstanceArn": instances[0]["InstanceArn"]})
                     .json["IdentityStoreId"], store)
                none = organizations.exceptions.AWSOrganizationsNotInUseException
                try:
                    organizations.describe_organization()
                    check(f"{what}: no organization", False)
                except none:
                    check(f"{what}: no organization", True)
                made = organizations.create_organization(FeatureSet="ALL")["Organization"]
                same(f"{what}: CreateOrganization succeeds", made["MasterAccountId"], ACCOUNT)
                member = organizations.create_account(AccountName="a", Email="a@example.com")["CreateAccountStatus"]
                seen = server.aws("sso-admin", "ListInstances", {}, key=member["AccountId"])
                same(f"{what}: the instance is the organization's",
                     [each["InstanceArn"] for each in seen.json["Instances"]], [instances[0]["InstanceArn"]])


def a_reset_repeats(program, folder):
    """Equal worlds after equal calls; and what was started is what a reset goes back to."""
    with Server(program, folder, "--start", "2026-05-01T00:00:00Z", "--seed", "7") as server:
        reset(server)
        first = server.get("digest")
        server.control("POST", "clock/advance", {"by": "P40D"})
        boto(server, "organizations").create_organization()
        check("the world has changed", server.get("digest") != first)
        reset(server)
        same("and is as before", server.get("digest"), first)
        same("its clock too", server.get("clock")["now"], "2026-05-01T00:00:00Z")


def the_other_calls(program, folder):
    with Server(program, folder) as server:
        reset(server)
        store = boto(server, "sso-admin").list_instances()["Instances"][0]["IdentityStoreId"]
        people = boto(server, "identitystore")
        alice = people.create_user(IdentityStoreId=store, UserName="alice", DisplayName="A",
                                   Name={"GivenName": "A", "FamilyName": "L"})["UserId"]
        devs = people.create_group(IdentityStoreId=store, DisplayName="devs")["GroupId"]
        data = send(server.url, "GET", "/moto-api/data.json").json
        same("data.json: users", data["identitystore"]["User"],
             [{"UserId": alice, "UserName": "alice", "IdentityStoreId": store}])
        same("data.json: groups", data["identitystore"]["Group"],
             [{"GroupId": devs, "DisplayName": "devs", "IdentityStoreId": store}])
        same("data.json: instances", [each["IdentityStoreId"] for each in data["sso-admin"]["Instance"]], [store])
        same("data.json: accounts", [each["AccountId"] for each in data["organizations"]["Account"]], [ACCOUNT])
        before = server.get("digest")
        same("reset-auth", reset(server, "/moto-api/reset-auth", b"2").json,
             {"status": "ok", "PREVIOUS_INITIAL_NO_AUTH_ACTION_COUNT": "inf"})
        health = send(server.url, "GET", "/_localstack/health").json
        for service in ("iam", "sts", "identitystore", "organizations", "account"):
            same(f"health: {service}", health["services"].get(service), "available")
        same("neither changes anything", server.get("digest"), before)
        for method, path in (("POST", "/moto-api/reset"), ("POST", "/moto-api/reset-auth"), ("GET", "/moto-api/data.json"),
                             ("GET", "/_localstack/health"), ("POST", "/_localstack/state/reset")):
            seen = send(server.url, method, path, b"" if method == "POST" else None, {"Origin": "https://evil.example"})
            same(f"{path} for a page of elsewhere", (seen.status, seen.code), (403, "AccessDeniedException"))
            seen = send(server.url, "DELETE", path)
            same(f"DELETE {path}", (seen.status, seen.headers.get("allow")), (405, method))
        same("and nothing was reset", server.get("digest"), before)


def the_instance_of_a_reset_is_there(program, folder):
    """Whatever making one takes, and if it is held by hand: it was there long before the suite."""
    for options in (("--timing", "documented"), ("--override", "instance_create_lag=by-hand")):
        with Server(program, folder, *options) as server:
            same(f"{options}: reset", reset(server).status, 200)
            listed = server.aws("sso-admin", "ListInstances", {}).json["Instances"]
            same(f"{options}: one, ready", [item["Status"] for item in listed], ["ACTIVE"])


if __name__ == "__main__":
    raise SystemExit(main([the_world_after_a_reset, a_reset_repeats, the_other_calls]))
