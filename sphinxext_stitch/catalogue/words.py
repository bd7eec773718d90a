"""The words of pages that ``api.yml`` can state in place of UI strings, and the slots that they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .texts import Phrase


@dataclass(frozen=True, kw_only=True)
class StatedWords:
    """The words that a catalogue states; for one that is None there is a UI string.

    The fields are those of :class:`.format.api_records.WordsRecord`, which says where pages show each.
    """

    object: Phrase | None = None
    objects: Phrase | None = None
    property: Phrase | None = None
    connection: Phrase | None = None
    connections: Phrase | None = None
    back: Phrase | None = None
    search: Phrase | None = None
    placeholder: Phrase | None = None
    count: Phrase | None = None
    column_name: Phrase | None = None
    column_kind: Phrase | None = None
    column_object: Phrase | None = None
    sentence: Phrase | None = None
    type_sentence: Phrase | None = None
    closed: Phrase | None = None
    version: Phrase | None = None


#: The words of a catalogue that states none.
NO_WORDS = StatedWords()

#: The slots that words can have: ``{{ name }}`` for each name, once.
SLOTS = {
    "count": ("shown", "all"),
    "sentence": ("name", "action", "type", "value"),
    "type_sentence": ("name", "type", "value"),
    "closed": ("date",),
}
