"""What the commands share: the folder of a catalogue, options, and usage error."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..catalogue.loading.loader import load
from ..catalogue.problems import Subtype

if TYPE_CHECKING:
    from ..catalogue.loading.loader import Progress
    from ..catalogue.model import Catalogue

#: Where the folder of a catalogue is looked for.
DEFAULT_PATH = "data"


class UsageError(Exception):
    """The command line asks for what cannot be done; the text says why."""


def add_command(commands: Any, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    """Add a command; ``examples`` are shown below its options."""
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return made


def add_path(command: argparse.ArgumentParser, *names: str) -> None:
    """Add the argument, or with ``names`` the option, for the folder of the catalogue."""
    optional: dict[str, Any] = {} if names else {"nargs": "?"}
    text = f"the folder of the catalogue (default: {DEFAULT_PATH})"
    command.add_argument(*(names or ["path"]), metavar="PATH", default=DEFAULT_PATH, help=text, **optional)


def load_folder(path: str, progress: Progress = iter) -> Catalogue:
    """Load the catalogue of a folder; one that has none is usage error."""
    folder = catalogue_folder(path)
    catalogue = load(folder, progress)
    for problem in catalogue.problems:
        if problem.subtype is Subtype.DATA_PATH and problem.place.path == str(folder):
            raise UsageError(problem.message)
    return catalogue


def catalogue_folder(path: str) -> Path:
    """The folder of that name; one that is not there is usage error."""
    folder = short(Path(path))
    if folder.is_file():
        message = f"“{folder}” is a file; name the folder of the catalogue"
        raise UsageError(message)
    if not folder.is_dir():
        message = f"there is no folder “{folder}”; name the folder of the catalogue, the one with api.yml in it"
        raise UsageError(message)
    return folder


def short(path: Path) -> Path:
    """The path relative to the working directory, if it is below it, as in the messages of a compiler."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
