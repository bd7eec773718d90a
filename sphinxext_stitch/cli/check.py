"""``check``: print the problems and lint warnings of a catalogue."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from .colors import Colors
from .github import command
from .progress import progress
from .usage import Outcome, add_command, add_path, load_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ..catalogue.model import Catalogue
    from ..catalogue.problems import Problem

_EXAMPLES = """\
  sphinxext-stitch check                    check the catalogue in data/
  sphinxext-stitch check --strict ../data   let lint warnings fail, too
  sphinxext-stitch check --format github    mark the lines of a pull request

An “error” is what a build warns of. A “warning” is lint: an unused property group, a property without
description, the name of a secret that is not marked. What you looked at and leave as it is, write into
check.yml in the folder of the catalogue, with a reason:

  silence:
    - subtype: unmarked-secret
      file: sources/shop.yml
      name: api_key
      reason: The key is printed in the shop's public address.
"""


class Finding(NamedTuple):
    """A problem or lint warning with its level, ``error`` or ``warning``."""

    level: str
    problem: Problem


def add(commands: Any) -> None:
    """Register the command."""
    parser = add_command(commands, "check", "find what is wrong in a catalogue", _EXAMPLES)
    add_path(parser)
    parser.add_argument("--format", choices=_FORMATS, default="text", help="how to print it (default: text)")
    parser.add_argument("--strict", action="store_true", help="make every warning an error")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Outcome:
    """Print every finding by file, line and column; 1 if one of them is an error."""
    catalogue = load_folder(args.path, progress)
    levels = dict.fromkeys(catalogue.problems, "error")
    levels |= dict.fromkeys(catalogue.lint, "error" if args.strict else "warning")
    findings = [Finding(levels[problem], problem) for problem in sorted(levels, key=lambda problem: problem.place)]
    code = int(any(finding.level == "error" for finding in findings))
    return Outcome(code, [*_FORMATS[args.format](catalogue, findings)])


def _text(catalogue: Catalogue, findings: list[Finding]) -> Iterator[str]:
    colors = Colors(sys.stdout)
    for level, problem in findings:
        word = colors.red(level) if level == "error" else colors.yellow(level)
        yield f"{colors.bold(problem.place)}: {word}: {problem.message} {colors.faint(f'[{problem.subtype.value}]')}"
    yield _summary(catalogue, findings)


def _github(catalogue: Catalogue, findings: list[Finding]) -> Iterator[str]:
    """Workflow commands of GitHub, which annotate the lines of a pull request."""
    for level, problem in findings:
        place = problem.place
        values = {"file": place.path, "line": place.line, "col": place.column, "title": problem.subtype.value}
        yield command(level, problem.message, **values)
    yield _summary(catalogue, findings)


def _json(catalogue: Catalogue, findings: list[Finding]) -> Iterator[str]:
    items = [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "level": level,
            "subtype": problem.subtype.value,
            "message": problem.message,
        }
        for level, problem in findings
    ]
    summary = {"objects": len(catalogue.objects), "connections": len(catalogue.connections), **_totals(findings)}
    yield json.dumps({"version": 1, "findings": items, "summary": summary}, indent=2)


def _summary(catalogue: Catalogue, findings: list[Finding]) -> str:
    totals = _totals(findings)
    checked = {"object": len(catalogue.objects), "connection": len(catalogue.connections)}
    problems = {"error": totals["errors"], "warning": totals["warnings"]}
    return f"{_counted(checked)}: {_counted(problems)}"


def _counted(numbers: dict[str, int]) -> str:
    """Numbers with their words, as in “1 error, 2 warnings”."""
    return ", ".join(f"{number} {word}{'s' * (number != 1)}" for word, number in numbers.items())


def _totals(findings: list[Finding]) -> dict[str, int]:
    return {f"{level}s": sum(finding.level == level for finding in findings) for level in ("error", "warning")}


_FORMATS = {"text": _text, "json": _json, "github": _github}
