"""The role ``stitch:search``: a link to the availability table that finds it filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from docutils import nodes
from sphinx.util.docutils import ReferenceRole

from .catalogue.kinds import KINDS
from .catalogue.problems import Subtype, listing, suggestion
from .catalogue.queries.selection import Selection
from .domain import domain_of
from .links import search_reference
from .render.links import link
from .render.tables import COLUMNS
from .warnings import warn

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class SearchRole(ReferenceRole):
    """``:stitch:search:`databases <kind=source&category=database>```: parameters as the page has in its address.

    Without ``=`` it is what a reader would type into the search box.
    """

    def run(self) -> tuple[list[Node], list[system_message]]:
        pairs = parse_qsl(self.target) if "=" in self.target else [("q", self.target)]
        made = link("table", "", [nodes.Text(self.title)])
        made["query"] = urlencode([*filter(self.is_known, pairs)])
        self.set_source_info(made)
        return [made], []

    def is_known(self, pair: tuple[str, str]) -> bool:
        """Whether the filter has a parameter and its value; one that it does not have is warned of."""
        domain = domain_of(self.env)
        categories = domain.catalogue.categories
        sorts = [sign + column for column in COLUMNS for sign in ("", "-")]
        values = {
            "kind": KINDS,
            "category": categories,
            "availability": ("available", "unavailable"),
            "sort": sorts,
        }
        name, value = pair
        if name == "category":
            domain.note_selection(self.env.docname, Selection(what="categories", categories=(value,)))
        if name == "q" or value in values.get(name, ()):
            return True
        if name in values:
            message = f"“{name}” cannot be “{value}”; it takes {listing(values[name], 'or')}"
        else:
            message = f"the filter has no “{name}”{suggestion(name, ('q', *values))}"
        warn(Subtype.BAD_OPTION, message, self.get_location())
        return False


def visit_search_reference(self: HTML5Translator, node: search_reference) -> None:
    """Open the link.

    Its address is made here and not in the tree, as a builder of one single page alters addresses there.
    """
    page, _, anchor = (node.get("refuri") or f"#{node['refid']}").partition("#")
    node["refuri"] = f"{page}?{node['query']}#{anchor}"
    self.visit_reference(node)


def depart_search_reference(self: HTML5Translator, node: search_reference) -> None:
    """Close the link."""
    self.depart_reference(node)


def setup(app: Sphinx) -> None:
    """Register the role, and what writes its links."""
    app.add_role_to_domain("stitch", "search", SearchRole())
    app.add_node(search_reference, html=(visit_search_reference, depart_search_reference))
