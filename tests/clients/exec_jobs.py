# SPDX-License-Identifier: MIT
"""Off-boarding jobs as users write them, run unedited by mock-aws exec: the good ones pass, the forgetful are told what they forgot.

exec_jobs.py MOCK-AWS [javascript]: the jobs in bash and Python, or those with the AWS SDK for JavaScript.
"""
import shutil
import subprocess
import sys

import checks
from checks import check, same
from exec_world import JAVASCRIPT, JOBS, POISON, Exec

BASH = [["/bin/bash", JOBS / "offboard.sh"], ["/bin/bash", JOBS / "offboard_forgetful.sh"]]
PYTHON = [["/usr/bin/python3", "-B", JOBS / "offboard.py"], ["/usr/bin/python3", "-B", JOBS / "offboard_forgetful.py"]]
NODE = [[shutil.which("node"), "--no-warnings", JAVASCRIPT / "jobs" / "offboard.js"],
        [shutil.which("node"), "--no-warnings", JAVASCRIPT / "jobs" / "offboard_forgetful.js"]]


def ended(report):
    return sorted((row["user_before"], row["profile_arn"].split(":")[3], row["rule"]) for row in report["ended"])


def judge(program, folder, jobs, name, seats, forgotten, words):
    """Both variants: `seats` end by the good one; the other leaves `forgotten`, and `words` say why."""
    mock = Exec(program, folder)
    leavers = ("--expect", mock.leavers(name))
    good, bad = jobs
    code, report, told = mock.report(*good, name, options=leavers)
    same(f"{good[-1]}: exit code", code, 0)
    same("who ended", ended(report), sorted(seats))
    same("no complaints", (report["problems"], report["refused"], report["unread"]), ([], [], []))
    check("told to people", f"mock-aws: {len(seats)} seat{'' if len(seats) == 1 else 's'} ended" in told and "FAILED" not in told, told)
    check("nothing of the real credentials", POISON not in told, told)
    code, report, told = mock.report(*bad, name, options=leavers)
    same(f"{bad[-1]}: exit code", code, 1)
    same("one complaint", len(report["problems"]), 1)
    for word in (name, forgotten, *words):
        check(f"it says {word}", word in report["problems"][0], report)
    check("so it is told to people", f"FAILED   {name} should have lost the seat" in told, told)
    code, _, told = mock.report(*bad, name)
    check("nobody asked, nobody is told", code == 0 and "FAILED" not in told, told)


def bash_with_the_aws_cli(program, folder):
    judge(program, folder, BASH, "alice", [("alice", "us-east-1", "auto-group-member-removed")], "on engineering",
          ("ACTIVE", "pro-plus", "by group:kiro-leads"))


def what_the_readme_shows_is_what_comes_out(program, folder):
    readme = (JOBS.parent.parent / "README.md").read_text()
    shown = readme[readme.index("$ echo alice >leavers\n"):]
    command, expected = shown[:shown.index("$ echo $?")].split("\n", 2)[1:]
    mock = Exec(program, folder)
    mock.leavers("alice").rename(mock.folder / "leavers")
    words = command.removeprefix("$ build/bin/mock-aws exec --quiet ").replace("--expect leavers", f"--expect {mock.folder}/leavers")
    options, job = words.replace("tests/exec/", f"{JOBS}/").split(" -- ")
    code, said, told = mock.run(*job.split(), options=options.split())
    same("the README", said + told, expected)
    same("its exit code", f"$ echo $?\n{code}\n```", shown[shown.index("$ echo $?"):][:15])


def python_with_hosts_built_in(program, folder):
    rule = "manual-unsubscribe-user"
    judge(program, folder, PYTHON, "bob", [("bob", "us-east-1", rule), ("bob", "eu-central-1", rule)], "on research",
          ("ACTIVE", "power", "by user"))


def javascript_with_the_sdk(program, folder):
    judge(program, folder, NODE, "alice", [("alice", "us-east-1", "auto-group-member-removed")], "on engineering",
          ("ACTIVE", "pro-plus", "by group:kiro-leads"))


def main(words):
    if words[2:] != ["javascript"]:
        return checks.run([bash_with_the_aws_cli, what_the_readme_shows_is_what_comes_out, python_with_hosts_built_in], words[1])
    there = subprocess.run([JAVASCRIPT / "run.sh", "--eval", ""], check=False)
    return there.returncode or checks.run([javascript_with_the_sdk], words[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv))
