"""The role ``stitch:search``: a link to the availability table with a query for its filter."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from docutils import nodes
from sphinx.util.docutils import ReferenceRole

from .catalogue.problems import Subtype, listing
from .catalogue.queries.selection import Selection
from .catalogue.suggestions import nearest, suggestion
from .domain import domain_of
from .render.links import link
from .warnings import warn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

    from .catalogue.model import Catalogue


class SearchRole(ReferenceRole):
    """``:stitch:search:`databases <kind=source&category=database>```: the parameters of the filter.

    A target without ``=`` is a text for the search box.  ``q`` is the name that its parameter had in version 0.1.
    """

    def run(self) -> tuple[list[Node], list[system_message]]:
        pairs = parse_qsl(self.target) if "=" in self.target else [("find", self.target)]
        pairs = [("find" if name == "q" else name, value) for name, value in pairs]
        values = _values(domain_of(self.env).catalogue)
        for name, value in pairs:
            self.note_facet(name, value)
            if message := _fault(name, value, values):
                warn(Subtype.BAD_OPTION, message, self.get_location())
        reference = link("table", "", [nodes.Text(self.title)])
        reference["query"] = urlencode([pair for pair in pairs if not _fault(*pair, values)])
        self.set_source_info(reference)
        return [reference], []

    def note_facet(self, name: str, value: str) -> None:
        """Record that the page depends on which kinds, categories and attributes with their values there are."""
        selections = {
            "kind": Selection(what="facets", kinds=(value,)),
            "category": Selection(what="facets", categories=(value,)),
        }
        selection = selections.get(name, Selection(what="facets", where=((name, value),)))
        domain_of(self.env).note_selection(self.env.docname, selection)


def _values(catalogue: Catalogue) -> dict[str, Sequence[str] | None]:
    """The values of each parameter of the filter, None if it takes any."""
    # A build that reads no page does without what makes nodes.
    from .render.tables import COLUMNS

    columns = [*COLUMNS, *(info.name for info in catalogue.api.attributes)]
    return {
        "find": None,
        "kind": catalogue.api.kind_names,
        "category": catalogue.categories,
        "availability": ("available", "unavailable"),
        **{info.name: catalogue.attribute_values[info.name] for info in catalogue.api.attributes if info.filter},
        "sort": [sign + column for column in columns for sign in ("", "-")],
    }


def _fault(name: str, value: str, values: Mapping[str, Sequence[str] | None]) -> str:
    """A message about a parameter or value that the filter does not have; empty if it has it."""
    if name not in values:
        return f"the filter has no “{name}”{suggestion(name, values)}"
    known = values[name]
    if known is None or value in known:
        return ""
    return f"“{name}” cannot be “{value}”; it takes {listing(known, 'or')}{nearest(value, known)}"


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role_to_domain("stitch", "search", SearchRole())
