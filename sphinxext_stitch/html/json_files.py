"""Files beside the HTML pages: the catalogue as ``export`` prints it; the JSON Schema of each step, and a script for its form.

They are written again when what they show has changed.  A note beside the doctrees has the digest of each file.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..builders import has_scripts
from ..catalogue.digest import digest
from ..catalogue.json_paths import FOLDER, form_path, schema_path
from ..catalogue.loading.cache import Cache
from ..catalogue.problems import Subtype
from ..domain import domain_of
from ..warnings import warn
from .form_files import WORDS_PATH, form_script, words_script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

    from ..catalogue.model import Catalogue, ConnectionObject, Step


class Written(NamedTuple):
    """What a build has written: the digest of each file by its path, and what they were made of."""

    origin: tuple[str, str, str]
    files: dict[str, str]


def write_json_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the files that have changed, and remove those of objects that are gone; the handler of ``build-finished``.

    There are none if no page shows any of the catalogue, or the project wants none.
    """
    if exception is not None or not has_scripts(app.builder):
        return
    domain = domain_of(app.env)
    base: str = app.config.html_baseurl
    is_wanted = bool(domain.records.selections) and app.config.stitch_json
    origin = (domain.data["catalogue"] if is_wanted else "", base, digest([words_script()]) if is_wanted else "")
    note: Cache[Written, None] = Cache(
        Path(app.doctreedir, f"stitch-json-{digest([app.builder.name, str(app.outdir)])}.pickle")
    )
    before = note.head() or Written(("", base, ""), {})
    out = Path(app.outdir)
    if before.origin == origin and all((out / path).is_file() for path in before.files):
        return
    # A build that is killed now leaves files that are not those of the note.
    note.file.unlink(missing_ok=True)
    files = dict(_files(domain.catalogue, *origin)) if is_wanted else {}
    for path in before.files.keys() - files.keys():
        _remove(out / path)
    for path, (version, text) in files.items():
        if before.files.get(path) != version or not (out / path).is_file():
            _write(out / path, text())
    note.put(Written(origin, {path: version for path, (version, _text) in files.items()}), None)


def _files(
    catalogue: Catalogue, version: str, base: str, words: str
) -> Iterator[tuple[str, tuple[str, Callable[[], str]]]]:
    """The path of each file with its digest and how to make its text."""
    # A build in which nothing changed does without the model.
    from ..catalogue import export, object_schema

    yield f"{FOLDER}/catalogue.json", (version, lambda: export.as_text(export.export(catalogue)))
    yield WORDS_PATH, (words, words_script)

    def text(obj: ConnectionObject, step: Step) -> str:
        return object_schema.as_text(object_schema.object_schema(obj, step, catalogue.api, base))

    for obj in catalogue.objects:
        for step in obj.steps:
            schema = digest([obj.digest, base, str(catalogue.api.step(step.name).title)])
            yield schema_path(obj, step), (schema, partial(text, obj, step))
            yield form_path(obj, step), (digest([obj.digest]), partial(form_script, obj, step))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        warn(Subtype.PAGE, f"the file cannot be written: {error.strerror}", f"{path}:1")


def _remove(path: Path) -> None:
    """Remove a file, and its folder if that is empty then."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("build-finished", write_json_files)
