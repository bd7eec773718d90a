"""``new``: write a data file to fill in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ..catalogue.keys import fault_of_key
from ..catalogue.limits import DEFAULT_LIMITS
from ..catalogue.loading.loader import load
from ..catalogue.reading.discover import data_files
from ..catalogue.suggestions import suggestion
from .usage import Outcome, UsageError, add_command, add_path, catalogue_folder, write_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from pathlib import Path

    from ..catalogue.model import Catalogue

_EXAMPLES = """\
  sphinxext-stitch new source platform.shop              make data/sources/shop.yml
  sphinxext-stitch new destination lake --key data-lake  make data/destinations/data-lake.yml

The file has every field that an object can have, those that it need not have as comments. Fill it in;
“sphinxext-stitch check” tells what is missing. Its name is the key of the object, a part of every link to it:
choose it with care, and do not change it later.
"""

#: A type that needs no quotes in YAML.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._-]*\Z")

#: A comment with a space after its “#” explains; one without is a field, valid as soon as the “#” is removed.
_TEMPLATE = """\
# Fill in what is empty, and delete what you do not need. To use a line that begins with “#” and no space, remove its “#”.

# The name that pages show.
name:
# The API's own name for the connection.
type: {type}

{category}
#version: "1"
#docs: https://example.com/docs
# Completes the sentence “NAME connections …”.
#action: send their orders to you
#description: What a reader must know before the properties.

# Other names that readers type; the filter and the jump find them.
#aliases: [other name]
{attributes}
# released, beta, deprecated or sunset.
#status: beta
#deprecated: {{since: 2030-01-31, use: other.type}}
#history: [{{version: "1", released: 2030-01-31}}]
# Several connections to this one object; without them, the file is its own connection.
#connections: [{{key: {key}, name: Name}}]

# What stands for {{{{ name }}}} in the texts of the properties that objects share.
#variables: {{name: text}}
{groups}
# The names of properties of these groups that this object does not have.
#omit: [unneeded]

properties:
  - name:
    # string, integer, number, boolean, array or object, or a list of them.
    type: string
    description:
    #required: true
    #secret: true
    # The label in the platform's own forms.
    #title: Name
    #example: text
    #default: text
    # The accepted values; with their meanings: {{value: What it does.}}
    #values: [text]
    #nullable: true
    # A format of JSON Schema, or one of the platform's own.
    #format: hostname
    #min_length: 1
    #max_length: 100
    #read_only: true
    # The platform supplies it unless the client sends it.
    #supplied: true
    # It cannot be changed after the connection is created.
    #immutable: true
    #internal: true
    # Examples do not have it, unless the step needs it.
    #omit_from_examples: true
    # It is for special cases, and shown after the others.
    #advanced: true
    #deprecated: {{since: "2", use: other_name}}
    #since: "1"
    #docs: https://example.com/docs#name

  # Numbers, with their bounds.
  #- {{name: port, type: integer, minimum: 1, maximum: 65535}}
  #- {{name: interval, type: number, exclusive_minimum: 0, exclusive_maximum: 60, multiple_of: 0.5, unit: minutes}}
  # A text of some form.
  #- {{name: code, type: string, pattern: "^[A-Z]+$", pattern_description: capital letters}}
  # An array: the type of its items, or all that is to be said of one.
  #- {{name: days, type: array, items: integer, min_items: 1, max_items: 7, unique_items: true}}
  #- {{name: tables, type: array, items: {{type: object, properties: [{{name: table, type: string}}]}}}}
  # An object whose members have names that the client chooses.
  #- {{name: headers, type: object, entries: {{name: name of a header, type: string}}}}
  # A property that is needed where another one has a value, and one that has an effect only then.
  #- {{name: a, type: object, properties: [{{name: b, type: string}}, {{name: c, type: string, required_if: {{b: text}}}}]}}
  #- {{name: d, type: object, properties: [{{name: e, type: string}}, {{name: f, type: string, applies_if: {{e: text}}}}]}}

