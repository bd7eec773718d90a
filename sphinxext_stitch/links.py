"""The roles of the domain that name something of the catalogue, and a link that knows a query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole

if TYPE_CHECKING:
    from docutils.nodes import Element
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
