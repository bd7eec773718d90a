"""Catalogues with many faults of one kind, which could take more time than their size accounts for."""

from __future__ import annotations

import gc
import shutil
import time
from typing import TYPE_CHECKING

from sphinxext_stitch.catalogue.limits import Limits
from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.catalogue.prose import tokens
from sphinxext_stitch.catalogue.queries.chapters import chapters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    #: The files of a catalogue with a number of faults: path and text.
    Files = Iterator[tuple[str, str]]

#: Other limits than those of files, so that the catalogues can be large enough to be measured.
LIMITS = Limits(values=100_000)

API = "name: Hostile\nsteps: {form: {title: Properties}}\n"
HEAD = "name: A\ntype: a\n"


def _objects(number: int, text: str) -> Files:
    for each in range(number):
        yield (
            f"sources/object-{each:06}.yml",
            f"name: Object {each}\ntype: platform.object-{each:06}\n" + text.format(each),
        )


def links(number: int) -> Files:
    """Links to objects that do not exist, each similar to one that does."""
    yield from _objects(number, "description: '[x](stitch:platform.objekt-{:06})'\n")


def links_to_properties(number: int) -> Files:
    """Links to properties of one object, every other one of which does not exist."""
    properties = "".join(
        f"- name: name{each:06}\n  type: string\n"
        f"  description: '[x](stitch:a.name{each:06}) [x](stitch:a.nome{each:06})'\n"
        for each in range(number)
    )
    yield "sources/a.yml", f"{HEAD}properties:\n{properties}"


def groups(number: int) -> Files:
    """Groups that do not exist."""
    yield from _objects(number, "groups: [grup-{:06}]\n")
    for each in range(number):
        yield f"groups/group-{each:06}.yml", "title: Group\n"


def categories(number: int) -> Files:
    """Categories without connections."""
    names = "".join(f"  Kategory {each:06}: Title\n" for each in range(number))
    yield "api.yml", f"{API}categories:\n{names}"
    yield from _objects(number, "category: Category {:06}\n")


def names(number: int) -> Files:
    """Conditions on properties that do not exist."""
    properties = "".join(
        f"- {{name: name{each:06}, type: string, required_if: {{nome{each:06}: x}}}}\n" for each in range(number)
    )
    yield "sources/a.yml", f"{HEAD}properties:\n{properties}"


def values(number: int) -> Files:
    """Conditions with values that are not accepted."""
    known, unknown = (", ".join(f"{word}-{each:06}" for each in range(number)) for word in ("value", "valeu"))
    yield (
        "sources/a.yml",
        (
            f"{HEAD}properties:\n- {{name: a, type: string, values: [{known}]}}\n"
            f"- {{name: b, type: string, required_if: {{a: [{unknown}]}}}}\n"
        ),
    )


def circles(number: int) -> Files:
    """Pairs of properties whose conditions name each other."""
    properties = "".join(
        f"- {{name: a{each:06}, type: string, required_if: {{b{each:06}: x}}}}\n"
        f"- {{name: b{each:06}, type: string, required_if: {{a{each:06}: x}}}}\n"
        for each in range(number)
    )
    yield "sources/a.yml", f"{HEAD}properties:\n{properties}"


def variables(number: int) -> Files:
    """Texts that name variables which do not exist."""
    stated = "".join(f"  name{each:06}: x\n" for each in range(number))
    properties = "".join(
        f"- {{name: p{each:06}, type: string, description: '{{{{ nome{each:06} }}}}'}}\n" for each in range(number)
    )
    yield "sources/a.yml", f"{HEAD}variables:\n{stated}properties:\n{properties}"


def cases(number: int) -> Files:
    """Properties of one name, each for a case of its own."""
    known = ", ".join(f"value-{each:06}" for each in range(number))
    properties = "".join(
        f"- {{name: a, type: string, applies_if: {{mode: value-{each:06}}}}}\n" for each in range(number)
    )
    yield "sources/a.yml", f"{HEAD}properties:\n- {{name: mode, type: string, values: [{known}]}}\n{properties}"


