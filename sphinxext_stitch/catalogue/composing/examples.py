"""Examples: the JSON body of an object."""

from __future__ import annotations

import json
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from ..formats import FORMATS
from ..keys import ENTRIES
from .values import as_json, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..model import Choice, Condition, Item, Property


def body(properties: Sequence[Property], choices: Sequence[Choice] = (), *, minimal: bool = False) -> dict[str, Any]:
    """The example of an object: the properties that a client can send, by name; if ``minimal``, those that are needed.

    Of each choice, the first set is used.  A property with conditions is included only if they hold in the example.
    Read-only properties never are; internal ones are if a choice names them, and those that another one replaces, and
    those with ``omit_from_examples``, if they are needed.  A value is the property's example, else its default, else its
    first accepted value, else the examples of its nested properties, else a placeholder of its first type.
    """
    return _Body(properties, choices, None, minimal=minimal).members()


class _Body:
    """Makes the members of an object; ``stated`` are those of its example in the data, if it has one."""

    def __init__(
        self,
        properties: Sequence[Property],
        choices: Sequence[Choice],
        stated: Mapping[str, Any] | None,
        *,
        minimal: bool,
        chosen: Iterable[str] = (),
        others: Iterable[str] = (),
    ) -> None:
        self.properties = properties
        self.is_stated = stated is not None
        self.stated = stated or {}
        self.minimal = minimal
        self.named: dict[str, list[Property]] = {}
        for prop in properties:
            self.named.setdefault(prop.name, []).append(prop)
        self.chosen: set[str] = set(chosen)
        self.others: set[str] = set(others)
        for choice in choices:
            names = self.first_set(choice)
            self.chosen.update(names)
            if choice.exactly_one:
                self.others.update(name for entry in choice.sets for name in entry.names if name not in names)
        #: What is sent for these: nested ones are sent within others.
        self.sent = {name[:end] for name in self.chosen for end in _ends(name)}
        self.result: dict[str, Any] = {}

    def first_set(self, choice: Choice) -> tuple[str, ...]:
        """The first set of a choice; with an example in the data, the first that is in it as a whole."""
        whole = (entry.names for entry in choice.sets if self.stated.keys() >= set(entry.names))
        return next(whole, choice.sets[0].names)

    def members(self) -> dict[str, Any]:
        """The members, sorted by name."""
        # A property comes after those that its conditions name; conditions that form a cycle were left out.
        order = {
            prop.key: {
                other.key
                for condition in (*prop.required_if, *prop.applies_if)
                for other in self.named.get(condition.name, ())
            }
            for prop in self.properties
        }
        by_key = {prop.key: prop for prop in self.properties}
        for prop in map(by_key.__getitem__, TopologicalSorter(order).static_order()):
            if self.is_included(prop):
                self.add(prop)
        return dict(sorted(self.result.items()))

    def is_included(self, prop: Property) -> bool:
        """Whether the example has a property."""
        if prop.read_only or prop.name in self.others or prop.name in self.result:
            return False
        if not all(map(self.holds, prop.applies_if)):
            return False
        if self.is_needed(prop):
            return True
        if self.minimal or not all(map(self.holds, prop.required_if)):
            return False
        if self.is_stated:
            return prop.name in self.stated or prop.name == ENTRIES
        return not (prop.internal or prop.omit_from_examples or (prop.replacement and prop.replacement.use))

    def is_needed(self, prop: Property) -> bool:
        """Whether a property that applies is needed."""
        where = prop.required_where
        return prop.name in self.sent or (where is not None and all(map(self.holds, where)))

    def add(self, prop: Property) -> None:
        if prop.name == ENTRIES:
            known = self.named.keys()
            stated = {name: item for name, item in self.stated.items() if name not in known}
            free = stated if self.is_stated else {f"<{(prop.title or 'name').upper().replace(' ', '_')}>": None}
            self.result |= {name: self.value(prop, item) for name, item in free.items()}
        else:
            self.result[prop.name] = self.value(prop, self.stated.get(prop.name))

    def value(self, prop: Property, stated: Any) -> Any:
        """The value of a member, which is that of the example in the data, if there is one."""
        if stated is None:
            chosen, others = (list(_below(prop, names)) for names in (self.chosen, self.others))
            return value(prop, minimal=self.minimal, chosen=chosen, others=others)
        return _stated(stated, prop, minimal=self.minimal)

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds in the members so far; what is not sent has its default."""
        if not condition.values:
            return (condition.name in self.result) == condition.present
        if condition.name in self.result:
            current = self.result[condition.name]
        else:
            defaults = [prop.default for prop in self.named.get(condition.name, ()) if prop.default is not None]
            current = json.loads(defaults[0]) if defaults else None
        return (current if isinstance(current, str) else as_json(current)) in condition.values


def _below(prop: Property, names: Iterable[str]) -> Iterator[str]:
    """The names of what is nested in a property, among dotted ones."""
    start = f"{prop.name}."
    yield from (name.removeprefix(start) for name in names if prop.properties and name.startswith(start))


def _ends(name: str) -> Iterator[int]:
    """Where the parts of a dotted name end."""
    yield from (index for index, letter in enumerate(name) if letter == ".")
    yield len(name)


def value(prop: Property, *, minimal: bool = False, chosen: Iterable[str] = (), others: Iterable[str] = ()) -> Any:
    """The example value of one property; see :func:`body`.

    ``chosen`` are the nested ones that a choice names, and ``others`` those of its sets that are not used.
    """
    if prop.example is not None:
        return _stated(json.loads(prop.example), prop, minimal=minimal)
    if prop.default is not None:
        return json.loads(prop.default)
    if prop.values:
        first = typed(prop.values[0][0], prop.accepted_item)
        return prop.constraints.fitted([first]) if prop.types[0] == "array" else first
    if prop.properties:
        inner = _Body(prop.properties, prop.choices, None, minimal=minimal, chosen=chosen, others=others).members()
        return prop.constraints.fitted([inner]) if "array" in prop.types else inner
    return _placeholder("value" if prop.name == ENTRIES else prop.name, prop)


def _stated(example: Any, prop: Property, *, minimal: bool) -> Any:
    """An example from the data with what is needed, without what is never sent; if ``minimal``, with nothing else."""
    if not prop.properties:
        return example
    if isinstance(example, list):
        return [_stated(item, prop, minimal=minimal) for item in example]
    if not isinstance(example, dict):
        return example
    return _Body(prop.properties, prop.choices, example, minimal=minimal).members()


def _placeholder(name: str, of: Property | Item) -> Any:
    """A value of the first type, as far as the constraints go; a pattern is for people to follow."""
    type_name = of.types[0]
    if type_name == "array":
        items = [_placeholder(name, of.item)] if of.item else []
        return of.constraints.fitted(items)
    simple = {"integer": 1, "number": 1.5, "boolean": True, "object": {}}
    if type_name in simple:
        return of.constraints.fitted(simple[type_name])
    known = FORMATS.get(of.constraints.format or "")
    return of.constraints.fitted(known.example if known else f"<{name.upper()}>")
