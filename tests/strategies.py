"""Strategies over the data format, derived from the records: what is sound, what is nearly so, and broken files."""

from __future__ import annotations

import json
import re
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from conftest import CHECKOUT
from data_format import NEEDED, is_union, record_fields
from hypothesis import strategies as st

REAL = sorted((CHECKOUT / "data").rglob("*.yml"))

#: Words that mean something somewhere, so that what is made up meets what is known.
WORDS = (
    "name", "type", "properties", "oauth", "form", "string", "integer", "array", "object", "true", "null", "1", "1.10",
    "bad", "test.good", "source/good", "shared", "https://x.example", "{{ name }}", "{{ x }}", "[a](stitch:test.good)",
    "[a](b)", "a.b", "2024-01-01", "", " ", "- a", "# a", "`a`", "<b>", "```\na\n```", "&#x202e;", "-object",
)  # fmt: skip

words = st.sampled_from(WORDS) | st.text(max_size=12)
anything = st.recursive(
    st.none() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@cache
def sound(hint: Any, depth: int = 3) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one for each kind of type
    """What a type takes."""
    if is_union(hint):
        # A record can stand in one of its own kind.
        return st.one_of([sound(arm, depth) for arm in get_args(hint) if depth > 0 or not is_dataclass(arm)])
    origin, args = get_origin(hint), get_args(hint)
    if hint is type(None):
        return st.none()
    if origin is Literal:
        return st.sampled_from(args)
    if origin is tuple:
        return st.lists(sound(args[0], depth), max_size=3) if depth else st.just([])
    if origin is dict:
        return st.dictionaries(words, sound(args[1], depth - 1), max_size=2) if depth else st.just({})
    if is_dataclass(hint):
        needed, further = {}, {}
        for name, kind, must in record_fields(hint):
            (needed if must else further)[name] = sound(kind, depth - 1)
        needed |= {name: st.just(value) for name, value in NEEDED.get(hint.__name__, {}).items()}
        return st.fixed_dictionaries(needed, optional={name: further[name] for name in further.keys() - needed.keys()})
    return anything if hint is Any else words


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of each value in some data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn, base: st.SearchStrategy[Any]) -> Any:
    """Data in which a few values are others, gone, or under another key."""
    data = json.loads(json.dumps(draw(base)))
    for _times in range(draw(st.integers(0, 3))):
        *holder, last = draw(st.sampled_from(_places(data))) or (None,)
        if last is None:
            continue
        here = data
        for step in holder:
            here = here[step]
        what = draw(st.sampled_from(["other", "gone", "renamed", "twice"]))
        if what == "other":
            here[last] = draw(anything)
        elif what == "gone":
            del here[last]
        elif what == "renamed" and isinstance(here, dict):
            here[draw(words)] = here.pop(last)
        elif what == "twice" and isinstance(here, list):
            here.append(here[last])
    return data


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real file in which a few bytes are others, gone, or twice."""
    raw = bytearray(draw(st.sampled_from(REAL)).read_bytes())
    for _times in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = start + draw(st.integers(0, 8))
        piece = draw(
            st.binary(max_size=4) | st.sampled_from([b"\n", b"  ", b":", b"- ", b"[", b"}", b"\t", b"|\n", b"'"])
        )
        raw[start:end] = draw(st.sampled_from([piece, bytes(raw[start:end]) * 2, piece + bytes(raw[start:end])]))
    return bytes(raw)


#: What means something to a shell, a language, HTML, an address or this extension.
PIECES = (
    "__proto__", "constructor", "toString", "undefined", "{{name}}", "{{ type }}", "{{properties}}", "${HOME}", "$(id)",
    "`id`", "'", '"', "\\", "\\u0041", "\\N{DASH}", "!!", "!x", "</script>", "<!--", "&amp;", "%(name)s", "%41", "%2f", "é",
    "🐟", "true", "null", "1e400", "'''", "//", "*/", "@/etc/hostname", "[1-3]", "{a,b}", "{", "}", "?", "#", "&", "|", ";",
    "..", " source connection property object", "The ", "  ", "1152921504606846976", "1",
)  # fmt: skip
HEADERS = ("Authorization", "Content-Type", "content-type", "Accept", "Cookie", "X-A", "x-a", "__proto__", "0", "Host")

pieces = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=3), max_size=4
).map("".join)
pieces_without_spaces = pieces.map(lambda text: "".join(text.split()) or "a")
templates = st.lists(st.sampled_from(["{{ name }}", "{{ type }}", "{{name}}"]) | pieces, max_size=4).map("".join)
#: Types with an example.
typed = st.one_of(
    st.tuples(st.just("string"), pieces),
    st.tuples(st.just("integer"), st.integers(-(2**70), 2**70).map(str) | st.just("9" * 100)),
    st.tuples(st.just("number"), st.floats(-1e99, 1e99).map(repr)),
    st.tuples(st.just("boolean"), st.sampled_from(["true", "false"])),
    st.tuples(st.just("object"), st.dictionaries(pieces, pieces, max_size=3)),
    st.tuples(st.just("array"), st.lists(pieces, max_size=3)),
)
property_lists = st.lists(
    st.builds(
        lambda name, typed, required: {"name": name, "type": typed[0], "example": typed[1], "required": required},
        pieces_without_spaces, typed, st.sampled_from(["true", "false"]),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
endpoints = st.fixed_dictionaries(
    {
        "title": st.just("T"),
        "method": st.sampled_from(["POST", "PUT", "PATCH", "DELETE", "PURGE"]),
        # Of a path, some pieces are refused, with the endpoint.
        "path": pieces_without_spaces.map(lambda text: "/" + re.sub(r"[#\\]|%(?![0-9a-f]{2})|^/+|\?+$", "", text)),
    },
    optional={"body": st.dictionaries(pieces, templates, max_size=3).map(lambda body: body | {"p": "{{ properties }}"})},
)  # fmt: skip


@st.composite
def catalogue_with_requests(draw: st.DrawFn, address: str) -> dict[str, Any]:
    """A catalogue whose examples are shown as requests to an address: the data of its files, by name."""
    steps = ("form", "second", "third", "last")
    api = {
        "name": "A",
        "steps": {step: {"title": step, **({} if step == "last" else {"endpoint": step})} for step in steps},
        "endpoints": {step: draw(endpoints) for step in steps[:-1]} | {"undefined": draw(endpoints)},
        "requests": {
            "url": address + draw(st.sampled_from(["", "/", "/api/", "/a%2fb(c)"])),
            "token": "PELICAN_KEY",
            "headers": draw(
                st.dictionaries(st.sampled_from(HEADERS), pieces | st.just("Bearer {{ token }}"), max_size=4)
            ),
        },
    }
    further = {step: property_lists.map(lambda made: {"properties": made}) for step in steps[1:]}
    objects = st.fixed_dictionaries({"name": pieces, "type": pieces, "properties": property_lists}, optional=further)
    made = draw(st.lists(objects, min_size=4, max_size=8))
    kinds = ("sources", "destinations")
    return {"api": api} | {f"{kinds[number % 2]}/o{number}": data for number, data in enumerate(made)}


def as_file(data: Any) -> bytes:
    """Data as a file: JSON is YAML."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
