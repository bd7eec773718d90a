"""Shared by the commands: their outcome, the option for the folder of a catalogue, files to write, and usage errors."""

from __future__ import annotations

import argparse
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, Any, NamedTuple

from ..catalogue.problems import Subtype
from ..catalogue.suggestions import suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..catalogue.loading.loader import Progress
    from ..catalogue.model import Catalogue, ConnectionObject, Step

#: The default folder of a catalogue.
DEFAULT_PATH = "data"


class UsageError(Exception):
    """A usage error; the message is printed, and the exit code is 2."""


class Outcome(NamedTuple):
    """The outcome of a command: its exit code, and what to print.

    The code is 0 for success, 1 for problems found, 2 if the command cannot do what it is for.

    The ``lines`` are its result, the ``notes`` are messages for standard error.
    """

    code: int
    lines: Sequence[str] = ()
    notes: Sequence[str] = ()


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
    # Imported here, and not before ``main`` begins; see there.
    from ..catalogue.loading.loader import load

    folder = catalogue_folder(path)
    catalogue = load(folder, progress)
    for problem in catalogue.problems:
        if problem.subtype is Subtype.DATA_PATH and problem.place.path == str(folder):
            raise UsageError(problem.message)
    return catalogue


def catalogue_folder(path: str) -> Path:
    """The folder at a path; raise :class:`UsageError` if there is none."""
    folder = short(Path(path))
    try:
        is_folder = S_ISDIR(folder.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"there is no folder “{folder}”; name the folder of the catalogue, the one with api.yml in it"
        raise UsageError(message) from error
    if not is_folder:
        message = f"“{folder}” is a file; name the folder of the catalogue"
        raise UsageError(message)
    return folder


def find_step(catalogue: Catalogue, name: str) -> tuple[ConnectionObject, Step]:
    """The object and step that “TYPE” or “TYPE.STEP” names, the first step without one; raise :class:`UsageError` if none."""
    # Imported here, and not before ``main`` begins; see there.
    from ..catalogue.queries.targets import ambiguous, target_suggestion

    for object_name, step_name in ((name, ""), name.rpartition(".")[::2]):
        if several := ambiguous(catalogue, object_name):
            raise UsageError(several)
        for obj in catalogue.find(object_name):
            steps = {step.name: step for step in obj.steps}
            if not step_name:
                return obj, obj.steps[0]
            if step_name in steps:
                return obj, steps[step_name]
            message = f"“{object_name}” has no step “{step_name}”{suggestion(step_name, steps)}"
            raise UsageError(message)
    message = f"there is no object “{name}”{target_suggestion(catalogue, name, 'object')}"
    raise UsageError(message)


def write_file(path: Path, text: str, mode: str = "w") -> None:
    """Write a text file; raise :class:`UsageError` if that fails, or if the mode is ``x`` and there is the file already."""
    try:
        with path.open(mode, encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        message = f"“{path}” cannot be written: {error.strerror}"
        raise UsageError(message) from error


def short(path: Path) -> Path:
    """The path relative to the working directory if it is below it, for messages."""
    if not path.is_absolute():
        return path
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
