"""The content of ``api.yml``, as typed records; see :mod:`.records`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .fields import described as _field
from .types import FORBID, Address, AttributeName, Flag, KindName, Prose, StepName, Text, Value


@dataclass(frozen=True, kw_only=True)
class KindRecord:
    """A kind of connections in ``api.yml``: what pages call it, and the folder of its files.

    The texts of ``source`` and ``destination`` can be left out: there are UI strings for these.
    """

    __pydantic_config__ = FORBID

    title: Text | None = _field("The word for one of them, such as `Sink`.", None)
    plural: Text | None = _field("The word for all of them, such as `Sinks`.", None)
    heading: Text | None = _field(
        "The title of an object's section, with `{{ name }}` for the object's name, such as `The {{ name }} sink`.",
        None,
    )
    folder: KindName | None = _field("The folder of their files; the name with an `s` if it is left out.", None)


@dataclass(frozen=True, kw_only=True)
class WordsRecord:
    """What pages call things, in place of the words of this extension."""

    __pydantic_config__ = FORBID

    object: Text | None = _field("One object, in the general index and the search: `connection property object`.", None)
    objects: Text | None = _field("The title of the list of all pages of objects: `Connection property objects`.", None)
    property: Text | None = _field("One property, in the search: `connection property`.", None)
    connection: Text | None = _field("One connection, in the general index and the search: `connection`.", None)
    connections: Text | None = _field("The label of an object's connections in its summary: `Connections`.", None)
    back: Text | None = _field(
        "The link from an object to the availability table: `Back to connection property object search`.", None
    )
    search: Text | None = _field("The label of the search box: `Search for a connection`.", None)
    placeholder: Text | None = _field(
        "The text in the search box: `Find a destination or source connection`; none if there are other kinds.", None
    )
    count: Text | None = _field(
        "How many rows there are, with `{{ shown }}` and `{{ all }}`: `{{ shown }} of {{ all }} connections shown`.",
        None,
    )
    column_name: Text | None = _field("The title of the column `name`: `Name`.", None)
    column_kind: Text | None = _field("The title of the column `kind`: `Kind`.", None)
    column_object: Text | None = _field("The title of the column `object`: `Type`.", None)
    sentence: Text | None = _field(
        "`{{ name }} connections {{ action }}. Their {{ type }} is {{ value }}.`, which stands first in the section of "
        "an object that has an `action`.",
        None,
    )
    type_sentence: Text | None = _field(
        "`The {{ type }} of {{ name }} connections is {{ value }}.`, which stands first in the section of another object.",
        None,
    )
    closed: Text | None = _field(
        "In a row and in the history, since when a version is closed: `closed to new connections since {{ date }}`.",
        None,
    )
    version: Value | None = _field("What stands before a version that begins with a digit: `v`.", None)


@dataclass(frozen=True, kw_only=True)
class AttributeRecord:
    """A fact of connections that the platform defines itself, such as the plan that a connection needs."""

    __pydantic_config__ = FORBID

    title: Text = _field("What pages call it.")
    values: tuple[Text, ...] | dict[Text, Text] = _field(
        "The values that it can have, with the title of each if this is another one; any if they are left out.", ()
    )
    column: Flag = _field("Tables have a column for it, unless `:columns:` says which ones they have.", "false")
    filter: Flag = _field("Tables can be filtered by it.", "false")
    badge: Flag = _field("Its values stand behind the names of connections.", "false")


@dataclass(frozen=True, kw_only=True)
class EndpointRecord:
    """Method and path of one action on a resource."""

    __pydantic_config__ = FORBID

    title: Text = _field("What the endpoint does.")
    method: Text = _field("The HTTP method.")
    path: Text = _field("The path.")
    kind: Text | None = _field("The name of a kind: what `:kind:` of `connection-table` selects.", None)
    docs: Address | None = _field("The documentation of the endpoint.", None)
    body: dict[Text, Value] | None = _field(
        "The members of a request's body; without it, the properties alone are the body.", None
    )


@dataclass(frozen=True, kw_only=True)
class StepInfoRecord:
    """A step in ``api.yml``: its title, sentence and endpoint, and whether it is required.

    ``endpoint`` is the name of an endpoint, or one for each kind.
    """

    __pydantic_config__ = FORBID

    title: Text = _field("The title of the step's section.")
    sentence: Prose | None = _field(
        "What the step is for. The list of an object's steps has its first paragraph, the section of a step all of it; that of "
        "the first step has the further paragraphs alone, unless the API has no other step.",
        None,
    )
    endpoint: Text | dict[Text, Text] | None = _field(
        "The name of the endpoint that takes the properties, or one for each kind. An endpoint with a `kind` is used for "
        "this kind alone.",
        None,
    )
    required: Flag = _field("`true` if it is left out; `false` shows the step as optional.", "true")


@dataclass(frozen=True, kw_only=True)
class UnavailableRecord:
    """The word for a connection that is not available in the API, and its tip."""

    __pydantic_config__ = FORBID

    label: Text | None = _field("The word in place of a link; “Unsupported” if it is left out.", None)
    tip: Text | None = _field("The reason, shown with the word.", None)


@dataclass(frozen=True, kw_only=True)
class RequestsRecord:
    """What a request needs besides an endpoint and a body."""

    __pydantic_config__ = FORBID

    url: Address = _field("The address that the paths of the endpoints are added to.")
    token: Text = _field("The environment variable from which the examples read the secret.")
    headers: dict[Text, Value] = _field("The headers that each request has, by name.", factory=dict)


@dataclass(frozen=True, kw_only=True)
class ApiRecord:
    """``data/api.yml``: what all connections of the platform have in common."""

    __pydantic_config__ = FORBID

    name: Text = _field("The name of the API.")
    kinds: dict[KindName, KindRecord] = _field(
        "The kinds of connections, by name, in the order in which pages show them; `source` and `destination` if it is "
        "left out.",
        factory=dict,
    )
    words: WordsRecord = _field(
        "What pages call things; what is left out is called as the extension does.", factory=WordsRecord
    )
    anchors: Text | None = _field(
        "The anchors of objects, with `{{ kind }}` and `{{ key }}`, such as `connector-{{ kind }}-{{ key }}-settings`; "
        "`{{ kind }}-form-properties-{{ key }}-object` if it is left out.",
        None,
    )
    property_order: Literal["required-first", "as-written"] = _field(
        "How tables order properties: required ones first, then by name, or as the files do.", "required-first"
    )
    steps: dict[StepName, StepInfoRecord] = _field("What completes a connection, by name, in this order.")
    endpoints: dict[Text, EndpointRecord] = _field(
        "The endpoints that take connection property objects, by name.", factory=dict
    )
    requests: RequestsRecord | None = _field("How to send a request; without it, examples show its body alone.", None)
    unavailable: UnavailableRecord = _field(
        "The word for connections that the API does not have.", factory=UnavailableRecord
    )
    categories: dict[Text, Text] = _field(
        "The titles of categories, by their names; else the name is shown.", factory=dict
    )
    attributes: dict[AttributeName, AttributeRecord] = _field(
        "Facts of connections that the platform defines itself, by name, in the order in which pages show them.",
        factory=dict,
    )
    empty: Prose | None = _field("The closing row of the availability table; without it there is none.", None)
