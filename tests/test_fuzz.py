"""The law: no data raise an exception, every broken record is named once at its line, every sound one is shown.

``tox run -e invariants`` runs 10,000 cases of each; the suite a few dozen.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from profiles import settings
from strategies import REAL, as_file, damaged, mutated, sound, words

from sphinxext_stitch.catalogue.digest import key_of
from sphinxext_stitch.catalogue.format.api_records import ApiRecord
from sphinxext_stitch.catalogue.format.records import CheckRecord, GroupRecord, ObjectRecord, PropertyRecord
from sphinxext_stitch.catalogue.loading.incremental import load_incrementally
from sphinxext_stitch.catalogue.loading.loader import load
from sphinxext_stitch.directives import ConnectionProperty, ConnectionTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

    from sphinxext_stitch.catalogue.model import Catalogue

API = b"name: Test\nsteps: {form: {title: Properties}, oauth: {title: Sign-in}}\n"
GOOD = b"name: Good\ntype: test.good\nproperties:\n  - {name: sound, type: string}\n"
GROUP = b"title: Shared\nproperties:\n  - {name: a.b, type: string}\n"

objects = sound(ObjectRecord).map(
    lambda data: {key: value for key, value in data.items() if key != "steps"} | data.get("steps", {})
)
files = st.one_of(
    st.tuples(st.just("sources/bad.yml"), mutated(objects).map(as_file)),
    st.tuples(st.just("groups/shared.yml"), mutated(sound(GroupRecord)).map(as_file)),
    st.tuples(st.just("api.yml"), mutated(sound(ApiRecord)).map(as_file)),
    st.tuples(st.just("check.yml"), mutated(sound(CheckRecord)).map(as_file)),
    st.tuples(st.just("sources/bad.yml"), damaged()),
    st.tuples(st.sampled_from(["sources/bad.yml", "groups/shared.yml", "api.yml"]), st.binary(max_size=60)),
)


def loaded(written: dict[str, bytes]) -> tuple[Catalogue, dict[str, int]]:
    """The catalogue of these files and those around them, and how many lines each file has."""
    everything = {"api.yml": API, "sources/good.yml": GOOD, "groups/shared.yml": GROUP} | written
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in everything.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(text)
        catalogue = load(folder)
        for problem in (*catalogue.problems, *catalogue.lint):
            assert Path(problem.place.path).is_relative_to(folder)
        lines = {
            str(folder / path): len(re.split(rb"\r\n|[\n\r]|\xc2\x85|\xe2\x80[\xa8\xa9]", text))
            for path, text in everything.items()
        }
    return catalogue, lines


@given(files)
def test_no_file_raises_an_exception_or_costs_another(written: tuple[str, bytes]) -> None:
    catalogue, lines = loaded(dict([written]))
    # Its folder may be of no kind, if the file that was written is api.yml.
    has_kind = "source" in catalogue.api.kind_names
    assert any(obj.type == "test.good" for obj in catalogue.objects) is has_kind
    for problem in catalogue.problems:
        assert problem.message
        assert problem.message.isprintable()
        assert problem.place.column >= 1
        assert 1 <= problem.place.line <= lines[problem.place.path]
    assert [problem for problem, times in Counter(catalogue.problems).items() if times > 1] == []


#: What makes a property broken beyond saving, in the words of its warning.
BREAKS: dict[str, tuple[dict[str, Any], str]] = {
    "type": ({"type": "strin"}, "“type” of property"),
    "no type": ({"type": None}, "the field “type” is missing from property"),
    "required": ({"required": "yes"}, "“required” of property"),
    "properties": ({"properties": "x"}, "“properties” of property"),
    "description": ({"description": ["x"]}, "“description” of property"),
}

properties = st.lists(
    st.tuples(st.sampled_from(["sound", *BREAKS]), sound(PropertyRecord).map(lambda data: {"type": data["type"]})),
    min_size=1,
    max_size=12,
)


@given(properties)
def test_every_broken_property_is_named_once_at_its_line_and_every_sound_one_is_there(
    made: list[tuple[str, dict[str, Any]]],
) -> None:
    lines, expected, kept = ["name: Bad", "type: test.bad", "properties:"], [], []
    for number, (how, data) in enumerate(made):
        broken, message = BREAKS.get(how, ({}, ""))
        record = {"name": f"p{number}", **data, **broken}
        lines.append(f"  - {as_file({key: value for key, value in record.items() if value is not None}).decode()}")
        if message:
            expected.append((len(lines), message))
        else:
            kept.append(record["name"])
    catalogue, _lines = loaded({"sources/bad.yml": "\n".join(lines).encode()})
    found = [(problem.place.line, problem.message) for problem in catalogue.problems]
    assert [line for line, _message in found] == [line for line, _message in expected]
    assert all(message in told for (_line, message), (_same, told) in zip(expected, found, strict=True))
    (bad,) = catalogue.find("test.bad")
    assert {prop.name for step in bad.steps for prop in step.properties} == set(kept)


@given(
    st.dictionaries(
        st.sampled_from([path.stem for path in REAL if path.parent.name == "sources"]), damaged(), max_size=3
    )
)
def test_what_is_kept_of_a_damaged_catalogue_is_what_is_read_of_it(changed: dict[str, bytes]) -> None:
    written = {f"sources/{key}.yml": text for key, text in changed.items()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "data")
        for path, text in {"api.yml": API, "sources/good.yml": GOOD, **written}.items():
            (folder / path).parent.mkdir(exist_ok=True, parents=True)
            (folder / path).write_bytes(text)
        cache = Path(name, "cache")
        whole = load(folder)
        assert key_of(load_incrementally(folder, cache).catalogue) == key_of(whole)
        assert key_of(load_incrementally(folder, cache).catalogue) == key_of(whole)


# ---------------------------------------------------------------- directives

OPTIONS = sorted({*ConnectionTable.option_spec, *ConnectionProperty.option_spec})
one_line = words.map(lambda text: " ".join(text.split()).replace("\\", ""))
pages = st.lists(
    st.tuples(
        st.sampled_from(["connection-table", "connection-property"]),
        st.sampled_from(["", "endpoints", "availability", "test.good", "good, bad"]) | one_line,
        st.dictionaries(
            st.sampled_from(OPTIONS),
            st.sampled_from(["", "source", "destination, source", "beta", "name, kind", "name kind type"]) | one_line,
            max_size=3,
        ),
        st.sampled_from(["", "", "", "   ", "- "]),
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A project whose pages a test writes again for each example."""
    from conftest import Project

    project = Project(tmp_path_factory.mktemp("fuzz"))
    project.write("conf.py", 'extensions = ["sphinxext_stitch", "myst_parser"]\nstitch_data_path = "data"\n')
    project.write("data/api.yml", API)
    project.write("data/sources/good.yml", GOOD)
    project.write("data/groups/shared.yml", GROUP)
    project.write("index.rst", "Test\n====\n\n.. toctree::\n   :glob:\n\n   *\n")
    yield project
    project.close()


