"""One page of all pages: an id of our tables is there once, and links lead to their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..render.find import is_ours
from ..render.parts import free_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


class OnePage(SphinxPostTransform):
    """Where all pages are one, an id of our tables is there once, and each link leads to its own.

    A row keeps its id in the first table.  Each table has one, as pages lead back to their own.
    """

    builders = ("singlehtml",)
    default_priority = 150  # after Sphinx has resolved links, before tables become HTML

    #: The application, which Sphinx 9 no longer gives to a transform.
    sphinx: ClassVar[Sphinx]

    def run(self, **kwargs: Any) -> None:
        pages = {self.sphinx.builder.get_target_uri(page): page for page in self.env.found_docs}
        taken: set[str] = set()
        renamed: dict[tuple[str, str], str] = {}
        found = list(_with_pages(self.document, self.config.root_doc))
        for node, page in found:
            if not isinstance(node, nodes.table) or not is_ours(node):
                continue
            for number, anchor in enumerate(node["ids"]):
                node["ids"][number] = renamed[page, anchor] = free_id(anchor, taken)
                taken.add(node["ids"][number])
            for part in node.findall(nodes.target):
                part["ids"] = [anchor for anchor in part["ids"] if anchor not in taken]
                taken.update(part["ids"])
        for node, page in found:
            if not isinstance(node, nodes.reference):
                continue
            uri, _, anchor = node.get("refuri", "").rpartition("#")
            if "refid" in node:
                node["refid"] = renamed.get((page, node["refid"]), node["refid"])
            elif uri in pages:
                # From 8.2 on, Sphinx leaves the way to the page in front of the way on it.
                node["refuri"] = "#" + renamed.get((pages[uri], anchor), anchor)


def _with_pages(parent: nodes.Element, page: str) -> Iterator[tuple[nodes.Element, str]]:
    """All elements below one, each with its page."""
    for child in parent.children:
        if isinstance(child, nodes.Element):
            here = child["docname"] if isinstance(child, addnodes.start_of_file) else page
            yield child, here
            yield from _with_pages(child, here)


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(type("OnePage", (OnePage,), {"sphinx": app}))
