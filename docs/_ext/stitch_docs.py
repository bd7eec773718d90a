"""Directives for the manual that document the code: configuration, data format, warnings, commands."""

from __future__ import annotations

import os
import re
from contextlib import redirect_stdout, suppress
from dataclasses import MISSING, Field, fields, is_dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from docutils import nodes
from docutils.parsers.rst.directives import flag
from sphinx.util.docutils import SphinxDirective

from sphinxext_stitch import config
from sphinxext_stitch.catalogue import export, problems
from sphinxext_stitch.catalogue.comparing import changes
from sphinxext_stitch.catalogue.format import records
from sphinxext_stitch.cli import main
from sphinxext_stitch.render.links import link
from sphinxext_stitch.render.parts import cell, code, paragraph, row, table

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def sentence(text: str, mark: str = "``") -> nodes.paragraph:
    """A paragraph of a text with inline code between the given marks."""
    parts = text.split(mark)
    return paragraph(*(code(part) if index % 2 else nodes.Text(part) for index, part in enumerate(parts) if part))


class ConfigValues(SphinxDirective):
    """``stitch-config-values``: every configuration value with its type, default and meaning."""

    def run(self) -> list[Node]:
        self.env.note_dependency(str(config.__file__))
        return [nodes.definition_list("", *map(self.item, config.VALUES))]

    @staticmethod
    def item(value: config.Value) -> nodes.definition_list_item:
        facts = {
            "Type": nodes.Text(" or ".join(kind.__name__ for kind in value.types)),
            "Default": code(repr(value.default)),
        }
        fields = [
            nodes.field("", nodes.field_name("", name), nodes.field_body("", paragraph(fact)))
            for name, fact in facts.items()
        ]
        return nodes.definition_list_item(
            "",
            nodes.term("", "", code(value.name)),
            nodes.definition("", sentence(value.help), nodes.field_list("", *fields)),
        )


class Warnings(SphinxDirective):
    """``stitch-warnings``: a section for every subtype of a warning, with a faulty example; or for every lint warning."""

    option_spec: ClassVar = {"lint": flag}

    def run(self) -> list[Node]:
        self.env.note_dependency(str(problems.__file__))
        return [self.section(subtype) for subtype in problems.Subtype if subtype.lint == ("lint" in self.options)]

    def section(self, subtype: problems.Subtype) -> nodes.section:
        anchor = f"warning-{subtype.value}"
        title = nodes.title("", "", code(subtype.value if subtype.lint else f"stitch.{subtype.value}"))
        section = nodes.section("", title, sentence(subtype.explanation), ids=[anchor], names=[anchor])
        self.state.document.note_explicit_target(section)
        folder = FAULTS / subtype.value
        message = (folder / "message.txt").read_text(encoding="utf-8").rstrip()
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "message.txt"]
        for path in files:
            self.env.note_dependency(str(path))
            section += listing(str(path.relative_to(folder)), path.read_text(encoding="utf-8").rstrip(), message)
        self.env.note_dependency(str(folder / "message.txt"))
        # As inline code, long lines are wrapped.
        section += [paragraph(code(line)) for line in message.splitlines()]
        return section


def listing(name: str, text: str, message: str) -> nodes.container:
    """A file with its name, in which the lines that a message names are highlighted."""
    block = nodes.literal_block(text, text, language=LANGUAGES[name.rpartition(".")[2]])
    lines = [int(line) for line in re.findall(rf"^{re.escape(name)}:(\d+)", message, re.MULTILINE)]
    if lines:
        block["highlight_args"] = {"hl_lines": lines}
    return nodes.container("", nodes.caption(name, name), block, literal_block=True, classes=["literal-block-wrapper"])


#: The faulty examples: a folder for each subtype.
FAULTS = Path(__file__).parent.parent / "examples/faults"

#: The language of a file, by its ending.
LANGUAGES = {"yml": "yaml", "py": "python", "rst": "rst", "po": "po"}

#: The modules that define a format, by the first argument of ``stitch-fields``.
FORMATS = {"records": records, "export": export}

#: What the manual calls the types of fields.
WORDS: dict[object, str] = {
    str: "text",
    records.Flag: "flag",
    Any: "value",
    bool: "true or false",
    int: "number",
    float: "number",
}

