"""What a form needs to know of an object besides its JSON Schema, which says what is valid.

The schema does not say when a property has an effect, as it is no mistake to send one that has none; nor which
properties are internal, and what the sets of a choice are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .model import by_name
from .object_schema import condition_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .model import Choice, Property, Step
    from .texts import Prose

    Hints = dict[str, Any]


def form_hints(step: Step) -> Hints:
    """The hints of a step: ``fields``, a list by name with the hints of each property, and the ``choices``.

    A property has ``if``, the schema of the members among which it has an effect; ``internal`` if it is so and no choice
    names it; and the hints of what is nested.  A choice has the label of each set, empty if it has none.  What would be
    empty is left out.
    """
    return _members(step.properties, step.choices, frozenset())


def _members(properties: Sequence[Property], choices: Sequence[Choice], chosen: frozenset[str]) -> Hints:
    """The hints of the members of an object; ``chosen`` are those that a choice of what it is in names."""
    chosen |= {name for choice in choices for entry in choice.sets for name in entry.names}
    named = by_name(properties)
    fields = {name: [_property(prop, named, chosen) for prop in variants] for name, variants in named.items()}
    return {
        **({"fields": fields} if any(map(any, fields.values())) else {}),
        **({"choices": [[_label(entry.label) for entry in choice.sets] for choice in choices]} if choices else {}),
    }


def _property(prop: Property, named: Mapping[str, Sequence[Property]], chosen: frozenset[str]) -> Hints:
    start = f"{prop.name}."
    below = frozenset(name.removeprefix(start) for name in chosen if name.startswith(start))
    return {
        **({"if": condition_schema(prop.applies_if, named)} if prop.applies_if else {}),
        **({"internal": True} if prop.internal and prop.name not in chosen and not below else {}),
        **_members(prop.properties, prop.choices, below),
    }


def _label(label: Prose | None) -> str:
    return label.text if label else ""
