"""HTML elements as nodes: what needs no more than a tag is written with no more."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: The elements that end a line, so that a person can read the source of a page.
_BLOCKS = {"tr", "thead", "tbody", "ol", "ul", "dl"}

#: The elements that have no end.
_VOID = {"input"}


# Not nodes of docutils, whose writers add classes, paragraphs and spans: a page with thousands of property rows
# would be half as large again.
class element(nodes.General, nodes.TextElement):  # noqa: N801 - docutils names nodes so
    """An element of HTML: its tag, ids and classes, and the attributes in ``html``.

    One without a tag is no more than what is in it.
    """


def make(tag: str, children: Iterable[Node] = (), **attributes: Any) -> element:
    """An element with these children; ``ids`` and ``classes`` are the node's, all other attributes HTML's.

    ``data_count`` is HTML's ``data-count``.
    """
    made = element("", "", *children)
    become(made, tag, **attributes)
    return made


def become(
    node: Element,
    tag: str,
    *,
    ids: Iterable[str] | None = None,
    classes: Iterable[str] | None = None,
    **attributes: object,
) -> None:
    """Make a node an element, as ``make`` does; it keeps what is in it, and its ids and classes if none are given.

    A node takes a dozen objects.  To make new ones in place of those of thousands of rows costs more time than to
    write them, as Python looks through all objects for garbage the more often, the more there are.
    """
    node.__class__ = element
    if ids is not None:
        node["ids"] = list(ids)
    if classes is not None:
        node["classes"] = list(classes)
    node["tag"] = tag
    if attributes:
        node["html"] = {name.replace("_", "-"): value for name, value in attributes.items()}


def visit_element(self: HTML5Translator, node: element) -> None:
    """Open the element.

    Its id comes last: then the rows of a table begin alike, and the page is the smaller where it is compressed.
    """
    if not node["tag"]:
        return
    first, *others = node["ids"] or [None]
    attributes = {"class": " ".join(node["classes"]) or None, **node.get("html", {}), "id": first}
    written = "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items() if value is not None)
    self.body.append(f"<{node['tag']}{written}>" + "".join(f'<span id="{escape(name)}"></span>' for name in others))


def depart_element(self: HTML5Translator, node: element) -> None:
    """Close the element."""
    tag = node["tag"]
    if not tag or tag in _VOID:
        return
    self.body.append(f"</{tag}>\n" if tag in _BLOCKS else f"</{tag}>")


def setup(app: Sphinx) -> None:
    """Register the node."""
    app.add_node(element, html=(visit_element, depart_element))
