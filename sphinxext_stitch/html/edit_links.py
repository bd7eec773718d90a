"""“Edit this page” of generated pages leads to the data file; there is no such link where a page has no file of its own."""

from __future__ import annotations

from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..domain import domain_of
from ..object_pages import generated_page

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def name_data_file(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the name and suffix of a page, of which themes make the address of its source, lead to its data file.

    The handler of ``html-page-context``.  Browsers take a “..” out of an address before they ask for it.
    """
    name = generated_page(app, pagename) if doctree is not None else None
    if name is None or not context.get("page_source_suffix"):
        return
    files = [obj.files[0] for obj in domain_of(app.env).catalogue.find(name)] if name else []
    if files and app.config.stitch_data_path and not Path(app.config.stitch_data_path).is_absolute():
        path = Path(relpath(files[0], app.srcdir)).as_posix()
        back = "../" * len(pagename.split("/"))
        context["page_source_suffix"] = f"/{back}{path}"
    else:
        context["page_source_suffix"] = ""
        context["display_vcs_links"] = False  # of sphinx-rtd-theme, which does not ask for the suffix


def setup(app: Sphinx) -> None:
    """Connect the handler, before those of themes."""
    app.connect("html-page-context", name_data_file, priority=400)
