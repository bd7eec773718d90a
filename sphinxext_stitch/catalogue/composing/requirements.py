"""Requirements beyond ``required``: the ``required_if`` of properties, and the ``one_of`` of their holder."""

from __future__ import annotations

from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from ..model import Condition, PropertySet
from ..problems import Problem, Subtype, listing, suggestion
from .examples import ContradictionError, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ..model import Property
    from ..problems import Place, Report
    from ..reading.data_file import Stated
    from ..texts import Prose


class Requirements:
    """The requirements of properties that stand beside each other, which are all that they can name.

    ``owner`` says whose properties they are; ``omitted`` tells where it omits others of its groups.  Where a
    listed group is broken they are not ``complete``, and an unknown name may be one of that group's.

    What is wrong with a requirement is reported, and it is left out as a whole: a part of it would demand more.
    """

    def __init__(
        self,
        properties: Iterable[Property],
        owner: str,
        report: Report,
        *,
        omitted: Mapping[str, Place] | None = None,
        complete: bool = True,
    ) -> None:
        self.properties = {prop.name: prop for prop in properties}
        self.owner = owner
        self.report = report
        self.omitted = omitted or {}
        self.complete = complete
        self.in_choices: set[str] = set()

    def set_conditions(self, stated: Mapping[str, Stated]) -> None:
        """Give the properties those of their ``required_if`` that are sound; ``stated`` has them by name."""
        made = {
            name: tuple(Condition(other, _as_tuple(values)) for other, values in entry.value.items())
            for name, entry in stated.items()
            if name in self.properties
            and self._is_sound(self._of_conditions(self.properties[name], entry), names=entry.value)
        }
        for circle in _circles({name: [condition.name for condition in held] for name, held in made.items()}):
            what = "names itself" if len(circle) == 1 else "go in a circle; nobody could tell what holds"
            message = f"“required_if” of {listing(circle, 'and')} {what}"
            self.report(_problem(stated[circle[0]].place, message))
            for name in circle:
                del made[name]
        for name, held in made.items():
            self.properties[name] = replace(self.properties[name], required_if=held)

    def choice(self, stated: Stated, what: str, label: Callable[[str, Place], Prose | None]) -> tuple[PropertySet, ...]:
        """The sets of a ``one_of``, if all of them are sound; ``label`` makes prose of the key of a set."""
        keys = list(stated.value) if isinstance(stated.value, dict) else range(len(stated.value))
        entries = {key: stated.below(key) for key in keys}
        names = {name for entry in entries.values() for name in entry.value}
        if not self._is_sound(self._of_choice(stated, [*entries.values()], what), names=names):
            return ()
        self.in_choices |= names
        return tuple(
            PropertySet(entry.value, None if isinstance(key, int) else label(key, entry.key_place))
            for key, entry in entries.items()
        )

    def _is_sound(self, problems: Iterable[Problem], names: Iterable[str]) -> bool:
        """Report the problems of a requirement; whether there are none, and all that it names is there."""
        found = list(problems)
        for problem in found:
            self.report(problem)
        return not found and all(name in self.properties for name in names)

    # What is wrong with conditions

    def _of_conditions(self, prop: Property, stated: Stated) -> Iterator[Problem]:
        what = f"“required_if” of “{prop.name}”"
        if prop.required and stated.value:
            yield _problem(stated.key_place, f"“{prop.name}” is required already; {what} has no effect")
        elif prop.read_only:
            yield _problem(stated.key_place, f"“{prop.name}” is read-only and never sent; {what} has no effect")
        else:
            for name in stated.value:
                yield from self._of_condition(what, name, stated.below(name))

    def _of_condition(self, what: str, name: str, stated: Stated) -> Iterator[Problem]:
        yield from self._of_name(what, name, stated.key_place)
        if name not in self.properties or self.properties[name].read_only:
            return
        if isinstance(stated.value, str):
            yield from self._of_value(what, name, stated)
        elif not stated.value:
            message = f"{what} takes at least one value of “{name}”; found an empty list"
            yield _problem(stated.place, message)
        else:
            for index in range(len(stated.value)):
                yield from self._of_value(what, name, stated.below(index))

    def _of_value(self, what: str, name: str, stated: Stated) -> Iterator[Problem]:
        prop = self.properties[name]
        accepted = [value for value, _meaning in prop.values]
        try:
            typed(stated.value, prop.types, prop.items, {})
        except ContradictionError as wrong:
            yield _problem(stated.place, f"{what}: the value of “{name}” {wrong}")
        else:
            if accepted and stated.value not in accepted:
                message = f"{what}: “{name}” takes {listing(accepted, 'or')}; found “{stated.value}”"
                yield _problem(stated.place, message)

    def _of_name(self, what: str, name: str, place: Place) -> Iterator[Problem]:
        """What is wrong if a requirement names a property that is not there, or that a client cannot send."""
        if name in self.properties:
            if self.properties[name].read_only:
                yield _problem(place, f"{what} names “{name}”, which is read-only and never sent")
        elif name in self.omitted:
            yield _problem(self.omitted[name], f"“{name}” is omitted, but {what} names it")
        elif self.complete:
            hint = suggestion(name, self.properties)
            yield _problem(place, f"{what} names “{name}”, which is not a property of {self.owner}{hint}")

    # What is wrong with choices

    def _of_choice(self, stated: Stated, sets: list[Stated], what: str) -> Iterator[Problem]:
        if len(sets) < 2:
            message = f"{what} takes at least two sets of properties; found {len(sets) or 'none'}"
            yield _problem(stated.place, message)
        seen: set[frozenset[str]] = set()
        for entry in sets:
            names = frozenset(entry.value)
            if not names:
                yield _problem(entry.place, f"a set of {what} names no property")
            elif names in seen:
                yield _problem(entry.place, f"{what} has the set of {listing(entry.value, 'and')} twice")
            elif len(names) < len(entry.value):
                yield _problem(entry.place, f"a set of {what} names a property twice")
            else:
                for index, name in enumerate(entry.value):
                    yield from self._of_chosen(what, name, entry.below(index).place)
            seen.add(names)

    def _of_chosen(self, what: str, name: str, place: Place) -> Iterator[Problem]:
        """What is wrong if it is not a choice alone that decides if a property is sent."""
        yield from self._of_name(what, name, place)
        prop = self.properties.get(name)
        if prop is None or prop.read_only:
            return
        if prop.required:
            yield _problem(place, f"“{name}” is required already; {what} cannot leave it out")
        elif prop.required_if:
            yield _problem(place, f"“{name}” has “required_if”; {what} cannot name it too")
        elif name in self.in_choices:
            message = f"{what} names “{name}”, which is in another “one_of” of {self.owner} already"
            yield _problem(place, message)


def _problem(place: Place, message: str) -> Problem:
    return Problem(place, Subtype.BAD_REQUIREMENT, message)


def _as_tuple(values: str | tuple[str, ...]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values


def _circles(leads: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """The circles in which names lead to each other, each from its first name on; no name is in two of them."""
    left = dict(leads)
    order = list(leads)
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            # Each name of graphlib's circle leads to the one before, and the last is the first again.
            circle = error.args[1][:0:-1]
            first = circle.index(min(circle, key=order.index))
            yield circle[first:] + circle[:first]
            for name in circle:
                del left[name]
        else:
            return
