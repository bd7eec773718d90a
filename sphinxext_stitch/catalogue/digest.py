"""Digests of parts of the model, which tell whether a page has to be read or written again."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import blake2b
from typing import Any

from .texts import Phrase


def digest(part: object) -> str:
    """A short text that is another one when anything in a part of the model is."""
    return blake2b(key_of(part).encode(), digest_size=16).hexdigest()


def key_of(part: object) -> str:
    """A text that is the same for equal parts of the model, and for no others.

    What counts of a class is what is compared: its fields, but for those with ``compare=False``.  Raises
    :class:`TypeError` for what has no such key, as two of it could look alike.
    """
    return json.dumps(part, default=_key, separators=(",", ":"))


def _key(part: Any) -> Any:
    if is_dataclass(part):
        return [
            type(part).__name__,
            *(_with_place(getattr(part, field.name)) for field in fields(part) if field.compare),
        ]
    if isinstance(part, Enum):
        return part.value
    if isinstance(part, (set, frozenset)):
        return sorted(part)
    message = f"{type(part).__name__} has no key for a digest"
    raise TypeError(message)


def _with_place(value: Any) -> Any:
    """The value, a phrase with its place: JSON would take it for the text alone."""
    return [value, value.place] if isinstance(value, Phrase) else value
