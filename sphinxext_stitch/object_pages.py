"""Generate a page for each object: source files with one directive, written before Sphinx collects its pages."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from docutils.parsers.rst import Parser as RSTParser
from sphinx import addnodes
from sphinx.locale import get_translation

from .catalogue.problems import Subtype
from .catalogue.queries.chapters import chapters
from .catalogue.queries.selection import Selection
from .catalogue.suggestions import suggestion
from .config import warn_of_config
from .directives import CatalogueDirective
from .domain import domain_of
from .lifecycle import LOADING
from .render.parts import free_id
from .render.titles import chapter_title, short_chapter_title
from .render.words import heading
from .warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from .catalogue.api import Api
    from .catalogue.model import Catalogue, ConnectionObject
    from .catalogue.queries.chapters import Chapter
    from .domain import StitchDomain

_ = get_translation("sphinxext_stitch")

#: The mark in the first line of a generated page.
MARK = "Made by sphinxext-stitch"
_NOTE = f"{MARK} from its catalogue, and made again on each build. To keep a page of your own here, drop this line."

#: The suffix of a page that is being written.  A file with it that is older than this number of seconds was left by an
#: interrupted build.
DRAFT = ".stitch-draft"
DRAFT_AGE = 60

#: The second line of a page whose object is gone, and the number of seconds after which the page is removed.
GONE = "Its object is gone. Builds leave this page out, and remove it after a day: another build may be reading it."
GONE_AGE = 24 * 60 * 60


class Markup(NamedTuple):
    """The markup of generated pages: file suffix, beginning of a comment, and format of a directive."""

    suffix: str
    comment: str
    directive: str

    def page(self, name: str, argument: str) -> str:
        """The text of a page with one directive."""
        return f"{self.comment} {_NOTE}\n\n{self.directive.format(name=name, argument=argument).rstrip()}\n"


def folder_of(config: Config) -> str:
    """The folder of the generated pages in the source folder; empty if there are none."""
    return str(PurePosixPath(config.stitch_pages)) if config.stitch_pages else ""


def object_page(folder: str, obj: ConnectionObject) -> str:
    """The docname of the page of an object."""
    # Builders such as ``dirhtml`` would write ``index`` to the path of its chapter.
    return f"{folder}/{obj.kind}/{obj.key}{'_' if obj.key.casefold() == 'index' else ''}"


def chapter_page(folder: str, chapter: Chapter) -> str:
    """The docname of the page of a chapter."""
    return f"{folder}/{chapter.name or 'index'}"


def make_pages(app: Sphinx) -> None:
    """Write the pages that are missing or differ, and leave out those of objects that no longer exist."""
    folder = folder_of(app.config)
    if not folder:
        return
    markup = _markup(app)
    if markup is None:
        supported = "reStructuredText, or Markdown with the extension “myst_parser”"
        warn_of_config(app, f"“stitch_pages” needs pages in {supported}; “source_suffix” has neither")
        return
    keep = set()
    for page, directive in _wanted(domain_of(app.env), folder).items():
        path = Path(app.srcdir, page + markup.suffix)
        keep.add(path)
        content = markup.page(*directive).encode()
        try:
            if not (_holds(path, content) or _is_written_by_hand(app, page)):
                _write(path, content)
        except OSError as error:
            warn(Subtype.PAGE, f"the page cannot be written: {error.strerror}", f"{path}:1")
    _leave_out(app, _tidy(app, Path(app.srcdir, folder), keep))


def generated_page(app: Sphinx, docname: str) -> str | None:
    """The object that a generated page shows, as ``kind/key``; empty for a chapter, None for other pages."""
    folder = folder_of(app.config)
    if not folder or not docname.startswith(f"{folder}/"):
        return None
    page = _wanted(domain_of(app.env), folder).get(docname)
    with suppress(OSError):  # another build has removed it
        if page is not None and _is_ours(Path(app.env.doc2path(docname))):
            directive, argument = page
            return argument if directive == "connection-property" else ""
    return None


def _markup(app: Sphinx) -> Markup | None:
    """The markup of the project's pages, by the classes of their parsers; of several, the one that needs no other extension."""
    parsers = app.registry.get_source_parsers()
    # Of suffixes with the same markup the first; notebooks are JSON, whatever is in their cells.
    suffixes = [suffix for suffix in app.config.source_suffix if suffix != ".ipynb"]
    by_suffix = {suffix: parsers.get(app.config.source_suffix[suffix] or "restructuredtext") for suffix in suffixes}
    for suffix, parser in by_suffix.items():
        if parser is not None and issubclass(parser, RSTParser):
            return Markup(suffix, "..", ".. {name}:: {argument}")
    for suffix, parser in by_suffix.items():
        if any(base.__module__.partition(".")[0] == "myst_parser" for base in getattr(parser, "__mro__", ())):
            return Markup(suffix, "%", "```{{{name}}} {argument}\n```")
    return None


