"""Links into the reference: from directives, from prose of the data, and by the roles of the domain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.roles import XRefRole

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx.environment import BuildEnvironment

#: What each role names, by the role; see ``catalogue.targets``.
ROLES = {"object": "object", "prop": "property", "endpoint": "endpoint", "conn": "connection"}


class TargetRole(XRefRole):
    """A role that names something of the catalogue: ``:stitch:prop:`pond.lake.area```.

    As in other domains, ``text <target>`` has a text of its own, ``!`` makes no link, and ``~`` shows the
    last part of the name only.
    """

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: Element,
        has_explicit_title: bool,  # noqa: FBT001 - Sphinx's
        title: str,
        target: str,
    ) -> tuple[str, str]:
        if has_explicit_title or not title.startswith("~"):
            return title, target
        return re.split(r"[./]", target)[-1], target.removeprefix("~")


class search_reference(nodes.reference):  # noqa: N801 - docutils names nodes so
    """A link with a ``query``, which goes before the anchor of its address."""


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
