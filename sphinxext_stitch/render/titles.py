"""Titles of objects, steps, properties and chapters, for headings, the search and the general index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.locale import get_translation

if TYPE_CHECKING:
    from ..catalogue.kinds import Kind
    from ..catalogue.model import Api, Connection, ConnectionObject, Step
    from ..catalogue.queries.chapters import Chapter

_ = get_translation("sphinxext_stitch")


def heading(text: str) -> str:
    """A text for a heading or an entry of a toctree, without what HTML takes for markup.

    sphinx-book-theme and pydata-sphinx-theme write titles of pages into HTML as they are.
    """
    return text.translate({ord("<"): "‹", ord(">"): "›"})


def object_title(obj: ConnectionObject) -> str:
    """The title of an object's section."""
    return title_templates()[obj.kind] % {"name": heading(obj.name)}


def title_templates() -> dict[Kind, str]:
    """The titles of objects by their kinds, with ``%(name)s`` in place of their names."""
    return {
        "source": _("The %(name)s source connection property object"),
        "destination": _("The %(name)s destination connection property object"),
    }


def step_title(obj: ConnectionObject, step: Step, api: Api) -> str:
    """The title of the section of a step, where an object has several."""
    return _("%(step)s of %(name)s") % {"step": heading(api.step(step.name).title), "name": heading(obj.name)}


def named_kind(item: ConnectionObject | Connection) -> str:
    """The name of an object or connection with its kind, as in “MySQL source”."""
    titles = {"source": _("%(name)s source"), "destination": _("%(name)s destination")}
    return titles[item.kind] % {"name": item.name}


def property_title(obj: ConnectionObject, path: tuple[str, ...]) -> str:
    """The name of a property with that of its object, as in “port (MySQL source)”."""
    return f"{'.'.join(path)} ({named_kind(obj)})"


def labels(obj: ConnectionObject, api: Api) -> dict[str, str]:
    """The ids of an object's sections and examples, with the titles of their sections."""
    titles = {obj.anchor: object_title(obj)}
    for step in obj.steps:
        title = step_title(obj, step, api) if len(obj.steps) > 1 else titles[obj.anchor]
        anchor = obj.step_anchor(step.name)
        titles |= {anchor: title, f"{anchor}-example-usage": title}
    return titles


def chapter_title(chapter: Chapter, api: Api) -> str:
    """The title of a chapter's page, as in “Sources: Databases: A”."""
    return ": ".join(_chapter_parts(chapter, api))


def short_chapter_title(chapter: Chapter, api: Api) -> str:
    """The title of a chapter in the list of its parent chapter."""
    return _chapter_parts(chapter, api)[-1]


def _chapter_parts(chapter: Chapter, api: Api) -> list[str]:
    if chapter.kind is None:
        return [_("Connection property objects")]
    parts = [{"source": _("Sources"), "destination": _("Destinations")}[chapter.kind]]
    if chapter.category is not None:
        parts.append(heading(api.category(chapter.category)) or _("Other"))
    if chapter.letters is not None:
        parts.append(chapter.letters.capitalize() or _("0–9"))
    return parts
