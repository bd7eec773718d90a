"""``export``: print the catalogue as JSON for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..catalogue.export import as_text, export
from .usage import Outcome, add_command, add_path, load_folder, write_file

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """\
  sphinxext-stitch export                             print the catalogue in data/
  sphinxext-stitch export ../data -o catalogue.json   write it to a file
  sphinxext-stitch export | jq '.objects[].type'      list all types

Groups and variables are applied: the JSON has what tables and sections show. What is faulty is left out; then
the exit code is 1, and “sphinxext-stitch check” says what it is.
"""


def add(commands: Any) -> None:
    """Register the command."""
    command = add_command(commands, "export", "print a catalogue as JSON", _EXAMPLES)
    add_path(command)
    command.add_argument("-o", "--output", metavar="FILE", help="write to this file")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> Outcome:
    """Print or write the JSON; 1 if something is left out."""
    catalogue = load_folder(args.path)
    text = as_text(export(catalogue))
    if args.output is not None:
        write_file(Path(args.output), text)
    lines = [text.removesuffix("\n")] if args.output is None else []
    if catalogue.problems:
        return Outcome(1, lines, [f"what is faulty is left out; see “sphinxext-stitch check {args.path}”"])
    return Outcome(0, lines)
