"""Checks of what depends on the whole catalogue: replacements, categories, and links of texts to its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem, Subtype
from ..queries.targets import ambiguous, find_target, target_suggestion
from ..suggestions import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Catalogue
    from .prose import Link


def check(catalogue: Catalogue, links: Iterable[Link]) -> Iterator[Problem]:
    """Yield the problems of replacements and targets of ``links`` that do not exist, and of categories that nothing has."""
    for obj in catalogue.objects:
        name = obj.deprecated.use if obj.deprecated else None
        if not obj.deprecated or not name:
            continue
        found = catalogue.find(name)
        if found == [obj]:
            message = f"“{name}” cannot be used instead of itself"
        elif len(found) == 1:
            continue
        else:
            hint = target_suggestion(catalogue, name, "object")
            message = ambiguous(catalogue, name) or f"there is no object “{name}” to use instead{hint}"
        yield Problem(obj.deprecated.place, Subtype.UNKNOWN_REPLACEMENT, message)
    used = set(catalogue.categories)
    vocabulary = Vocabulary(used)
    for name, title in catalogue.api.categories:
        if name not in used:
            message = f"no object or connection has the category “{name}”{vocabulary.suggestion(name)}"
            yield Problem(title.place, Subtype.UNUSED_CATEGORY, message, name)
    yield from unknown_targets(catalogue, dict.fromkeys(links))


def unknown_targets(catalogue: Catalogue, links: Iterable[Link]) -> Iterator[Problem]:
    """Yield a problem for each link to something that the catalogue does not have."""
    for name, place in links:
        if find_target(catalogue, name) is None:
            hint = target_suggestion(catalogue, name)
            message = (
                ambiguous(catalogue, name) or f"there is no object, property, endpoint or connection “{name}”{hint}"
            )
            yield Problem(place, Subtype.UNKNOWN_TARGET, message)
