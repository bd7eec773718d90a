"""The property groups that objects can list."""

from __future__ import annotations

from functools import cached_property

from ..reading.data_file import Source
from ..suggestions import Vocabulary


class Groups(dict[str, Source | None]):
    """The property groups of a catalogue by their keys; an invalid group is None."""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The keys, to suggest for one that does not exist."""
        return Vocabulary(self)
