"""Titles of kinds, objects, steps, properties and chapters, for headings, the search and the general index."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx.locale import get_translation

from ..catalogue.prose import VARIABLE

if TYPE_CHECKING:
    from ..catalogue.model import Api, Connection, ConnectionObject, Step
    from ..catalogue.queries.chapters import Chapter

_ = get_translation("sphinxext_stitch")

#: What stands for a name in titles.
SLOT = "%(name)s"


def heading(text: str) -> str:
    """A text for a heading or an entry of a toctree, without what HTML takes for markup.

    sphinx-book-theme and pydata-sphinx-theme write titles of pages into HTML as they are.
    """
    return text.translate({ord("<"): "‹", ord(">"): "›"})


class KindWords(NamedTuple):
    """The words for a kind: those of the catalogue, else UI strings.

    ``heading`` is the title of an object's section, and ``named`` the name of an object with its kind, both with
    :data:`SLOT` for the name.  The general index has ``object`` and ``connection`` below names.
    """

    title: str
    plural: str
    heading: str
    named: str
    object: str
    connection: str


def kind_words(name: str, api: Api) -> KindWords:
    """The words for the kind of that name."""
    kind = api.kind(name)
    words = _ui_strings().get(name, KindWords(name, name, SLOT, SLOT, name, name))
    if kind.title is not None:
        title = str(kind.title)
        words = words._replace(
            title=title,
            named=f"{SLOT}, {title}",
            object=f"{title}, {_('connection property object')}",
            connection=f"{title}, {_('connection')}",
        )
    if kind.plural is not None:
        words = words._replace(plural=str(kind.plural))
    if kind.heading is not None:
        words = words._replace(heading=VARIABLE.sub(SLOT, heading(kind.heading)))
    return words


def _ui_strings() -> dict[str, KindWords]:
    return {
        "source": KindWords(
            title=_("Source"),
            plural=_("Sources"),
            heading=_("The %(name)s source connection property object"),
            named=_("%(name)s source"),
            object=_("source connection property object"),
            connection=_("source connection"),
        ),
        "destination": KindWords(
            title=_("Destination"),
            plural=_("Destinations"),
            heading=_("The %(name)s destination connection property object"),
            named=_("%(name)s destination"),
            object=_("destination connection property object"),
            connection=_("destination connection"),
        ),
    }


def object_title(obj: ConnectionObject, api: Api) -> str:
    """The title of an object's section."""
    return kind_words(obj.kind, api).heading.replace(SLOT, heading(obj.name))


def title_templates(api: Api) -> list[str]:
    """The titles of objects of each kind, with :data:`SLOT` for their names."""
    return [kind_words(kind, api).heading for kind in api.kind_names]


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
        return [_("Connection property objects")]
    parts = [heading(kind_words(chapter.kind, api).plural)]
    if chapter.category is not None:
        parts.append(heading(api.category(chapter.category)) or _("Other"))
    if chapter.letters is not None:
        parts.append(chapter.letters.capitalize() or _("0–9"))
    return parts
