"""From the records of properties to properties: typed, in the order in which they are shown."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from ..model import Property
from ..problems import Problem, Subtype, listing
from ..prose import VARIABLE
from ..reading.data_file import Located
from .examples import ContradictionError, accepted_types, as_json, shown, typed
from .requirements import Requirements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ..format.records import PropertyRecord
    from ..problems import Place, Report
    from ..reading.data_file import DataFile, KeyPath
    from ..texts import Prose
    from .variables import Variables

#: A property before it is typed: the fields that the data files set, by name.
Draft = dict[str, Located]


class PropertyComposer:
    """Makes the properties of an object, with its ``variables`` filled into their texts."""

    def __init__(self, variables: Variables, report: Report) -> None:
        self.variables = variables
        self.report = report

    def problem(self, place: Place, subtype: Subtype, message: str) -> None:
        self.report(Problem(place, subtype, message))

    def drafts(self, records: Iterable[PropertyRecord], file: DataFile, path: KeyPath) -> dict[str, Draft]:
        """The draft of each property, by its name; if a name is defined twice, the first definition is used."""
        drafts: dict[str, Draft] = {}
        for index, record in enumerate(records):
            where = (*path, "properties", index)
            if record.name in drafts:
                first = file.key_place(drafts[record.name]["name"].path[:-1]).line
                message = f"the property “{record.name}” is defined twice, first in line {first}; the first definition is used"
                self.problem(file.key_place(where), Subtype.DUPLICATE_PROPERTY, message)
                continue
            drafts[record.name] = {
                field.name: Located(getattr(record, field.name), file, (*where, field.name))
                for field in fields(record)
                if getattr(record, field.name) is not None
            }
        return drafts

    def typed(self, drafts: Iterable[Draft]) -> tuple[Property, ...]:
        """The properties of the drafts, sorted: required ones, others, read-only ones, each by name."""
        properties = [prop for prop in map(self.property, drafts) if prop is not None]
        return tuple(sorted(properties, key=lambda prop: (prop.read_only, not prop.required, prop.name)))

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

    def nested(self, parent: str, records: Located | None) -> tuple[Property, ...]:
        if records is None:
            return ()
        drafts = self.drafts(records.value, records.file, records.path[:-1]).values()
        requirements = Requirements(self.typed(drafts), f"“{parent}”", self.report)
        requirements.set_conditions(required_if(drafts))
        return tuple(requirements.properties.values())

    def values(self, name: str, located: Located | None, types: tuple[str, ...]) -> Iterator[tuple[str, Prose | None]]:
        """The accepted values with their meanings; a value that has none of the types is reported and left out."""
        if located is None:
            return
        is_list = not isinstance(located.value, dict)
        meanings = dict.fromkeys(located.value) if is_list else located.value
        for index, (value, meaning) in enumerate(meanings.items()):
            path = (*located.path, index if is_list else value)
            try:
                typed(value, types, (), {})
            except ContradictionError as error:
                message = f"an accepted value of “{name}” {error}"
                self.problem(located.file.key_place(path), Subtype.WRONG_TYPE, message)
            else:
                yield value, self.variables.prose(meaning, located.file.place(path))

    def json(self, prop: Property, label: str, located: Located | None) -> str | None:
        """The JSON text of an example or default; None if it contradicts the type or values, which is reported."""
        if located is None:
            return None
        raw = self.variables.fill(located.value, located.place)
        if VARIABLE.search(as_json(raw)):  # an unknown variable, which is reported
            return None
        try:
            typed_value = typed(raw, prop.types, prop.items, {child.name: child for child in prop.properties})
        except ContradictionError as error:
            message = f"{_part(error.path)}the {label} of “{prop.name}” {error}"
            self.problem(located.file.place((*located.path, *error.path)), Subtype.BAD_EXAMPLE, message)
            return None
        items = raw if isinstance(raw, list) else [raw]
        not_accepted = [item for item in items if prop.accepted and item not in prop.accepted]
        if not_accepted:
            message = (
                f"the {label} of “{prop.name}” is not one of its accepted values {listing(prop.accepted, 'or')}; "
                f"found {shown(not_accepted[0])}"
            )
            self.problem(located.place, Subtype.BAD_EXAMPLE, message)
            return None
        return as_json(typed_value)


def required_if(drafts: Iterable[Draft]) -> dict[str, Located]:
    """The ``required_if`` of each draft that has one, by the name of the property."""
    return {draft["name"].value: draft["required_if"] for draft in drafts if "required_if" in draft}


def _is_true(draft: Draft, flag: str) -> bool:
    return flag in draft and draft[flag].value == "true"


def _as_tuple(types: str | tuple[str, ...]) -> tuple[str, ...]:
    return (types,) if isinstance(types, str) else tuple(dict.fromkeys(types))


def _part(path: KeyPath) -> str:
    """The beginning of a message about the member or item at ``path``, as in ``“id” in ``."""
    if not path:
        return ""
    return f"“{path[-1]}” in " if isinstance(path[-1], str) else f"item {path[-1] + 1} in "


#: Names of secrets, by their last word: ``token_url`` is not one.
_SECRET = re.compile(
    r"(^|[_-])(password|passwd|pwd|passphrase|secret|token|credentials?|jwt"
    r"|(access|account|api|app|auth|encryption|private|rsa|secret|signing|ssh|ssl)[_-]?key)\Z"
)

#: The position where a word begins within a name such as ``apiKey``.
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _lint(prop: Property, given: Collection[str], place: Place) -> Iterator[Problem]:
    """The lint warnings of a property; ``given`` are the names of the fields that the data files set."""
    if prop.description is None:
        message = f"the property “{prop.name}” has no description; say what it does"
        yield Problem(place, Subtype.UNDESCRIBED_PROPERTY, message, prop.name)
    if "secret" not in given and "string" in prop.types and _SECRET.search(_WORD_START.sub("_", prop.name).lower()):
        message = f"“{prop.name}” is the name of a secret; write “secret: true”, or “secret: false” if it is not one"
        yield Problem(place, Subtype.UNMARKED_SECRET, message, prop.name)
