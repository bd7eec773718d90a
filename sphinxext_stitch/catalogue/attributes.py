"""Attributes: the facts of connections that a platform defines itself in ``api.yml``, such as a plan or a region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .texts import Phrase

#: The values that a connection has of each of its attributes, by the name of the attribute.
Attributes = tuple[tuple[str, tuple[str, ...]], ...]

#: What the filter and the columns of a table use themselves.
RESERVED = (
    "availability", "category", "find", "kind", "name", "object", "q", "sort", "status", "type",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AttributeInfo:
    """An attribute and its titles of ``values``; without these it takes any value.

    ``column`` is whether tables have a column for it without being asked for, ``filter`` whether they can be filtered by
    it, ``badge`` whether its values stand as badges behind names.
    """

    name: str
    title: Phrase
    values: tuple[tuple[str, Phrase], ...] = ()
    column: bool = False
    filter: bool = False
    badge: bool = False

    @cached_property
    def titles(self) -> dict[str, Phrase]:
        """The titles of its values, by value."""
        return dict(self.values)

    def value_title(self, value: str) -> str:
        """The title of a value; the value itself if there is none."""
        return self.titles.get(value, value)
