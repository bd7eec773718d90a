"""The style sheet and the script, on the pages that need them and no other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from .examples import page_data
from .table_filter import FILTER

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

STATIC = Path(__file__).parent / "static"
STYLE = "sphinxext-stitch.css"
SCRIPT = "sphinxext-stitch.js"

#: Browsers refuse modules of pages that are opened from disk: then the file is loaded as a classic script.
AS_CLASSIC_SCRIPT = "document.head.append(Object.assign(document.createElement('script'), {src: this.src}))"


def add_static_path(_app: Sphinx, config: Config) -> None:
    """Let Sphinx copy our files; they come first, so that a project can replace them."""
    config.html_static_path = [str(STATIC), *config.html_static_path]


def add_assets(
    app: Sphinx, _page: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add what the nodes of a page need."""
    if doctree is None:
        return
    # Classes, as docutils asks a function of each node in a way that takes several times as long.
    if any(map(_is_ours, doctree.findall(nodes.Element))):
        app.add_css_file(STYLE)
    if app.builder.name != "epub" and any(map(_needs_script, doctree.findall(nodes.Element))):
        app.add_js_file(SCRIPT, type="module", onerror=AS_CLASSIC_SCRIPT)


def _is_ours(node: nodes.Element) -> bool:
    return any(name.startswith("stitch-") for name in node["classes"])


def _needs_script(node: nodes.Element) -> bool:
    return isinstance(node, page_data) or FILTER in node["classes"]


def setup(app: Sphinx) -> None:
    """Register the assets."""
    app.connect("config-inited", add_static_path)
    app.connect("html-page-context", add_assets)
