"""Checks of replacements, categories and prose, whose names and links refer to other parts of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..languages import known_language, language_of, nearest_language
from ..problems import Problem, Subtype, listing
from ..prose import INTERNAL, SCHEMES, fences, foreign_markup, is_plain, links, links_without_text, refused, scheme
from ..queries.targets import ambiguous, find_target, target_suggestion
from ..suggestions import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Catalogue, Choice, Property
    from ..texts import Prose


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield the problems of replacements that do not exist, categories that nothing has, and prose."""
    for obj in catalogue.objects:
        if obj.deprecated and obj.deprecated.use and len(catalogue.find(obj.deprecated.use)) != 1:
            name = obj.deprecated.use
            hint = target_suggestion(catalogue, name, "object")
            message = ambiguous(catalogue, name) or f"there is no object “{name}” to use instead{hint}"
            yield Problem(obj.deprecated.place, Subtype.UNKNOWN_REPLACEMENT, message)
    used = set(catalogue.categories)
    vocabulary = Vocabulary(used)
    for name, title in catalogue.api.categories:
        if name not in used:
            message = f"no object or connection has the category “{name}”{vocabulary.suggestion(name)}"
            yield Problem(title.place, Subtype.UNUSED_CATEGORY, message, name)
    for prose in dict.fromkeys(_all_prose(catalogue)):
        yield from check_prose(catalogue, prose)
        for message, offset in foreign_markup(prose.text):
            yield Problem(prose.place.within(prose.text, offset), Subtype.DOUBTFUL_TEXT, message)


def _all_prose(catalogue: Catalogue) -> Iterator[Prose]:
    api = catalogue.api
    candidates = [api.empty, *(step.sentence for step in api.steps)]
    for obj in catalogue.objects:
        candidates.append(obj.description)
        for step in obj.steps:
            candidates.append(step.description)
            candidates.extend(_labels(step.choices))
            candidates.extend(_prose_of(step.properties))
    yield from (prose for prose in candidates if prose is not None)


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


def check_prose(catalogue: Catalogue, prose: Prose) -> Iterator[Problem]:
    """Yield the problems of a text: markup that prose cannot have, unknown languages of code, and invalid links."""
    if is_plain(prose.text):
        return
    for construct, offset in refused(prose.text):
        message = f"{construct} in a description; it can have paragraphs, lists, code, emphasis and links"
        yield Problem(prose.place.within(prose.text, offset), Subtype.BAD_PROSE, message)
    for info, offset in fences(prose.text):
        language = language_of(info)
        if known_language(info) != language.lower():
            name = listing([language], "")
            message = f"{name} is not a language of Pygments, which highlights code{nearest_language(info)}"
            yield Problem(prose.place.within(prose.text, offset), Subtype.BAD_PROSE, message)
    for target, offset in links_without_text(prose.text):
        message = f"the link “{target}” has no text; write it between the brackets"
        yield Problem(prose.place.within(prose.text, offset), Subtype.BAD_LINK, message)
    for target, offset in links(prose.text):
        place = prose.place.within(prose.text, offset)
        kind = scheme(target)
        if kind not in SCHEMES + INTERNAL:
            known = listing([f"{name}:" for name in SCHEMES + INTERNAL], "or")
            yield Problem(place, Subtype.BAD_LINK, f"the link “{target}” begins with none of {known}")
        elif kind == "stitch" and find_target(catalogue, target.partition(":")[2]) is None:
            name = target.partition(":")[2]
            hint = target_suggestion(catalogue, name)
            message = (
                ambiguous(catalogue, name) or f"there is no object, property, endpoint or connection “{name}”{hint}"
            )
            yield Problem(place, Subtype.UNKNOWN_TARGET, message)
