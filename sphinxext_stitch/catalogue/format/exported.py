"""The format of the catalogue as JSON for other programs.

Its JSON Schema and the tables of the manual are made of these classes.  Increase ``VERSION`` when a field is removed or
changes its meaning, not when one is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .fields import described as _field

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
