"""From the record of a step to the model: groups applied, own properties merged over them, requirements checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ..model import PropertyGroup
from ..problems import Problem, Subtype
from ..reading.data_file import Located
from ..suggestions import Vocabulary
from .api import phrase
from .groups import GroupDraft, Shared
from .requirements import CHOICES, Requirements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..format.records import ObjectRecord, StepRecord
    from ..model import Property, Step
    from ..problems import Place, Report
    from ..reading.data_file import DataFile, KeyPath, Source
    from ..texts import Phrase
    from .groups import Groups
    from .properties import PropertyComposer
    from .value_fields import Draft


class _Group(NamedTuple):
    """A property group and its drafts by name; an object's own properties have neither key nor title.

    ``listed`` is the place where the object lists the group.
    """

    key: str | None
    title: Phrase | None
    drafts: Mapping[str, Draft]
    listed: Place | None = None


class StepComposer:
    """Composes the steps of the object ``owner``; its ``file`` can list ``groups``, of which an invalid one is None."""

    def __init__(self, owner: str, file: DataFile, groups: Groups, properties: PropertyComposer) -> None:
        self.owner = owner
        self.file = file
        self.groups = groups
        self.properties = properties
        self.variables = properties.variables
        self.report = properties.report

    def compose(self, step: Step, holder: ObjectRecord | StepRecord, path: KeyPath) -> Step:
        """The step with its properties, own ones first, then each group, and with its requirements.

        ``path`` leads to ``holder``, the record of the step, in the file; it is empty for the first step.
        """
        drafts = self.merged(holder, path)
        groups = [
            PropertyGroup(group.key, group.title, self.properties.typed(group.drafts.values())) for group in drafts
        ]
        properties = [prop for group in groups for prop in group.properties]
        self.check_names(properties, path)
        requirements = Requirements(
            properties,
            f"the step “{step.name}” of {self.owner}" if path else self.owner,
            self.report,
            omitted={name: self.file.place((*path, "omit", index)) for index, name in enumerate(holder.omit)},
            complete=self.has_groups(holder),
        )
        requirements.set_conditions({key: draft for group in drafts for key, draft in group.drafts.items()})
        requirements.check_replacements(draft for group in drafts for draft in group.drafts.values())
        return replace(
            step,
            groups=tuple(
                replace(group, properties=tuple(requirements.properties[prop.key] for prop in group.properties))
                for group in groups
                if group.properties
            ),
            choices=requirements.choices(dict(self.choices(holder, path)), self.variables.prose),
        )

    def choices(self, holder: ObjectRecord | StepRecord, path: KeyPath) -> Iterator[tuple[str, Located]]:
        """The choices of a step with what messages call them: its own, and those of its groups."""
        for field in CHOICES:
            if getattr(holder, field) is not None:
                yield f"“{field}”", Located(getattr(holder, field), self.file, (*path, field))
        for key in holder.groups:
            group = self.groups.get(key)
            if group is None:
                continue
            for field in CHOICES:
                if getattr(group.record, field) is not None:
                    yield f"“{field}” of the group “{key}”", Located(getattr(group.record, field), group.file, (field,))

    def merged(self, holder: ObjectRecord | StepRecord, path: KeyPath) -> list[_Group]:
        """The drafts of a step: own properties first, then the listed groups with own fields merged over theirs."""
        listed = list(self.listed(holder, path))
        own = self.properties.drafts(holder.properties, self.file, path)
        if self.has_groups(holder):
            self.check_omitted(holder, path, listed)
        else:
            # What the object omits or changes may be in an invalid group: one mistake should give one warning.
            own = {name: draft for name, draft in own.items() if "type" in draft}
        first = {
            key: group
            for group in reversed(listed)
            for key, draft in group.drafts.items()
            if draft["name"].value not in holder.omit
        }
        self.check_clashes(listed, first)
        merged = [
            group._replace(
                drafts={
                    name: draft | own[name] if name in own else draft
                    for name, draft in group.drafts.items()
                    if first.get(name) is group
                }
            )
            for group in listed
        ]
        return [_Group(None, None, {name: draft for name, draft in own.items() if name not in first}), *merged]

    def has_groups(self, holder: ObjectRecord | StepRecord) -> bool:
        """Whether all groups that are listed exist and are valid."""
        return all(self.groups.get(key) is not None for key in holder.groups)

    def listed(self, holder: ObjectRecord | StepRecord, path: KeyPath) -> Iterator[_Group]:
        """The valid groups that a step lists; one that does not exist is reported."""
        for index, key in enumerate(holder.groups):
            place = self.file.place((*path, "groups", index))
            group = self.groups.get(key)
            if key in holder.groups[:index]:
                message = f"the property group “{key}” is listed twice"
                self.report(Problem(place, Subtype.GROUP_CLASH, message))
            elif group is not None:
                title = phrase(group.record.title, group.file, ("title",))
                yield _Group(key, title, self.drafts(key, group), place)
            elif key not in self.groups:
                message = f"there is no property group “{key}”{self.groups.vocabulary.suggestion(key)}"
                self.report(Problem(place, Subtype.UNKNOWN_GROUP, message))

    def drafts(self, key: str, group: Source) -> Mapping[str, Draft]:
        """The drafts of a group by the keys of its properties."""

        def make(report: Report) -> dict[str, GroupDraft]:
            drafts = self.properties.reporting_to(report).drafts(group.record.properties, group.file, ())
            return {name: GroupDraft(draft) for name, draft in drafts.items()}

        if key not in self.groups.drafts:
            self.groups.drafts[key] = Shared.of(make)
        return self.groups.drafts[key].reported(self.report)

    def check_clashes(self, listed: Iterable[_Group], first: Mapping[str, _Group]) -> None:
        """Report the properties that an earlier group of the list defines as well."""
        for group in listed:
            for name in group.drafts:
                if group.listed is not None and first.get(name, group) is not group:
                    message = f"the groups “{first[name].key}” and “{group.key}” both define “{name}”; the first definition is used"
                    self.report(Problem(group.listed, Subtype.GROUP_CLASH, message))

    def check_omitted(self, holder: ObjectRecord | StepRecord, path: KeyPath, listed: Iterable[_Group]) -> None:
        """Report the names to omit that no group has."""
        names = {draft["name"].value for group in listed for draft in group.drafts.values()}
        vocabulary = Vocabulary(names)
        for index, name in enumerate(holder.omit):
            if name not in names:
                message = f"no listed group has a property “{name}” to omit{vocabulary.suggestion(name)}"
                self.report(Problem(self.file.place((*path, "omit", index)), Subtype.WITHOUT_EFFECT, message))

    def check_names(self, properties: Sequence[Property], path: KeyPath) -> None:
        """Report a property whose name is the dotted name of a nested one: both would have one anchor."""
        names = {prop.key for prop in properties}
        for name in sorted(names.intersection(_nested_names(properties, ""))):
            message = f"the property “{name}” and a nested one have the same dotted name; links lead to the first"
            place = self.file.key_place((*path, "properties"))
            self.report(Problem(place, Subtype.DUPLICATE_PROPERTY, message))


def _nested_names(properties: Iterable[Property], parent: str) -> Iterator[str]:
    """The dotted names of nested properties."""
    for prop in properties:
        name = f"{parent}{prop.key}"
        if parent:
            yield name
        yield from _nested_names(prop.properties, f"{name}.")
