"""From the records of properties to properties: typed, in the order in which they are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..format.records import PropertyDeprecationRecord
from ..keys import ENTRIES
from ..model import Choice, Property, Replacement
from ..problems import Problem, Subtype, listing
from ..prose import web_address
from ..reading.data_file import Located
from ..suggestions import nearest
from .doubts import doubts, doubts_of_example
from .groups import GroupDraft, Shared
from .requirements import CHOICES, Requirements
from .value_fields import ValueComposer, as_tuple, fields_of, is_true
from .values import ContradictionError, as_json, shown, typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ..format.records import PropertyRecord
    from ..problems import Place, Report
    from ..reading.data_file import DataFile, KeyPath
    from .value_fields import Draft
    from .variables import Variables


class PropertyComposer:
    """Makes the properties of an object, with its ``variables`` filled into their texts."""

    def __init__(self, variables: Variables, report: Report, *, as_written: bool) -> None:
        self.variables = variables
        self.report = report
        self.value = ValueComposer(variables, report)
        self.as_written = as_written

    def reporting_to(self, report: Report) -> PropertyComposer:
        """The same with its problems reported elsewhere."""
        return PropertyComposer(self.variables, report, as_written=self.as_written)

    def problem(self, place: Place, subtype: Subtype, message: str) -> None:
        self.report(Problem(place, subtype, message))

    def drafts(self, records: Iterable[PropertyRecord], file: DataFile, path: KeyPath) -> dict[str, Draft]:
        """The draft of each property by its key; if a name is defined twice for the same case, the first one is used."""
        drafts: dict[str, Draft] = {}
        cases: dict[str, _Cases] = {}
        for index, record in enumerate(records):
            where = (*path, "properties", index)
            draft = fields_of(record, file, where)
            value = cases[record.name].add(draft) if record.name in cases else ""
            key = f"{record.name}~{value}" if value else record.name
            if key in drafts:
                first = file.key_place(drafts[record.name]["name"].path[:-1]).line
                message = (
                    f"the property “{record.name}” is defined twice, first in line {first}"
                    f"{cases[record.name].overlap(draft)}; the first definition is used"
                )
                self.problem(file.key_place(where), Subtype.DUPLICATE_PROPERTY, message)
                continue
            cases.setdefault(record.name, _Cases(draft))
            drafts[key] = draft | {"variant": Located(value, file, where)}
        return drafts

    def typed(self, drafts: Collection[Draft]) -> tuple[Property, ...]:
        """The properties of the drafts, sorted: required ones, others, advanced ones, read-only ones, internal ones, each by name.

        If pages show them as they are written, they are not sorted.  Those that apply in one case follow those that always
        apply, the cases in the order of the file.
        """
        cases = {case: number for number, case in enumerate(dict.fromkeys(["", *map(_case, drafts)]))}
        composed = [(cases[_case(draft)], self.composed(draft)) for draft in drafts]
        if self.as_written:
            return tuple(prop for _case, prop in composed if prop)
        properties = [
            (prop.internal, prop.read_only, prop.advanced, case, not prop.required, prop)
            for case, prop in composed
            if prop
        ]
        return tuple(entry[-1] for entry in sorted(properties, key=lambda entry: (*entry[:-1], entry[-1].name)))

    def composed(self, draft: Draft) -> Property | None:
        """The property of a draft; one of a group is composed once, unless it has variables of the object."""
        if not isinstance(draft, GroupDraft) or draft.has_variables:
            return self.property(draft)
        if draft.composed is None:
            draft.composed = Shared.of(lambda report: self.reporting_to(report).property(draft))
        return draft.composed.reported(self.report)

    def property(self, draft: Draft) -> Property | None:
        """The property of a draft; None if its name has a space or its type is missing, which is reported."""
        name = draft["name"].value
        if name.split() != [name]:
            message = f"“{name}” is not a name of a property: it has a space"
            self.problem(draft["name"].place, Subtype.WRONG_TYPE, message)
            return None
        label = "the entries" if name == ENTRIES else f"property “{name}”"
        types = self.value.types(draft, label, draft["name"].file.key_place(draft["name"].path[:-1]))
        if types is None:
            return None
        draft, item = self.value.with_item(draft, label)
        common = self.value.common(draft, types, label) | {flag: True for flag in _FLAGS if is_true(draft, flag)}
        deprecated = draft.get("deprecated")
        properties, choices = self.nested(name, draft)
        fields: dict[str, Any] = {
            "name": name,
            "variant": draft["variant"].value,
            "types": types,
            "item": item,
            "since": draft["since"].value if "since" in draft else None,
            "docs": web_address(draft["docs"].value, draft["docs"].place, self.report) if "docs" in draft else None,
            "deprecated": deprecated is not None and deprecated.value != "false",
            "replacement": _replacement(deprecated.value) if deprecated else None,
            "properties": properties,
            "choices": choices,
            **common,
        }
        # Values are read as what the property is without them, and literals as one of the values.
        prop = Property(**fields)
        if "values" in draft:
            fields["values"] = tuple(self.value.accepted(name, draft["values"], prop.accepted_item))
            prop = Property(**fields)
        literals: dict[str, Any] = {
            field: self.json(prop, field, draft[field]) for field in ("example", "default") if field in draft
        }
        for problem in doubts(prop, draft):
            self.report(problem)
        return Property(**fields, **literals) if literals else prop

    def nested(self, parent: str, draft: Draft) -> tuple[tuple[Property, ...], tuple[Choice, ...]]:
        """The members of a property, and the choices among them."""
        if draft.keys().isdisjoint(_MEMBERS):
            return (), ()
        records = draft.get("properties")
        drafts = self.drafts(records.value, records.file, records.path[:-1]) if records else {}
        if "entries" in draft:
            drafts |= _entries(draft["entries"])
        requirements = Requirements(self.typed(drafts.values()), f"“{parent}”", self.report)
        requirements.set_conditions(drafts)
        requirements.check_replacements(drafts.values())
        sets = {f"“{field}” of “{parent}”": draft[field] for field in CHOICES if field in draft}
        choices = requirements.choices(sets, self.variables.prose)
        return tuple(requirements.properties.values()), choices

    def json(self, prop: Property, label: str, located: Located) -> str | None:
        """The JSON text of an example or default; None if it contradicts the type or values, which is reported."""
        raw = self.variables.fill(located.value, located.place)
        if self.variables.has_unknown(located.value):  # which is reported
            return None
        try:
            typed_value = typed(raw, prop)
        except ContradictionError as error:
            message = f"{_part(error.path)}the {label} of “{prop.name}” {error}"
            self.problem(located.file.place((*located.path, *error.path)), Subtype.BAD_EXAMPLE, message)
            return None
        items = raw if isinstance(raw, list) else [raw]
        # Accepted values are texts; an item can be a list or a mapping.
        texts = [item if isinstance(item, str) else as_json(item) for item in items]
        not_accepted = [text for text in texts if prop.accepted and text not in prop.accepted]
        if not_accepted:
            message = (
                f"the {label} of “{prop.name}” is not one of its accepted values {listing(prop.accepted, 'or')}; "
                f"found {shown(not_accepted[0])}{nearest(not_accepted[0], prop.accepted)}"
            )
            self.problem(located.place, Subtype.BAD_EXAMPLE, message)
            return None
        for path, doubt in doubts_of_example(typed_value, prop) if label == "example" else ():
            place = located.file.place((*located.path, *path))
            self.report(Problem(place, Subtype.DOUBTFUL_EXAMPLE, f"the example of “{prop.name}” {doubt}", prop.name))
        return as_json(typed_value)


def _entries(located: Located) -> dict[str, Draft]:
    """The draft of the members with free names, which are one property in the table."""
    draft = fields_of(located.value, located.file, located.path)
    title = {"title": draft["name"]} if "name" in draft else {}
    name = Located(ENTRIES, located.file, (*located.path, "name"))
    return {ENTRIES: title | draft | {"name": name, "variant": Located("", located.file, located.path)}}


class _Cases:
    """The cases of the properties of one name: the values on which they depend, by the property that decides for all."""

    def __init__(self, draft: Draft) -> None:
        self.values = _values_of_cases(draft)

    def add(self, draft: Draft) -> str:
        """Add the case of one more property; returns its first value, or nothing if another one can apply in it, too."""
        values = _values_of_cases(draft)
        shared = {name: taken for name, taken in self.values.items() if values.get(name)}
        deciding = next((name for name, taken in shared.items() if taken.keys().isdisjoint(values[name])), "")
        if not deciding:
            return ""
        for name, taken in shared.items():
            taken.update(values[name])
        self.values = shared
        return re.sub(r"\s+", "-", next(iter(values[deciding])))

    def overlap(self, draft: Draft) -> str:
        """Why one more property can apply together with another one, as a part of a message; empty if none has a case."""
        values = _values_of_cases(draft)
        for name, taken in self.values.items():
            for value in values.get(name, ()):
                if value in taken:
                    return f"; both apply if “{name}” is “{value}”"
        return "; both can apply: each needs an “applies_if” on the same property" if self.values or values else ""


def _values_of_cases(draft: Draft) -> dict[str, dict[str, None]]:
    """The values of each condition on which a property applies, in the order of the file."""
    conditions = draft["applies_if"].value.items() if "applies_if" in draft else ()
    return {name: dict.fromkeys(as_tuple(values)) for name, values in conditions if isinstance(values, (str, tuple))}


def _case(draft: Draft) -> str:
    """The conditions under which a property applies, as a text to compare; empty if it always applies."""
    return repr(draft["applies_if"].value) if "applies_if" in draft and draft["applies_if"].value else ""


#: The fields of a property about its members.
_MEMBERS = ("properties", "entries", *CHOICES)

#: The flags of a property that are nothing but that.
_FLAGS = ("required", "secret", "read_only", "supplied", "immutable", "internal", "advanced", "omit_from_examples")


def _replacement(deprecated: Any) -> Replacement | None:
    return Replacement(deprecated.since, deprecated.use) if isinstance(deprecated, PropertyDeprecationRecord) else None


def _part(path: KeyPath) -> str:
    """The beginning of a message about the member or item at ``path``, as in ``“id” in ``."""
    if not path:
        return ""
    return f"“{path[-1]}” in " if isinstance(path[-1], str) else f"item {path[-1] + 1} in "
