"""``diff``: print the changes between two states of a catalogue for clients of the API."""

from __future__ import annotations

import json
import re
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from ..catalogue.comparing.catalogues import diff
from ..catalogue.comparing.changes import WEIGHTS, Change
from ..catalogue.importing.comparable import comparable
from ..catalogue.importing.formats import FORMATS
from ..catalogue.reading.discover import is_folder
from ..catalogue.suggestions import nearest
from .colors import Colors
from .git import check_out
from .sources import add_kind, copy_api, read_sources
from .usage import DEFAULT_PATH, Outcome, UsageError, add_command, load_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from ..catalogue.importing.comparable import Untyped
    from ..catalogue.importing.formats import Format
    from ..catalogue.model import Catalogue
    from ..catalogue.problems import Problem

_EXAMPLES = """\
  sphinxext-stitch diff old/data new/data              compare two folders
  sphinxext-stitch diff v1.4 HEAD                      compare data/ in two revisions of the Git repository
  sphinxext-stitch diff main . --path .                compare a revision with the folder that you are in
  sphinxext-stitch diff v1.4 HEAD --format markdown    make a section for release notes
  sphinxext-stitch diff data report-cards:cards.json   compare the reference with what the API says

A name is a folder; if there is none of that name, and what stands before its first “:” is a format of
“sphinxext-stitch import”, a source; else a revision. The exit code is 1 if there is a breaking change, and 2 if
one of them has errors, as what is faulty could not be compared. Prose and examples are not compared. With a
source, only its objects are, and only what its format can say.
"""

_TITLES = {"breaking": "Breaking changes", "addition": "Additions", "other": "Other changes"}


def add(commands: Any) -> None:
    """Register the command."""
    command = add_command(commands, "diff", "say what changed for clients of the API", _EXAMPLES)
    command.add_argument("old", metavar="OLD", help="a folder, FORMAT:SOURCE or revision")
    command.add_argument("new", metavar="NEW", help="a folder, FORMAT:SOURCE or revision")
    text = f"where the catalogue is in a revision (default: {DEFAULT_PATH})"
    command.add_argument("--path", metavar="PATH", default=DEFAULT_PATH, help=text)
    add_kind(command)
    text = "with a source, compare all objects, also those that it does not have"
    command.add_argument("--complete", action="store_true", help=text)
    command.add_argument("--format", choices=_FORMATS, default="text", help="how to print it (default: text)")
    command.add_argument("--exit-zero", action="store_true", help="exit with 0 also if there is a breaking change")
    text = "compare what is not faulty, where a catalogue has errors"
    command.add_argument("--ignore-errors", action="store_true", help=text)
    command.set_defaults(run=run)


class _State(NamedTuple):
    """A state of a catalogue: of a folder or revision, or imported from a source in a format."""

    name: str
    catalogue: Catalogue
    problems: Sequence[Problem]
    source_format: Format | None = None
    untyped: Untyped | None = None


def run(args: argparse.Namespace) -> Outcome:
    """Print every change, breaking ones first; 1 if there is one, 2 if a catalogue has errors."""
    names = list(dict.fromkeys((args.old, args.new)))
    with ExitStack() as stack:
        folders = {name: _folder(name, args.path, stack) for name in names if not _source(name)}
        states = {name: _loaded(name, folder, args.path) for name, folder in folders.items()}
        base = next(iter(folders.values()), Path(args.path))
        states |= {name: _imported(name, base, args.kind, stack) for name in names if name not in states}
    if not any(map(_source, names)) and (args.kind is not None or args.complete):
        option = "--complete" if args.complete else "--kind"
        message = f"{option} is for sources, as in “report-cards:cards.json”; neither name is one"
        raise UsageError(message)
    faulty = [states[name] for name in names if states[name].problems]
    if faulty and not args.ignore_errors:
        return Outcome(2, [], [note for state in faulty for note in _refusal(state, args.path)])
    changes = diff(*_comparable(states[args.old], states[args.new], complete=args.complete))
    code = int(not args.exit_zero and any(change.type.weight == "breaking" for change in changes))
    notes = [f"“{state.name}” has {_errors(len(state.problems))}; what is faulty is not compared" for state in faulty]
    return Outcome(code, [*_FORMATS[args.format](changes)], notes)


def _comparable(old: _State, new: _State, *, complete: bool) -> tuple[Catalogue, Catalogue]:
    """The catalogues with what can be compared: of a source, what its format can say."""
    before, after = old.catalogue, new.catalogue
    if old.source_format:
        after, before = comparable(after, before, old.source_format, old.untyped or {}, complete=complete)
    if new.source_format:
        before, after = comparable(before, after, new.source_format, new.untyped or {}, complete=complete)
    return before, after


def _refusal(state: _State, path: str) -> Iterator[str]:
    """Why a catalogue is not compared: what is left out of it would be taken for removed."""
    if state.source_format:
        yield from (f"{problem.place}: {problem.message}" for problem in state.problems)
        check = "see above"
    elif Path(state.name).is_dir():
        check = f"see “sphinxext-stitch check {state.name}”"
    else:
        check = f"check it out and see “sphinxext-stitch check {path}”"
    yield f"“{state.name}” has {_errors(len(state.problems))}; {check}, or compare what is not faulty with --ignore-errors"


def _errors(number: int) -> str:
    return f"{number:,} error{'s' * (number != 1)}"


def _source(name: str) -> tuple[str, str] | None:
    """The format and the path of a source; None if a name is that of a folder or revision."""
    head, colon, path = name.partition(":")
    return (head, path) if colon and head in FORMATS and not is_folder(Path(name)) else None


def _folder(name: str, path: str, stack: ExitStack) -> Path:
    """The folder of a catalogue; of a revision, a temporary one."""
    if is_folder(Path(name)):
        return Path(name)
    folder = Path(stack.enter_context(TemporaryDirectory()))
    try:
        check_out(name, Path(path), folder)
    except UsageError as error:
        head, colon, _rest = name.partition(":")
        message = f"{error}{nearest(head, FORMATS) if colon else ''}"
        raise UsageError(message) from error
    return folder


def _loaded(name: str, folder: Path, path: str) -> _State:
    """The state of a folder, which messages name as the user did."""
    try:
        catalogue = load_folder(str(folder))
    except UsageError as error:
        message = str(error) if is_folder(Path(name)) else str(error).replace(str(folder), f"{path} of {name}")
        raise UsageError(message) from error
    return _State(name, catalogue, catalogue.problems)


def _imported(name: str, base: Path, kind: str | None, stack: ExitStack) -> _State:
    """The state of a source, as a catalogue with the ``api.yml`` of the folder that it is compared with."""
    format_name, path = _source(name) or ("", "")
    folder = Path(stack.enter_context(TemporaryDirectory()))
    copy_api(base, folder)
    imported = read_sources(format_name, [path], kind, folder)
    untyped = {(obj.kind, obj.key): obj.untyped for obj, _text in imported.composed.files}
    return _State(name, imported.composed.catalogue, imported.problems, FORMATS[format_name], untyped)


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
