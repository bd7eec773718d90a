"""Two catalogues, of which one is imported, with what the format of this one can say of its objects alone."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from typing import TYPE_CHECKING, Any

from ..model import Catalogue, Item, Property, by_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ..model import ConnectionObject, Step
    from .formats import Format

    #: The names of properties below their steps, by the kind and key of the object that has them.
    Untyped = Mapping[tuple[str, str], Collection[tuple[str, str]]]

#: The fields of a property without which it is none.
_IDENTITY = {"name", "variant", "types", "properties"}

#: What a source without the schema of a property does not say of it.
_VALUE = ("types", "item", "nullable", "constraints", "values", "properties")

_DEFAULTS = {
    each.name: each.default for each in fields(Property) if each.name not in _IDENTITY and each.default is not MISSING
}


def comparable(
    reference: Catalogue, source: Catalogue, source_format: Format, untyped: Untyped, *, complete: bool
) -> tuple[Catalogue, Catalogue]:
    """The reference and the source, with what is comparable in them.

    Unless the source is ``complete``, the objects that it does not have are left out.  Connections are left out, as no
    format says which there are.
    """
    known = {(obj.kind, name) for obj in source.objects for name in (f"type {obj.type}", f"key {obj.key}")}
    wanted = [
        obj
        for obj in reference.objects
        if complete or not known.isdisjoint({(obj.kind, f"type {obj.type}"), (obj.kind, f"key {obj.key}")})
    ]
    by_names = {(obj.kind, name): obj for obj in wanted for name in (obj.key, obj.type)}
    imported = [
        _typed(obj, by_names.get((obj.kind, obj.type)) or by_names.get((obj.kind, obj.key)), untyped)
        for obj in source.objects
    ]
    first, second = (
        _reduced(objects, source_format, api.steps[0].name)
        for objects, api in ((wanted, reference.api), (imported, source.api))
    )
    return Catalogue(reference.api, tuple(first)), Catalogue(source.api, tuple(second))


def _typed(obj: ConnectionObject, counterpart: ConnectionObject | None, untyped: Untyped) -> ConnectionObject:
    """An object of the source, with what its counterpart says of the properties that the source does not describe."""
    names = untyped.get((obj.kind, obj.key), ())
    if not names or counterpart is None:
        return obj
    known = {(step.name, prop.name): prop for step in counterpart.steps for prop in step.properties}
    steps = []
    for step in obj.steps:
        groups = [
            replace(
                group,
                properties=tuple(
                    _described(prop, known.get((step.name, prop.name)) if (step.name, prop.name) in names else None)
                    for prop in group.properties
                ),
            )
            for group in step.groups
        ]
        steps.append(replace(step, groups=tuple(groups)))
    return replace(obj, steps=tuple(steps))


def _described(prop: Property, other: Property | None) -> Property:
    return replace(prop, **{name: getattr(other, name) for name in _VALUE}) if other else prop


def _reduced(objects: Iterable[ConnectionObject], source_format: Format, first: str) -> Iterator[ConnectionObject]:
    """Objects with the steps and properties as far as a format can state them."""
    says = source_format.says
    for obj in objects:
        steps = [step for step in obj.steps if source_format.further_steps or step.name == first]
        yield replace(obj, deprecated=None, steps=tuple(_step(step, says) for step in steps))


def _step(step: Step, says: Collection[str]) -> Step:
    group = replace(step.groups[0], properties=_properties(step.properties, says)) if step.groups else None
    return replace(step, groups=(group,) if group else (), choices=step.choices if "choices" in says else ())


def _properties(properties: Iterable[Property], says: Collection[str]) -> tuple[Property, ...]:
    """Properties with the fields that a format has; without cases, a name is one property."""
    named = by_name(properties)
    if "applies_if" in says:
        return tuple(_property(prop, says) for variants in named.values() for prop in variants)
    return tuple(
        _property(
            replace(variants[0], types=tuple(dict.fromkeys(name for each in variants for name in each.types))), says
        )
        for variants in named.values()
    )


def _property(prop: Property, says: Collection[str]) -> Property:
    unsaid: dict[str, Any] = {name: default for name, default in _DEFAULTS.items() if name not in says}
    if "applies_if" not in says and prop.applies_if:
        unsaid["required"] = False  # as it is required in some cases alone
    if "item" in says and "array" in prop.types and prop.properties and prop.item is None:
        unsaid["item"] = Item(types=("object",))  # as each item has members
    members = _properties(prop.properties, says) if "properties" in says else ()
    return replace(prop, properties=members, **unsaid)
