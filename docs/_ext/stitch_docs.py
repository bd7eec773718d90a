"""Print the configuration values, the warnings and the commands of the package into its manual."""

from __future__ import annotations

import os
from contextlib import redirect_stdout, suppress
from io import StringIO
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinxext_stitch import config, warnings
from sphinxext_stitch.cli import main
from sphinxext_stitch.render.words import cell, code, paragraph, row, table, target

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def sentence(text: str) -> nodes.paragraph:
    """A paragraph of a text in which double backticks mark code."""
    parts = text.split("``")
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
    """``stitch-warnings``: every subtype of a warning with its meaning."""

    def run(self) -> list[Node]:
        self.env.note_dependency(str(warnings.__file__))
        header = [[nodes.Text("Subtype")], [nodes.Text("What it says")]]
        rows = [
            row(
                cell(paragraph(target(f"warning-{subtype.value}"), code(f"stitch.{subtype.value}"))),
                cell(sentence(subtype.explanation)),
            )
            for subtype in warnings.Subtype
        ]
        return [table(header, [35, 65], rows, [])]


class Command(SphinxDirective):
    """``stitch-command``: the help of a command, or of all."""

    optional_arguments = 1

    def run(self) -> list[Node]:
        # Help is as wide as the terminal says.
        os.environ["COLUMNS"] = "100"
        output = StringIO()
        with redirect_stdout(output), suppress(SystemExit):
            main([*self.arguments, "--help"])
        return [nodes.literal_block("", output.getvalue().rstrip(), language="text")]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("stitch-config-values", ConfigValues)
    app.add_directive("stitch-warnings", Warnings)
    app.add_directive("stitch-command", Command)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
