"""What an attacker can put into a catalogue is refused or made harmless; the manual's page on security names these tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tracemalloc
import unicodedata
from collections import Counter
from dataclasses import fields, is_dataclass
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from conftest import CHECKOUT, Project, posix, write_good_project
from data_format import with_text

from sphinxext_stitch.catalogue.format.api_records import ApiRecord
from sphinxext_stitch.catalogue.format.records import GroupRecord, ObjectRecord
from sphinxext_stitch.catalogue.limits import Limits
from sphinxext_stitch.catalogue.loading.incremental import load_incrementally
from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.catalogue.texts import Prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conftest import Data

BAD = "data/sources/bad.yml"
HEAD = "name: Bad\ntype: test.bad\n"

API_WITH_STEPS = """\
name: Test
steps: {form: {title: Properties}, oauth: {title: Sign-in}}
endpoints: {sources.create: {title: Create, method: POST, path: /sources}}
"""


def in_property(fields: str) -> str:
    """An object with one property, ``a``, of these fields."""
    return f"{HEAD}properties:\n  - {{name: a, {fields}}}\n"


# ---------------------------------------------------------------- no code, no files

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "tag that makes an object": (
        "name: !!python/object/new:os.system [touch pwned]\n",
        f"{BAD}:1:7: WARNING: a tag, “tag:yaml.org,2002:python/object/new:os.system”; data files have none [stitch.yaml]",
    ),
    "tag of a whole file": (
        "!!python/module:os\nname: Bad\n",
        f"{BAD}:1:1: WARNING: a tag, “tag:yaml.org,2002:python/module:os”; data files have none [stitch.yaml]",
    ),
    "bomb of aliases": (
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        f"{BAD}:2:8: WARNING: an alias; data files have none: write the text twice, or use a group [stitch.yaml]",
    ),
    "alias within itself": (
        "name: &a [*a]\n",
        f"{BAD}:1:11: WARNING: an alias; data files have none: write the text twice, or use a group [stitch.yaml]",
    ),
    "merge key": (
        "name: &a {x: y}\n<<: *a\n",
        f"{BAD}:2:5: WARNING: an alias; data files have none: write the text twice, or use a group [stitch.yaml]",
    ),
    "levels of mappings": (
        "a: " + "{a: " * 60 + "}" * 60,
        f"{BAD}:1:200: WARNING: nested deeper than 50 levels [stitch.limit]",
    ),
    "levels of lists without brackets": (
        "- " * 60,
        f"{BAD}:1:101: WARNING: nested deeper than 50 levels [stitch.limit]",
    ),
    "NUL": (
        "name: Bad\ntype: a\0b\n",
        f"{BAD}:2:8: WARNING: a control character, which no text has; delete it [stitch.yaml]",
    ),
    "bytes that are no UTF-8": (
        b"name: Bad\ntype: \xc3\x28",
        f"{BAD}:2:7: WARNING: the file is not UTF-8; save it in this encoding [stitch.yaml]",
    ),
    "too many characters for UTF-8": (
        b"name: \xf4\x90\x80\x80",
        f"{BAD}:1:7: WARNING: the file is not UTF-8; save it in this encoding [stitch.yaml]",
    ),
    "many values": (
        HEAD + "groups: [" + "x, " * 5_000 + "]\n",
        f"{BAD}:3:14989: WARNING: more than 5,000 keys and values (stitch_max_values) [stitch.limit]",
    ),
    "long text": (
        HEAD + "description: " + "x" * 10_001,
        f"{BAD}:3:14: WARNING: a text of 10,001 characters; it has at most 10,000 (stitch_max_text) [stitch.limit]",
    ),
    "long name of a property": (
        HEAD + "properties: [{name: " + "x" * 10_001 + ", type: string}]",
        f"{BAD}:3:21: WARNING: a text of 10,001 characters; it has at most 10,000 (stitch_max_text) [stitch.limit]",
    ),
    "digits of an endless name": (
        "name: " + "9" * 10_001,
        f"{BAD}:1:7: WARNING: a text of 10,001 characters; it has at most 10,000 (stitch_max_text) [stitch.limit]",
    ),
}


@pytest.mark.parametrize(("text", "warning"), REFUSED.values(), ids=[name.replace(" ", "-") for name in REFUSED])
def test_a_dangerous_file_is_refused(data: Data, text: str | bytes, warning: str) -> None:
    data.write(BAD, text)
    data.load()
    assert data.problems == [warning]
    assert data.properties == {"source/good": ["sound"]}


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    huge = tmp_path / "sources/huge.yml"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    catalogue = load_incrementally(tmp_path, tmp_path / "cache").catalogue
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [problem.message for problem in catalogue.problems if problem.place.path == str(huge)] == [
        "the file has 100,000,000 bytes; a data file has at most 1,000,000 (stitch_max_file_size)"
    ]
    assert peak < 1_000_000


@posix
def test_a_file_that_never_ends_is_not_read(data: Data) -> None:
    os.mkfifo(data.folder / BAD)
    data.load()
    assert data.problems == [f"{BAD}:1:1: WARNING: not a regular file; reading it might never end [stitch.yaml]"]


@posix
def test_links_out_of_the_catalogue_are_not_followed(data: Data) -> None:
    secret = data.write("secret/credentials.yml", "name: Secret\ntype: secret.password\n")
    sources = data.folder / "data/sources"
    (sources / "file.yml").symlink_to(secret)
    (sources / "relative.yml").symlink_to("../../secret/credentials.yml")
    (sources / "folder").symlink_to(secret.parent)
    (sources / "loop").symlink_to(".")
    (sources / "self.yml").symlink_to("self.yml")
    (sources / "device.yml").symlink_to("/dev/zero")
    (sources / "same.yml").symlink_to("good.yml")
    data.load()
    outside = "a link that leads out of the catalogue; it is not followed [stitch.symlink]"
    assert data.problems == [
        f"data/sources/device.yml:1:1: WARNING: {outside}",
        f"data/sources/file.yml:1:1: WARNING: {outside}",
        "data/sources/folder:1:1: WARNING: a link to a folder; it is not followed [stitch.symlink]",
        "data/sources/loop:1:1: WARNING: a link to a folder; it is not followed [stitch.symlink]",
        f"data/sources/relative.yml:1:1: WARNING: {outside}",
        # A link within the catalogue is a file like any other.
        "data/sources/same.yml:2:7: WARNING: the type “test.good” is taken by “source/good”; links by type lead there "
        "[stitch.duplicate-object]",
        f"data/sources/self.yml:1:1: WARNING: the file cannot be read: {os.strerror(40)} [stitch.yaml]",
    ]
    assert data.properties == {"source/good": ["sound"], "source/same": ["sound"]}


@posix
def test_links_that_a_project_trusts_are_followed(data: Data) -> None:
    elsewhere = data.write("elsewhere/far.yml", "name: Far\ntype: test.far\n")
    sources = data.folder / "data/sources"
    (sources / "file.yml").symlink_to(elsewhere)
    (sources / "folder").symlink_to(elsewhere.parent)
    (sources / "loop").symlink_to(".")
    (elsewhere.parent / "back").symlink_to(sources)
    (sources / "self.yml").symlink_to("self.yml")
    data.catalogue = load(data.folder / "data", follow_links=True)
    around = "a link to a folder that it is in; it is not followed [stitch.symlink]"
    assert data.problems == [
        "data/sources/file.yml:2:7: WARNING: the type “test.far” is taken by “source/far”; links by type lead there "
        "[stitch.duplicate-object]",
        f"data/sources/folder/back:1:1: WARNING: {around}",
        f"data/sources/loop:1:1: WARNING: {around}",
        f"data/sources/self.yml:1:1: WARNING: the file cannot be read: {os.strerror(40)} [stitch.yaml]",
    ]
    assert data.properties == {"source/far": [], "source/file": [], "source/good": ["sound"]}


@posix
def test_a_link_that_comes_between_two_builds_is_reported(catalogue_project: Project, tmp_path: Path) -> None:
    catalogue_project.build("dummy")
    (tmp_path / "outside").mkdir()
    (catalogue_project.folder / "data/sources/folder").symlink_to(tmp_path / "outside")
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == [
        "data/sources/folder:1: WARNING: a link to a folder; it is not followed [stitch.symlink]"
    ]


def test_names_cannot_lead_to_other_files(catalogue_project: Project) -> None:
    catalogue_project.write(
        BAD,
        "name: ../../etc/passwd\ntype: ../../etc/passwd\ngroups: [../../secret, /etc/passwd]\n"
        "properties:\n  - {name: ../../x, type: string}\n",
    )
    catalogue_project.write("secret.yml", "title: Secret\nproperties: [{name: stolen, type: string}]\n")
    catalogue_project.build()
    assert catalogue_project.warnings == [
        f"{BAD}:3: WARNING: column 10: there is no property group “../../secret” [stitch.unknown-group]",
        f"{BAD}:3: WARNING: column 24: there is no property group “/etc/passwd” [stitch.unknown-group]",
    ]
    assert "stolen" not in catalogue_project.output("index.html")
    # What stands in names is text, and no file is made of it.
    assert "../../etc/passwd" in catalogue_project.html().text
    made = {path.name for path in catalogue_project.folder.parent.rglob("*")}
    assert not made & {"passwd", "passwd.html", "x.html"}


# ---------------------------------------------------------------- bounded time and memory

TEXT, VALUES = 9_900, 4_900
LARGE = {
    "substitutions that do not end": f"{HEAD}description: '{'{{' * (TEXT // 2)}'\n",
    "substitutions that do not end, with text": f"{HEAD}description: '{'{{ a ' * (TEXT // 5)}'\n",
    "unknown substitutions": HEAD + "description: '" + "".join(f"{{{{ {n} }}}}" for n in range(TEXT // 10)) + "'\n",
    "quotes of quotes": f"{HEAD}description: '{'>' * TEXT}'\n",
    "lists of lists": f"{HEAD}description: '{'+ ' * (TEXT // 2)}x'\n",
    "open brackets": f"{HEAD}description: '{'[' * TEXT}'\n",
    "open images": f"{HEAD}description: '{'![' * (TEXT // 2)}'\n",
    "open links": f"{HEAD}description: '{'[a](' * (TEXT // 4)}'\n",
    "emphasis": f"{HEAD}description: '{'*a **b ' * (TEXT // 7)}'\n",
    "underscores": f"{HEAD}description: '{'_a __b ' * (TEXT // 7)}'\n",
    "open tags": f"{HEAD}description: '{'<a ' * (TEXT // 3)}'\n",
    "a table": f"{HEAD}description: |\n  {'|a' * 600}|\n  {'|-' * 600}|\n" + "  |a|\n" * 1_000,
    "links": HEAD + "description: '" + "".join(f"[a](stitch:x{n})" for n in range(TEXT // 16)) + "'\n",
    "broken properties": HEAD
    + "properties:\n"
    + "".join(f"  - {{name: a{n}, type: strin}}\n" for n in range(VALUES // 5)),
    "unknown keys": HEAD + "".join(f"nam{n}: x\n" for n in range(VALUES // 2 - 5)),
    "keys twice": HEAD + "name: x\n" * (VALUES // 2 - 5),
    "groups": HEAD + "groups: [" + ", ".join(f"x{n}" for n in range(VALUES)) + "]\n",
    "what is not omitted": HEAD + "groups: [many]\nomit: [" + ", ".join(f"y{n}" for n in range(VALUES // 2)) + "]\n",
    "types": in_property(f"type: [{'string, ' * VALUES}string], example: [x]"),
    "types of types": HEAD
    + "properties:\n"
    + "".join(
        f"{'  ' * (2 * n)}  - name: a\n{'  ' * (2 * n)}    type: [object, object, object, array, array]\n"
        f"{'  ' * (2 * n)}    example: {'{a: ' * (20 - n)}x{'}' * (20 - n)}\n{'  ' * (2 * n)}    properties:\n"
        for n in range(20)
    )
    + "  " * 40
    + "  - {name: a, type: integer}\n",
    "accepted values": in_property(
        "type: array, values: ["
        + ", ".join(f"x{n}" for n in range(VALUES // 2))
        + "], example: ["
        + ", ".join(f"x{n}" for n in range(VALUES // 2 - 10))
        + "]"
    ),
    "digits": in_property(f"type: integer, example: {'9' * TEXT}"),
    "digits behind the point": in_property(f"type: number, example: 0.{'9' * TEXT}"),
    "digits in a name": f"name: {'9' * TEXT}\ntype: test.bad\n",
    "connections": HEAD
    + "connections:\n"
    + "".join(f"  - {{key: c{n}, name: {'9' * 9}{n}}}\n" for n in range(VALUES // 5)),
    "a group many times": HEAD + "groups: [" + "many, " * 2_000 + "]\n",
    "letters of suggestions": HEAD
    + f"variables: {{{'a' * TEXT}: x}}\ndescription: '{{{{ {'ab' * (TEXT // 2 - 9)} }}}}'\n",
}

LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from sphinxext_stitch.catalogue.loading.loader import load
catalogue = load(Path(sys.argv[1]))
print(len(catalogue.objects), len({problem.place.path for problem in catalogue.problems}))
"""


