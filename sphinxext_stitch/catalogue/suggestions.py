"""Suggestions: the known words that are similar to an unknown one."""

from __future__ import annotations

from bisect import bisect_left
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from .problems import listing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

#: Longer words have no suggestions: to compare two takes time by the product of their lengths.
LONGEST = 100

#: With this number of words at most, an unknown word is compared with all of them.
_FEW = 100

#: Of more words, it is compared with this number before and after it in the order of the alphabet.
_NEIGHBOURS = 10


class Vocabulary:
    """Known words; they are sorted at the first suggestion, so that each takes the same time however many words there are.

    Of many words, only those are compared with an unknown one that have nearly the same beginning or ending.
    """

    def __init__(self, words: Collection[str]) -> None:
        self._words = words

    def suggestion(self, word: str) -> str:
        """What to write instead of ``word``: the nearest known words, else all of them if there are at most 12.

        Returns the end of a message, which begins with ``; ``, or an empty string.
        """
        if near := self.nearest(word):
            return near
        return f"; known: {listing(self._all, 'and')}" if 0 < len(self._all) <= 12 else ""

    def nearest(self, word: str) -> str:
        """The known words that are similar to ``word``, as the end of a message; empty if there are none."""
        if len(word) > LONGEST:
            return ""
        near = get_close_matches(word, [*dict.fromkeys(self._candidates(word))], n=3, cutoff=0.6)
        return f"; did you mean {listing(near, 'or')}?" if near else ""

    @cached_property
    def _all(self) -> list[str]:
        return sorted(set(self._words))

    @cached_property
    def _short(self) -> list[str]:
        return [word for word in self._all if len(word) <= LONGEST]

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted(word[::-1] for word in self._short)

    def _candidates(self, word: str) -> Iterator[str]:
        if len(self._short) <= _FEW:
            yield from self._short
        else:
            yield from _around(self._short, word)
            yield from (other[::-1] for other in _around(self._reversed, word[::-1]))


def _around(words: Sequence[str], word: str) -> Sequence[str]:
    """The neighbours that a word has, or would have, among sorted words."""
    index = bisect_left(words, word)
    return words[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS]


def suggestion(word: str, known: Collection[str]) -> str:
    """The suggestion of a vocabulary that is used once; see :meth:`Vocabulary.suggestion`."""
    return Vocabulary(known).suggestion(word)


def nearest(word: str, known: Collection[str]) -> str:
    """The nearest words of a vocabulary that is used once; see :meth:`Vocabulary.nearest`."""
    return Vocabulary(known).nearest(word)
