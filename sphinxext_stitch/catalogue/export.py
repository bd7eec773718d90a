"""The catalogue as JSON for other programs: what tables and sections show, groups applied.

These classes define the format: its JSON Schema and the tables of the manual are made from them.  Increase
``VERSION`` when a field is removed or changes its meaning, not when one is added.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from . import constraints as model_constraints
from .composing.examples import body
from .composing.values import typed
from .format.fields import described as _field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..catalogue import model, texts

#: The version of the format.
VERSION = 2


@dataclass(frozen=True, kw_only=True)
class Value:
    """An accepted value."""

    value: Any = _field("The value, of one of the property's types; of an array, of its items'.")
    meaning: str | None = _field("What it means, in Markdown.")


@dataclass(frozen=True, kw_only=True)
class Constraints:
    """What a value must be, beyond its type; the members are those of JSON Schema, in snake case."""

    minimum: float | None = _field("The lowest number.")
    maximum: float | None = _field("The highest number.")
    exclusive_minimum: float | None = _field("The number must be higher than this one.")
    exclusive_maximum: float | None = _field("The number must be lower than this one.")
    multiple_of: float | None = _field("The number is a multiple of this one.")
    min_length: int | None = _field("The lowest number of characters.")
    max_length: int | None = _field("The highest number of characters.")
    min_items: int | None = _field("The lowest number of items.")
    max_items: int | None = _field("The highest number of items.")
    unique_items: bool = _field("Whether all items differ.")
    pattern: str | None = _field("A regular expression that a text matches.")
    pattern_description: str | None = _field("What the pattern stands for.")
    format: str | None = _field("A format of JSON Schema, or one of the platform's own.")


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of an array."""

    types: list[str] = _field("Its JSON types.")
    title: str | None = _field("The label in the platform's own forms.")
    unit: str | None = _field("What a number counts.")
    nullable: bool = _field("Whether the API takes `null`, too.")
    constraints: Constraints | None = _field("What else it must be; null if that is nothing.")
    description: str | None = _field("What it does, in Markdown.")
    item: Item | None = _field("Of an array: what its items are; null if the data do not say it.")


@dataclass(frozen=True, kw_only=True)
class Condition:
    """That another property has one of some values, or is sent."""

    name: str = _field("The name of the other property, beside this one.")
    values: list[str] = _field("The values, as text; empty if it counts alone whether the property is sent.")
    present: bool = _field("`false` if the condition is that the property is not sent.")


@dataclass(frozen=True, kw_only=True)
class Set:
    """Properties that are sent together."""

    names: list[str] = _field("The names of the properties; that of a member of one is behind its name and a dot.")
    label: str | None = _field("What they are, in Markdown.")


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """Since when a property is deprecated, and what to use instead."""

    since: str | None = _field("Since when: a date or a version.")
    use: str | None = _field("The name of the property to use instead, beside this one.")


@dataclass(frozen=True, kw_only=True)
class Property:
    """One property, with what groups and variables add to it.

    Several beside each other can have one name: each applies where another property has another value.
    """

    name: str = _field("The name of the member in the JSON object; `*` stands for all names that the client chooses.")
    anchor: str = _field("The anchor of the property on the page that shows it.")
    title: str | None = _field("The label in the platform's own forms; of `*`, what the names stand for.")
    types: list[str] = _field("The JSON types that the API takes.")
    unit: str | None = _field("What a number counts.")
    nullable: bool = _field("Whether the API takes `null`, too.")
    constraints: Constraints | None = _field("What else its value must be; null if that is nothing.")
    items: list[str] = _field("Of an array: the types of its items.")
    item: Item | None = _field("Of an array: what its items are; null if the data do not say it.")
    required: bool = _field("Whether it is needed to complete the step, always where it applies.")
    required_if: list[Condition] = _field("It is needed, too, if all of these hold; empty if there is no condition.")
    applies_if: list[Condition] = _field("It has an effect only if all of these hold; empty if it always has one.")
    secret: bool = _field("Whether the API never returns it.")
    read_only: bool = _field("Whether the API sets it.")
    supplied: bool = _field("Whether the platform supplies it unless the client sends it.")
    immutable: bool = _field("Whether it cannot be changed after the connection is created.")
    internal: bool = _field("Whether clients should leave it alone.")
    advanced: bool = _field("Whether it is for special cases.")
    deprecated: bool = _field("Whether it should not be used any more.")
    replacement: Replacement | None = _field("Set if it is deprecated and the data say more of that.")
    since: str | None = _field("The version that it came with.")
    docs: str | None = _field("The address of its documentation.")
    default: Any = _field("What the API takes if it is not sent; null if the data do not say it.")
    values: list[Value] = _field("The accepted values; empty if any value of the types is.")
    example: Any = _field("The example in the data; null if there is none.")
    description: str | None = _field("What it does, in Markdown.")
    properties: list[Property] = _field("Of an object: its members. Of an array: those of each item.")
    one_of: list[list[Set]] = _field("Choices among `properties`: of each, exactly one set is sent.")
    any_of: list[list[Set]] = _field("Choices among `properties`: of each, at least one set is sent, whole.")


