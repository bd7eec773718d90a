"""From the records of files to the model: groups applied, own properties merged, substitutions made."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ..warnings import Subtype
from . import advice
from .api import phrase
from .examples import ContradictionError, accepted_types, shown, typed
from .file import Stated
from .model import (
    Connection,
    ConnectionObject,
    Deprecation,
    Phrase,
    Property,
    PropertyGroup,
    PropertySet,
    Prose,
    Step,
    Version,
    as_json,
)
from .problems import Problem, listing, suggestion
from .prose import VARIABLE, web_address
from .requirements import Requirements

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .file import File, Steps
    from .limits import Limits
    from .problems import Place
    from .records import GroupRecord, Kind, ObjectRecord, PropertyRecord, Status, StepRecord

    Report = Callable[[Problem], None]

#: The fields that say something of the object, and nothing of its rows.
_OF_OBJECTS = ("properties", "one_of", "groups", "omit", "deprecated", "description", "action")


class Source(NamedTuple):
    """A record and the file that it was read from."""

    file: File
    record: Any


class Row(NamedTuple):
    """A connection, and where the data say so."""

    connection: Connection
    place: Place


#: A property before it is typed: the fields that are stated, by name.
Draft = dict[str, Stated]

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
        self.file: File = source.file
        self.record: ObjectRecord = source.record
        self.groups = groups
        self.first_step = first_step
        self.limits = limits
        self.report = report
        self.variables: dict[str, str] = {"name": self.record.name, **self.record.variables}

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
            description=self.prose(record.description, self.file, ("description",)),
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

    def address(self, url: str | None, path: Steps) -> str | None:
        return web_address(url, self.file.place(path), self.report)

    def steps(self) -> Iterable[Step]:
        record = self.record
        yield self.step(Step(name=self.first_step), record, ())
        for name, step in record.steps.items():
            made = Step(
                name=name,
                docs=self.address(step.docs, (name, "docs")),
                description=self.prose(step.description, self.file, (name, "description")),
            )
            yield self.step(made, step, (name,))

    def step(self, step: Step, holder: ObjectRecord | StepRecord, path: Steps) -> Step:
        """A step with its property groups, own properties first, and with what they require of each other."""
        drafts = self.group_drafts(holder, path)
        groups = [PropertyGroup(key, title, self.properties(group.values())) for key, title, group in drafts]
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
        requirements.set_conditions(_required_if(draft for *_, group in drafts for draft in group.values()))
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
        self, holder: ObjectRecord | StepRecord, path: Steps, requirements: Requirements
    ) -> Iterator[tuple[PropertySet, ...]]:
        """The choices of a step: its own, and those of its groups."""
        stated = {"“one_of”": Stated(holder.one_of, self.file, (*path, "one_of"))}
        for key in holder.groups:
            group = self.groups.get(key)
            if group is not None:
                stated[f"“one_of” of the group “{key}”"] = Stated(group.record.one_of, group.file, ("one_of",))
        for what, entry in stated.items():
            choice = requirements.choice(entry, what, self.prose_at) if entry.value is not None else ()
            if choice:
                yield choice

    def has_groups(self, holder: ObjectRecord | StepRecord) -> bool:
        """Whether all groups that are listed are there and sound."""
        return all(self.groups.get(key) is not None for key in holder.groups)

    def group_drafts(self, holder: ObjectRecord | StepRecord, path: Steps) -> list[GroupDrafts]:
        """The drafts of a step: own properties first, then the listed groups."""
        own = self.drafts(holder.properties, self.file, path)
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
            drafts = self.drafts(record.properties, group.file, ())
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

    def check_names(self, properties: list[Property], path: Steps) -> None:
        """Report a property whose name is the dotted name of a nested one: both would have one anchor."""
        names = {prop.name for prop in properties}
        for name in sorted(names.intersection(_nested_names(properties, ""))):
            message = f"the property “{name}” and a nested one have the same dotted name; links lead to the first"
            self.problem(self.file.key_place((*path, "properties")), Subtype.DUPLICATE_PROPERTY, message)

    def drafts(self, records: Iterable[PropertyRecord], file: File, path: Steps) -> dict[str, Draft]:
        """The stated fields of each property, by its name."""
        drafts: dict[str, Draft] = {}
        for index, record in enumerate(records):
            where = (*path, "properties", index)
            if record.name in drafts:
                first = file.key_place(drafts[record.name]["name"].path[:-1]).line
                message = f"the property “{record.name}” stands twice, first in line {first}; this one is left out"
                self.problem(file.key_place(where), Subtype.DUPLICATE_PROPERTY, message)
                continue
            drafts[record.name] = {
                field.name: Stated(getattr(record, field.name), file, (*where, field.name))
                for field in fields(record)
                if getattr(record, field.name) is not None
            }
        return drafts

    def properties(self, drafts: Iterable[Draft]) -> tuple[Property, ...]:
        """Type the drafts: required first, then by name, read-only last."""
        made = [prop for prop in map(self.property, drafts) if prop is not None]
        return tuple(sorted(made, key=lambda prop: (prop.read_only, not prop.required, prop.name)))

    def property(self, draft: Draft) -> Property | None:
        name = draft["name"].value
        if not name or any(letter.isspace() for letter in name):
            message = f"“{name}” is no name of a property: it is empty or has a space"
            self.problem(draft["name"].place, Subtype.WRONG_TYPE, message)
            return None
        if "type" not in draft:
            place = draft["name"].file.key_place(draft["name"].path[:-1])
            self.problem(place, Subtype.MISSING_FIELD, f"the field “type” is missing from property “{name}”")
            return None
        types = _as_tuple(draft["type"].value)
        if not types:
            message = f"“type” of property “{name}” takes at least one type; found an empty list"
            self.problem(draft["type"].place, Subtype.WRONG_TYPE, message)
            return None
        items = _as_tuple(draft["items"].value) if "items" in draft else ()
        nested = self.nested(name, draft.get("properties"))
        prop = Property(
            name=name,
            types=types,
            items=items,
            since=draft["since"].value if "since" in draft else None,
            values=tuple(self.values(name, draft.get("values"), accepted_types(types, items))),
            description=self.stated_prose(draft.get("description")),
            properties=nested,
            required=_is_true(draft, "required"),
            secret=_is_true(draft, "secret"),
            read_only=_is_true(draft, "read_only"),
            internal=_is_true(draft, "internal"),
            deprecated=_is_true(draft, "deprecated"),
        )
        example = self.json(prop, "example", draft.get("example"))
        default = self.json(prop, "default", draft.get("default"))
        for problem in advice.of_property(prop, draft, draft["name"].place):
            self.report(problem)
        return replace(prop, example=example, default=default)

    def nested(self, parent: str, stated: Stated | None) -> tuple[Property, ...]:
        if stated is None:
            return ()
        drafts = self.drafts(stated.value, stated.file, stated.path[:-1]).values()
        requirements = Requirements(self.properties(drafts), f"“{parent}”", self.report)
        requirements.set_conditions(_required_if(drafts))
        return tuple(requirements.properties.values())

    def values(self, name: str, stated: Stated | None, types: tuple[str, ...]) -> Iterator[tuple[str, Prose | None]]:
        """The accepted values with their meanings; one that is of none of the types is reported and left out."""
        if stated is None:
            return
        listed = not isinstance(stated.value, dict)
        meanings = dict.fromkeys(stated.value) if listed else stated.value
        for index, (value, meaning) in enumerate(meanings.items()):
            path = (*stated.path, index if listed else value)
            try:
                typed(value, types, (), {})
            except ContradictionError as wrong:
                message = f"an accepted value of “{name}” {wrong}"
                self.problem(stated.file.key_place(path), Subtype.WRONG_TYPE, message)
            else:
                yield value, self.prose(meaning, stated.file, path)

    def json(self, prop: Property, label: str, stated: Stated | None) -> str | None:
        """An example or default as JSON of the property's type; a contradiction is reported and left out."""
        if stated is None:
            return None
        raw = self.fill(stated.value, stated.place)
        if VARIABLE.search(as_json(raw)):  # an unknown variable, which is reported
            return None
        try:
            made = typed(raw, prop.types, prop.items, {child.name: child for child in prop.properties})
        except ContradictionError as wrong:
            message = f"{_part(wrong.path)}the {label} of “{prop.name}” {wrong}"
            self.problem(stated.file.place((*stated.path, *wrong.path)), Subtype.BAD_EXAMPLE, message)
            return None
        accepted = [value for value, _meaning in prop.values]
        given = raw if isinstance(raw, list) else [raw]
        others = [item for item in given if accepted and item not in accepted]
        if others:
            message = (
                f"the {label} of “{prop.name}” is none of its accepted values {listing(accepted, 'or')}; "
                f"found {shown(others[0])}"
            )
            self.problem(stated.place, Subtype.BAD_EXAMPLE, message)
            return None
        return as_json(made)

    def stated_prose(self, stated: Stated | None) -> Prose | None:
        return None if stated is None else self.prose(stated.value, stated.file, stated.path)

    def prose(self, text: str | None, file: File, path: Steps) -> Prose | None:
        return None if text is None else self.prose_at(text, file.place(path))

    def prose_at(self, text: str, place: Place) -> Prose | None:
        """The prose that begins at a place; None if nothing is written there."""
        if not text.strip():
            return None
        text = text.rstrip("\n")
        filled = self.fill(text, place)
        if not filled:
            return None
        return Prose(filled, place) if filled == text else Prose(filled, place, text, self.variables)

    def fill(self, value: Any, place: Place) -> Any:
        """Fill in the ``{{ name }}`` of a text, or of every text in a list or mapping."""
        if isinstance(value, list):
            return [self.fill(item, place) for item in value]
        if isinstance(value, dict):
            return {key: self.fill(item, place) for key, item in value.items()}
        if not isinstance(value, str) or "{{" not in value:
            return value
        variables = (self.variables.get(found[1].strip(), "") for found in VARIABLE.finditer(value))
        if len(value) + sum(map(len, variables)) > self.limits.text:
            message = f"with its variables filled in, the text has more than {self.limits.text:,} characters (stitch_max_text)"
            self.problem(place, Subtype.LIMIT, message)
            return ""
        filled: str = VARIABLE.sub(lambda found: self.variable(found, place), value)
        return filled

    def variable(self, found: re.Match[str], place: Place) -> str:
        """The value of the variable that a substitution names; what is none stays as it is written."""
        name = found[1].strip()
        if name in self.variables:
            return self.variables[name]
        lines = found.string.count("\n", 0, found.start())
        message = f"“{name}” is no variable of {self.kind}/{self.key}{suggestion(name, self.variables)}"
        self.problem(replace(place, line=place.line + lines), Subtype.UNKNOWN_VARIABLE, message)
        return str(found[0])


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


def _required_if(drafts: Iterable[Draft]) -> dict[str, Stated]:
    """The conditions that are stated, by the name of their property."""
    return {draft["name"].value: draft["required_if"] for draft in drafts if "required_if" in draft}


def _is_true(draft: Draft, flag: str) -> bool:
    return flag in draft and draft[flag].value == "true"


def _as_tuple(types: str | tuple[str, ...]) -> tuple[str, ...]:
    return (types,) if isinstance(types, str) else tuple(dict.fromkeys(types))


def _part(path: Steps) -> str:
    """Name the member or item of a value to which ``path`` leads, as in ``“id” in ``."""
    if not path:
        return ""
    return f"“{path[-1]}” in " if isinstance(path[-1], str) else f"item {path[-1] + 1} in "
