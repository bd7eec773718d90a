"""HTML elements: their tags as text, and a node for any element."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..builders import add_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: The elements with a line break after their end tag.  Excerpts of Sphinx's search have the text of the page without the
#: elements: the words of two of these would run together.
_BLOCKS = {"th", "td", "li", "dt", "dd", "thead", "tbody", "ol", "ul", "dl"}

#: The elements without end tag.
_VOID = {"input"}


class element(nodes.General, nodes.TextElement):  # noqa: N801 - docutils names nodes so
    """An HTML element: ``tag``, ids, classes, and further attributes in ``html``.

    ``unread`` are nodes that are written before the children.  They are no children, so that nobody who reads the doctree
    takes their words for those of the page, as extensions do that describe a page.
    """


def make(tag: str, children: Iterable[Node] = (), *, unread: Sequence[Node] = (), **attributes: Any) -> element:
    """An element with these children; ``attributes`` are those of :func:`start_tag`."""
    node = element("", "", *children, tag=tag, ids=attributes.pop("ids", []), classes=attributes.pop("classes", []))
    node["html"] = attributes
    node["unread"] = unread
    return node


def start_tag(tag: str, *, ids: Iterable[str] = (), classes: Iterable[str] = (), **attributes: object) -> str:
    """The start tag of an element; ``data_count`` becomes ``data-count``, and attributes of None are left out.

    The id is last: the rows of a table then begin alike, so that the page compresses better.  Further ids become empty
    elements in it.
    """
    first, *others = [*ids] or [""]
    attributes_by_name = {name.replace("_", "-"): value for name, value in attributes.items()}
    all_attributes = {"class": " ".join(classes) or None, **attributes_by_name, "id": first or None}
    text = "".join(f' {name}="{escape(str(value))}"' for name, value in all_attributes.items() if value is not None)
    return f"<{tag}{text}>" + "".join(f'<span id="{escape(name)}"></span>' for name in others)


def end_tag(tag: str) -> str:
    """The end tag of an element, with a line break for some; empty for those without end tag."""
    if tag in _VOID:
        return ""
    return f"</{tag}>\n" if tag in _BLOCKS else f"</{tag}>"


def visit_element(self: HTML5Translator, node: element) -> None:
    """Open the element."""
    self.body.append(start_tag(node["tag"], ids=node["ids"], classes=node["classes"], **node["html"]))
    for part in node["unread"]:
        part.walkabout(self)


def depart_element(self: HTML5Translator, node: element) -> None:
    """Close the element."""
    self.body.append(end_tag(node["tag"]))


def setup(app: Sphinx) -> None:
    """Register the node."""
    add_node(app, element, html=(visit_element, depart_element))
