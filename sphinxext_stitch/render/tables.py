"""The tables of ``connection-table``: availability of connections, and endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx.locale import get_translation

from ..catalogue.sorting import natural_key
from .links import link
from .nodes import stitch_documentation, stitch_name
from .parts import badge, cell, code, date, external, paragraph, row, sentence, table, target, wide_cell
from .prose import inlines
from .words import kind_words, version_word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Node

    from ..catalogue.api import Api, Endpoint
    from ..catalogue.attributes import AttributeInfo, Attributes
    from ..catalogue.model import Connection
    from ..catalogue.texts import Prose

_ = get_translation("sphinxext_stitch")

#: The columns that the availability table can have, with their relative widths.
COLUMNS = {"name": 40, "kind": 20, "object": 40, "category": 20, "type": 40, "status": 20}
DEFAULT_COLUMNS = ("name", "kind", "object")


class Shown(NamedTuple):
    """What an availability table shows, translated for its page.

    ``connections`` are those of its rows, as ``kind/key``; ``kinds`` and ``categories`` are titles by name; ``attributes``
    has the title of each attribute that the table is filtered by, and the titles of its values.  ``unavailable`` is the word
    for a connection that the API does not have; ``search`` and ``placeholder`` are the label of the search box and the text
    in it, ``counter`` says how many rows are shown.
    """

    columns: tuple[str, ...]
    connections: tuple[str, ...]
    kinds: dict[str, str]
    categories: dict[str, str]
    attributes: dict[str, tuple[str, dict[str, str]]]
    unavailable: str
    search: str
    placeholder: str
    counter: str


def availability_table(
    connections: Sequence[Connection],
    api: Api,
    columns: Sequence[str],
    closing: Prose | None,
    *,
    placeholder: str | None,
    anchored: AbstractSet[Connection],
) -> nodes.table:
    """The table of connections, a row each, and the closing row.

    ``columns`` are names from :data:`COLUMNS` and of attributes; the rows of ``anchored`` connections have their ids.  The
    table's attribute ``shown`` is a :class:`Shown` for the filter.
    """
    words = words_of(api)
    titles: dict[str, str] = {
        "name": words.column_name,
        "kind": words.column_kind,
        "object": words.column_object,
        "category": _("Category"),
        "type": _("Type"),
        "status": _("Status"),
        **{info.name: info.title for info in api.attributes},
    }
    rows = [_connection_row(connection, api, columns, anchor=connection in anchored) for connection in connections]
    if closing is not None:
        text = paragraph(*inlines(closing), classes=["stitch-closing"])
        rows.append(row(wide_cell(len(columns), text), classes=["stitch-closing-row"]))
    header = [[nodes.Text(titles[column])] for column in columns]
    node = table(header, [COLUMNS.get(column, 20) for column in columns], rows, ["stitch-connections"])
    node["shown"] = _shown(connections, api, columns, placeholder)
    return node


def _shown(connections: Sequence[Connection], api: Api, columns: Sequence[str], placeholder: str | None) -> Shown:
    words = words_of(api)
    categories = sorted({connection.category for connection in connections if connection.category})
    return Shown(
        columns=tuple(columns),
        connections=tuple(f"{connection.kind}/{connection.key}" for connection in connections),
        kinds={name: kind_words(name, api).title for name in api.kind_names},
        categories={name: str(api.category(name)) for name in categories},
        attributes={
            info.name: (str(info.title), _options(connections, info)) for info in api.attributes if info.filter
        },
        unavailable=str(unavailable_word(api)),
        search=words.search,
        placeholder=placeholder or words.placeholder,
        counter=words.count,
    )


def _options(connections: Sequence[Connection], attribute: AttributeInfo) -> dict[str, str]:
    """The titles of the values that connections have of an attribute, by value, in the order in which pages show them."""
    used = {value for row in connections for value in dict(row.attributes).get(attribute.name, ())}
    ordered = [*attribute.titles] or sorted(used, key=natural_key)
    return {value: str(attribute.value_title(value)) for value in ordered if value in used}


def _connection_row(connection: Connection, api: Api, columns: Sequence[str], *, anchor: bool) -> nodes.row:
    cells: list[nodes.entry] = []
    for column in columns:
        content = _CELLS[column](connection, api) if column in _CELLS else _attribute(connection, api, column)
        if anchor and not cells:
            content.insert(0, target(connection.anchor))
        cells.append(cell(paragraph(*content)))
    # The class of another kind could be one of ours, such as “stitch-group”.
    own = connection.kind in ("source", "destination")
    return row(*cells, classes=[f"stitch-{connection.kind}" if own else f"stitch-kind-{connection.kind}"])


def _name(connection: Connection, api: Api) -> list[Node]:
    name = nodes.Text(connection.name)
    leads_to_object = connection.type is not None
    content = [_object_link(connection, name)] if leads_to_object else external(connection.docs, name)
    if connection.docs and leads_to_object:
        content.append(_documentation(connection.name, connection.docs))
    if connection.version:
        content.append(nodes.Text(f" ({version_word(connection.version, words_of(api))})"))
    if connection.status != "released":
        content += [nodes.Text(" "), badge(status_word(connection.status), connection.status)]
    if connection.closed and connection.status != "sunset":
        mark = badge("", "deprecated", "stitch-sentence")
        mark += sentence(words_of(api).closed, date=date(connection.closed))
        content += [nodes.Text(" "), mark]
    for mark in attribute_badges(connection.attributes, api):
        content += [nodes.Text(" "), mark]
    return content


def _documentation(name: str, url: str) -> nodes.reference:
    """The link behind a name that leads elsewhere; see :mod:`..name_links` for names that then do not."""
    # With the space before it, which formats without the link leave out, too.
    text = f" ({_('Documentation')})"
    label = _("Documentation of %(name)s") % {"name": name}
    return stitch_documentation("", text, refuri=url, internal=False, label=label)


def _object_link(connection: Connection, content: Node) -> Node:
    return link("object", f"{connection.kind}/{connection.object_key}", [content])


def _kind(connection: Connection, api: Api) -> list[Node]:
    return [nodes.Text(kind_words(connection.kind, api).title)]


def _object(connection: Connection, api: Api) -> list[Node]:
    if connection.type is None:
        return unavailable(api)
    return [_object_link(connection, stitch_name("", connection.type))]


def _category(connection: Connection, api: Api) -> list[Node]:
    return [nodes.Text(api.category(connection.category))] if connection.category else []


def _type(connection: Connection, api: Api) -> list[Node]:
    return unavailable(api) if connection.type is None else [stitch_name("", connection.type)]


def _attribute(connection: Connection, api: Api, name: str) -> list[Node]:
    values = dict(connection.attributes).get(name, ())
    return [nodes.Text(values_text(values, api.attribute(name)))] if values else []


def _status(connection: Connection, _api: Api) -> list[Node]:
    return [nodes.Text(status_word(connection.status))]


_CELLS = {"name": _name, "kind": _kind, "object": _object, "category": _category, "type": _type, "status": _status}


def values_text(values: Iterable[str], attribute: AttributeInfo) -> str:
    """The titles of values of an attribute."""
    return ", ".join(map(attribute.value_title, values))


def attribute_badges(attributes: Attributes, api: Api) -> Iterator[nodes.inline]:
    """A badge for each value of the attributes that are shown so; its class has the attribute, and one has the value."""
    for name, values in attributes:
        info = api.attribute(name)
        for value in values if info.badge else ():
            mark = badge(str(info.value_title(value)), name)
            mark["classes"] += [f"stitch-attribute-{name}", f"stitch-attribute-{name}-{nodes.make_id(value)}"]
            yield mark


def unavailable_word(api: Api) -> str:
    """The word for a connection that the API does not have."""
    return api.unavailable or _("Unsupported")


def unavailable(api: Api) -> list[Node]:
    """The word for a connection that the API does not have, with its tip."""
    word = unavailable_word(api)
    if api.unavailable_tip is None:
        return [nodes.inline("", word, classes=["stitch-unavailable"])]
    # Not a phrase: the pickle of the page would need its class.
    tip = str(api.unavailable_tip)
    return [nodes.abbreviation("", word, explanation=tip, classes=["stitch-unavailable"])]


def endpoints_table(endpoints: Iterable[Endpoint], *, anchored: AbstractSet[Endpoint]) -> nodes.table:
    """The table of endpoints: title, method and path of each; the rows of ``anchored`` ones have their ids."""
    rows = []
    for endpoint in endpoints:
        anchor = [target(endpoint.anchor)] if endpoint in anchored else []
        call = code(f"{endpoint.method} {endpoint.path}")
        rows.append(
            row(
                cell(paragraph(*anchor, nodes.Text(endpoint.title))),
                cell(paragraph(*external(endpoint.docs, call))),
            )
        )
    return table([[nodes.Text(_("Action"))], [nodes.Text(_("Endpoint"))]], [40, 60], rows, ["stitch-endpoints"])


def status_word(status: str) -> str:
    """The word for a status, as a label."""
    words = {"released": _("released"), "beta": _("beta"), "deprecated": _("deprecated"), "sunset": _("sunset")}
    return words[status]