def sets(number: int) -> Files:
    """Sets of properties, of which each names another one."""
    properties = "".join(f"- {{name: name{each:06}, type: string}}\n" for each in range(number))
    names = ", ".join(f"[name{each:06}]" for each in range(number))
    yield "sources/a.yml", f"{HEAD}properties:\n{properties}any_of: [{names}]\n"


def silences(number: int) -> Files:
    """Lint warnings, and entries of ``check.yml`` that each suppress another one."""
    yield from _objects(number, "properties: [{{name: name{:06}, type: string}}]\n")
    entries = "".join(
        f"- {{subtype: undescribed-property, name: nome{each:06}, reason: So.}}\n" for each in range(number)
    )
    yield "check.yml", f"silence:\n{entries}"


def dashes(number: int) -> Files:
    """Lines that are not YAML, as long as a file can be."""
    yield "sources/a.yml", f"{HEAD}description: [x](y) z\n{'-' * 100 * number}\n"


def keys(number: int) -> Files:
    """Fields that do not exist."""
    yield "sources/a.yml", HEAD + "".join(f"nam{each:06}: x\n" for each in range(number))


def examples(number: int) -> Files:
    """Examples with a member that does not exist."""
    nested = "".join(f"  - {{name: name{each:06}, type: string}}\n" for each in range(number))
    example = "".join(f"    nome{each:06}: x\n" for each in range(number))
    yield "sources/a.yml", f"{HEAD}properties:\n- name: p\n  type: object\n  properties:\n{nested}  example:\n{example}"


def tables(number: int) -> Files:
    """Tables, which descriptions cannot have, with short rows below many headings."""
    table = f"  |{'a|' * 250}\n  |{'-|' * 250}\n" + "  |\n" * 250
    yield from _objects(number, f"description: |\n{table}".replace("{", "{{"))


def braces(number: int) -> Files:
    """Texts of braces and brackets that are opened and not closed."""
    yield from _objects(number, f"description: '{'{{{{' * 4000}'\n")


def templates(number: int) -> Files:
    """Bodies of requests with substitutions that are begun and not ended."""
    members = "".join(f"      member-{each:06}: '{'{{' * 4000}'\n" for each in range(number))
    endpoints = "endpoints:\n  a.create:\n    title: A\n    method: POST\n    path: /a\n    body:\n"
    yield "api.yml", f"{API}{endpoints}      p: '{{{{ properties }}}}'\n{members}"


def beginnings(number: int) -> Files:
    """Objects whose names begin alike, each with a letter more."""
    for each in range(number):
        yield f"sources/object-{each:06}.yml", f"name: {'a' * (each % 500 + 1)}\ntype: platform.object-{each:06}\n"


#: Each kind of catalogue with a number of faults that takes about a second.
KINDS: dict[str, tuple[Callable[[int], Files], int]] = {
    "links": (links, 1_000),
    "links-to-properties": (links_to_properties, 1_000),
    "groups": (groups, 500),
    "categories": (categories, 1_000),
    "names": (names, 1_000),
    "values": (values, 5_000),
    "circles": (circles, 1_000),
    "variables": (variables, 1_000),
    "cases": (cases, 500),
    "sets": (sets, 1_000),
    "silences": (silences, 500),
    "dashes": (dashes, 4_000),
    "keys": (keys, 2_000),
    "examples": (examples, 2_000),
    "tables": (tables, 100),
    "braces": (braces, 20),
    "templates": (templates, 40),
    "beginnings": (beginnings, 1_000),
}


def write(folder: Path, files: Files) -> Path:
    """Write the files of a catalogue into a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in (("api.yml", API), *files):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def seconds(folder: Path) -> float:
    """The CPU time of loading a catalogue and dividing it into chapters.

    Without garbage collection: its time depends on all that the process holds.
    """
    tokens.cache_clear()
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        chapters(load(folder, limits=LIMITS))
        return time.process_time() - start
    finally:
        gc.enable()
