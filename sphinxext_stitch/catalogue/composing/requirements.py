"""Requirements beyond ``required``: the ``required_if`` of properties, and the ``one_of`` of their holder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Condition, PropertySet
from ..problems import Problem, Subtype, listing
from ..suggestions import Vocabulary
from .values import ContradictionError, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ..model import Property
    from ..problems import Place, Report
    from ..reading.data_file import Located
    from ..texts import Prose


class Requirements:
    """The requirements of sibling properties, which can name only each other.

    ``owner`` names their object or step in messages; ``omitted`` maps the properties that it omits from its groups to
    their places.  If a listed group is invalid, the properties are not ``complete``: unknown names are not reported then,
    as they may be in that group.

    An invalid requirement is reported and left out as a whole: a part of it would be a stricter requirement.
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
        self.vocabulary = Vocabulary(self.properties)
        self.owner = owner
        self.report = report
        self.omitted = omitted or {}
        self.complete = complete
        self.in_choices: set[str] = set()

    def set_conditions(self, records: Mapping[str, Located]) -> None:
        """Set the valid ``required_if`` of the properties; ``records`` has them by the name of the property."""
        conditions = {
            name: tuple(Condition(other, _as_tuple(values)) for other, values in record.value.items())
            for name, record in records.items()
            if name in self.properties
            and self._is_valid(self._check_conditions(self.properties[name], record), names=record.value)
        }
        for cycle in _cycles({name: [condition.name for condition in parts] for name, parts in conditions.items()}):
            fault = "names itself" if len(cycle) == 1 else "go in a circle; nobody could tell what holds"
            message = f"“required_if” of {listing(cycle, 'and')} {fault}"
            self.report(_problem(records[cycle[0]].place, message))
            for name in cycle:
                del conditions[name]
        for name, parts in conditions.items():
            self.properties[name] = replace(self.properties[name], required_if=parts)

    def choice(
        self, located: Located, label: str, make_prose: Callable[[str, Place], Prose | None]
    ) -> tuple[PropertySet, ...]:
        """The sets of a ``one_of``; empty if one of them is invalid, which is reported.

        ``label`` is what messages call it, and ``make_prose`` makes the label of a set from its key.
        """
        keys = list(located.value) if isinstance(located.value, dict) else range(len(located.value))
        entries = {key: located.below(key) for key in keys}
        names = {name for entry in entries.values() for name in entry.value}
        if not self._is_valid(self._check_choice(located, [*entries.values()], label), names=names):
            return ()
        self.in_choices |= names
        return tuple(
            PropertySet(entry.value, None if isinstance(key, int) else make_prose(key, entry.key_place))
            for key, entry in entries.items()
        )

    def _is_valid(self, problems: Iterable[Problem], names: Iterable[str]) -> bool:
        """Report the problems of a requirement; True if it has none, and all properties that it names exist."""
        found_problems = list(problems)
        for problem in found_problems:
            self.report(problem)
        return not found_problems and all(name in self.properties for name in names)

    # Problems of conditions

    def _check_conditions(self, prop: Property, located: Located) -> Iterator[Problem]:
        label = f"“required_if” of “{prop.name}”"
        if prop.required and located.value:
            yield _problem(located.key_place, f"“{prop.name}” is required already; {label} has no effect")
        elif prop.read_only:
            yield _problem(located.key_place, f"“{prop.name}” is read-only and never sent; {label} has no effect")
        else:
            for name in located.value:
                yield from self._check_condition(label, name, located.below(name))

    def _check_condition(self, label: str, name: str, located: Located) -> Iterator[Problem]:
        yield from self._check_name(label, name, located.key_place)
        if name not in self.properties or self.properties[name].read_only:
            return
        if isinstance(located.value, str):
            yield from self._check_value(label, name, located)
        elif not located.value:
            message = f"{label} takes at least one value of “{name}”; found an empty list"
            yield _problem(located.place, message)
        else:
            for index in range(len(located.value)):
                yield from self._check_value(label, name, located.below(index))

    def _check_value(self, label: str, name: str, located: Located) -> Iterator[Problem]:
        prop = self.properties[name]
        try:
            typed(located.value, prop)
        except ContradictionError as error:
            yield _problem(located.place, f"{label}: the value of “{name}” {error}")
        else:
            if prop.accepted and located.value not in prop.accepted:
                message = f"{label}: “{name}” takes {listing(prop.accepted, 'or')}; found “{located.value}”"
                yield _problem(located.place, message)

    def _check_name(self, label: str, name: str, place: Place) -> Iterator[Problem]:
        """A problem if a requirement names a property that does not exist, or that a client cannot send."""
        if name in self.properties:
            if self.properties[name].read_only:
                yield _problem(place, f"{label} names “{name}”, which is read-only and never sent")
        elif name in self.omitted:
            yield _problem(self.omitted[name], f"“{name}” is omitted, but {label} names it")
        elif self.complete:
            hint = self.vocabulary.suggestion(name)
            yield _problem(place, f"{label} names “{name}”, which is not a property of {self.owner}{hint}")

    # Problems of choices

    def _check_choice(self, located: Located, sets: list[Located], label: str) -> Iterator[Problem]:
        if len(sets) < 2:
            message = f"{label} takes at least two sets of properties; found {len(sets) or 'none'}"
            yield _problem(located.place, message)
        seen: set[frozenset[str]] = set()
        for entry in sets:
            names = frozenset(entry.value)
            if not names:
                yield _problem(entry.place, f"a set of {label} names no property")
            elif names in seen:
                yield _problem(entry.place, f"{label} has the set of {listing(entry.value, 'and')} twice")
            elif len(names) < len(entry.value):
                yield _problem(entry.place, f"a set of {label} names a property twice")
            else:
                for index, name in enumerate(entry.value):
                    yield from self._check_chosen(label, name, entry.below(index).place)
            seen.add(names)

    def _check_chosen(self, label: str, name: str, place: Place) -> Iterator[Problem]:
        """A problem if something else than the choice also decides whether a property is sent."""
        yield from self._check_name(label, name, place)
        prop = self.properties.get(name)
        if prop is None or prop.read_only:
            return
        if prop.required:
            yield _problem(place, f"“{name}” is required already; {label} cannot leave it out")
        elif prop.required_if:
            yield _problem(place, f"“{name}” has “required_if”; {label} cannot name it too")
        elif name in self.in_choices:
            message = f"{label} names “{name}”, which is in another “one_of” of {self.owner} already"
            yield _problem(place, message)


def _problem(place: Place, message: str) -> Problem:
    return Problem(place, Subtype.BAD_REQUIREMENT, message)


def _as_tuple(values: str | tuple[str, ...]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values


def _cycles(graph: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """The cycles of a graph of names, each from its first name on; no name is in two of them."""
    order = {name: number for number, name in enumerate(graph)}
    done: set[str] = set()
    for start in graph:
        # The names that lead from ``start`` to the current one, with those that are still to be visited from each.
        trail = {} if start in done else {start: iter(graph[start])}
        while trail:
            current = next(reversed(trail))
            following = next((name for name in trail[current] if name in graph and name not in done), None)
            if following is None:
                done.add(current)
                del trail[current]
            elif following not in trail:
                trail[following] = iter(graph[following])
            else:
                cycle = [following]
                while (name := trail.popitem()[0]) != following:
                    cycle.insert(1, name)
                done.update(cycle)
                first = cycle.index(min(cycle, key=order.__getitem__))
                yield cycle[first:] + cycle[:first]
