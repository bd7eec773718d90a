"""``diff``: print the changes between two states of a catalogue for clients of the API."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ..catalogue.comparing.catalogues import diff
from ..catalogue.comparing.changes import WEIGHTS, Change
from .colors import Colors
from .git import check_out
from .usage import DEFAULT_PATH, Outcome, UsageError, add_command, load_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ..catalogue.model import Catalogue

_EXAMPLES = """\
  sphinxext-stitch diff old/data new/data              compare two folders
  sphinxext-stitch diff v1.4 HEAD                      compare data/ in two revisions of the Git repository
  sphinxext-stitch diff main . --path .                compare a revision with the folder that you are in
  sphinxext-stitch diff v1.4 HEAD --format markdown    make a section for release notes

A name is a folder, or if there is none of that name, a revision. The exit code is 1 if there is a breaking
change, and 2 if one of them has errors, as what is faulty could not be compared. Prose and examples are not
compared.
"""

_TITLES = {"breaking": "Breaking changes", "addition": "Additions", "other": "Other changes"}


def add(commands: Any) -> None:
    """Register the command."""
    command = add_command(commands, "diff", "say what changed for clients of the API", _EXAMPLES)
    command.add_argument("old", metavar="OLD", help="a folder or revision")
    command.add_argument("new", metavar="NEW", help="a folder or revision")
    text = f"where the catalogue is in a revision (default: {DEFAULT_PATH})"
    command.add_argument("--path", metavar="PATH", default=DEFAULT_PATH, help=text)
    command.add_argument("--format", choices=_FORMATS, default="text", help="how to print it (default: text)")
    command.add_argument("--exit-zero", action="store_true", help="exit with 0 also if there is a breaking change")
    text = "compare what is not faulty, where a catalogue has errors"
    command.add_argument("--ignore-errors", action="store_true", help=text)
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> Outcome:
    """Print every change, breaking ones first; 1 if there is one, 2 if a catalogue has errors."""
    old, new = _catalogue(args.old, args.path), _catalogue(args.new, args.path)
    faulty = {name: len(each.problems) for name, each in ((args.old, old), (args.new, new)) if each.problems}
    if faulty and not args.ignore_errors:
        return Outcome(2, [], [_refusal(name, number, args.path) for name, number in faulty.items()])
    changes = diff(old, new)
    code = int(not args.exit_zero and any(change.type.weight == "breaking" for change in changes))
    notes = [f"“{name}” has {_errors(number)}; what is faulty is not compared" for name, number in faulty.items()]
    return Outcome(code, [*_FORMATS[args.format](changes)], notes)


def _refusal(name: str, number: int, path: str) -> str:
    """Why a catalogue is not compared: what is left out of it would be taken for removed."""
    check = f"see “sphinxext-stitch check {name}”"
    if not Path(name).is_dir():
        check = f"check it out and see “sphinxext-stitch check {path}”"
    return f"“{name}” has {_errors(number)}; {check}, or compare what is not faulty with --ignore-errors"


def _errors(number: int) -> str:
    return f"{number:,} error{'s' * (number != 1)}"


def _catalogue(name: str, path: str) -> Catalogue:
    """The catalogue of a folder, or of a revision."""
    if Path(name).is_dir():
        return load_folder(name)
    with TemporaryDirectory() as folder:
        check_out(name, Path(path), Path(folder))
        try:
            return load_folder(folder)
        except UsageError as error:
            raise UsageError(str(error).replace(folder, f"{path} of {name}")) from error


def _by_weight(changes: list[Change]) -> Iterator[tuple[str, list[Change]]]:
    for weight in WEIGHTS:
        of_weight = [change for change in changes if change.type.weight == weight]
        if of_weight:
            yield weight, of_weight


def _text(changes: list[Change]) -> Iterator[str]:
    colors = Colors(sys.stdout)
    paint = {"breaking": colors.red, "addition": colors.green}
    for weight, of_weight in _by_weight(changes):
        yield paint.get(weight, colors.bold)(_TITLES[weight])
        for change in of_weight:
            yield f"  {colors.bold(change.subject)}: {change.message}"
    if not changes:
        yield "Nothing changed for clients."


def _markdown(changes: list[Change]) -> Iterator[str]:
    for index, (weight, of_weight) in enumerate(_by_weight(changes)):
        yield from [""] * bool(index)
        yield f"## {_TITLES[weight]}"
        yield ""
        for change in of_weight:
            yield f"- {_code(change.subject)}: {re.sub('“(.*?)”', lambda quoted: _code(quoted[1]), change.message)}"
    if not changes:
        yield "Nothing changed for clients."


def _code(text: str) -> str:
    """A text as inline code in Markdown, with a fence that is longer than its backticks."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " * (text.startswith("`") or text.endswith("`"))
    return f"{fence}{space}{text}{space}{fence}"


def _json(changes: list[Change]) -> Iterator[str]:
    items = [
        {"weight": change_type.weight, "what": change_type.value, "subject": subject, "message": message}
        for change_type, subject, message in changes
    ]
    summary = {weight: sum(change.type.weight == weight for change in changes) for weight in WEIGHTS}
    yield json.dumps({"version": 1, "changes": items, "summary": summary}, indent=2)


_FORMATS = {"text": _text, "json": _json, "markdown": _markdown}
