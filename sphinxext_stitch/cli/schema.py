"""``schema``: print or write the JSON Schema of the data files, for editors, and print that of the export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..catalogue.format.json_schema import FILES, export_schema, json_schema
from ..catalogue.loading.loader import load
from .usage import Outcome, add_command, add_path, catalogue_folder, short, write_file

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """\
  sphinxext-stitch schema --write                write all schemas to data/.schema/
  sphinxext-stitch schema object                 print the schema of the files of objects
  sphinxext-stitch schema export                 print the schema of what “sphinxext-stitch export” gives

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
    mode.add_argument("name", nargs="?", choices=[*FILES, _EXPORT], help="which schema to print")
    mode.add_argument("--write", action="store_true", help=f"write all schemas to {FOLDER}/ in the catalogue")
    add_path(command, "--path")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> Outcome:
    """Print one schema, or write those of all data files."""
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


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2)
