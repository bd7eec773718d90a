"""The property groups that objects can list."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..reading.data_file import Source
from ..suggestions import Vocabulary

if TYPE_CHECKING:
    from ..problems import Place
    from ..texts import Prose


class Groups(dict[str, Source | None]):
    """The property groups of a catalogue by their keys; an invalid group is None."""

    @cached_property
    def texts(self) -> dict[tuple[str, Place], Prose]:
        """The texts of the objects that are composed with these groups, so that each is there once."""
        return {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The keys, to suggest for one that does not exist."""
        return Vocabulary(self)
