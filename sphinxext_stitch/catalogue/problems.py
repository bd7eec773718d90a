"""Problems of the data: what is wrong, and where."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..warnings import Subtype


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file; ``line`` and ``column`` count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the data, in words for the person who mends it.

    ``subject`` is the name of the property or group that advice is about.
    """

    place: Place
    subtype: Subtype
    message: str
    subject: str = ""


if TYPE_CHECKING:
    #: What takes a problem that was found.
    Report = Callable[[Problem], None]


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to write instead of ``word``: the nearest known words, else all of them if they are few.

    Returns a half-sentence that begins with ``; ``, or nothing when there is nothing to say.
    """
    words = sorted(set(known))
    if near := nearest(word, words):
        return near
    if 0 < len(words) <= 12:
        return f"; known: {listing(words, 'and')}"
    return ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known words that are nearest to ``word``, as :func:`suggestion` says it; nothing if none is near."""
    near = get_close_matches(word, sorted(set(known)), n=3, cutoff=0.6)
    return f"; did you mean {listing(near, 'or')}?" if near else ""


def listing(words: Iterable[str], conjunction: str) -> str:
    """The words in quotes, as in ``“a”, “b” or “c”``."""
    quoted = [f"“{word}”" for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {conjunction} {quoted[-1]}"
