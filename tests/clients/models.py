# SPDX-License-Identifier: MIT
"""Holds the operations that mock-aws offers against the service models of the newest botocore on this machine.

Of every offered operation: members of the input with their constraints as modelled, no member of the output that the model lacks, every
required one declared. Debian 12's models are older than what is mocked: against them an operation or member that they lack is no failure.
"""
import gzip
import json
import pathlib
import subprocess
import sys

import checks

# Model of botocore by our name of the service.
MODELS = {"identitystore": "identitystore", "sso": "sso-admin", "organizations": "organizations",
          "sts": "sts", "iam": "iam", "account": "account", "cloudtrail": "cloudtrail", "ce": "ce",
          "servicequotas": "service-quotas"}
CURRENT = (1, 43)
SCALARS = {"string": "text", "integer": "integer", "long": "integer", "boolean": "boolean",
           "timestamp": "timestamp", "double": "number", "float": "number", "list": "list",
           "map": "map", "structure": "structure", "blob": "text"}
ANYTHING = ("[\\s\\S]*", "[\\S\\s]*", ".*", "(?s).*")
LOOK = "import botocore, json; print(json.dumps([botocore.__version__, botocore.__path__[0]]))"
# Constraints that the service itself holds otherwise than its model: (service, path): what ours say, and why.
DELIBERATE = {}


def newest_models():
    """Version and data folder of the newest botocore that some Python here can import."""
    found = []
    for python in ("python3", "/usr/bin/python3"):
        done = subprocess.run([python, "-c", LOOK], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            version, folder = json.loads(done.stdout)
            number = tuple(int(part) for part in version.split(".")[:2])
            found.append((number, version, pathlib.Path(folder) / "data"))
    return max(found)


def model_of(data, name):
    """The latest model of a service."""
    path = sorted((data / name).glob("*/service-2.json*"))[-1]
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return json.loads(text)


class Comparison:
    """One service against its model."""

    def __init__(self, service, model, current):
        self.service, self.model, self.current = service, model, current
        self.open = set()

    def holds(self, path, what, seen, expected):
        deliberate = DELIBERATE.get((self.service["name"], path))
        checks.same(f"{self.service['name']} {path}: {what}", seen, expected if deliberate is None else deliberate)

    def constraints(self, path, ours, theirs, shape):
        """Types always; limits and patterns where the model is of the time of ours."""
        kind = "union" if shape.get("union") else SCALARS[shape["type"]]
        if shape.get("document") or ours["kind"] == "document":
            kind = ours["kind"]
        self.holds(path, "kind", ours["kind"], kind)
        if not self.current:
            return
        self.holds(path, "required", ours.get("required", False), theirs)
        for name in ("min", "max"):
            self.holds(path, name, ours.get(name, 0), shape.get(name, 0))
        if shape["type"] == "string" and "enum" in shape:
            self.holds(path, "values", sorted(ours.get("values", [])), sorted(shape["enum"]))
        elif shape.get("pattern", ANYTHING[0]) not in ANYTHING and "enum" not in shape:
            self.holds(path, "has a pattern", "pattern" in ours, True)

    def element(self, path, ours, shape, constrained):
        name = shape["member"]["shape"] if shape["type"] == "list" else shape["value"]["shape"]
        if checks.check(f"{self.service['name']} {path}: says what its elements are", len(ours.get("members", [])) == 1):
            self.member(path + "[]", ours["members"][0], name, False, constrained, element=True)

    def member(self, path, ours, shape_name, required, constrained, element=False):
        shape = self.model["shapes"][shape_name]
        if constrained:
            if element:
                ours = {**ours, "required": required}
            self.constraints(path, ours, required, shape)
        if ours["kind"] == "document" or shape_name in self.open:
            return
        self.open.add(shape_name)
        if shape["type"] == "structure":
            self.structure(path, ours.get("members", []), shape, constrained)
        elif shape["type"] in ("list", "map"):
            self.element(path, ours, shape, constrained)
        self.open.discard(shape_name)

    def structure(self, path, ours, shape, constrained):
        """Input: all members of the model. Output: none but those of the model, and the required ones."""
        by_name = {member["name"]: member for member in ours}
        for name, member in shape.get("members", {}).items():
            required = name in shape.get("required", [])
            if name in by_name:
                self.member(f"{path}.{name}", by_name[name], member["shape"], required, constrained)
            elif constrained or required:
                checks.check(f"{self.service['name']} {path}.{name}: is declared", False)
        if self.current:
            extra = sorted(set(by_name) - set(shape.get("members", {})))
            checks.same(f"{self.service['name']} {path}: no members but the model's", extra, [])

    def operation(self, ours):
        theirs = self.model["operations"].get(ours["name"])
        if theirs is None:
            if self.current:
                checks.check(f"{self.service['name']} {ours['name']}: is of the model", False)
            return
        for side, constrained in (("input", True), ("output", False)):
            shape = self.model["shapes"][theirs[side]["shape"]] if side in theirs else {}
            self.structure(f"{ours['name']}.{side}", ours[side], shape, constrained)


def the_shapes_are_those_of_the_models(program, folder):
    (version, text, data) = newest_models()
    current = version >= CURRENT
    print(f"botocore {text}" + ("" if current else ": older than what is mocked, types only"))
    offered = json.loads(subprocess.run([program, "operations", "--json"], capture_output=True, check=True).stdout)
    for service in offered:
        if service["name"] not in MODELS:
            continue
        model = model_of(data, MODELS[service["name"]])
        comparison = Comparison(service, model, current)
        for operation in service["operations"]:
            comparison.operation(operation)
        print(f"{service['name']}: {len(service['operations'])} of {len(model['operations'])} operations offered")
    checks.check("some operation was compared", len(checks.PASSED) > 100, len(checks.PASSED))


if __name__ == "__main__":
    sys.exit(checks.main([the_shapes_are_those_of_the_models]))
