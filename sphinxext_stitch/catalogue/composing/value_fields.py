"""What a property and the items of an array have in common: types, constraints, accepted values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..format.records import ValueRecord
from ..model import Item
from ..problems import Problem, Subtype
from ..reading.data_file import Located
from ..texts import Phrase
from .constraints import compose_constraints
from .values import ContradictionError, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..problems import Place, Report
    from ..reading.data_file import DataFile, KeyPath
    from ..texts import Prose
    from .variables import Variables

#: What pages show of an item in the place of the array's own.
_OF_ITEMS = ("values", "properties", "entries", "one_of", "any_of")

#: A property, or an item, before it is typed: the fields that the data files set, by name.
Draft = dict[str, Located]


class ValueComposer:
    """Makes what a property and an item have in common, with the ``variables`` of their object."""

    def __init__(self, variables: Variables, report: Report) -> None:
        self.variables = variables
        self.report = report

    def types(self, draft: Draft, label: str, place: Place) -> tuple[str, ...] | None:
        """The types of a draft; None if there are none, which is reported, at ``place`` if the field is missing."""
        if "type" not in draft:
            message = f"the field “type” is missing from {label}"
            self.report(Problem(place, Subtype.MISSING_FIELD, message))
            return None
        types = as_tuple(draft["type"].value)
        if types:
            return types
        message = f"“type” of {label} takes at least one type; found an empty list"
        self.report(Problem(draft["type"].place, Subtype.WRONG_TYPE, message))
        return None

    def common(self, draft: Draft, types: tuple[str, ...], label: str) -> dict[str, Any]:
        """The fields of the model that a property and an item have in common."""
        texts: dict[str, Any] = {
            name: Phrase(draft[name].value, draft[name].place) for name in ("title", "unit") if name in draft
        }
        description = draft.get("description")
        return {
            "description": description and self.variables.prose(description.value, description.place),
            "nullable": is_true(draft, "nullable"),
            "constraints": compose_constraints(draft, types, label, self.report),
            **texts,
        }

    def with_item(self, draft: Draft, label: str) -> tuple[Draft, Item | None]:
        """The item of an array, and the draft with the values and members of the item, where pages show them."""
        items = draft.get("items")
        if items is None or not items.value:
            return draft, None
        if not isinstance(items.value, ValueRecord):
            return draft, Item(types=as_tuple(items.value))
        inner = fields_of(items.value, items.file, items.path)
        for name in _OF_ITEMS:
            if name in draft:
                message = f"“{name}” of {label} has no effect beside a mapping of “items”; write it there"
                self.report(Problem(draft[name].key_place, Subtype.WITHOUT_EFFECT, message))
        label = f"the items of {label}"
        types = self.types(inner, label, items.key_place)
        if types is None:
            return draft, None
        _draft, item = self.with_item(inner, label)
        shown = {name: located for name, located in inner.items() if name in _OF_ITEMS}
        return draft | shown, Item(types=types, item=item, **self.common(inner, types, label))

    def accepted(self, name: str, located: Located, item: Item) -> Iterator[tuple[str, Prose | None]]:
        """The accepted values with their meanings; a value that is not of the type is reported and left out."""
        is_list = not isinstance(located.value, dict)
        meanings = [(value, None) for value in located.value] if is_list else located.value.items()
        seen: set[str] = set()
        for index, (value, meaning) in enumerate(meanings):
            if value in seen:
                continue
            seen.add(value)
            path = (*located.path, index if is_list else value)
            try:
                typed(value, item)
            except ContradictionError as error:
                message = f"an accepted value of “{name}” {error}"
                self.report(Problem(located.file.key_place(path), Subtype.WRONG_TYPE, message))
            else:
                yield value, self.variables.prose(meaning, located.file.place(path))


def fields_of(record: ValueRecord, file: DataFile, path: KeyPath) -> Draft:
    """The fields that a record sets, by name; ``path`` leads to the record in the file."""
    return {name: Located(value, file, (*path, name)) for name, value in vars(record).items() if value is not None}


def is_true(draft: Mapping[str, Located], flag: str) -> bool:
    """Whether a draft sets a flag."""
    return flag in draft and draft[flag].value == "true"


def as_tuple(types: str | tuple[str, ...]) -> tuple[str, ...]:
    """The types of a field that takes one or several, each once."""
    return (types,) if isinstance(types, str) else tuple(dict.fromkeys(types))
