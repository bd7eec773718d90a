"""The words of the data in another language: what there is to translate, and the model with translations."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from .problems import listing
from .prose import SCHEMES, VARIABLE, inline_tokens, scheme, tokens
from .texts import Phrase, Prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .problems import Place

    #: Gives the translation of a message that stands at a place, None where there is none.
    Translate = Callable[[Phrase | Prose, str, Place], str | None]

T = TypeVar("T")


def translated(part: T, translate: Translate) -> T:
    """A part of the model with its words translated; names, types, keys, values and examples stay.

    The messages are each :class:`Phrase` and each paragraph of :class:`Prose`.
    """
    return _translated(part, translate)  # type: ignore[no-any-return]


def _translated(part: Any, translate: Translate) -> Any:
    if isinstance(part, Phrase):
        words = translate(part, str(part), part.place)
        return part if words is None else Phrase(words, part.place)
    if isinstance(part, Prose):
        found = tuple(translate(part, message, place) for message, place in messages(part))
        return replace(part, translations=tuple(_filled(words, part) for words in found))
    if isinstance(part, tuple):
        return tuple(_translated(item, translate) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(
            part, **{each.name: _translated(getattr(part, each.name), translate) for each in fields(part) if each.init}
        )
    return part


def messages(prose: Prose) -> Iterator[tuple[str, Place]]:
    """The messages of a text: its paragraphs as they are written, on one line each, with their places.

    Headings and cells, which descriptions cannot have, count as paragraphs; blocks of code have no words.
    """
    written = _paragraphs(prose.written or prose.text)
    if prose.written is not None and len(written) != len(_paragraphs(prose.text)):
        # What was filled in made other paragraphs: these are the ones that are shown.
        written = _paragraphs(prose.text)
    for content, line in written:
        yield one_line(content), replace(prose.place, line=prose.place.line + line)


def differences(message: str, words: str, prose: Prose) -> str:
    """What a translation lacks and adds of what is not to be translated; nothing if it is sound.

    That is code, links and substitutions; an address of the web may be another one.
    """
    kept, found = _untranslatable(message, prose), _untranslatable(words, prose)
    said = {"lacks": kept - found, "adds": found - kept}
    return " and ".join(f"{verb} {listing(sorted(what), 'and')}" for verb, what in said.items() if what)


def _untranslatable(message: str, prose: Prose) -> set[str]:
    found = {name.strip() for name in VARIABLE.findall(message)}
    for token in inline_tokens(message, prose.text):
        if token.type == "code_inline":
            found.add(token.content)
        elif token.type == "link_open" and scheme(target := str(token.attrs["href"])) not in SCHEMES:
            found.add(target)
        elif token.type == "image":
            found.add(str(token.attrs["src"]))
    return found


def one_line(text: str) -> str:
    """A paragraph without its line breaks."""
    return " ".join(line.strip().removesuffix("\\").rstrip() for line in text.splitlines())


def _paragraphs(text: str) -> list[tuple[str, int]]:
    return [(token.content, token.map[0] if token.map else 0) for token in tokens(text) if token.type == "inline"]


def _filled(words: str | None, prose: Prose) -> str | None:
    """A translation with what its substitutions stand for; an unknown one stays as it is written."""
    if words is None:
        return None
    values = dict(prose.variables)
    return VARIABLE.sub(lambda found: values.get(found[1].strip(), found[0]), words)
