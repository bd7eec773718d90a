"""A catalogue that is kept for the next build: only the files that changed are read again, and nothing if none did."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..limits import DEFAULT_LIMITS
from ..reading.discover import data_files
from .cache import Cache, code_digest, take_fingerprints

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..limits import Limits
    from ..model import Catalogue
    from ..problems import Problem
    from ..reading.discover import Found
    from .cache import Fingerprint
    from .file_result import FileResult
    from .loader import Progress


class Origin(NamedTuple):
    """What a catalogue is made from: where it is the same, the catalogue is."""

    folder: str
    limits: Limits
    files: set[Fingerprint]
    problems: list[Problem]


class Head(NamedTuple):
    """What a build needs of the catalogue in any case: what it was made from, and what to say of it."""

    origin: Origin
    problems: tuple[Problem, ...]


class Body(NamedTuple):
    """The catalogue of a folder, and the results that it was made of, by the files that gave them.

    ``shared`` are the files that every result depends on: ``api.yml`` and the groups.
    """

    catalogue: Catalogue
    shared: set[Fingerprint]
    results: dict[Fingerprint, FileResult]


class LoadedCatalogue:
    """A catalogue, made of what is kept when it is asked for; a build with nothing changed never asks.

    ``digest`` tells it from any other, and from what another version of this code makes of the same files; ``problems``
    is what is wrong with the data.
    """

    def __init__(self, digest: str, problems: tuple[Problem, ...], make: Callable[[], Catalogue]) -> None:
        self.digest = digest
        self.problems = problems
        self._make = make

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue."""
        return self._make()


def load_incrementally(
    folder: Path, file: Path, progress: Progress = iter, limits: Limits = DEFAULT_LIMITS
) -> LoadedCatalogue:
    """Load the catalogue of a folder, as :func:`.loader.load` does, with what ``file`` keeps.

    Only the files of objects that changed are read, or all of them if ``api.yml`` or a group did.
    """
    found, fingerprints = _found(folder, limits)
    origin = Origin(str(folder), limits, set(fingerprints.values()), found.problems)
    cache: Cache[Head, Body] = Cache(file)
    digest = code_digest((origin.folder, limits, sorted(origin.files), found.problems))
    head = cache.head()
    if head is not None and head.origin == origin:
        return LoadedCatalogue(digest, head.problems, lambda: cache.body().catalogue)
    # It takes its time to import what makes a catalogue: a build with nothing changed does without.
    from .loader import Loader

    loader = Loader(folder, found.problems, fingerprints, limits)
    if head is not None and head.origin.limits == limits:
        body = cache.body()
        if body.shared == loader.shared:
            loader.known = body.results
    catalogue = loader.load(progress)
    if _found(folder, limits) == (found, fingerprints):
        cache.put(Head(origin, catalogue.problems), Body(catalogue, loader.shared, loader.results))
    else:
        # A file that is written while it is read can give something else than its fingerprint tells.
        digest = code_digest(catalogue)
    return LoadedCatalogue(digest, catalogue.problems, lambda: catalogue)


def _found(folder: Path, limits: Limits) -> tuple[Found, dict[Path, Fingerprint]]:
    """The data files of a folder, and the fingerprint of each."""
    found = data_files(folder, limits)
    return found, take_fingerprints(found.files, limits)
