# SPDX-License-Identifier: MIT
"""What a cost team reads, by boto3 and by file, held against the bill: whatever the cut, the sum is the bill's, to the cent."""
import csv
import datetime
import io
import itertools

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from aws_clients import ACCESS_KEY, SECRET_KEY
from checks import check, main, same
from server import Server

ACCOUNT, MEMBER, OUTSIDER = "123456789012", "222222222222", "333333333333"
PLANS = ("pro", "pro-plus", "pro-max", "power")
NAMES = {"pro": "Pro", "pro-plus": "ProPlus", "pro-max": "ProMax", "power": "Power"}
ALL_COSTS = ["UnblendedCost", "BlendedCost", "AmortizedCost", "NetUnblendedCost", "NetAmortizedCost"]
KIRO = {"Dimensions": {"Key": "SERVICE", "Values": ["Kiro"]}}


def ce(server, key=ACCESS_KEY):
    return boto3.client("ce", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id=key,
                        aws_secret_access_key=SECRET_KEY,
                        config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))


def cents(text):
    """Integer cents of a decimal text with two places; floats have no place in money."""
    whole, places = text.lstrip("-").split(".")
    assert len(places) == 2, text
    return (int(whole) * 100 + int(places)) * (-1 if text.startswith("-") else 1)


def next_month(month):
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}"


def period(month):
    return {"Start": f"{month}-01", "End": f"{next_month(month)}-01"}


