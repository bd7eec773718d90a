"""What a source is made into: objects as the content of their data files, and what of the source is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..problems import Place
    from ..reading.data_file import DataFile, KeyPath

#: The fields that texts of the data format are lists and mappings of.
Fields = dict[str, Any]


class MissingKindError(Exception):
    """A source does not say of which kind an object is, and nobody else does."""


class Loss(NamedTuple):
    """What a source says and the data format cannot, with its place in the source."""

    place: Place
    message: str


class Losses:
    """The losses of one object, each once: a part of a source that is referred to twice loses the same twice."""

    def __init__(self, file: DataFile) -> None:
        self.file = file
        self.found: dict[Loss, None] = {}

    def add(self, path: KeyPath, message: str) -> None:
        """Add what is lost at a path of the source."""
        self.found[Loss(self.file.key_place(path), message)] = None


class Part(dict[str, Any]):
    """A mapping of a data file; ``origin`` is the path of what it is made of in the source."""

    def __init__(self, origin: KeyPath, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self.origin = origin


@dataclass(frozen=True)
class ImportedObject:
    """An object of a source: its kind and key, and the content of its data file as JSON has it.

    In ``data``, numbers and booleans are what they are, and are read as text again; None stands for no text.
    ``untyped`` are the names of the properties of which the source does not say what they are, below their steps.  A
    ``variant`` tells it from others of its type, where the source has several.
    """

    kind: str
    key: str
    data: Part
    losses: Losses
    untyped: frozenset[tuple[str, str]] = field(default=frozenset())
    variant: str = ""

    @property
    def with_variant(self) -> ImportedObject:
        """The object with its variant in its key, its type and its name."""
        named = f"{self.data['type']}--{self.variant}"
        data = Part(self.data.origin, {**self.data, "type": named, "name": f"{self.data['name']} ({self.variant})"})
        return replace(self, key=f"{self.key}--{self.variant}", data=data)

    @property
    def place(self) -> Place:
        """Where it begins in the source."""
        return self.losses.file.key_place(self.data.origin)
