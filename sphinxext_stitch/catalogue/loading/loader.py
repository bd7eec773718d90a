"""Load a catalogue: from the files of a folder to the model, with all problems of the data."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from ..checks.lint import suppress, unused_groups
from ..checks.prose import ProseChecker, prose_of, prose_of_api
from ..checks.references import check
from ..composing.api import DEFAULT_API, compose_api
from ..composing.groups import Groups
from ..composing.objects import ObjectComposer
from ..format.records import CheckRecord, GroupRecord, ObjectRecord
from ..invisible import one_line
from ..keys import fault_of_key, fault_of_name, is_kind
from ..limits import DEFAULT_LIMITS
from ..model import Catalogue, sort_key
from ..problems import Place, Problem, Subtype
from ..reading.data_file import Source
from ..reading.discover import data_files, is_folder
from ..reading.validate import validate
from ..reading.yaml_reader import read
from ..suggestions import nearest
from .file_result import FileResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from ..api import Api
    from ..limits import Limits
    from ..model import ConnectionObject, Row
    from ..problems import Report
    from .cache import Fingerprint

    #: Kind and key of an object or a connection; of a key that is to be unique, without its case.
    Name = tuple[str, str]
    #: Yields the files that it is given, in their order, and can show how many of them are done.
    Progress = Callable[[list[Path]], Iterable[Path]]


def load(
    folder: Path, progress: Progress = iter, limits: Limits = DEFAULT_LIMITS, *, follow_links: bool = False
) -> Catalogue:
    """Load the catalogue of a folder.

    Never raises for the content of files: the result has all that is valid, with ``problems`` for all that is not, and
    lint warnings in ``lint``, each sorted by file, line and column.  ``progress`` yields the object files as they are
    to be read, and can show how many are done.  What exceeds ``limits`` is reported and left out, and so are
    links out of the folder, unless ``follow_links`` is set.
    """
    discovered = data_files(folder, limits, follow_links=follow_links)
    # Without a cache, the path of a file is enough as its fingerprint.
    fingerprints = {path: (str(path), "") for path in discovered.files}
    return Loader(folder, discovered.problems, fingerprints, limits).load(progress)


class Loader:
    """Loads one catalogue from files with their fingerprints; ``problems`` are those of finding the files.

    ``shared`` are the fingerprints of the files that every result depends on: ``api.yml`` and the groups.  The
    ``results`` of a loader can be the ``cached`` ones of a later loader with the same ``shared`` and limits, which does
    not read these files then.
    """

    def __init__(
        self, folder: Path, problems: Iterable[Problem], fingerprints: dict[Path, Fingerprint], limits: Limits
    ) -> None:
        self.folder = folder
        self.limits = limits
        self.fingerprints = fingerprints
        self.problems = dict.fromkeys(problems)
        self.api = self.read_api()
        #: Whether ``api.yml`` has no problem.  If it has one, a folder may be of a kind that it does not name because of it.
        self.knows_kinds = not any(problem.place.path == str(folder / "api.yml") for problem in self.problems)
        self.files = self.by_folder()
        # In the order of the folders, so that progress is shown in that of the files.
        kinds = sorted(self.api.kinds, key=lambda kind: kind.folder)
        self.kinds = {path: kind.name for kind in kinds for path in self.files[kind.folder]}
        self.shared = {fingerprints[path] for name in ("groups", "api.yml") for path in self.files[name]}
        self.cached: dict[Fingerprint, FileResult] = {}
        self.results: dict[Fingerprint, FileResult] = {}
        self.paths: dict[Name, Path] = {}
        self.objects: dict[Name, ConnectionObject] = {}
        self.rows: dict[Name, Row] = {}
        self.prose = ProseChecker()

    def report(self, problem: Problem) -> None:
        # Each object has the problems of the groups that it lists, as the result of its file is kept; they are told once.
        self.problems[replace(problem, message=one_line(problem.message))] = None

    def problem(self, place: Place, subtype: Subtype, message: str) -> None:
        self.report(Problem(place, subtype, message))

    def load(self, progress: Progress) -> Catalogue:
        groups = self.groups()
        owners = [path for path in self.kinds if self.has_own_key(path)]
        for path in progress([path for path in owners if self.fingerprints[path] not in self.cached]):
            self.cached[self.fingerprints[path]] = self.result(path, groups)
        self.results.update((self.fingerprints[path], self.cached[self.fingerprints[path]]) for path in owners)
        for result in self.results.values():
            self.add(result)
        catalogue = Catalogue(
            self.api,
            tuple(sorted(self.objects.values(), key=sort_key)),
            tuple(sorted((row.connection for row in self.rows.values()), key=sort_key)),
        )
        problems, links = self.prose.check(prose_of_api(self.api))
        for problem in (
            *problems,
            *check(catalogue, chain(links, *(result.links for result in self.results.values()))),
            *_shared_types(catalogue, self.results.values()),
        ):
            self.report(problem)
        lint = _sorted(self.lint(groups))
        return replace(
            catalogue, problems=_sorted(entry for entry in self.problems if not entry.subtype.lint), lint=lint
        )

    def lint(self, groups: Groups) -> list[Problem]:
        """The lint warnings that ``check.yml`` does not suppress."""
        check_files = [*filter(None, (self.source(path, CheckRecord, self.report) for path in self.files["check.yml"]))]
        warnings = [problem for problem in self.problems if problem.subtype.lint]
        # A group or an entry may be used by data that were left out as invalid: one mistake should give one warning.
        has_no_errors = len(warnings) == len(self.problems)
        if has_no_errors:
            warnings += unused_groups(groups, {key for result in self.results.values() for key in result.groups})
        if not check_files:
            return warnings
        warnings, without_effect = suppress(warnings, check_files[0], self.folder)
        for problem in without_effect if has_no_errors else ():
            self.report(problem)
        return warnings

    def read_api(self) -> Api:
        """The API; it is read first, as it says in which folders there are objects."""
        path = self.folder / "api.yml"
        file = read(path, self.report, self.limits) if path in self.fingerprints else None
        return compose_api(file, self.report) if file else DEFAULT_API

    def by_folder(self) -> dict[str, list[Path]]:
        """The files by their folder or name at the top of the catalogue; files that do not belong there are reported."""
        folders = [kind.folder for kind in self.api.kinds]
        files: dict[str, list[Path]] = {name: [] for name in (*folders, "groups", "api.yml", "check.yml")}
        parts = ", ".join([*(f"{folder}/" for folder in folders), "groups/, api.yml or check.yml"])
        for path in self.fingerprints:
            top, *below = path.relative_to(self.folder).parts
            if top in files and bool(below) == (not top.endswith(".yml")):
                files[top].append(path)
            elif self.knows_kinds or not (below and is_kind(top)):
                message = f"this file belongs to no part of a catalogue: {parts}"
                self.problem(Place(str(path)), Subtype.WITHOUT_EFFECT, message)
        self.check_parts(files, folders)
        return files

    def check_parts(self, files: Mapping[str, list[Path]], folders: list[str]) -> None:
        """Report a catalogue without objects or ``api.yml``."""
        if not any(files[folder] for folder in folders):
            places = " or ".join(f"{folder}/" for folder in folders)
            message = f"there is no catalogue in “{self.folder}”: no data file in {places}"
            if not is_folder(self.folder):
                message = _no_folder(self.folder)
            if self.knows_kinds:
                self.problem(Place(str(self.folder)), Subtype.DATA_PATH, message)
        elif not files["api.yml"]:
            message = "the file “api.yml” is missing; it names the API, its steps and endpoints"
            self.problem(Place(str(self.folder / "api.yml")), Subtype.DATA_PATH, message)

    def groups(self) -> Groups:
        """The property groups by key; an invalid group is None."""
        groups = Groups()
        firsts: dict[str, Path] = {}
        for path in self.files["groups"]:
            first = firsts.setdefault(path.stem.casefold(), path)
            if first != path:
                message = f"the key “{path.stem}” of a group is taken by “{first}”; this file is left out"
                self.problem(Place(str(path)), Subtype.DUPLICATE_OBJECT, message)
                groups.setdefault(path.stem, None)
            else:
                result = self.results[self.fingerprints[path]] = self.group(path)
                groups[path.stem] = result.group
        return groups

    def group(self, path: Path) -> FileResult:
        """The result of a group's file; a group depends on no other file, but each result of an object on all groups."""
        if known := self.cached.get(self.fingerprints[path]):
            return known
        problems: list[Problem] = []
        return FileResult(problems, group=self.source(path, GroupRecord, problems.append))

    def result(self, path: Path, groups: Groups) -> FileResult:
        """Read and compose one object file."""
        problems: list[Problem] = []
        steps = tuple(step.name for step in self.api.steps) if self.api.steps is not DEFAULT_API.steps else None
        source = self.source(path, ObjectRecord, problems.append, steps)
        if source is None:
            return FileResult(problems)
        listed = source.record.all_groups
        parts = filter(None, [source, *map(groups.get, listed)])
        limit = self.limits.values
        if sum(len(part.file.spans) for part in parts) > limit:
            message = f"with its groups the object has more than {limit:,} keys and values (stitch_max_values)"
            problems.append(Problem(source.file.place(()), Subtype.LIMIT, message))
            return FileResult(problems, groups=listed)
        composer = ObjectComposer(self.kinds[path], path.stem, source, groups, self.api, self.limits, problems.append)
        obj, rows = composer.compose()
        checked = self.prose.check(prose_of(obj) if obj else ())
        problems += checked.problems
        return FileResult(problems, obj, rows, listed, source.file.place(("type",)), checked.links)

    def source(self, path: Path, record: type, report: Report, steps: tuple[str, ...] | None = ()) -> Source | None:
        """Read and validate a file; None if nothing of it can be used.  See ``validate`` for ``steps``."""
        file = read(path, report, self.limits)
        valid_record = file and validate(file, record, report, steps)
        return Source(file, valid_record) if file and valid_record else None

    def has_own_key(self, path: Path) -> bool:
        """Whether a file's name can be the key of its object."""
        kind, key = self.kinds[path], path.stem
        fault = fault_of_key(key, self.api.anchors)
        if fault:
            self.problem(Place(str(path)), Subtype.WRONG_TYPE, f"the key “{key}” (the file's name) {fault}")
            return False
        # Labels ignore case, and so do the file names of some systems.
        first = self.paths.setdefault((kind, key.casefold()), path)
        if first != path:
            message = f"the key “{kind}/{key}” is taken by “{first}”; this file is left out"
            self.problem(Place(str(path)), Subtype.DUPLICATE_OBJECT, message)
        return first == path

    def add(self, result: FileResult) -> None:
        """Add the result of a file, except the rows whose keys are taken by another file, which are reported."""
        for problem in result.problems:
            self.report(problem)
        connections = []
        for row in result.rows:
            kind, key = row.connection.kind, row.connection.key
            if fault := fault_of_name(key):
                message = f"the key “{key}” {fault}"
                self.problem(row.place, Subtype.WRONG_TYPE, message)
                continue
            first = self.rows.setdefault((kind, key.casefold()), row)
            if first is row:
                connections.append(row.connection)
            else:
                other = f" as “{kind}/{first.connection.key}”" if first.connection.key != key else ""
                message = f"the connection “{kind}/{key}” is defined twice, first at {first.place}{other}; the first definition is used"
                self.problem(row.place, Subtype.DUPLICATE_OBJECT, message)
        if result.obj is not None:
            obj = result.obj
            if len(connections) < len(obj.connections):
                obj = replace(obj, connections=tuple(connections))
            self.objects[obj.kind, obj.key] = obj


def _shared_types(catalogue: Catalogue, results: Iterable[FileResult]) -> Iterator[Problem]:
    """Yield a problem for each type that an earlier object has as well, or that is the kind and key of another one."""
    for result in results:
        if result.obj is None or result.type_place is None:
            continue
        first = catalogue.find(result.obj.type)[0]
        if (first.kind, first.key) != (result.obj.kind, result.obj.key):
            message = f"the type “{result.obj.type}” is taken by “{first.kind}/{first.key}”; links by type lead there"
            yield Problem(result.type_place, Subtype.DUPLICATE_OBJECT, message)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.place, problem.message)))


def _no_folder(folder: Path) -> str:
    """A message about a folder that is not there."""
    if os.path.isfile(folder):  # noqa: PTH113 - before Python 3.14 Path.is_file raises for what is no path
        return f"“{folder}” is a file; name the folder of the catalogue"
    return f"there is no folder “{folder}”{_nearest_folder(folder)}"


def _nearest_folder(folder: Path) -> str:
    """A suggestion of folders beside a missing one; see :func:`..suggestions.nearest`."""
    beside = folder.absolute().parent
    names = [path.name for path in beside.iterdir() if is_folder(path)] if is_folder(beside) else []
    return nearest(folder.name, names)
