"""``import``: make data files of what other programs say of connectors."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from ..catalogue.comparing.catalogues import diff
from ..catalogue.importing.comparable import comparable
from ..catalogue.importing.formats import FORMATS
from ..catalogue.limits import DEFAULT_LIMITS
from ..catalogue.loading.loader import load
from ..catalogue.model import Catalogue
from ..catalogue.reading.discover import data_files
from .sources import add_kind, copy_api, read_sources
from .usage import Outcome, add_command, add_path, catalogue_folder, write_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sized

    from ..catalogue.importing.result import ImportedObject
    from ..catalogue.model import ConnectionObject
    from .sources import Imported

_EXAMPLES = """\
  sphinxext-stitch import report-cards source-types.json --kind source   what Stitch's API says of its types
  sphinxext-stitch import json-schema specs/shop.json --kind source      a JSON Schema, or an Airbyte specification
  sphinxext-stitch import meltano-hub tap-shop/acme.yml --kind source    a plugin of Meltano's hub

A source is a file, or a folder with such files. What it says and the data format cannot is printed as “lost”, with
its place in the source. For an object that is in the catalogue already, nothing is written: the command prints how the
source differs from it, as “sphinxext-stitch diff” does. The exit code is 1 if there is such a difference, or if a part of
a source could not be read.
"""


class _Known(NamedTuple):
    """What the catalogue has already of what is imported: the object, or a message about what else is there."""

    obj: ConnectionObject | None = None
    taken: str = ""


def add(commands: Any) -> None:
    """Register the command."""
    command = add_command(commands, "import", "make data files of what other programs say", _EXAMPLES)
    command.add_argument("format", metavar="FORMAT", choices=FORMATS, help=f"one of {', '.join(FORMATS)}")
    command.add_argument("sources", metavar="SOURCE", nargs="+", help="a file, or a folder of files")
    add_kind(command)
    add_path(command, "--path")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> Outcome:
    """Write a file for each new object; 1 if something could not be read, or differs from what is there."""
    folder = catalogue_folder(args.path)
    catalogue = load(folder)
    with TemporaryDirectory() as made:
        copy_api(folder, Path(made))
        imported = read_sources(args.format, args.sources, args.kind, Path(made))
    return _outcome(args.format, imported, catalogue, folder)


def _outcome(format_name: str, imported: Imported, catalogue: Catalogue, folder: Path) -> Outcome:
    keys = _keys(catalogue, folder)
    errors = [f"{problem.place}: error: {problem.message}" for problem in imported.problems]
    written: list[str] = []
    losses: list[str] = []
    there: list[ImportedObject] = []
    for obj, text in imported.composed.files:
        known = _known(obj, catalogue, keys)
        if known.obj:
            there.append(obj)
        elif known.taken:
            errors.append(f"{obj.place}: error: {known.taken}")
        else:
            file = folder / catalogue.api.kind(obj.kind).folder / f"{obj.key}.yml"
            file.parent.mkdir(exist_ok=True)
            write_file(file, text, "x")
            written.append(f"wrote {file}")
            losses += [f"{loss.place}: lost: {loss.message}" for loss in sorted(obj.losses.found)]
    changes = [*_differences(format_name, imported, catalogue, there)]
    numbers: dict[str, Sized] = {"written": written, "there already": there, "lost": losses, "different": changes}
    summary = ", ".join(f"{len(found):,} {word}" for word, found in numbers.items())
    summary += f", {len(errors):,} error{'s' * (len(errors) != 1)}"
    return Outcome(int(bool(errors or changes)), [*errors, *losses, *changes, *written, summary])


def _keys(catalogue: Catalogue, folder: Path) -> dict[tuple[str, str], str]:
    """What has each key of a kind already, in words, without regard to case."""
    kinds = {kind.folder: kind.name for kind in catalogue.api.kinds}
    keys = {(row.kind, row.key.casefold()): f"the connection “{row.kind}/{row.key}”" for row in catalogue.connections}
    for file in data_files(folder, DEFAULT_LIMITS).files:
        top = file.relative_to(folder).parts[0]
        if top in kinds:
            keys[kinds[top], file.stem.casefold()] = f"“{file}”"
    return keys


def _known(obj: ImportedObject, catalogue: Catalogue, keys: dict[tuple[str, str], str]) -> _Known:
    """What the catalogue has of an object; an object is the same if it has the type, else the key."""
    of_type = [other for other in catalogue.objects if other.type == obj.data["type"]]
    same = [other for other in of_type if other.kind == obj.kind]
    same += [other for other in catalogue.objects if (other.kind, other.key) == (obj.kind, obj.key)]
    if same:
        return _Known(same[0])
    if of_type:
        holder = f"the object “{of_type[0].kind}/{of_type[0].key}”"
        return _Known(taken=f"the type “{obj.data['type']}” is that of {holder}; nothing is written")
    if holder := keys.get((obj.kind, obj.key.casefold()), ""):
        return _Known(taken=f"the key “{obj.kind}/{obj.key}” is that of {holder}; nothing is written")
    return _Known()


def _differences(
    format_name: str, imported: Imported, catalogue: Catalogue, there: list[ImportedObject]
) -> Iterator[str]:
    """How the objects that are there already differ from those of the source."""
    names = {(obj.kind, obj.key) for obj in there}
    made = imported.composed.catalogue
    source = Catalogue(made.api, tuple(obj for obj in made.objects if (obj.kind, obj.key) in names))
    untyped = {(obj.kind, obj.key): obj.untyped for obj in there}
    pair = comparable(catalogue, source, FORMATS[format_name], untyped, complete=False)
    for change in diff(*pair):
        yield f"{change.subject}: differs: {change.message}"
