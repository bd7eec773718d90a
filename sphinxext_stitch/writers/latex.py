"""Print our tables and index with LaTeX: long names break, headings stay with their rows, badges are in bold."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..render.find import blocks, is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.latex import LaTeXTranslator

#: Names break behind these; Sphinx lets them break behind the stops and slashes in them.
_BREAKS = re.compile(r"(?<=[_:=&@-])(?=\w)|(?<=[a-z])(?=[A-Z])")

#: What an entry of the index shows, and what it is sorted by.
_PRINTED = re.compile(r"\\spxentry\{[^}]*\}")
_SORTED_BY = re.compile(r"(?:\\index\{|!)[^@!]*@")

#: The widths of the columns of property tables: paper is narrow, and *required* is long in some languages.
_WIDTHS = (27, 12, 15, 46)


class word_break(nodes.Inline, nodes.Element):  # noqa: N801 - docutils names nodes so
    """A place where a line may end within a name, without a hyphen."""


class kept_row(nodes.row):  # noqa: N801 - docutils names nodes so
    """A row that stands on the page of the next one."""


class printed_index(addnodes.index):  # noqa: N801 - docutils names nodes so
    """Entries of the index, which has narrow columns too."""


class PrintIndex(SphinxPostTransform):
    """Put the entries of the index where they lead, so that each tells its page."""

    formats = ("latex",)
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        for index in blocks(self.document, addnodes.index):
            if "stitch-index" not in index["classes"]:
                continue
            places = {anchor: target for target in _targets(index.parent) for anchor in target["ids"]}
            stays = []
            for entry in index["entries"]:
                place = places.get(entry[2])
                if place is None:
                    stays.append(entry)
                else:
                    place.parent.insert(place.parent.index(place), printed_index(entries=[entry]))
            index.replace_self(printed_index(entries=stays, inline=False))


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
                if "stitch-group" in row["classes"]:
                    row.replace_self(kept_row("", *row.children, **row.attributes))


def _let_break(literal: nodes.literal) -> None:
    """Put breaks into a name."""
    first, *rest = _BREAKS.split(literal.astext())
    if rest:
        broken = [node for part in rest for node in (word_break(), nodes.Text(part))]
        literal.children = []
        literal += [nodes.Text(first), *broken]


def visit_word_break(self: LaTeXTranslator, node: word_break) -> None:
    """Let the line end here."""
    self.body.append(r"\allowbreak{}")


def depart_word_break(self: LaTeXTranslator, node: word_break) -> None:
    """Nothing is in a break."""


def visit_printed_index(self: LaTeXTranslator, node: printed_index) -> None:
    """Write the entries with names that break, and sorted by letters that makeindex knows."""
    start = len(self.body)
    try:
        self.visit_index(node)
    finally:
        for place, text in enumerate(self.body[start:], start):
            broken = _PRINTED.sub(lambda found: re.sub(r"(\\_|[.])(?=\w)", r"\1\\allowbreak{}", found[0]), text)
            # makeindex takes the first byte of a key for its letter, and half a letter ends the run of LaTeX.
            makeindex = self.config.latex_engine == "pdflatex" and not self.config.latex_use_xindy
            self.body[place] = _SORTED_BY.sub(lambda found: _ascii(found[0]), broken) if makeindex else broken


def _ascii(text: str) -> str:
    """A text with the plain form of its letters."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def visit_kept_row(self: LaTeXTranslator, node: kept_row) -> None:
    """Open the row as any other."""
    self.visit_row(node)


def depart_kept_row(self: LaTeXTranslator, node: kept_row) -> None:
    """Close the row with the form of the line's end that keeps the page."""
    self.depart_row(node)
    end = len(self.body) - 1
    while not self.body[end].startswith(r"\\"):
        end -= 1
    self.body[end] = self.body[end].replace(r"\\", r"\\*", 1)


def setup(app: Sphinx) -> None:
    """Register the transform and the nodes that it makes."""
    app.add_node(word_break, latex=(visit_word_break, depart_word_break))
    app.add_node(kept_row, latex=(visit_kept_row, depart_kept_row))
    app.add_node(printed_index, latex=(visit_printed_index, None))
    app.add_post_transform(PrintTables)
    app.add_post_transform(PrintIndex)
