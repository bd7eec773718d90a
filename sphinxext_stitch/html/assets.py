"""Add the style sheet and the scripts, only to pages that need them."""

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
    """Add our static files before those of the project, which can so replace them.

    The event ``builder-inited`` comes after Sphinx has hashed the configuration for ``.buildinfo``: with the path of
    this installation in the hash, another checkout would write all pages again.
    """
    app.config.html_static_path = [str(STATIC), *app.config.html_static_path]


def add_assets(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the files that the nodes of a page need."""
    if doctree is None or not shows_ours(app.env, pagename):
        return
    # ``findall`` with a class is several times as fast as with a function.
    if any(map(_is_ours, doctree.findall(nodes.Element))):
        app.add_css_file(STYLE)
    # EPUB pages have no such nodes. On a page with both, the script of objects is last and scrolls to the anchor.
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
