"""Shared by the commands: the option for the folder of a catalogue, and usage errors."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..catalogue.loading.loader import load
from ..catalogue.problems import Subtype

if TYPE_CHECKING:
    from ..catalogue.loading.loader import Progress
    from ..catalogue.model import Catalogue

#: The default folder of a catalogue.
DEFAULT_PATH = "data"


class UsageError(Exception):
    """A usage error; the message is printed, and the exit code is 2."""


def add_command(commands: Any, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    """Add a command; ``examples`` are shown below its options."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def add_path(command: argparse.ArgumentParser, *names: str) -> None:
    """Add the argument, or with ``names`` the option, for the folder of the catalogue."""
    optional: dict[str, Any] = {} if names else {"nargs": "?"}
    text = f"the folder of the catalogue (default: {DEFAULT_PATH})"
    command.add_argument(*(names or ["path"]), metavar="PATH", default=DEFAULT_PATH, help=text, **optional)


def load_folder(path: str, progress: Progress = iter) -> Catalogue:
    """Load the catalogue of a folder; raise :class:`UsageError` if there is none."""
    folder = catalogue_folder(path)
    catalogue = load(folder, progress)
    for problem in catalogue.problems:
        if problem.subtype is Subtype.DATA_PATH and problem.place.path == str(folder):
            raise UsageError(problem.message)
    return catalogue


def catalogue_folder(path: str) -> Path:
    """The folder at a path; raise :class:`UsageError` if there is none."""
    folder = short(Path(path))
    if folder.is_file():
        message = f"“{folder}” is a file; name the folder of the catalogue"
        raise UsageError(message)
    if not folder.is_dir():
        message = f"there is no folder “{folder}”; name the folder of the catalogue, the one with api.yml in it"
        raise UsageError(message)
    return folder


def short(path: Path) -> Path:
    """The path relative to the working directory if it is below it, for messages."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
