"""HTML only: short markup, the filter of tables, requests, style sheet and scripts; no content depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import assets, edit_links, element, examples, json_files, nodes, sizes, table_filter, tables

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register the parts."""
    for part in (element, nodes, tables, examples, sizes, table_filter, assets, json_files, edit_links):
        part.setup(app)
