"""Short titles in tables of contents: an object is named there, and a step too, without the words of its heading."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docutils import nodes

from .domain import domain_of
from .render.titles import named_kind
from .render.words import heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from .catalogue.api import Api
    from .catalogue.model import ConnectionObject


def shorten_titles(app: Sphinx, _doctree: nodes.document) -> None:
    """Replace titles in the contents of a page that was read; the handler of ``doctree-read``, after the collectors."""
    env, domain = app.env, domain_of(app.env)
    contents = env.tocs.get(env.docname)
    shown = domain.records.objects.get(env.docname)
    if contents is None or not shown:
        return
    objects = [obj for name in shown for obj in domain.catalogue.find(name)]
    titles = dict(_titles(objects, domain.api_of(env.docname)))
    for reference in contents.findall(nodes.reference):
        title = titles.get(reference.get("anchorname", "").removeprefix("#"))
        if title is not None:
            reference.children = []
            reference.append(nodes.Text(title))


def _titles(objects: list[ConnectionObject], api: Api) -> Iterator[tuple[str, str]]:
    """The ids of sections with their short titles; of several objects with one name, each has its kind."""
    names = Counter(obj.name for obj in objects)
    for obj in objects:
        yield obj.anchor, heading(obj.name if names[obj.name] == 1 else named_kind(obj, api))
        if len(obj.steps) > 1:
            yield from ((obj.step_anchor(step.name), heading(api.step(step.name).title)) for step in obj.steps)


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("doctree-read", shorten_titles, priority=900)
