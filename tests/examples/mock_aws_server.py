# SPDX-License-Identifier: MIT
"""A mock-aws for tests in Python: copy this file. With pytest:

    @pytest.fixture
    def mock():
        with mock_aws_server.running({"users": ["alice"]}) as mock:
            yield mock
"""
import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import types
import urllib.request

PROGRAM = os.environ.get("MOCK_AWS", "mock-aws")


def control(url, path, document=None):
    """A call of the control surface: GET, or PUT of a document."""
    request = urllib.request.Request(f"{url}/_mock/{path}", document and json.dumps(document).encode(),
                                     {"Content-Type": "application/json"}, method="PUT" if document else "GET")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@contextlib.contextmanager
def running(world, *options):
    """A server of one's own with this world: its `url` and the `ids` of who is in it. It ends with the block."""
    with tempfile.TemporaryDirectory() as folder:
        port_file = pathlib.Path(folder) / "port"
        command = [PROGRAM, "serve", "--quiet", "--listen", "127.0.0.1:0", "--port-file", port_file, *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
            try:
                subprocess.run([PROGRAM, "wait", port_file], check=True)
                url = f"http://127.0.0.1:{port_file.read_text().strip()}"
                yield types.SimpleNamespace(url=url, ids=control(url, "world", world))
            finally:
                server.terminate()
