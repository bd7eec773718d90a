"""The minimal cost of a directive: a Sphinx extension whose directives only return nodes from files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.docutils import SphinxDirective

from .plain import from_plain

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class Ready(SphinxDirective):
    """The nodes that :mod:`benchmarks.recorder` saved for this directive of this page."""

    optional_arguments = 1

    def run(self) -> list[Node]:
        file = Path(self.config.recorder_folder, self.env.docname, f"{self.name}.json")
        return [from_plain(plain) for plain in json.loads(file.read_text(encoding="utf-8"))]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives under the names of those of sphinxext_stitch."""
    app.add_config_value("recorder_folder", "", "", (str,))
    app.add_directive("connection-table", Ready)
    app.add_directive("connection-property", Ready)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
