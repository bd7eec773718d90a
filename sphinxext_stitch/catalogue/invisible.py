"""Invisible characters: they can hide a part of a text, or change its direction."""

from __future__ import annotations

import re
import unicodedata

#: Control characters, marks and overrides of direction, characters without width or a glyph of their own (such as the
#: soft hyphen and the fillers of Hangul), Unicode's invisible tags, and what is never a character.
#: Joiners stay between the letters of scripts that need them, and in emoji.
HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    r"|[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffe\uffff]"
    r"|[\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    r"|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)


def visible(text: str) -> str:
    """The text without invisible characters."""
    return HIDDEN.sub("", text)


def named(character: str) -> str:
    """The code point and the name of a character, as in ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"


def one_line(text: str) -> str:
    """The text with line breaks and all that is not printable escaped, so that it cannot imitate another message."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in text
    )
