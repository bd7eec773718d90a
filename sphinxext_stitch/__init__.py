"""Reference pages for connectors from a catalogue of YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx."""
    # Sphinx is there when it calls this; the command line does without it.
    from . import (
        config,
        directives,
        domain,
        garbage,
        html,
        latex,
        pages,
        search_links,
        transforms,
        translation,
        updates,
    )

    app.setup_extension("sphinx_design")
    app.add_message_catalog(__name__, str(Path(__file__).parent / "locale"))
    rooms = (config, domain, updates, directives, search_links, pages, translation, transforms, html, latex, garbage)
    for room in rooms:
        room.setup(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
