"""Links into the documentation, which Sphinx resolves when all pages are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from docutils.nodes import Node


def link(kind: str, target: str, content: list[Node]) -> addnodes.pending_xref:
    """A link that is resolved when all pages are read.

    ``kind`` is ``object`` or ``table`` for what a directive lists, ``stitch`` for what prose can name, and
    ``ref`` or ``doc`` for Sphinx's own.
    """
    domain = "std" if kind in ("ref", "doc") else "stitch"
    if kind == "ref":
        target = nodes.fully_normalize_name(target)
    options = {"refdomain": domain, "reftype": kind, "reftarget": target, "refexplicit": True}
    node = addnodes.pending_xref("", nodes.inline("", "", *content), refwarn=domain == "std", **options)
    # A table may list objects that the project does not show: then there is no link, and nothing to warn of.
    node["refquiet"] = kind in ("object", "table")
    return node