@posix
def test_data_within_the_limits_are_read_in_bounded_time_and_memory(data: Data) -> None:
    """The kernel ends a process that takes more; each file is as large as the limits let it be."""
    data.write("data/api.yml", API_WITH_STEPS)
    many = "".join(f"  - {{name: x{number}, type: string}}\n" for number in range(VALUES // 5))
    data.write("data/groups/many.yml", f"title: Many\nproperties:\n{many}")
    for number, text in enumerate(LARGE.values()):
        data.write(f"data/sources/bad{number}.yml", text.replace("type: test.bad", f"type: test.bad{number}"))
    command = [sys.executable, "-c", LIMITED, str(data.folder / "data")]
    run = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    objects, files = map(int, run.stdout.split())
    assert objects > len(LARGE) - 5
    assert files > 10


def test_substitutions_do_not_grow(data: Data) -> None:
    data.write(
        BAD,
        f"{HEAD}variables:\n  a: '{{{{ b }}}}'\n  b: {'x' * 101}\n"
        f"description: '{'{{ a }}' * 9}'\nproperties:\n"
        f"  - {{name: a, type: string, description: '{'{{ b }}' * 100}'}}\n"
        f"  - {{name: b, type: string, example: '{'{{b}}' * 100}'}}\n",
    )
    data.load()
    too_long = "with its variables filled in, the text has more than 10,000 characters (stitch_max_text) [stitch.limit]"
    assert data.problems == [
        f"{BAD}:4:6: WARNING: the variable “a” has a substitution in it; it is shown as it is written "
        "[stitch.unknown-variable]",
        f"{BAD}:8:42: WARNING: {too_long}",
        f"{BAD}:9:38: WARNING: {too_long}",
    ]


def test_a_group_that_is_listed_many_times(data: Data) -> None:
    properties = "".join(f"  - {{name: x{number}, type: string}}\n" for number in range(100))
    data.write("data/groups/many.yml", f"title: Many\nproperties:\n{properties}")
    data.write(BAD, f"{HEAD}groups: [{'many, ' * 20}]\n")
    data.load()
    assert data.problems == [
        f"{BAD}:1:1: WARNING: with its groups the object has more than 5,000 keys and values (stitch_max_values) "
        "[stitch.limit]"
    ]


def test_too_many_files(data: Data) -> None:
    data.write("data/sources/zoo.yml", "name: Zoo\ntype: test.zoo\n")
    data.load(files=2)
    assert data.problems == [
        "data:1:1: WARNING: there are 3 data files; a catalogue has at most 2 (stitch_max_files) [stitch.limit]"
    ]
    assert data.properties == {"source/good": ["sound"]}


@pytest.mark.parametrize(
    ("limit", "warning"),
    [
        ("file_size", "bytes; a data file has at most 10 (stitch_max_file_size)"),
        ("values", "more than 10 keys and values (stitch_max_values)"),
        ("text", "a text of 11 characters; it has at most 10 (stitch_max_text)"),
    ],
)
def test_a_project_sets_its_limits(catalogue_project: Project, limit: str, warning: str) -> None:
    catalogue_project.write(
        BAD, f"{HEAD}properties:\n  - {{name: a, type: string}}\n  - {{name: {'b' * 11}, type: string}}\n"
    )
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == []
    catalogue_project.build("dummy", **{f"stitch_max_{limit}": 10})
    assert [line for line in catalogue_project.warnings if line.startswith(BAD) and warning in line]
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == []


# ---------------------------------------------------------------- no markup

PAYLOADS = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)><x-evil onclick=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "end of a script": "</script></pre></title><svg/onload=alert(1)>-->]]>",
    "scheme": "javascript:alert(1)",
    "hidden scheme": "JaVa\tScRiPt:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "address": 'https://x.example/"onclick="alert(1)"><x-evil>',
    "links": "[a](javascript:alert(1)) <javascript:alert(1)> [b](<data:text/html,x>) ![c](javascript:x) "
    "[d](&#106;avascript:alert(1)) [e](//evil.example) [f]\n\n[f]: javascript:alert(1)",
    "markup of pages": ":ref:`x` |x| `y <javascript:x>`__ ``{raw} html <x-evil>``\n\n.. raw:: html\n\n   <x-evil>\n",
    "fence": '```{raw} html\n<x-evil>\n```\n\n```"><x-evil>\n<x-evil>\n```\n',
    "expression": "{{ 7*7 }} {{ ''.__class__ }} ${7*7} {% include 'x' %} %(name)s %s {0} {name.__class__}",
    "backslashes": "\\input{/etc/passwd}\\write18{id} \\x3cscript\\x3e $(id) `id` ; id | id",
}


