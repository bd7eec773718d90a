"""One page of all pages: an id of our tables is there once, and links lead to their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..builders import has_one_page
from ..conditional import UNIQUE_IDS
from ..render.find import is_ours, with_pages
from ..render.parts import free_id

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def make_ids_unique(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Where all pages are one, let each id of our tables be there once, and each link lead to its own.

    A row keeps its id in the first table.  Each table has one, as pages lead back to their own.
    """
    if not has_one_page(app.builder):
        return
    elements = list(with_pages(doctree, app.config.root_doc))
    renamed = _rename(elements)
    pages = {app.builder.get_target_uri(page): page for page in app.env.found_docs}
    for node, page in elements:
        if not isinstance(node, nodes.reference):
            continue
        uri, _, anchor = node.get("refuri", "").rpartition("#")
        if "refid" in node:
            node["refid"] = renamed.get((page, node["refid"]), node["refid"])
        elif uri in pages:
            # From 8.2 on, Sphinx leaves the page in front of the anchor.
            node["refuri"] = "#" + renamed.get((pages[uri], anchor), anchor)


def _rename(elements: list[tuple[nodes.Element, str]]) -> dict[tuple[str, str], str]:
    """Give each id of our tables once; the new ids of tables by their pages and the ids that they had there."""
    taken: set[str] = set()
    renamed: dict[tuple[str, str], str] = {}
    for node, page in elements:
        if not isinstance(node, nodes.table) or not is_ours(node):
            continue
        for number, anchor in enumerate(node["ids"]):
            node["ids"][number] = renamed[page, anchor] = free_id(anchor, taken)
            taken.add(node["ids"][number])
        for part in node.findall(nodes.target):
            part["ids"] = [anchor for anchor in part["ids"] if anchor not in taken]
            taken.update(part["ids"])
    return renamed


def setup(app: Sphinx) -> None:
    """Register the handler, which comes before those that put our tables into boxes."""
    app.connect("doctree-resolved", make_ids_unique, priority=UNIQUE_IDS + 1)
