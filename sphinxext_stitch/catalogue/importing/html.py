"""HTML within a text as Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

#: The elements that have a form in Markdown, with what stands before and behind their content.
_MARKS = {
    "b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`", "samp": "`", "var": "*",
}  # fmt: skip

#: The elements that begin a paragraph, and those that say nothing that a text lacks without them.
_PARAGRAPHS = {"p", "div", "section", "ul", "ol", "dl", "blockquote"}
_SILENT = {"span", "dt", "dd", "small", "font", "u", "body", "html", "abbr", "label"}

#: All other elements that a text can be meant to have; what looks like another one, such as ``<host>``, is text.
_OTHERS = {
    "article", "audio", "big", "button", "center", "cite", "del", "details", "embed", "footer", "form", "frame", "h1", "h2",
    "h3", "h4", "h5", "h6", "head", "header", "hr", "iframe", "img", "input", "ins", "link", "main", "mark", "meta", "nav",
    "noscript", "object", "option", "q", "s", "script", "select", "strike", "style", "sub", "summary", "sup", "svg", "table",
    "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "video",
}  # fmt: skip

_KNOWN = {*_MARKS, *_PARAGRAPHS, *_SILENT, *_OTHERS, "a", "br", "li", "pre"}

#: A tag or comment of HTML, or a character by its name; ``title`` and the like are also placeholders, without attributes.
_AMBIGUOUS = {"title", "label", "link", "object", "option", "head", "header", "body", "input", "summary", "main", "form",
              "section", "article", "var", "q", "s", "i", "b", "u", "table", "select", "data"}  # fmt: skip
_TAGS = "|".join(sorted(_KNOWN - _AMBIGUOUS, key=len, reverse=True))
_PAIRED = "|".join(sorted(_KNOWN & _AMBIGUOUS, key=len, reverse=True))
HTML = re.compile(
    rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|</(?:{_PAIRED})\s*>|<!--|&(?:[a-z]{{2,8}}|#[0-9]{{1,6}}|#x[0-9a-f]{{1,6}});",
    re.IGNORECASE,
)


#: The beginning of a declaration or instruction, which no text has: some versions of the parser raise for them.
_DECLARATION = re.compile(r"<(?=!(?!--)|\?)")


class Converted(NamedTuple):
    """A text in Markdown, and the tags that have no form in it."""

    text: str
    removed: list[str]


def as_markdown(text: str, *, markup: bool = True) -> Converted:
    """A text with HTML as Markdown; without ``markup``, as the plain text alone."""
    parser = _Parser(markup=markup, paired={name.lower() for name in re.findall(r"</([A-Za-z0-9]+)\s*>", text)})
    parser.feed(_DECLARATION.sub("&lt;", text))
    parser.close()
    parser.end_links()
    return Converted("".join(parser.pieces), [*parser.removed])


class _Parser(HTMLParser):
    """Collects the ``pieces`` of a text in Markdown; ``paired`` are the elements that are closed somewhere in it."""

    #: The elements whose content is not searched for others, of which newer versions of Python have more.
    CDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc] # for typeshed, subclasses cannot have others
    RCDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc] # as above

    def __init__(self, *, markup: bool, paired: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.markup = markup
        self.paired = paired
        self.pieces: list[str] = []
        self.removed: dict[str, None] = {}
        self.targets: list[str] = []
        self.lists: list[int] = []
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KNOWN or (tag in _AMBIGUOUS and tag not in self.paired):
            self.pieces.append(self.get_starttag_text() or "")
        elif not self.markup:
            self.pieces.append(" " if tag in {"br", "li", *_PARAGRAPHS} else "")
        elif tag == "a":
            self.targets.append(dict(attrs).get("href") or "")
            self.pieces.append("[")
        else:
            self.start(tag)

    def start(self, tag: str) -> None:
        """Begin an element that has no attributes in Markdown."""
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else -1)
        if tag in _MARKS:
            self.in_code += _MARKS[tag] == "`"
            self.pieces.append(_MARKS[tag])
        elif tag == "br":
            self.pieces.append("\n\n")
        elif tag == "li":
            self.begin_item()
        elif tag == "pre":
            self.pieces.append("\n\n```\n")
        elif tag in _PARAGRAPHS:
            self.pieces.append("\n\n")
        elif tag in _OTHERS:
            self.removed[f"<{tag}>"] = None

    def begin_item(self) -> None:
        if self.lists and self.lists[-1] >= 0:
            self.lists[-1] += 1
            self.pieces.append(f"\n{self.lists[-1]}. ")
        else:
            self.pieces.append("\n- ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _KNOWN:
            self.pieces.append(f"</{tag}>")
        elif not self.markup:
            return
        elif tag == "a":
            self.end_links(1)
        elif tag in _MARKS:
            self.in_code -= _MARKS[tag] == "`"
            self.pieces.append(_MARKS[tag])
        elif tag == "pre":
            self.pieces.append("\n```\n\n")
        elif tag in _PARAGRAPHS:
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            self.pieces.append("\n\n")

    def end_links(self, number: int | None = None) -> None:
        """End the links that are open, or the last ones."""
        for _time in range(len(self.targets) if number is None else min(number, len(self.targets))):
            target = re.sub(r"[\s<>()\\]", lambda sign: f"%{ord(sign[0]):02X}", self.targets.pop().strip("\\\"' "))
            self.pieces.append(f"]({target})")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.removed["<!-- -->"] = None
