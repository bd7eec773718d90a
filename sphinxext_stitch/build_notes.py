"""Notes beside the doctrees: the pages that a build is reading, and the version of each page that a builder has written.

Sphinx writes a page if its source file is newer than the output.  The catalogue changes a page without its source file,
and Sphinx keeps in its environment that the page was read again, but not who has written it since: another builder with
the same doctrees may have read it, or a build that was killed.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .catalogue.digest import digest
from .catalogue.loading.cache import Cache
from .domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

#: The note of the pages that are being read, in Sphinx's doctree folder.
READING = "stitch-reading.pickle"


def note_reading(app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
    """Note the pages that are about to be read; the handler of ``env-before-read-docs``.

    A build that is killed meanwhile leaves doctrees that the environment does not know of: if the catalogue is then put
    back as it was, nothing in the environment says that they are not of this catalogue.
    """
    if docnames:
        Cache[list[str], None](Path(app.doctreedir, READING)).put(docnames, None)


def half_read(
    app: Sphinx,
    _env: BuildEnvironment,
    _added: AbstractSet[str],
    _changed: AbstractSet[str],
    _removed: AbstractSet[str],
) -> list[str]:
    """The pages that a killed build was reading; the handler of ``env-get-outdated``."""
    return Cache[list[str], None](Path(app.doctreedir, READING)).head() or []


def forget_reading(app: Sphinx, _builder: Builder) -> None:
    """Remove the note, as the environment is stored now; the handler of ``write-started``."""
    with suppress(OSError):
        Path(app.doctreedir, READING).unlink(missing_ok=True)


class WrittenPages:
    """The versions of the pages in the output folder; see :attr:`.PageRecords.versions`.

    They are noted when a build has ended well.  After any other, the pages that it was to write still differ from the note.
    """

    def __init__(self) -> None:
        self.written: set[str] = set()
        #: None for a builder that puts all pages into one file: it always writes all of them.
        self.note: Cache[dict[str, int | None], None] | None = None

    def outdated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """The pages to write that the builder has not written as they are now; the handler of ``env-updated``."""
        self.written.clear()  # of an earlier build of the same application
        self.note = Cache(_note_of(app))
        before = self.note.head() or {}
        pages = [page for page, version in domain_of(env).records.versions.items() if before.get(page) != version]
        # Builders that do not write a file for each page return a string.
        if pages and isinstance(app.builder.get_outdated_docs(), str):
            self.note = None
            return []
        return pages

    def add(self, _app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        """Record that a page is being written; the handler of ``doctree-resolved``."""
        self.written.add(docname)

    def store(self, app: Sphinx, exception: Exception | None) -> None:
        """Note what was written; the handler of ``build-finished``."""
        if exception is not None or self.note is None or not self.written:
            return
        before = self.note.head() or {}
        versions = domain_of(app.env).records.versions
        # A build of some files alone leaves the others as they were.
        after = {page: version if page in self.written else before.get(page) for page, version in versions.items()}
        self.note.put(after, None)


def _note_of(app: Sphinx) -> Path:
    """The file for the builder and its output folder."""
    return Path(app.doctreedir, f"stitch-written-{digest([app.builder.name, str(app.outdir)])}.pickle")


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    written = WrittenPages()
    app.connect("env-get-outdated", half_read)
    app.connect("env-before-read-docs", note_reading)
    app.connect("env-updated", written.outdated, priority=600)  # after the versions are up to date
    app.connect("write-started", forget_reading)
    app.connect("doctree-resolved", written.add)
    app.connect("build-finished", written.store)
