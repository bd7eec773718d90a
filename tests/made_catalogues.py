"""Whole catalogues made of a number: the same one makes the same files, in which most is sound and the rest is hostile.

What is made follows the records of the data format: a new field needs no word here.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import is_dataclass
from random import Random
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import yaml
from conftest import CHECKOUT
from data_format import NEEDED, arms, is_union, record_fields

from sphinxext_stitch.catalogue.format.api_records import ApiRecord
from sphinxext_stitch.catalogue.format.records import CheckRecord, GroupRecord, ObjectRecord

#: A word that no page has as the name of an element or attribute, so that it is found where a text becomes markup.
MARK = "x-fuzz"

#: Texts that mean something to a parser, a writer or a browser.
HOSTILE = (
    f"</script><{MARK} onclick=alert(1)>", f'"><img src=x onerror=alert(1) {MARK}=1>', f"<!--<{MARK}>", f"' {MARK}='",
    f"[a](javascript:alert(1) '{MARK}')", f"<https://x.example/{MARK}>", "[a](DATA:text/html,x)", "![a](x.png)", "[](stitch:good)",
    "[a](ref:nowhere) [b](doc:/nowhere)", "[a]: stitch:test.good\n\n[a]", "```json\n{…}\n```", "```nolang\nx", "~~~ {note}\nx",
    "    code\n\n- - - a\n  1. b\n\n> > c", "| a | b |\n|---|---|\n| c |", "a\n=\n\nb\n---\n***", "\\input{x} $^^_%&#~{}",
    "\\end{document}", "{{ name }}{{ name }}", "{{ {{ name }} }}", "{{ x }}", "|replaced| :ref:`x` ``x`` x_", ".. raw:: html\n\n   <b>",
    "%(a)s %s {0}", "&#x202e;&lt;", "\u202ea\u2066b", "a\u200db", "👩\u200d💻", "a\u0301" * 30, "שלום", "\u3000", "\xa0", "a\u2028b", "x" * 2_000,
    "a.b.c.d", "-x-object", "../../x", "C:\\x", "0", "-0", "1e99", ".inf", "true", "null", "~", "1:30", "=", "<<", "__proto__", "constructor",
    "A", "ß", "SS", "ﬁ", "İ", "https://x.example/100%", "mailto:a@b.example", "$(x)", "`x`", "'x'", "a b", "\t", "", " ", "\n", "a\nb",
)  # fmt: skip

#: Words of which many are the name of something else in the same catalogue.
NAMES = (
    "a",
    "b",
    "a.b",
    "host",
    "port",
    "form",
    "oauth",
    "shared",
    "good",
    "bad",
    "test.good",
    "source/good",
    "saas",
    "sources.create",
)

PROPERTIES = ("a", "b", "host", "port", "api_key")

#: What a text mostly is: by its field, as a key of its field, or by the name of its kind in the manual.
SOUND: dict[str, tuple[str, ...]] = {
    "name of a kind": ("source", "destination"),
    "folder": ("sources", "destinations"),
    "key of steps": ("form", "oauth"),
    "key of endpoints": ("sources.create", "sources.delete"),
    "key of headers": ("X-A",),
    "key of categories": ("saas", "database"),
    "key of variables": ("x", "y"),
    "type": ("test.good", "test.bad", "test.a", "test.b", "test.c", "test.d"),
    "category": ("saas", "database"),
    "use": ("test.good", "a"),
    "groups": ("shared", "a"),
    "endpoint": ("sources.create", "sources.delete"),
    "method": ("POST", "GET"),
    "path": ("/a", "/a/{id}"),
    "token": ("TOKEN",),
    "headers": ("{{ token }}", "a"),
    "body": ("{{ properties }}", "{{ type }}"),
    **dict.fromkeys(("omit", "one_of", "any_of", "key of required_if", "key of applies_if"), PROPERTIES),
    "text": NAMES,
    "address": ("https://x.example", "http://x.example/a?b=c#d"),
    "count": ("0", "1", "3", "100"),
    "date": ("2020-01-31", "2030"),
    "number": ("0", "1", "2.5", "-3", "1e3"),
    "prose": ("A *text* with `a` and `code`.", "See [it](stitch:test.good), [b](stitch:good.a).\n\n- One\n- {{ name }}", "Wörter  \nin Zeilen"),
}  # fmt: skip

#: Pieces of YAML that are refused, or read in a way that surprises.
TRICKS = (
    "&a ", "*a ", "<<: *a\n", "!!python/object/apply:os.getcwd []\n", "!x ", "%YAML 1.1\n---\n", "---\n", "...\n", "? ", "? [a]\n: b\n",
    "\t", "# a\u2028b\n", "\ufeff", "- ", ": ", "{", "}", "[", "]", ",", "|\n", "|2-\n", ">+\n", "'", '"', '"\\ud800"\n', '"\\u12"\n',
    "\x85", "\u2029", "\0", "\x1b", "\r", "\r\n", "\n\n", "[" * 60, "{a: " * 60, "- " * 60, "@", "`", "!", "name: x\n", "name:\n", "a: b: c\n",
    "description: >-\n  a\n  {{ b }}\n\n  [c](d)\n", "description: 'a\n  [b](c)\n\n  # d'\n", 'description: "a\\n\\n# b\\n[c](d)"\n',
    "description: |4\n    a\n    # b\n", "properties: [{name: a, type: string}, {name: a}]\n", "steps: {}\n", "groups: [shared, shared]\n",
)  # fmt: skip

PATHS = (
    "sources/good.yml", "sources/bad.yml", "sources/more/deep/third.yaml", "sources/BAD.yml", "destinations/good.yml",
    "destinations/lake.yml", "groups/shared.yml", "groups/SHARED.yml", "groups/more/a.yaml", "check.yml",
)  # fmt: skip

ODD_PATHS = (
    "sources/my source.yml", "sources/größe.yml", "sources/-x.yml", "sources/x-object.yml", "sources/.hidden.yml", "sources/.yml",
    "sources/..yml", "sources/bad.yml/inner.yml", "api.yml/x.yml", "check.yaml", "api.yaml", "stray.yml", "other/x.yml", "readme.txt",
    "sources/con.yml", "sources/a\nb.yml", "sources/a\x1b[31m.yml", "sources/a\u202eb.yml", os.fsdecode(b"sources/a\xff.yml"),
    f"sources/{'x' * 200}.yml", f"sources/{'x' * 300}.yml", f"sources{'/d' * 60}/deep.yml", "groups/a b.yml", "sources/index.yml",
    "sources/%s.yml", "sources/<b>.yml",
)  # fmt: skip

#: The fields of which much else depends.
OFTEN = ("properties", "endpoints", "description", "steps", "type")

RECORDS = {"groups": GroupRecord, "api.yml": ApiRecord, "check.yml": CheckRecord}

REAL = sorted((CHECKOUT / "data").rglob("*.yml"))


def catalogue(number: int) -> dict[str, bytes]:
    """The files of the catalogue of a number, by their paths."""
    return _Maker(number).catalogue()


class _Maker:
    """Makes the files of one catalogue, of which a part given by ``spoiled`` is not sound."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)
        self.spoiled = self.random.choice((0.0, 0.02, 0.1, 0.4))

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability

    def catalogue(self) -> dict[str, bytes]:
        paths = ["api.yml"] * (not self.happens(0.05)) + self.random.sample(PATHS, self.random.randint(2, len(PATHS)))
        paths += self.random.sample(ODD_PATHS, self.random.randint(0, 3)) if self.spoiled else []
        return {path: self.file(RECORDS.get(path.split("/")[0], ObjectRecord)) for path in paths}

    def file(self, record: Any) -> bytes:
        """What a file of a record holds."""
        if self.happens(self.spoiled / 2):
            return self.random.randbytes(self.random.randint(0, 100)) if self.happens(0.3) else self.damaged()
        data = self.of_record(record, depth=4)
        steps = data.pop("steps", None) if record is ObjectRecord else None
        text = self.as_yaml(data | steps if isinstance(steps, dict) else data)
        while self.happens(self.spoiled):
            place = self.random.choice([match.end() for match in re.finditer(r"^|\n|: |- ", text)])
            text = text[:place] + self.random.choice(TRICKS) + text[place:]
        return text.encode("utf-8", "surrogatepass")

    def as_yaml(self, data: Any) -> str:
        style = self.random.choice(("json", None, "|", ">", '"', "'"))
        if style == "json":
            return json.dumps(data, ensure_ascii=self.happens(0.5))
        return yaml.safe_dump(data, allow_unicode=self.happens(0.8), default_style=style, sort_keys=False)

    def damaged(self) -> bytes:
        """A real file in which a few bytes are others, gone, or twice."""
        raw = bytearray(self.random.choice(REAL).read_bytes())
        for _times in range(self.random.randint(1, 4)):
            start = self.random.randint(0, len(raw))
            part = bytes(raw[start : start + self.random.randint(0, 8)])
            raw[start : start + len(part)] = self.random.choice(
                (b"", part * 2, self.random.randbytes(3), b"\n", b": ", b"\t")
            )
        return bytes(raw)

    def of_type(self, hint: Any, name: str = "", depth: int = 4) -> Any:  # noqa: PLR0911 - one for each kind of type
        """Data that a type takes, or what it does not take; ``name`` is the field."""
        if self.happens(self.spoiled / 10):
            return self.random.choice((None, [], {}, self.text("text"), [self.text("text")], {self.text("text"): ""}))
        if is_union(hint):
            hint = self.random.choice([arm for arm in arms(hint) if depth > 0 or not is_dataclass(arm)] or [str])
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self.text(_kind_of_text(hint), name)
        if origin is Literal:
            return self.random.choice(args)
        if origin is tuple:
            return [
                self.of_type(args[0], name, depth) for _times in range(self.random.randint(0, 5) if depth > 0 else 0)
            ]
        if origin is dict:
            keys = [self.key(args[0], name) for _times in range(self.random.randint(1, 3) if depth > 0 else 0)]
            return {key: self.of_type(args[1], name, depth - 1) for key in keys}
        if is_dataclass(hint):
            return self.of_record(hint, depth - 1)
        return self.random.choice(("a", "1", "true", [], ["a"], {"a": "1"})) if hint is Any else self.text("text")

    def key(self, hint: Any, name: str) -> str:
        if get_origin(hint) is Literal:
            return self.random.choice(get_args(hint))
        return self.text(_kind_of_text(hint), f"key of {name}")

    def of_record(self, record: Any, depth: int) -> dict[str, Any]:
        """The data of a record, with a few of its optional fields."""
        hints = get_type_hints(record, include_extras=True)
        often, rarely = 0.8, 4 / len(hints)
        data = {
            name: self.of_type(hints[name], name, depth)
            for name, _plain_hint, must in record_fields(record)
            if must or self.happens(often if name in OFTEN else rarely)
        }
        data = NEEDED.get(record.__name__, {}) | data
        if self.happens(self.spoiled / 5) and data:
            data.pop(self.random.choice(list(data)))
        if self.happens(self.spoiled / 5):
            data[self.text("text")] = self.text("text")
        return data

    def text(self, kind: str, name: str = "") -> str:
        if not self.happens(self.spoiled):
            return self.random.choice(SOUND.get(name) or SOUND.get(kind, NAMES))
        if self.happens(0.6):
            return self.random.choice(HOSTILE)
        letters = (
            range(32, 127),
            range(160, 0x250),
            range(0x590, 0x6FF),
            range(0x2000, 0x2070),
            range(0x1F300, 0x1F600),
            range(32),
        )
        return "".join(
            chr(self.random.choice(self.random.choice(letters))) for _times in range(self.random.randint(1, 12))
        )


def _kind_of_text(hint: Any) -> str:
    return str(hint.__metadata__[0].name) if get_origin(hint) is Annotated else "text"
