"""Small nodes that the modules of ``render`` share: sentences with slots, badges, links, tables."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from docutils import nodes

from .nodes import (
    stitch_bullet_list,
    stitch_date,
    stitch_literal,
    stitch_name,
    stitch_reference,
    stitch_tgroup,
    stitch_value,
)
from .words import kind_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from docutils.nodes import Element, Node

    from ..catalogue.api import Api

_SLOT = re.compile(r"%\((\w+)\)s")

#: The color of each badge, the end of its class; others are ``secondary``.
_BADGES = {
    "required": "danger",
    "secret": "warning",
    "deprecated": "danger",
    "beta": "info",
}

#: The colors of the badges of the first kinds; those of others are ``secondary``, too.
_KIND_BADGES = ("primary", "success")


def sentence(template: str, **slots: Node | str | Sequence[Node]) -> list[Node]:
    """The inline nodes of a sentence: each ``%(name)s`` is replaced by the text or nodes of the slot."""
    content: list[Node] = []
    for index, part in enumerate(_SLOT.split(template)):
        slot = slots[part] if index % 2 else part
        if isinstance(slot, str):
            content += [nodes.Text(slot)] if slot else []
        else:
            content += [slot] if isinstance(slot, nodes.Node) else slot
    return content


def enumeration(parts: Sequence[Sequence[Node]], conjunction: str, separator: str = ", ") -> list[Node]:
    """The parts with a separator between them, and the conjunction before the last one."""
    content: list[Node] = []
    for index, part in enumerate(parts):
        if index:
            content.append(nodes.Text(conjunction if index == len(parts) - 1 else separator))
        content += part
    return content


def separated(parts: Iterable[Node], separator: str) -> list[Node]:
    """The parts with a text between them."""
    return [node for part in parts for node in (nodes.Text(separator), part)][1:]


def paragraph(*content: Node, classes: Sequence[str] = ()) -> nodes.paragraph:
    """A paragraph of these inline nodes; texts beside each other become one, as each node takes time in many transforms."""
    merged: list[Node] = []
    for node in content:
        if isinstance(node, nodes.Text) and merged and isinstance(merged[-1], nodes.Text):
            merged[-1] = nodes.Text(merged[-1] + node)
        else:
            merged.append(node)
    return nodes.paragraph("", "", *merged, classes=list(classes))


def code(text: str) -> nodes.literal:
    """A name or value, as written."""
    return stitch_literal(text, text)


def json_value(text: str) -> nodes.literal:
    """A value that is JSON: a text has its quotes, as many that hold a number or a flag are sent without them."""
    return stitch_value(text, text)


def property_name(text: str) -> nodes.literal:
    """The name of a property, in a sentence."""
    return stitch_name(text, text)


def date(text: str) -> nodes.inline:
    """A date, which does not break."""
    return stitch_date(text, text)


def badge(word: str, style: str, *classes: str) -> nodes.inline:
    """A word as a badge; ``style`` is the untranslated word, which determines its color."""
    return _badge(word, _BADGES.get(style, "secondary"), *classes)


def kind_badge(kind: str, api: Api) -> nodes.inline:
    """The word for a kind as a badge."""
    number = api.kind_names.index(kind)
    return _badge(kind_words(kind, api).title, [*_KIND_BADGES, "secondary"][min(number, len(_KIND_BADGES))])


def _badge(word: str, color: str, *classes: str) -> nodes.inline:
    return nodes.inline(word, word, classes=["stitch-badge", f"stitch-{color}", *classes])


def external(url: str | None, *content: Node) -> list[Node]:
    """The content as a link to another site; unchanged if the URL is None."""
    if url is None:
        return list(content)
    return [nodes.reference("", "", *content, refuri=url, internal=False)]


def internal(anchor: str, *content: Node) -> nodes.reference:
    """The content as a link to an id on the same page."""
    return stitch_reference("", "", *content, internal=True, refid=anchor)


def bullets(*items: Sequence[Element]) -> nodes.bullet_list:
    """A list of these items."""
    return stitch_bullet_list("", *(nodes.list_item("", *item) for item in items), bullet="-")


def target(anchor: str) -> nodes.target:
    """An empty target: LaTeX writes no labels for ids on rows and paragraphs, and text loses a name within a target."""
    node = nodes.target("", "", ids=[anchor])
    # Otherwise docutils adds a system message to each target that nothing refers to.
    node.referenced = 1
    return node


def section_target(anchor: str) -> nodes.target:
    """A target before a section with this id, as a label has one: some builders write anchors of targets alone."""
    return nodes.target("", "", refid=anchor)


def free_id(anchor: str, taken: Container[str]) -> str:
    """The id, with a number if it is already taken."""
    numbered = (f"{anchor}-{number}" for number in count(2))
    return anchor if anchor not in taken else next(name for name in numbered if name not in taken)


def cell(*blocks: Element, **attributes: object) -> nodes.entry:
    """A table cell of these blocks."""
    return nodes.entry("", *blocks, **attributes)


def row(*cells: nodes.entry, classes: Sequence[str] = ()) -> nodes.row:
    """A table row."""
    return nodes.row("", *cells, classes=list(classes))


def wide_cell(columns: int, *blocks: Element) -> nodes.entry:
    """A cell across all columns."""
    span = {"morecols": columns - 1} if columns > 1 else {}
    return cell(*blocks, classes=["stitch-wide"], **span)


def table(
    header: Sequence[Iterable[Node]], widths: Sequence[int], rows: Iterable[nodes.row], classes: Sequence[str]
) -> nodes.table:
    """A table whose first column heads the rows; ``widths`` are relative."""
    group = stitch_tgroup("", cols=len(widths))
    for index, width in enumerate(widths):
        group += nodes.colspec("", colwidth=width, **({} if index else {"stub": 1}))
    group += nodes.thead("", row(*(cell(paragraph(*content)) for content in header)))
    group += nodes.tbody("", *rows)
    return nodes.table("", group, classes=["colwidths-given", *classes])