def strangers(page: BeautifulSoup) -> Counter[str]:
    """What a page has that can run something, or load or lead to anything."""
    found: Counter[str] = Counter()
    for tag in page.find_all(True):  # noqa: FBT003 - every tag
        if tag.name in ("script", "img", "iframe", "object", "embed", "svg", "base", "form", "style", "meta", "link"):
            found[tag.name] += 1
        if tag.name.startswith("x-"):
            found[tag.name] += 1
        for name, value in tag.attrs.items():
            if name.startswith("on"):
                found[name] += 1
            scheme = re.match(r"[\s\x00-\x20]*([A-Za-z][\w+.-]*):", str(value))
            if name in ("href", "src", "action", "formaction", "xlink:href") and scheme and scheme[1] not in (
                "http", "https", "mailto",
            ):  # fmt: skip
                found[f"{name} {scheme[1]}"] += 1
    return found


def together(variants: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Variants of a record, with the items of one list of records in one record, under names of their own."""
    lists: dict[str, list[Any]] = {}
    found = []
    for number, (place, data) in enumerate(variants):
        path, in_a_list, _rest = place.partition("[].")
        items = reduce(getitem, path.split(".")[1:], data) if in_a_list else []
        for item in items:
            item.update({name: f"x{number}" for name in ("name", "key") if item.get(name) == "x"})
        if path in lists:
            lists[path] += items
            continue
        found.append((place, data))
        if in_a_list:
            lists[path] = items
    return found


def write_payload(project: Project, payload: str) -> int:
    """Write a catalogue in which each text of each record is the payload once; say how many texts there are."""
    objects, groups = (list(with_text(record, payload)) for record in (ObjectRecord, GroupRecord))
    for number, (place, data) in enumerate(together(objects)):
        steps = data.pop("steps", {})
        text = json.dumps(
            {"type": f"test.t{number}", **data, **({"oauth": steps["x"]} if "x" in steps else {})}
            | ({} if place == ".type" else {"type": f"test.t{number}"})
        )
        project.write(f"data/sources/o{number}.yml", text)
    for number, (_place, data) in enumerate(together(groups)):
        project.write(f"data/groups/g{number}.yml", json.dumps(data))
        project.write(
            f"data/destinations/o{number}.yml",
            json.dumps({"name": "x", "type": f"test.g{number}", "groups": [f"g{number}"]}),
        )
    return len(objects) + len(groups)


def write_page_of_all(project: Project) -> Project:
    """Write a project that shows all that a catalogue has."""
    write_good_project(project)
    page = "Test\n====\n\n.. connection-table::\n   :columns: name, kind, object, category, type, status\n\n"
    project.write("index.rst", f"{page}.. connection-table:: endpoints\n\n.. connection-property::\n   :list:\n")
    project.write("data/api.yml", API_WITH_STEPS)
    return project


@pytest.fixture
def page_of_all(make_project: Callable[..., Project]) -> Project:
    """A project that shows all that a catalogue has."""
    return write_page_of_all(make_project())


@pytest.fixture(scope="module")
def sound_page(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """The page of such a project before anything is written into its data."""
    project = write_page_of_all(Project(tmp_path_factory.mktemp("sound")))
    project.build()
    project.close()
    return project.html()


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=[name.replace(" ", "-") for name in PAYLOADS])
def test_no_text_of_a_catalogue_becomes_markup(page_of_all: Project, sound_page: BeautifulSoup, payload: str) -> None:
    count = write_payload(page_of_all, payload)
    page_of_all.build()
    assert count > 50
    assert strangers(page_of_all.html()) == strangers(sound_page)
    # Every warning is ours, in one line, at a place in the data.
    assert [
        line for line in page_of_all.warnings if not re.match(r"data/\w+/\w+\.yml:\d+(:\d+)?: WARNING: .*\]$", line)
    ] == []


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=[name.replace(" ", "-") for name in PAYLOADS])
def test_no_text_of_the_api_becomes_markup(page_of_all: Project, sound_page: BeautifulSoup, payload: str) -> None:
    data: dict[str, Any] = {}
    for place, variant in with_text(ApiRecord, payload):
        name = place.split(".")[1]
        merged = data.setdefault(name, variant[name])
        if isinstance(merged, dict):
            for key, value in variant[name].items():
                merged[key] = merged[key] | value if isinstance(merged.get(key), dict) else value
    data["steps"]["form"] = data["steps"].pop("x")
    data["kinds"]["source"] = data["kinds"].pop("x") | {"heading": f"{payload} {{{{ name }}}}", "folder": "sources"}
    # An endpoint with any other method or path is left out.
    data["endpoints"]["x"] |= {"method": "POST", "path": "/x"}
    page_of_all.write("data/api.yml", json.dumps(data))
    page_of_all.build()
    assert strangers(page_of_all.html()) == strangers(sound_page)


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_names_are_text_in_the_general_index(catalogue_project: Project, builder: str) -> None:
    """Sphinx writes the addresses of its entries as they are."""
    names = ['"><script>alert(1)</script>', "a<b&c", "it's`"]
    properties = [{"name": name, "type": "string", "description": "x"} for name in names]
    catalogue_project.write(BAD, json.dumps({"name": "Bad", "type": "test.bad", "properties": properties}))
    catalogue_project.build(builder, epub_copyright="x", version="1", release="1")
    assert catalogue_project.warnings == []
    ending = "xhtml" if builder == "epub" else "html"
    index = catalogue_project.output(f"genindex.{ending}")
    found = BeautifulSoup(index, "html.parser")
    assert [script for script in found.select("script") if "alert" in script.get_text()] == []
    ids = {f"index.{ending}#{element['id']}" for element in catalogue_project.html_of(f"index.{ending}").select("[id]")}
    links = {unquote(link["href"]) for link in found.select("a[href*='.form.']")}
    assert len(links) == len(names) + 1
    assert links <= ids
    if builder == "epub":
        ET.fromstring(index)  # noqa: S314 - what the test has built


@pytest.mark.parametrize("theme", ["alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme"])
def test_names_are_text_in_the_titles_of_every_theme(catalogue_project: Project, theme: str) -> None:
    """Some themes write the titles of pages as they are."""
    conf = (catalogue_project.folder / "conf.py").read_text(encoding="utf-8")
    catalogue_project.write("conf.py", f'{conf}stitch_pages = "made"\nhtml_theme = "{theme}"\n')
    catalogue_project.write("index.rst", "Test\n====\n\n.. toctree::\n\n   made/source/bad\n   made/index\n")
    name = "<img src=x onerror=alert(1)>"
    catalogue_project.write(BAD, json.dumps({"name": name, "type": "test.bad", "category": name}))
    catalogue_project.build()
    pages = {path: text for path, text in catalogue_project.outputs().items() if path.endswith(".html")}
    assert len(pages) > 4
    for path, text in pages.items():
        assert BeautifulSoup(text, "html.parser").select("img[onerror]") == [], path
    assert "‹img src=x onerror=alert(1)›" in pages["made/source/bad.html"].decode()


def lines_of(part: object) -> Iterator[str]:
    """The texts of a part of the model that are shown in one line."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        yield from (text for item in part for text in lines_of(item))
    elif is_dataclass(part) and not isinstance(part, Prose):
        yield from (text for field in fields(part) for text in lines_of(getattr(part, field.name)))


@pytest.mark.parametrize("record", [ObjectRecord, GroupRecord, ApiRecord])
def test_only_prose_has_several_lines(data: Data, record: type) -> None:
    """Whatever field the line break is in: it could write a line of its own into an inventory, a log or a man page."""
    refused = 0
    for place, variant in with_text(record, "one\ntwo"):
        content = {"type": "test.bad", **variant} if record is ObjectRecord else variant
        steps = content.pop("steps", {}) if record is ObjectRecord else {}
        name = {ObjectRecord: BAD, GroupRecord: "data/groups/bad.yml", ApiRecord: "data/api.yml"}[record]
        data.write("data/api.yml", API_WITH_STEPS)
        data.write("data/sources/uses.yml", "name: Uses\ntype: test.uses\ngroups: [bad]\n")
        data.write(name, json.dumps(content | ({"oauth": steps["x"]} if "x" in steps else {})))
        data.load()
        found = data.catalogue
        assert [text for text in lines_of((found.api, found.objects, found.connections)) if "\n" in text] == [], place
        refused += any("line break" in problem.message for problem in found.problems)
    assert refused > 5


def test_no_text_becomes_a_command_of_latex(page_of_all: Project) -> None:
    write_payload(page_of_all, PAYLOADS["backslashes"])
    page_of_all.build("latex")
    (output,) = Path(page_of_all.app.outdir).glob("*.tex")
    document = output.read_text(encoding="utf-8").partition(r"\begin{document}")[2]
    assert "etc/passwd" in document
    assert r"\input{/etc" not in document
    assert r"\write18" not in document


def test_what_looks_like_an_expression_is_text(catalogue_project: Project) -> None:
    catalogue_project.write(BAD, HEAD + "description: 'a {{ 7+7 }} b {{ name.upper() }} c {{name}} ${7+7} %(name)s'\n")
    catalogue_project.build()
    assert catalogue_project.warnings == [
        f"{BAD}:3: WARNING: column 14: “7+7” is not a variable of source/bad; known: “name” [stitch.unknown-variable]",
        f"{BAD}:3: WARNING: column 14: “name.upper()” is not a variable of source/bad; known: “name” [stitch.unknown-variable]",
    ]
    assert "a {{ 7+7 }} b {{ name.upper() }} c Bad ${7+7} %(name)s" in catalogue_project.html().text


def test_examples_cannot_end_a_script(catalogue_project: Project) -> None:
    catalogue_project.write(
        BAD,
        "name: </script><x-evil>\ntype: test.bad\nproperties:\n"
        "  - {name: __proto__, type: object, example: {__proto__: </script>, constructor: '<!--'}}\n",
    )
    catalogue_project.build()
    assert catalogue_project.warnings == []
    page = catalogue_project.html()
    example = page.select(".stitch-example")[0].get_text()
    assert json.loads(example) == {"__proto__": {"__proto__": "</script>", "constructor": "<!--"}}
    scripts = page.find_all("script")
    assert scripts
    for script in scripts:
        assert "x-evil" not in script.get_text()
    assert page.find("x-evil") is None


# ---------------------------------------------------------------- ids

#: Ids that alabaster, furo, docutils and Sphinx give to parts of a page, and what docutils makes up.
TAKEN = ("content", "toc", "__toc", "__navigation", "searchbox", "search", "genindex", "indices-and-tables", "id1", "test",
         "sidebar-main", "furo-main-content", "svg-toc", "navbar", "footer", "connection-table", "__proto__", "constructor",
         "location", "document", "name", "cookie")  # fmt: skip


@pytest.fixture(scope="module")
def sound_and_taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Project]:
    """A project that shows a sound catalogue, and one with these names wherever data can have them."""
    sound, taken = (write_page_of_all(Project(tmp_path_factory.mktemp(name))) for name in ("sound", "taken"))
    for name in TAKEN:
        key = name.strip("_")
        properties = "".join(f"  - {{name: {other}, type: string}}\n" for other in TAKEN)
        taken.write(
            f"data/sources/{key}.yml", f"name: {name}\ntype: {name}\ngroups: [{name}]\nproperties:\n{properties}"
        )
        taken.write(f"data/groups/{name}.yml", f"title: {name}\nproperties: [{{name: x-{name}, type: string}}]\n")
    return sound, taken


