"""Print our tables and index with LaTeX: long names break, headings stay with their rows, badges are in bold.

All that is ours stands in ``raw`` nodes; what Sphinx writes, texts among it, stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..render.find import blocks, is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Names break behind these; Sphinx lets them break behind the stops and slashes in them.
_BREAKS = re.compile(r"(?<=[_:=&@-])(?=\w)|(?<=[a-z])(?=[A-Z])")

#: A place where a line may end, without a hyphen.
_BREAK = r"\allowbreak{}"

#: What means something in an entry of the index, and where it may break: nothing is found there.
_MARKS = re.compile(r'(["@!|{}])')
_MARKS_AND_BREAKS = re.compile(rf"{_MARKS.pattern}|(?<=[_.])(?=\w)")

#: makeindex quotes by a quotation mark, and a brace counts even if it is escaped.
_MARKED = {
    '"': '""',
    "@": '"@',
    "!": '"!',
    "|": r"\textbar{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    None: _BREAK,
}

#: The widths of the columns of property tables: paper is narrow, and *required* is long in some languages.
_WIDTHS = (27, 12, 15, 46)


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
            for _type, entry, anchor, _main, _key in index["entries"]:
                made = _index_command(entry, self.config)
                if anchor in places:
                    place = places[anchor]
                    place.parent.insert(place.parent.index(place), made)
                else:
                    stays.append(made)
            # A new line, so that it is not in the paragraph before.
            index.parent.replace(index, nodes.inline("", "", _latex("\n"), *stays) if stays else [])


def _targets(parent: Element) -> Iterable[nodes.target]:
    """The targets below a node; of two with one id, the first one comes last."""
    return reversed(list(parent.findall(nodes.target)))


def _index_command(entry: str, config: Config) -> nodes.inline:
    """The command for an entry, with names that break."""
    made = nodes.inline("", "", _latex(r"\index{"))
    for level, part in enumerate(entry.split(";")):
        shown = part.strip()
        made += _latex("!" if level else "")
        made += _marked(_sort_key(shown, config), _MARKS)
        made += [_latex(r"@\spxentry{"), *_marked(shown, _MARKS_AND_BREAKS), _latex("}")]
    made += _latex("}")
    return made


def _sort_key(text: str, config: Config) -> str:
    """What a text is sorted by: plain letters, if the program knows no others."""
    if config.latex_engine != "pdflatex" or config.latex_use_xindy:
        return text
    # makeindex takes the first byte of a key for its letter, and half a letter ends the run of LaTeX.
    # An entry whose key is empty it leaves out; those with the same key it sorts by what they show.
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().strip() or "?"


def _marked(text: str, marks: re.Pattern[str]) -> Iterator[Node]:
    """A text, with LaTeX in place of what means something in an entry."""
    for part in marks.split(text):
        yield _latex(_MARKED[part]) if part in _MARKED else nodes.Text(part)


def _latex(text: str) -> nodes.raw:
    """Something to be written as it is."""
    return nodes.raw("", text, format="latex")


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
                    # On the page of the next row: between rows, longtable has this command.
                    row.parent.insert(row.parent.index(row) + 1, _latex(r"\nopagebreak[4]"))


def _let_break(literal: nodes.literal) -> None:
    """Put breaks into a name."""
    first, *rest = _BREAKS.split(literal.astext())
    if rest:
        literal[:] = [nodes.Text(first), *(node for part in rest for node in (_latex(_BREAK), nodes.Text(part)))]


def setup(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_post_transform(PrintTables)
    app.add_post_transform(PrintIndex)
