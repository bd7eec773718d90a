"""Handlers of Sphinx's events: load the catalogue, and choose the pages to read and to write again."""

from __future__ import annotations

from contextlib import suppress
from functools import cache, partial
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
from .conditional import holds
from .config import data_path, limits
from .domain import domain_of
from .link_places import pages_with_moved_links
from .render.titles import labels
from .warnings import warn_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .catalogue.queries.selection import Selection
    from .domain import StitchDomain

_ = get_translation("sphinxext_stitch")

#: The priority of the handler that loads the catalogue.  Projects make data in handlers of the same event, ``builder-inited``,
#: with Sphinx's own priority, 500; the last chance before Sphinx looks for the pages, some of which we make.
LOADING = 900

#: The cache of the catalogue, in Sphinx's doctree folder.
CACHE = "stitch-catalogue.pickle"


def load_catalogue(app: Sphinx) -> None:
    """Load the catalogue and warn of its problems, on every build."""
    file = Path(app.doctreedir, CACHE)
    if app.fresh_env_used:
        with suppress(OSError):
            file.unlink()  # as with ``sphinx-build -E``
    loaded = load_incrementally(
        data_path(app),
        file,
        lambda files: progress(files, app.verbosity),
        limits(app),
        follow_links=app.config.stitch_follow_links,
    )
    domain = domain_of(app.env)
    domain.records.holds = cache(partial(holds, app))
    domain.take(loaded)
    domain.extracts = isinstance(app.builder, MessageCatalogBuilder)
    for problem in loaded.problems:
        warn_of(problem)


def progress(files: list[Path], verbosity: int) -> Iterator[Path]:
    """Yield the files; if there are many, show the progress as Sphinx does, in at most a hundred steps."""
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
    """The pages whose selections changed with the catalogue; the handler of ``env-get-outdated``."""
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
    """Record that a page was read, and the targets of its links that lead to our objects, or may name one of our labels."""
    links = set()
    for node in doctree.findall(addnodes.pending_xref):
        # Builders that put all pages into one read the page of a link from it.
        node.setdefault("refdoc", app.env.docname)
        if node.get("refdomain") == "stitch" or node["reftype"] in ("ref", "any", "myst"):
            links.add((node["reftype"], node["reftarget"]))
    records = domain_of(app.env).records
    records.note_links(app.env.docname, sorted(links))
    records.note_version(app.env.docname)


def note_titles(app: Sphinx, _doctree: nodes.document) -> None:
    """Record a digest of the titles that Sphinx collected from a page for its table of contents."""
    records, docname = domain_of(app.env).records, app.env.docname
    if docname in records.selections:
        # With markup and ids: titles with the same words can differ in these.
        toc = app.env.tocs.get(docname)
        records.titles[docname] = digest(toc.pformat() if toc is not None else "")


def pages_to_write_again(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages to write again without being read again; the handler of ``env-updated``."""
    domain = domain_of(env)
    records = domain.records
    if not (domain.catalogue_changed or records.changed or records.conditions):
        return []
    labels = label_sections(env, domain)
    domain.get_objects()  # to store the names with the environment
    pages = pages_with_moved_links(domain.catalogue, records, labels)
    if navigation_changed(env, domain):
        pages = sorted(env.all_docs)
    for docname in pages:
        records.note_version(docname)
    # Sphinx saves the environment only if a page is written, and the digest of the catalogue has changed.
    return pages or ([env.config.root_doc] if domain.catalogue_changed and not records.changed else [])


def label_sections(env: BuildEnvironment, domain: StitchDomain) -> dict[str, tuple[str, str, str]]:
    """Label the sections of objects for ``:ref:``; returns the page, id and title of each label.

    Names on the sections would not do, as Sphinx collects them page by page: if two pages show an object, the label
    would lead to the one that happens to be read last.
    """
    standard = cast(StandardDomain, env.get_domain("std"))
    remove_labels(standard, domain)
    labels_by_name: dict[str, tuple[str, str, str]] = {}
    for obj in domain.catalogue.objects:
        docname = domain.records.page_of("objects", f"{obj.kind}/{obj.key}")
        if docname is not None:
            for anchor, title in labels(obj, domain.api_of(docname)).items():
                labels_by_name[nodes.fully_normalize_name(anchor)] = docname, anchor, title
    standard.labels.update(labels_by_name)
    standard.anonlabels.update({name: place[:2] for name, place in labels_by_name.items()})
    return labels_by_name


def remove_labels(standard: StandardDomain, domain: StitchDomain) -> None:
    """Remove the labels of sections that this build leaves out: one with other conditions may have stored them."""
    records = domain.records
    for docname in records.conditions:
        for name, place in records.objects.get(docname, {}).items():
            if records.is_shown(docname, place.anchor):
                continue
            anchors = [anchor for obj in domain.catalogue.find(name) for anchor in labels(obj, domain.catalogue.api)]
            for label in map(nodes.fully_normalize_name, anchors):
                if standard.labels.get(label, ("",))[0] == docname:
                    del standard.labels[label]
                    standard.anonlabels.pop(label, None)


def navigation_changed(env: BuildEnvironment, domain: StitchDomain) -> bool:
    """Whether the titles or the order of pages with our nodes changed since the last build.

    Themes show these on all pages: in sidebars, and as links to the previous and the next page.
    """
    titles = sorted(domain.records.titles.items())
    before = domain.data["navigation"]
    domain.data["navigation"] = digest([(page, title, env.toctree_includes.get(page)) for page, title in titles])
    return before not in ("", domain.data["navigation"])


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("builder-inited", load_catalogue, priority=LOADING)
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-read", note_links)
    app.connect(
        "doctree-read", note_titles, priority=900
    )  # after collectors, which another extension may have replaced
    app.connect("env-updated", pages_to_write_again)
