"""Find the data files of a folder, without following links out of it unless these are trusted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..invisible import one_line
from ..problems import Place, Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..limits import Limits

_ENDINGS = (".yml", ".yaml")

#: Deeper nesting of folders ends Python's own search, and makes paths longer than a system takes.
MAX_DEPTH = 50

#: From this number of files on, reading them takes long enough to show progress.
LARGE = 500


class DataFiles(NamedTuple):
    """The data files of a folder, sorted, and the problems of the files that were left out."""

    files: list[Path]
    problems: list[Problem]


def data_files(folder: Path, limits: Limits, *, follow_links: bool = False) -> DataFiles:
    """Find the YAML files in a folder and its sub-folders; hidden ones, such as copies of an editor, are ignored.

    A link out of the folder is reported and not followed: otherwise the authors of data could let a build read any
    file of the machine.  With ``follow_links`` links to files and folders anywhere are followed, as in a tree that a
    build system has made of links.
    """
    finder = _Finder(folder, follow_links=follow_links)
    # By the names on a path, as paths compare; but each path makes a list of these again for each of its comparisons.
    files = sorted((path for path in finder.entries() if finder.is_ours(path)), key=lambda path: path.parts)
    if len(files) > limits.files:
        message = f"there are {len(files):,} data files; a catalogue has at most {limits.files:,} (stitch_max_files)"
        finder.problem(folder, Subtype.LIMIT, message)
    return DataFiles(files[: limits.files], sorted(finder.problems, key=lambda problem: problem.place))


def is_folder(path: Path) -> bool:
    """Whether there is a folder; no also for what no system takes for a path, such as a name that is too long."""
    return os.path.isdir(path)  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for these


class _Finder:
    """Walks a folder and collects the problems of what is left out."""

    def __init__(self, folder: Path, *, follow_links: bool) -> None:
        self.folder = folder
        self.follow_links = follow_links
        self.problems: list[Problem] = []

    def problem(self, path: str | Path, subtype: Subtype, message: str) -> None:
        self.problems.append(Problem(Place(one_line(str(path))), subtype, message))

    def entries(self) -> Iterator[Path]:
        """Everything in the folder and its sub-folders with the name of a data file that is not hidden."""
        for place, folders, files in os.walk(self.folder, onerror=self.unreadable, followlinks=self.follow_links):
            folders[:] = [name for name in folders if not name.startswith(".") and self.is_entered(Path(place, name))]
            if folders and len(Path(place).relative_to(self.folder).parts) == MAX_DEPTH:
                message = f"folders are nested deeper than {MAX_DEPTH} levels; they are left out"
                self.problem(place, Subtype.LIMIT, message)
                folders.clear()
            names = (name for name in (*folders, *files) if not name.startswith("."))
            yield from (Path(place, name) for name in names if name.lower().endswith(_ENDINGS))

    def is_entered(self, path: Path) -> bool:
        """Whether a folder is searched; a link to one that is not is reported."""
        if not _is_link(path):
            return True
        if not self.follow_links:
            self.problem(path, Subtype.SYMLINK, "a link to a folder; it is not followed")
            return False
        around = [path, *path.parents][1 : len(path.relative_to(self.folder).parts) + 1]
        if os.path.realpath(path) in map(os.path.realpath, around):
            self.problem(path, Subtype.SYMLINK, "a link to a folder that it is in; it is not followed")
            return False
        return True

    def unreadable(self, error: OSError) -> None:
        """Report a folder that cannot be read; a missing one, or a file, is reported by the loader, as it has no data files."""
        if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
            self.problem(error.filename, Subtype.DATA_PATH, f"the folder cannot be read: {error.strerror}")

    def is_ours(self, path: Path) -> bool:
        """Whether a file is in the folder and has a printable name; if not, this is reported."""
        # Most paths are printable as a whole, which is faster to tell.
        if not (str(path).isprintable() or str(path.relative_to(self.folder)).isprintable()):
            message = "the name has characters that cannot be printed; the file is left out"
            self.problem(path, Subtype.HIDDEN_CHARACTER, message)
            return False
        # Path.resolve raises for a link to itself.
        if self.follow_links:
            return True
        if _is_link(path) and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.folder)):
            self.problem(path, Subtype.SYMLINK, "a link that leads out of the catalogue; it is not followed")
            return False
        return True


def _is_link(path: Path) -> bool:
    """Whether a path is a symbolic link; in a folder that may be listed and not searched, nobody can tell."""
    return os.path.islink(path)  # noqa: PTH114 - Path.is_symlink raises there
