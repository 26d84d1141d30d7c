#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The house rules that a machine can check: sizes, widths, opening lines, doors between the rooms,
banned calls, citations.

tidy.py [ROOT] prints one line per finding, file:line: what, and exits 1 if there is any.
"""
import pathlib
import re
import sys

import citations

FUNCTION_LINES = 70
FILE_LINES = 600
COLUMNS = 100
SOURCES = ("mock_aws", "client", "tests")
WIDE_STILL = ()  # where lines may be wider for now; nothing may be added

# Where a file is, and which of the project's headers it may include. The first pattern that fits counts.
WORDS = "(edition_rules|editions|lags|levels|parameters|plans|rules|sources|statuses)"
VOCABULARY = rf"base/{WORDS}\.(h|def)"
DOORS = (
    (rf"mock_aws/base/{WORDS}\..*", VOCABULARY),
    (r"mock_aws/base/.*", r"base/.*"),
    (r"mock_aws/world/.*", r"(base|world)/.*"),
    (r"mock_aws/wire/.*", r"(base|wire)/.*"),
    (r"mock_aws/services/.*", r"(base|world|wire|services)/.*"),
    (r"mock_aws/cli/.*", r"(base|cli)/.*|mock_aws\.h"),
    (r"mock_aws/[^/]*", r"(base|world|wire|services)/.*|mock_aws\.h"),
    (r"client/oracle/.*", rf"{VOCABULARY}|oracle/.*"),
    (r"client/judge/.*", rf"{VOCABULARY}|(oracle|judge)/.*"),
    (r"client/aws/.*", r"(base|aws)/.*"),
    (r"client/actions/.*", r"(base|aws|oracle|judge|actions)/.*"),
    (r"client/language/.*", r"(base|aws|oracle|judge|actions|language)/.*"),
    (r"client/run/.*", r"(base|aws|oracle|judge|actions|language|run)/.*"),
    (r"client/explore/.*", r"(base|aws|oracle|judge|actions|language|run|explore)/.*"),
    (r"client/report/.*", r"(base|aws|oracle|judge|actions|language|run|report)/.*"),
    (r"client/commands/embed\.c", r"base/.*|mock_aws\.h|commands/embed\.h"),
    (r"client/commands/.*", r"(base|aws|oracle|judge|actions|language|run|explore|report|commands)/.*"),
    (r"tests/.*", r".*"),
)

# What may be named only where. Matched against the code, without comments and texts.
ONLY_IN = (
    (r"\bcJSON\w*", r"mock_aws/base/json[^/]*|tests/.*", "cJSON has one door, base/json*.c"),
    (r"\bsqlite3\w*", r"mock_aws/world/store/store[^/]*|tests/.*", "SQLite has one door, world/store/store*.c"),
    (r"\bMHD_\w+", r"mock_aws/wire/http[^/]*|tests/.*", "libmicrohttpd has one door, wire/http*.c"),
    (r"\bcurl_\w+", r"client/aws/.*|tests/.*", "libcurl has one door, client/aws/"),
    (r"\btime\s*\(", r"mock_aws/world/time/clock\.c|mock_aws/wire/(http|authority|caller)[^/]*", "the clock is asked, not the machine"),
    (r"\b(strcpy|strcat|v?sprintf|gets|strtok|ato[ifl])\s*\(", r"", "banned: it cannot say that it failed"),
    (r"\b(u|nano)?sleep\s*\(", r"mock_aws/cli/wait\.c", "banned: nothing here sleeps but a wait for another process"),
)


def code_of(text):
    """The text with comments, texts and characters blanked; every line stays in its place."""
    def blank(found):
        return re.sub(r"[^\n]", " ", found.group())
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(\\.|[^"\\\n])*"|\'(\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def check_opening(lines, is_c):
    """The licence, and in C a comment that says what the file owns."""
    first = 1 if lines and lines[0].startswith("#!") else 0
    if len(lines) <= first or "SPDX-License-Identifier: MIT" not in lines[first]:
        yield first + 1, "no SPDX line on top"
    elif is_c and not (len(lines) > 1 and lines[1].startswith("/*")):
        yield 2, "no opening comment that says what the file owns"


def check_width(lines):
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield number, f"{len(line)} columns: a line has at most {COLUMNS}"


def check_sizes(lines):
    if len(lines) > FILE_LINES:
        yield FILE_LINES + 1, f"{len(lines)} lines: a file has at most {FILE_LINES}"
    begin = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            begin = number
        elif line == "}" and begin is not None:
            length = number - begin + 1
            if length > FUNCTION_LINES:
                yield begin, f"{length} lines: a function has at most {FUNCTION_LINES}"
            begin = None


def check_doors(path, text):
    """Includes of headers of ours that the place of the file does not allow."""
    allowed = next((headers for place, headers in DOORS if re.fullmatch(place, path)), None)
    if allowed is None:
        yield 1, "no room is known for this file"
        return
    for found in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', text, flags=re.M):
        if not re.fullmatch(allowed, found.group(1)):
            yield line_of(text, found.start()), f'no door to "{found.group(1)}" from here'


def check_names(path, code):
    for name, place, reason in ONLY_IN:
        if place and re.fullmatch(place, path):
            continue
        for found in re.finditer(rf"(?<![.>]){name}", code):
            yield line_of(code, found.start()), f"{found.group().strip()}: {reason}"


def check_file(path, text):
    """Findings in one file as (line, what)."""
    lines = text.splitlines()
    is_c = path.endswith((".c", ".def", ".h"))
    yield from check_opening(lines, is_c)
    if path.endswith((".c", ".h", ".sql")) and not path.startswith(WIDE_STILL):
        yield from check_width(lines)
    if not is_c:
        return
    yield from check_sizes(lines)
    yield from check_doors(path, text)
    yield from check_names(path, code_of(text))


def files(root):
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".c", ".def", ".h", ".sql", ".py", ".sh", ".cmake") or path.name == "CMakeLists.txt":
                yield path
    yield root / "CMakeLists.txt"
    yield root / "dev"


def main(arguments):
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parents[2]).resolve()
    count = findings = 0
    for path in files(root):
        count += 1
        name = path.relative_to(root).as_posix()
        for line, what in check_file(name, path.read_text(encoding="utf-8")):
            print(f"{name}:{line}: {what}")
            findings += 1
    for name, line, what in citations.check_all(root):
        print(f"{name}:{line}: {what}")
        findings += 1
    print(f"tidy: {count} files, {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
