#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""That tidy.py can fail: each house rule broken once, and each near miss let through."""
import unittest

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
    ("mock_aws/base/a.c", '#include "world/store.h"\n', 'no door to "world/store.h"'),
    ("mock_aws/base/a.c", '#include "base/mem.h"\n', None),
    ("mock_aws/base/vocabulary.c", '#include "base/mem.h"\n', "no door"),
    ("mock_aws/world/a.c", '#include "wire/http.h"\n', "no door"),
    ("mock_aws/world/a.c", '#include "services/services.h"\n', "no door"),
    ("mock_aws/wire/a.c", '#include "world/world.h"\n', "no door"),
    ("mock_aws/wire/a.c", '#include "services/services.h"\n', "no door"),
    ("mock_aws/services/a.c", '#include "world/world.h"\n#include "wire/http.h"\n', None),
    ("mock_aws/cli/main.c", '#include "world/world.h"\n', "no door"),
    ("client/run.c", '#include "world/world.h"\n', "no door"),
    ("client/run.c", '#include "wire/http.h"\n', "no door"),
    ("client/run.c", '#include "services/services.h"\n', "no door"),
    ("client/run.c", '#include "mock_aws.h"\n', "no door"),
    ("client/embed.c", '#include "mock_aws.h"\n', None),
    ("client/run.c", '#include "base/json.h"\n#include "run.h"\n', None),
    ("client/oracle.c", '#include "base/times.h"\n', "no door"),
    ("client/oracle.c", '#include "base/vocabulary.h"\n#include "oracle.h"\n', None),
    ("client/judge.c", '#include "base/money.h"\n', "no door"),
    ("client/judge.c", '#include "oracle.h"\n', None),
    ("elsewhere/a.c", "int a;\n", "no room"),
    ("mock_aws/base/json_scan.c", "cJSON *a;\n", None),
    ("mock_aws/wire/a.c", "cJSON *a;\n", "cJSON has one door"),
    ("mock_aws/world/store.c", "sqlite3_step(a);\n", None),
    ("mock_aws/world/seats.c", "sqlite3_step(a);\n", "SQLite has one door"),
    ("mock_aws/wire/dispatch.c", "MHD_queue_response(a);\n", "libmicrohttpd has one door"),
    ("client/run.c", "curl_easy_init();\n", "libcurl has one door"),
    ("client/run.c", "strcpy(a, b);\n", "strcpy("),
    ("client/run.c", "a = atoi (b);\n", "atoi ("),
    ("client/run.c", "sprintf(a, b);\n", "sprintf("),
    ("client/run.c", "snprintf(a, 1, b);\n", None),
    ("client/run.c", 'puts("strcpy(a, b)"); // strcat(a)\n/* gets(a) */\n', None),
    ("client/run.c", "sleep(1);\n", "nothing here sleeps"),
    ("client/run.c", "usleep(1);\n", "nothing here sleeps"),
    ("client/run.c", "a = time(NULL);\n", "the clock is asked"),
    ("client/run.c", "a = world->time(NULL);\n", None),
    ("client/run.c", "a = datetime(NULL);\n", None),
    ("mock_aws/world/clock.c", "a = time(NULL);\n", None),
)


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
        self.assertEqual(list(check_file("client/run.c", TOP + "\n/* a\nb */ gets(c);\n")),
                         [(5, "gets(: banned: it cannot say that it failed")])

    def test_a_file_begins_with_its_licence_and_what_it_owns(self):
        for text, expected in (("/* Owns nothing. */\n", "no SPDX"), ("", "no SPDX"),
                               ("/* SPDX-License-Identifier: MIT */\nint a;\n", "no opening comment")):
            with self.subTest(text=text):
                self.assertIn(expected, [what for _, what in check_file("client/run.c", text)][0])
        self.assertEqual(list(check_file("tests/a.sh", "#!/bin/sh\n# SPDX-License-Identifier: MIT\n")), [])


if __name__ == "__main__":
    unittest.main()
