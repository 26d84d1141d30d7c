# SPDX-License-Identifier: MIT
"""Calls of AWS with host names built in, signed by botocore and sent by urllib: what a script without boto3's models does."""
import json
import os
import urllib.request

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

DIRECTORY = ("https://identitystore.us-east-1.amazonaws.com/", "identitystore", "AWSIdentityStore", "1.1")
INSTANCES = ("https://sso.us-east-1.amazonaws.com/", "sso", "SWBExternalService", "1.1")
SEATS = ("https://service.user-subscriptions.us-east-1.amazonaws.com/", "user-subscriptions", "AWSZornControlPlaneService", "1.0")
PROFILES = {region: (f"https://codewhisperer.{region}.amazonaws.com/", "codewhisperer", "AWSCodeWhispererService", "1.0")
            for region in ("us-east-1", "eu-central-1")}
ASSIGNMENTS = {region: (f"https://codewhisperer.{region}.amazonaws.com/", "q", "AmazonQDeveloperService", "1.0")
               for region in PROFILES}


def call(service, operation, **body):
    url, scope, prefix, version = service
    request = AWSRequest("POST", url, data=json.dumps(body), headers={
        "Content-Type": f"application/x-amz-json-{version}", "X-Amz-Target": f"{prefix}.{operation}"})
    credentials = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"], os.environ.get("AWS_SESSION_TOKEN"))
    region = next(part for part in url.split(".") if part in PROFILES)
    SigV4Auth(credentials, scope, region).add_auth(request)
    sent = urllib.request.Request(url, request.body, dict(request.headers), method="POST")
    with urllib.request.urlopen(sent, timeout=30) as answer:
        return json.load(answer)


def user_id(name):
    store = call(INSTANCES, "ListInstances")["Instances"][0]["IdentityStoreId"]
    return call(DIRECTORY, "GetUserId", IdentityStoreId=store, AlternateIdentifier={
        "UniqueAttribute": {"AttributePath": "userName", "AttributeValue": name}})["UserId"]


def unsubscribe(region, user):
    """Take the seats away that are the user's own in this Region's profiles."""
    for profile in call(PROFILES[region], "ListProfiles")["profiles"]:
        call(ASSIGNMENTS[region], "DeleteAssignment", principalType="USER", principalId=user, profileArn=profile["arn"])


def seats(user):
    """The user's seats that have not ended, in the profiles of every Region."""
    instance = call(INSTANCES, "ListInstances")["Instances"][0]["InstanceArn"]
    rows = [row for region in PROFILES for row in call(
        SEATS, "ListUserSubscriptions", instanceArn=instance, subscriptionRegion=region)["subscriptions"]]
    return [row for row in rows if row["principal"].get("user") == user and row["status"] != "CANCELLED"]
