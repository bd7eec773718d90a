"""``schema``: print or write the JSON Schema of the data files, for editors; print that of the export, or of an object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..catalogue.format.json_schema import FILES, export_schema, json_schema
from ..catalogue.loading.loader import load
from ..catalogue.object_schema import as_text, object_schema
from .usage import (
    Outcome,
    UsageError,
    add_command,
    add_path,
    catalogue_folder,
    find_step,
    load_folder,
    short,
    write_file,
)

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """\
  sphinxext-stitch schema --write                write the schemas of data files to data/.schema/
  sphinxext-stitch schema object                 print the schema of the files of objects
  sphinxext-stitch schema export                 print the schema of what “sphinxext-stitch export” gives
  sphinxext-stitch schema object platform.shop   print the schema of the properties that a client sends
  sphinxext-stitch schema object platform.shop.oauth   the same of a further step

A data file names its schema in its first line, for editors with the YAML language server:

  # yaml-language-server: $schema=../.schema/object.json

The schemas know the steps, kinds and attributes that api.yml names. Write them again when it names another one, or when
you update sphinxext-stitch.
"""

#: The folder of the schemas within a catalogue; it is hidden, so its files are not data files.
FOLDER = ".schema"

#: The name of the schema of the export.
_EXPORT = "export"


def add(commands: Any) -> None:
    """Register the command."""
    command = add_command(commands, "schema", "print or write the JSON Schema of the data files", _EXAMPLES)
    mode = command.add_mutually_exclusive_group(required=True)
    names = [*FILES, _EXPORT]
    which = f"which schema to print: {', '.join(names[:-1])} or {names[-1]}"
    mode.add_argument("name", nargs="?", metavar="SCHEMA", choices=names, help=which)
    command.add_argument(
        "object", nargs="?", metavar="TYPE[.STEP]", help="after “object”: the object whose properties a client sends"
    )
    mode.add_argument(
        "--write", action="store_true", help=f"write the schemas of data files to {FOLDER}/ in the catalogue"
    )
    add_path(command, "--path")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> Outcome:
    """Print one schema, or write those of all data files."""
    if args.object is not None:
        return _of_object(args)
    if args.name == _EXPORT:
        return Outcome(0, [_text(export_schema())])
    folder = catalogue_folder(args.path) if args.write else short(Path(args.path))
    # Without api.yml, any key can be a step, and any word a kind.
    api = load(folder).api if (folder / "api.yml").is_file() else None
    attributes = {info.name: list(info.titles) for info in api.attributes} if api else {}
    names = ([step.name for step in api.steps[1:]], api.kind_names, attributes) if api else ()
    if not args.write:
        return Outcome(0, [_text(json_schema(args.name, *names))])
    (folder / FOLDER).mkdir(exist_ok=True)
    files = {name: folder / FOLDER / f"{name}.json" for name in FILES}
    for name, file in files.items():
        write_file(file, f"{_text(json_schema(name, *names))}\n")
    return Outcome(0, [f"wrote {file}" for file in files.values()])


def _of_object(args: argparse.Namespace) -> Outcome:
    """Print the schema of what a client sends as the properties of an object."""
    if args.name != "object":
        message = f"TYPE can stand after “object” only; found “{args.object}”"
        raise UsageError(message)
    catalogue = load_folder(args.path)
    obj, step = find_step(catalogue, args.object)
    return Outcome(0, [as_text(object_schema(obj, step, catalogue.api)).removesuffix("\n")])


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2)
