"""The summary of an object: its badges, and a list of what is known of it and of its connections."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation

from .nodes import stitch_field_list
from .parts import badge, bullets, code, date, enumeration, external, kind_badge, paragraph, sentence, separated
from .tables import attribute_badges, status_word, values_text
from .words import kind_words, version_word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element, Node

    from ..catalogue.api import Api
    from ..catalogue.model import Connection, ConnectionObject, Version

_ = get_translation("sphinxext_stitch")

#: The statuses that a version can have a date for.
_DATED = ("deprecated", "sunset")


def badges(obj: ConnectionObject, api: Api) -> nodes.paragraph:
    """The badges of its kind, and of the attributes that all of its connections have alike."""
    common = {row.attributes for row in obj.connections}
    of_attributes = attribute_badges(common.pop(), api) if len(common) == 1 else ()
    marks = [kind_badge(obj.kind, api), *of_attributes]
    return paragraph(*separated(marks, " "), classes=["stitch-kind"])


def summary(obj: ConnectionObject, api: Api) -> nodes.field_list:
    """Type, kind, documentation, and the connections with their versions and attributes."""
    return _Summary(obj, api).field_list()


class _Summary:
    """Makes the summary of one object."""

    def __init__(self, obj: ConnectionObject, api: Api) -> None:
        self.obj = obj
        self.api = api
        self.words = words_of(api)
        #: How many connections have each name.
        self.of_name = Counter(row.name for row in obj.connections)

    def field_list(self) -> nodes.field_list:
        obj = self.obj
        fields: list[tuple[str, list[Element]]] = [
            (_("Type"), [paragraph(code(obj.type))]),
            (_("Kind"), [paragraph(nodes.Text(kind_words(obj.kind, self.api).title))]),
        ]
        if obj.docs:
            text = nodes.Text(_("%(name)s documentation") % {"name": obj.name})
            fields.append((_("Documentation"), [paragraph(*external(obj.docs, text))]))
        named = len(obj.connections) > 1 or any(row.name != obj.name for row in obj.connections)
        rows = [line for line in (self.connection_line(row, named=named) for row in obj.connections) if line]
        if rows:
            fields.append((self.words.connections if named else _("Version"), _list_of(rows)))
        fields += self.attributes()
        history = [line for line in self.history() if line]
        if history:
            fields.append((_("History"), _list_of(history)))
        shown = [
            nodes.field("", nodes.field_name("", name), nodes.field_body("", *content)) for name, content in fields
        ]
        return stitch_field_list("", *shown, classes=["stitch-summary"], name=obj.name, key=f"{obj.kind}/{obj.key}")

    def attributes(self) -> Iterator[tuple[str, list[Element]]]:
        """The title of each attribute and its values: once if all connections have the same, else by connection."""
        for info in self.api.attributes:
            by_row = [(row, dict(row.attributes).get(info.name, ())) for row in self.obj.connections]
            texts = [(self.distinct_name(row), values_text(values, info)) for row, values in by_row if values]
            if len({values for _row, values in by_row}) == 1:
                lines = [text for _name, text in texts[:1]]
            else:
                lines = [f"{name}: {text}" for name, text in texts]
            if lines:
                yield info.title, _list_of([[nodes.Text(line)] for line in lines])

    def distinct_name(self, connection: Connection) -> str:
        """The name of a connection, with its version if others of the object have the same name."""
        if self.of_name[connection.name] == 1 or not connection.version:
            return connection.name
        return f"{connection.name} {version_word(connection.version, self.words)}"

    def connection_line(self, connection: Connection, *, named: bool) -> list[Node]:
        """The version and status of a connection, after its name if ``named``."""
        content: list[Node] = external(connection.docs, nodes.Text(connection.name)) if named else []
        if connection.version:
            content.append(nodes.Text(f"{' ' if content else ''}{version_word(connection.version, self.words)}"))
        if content and connection.status != "released":
            content += [nodes.Text(" "), badge(status_word(connection.status), connection.status)]
        return content

    def history(self) -> Iterator[list[Node]]:
        """The versions with their dates: once if all connections have the same, else by connection."""
        histories = {row.history for row in self.obj.connections}
        if len(histories) == 1:
            yield from map(self.version, histories.pop())
            return
        for row in self.obj.connections:
            versions = enumeration([*map(self.version, row.history)], "; ", "; ")
            yield [nodes.Text(f"{self.distinct_name(row)}: "), *versions] if versions else []

    def version(self, version: Version) -> list[Node]:
        """A version with its dates."""
        dates = {
            _("released %(date)s"): version.released,
            _("deprecated %(date)s"): version.deprecated,
            self.words.closed: version.closed,
            _("sunset %(date)s"): version.sunset,
        }
        parts = [sentence(text, date=date(day)) for text, day in dates.items() if day]
        # A date implies a status; a status without a date is written as a word.
        if not parts or version.status not in ("released", *(name for name in _DATED if getattr(version, name))):
            parts.insert(0, [nodes.Text(status_word(version.status))])
        return [nodes.Text(f"{version_word(version.version, self.words)} "), *enumeration(parts, ", ")]


def _list_of(lines: list[list[Node]]) -> list[Element]:
    """One line as a paragraph, several as a list."""
    if len(lines) == 1:
        return [paragraph(*lines[0])]
    return [bullets(*([paragraph(*line)] for line in lines))]
