"""Files beside the HTML pages, which are written again when what they show has changed."""

from __future__ import annotations

from contextlib import suppress
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..catalogue.digest import digest
from ..catalogue.loading.cache import Cache
from ..catalogue.problems import Subtype
from ..warnings import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

    #: Of each path in the output a digest of what the file shows, and how to make its text.
    Files = Mapping[str, tuple[str, Callable[[], str]]]


class Written(NamedTuple):
    """What a build has written: the digest of each file by its path, and what they were made of."""

    origin: tuple[str, ...]
    files: dict[str, str]


def write_files(app: Sphinx, name: str, origin: tuple[str, ...], files: Callable[[], Files]) -> None:
    """Write the files that have changed, and remove those that are gone, as a note beside the doctrees tells.

    ``name`` is that of the note.  ``files`` are asked for only if ``origin``, what they are made of, has changed, or one of
    them is missing; the first part of it is empty if there are to be none.  Warns of what cannot be written.
    """
    note: Cache[Written, None] = Cache(
        Path(app.doctreedir, f"stitch-{name}-{digest([app.builder.name, str(app.outdir)])}.pickle")
    )
    before = note.head() or Written(("", *origin[1:]), {})
    out = Path(app.outdir)
    # There are two files for each object, and every build looks for them: path objects would take most of the time.
    missing = {path for path in before.files if not isfile(f"{out}/{path}")}  # noqa: PTH113
    if before.origin == origin and not missing:
        return
    # A build that is killed now leaves files that are not those of the note.
    with suppress(OSError):
        note.file.unlink()
    made = files() if origin[0] else {}
    for path in before.files.keys() - made.keys():
        _remove(out / path)
    written = {}
    for path, (version, text) in made.items():
        is_current = before.files.get(path) == version and path not in missing
        if is_current or _write(out / path, text()):
            written[path] = version
    # The next build tries again what cannot be written in this one.
    note.put(Written(origin if len(written) == len(made) else (), written), None)


def _write(path: Path, text: str) -> bool:
    """Write a file; False if the system refuses it, which is warned of."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        warn(Subtype.PAGE, f"the file cannot be written: {error.strerror}", f"{path}:1")
        return False
    return True


def _remove(path: Path) -> None:
    """Remove a file, and its folder if that is empty then."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()