def _wanted(domain: StitchDomain, folder: str) -> dict[str, tuple[str, str]]:
    """The docnames of the pages, each with the name and argument of its directive; cached for the same catalogue."""
    origin = (domain.data["catalogue"], folder)
    if domain.data["pages"][0] != origin:
        domain.data["pages"] = origin, dict(_all_pages(domain.catalogue, folder))
    wanted: dict[str, tuple[str, str]] = domain.data["pages"][1]
    return wanted


def _all_pages(catalogue: Catalogue, folder: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for chapter in chapters(catalogue).values():
        yield chapter_page(folder, chapter), ("connection-pages", chapter.name)
        for obj in chapter.objects:
            yield object_page(folder, obj), ("connection-property", f"{obj.kind}/{obj.key}")


def _is_written_by_hand(app: Sphinx, page: str) -> bool:
    """Whether the project has a file of its own for the page, in any markup."""
    paths = (Path(app.srcdir, page + suffix) for suffix in app.config.source_suffix)
    return any(path.exists() and not _is_ours(path) for path in paths)


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return MARK.encode() in file.readline()


def _holds(path: Path, content: bytes) -> bool:
    with suppress(OSError):
        return path.read_bytes() == content
    return False


def _write(path: Path, content: bytes) -> None:
    """Write a file atomically, as another build may be reading it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}{DRAFT}")
    draft.write_bytes(content)
    draft.replace(path)


def _tidy(app: Sphinx, folder: Path, keep: set[Path]) -> list[Path]:
    """The generated pages that are not in ``keep``, which are removed later, as is what interrupted builds left."""
    suffixes = tuple(app.config.source_suffix)
    gone = []
    for place, _folders, names in os.walk(folder, topdown=False):
        for path in (Path(place, name) for name in names):
            with suppress(OSError):
                if path.name.endswith(DRAFT):
                    _remove_if_older(path, DRAFT_AGE)
                elif path not in keep and path.name.endswith(suffixes) and _is_ours(path):
                    gone.append(path)
                    _remove_later(path)
        with suppress(OSError):  # it is not empty
            Path(place).rmdir()
    return gone


def _leave_out(app: Sphinx, paths: list[Path]) -> None:
    """Let Sphinx not find these files.

    The configuration is as before when Sphinx stores it: it reads all pages again if these patterns are others.  After that,
    the patterns are there for a further build of the same application.
    """
    configured = app.config.exclude_patterns
    # “?” is any character: those that have a meaning in a pattern are no part of the names that we give.
    patterns = [re.sub(r"[*?\[\]]", "?", path.relative_to(app.srcdir).as_posix()) for path in paths]

    def exclude(*_arguments: object) -> None:
        app.config.exclude_patterns = [*configured, *patterns]

    def put_back(*_arguments: object) -> list[str]:
        app.config.exclude_patterns = configured
        return []

    exclude()
    app.connect("env-get-outdated", put_back)
    app.connect("build-finished", exclude)


def _remove_later(path: Path) -> None:
    """Remove a page, once it has long been marked as gone: another build may have found it and not yet read it."""
    first, _, rest = path.read_bytes().partition(b"\n")
    if GONE.encode() in rest.partition(b"\n")[0]:
        _remove_if_older(path, GONE_AGE)
    else:
        _write(path, b"\n".join([first, b"%b %b" % (first.split()[0], GONE.encode()), rest]))


def _remove_if_older(path: Path, age: int) -> None:
    if time.time() - path.stat().st_mtime > age:
        path.unlink()


class ConnectionPages(CatalogueDirective):
    """``connection-pages``: a chapter of the generated pages, as a section with a ``toctree``."""

    optional_arguments = 1

    def run(self) -> list[Node]:
        folder = self.config.stitch_pages
        if not folder:
            self.warn(Subtype.BAD_OPTION, "connection-pages lists the pages that “stitch_pages” makes; it is not set")
            return []
        name = self.arguments[0] if self.arguments else ""
        known = chapters(self.domain.catalogue)
        self.domain.note_selection(
            self.env.docname, Selection(what="contents", names=(name,), most=self.config.stitch_sidebar)
        )
        if name not in known:
            self.warn(Subtype.BAD_OPTION, f"there is no chapter “{name}”{suggestion(name, [*filter(None, known)])}")
            return []
        chapter = known[name]
        api = self.domain.catalogue.api
        api = replace(api, **{name: self.translate(getattr(api, name)) for name in ("kinds", "categories", "words")})
        title = chapter_title(chapter, api)
        section = nodes.section("", nodes.title(title, title), classes=["stitch-contents"])
        # One of docutils' own, such as “id1”, would be there again where all pages are one.
        anchor = "-".join(filter(None, ("connection-pages", chapter.name)))
        section["ids"] = [free_id(anchor, self.state.document.ids)]
        self.state.document.set_id(section)
        section += nodes.compound("", self.toctree(chapter, api), classes=["toctree-wrapper"])
        return self.finish([section])

    @property
    def is_large(self) -> bool:
        """Whether there are more objects than sidebars have."""
        most: int = self.config.stitch_sidebar
        return len(self.domain.catalogue.objects) > most

    def toctree(self, chapter: Chapter, api: Api) -> nodes.Element:
        folder = folder_of(self.config)
        entries = [(short_chapter_title(part, api), chapter_page(folder, part)) for part in chapter.chapters]
        entries += [(heading(obj.name), object_page(folder, obj)) for obj in chapter.objects]
        # There are the more of these, the more objects there are.
        growing = [object_page(folder, obj) for obj in chapter.objects]
        growing += [chapter_page(folder, part) for part in chapter.chapters if part.letters is not None]
        for _title, page in entries:
            if page not in self.env.found_docs:
                self.warn(Subtype.PAGE, f"there is no page “{page}”; is it excluded, or could it not be written?")
                self.env.note_reread()
        entries = [entry for entry in entries if entry[1] in self.env.found_docs]
        node = toctree(
            parent=self.env.docname,
            entries=entries,
            includefiles=[page for _title, page in entries],
            maxdepth=1 if chapter.name else 2,
            caption=None,
            glob=False,
            hidden=False,
            includehidden=False,
            numbered=0,
            titlesonly=True,
            only_here=growing if self.is_large else [],
        )
        self.set_source_info(node)
        return node


class toctree(addnodes.toctree):  # noqa: N801 - writers look up nodes by this name
    """A ``toctree`` whose titles are names, which are not translated.

    The pages of ``only_here`` are in the list where it stands, and in no other: see :func:`shorten_sidebars`.
    """

    def preserve_original_messages(self) -> None:
        """Keep no messages; Sphinx calls this to extract them."""


def shorten_sidebars(app: Sphinx, _doctree: nodes.document) -> None:
    """Keep the pages of objects out of sidebars if there are many; the handler of ``doctree-read``, after the collectors.

    Some themes write the whole tree of pages into the sidebar of each page.  It is made of ``env.tocs``, which has copies
    of the nodes; the list on the page, the links to the previous and next page, and builders that put all pages into one
    use the nodes themselves.
    """
    for node in app.env.tocs.get(app.env.docname, nodes.bullet_list()).findall(toctree):
        node["entries"] = [entry for entry in node["entries"] if entry[1] not in node["only_here"]]


def setup(app: Sphinx) -> None:
    """Register the directive, and generate the pages after the catalogue is loaded."""
    app.add_directive("connection-pages", ConnectionPages)
    app.connect("builder-inited", make_pages, priority=LOADING + 1)
    app.connect("doctree-read", shorten_sidebars, priority=900)
