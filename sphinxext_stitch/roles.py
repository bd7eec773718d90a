"""The roles of the domain for cross-references into the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx.roles import XRefRole

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment

#: The object type of each role; see ``catalogue.queries.targets``.
ROLES = {"object": "object", "prop": "property", "endpoint": "endpoint", "conn": "connection"}


class TargetRole(XRefRole):
    """A role for a cross-reference into the catalogue: ``:stitch:prop:`pond.lake.area```.

    As in other domains, ``text <target>`` has its own text, ``!`` makes no link, and ``~`` shows only the last part of
    the name.
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
