"""The words of pages that ``api.yml`` states, with their slots."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

from ..problems import Problem, Subtype, listing
from ..prose import VARIABLE
from ..texts import Phrase
from ..words import SLOTS, StatedWords

if TYPE_CHECKING:
    from ..format.api_records import WordsRecord
    from ..problems import Report
    from ..reading.data_file import DataFile

#: A slot as messages of the extension have it.
_FOREIGN_SLOT = re.compile(r"%\(\w*\)")


def compose_words(record: WordsRecord, file: DataFile, report: Report) -> StatedWords:
    """The words of a record; those with a slot that they do not have are reported and left out."""
    words = {}
    for name in (field.name for field in fields(record)):
        text, slots = getattr(record, name), SLOTS.get(name, ())
        if text is None:
            continue
        found = [slot.strip() for slot in VARIABLE.findall(text)]
        if _FOREIGN_SLOT.search(text) or len(set(found)) < len(found) or not set(found) <= set(slots):
            known = listing([f"{{{{ {slot} }}}}" for slot in slots], "and")
            rule = f"can have {known} in it, once each, and no other slot" if slots else "has no slots"
            message = f"“{name}” of “words” {rule}; found “{text}”"
            report(Problem(file.place(("words", name)), Subtype.WRONG_TYPE, message))
        else:
            words[name] = Phrase(text, file.place(("words", name)))
    return StatedWords(**words)
