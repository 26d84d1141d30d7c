# SPDX-License-Identifier: MIT
"""Citations in comments lead to mock_aws/docs/: to sections of its pages, rules, edge cases, laws,
contradictions and sources.

They are written as "identity-wire 7.3", "kiro-wire 6.3 to 6.5", "rulebook 5A", "rules 1-6, E5",
"law 2", "source S4" or "c-access-date".
"""
import re

DOCS = "mock_aws/docs"
CITING = ("mock_aws", "client", "scenarios", "tests")
SUFFIXES = (".c", ".h", ".sql", ".md", ".json", ".py")

# The names that citations with a section begin with, and their pages.
PAGES = {"identity-wire": "identity-wire", "kiro-wire": "kiro-wire", "kiro-outputs": "kiro-outputs",
         "control-api": "control-api", "rulebook": "rules"}

JOINT = r"(?:, | and | to |-)"
SECTION = r"\d+[A-J]?(?:\.\d+)*"
# Between the name of a page and its section. Lines of a comment may begin with stars.
PART = r"(?:\.md)?(?:'s)?(?:,? part)?[\s*]+"
RULE = r"(?:\d{1,2}|E\d{1,2})"
SOURCE = r"(?:[SQIAP]\d{1,2}|#\d+)"

# Texts, so that they are passed over; then, as the group, comments.
C_COMMENT = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|(/\*.*?\*/|//[^\n]*)'
COMMENTS = {".c": C_COMMENT, ".h": C_COMMENT, ".json": C_COMMENT, ".sql": r"'[^']*'|(--[^\n]*)",
            ".py": r'(""".*?"""|#[^\n]*)'}


class Docs:
    """What can be cited, as the texts of the pages by name ("rules", "identity-wire") have it."""

    def __init__(self, pages):
        self.sections = {name: set(sections_of(text)) for name, text in pages.items()}
        rules = pages.get("rules", "")
        self.rules = set(re.findall(r"^\| (\d+|E\d+) \|", rules, flags=re.M))
        self.contradictions = set(re.findall(r"^\| `(c-[a-z0-9-]+)` \|", rules, flags=re.M))
        self.sources = set(re.findall(r"^\| ([A-Z]\d+|#n) \|", rules, flags=re.M)) - self.rules
        self.laws = set(re.findall(r"^### Law (\d+)", pages.get("engine", ""), flags=re.M))


def read_docs(root):
    pages = (root / DOCS).glob("*.md")
    return Docs({page.stem: page.read_text(encoding="utf-8") for page in pages})


def sections_of(text):
    """Numbers of headings, and of the items of a numbered list below one: "7.3", "5A", "14.11"."""
    heading = None
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        found = None if fenced else re.match(rf"#+ ({SECTION})\.? ", line)
        if found:
            heading = found.group(1)
            yield heading
        elif heading is not None and (item := re.match(r"(\d+)\. ", line)):
            yield f"{heading}.{item.group(1)}"


def comments_of(path, text):
    """The comments alone, each on the line that it is on. Markdown is comment throughout."""
    suffix = "." + path.rsplit(".", 1)[-1]
    if suffix == ".md":
        return text
    kept = []
    at = 0
    for found in re.finditer(COMMENTS[suffix], text, flags=re.S):
        if found.group(1) is not None:
            kept += ["\n" * text.count("\n", at, found.start()), found.group(), " "]
            at = found.end()
    return "".join(kept)


def expand(first, rest, pattern):
    """The names in "1-6, E5", of which "1" is the first; "to" and "-" stand for a span."""
    names = [first]
    for joint, name in re.findall(rf"({JOINT})({pattern})", rest):
        if joint in (" to ", "-") and names[-1].isdigit() and name.isdigit():
            names += [str(number) for number in range(int(names[-1]) + 1, int(name))]
        names.append(name)
    return names


def check_pages(text, docs):
    names = "|".join(PAGES)
    for found in re.finditer(rf"\b({names}){PART}({SECTION})\b((?:{JOINT}{SECTION}\b)*)", text):
        page = PAGES[found.group(1)]
        for section in expand(found.group(2), found.group(3), SECTION):
            if section not in docs.sections.get(page, ()):
                yield found.start(), f"{found.group(1)} has no section {section}"


def check_rules(text, docs):
    for found in re.finditer(rf"(?<![`\w.-])[Rr]ules?[\s*]+({RULE})\b((?:{JOINT}{RULE}\b)*)", text):
        for rule in expand(found.group(1), found.group(2), RULE):
            if rule not in docs.rules:
                yield found.start(), f"there is no rule {rule}"
    for found in re.finditer(r"(?<![`\w./-])E\d{1,2}\b(?!\.\w|-[a-z])", text):
        if found.group() not in docs.rules:
            yield found.start(), f"there is no edge case {found.group()}"


def check_names(text, docs):
    for found in re.finditer(rf"\b[Ll]aws?[\s*]+(\d)\b((?:{JOINT}\d\b)*)", text):
        for law in expand(found.group(1), found.group(2), r"\d"):
            if law not in docs.laws:
                yield found.start(), f"there is no law {law}"
    for found in re.finditer(r"(?<![\w-])c-[a-z][a-z0-9]*(?:-[a-z0-9]+)+", text):
        if found.group() not in docs.contradictions:
            yield found.start(), f"there is no contradiction {found.group()}"
    for found in re.finditer(rf"(?:\bsources?[\s*:]+|\()({SOURCE}\b(?:{JOINT}{SOURCE}\b)*)", text):
        for code in re.findall(SOURCE, found.group(1)):
            if ("#n" if code[0] == "#" else code) not in docs.sources:
                yield found.start(), f"there is no source {code}"


def check_files(text, exists):
    """Pages and sources by their file's name, and what was once cited and is none."""
    for found in re.finditer(r"(?<![\w/.-])([\w./-]+\.md|(?:[a-z_]+/)+[a-z_]+\.(?:c|h|sql|def))\b", text):
        if not exists(found.group(1)):
            yield found.start(), f"there is no {found.group(1)}"
    for found in re.finditer(r"\((design)\b|\b(design) part \d|\b(kiro-rules)\b", text):
        yield found.start(), f"no page of {DOCS} is called {next(filter(None, found.groups()))}"


def check_citations(path, text, docs, exists):
    """Dangling citations in a file as (line, what); exists(name): is there such a page?"""
    comments = comments_of(path, text)
    findings = list(check_files(comments, exists))
    for check in (check_pages, check_rules, check_names):
        findings += check(comments, docs)
    for offset, what in findings:
        yield comments.count("\n", 0, offset) + 1, what


def citing_files(root):
    for folder in CITING:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and "node_modules" not in path.parts:
                yield path
    yield from sorted(root.glob("*.md"))


def check_all(root):
    """Dangling citations of the repository as (name of the file, line, what)."""
    docs = read_docs(root)
    sources = {f"/{path.relative_to(root).as_posix()}" for folder in CITING
               for path in (root / folder).rglob("*.*")}
    for path in citing_files(root):
        name = path.relative_to(root).as_posix()
        places = (path.parent, root, root / DOCS)

        def exists(page, places=places):
            return (any((place / page).exists() for place in places) or
                    any(source.endswith(f"/{page}") for source in sources if not page.endswith(".md")))
        text = path.read_text(encoding="utf-8")
        for line, what in check_citations(name, text, docs, exists):
            yield name, line, what
