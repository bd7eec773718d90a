"""The languages that code in prose can be of: those of Pygments, with which Sphinx highlights."""

from __future__ import annotations

from functools import cache

from .suggestions import Vocabulary

#: What Sphinx calls code that is not to be highlighted.
PLAIN = "none"


@cache
def languages() -> frozenset[str]:
    """The names of all languages, in lower case; those of plugins of Pygments are included."""
    # This import takes long, and most catalogues have no code of a language.
    from pygments.lexers import get_all_lexers

    return frozenset({PLAIN, *(alias.lower() for _name, aliases, *_rest in get_all_lexers() for alias in aliases)})


def language_of(info: str) -> str:
    """The language that the text behind a fence names, which is its first word."""
    return (info.split() or [PLAIN])[0]


def known_language(info: str) -> str:
    """The language in which a block of code can be highlighted; ``none`` if there is no such language."""
    language = language_of(info).lower()
    return language if language == PLAIN or language in languages() else PLAIN


def nearest_language(info: str) -> str:
    """The languages that are similar to an unknown one, as the end of a message; empty if there are none."""
    return _vocabulary().nearest(language_of(info).lower())


@cache
def _vocabulary() -> Vocabulary:
    # Those with a “+”, such as “html+jinja”, are many and rare.
    return Vocabulary([name for name in languages() if "+" not in name])
