"""Boxes around the table of properties and its example, which a style sheet can so put beside each other.

They are of HTML alone: there is nothing beside anything in other formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..builders import add_node, has_scripts
from ..domain import shows_ours
from ..render.find import blocks
from ..render.nodes import stitch_heading
from .element import end_tag, start_tag

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class box(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """An element ``div`` around other blocks."""


def add_columns(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put each example into a box, with its heading, and both into one with the table before them."""
    if not has_scripts(app.builder) or not shows_ours(app.env, docname):
        return
    for heading in blocks(doctree, stitch_heading):
        parent: Element = heading.parent
        place = parent.index(heading)
        table = next((index for index in range(place - 1, -1, -1) if _has_table(parent[index])), place)
        if table == place:
            continue
        example = box("", *parent[place : place + 2], classes=["stitch-side"])
        parent[table : place + 2] = [box("", *parent[table:place], example, classes=["stitch-columns"])]


def _has_table(node: nodes.Node) -> bool:
    """Whether a block is a table of properties, or what a theme has put around it."""
    return isinstance(node, nodes.Element) and "stitch-properties" in node["classes"]


def visit_box(self: HTML5Translator, node: box) -> None:
    """Open the element."""
    self.body.append(start_tag("div", classes=node["classes"]))


def depart_box(self: HTML5Translator, node: box) -> None:
    """Close the element."""
    self.body.append(end_tag("div"))


def setup(app: Sphinx) -> None:
    """Register the node, and the handler for pages whose references are resolved."""
    add_node(app, box, html=(visit_box, depart_box))
    app.connect("doctree-resolved", add_columns)
