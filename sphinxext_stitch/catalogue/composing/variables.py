"""Substitution of an object's variables in the texts of the data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..problems import Problem, Subtype
from ..prose import ESCAPED, VARIABLE
from ..suggestions import Vocabulary
from ..texts import Prose

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping

    from ..problems import Fold, Place, Report


class Variables:
    """The variables that texts of the object ``owner`` can name, as in ``{{ name }}``, with their ``values``.

    A text that becomes longer than ``limit`` characters is reported and left out.  ``used`` are the names in the texts
    so far.
    """

    def __init__(self, values: Mapping[str, str], owner: str, limit: int, report: Report) -> None:
        self.values = values
        self.vocabulary = Vocabulary(values)
        self.owner = owner
        self.limit = limit
        self.report = report
        self.used: set[str] = set()

    def prose(self, text: str | None, place: Place) -> Prose | None:
        """The prose of a text that begins at a place; None if it is missing or blank."""
        if text is None or not text.strip():
            return None
        text = text.rstrip("\n")
        filled = self.fill(text, place)
        if not filled:
            return None
        if filled == text:
            return Prose(text, place)
        place = replace(place, folds=tuple(self.moved(text, place.folds)))
        return Prose(filled, place, text, tuple(self.values.items()))

    def moved(self, text: str, folds: Iterable[Fold]) -> Iterator[Fold]:
        """The folds of a text after its variables are filled in."""
        matches = VARIABLE.finditer(text)
        match = next(matches, None)
        longer = 0
        for offset, line, column in folds:
            while match and match.end() <= offset:
                longer += len(self.values.get(match[1].strip(), match[0])) - len(match[0])
                match = next(matches, None)
            yield offset + longer, line, column

    def fill(self, value: Any, place: Place) -> Any:
        """Fill in the ``{{ name }}`` of a text, or of every text in a list or mapping."""
        if isinstance(value, list):
            return [self.fill(item, place) for item in value]
        if isinstance(value, dict):
            return {key: self.fill(item, place) for key, item in value.items()}
        if not isinstance(value, str) or "{{" not in value:
            return value
        names = [match[1].strip() for match in VARIABLE.finditer(value)]
        self.used.update(names)
        if len(value) + sum(len(self.values.get(name, "")) for name in names) > self.limit:
            message = (
                f"with its variables filled in, the text has more than {self.limit:,} characters (stitch_max_text)"
            )
            self.report(Problem(place, Subtype.LIMIT, message))
            return ""
        filled: str = VARIABLE.sub(lambda match: self.value(match, place), value)
        return filled.replace(ESCAPED, "{{")

    def has_unknown(self, value: Any) -> bool:
        """Whether a text in a value names a variable that the object does not set."""
        if isinstance(value, (list, dict)):
            return any(map(self.has_unknown, value.values() if isinstance(value, dict) else value))
        return isinstance(value, str) and any(match[1].strip() not in self.values for match in VARIABLE.finditer(value))

    def value(self, match: re.Match[str], place: Place) -> str:
        """The value of the variable that a substitution names; an unknown one is reported and stays as it is written."""
        name = match[1].strip()
        if name in self.values:
            return self.values[name]
        message = f"“{name}” is not a variable of {self.owner}{self.vocabulary.suggestion(name)}"
        self.report(Problem(place.within(match.string, match.start()), Subtype.UNKNOWN_VARIABLE, message))
        return str(match[0])