@dataclass(frozen=True, kw_only=True)
class Group:
    """Properties that are shown together."""

    key: str | None = _field("The key of the property group; null for the object's own properties.")
    title: str | None = _field("Its title; null for the object's own properties.")
    properties: list[Property] = _field("The properties, in the order in which they are shown.")


@dataclass(frozen=True, kw_only=True)
class Step:
    """What completes one step of a connection."""

    name: str = _field("The name of the step, one of those of the API.")
    anchor: str = _field("The anchor of the step on the page that shows it.")
    docs: str | None = _field("The address of its documentation.")
    description: str | None = _field("What to know before, in Markdown.")
    groups: list[Group] = _field("The properties: the object's own ones first, then each property group.")
    one_of: list[list[Set]] = _field("Choices: of each, exactly one set of properties is sent.")
    any_of: list[list[Set]] = _field("Choices: of each, at least one set of properties is sent, whole.")
    example: dict[str, Any] = _field("The example that is shown.")


@dataclass(frozen=True, kw_only=True)
class Deprecation:
    """Since when, and what to use instead."""

    since: str | None = _field("Since when.")
    use: str | None = _field("The type, or kind and key, of the object to use instead.")


@dataclass(frozen=True, kw_only=True)
class Object:
    """A connection property object."""

    kind: str = _field("The name of its kind, such as `source`.")
    key: str = _field("With the kind, its permanent name.")
    name: str = _field("The name that pages show.")
    type: str = _field("The API's name for the connection.")
    anchor: str = _field("The anchor of the object on the page that shows it.")
    category: str | None = _field("Its category.")
    status: str = _field("`released`, `beta`, `deprecated` or `sunset`.")
    deprecated: Deprecation | None = _field("Set if it is deprecated.")
    docs: str | None = _field("The address of its documentation.")
    action: str | None = _field("Completes the sentence “NAME connections …”.")
    description: str | None = _field("What to know before, in Markdown.")
    connections: list[str] = _field("The keys of its connections.")
    steps: list[Step] = _field("What completes a connection, in this order.")


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a connection."""

    version: str = _field("Its number or name.")
    status: str = _field("`released`, `beta`, `deprecated` or `sunset`.")
    released: str | None = _field("Available since.")
    deprecated: str | None = _field("Deprecated since.")
    closed: str | None = _field("Closed to new connections since.")
    sunset: str | None = _field("Gone since.")


@dataclass(frozen=True, kw_only=True)
class Connection:
    """What the platform connects to."""

    kind: str = _field("The name of its kind, such as `source`.")
    key: str = _field("With the kind, its permanent name.")
    name: str = _field("The name that pages show.")
    type: str | None = _field("The API's name for it; null if the API does not have it.")
    object: str | None = _field("The key of its object, which is of the same kind.")
    anchor: str = _field("The anchor of its row in the table.")
    version: str | None = _field("The version that is shown behind the name.")
    category: str | None = _field("Its category.")
    status: str = _field("`released`, `beta`, `deprecated` or `sunset`.")
    docs: str | None = _field("The address of its documentation.")
    history: list[Version] = _field("Its versions, as in the data.")
    aliases: list[str] = _field("Other names that readers type.")
    attributes: dict[str, list[str]] = _field("Its values of the API's attributes, by name.")


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Method and path of one action."""

    name: str = _field("Its name, RESOURCE.ACTION.")
    title: str = _field("What it does.")
    kind: str | None = _field("The kind that it is for; null for all.")
    method: str = _field("The HTTP method.")
    path: str = _field("The path.")
    docs: str | None = _field("The address of its documentation.")


