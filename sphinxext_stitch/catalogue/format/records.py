"""The content of the files of objects, of groups and of ``check.yml``, as typed records.

These classes and those of :mod:`.api_records` define the data format: the validation of :mod:`..reading.validate`, the
JSON Schema of :mod:`.json_schema` and the tables of the manual are made from them.  None means that a field is not given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from ..kinds import Status
from .fields import described as _field
from .types import FORBID, Address, Count, Date, Flag, Label, Number, Prose, Sets, Text, Types, Value

LintSubtype = Literal[
    "doubtful-date",
    "doubtful-example",
    "doubtful-text",
    "missing-example",
    "undescribed-property",
    "unmarked-secret",
    "unused-category",
    "unused-field",
    "unused-variable",
    "unused-group",
]


@dataclass(frozen=True, kw_only=True)
class PresenceRecord:
    """Whether another property is sent, as a condition."""

    __pydantic_config__ = FORBID

    present: Flag = _field("`true` if the property is sent, `false` if it is not.")


#: Conditions by the name of the property that each is on, all of which must hold.
Conditions = dict[Text, Value | tuple[Value, ...] | PresenceRecord]


@dataclass(frozen=True, kw_only=True)
class ValueRecord:
    """What the value of a property is, or each item of an array."""

    __pydantic_config__ = FORBID

    type: Types | None = _field(
        "The JSON type, or each that the API takes. It may be missing where the property changes one of a group.", None
    )
    items: Types | ValueRecord | None = _field(
        "Of an array: the type of its items, or all that is to be said of one.", None
    )
    title: Text | None = _field("The label that people see in the platform's own forms.", None)
    unit: Text | None = _field("What a number counts, such as `minutes`.", None)
    nullable: Flag | None = _field("The API takes `null`, too.", None)
    minimum: Number | None = _field("The lowest number.", None)
    maximum: Number | None = _field("The highest number.", None)
    exclusive_minimum: Number | None = _field("The number must be higher than this one.", None)
    exclusive_maximum: Number | None = _field("The number must be lower than this one.", None)
    multiple_of: Number | None = _field("The number is a multiple of this one.", None)
    min_length: Count | None = _field("The lowest number of characters.", None)
    max_length: Count | None = _field("The highest number of characters.", None)
    min_items: Count | None = _field("The lowest number of items.", None)
    max_items: Count | None = _field("The highest number of items.", None)
    unique_items: Flag | None = _field("All items differ.", None)
    format: Text | None = _field(
        "A format of JSON Schema, such as `date-time`, `email` or `uri`, or one of the platform's own.", None
    )
    pattern: Text | None = _field("A regular expression that a text matches; it is shown, and never run.", None)
    pattern_description: Text | None = _field("What the pattern stands for; shown in its place.", None)
    values: tuple[Value, ...] | dict[Value, Prose | None] | None = _field(
        "The accepted values, with their meanings.", None
    )
    description: Prose | None = _field("What it does.", None)
    properties: tuple[PropertyRecord, ...] | None = _field(
        "Of an object: its members. Of an array: the members of each of its items.", None
    )
    entries: EntriesRecord | None = _field("Of an object, or each item: the members whose names are free.", None)
    one_of: Sets | None = _field("Of the `properties`: sets of names, of which exactly one is needed.", None)
    any_of: Sets | None = _field("Of the `properties`: sets of names, of which at least one is needed.", None)


@dataclass(frozen=True, kw_only=True)
class EntriesRecord(ValueRecord):
    """What the members of an object are whose names are free, such as those of headers.

    What the value of each is, it says with the fields of :class:`ValueRecord`.
    """

    name: Text | None = _field("What the names stand for, such as `name of a header`.", None)


@dataclass(frozen=True, kw_only=True)
class PropertyDeprecationRecord:
    """Since when a property is deprecated, and which one to use instead."""

    __pydantic_config__ = FORBID

    since: Text | None = _field("Since when: a date or a version.", None)
    use: Text | None = _field("The name of the property to use instead, beside this one.", None)


@dataclass(frozen=True, kw_only=True)
class PropertyRecord(ValueRecord):
    """One property of an object, a group or a step, or the fields that it changes of a group's.

    What its value is, it says with the fields of :class:`ValueRecord`.
    """

    name: Text = _field("The name of the member in the JSON object, without spaces.")
    required: Flag | None = _field("The property is needed to complete the step.", None)
    required_if: Conditions | None = _field(
        "The property is needed if the properties of these names have one of these values.", None
    )
    applies_if: Conditions | None = _field(
        "The property has an effect only then; with `required: true` it is needed then.", None
    )
    secret: Flag | None = _field("The API never returns it.", None)
    read_only: Flag | None = _field("The API sets it; never in an example, shown after the others.", None)
    supplied: Flag | None = _field("The platform supplies it unless the client sends it.", None)
    immutable: Flag | None = _field("It cannot be changed after the connection is created.", None)
    internal: Flag | None = _field("Not for clients to change; shown last.", None)
    advanced: Flag | None = _field("For special cases; shown after the others.", None)
    deprecated: Flag | PropertyDeprecationRecord | None = _field("Not to be used any more.", None)
    since: Text | None = _field("The version that it came with.", None)
    docs: Address | None = _field("The documentation of this property.", None)
    default: Any = _field("What the API takes if the property is not sent.", None)
    example: Any = _field("What the example shows.", None)
    omit_from_examples: Flag | None = _field("Examples do not have it, unless the step needs it.", None)


@dataclass(frozen=True, kw_only=True)
class GroupRecord:
    """A property group, ``data/groups/KEY.yml``."""

    __pydantic_config__ = FORBID

    title: Text = _field("The heading above the properties in the table.")
    properties: tuple[PropertyRecord, ...] = _field("The properties that objects share.")
    one_of: Sets | None = _field("As in the object file.", None)
    any_of: Sets | None = _field("As in the object file.", None)


@dataclass(frozen=True, kw_only=True)
class StepRecord:
    """The properties that complete one further step of a connection."""

    __pydantic_config__ = FORBID

    docs: Address | None = _field("Documentation on how to get these properties.", None)
    description: Prose | None = _field("What a reader must know before them.", None)
    groups: tuple[Text, ...] = _field("As in the object file.", ())
    omit: tuple[Text, ...] = _field("As in the object file.", ())
    properties: tuple[PropertyRecord, ...] = _field("As in the object file.", ())
    one_of: Sets | None = _field("As in the object file.", None)
    any_of: Sets | None = _field("As in the object file.", None)


@dataclass(frozen=True, kw_only=True)
class VersionRecord:
    """One version of a connection with its dates, as ``YYYY-MM-DD``."""

    __pydantic_config__ = FORBID

    version: Text = _field("Its number or name.")
    status: Status = _field("`released` if it is left out; shown if no date implies it.", "released")
    released: Date | None = _field("Available since.", None)
    deprecated: Date | None = _field("Deprecated since.", None)
    closed: Date | None = _field("Closed to new connections since.", None)
    sunset: Date | None = _field("Gone since.", None)


#: The values of attributes, by the name of the attribute.
AttributeValues = dict[Text, Text | tuple[Text, ...]]


@dataclass(frozen=True, kw_only=True)
class ConnectionRecord:
    """One of several connections to an object; a field that is left out is taken from the file."""

    __pydantic_config__ = FORBID

    key: Text = _field("Names the connection; part of the anchor of its row.")
    name: Text = _field("The name that pages show.")
    aliases: tuple[Text, ...] | None = _field("Other names that readers type; the filter and the jump find them.", None)
    version: Text | None = _field("What the table shows behind the name.", None)
    category: Text | None = _field("What `:category:` of the directives selects.", None)
    docs: Address | None = _field("The documentation of the connection.", None)
    status: Status | None = _field("The state of the connection.", None)
    attributes: AttributeValues = _field("As in the file; only what differs.", factory=dict)
    history: tuple[VersionRecord, ...] | None = _field("All versions, with dates.", None)


@dataclass(frozen=True, kw_only=True)
class DeprecationRecord:
    """Since when something is deprecated, and the type or key to use instead."""

    __pydantic_config__ = FORBID

    since: Date | None = _field("Since when.", None)
    use: Text | None = _field("Type, kind and key, or key of the object to use instead.", None)


@dataclass(frozen=True, kw_only=True)
class ObjectRecord:
    """An object file, such as ``data/sources/…/KEY.yml``.

    ``steps`` is not a key of the file: it gathers the keys that ``api.yml`` names as further steps.
    """

    __pydantic_config__ = FORBID

    name: Text = _field("The name that pages show.")
    type: Text | None = _field("The API's name for the connection; `null` if the API does not have it.")
    aliases: tuple[Text, ...] = _field("Other names that readers type; the filter and the jump find them.", ())
    category: Text | None = _field("What `:category:` of the directives selects.", None)
    version: Text | None = _field("What the table shows behind the name.", None)
    docs: Address | None = _field("The documentation of the connection.", None)
    action: Text | None = _field("Completes the sentence “NAME connections …”.", None)
    description: Prose | None = _field("What a reader must know before the properties.", None)
    status: Status | None = _field("`released` if it is left out, `deprecated` if there is `deprecated`.", None)
    deprecated: DeprecationRecord | None = _field("Since when, and what to use instead.", None)
    attributes: AttributeValues = _field(
        "What the connection has of the attributes that `api.yml` names: a value or several of each.", factory=dict
    )
    history: tuple[VersionRecord, ...] = _field("All versions, with dates, in the order in which they are shown.", ())
    connections: tuple[ConnectionRecord, ...] = _field(
        "The connections to this object; without it, the file is its own connection.", ()
    )
    variables: dict[Text, Prose] = _field("The texts that replace `{{ name }}`, by name.", factory=dict)
    groups: tuple[Text, ...] = _field(
        "The keys of the object's property groups, in the order in which they are shown.", ()
    )
    omit: tuple[Text, ...] = _field("The names of properties of these groups that the object does not have.", ())
    properties: tuple[PropertyRecord, ...] = _field("The object's own properties.", ())
    one_of: Sets | None = _field("Sets of names of properties; exactly one of them is needed.", None)
    any_of: Sets | None = _field("Sets of names of properties; at least one of them is needed.", None)
    steps: dict[str, StepRecord] = field(default_factory=dict)

    @property
    def all_groups(self) -> list[str]:
        """The keys of the groups that the object and its further steps list."""
        return [*self.groups, *(key for step in self.steps.values() for key in step.groups)]


@dataclass(frozen=True, kw_only=True)
class SuppressionRecord:
    """Lint warnings that ``check`` does not print, and why: all of a subtype, or those of a file or a name."""

    __pydantic_config__ = FORBID

    subtype: LintSubtype = _field("The subtype of the warnings.")
    reason: Label = _field("Why the data are right as they are.")
    file: Text | None = _field("The data file, relative to the folder of the catalogue; `*` stands for anything.", None)
    name: Text | None = _field("The property or the group.", None)


@dataclass(frozen=True, kw_only=True)
class CheckRecord:
    """``data/check.yml``: the settings of ``check`` for this catalogue."""

    __pydantic_config__ = FORBID

    silence: tuple[SuppressionRecord, ...] = _field("The lint warnings that `check` does not print.")
