"""Write our nodes as Markdown: rows have anchors, and texts and code mean what they are.

sphinx-markdown-builder, and sphinx-llm with it, write anchors of targets that refer to what follows, and leave out what
they do not know.  What a page has more is replaced by what they know, or by nodes with visitors of their own.

Translators of other builders of Markdown do not have what these visitors need; their pages stay as they are.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from docutils import nodes

from ..builders import add_node, writes_markdown
from ..conditional import UNIQUE_IDS
from ..domain import shows_ours
from ..render.find import blocks, is_ours
from ..render.parts import code, section_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element
    from sphinx.application import Sphinx

#: What Markdown takes for markup, and the writer does not escape; as entities, which it leaves as they are.
_ENTITIES = {"&": "&amp;", "<": "&lt;", "[": "&#91;", "]": "&#93;"}
#: In cells, bars too.
_ENTITIES_IN_CELLS = {**_ENTITIES, "|": "&#124;"}

#: What anchors in links have as it is.
_SAFE = "!$&'*+,;=:@/?~%"


class MarkdownTranslator(Protocol):
    """What is used of the writer's translator."""

    def add(self, value: str) -> None:
        """Write a text as it is."""


class inline_anchor(nodes.Inline, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The anchors ``ids``, within a text."""


class code_span(nodes.literal):  # noqa: N801 - as above
    """Code with bars and backticks, wherever it stands."""


def write_as_markdown(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make our sections and tables, and links to them, fit for Markdown."""
    if not writes_markdown(app.builder):
        return
    for reference in doctree.findall(nodes.reference):
        _quote_anchor(reference)
    if not shows_ours(app.env, docname):
        return
    for part in list(_parts(doctree)):
        for table in [*part.findall(nodes.table)]:
            _fit_table(table)
        for admonition in [*part.findall(nodes.admonition)]:
            # The text begins with the word that is the title.
            admonition.parent.replace(admonition, nodes.block_quote("", *admonition.children[1:]))
        for abbreviation in [*part.findall(nodes.abbreviation)]:
            word = abbreviation.astext()
            said = nodes.Text(f"{word} ({abbreviation['explanation']})")
            abbreviation.parent.replace(abbreviation, said)
        for literal in [*part.findall(nodes.literal)]:
            literal.parent.replace(literal, code_span("", literal.astext()))
        for text in [*part.findall(nodes.Text)]:
            _escape(text)


def _quote_anchor(reference: nodes.reference) -> None:
    """Quote the anchor of a link, as names of properties can have brackets."""
    if "refid" in reference:
        reference["refid"] = quote(reference["refid"], safe=_SAFE)
    elif reference.get("internal") and "#" in reference.get("refuri", ""):
        page, _, anchor = reference["refuri"].partition("#")
        reference["refuri"] = f"{page}#{quote(anchor, safe=_SAFE)}"


def _parts(document: nodes.document) -> Iterator[Element]:
    """The sections of objects and the tables of connections and endpoints; none is in another."""
    for section in blocks(document, nodes.section):
        if "stitch-object" in section["classes"]:
            yield section
    for table in blocks(document, nodes.table):
        if is_ours(table) and "stitch-properties" not in table["classes"]:
            yield table


def _fit_table(table: nodes.table) -> None:
    """Give a table and its rows their anchors, and make badges and titles of groups bold, and code fit for cells."""
    for anchor in table["ids"]:
        table.parent.insert(table.parent.index(table), section_target(anchor))
    for target in [*table.findall(nodes.target)]:
        target.parent.replace(target, inline_anchor(ids=target["ids"]))
    for inline in [*table.findall(nodes.inline)]:
        if "stitch-badge" in inline["classes"]:
            inline.parent.replace(inline, nodes.strong("", "", *inline.children))
    for row in table.findall(nodes.row):
        if "stitch-group" in row["classes"]:
            for paragraph in row.findall(nodes.paragraph):
                paragraph[:] = [nodes.strong("", "", *paragraph.children)]
    for block in [*table.findall(nodes.literal_block)]:
        # A cell has no fences; between its lines there are breaks.
        block.parent.replace(block, [nodes.paragraph("", "", code(line)) for line in block.astext().splitlines()])


def _escape(text: nodes.Text) -> None:
    """Escape what would be markup in a text that is not code."""
    if isinstance(text.parent, (nodes.literal, nodes.FixedTextElement)):
        return
    entities = _ENTITIES_IN_CELLS if _in_cell(text) else _ENTITIES
    escaped = "".join(entities.get(letter, letter) for letter in text)
    if escaped != text:
        text.parent.replace(text, nodes.Text(escaped))


def _in_cell(node: nodes.Node) -> bool:
    while node.parent is not None and not isinstance(node, nodes.entry):
        node = node.parent
    return isinstance(node, nodes.entry)


def visit_inline_anchor(self: MarkdownTranslator, node: inline_anchor) -> None:
    """Write the anchors, as the writer does where a target stands alone."""
    anchors = "".join(f'<a id="{escape(anchor)}"></a>' for anchor in node["ids"])
    self.add(anchors.replace("|", _ENTITIES_IN_CELLS["|"]))
    raise nodes.SkipNode


def visit_code_span(self: MarkdownTranslator, node: code_span) -> None:
    """Write code between more backticks than it has; in a cell, bars in it are escaped."""
    text = node.astext()
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    if _in_cell(node):
        text = text.replace("|", r"\|")
    self.add(f"{fence}{space}{text}{space}{fence}")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the handler, and the nodes that it makes."""
    add_node(app, inline_anchor, markdown=(visit_inline_anchor, None))
    add_node(app, code_span, markdown=(visit_code_span, None))
    app.connect("doctree-resolved", write_as_markdown, priority=UNIQUE_IDS + 1)
