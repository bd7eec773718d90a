"""Prose of data files: CommonMark without raw HTML, parsed to tokens, and the queries that checks need.

The checks and the nodes of ``render.prose`` use the same tokens; each text is parsed once.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from .invisible import HIDDEN
from .problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from .problems import Place, Report

#: The schemes of links to other sites, and of links into the documentation.
SCHEMES = ("http", "https", "mailto")
INTERNAL = ("stitch", "ref", "doc")

#: The constructs of CommonMark that descriptions cannot have, by token type.
_REFUSED = {
    "heading_open": "a heading",
    "hr": "a rule",
    "image": "an image",
}

#: A cell of the line below the headings of a table, which CommonMark does not have.
_RULE_OF_A_TABLE = re.compile(r":?-+:?\Z")

#: A substitution.  Of braces within braces, the inner ones are used, so that the search takes linear time.  Behind a
#: backslash, braces are text.
VARIABLE = re.compile(r"(?<!\\)\{\{((?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)

#: An address, the end of a role of reStructuredText or MyST before its target, what both have in it or a link has, and
#: what is behind a link of reStructuredText; one of them is in each text with any.
_ADDRESS = re.compile(r"https?://[^\s<>()]*[^\s<>().,;:]")
_ROLE = re.compile(r"(?::((?:stitch:)?[a-z]+):|\{(any|doc|ref|stitch:[a-z]+)\})\Z")
_TEXT_AND_TARGET = re.compile(r"([^<>]*[^<>\s])\s*<([^<>]+)>\Z")
_END_OF_LINK = re.compile(r"__?(?!\w)")
#: A tag that is HTML and no placeholder, such as ``<host>``.
_TAG = re.compile(r"</(a|b|code|div|em|i|li|ol|p|pre|span|strong|ul)>|<br ?/?>", re.IGNORECASE)
_FOREIGN = re.compile(r"https?://|:[a-z]+:`|[a-z]\}`|>`_|</|<br", re.IGNORECASE)

_LINE_BREAK = re.compile("\n")

#: Braces as text, in place of the beginning of a substitution.
ESCAPED = "\\{{"

#: The tokens inside a paragraph that end a line of the text.
LINE_BREAKS = ("softbreak", "hardbreak")

#: What each link, image, heading, table, rule and fence has: a bracket, a bar, a sign at the end of a line, or three.
_MARKS = re.compile(r"[\[<#|]|[-=*_][ \t]*$|`{3}|~{3}", re.MULTILINE)

#: How many texts stay parsed: those of a usual catalogue, which is checked first and shown later.
_PARSED = 5_000


@lru_cache(maxsize=_PARSED)
def tokens(text: str) -> tuple[Token, ...]:
    """Parse a text; the tokens are shared and must not be changed."""
    return tuple(_parser().parse(text))


@cache
def _parser() -> MarkdownIt:
    # This import takes long, and a build in which no page is read does without it.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False})
    # All schemes are accepted here: a link that is refused is to be reported, not shown as its source.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    # Targets stay as they are written, as they can be names; :func:`address` encodes those that become addresses.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def inline_tokens(message: str, text: str) -> tuple[Token, ...]:
    """Parse the translation of a paragraph of a text; it can use the link definitions of the text."""
    context: dict[str, Any] = {}
    _parser().parse(text, context)
    return tuple(_parser().parseInline(message, context)[0].children or ())


def scheme(target: str) -> str:
    """The scheme of a link's target in lower case; empty if it has none."""
    head, colon, _rest = target.partition(":")
    return head.strip().lower() if colon and "/" not in head else ""


def address(target: str) -> str:
    """The target of a link as a URL, with special characters percent-encoded."""
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(target)


def is_plain(text: str) -> bool:
    """Whether :func:`links`, :func:`fences` and :func:`refused` would surely find nothing; this needs no parsing."""
    return _MARKS.search(text) is None


def links(text: str) -> Iterator[tuple[str, int]]:
    """The target of each link in a text, with its offset."""
    for token, offset in _with_offsets(text):
        if token.type == "link_open":
            yield str(token.attrs["href"]), offset


def links_without_text(text: str) -> Iterator[tuple[str, int]]:
    """The target of each link without text, with its offset."""
    before: Token | None = None
    for token, offset in _with_offsets(text):
        if token.type == "link_close" and before is not None and before.type == "link_open":
            yield str(before.attrs["href"]), offset
        before = token


