"""The pattern of the anchors of objects, which other sites link to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KIND, _KEY = r"\{\{ *kind *\}\}", r"\{\{ *key *\}\}"

#: Words with “-” between; two of them are the slots, and others are the first and the last one.  Kinds have no “-”, so
#: no two kinds and keys have the same anchor.
_PATTERN = re.compile(rf"\w+-(?:\w+-)*(?:{_KIND}-(?:\w+-)*{_KEY}|{_KEY}-(?:\w+-)*{_KIND})(?:-\w+)*(-\w+)", re.ASCII)

#: Words with which anchors of something else begin: ``connection-KIND-KEY``, ``endpoint-NAME``, and Sphinx's ``index-0``.
RESERVED = ("connection", "endpoint", "index")


@dataclass(frozen=True)
class AnchorPattern:
    """A pattern with ``{kind}`` and ``{key}``; ``ending`` is its last word, with the “-” before."""

    template: str
    ending: str

    def anchor(self, kind: str, key: str) -> str:
        """The anchor of an object."""
        return self.template.format(kind=kind, key=key)

    def is_in(self, key: str) -> bool:
        """Whether a key has the ending in it, with which the anchor of a step could be that of another object."""
        return re.search(rf"{re.escape(self.ending)}(?!\w)", key, re.ASCII) is not None


#: The pattern of a catalogue that states none.
DEFAULT_ANCHORS = AnchorPattern("{kind}-form-properties-{key}-object", "-object")


def parse_anchors(text: str) -> AnchorPattern | None:
    """The pattern that a text with ``{{ kind }}`` and ``{{ key }}`` describes; None if it is not a valid one."""
    match = _PATTERN.fullmatch(text)
    template = re.sub(_KIND, "{kind}", re.sub(_KEY, "{key}", text))
    if match is None or template.partition("-")[0] in RESERVED:
        return DEFAULT_ANCHORS if template == DEFAULT_ANCHORS.template else None
    return AnchorPattern(template, match[1])
