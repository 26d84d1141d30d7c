#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""mock-aws import: listings as the AWS CLI prints them become a world of the same shape, under the same names or others."""
import json
import os
import pathlib
import subprocess
import sys

from aws_clients import SECRET_KEY, signed
from checks import check, main, same
from server import Server

AWS = "/usr/bin/aws"
START = "2026-03-10T09:00:00Z"
KEY = "111122223333"  # a key of twelve digits calls as that account


def person(given, family, name, **more):
    return {"user_name": name, "attributes": {
        "Name": {"GivenName": given, "FamilyName": family, "Formatted": f"{given} {family}"},
        "DisplayName": f"{given} {family}", "Emails": [{"Value": f"{name.split('@')[0]}@corp.example", "Type": "work",
                                                        "Primary": True}], "Title": f"Title of {given}",
        "PhoneNumbers": [{"Value": "+49 30 1234"}]}, **more}


# A company with everything that a listing can show: names that differ in what is no letter only, e-mail addresses as names, no members, both
# kinds of seat for one person, a person disabled, a seat canceled.
COMPANY = {
    "start": START, "accounts": {"main": {"id": KEY}},
    "users": {"alice": person("Älice", "Ä", "alice@corp.example"), "bob": person("Bob", "B", "bob.b"),
              "bob2": person("Bob", "C", "bob-b"), "carol": person("Carol", "C", "Carol"),
              "dave": person("Dave", "D", "dave", active=False), "erin": person("Erin", "E", "erin"),
              "frank": person("Frank", "F", "frank"), "grace": {"user_name": "grace"},
              "heidi": person("Heidi", "H", "héidi")},
    "groups": {"devs": {"display_name": "Developers (EU) / \"core\"", "members": ["alice", "bob", "carol"]},
               "devs2": {"display_name": "developers EU core", "members": ["erin", "heidi"]},
               "empty": {"display_name": "Empty", "members": []}, "all": ["alice", "bob", "bob2", "dave", "frank"]},
    "assignments": [{"to": "group:devs", "plan": "pro", "at": "2026-01-05T08:00:00Z"},
                    {"to": "user:alice", "plan": "power", "at": "2026-02-03T04:05:06Z"},
                    {"to": "user:frank", "plan": "pro-plus", "at": "2026-02-01T00:00:00Z"},
                    {"to": "user:bob2", "plan": "pro-max", "at": "2026-03-01T00:00:00Z"},
                    {"to": "user:grace", "plan": "pro"}],
    "uses": [{"user": "alice", "at": "2026-01-06T00:00:00Z"}, {"user": "bob", "at": "2026-02-07T00:00:00Z"},
             {"user": "frank", "at": "2026-02-02T00:00:00Z"}, {"user": "grace"}]}
CANCELED = "erin"
CLAIMS = [("group", "devs", "KIRO_ENTERPRISE_PRO"), ("user", "alice", "KIRO_ENTERPRISE_POWER"),
          ("user", "frank", "Q_DEVELOPER_STANDALONE_PRO_PLUS"), ("user", "bob2", "KIRO_ENTERPRISE_PRO_MAX"),
          ("user", "grace", "KIRO_ENTERPRISE_PRO")]


def imports(program, *words):
    return subprocess.run([program, "import", *map(str, words)], capture_output=True, text=True, timeout=60, check=False)


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2))
    return path


