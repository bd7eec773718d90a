"""What happens at which Sphinx event: the catalogue is loaded, and Sphinx told what to read and write again."""

from __future__ import annotations

from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.gettext import MessageCatalogBuilder
from sphinx.domains.std import StandardDomain
from sphinx.locale import get_translation
from sphinx.util.display import status_iterator

from .catalogue.digest import digest
from .catalogue.loading.incremental import load_incrementally
from .catalogue.reading.discover import LARGE
from .config import data_path, limits
from .domain import domain_of
from .link_places import pages_with_moved_links
from .render.titles import labels
from .translation import Translator
from .warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .catalogue.queries.selection import Selection
    from .domain import StitchDomain

_ = get_translation("sphinxext_stitch")

#: The file that keeps the catalogue, beside Sphinx's own.
CACHE = "stitch-catalogue.pickle"


def load_catalogue(app: Sphinx) -> None:
    """Load the catalogue, and report what is wrong with it, on every build."""
    cache = Path(app.doctreedir, CACHE)
    if app.fresh_env_used:
        with suppress(OSError):
            cache.unlink()  # a fresh environment begins with a fresh catalogue
    loaded = load_incrementally(data_path(app), cache, lambda files: progress(files, app.verbosity), limits(app))
    domain = domain_of(app.env)
    domain.take(loaded)
    domain.extracts = isinstance(app.builder, MessageCatalogBuilder)
    for problem in loaded.problems:
        warn(problem.subtype, problem.message, str(problem.place))


def progress(files: list[Path], verbosity: int) -> Iterator[Path]:
    """Hand on the files, and show in Sphinx's way how far that is where they are many, in a hundred steps at most."""
    if len(files) < LARGE:
        yield from files
        return
    size = ceil(len(files) / 100)
    parts = [files[start : start + size] for start in range(0, len(files), size)]
    summary = "reading the catalogue... "
    for part in status_iterator(parts, summary, "brown", len(parts), verbosity, lambda part: part[0].name):
        yield from part


def outdated(
    app: Sphinx, env: BuildEnvironment, added: AbstractSet[str], changed: AbstractSet[str], removed: AbstractSet[str]
) -> list[str]:
    """The pages that show something that is not in the catalogue as it was."""
    domain = domain_of(env)
    if not domain.catalogue_changed:
        return []
    digests: dict[Selection, str] = {}
    pages = []
    for docname, selections in domain.records.selections.items():
        for selection, before in selections.items():
            if selection not in digests:
                digests[selection] = selection.digest(domain.catalogue)
            if digests[selection] != before:
                pages.append(docname)
                break
    return pages


def note_links(app: Sphinx, doctree: nodes.document) -> None:
    """Remember what the links of a page name: ours, and the ones that may name a label of ours."""
    found = set()
    for node in doctree.findall(addnodes.pending_xref):
        # Builders that put all pages into one ask each link for its page.
        node.setdefault("refdoc", app.env.docname)
        if node.get("refdomain") == "stitch" or node["reftype"] in ("ref", "any", "myst"):
            found.add((node["reftype"], node["reftarget"]))
    domain_of(app.env).records.note_links(app.env.docname, sorted(found))


def note_titles(app: Sphinx, _doctree: nodes.document) -> None:
    """Remember the titles of a page that shows something, as Sphinx has gathered them for contents and sidebars."""
    records, docname = domain_of(app.env).records, app.env.docname
    if docname in records.selections:
        # Two titles with the same words can have another markup, or another id.
        records.titles[docname] = digest(app.env.tocs[docname].pformat())


def pages_to_write_again(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pages that are right as they were read, and not as they were written."""
    domain = domain_of(env)
    records = domain.records
    if not (domain.catalogue_changed or records.changed):
        return []
    labels = label_sections(env, domain)
    domain.get_objects()  # to be kept with the environment
    moved = pages_with_moved_links(domain.catalogue, records, labels)
    if navigation_changed(env, domain):
        return sorted(env.all_docs)
    # Sphinx keeps what we know now if it writes a page: of a catalogue that changed where no page shows it, too.
    return moved or ([] if records.changed else [env.config.root_doc])


def label_sections(env: BuildEnvironment, domain: StitchDomain) -> dict[str, tuple[str, str, str]]:
    """Label the sections of objects for ``:ref:``; gives the labels with their pages, ids and titles.

    Labels are not made by names on the sections, which Sphinx notes page by page: of an object on two
    pages, the page that happens to be read last would get the label.
    """
    standard = cast(StandardDomain, env.get_domain("std"))
    made: dict[str, tuple[str, str, str]] = {}
    for obj in domain.catalogue.objects:
        docname = domain.records.page_of("objects", f"{obj.kind}/{obj.key}")
        if docname is not None:
            api = Translator(env, docname)(domain.catalogue.api)
            for anchor, title in labels(obj, api).items():
                made[nodes.fully_normalize_name(anchor)] = docname, anchor, title
    standard.labels.update(made)
    standard.anonlabels.update({name: place[:2] for name, place in made.items()})
    return made


def navigation_changed(env: BuildEnvironment, domain: StitchDomain) -> bool:
    """Whether the pages that show something have other titles, or another order, than in the last build.

    Themes write these on every page: into sidebars, and as links to the page before and after.
    """
    titles = sorted(domain.records.titles.items())
    before = domain.data["navigation"]
    domain.data["navigation"] = digest([(page, title, env.toctree_includes.get(page)) for page, title in titles])
    return before not in ("", domain.data["navigation"])


def setup(app: Sphinx) -> None:
    """Register what happens when."""
    app.connect("builder-inited", load_catalogue)
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-read", note_links)
    app.connect("doctree-read", note_titles)
    app.connect("env-updated", pages_to_write_again)
