"""The JSON Schema, in draft 2020-12, of what a client sends as the properties of an object."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .composing.values import ContradictionError, typed
from .constraints import NAMES
from .json_paths import schema_path
from .keys import ENTRIES
from .model import Item, by_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .api import Api
    from .constraints import Constraints
    from .model import Choice, Condition, ConnectionObject, Property, Step

    Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def object_schema(obj: ConnectionObject, step: Step, api: Api, base: str = "") -> Schema:
    """The schema of one step of an object, with its title and description.

    ``base`` is the address of the project's pages: with it, the schema has an ``$id``.
    """
    first = step.name == api.steps[0].name
    description = step.description or (obj.description if first else None)
    head = {
        "$schema": DIALECT,
        **({"$id": f"{base.rstrip('/')}/{schema_path(obj, step)}"} if base else {}),
        "title": obj.name if first else f"{obj.name}: {api.step(step.name).title}",
        **({"description": description.text} if description else {}),
    }
    return head | step_schema(step, head["title"])


def as_text(schema: Schema) -> str:
    """The JSON text of a schema."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def step_schema(step: Step, title: str) -> Schema:
    """The schema of one step of an object.

    What a client need not send, because the platform supplies or sets it, is never required.  Members that the data do
    not name are allowed: an API can have more than its reference.
    """
    return {"$schema": DIALECT, "title": title, "type": "object", **_members(step.properties, step.choices)}


def _members(properties: Sequence[Property], choices: Iterable[Choice], *, is_object: bool = True) -> Schema:
    """The part of a schema about the members of an object, or of what also takes other values: these fit no set."""
    named = by_name(properties)
    schemas = {name: _of_variants(variants) for name, variants in named.items()}
    free = schemas.pop(ENTRIES, None)
    required = dict.fromkeys(prop.name for prop in properties if prop.required_where == ())
    conditional = [
        {"if": condition_schema(prop.required_where, named), "then": {"required": [prop.name]}}
        for prop in properties
        if prop.required_where
    ]
    by_case = [
        {"if": condition_schema(prop.applies_if, named), "then": {"properties": {name: _property(prop)}}}
        for name, variants in named.items()
        for prop in variants
        if len(variants) > 1 and prop.applies_if
    ]
    sets = [_choice(choice, schemas) for choice in choices]
    guarded = sets if is_object else [{"if": {"type": "object"}, "then": choice} for choice in sets]
    rules = [*conditional, *by_case, *guarded]
    return {
        **({"properties": schemas} if schemas else {}),
        **({"additionalProperties": free} if free else {}),
        **({"required": [*required]} if required else {}),
        **({"allOf": rules} if rules else {}),
    }


def condition_schema(conditions: Sequence[Condition], named: Mapping[str, Sequence[Property]]) -> Schema:
    """The schema of an object in which all conditions hold; ``named`` are its members by name."""
    schemas = [_condition(condition, named.get(condition.name, ())) for condition in conditions]
    return schemas[0] if len(schemas) == 1 else {"allOf": schemas}


def _condition(condition: Condition, properties: Sequence[Property]) -> Schema:
    """The schema of an object in which a condition on one of these properties holds; what is not sent has its default."""
    name = condition.name
    if not condition.values:
        return {"required": [name]} if condition.present else {"not": {"required": [name]}}
    values = [value for text in condition.values for value in _values(text, properties)]
    has_default = any(prop.default is not None and json.loads(prop.default) in values for prop in properties)
    return {"properties": {name: {"enum": values}}, **({} if has_default else {"required": [name]})}


def _values(text: str, properties: Iterable[Property]) -> Iterable[Any]:
    """The JSON values that a text of a condition can be, of each of several properties with one name."""
    for name in dict.fromkeys(name for prop in properties for name in prop.types):
        with suppress(ContradictionError):
            yield typed(text, Item(types=(name,)))


def _choice(choice: Choice, beside: Collection[str]) -> Schema:
    """The schema of an object that has sets of a choice; ``beside`` are the names of all members."""
    sent = [_sent(entry.names, beside) for entry in choice.sets]
    if not choice.exactly_one:
        return {"anyOf": sent}
    names = dict.fromkeys(name for entry in choice.sets for name in entry.names)
    without = [[{"not": _sent((name,), beside)} for name in names if name not in entry.names] for entry in choice.sets]
    return {
        "oneOf": [
            {**schema, "allOf": others} if others else schema for schema, others in zip(sent, without, strict=True)
        ]
    }


def _sent(names: Iterable[str], beside: Collection[str]) -> Schema:
    """The schema of an object that has members of these names; one that is not beside the others is nested."""
    schema: Schema = {}
    for name in names:
        here = schema
        *parents, last = (name,) if name in beside else name.split(".")
        for parent in parents:
            _require(here, parent)
            here = here.setdefault("properties", {}).setdefault(parent, {"type": "object"})
        _require(here, last)
    return schema


def _require(schema: Schema, name: str) -> None:
    required = schema.setdefault("required", [])
    if name not in required:
        required.append(name)


def _of_variants(properties: Sequence[Property]) -> Schema:
    """The schema of a member; of one that depends on the case, any of its schemas: a rule says which one it is."""
    if len(properties) == 1:
        return _property(properties[0])
    return {"anyOf": [_property(prop) for prop in properties]}


def _property(prop: Property) -> Schema:
    schema = _value(prop)
    if prop.values:
        accepted = [typed(value, prop.accepted_item) for value, _meaning in prop.values]
        if "array" in prop.types:
            null = [None] if prop.item and prop.item.nullable else []
            schema["items"] = {**schema.get("items", {}), "enum": [*accepted, *null]}
        else:
            schema["enum"] = [*accepted, *([None] if prop.nullable else [])]
    if prop.properties:
        holder = prop.item if prop.types == ("array",) else prop
        is_object = holder is None or (holder.types == ("object",) and not holder.nullable)
        members = {"type": "object", **_members(prop.properties, prop.choices, is_object=is_object)}
        if "array" in prop.types:
            schema["items"] = {**members, **schema.get("items", {})}  # an item can be null, or of other types, too
        if "object" in prop.types:
            schema |= {name: part for name, part in members.items() if name != "type"}
    flags = {"writeOnly": prop.secret, "readOnly": prop.read_only, "deprecated": prop.deprecated}
    return {
        **schema,
        **({"default": json.loads(prop.default)} if prop.default is not None else {}),
        **({"examples": [json.loads(prop.example)]} if prop.example is not None else {}),
        **{name: True for name, is_set in flags.items() if is_set},
    }


def _value(of: Property | Item) -> Schema:
    """What a property and an item have in common."""
    types = [*of.types, *(["null"] if of.nullable else [])]
    return {
        **({"title": str(of.title)} if of.title else {}),
        **({"description": of.description.text} if of.description else {}),
        "type": types[0] if len(types) == 1 else types,
        **_constraints(of.constraints),
        **({"items": _value(of.item)} if of.item else {}),
    }


def _constraints(constraints: Constraints) -> Schema:
    stated = {name: getattr(constraints, name) for name in NAMES if name != "pattern_description"}
    return {_camel_case(name): value for name, value in stated.items() if value is not None and value is not False}


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
