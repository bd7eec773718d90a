"""Find elements of ours on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element, Node

    Kind = TypeVar("Kind", bound=Element)

#: The classes of our tables.
TABLES = ("stitch-connections", "stitch-endpoints", "stitch-properties")


def is_ours(table: Element) -> bool:
    """Whether a table is one of ours."""
    return any(name in TABLES for name in table["classes"])


def elements(parent: Element) -> list[Element]:
    """The elements right below one."""
    return [child for child in parent.children if isinstance(child, nodes.Element)]


def blocks(parent: Node, kind: type[Kind]) -> Iterator[Kind]:
    """The elements of a kind below one, in the order of the page, but not what is in texts and in our tables.

    Nearly all nodes of a large page are there, so ``findall`` takes ten times as long.  What is found may be
    replaced.
    """
    for child in list(parent.children):
        if isinstance(child, kind):
            yield child
        if not isinstance(child, (nodes.Text, nodes.TextElement)) and not (
            isinstance(child, nodes.table) and is_ours(child)
        ):
            yield from blocks(child, kind)
