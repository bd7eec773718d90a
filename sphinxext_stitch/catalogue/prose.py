"""Prose of data files: CommonMark with raw HTML off, as tokens, and what is wrong with it.

The same tokens serve the checks here and the nodes of ``render.prose``; each text is parsed once.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from .invisible import HIDDEN
from .problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from .problems import Place, Report

#: Links that leave the documentation, and links into it.
SCHEMES = ("http", "https", "mailto")
INTERNAL = ("stitch", "ref", "doc")

#: What CommonMark has and descriptions have not, by token type.
_REFUSED = {
    "heading_open": "a heading",
    "hr": "a rule",
    "image": "an image",
    "table_open": "a table",
}

#: What a substitution looks like; of braces within braces the inner ones count, so that no text takes long to search.
VARIABLE = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)

#: The tokens inside a paragraph that end a line of the text.
LINE_BREAKS = ("softbreak", "hardbreak")

#: What links, images, headings, tables and rules have: a bracket, a bar, or a sign at the end of a line.
_MARKS = re.compile(r"[\[<#|]|[-=*_][ \t]*$", re.MULTILINE)


#: How many texts stay parsed: those of a usual catalogue, which is checked first and shown later.
_PARSED = 5_000


@lru_cache(maxsize=_PARSED)
def tokens(text: str) -> tuple[Token, ...]:
    """Parse a text; the tokens are shared and must not be changed."""
    return tuple(_parser().parse(text))


@cache
def _parser() -> MarkdownIt:
    # It takes long to import, and a build in which no page is read does without.
    from markdown_it import MarkdownIt

    # Tables are known so that they can be named, not shown as rows of bars.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Every scheme is let through to us: a link that is refused must be named, not shown as its source.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    # A target is a name as it is written; only what becomes an address is encoded, by :func:`address`.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def inline_tokens(message: str, text: str) -> tuple[Token, ...]:
    """Parse words that stand in for a paragraph of a text; they can use the link definitions of the text."""
    context: dict[str, Any] = {}
    _parser().parse(text, context)
    return tuple(_parser().parseInline(message, context)[0].children or ())


def scheme(target: str) -> str:
    """The scheme of a link's target in lower case, or nothing if it has none."""
    head, colon, _rest = target.partition(":")
    return head.strip().lower() if colon and "/" not in head else ""


def address(target: str) -> str:
    """The web address of a link, with what an address cannot have in it encoded."""
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(target)


def is_plain(text: str) -> bool:
    """Whether a text cannot have what :func:`links` and :func:`refused` find, which takes no parsing to say."""
    return _MARKS.search(text) is None


def links(text: str) -> Iterator[tuple[str, int]]:
    """The target of each link in a text, with its line, from 0."""
    for token, line in _with_lines(text):
        if token.type == "link_open":
            yield str(token.attrs["href"]), line


def links_without_text(text: str) -> Iterator[tuple[str, int]]:
    """The target of each link that has no text to click on, with its line, from 0."""
    before: Token | None = None
    for token, line in _with_lines(text):
        if token.type == "link_close" and before is not None and before.type == "link_open":
            yield str(before.attrs["href"]), line
        before = token


def refused(text: str) -> Iterator[tuple[str, int]]:
    """What a text has that prose cannot have, with its line, from 0."""
    for token, line in _with_lines(text):
        if token.type in _REFUSED:
            yield _REFUSED[token.type], line
        elif token.type != "inline" and HIDDEN.search(token.content):  # of an entity, as in ``&#x202e;``
            yield "an invisible character", line


def _with_lines(text: str) -> Iterator[tuple[Token, int]]:
    """Every token of a text with its line, from 0."""
    for block in tokens(text):
        line = block.map[0] if block.map else 0
        yield block, line
        for token in block.children or ():
            yield token, line
            line += token.type in LINE_BREAKS


def web_address(url: str | None, place: Place, report: Report) -> str | None:
    """The address that a field holds; what is none is reported, and left out."""
    if url is None or scheme(url) in ("http", "https"):
        return url
    message = f"“{url}” is not a web address; it begins with “https://” or “http://”"
    report(Problem(place, Subtype.BAD_LINK, message))
    return None
