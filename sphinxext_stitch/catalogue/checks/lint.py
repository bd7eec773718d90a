"""Lint: what is not a fault and yet worth a look, and what a project suppresses of it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from ..format.records import CheckRecord, SuppressionRecord
    from ..reading.data_file import Source


def unused_groups(groups: Mapping[str, Source | None], used: Collection[str]) -> Iterator[Problem]:
    """The property groups that no object and no step of one lists."""
    for key, group in groups.items():
        if group is not None and key not in used:
            message = f"no object lists the property group “{key}”; list it under “groups”, or delete the file"
            yield Problem(group.file.place(()), Subtype.UNUSED_GROUP, message, key)


def suppress(warnings: Iterable[Problem], source: Source, folder: Path) -> tuple[list[Problem], list[Problem]]:
    """Take out what ``check.yml`` suppresses; gives the rest, and a problem for each entry that suppresses nothing."""
    record: CheckRecord = source.record
    left = list(warnings)
    without_effect = []
    for index, entry in enumerate(record.silence):
        kept = [problem for problem in left if not _suppresses(entry, problem, folder)]
        if len(kept) == len(left):
            message = f"this entry suppresses nothing: there is no lint warning “{entry.subtype}”; delete the entry"
            place = source.file.key_place(("silence", index))
            without_effect.append(Problem(place, Subtype.WITHOUT_EFFECT, message))
        left = kept
    return left, without_effect


def _suppresses(entry: SuppressionRecord, problem: Problem, folder: Path) -> bool:
    file = PurePath(problem.place.path).relative_to(folder).as_posix()
    return (
        entry.subtype == problem.subtype.value
        and (entry.name is None or entry.name == problem.subject)
        and (entry.file is None or fnmatchcase(file, entry.file))
    )
