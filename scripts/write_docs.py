"""Write into the Markdown of the manual what comes from the code and the examples: ``tox run -e write-docs``.

A block of a page begins with a comment that says what is in it, and ends with another one::

    <!-- write: fields records ObjectRecord -->
    ...
    <!-- end -->

So the pages can be read as they are, on a forge as in an editor.  A test compares them.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout, suppress
from dataclasses import MISSING, Field, fields, is_dataclass
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin, get_type_hints
from unittest.mock import patch

from markdown_it import MarkdownIt

from sphinxext_stitch import config
from sphinxext_stitch.catalogue.comparing.changes import ChangeType
from sphinxext_stitch.catalogue.format import api_records, exported, records, types
from sphinxext_stitch.catalogue.problems import Subtype
from sphinxext_stitch.cli import main as run_command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

CHECKOUT = Path(__file__).resolve().parents[1]

#: A block: its indentation, what is in it, and what it has.
BLOCK = re.compile(r"^( *)<!-- write: ([^\n]+) -->\n(.*?)^ *<!-- end -->$", re.DOTALL | re.MULTILINE)

#: The faulty examples: a folder for each subtype.
FAULTS = CHECKOUT / "docs/examples/faults"

#: The language of a file, where it is not its ending.
LANGUAGES = {"yml": "yaml", "py": "python", "mjs": "javascript", "txt": "text"}

#: The modules that define a format.
FORMATS = {"records": records, "api_records": api_records, "exported": exported}

#: What the manual calls the types of fields.
WORDS: dict[object, str] = {
    str: "text",
    types.Flag: "flag",
    Any: "value",
    bool: "true or false",
    int: "number",
    float: "number",
}

#: What it calls records within others.
RECORDS: dict[object, str] = {
    api_records.AttributeRecord: "attributes",
    records.ConnectionRecord: "connections",
    records.DeprecationRecord: "deprecation",
    api_records.KindRecord: "kinds",
    api_records.EndpointRecord: "endpoints",
    records.EntriesRecord: "entries",
    records.PresenceRecord: "presence",
    records.PropertyDeprecationRecord: "deprecation",
    records.PropertyRecord: "properties",
    api_records.RequestsRecord: "requests",
    records.ValueRecord: "fields of a value",
    records.SuppressionRecord: "entries",
    api_records.StepInfoRecord: "steps",
    api_records.UnavailableRecord: "unavailable",
    records.VersionRecord: "versions",
    api_records.WordsRecord: "words",
    **{kind: name.lower() for name, kind in vars(exported).items() if is_dataclass(kind)},
}


def pages() -> Iterator[Path]:
    """The pages that are read on a forge, too."""
    yield from (CHECKOUT / name for name in ("README.md", "CHANGELOG.md", "SECURITY.md"))
    for path in sorted((CHECKOUT / "docs").rglob("*.md")):
        if not {"examples", "_build"} & {*path.relative_to(CHECKOUT).parts}:
            yield path


def written(page: Path, without: Sequence[str] = ()) -> str:
    """The text of a page with its blocks as they are to be; those of the kinds ``without`` stay as they are."""
    text = page.read_text(encoding="utf-8")

    def write(block: re.Match[str]) -> str:
        indentation, what, old = block.groups()
        kind, *arguments = shlex.split(what)
        if kind in without:
            return block[0]
        content = KINDS[kind](page, *arguments).strip("\n")
        if kind == "command" and content.split() == old.split():
            return block[0]  # versions of Python lay help out in different ways
        lines = [f"<!-- write: {what} -->", "", *content.splitlines(), "", "<!-- end -->"]
        return "\n".join(f"{indentation}{line}" if line else "" for line in lines)

    return BLOCK.sub(write, text)


def slugs(text: str) -> Iterator[tuple[int, str]]:
    """The line of each heading of a page, from 0, and its anchor, as forges and MyST make it of the words."""
    count: dict[str, int] = {}
    tokens = MarkdownIt().parse(text)
    for token, content in pairwise(tokens):
        if token.type == "heading_open" and token.map:
            words = "".join(part.content for part in content.children or ())
            slug = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
            count[slug] = count.get(slug, -1) + 1
            yield token.map[0], f"{slug}-{count[slug]}" if count[slug] else slug


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of these cells."""
    lines = [header, ["---"] * len(header), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def fenced(text: str, language: str) -> str:
    """A text as a block of code."""
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall("`+", text)), 3)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def one_code(text: str) -> str:
    """A sentence of docstrings, with code between two backticks, in Markdown."""
    return text.replace("``", "`")


# ---------------------------------------------------------------- what a block can have


def file(page: Path, path: str, *options: str) -> str:
    """A file, or a part of it; the ``title`` above it says its name."""
    given = dict(option.split("=", 1) for option in options)
    lines = (page.parent / path).read_text(encoding="utf-8").splitlines()
    start = 0
    if "start-at" in given or "start-after" in given:
        wanted = given.get("start-at") or given["start-after"]
        start = next(number for number, line in enumerate(lines) if wanted in line) + ("start-after" in given)
    end = len(lines)
    if "end-before" in given:
        end = next(number for number, line in enumerate(lines) if number > start and given["end-before"] in line)
    title = re.sub(r"^([\w./-]+\.\w+)", r"`\1`", given.get("title", ""))
    ending = path.rpartition(".")[2]
    language = given.get("language") or LANGUAGES.get(ending, ending)
    block = fenced("\n".join(lines[start:end]), language)
    return f"**{title}**\n\n{block}" if title else block


