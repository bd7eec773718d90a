"""Requirements beyond ``required``: the ``required_if`` of properties, and the ``one_of`` of their holder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Condition, PropertySet
from ..problems import Problem, Subtype, listing, suggestion
from .examples import ContradictionError, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

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

    def wrong(self, place: Place, message: str) -> bool:
        """Report a problem; the answer to whether something is right is no."""
        self.report(Problem(place, Subtype.BAD_REQUIREMENT, message))
        return False

    def set_conditions(self, stated: Mapping[str, Stated]) -> None:
        """Give the properties those of their ``required_if`` that are sound; ``stated`` has them by name."""
        made = {
            name: tuple(Condition(other, _as_tuple(values)) for other, values in entry.value.items())
            for name, entry in stated.items()
            if name in self.properties and self.is_sound_condition(self.properties[name], entry)
        }
        leads = {name: [condition.name for condition in held] for name, held in made.items()}
        for circle in _circles(leads):
            told = f"“required_if” of {listing(circle, 'and')}"
            what = "names itself" if len(circle) == 1 else "go in a circle; nobody could tell what holds"
            self.wrong(stated[circle[0]].place, f"{told} {what}")
            for name in circle:
                del made[name]
        for name, held in made.items():
            self.properties[name] = replace(self.properties[name], required_if=held)

    def is_sound_condition(self, prop: Property, stated: Stated) -> bool:
        what = f"“required_if” of “{prop.name}”"
        if prop.required and stated.value:
            return self.wrong(stated.key_place, f"“{prop.name}” is required already; {what} has no effect")
        if prop.read_only:
            return self.wrong(stated.key_place, f"“{prop.name}” is read-only and never sent; {what} has no effect")
        return _each(self.is_sound_value(what, name, stated.below(name)) for name in stated.value)

    def is_sound_value(self, what: str, name: str, stated: Stated) -> bool:
        """Whether a property can be named, and takes the values that it shall have."""
        if not self.can_name(what, name, stated.key_place):
            return False
        if isinstance(stated.value, str):
            return self.accepts(what, name, stated.value, stated.place)
        if not stated.value:
            return self.wrong(stated.place, f"{what} takes at least one value of “{name}”; found an empty list")
        values = map(stated.below, range(len(stated.value)))
        return _each(self.accepts(what, name, value.value, value.place) for value in values)

    def accepts(self, what: str, name: str, value: str, place: Place) -> bool:
        prop = self.properties[name]
        try:
            typed(value, prop.types, prop.items, {})
        except ContradictionError as wrong:
            return self.wrong(place, f"{what}: the value of “{name}” {wrong}")
        accepted = [other for other, _meaning in prop.values]
        if accepted and value not in accepted:
            return self.wrong(place, f"{what}: “{name}” takes {listing(accepted, 'or')}; found “{value}”")
        return True

    def can_name(self, what: str, name: str, place: Place) -> bool:
        """Whether a requirement can name a property: it is there, and a client can send it."""
        if name in self.properties:
            read_only = self.properties[name].read_only
            return not read_only or self.wrong(place, f"{what} names “{name}”, which is read-only and never sent")
        if name in self.omitted:
            return self.wrong(self.omitted[name], f"“{name}” is omitted, but {what} names it")
        if self.complete:
            hint = suggestion(name, self.properties)
            self.wrong(place, f"{what} names “{name}”, which is no property of {self.owner}{hint}")
        return False

    def choice(self, stated: Stated, what: str, label: Callable[[str, Place], Prose | None]) -> tuple[PropertySet, ...]:
        """The sets of a ``one_of``, if all of them are sound; ``label`` makes prose of the key of a set."""
        sets = stated.value if isinstance(stated.value, dict) else dict(enumerate(stated.value))
        entries = {key: stated.below(key) for key in sets}
        found = len(entries) or "none"
        sound = [
            len(entries) > 1 or self.wrong(stated.place, f"{what} takes at least two sets of properties; found {found}")
        ]
        seen: set[frozenset[str]] = set()
        for entry in entries.values():
            sound.append(self.is_sound_set(what, entry, seen))
            seen.add(frozenset(entry.value))
        if not all(sound):
            return ()
        self.in_choices.update(*seen)
        return tuple(
            PropertySet(entry.value, None if isinstance(key, int) else label(key, entry.key_place))
            for key, entry in entries.items()
        )

    def is_sound_set(self, what: str, entry: Stated, seen: Container[frozenset[str]]) -> bool:
        names = frozenset(entry.value)
        if not names:
            return self.wrong(entry.place, f"a set of {what} names no property")
        if names in seen:
            return self.wrong(entry.place, f"{what} has the set of {listing(entry.value, 'and')} twice")
        if len(names) < len(entry.value):
            return self.wrong(entry.place, f"a set of {what} names a property twice")
        return _each(self.can_choose(what, name, entry.below(index).place) for index, name in enumerate(entry.value))

    def can_choose(self, what: str, name: str, place: Place) -> bool:
        """Whether a choice decides alone if a property is sent."""
        if not self.can_name(what, name, place):
            return False
        prop = self.properties[name]
        if prop.required:
            return self.wrong(place, f"“{name}” is required already; {what} cannot leave it out")
        if prop.required_if:
            return self.wrong(place, f"“{name}” has “required_if”; {what} cannot name it too")
        if name in self.in_choices:
            return self.wrong(place, f"{what} names “{name}”, which is in another “one_of” of {self.owner} already")
        return True


def _each(answers: Iterable[bool]) -> bool:
    """Whether all answers are yes; other than ``all``, it hears each of them, so that every problem is reported."""
    return all(list(answers))


def _as_tuple(values: str | tuple[str, ...]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values


def _circles(leads: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """The circles in which names lead to each other; each name is in one at most."""
    done: set[str] = set()
    for start in leads:
        # The way from the start to where we are, each name with those that it leads to and that are still to go to.
        way = {} if start in done else {start: iter(leads[start])}
        while way:
            here = next(reversed(way))
            to = next(way[here], None)
            if to is None:
                done.add(here)
                del way[here]
            elif to in way:
                names = list(way)
                circle = names[names.index(to) :]
                yield circle
                done.update(circle)
                for name in circle:
                    del way[name]
            elif to in leads and to not in done:
                way[to] = iter(leads[to])
