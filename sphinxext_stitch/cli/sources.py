"""What ``import`` and ``diff`` share: the files of a source, and the catalogue that they are made into."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..catalogue.importing.composing import compose
from ..catalogue.importing.formats import FORMATS
from ..catalogue.importing.result import MissingKindError
from ..catalogue.importing.source import read_source
from ..catalogue.loading.loader import load
from ..catalogue.problems import listing
from ..catalogue.suggestions import suggestion
from .usage import UsageError, short

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from ..catalogue.importing.composing import Composed
    from ..catalogue.importing.result import ImportedObject
    from ..catalogue.problems import Problem

#: The endings of the files of a folder that is a source.
_ENDINGS = (".json", ".yaml", ".yml")


class Imported(NamedTuple):
    """What was made of sources: a catalogue with its files, and the problems of what cannot be in one."""

    composed: Composed
    problems: list[Problem]


def add_kind(command: argparse.ArgumentParser) -> None:
    """Add the option for the kind of the objects of a source."""
    command.add_argument("--kind", metavar="KIND", help="the kind of the objects, where the source does not say it")


def read_sources(format_name: str, paths: Iterable[str], kind: str | None, folder: Path) -> Imported:
    """Read sources, and write their objects to a folder that has an ``api.yml`` or nothing.

    Raises :class:`UsageError` if no kind is known, or the kind is none of the API.
    """
    api = load(folder).api
    if kind is not None and kind not in api.kind_names:
        message = f"there is no kind “{kind}”{suggestion(kind, api.kind_names)}"
        raise UsageError(message)
    if kind is None and len(api.kind_names) == 1:
        (kind,) = api.kind_names
    problems: list[Problem] = []
    objects: list[ImportedObject] = []
    try:
        for path in paths:
            for file in _files(path):
                read = read_source(file, problems.append)
                objects += FORMATS[format_name].read(read, kind, api, problems.append) if read else []
    except MissingKindError as error:
        message = f"{format_name} does not say of which kind objects are; name it with --kind: {listing(api.kind_names, 'or')}"
        raise UsageError(message) from error
    return Imported(compose(objects, folder, api, problems.append), problems)


def copy_api(catalogue: Path, folder: Path) -> None:
    """Copy the ``api.yml`` of a catalogue, if it has one, to a folder of imported objects."""
    if (catalogue / "api.yml").is_file():
        shutil.copyfile(catalogue / "api.yml", folder / "api.yml")


def _files(path: str) -> Iterator[Path]:
    """The file at a path, or all that a folder has; hidden ones and links are left out."""
    source = short(Path(path))
    if not source.is_dir():
        yield source
        return
    files = sorted(
        file
        for file in source.rglob("*")
        if file.suffix.lower() in _ENDINGS
        and not any(part.startswith(".") for part in file.relative_to(source).parts)
        and file.is_file()
        and not file.is_symlink()
    )
    if not files:
        message = f"there is no file in “{source}” that ends in {listing(_ENDINGS, 'or')}"
        raise UsageError(message)
    yield from files
