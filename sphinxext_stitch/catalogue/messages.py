"""Translation of the data: its messages, and the model with their translations."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from .problems import listing
from .prose import ESCAPED, SCHEMES, VARIABLE, inline_tokens, scheme, tokens
from .texts import Phrase, Prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .problems import Place

    #: Returns the translation of a message of a text at a place, None if there is none.
    Translate = Callable[[Phrase | Prose, str, Place], str | None]

T = TypeVar("T")


def translated(part: T, translate: Translate) -> T:
    """A part of the model with its texts translated; names, types, keys, values and examples are not.

    The messages are each :class:`Phrase` and each paragraph of :class:`Prose`.
    """
    return _translated(part, translate)  # type: ignore[no-any-return]


def _translated(part: Any, translate: Translate) -> Any:
    if isinstance(part, Phrase):
        words = translate(part, str(part), part.place)
        return part if words is None else Phrase(words, part.place)
    if isinstance(part, Prose):
        translations = tuple(translate(part, message, place) for message, place in messages(part))
        return replace(part, translations=tuple(_filled(words, part) for words in translations))
    if isinstance(part, tuple):
        return tuple(_translated(item, translate) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(
            part,
            **{field.name: _translated(getattr(part, field.name), translate) for field in fields(part) if field.init},
        )
    return part


def messages(prose: Prose) -> Iterator[tuple[str, Place]]:
    """The messages of a text: its paragraphs as they are written, on one line each, with their places.

    Headings and cells, which descriptions cannot have, are paragraphs, too; blocks of code are no messages.
    """
    written = _paragraphs(prose.written or prose.text)
    if prose.written is not None and len(written) != len(_paragraphs(prose.text)):
        # A variable changed the number of paragraphs: use the ones that are shown.
        written = _paragraphs(prose.text)
    for content, line in written:
        yield one_line(content), prose.place_of_line(line)


def differences(message: str, words: str, whole: Phrase | Prose) -> str:
    """The code, links and substitutions that a translation lacks or adds, in words; empty if there are none.

    A phrase has no markup, and can have substitutions.

    Links to the web are not compared: a translation can lead to a page in its language.
    """
    expected, actual = _untranslatable(message, whole), _untranslatable(words, whole)
    changes = {"lacks": expected - actual, "adds": actual - expected}
    return " and ".join(f"{verb} {listing(sorted(parts), 'and')}" for verb, parts in changes.items() if parts)


def _untranslatable(message: str, whole: Phrase | Prose) -> set[str]:
    parts = {name.strip() for name in VARIABLE.findall(message)}
    for token in inline_tokens(message, whole.text) if isinstance(whole, Prose) else ():
        if token.type == "code_inline":
            parts.add(token.content)
        elif token.type == "link_open" and scheme(target := str(token.attrs["href"])) not in SCHEMES:
            parts.add(target)
        elif token.type == "image":
            parts.add(str(token.attrs["src"]))
    return parts


def one_line(text: str) -> str:
    """A paragraph without its line breaks."""
    return " ".join(line.strip().removesuffix("\\").rstrip() for line in text.splitlines())


def _paragraphs(text: str) -> list[tuple[str, int]]:
    return [(token.content, token.map[0] if token.map else 0) for token in tokens(text) if token.type == "inline"]


def _filled(words: str | None, prose: Prose) -> str | None:
    """A translation with its substitutions filled in; an unknown one stays as it is written."""
    if words is None:
        return None
    values = dict(prose.variables)
    return VARIABLE.sub(lambda match: values.get(match[1].strip(), match[0]), words).replace(ESCAPED, "{{")
