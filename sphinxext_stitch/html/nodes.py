"""Visitors that write the nodes of ``render.nodes`` as HTML without the wrappers of docutils."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from ..builders import add_node, has_one_page, has_scripts
from ..render import nodes as ours
from ..render.find import elements
from .element import end_tag, start_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: What a name can break behind: its parts.
_PARTS = re.compile(r"([._])(?=.)")
#: And what if it heads a row: stops, and parts that end a piece of some length.  More breaks would make pages larger.
_PIECES = re.compile(r"(\.|[^.]{1,13}_)(?=.)")
#: The longest name that heads a row and needs no breaks, unless it is nested.
_SHORT = 16


def visit_literal(self: HTML5Translator, node: ours.stitch_literal) -> None:
    """Write the text; a quote, of which JSON has many, needs no escape there."""
    _write_code(self, node, escape(node.astext(), quote=False))


def _write_code(self: HTML5Translator, node: ours.stitch_literal, content: str) -> None:
    self.body.append(start_tag("code", classes=[*node["classes"], "literal"]) + content + end_tag("code"))
    raise nodes.SkipNode


def visit_name(self: HTML5Translator, node: ours.stitch_name) -> None:
    """Write a name; it breaks between its parts first, and within one only if that is wider than the column."""
    _write_name(self, node, _PARTS)


def visit_row_name(self: HTML5Translator, node: ours.stitch_row_name) -> None:
    """Write a name that heads a row."""
    name = node.astext()
    _write_name(self, node, _PIECES if "." in name or len(name) > _SHORT else None, own=node.get("own", ""))


def _write_name(
    self: HTML5Translator, node: ours.stitch_literal, breaks: re.Pattern[str] | None, own: str = ""
) -> None:
    """Write a name; the names before its ``own`` one, those of what it is in, are apart."""
    name = escape(node.astext(), quote=False)
    if breaks is not None:
        name = breaks.sub(r"\1<wbr>", name)
    if own and len(own) < len(node.astext()):
        last = breaks.sub(r"\1<wbr>", escape(own, quote=False)) if breaks else escape(own, quote=False)
        name = f"<span>{name.removesuffix(last)}</span>{last}"
    _write_code(self, node, name)


def visit_reference(self: HTML5Translator, node: ours.stitch_reference) -> None:
    """Open the link; only links to other pages and sites need the classes that themes style."""
    self.body.append(start_tag("a", href=f"#{node['refid']}"))


def depart_reference(self: HTML5Translator, node: ours.stitch_reference) -> None:
    """Close the link."""
    self.body.append(end_tag("a"))


def visit_documentation(self: HTML5Translator, node: ours.stitch_documentation) -> None:
    """Write the link with the label as its name; the style sheet adds an arrow, which is not part of the text."""
    self.body.append(
        start_tag("a", classes=["stitch-docs"], aria_label=node["label"], href=node["refuri"]) + end_tag("a")
    )
    raise nodes.SkipNode


def visit_date(self: HTML5Translator, node: ours.stitch_date) -> None:
    """Open the element."""
    self.body.append(start_tag("time"))


def depart_date(self: HTML5Translator, node: ours.stitch_date) -> None:
    """Close the element."""
    self.body.append(end_tag("time"))


def visit_bullet_list(self: HTML5Translator, node: ours.stitch_bullet_list) -> None:
    """Write the list; docutils writes one with an item that is more than one paragraph, and closes it."""
    if not all(map(_is_paragraph, node.children)):
        self.visit_bullet_list(node)
        return
    _write_list(self, "ul", node)
    raise nodes.SkipNode


def visit_enumerated_list(self: HTML5Translator, node: ours.stitch_enumerated_list) -> None:
    """Write the list; docutils writes one with such an item, or that does not begin with 1."""
    if "start" in node or not all(map(_is_paragraph, node.children)):
        self.visit_enumerated_list(node)
        return
    _write_list(self, "ol", node)
    raise nodes.SkipNode


def _write_list(self: HTML5Translator, tag: str, node: Element) -> None:
    self.body.append(start_tag(tag, classes=node["classes"]))
    for item in elements(node):
        write(self, "li", contents(item))
    self.body.append(end_tag(tag))


def visit_field_list(self: HTML5Translator, node: ours.stitch_field_list) -> None:
    """Write the list of terms and what they are; scripts read the name and key of the object."""
    attributes = {"data_name": node["name"], "data_key": node["key"]}
    self.body.append(start_tag("dl", classes=["field-list", *node["classes"]], **attributes))
    for field in elements(node):
        name, body = elements(field)
        write(self, "dt", name.children)
        write(self, "dd", contents(body))
    self.body.append(end_tag("dl"))
    raise nodes.SkipNode


def visit_heading(self: HTML5Translator, node: ours.stitch_heading) -> None:
    """Open the heading, below that of its section: readers of a screen go through a page by its headings."""
    tag = f"h{min(self.section_level + self.initial_header_level, 6)}"
    self.body.append(start_tag(tag, classes=["rubric"], ids=node["ids"]))
    self.context.append(end_tag(tag) + "\n")


def depart_heading(self: HTML5Translator, node: ours.stitch_heading) -> None:
    """Close the heading."""
    self.body.append(self.context.pop())


def visit_example(self: HTML5Translator, node: ours.stitch_example) -> None:
    """Write the elements that themes and sphinx-copybutton expect; the script highlights them.

    Pygments would take ten times as long.  It is used for EPUB, which has no scripts, and for line numbers.
    """
    if not has_scripts(self.builder) or node.get("linenos"):
        self.visit_literal_block(node)
        return
    self.body.append(self.starttag(node, "div", "", CLASS="highlight-text notranslate"))
    self.body.append(f'<div class="highlight"><pre>{escape(node.astext(), quote=False)}\n</pre></div>\n</div>\n')
    raise nodes.SkipNode


def visit_search_reference(self: HTML5Translator, node: ours.search_reference) -> None:
    """Open the link.

    The query is inserted here and not in the doctree, where the builder ``singlehtml`` changes URLs.  On its page the script
    of the filter inserts it: the page may become a PDF, in which a link with a query leads out of it.
    """
    if has_one_page(self.builder):
        self.body.append(start_tag("span", data_query=node["query"]))
    else:
        page, _, anchor = (node.get("refuri") or f"#{node['refid']}").partition("#")
        node["refuri"] = f"{page}?{node['query']}#{anchor}"
    self.visit_reference(node)


def depart_search_reference(self: HTML5Translator, node: ours.search_reference) -> None:
    """Close the link."""
    self.depart_reference(node)
    if has_one_page(self.builder):
        self.body.append(end_tag("span"))


def contents(parent: Element) -> list[Node]:
    """The children of a node; if its only child is a paragraph, those of the paragraph."""
    return elements(parent)[0].children if _is_paragraph(parent) else parent.children


def write(
    self: HTML5Translator, tag: str, content: Iterable[Node], *, ids: Iterable[str] = (), **attributes: Any
) -> None:
    """Write an element with this content."""
    self.body.append(start_tag(tag, ids=ids, **attributes))
    write_all(self, content)
    self.body.append(end_tag(tag))


def write_all(self: HTML5Translator, content: Iterable[Node]) -> None:
    """Write these nodes."""
    for node in content:
        node.walkabout(self)


def _is_paragraph(parent: Node) -> bool:
    """Whether the only child of a node is a paragraph."""
    return len(parent.children) == 1 and isinstance(parent.children[0], nodes.paragraph)


_VISITORS: dict[type[Element], tuple[Callable[..., None], Callable[..., None] | None]] = {
    ours.stitch_literal: (visit_literal, None),
    ours.stitch_value: (visit_literal, None),
    ours.stitch_name: (visit_name, None),
    ours.stitch_row_name: (visit_row_name, None),
    ours.stitch_reference: (visit_reference, depart_reference),
    ours.stitch_documentation: (visit_documentation, None),
    ours.stitch_date: (visit_date, depart_date),
    ours.stitch_bullet_list: (visit_bullet_list, None),
    ours.stitch_enumerated_list: (visit_enumerated_list, None),
    ours.stitch_field_list: (visit_field_list, None),
    ours.stitch_heading: (visit_heading, depart_heading),
    ours.stitch_example: (visit_example, None),
    ours.search_reference: (visit_search_reference, depart_search_reference),
}


def setup(app: Sphinx) -> None:
    """Register the nodes for HTML; other writers treat them as their base classes."""
    for node, visitors in _VISITORS.items():
        add_node(app, node, html=visitors)
