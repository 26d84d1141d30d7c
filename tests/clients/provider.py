# SPDX-License-Identifier: MIT
"""An identity provider's client for one SCIM tenant, in plain urllib, as a stranger would write it from the documents."""
import json
import urllib.parse

from server import send

PATCH_OP = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"


class Provider:
    """Knows where the tenant is and by which token it lets him in."""

    def __init__(self, server, names):
        self.server = server
        self.names = names
        self.base = names["scim"]["main"]["url"]
        self.token = names["scim"]["main"]["token"]

    def call(self, method, path, body=None, token=None, content_type="application/scim+json"):
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        if body is not None:
            headers["Content-Type"] = content_type
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        return send(self.base, method, path, data, headers)

    def patch(self, path, *operations):
        return self.call("PATCH", path, {"schemas": PATCH_OP, "Operations": list(operations)})

    def find(self, resource, text):
        """Status and ids of what a filter finds."""
        answer = self.call("GET", f"{resource}?filter={urllib.parse.quote(text)}")
        return answer.status, [item["id"] for item in (answer.json or {}).get("Resources", [])]

    def create(self, resource, body):
        """The answer to a POST that must succeed."""
        answer = self.call("POST", resource, body)
        assert answer.status == 201, answer
        return answer.json


def user(name, **more):
    """What a provider sends of a person at least."""
    return {"schemas": [USER], "userName": name, "displayName": name.title(),
            "name": {"givenName": name.title(), "familyName": "Example"}, **more}
