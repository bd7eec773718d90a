"""What the loaders say of text that is not YAML, in the words of the person who mends the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from .positions import Positions

#: What libyaml or the pure loader says (a part of it), and what it means for the person who mends the file.  No
#: document promises these words: ``tests/test_contracts.py`` says which loader has which.
_SYNTAX = (
    ("mapping values are not allowed", "a “: ” inside a text; put it in quotes, or indent the key like its neighbours"),
    ("sequence entries are not allowed", "a “- ” behind a key; a list begins on the next line"),
    ("line break", "a text behind “|” or “>”; it begins on the next line"),
    ("chomping or indentation", "a text behind “|” or “>”; it begins on the next line"),
    ("found character '\\t'", "a tab; YAML is indented with spaces"),
    ("cannot start any token", "a character that no unquoted text can begin with; put the text in quotes"),
    ("found unexpected end of stream", "a quote that is opened and not closed"),
    ("could not find expected ':'", "a line that is neither “key: value” nor part of a text"),
    ("expected key", "an indentation or a quote that does not fit the lines above"),
    ("expected <block end>", "an indentation or a quote that does not fit the lines above"),
    ("expected '-' indicator", "an indentation that does not fit the list above"),
    ("<document start>", "an indentation that does not fit the lines above"),
    ("expected ',' or", "a “[” or “{” that is not closed, or lacks a comma"),
    ("node content", "a value that is missing, or a “[” or “{” that is not closed"),
    ("found unknown escape character", "a “\\” in double quotes; use single quotes"),
    ("found invalid Unicode character escape", "a “\\” in double quotes; use single quotes"),
    ("decimal number", "a “\\” in double quotes; use single quotes"),  # libyaml lacks two letters of hexadecimal
)

#: Lines that Git leaves in a file where two changes contradict each other.
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})(?= |$)", re.MULTILINE)

#: A no-break space where YAML takes a space: at the beginning of a line, or behind the colon of a key.
_NO_BREAK_SPACE = re.compile(r"^ *(?:- +)*(?:[\w.-]+:)?(\xa0)", re.MULTILINE)

#: A text that begins with what means something to YAML, and goes on as text.
_NEEDS_QUOTES = re.compile(
    r" *(?:- +)*[\w.-]+: +(?:[*&?@`%]|\{\{|\[[^\]]*\] *[^\s#]|\"[^\"]*\" *[^\s#]|'[^']*' *[^\s#])"
)


class SyntaxFault(NamedTuple):
    """What is wrong with a file that is not YAML, and the line and column of it, counted from 0."""

    message: str
    line: int
    column: int


def explained(problem: str, positions: Positions, mark: Any | None) -> SyntaxFault:
    """What the ``problem`` of a loader means; ``mark`` is where the loader has found it, None if it does not say."""
    text = positions.text
    for pattern, message in (
        (_CONFLICT, "a line that Git has left where two changes contradict each other; decide for one of them"),
        (_NO_BREAK_SPACE, "a no-break space, U+00A0, which YAML does not take for a space; write a plain one"),
    ):
        if match := pattern.search(text):
            start = match.start(match.re.groups)
            line_start = text.rfind("\n", 0, start) + 1
            return SyntaxFault(f"not YAML: {message}", text.count("\n", 0, start), start - line_start)
    if mark is None:
        return SyntaxFault(_explain(problem), 0, 0)
    if text[mark.index : mark.index + 1] == "\t":
        problem = "found character '\\t'"
    message = _explain(problem)
    line_start = text.rfind("\n", 0, mark.index) + 1
    line = text[line_start:].partition("\n")[0]
    if "quotes" not in message and _NEEDS_QUOTES.match(line):
        message += "; a text that begins like this needs quotes, or “|”"
    return SyntaxFault(message, *positions.of(mark))


def _explain(problem: str) -> str:
    for part, meaning in _SYNTAX:
        if part in problem:
            return f"not YAML: {meaning}"
    return "not YAML: the text from here cannot be read"