def fences(text: str) -> Iterator[tuple[str, int]]:
    """The text behind the opening fence of each block of code, with its offset."""
    for token, offset in _with_offsets(text):
        if token.type == "fence":
            yield token.info, offset


def refused(text: str) -> Iterator[tuple[str, int]]:
    """Each construct of a text that prose cannot have, in words, with its offset."""
    for token, offset in _with_offsets(text):
        if token.type in _REFUSED:
            yield _REFUSED[token.type], offset
        elif token.type == "inline":
            lines = line_offsets(text)
            yield from (("a table", lines[(token.map or [0])[0] + line]) for line in _tables(token.content))
        elif HIDDEN.search(token.content):  # of an entity, as in ``&#x202e;``
            yield "an invisible character", offset


def _tables(paragraph: str) -> Iterator[int]:
    """The number of the line with the headings of each table; cells are not made, as a short row can have many."""
    before: list[str] = []
    for number, line in enumerate(paragraph.split("\n")):
        cells = _cells(line)
        if cells and len(cells) == len(before) and all(_RULE_OF_A_TABLE.match(cell.strip()) for cell in cells):
            yield number - 1
        before = cells


def _cells(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|") if "|" in line else []


def foreign_markup(text: str) -> Iterator[tuple[str, int]]:
    """Messages about what prose shows as it is written: addresses, HTML, roles and links of pages; each with its offset."""
    if _FOREIGN.search(text) is None:
        return
    is_in_link = False
    found = _with_offsets(text)
    around = [None, *(token for token, _offset in found), None]
    for (token, offset), before, after in zip(found, around, around[2:], strict=False):
        if token.type in ("link_open", "link_close"):
            is_in_link = token.type == "link_open"
        elif token.type == "text" and not is_in_link and (match := _ADDRESS.search(token.content)):
            yield f"an address that is no link; write “<{match[0]}>”, or “[text]({match[0]})”", offset
        elif token.type == "text" and (match := _TAG.search(token.content)):
            yield f"HTML, “{match[0]}”, which is shown as it is written; use Markdown", offset
        elif token.type == "code_inline":
            parts = _TEXT_AND_TARGET.match(token.content)
            label, target = parts.groups() if parts else ("text", token.content.lstrip("~!"))
            if before is not None and (role := _ROLE.search(before.content)):
                name = role[1] or role[2]
                kind = name if name in ("ref", "doc") else "stitch"
                yield f"a role of pages, “{role[0]}”; write “[{label}]({kind}:{target})”", offset
            elif parts and after is not None and _END_OF_LINK.match(after.content):
                yield f"a link of pages, “`{token.content}`_”; write “[{label}]({target})”", offset


@lru_cache(maxsize=1)  # all checks ask for one text after the other
def _with_offsets(text: str) -> list[tuple[Token, int]]:
    """Every token of a text with its offset; of an inline token, the offset of its block if it cannot be found."""
    lines = line_offsets(text)
    found: list[tuple[Token, int]] = []
    for block in tokens(text):
        start, end = block.map or (0, 0)
        found.append((block, lines[start]))
        found += inline_offsets(text, block.children or (), lines[start], lines[min(end, len(lines) - 1)])
    return found


def line_offsets(text: str) -> list[int]:
    """The offset of each line of a text, and its length."""
    return [0, *(match.end() for match in _LINE_BREAK.finditer(text)), len(text)]


def inline_offsets(text: str, content: Iterable[Token], start: int, end: int) -> Iterator[tuple[Token, int]]:
    """The tokens inside a block of a text, from ``start`` to ``end``, with their offsets.

    Tokens have none: links are found by their targets, lines by their breaks; others have that of the one before.
    """
    offset = start
    for token in content:
        if token.type == "link_open":
            offset = max(offset, text.find(str(token.attrs["href"]), offset, end))
        yield token, offset
        if token.type in LINE_BREAKS:
            offset = text.find("\n", offset, end) + 1 or offset


def web_address(url: str | None, place: Place, report: Report) -> str | None:
    """The web address of a field; None if there is none, or if it is invalid, which is reported."""
    if url is None or scheme(url) in ("http", "https"):
        return url
    message = f"“{url}” is not a web address; it begins with “https://” or “http://”"
    report(Problem(place, Subtype.BAD_LINK, message))
    return None
