"""Print our tables and index with LaTeX: long names break, headings stay with their rows, badges are in bold.

What is added are nodes with visitors of their own; what Sphinx writes stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..builders import add_node
from ..general_index import index_address
from ..render.find import blocks, is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.latex import LaTeXTranslator

#: Names break behind these; Sphinx lets them break behind the stops and slashes in them.
_BREAKS = re.compile(r"(?<=[_:=&@-])(?=\w)|(?<=[a-z])(?=[A-Z])")

#: What makeindex takes for its own, and how it takes it for text; a brace matters even if it is escaped.
_QUOTED = {'"': '""', "@": '"@', "!": '"!', "|": r"\textbar{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}

#: The widths of the columns of property tables: paper is narrow, and *required* is long in some languages.
_WIDTHS = (27, 12, 15, 46)


class word_break(nodes.Inline, nodes.Element):  # noqa: N801 - docutils names nodes so
    """A place where a line may end within a name, without a hyphen."""


class kept_together(nodes.Element):  # noqa: N801 - docutils names nodes so
    """Between two rows of a table: they are on one page."""


class printed_index(nodes.Inline, nodes.Element):  # noqa: N801 - docutils names nodes so
    """An entry of the index, ``entry`` and its parts behind semicolons, which has narrow columns too."""


class PrintIndex(SphinxPostTransform):
    """Put the entries of the index where they lead, so that each tells its page."""

    formats = ("latex",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        for index in blocks(self.document, addnodes.index):
            if "stitch-index" not in index["classes"]:
                continue
            targets = {index_address(anchor): target for target in _targets(index.parent) for anchor in target["ids"]}
            for _type, entry, anchor, _main, _key in index["entries"]:
                place = targets.get(anchor, index)
                place.parent.insert(place.parent.index(place), printed_index(entry=entry, inline=place is not index))
            index.parent.remove(index)


def _targets(parent: Element) -> Iterable[nodes.target]:
    """The targets below a node; of two with one id, the first one comes last."""
    return reversed(list(parent.findall(nodes.target)))


class PrintTables(SphinxPostTransform):
    """Make our tables fit for paper."""

    formats = ("latex",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        for table in blocks(self.document, nodes.table):
            if not is_ours(table):
                continue
            table["classes"].append("longtable")  # one that can go on over pages
            for literal in table.findall(nodes.literal):
                _let_break(literal)
            for inline in list(table.findall(nodes.inline)):
                if "stitch-badge" in inline["classes"]:
                    inline.replace_self(nodes.strong("", "", *inline.children))
            if "stitch-properties" in table["classes"]:
                for column, width in zip(table.findall(nodes.colspec), _WIDTHS, strict=False):
                    column["colwidth"] = width
            for row in list(table.findall(nodes.row)):
                if {"stitch-group", "stitch-case"} & {*row["classes"]}:
                    row.parent.insert(row.parent.index(row) + 1, kept_together())


def _let_break(literal: nodes.literal) -> None:
    """Put breaks into a name."""
    first, *rest = _BREAKS.split(literal.astext())
    if rest:
        literal[:] = [nodes.Text(first), *(node for part in rest for node in (word_break(), nodes.Text(part)))]


def visit_word_break(self: LaTeXTranslator, node: word_break) -> None:
    """Let the line end here."""
    self.body.append(r"\allowbreak{}")


def visit_kept_together(self: LaTeXTranslator, node: kept_together) -> None:
    """Let no page end here; longtable has this command for use between rows."""
    self.body.append("\n\\nopagebreak[4]\n")


def visit_printed_index(self: LaTeXTranslator, node: printed_index) -> None:
    """Write the entry: what each part is sorted by, and what is shown of it, where names break."""
    makeindex = self.config.latex_engine == "pdflatex" and not self.config.latex_use_xindy
    parts = []
    for part in node["entry"].split(";"):
        shown = part.strip()
        key = _quoted(self, _ascii(shown) if makeindex else shown)
        broken = r"\allowbreak{}".join(_quoted(self, piece) for piece in re.split(r"(?<=[_.])(?=\w)", shown))
        parts.append(rf"{key}@\spxentry{{{broken}}}")
    # A new line, so that it is not in the paragraph before.
    self.body.append(("" if node["inline"] else "\n") + rf"\index{{{'!'.join(parts)}}}")


def _quoted(self: LaTeXTranslator, text: str) -> str:
    """A text as makeindex takes it."""
    return "".join(_QUOTED.get(part) or self.encode(part) for part in re.split(r'(["@!|{}])', text))


def _ascii(text: str) -> str:
    """A text with the plain form of its letters, for makeindex: it takes the first byte of a key for its letter.

    Half a letter would end the run of LaTeX.  An entry whose key is empty is left out; those with the same key are
    sorted by what they show.
    """
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().strip() or "?"


def depart_nothing(self: LaTeXTranslator, node: Element) -> None:
    """There is nothing to close."""


def setup(app: Sphinx) -> None:
    """Register the transforms and the nodes that they make."""
    add_node(app, word_break, latex=(visit_word_break, depart_nothing))
    add_node(app, kept_together, latex=(visit_kept_together, depart_nothing))
    add_node(app, printed_index, latex=(visit_printed_index, depart_nothing))
    app.add_post_transform(PrintTables)
    app.add_post_transform(PrintIndex)
