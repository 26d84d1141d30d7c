# SPDX-License-Identifier: MIT
"""Organizations: how accounts come, close, are reopened and go, and what that does to the seats of their profiles."""
import sys

from checks import check, main, same
from server import Server

ROOT, ONE, TWO = "111122223333", "222233334444", "333344445555"
WORLD = {"start": "2026-06-04T09:00:00Z",
         "accounts": {"root": {"id": ROOT, "organization": "acme", "management": True},
                      "one": {"id": ONE, "organization": "acme"}, "two": {"id": TWO, "organization": "acme"}},
         "instances": {"main": {"account": "root"}},
         "users": ["alice", "bob"],
         "profiles": {"p1": {"account": "one"}, "p2": {"account": "two"}},
         "assignments": [{"to": "user:alice", "profile": "p1", "at": "2026-03-01T00:00:00Z"},
                         {"to": "user:bob", "profile": "p1", "at": "2026-03-01T00:00:00Z"},
                         {"to": "user:alice", "profile": "p2", "at": "2026-03-01T00:00:00Z"}],
         "uses": [{"user": "alice", "profile": "p1", "at": "2026-03-02T00:00:00Z"},
                  {"user": "alice", "profile": "p2", "at": "2026-03-02T00:00:00Z"}]}


def organizations(server, operation, body=None, key=ROOT):
    return server.aws("organizations", operation, body, key=key)


def state(server, account):
    answer = organizations(server, "DescribeAccount", {"AccountId": account})
    return answer.code or (answer.json["Account"]["State"], answer.json["Account"]["Status"])


def seats(server):
    rows = server.get("subscriptions")["subscriptions"]
    return sorted((row["user"], row["profile_arn"].split(":")[4], row["status"], row["access"], row["rule"] or "")
                  for row in rows)


def an_organization_is_made_and_takes_accounts_in(program, folder):
    with Server(program, folder) as server:
        same("none yet", organizations(server, "DescribeOrganization").code, "AWSOrganizationsNotInUseException")
        made = organizations(server, "CreateOrganization", {"FeatureSet": "ALL"}).json["Organization"]
        same("the caller manages it", (made["MasterAccountId"], made["FeatureSet"]), (ROOT, "ALL"))
        same("once", organizations(server, "CreateOrganization").code, "AlreadyInOrganizationException")
        request = {"Email": "one@example.com", "AccountName": "One"}
        created = organizations(server, "CreateAccount", request).json["CreateAccountStatus"]
        same("at once", created["State"], "SUCCEEDED")
        same("asked again", organizations(server, "DescribeCreateAccountStatus", {
            "CreateAccountRequestId": created["Id"]}).json["CreateAccountStatus"], created)
        same("no such request", organizations(server, "DescribeCreateAccountStatus", {
            "CreateAccountRequestId": "car-00000000"}).code, "CreateAccountStatusNotFoundException")
        twice = organizations(server, "CreateAccount", request).json["CreateAccountStatus"]
        same("an e-mail in use ends FAILED", (twice["State"], twice["FailureReason"]), ("FAILED", "EMAIL_ALREADY_EXISTS"))
        for body in ({}, {"Email": "x", "AccountName": "One"}, {"Email": "nobody", "AccountName": "One"},
                     {"Email": "a@b.c", "AccountName": ""}, {"Email": "a@b.cd", "AccountName": "x" * 51}):
            same(f"refused: {body}", organizations(server, "CreateAccount", body).code, "InvalidInputException")
        member = created["AccountId"]
        same("a member sees its organization", organizations(server, "DescribeOrganization", key=member).status, 200)
        for operation in ("ListAccounts", "CreateAccount"):
            same(f"but may not {operation}", organizations(server, operation, request, key=member).code, "AccessDeniedException")
        same("nor may a stranger", organizations(server, "ListAccounts", key=TWO).code, "AWSOrganizationsNotInUseException")
        same("without all features nothing closes", close_without_features(program, folder / "other"),
             ("ConstraintViolationException", "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE"))


def close_without_features(program, folder):
    folder.mkdir()
    with Server(program, folder) as server:
        organizations(server, "CreateOrganization", {"FeatureSet": "CONSOLIDATED_BILLING"})
        made = organizations(server, "CreateAccount", {"Email": "a@b.cd", "AccountName": "A"}).json["CreateAccountStatus"]
        answer = organizations(server, "CloseAccount", {"AccountId": made["AccountId"]})
        return answer.code, answer.json.get("Reason")


def pages_of_accounts_hold_everyone_once(program, folder):
    with Server(program, folder) as server:
        organizations(server, "CreateOrganization")
        for number in range(24):
            organizations(server, "CreateAccount", {"Email": f"a{number}@example.com", "AccountName": f"A{number}"})
        for size in (None, 1, 7, 20):
            seen, token = [], None
            while True:
                body = {key: value for key, value in (("MaxResults", size), ("NextToken", token)) if value}
                page = organizations(server, "ListAccounts", body).json
                seen += [account["Id"] for account in page["Accounts"]]
                check("a page is no longer than asked", len(page["Accounts"]) <= (size or 20), page)
                token = page.get("NextToken")
                if token is None:
                    break
            same(f"pages of {size}", (len(seen), len(set(seen))), (25, 25))
        same("too many", organizations(server, "ListAccounts", {"MaxResults": 21}).code, "InvalidInputException")


