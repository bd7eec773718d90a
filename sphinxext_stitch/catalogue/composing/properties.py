"""From the records of properties to properties: typed, in the order in which they are shown."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from ..model import Property
from ..problems import Problem, Subtype, listing
from ..prose import VARIABLE
from ..reading.data_file import Stated
from .examples import ContradictionError, accepted_types, as_json, shown, typed
from .requirements import Requirements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ..format.records import PropertyRecord
    from ..problems import Place, Report
    from ..reading.data_file import DataFile, KeyPath
    from ..texts import Prose
    from .variables import Variables

#: A property before it is typed: the fields that are stated, by name.
Draft = dict[str, Stated]


class PropertyComposer:
    """Makes the properties of an object, whose ``variables`` their texts can name."""

    def __init__(self, variables: Variables, report: Report) -> None:
        self.variables = variables
        self.report = report

    def problem(self, place: Place, subtype: Subtype, message: str) -> None:
        self.report(Problem(place, subtype, message))

    def drafts(self, records: Iterable[PropertyRecord], file: DataFile, path: KeyPath) -> dict[str, Draft]:
        """The stated fields of each property, by its name."""
        drafts: dict[str, Draft] = {}
        for index, record in enumerate(records):
            where = (*path, "properties", index)
            if record.name in drafts:
                first = file.key_place(drafts[record.name]["name"].path[:-1]).line
                message = f"the property “{record.name}” is defined twice, first in line {first}; the first definition is used"
                self.problem(file.key_place(where), Subtype.DUPLICATE_PROPERTY, message)
                continue
            drafts[record.name] = {
                field.name: Stated(getattr(record, field.name), file, (*where, field.name))
                for field in fields(record)
                if getattr(record, field.name) is not None
            }
        return drafts

    def typed(self, drafts: Iterable[Draft]) -> tuple[Property, ...]:
        """Type the drafts: required first, then by name, read-only last."""
        made = [prop for prop in map(self.property, drafts) if prop is not None]
        return tuple(sorted(made, key=lambda prop: (prop.read_only, not prop.required, prop.name)))

    def property(self, draft: Draft) -> Property | None:
        name = draft["name"].value
        if not name or any(letter.isspace() for letter in name):
            message = f"“{name}” is not a name of a property: it is empty or has a space"
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
        description = draft.get("description")
        prop = Property(
            name=name,
            types=types,
            items=items,
            since=draft["since"].value if "since" in draft else None,
            values=tuple(self.values(name, draft.get("values"), accepted_types(types, items))),
            description=description and self.variables.prose(description.value, description.place),
            properties=nested,
            required=_is_true(draft, "required"),
            secret=_is_true(draft, "secret"),
            read_only=_is_true(draft, "read_only"),
            internal=_is_true(draft, "internal"),
            deprecated=_is_true(draft, "deprecated"),
        )
        example = self.json(prop, "example", draft.get("example"))
        default = self.json(prop, "default", draft.get("default"))
        for problem in _lint(prop, draft, draft["name"].place):
            self.report(problem)
        return replace(prop, example=example, default=default)

    def nested(self, parent: str, stated: Stated | None) -> tuple[Property, ...]:
        if stated is None:
            return ()
        drafts = self.drafts(stated.value, stated.file, stated.path[:-1]).values()
        requirements = Requirements(self.typed(drafts), f"“{parent}”", self.report)
        requirements.set_conditions(required_if(drafts))
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
                yield value, self.variables.prose(meaning, stated.file.place(path))

    def json(self, prop: Property, label: str, stated: Stated | None) -> str | None:
        """An example or default as JSON of the property's type; a contradiction is reported and left out."""
        if stated is None:
            return None
        raw = self.variables.fill(stated.value, stated.place)
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
                f"the {label} of “{prop.name}” is not one of its accepted values {listing(accepted, 'or')}; "
                f"found {shown(others[0])}"
            )
            self.problem(stated.place, Subtype.BAD_EXAMPLE, message)
            return None
        return as_json(made)


def required_if(drafts: Iterable[Draft]) -> dict[str, Stated]:
    """The conditions that are stated, by the name of their property."""
    return {draft["name"].value: draft["required_if"] for draft in drafts if "required_if" in draft}


def _is_true(draft: Draft, flag: str) -> bool:
    return flag in draft and draft[flag].value == "true"


def _as_tuple(types: str | tuple[str, ...]) -> tuple[str, ...]:
    return (types,) if isinstance(types, str) else tuple(dict.fromkeys(types))


def _part(path: KeyPath) -> str:
    """Name the member or item of a value to which ``path`` leads, as in ``“id” in ``."""
    if not path:
        return ""
    return f"“{path[-1]}” in " if isinstance(path[-1], str) else f"item {path[-1] + 1} in "


#: Names of secrets, by their last words: “token_url” is none.
_SECRET = re.compile(
    r"(^|[_-])(password|passwd|pwd|passphrase|secret|token|credentials?|jwt"
    r"|(access|account|api|app|auth|encryption|private|rsa|secret|signing|ssh|ssl)[_-]?key)\Z"
)

#: Where a word begins within a name like “apiKey”.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _lint(prop: Property, stated: Collection[str], place: Place) -> Iterator[Problem]:
    """What is worth a look about a property; ``stated`` are the fields that the data have of it."""
    if prop.description is None:
        message = f"the property “{prop.name}” has no description; say what it does"
        yield Problem(place, Subtype.UNDESCRIBED_PROPERTY, message, prop.name)
    if "secret" not in stated and "string" in prop.types and _SECRET.search(_HUMP.sub("_", prop.name).lower()):
        message = f"“{prop.name}” is the name of a secret; write “secret: true”, or “secret: false” if it is not one"
        yield Problem(place, Subtype.UNMARKED_SECRET, message, prop.name)
