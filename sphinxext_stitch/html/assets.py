"""The style sheet and the scripts, on the pages that need them and no other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..domain import shows_ours
from ..render.find import blocks
from .element import element
from .examples import page_data
from .table_filter import FILTER

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STATIC = Path(__file__).parent / "static"
STYLE = "sphinxext-stitch.css"
FILTER_SCRIPT = "sphinxext-stitch-filter.js"
OBJECTS_SCRIPT = "sphinxext-stitch-objects.js"


def add_static_path(app: Sphinx) -> None:
    """Let Sphinx copy our files; they come first, so that a project can replace them.

    Sphinx has noted the configuration in ``.buildinfo`` by now.  There, the path of this environment would have another
    checkout write every page again.
    """
    app.config.html_static_path = [str(STATIC), *app.config.html_static_path]


def add_assets(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add what the nodes of a page need."""
    if doctree is None or not shows_ours(app.env, pagename):
        return
    # Classes, as docutils asks a function of each node in a way that takes several times as long.
    if any(map(_is_ours, doctree.findall(nodes.Element))):
        app.add_css_file(STYLE)
    # What needs a script is not in books. On a page with both, the objects come last, and go to what the address names.
    if any(FILTER in node["classes"] for node in blocks(doctree, element)):
        app.add_js_file(FILTER_SCRIPT, loading_method="defer")
    if any(blocks(doctree, page_data)):
        app.add_js_file(OBJECTS_SCRIPT, loading_method="defer")


def _is_ours(node: nodes.Element) -> bool:
    return any(name.startswith("stitch-") for name in node["classes"])


def setup(app: Sphinx) -> None:
    """Register the assets."""
    app.connect("builder-inited", add_static_path)
    app.connect("html-page-context", add_assets)
