"""What stands in the data files, as typed records.

These classes are the data format: the validation of :mod:`.schema` comes from them.  Every scalar is text
here (see :mod:`.read`); ``None`` means that a field is not stated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Flag = Literal["true", "false"]
Kind = Literal["source", "destination"]
Advice = Literal["unused-group", "undescribed-property", "unmarked-secret"]
Status = Literal["released", "beta", "deprecated", "sunset"]
TypeName = Literal["string", "integer", "number", "boolean", "array", "object"]

#: Unknown keys are problems; pydantic reads this, and this module need not import it.
_FORBID = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyRecord:
    """One property of an object, a group or a step, or the fields that it changes of a group's."""

    __pydantic_config__ = _FORBID

    name: str
    type: TypeName | tuple[TypeName, ...] | None = None
    items: TypeName | tuple[TypeName, ...] | None = None
    required: Flag | None = None
    secret: Flag | None = None
    read_only: Flag | None = None
    internal: Flag | None = None
    deprecated: Flag | None = None
    since: str | None = None
    default: Any = None
    values: tuple[str, ...] | dict[str, str | None] | None = None
    example: Any = None
    description: str | None = None
    properties: tuple[PropertyRecord, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRecord:
    """A property group, ``data/groups/KEY.yml``."""

    __pydantic_config__ = _FORBID

    title: str
    properties: tuple[PropertyRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """The properties that complete one further step of a connection."""

    __pydantic_config__ = _FORBID

    docs: str | None = None
    description: str | None = None
    groups: tuple[str, ...] = ()
    omit: tuple[str, ...] = ()
    properties: tuple[PropertyRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRecord:
    """One version of a connection with its dates, as ``YYYY-MM-DD``."""

    __pydantic_config__ = _FORBID

    version: str
    status: Status = "released"
    released: str | None = None
    deprecated: str | None = None
    closed: str | None = None
    sunset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionRecord:
    """One of several connections to an object; what is not stated is the file's."""

    __pydantic_config__ = _FORBID

    key: str
    name: str
    version: str | None = None
    category: str | None = None
    docs: str | None = None
    status: Status | None = None
    history: tuple[VersionRecord, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeprecationRecord:
    """Since when something is deprecated, and the type or key to use instead."""

    __pydantic_config__ = _FORBID

    since: str | None = None
    use: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRecord:
    """An object file, ``data/sources/…/KEY.yml`` or ``data/destinations/…/KEY.yml``.

    ``steps`` is not a key of the file: it gathers the keys that ``api.yml`` names as further steps.
    """

    __pydantic_config__ = _FORBID

    name: str
    type: str | None
    category: str | None = None
    version: str | None = None
    docs: str | None = None
    action: str | None = None
    description: str | None = None
    status: Status | None = None
    deprecated: DeprecationRecord | None = None
    history: tuple[VersionRecord, ...] = ()
    connections: tuple[ConnectionRecord, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    omit: tuple[str, ...] = ()
    properties: tuple[PropertyRecord, ...] = ()
    steps: dict[str, StepRecord] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRecord:
    """Method and path of one action on a resource."""

    __pydantic_config__ = _FORBID

    title: str
    method: str
    path: str
    kind: Kind | None = None
    docs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInfoRecord:
    """What ``api.yml`` says of a step: its title, its sentence, its endpoint, and whether it is needed.

    ``endpoint`` is the name of an endpoint, or one for each kind.
    """

    __pydantic_config__ = _FORBID

    title: str
    sentence: str | None = None
    endpoint: str | dict[Kind, str] | None = None
    required: Flag = "true"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnavailableRecord:
    """The word for a connection that is not available in the API, and its tip."""

    __pydantic_config__ = _FORBID

    label: str | None = None
    tip: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRecord:
    """``data/api.yml``: what all connections of the platform have in common."""

    __pydantic_config__ = _FORBID

    name: str
    steps: dict[str, StepInfoRecord]
    endpoints: dict[str, EndpointRecord] = field(default_factory=dict)
    unavailable: UnavailableRecord = field(default_factory=UnavailableRecord)
    empty: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceRecord:
    """Advice that ``check`` does not give, and why: all of a subtype, or that of a file or a name."""

    __pydantic_config__ = _FORBID

    subtype: Advice
    reason: str
    file: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRecord:
    """``data/check.yml``: what ``check`` is told of this catalogue."""

    __pydantic_config__ = _FORBID

    silence: tuple[SilenceRecord, ...]
