"""Compare the choices of sets of properties, of which at least one is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Choice, PropertySet
from ..problems import listing
from .changes import ChangeType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Property, Step
    from .changes import Message


def choice_changes(was: Step | Property, now: Step | Property, of: str) -> Iterator[Message]:
    """The changes of the choices among the properties of a step or property; ``of`` names it in messages."""
    known = set(_names(was.properties))
    required = {prop.name for prop in was.properties if prop.required_where == ()}
    for choice in now.choices:
        enough = [before for before in was.choices if _is_enough(before, choice, known)]
        always = PropertySet(tuple(required & _chosen(choice)))
        if not enough and not (always.names and _is_enough(Choice((always,), exactly_one=True), choice, known)):
            number = "exactly" if choice.exactly_one else "at least"
            yield ChangeType.CHOICE_REQUIRED, f"{number} one of these{of} must be sent now: {_words(choice)}"
        elif enough and not choice.exactly_one and all(before.exactly_one for before in enough):
            yield ChangeType.CHOICE_WIDENED, f"more than one of these{of} can be sent now: {_words(choice)}"
        elif not any(_is_enough(choice, before, known) for before in enough):
            yield ChangeType.CHOICE_WIDENED, f"there is another choice{of}: {_words(choice)}"
    for choice in was.choices:
        if not any(_chosen(choice) & _chosen(after) for after in now.choices):
            message = f"there is no need any more to choose{of}: {_words(choice)}"
            yield ChangeType.CHOICE_WIDENED, message


def _is_enough(was: Choice, now: Choice, known: set[str]) -> bool:
    """Whether all that could be sent with one choice fits the other; ``known`` are the names that could be sent."""
    before, after = _sets(was), _sets(now)
    if not now.exactly_one:
        return all(any(needed <= sent for needed in after) for sent in before)
    if not was.exactly_one or (_chosen(now) - _chosen(was)) & known:
        return False  # several sets, or a part of another one, could be sent at once
    return set(before) <= set(after)


def _sets(choice: Choice) -> list[frozenset[str]]:
    return [frozenset(entry.names) for entry in choice.sets]


def _chosen(choice: Choice) -> set[str]:
    return {name for entry in choice.sets for name in entry.names}


def _words(choice: Choice) -> str:
    return " or ".join(listing(sorted(entry.names), "and") for entry in choice.sets)


def _names(properties: Iterable[Property], parent: str = "") -> Iterator[str]:
    """The names of properties, dotted ones of their members."""
    for prop in properties:
        yield f"{parent}{prop.name}"
        yield from _names(prop.properties, f"{parent}{prop.name}.")