class Listings:
    """A running company, listed into files by the AWS CLI (and by signed calls where it has no command)."""

    def __init__(self, program, folder):
        self.folder = folder
        with Server(program, folder) as server:
            self.names = server.load(COMPANY)
            self.store = self.names["instances"]["main"]["identity_store_id"]
            arn = self.names["instances"]["main"]["arn"]
            # A seat that was canceled: it stays listed until the month ends.
            user = {"principalId": self.names["users"][CANCELED], "principalType": "USER"}
            signed(server, "q", "CreateAssignment", {**user, "subscriptionType": "Q_DEVELOPER_STANDALONE_PRO"}, key=KEY)
            signed(server, "q", "DeleteAssignment", user, key=KEY)
            self.list_directory(server)
            pages, token = [], None
            while token or not pages:
                body = {"instanceArn": arn, "maxResults": 3, **({"nextToken": token} if token else {})}
                answer = signed(server, "user-subscriptions", "ListUserSubscriptions", body, key=KEY)
                same("a page of seats", answer.status, 200)
                pages.append(write(folder / f"seats{len(pages)}.json", answer.json))
                token = answer.json.get("nextToken")
            self.seats = pages
            self.company = shape(server)
        groups, users = self.names["groups"], self.names["users"]
        self.claims = write(folder / "claims.json", {"claims": [
            {"identifier": f"arn:aws:user-subscriptions::111122223333:subscription/{number}",
             "principal": {kind: (groups if kind == "group" else users)[name]}, "type": {"amazonQ": plan}}
            for number, (kind, name, plan) in enumerate(CLAIMS)]})

    def list_directory(self, server):
        def aws(path, *words):
            done = subprocess.run([AWS, "--endpoint-url", server.url, "--region", "us-east-1", "--output", "json", *words],
                                  capture_output=True, text=True, check=False, timeout=60, env={
                                      **os.environ, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
                                      "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull})
            same(f"aws {words[1]}", (done.returncode, done.stderr), (0, ""))
            path.write_text(done.stdout)
            return path
        store = ("--identity-store-id", self.store)
        self.users = aws(self.folder / "users.json", "identitystore", "list-users", *store)
        self.groups = aws(self.folder / "groups.json", "identitystore", "list-groups", *store)
        self.instances = aws(self.folder / "instances.json", "sso-admin", "list-instances")
        self.memberships = [aws(self.folder / f"members-{name}.json", "identitystore", "list-group-memberships", *store,
                                "--group-id", group) for name, group in self.names["groups"].items()]
        # A CLI whose model is older than UserStatus and OwnerAccountId drops them.
        listed = json.loads(self.users.read_text())
        for user in listed["Users"]:
            user.setdefault("UserStatus",
                            "DISABLED" if user["UserId"] == self.names["users"]["dave"] else "ENABLED")
        write(self.users, listed)
        listed = json.loads(self.instances.read_text())
        listed["Instances"][0].setdefault("OwnerAccountId", KEY)
        write(self.instances, listed)

    @property
    def all(self):
        return [self.users, self.groups, *self.memberships, *self.seats, self.claims, self.instances]


def shape(server):
    """What a world consists of, by the names that AWS's own calls show."""
    world = server.get("world")
    users = {name: user["user_name"] for name, user in world["users"].items()}
    live = [row for row in server.get("subscriptions")["subscriptions"] if row["status"] in ("PENDING", "ACTIVE")]
    return {"users": {user["user_name"]: (user["active"], user.get("attributes", {}).get("DisplayName"),
                                          user.get("attributes", {}).get("Emails")) for user in world["users"].values()},
            "groups": {group["display_name"]: sorted(users[name] for name in group["members"])
                       for group in world["groups"].values()},
            "seats": {row["user"]: (row["status"], row["plan"], len(row["sources"])) for row in live},
            "used": {row["user"]: row["activated_at"] for row in live},
            "account": [account["id"] for account in world["accounts"].values()]}


def counts(world):
    """The shape without the names."""
    return {"users": sorted(user[0] for user in world["users"].values()),
            "groups": sorted(len(members) for members in world["groups"].values()),
            "seats": sorted(world["seats"].values()), "used": sorted(map(str, world["used"].values()))}


def loaded(program, folder, document):
    with Server(program, folder, "--world", document) as server:
        return shape(server)


def a_company_comes_back(program, folder):
    listings = Listings(program, folder)
    same("the company has seats to compare", len(listings.company["seats"]), 6)
    world = folder / "world.json"
    done = imports(program, "--start", START, "--output", world, *listings.all)
    same("exit code", done.returncode, 0)
    same("nothing on stdout", done.stdout, "")
    check("the summary", "9 users (1 disabled), 4 groups, 10 memberships, 6 seats (4 active, 2 pending), 1 canceled"
          in done.stderr and done.stderr.endswith("; 0 warnings\n"), done.stderr)
    same("the same company", loaded(program, folder, world), listings.company)
    document = json.loads(world.read_text())
    handles = [*document["users"], *document["groups"]]
    check("handles are plain", all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for name in handles), handles)
    check("names that would be alike are not", {"bob-b", "bob-b-2", "h-idi"} <= set(handles) or
          {"bob-b", "bob-b-2"} <= set(handles), handles)
    check("what nobody needs stays out", "PhoneNumbers" not in world.read_text())
    named = imports(program, "--start", START, "--users", listings.users, "--groups", listings.groups, "--memberships",
                    *listings.memberships, "--subscriptions", *listings.seats, "--claims", listings.claims,
                    "--instances", listings.instances)
    same("the options say what the members say", named.stdout, world.read_text())
    spent = subprocess.run([program, "exec", "--world", world, "--", "/bin/sh", "-c", "echo $MOCK_USER_BOB_B_2"],
                           capture_output=True, text=True, timeout=60, check=False)
    check("exec takes it", spent.returncode == 0 and len(spent.stdout) > 30 and "6 stayed" in spent.stderr, spent)


def names_can_be_replaced(program, folder):
    listings = Listings(program, folder)
    world = folder / "world.json"
    done = imports(program, "--pseudonyms", "--start", START, *listings.all)
    same("exit code", done.returncode, 0)
    world.write_text(done.stdout)
    same("the same, whatever the order", imports(program, "--pseudonyms", "--start", START, *reversed(listings.all)).stdout
         .splitlines()[-12:], done.stdout.splitlines()[-12:])
    low = done.stdout.lower()
    for word in ("alice", "älice", "bob", "carol", "dave", "erin", "grace", "idi", "corp", "devel", "core", "empty", "title",
                 "111122223333"):
        check(f"no {word} in it", word not in low)
    copy = loaded(program, folder, world)
    same("the same shape", counts(copy), counts(listings.company))
    users = json.loads(done.stdout)["users"]
    same("names are numbers", sorted(users), [f"user-{number:04}" for number in range(1, 10)])
    same("a name that was an address is one", [name for name in copy["users"] if "@" in name],
         [name for name in copy["users"] if name.endswith("@example.com")])
    same("as many addresses", sum(bool(user[2]) for user in copy["users"].values()), 9)


def what_claims_would_tell(program, folder):
    listings = Listings(program, folder)
    known = [path for path in listings.all if path != listings.claims]

    def bare(name):
        """Listings that do not say how a seat is held."""
        page = {"subscriptions": [row for path in listings.seats
                                  for row in json.loads(path.read_text())["subscriptions"]]}
        for row in page["subscriptions"]:
            row.pop("aggregatedSubscriptionType", None)
        return write(folder / name, page)
    def seats(*words):
        done = imports(program, "--start", START, *words)
        same(f"{words[-1]}: exit code", done.returncode, 0)
        return json.loads(done.stdout)["assignments"], done.stderr

    silent = [path for path in known if path not in listings.seats] + [bare("bare.json")]
    assignments, said = seats(*silent)
    same("all are direct", sorted(row["to"].split(":")[0] for row in assignments), ["user"] * 6)
    check("and that is said", "5 seats may come through a group" in said and "--subscribed" in said, said)
    group = 'developers (eu) / "CORE"=pro'
    assignments, said = seats("--subscribed", group, *silent)
    same("the group's members have theirs through it", sorted(row["to"].split(":")[0] for row in assignments),
         ["group", "user", "user", "user"])
    check("alice's own cannot be told then", "warning: listed as ACTIVE, power" in said, said)
    assignments, said = seats("--subscribed", group, *known)
    same("the listing's own word counts", sorted(row["to"] for row in assignments if row["plan"] == "power"),
         ["user:alice"])
    check("and nothing is left to say but whose it is", "warning: listed" not in said, said)
    group_plan = [row for row in assignments if row["to"].startswith("group:")][0]
    same("since the first seat through it", group_plan["at"], "2026-01-05T08:00:00Z")


USERS = {"Users": [{"UserId": "u-1", "UserName": "anna", "Extra": {"x": 1}}, {"UserId": "u-2", "UserName": "ben"}]}
GROUPS = {"Groups": [{"GroupId": "g-1", "DisplayName": "devs"}]}


def seat(user, **more):
    return {"principal": {"user": user}, "type": {"amazonQ": "KIRO_ENTERPRISE_PRO"}, "status": "PENDING", **more}


def forms_of_a_time(program, folder):
    users = write(folder / "users.json", USERS)
    for what, date, at in (("text", "2026-02-01T12:00:00Z", "2026-02-01T12:00:00Z"),
                           ("offset", "2026-02-01T13:00:00+01:00", "2026-02-01T12:00:00Z"),
                           ("offset and fraction", "2026-02-01T06:30:00.123456-05:30", "2026-02-01T12:00:00Z"),
                           ("seconds", 1769947200, "2026-02-01T12:00:00Z"), ("a fraction", 1769947200.5, "2026-02-01T12:00:00Z"),
                           ("none", None, None)):
        seats = write(folder / "seats.json", {"subscriptions": [seat("u-1", status="ACTIVE", activationDate=date)]})
        done = imports(program, users, seats)
        same(f"{what}: exit code", done.returncode, 0)
        document = json.loads(done.stdout)
        same(f"{what}: uses", document["uses"], [{"user": "anna", **({"at": at} if at else {})}])
        same(f"{what}: start", document.get("start"), at)


# what, files, exit code, words of stderr; {0} is the first file's path
COMPLAINTS = [
    ("an unknown member of a membership", [{"GroupMemberships": [
        {"GroupId": "g-1", "MemberId": {"UserId": "u-1"}},
        {"GroupId": "g-1", "MemberId": {"UserId": "u-9"}}]}, USERS, GROUPS], 2, "{0}:12:19: u-9 is no user"),
    ("a membership in an unknown group", [{"GroupMemberships": [{"GroupId": "g-9", "MemberId": {"UserId": "u-1"}}]},
                                          USERS, GROUPS], 2, "{0}:4:18: g-9 is no group"),
    ("a claim for nobody", [{"claims": [{"principal": {"group": "g-9"}, "type": {"amazonQ": "KIRO_ENTERPRISE_PRO"}}]},
                            USERS], 2, "{0}:5:18: g-9 is no group"),
    ("a claim without a principal", [{"claims": [{"type": {}}]}, USERS], 2, "{0}:3:5: expected {{\"user\""),
    ("a seat of nobody", [{"subscriptions": [seat("u-9")]}, USERS], 0, "{0}:5:17: warning: u-9 is no user"),
    ("a plan that is none", [{"subscriptions": [seat("u-1", type={"amazonQ": "GOLD"})]}, USERS], 0,
     "warning: GOLD is no plan"),
    ("a status that is none", [{"subscriptions": [seat("u-1", status="ASLEEP")]}, USERS], 0, "warning: ASLEEP is no status"),
    ("a second seat", [{"subscriptions": [seat("u-1"), seat("u-1")]}, USERS], 0, "warning: a second seat of u-1"),
    ("a date that is none", [{"subscriptions": [seat("u-1", createdDate="soon")]}, USERS], 2, "no time; expected one like"),
    ("a downgrade to come", [{"subscriptions": [seat("u-1", activatedType={"amazonQ": "KIRO_ENTERPRISE_POWER"})]}, USERS], 0,
     "warning: a change from this plan is still to come; pro is taken"),
    ("a page twice", [USERS, USERS], 0, "warning: u-1 is there twice"),
    ("a name twice", [{"Users": [{"UserId": "1", "UserName": "x"}, {"UserId": "2", "UserName": "X"}]}], 2,
     "{0}:9:19: another one has the same UserName"),
    ("a user without a name", [{"Users": [{"UserId": "1"}]}], 2, "{0}:3:5: UserName is missing"),
    ("a user without an id", [{"Users": [{"UserName": "1"}]}], 2, "{0}:3:5: UserId is missing"),
    ("a user that is a number", [{"Users": [5]}], 2, "{0}:3:5: expected an object, as aws identitystore list-users"),
    ("users that are a map", [{"Users": {}}], 2, "{0}:2:12: not a list; expected Users (aws identitystore"),
    ("something else", [{"Accounts": []}], 2, "{0}:1:1: no known listing; expected Users (aws identitystore list-users), Groups"),
    ("a page that is missing", [{**USERS, "NextToken": "more"}], 0, "warning: Users: every page has a NextToken"),
    ("no users", [GROUPS], 2, "no Users"),
    ("a member of a subscribed group who has no seat", [
        USERS, GROUPS, {"GroupMemberships": [{"GroupId": "g-1", "MemberId": {"UserId": "u-2"}}]},
        {"claims": [{"principal": {"group": "g-1"}, "type": {"amazonQ": "KIRO_ENTERPRISE_PRO"}}]}], 0,
     "{0}:10:5: warning: not listed with a seat, but the world gives ben one: PENDING, pro"),
]


def complaints_say_where(program, folder):
    for what, values, code, words in COMPLAINTS:
        files = [write(folder / f"file{number}.json", value) for number, value in enumerate(values)]
        done = imports(program, *files)
        same(f"{what}: exit code", done.returncode, code)
        check(f"{what}: said", words.format(files[0]) in done.stderr, done.stderr)
        check(f"{what}: a document or none", bool(done.stdout) == (code == 0), done.stdout)
    users = write(folder / "users.json", USERS)
    broken = folder / "broken.json"
    broken.write_text('{"Users": [\n  {"UserId" 5}]}')
    for words, code, said in (
            ([broken], 2, f"{broken}:2:13: "), ([folder / "nowhere.json"], 2, "nowhere.json: cannot be read"),
            ([folder], 2, "Is a directory"), ([], 2, "wants files"), (["--groups", users], 2, "expected Groups (aws"),
            (["--users"], 2, "wants files"), (["--start", "soon", users], 2, "'soon' is no time"),
            (["--subscribed", "devs", users], 2, "expected GROUP=PLAN"),
            (["--subscribed", "devs=pro", users], 2, "'devs' is no group of the listings"),
            (["--pseudonym", users], 2, "--pseudonyms"),
            (["--output", folder / "no" / "file", users], 3, "cannot be written: No such file")):
        done = imports(program, *words)
        same(f"{words}: exit code", done.returncode, code)
        check(f"{words}: said", said in done.stderr, done.stderr)
    done = imports(program, "--help")
    check("--help", done.returncode == 0 and "--pseudonyms" in done.stdout and done.stderr == "", done)


def seats_come_from_wherever_they_can_be_had(program, folder):
    """The AWS CLI cannot list seats: the console's CSV, --subscribed, or a word about it."""
    people = {"Users": [{"UserId": f"u-{n}", "UserName": name} for n, name in enumerate(("ana", "cid", "dee", "eve", "fay"))]}
    (folder / "users.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(people).encode())
    users = folder / "users.json"
    groups = write(folder / "groups.json", {"Groups": [{"GroupId": "g-1", "DisplayName": "devs"}]})
    members = write(folder / "members.json", {"GroupMemberships": [{"GroupId": "g-1", "MemberId": {"UserId": "u-2"}}]})
    done = imports(program, users, groups, members)
    check("a world without a seat says so", done.returncode == 0 and "without a single seat" in done.stderr and
          "--subscribed GROUP=PLAN" in done.stderr, done.stderr)
    done = imports(program, "--subscribed=devs=pro", users, groups, members)
    check("not with --subscribed", done.returncode == 0 and "without a single seat" not in done.stderr, done.stderr)
    table = folder / "seats.csv"
    table.write_bytes(b"\xef\xbb\xbfUser Name,Kiro plan,Subscription status,Plan source,Activation date\r\n"
                      b"ana,Pro,Active,Individual,2026-03-02\r\n\"CID\",Kiro Pro+,Active,Individual,2026-03-02T10:00:00Z\r\n"
                      b"00000002-aaaa,Pro,Canceled,Individual,2026-03-02\r\neve,PRO_MAX,Pending,Individual,\r\n\r\nfay,KIRO_ENTERPRISE_POWER,Active,,2026-06-16\r\n")
    names = folder / "names.tsv"
    done = imports(program, "--pseudonyms", "--names", names, users, table)
    same("the console's CSV", done.returncode, 0)
    check("all that is in it", "4 seats (3 active, 1 pending), 1 canceled" in done.stderr, done.stderr)
    same("who became whom", names.read_text(), "".join(f"user-{n + 1:04}\t{user['UserName']}\n" for n, user in enumerate(people["Users"])))
    copy = loaded(program, folder, write_text(folder / "world.json", done.stdout))
    same("as seats", copy["seats"], {"user-0001": ("ACTIVE", "pro", 1), "user-0002": ("ACTIVE", "pro-plus", 1),
                                     "user-0004": ("PENDING", "pro-max", 1), "user-0005": ("ACTIVE", "power", 1)})
    table.write_text("User name,Subscription status,Kiro plan\nana,Active,Pro\nnobody,Active,Pro\n")
    done = imports(program, users, table)
    check("the line of somebody unknown", f"{table}:3:" in done.stderr and "nobody is no user" in done.stderr, done.stderr)
    done = imports(program, "--start", "2026-01-01T00:00:00Z", "--start=2026-02-01T00:00:00Z", users)
    check("twice", done.returncode == 2 and "'--start' is given twice" in done.stderr, done.stderr)
    done = subprocess.run([program, "import", "-"], input=json.dumps(people), capture_output=True, text=True, check=False)
    check("standard input", done.returncode == 0 and '"dee"' in done.stdout, done.stderr)


def a_large_company(program, folder):
    people = 3000
    users = write(folder / "users.json", {"Users": [
        {"UserId": f"u-{n}", "UserName": f"person.{n}@corp.example", "DisplayName": f"Person {n}",
         "Emails": [{"Value": f"person.{n}@corp.example", "Primary": True}]} for n in range(people)]})
    groups = write(folder / "groups.json", {"Groups": [{"GroupId": f"g-{n}", "DisplayName": f"Team {n}"} for n in range(50)]})
    members = write(folder / "members.json", {"GroupMemberships": [
        {"GroupId": f"g-{n % 50}", "MemberId": {"UserId": f"u-{n}"}} for n in range(people)]})
    seats = write(folder / "seats.json", {"subscriptions": [
        seat(f"u-{n}", aggregatedSubscriptionType="INDIVIDUAL") for n in range(0, people, 3)]})
    done = imports(program, users, groups, members, seats)
    same("exit code", done.returncode, 0)
    check("all of it", "3000 users (0 disabled), 50 groups, 3000 memberships, 1000 seats" in done.stderr and
          done.stderr.endswith("; 0 warnings\n"), done.stderr)
    check("it loads", pathlib.Path(write_text(folder / "world.json", done.stdout)).exists())
    copy = loaded(program, folder, folder / "world.json")
    same("as many seats", len(copy["seats"]), 1000)


def write_text(path, text):
    path.write_text(text)
    return path


if __name__ == "__main__":
    sys.exit(main([a_company_comes_back, names_can_be_replaced, what_claims_would_tell, forms_of_a_time,
                   complaints_say_where, seats_come_from_wherever_they_can_be_had, a_large_company]))