# Sets of these properties: exactly one of them is needed; at least one of them.
#one_of: [[name], [other_name, third_name]]
#any_of: [[name], [other_name, third_name]]
{steps}"""


def add(commands: Any) -> None:
    """Register the command."""
    command = add_command(commands, "new", "make a data file with comments to fill in", _EXAMPLES)
    command.add_argument(
        "kind", metavar="KIND", help="one of the kinds in api.yml, or source or destination if it has none"
    )
    command.add_argument("type", metavar="TYPE", help="the API's own name for the connection")
    text = "the name of the file without its ending (default: the last part of TYPE in lower case)"
    command.add_argument("--key", help=text)
    add_path(command, "--path")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> Outcome:
    """Write the file and print its path; an existing file is not overwritten."""
    folder = catalogue_folder(args.path)
    if not args.type.strip() or not args.type.isprintable():
        message = f"the type “{args.type}” is blank, or has characters that cannot be printed"
        raise UsageError(message)
    catalogue = load(folder)
    api = catalogue.api
    key = args.key or args.type.rpartition(".")[2].lower()
    if fault := fault_of_key(key, api.anchors):
        message = f"the key “{key}” {fault}" + ("" if args.key else "; choose another one with --key")
        raise UsageError(message)
    if args.kind not in api.kind_names:
        message = f"there is no kind “{args.kind}”{suggestion(args.kind, api.kind_names)}"
        raise UsageError(message)
    file = folder / api.kind(args.kind).folder / f"{key}.yml"
    taken = _taken(catalogue, folder, args.kind, args.type, key)
    if taken:
        raise UsageError(taken)
    file.parent.mkdir(exist_ok=True)
    write_file(file, _content(catalogue, folder, args.type, key), "x")
    return Outcome(0, [f"wrote {file}; fill it in, then run “sphinxext-stitch check {folder}”"])


def _taken(catalogue: Catalogue, folder: Path, kind: str, type_: str, key: str) -> str | None:
    """Why an object with this type and key cannot be added, as a message; None if it can."""
    for file in _files(folder, catalogue.api.kind(kind).folder):
        if file.stem.casefold() == key.casefold():
            return f"there is “{file}” already; choose another key with --key"
    for obj in catalogue.objects:
        if (obj.kind, obj.type) == (kind, type_):
            return f"the object “{obj.kind}/{obj.key}” has the type “{type_}” already; add to its “connections” instead"
    if any((row.kind, row.key) == (kind, key) for row in catalogue.connections):
        return f"there is a connection “{kind}/{key}” already; choose another key with --key"
    return None


def _files(folder: Path, part: str) -> list[Path]:
    return [file for file in data_files(folder, DEFAULT_LIMITS).files if file.relative_to(folder).parts[0] == part]


def _content(catalogue: Catalogue, folder: Path, type_: str, key: str) -> str:
    """The text of the file, with the categories, groups and steps of the catalogue."""
    named = dict.fromkeys([*(name for name, _title in catalogue.api.categories), *catalogue.categories])
    groups = [file.stem for file in _files(folder, "groups")]
    steps = "".join(
        f"\n# Properties of the step “{step.title}”.\n"
        f"#{step.name}: {{properties: [{{name: name, type: string, description: What it does.}}]}}\n"
        for step in catalogue.api.steps[1:]
    )
    return _TEMPLATE.format(
        type=_scalar(type_),
        key=key,
        category=_choice("category: {}", named, "category"),
        groups=_choice("groups: [{}]", groups, "group"),
        steps=steps,
        attributes=_attributes(catalogue),
    )


def _attributes(catalogue: Catalogue) -> str:
    """The attributes of the catalogue as a comment, below a list of the values of each."""
    known = catalogue.attribute_values
    if not known:
        return ""
    lines = [f"# “{name}” is one of: {', '.join(values)}.\n" for name, values in known.items() if values]
    first = {name: _scalar(values[0]) if values else "text" for name, values in known.items()}
    listed = ", ".join(f"{name}: {value}" for name, value in first.items())
    return "".join(["\n", *lines, f"#attributes: {{{listed}}}\n"])


def _choice(field: str, names: Iterable[str], example: str) -> str:
    """A field as a comment, below a list of the names that it can have."""
    known = list(names)
    heading = f"# One of: {', '.join(known)}.\n" if known else ""
    return f"{heading}#{field.format(known[0] if known else example)}"


def _scalar(text: str) -> str:
    """A text as a YAML scalar, in quotes if it needs them."""
    return text if _PLAIN.match(text) and text.lower() != "null" else json.dumps(text, ensure_ascii=False)
