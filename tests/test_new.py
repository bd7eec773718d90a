"""The command ``new``: a data file in which only what its writer knows is missing."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
import yaml

from sphinxext_stitch.catalogue.format.records import ObjectRecord, PropertyRecord
from sphinxext_stitch.catalogue.problems import Subtype
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Data

    #: Run a command in the folder of the project; gives the exit code, and the lines of each stream.
    Run = Callable[..., tuple[int, list[str], list[str]]]

API = """\
name: T
steps: {form: {title: Form}, oauth: {title: Consent}}
categories: {database: Databases, saas: SaaS}
"""
ATTRIBUTES = "attributes: {plan: {title: Plan, values: [premium, basic]}, size: {title: Size}}\n"
GROUP = "title: Shared\nproperties: [{name: a, type: string, description: A.}]\n"


@pytest.fixture
def run(data: Data, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(data.folder)

    def run(*args: str) -> tuple[int, list[str], list[str]]:
        code = main(args)
        captured = capsys.readouterr()
        return code, captured.out.splitlines(), captured.err.splitlines()

    return run


def _line(text: str, line: str) -> int:
    return text.splitlines().index(line) + 1


def test_check_tells_what_is_to_be_filled_in_and_nothing_else(data: Data, run: Run) -> None:
    path = "data/sources/shop.yml"
    assert run("new", "source", "platform.Shop") == (
        0,
        [f"wrote {path}; fill it in, then run “sphinxext-stitch check data”"],
        [],
    )
    file = data.folder / path
    text = file.read_text(encoding="utf-8")
    name, prop = _line(text, "name:"), _line(text, "  - name:")
    assert run("check")[1][:-1] == [
        f"{path}:{name}:6: error: “name” takes text; found nothing [wrong-type]",
        f"{path}:{prop}:10: error: “name” of item 1 of “properties” takes text; found nothing [wrong-type]",
    ]
    text = text.replace("\nname:\n", "\nname: Shop\n").replace("  - name:\n", "  - name: store\n")
    file.write_text(text, encoding="utf-8")
    assert run("check")[1][:-1] == [
        f"{path}:{prop}:11: warning: the property “store” has no description; say what it does [undescribed-property]"
    ]
    file.write_text(text.replace("    description:\n", "    description: Its name.\n"), encoding="utf-8")
    assert run("check", "--strict") == (0, ["2 objects, 2 connections: 0 errors, 0 warnings"], [])


def _keys(value: object) -> Iterator[str]:
    """The keys of mappings, of those within them too."""
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(item)
    if isinstance(value, dict):
        yield from value


def test_it_has_every_field(data: Data, run: Run) -> None:
    data.write("data/api.yml", API + ATTRIBUTES)
    run("new", "source", "test.shop")
    text = (data.folder / "data/sources/shop.yml").read_text(encoding="utf-8")
    content = yaml.safe_load(_without_markers(text))
    assert content.keys() - {"oauth"} == {field.name for field in fields(ObjectRecord)} - {"steps"}
    assert {field.name for field in fields(PropertyRecord)} <= {*_keys(content["properties"]), "one_of", "any_of"}


def _without_markers(text: str) -> str:
    return re.sub(r"^( *)#(?! )", r"\1", text, flags=re.MULTILINE)


def test_each_of_its_comments_is_a_field_without_its_marker(data: Data, run: Run) -> None:
    data.write("data/api.yml", API.partition("categories")[0])
    data.write("data/groups/shared.yml", GROUP)
    run("new", "source", "test.shop")
    file = data.folder / "data/sources/shop.yml"
    text = (
        file.read_text(encoding="utf-8").replace("\nname:\n", "\nname: Shop\n").replace("- name:\n", "- name: store\n")
    )
    found: dict[str, set[Subtype]] = {}
    lines = text.splitlines(keepends=True)
    marked = [number for number, line in enumerate(lines) if _without_markers(line) != line]
    for name, numbers in {**{lines[number].strip(): [number] for number in marked}, "all": marked}.items():
        changed = [_without_markers(line) if number in numbers else line for number, line in enumerate(lines)]
        file.write_text("".join(changed), encoding="utf-8")
        data.load()
        found[name] = {problem.subtype for problem in data.catalogue.problems}
        assert [obj.name for obj in data.catalogue.find("source/shop")] == ["Shop"]
    # What only the writer can name.
    unknown = {
        "#deprecated: {since: 2030-01-31, use: other.type}": {Subtype.UNKNOWN_REPLACEMENT},
        '#deprecated: {since: "2", use: other_name}': {Subtype.UNKNOWN_REPLACEMENT},
        "#omit: [unneeded]": {Subtype.WITHOUT_EFFECT},
        "#one_of: [[name], [other_name, third_name]]": {Subtype.BAD_REQUIREMENT},
        "#any_of: [[name], [other_name, third_name]]": {Subtype.BAD_REQUIREMENT},
    }
    unknown["all"] = set().union(*unknown.values())
    assert {name: subtypes for name, subtypes in found.items() if subtypes} == unknown


def test_it_tells_what_the_catalogue_has_to_choose_from(data: Data, run: Run) -> None:
    data.write("data/api.yml", API + ATTRIBUTES)
    data.write("data/groups/shared.yml", GROUP)
    data.write("data/groups/more/login.yml", GROUP)
    run("new", "destination", "test.lake")
    text = (data.folder / "data/destinations/lake.yml").read_text(encoding="utf-8")
    assert "# One of: database, saas.\n#category: database\n" in text
    assert "# One of: login, shared.\n#groups: [login]\n" in text
    assert "\n# “plan” is one of: premium, basic.\n#attributes: {plan: premium, size: text}\n" in text
    assert "# Properties of the step “Consent”.\n#oauth: {" in text


def test_the_first_file_of_a_catalogue(data: Data, run: Run) -> None:
    data.write("other/api.yml", API)
    assert run("new", "destination", "test.lake", "--path", "other", "--key", "x")[0] == 0
    assert (data.folder / "other/destinations/x.yml").is_file()


@pytest.mark.parametrize("type_", ["null", "a: b", "4711", "tränke #1", "{a}", "-", '"', "true"])
def test_any_type_is_taken_as_the_text_that_it_is(data: Data, run: Run, type_: str) -> None:
    assert run("new", "source", type_, "--key", "x")[0] == 0
    file = data.folder / "data/sources/x.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("\nname:\n", "\nname: X\n"), encoding="utf-8")
    data.load()
    assert [obj.type for obj in data.catalogue.find("source/x")] == [type_]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["test.good"], "there is “data/sources/good.yml” already; choose another key with --key"),
        (["test.new", "--key", "GOOD"], "there is “data/sources/good.yml” already; choose another key with --key"),
        (["test.low"], "there is “data/sources/below/low.yaml” already; choose another key with --key"),
        (
            ["test.good", "--key", "better"],
            "the object “source/good” has the type “test.good” already; add to its “connections” instead",
        ),
        (["test.second"], "there is a connection “source/second” already; choose another key with --key"),
        (
            ["test.a b"],
            "the key “a b” has “ ” in it; it can have English letters, digits, “-”, “_” and “.”; choose another one with --key",
        ),
        (
            ["test.new", "--key", "../new"],
            "the key “../new” has “/” in it; it can have English letters, digits, “-”, “_” and “.”",
        ),
        (["test."], "the key “” is empty; choose another one with --key"),
        (
            ["test.new", "--key", "an-object"],
            "the key “an-object” has “-object” in it, with which the anchors of objects end",
        ),
        (
            ["test.new", "--path", "nope"],
            "there is no folder “nope”; name the folder of the catalogue, the one with api.yml in it",
        ),
    ],
)
def test_what_cannot_be_made_is_refused(data: Data, run: Run, args: list[str], message: str) -> None:
    data.write("data/sources/below/low.yaml", "name: Low\ntype: null\n")
    rows = "connections: [{key: second, name: Second}]\n"
    data.write("data/sources/two.yml", f"name: Two\ntype: test.two\n{rows}")
    before = sorted(data.folder.rglob("*"))
    assert run("new", "source", *args) == (2, [], [f"sphinxext-stitch: {message}"])
    assert sorted(data.folder.rglob("*")) == before


def test_a_source_may_have_the_key_of_a_destination(data: Data, run: Run) -> None:
    assert run("new", "destination", "test.good")[0] == 0
