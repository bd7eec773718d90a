"""Texts of a catalogue with their places: phrases without markup, and prose."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from .problems import Place


def to_translate(text: str) -> str:
    """The text itself: imported as ``_``, it marks a UI string that only pages translate."""
    return text


class Phrase(str):
    """A text without markup, such as a title; ``place`` is its file and line."""

    __slots__ = ("place",)

    place: Place

    def __new__(cls, text: str, place: Place) -> Self:
        phrase = super().__new__(cls, text)
        phrase.place = place
        return phrase

    def __getnewargs__(self) -> tuple[str, Place]:  # type: ignore[override] # str has its text alone
        return str(self), self.place


@dataclass(frozen=True)
class Prose:
    """A text in CommonMark; ``place`` is the file and line where its content begins.

    For a text with substitutions, ``written`` has it without the values of its ``variables``, so that it is translated
    once, and not for each object.  ``translations`` has the translation of each message of the text, None for one
    without translation (see :mod:`.messages`).
    """

    text: str
    place: Place
    written: str | None = None
    variables: tuple[tuple[str, str], ...] = ()
    translations: tuple[str | None, ...] = ()

    def place_of_line(self, line: int) -> Place:
        """The place of a line of the text, counted from 0."""
        return self._line_places[line] if self.place.folds else replace(self.place, line=self.place.line + line)

    @cached_property
    def _line_places(self) -> list[Place]:
        starts = [0, *(offset for offset, letter in enumerate(self.text, 1) if letter == "\n")]
        return [self.place.within(self.text, start) for start in starts]


def plain_name(name: str) -> str:
    """A name in lower case and without accents, for comparing and sorting."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
