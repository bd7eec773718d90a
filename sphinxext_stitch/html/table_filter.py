"""The filter of availability tables: the form, in a template for the script, and the data of the rows."""

from __future__ import annotations

import json
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx.locale import get_translation

from ..builders import has_scripts
from ..conditional import UNIQUE_IDS
from ..domain import domain_of, shows_ours
from ..render.find import blocks
from ..translation import Translator
from .element import make

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from ..catalogue.model import Catalogue, Connection
    from ..domain import StitchDomain
    from ..render.tables import Shown
    from .element import element

_ = get_translation("sphinxext_stitch")

#: The class of the box around a table that can be filtered.
FILTER = "stitch-filter"


class Facet(NamedTuple):
    """A facet of a table: its options with their labels, and the options that each row has."""

    name: str
    title: str
    options: Mapping[str, str]
    rows: Sequence[Sequence[str]]

    def positions(self) -> Iterator[int | list[int]]:
        """The index of each row's option: -1 if it has none, a list if it has several."""
        position = {option: index for index, option in enumerate(self.options)}
        for row in self.rows:
            found = [position[option] for option in row]
            yield found if len(found) > 1 else next(iter(found), -1)


def add_filters(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put each availability table into a box with its filter, except in EPUB, which has no scripts."""
    if not has_scripts(app.builder) or not shows_ours(app.env, docname):
        return
    for table in blocks(doctree, nodes.table):
        if "stitch-connections" in table["classes"]:
            holder = table.parent
            box = _box(table, domain_of(app.env), docname)
            # Not replace_self, which copies the classes, too, and leaves the ids on both nodes; a theme that wraps
            # tables has done the same with them.
            holder.replace(table, box)
            box["ids"], table["ids"] = table["ids"], []
            holder["ids"] = [name for name in holder["ids"] if name not in box["ids"]]


def _box(table: nodes.table, domain: StitchDomain, docname: str) -> element:
    """The table with its filter, and with the columns and rows in attributes for the script.

    ``data-rows`` has, for each row, its option in each facet and its properties, all as indices: the names would be
    larger than the table.  The script finds the properties of an object on the same page by the link of the row.
    """
    by_name = {f"{row.kind}/{row.key}": row for row in domain.catalogue.connections}
    shown: Shown = table["shown"]
    connections = [by_name[name] for name in shown.connections]
    facets = _facets(connections, shown)
    linked = not {"name", "object"}.isdisjoint(shown.columns)
    here = {row for row in connections if linked and _is_here(row, domain, docname)}
    translate = Translator(domain.env, docname)
    names = [
        [] if row in here else [*dict.fromkeys(_property_names(row, domain.catalogue, translate))]
        for row in connections
    ]
    positions = {name: position for position, name in enumerate(sorted({name for row in names for name in row}))}
    options = zip(*(facet.positions() for facet in facets), strict=True) if facets else repeat(())
    rows = [[*row, *(positions[name] for name in properties)] for row, properties in zip(options, names, strict=False)]
    template = make("template", [_form(shown, facets)])
    return make(
        "div",
        [make("div", [table], classes=["stitch-wide"])],
        unread=[template],
        classes=[FILTER],
        data_columns=" ".join(shown.columns),
        data_properties="\n".join(positions),
        data_rows=json.dumps(rows, separators=(",", ":")),
        **_aliases(connections),
    )


def _aliases(connections: Sequence[Connection]) -> dict[str, str]:
    """The other names of connections, by the position of their rows."""
    aliases = {index: " ".join(row.aliases) for index, row in enumerate(connections) if row.aliases}
    return {"data_aliases": json.dumps(aliases, separators=(",", ":"))} if aliases else {}


def _is_here(connection: Connection, domain: StitchDomain, docname: str) -> bool:
    """Whether the object of a connection is shown on a page."""
    return domain.records.page_of("objects", f"{connection.kind}/{connection.object_key}") == docname


def _facets(connections: Sequence[Connection], shown: Shown) -> list[Facet]:
    """The facets of these connections, without those in which all rows have the same option."""
    availability = [["available" if row.type is not None else "unavailable"] for row in connections]
    attributes = [dict(row.attributes) for row in connections]
    facets = [
        Facet("kind", _("Kind"), shown.kinds, [[row.kind] for row in connections]),
        Facet(
            "category", _("Category"), shown.categories, [[row.category] if row.category else [] for row in connections]
        ),
        Facet(
            "availability",
            _("Availability"),
            {"available": _("Available"), "unavailable": shown.unavailable},
            availability,
        ),
    ]
    for name, (title, options) in shown.attributes.items():
        facets.append(Facet(name, title, options, [row.get(name, ()) for row in attributes]))
    return [facet for facet in facets if len(set(map(tuple, facet.rows))) > 1]


def _property_names(connection: Connection, catalogue: Catalogue, translate: Translator) -> Iterator[str]:
    """The dotted name of each property, with its step, and behind a space its title, if it has one."""
    objects = catalogue.find(f"{connection.kind}/{connection.object_key}") if connection.object_key else []
    for path, prop in (pair for obj in objects for pair in obj.properties_by_path):
        title = translate(prop.title) if prop.title else ""
        yield " ".join([".".join(path), *title.split()])


def _form(shown: Shown, facets: Sequence[Facet]) -> element:
    # Without a name: the search shortcut of Sphinx goes to the first field of a page with the name “q”.
    box = make("input", type="search", placeholder=shown.placeholder, autocomplete="off")
    shortcut = make("kbd", [nodes.Text("/")], aria_hidden="true")
    status = [
        make("output", data_text=shown.counter),
        make("button", [nodes.Text(_("Reset"))], type="reset"),
        make("input", type="hidden", name="sort"),
    ]
    matches = make("template", [make("p", [nodes.Text(_("Properties:")), nodes.Text(" ")], classes=["stitch-matches"])])
    parts = [
        make(
            "label",
            [make("span", [nodes.Text(shown.search), nodes.Text(" "), shortcut]), box],
            classes=["stitch-query"],
        ),
        *map(_fieldset, facets),
        make("div", status, classes=["stitch-status"]),
        matches,
    ]
    return make("form", parts, role="search")


def _fieldset(facet: Facet) -> element:
    options = [
        make(
            "label",
            [
                make("input", type="checkbox", name=facet.name, value=value),
                make("span", [nodes.Text(label)]),
                make("span", classes=["stitch-count"]),
            ],
        )
        for value, label in facet.options.items()
    ]
    return make("fieldset", [make("legend", [nodes.Text(facet.title)]), *options])


def setup(app: Sphinx) -> None:
    """Register the handler for pages whose references are resolved."""
    app.connect("doctree-resolved", add_filters, priority=UNIQUE_IDS + 2)
