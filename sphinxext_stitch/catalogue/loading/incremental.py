"""Load a catalogue with a cache: only files that changed are read, and none if none changed."""

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
    from ..reading.discover import DataFiles
    from .cache import Fingerprint
    from .file_result import FileResult
    from .loader import Progress


class Origin(NamedTuple):
    """The input of a catalogue: an equal origin gives an equal catalogue."""

    folder: str
    limits: Limits
    files: set[Fingerprint]
    problems: list[Problem]


class Head(NamedTuple):
    """The head of the cache, which each build needs: the origin and the problems of the catalogue."""

    origin: Origin
    problems: tuple[Problem, ...]


class Body(NamedTuple):
    """The body of the cache: the catalogue, and the result of each file by the file's fingerprint.

    ``shared`` are the fingerprints of the files that every result depends on: ``api.yml`` and the groups.
    """

    catalogue: Catalogue
    shared: set[Fingerprint]
    results: dict[Fingerprint, FileResult]


class LoadedCatalogue:
    """A catalogue that is read from the cache on first access; a build in which nothing changed does not access it.

    ``digest`` depends on the data files and on the code of this package; ``problems`` are those of the data files.
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
    folder: Path, file: Path, progress: Progress = iter, limits: Limits = DEFAULT_LIMITS, *, follow_links: bool = False
) -> LoadedCatalogue:
    """Load the catalogue of a folder, as :func:`.loader.load` does, with the cache in ``file``, which is updated.

    Only object files that changed are read, or all of them if ``api.yml``, a group or a limit changed.
    """
    discovered, fingerprints = _discover(folder, limits, follow_links=follow_links)
    origin = Origin(str(folder), limits, set(fingerprints.values()), discovered.problems)
    cache: Cache[Head, Body] = Cache(file)
    # The same catalogue elsewhere, as the packaged one in another environment, has the same digest.
    files = sorted((str(path.relative_to(folder)), content) for path, (_path, content) in fingerprints.items())
    digest = code_digest((folder.name, limits, files, discovered.problems))
    head = cache.head()
    if head is not None and head.origin == origin:
        return LoadedCatalogue(digest, head.problems, lambda: cache.body().catalogue)
    # This import takes long, and a build in which nothing changed does without it.
    from .loader import Loader

    loader = Loader(folder, discovered.problems, fingerprints, limits)
    if head is not None and head.origin.limits == limits:
        body = cache.body()
        if body.shared == loader.shared:
            loader.cached = body.results
    catalogue = loader.load(progress)
    if _discover(folder, limits, follow_links=follow_links) == (discovered, fingerprints):
        # A later build asks for the digests of all objects, and has those of the results.
        for obj in catalogue.objects:
            _ = obj.digest
        cache.put(Head(origin, catalogue.problems), Body(catalogue, loader.shared, loader.results))
    else:
        # A file was changed meanwhile, so its result may not be that of its fingerprint.
        digest = code_digest(catalogue)
    return LoadedCatalogue(digest, catalogue.problems, lambda: catalogue)


def _discover(folder: Path, limits: Limits, *, follow_links: bool) -> tuple[DataFiles, dict[Path, Fingerprint]]:
    """The data files of a folder, and the fingerprint of each."""
    discovered = data_files(folder, limits, follow_links=follow_links)
    return discovered, take_fingerprints(discovered.files, limits)
