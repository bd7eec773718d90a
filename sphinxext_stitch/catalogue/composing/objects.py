"""From the records of files to the model: rows made, groups applied, own properties merged over them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from ..model import Connection, ConnectionObject, Deprecation, Property, PropertyGroup, PropertySet, Row, Step, Version
from ..problems import Problem, Subtype, suggestion
from ..prose import VARIABLE, web_address
from ..reading.data_file import Stated
from ..texts import Phrase
from .api import phrase
from .properties import Draft, PropertyComposer, required_if
from .requirements import Requirements
from .variables import Variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..format.records import GroupRecord, ObjectRecord, StepRecord
    from ..kinds import Kind, Status
    from ..limits import Limits
    from ..problems import Place, Report
    from ..reading.data_file import DataFile, KeyPath, Source


#: The fields that say something of the object, and nothing of its rows.
_OF_OBJECTS = ("properties", "one_of", "groups", "omit", "deprecated", "description", "action")


#: The key and title of a property group, and its drafts by name; an object's own ones have neither key nor title.
GroupDrafts = tuple[str | None, Phrase | None, dict[str, Draft]]


def compose(
    kind: Kind,
    key: str,
    source: Source,
    groups: Mapping[str, Source | None],
    first_step: str,
    limits: Limits,
    report: Report,
) -> tuple[ConnectionObject | None, list[Row]]:
    """Make the object of a file, if it has a type, and its rows; a broken group is None."""
    return _Composer(kind, key, source, groups, first_step, limits, report).compose()


class _Composer:
    """Composes one object; holds what every part of that needs."""

    def __init__(
        self,
        kind: Kind,
        key: str,
        source: Source,
        groups: Mapping[str, Source | None],
        first_step: str,
        limits: Limits,
        report: Report,
    ) -> None:
        self.kind = kind
        self.key = key
        self.file: DataFile = source.file
        self.record: ObjectRecord = source.record
        self.groups = groups
        self.first_step = first_step
        self.report = report
        values = {"name": self.record.name, **self.record.variables}
        self.variables = Variables(values, f"{kind}/{key}", limits.text, report)
        self.properties = PropertyComposer(self.variables, report)

    def problem(self, place: Place, subtype: Subtype, message: str) -> None:
        self.report(Problem(place, subtype, message))

    def compose(self) -> tuple[ConnectionObject | None, list[Row]]:
        record = self.record
        for name, value in record.variables.items():
            if VARIABLE.search(value):
                message = f"the variable “{name}” has a substitution in it; it is shown as it is written"
                self.problem(self.file.place(("variables", name)), Subtype.UNKNOWN_VARIABLE, message)
        rows = list(self.rows())
        if record.type is None:
            for name in (*filter(self.states, _OF_OBJECTS), *record.steps):
                message = f"“{name}” of a connection that the API does not have (its type is null) is shown nowhere; leave it out, or state the type"
                self.problem(self.file.key_place((name,)), Subtype.WITHOUT_EFFECT, message)
            return None, rows
        obj = ConnectionObject(
            kind=self.kind,
            key=self.key,
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
        )
        return obj, rows

    def states(self, name: str) -> bool:
        return bool(getattr(self.record, name))

    def status(self) -> Status:
        return self.record.status or ("deprecated" if self.record.deprecated else "released")

    def deprecation(self) -> Deprecation | None:
        stated = self.record.deprecated
        if stated is None:
            return None
        return Deprecation(stated.since, stated.use, self.file.place(("deprecated", "use")))

    def rows(self) -> Iterable[Row]:
        """The rows of the file: those that it lists, else itself."""
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
        )
        if not record.connections:
            yield Row(own, self.file.key_place(()))
        for index, entry in enumerate(record.connections):
            where = ("connections", index)
            differs: dict[str, Any] = {
                "version": entry.version,
                "category": entry.category,
                "docs": self.address(entry.docs, (*where, "docs")),
                "status": entry.status,
                "history": entry.history and _versions(entry.history),
            }
            stated = {name: value for name, value in differs.items() if value is not None}
            yield Row(replace(own, key=entry.key, name=entry.name, **stated), self.file.key_place(where))

    def address(self, url: str | None, path: KeyPath) -> str | None:
        return web_address(url, self.file.place(path), self.report)

    def steps(self) -> Iterable[Step]:
        record = self.record
        yield self.step(Step(name=self.first_step), record, ())
        for name, step in record.steps.items():
            made = Step(
                name=name,
                docs=self.address(step.docs, (name, "docs")),
                description=self.variables.prose(step.description, self.file.place((name, "description"))),
            )
            yield self.step(made, step, (name,))

    def step(self, step: Step, holder: ObjectRecord | StepRecord, path: KeyPath) -> Step:
        """A step with its property groups, own properties first, and with what they require of each other."""
        drafts = self.group_drafts(holder, path)
        groups = [PropertyGroup(key, title, self.properties.typed(group.values())) for key, title, group in drafts]
        made = [prop for group in groups for prop in group.properties]
        self.check_names(made, path)
        owner = f"{self.kind}/{self.key}"
        requirements = Requirements(
            made,
            f"the step “{step.name}” of {owner}" if path else owner,
            self.report,
            omitted={name: self.file.place((*path, "omit", index)) for index, name in enumerate(holder.omit)},
            complete=self.has_groups(holder),
        )
        requirements.set_conditions(required_if(draft for *_, group in drafts for draft in group.values()))
        return replace(
            step,
            groups=tuple(
                replace(group, properties=tuple(requirements.properties[prop.name] for prop in group.properties))
                for group in groups
                if group.properties
            ),
            choices=tuple(self.choices(holder, path, requirements)),
        )

    def choices(
        self, holder: ObjectRecord | StepRecord, path: KeyPath, requirements: Requirements
    ) -> Iterator[tuple[PropertySet, ...]]:
        """The choices of a step: its own, and those of its groups."""
        stated = {"“one_of”": Stated(holder.one_of, self.file, (*path, "one_of"))}
        for key in holder.groups:
            group = self.groups.get(key)
            if group is not None:
                stated[f"“one_of” of the group “{key}”"] = Stated(group.record.one_of, group.file, ("one_of",))
        for what, entry in stated.items():
            choice = requirements.choice(entry, what, self.variables.prose) if entry.value is not None else ()
            if choice:
                yield choice

    def has_groups(self, holder: ObjectRecord | StepRecord) -> bool:
        """Whether all groups that are listed are there and sound."""
        return all(self.groups.get(key) is not None for key in holder.groups)

    def group_drafts(self, holder: ObjectRecord | StepRecord, path: KeyPath) -> list[GroupDrafts]:
        """The drafts of a step: own properties first, then the listed groups."""
        own = self.properties.drafts(holder.properties, self.file, path)
        shown: list[GroupDrafts] = []
        seen: dict[str, str] = {}
        omitted = set()
        if not self.has_groups(holder):
            # What is omitted or changed may be what is not there: one mistake needs one warning.
            omitted = set(holder.omit)
            own = {name: draft for name, draft in own.items() if "type" in draft}
        for index, key in enumerate(holder.groups):
            listed = self.file.place((*path, "groups", index))
            group = self.groups.get(key)
            if group is None:
                if key not in self.groups:
                    message = f"there is no property group “{key}”{suggestion(key, self.groups)}"
                    self.problem(listed, Subtype.UNKNOWN_GROUP, message)
                continue
            record: GroupRecord = group.record
            drafts = self.properties.drafts(record.properties, group.file, ())
            for name in [name for name in drafts if name in holder.omit]:
                omitted.add(name)
                del drafts[name]
            for name in [name for name in drafts if name in seen]:
                message = f"the groups “{seen[name]}” and “{key}” both define “{name}”; the first one counts"
                self.problem(listed, Subtype.GROUP_CLASH, message)
                del drafts[name]
            seen |= dict.fromkeys(drafts, key)
            merged = {name: fields | own.pop(name, {}) for name, fields in drafts.items()}
            shown.append((key, phrase(record.title, group.file, ("title",)), merged))
        for index, name in enumerate(holder.omit):
            if name not in omitted:
                message = f"no listed group has a property “{name}” to omit{suggestion(name, seen)}"
                self.problem(self.file.place((*path, "omit", index)), Subtype.WITHOUT_EFFECT, message)
        return [(None, None, own), *shown]

    def check_names(self, properties: list[Property], path: KeyPath) -> None:
        """Report a property whose name is the dotted name of a nested one: both would have one anchor."""
        names = {prop.name for prop in properties}
        for name in sorted(names.intersection(_nested_names(properties, ""))):
            message = f"the property “{name}” and a nested one have the same dotted name; links lead to the first"
            self.problem(self.file.key_place((*path, "properties")), Subtype.DUPLICATE_PROPERTY, message)


def _nested_names(properties: Iterable[Property], parent: str) -> Iterator[str]:
    """The dotted names of nested properties."""
    for prop in properties:
        name = f"{parent}{prop.name}"
        if parent:
            yield name
        yield from _nested_names(prop.properties, f"{name}.")


def _versions(records: Iterable[Any]) -> tuple[Version, ...]:
    return tuple(
        Version(**{field.name: getattr(record, field.name) for field in fields(Version)}) for record in records
    )