@pytest.mark.parametrize("theme", ["alabaster", "furo", "basic"])
def test_ids_of_data_cannot_take_those_of_the_page(sound_and_taken: tuple[Project, Project], theme: str) -> None:
    before, ids = [], []
    for project, found in zip(sound_and_taken, (before, ids), strict=True):
        project.build(html_theme=theme)
        project.close()
        found += [tag["id"] for tag in project.html().find_all(id=True)]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    ours = set(ids) - set(before)
    assert len(ours) > len(TAKEN) ** 2
    assert {name for name in ours if not re.match(r"(source-form-properties|connection-source)-", name)} == set()


def test_ids_of_two_objects_cannot_be_the_same(data: Data) -> None:
    for key in ("good-object", "good-object-oauth", "good-object.form.x", "good-objects"):
        data.write(f"data/sources/{key}.yml", f"name: Bad\ntype: test.{key}\n")
    data.write("data/api.yml", "name: Test\nsteps:\n  form: {title: A}\n  object: {title: B}\n  a.b: {title: C}\n")
    data.load()
    reason = "(the file's name) has “-object” in it, with which the anchors of objects end [stitch.wrong-type]"
    assert data.problems == [
        "data/api.yml:5:3: WARNING: the name of the step “a.b” can have letters, digits, “-” and “_” only, "
        "and not end in “-choices” or “-example-usage” [stitch.wrong-type]",
        f"data/sources/good-object-oauth.yml:1:1: WARNING: the key “good-object-oauth” {reason}",
        f"data/sources/good-object.form.x.yml:1:1: WARNING: the key “good-object.form.x” {reason}",
        f"data/sources/good-object.yml:1:1: WARNING: the key “good-object” {reason}",
    ]


