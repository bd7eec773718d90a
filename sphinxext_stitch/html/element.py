"""HTML elements, written and as nodes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: The elements that end a line, so that a person can read the source of a page.
_BLOCKS = {"tr", "thead", "tbody", "ol", "ul", "dl"}

#: The elements that have no end.
_VOID = {"input"}


class element(nodes.General, nodes.TextElement):  # noqa: N801 - docutils names nodes so
    """An element of HTML: its tag, ids and classes, and the attributes in ``html``."""


def make(tag: str, children: Iterable[Node] = (), **attributes: Any) -> element:
    """An element with these children; ``attributes`` are as :func:`start_tag` takes them."""
    made = element("", "", *children, tag=tag, ids=attributes.pop("ids", []), classes=attributes.pop("classes", []))
    made["html"] = attributes
    return made


def start_tag(tag: str, *, ids: Iterable[str] = (), classes: Iterable[str] = (), **attributes: object) -> str:
    """The start of an element; ``data_count`` is HTML's ``data-count``, and what is None is left out.

    Its id comes last: then the rows of a table begin alike, and the page is the smaller where it is compressed.
    Further ids are those of empty elements in it.
    """
    first, *others = [*ids] or [""]
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    stated = {"class": " ".join(classes) or None, **named, "id": first or None}
    written = "".join(f' {name}="{escape(str(value))}"' for name, value in stated.items() if value is not None)
    return f"<{tag}{written}>" + "".join(f'<span id="{escape(name)}"></span>' for name in others)


def end_tag(tag: str) -> str:
    """The end of an element; of some it ends a line, so that a person can read the source of a page."""
    if tag in _VOID:
        return ""
    return f"</{tag}>\n" if tag in _BLOCKS else f"</{tag}>"


def visit_element(self: HTML5Translator, node: element) -> None:
    """Open the element."""
    self.body.append(start_tag(node["tag"], ids=node["ids"], classes=node["classes"], **node["html"]))


def depart_element(self: HTML5Translator, node: element) -> None:
    """Close the element."""
    self.body.append(end_tag(node["tag"]))


def setup(app: Sphinx) -> None:
    """Register the node."""
    app.add_node(element, html=(visit_element, depart_element))
