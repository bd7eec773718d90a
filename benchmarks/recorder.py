"""A Sphinx extension that records the nodes of our directives, with all links resolved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinxext_stitch import directives, object_pages
from sphinxext_stitch.catalogue.queries.targets import find_target

from .plain import to_plain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class _Recorded(directives.CatalogueDirective):
    def run(self) -> list[nodes.Node]:
        content = super().run()
        root = nodes.container("", *content)
        for link in list(root.findall(addnodes.pending_xref)):
            link.replace_self(self.resolved(link))
        folder = Path(self.config.recorder_folder, self.env.docname)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.name}.json"
        file.write_text(json.dumps([to_plain(node) for node in root.children], ensure_ascii=False), encoding="utf-8")
        return []

    def resolved(self, link: addnodes.pending_xref) -> nodes.Element:
        content = link.children[0].children if link.children else []
        if link["reftype"] == "table":
            return nodes.reference("", "", *content, internal=True, refid="connection-table")
        target = find_target(self.domain.catalogue, link["reftarget"])
        if target is None:
            return nodes.inline("", "", *content)
        if target.endpoint is not None:
            return nodes.reference("", "", *content, internal=False, refuri=target.endpoint.docs)
        return nodes.reference("", "", *content, internal=True, refid=target.anchor)


class RecordedTable(_Recorded, directives.ConnectionTable):
    """The table, recorded."""


class RecordedProperty(_Recorded, directives.ConnectionProperty):
    """The sections, recorded."""


class RecordedPages(_Recorded, object_pages.ConnectionPages):
    """The lists of pages, recorded."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Replace our directives by those that record."""
    app.setup_extension("sphinxext_stitch")
    app.add_config_value("recorder_folder", "", "", (str,))
    app.add_directive("connection-table", RecordedTable, override=True)
    app.add_directive("connection-property", RecordedProperty, override=True)
    app.add_directive("connection-pages", RecordedPages, override=True)
    return {"parallel_read_safe": True}