# ---------------------------------------------------------------- what nobody sees

HIDDEN = {
    "override": "\u202e", "isolate": "\u2066", "mark": "\u200f", "zero width": "\u200b", "order mark": "\ufeff",
    "escape": "\x1b", "NUL": "\0", "tag": "\U000e0041", "separator": "\u2028", "delete": "\x7f",
    "soft hyphen": "\u00ad", "joiner of graphemes": "\u034f", "filler": "\u3164", "no character": "\uffff", "beam": "\U0001d173",
}  # fmt: skip


@pytest.fixture(scope="module")
def hidden_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with an object for each character, built once."""
    project = Project(tmp_path_factory.mktemp("hidden"))
    write_good_project(project)
    for number, character in enumerate(HIDDEN.values()):
        written = json.dumps(f"to{character}ken", ensure_ascii=ord(character) < 0x10000)
        project.write(
            f"data/sources/h{number}.yml",
            f"name: {written}\ntype: test.h{number}\nproperties:\n"
            f"  - {{name: {written}, type: string, description: {written}}}\n",
        )
    project.build()
    project.close()
    return project


@pytest.mark.parametrize("name", HIDDEN)
def test_invisible_characters_are_left_out(hidden_project: Project, name: str) -> None:
    character, number = HIDDEN[name], list(HIDDEN).index(name)
    file = f"data/sources/h{number}.yml"
    called = f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"
    message = f"an invisible character, {called}; it is left out [stitch.hidden-character]"
    warnings = [line for line in hidden_project.warnings if line.startswith(file)]
    assert [line.endswith(f": {message}") for line in warnings] == [True] * 3
    assert warnings[:2] == [f"{file}:1: WARNING: column 7: {message}", f"{file}:4: WARNING: column 12: {message}"]
    assert character not in hidden_project.output("index.html")
    section = hidden_project.html().find(id=f"source-form-properties-h{number}-object")
    assert section.get_text().count("token") >= 3


def test_the_line_of_an_invisible_character_in_a_block(data: Data) -> None:
    data.write(BAD, HEAD + "description: |\n  One.\n\n  T\u202ewo.\n")
    data.load()
    assert data.problems == [
        f"{BAD}:6:3: WARNING: an invisible character, U+202E RIGHT-TO-LEFT OVERRIDE; it is left out "
        "[stitch.hidden-character]"
    ]


def test_invisible_characters_cannot_be_written_as_entities(catalogue_project: Project) -> None:
    catalogue_project.write(BAD, HEAD + "description: 'a&#x202e;b'\n")
    catalogue_project.build()
    assert catalogue_project.warnings == [
        f"{BAD}:3: WARNING: column 14: an invisible character in a description; it can have paragraphs, lists, code, emphasis "
        "and links [stitch.bad-prose]"
    ]
    assert "\u202e" not in catalogue_project.output("index.html")


def test_scripts_and_emoji_that_need_joiners_keep_them(catalogue_project: Project) -> None:
    text = "می\u200cخواهم क्\u200dष 👩\u200d💻 שלום"
    catalogue_project.write(BAD, f"{HEAD}description: {text}\n")
    catalogue_project.build()
    assert catalogue_project.warnings == []
    assert text in catalogue_project.html().text


def test_joiners_that_nothing_needs_are_left_out(data: Data) -> None:
    data.write(BAD, "name: to\u200dken to\u200cken\ntype: test.bad\n")
    data.load()
    assert data.problems == [
        f"{BAD}:1:7: WARNING: an invisible character, U+200D ZERO WIDTH JOINER; it is left out [stitch.hidden-character]"
    ]
    assert data.catalogue.find("test.bad")[0].name == "token token"


def test_a_message_lists_some_of_many_words(data: Data) -> None:
    values = [f"{number:03}{'x' * 100}" for number in range(200)]
    data.write(BAD, in_property(f"type: string, values: {json.dumps(values)}, example: y"))
    data.load()
    [problem] = data.problems
    listed = ", ".join(f"“{value[:59]}…”" for value in values[:20])
    assert problem.endswith(
        f"the example of “a” is not one of its accepted values {listed} and 180 more; found “y” [stitch.bad-example]"
    )


@pytest.mark.parametrize("before", ["\t", "- a\n", "a: b: c\n"], ids=["tab", "line that does not fit", "colon"])
def test_deep_nesting_behind_what_else_is_wrong(data: Data, before: str) -> None:
    data.write(BAD, HEAD + before + "x: " + "[" * 1_000 + "\n")
    data.load()
    [problem] = data.problems
    assert problem.startswith(f"{BAD}:")
    assert data.properties == {"source/good": ["sound"]}


def test_deep_folders(data: Data) -> None:
    folder = "data/sources" + "/a" * 60
    data.write(f"{folder}/deep.yml", HEAD)
    data.load()
    place = "data/sources" + "/a" * 49
    assert data.problems == [
        f"{place}:1:1: WARNING: folders are nested deeper than 50 levels; they are left out [stitch.limit]"
    ]
    assert data.properties == {"source/good": ["sound"]}


def test_a_warning_is_one_line(data: Data) -> None:
    data.write(BAD, HEAD + '"\\n::error file=x::y\\nindex.rst:1: WARNING: z": x\n')
    data.load()
    assert data.problems == [
        f"{BAD}:3:1: WARNING: unknown key “\\n::error file=x::y\\nindex.rst:1: WARNING: z” [stitch.unknown-key]"
    ]


@posix
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb", "a\\nb"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb", "a\\u202eb"),
        (os.fsdecode(b"a\xffb"), "a\\udcffb"),
    ],
    ids=["line break", "colour", "override", "no UTF-8"],
)
def test_a_file_with_a_name_that_cannot_be_printed(data: Data, name: str, shown: str) -> None:
    data.write(f"data/sources/{name}.yml", HEAD)
    data.load()
    assert data.problems == [
        f"data/sources/{shown}.yml:1:1: WARNING: the name has characters that cannot be printed; the file is left out "
        "[stitch.hidden-character]"
    ]


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    "value", [".nan", "NaN", "nan", ".inf", "Infinity", "-inf", "1e999", "0x10", "1_000", "٣", "9" * 5_000]
)
@pytest.mark.parametrize("kind", ["integer", "number"])
def test_examples_have_the_numbers_that_json_has(data: Data, kind: str, value: str) -> None:
    data.write(BAD, in_property(f"type: {kind}, example: {value}"))
    data.load()
    found = value if len(value) <= 60 else value[:59] + "…"
    assert data.problems == [
        f"{BAD}:4:{32 + len(kind)}: WARNING: the example of “a” is not of type {kind}; found “{found}” [stitch.bad-example]"
    ]


# ---------------------------------------------------------------- the manual


def test_the_manual_names_tests_that_are_there() -> None:
    page = (CHECKOUT / "docs/explanation/security.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:browser/)?test_\w+)\.py::(\w+)`", page)
    assert len(named) > 20
    for module, test in named:
        text = (Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8")
        assert re.search(rf"^(def {test}\(|{test} = )", text, re.MULTILINE), test


def test_the_manual_has_every_limit() -> None:
    page = (CHECKOUT / "docs/explanation/security.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`stitch_max_(\w+)`", page)) == set(Limits.__dataclass_fields__)
