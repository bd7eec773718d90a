"""The property groups that objects can list."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ..reading.data_file import Located, Source
from ..suggestions import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model import Property
    from ..problems import Problem, Report

T = TypeVar("T")


class Shared(NamedTuple, Generic[T]):
    """What is made of a group once, for all objects that list it; its problems are reported for each of them."""

    value: T
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, make: Callable[[Report], T]) -> Shared[T]:
        """What a function makes, with the problems that it reports."""
        problems: list[Problem] = []
        return cls(make(problems.append), tuple(problems))

    def reported(self, report: Report) -> T:
        """The value; its problems are reported once more."""
        for problem in self.problems:
            report(problem)
        return self.value


class GroupDraft(dict[str, Located]):
    """The draft of a property of a group, and what is ``composed`` of it for objects that change nothing of it."""

    composed: Shared[Property | None] | None = None

    @cached_property
    def has_variables(self) -> bool:
        """Whether what is composed of it can differ from object to object."""
        return any("{{" in repr(located.value) for located in self.values())


class Groups(dict[str, Source | None]):
    """The property groups of a catalogue by their keys; an invalid group is None.

    ``drafts`` has those of each group that was listed already, by the keys of its properties.
    """

    def __init__(self) -> None:
        super().__init__()
        self.drafts: dict[str, Shared[dict[str, GroupDraft]]] = {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The keys, to suggest for one that does not exist."""
        return Vocabulary(self)
