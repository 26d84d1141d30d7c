#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Call circles, by the names that the object files of a build define and need.

circles.py BUILD [ROOT]: reports each circle between the files of mock_aws/world, and each between the folders (and the
files beside them) in one place. Exits 1 if there is any.
"""
import pathlib
import re
import subprocess
import sys

FILES_OF = "mock_aws/world/"
SOURCES = ("mock_aws/", "client/")


def objects(build, root):
    """The newest object of each source under `root`; what is left of moved sources is passed over."""
    found = {}
    for path in sorted(build.rglob("*.o"), key=lambda path: path.stat().st_mtime):
        place = re.fullmatch(r"(?:(.+)/)?CMakeFiles/[^/]+\.dir/(.+)\.o", path.relative_to(build).as_posix())
        source = place and "/".join(filter(None, place.groups()))
        if source and source.startswith(SOURCES) and (root / source).exists():
            found[source] = path
    return found


def symbols(paths):
    """{path: the names that it defines for others, and those that it needs of others}."""
    if not paths:
        return {}
    listed = subprocess.run(["nm", "--extern-only", "--print-file-name", "--format=posix", *paths], check=True,
                            capture_output=True, text=True)
    out = {str(path): (set(), set()) for path in paths}
    for line in listed.stdout.splitlines():
        path, _, rest = line.rpartition(": ")
        name, kind = rest.split()[:2]
        defined, needed = out[path]
        (needed if kind in "Uwv" else defined).add(name)
    return out


def calls(found):
    """{source: the sources whose names it needs}."""
    listed = symbols(list(found.values()))
    tables = {source: listed[str(path)] for source, path in found.items()}
    homes = {}
    for source, (defined, _) in tables.items():
        for name in defined:
            homes.setdefault(name, []).append(source)

    def home(source, name):
        """Server and client are programs of their own, where a name may stand in both."""
        near = [other for other in homes[name] if other.split("/")[0] == source.split("/")[0]]
        return (near or homes[name])[0]
    return {source: {home(source, name) for name in needed if name in homes} - {source}
            for source, (_, needed) in tables.items()}


def circles(graph):
    """Strongly connected components of more than one node, each sorted (Tarjan)."""
    number, low, stack, out = {}, {}, [], []

    def visit(node):
        number[node] = low[node] = len(number)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in number:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], number[other])
        if low[node] == number[node]:
            component = [stack.pop()]
            while component[-1] != node:
                component.append(stack.pop())
            if len(component) > 1:
                out.append(tuple(sorted(component)))

    for node in sorted(graph):
        if node not in number:
            visit(node)
    return sorted(out)


def among(graph, folder):
    """The graph of what stands directly in `folder` (ends with '/'): folders and files. None: it has no folders."""
    def child(source):
        rest = source[len(folder):]
        return folder + rest.split("/")[0] + ("/" if "/" in rest else "")
    out = {}
    for source, others in graph.items():
        if source.startswith(folder):
            out.setdefault(child(source), set()).update(child(other) for other in others if other.startswith(folder))
    for node, others in out.items():
        others.discard(node)
    return out if any(node.endswith("/") for node in out) else None


def folders(graph):
    return sorted({source[:at.end()] for source in graph for at in re.finditer("/", source)} | {""})


def find(graph):
    files = {source: others for source, others in graph.items() if source.startswith(FILES_OF)}
    inside = {source: {other for other in others if other in files} for source, others in files.items()}
    out = set(circles(inside))
    for folder in folders(graph):
        out.update(circles(among(graph, folder) or {}))
    return sorted(out)


def main(arguments):
    build = pathlib.Path(arguments[0])
    root = pathlib.Path(arguments[1]) if len(arguments) > 1 else pathlib.Path(__file__).parents[2]
    graph = calls(objects(build, root))
    if not graph:
        print(f"circles: no object files of sources in {build}")
        return 2
    found = find(graph)
    for circle in found:
        print("circle: " + " ".join(circle))
    print(f"circles: {len(graph)} files, {len(found)} circles")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
