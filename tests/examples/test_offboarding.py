# SPDX-License-Identifier: MIT
"""How a test of one's own off-boarding looks: python3 -m unittest test_offboarding (or pytest), with MOCK_AWS naming the program."""
import unittest

import boto3
import mock_aws_server

WORLD = {"start": "2026-06-04T09:00:00Z", "users": ["alice", "bob"], "groups": {"devs": ["alice", "bob"]},
         "assignments": [{"to": "group:devs", "plan": "pro", "at": "2026-03-01T00:00:00Z"}],
         "uses": [{"user": "alice", "at": "2026-03-02T09:00:00Z"}, {"user": "bob", "at": "2026-03-02T09:00:00Z"}]}


def offboard(directory, store, name):
    """What is to be tested: the user goes, and with him his memberships."""
    found = directory.get_user_id(IdentityStoreId=store, AlternateIdentifier={
        "UniqueAttribute": {"AttributePath": "userName", "AttributeValue": name}})
    directory.delete_user(IdentityStoreId=store, UserId=found["UserId"])


class Offboarding(unittest.TestCase):
    def setUp(self):
        self.mock = self.enterContext(mock_aws_server.running(WORLD))
        self.directory = boto3.client("identitystore", endpoint_url=self.mock.url, region_name="us-east-1",
                                      aws_access_key_id="test", aws_secret_access_key="test")
        self.addCleanup(self.directory.close)

    def seats(self):
        rows = mock_aws_server.control(self.mock.url, "subscriptions")["subscriptions"]
        return [(row["status"], row["rule"]) for row in rows]

    def test_who_leaves_has_no_seat_and_nobody_else_loses_one(self):
        offboard(self.directory, self.mock.ids["instances"]["main"]["identity_store_id"], "alice")
        self.assertEqual(self.seats(), [("CANCELED", "auto-user-deleted"), ("ACTIVE", None)])

    def test_every_test_has_a_world_of_its_own(self):
        self.assertEqual(self.seats(), [("ACTIVE", None), ("ACTIVE", None)])


if __name__ == "__main__":
    unittest.main()
