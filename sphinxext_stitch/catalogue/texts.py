"""The words of a catalogue, with the places where they stand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from .problems import Place


class Phrase(str):
    """Words without markup, such as a title; ``place`` is the file and line where they stand."""

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

    A text with substitutions is also there as it was ``written``, with what its ``variables`` stand for:
    so it is translated once, and not for each object that fills it in.  ``translations`` has the
    translation of each message of the text, None where there is none (see :mod:`.messages`).
    """

    text: str
    place: Place
    written: str | None = None
    variables: tuple[tuple[str, str], ...] = ()
    translations: tuple[str | None, ...] = ()


def plain_name(name: str) -> str:
    """A name without case and accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
