"""Advice: what is no fault and yet worth a look, and what a project silences of it."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..warnings import Subtype
from .problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from .compose import Source
    from .model import Property
    from .problems import Place
    from .records import CheckRecord, SilenceRecord

#: Names of secrets, by their last words: “token_url” is none.
_SECRET = re.compile(
    r"(^|[_-])(password|passwd|pwd|passphrase|secret|token|credentials?|jwt"
    r"|(access|account|api|app|auth|encryption|private|rsa|secret|signing|ssh|ssl)[_-]?key)\Z"
)

#: Where a word begins within a name like “apiKey”.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def of_property(prop: Property, stated: Collection[str], place: Place) -> Iterator[Problem]:
    """What is worth a look about a property; ``stated`` are the fields that the data have of it."""
    if prop.description is None:
        message = f"the property “{prop.name}” has no description; say what it does"
        yield Problem(place, Subtype.UNDESCRIBED_PROPERTY, message, prop.name)
    if "secret" not in stated and "string" in prop.types and _SECRET.search(_HUMP.sub("_", prop.name).lower()):
        message = f"“{prop.name}” is the name of a secret; write “secret: true”, or “secret: false” if it is none"
        yield Problem(place, Subtype.UNMARKED_SECRET, message, prop.name)


def unused_groups(groups: Mapping[str, Source | None], used: Collection[str]) -> Iterator[Problem]:
    """The property groups that no object and no step of one lists."""
    for key, group in groups.items():
        if group is not None and key not in used:
            message = f"no object lists the property group “{key}”; list it under “groups”, or delete the file"
            yield Problem(group.file.place(()), Subtype.UNUSED_GROUP, message, key)


def silence(advice: Iterable[Problem], source: Source, folder: Path) -> tuple[list[Problem], list[Problem]]:
    """Take out what ``check.yml`` silences; gives the rest, and a problem for each entry that silences nothing."""
    record: CheckRecord = source.record
    left = list(advice)
    without_effect = []
    for index, entry in enumerate(record.silence):
        kept = [problem for problem in left if not _silences(entry, problem, folder)]
        if len(kept) == len(left):
            message = f"this entry silences nothing: there is no such advice “{entry.subtype}”; delete the entry"
            place = source.file.key_place(("silence", index))
            without_effect.append(Problem(place, Subtype.WITHOUT_EFFECT, message))
        left = kept
    return left, without_effect


def _silences(entry: SilenceRecord, problem: Problem, folder: Path) -> bool:
    file = PurePath(problem.place.path).relative_to(folder).as_posix()
    return (
        entry.subtype == problem.subtype.value
        and (entry.name is None or entry.name == problem.subject)
        and (entry.file is None or fnmatchcase(file, entry.file))
    )
