"""``validate``: say what is wrong with the properties that a client would send."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..catalogue.object_schema import object_schema
from .colors import Colors
from .github import command
from .usage import Outcome, UsageError, add_command, add_path, find_step, load_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from ..catalogue.validating.payloads import Fault

_EXAMPLES = """\
  sphinxext-stitch validate platform.shop shop.json           check the properties in a file
  jq .properties body.json | sphinxext-stitch validate platform.shop   those of a whole request
  sphinxext-stitch validate platform.shop.oauth tokens.json   those of a further step
  sphinxext-stitch validate platform.shop shop.json --format github    annotate a pull request

The values of secrets are in no message. Members that the catalogue does not have are noted, and no error. Patterns
are run as regular expressions of Python.
"""

#: The largest file, in bytes.
LIMIT = 10_000_000


def add(commands: Any) -> None:
    """Register the command."""
    parser = add_command(commands, "validate", "check what a client would send", _EXAMPLES)
    parser.add_argument("object", metavar="TYPE[.STEP]", help="the object, or one of its further steps")
    parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="a JSON file (default: standard input)")
    add_path(parser, "--path")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="how to print it (default: text)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Outcome:
    """Print every error and note by its place; 1 if there is an error."""
    try:
        from ..catalogue.validating.payloads import faults
    except ModuleNotFoundError as error:
        if error.name != "jsonschema":
            raise
        message = "“validate” needs the package jsonschema; install it with: pip install 'sphinxext-stitch[validate]'"
        raise UsageError(message) from error
    catalogue = load_folder(args.path)
    obj, step = find_step(catalogue, args.object)
    payload = _read(args.file)
    try:
        found = faults(object_schema(obj, step, catalogue.api), payload)
    except RecursionError as error:
        message = f"{_name(args.file)} is nested too deep"
        raise UsageError(message) from error
    return Outcome(int(any(fault.is_error for fault in found)), [*_FORMATS[args.format](args.file, found)])


def _name(file: str) -> str:
    return "the standard input" if file == "-" else f"“{file}”"


def _read(file: str) -> Any:
    """The JSON of a file; raise :class:`UsageError` if there is none, or it is not plain JSON."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(LIMIT + 1)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(LIMIT + 1)
    except OSError as error:
        message = f"{_name(file)} cannot be read: {error.strerror}"
        raise UsageError(message) from error
    if len(raw) > LIMIT:
        message = f"{_name(file)} has more than {LIMIT:,} bytes"
        raise UsageError(message)
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        message = f"{_name(file)} is not JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}"
    except UnicodeDecodeError:
        message = f"{_name(file)} is not text in UTF-8"
    except ValueError as error:  # one of ours, or a number that is too long for Python
        message = f"{_name(file)} is not plain JSON: {error}"
    except RecursionError:
        message = f"{_name(file)} is nested too deep"
    raise UsageError(message)


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice, _number = next(entry for entry in Counter(name for name, _value in pairs).items() if entry[1] > 1)
        message = f"an object has “{twice}” twice"
        raise ValueError(message)
    return made


def _constant(name: str) -> Any:
    message = f"it has {name}"
    raise ValueError(message)


def _text(file: str, found: Sequence[Fault]) -> Iterator[str]:
    colors = Colors(sys.stdout)
    for fault in found:
        line = f"{fault.path}: {fault.message}" if fault.path else fault.message
        yield line if fault.is_error else f"{colors.faint('note:')} {line}"
    errors = sum(fault.is_error for fault in found)
    yield f"{_name(file)}: {errors} error{'s' * (errors != 1)}"


def _github(file: str, found: Sequence[Fault]) -> Iterator[str]:
    """Workflow commands of GitHub; the place in the file is in the message."""
    for fault in found:
        line = f"{fault.path}: {fault.message}" if fault.path else fault.message
        yield command("error" if fault.is_error else "notice", line, **({} if file == "-" else {"file": file}))


def _json(_file: str, found: Sequence[Fault]) -> Iterator[str]:
    findings = [
        {"path": fault.path, "level": "error" if fault.is_error else "note", "message": fault.message}
        for fault in found
    ]
    yield json.dumps({"version": 1, "findings": findings}, indent=2)


_FORMATS = {"text": _text, "json": _json, "github": _github}