def rows(server, path):
    answer = server.control("GET", "finops/" + path)
    assert answer.status == 200, answer
    same(f"{path}: content type", answer.headers["content-type"], "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.body.decode())))


def bill(server, month):
    return server.get(f"bill?month={month}")


def cost(client, month, granularity="MONTHLY", metrics=("UnblendedCost",), **more):
    return client.get_cost_and_usage(TimePeriod=period(month), Granularity=granularity, Metrics=list(metrics), **more)


def total_of(answer, metric="UnblendedCost"):
    """The sum over all periods, of the totals or of the groups."""
    return sum(cents(part["Metrics"][metric]["Amount"]) for result in answer["ResultsByTime"] for part in result["Groups"]) + \
        sum(cents(result["Total"][metric]["Amount"]) for result in answer["ResultsByTime"] if result["Total"])


def worlds():
    """A few worlds with all that a month can hold: starts in the month, upgrades, two sources, two profiles, leavers, members' accounts."""
    for number, (plan, later) in enumerate(itertools.product(PLANS[:2], PLANS[1:])):
        people = [f"p{index}" for index in range(9)]
        uses = [{"user": person, "profile": "us", "at": f"2026-0{3 + index % 3}-{1 + (index * 7 + number * 5) % 19:02}T10:00:00Z"}
                for index, person in enumerate(people[:7])]
        uses += [{"user": "p1", "profile": "eu", "at": "2026-05-17T10:00:00Z"}]
        yield later, {
            "start": "2026-05-20T09:00:00Z",
            "accounts": {"boss": {"id": ACCOUNT, "organization": "acme", "management": True},
                         "team": {"id": MEMBER, "organization": "acme"}},
            "users": people, "groups": {"devs": people[:4]},
            "instances": {"main": {"account": "boss"}},
            "profiles": {"us": {"region": "us-east-1", "account": "boss"}, "eu": {"region": "eu-central-1", "account": "team"}},
            "assignments": [{"to": "group:devs", "plan": plan, "profile": "us", "at": "2026-03-01T00:00:00Z"},
                            {"to": "user:p0", "plan": later, "profile": "us", "at": "2026-04-11T00:00:00Z"},
                            {"to": "user:p1", "plan": "pro", "profile": "eu", "at": "2026-03-01T00:00:00Z"}] +
                           [{"to": f"user:{person}", "plan": plan, "profile": "us", "at": "2026-03-01T00:00:00Z"}
                            for person in people[4:]],
            "uses": uses}


def change(server, names, later):
    """An upgrade, a downgrade, a leaver and a member who goes, in the running month."""
    plan = {"pro": "PRO", "pro-plus": "PRO_PLUS", "pro-max": "PRO_MAX", "power": "POWER"}[later]
    users = names["users"]
    for user in ("p4", "p5"):
        server.aws("q", "UpdateAssignment", {"principalId": users[user], "principalType": "USER",
                                             "subscriptionType": f"Q_DEVELOPER_STANDALONE_{plan}"})
    store = names["instances"]["main"]["identity_store_id"]
    same("a leaver", server.aws("identitystore", "DeleteUser", {"IdentityStoreId": store, "UserId": users["p2"]}).status, 200)
    same("another", server.aws("q", "DeleteAssignment", {"principalId": users["p6"], "principalType": "USER"}).status, 200)


def held_against_the_bill(server, month, what):
    total = cents(bill(server, month)["total"])
    client = ce(server)
    same(f"{what}: Cost Explorer by month", total_of(cost(client, month)), total)
    same(f"{what}: by day", total_of(cost(client, month, "DAILY")), total)
    for metric in ALL_COSTS:
        same(f"{what}: {metric}", total_of(cost(client, month, "DAILY", [metric]), metric), total)
    for keys in (["SERVICE"], ["USAGE_TYPE"], ["LINKED_ACCOUNT", "USAGE_TYPE"], ["REGION", "RECORD_TYPE"]):
        groups = [{"Type": "DIMENSION", "Key": key} for key in keys]
        for granularity in ("DAILY", "MONTHLY"):
            same(f"{what}: {granularity} by {keys}", total_of(cost(client, month, granularity, GroupBy=groups)), total)
    report = rows(server, f"cur.csv?month={month}")
    same(f"{what}: the cost and usage report", sum(cents(row["line_item_unblended_cost"]) for row in report), total)
    ids = [row["identity_line_item_id"] for row in report]
    same(f"{what}: its ids are its own", len(set(ids)), len(ids))
    roster = server.get(f"finops/roster?month={month}")
    same(f"{what}: the roster says it", cents(roster["total"]), total)
    same(f"{what}: and so do its rows", sum(cents(seat["charged"]) for seat in roster["seats"]), total)
    same(f"{what}: and as CSV", [row["charged"] for row in rows(server, f"roster.csv?month={month}")],
         [seat["charged"] for seat in roster["seats"]])
    same(f"{what}: the bill's lines", sum(cents(row["amount"]) for row in rows(server, f"bill.csv?month={month}")), total)
    accounts = {ACCOUNT: 0, MEMBER: 0}
    for line in bill(server, month)["lines"]:
        accounts[line["account"]] += cents(line["amount"])
    same(f"{what}: a member sees its own", total_of(cost(ce(server, MEMBER), month)), accounts[MEMBER])
    same(f"{what}: nobody else sees any", total_of(cost(ce(server, OUTSIDER), month)), 0)
    split = cost(client, month, GroupBy=[{"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"}])["ResultsByTime"][0]["Groups"]
    same(f"{what}: the payer sees whose", {group["Keys"][0]: cents(group["Metrics"]["UnblendedCost"]["Amount"]) for group in split},
         {account: amount for account, amount in accounts.items() if amount or account in {group["Keys"][0] for group in split}})
    return total


def every_output_sums_up_to_the_bill(program, folder):
    for number, (later, world) in enumerate(worlds()):
        for dates in ("on-the-day", "daily"):
            with Server(program, folder) as server:
                same("the reading", server.control("PUT", "edition", {"override": {"fee_line_date": dates}}).status, 200)
                names = server.load(world)
                what = f"world {number}, {dates}"
                for month in ("2026-03", "2026-04", "2026-05"):
                    held_against_the_bill(server, month, f"{what}, {month}")
                change(server, names, later)
                total = held_against_the_bill(server, "2026-05", f"{what}, after changes")
                check(f"{what}: there is something to pay", total > 0)
                server.control("POST", "clock/advance", {"to": "next-month"})
                held_against_the_bill(server, "2026-05", f"{what}, the month after")
                held_against_the_bill(server, "2026-06", f"{what}, next month")


ONE = {"start": "2026-06-10T09:00:00Z", "users": ["alice"],
       "assignments": [{"to": "user:alice", "plan": "pro", "at": "2026-04-01T00:00:00Z"}],
       "uses": [{"user": "alice", "at": "2026-04-21T12:00:00Z"},
                {"user": "alice", "at": "2026-04-21T13:00:00Z"}, {"user": "alice", "at": "2026-06-02T00:00:00Z"}]}


def by_day(server, month):
    answer = cost(ce(server), month, "DAILY")
    return {result["TimePeriod"]["Start"]: cents(result["Total"]["UnblendedCost"]["Amount"])
            for result in answer["ResultsByTime"] if result["Total"]["UnblendedCost"]["Amount"] != "0.00"}


def a_fee_stands_on_the_1st_or_is_spread(program, folder):
    """Rule bill-line-date."""
    with Server(program, folder) as server:
        server.load(ONE)
        same("a full fee stands on the 1st", by_day(server, "2026-06"), {"2026-06-01": 2000})
        same("a share on the day that made it", by_day(server, "2026-04"), {"2026-04-21": 667})
        server.control("PUT", "edition", {"override": {"fee_line_date": "daily"}})
        spread = by_day(server, "2026-06")
        same("or on every day of the month", sorted(spread), [f"2026-06-{day:02}" for day in range(1, 31)])
        same("all of it", sum(spread.values()), 2000)
        check("evenly", set(spread.values()) <= {66, 67}, spread)
        share = by_day(server, "2026-04")
        same("a share from its day to the month's end", sorted(share), [f"2026-04-{day:02}" for day in range(21, 31)])
        same("all of that", sum(share.values()), 667)
        dates = [row["line_item_usage_start_date"][:10] for row in rows(server, "cur.csv?month=2026-06")]
        same("the report as well", dates, sorted(spread))
        server.control("PUT", "edition", {"override": {"fee_line_date": "on-the-day"}})
        same("or one line there", [row["line_item_usage_start_date"] for row in rows(server, "cur.csv?month=2026-06")],
             ["2026-06-01T00:00:00Z"])


def the_fee_is_kiros_and_the_export_says_whose(program, folder):
    """Rule bill-payer."""
    with Server(program, folder) as server:
        names = server.load(ONE)
        alice = names["users"]["alice"]
        client = ce(server)
        services = cost(client, "2026-06", GroupBy=[{"Type": "DIMENSION", "Key": "SERVICE"}])["ResultsByTime"][0]["Groups"]
        same("one service", services, [{"Keys": ["Kiro"], "Metrics": {"UnblendedCost": {"Amount": "20.00", "Unit": "USD"}}}])
        for plan in PLANS:
            server.aws("q", "UpdateAssignment", {"principalId": alice, "principalType": "USER",
                                                 "subscriptionType": f"Q_DEVELOPER_STANDALONE_{plan.upper().replace('-', '_')}"})
        types = [group["Keys"][0] for group in cost(client, "2026-06", GroupBy=[{"Type": "DIMENSION", "Key": "USAGE_TYPE"}])[
            "ResultsByTime"][0]["Groups"]]
        same("usage types", sorted(types), sorted(f"USE1-KiroEnterprise-{NAMES[plan]}" for plan in PLANS))
        users = cost(client, "2026-06", GroupBy=[{"Type": "DIMENSION", "Key": "SERVICE"}])
        check("Cost Explorer names nobody", alice not in str(users["ResultsByTime"]))
        report = rows(server, "cur.csv?month=2026-06")
        check("the export does", all(row["line_item_resource_id"].endswith("/" + alice) for row in report), report)
        same("product", {row["line_item_product_code"] for row in report}, {"Kiro"})
        same("record types", [row["line_item_line_item_type"] for row in report],
             ["FlatRateSubscription"] + ["Refund", "FlatRateSubscription"] * 3)
        same("payer and owner", {(row["bill_payer_account_id"], row["line_item_usage_account_id"]) for row in report},
             {(ACCOUNT, ACCOUNT)})
        amounts = [(row["line_item_unblended_cost"], row["line_item_unblended_rate"], row["line_item_usage_amount"]) for row in report]
        same("units", amounts[0], ("20.00", "20.00", "1.0000000000"))
        same("refunded units", amounts[1], ("-20.00", "20.00", "-1.0000000000"))
        usage = cost(client, "2026-06", metrics=["UsageQuantity"])["ResultsByTime"][0]["Total"]
        same("quantity", usage, {"UsageQuantity": {"Amount": "1.0000000000", "Unit": "N/A"}})
        by_resource = client.get_cost_and_usage_with_resources(
            TimePeriod={"Start": "2026-05-28", "End": "2026-06-11"}, Granularity="DAILY", Filter=KIRO, Metrics=["UnblendedCost"],
            GroupBy=[{"Type": "DIMENSION", "Key": "RESOURCE_ID"}])
        found = {key for result in by_resource["ResultsByTime"] for group in result["Groups"] for key in group["Keys"]}
        same("by resource, of the last days", found, {report[0]["line_item_resource_id"]})
        same("all of it", total_of(by_resource), 20000)


def filters_and_periods(program, folder):
    with Server(program, folder) as server:
        server.load(ONE)
        client = ce(server)

        def filtered(expression):
            return total_of(cost(client, "2026-06", Filter=expression))

        def dimension(key, *values, **more):
            return {"Dimensions": {"Key": key, "Values": list(values), **more}}

        usage = "USE1-KiroEnterprise-Pro"
        for what, expression, expected in (
                ("the service", KIRO, 2000), ("another", dimension("SERVICE", "Amazon EC2"), 0),
                ("one of several", dimension("SERVICE", "Amazon EC2", "Kiro"), 2000),
                ("not", {"Not": KIRO}, 0), ("not another", {"Not": dimension("SERVICE", "x")}, 2000),
                ("and", {"And": [KIRO, dimension("USAGE_TYPE", usage)]}, 2000),
                ("and not", {"And": [KIRO, {"Not": dimension("USAGE_TYPE", usage)}]}, 0),
                ("or", {"Or": [dimension("SERVICE", "x"), dimension("REGION", "us-east-1")]}, 2000),
                ("case", dimension("SERVICE", "kiro"), 0),
                ("no case", dimension("SERVICE", "kiro", MatchOptions=["EQUALS", "CASE_INSENSITIVE"]), 2000),
                ("starts", dimension("USAGE_TYPE", "USE1-", MatchOptions=["STARTS_WITH"]), 2000),
                ("ends", dimension("USAGE_TYPE", "-Pro", MatchOptions=["ENDS_WITH"]), 2000),
                ("ends not", dimension("USAGE_TYPE", "-Pr", MatchOptions=["ENDS_WITH"]), 0),
                ("contains", dimension("USAGE_TYPE", "enterprise", MatchOptions=["CONTAINS", "CASE_INSENSITIVE"]), 2000),
                ("a dimension that Kiro lacks", dimension("INSTANCE_TYPE", "t3.micro"), 0),
                ("a tag", {"Tags": {"Key": "team", "Values": ["a"]}}, 0),
                ("no tag", {"Tags": {"Key": "team", "MatchOptions": ["ABSENT"]}}, 2000),
                ("the account", dimension("LINKED_ACCOUNT", ACCOUNT), 2000)):
            same(f"filter: {what}", filtered(expression), expected)
        spans = client.get_cost_and_usage(TimePeriod={"Start": "2026-04-20", "End": "2026-06-15"}, Granularity="MONTHLY",
                                          Metrics=["UnblendedCost"])["ResultsByTime"]
        same("periods are cut at the ends", [(result["TimePeriod"]["Start"], result["TimePeriod"]["End"]) for result in spans],
             [("2026-04-20", "2026-05-01"), ("2026-05-01", "2026-06-01"), ("2026-06-01", "2026-06-15")])
        same("amounts", [result["Total"]["UnblendedCost"]["Amount"] for result in spans], ["6.67", "20.00", "20.00"])
        same("what may still change", [result["Estimated"] for result in spans], [False, False, True])
        tagged = cost(client, "2026-06", GroupBy=[{"Type": "TAG", "Key": "team"}])["ResultsByTime"][0]["Groups"]
        same("costs without a tag", [group["Keys"] for group in tagged], [["team$"]])
        whole = period("2026-06")
        rows_wrong = [
            ({"TimePeriod": None}, "ValidationException"), ({"Granularity": "WEEKLY"}, "ValidationException"),
            ({"Granularity": "HOURLY"}, "ValidationException"), ({"Metrics": []}, "ValidationException"),
            ({"Metrics": ["Cost"]}, "ValidationException"), ({"Metrics": None}, "ValidationException"),
            ({"TimePeriod": {"Start": "2026-06-01"}}, "ValidationException"),
            ({"TimePeriod": {"Start": "2026-6-1", "End": "2026-07-01"}}, "ValidationException"),
            ({"TimePeriod": {"Start": "2026-02-30", "End": "2026-07-01"}}, "ValidationException"),
            ({"TimePeriod": {"Start": "2026-06-05", "End": "2026-06-05"}}, "ValidationException"),
            ({"TimePeriod": {"Start": "2026-06-05", "End": "2026-07-02"}}, "ValidationException"),
            ({"TimePeriod": {"Start": "2025-01-05", "End": "2026-07-01"}}, "ValidationException"),
            ({"TimePeriod": {"Start": "2026-06-01T00:00:00Z", "End": "2026-06-02T00:00:00Z"}}, "ValidationException"),
            ({"NextPageToken": "x"}, "InvalidNextTokenException"), ({"Filter": {}}, "ValidationException"),
            ({"Filter": {**KIRO, "Not": KIRO}}, "ValidationException"), ({"Filter": {"And": [KIRO]}}, "ValidationException"),
            ({"Filter": {"And": [KIRO, {}]}}, "ValidationException"), ({"Filter": {"Not": {"Dimensions": {}}}}, "ValidationException"),
            ({"Filter": {"Or": [KIRO, {"Dimensions": {"Key": "NOTHING", "Values": ["x"]}}]}}, "ValidationException"),
            ({"Filter": {"Dimensions": {"Key": "SERVICE"}}}, "ValidationException"),
            ({"Filter": {"Dimensions": {"Key": "SERVICE", "Values": ["Kiro"], "MatchOptions": ["LIKE"]}}}, "ValidationException"),
            ({"GroupBy": [{"Type": "DIMENSION", "Key": "SERVICE"}] * 3}, "ValidationException"),
            ({"GroupBy": [{"Type": "DIMENSION", "Key": "RESOURCE_ID"}]}, "ValidationException"),
            ({"GroupBy": [{"Type": "DIMENSION", "Key": "NOTHING"}]}, "ValidationException"),
            ({"GroupBy": [{"Key": "SERVICE"}]}, "ValidationException"), ({"GroupBy": [{"Type": "ROW", "Key": "a"}]}, "ValidationException")]
        for wrong, code in rows_wrong:
            body = {"TimePeriod": whole, "Granularity": "DAILY", "Metrics": ["UnblendedCost"], **wrong}
            try:
                client.get_cost_and_usage(**{name: value for name, value in body.items() if value is not None})
                check(f"refused: {wrong}", False)
            except ClientError as error:
                same(f"refused: {wrong}", error.response["Error"]["Code"], code)
                same(f"status: {wrong}", error.response["ResponseMetadata"]["HTTPStatusCode"], 400)
        wrong = {"TimePeriod": whole, "Granularity": "DAILY", "Metrics": ["UnblendedCost"]}
        for member, value, code in (("BillingViewArn", "x", "ValidationException"), ("Filter", {"Not": 7}, "SerializationException")):
            same(f"refused: {member}", server.aws("ce", "GetCostAndUsage", {**wrong, member: value}).code, code)
        for path in ("roster?month=2026-07", "bill.csv?month=June", "cur.csv?account=1", "activity.csv?month=2026-13", "roster?day=1"):
            same(f"refused: {path}", server.control("GET", "finops/" + path).code, "ValidationException")


def rosters_and_reports_say_who(program, folder):
    with Server(program, folder) as server:
        odd = 'Smith,"Al"'
        names = server.load({**ONE, "users": ["alice", odd], "assignments": ONE["assignments"] + [
            {"to": f"user:{odd}", "plan": "power", "at": "2026-06-01T00:00:00Z"}]})
        alice, other = names["users"]["alice"], names["users"][odd]
        roster = server.get("finops/roster")
        same("month", (roster["month"], roster["currency"], roster["total"]), ("2026-06", "USD", "20.00"))
        seen = {seat["user"]: (seat["user_id"], seat["status"], seat["plan"], seat["source"], seat["charged"]) for seat in roster["seats"]}
        same("people", seen, {"alice": (alice, "ACTIVE", "pro", "user", "20.00"), odd: (other, "PENDING", "power", "user", "0.00")})
        same("the CSV quotes what it must", [row["user"] for row in rows(server, "roster.csv")], ["alice", odd])
        same("another account has none", server.get("finops/roster?account=999999999999")["seats"], [])
        arn = names["profiles"]["main"]
        same("the report per user", rows(server, "activity.csv?month=2026-04"), [
            {"Date": "2026-04-21", "UserId": alice, "ProfileId": arn, "Subscription_Tier": "PRO", "Total_Messages": "2", "Credits_Used": "0.02"}])
        same("of the current month", [row["Date"] for row in rows(server, "activity.csv")], ["2026-06-02"])
        server.aws("q", "DeleteAssignment", {"principalId": alice, "principalType": "USER"})
        server.control("POST", "clock/advance", {"to": "next-month"})
        same("who left is no longer on it", [seat["user"] for seat in server.get("finops/roster")["seats"]], [odd])
        last = server.get("finops/roster?month=2026-06")["seats"]
        same("but on that of the month he is charged for", [(seat["user"], seat["charged"]) for seat in last],
             [("alice", "20.00"), (odd, "0.00")])
        today = datetime.date(2026, 7, 1).isoformat()
        same("and no line is there on the 1st", by_day(server, "2026-07").get(today), None)


TESTS = [every_output_sums_up_to_the_bill, a_fee_stands_on_the_1st_or_is_spread, the_fee_is_kiros_and_the_export_says_whose,
         filters_and_periods, rosters_and_reports_say_who]

if __name__ == "__main__":
    raise SystemExit(main(TESTS))
