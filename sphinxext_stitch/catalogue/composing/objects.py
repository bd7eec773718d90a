"""From the record of an object file to the object and its rows."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from ..model import Connection, ConnectionObject, Deprecation, Row, Step, Version
from ..problems import Problem, Subtype
from ..prose import VARIABLE, web_address
from .api import phrase
from .attributes import stated_attributes
from .properties import PropertyComposer
from .steps import StepComposer
from .variables import Variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..api import Api
    from ..attributes import Attributes
    from ..format.records import ObjectRecord
    from ..kinds import Status
    from ..limits import Limits
    from ..problems import Place, Report
    from ..reading.data_file import DataFile, KeyPath, Source
    from .groups import Groups


#: The fields that describe the object, and not its rows.
_OF_OBJECTS = ("properties", "one_of", "any_of", "groups", "omit", "deprecated", "description", "action")


class ObjectComposer:
    """Composes one object from the record of its file; an invalid group is None in ``groups``."""

    def __init__(
        self,
        kind: str,
        key: str,
        source: Source,
        groups: Groups,
        api: Api,
        limits: Limits,
        report: Report,
    ) -> None:
        self.kind = kind
        self.key = key
        self.file: DataFile = source.file
        self.record: ObjectRecord = source.record
        self.groups = groups
        self.api = api
        self.report = report
        values = {"name": self.record.name, **self.record.variables}
        self.variables = Variables(values, f"{kind}/{key}", limits.text, report)

    def problem(self, place: Place, subtype: Subtype, message: str) -> None:
        self.report(Problem(place, subtype, message))

    def compose(self) -> tuple[ConnectionObject | None, list[Row]]:
        """The object and its rows.

        The object is None if the file has no type: the connection is not available in the API then.
        """
        record = self.record
        for name, value in record.variables.items():
            if VARIABLE.search(value):
                message = f"the variable “{name}” has a substitution in it; it is shown as it is written"
                self.problem(self.file.place(("variables", name)), Subtype.UNKNOWN_VARIABLE, message)
        if record.action and record.action.rstrip().endswith("."):
            message = "“action” is a part of a sentence, which ends by itself; write it without the full stop"
            self.problem(self.file.place(("action",)), Subtype.DOUBTFUL_TEXT, message)
        rows = list(self.rows())
        if record.type is None:
            for name in (*filter(self.is_set, _OF_OBJECTS), *record.steps):
                message = f"“{name}” of a connection that the API does not have (its type is null) is shown nowhere; leave it out, or state the type"
                self.problem(self.file.key_place((name,)), Subtype.WITHOUT_EFFECT, message)
            return None, rows
        obj = ConnectionObject(
            kind=self.kind,
            key=self.key,
            anchor=self.api.anchors.anchor(self.kind, self.key),
            name=record.name,
            type=record.type,
            category=record.category,
            docs=self.address(record.docs, ("docs",)),
            action=phrase(record.action, self.file, ("action",)),
            description=self.variables.prose(record.description, self.file.place(("description",))),
            status=self.status(),
            deprecated=self.deprecation(),
            steps=tuple(self.steps()),
            connections=tuple(row.connection for row in rows),
            files=tuple(self.files()),
        )
        self.check_variables()
        return obj, rows

    def check_variables(self) -> None:
        """Report the variables that no text names, unless a text with another name, or a group, is faulty itself."""
        names, used = self.record.variables.keys(), self.variables.used
        if used <= self.variables.values.keys() and all(map(self.groups.get, self.record.all_groups)):
            for name in sorted(names - used):
                message = (
                    f"no text of “{self.kind}/{self.key}” or its groups has “{{{{ {name} }}}}”; use it, or delete it"
                )
                self.report(Problem(self.file.key_place(("variables", name)), Subtype.UNUSED_VARIABLE, message, name))

    def files(self) -> Iterator[str]:
        """The paths of the files that the object is of, each once."""
        yield self.file.path
        for key in dict.fromkeys(self.record.all_groups):
            group = self.groups.get(key)
            if group is not None:
                yield group.file.path

    def is_set(self, name: str) -> bool:
        return bool(getattr(self.record, name))

    def status(self) -> Status:
        return self.record.status or ("deprecated" if self.record.deprecated else "released")

    def deprecation(self) -> Deprecation | None:
        record = self.record.deprecated
        if record is None:
            return None
        return Deprecation(record.since, record.use, self.file.place(("deprecated", "use")))

    def rows(self) -> Iterable[Row]:
        """The rows of the file: one for each of its ``connections``, else one for the file itself."""
        record = self.record
        own = Connection(
            kind=self.kind,
            type=record.type,
            object_key=self.key if record.type is not None else None,
            key=self.key,
            name=record.name,
            version=record.version,
            category=record.category,
            docs=self.address(record.docs, ("docs",)),
            status=self.status(),
            history=_versions(record.history),
            aliases=record.aliases,
            attributes=self.attributes(record.attributes, ("attributes",)),
            file=self.file.path,
        )
        if not record.connections:
            yield Row(own, self.file.key_place(()))
        for index, entry in enumerate(record.connections):
            where = ("connections", index)
            entry_fields: dict[str, Any] = {
                "version": entry.version,
                "category": entry.category,
                "docs": self.address(entry.docs, (*where, "docs")),
                "status": entry.status,
                "history": entry.history and _versions(entry.history),
                "aliases": entry.aliases,
            }
            overrides = {name: value for name, value in entry_fields.items() if value is not None}
            attributes = dict(own.attributes) | dict(self.attributes(entry.attributes, (*where, "attributes")))
            overrides["attributes"] = tuple(attributes.items())
            yield Row(replace(own, key=entry.key, name=entry.name, **overrides), self.file.key_place(where))

    def attributes(self, record: Mapping[str, str | tuple[str, ...]], path: KeyPath) -> Attributes:
        return stated_attributes(record, path, self.api.attributes, self.file, self.report)

    def address(self, url: str | None, path: KeyPath) -> str | None:
        return web_address(url, self.file.place(path), self.report)

    def steps(self) -> Iterator[Step]:
        properties = PropertyComposer(self.variables, self.report, as_written=self.api.property_order == "as-written")
        composer = StepComposer(f"{self.kind}/{self.key}", self.file, self.groups, properties)
        yield composer.compose(Step(name=self.api.steps[0].name), self.record, ())
        for name, record in self.record.steps.items():
            step = Step(
                name=name,
                docs=self.address(record.docs, (name, "docs")),
                description=self.variables.prose(record.description, self.file.place((name, "description"))),
            )
            yield composer.compose(step, record, (name,))


def _versions(records: Iterable[Any]) -> tuple[Version, ...]:
    return tuple(
        Version(**{field.name: getattr(record, field.name) for field in fields(Version)}) for record in records
    )
