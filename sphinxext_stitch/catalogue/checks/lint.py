"""Lint: warnings about data that are valid but may be a mistake, and their suppression by ``check.yml``."""

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
    """Yield a lint warning for each property group whose key is not ``used``; an invalid group is None and gets none."""
    for key, group in groups.items():
        if group is not None and key not in used:
            message = f"no object lists the property group “{key}”; list it under “groups”, or delete the file"
            yield Problem(group.file.place(()), Subtype.UNUSED_GROUP, message, key)


def suppress(warnings: Iterable[Problem], source: Source, folder: Path) -> tuple[list[Problem], list[Problem]]:
    """Apply the entries of ``check.yml`` to lint warnings.

    Returns the warnings that no entry suppresses, and a problem for each entry that suppresses none.
    """
    record: CheckRecord = source.record
    remaining = list(warnings)
    without_effect = []
    for index, entry in enumerate(record.silence):
        others = [problem for problem in remaining if not _suppresses(entry, problem, folder)]
        if len(others) == len(remaining):
            message = f"this entry suppresses nothing: there is no lint warning “{entry.subtype}”; delete the entry"
            place = source.file.key_place(("silence", index))
            without_effect.append(Problem(place, Subtype.WITHOUT_EFFECT, message))
        remaining = others
    return remaining, without_effect


def _suppresses(entry: SuppressionRecord, problem: Problem, folder: Path) -> bool:
    file = PurePath(problem.place.path).relative_to(folder).as_posix()
    return (
        entry.subtype == problem.subtype.value
        and (entry.name is None or entry.name == problem.subject)
        and (entry.file is None or fnmatchcase(file, entry.file))
    )