def fewer(cases: Callable[..., None]) -> Callable[..., None]:
    """A build costs as much as a hundred catalogues."""
    count = max(10, settings.default.max_examples // 20)
    return settings(max_examples=count, suppress_health_check=[HealthCheck.function_scoped_fixture])(cases)


@fewer
@given(pages, st.sampled_from(["rst", "md"]))
def test_no_argument_or_option_of_a_directive_ends_a_build(small: Project, made: Any, ending: str) -> None:
    blocks = []
    for name, argument, options, indent in made:
        lines = [f":{option}: {value}" for option, value in options.items()]
        if ending == "rst":
            block = [f".. {name}:: {argument}", *(f"   {line}" for line in lines)]
        else:
            block = [f"```{{{name}}} {argument}", *lines, "```"]
        blocks.append(
            "\n".join(
                f"{indent}{line}" if indent != "- " or not index else f"  {line}" for index, line in enumerate(block)
            )
        )
    title = "Page\n====\n\n" if ending == "rst" else "# Page\n\n"
    for other in ("rst", "md"):
        (small.folder / f"page.{other}").unlink(missing_ok=True)
    page = small.write(f"page.{ending}", title + "\n\n".join(blocks) + "\n\nThe end.\n")
    count = len(page.read_text(encoding="utf-8").splitlines())
    small.build("html", fresh=True)
    assert "The end." in small.html("page").text
    for line in small.warnings:
        place = re.match(rf"page\.{ending}:(\d+): (WARNING|ERROR): ", line)
        if place:
            assert 1 <= int(place[1]) <= count
    assert not any("Traceback" in line or "exception" in line.lower() for line in small.warnings)
    assert next(iter(small.doctree("page").findall(nodes.title))).astext() == "Page"


@fewer
@given(files)
def test_no_file_ends_a_build(small: Project, written: tuple[str, bytes]) -> None:
    path, text = written
    before = (small.folder / "data" / path).read_bytes() if (small.folder / "data" / path).exists() else None
    for ending in ("rst", "md"):
        (small.folder / f"page.{ending}").unlink(missing_ok=True)
    small.write(
        "page.rst",
        "Page\n====\n\n.. connection-table::\n\n.. connection-table:: endpoints\n\n.. connection-property::\n",
    )
    small.write(f"data/{path}", text)
    try:
        small.build("html")
        assert "test.good" in small.html("page").text
        incremental = small.output("page.html")
        small.build("html", fresh=True)
        assert small.output("page.html") == incremental
    finally:
        if before is None:
            (small.folder / "data" / path).unlink()
        else:
            small.write(f"data/{path}", before)
