"""The model of a catalogue, frozen and typed: groups are applied, and variables substituted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from .constraints import NONE, Constraints
from .digest import digest
from .sorting import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .api import Api
    from .attributes import Attributes
    from .kinds import Status
    from .problems import Place, Problem
    from .texts import Phrase, Prose


@dataclass(frozen=True)
class Condition:
    """The condition that a sibling property has one of these values, which are written as in the data.

    Without values, it is whether the property is sent, ``present``, or not.
    """

    name: str
    values: tuple[str, ...] = ()
    present: bool = True


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of an array; ``item`` are those of an array in it."""

    types: tuple[str, ...]
    title: Phrase | None = None
    unit: Phrase | None = None
    nullable: bool = False
    constraints: Constraints = NONE
    description: Prose | None = None
    item: Item | None = None

    @property
    def members(self) -> dict[str, list[Property]]:
        """Its members by name: none, as those of an item are the ``properties`` of the array."""
        return {}


@dataclass(frozen=True)
class Replacement:
    """Since when a property is deprecated, and the name of the one beside it to ``use`` instead."""

    since: str | None = None
    use: str | None = None


@dataclass(frozen=True)
class PropertySet:
    """Names of properties that are sent together; ``label`` describes them in a few words.

    The name of a nested property is dotted.
    """

    names: tuple[str, ...]
    label: Prose | None = None


@dataclass(frozen=True)
class Choice:
    """Sets of properties of which a client sends at least one, whole; with ``exactly_one``, no member of another."""

    sets: tuple[PropertySet, ...]
    exactly_one: bool


