"""Chapters of a reference with a page for each object, by kind, category and first letters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ..digest import digest
from ..texts import plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..model import Catalogue, ConnectionObject

#: A chapter with more objects than this is divided further.  Sphinx writes the list of its pages on each of
#: them, so the longer the list, the slower and larger they all are.
LARGE = 120

#: By how many first letters objects are divided at most.  A page has the letters in its name, and each is a level deeper.
_LETTERS = 3

#: How much of a category is in the name of a page; systems take names of 255 bytes at most.
_SLUG = 40


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """Objects that belong together; ``kind``, ``category`` and ``letters`` are what they share.

    ``name`` is unique among all chapters, and empty for the whole reference.  A chapter has either further ``chapters``
    or ``objects``.  The ``category`` or ``letters`` are empty for objects without category, or with a name that does
    not begin with a letter.
    """

    name: str
    kind: str | None = None
    category: str | None = None
    letters: str | None = None
    chapters: tuple[Chapter, ...] = ()
    objects: tuple[ConnectionObject, ...] = ()

    @property
    def digest(self) -> str:
        """A digest of what the page of the chapter shows: the names of its objects, and the titles of its chapters."""
        objects = [(obj.kind, obj.key, obj.name) for obj in self.objects]
        parts = [(part.name, part.kind, part.category, part.letters) for part in self.chapters]
        return digest((self.name, self.kind, self.category, self.letters, parts, objects))


#: The chapters of each catalogue, which are computed once.
_CHAPTERS: WeakKeyDictionary[Catalogue, dict[str, Chapter]] = WeakKeyDictionary()


def chapters(catalogue: Catalogue) -> dict[str, Chapter]:
    """The chapters of a catalogue by their names; a chapter with more than :data:`LARGE` objects is divided."""
    if catalogue not in _CHAPTERS:
        _CHAPTERS[catalogue] = {chapter.name: chapter for chapter in _walk(_Divider().whole(catalogue))}
    return _CHAPTERS[catalogue]


def _walk(chapter: Chapter) -> Iterator[Chapter]:
    yield chapter
    for part in chapter.chapters:
        yield from _walk(part)


class _Divider:
    """Makes chapters, each with a name of its own."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def whole(self, catalogue: Catalogue) -> Chapter:
        kinds = ((kind, [obj for obj in catalogue.objects if obj.kind == kind]) for kind in catalogue.api.kind_names)
        return Chapter(name="", chapters=tuple(self.of_kind(kind, objects) for kind, objects in kinds if objects))

    def of_kind(self, kind: str, objects: list[ConnectionObject]) -> Chapter:
        name = self.name(kind)
        if len(objects) <= LARGE:
            return Chapter(name=name, kind=kind, objects=tuple(objects))
        groups = _grouped(objects, lambda obj: obj.category or "")
        if len(groups) == 1:
            return self.of_category(kind, None, name, objects)
        chapters = (
            self.of_category(kind, category, self.name(f"{kind}-{_slug(category)}"), groups[category])
            for category in sorted(groups, key=lambda category: (not category, category))
        )
        return Chapter(name=name, kind=kind, chapters=tuple(chapters))

    def of_category(self, kind: str, category: str | None, name: str, objects: list[ConnectionObject]) -> Chapter:
        if len(objects) <= LARGE:
            return Chapter(name=name, kind=kind, category=category, objects=tuple(objects))
        whole = Chapter(name=name, kind=kind, category=category)
        groups = _grouped(objects, lambda obj: _beginning(obj, 1))
        chapters = (
            self.of_letters(whole, letters, f"{name}-{letters or '0-9'}", groups[letters]) for letters in sorted(groups)
        )
        return replace(whole, chapters=tuple(chapters))

    def of_letters(self, whole: Chapter, letters: str, name: str, objects: list[ConnectionObject]) -> Chapter:
        """The chapter of objects whose names begin with ``letters``, divided by one more letter if there are too many."""
        chapter = replace(whole, name=self.name(name), letters=letters)
        groups = _grouped(objects, lambda obj: _beginning(obj, len(letters) + 1))
        if len(objects) <= LARGE or len(groups) == 1 or not 0 < len(letters) < _LETTERS:
            return replace(chapter, objects=tuple(objects))
        chapters = (
            self.of_letters(whole, more or f"{letters}…", f"{name}{more[len(letters) :] or '-other'}", groups[more])
            for more in sorted(groups)
        )
        return replace(chapter, chapters=tuple(chapters))

    def name(self, wanted: str) -> str:
        """The wanted name, with a number if another chapter has it."""
        numbered = (f"{wanted}-{number}" for number in count(2))
        free = wanted if wanted not in self.taken else next(name for name in numbered if name not in self.taken)
        self.taken.add(free)
        return free


def _grouped(
    objects: Iterable[ConnectionObject], key: Callable[[ConnectionObject], str]
) -> dict[str, list[ConnectionObject]]:
    groups: dict[str, list[ConnectionObject]] = {}
    for obj in objects:
        groups.setdefault(key(obj), []).append(obj)
    return groups


def _beginning(obj: ConnectionObject, length: int) -> str:
    """The first ``length`` letters and digits of a name; empty if it has others there, or begins with none."""
    first = plain_name(obj.name)[:length]
    return first if len(first) == length and first[:1].isalpha() and first.isalnum() else ""


def _slug(category: str) -> str:
    """A category as a part of a file name."""
    return re.sub(r"[\W_]+", "-", category.casefold()).strip("-")[:_SLUG].rstrip("-") or "other"
