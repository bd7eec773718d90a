"""Digests of parts of the model, which tell whether a page has to be read or written again."""

from __future__ import annotations

from hashlib import blake2b


def digest(part: object) -> str:
    """A short text that is another one when anything in a part of the model is."""
    return blake2b(repr(part).encode(), digest_size=16).hexdigest()
