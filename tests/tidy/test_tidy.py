#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""That tidy.py can fail: each house rule broken once, and each near miss let through."""
import pathlib
import unittest

from citations import Docs, check_citations, read_docs
from tidy import check_file

TOP = "/* SPDX-License-Identifier: MIT */\n/* Owns nothing. */\n"


def function(lines):
    return "void f(void)\n{\n" + "    g();\n" * (lines - 2) + "}\n"


CASES = (
    # path, text after the opening lines, part of the finding (None: none)
    ("mock_aws/base/a.c", function(70), None),
    ("mock_aws/base/a.c", function(71), "71 lines: a function"),
    ("mock_aws/base/a.c", "int a;\n" * 598, None),
    ("mock_aws/base/a.c", "int a;\n" * 599, "601 lines: a file"),
    ("mock_aws/base/a.c", "/* " + "x" * 94 + " */\n", None),
    ("mock_aws/base/a.c", "/* " + "x" * 95 + " */\n", "101 columns: a line"),
    ("mock_aws/base/a.c", "/* " + "\u2026" * 94 + " */\n", None),
    ("mock_aws/wire/a.sql", "-- " + "x" * 98 + "\n", "101 columns: a line"),
    ("mock_aws/base/a.c", '#include "world/store/store.h"\n', 'no door to "world/store/store.h"'),
    ("mock_aws/base/a.c", '#include "base/mem.h"\n', None),
    ("mock_aws/base/plans.c", '#include "base/mem.h"\n', "no door"),
    ("mock_aws/base/parameters.c", '#include "base/parameters.def"\n', None),
    ("mock_aws/world/a.c", '#include "wire/http.h"\n', "no door"),
    ("mock_aws/world/a.c", '#include "services/services.h"\n', "no door"),
    ("mock_aws/wire/a.c", '#include "world/world.h"\n', "no door"),
    ("mock_aws/wire/a.c", '#include "services/services.h"\n', "no door"),
    ("mock_aws/services/a.c", '#include "world/world.h"\n#include "wire/http.h"\n', None),
    ("mock_aws/cli/main.c", '#include "world/world.h"\n', "no door"),
    ("client/run/run.c", '#include "world/world.h"\n', "no door"),
    ("client/run/run.c", '#include "wire/http.h"\n', "no door"),
    ("client/run/run.c", '#include "services/services.h"\n', "no door"),
    ("client/run/run.c", '#include "mock_aws.h"\n', "no door"),
    ("client/commands/embed.c", '#include "mock_aws.h"\n', None),
    ("client/run/run.c", '#include "base/json.h"\n#include "run/run.h"\n', None),
    ("client/oracle/oracle.c", '#include "base/times.h"\n', "no door"),
    ("client/oracle/oracle.c", '#include "base/plans.h"\n#include "oracle/oracle.h"\n', None),
    ("client/oracle/oracle.c", '#include "judge/judge.h"\n', "no door"),
    ("client/judge/judge.c", '#include "base/money.h"\n', "no door"),
    ("client/judge/judge.c", '#include "aws/aws.h"\n', "no door"),
    ("client/judge/judge.c", '#include "oracle/oracle.h"\n', None),
    ("client/aws/aws.c", '#include "oracle/oracle.h"\n', "no door"),
    ("client/aws/aws.c", '#include "base/json.h"\n', None),
    ("client/actions/scim.c", '#include "language/verbs.h"\n', "no door"),
    ("client/actions/scim.c", '#include "aws/aws.h"\n#include "judge/decimal.h"\n', None),
    ("client/language/page.c", '#include "run/variant.h"\n', "no door"),
    ("client/language/page.c", '#include "actions/actions.h"\n', None),
    ("client/run/run.c", '#include "report/report.h"\n', "no door"),
    ("client/report/tap.c", '#include "commands/options.h"\n', "no door"),
    ("client/report/tap.c", '#include "run/run.h"\n', None),
    ("client/commands/server.c", '#include "mock_aws.h"\n', "no door"),
    ("client/commands/server.c", '#include "aws/aws.h"\n#include "report/report.h"\n', None),
    ("client/commands/embed.c", '#include "run/run.h"\n', "no door"),
    ("client/flat.c", "int a;\n", "no room"),
    ("elsewhere/a.c", "int a;\n", "no room"),
    ("mock_aws/base/json_scan.c", "cJSON *a;\n", None),
    ("mock_aws/wire/a.c", "cJSON *a;\n", "cJSON has one door"),
    ("mock_aws/world/store/store.c", "sqlite3_step(a);\n", None),
    ("mock_aws/world/seats.c", "sqlite3_step(a);\n", "SQLite has one door"),
    ("mock_aws/wire/dispatch.c", "MHD_queue_response(a);\n", "libmicrohttpd has one door"),
    ("client/run/run.c", "curl_easy_init();\n", "libcurl has one door"),
    ("client/aws/aws.c", "curl_easy_init();\n", None),
    ("client/run/run.c", "strcpy(a, b);\n", "strcpy("),
    ("client/run/run.c", "a = atoi (b);\n", "atoi ("),
    ("client/run/run.c", "sprintf(a, b);\n", "sprintf("),
    ("client/run/run.c", "snprintf(a, 1, b);\n", None),
    ("client/run/run.c", 'puts("strcpy(a, b)"); // strcat(a)\n/* gets(a) */\n', None),
    ("client/run/run.c", "sleep(1);\n", "nothing here sleeps"),
    ("client/run/run.c", "usleep(1);\n", "nothing here sleeps"),
    ("client/run/run.c", "a = time(NULL);\n", "the clock is asked"),
    ("client/run/run.c", "a = world->time(NULL);\n", None),
    ("client/run/run.c", "a = datetime(NULL);\n", None),
    ("mock_aws/world/time/clock.c", "a = time(NULL);\n", None),
)

