"""Requirements beyond ``required``: the conditions of properties, and the choices of their holder."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ..format.records import PresenceRecord, PropertyDeprecationRecord
from ..model import Choice, Condition, PropertySet
from ..problems import Problem, Subtype, listing
from ..suggestions import Vocabulary, nearest
from .values import ContradictionError, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ..model import Property
    from ..problems import Place, Report
    from ..reading.data_file import Located
    from ..texts import Prose
    from .value_fields import Draft

#: The fields of a property that are conditions.
CONDITIONS = ("required_if", "applies_if")

#: The fields of a holder of properties that are choices, and whether exactly one set of each is sent.
CHOICES = {"one_of": True, "any_of": False}


class Requirements:
    """The requirements of sibling properties, which can name only each other, and in choices their members.

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
        self.properties = {prop.key: prop for prop in properties}
        self.named: dict[str, list[Property]] = {}
        for prop in self.properties.values():
            self.named.setdefault(prop.name, []).append(prop)
        self.vocabulary = Vocabulary(self.named)
        self.owner = owner
        self.report = report
        self.omitted = omitted or {}
        self.complete = complete
        self.in_choices: set[str] = set()

    @cached_property
    def members(self) -> dict[str, list[Property]]:
        """The members of the properties, and of their members, by dotted names."""
        return dict(_members(self.properties.values()))

    def set_conditions(self, drafts: Mapping[str, Draft]) -> None:
        """Set the valid conditions of the properties; ``drafts`` has their fields by the key of the property."""
        records = {
            (key, label): draft[label]
            for key, draft in drafts.items()
            for label in CONDITIONS
            if label in draft and key in self.properties
        }
        conditions = {
            (key, label): _conditions(record)
            for (key, label), record in records.items()
            if self._is_valid(self._check_conditions(self.properties[key], label, record), names=record.value)
        }
        graph: dict[str, list[str]] = {}
        for (key, _label), parts in conditions.items():
            graph.setdefault(key, []).extend(prop.key for part in parts for prop in self.named[part.name])
        for cycle in _cycles(graph):
            labels = [label for label in CONDITIONS if any((key, label) in conditions for key in cycle)]
            fault = "names itself" if len(cycle) == 1 else "go in a circle; nobody could tell what holds"
            message = f"{listing(labels, 'and')} of {listing(cycle, 'and')} {fault}"
            place = next(records[cycle[0], label].place for label in labels if (cycle[0], label) in conditions)
            self.report(_problem(place, message))
            for key in cycle:
                for label in CONDITIONS:
                    conditions.pop((key, label), None)
        for key in {key: None for key, _label in conditions}:
            required_if, applies_if = (conditions.get((key, label), ()) for label in CONDITIONS)
            self.properties[key] = replace(self.properties[key], required_if=required_if, applies_if=applies_if)

    def check_replacements(self, drafts: Iterable[Draft]) -> None:
        """Report properties to use instead of deprecated ones that are not beside them."""
        drafts = [*drafts]
        names = [draft["name"].value for draft in drafts]
        for draft in drafts:
            deprecated = draft.get("deprecated")
            if deprecated is None or not isinstance(deprecated.value, PropertyDeprecationRecord):
                continue
            name, replaced = deprecated.value.use, draft["name"].value
            # Of several properties with one name, another one can be meant.
            is_itself = name == replaced and names.count(replaced) == 1
            if name is not None and (is_itself or (name not in self.named and self.complete)):
                message = (
                    f"there is no property “{name}” to use instead of “{replaced}”{self.vocabulary.suggestion(name)}"
                )
                if is_itself:
                    message = f"“{name}” cannot be used instead of itself"
                place = deprecated.file.place((*deprecated.path, "use"))
                self.report(Problem(place, Subtype.UNKNOWN_REPLACEMENT, message))

    def choices(
        self, located: Mapping[str, Located], make_prose: Callable[[str, Place], Prose | None]
    ) -> tuple[Choice, ...]:
        """The choices among the properties, without those that have an invalid set, which is reported.

        The keys are what messages call them, and ``make_prose`` makes the label of a set from its key.
        """
        made = (self._choice(located, label, make_prose) for label, located in located.items())
        return tuple(choice for choice in made if choice is not None)

    def _choice(self, located: Located, label: str, make_prose: Callable[[str, Place], Prose | None]) -> Choice | None:
        keys = list(located.value) if isinstance(located.value, dict) else range(len(located.value))
        entries = {key: located.below(key) for key in keys}
        names = {name for entry in entries.values() for name in entry.value}
        if not self._is_valid(self._check_choice(located, [*entries.values()], label), names=names):
            return None
        self.in_choices |= names
        sets = (
            PropertySet(entry.value, None if isinstance(key, int) else make_prose(key, entry.key_place))
            for key, entry in entries.items()
        )
        return Choice(tuple(sets), CHOICES[str(located.path[-1])])

    def _is_valid(self, problems: Iterable[Problem], names: Iterable[str]) -> bool:
        """Report the problems of a requirement; True if it has none, and all properties that it names exist."""
        found_problems = list(problems)
        for problem in found_problems:
            self.report(problem)
        return not found_problems and all(name in self.named or name in self.members for name in names)

    # Problems of conditions

    def _check_conditions(self, prop: Property, field: str, located: Located) -> Iterator[Problem]:
        label = f"“{field}” of “{prop.name}”"
        if field == "required_if" and prop.required and located.value:
            yield _problem(located.key_place, f"“{prop.name}” is required already; {label} has no effect")
        elif field == "required_if" and prop.read_only:
            yield _problem(located.key_place, f"“{prop.name}” is read-only and never sent; {label} has no effect")
        else:
            for name in located.value:
                yield from self._check_condition(label, name, located.below(name))

    def _check_condition(self, label: str, name: str, located: Located) -> Iterator[Problem]:
        yield from self._check_name(label, name, located.key_place, self.named)
        if name not in self.named or self.named[name][0].read_only or isinstance(located.value, PresenceRecord):
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
        problems = [next(_check_value(label, prop, located), None) for prop in self.named[name]]
        if None not in problems:
            yield from filter(None, problems[:1])

    def _check_name(
        self, label: str, name: str, place: Place, known: Mapping[str, list[Property]]
    ) -> Iterator[Problem]:
        """A problem if a requirement names a property that does not exist, or that a client cannot send."""
        if name in known:
            if known[name][0].read_only:
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
        yield from self._check_name(label, name, place, self.members | self.named)
        if name not in self.properties or self.properties[name].read_only:
            return
        prop = self.properties[name]
        if prop.required:
            yield _problem(place, f"“{name}” is required already; {label} cannot leave it out")
        elif prop.required_if:
            yield _problem(place, f"“{name}” has “required_if”; {label} cannot name it too")
        elif name in self.in_choices:
            message = f"{label} names “{name}”, which is in another choice of {self.owner} already"
            yield _problem(place, message)


def _conditions(located: Located) -> tuple[Condition, ...]:
    return tuple(
        Condition(name, present=value.present == "true")
        if isinstance(value, PresenceRecord)
        else Condition(name, (value,) if isinstance(value, str) else value)
        for name, value in located.value.items()
    )


def _check_value(label: str, prop: Property, located: Located) -> Iterator[Problem]:
    try:
        typed(located.value, prop)
    except ContradictionError as error:
        yield _problem(located.place, f"{label}: the value of “{prop.name}” {error}")
    else:
        if prop.accepted and located.value not in prop.accepted:
            near = nearest(located.value, prop.accepted)
            message = f"{label}: “{prop.name}” takes {listing(prop.accepted, 'or')}; found “{located.value}”{near}"
            yield _problem(located.place, message)


def _members(properties: Iterable[Property], parent: str = "") -> Iterator[tuple[str, list[Property]]]:
    """The members of objects, with their dotted names."""
    for prop in properties:
        name = f"{parent}{prop.name}"
        if parent:
            yield name, [prop]
        if "array" not in prop.types:
            yield from _members(prop.properties, f"{name}.")


def _problem(place: Place, message: str) -> Problem:
    return Problem(place, Subtype.BAD_REQUIREMENT, message)


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
