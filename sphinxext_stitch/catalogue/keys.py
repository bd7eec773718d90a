"""Keys name objects and connections for ever: they are parts of anchors, to which other sites link."""

from __future__ import annotations

import re

#: The characters of a key.
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")

#: What ends the key in an object's anchor: with it in a key, the step of one object could have the anchor of another.
_NOT_IN_OBJECT_KEYS = re.compile(r"-object(?![A-Za-z0-9_])")


def fault_of_key(key: str) -> str | None:
    """Why an object cannot have this key, as the end of a sentence; None if it can."""
    if not KEY.match(key):
        return "can have letters, digits, “-”, “_” and “.” only"
    if _NOT_IN_OBJECT_KEYS.search(key):
        return "has “-object” in it, with which the anchors of objects end"
    return None
