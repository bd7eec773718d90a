"""Checks of texts, each by itself: markup that prose cannot have, languages of code, and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..languages import known_language, language_of, nearest_language
from ..problems import Problem, Subtype, listing
from ..prose import INTERNAL, SCHEMES, fences, foreign_markup, is_plain, links, links_without_text, refused, scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..api import Api
    from ..model import Choice, ConnectionObject, Property
    from ..problems import Place
    from ..texts import Prose


class Link(NamedTuple):
    """A link to a part of the catalogue."""

    target: str
    place: Place


class Checked(NamedTuple):
    """The problems of texts, and their links, whose targets only the whole catalogue can tell."""

    problems: tuple[Problem, ...]
    links: tuple[Link, ...]


class ProseChecker:
    """Checks texts; one that several objects share, as that of a group, is checked once."""

    def __init__(self) -> None:
        self._checked: dict[Prose, Checked] = {}

    def check(self, texts: Iterable[Prose]) -> Checked:
        """The problems and links of all of the texts."""
        problems: list[Problem] = []
        links: list[Link] = []
        for prose in texts:
            checked = self._checked.get(prose)
            if checked is None:
                checked = self._checked[prose] = check_prose(prose)
            problems += checked.problems
            links += checked.links
        return Checked(tuple(problems), tuple(links))


def prose_of_api(api: Api) -> Iterator[Prose]:
    """The texts of ``api.yml``."""
    yield from filter(None, [api.empty, *(step.sentence for step in api.steps)])


def prose_of(obj: ConnectionObject) -> Iterator[Prose]:
    """The texts of an object, those of its groups, too."""
    candidates = [obj.description]
    for step in obj.steps:
        candidates.append(step.description)
        candidates.extend(_labels(step.choices))
        candidates.extend(_prose_of(step.properties))
    yield from filter(None, candidates)


def _prose_of(properties: Iterable[Property]) -> Iterator[Prose | None]:
    for prop in properties:
        yield prop.description
        yield from (meaning for _value, meaning in prop.values)
        if prop.item is not None:
            yield prop.item.description
        yield from _labels(prop.choices)
        yield from _prose_of(prop.properties)


def _labels(choices: Iterable[Choice]) -> Iterator[Prose | None]:
    yield from (entry.label for choice in choices for entry in choice.sets)


def check_prose(prose: Prose) -> Checked:
    """The problems and links of a text."""
    text, place = prose.text, prose.place
    faults = [(Subtype.DOUBTFUL_TEXT, message, offset) for message, offset in foreign_markup(text)]
    found: list[Link] = []
    if not is_plain(text):
        faults += _faults_of_markup(text)
        stitch = (entry for entry in links(text) if scheme(entry[0]) == "stitch")
        found = [Link(target.partition(":")[2], place.within(text, offset)) for target, offset in stitch]
    if not faults and not found:
        return _NOTHING
    problems = (Problem(place.within(text, offset), subtype, message) for subtype, message, offset in faults)
    return Checked(tuple(problems), tuple(found))


#: What nearly all texts have, once for all of them.
_NOTHING = Checked((), ())


def _faults_of_markup(text: str) -> Iterator[tuple[Subtype, str, int]]:
    """The subtype, message and offset of each problem of a text."""
    for construct, offset in refused(text):
        message = f"{construct} in a description; it can have paragraphs, lists, code, emphasis and links"
        yield Subtype.BAD_PROSE, message, offset
    for info, offset in fences(text):
        language = language_of(info)
        if known_language(info) != language.lower():
            name = listing([language], "")
            message = f"{name} is not a language of Pygments, which highlights code{nearest_language(info)}"
            yield Subtype.BAD_PROSE, message, offset
    for target, offset in links_without_text(text):
        yield Subtype.BAD_LINK, f"the link “{target}” has no text; write it between the brackets", offset
    for target, offset in links(text):
        if scheme(target) not in SCHEMES + INTERNAL:
            known = listing([f"{name}:" for name in SCHEMES + INTERNAL], "or")
            yield Subtype.BAD_LINK, f"the link “{target}” begins with none of {known}", offset
