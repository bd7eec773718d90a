"""The place of a problem within a text, in each style in which YAML can write the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from profiles import settings

from sphinxext_stitch.catalogue.problems import Subtype

if TYPE_CHECKING:
    from conftest import Data

HEAD = "name: Bad\ntype: test.bad\n"
BAD = "data/sources/bad.yml"

#: How a text with a link in its last line is written, and the line and column of this link's line in the file.
STYLES = {
    "plain": ("description: one [x](foo:bar)\n", "3:14"),
    "plain, folded": ("description: one\n  two\n  three [x](foo:bar)\n", "5:3"),
    "plain, on a line of its own": ("description:\n    one\n\n    two [x](foo:bar)\n", "6:5"),
    "single quotes": ("description: 'it''s\n  two ''\n\n  three [x](foo:bar)'\n", "6:3"),
    "double quotes": ('description: "a\\n\\nb\\n\\n[x](foo:bar)"\n', "3:15"),
    "double quotes, folded": ('description: "a \\u2026\\n\\\n  \\"b\\" \\x41\n\n  c [x](foo:bar)"\n', "6:3"),
    "folded block": ("description: >\n  one\n  two\n\n  three [x](foo:bar)\n", "7:3"),
    "folded block with more indentation": ("description: >2\n  one\n\n    - two\n  three [x](foo:bar)\n", "7:3"),
    "literal block": ("description: |\n  one\n\n  two [x](foo:bar)\n", "6:3"),
    "literal block with more indentation": ("description: |\n      one\n      [x](foo:bar)\n", "5:7"),
    "literal block that begins with a blank line": ("description: |\n\n  one [x](foo:bar)\n", "5:3"),
    "literal block with a comment": ("description: |- # why\n  one [x](foo:bar)\n", "4:3"),
    "a link twice": ("description: >\n  one [x](foo)\n  two [x](foo:bar)\n", "5:3"),
    "Windows": ("description: >\r\n  one\r\n  two\r\n\r\n  three [x](foo:bar)\r\n", "7:3"),
    "emoji before": ('type: "🦩"\ndescription: one 🦩\n  two [x](foo:bar)\n', "5:3"),
    "line separators before": ("# \u2028 \u2029 \x85\ndescription: one\n  two [x](foo:bar)\n", "5:3"),
}


@pytest.mark.parametrize(("text", "place"), STYLES.values(), ids=STYLES)
def test_the_place_of_a_link(data: Data, text: str, place: str) -> None:
    data.write(BAD, (HEAD + text).encode())
    data.load()
    expected = f"{BAD}:{place}: WARNING: "
    assert [problem[: len(expected)] for problem in data.problems if "foo:bar" in problem] == [expected]


def test_the_place_of_a_link_behind_a_variable(data: Data) -> None:
    """What is filled in is longer than its name, and has no line in the file."""
    text = "description: >\n  {{ x }} and\n  [x](foo:bar) {{ x }}\n  {{ y }}\nvariables:\n  x: a text that is much longer\n"
    data.write(BAD, HEAD + text)
    data.load()
    assert [problem.split(": ")[0] for problem in data.problems] == [f"{BAD}:5:3", f"{BAD}:6:3"]


WORD = st.sampled_from(["a", "it's", '"so"', "\\", "#", "é…", "🦩", "a: b", "[a](stitch:bad)", "'", "\n", "\n\n"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(WORD, max_size=12),
    style=st.sampled_from(["", "'", '"', "|", ">"]),
    width=st.integers(5, 40),
    unicode=st.booleans(),
)
def test_the_line_of_a_link_in_any_style(
    data: Data, words: list[str], style: str, width: int, *, unicode: bool
) -> None:
    text = " ".join([*words, "[x](foo:bar)"])
    written = yaml.dump({"description": text}, default_style=style, width=width, allow_unicode=unicode)
    data.write(BAD, HEAD + written)
    data.load()
    links = [problem for problem in data.catalogue.problems if "foo:bar" in problem.message]
    lines = (HEAD + written).splitlines()
    assert [lines[problem.place.line - 1].count("foo:bar") for problem in links] in ([1], [])
    assert all(problem.subtype is Subtype.BAD_LINK for problem in links)