def closing_one_account_ends_its_seats_and_no_others(program, folder):
    with Server(program, folder) as server:
        server.load(WORLD)
        before = seats(server)
        same("management is refused", organizations(server, "CloseAccount", {"AccountId": ROOT}).json.get("Reason"),
             "CANNOT_CLOSE_MANAGEMENT_ACCOUNT")
        same("a stranger is unknown", organizations(server, "CloseAccount", {"AccountId": "999999999999"}).code,
             "AccountNotFoundException")
        same("nothing happened", seats(server), before)
        same("closed", organizations(server, "CloseAccount", {"AccountId": ONE}).status, 200)
        same("in the same answer", state(server, ONE), ("CLOSED", "SUSPENDED"))
        same("again", organizations(server, "CloseAccount", {"AccountId": ONE}).code, "AccountAlreadyClosedException")
        same("its seats ended", seats(server), [
            ("alice", ONE, "CANCELED", False, "auto-account-deleted"), ("alice", TWO, "ACTIVE", True, ""),
            ("bob", ONE, "CANCELED", False, "auto-account-deleted")])
        same("the month stays charged", server.get(f"bill?month=2026-06&account={ONE}")["total"], "20.00")
        same("the next one not", server.get(f"bill?month=2026-07&account={ONE}")["total"], "0.00")
        same("the other's goes on", server.get(f"bill?month=2026-07&account={TWO}")["total"], "20.00")
        same("listed for 90 days", ONE in [a["Id"] for a in organizations(server, "ListAccounts").json["Accounts"]], True)
        server.control("POST", "clock/advance", {"by": "89d"})
        same("still reopenable", server.control("POST", "accounts/reopen", {"account": ONE}).status, 200)
        same("open", state(server, ONE), ("ACTIVE", "ACTIVE"))
        same("its seats stay canceled", [row[2] for row in seats(server) if row[1] == ONE], ["CANCELED", "CANCELED"])
        same("no account to reopen", server.control("POST", "accounts/reopen", {"account": TWO}).status, 409)
        organizations(server, "CloseAccount", {"AccountId": ONE})
        server.control("POST", "clock/advance", {"by": "90d"})
        same("gone for good", state(server, ONE), "AccountNotFoundException")
        same("and from the list", len(organizations(server, "ListAccounts").json["Accounts"]), 2)
        same("past reopening", server.control("POST", "accounts/reopen", {"account": ONE}).status, 409)


def the_quota_of_closures_rolls_over_thirty_days(program, folder):
    with Server(program, folder) as server:
        organizations(server, "CreateOrganization")
        made = [organizations(server, "CreateAccount", {"Email": f"a{number}@example.com", "AccountName": "A"})
                .json["CreateAccountStatus"]["AccountId"] for number in range(12)]
        for account in made[:10]:
            same("within the quota", organizations(server, "CloseAccount", {"AccountId": account}).status, 200)
        refused = organizations(server, "CloseAccount", {"AccountId": made[10]})
        same("beyond it", (refused.code, refused.json.get("Reason")),
             ("ConstraintViolationException", "CLOSE_ACCOUNT_QUOTA_EXCEEDED"))
        same("nothing closed", state(server, made[10]), ("ACTIVE", "ACTIVE"))
        server.control("POST", "clock/advance", {"by": "30d"})
        same("thirty days later", organizations(server, "CloseAccount", {"AccountId": made[10]}).status, 200)


def a_closure_takes_minutes_under_documented_timing(program, folder):
    with Server(program, folder, "--timing", "documented") as server:
        server.load(WORLD)
        organizations(server, "CloseAccount", {"AccountId": ONE})
        same("pending", state(server, ONE), ("PENDING_CLOSURE", "PENDING_CLOSURE"))
        same("not twice", organizations(server, "CloseAccount", {"AccountId": ONE}).code, "ConflictException")
        same("seats go on", [row[2] for row in seats(server) if row[1] == ONE], ["ACTIVE", "PENDING"])
        server.control("POST", "clock/advance", {"by": "10m"})
        same("closed", state(server, ONE), ("CLOSED", "SUSPENDED"))
        same("seats ended", [row[2] for row in seats(server) if row[1] == ONE], ["CANCELED", "CANCELED"])


if __name__ == "__main__":
    sys.exit(main([an_organization_is_made_and_takes_accounts_in, pages_of_accounts_hold_everyone_once,
                   closing_one_account_ends_its_seats_and_no_others, the_quota_of_closures_rolls_over_thirty_days,
                   a_closure_takes_minutes_under_documented_timing]))
