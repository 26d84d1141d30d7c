# SPDX-License-Identifier: MIT
"""boto3 clients that hold every answer against botocore's own model, and botocore's signatures for APIs without one."""
import json
import re
import uuid

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from botocore import xform_name

from checks import check, same
from server import SERVICES, send

ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
UNMODELLED_ERRORS = ("SerializationException", "UnknownOperationException", "InvalidSignatureException",
                     "UnrecognizedClientException")
KINDS = {"string": str, "integer": int, "long": int, "boolean": bool, "timestamp": (int, float), "structure": dict,
         "list": list, "map": dict}

# Values that Debian's models lack and newer ones have.
NEWER_VALUES = ("CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR", "NON_DETACHABLE_POLICY", "RESOURCE_CONTROL_POLICY")

CALLED = set()   # operations that answered
REFUSED = set()  # operations that refused


def faults(shape, value, path=""):
    """What botocore's shape does not allow in a raw JSON value, one text per fault."""
    if value is None or not isinstance(value, KINDS[shape.type_name]):
        yield f"{path or '/'} is {value!r}, not a {shape.type_name}"
        return
    rules = shape.metadata
    if rules.get("enum") and value not in (*rules["enum"], *NEWER_VALUES):
        yield f"{path} is {value!r}, not of {rules['enum']}"
    if isinstance(value, (str, list)) and not rules.get("min", 0) <= len(value) <= rules.get("max", 1 << 30):
        yield f"{path} has a length of {len(value)}"
    if isinstance(value, str) and "pattern" in rules and r"\p" not in rules["pattern"]:
        if not re.fullmatch(rules["pattern"], value):
            yield f"{path} is {value!r}, not like {rules['pattern']}"
    if shape.type_name == "structure":
        for name in shape.required_members:
            if name not in value:
                yield f"{path}/{name} is missing"
        for name, member in shape.members.items():
            if name in value:
                yield from faults(member, value[name], f"{path}/{name}")
    if shape.type_name == "list":
        for index, item in enumerate(value):
            yield from faults(shape.member, item, f"{path}/{index}")


def is_uuid(text):
    try:
        return str(uuid.UUID(text)) == text
    except (TypeError, ValueError):
        return False


def check_refusal(what, model, raw, headers, status):
    """An error is one that the operation's model knows, told in the body and in the headers alike."""
    code = raw.get("__type")
    shapes = {shape.name: shape for shape in model.error_shapes}
    check(f"{what}: {code} is an error of its model", code in shapes or code in UNMODELLED_ERRORS, raw)
    same(f"{what}: the header names the error", headers.get("x-amzn-errortype"), code)
    same(f"{what}: status", status, 400)
    if code not in shapes:
        return
    found = list(faults(shapes[code], raw))
    check(f"{what}: the error has its shape", not found, found)
    check(f"{what}: there is a message", bool(raw.get("Message")), raw)
    same(f"{what}: both spellings say the same", raw.get("Message"), raw.get("message"))
    if "RequestId" in shapes[code].members:
        same(f"{what}: RequestId is the header's", raw.get("RequestId"), headers.get("x-amzn-requestid"))
    if model.service_model.service_name == "identitystore":
        same(f"{what}: only a conflict has a reason", raw.get("Reason"),
             "UNIQUENESS_CONSTRAINT_VIOLATION" if code == "ConflictException" else None)


def check_answer(http_response, model, **_):
    """After every call of every boto3 client."""
    what = model.name
    headers = {name.lower(): value for name, value in http_response.headers.items()}
    raw = json.loads(http_response.content)
    same(f"{what}: content type", headers.get("content-type"), "application/x-amz-json-1.1")
    check(f"{what}: the request id is a UUID", is_uuid(headers.get("x-amzn-requestid")), headers)
    check(f"{what}: there is a Date", "date" in headers, headers)
    if http_response.status_code != 200:
        REFUSED.add(what)
        check_refusal(what, model, raw, headers, http_response.status_code)
        return
    CALLED.add(what)
    found = [] if model.output_shape is None else list(faults(model.output_shape, raw))
    check(f"{what}: the answer has its shape", not found, found)


def boto(server, service, region="us-east-1", key=ACCESS_KEY, validate=False):
    """A client that neither retries nor, unless told to, checks its parameters itself."""
    client = boto3.client(service, endpoint_url=server.url, region_name=region, aws_access_key_id=key,
                          aws_secret_access_key=SECRET_KEY,
                          config=Config(retries={"total_max_attempts": 1}, parameter_validation=validate))
    client.meta.events.register("after-call", check_answer)
    return client


def refused(client, operation, parameters):
    """The ClientError of a call, or None if it succeeded."""
    try:
        getattr(client, xform_name(operation))(**parameters)
    except ClientError as error:
        return error
    return None


def check_refused(client, row):
    """One row of a table: operation, parameters, code, what the error must say besides, words of the message."""
    operation, parameters, code, members, words = row
    what = f"{operation} {json.dumps(parameters)[:160]}"
    error = refused(client, operation, parameters)
    if not check(f"{what}: is refused", error is not None):
        return
    response = error.response
    same(f"{what}: code", response["Error"]["Code"], code)
    if code not in UNMODELLED_ERRORS:
        same(f"{what}: class", type(error).__name__, code)
    for name, value in members.items():
        same(f"{what}: {name}", response.get(name), value)
    check(f"{what}: the message says {words!r}", words in response["Error"].get("Message", ""), response["Error"])


def signed(server, service, operation, body, region="us-east-1", scope=None, prefix=None, key=ACCESS_KEY):
    """A call of an API that botocore has no model of, with botocore's own signature."""
    name, usual_prefix = SERVICES[service]
    data = json.dumps(body).encode()
    request = AWSRequest("POST", server.url + "/", data=data, headers={
        "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"{prefix or usual_prefix}.{operation}"})
    SigV4Auth(Credentials(key, SECRET_KEY), scope or name, region).add_auth(request)
    answer = send(server.url, "POST", "/", data, dict(request.headers.items()))
    (CALLED if answer.status == 200 else REFUSED).add(operation)
    wanted = "application/x-amz-json-1.1" if service == "sso-admin" else "application/x-amz-json-1.0"
    same(f"{operation}: content type", answer.headers.get("content-type"), wanted)
    return answer
