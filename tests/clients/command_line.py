# SPDX-License-Identifier: MIT
"""The AWS CLI called within this process, which saves its start for each of many calls: its own parser, models and output."""
import contextlib
import io
import json
import os
import re

import awscli.clidriver

from aws_clients import SECRET_KEY
from checks import check, same

ERROR = re.compile(r"An error occurred \((\w+)\) when calling the (\w+) operation")
# Whatever the user has set stays out of it; what is refused is refused by the server.
SETTINGS = "[default]\nparameter_validation = false\nretry_mode = standard\nmax_attempts = 1\ncli_pager =\n"


class CommandLine:
    """`aws SERVICE OPERATION --cli-input-json …` for one account and Region."""

    def __init__(self, server, service, key, region):
        self.server, self.service, self.key, self.region = server, service, key, region
        self.config = server.port_file.parent / "aws-config"
        self.config.write_text(SETTINGS)
        self.environment()
        self.driver = awscli.clidriver.create_clidriver()
        self.driver.session.register("after-call", self.keep)
        self.model = self.driver.session.get_service_model(service)
        self.kept = None

    def environment(self):
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
            os.environ.pop(name, None)
        os.environ.update({
            "AWS_CONFIG_FILE": str(self.config), "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY, "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": ""})

    def keep(self, http_response, **_):
        self.kept = json.loads(http_response.content)

    def call(self, operation, members):
        """The answer's error, or None. What the command prints and ends with must say the same."""
        self.kept = None
        out, err = io.StringIO(), io.StringIO()
        command = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", operation).lower()
        self.environment()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = self.driver.main(["--endpoint-url", self.server.url, "--region", self.region, "--no-paginate", "--output", "json",
                                     self.service, command, "--cli-input-json", json.dumps(members)])
        said = ERROR.search(err.getvalue())
        if not check(f"aws {self.service} {command} {members}: reaches the server", self.kept is not None, err.getvalue()):
            return "NothingWasAsked"
        if code == 0:
            printed = json.loads(out.getvalue() or "{}")
            same(f"aws {command} prints what its model knows", set(printed) - set(self.kept), set())
            return None
        same(f"aws {command} says which operation failed", said and said[2], operation)
        return said[1] if said else "Unsaid"
