"""Load a catalogue: from the files of a folder to the model, with every problem on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from ..warnings import Subtype
from .advice import silence, unused_groups
from .api import DEFAULT_API, KEY, compose_api
from .check import check
from .compose import Source, compose
from .model import Catalogue, sort_key
from .problems import Place, Problem
from .read import read
from .records import ApiRecord, CheckRecord, GroupRecord, ObjectRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from .compose import Row
    from .model import Api, Connection, ConnectionObject
    from .read import File
    from .records import Kind

    #: What names an object or a connection for ever.
    Name = tuple[Kind, str]
    #: Hands on the files that it is given, in their order, and tells someone how far that is.
    Progress = Callable[[list[Path]], Iterable[Path]]

Record = TypeVar("Record")

#: The folder of each kind.
FOLDERS: dict[str, Kind] = {"destinations": "destination", "sources": "source"}


def load(folder: Path, progress: Progress = iter) -> Catalogue:
    """Load the catalogue of a folder.

    Never raises for what the files hold: the result has what is sound, and ``problems`` all that is not,
    ``advice`` what is worth a look, each sorted by file, line and column.  ``progress`` hands on the files of objects, and can show how far that is.
    """
    return _Loader(folder).load(progress)


class _Loader:
    """Loads one catalogue, and gathers its problems."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: dict[Problem, None] = {}
        self.paths: dict[Name, Path] = {}
        self.sources: dict[Name, Source] = {}
        self.objects: dict[Name, ConnectionObject] = {}
        self.connections: dict[Name, Connection] = {}

    def report(self, problem: Problem) -> None:
        # A group is composed once for each object that lists it; what is wrong with it is one problem.
        self.problems[problem] = None

    def problem(self, place: Place, subtype: Subtype, message: str) -> None:
        self.report(Problem(place, subtype, message))

    def load(self, progress: Progress) -> Catalogue:
        files = self.files()
        api = self.api(files)
        first_step, *others = (step.name for step in api.steps)
        further = tuple(others) if api is not DEFAULT_API else None
        groups = self.groups(files["groups"])
        kinds = {path: kind for folder, kind in FOLDERS.items() for path in files[folder]}
        for path in progress(list(kinds)):
            kind = kinds[path]
            if self.has_own_key(path, kind) and (source := self.source(path, ObjectRecord, further)):
                self.sources[kind, path.stem] = source
                obj, rows = compose(kind, path.stem, source, groups, first_step, self.report)
                self.add(obj, rows)
        catalogue = Catalogue(
            api,
            tuple(sorted(self.objects.values(), key=sort_key)),
            tuple(sorted(self.connections.values(), key=sort_key)),
        )
        for problem in check(catalogue):
            self.report(problem)
        for obj in catalogue.objects:
            first = catalogue.find(obj.type)[0]
            if first is not obj:
                place = self.sources[obj.kind, obj.key].file.place(("type",))
                message = f"the type “{obj.type}” is taken by “{first.kind}/{first.key}”; links by type lead there"
                self.problem(place, Subtype.DUPLICATE_OBJECT, message)
        advice = self.advice(files, groups)
        problems = (problem for problem in self.problems if not problem.subtype.advice)
        return replace(catalogue, problems=_sorted(problems), advice=_sorted(advice))

    def advice(self, files: dict[str, list[Path]], groups: dict[str, Source | None]) -> list[Problem]:
        """The advice that ``check.yml`` does not silence."""
        check_file = next((source for path in files["check.yml"] if (source := self.source(path, CheckRecord))), None)
        advice = [problem for problem in self.problems if problem.subtype.advice]
        # Where something is broken, a group or entry may be for what is lost: one mistake needs one warning.
        sound = len(advice) == len(self.problems)
        if sound:
            advice += unused_groups(groups, self.sources.values())
        if check_file is None:
            return advice
        advice, without_effect = silence(advice, check_file, self.folder)
        for problem in without_effect if sound else ():
            self.report(problem)
        return advice

    def files(self) -> dict[str, list[Path]]:
        """The files by the folder at the top that they stand in, sorted; what has no place is reported."""
        found: dict[str, list[Path]] = {name: [] for name in (*FOLDERS, "groups", "api.yml", "check.yml")}
        paths = [path for ending in ("yml", "yaml") for path in self.folder.rglob(f"*.{ending}")]
        for path in sorted(paths):
            parts = path.relative_to(self.folder).parts
            if any(part.startswith(".") for part in parts):
                continue  # hidden, as an editor's copies are
            if parts[0] in found:
                found[parts[0]].append(path)
            else:
                parts_of_it = "sources/, destinations/, groups/, api.yml or check.yml"
                message = f"this file belongs to no part of a catalogue: {parts_of_it}"
                self.problem(Place(str(path)), Subtype.WITHOUT_EFFECT, message)
        if not any(found[folder] for folder in FOLDERS):
            message = f"there is no catalogue in “{self.folder}”: no data file in sources/ or destinations/"
            self.problem(Place(str(self.folder)), Subtype.DATA_PATH, message)
        elif not found["api.yml"]:
            message = "the file “api.yml” is missing; it names the API, its steps and endpoints"
            self.problem(Place(str(self.folder / "api.yml")), Subtype.DATA_PATH, message)
        return found

    def api(self, files: dict[str, list[Path]]) -> Api:
        for path in files["api.yml"]:
            source = self.source(path, ApiRecord)
            if source:
                return compose_api(source.file, source.record, self.report)
        return DEFAULT_API

    def groups(self, paths: list[Path]) -> dict[str, Source | None]:
        """The property groups by key; one that is broken is None."""
        groups: dict[str, Source | None] = {}
        for path in paths:
            if path.stem in groups:
                message = f"there is a property group “{path.stem}” already; this file is left out"
                self.problem(Place(str(path)), Subtype.DUPLICATE_OBJECT, message)
            else:
                groups[path.stem] = self.source(path, GroupRecord)
        return groups

    def source(self, path: Path, record: type, steps: tuple[str, ...] | None = ()) -> Source | None:
        """Read and validate a file; None if nothing of it can be saved.  See ``validate`` for ``steps``."""
        # pydantic takes longer to import than this module: whoever only reads the model does without.
        from .schema import validate

        file: File | None = read(path, self.report)
        sound = file and validate(file, record, self.report, steps)
        return Source(file, sound) if file and sound else None

    def has_own_key(self, path: Path, kind: Kind) -> bool:
        """Whether a file's name can be the key of its object."""
        key = path.stem
        if not KEY.match(key):
            message = f"the key “{key}” (the file's name) can have letters, digits, “-”, “_” and “.” only"
            self.problem(Place(str(path)), Subtype.WRONG_TYPE, message)
            return False
        # Labels have no case, and neither have the file names of some systems.
        first = self.paths.setdefault((kind, key.casefold()), path)
        if first != path:
            message = f"the key “{kind}/{key}” is taken by “{first}”; this file is left out"
            self.problem(Place(str(path)), Subtype.DUPLICATE_OBJECT, message)
        return first == path

    def add(self, obj: ConnectionObject | None, rows: list[Row]) -> None:
        """Add what a file gives, but for what clashes with another file's."""
        kept = []
        for row in rows:
            name = (row.connection.kind, row.connection.key)
            if not KEY.match(name[1]):
                message = f"the key “{name[1]}” can have letters, digits, “-”, “_” and “.” only"
                self.problem(row.place, Subtype.WRONG_TYPE, message)
            elif name in self.connections:
                message = f"the connection “{name[0]}/{name[1]}” is there already; this one is left out"
                self.problem(row.place, Subtype.DUPLICATE_OBJECT, message)
            else:
                self.connections[name] = row.connection
                kept.append(row.connection)
        if obj is not None:
            self.objects[obj.kind, obj.key] = replace(obj, connections=tuple(kept))


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.place, problem.message)))
