"""Keys: the permanent names of objects and connections, which are parts of anchors that other sites link to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .anchors import AnchorPattern

#: The name of the property that stands for the members of an object that have free names.
ENTRIES = "*"

#: The characters of a key.
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")

#: The names of attributes, which are parts of addresses, options and classes.
ATTRIBUTE = "[a-z][a-z0-9_]{0,39}"

#: The names of kinds and of their folders.  Without “-”, the anchors ``connection-KIND-KEY`` of two kinds differ; they are
#: parts of the names of pages, too.
KIND = "[a-z0-9]{1,40}"

_LETTER = re.compile(r"[A-Za-z0-9._-]\Z")

#: The length of the longest key of an object: the names of its pages and of Sphinx's files for them are longer, and systems
#: take 255 bytes.
_LONGEST = 200


def fault_of_name(name: str) -> str | None:
    """Why an object or connection cannot have this key, or an endpoint this name; None if it can."""
    if KEY.match(name):
        return None
    wrong = next((letter for letter in name if not _LETTER.match(letter)), None)
    if wrong is not None:
        return f"has “{wrong}” in it; it can have English letters, digits, “-”, “_” and “.”"
    return "is empty" if not name else f"begins with “{name[0]}”; it begins with an English letter or a digit"


def is_kind(name: str) -> bool:
    """Whether a text can name a kind, or its folder."""
    return re.fullmatch(KIND, name) is not None


def is_attribute(name: str) -> bool:
    """Whether a text can name an attribute."""
    return re.fullmatch(ATTRIBUTE, name) is not None


def fault_of_key(key: str, anchors: AnchorPattern) -> str | None:
    """Why an object cannot have this key, as the end of a sentence about the key; None if it can."""
    if fault := fault_of_name(key):
        return fault
    if anchors.is_in(key):
        return f"has “{anchors.ending}” in it, with which the anchors of objects end"
    if len(key) > _LONGEST:
        return f"has more than {_LONGEST} characters, with which it is too long for the name of a page"
    return None
