"""Lint warnings of properties: what is valid and probably not meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..formats import FORMATS
from ..keys import ENTRIES
from ..problems import Problem, Subtype, listing
from .values import as_json, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import Property
    from ..reading.data_file import KeyPath, Located

#: Names of secrets, by their last word: ``token_url`` is not one.
_SECRET = re.compile(
    r"(^|[_-])(password|passwd|pwd|passphrase|secret|token|credentials?|jwt"
    r"|(access|account|api|app|auth|encryption|private|rsa|secret|signing|ssh|ssl)[_-]?key)\Z"
)

#: The position where a word begins within a name such as ``apiKey``.
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

#: The formats of JSON Schema by their letters and digits, and what else they are called.
_FORMATS = {re.sub(r"\W", "", name): name for name in FORMATS} | {"timestamp": "date-time", "url": "uri"}

#: The types that have each of these fields.
_TYPES_OF = {"items": {"array"}, "properties": {"array", "object"}, "entries": {"array", "object"}}


@lru_cache(maxsize=1_000)  # most names are those of many objects
def is_name_of_secret(name: str) -> bool:
    """Whether a property with this name is probably a secret."""
    return _SECRET.search(_WORD_START.sub("_", name).lower()) is not None


def doubts(prop: Property, draft: Mapping[str, Located]) -> Iterator[Problem]:
    """The lint warnings of a property; ``draft`` are the fields that the data files set."""
    place = draft["name"].place
    if prop.description is None:
        label = "members with free names have" if prop.name == ENTRIES else f"the property “{prop.name}” has"
        message = f"{label} no description; say what it does"
        yield Problem(place, Subtype.UNDESCRIBED_PROPERTY, message, prop.name)
    if "secret" not in draft and "string" in prop.types and is_name_of_secret(prop.name):
        message = f"“{prop.name}” is the name of a secret; write “secret: true”, or “secret: false” if it is not one"
        yield Problem(place, Subtype.UNMARKED_SECRET, message, prop.name)
    for field, types in _TYPES_OF.items():
        if field in draft and types.isdisjoint(prop.types):
            message = f"“{field}” of “{prop.name}” has no effect: only the type {listing(sorted(types), 'or')} has it"
            yield Problem(draft[field].key_place, Subtype.UNUSED_FIELD, message, prop.name)
    constraints = prop.constraints
    unknown = constraints.format is not None and constraints.format not in FORMATS
    if unknown and (meant := _FORMATS.get(re.sub(r"[\W_]", "", str(constraints.format)).lower())):
        message = f"“{constraints.format}” of “{prop.name}” is not a format of JSON Schema; did you mean “{meant}”?"
        yield Problem(draft["format"].place, Subtype.DOUBTFUL_TEXT, message, prop.name)
    if (constraints.pattern or unknown) and not {"example", "default", "values"} & draft.keys():
        message = f"“{prop.name}” has a {'pattern' if constraints.pattern else 'format'} and no “example” that has it"
        yield Problem(place, Subtype.MISSING_EXAMPLE, message, prop.name)


def doubts_of_example(value: Any, prop: Property, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """What an example that has the right types lacks, or has beside the accepted values, with the path of each fault.

    The values at the top are checked already.
    """
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from doubts_of_example(item, prop, (*path, index))
    if not isinstance(value, dict):
        return
    for name, members in prop.members.items():
        member = members[0]
        if name not in value:
            if member.required and not (member.read_only or member.supplied or member.internal or member.applies_if):
                yield path, f"lacks “{name}”, which is required"
            continue
        items = value[name] if isinstance(value[name], list) else [value[name]]
        accepted = {text for each in members for text in each.accepted}
        wrong = [
            item for item in items if accepted and (item if isinstance(item, str) else as_json(item)) not in accepted
        ]
        if wrong:
            message = f"has {shown(wrong[0])} as “{name}”, which accepts {listing(sorted(accepted), 'or')}"
            yield (*path, name), message
        yield from doubts_of_example(value[name], member, (*path, name))
