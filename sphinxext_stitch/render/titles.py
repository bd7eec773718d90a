"""Titles of objects, steps, properties and chapters, for headings, the search and the general index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.locale import get_translation

from .words import SLOT, heading, kind_words, words_of

if TYPE_CHECKING:
    from ..catalogue.api import Api
    from ..catalogue.model import Connection, ConnectionObject, Step
    from ..catalogue.queries.chapters import Chapter

_ = get_translation("sphinxext_stitch")


def object_title(obj: ConnectionObject, api: Api) -> str:
    """The title of an object's section."""
    return kind_words(obj.kind, api).heading.replace(SLOT, heading(obj.name))


def step_title(obj: ConnectionObject, step: Step, api: Api) -> str:
    """The title of the section of a step, where an object has several."""
    return _("%(step)s of %(name)s") % {"step": heading(api.step(step.name).title), "name": heading(obj.name)}


def named_kind(item: ConnectionObject | Connection, api: Api) -> str:
    """The name of an object or connection with its kind, as in “MySQL source”."""
    return kind_words(item.kind, api).named.replace(SLOT, item.name)


def property_title(named: str, path: tuple[str, ...]) -> str:
    """The name of a property with that of its object and kind, as in “port (MySQL source)”."""
    return f"{'.'.join(path)} ({named})"


def labels(obj: ConnectionObject, api: Api) -> dict[str, str]:
    """The ids of an object's sections and examples, with the titles of their sections."""
    titles = {obj.anchor: object_title(obj, api)}
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
        return [heading(words_of(api).objects)]
    parts = [heading(kind_words(chapter.kind, api).plural)]
    if chapter.category is not None:
        parts.append(heading(api.category(chapter.category)) or _("Other"))
    if chapter.letters is not None:
        parts.append(chapter.letters.capitalize() or _("0–9"))
    return parts