#: The section of the manual that describes a class, and the word for it.
SECTIONS: dict[object, tuple[str, str]] = {
    records.ConnectionRecord: ("connections", "connections"),
    records.DeprecationRecord: ("deprecation", "deprecation"),
    records.KindRecord: ("kinds", "kinds"),
    records.EndpointRecord: ("endpoints", "endpoints"),
    records.PropertyDeprecationRecord: ("property-deprecation", "deprecation"),
    records.PropertyRecord: ("property", "properties"),
    records.ValueRecord: ("property", "fields of a value"),
    records.SuppressionRecord: ("silence", "entries"),
    records.StepInfoRecord: ("steps", "steps"),
    records.UnavailableRecord: ("unavailable", "unavailable"),
    records.VersionRecord: ("versions", "versions"),
    **{kind: (f"export-{name.lower()}", name.lower()) for name, kind in vars(export).items() if is_dataclass(kind)},
}


class Fields(SphinxDirective):
    """``stitch-fields``: the fields of a record of the data format, or of a class of the export."""

    required_arguments = 2

    def run(self) -> list[Node]:
        module, name = FORMATS[self.arguments[0]], self.arguments[1]
        self.env.note_dependency(str(module.__file__))
        record = getattr(module, name)
        # A field that is not given in the data is null in the export.
        null = [] if module is records else [nodes.Text(" or "), code("null")]
        hints = get_type_hints(record, include_extras=True)
        header = [[nodes.Text(word)] for word in ("Field", "Type", "Meaning")]
        rows = [
            row(
                cell(paragraph(code(field.name), *([] if null else required(field)))),
                cell(paragraph(*accepted(hints[field.name], null))),
                cell(sentence(field.metadata["description"], "`")),
            )
            for field in own_fields(record)
            if "description" in field.metadata
        ]
        return [table(header, [20, 30, 50], rows, [])]


def own_fields(record: Any) -> list[Field[Any]]:
    """The fields of a record without those that it inherits, which have a table of their own."""
    inherited = {field.name for base in record.__bases__ if is_dataclass(base) for field in fields(base)}
    return [field for field in fields(record) if field.name not in inherited]


def required(field: Field[Any]) -> list[Node]:
    """A mark on a required field."""
    has_default = (field.default, field.default_factory) != (MISSING, MISSING)
    return [] if has_default else [nodes.Text(" "), nodes.emphasis("", "required")]


def accepted(hint: Any, null: list[Node]) -> list[Node]:
    """The values that a field of this type takes, in words; ``null`` are the nodes for None."""
    word = hint.__metadata__[0].name if get_origin(hint) is Annotated else WORDS.get(hint)
    if word:
        return [nodes.Text(word)]
    if hint in SECTIONS:
        return [link("ref", SECTIONS[hint][0], [nodes.Text(SECTIONS[hint][1])])]
    arguments = [part for part in get_args(hint) if part is not type(None)]
    if get_origin(hint) is Literal:
        parts = [part for word in arguments for part in (nodes.Text(", "), code(word))]
        return [nodes.Text("word: "), *parts[1:]]
    if get_origin(hint) in (tuple, list):
        return [nodes.Text("list of "), *accepted(arguments[0], null)]
    if get_origin(hint) is dict:
        value = accepted(arguments[1], null)
        return [nodes.Text("mapping of "), *accepted(arguments[0], null), nodes.Text(" to "), *value]
    alternatives = [part for argument in arguments for part in (nodes.Text(", or "), *accepted(argument, null))]
    missing = [node.deepcopy() for node in null] if type(None) in get_args(hint) else []
    return [*alternatives[1:], *missing]


class Changes(SphinxDirective):
    """``stitch-changes``: every kind of change that ``diff`` knows."""

    def run(self) -> list[Node]:
        self.env.note_dependency(str(changes.__file__))
        header = [[nodes.Text(word)] for word in ("Change", "Weight", "Meaning")]
        rows = [
            row(
                cell(paragraph(code(change_type.value))),
                cell(paragraph(nodes.Text(change_type.weight))),
                cell(sentence(change_type.explanation)),
            )
            for change_type in changes.ChangeType
        ]
        return [table(header, [30, 15, 55], rows, [])]


class Command(SphinxDirective):
    """``stitch-command``: the help of a command, or of all."""

    optional_arguments = 1

    def run(self) -> list[Node]:
        # argparse wraps the help to this width.
        os.environ["COLUMNS"] = "100"
        output = StringIO()
        with redirect_stdout(output), suppress(SystemExit):
            main([*self.arguments, "--help"])
        return [nodes.literal_block("", output.getvalue().rstrip(), language="text")]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("stitch-config-values", ConfigValues)
    app.add_directive("stitch-warnings", Warnings)
    app.add_directive("stitch-fields", Fields)
    app.add_directive("stitch-changes", Changes)
    app.add_directive("stitch-command", Command)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
