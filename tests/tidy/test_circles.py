#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""That circles.py can fail: small C files, compiled, that call each other in a circle or do not."""
import contextlib
import io
import pathlib
import subprocess
import tempfile
import unittest

import circles


class Circles(unittest.TestCase):
    def run_on(self, sources, left_over=()):
        """What circles.py says of a build of these, {path: text}; `left_over` were moved away after the build."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in sources.items():
                source = root / path
                top, inside = path.split("/", 1)
                built = root / f"build/{top}/CMakeFiles/library.dir/{inside}.o"
                source.parent.mkdir(parents=True, exist_ok=True)
                built.parent.mkdir(parents=True, exist_ok=True)
                source.write_text(text, encoding="utf-8")
                subprocess.run(["cc", "-c", "-o", built, source], check=True)
                if path in left_over:
                    source.unlink()
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                code = circles.main([str(root / "build"), folder])
            return code, said.getvalue()

    def test_two_files_of_the_world_that_call_each_other(self):
        pair = {"mock_aws/world/a.c": "void b(void); void a(void) { b(); }\n",
                "mock_aws/world/b.c": "void a(void); void b(void) { a(); }\n"}
        code, said = self.run_on(pair)
        self.assertEqual(code, 1)
        self.assertIn("circle: mock_aws/world/a.c mock_aws/world/b.c\n", said)
        self.assertEqual(self.run_on(pair, left_over=["mock_aws/world/b.c"])[0], 0)

    def test_one_way_is_no_circle(self):
        pair = {"mock_aws/world/a.c": "extern const int b; int a(void) { return b; }\n",
                "mock_aws/world/b.c": "const int b = 1;\n"}
        self.assertEqual(self.run_on(pair)[0], 0)

    def test_folders_that_call_each_other_by_different_files(self):
        code, said = self.run_on({
            "mock_aws/services/kiro/a.c": "void b(void); void a(void) { b(); }\n",
            "mock_aws/services/scim/b.c": "void b(void) { }\n",
            "mock_aws/services/scim/c.c": "void d(void); void c(void) { d(); }\n",
            "mock_aws/services/kiro/d.c": "void d(void) { }\n"})
        self.assertEqual(code, 1)
        self.assertIn("circle: mock_aws/services/kiro/ mock_aws/services/scim/\n", said)

    def test_data_counts_and_so_does_a_file_beside_a_folder(self):
        code, said = self.run_on({
            "mock_aws/services/list.c": "extern const int kiro; const int *const list[] = {&kiro};\n",
            "mock_aws/services/kiro/a.c": "extern const int *const list[]; const int kiro; int a(void) { return *list[0]; }\n"})
        self.assertEqual(code, 1)
        self.assertIn("circle: mock_aws/services/kiro/ mock_aws/services/list.c\n", said)

    def test_a_circle_within_one_folder_of_another_room_is_its_own_affair(self):
        self.assertEqual(self.run_on({
            "mock_aws/wire/a.c": "void b(void); void a(void) { b(); }\n",
            "mock_aws/wire/b.c": "void a(void); void b(void) { a(); }\n"})[0], 0)

    def test_client_and_server_may_have_a_name_in_common(self):
        self.assertEqual(self.run_on({
            "mock_aws/wire/a.c": "void run(void) { } void serve(void) { }\n",
            "mock_aws/wire/b.c": "void run(void); void b(void) { run(); }\n",
            "client/run.c": "void serve(void); void run(void) { serve(); }\n"})[0], 0)

    def test_an_empty_build_is_not_taken_for_a_good_one(self):
        self.assertEqual(self.run_on({})[0], 2)


if __name__ == "__main__":
    unittest.main()