DOCUMENTS = Docs({
    "identity-wire": "## 7. organizations\n\n### 7.3 Account life\n\n```\n# 8. no heading\n```\n"
                     "\n## 14. List\n\n1. one\n2. two\n",
    "rules": "## 5. Plans\n### 5A. Prices\n| 1 | `a` |\n| 2 | `b` |\n| 3 | `c` |\n| E1 | d |\n"
             "| S4 | e |\n| #n | f |\n| `c-cap` | g |\n",
    "engine": "### Law 1: a\n### Law 2: b\n"})

CITATIONS = (
    # path, text, part of the finding (None: none)
    ("a.c", "/* identity-wire 7.3 */\n", None),
    ("a.c", "/* identity-wire 7.4 */\n", "identity-wire has no section 7.4"),
    ("a.c", "/* identity-wire 8 */\n", "has no section 8"),
    ("a.c", "/* (identity-wire 7, 7.3; rules 1, E1) */\n", None),
    ("a.c", "/* (identity-wire 7.3, 7.9) */\n", "has no section 7.9"),
    ("a.c", "/*\n * (identity-wire\n * 7.9) */\n", "has no section 7.9"),
    ("a.c", "/* identity-wire 14.2 */\n", None),
    ("a.c", "/* identity-wire 14.3 */\n", "has no section 14.3"),
    ("a.c", "/* kiro-wire 7 */\n", "kiro-wire has no section 7"),
    ("a.c", "/* rulebook 5A, the rulebook's part 5 */\n", None),
    ("a.c", "/* rulebook, part 4 */\n", "rulebook has no section 4"),
    ("a.c", "/* rule 3 */\n", None),
    ("a.c", "/* rule 41 */\n", "there is no rule 41"),
    ("a.c", "/* rules 1-3, E1 */\n", None),
    ("a.c", "/* rules 2-4 */\n", "there is no rule 4"),
    ("a.c", "/* E38 */\n", "there is no edge case E38"),
    ("a.c", "/* law 2 */\n", None),
    ("a.c", "/* Laws 1 and 6 */\n", "there is no law 6"),
    ("a.c", "/* c-cap */\n", None),
    ("a.c", "/* c-two-caps */\n", "there is no contradiction c-two-caps"),
    ("a.c", "/* source S4, #5888 */\n", None),
    ("a.c", "/* all services but S3 */\n", None),
    ("a.c", "/* source S4, S99 */\n", "there is no source S99"),
    ("a.c", "/* see engine.md */\n", None),
    ("a.c", "/* see engines.md */\n", "there is no engines.md"),
    ("a.c", "/* the invariant (design: one idea) */\n", "is called design"),
    ("a.c", "/* by design: nothing */\n", None),
    ("a.c", "// rule 41\n", "there is no rule 41"),
    ("a.c", 'puts("rule 41"); int E38;\n', None),
    ("a.h", "/* rule 41 */\n", "there is no rule 41"),
    ("a.sql", "-- rule 41\nSELECT 'rule 42';\n", "there is no rule 41"),
    ("a.json", '// rule 41\n{"a": "// rule 42"}\n', "there is no rule 41"),
    ("a.py", '"""rule 41"""\na = "rule 42"\n', "there is no rule 41"),
    ("a.md", "rule 41\n", "there is no rule 41"),
    ("a.md", "`world/gone.c`, `1/2.5`, a.c\n", "there is no world/gone.c"),
)


