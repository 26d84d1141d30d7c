# SPDX-License-Identifier: MIT
"""mock-aws exec as the tests of it call it: with a company, an environment of their own, and real-looking credentials to be kept away."""
import json
import os
import pathlib
import subprocess

JOBS = pathlib.Path(__file__).resolve().parent.parent / "exec"
JAVASCRIPT = pathlib.Path(__file__).resolve().parent / "js"
COMPANY = JOBS / "company.json"

# What a shell of somebody who works with AWS holds; none of it may reach a command.
POISON = "POISON"
POISONED = {name: f"{POISON}-{name.lower()}" for name in (
    "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
    "AWS_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CREDENTIAL_EXPIRATION", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_REGION", "AWS_DEFAULT_REGION",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_BEARER_TOKEN_BEDROCK", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SSO_ADMIN",
    "AWS_ENDPOINT_URL_IDENTITYSTORE", "AWS_ENDPOINT_URL_STS", "AWS_EC2_METADATA_DISABLED", "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_CA_BUNDLE", "AWS_ACCOUNT_ID",
    "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")}


class Exec:
    """Runs commands by exec; everything that it keeps is in `folder`."""

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        home = self.folder / "home"
        (home / ".aws").mkdir(parents=True, exist_ok=True)
        (home / ".aws" / "credentials").write_text(
            f"[default]\naws_access_key_id = {POISON}\naws_secret_access_key = {POISON}\n[{POISONED['AWS_PROFILE']}]\n"
            f"aws_access_key_id = {POISON}\naws_secret_access_key = {POISON}\n")
        self.environment = {**POISONED, "PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8",
                            "XDG_STATE_HOME": str(self.folder / "state")}

    def command(self, options, command):
        return [self.program, "exec", "--quiet", *map(str, options), "--", *map(str, command)]

    def run(self, *command, options=("--world", COMPANY), **more):
        """Exit code, stdout, stderr."""
        done = subprocess.run(self.command(options, command), env={**self.environment, **more}, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120, check=False)
        return done.returncode, done.stdout, done.stderr

    def report(self, *command, options=()):
        """Exit code and what --report writes."""
        path = self.folder / "report.json"
        path.unlink(missing_ok=True)
        code, said, told = self.run(*command, options=("--world", COMPANY, "--report", path, *options))
        return code, json.loads(path.read_text()), said + told

    def leavers(self, *names):
        """A file for --expect."""
        path = self.folder / "-".join(("leavers", *names))
        path.write_text("# who left\n\n" + "".join(f"  {name}  # since today\r\n" for name in names))
        return path
