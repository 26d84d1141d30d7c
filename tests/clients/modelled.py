# SPDX-License-Identifier: MIT
"""A service asked by boto3 as far as its model goes and by hand beyond it, and inputs that the newest model here does not allow."""
import json

from botocore import xform_name
from botocore.exceptions import ClientError

import models
from aws_clients import boto
from checks import check, same

# Botocore's and our operations of a service: what was answered, what refused something, what this boto3 does not know.
VALID = {}       # operation: an input that was answered
REFUSED = set()
BY_HAND = set()
MODELLED = set()          # (service, operation) that the client itself called, and was answered
MODELLED_REFUSED = set()  # … and was refused
ANYTHING = models.ANYTHING


class Boto:
    """boto3 as a client of one service for one account and Region."""

    def __init__(self, server, service, key, region):
        self.client = boto(server, service, region, key)
        self.client.meta.events.register("after-call", self.keep)
        self.model = self.client.meta.service_model
        self.kept = None

    def keep(self, http_response, **_):
        """What came over the wire, for an older boto3 leaves out what it does not know."""
        self.kept = json.loads(http_response.content)

    def call(self, operation, members):
        """The error's name, or None."""
        try:
            getattr(self.client, xform_name(operation))(**members)
        except ClientError as error:
            return error.response["Error"]["Code"]
        return None


class Caller:
    """Calls of one account and Region to one service: the answer, or the error's name."""

    made_by = Boto  # the client that somebody else wrote

    def __init__(self, server, service, key, region="us-east-1"):
        self.server, self.service, self.key, self.region = server, service, key, region
        self.client = self.made_by(server, service, key, region)
        self.reason = None  # of the last error

    def is_modelled(self, operation, members):
        model = self.client.model
        if operation not in model.operation_names:
            return False
        shape = model.operation_model(operation).input_shape
        return set(members) <= set(shape.members if shape is not None else ())

    def ask(self, operation, **members):
        if self.is_modelled(operation, members):
            code, answer = self.client.call(operation, members), self.client.kept
            (MODELLED if code is None else MODELLED_REFUSED).add((self.service, operation))
        else:
            BY_HAND.add(operation)
            reply = self.server.aws(self.service, operation, members, self.region, self.key)
            code, answer = reply.code, reply.json
        if code is not None:
            REFUSED.add(operation)
            self.reason = (answer or {}).get("Reason")
            return code
        VALID.setdefault(operation, members)
        return answer

    def refuses(self, rows):
        """Rows of (error, operation, members), an error with a reason as `Error:REASON`: that error, and nothing done."""
        before = self.server.get("digest")
        for code, operation, members in rows:
            code, _, reason = code.partition(":")
            what = f"{operation} {json.dumps(members)[:150]}"
            same(what, self.ask(operation, **members), code)
            if reason:
                same(f"{what}: its reason", self.reason, reason)
        same("nothing was done", self.server.get("digest"), before)

    def pages(self, operation, member, **members):
        """A list read one item at a time."""
        items, token = [], None
        while True:
            page = self.ask(operation, MaxResults=1, **members, **({"NextToken": token} if token else {}))
            check(f"{operation}: a page holds one", isinstance(page, dict) and len(page[member]) <= 1, page)
            items += page[member]
            token = page.get("NextToken")
            if not token:
                return items


def wrong_values(shape):
    """Values that a shape does not allow, with what is wrong; None: they are of another kind."""
    kind = shape["type"]
    yield {"string": 7, "integer": "7", "boolean": "yes", "list": {}, "structure": [], "map": []}[kind], None
    if kind == "string":
        if "max" in shape:
            yield "a" * (shape["max"] + 1), "MAX_LENGTH_EXCEEDED"
        if shape.get("min", 0) > 0:
            yield "", "MIN_LENGTH_EXCEEDED"
        if "enum" in shape:
            yield "NEITHER", "INVALID_ENUM"
        if "pattern" in shape and "enum" not in shape and shape["pattern"] not in ANYTHING:
            yield "\u0007" * max(shape.get("min", 1), 1), "INVALID_PATTERN"
    if kind == "integer" and "max" in shape:
        yield shape["max"] + 1, "MAX_VALUE_EXCEEDED"
        yield shape["min"] - 1, "MIN_VALUE_EXCEEDED"
    if kind == "list" and shape.get("min", 0) > 0:
        yield [], "MIN_LENGTH_EXCEEDED"


def wrong_inputs(shape, valid, shapes):
    """Inputs with one member wrong, made from a valid one."""
    for name, member in shape.get("members", {}).items():
        inner = shapes[member["shape"]]
        if inner.get("document"):
            continue
        rest = {key: value for key, value in valid.items() if key != name}
        if name in shape.get("required", []):
            yield rest, "INPUT_REQUIRED"
        if inner["type"] == "list" and "max" in inner and valid.get(name):
            yield {**rest, name: valid[name][:1] * (inner["max"] + 1)}, "MAX_LENGTH_EXCEEDED"
        for value, violation in wrong_values(inner):
            yield {**rest, name: value}, violation
        if inner["type"] == "structure" and isinstance(valid.get(name), dict):
            for value, violation in wrong_inputs(inner, valid[name], shapes):
                yield {**rest, name: value}, violation
        if inner["type"] == "list" and valid.get(name):
            element = shapes[inner["member"]["shape"]]
            for value, violation in wrong_values(element):
                yield {**rest, name: [value]}, violation
            if element["type"] == "structure":
                for value, violation in wrong_inputs(element, valid[name][0], shapes):
                    yield {**rest, name: [value]}, violation


def every_wrong_input(model, operations):
    """Of each operation: (operation, input, what is wrong)."""
    for operation in sorted(operations):
        described = model["operations"][operation]
        if "input" not in described:
            continue
        shape = model["shapes"][described["input"]["shape"]]
        for body, violation in wrong_inputs(shape, VALID.get(operation, {}), model["shapes"]):
            yield operation, body, violation
