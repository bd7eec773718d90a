"""Files beside the HTML pages: the catalogue as ``export`` prints it; the JSON Schema of each step, and a script for its form."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..builders import has_scripts
from ..catalogue.digest import digest
from ..catalogue.json_paths import FOLDER, form_path, schema_path
from ..catalogue.loading.cache import Cache
from ..domain import domain_of
from .files import write_files
from .form_files import WORDS_PATH, form_script, words_script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

    from ..catalogue.model import Catalogue, ConnectionObject, Step

    #: The line of each object in the file of the catalogue, by the object's digest.
    Lines = Cache[str, dict[str, str]]


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
    lines: Lines = Cache(Path(app.doctreedir, "stitch-export.pickle"))
    write_files(app, "json", origin, lambda: dict(_files(domain.catalogue, *origin, lines)))


def _files(
    catalogue: Catalogue, version: str, base: str, words: str, lines: Lines
) -> Iterator[tuple[str, tuple[str, Callable[[], str]]]]:
    """The path of each file with its digest and how to make its text."""
    # A build in which nothing changed does without the model.
    from ..catalogue import object_schema

    yield f"{FOLDER}/catalogue.json", (version, partial(_catalogue_text, catalogue, lines))
    yield WORDS_PATH, (words, words_script)

    def text(obj: ConnectionObject, step: Step) -> str:
        return object_schema.as_text(object_schema.object_schema(obj, step, catalogue.api, base))

    # What else a schema shows, by step.
    others = {step.name: digest([base, str(step.title)]) for step in catalogue.api.steps}
    for obj in catalogue.objects:
        for step in obj.steps:
            yield schema_path(obj, step), (obj.digest + others[step.name], partial(text, obj, step))
            yield form_path(obj, step), (obj.digest, partial(form_script, obj, step))


def _catalogue_text(catalogue: Catalogue, lines: Lines) -> str:
    """The text of the catalogue; the lines of objects that have not changed are those of the last build."""
    from ..catalogue.export import as_lines

    text, made = as_lines(catalogue, lines.body() if lines.head() else {})
    lines.put("lines", made)
    return text


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("build-finished", write_json_files)
