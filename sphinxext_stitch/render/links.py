"""Cross-references, which Sphinx resolves after all pages are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from docutils.nodes import Node


def link(kind: str, target: str, content: list[Node]) -> addnodes.pending_xref:
    """A cross-reference with this content.

    ``kind`` is its reference type: ``object`` or ``table`` for links of directives, ``stitch`` for links of prose, and
    ``ref`` or ``doc`` for those of Sphinx's own domain.
    """
    domain = "std" if kind in ("ref", "doc") else "stitch"
    if kind == "ref":
        target = nodes.fully_normalize_name(target)
    options = {"refdomain": domain, "reftype": kind, "reftarget": target, "refexplicit": True}
    node = addnodes.pending_xref("", nodes.inline("", "", *content), refwarn=domain == "std", **options)
    # A table may list objects that no page shows: they have no link then, and no warning.
    node["refquiet"] = kind in ("object", "table")
    return node
