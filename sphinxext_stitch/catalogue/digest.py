"""Digests of parts of the model, which show whether a page has to be read or written again."""

from __future__ import annotations

import json
import os
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from hashlib import blake2b
from typing import Any

from .problems import Place
from .texts import Phrase


def digest(part: object) -> str:
    """A digest of a part of the model, 32 hexadecimal digits: equal parts have the same, other parts another one."""
    return blake2b(key_of(part).encode(), digest_size=16).hexdigest()


def key_of(part: object) -> str:
    """A text that is the same for equal parts of the model, and for no others.

    Dataclasses are compared by their fields, except those with ``compare=False``; of a place the end of its path counts,
    as the packaged catalogue is elsewhere in another environment.  Raises :class:`TypeError` for any other class: two of
    its instances could have the same text.
    """
    return json.dumps(part, default=_key, separators=(",", ":"))


def _key(part: Any) -> Any:
    if isinstance(part, Place):
        return [end_of(part.path), part.line, part.column, part.folds]
    if is_dataclass(part):
        kind: Any = type(part)
        return [kind.__name__, *[_with_place(getattr(part, name)) for name in _compared(kind)]]
    if isinstance(part, Enum):
        return part.value
    if isinstance(part, (set, frozenset)):
        return sorted(part)
    message = f"{type(part).__name__} has no key for a digest"
    raise TypeError(message)


@cache  # for the classes of the model
def _compared(dataclass: type[Any]) -> tuple[str, ...]:
    """The names of the fields by which instances of a dataclass are compared."""
    return tuple(field.name for field in fields(dataclass) if field.compare)


def end_of(path: str) -> str:
    """The last names of a path, which tell the files of a catalogue apart wherever it is."""
    return "/".join(path.split(os.sep)[-3:])  # noqa: PTH206 - each text has a place, and a path object takes ten times as long


def _with_place(value: Any) -> Any:
    """The value; a phrase with its place, as JSON would have its text only."""
    return [value, value.place] if isinstance(value, Phrase) else value