@dataclass(frozen=True, kw_only=True)
class StepInfo:
    """A step of the API."""

    name: str = _field("Its name.")
    title: str = _field("Its title.")
    sentence: str | None = _field("What it is for, in Markdown.")
    required: bool = _field("Whether a connection needs it.")
    endpoints: dict[str, str] = _field("The name of the endpoint that takes it, by kind.")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of connections."""

    name: str = _field("Its name, the `kind` of connections, objects and endpoints.")
    title: str | None = _field("The word for one connection; null if the data do not name the kinds.")
    plural: str | None = _field("The word for all of them; null if the data do not name the kinds.")


@dataclass(frozen=True, kw_only=True)
class AttributeValue:
    """A value of an attribute."""

    value: str = _field("The value.")
    title: str = _field("What pages call it.")


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """A fact of connections that the platform defines itself."""

    name: str = _field("Its name.")
    title: str = _field("What pages call it.")
    values: list[AttributeValue] = _field("The values that it can have; empty if any.")


@dataclass(frozen=True, kw_only=True)
class Api:
    """What all connections have in common."""

    name: str = _field("Its name.")
    kinds: list[Kind] = _field("The kinds of its connections, in the order in which pages show them.")
    attributes: list[Attribute] = _field("What connections can have beside their fields, in the order of the data.")
    steps: list[StepInfo] = _field("What completes a connection, in this order.")
    endpoints: list[Endpoint] = _field("The endpoints that take connection property objects.")


@dataclass(frozen=True, kw_only=True)
class Export:
    """A catalogue of connections, with all that tables and sections show."""

    version: int = _field("The version of this format. It is increased when a field is removed or changes its meaning.")
    api: Api = _field("What all connections have in common.")
    connections: list[Connection] = _field("All connections, sorted by name.")
    objects: list[Object] = _field("All connection property objects, sorted by name.")


def export(catalogue: model.Catalogue) -> Export:
    """The catalogue in the format of this module."""
    return Export(
        version=VERSION,
        api=_api(catalogue.api),
        connections=[_connection(connection) for connection in catalogue.connections],
        objects=[_object(obj) for obj in catalogue.objects],
    )


def as_text(exported: Export) -> str:
    r"""The JSON text, in ASCII.

    It can be put into a ``<script>`` of a page: a “<” in a text is written as ``\u003c``, so it cannot end the script.
    """
    return _json(exported, indent=1) + "\n"


def as_lines(catalogue: model.Catalogue, known: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The same with a line for each object, and these lines by the digests of the objects; ``known`` ones are not made again."""
    lines = {obj.digest: known.get(obj.digest) or _json(_object(obj)) for obj in catalogue.objects}
    # The objects are the last field.
    rest = _json(export(replace(catalogue, objects=())))
    objects = ",\n".join(lines.values())
    return f"{rest.removesuffix('[]}')}[\n{objects}\n]}}\n", lines


def _json(part: Any, indent: int | None = None) -> str:
    # Its fields as they are: ``asdict`` copies all that is in them.
    return json.dumps(part, indent=indent, default=vars).replace("<", "\\u003c")


def _api(api: model.Api) -> Api:
    return Api(
        name=api.name,
        kinds=[Kind(name=kind.name, title=_phrase(kind.title), plural=_phrase(kind.plural)) for kind in api.kinds],
        attributes=[
            Attribute(
                name=info.name,
                title=str(info.title),
                values=[AttributeValue(value=value, title=str(title)) for value, title in info.values],
            )
            for info in api.attributes
        ],
        steps=[
            StepInfo(
                name=step.name,
                title=str(step.title),
                sentence=_text(step.sentence),
                required=step.required,
                endpoints={kind: endpoint.name for kind, endpoint in step.endpoints},
            )
            for step in api.steps
        ],
        endpoints=[
            Endpoint(
                name=endpoint.name,
                title=str(endpoint.title),
                kind=endpoint.kind,
                method=endpoint.method,
                path=endpoint.path,
                docs=endpoint.docs,
            )
            for endpoint in api.endpoints
        ],
    )


