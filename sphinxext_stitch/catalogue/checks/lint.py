"""Lint: warnings about data that are valid but may be a mistake, and their suppression by ``check.yml``."""

from __future__ import annotations

import re
from bisect import bisect_left
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
    remaining = dict.fromkeys(warnings)
    index = _Index(remaining, folder)
    without_effect = []
    for number, entry in enumerate(record.silence):
        suppressed = [problem for problem in index.take(entry) if problem in remaining]
        if not suppressed:
            subject = f" of “{entry.name}”" if entry.name else ""
            file = f" in “{entry.file}”" if entry.file else ""
            left = " that the entries above leave" if number else ""
            warning = f"lint warning “{entry.subtype}”{subject}{file}{left}"
            message = f"this entry suppresses nothing: there is no {warning}; delete the entry"
            place = source.file.key_place(("silence", number))
            without_effect.append(Problem(place, Subtype.WITHOUT_EFFECT, message))
        for problem in suppressed:
            del remaining[problem]
    return list(remaining), without_effect


class _Index:
    """Lint warnings by what an entry can say of them, so that it is compared with few of them.

    There are the warnings of each subtype and subject, and of each subtype with any subject, which is None; of both, the
    warnings of each file, and the sorted names of the files.
    """

    def __init__(self, warnings: Iterable[Problem], folder: Path) -> None:
        self.warnings: dict[tuple[str, str | None], dict[str, list[Problem]]] = {}
        for problem in warnings:
            file = PurePath(problem.place.path).relative_to(folder).as_posix()
            for subject in (problem.subject, None):
                by_file = self.warnings.setdefault((problem.subtype.value, subject), {})
                by_file.setdefault(file, []).append(problem)
        self.files = {key: sorted(by_file) for key, by_file in self.warnings.items()}

    def take(self, entry: SuppressionRecord) -> list[Problem]:
        """Take out the warnings that an entry is for.

        What was taken for another subject, or for any, comes again.
        """
        key, pattern = (entry.subtype, entry.name), entry.file or "*"
        files = self.files.get(key, [])
        literal = re.split(r"[*?[]", pattern, maxsplit=1)[0]
        start = bisect_left(files, literal)
        end = bisect_left(files, True, start, key=lambda file: not file.startswith(literal))  # noqa: FBT003 - not a flag
        found = dict.fromkeys(file for file in files[start:end] if fnmatchcase(file, pattern))
        files[start:end] = [file for file in files[start:end] if file not in found]
        return [problem for file in found for problem in self.warnings[key].pop(file)]