def findings(path, text):
    return list(check_citations(path, text, DOCUMENTS, lambda page: page == "engine.md"))


class Citations(unittest.TestCase):
    def test_one_that_leads_nowhere_is_found_and_one_that_leads_somewhere_is_not(self):
        for path, text, expected in CITATIONS:
            with self.subTest(path=path, text=text):
                found = [what for _, what in findings(path, text)]
                if expected is None:
                    self.assertEqual(found, [])
                else:
                    self.assertEqual(len(found), 1)
                    self.assertIn(expected, found[0])

    def test_a_finding_names_its_line(self):
        text = "int a;\n/* b */ int c; /*\n rule 41 */\n"
        self.assertEqual(findings("a.c", text), [(3, "there is no rule 41")])

    def test_what_can_be_cited_is_read_off_the_pages(self):
        docs = read_docs(pathlib.Path(__file__).parents[2])
        self.assertEqual(len(docs.rules), 65 + 37)
        self.assertEqual(docs.laws, {"1", "2", "3", "4", "5"})
        self.assertIn("c-overage-cap", docs.contradictions)
        self.assertLessEqual({"S1", "S14", "Q2", "I2", "A1", "P2", "#n"}, docs.sources)


class Tidy(unittest.TestCase):
    def test_a_broken_rule_is_found_and_a_near_miss_is_not(self):
        for path, text, expected in CASES:
            with self.subTest(path=path, text=text[:60]):
                found = [what for _, what in check_file(path, TOP + text)]
                if expected is None:
                    self.assertEqual(found, [])
                else:
                    self.assertEqual(len(found), 1)
                    self.assertIn(expected, found[0])

    def test_a_finding_names_its_line(self):
        self.assertEqual(list(check_file("client/run/run.c", TOP + "\n/* a\nb */ gets(c);\n")),
                         [(5, "gets(: banned: it cannot say that it failed")])

    def test_a_file_begins_with_its_licence_and_what_it_owns(self):
        for text, expected in (("/* Owns nothing. */\n", "no SPDX"), ("", "no SPDX"),
                               ("/* SPDX-License-Identifier: MIT */\nint a;\n", "no opening comment")):
            with self.subTest(text=text):
                self.assertIn(expected, [what for _, what in check_file("client/run/run.c", text)][0])
        self.assertEqual(list(check_file("tests/a.sh", "#!/bin/sh\n# SPDX-License-Identifier: MIT\n")), [])


if __name__ == "__main__":
    unittest.main()