@dataclass(frozen=True, kw_only=True)
class Property:
    """One member of a connection property object.

    ``example`` and ``default`` are JSON texts of the declared type, or None; ``values`` are the accepted values with
    their meanings.  A property with ``required_if`` is required if all of these conditions hold; one with ``applies_if``
    has no effect unless they do.  With ``omit_from_examples``, examples have it only if the step needs it.  Of several
    properties with one name, each has a ``variant``, the value on which it depends, but for the first one.  Of an array,
    ``values``, ``properties`` and ``choices`` are those of each ``item``.  A deprecated property has a ``replacement`` if
    more is known of it.
    """

    name: str
    variant: str = ""
    types: tuple[str, ...]
    item: Item | None = None
    title: Phrase | None = None
    unit: Phrase | None = None
    nullable: bool = False
    constraints: Constraints = NONE
    required: bool = False
    required_if: tuple[Condition, ...] = ()
    applies_if: tuple[Condition, ...] = ()
    secret: bool = False
    read_only: bool = False
    supplied: bool = False
    immutable: bool = False
    internal: bool = False
    advanced: bool = False
    deprecated: bool = False
    replacement: Replacement | None = None
    since: str | None = None
    docs: str | None = None
    default: str | None = None
    values: tuple[tuple[str, Prose | None], ...] = ()
    example: str | None = None
    omit_from_examples: bool = False
    description: Prose | None = None
    properties: tuple[Property, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from the properties beside it: the last part of its anchor."""
        return f"{self.name}~{self.variant}" if self.variant else self.name

    @property
    def items(self) -> tuple[str, ...]:
        """The types of the items of an array; empty if any are."""
        return self.item.types if self.item else ()

    @cached_property
    def members(self) -> dict[str, list[Property]]:
        """The members of an object, or of each item of an array, by name; several if it depends on the case."""
        return by_name(self.properties)

    @property
    def required_where(self) -> tuple[Condition, ...] | None:
        """The conditions, all of which hold, where a client must send it: none if it always must, None if it never must.

        What the platform supplies or sets, and what is internal, a client need not send.
        """
        if self.read_only or self.supplied or self.internal or not (self.required or self.required_if):
            return None
        return (*self.required_if, *self.applies_if)

    @property
    def accepted_item(self) -> Item:
        """What each accepted value is: of an array, an item of it."""
        own = tuple(name for name in self.types if name != "array")
        if own == self.types:
            return Item(types=self.types, constraints=self.constraints)
        items = self.item or Item(types=("string",))
        return Item(types=(*own, *items.types), constraints=items.constraints)

    @cached_property
    def accepted(self) -> dict[str, Prose | None]:
        """The meanings of the accepted values, by value; empty if any value of its types is accepted."""
        return dict(self.values)


@dataclass(frozen=True)
class PropertyGroup:
    """Properties that belong together; the group of an object's own properties has neither key nor title."""

    key: str | None
    title: Phrase | None
    properties: tuple[Property, ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """The properties that complete one step of a connection: own ones first, then shared groups."""

    name: str
    docs: str | None = None
    description: Prose | None = None
    groups: tuple[PropertyGroup, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def properties(self) -> tuple[Property, ...]:
        """All properties of the step, in the order in which they are shown."""
        return tuple(prop for group in self.groups for prop in group.properties)

    @cached_property
    def members(self) -> dict[str, list[Property]]:
        """The properties by name; several if it depends on the case."""
        return by_name(self.properties)


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a connection; dates are ``YYYY-MM-DD``."""

    version: str
    status: Status = "released"
    released: str | None = None
    deprecated: str | None = None
    closed: str | None = None
    sunset: str | None = None


@dataclass(frozen=True, kw_only=True)
class Connection:
    """One row of the table: what the platform connects to.

    ``type`` and ``object_key`` are None for one that is not available in the API.
    """

    kind: str
    key: str
    name: str
    type: str | None
    object_key: str | None
    version: str | None = None
    category: str | None = None
    docs: str | None = None
    status: Status = "released"
    history: tuple[Version, ...] = ()
    aliases: tuple[str, ...] = ()
    attributes: Attributes = ()
    #: The path of its data file.
    file: str = field(default="", repr=False, compare=False)

    @property
    def anchor(self) -> str:
        """The id of the connection's row; other sites link to it."""
        return f"connection-{self.kind}-{self.key}"

    @property
    def closed(self) -> str | None:
        """Since when its version is closed to new connections."""
        return next((version.closed for version in self.history if version.version == self.version), None)


class Row(NamedTuple):
    """A connection and its place in the data."""

    connection: Connection
    place: Place


@dataclass(frozen=True)
class Deprecation:
    """The date of a deprecation, and the type or key to ``use`` instead, with its ``place``."""

    since: str | None
    use: str | None
    place: Place


@dataclass(frozen=True, kw_only=True)
class ConnectionObject:
    """A connection property object: what a client sends as ``properties`` for one type."""

    kind: str
    key: str
    #: The id of the object's section; other sites link to it.
    anchor: str
    name: str
    type: str
    category: str | None = None
    docs: str | None = None
    action: Phrase | None = None
    description: Prose | None = None
    status: Status = "released"
    deprecated: Deprecation | None = None
    steps: tuple[Step, ...] = ()
    connections: tuple[Connection, ...] = ()
    #: The paths of its data files: its own, and those of the groups that it lists.
    files: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def digest(self) -> str:
        """Changes with anything in the object; see :mod:`.digest`."""
        return digest(self)

    def step_anchor(self, step: str) -> str:
        """The id of a step; its example's ends in ``-example-usage``."""
        return f"{self.anchor}-{step}"

    @property
    def property_paths(self) -> Iterator[tuple[str, ...]]:
        """The path of every property, nested ones too: its step, the keys of its parents, and its key."""
        return (path for path, _prop in self.properties_by_path)

    @property
    def properties_by_path(self) -> Iterator[tuple[tuple[str, ...], Property]]:
        """Every property, nested ones too, behind its path; see :attr:`property_paths`."""
        for step in self.steps:
            yield from _by_path(step.properties, (step.name,))

    def choices_anchor(self, step: str) -> str:
        """The id of the choices of a step."""
        return f"{self.step_anchor(step)}-choices"

    def property_anchor(self, step: str, path: tuple[str, ...]) -> str:
        """The id of a property, nested ones by the names of their parents."""
        return ".".join((self.anchor, step, *path))


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All connections and objects, each sorted by name, kind and key.

    ``problems`` are those of the data, ``lint`` are the lint warnings that are not suppressed.
    """

    api: Api
    objects: tuple[ConnectionObject, ...] = ()
    connections: tuple[Connection, ...] = ()
    problems: tuple[Problem, ...] = ()
    lint: tuple[Problem, ...] = ()
    _by_name: dict[str, list[ConnectionObject]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _rows: dict[str, list[Connection]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for obj in self.objects:
            self._by_name.setdefault(obj.key, []).append(obj)
        for obj in reversed(self.objects):  # of two with one type, the first is used
            self._by_name[obj.type] = [obj]
        for obj in self.objects:  # no type takes the name that an object surely has
            self._by_name[f"{obj.kind}/{obj.key}"] = [obj]
        by_type: dict[str, list[Connection]] = {}
        for row in self.connections:
            for name in dict.fromkeys((f"{row.kind}/{row.key}", row.key)):
                self._rows.setdefault(name, []).append(row)
            if row.type is not None:
                by_type.setdefault(row.type, []).append(row)
        for name, rows in by_type.items():
            # Of several connections with one type, the type names the one that has the key of the object.
            main = [row for row in rows if row.key == row.object_key]
            self._rows.setdefault(name, main if len(main) == 1 else rows)

    def find(self, name: str) -> list[ConnectionObject]:
        """The objects with this type, ``kind/key`` or key: none, one, or two that share a key."""
        return self._by_name.get(name, [])

    @cached_property
    def categories(self) -> list[str]:
        """The categories of its objects and connections, sorted."""
        names = {obj.category for obj in self.objects} | {row.category for row in self.connections}
        return sorted(name for name in names if name)

    @cached_property
    def attribute_values(self) -> dict[str, list[str]]:
        """The values of each attribute: those that ``api.yml`` names, else those that connections have, sorted."""
        used: dict[str, set[str]] = {info.name: set() for info in self.api.attributes}
        for row in self.connections:
            for name, values in row.attributes:
                used[name].update(values)
        return {info.name: [*info.titles] or sorted(used[info.name], key=natural_key) for info in self.api.attributes}

    def find_connections(self, name: str) -> list[Connection]:
        """The connections with this type, ``kind/key`` or key; of a type, its object's own one alone if there is one."""
        return self._rows.get(name, [])

    def names(self) -> list[str]:
        """Every name by which an object can be found."""
        return list(self._by_name)

    def connection_names(self) -> list[str]:
        """Every name by which a connection can be found."""
        return list(self._rows)


def _by_path(properties: Iterable[Property], parents: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Property]]:
    for prop in properties:
        path = (*parents, prop.key)
        yield path, prop
        yield from _by_path(prop.properties, path)


def by_name(properties: Iterable[Property]) -> dict[str, list[Property]]:
    """Properties beside each other by name; several if it depends on the case."""
    named: dict[str, list[Property]] = {}
    for prop in properties:
        named.setdefault(prop.name, []).append(prop)
    return named


def sort_key(named: ConnectionObject | Connection) -> tuple[Any, ...]:
    """The key to sort by name, then by kind and key."""
    return natural_key(named.name), named.kind, named.key
