"""Search of a doctree for our nodes, as a rule without visiting all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element, Node

    Kind = TypeVar("Kind", bound=Element)

#: The classes of the tables of this extension.
TABLES = ("stitch-connections", "stitch-endpoints", "stitch-properties")


def is_ours(table: Element) -> bool:
    """Whether a table was made by this extension."""
    return any(name in TABLES for name in table["classes"])


def elements(parent: Element) -> list[Element]:
    """The child elements of an element, without its text nodes."""
    return [child for child in parent.children if isinstance(child, nodes.Element)]


def blocks(parent: Node, kind: type[Kind]) -> Iterator[Kind]:
    """The elements of a class below a node, in document order, except those in text elements and in our tables.

    Nearly all nodes of a large page are there, so ``findall`` takes ten times as long.  The caller may replace the
    elements.
    """
    for child in list(parent.children):
        if isinstance(child, kind):
            yield child
        if not isinstance(child, (nodes.Text, nodes.TextElement)) and not (
            isinstance(child, nodes.table) and is_ours(child)
        ):
            yield from blocks(child, kind)


def with_pages(parent: Element, page: str) -> Iterator[tuple[Element, str]]:
    """All elements below one, each with its page: some builders assemble a document from several pages."""
    for child in parent.children:
        if isinstance(child, nodes.Element):
            here = child["docname"] if isinstance(child, addnodes.start_of_file) else page
            yield child, here
            yield from with_pages(child, here)
