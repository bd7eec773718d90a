"""HTML elements as nodes: what needs no more than a tag is written with no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: The elements that end a line, so that a person can read the source of a page.
_BLOCKS = {"tr", "thead", "tbody", "ul", "dl"}

#: The elements that have no end.
_VOID = {"input"}


# Not nodes of docutils, whose writers add classes, paragraphs and spans: a page with thousands of property rows
# would be half as large again.
class element(nodes.General, nodes.TextElement):  # noqa: N801 - docutils names nodes so
    """An element of HTML: its tag, ids and classes, and the attributes in ``html``."""


def make(tag: str, children: Iterable[Node] = (), **attributes: object) -> element:
    """An element with these children; ``ids`` and ``classes`` are the node's, all other attributes HTML's.

    ``data_count`` is HTML's ``data-count``.
    """
    own = {name: list(attributes.pop(name)) for name in ("ids", "classes") if name in attributes}  # type: ignore[call-overload]
    html = {name.replace("_", "-"): value for name, value in attributes.items()}
    return element("", "", *children, tag=tag, html=html, **own)


def visit_element(self: HTML5Translator, node: element) -> None:
    """Open the element."""
    self.body.append(self.starttag(node, node["tag"], "", **node["html"]))


def depart_element(self: HTML5Translator, node: element) -> None:
    """Close the element."""
    tag = node["tag"]
    if tag in _VOID:
        return
    self.body.append(f"</{tag}>\n" if tag in _BLOCKS else f"</{tag}>")


def setup(app: Sphinx) -> None:
    """Register the node."""
    app.add_node(element, html=(visit_element, depart_element))
