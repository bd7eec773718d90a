"""Nodes as plain data, to be kept in a file and to be made again at next to no cost."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes

#: A text, or the tag, raw source, attributes, source, line and children of an element.
Plain = str | list[Any]


def to_plain(node: nodes.Node) -> Plain:
    """The plain data of a node; a class of ours is told by the one of docutils or Sphinx that it is made from."""
    if isinstance(node, nodes.Text):
        return str(node)
    assert isinstance(node, nodes.Element)
    tag = next(kind.__name__ for kind in type(node).__mro__ if kind.__module__ in ("docutils.nodes", "sphinx.addnodes"))
    stated = {name: value for name, value in node.attributes.items() if value != []}
    return [tag, node.rawsource, stated, node.source, node.line, [to_plain(child) for child in node.children]]


def from_plain(plain: Plain) -> nodes.Node:
    """The node of plain data."""
    if isinstance(plain, str):
        return nodes.Text(plain)
    tag, rawsource, stated, source, line, children = plain
    kind = getattr(nodes, tag, None) or getattr(addnodes, tag)
    content = [from_plain(child) for child in children]
    text = [""] if issubclass(kind, nodes.TextElement) else []
    node: nodes.Element = kind(rawsource, *text, *content, **stated)
    node.source, node.line = source, line
    if isinstance(node, nodes.target):
        node.referenced = 1  # as ours are
    return node
