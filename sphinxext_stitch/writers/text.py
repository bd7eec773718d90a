"""What plain text needs: values, which are JSON, have no further quotes around those of their own; links have no address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..builders import add_node
from ..render.nodes import stitch_documentation, stitch_value

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.text import TextTranslator


def visit_value(self: TextTranslator, node: stitch_value) -> None:
    """Write a value: a text in its own quotes, any other in those that code has."""
    text = node.astext()
    self.add_text(text if text.startswith('"') else f'"{text}"')
    raise nodes.SkipNode


def visit_documentation(self: TextTranslator, node: stitch_documentation) -> None:
    """Leave the link out."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the nodes for text; ``html.nodes`` registers them for HTML."""
    add_node(app, stitch_documentation, override=True, text=(visit_documentation, None))
    add_node(app, stitch_value, override=True, text=(visit_value, None))
