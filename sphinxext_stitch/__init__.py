"""Reference pages for connectors from a catalogue of YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.2.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx."""
    # Imported here, as the command line works without Sphinx.
    from . import (
        back_links,
        build_notes,
        conditional,
        config,
        dependencies,
        directives,
        domain,
        extraction,
        general_index,
        html,
        lifecycle,
        name_links,
        object_pages,
        search_role,
        short_titles,
    )
    from .writers import latex, man, markdown, singlehtml, text

    app.add_message_catalog(__name__, str(Path(__file__).parent / "locale"))
    # In this order: the domain needs the values of the configuration, and what follows needs the domain.
    reading = (config, domain, lifecycle, conditional, dependencies, build_notes, directives, search_role, object_pages)
    resolved = (general_index, name_links, back_links, short_titles)
    writing = (html, latex, man, markdown, singlehtml, text)
    for part in (*reading, extraction, *resolved, *writing):
        part.setup(app)
    return {"version": __version__, "env_version": 5, "parallel_read_safe": True, "parallel_write_safe": True}
