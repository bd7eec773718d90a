"""Texts of a source as texts of the data format: HTML becomes Markdown, and what prose cannot have is made harmless.

Each function returns the text, and what is lost, in words.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from ..invisible import HIDDEN, visible
from ..languages import known_language, language_of
from ..limits import DEFAULT_LIMITS
from ..problems import listing
from ..prose import SCHEMES, fences, foreign_markup, links, links_without_text, refused, scheme, tokens
from .html import HTML, as_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")
_IMAGE = re.compile(r"!(?=\[[^\]\n]*\]\([^)\n]*\))")

#: A link whose text can stand without it.
_LINK = re.compile(r"\[([^\]\n]*)\]\(\s*<?([^)\s>]*)>?[^)\n]*\)")

#: An address that stands alone.
_ADDRESS = re.compile(r"(?<![\w(<\[\"'`=/])https?://[^\s<>()\"'`\[\]]*[^\s<>()\"'`\[\].,;:!?*]")

#: The signs that mean something in Markdown.
_SIGN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:])")


#: How long a text is at most; one in HTML can be longer than what is left of it.
LONGEST = DEFAULT_LIMITS.text
_LONGEST_IN_HTML = 4 * LONGEST


class Text(NamedTuple):
    """A text, empty if nothing is left of it, and what is lost of the source's."""

    text: str
    losses: list[str]


def escaped(text: str) -> str:
    """A text in which no braces are a substitution; of three braces, the last two could begin one."""
    return re.sub(r"\{+", lambda braces: "{" * (len(braces[0]) % 2) + "\\{{" * (len(braces[0]) // 2), text)


def phrase(text: str) -> Text:
    """A text of one line without markup, such as a title."""
    if len(text) > LONGEST:
        return Text("", [_too_long(text)])
    plain, losses = _plain(text)
    if HTML.search(plain):
        without = visible(as_markdown(plain, markup=False).text)
        if without != unescape(plain):
            losses.append("the HTML in a text without markup is left out")
        plain = without
    return Text(" ".join(plain.split()), losses)


def _too_long(text: str) -> str:
    return f"a text of {len(text):,} characters; a text has at most {LONGEST:,}"


def words_of_key(key: str) -> str:
    """A key as the words of a name."""
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-_.\s]+", key) if word) or key


def prose(text: str) -> Text:
    """A text in Markdown, which ends in a line break if it has several lines."""
    if len(text) > _LONGEST_IN_HTML:
        return Text("", [_too_long(text)])
    plain, losses = _plain(text)
    if HTML.search(plain):
        converted = as_markdown(plain)
        plain = visible(converted.text)
        if converted.removed:
            losses.append(f"the HTML {listing(converted.removed, 'and')} is left out")
    lines = [re.sub(r" {2,}$", r"\\", line).rstrip() for line in plain.splitlines()]
    plain = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n\\").strip()
    if not plain or len(plain) > LONGEST:
        return Text("", [*losses, _too_long(plain)] if plain else losses)
    changed = _without_foreign_links(_without_refused(plain, losses), losses)
    if not _is_sound(changed):  # what is left of one construct can be another one
        changed = _SIGN.sub(r"\\\1", plain)
    changed = _with_linked_addresses(escaped(changed))
    if len(changed) > LONGEST:
        return Text("", [*losses, _too_long(changed)])
    return Text(f"{changed}\n" if "\n" in changed else changed, losses)


def _plain(text: str) -> tuple[str, list[str]]:
    """A text without invisible characters and tabs, and with line breaks of one kind."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    losses = ["the text has invisible characters; they are left out"] if HIDDEN.search(plain) else []
    return visible(plain), losses


def _is_sound(text: str) -> bool:
    """Whether a text has no construct that prose cannot have, and no code of an unknown language."""
    return not [*refused(text)] and all(
        known_language(info) == language_of(info).lower() for info, _offset in fences(text)
    )


def _without_refused(text: str, losses: list[str]) -> str:
    """A text without headings, rules, images and tables."""
    if _is_sound(text):
        return text
    found = [*dict.fromkeys(construct for construct, _offset in refused(text))]
    changed = re.sub(r"\n{3,}", "\n\n", "\n".join(_lines_without_refused(text))).strip("\n")
    if not _is_sound(changed):
        what = " and ".join(found) or "code of an unknown language"
        losses.append(f"the text has {what}; it is written without markup")
        return _SIGN.sub(r"\\\1", text)
    losses.extend(f"{construct} becomes {_BECOMES[construct]}" for construct in found)
    return changed


#: What becomes of constructs that prose cannot have.
_BECOMES = {
    "a heading": "bold text",
    "a rule": "a line between two paragraphs",
    "an image": "a link",
    "a table": "a block of text",
    "an invisible character": "nothing",
}


def _lines_without_refused(text: str) -> Iterator[str]:
    """The lines of a text with headings as bold text, without rules, with images as links and tables as blocks of text."""
    lines = text.split("\n")
    top = {block.map[0]: block for block in tokens(text) if block.map and block.level == 0}
    tables = {text.count("\n", 0, offset) for construct, offset in refused(text) if construct == "a table"}
    number = 0
    while number < len(lines):
        end, line = number + 1, _IMAGE.sub("", lines[number])
        kind = top[number].type if number in top else ""
        if number in tables:
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield from ["", "```", *lines[number:end], "```", ""]
        elif kind == "heading_open":
            end = (top[number].map or [0, end])[1]
            found = _HEADING.match(line)
            content = found[1] if found else " ".join([line, *lines[number + 1 : end - 1]])
            yield from ["", f"**{content.replace('**', '').strip()}**", ""] if content.strip() else [""]
        elif kind == "fence":
            end = (top[number].map or [0, end])[1]
            yield re.sub(r"([`~]{3,}).*", _with_known_language, lines[number])
            yield from lines[number + 1 : end]
        else:
            yield "" if kind == "hr" else line
        number = end


def _with_known_language(fence: re.Match[str]) -> str:
    info = fence[0].removeprefix(fence[1])
    return fence[0] if known_language(info) == language_of(info).lower() else fence[1]


def _without_foreign_links(text: str, losses: list[str]) -> str:
    """A text with links to other sites alone: those into a documentation would lead into another one."""
    foreign = dict.fromkeys(target for target, _offset in links(text) if scheme(target) not in SCHEMES)
    if foreign:
        losses.append(f"a link to {listing(foreign, 'and')}, which is not a web address; its text is kept")
    elif not [*links_without_text(text)]:
        return text
    changed = _LINK.sub(_kept_link, text)
    rest = [target for target, _offset in links(changed) if scheme(target) not in SCHEMES]
    rest += [target for target, _offset in links_without_text(changed)]
    return _SIGN.sub(r"\\\1", text) if rest else changed


def _kept_link(link: re.Match[str]) -> str:
    if scheme(link[2]) not in SCHEMES:
        return link[1]
    return link[0] if link[1].strip() else f"<{link[2]}>"


def _with_linked_addresses(text: str) -> str:
    """A text in which addresses are links, if that changes nothing else."""
    if not any(message.startswith("an address") for message, _offset in foreign_markup(text)):
        return text
    changed = _ADDRESS.sub(r"<\g<0>>", text)
    before, after = ({target for target, _offset in links(each)} for each in (text, changed))
    return changed if before <= after and not [*refused(changed)] else text