def config_values(_page: Path) -> str:
    """Every configuration value with its type, default and meaning."""
    return table(
        ["Value", "Type", "Default", "Meaning"],
        (
            [
                f"`{value.name}`",
                " or ".join(kind.__name__ for kind in value.types),
                f"`{value.default!r}`",
                one_code(value.help),
            ]
            for value in config.VALUES
        ),
    )


def warnings(_page: Path, group: str = "") -> str:
    """A section for every subtype of a warning, with a faulty example; or for every lint warning."""
    return "\n\n".join(_warning(subtype) for subtype in Subtype if subtype.lint == (group == "lint"))


def _warning(subtype: Subtype) -> str:
    folder = FAULTS / subtype.value
    parts = [f"### `{'' if subtype.lint else 'stitch.'}{subtype.value}`", one_code(subtype.explanation)]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "message.txt"]
    for path in files:
        name = str(path.relative_to(folder))
        if path.is_symlink():
            parts.append(f"**`{name}`, a link to**\n\n{fenced(str(path.readlink()), 'text')}")
        else:
            parts.append(file(folder / "message.txt", name, f"title={name}"))
    # As inline code, long lines are wrapped.
    message = (folder / "message.txt").read_text(encoding="utf-8")
    parts += [f"`{line}`" for line in message.splitlines()]
    return "\n\n".join(parts)


def changes(_page: Path) -> str:
    """Every kind of change that ``diff`` knows."""
    return table(
        ["Change", "Weight", "Meaning"],
        ([f"`{change.value}`", change.weight, one_code(change.explanation)] for change in ChangeType),
    )


def command(_page: Path, *arguments: str) -> str:
    """The help of a command, or of all."""
    output = StringIO()
    # argparse wraps the help to this width.
    with patch.dict(os.environ, COLUMNS="100"), redirect_stdout(output), suppress(SystemExit):
        run_command([*arguments, "--help"])
    # Python 3.12 and older name the value of an option twice.
    text = re.sub(r"^  (-\w), (--\S+ ([A-Z]+))", r"  \1 \3, \2", output.getvalue(), flags=re.MULTILINE)
    return fenced(text, "text")


def record_fields(page: Path, module: str, name: str) -> str:
    """The fields of a record of the data format, or of a class of the export."""
    record = getattr(FORMATS[module], name)
    hints = get_type_hints(record, include_extras=True)
    types = _Types(page, "" if module != "exported" else " or `null`")
    return table(
        ["Field", "Type", "Meaning"],
        (
            [
                f"`{field.name}`{_required(field) if module != 'exported' else ''}",
                types.words(hints[field.name]),
                field.metadata["description"],
            ]
            for field in _own_fields(record)
            if "description" in field.metadata
        ),
    )


def _own_fields(record: Any) -> list[Field[Any]]:
    """The fields of a record without those that it inherits, which have a table of their own."""
    inherited = {field.name for base in record.__bases__ if is_dataclass(base) for field in fields(base)}
    return [field for field in fields(record) if field.name not in inherited]


def _required(field: Field[Any]) -> str:
    """A mark on a required field."""
    return "" if (field.default, field.default_factory) != (MISSING, MISSING) else " *required*"


class _Types:
    """The types of fields in words, with links to the sections of the page that describe them.

    ``null`` is what is said of a field that can be None.
    """

    def __init__(self, page: Path, null: str) -> None:
        self.null = null
        self.sections: dict[str, str] = {}
        text = page.read_text(encoding="utf-8")
        headings = list(slugs(text))
        for number, line in enumerate(text.splitlines()):
            if match := re.fullmatch(r"<!-- write: fields \w+ (\w+) -->", line):
                self.sections[match[1]] = [slug for start, slug in headings if start < number][-1]

    def words(self, hint: Any) -> str:
        word = hint.__metadata__[0].name if get_origin(hint) is Annotated else WORDS.get(hint)
        if word:
            return word
        if is_dataclass(hint):
            return f"[{RECORDS[hint]}](#{self.sections[hint.__name__]})"
        arguments = [part for part in get_args(hint) if part is not type(None)]
        if get_origin(hint) is Literal:
            return f"word: {', '.join(f'`{word}`' for word in arguments)}"
        if get_origin(hint) in (tuple, list):
            return f"list of {self.words(arguments[0])}"
        if get_origin(hint) is dict:
            return f"mapping of {self.words(arguments[0])} to {self.words(arguments[1])}"
        return ", or ".join(map(self.words, arguments)) + (self.null if type(None) in get_args(hint) else "")


def markdown(page: Path, path: str) -> str:
    """The first page of an example as sphinx-markdown-builder writes it, as a quote."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(page.parent / path, folder, dirs_exist_ok=True)
        call = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-b", "markdown", folder, f"{folder}/_build"]
        subprocess.run(call, check=True)
        text = Path(folder, "_build/index.md").read_text(encoding="utf-8")
    # Its title is below the headings of the page.
    lines = re.sub(r"^#", "###", text.strip(), flags=re.MULTILINE).splitlines()
    return "\n".join(f"> {line}".rstrip() for line in lines)


KINDS: dict[str, Callable[..., str]] = {
    "file": file,
    "config": config_values,
    "warnings": warnings,
    "changes": changes,
    "command": command,
    "fields": record_fields,
    "markdown": markdown,
}


def main() -> None:
    """Write all pages."""
    for page in pages():
        text = written(page)
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8")
            print(f"Wrote {page.relative_to(CHECKOUT)}")  # noqa: T201 - a command says what it did


if __name__ == "__main__":
    main()
