"""The words of pages that a catalogue can state: its own, else UI strings."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, NamedTuple

from sphinx.locale import get_translation

from ..catalogue.kinds import DEFAULT_KINDS
from ..catalogue.prose import VARIABLE

if TYPE_CHECKING:
    from ..catalogue.api import Api

_ = get_translation("sphinxext_stitch")

#: What stands for a name in titles.
SLOT = "%(name)s"


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of pages; slots are ``%(name)s``.  See :class:`..catalogue.format.api_records.WordsRecord` for each."""

    object: str
    objects: str
    property: str
    connection: str
    connections: str
    back: str
    search: str
    placeholder: str
    count: str
    column_name: str
    column_kind: str
    column_object: str
    sentence: str
    type_sentence: str
    closed: str
    version: str


def words_of(api: Api) -> Words:
    """The words for the pages of an API."""
    stated = {
        field.name: _with_slots(phrase)
        for field in fields(api.words)
        if (phrase := getattr(api.words, field.name)) is not None
    }
    return replace(_ui_strings(has_default_kinds=api.kinds == DEFAULT_KINDS), **stated)


def _with_slots(phrase: str) -> str:
    """A text of the catalogue with the slots of UI strings."""
    return VARIABLE.sub(lambda match: f"%({match[1].strip()})s", phrase)


def _ui_strings(*, has_default_kinds: bool) -> Words:
    return Words(
        object=_("connection property object"),
        objects=_("Connection property objects"),
        property=_("connection property"),
        connection=_("connection"),
        connections=_("Connections"),
        back=_("Back to connection property object search"),
        search=_("Search for a connection"),
        placeholder=_("Find a destination or source connection") if has_default_kinds else "",
        count=_("%(shown)s of %(all)s connections shown"),
        column_name=_("Name"),
        column_kind=_("Kind"),
        column_object=_("Type"),
        sentence=_("%(name)s connections %(action)s. Their %(type)s is %(value)s."),
        type_sentence=_("The %(type)s of %(name)s connections is %(value)s."),
        closed=_("closed to new connections since %(date)s"),
        version="v",
    )


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
    words = _kind_ui_strings(name)
    if kind.title is not None:
        words = words._replace(title=str(kind.title), named=f"{SLOT}, {kind.title}")
    if kind.title is not None or api.words.object is not None:
        words = words._replace(object=f"{words.title}, {words_of(api).object}")
    if kind.title is not None or api.words.connection is not None:
        words = words._replace(connection=f"{words.title}, {words_of(api).connection}")
    if kind.plural is not None:
        words = words._replace(plural=str(kind.plural))
    if kind.heading is not None:
        words = words._replace(heading=_with_slots(heading(kind.heading)))
    return words


def _kind_ui_strings(name: str) -> KindWords:
    if name == "source":
        return KindWords(
            title=_("Source"),
            plural=_("Sources"),
            heading=_("The %(name)s source connection property object"),
            named=_("%(name)s source"),
            object=_("source connection property object"),
            connection=_("source connection"),
        )
    if name == "destination":
        return KindWords(
            title=_("Destination"),
            plural=_("Destinations"),
            heading=_("The %(name)s destination connection property object"),
            named=_("%(name)s destination"),
            object=_("destination connection property object"),
            connection=_("destination connection"),
        )
    return KindWords(name, name, SLOT, SLOT, name, name)


def heading(text: str) -> str:
    """A text for a heading or an entry of a toctree, without what HTML takes for markup.

    sphinx-book-theme and pydata-sphinx-theme write titles of pages into HTML as they are.
    """
    return text.translate({ord("<"): "‹", ord(">"): "›"})


def version_word(version: str, words: Words) -> str:
    """A version as pages show it, as in “v2”; one that does not begin with a digit is shown as it is written."""
    return f"{words.version}{version}" if version[:1].isdecimal() else version