def _connection(connection: model.Connection) -> Connection:
    return Connection(
        kind=connection.kind,
        key=connection.key,
        name=connection.name,
        type=connection.type,
        object=connection.object_key,
        anchor=connection.anchor,
        version=connection.version,
        category=connection.category,
        status=connection.status,
        docs=connection.docs,
        history=[Version(**vars(version)) for version in connection.history],
        aliases=list(connection.aliases),
        attributes={name: list(values) for name, values in connection.attributes},
    )


def _object(obj: model.ConnectionObject) -> Object:
    return Object(
        kind=obj.kind,
        key=obj.key,
        name=obj.name,
        type=obj.type,
        anchor=obj.anchor,
        category=obj.category,
        status=obj.status,
        deprecated=Deprecation(since=obj.deprecated.since, use=obj.deprecated.use) if obj.deprecated else None,
        docs=obj.docs,
        action=obj.action and str(obj.action),
        description=_text(obj.description),
        connections=[connection.key for connection in obj.connections],
        steps=[_step(obj, step) for step in obj.steps],
    )


def _step(obj: model.ConnectionObject, step: model.Step) -> Step:
    return Step(
        name=step.name,
        anchor=obj.step_anchor(step.name),
        docs=step.docs,
        description=_text(step.description),
        groups=[
            Group(
                key=group.key,
                title=group.title and str(group.title),
                properties=[_property(obj, step.name, (prop.key,), prop) for prop in group.properties],
            )
            for group in step.groups
        ],
        one_of=_choices(step.choices, exactly_one=True),
        any_of=_choices(step.choices, exactly_one=False),
        example=body(step.properties, step.choices),
    )


def _property(obj: model.ConnectionObject, step: str, path: tuple[str, ...], prop: model.Property) -> Property:
    return Property(
        name=prop.name,
        anchor=obj.property_anchor(step, path),
        **_value(prop),
        items=list(prop.items),
        required=prop.required,
        required_if=_conditions(prop.required_if),
        applies_if=_conditions(prop.applies_if),
        secret=prop.secret,
        read_only=prop.read_only,
        supplied=prop.supplied,
        immutable=prop.immutable,
        internal=prop.internal,
        advanced=prop.advanced,
        deprecated=prop.deprecated,
        replacement=Replacement(**vars(prop.replacement)) if prop.replacement else None,
        since=prop.since,
        docs=prop.docs,
        default=prop.default and json.loads(prop.default),
        values=[
            Value(value=typed(value, prop.accepted_item), meaning=_text(meaning)) for value, meaning in prop.values
        ],
        example=prop.example and json.loads(prop.example),
        properties=[_property(obj, step, (*path, member.key), member) for member in prop.properties],
        one_of=_choices(prop.choices, exactly_one=True),
        any_of=_choices(prop.choices, exactly_one=False),
    )


def _value(of: model.Property | model.Item) -> dict[str, Any]:
    """The members that a property and an item have in common."""
    return {
        "types": list(of.types),
        "title": of.title and str(of.title),
        "unit": of.unit and str(of.unit),
        "nullable": of.nullable,
        "constraints": _constraints(of.constraints),
        "description": _text(of.description),
        "item": Item(**_value(of.item)) if of.item else None,
    }


def _constraints(constraints: model_constraints.Constraints) -> Constraints | None:
    if constraints == model_constraints.NONE:
        return None
    described = constraints.pattern_description
    stated = {name: getattr(constraints, name) for name in model_constraints.NAMES}
    return Constraints(**{**stated, "pattern_description": described and str(described)})


def _conditions(conditions: Iterable[model.Condition]) -> list[Condition]:
    return [Condition(name=entry.name, values=list(entry.values), present=entry.present) for entry in conditions]


def _choices(choices: Iterable[model.Choice], *, exactly_one: bool) -> list[list[Set]]:
    return [
        [Set(names=list(entry.names), label=_text(entry.label)) for entry in choice.sets]
        for choice in choices
        if choice.exactly_one == exactly_one
    ]


def _phrase(phrase: texts.Phrase | None) -> str | None:
    return None if phrase is None else str(phrase)


def _text(prose: texts.Prose | None) -> str | None:
    return prose.text if prose else None
