"""The command ``diff``: what changed for clients of the API, breaking changes first."""

from __future__ import annotations

import json
import re
import subprocess
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT, posix

from sphinxext_stitch.catalogue.diff import ChangeType
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[str, dict[str, str]], Path]
    Run = Callable[..., tuple[int, list[str]]]

API = """\
name: Test
steps: {form: {title: F}, oauth: {title: O, required: false}}
endpoints:
  sources.create: {title: Create, method: POST, path: /sources}
"""

#: Data that nothing is wrong with, and that every case has: the object that is compared.
HEAD = "name: Shop\ntype: test.shop\n"


def _shop(text: str) -> dict[str, str]:
    return {"sources/shop.yml": HEAD + dedent(text)}


def _properties(text: str) -> dict[str, str]:
    return _shop(f"properties: [{text}]\n")


CHOICES = ", ".join(f"{{name: {name}, type: string}}" for name in "abc")

BREAKING, ADDITION, OTHER = "Breaking changes", "Additions", "Other changes"
SHOP = "source test.shop"

#: The files before and after, and what is said of the change and of its opposite.
CASES: dict[str, tuple[dict[str, str], dict[str, str], list[str], list[str]]] = {
    "object": (
        {},
        _shop(""),
        [ADDITION, f"{SHOP}: the object is new"],
        [BREAKING, f"{SHOP}: the object is removed"],
    ),
    "type": (
        _shop(""),
        {"sources/shop.yml": "name: Shop\ntype: test.store\n"},
        [BREAKING, f"{SHOP}: the type is “test.store” now"],
        [BREAKING, "source test.store: the type is “test.shop” now"],
    ),
    "key": (
        _shop("connections: [{key: s, name: S}]"),
        {"sources/x.yml": f"{HEAD}connections: [{{key: s, name: S}}]"},
        [],
        [],
    ),
    "connection": (
        _shop("connections: [{key: a, name: A}]"),
        _shop("connections: [{key: a, name: A}, {key: b, name: B}]"),
        [ADDITION, "source/b: the connection “B” is available now"],
        [BREAKING, "source/b: the connection “B” is not available any more"],
    ),
    "connection that is sunset": (
        _shop("connections: [{key: a, name: A}, {key: b, name: B}]"),
        _shop("connections: [{key: a, name: A}, {key: b, name: B, status: sunset}]"),
        [BREAKING, "source/b: the connection “B” is not available any more"],
        [ADDITION, "source/b: the connection “B” is available now"],
    ),
    "connection of another object": (
        _shop("connections: [{key: a, name: A}]") | {"sources/b.yml": "name: B\ntype: test.b\n"},
        _shop("") | {"sources/b.yml": "name: B\ntype: test.b\nconnections: [{key: a, name: A}, {key: b, name: B}]\n"},
        [
            BREAKING,
            "source/a: the connection “A” has the type “test.b” now",
            ADDITION,
            "source/shop: the connection “Shop” is available now",
        ],
        [
            BREAKING,
            "source/a: the connection “A” has the type “test.shop” now",
            "source/shop: the connection “Shop” is not available any more",
        ],
    ),
    "step": (
        _shop(""),
        _shop("oauth: {properties: [{name: a, type: string, required: true}]}\n"),
        [ADDITION, f"{SHOP}: the step “oauth” is new"],
        [BREAKING, f"{SHOP}: the step “oauth” is removed"],
    ),
    "step that every object needs": (
        _shop("oauth: {docs: https://example.org}\n") | {"sources/b.yml": "name: B\ntype: test.b\n"},
        _shop("oauth: {docs: https://example.org}\n")
        | {
            "sources/b.yml": "name: B\ntype: test.b\noauth: {docs: https://example.org}\n",
            "api.yml": API.replace("required: false", "required: true"),
        },
        [
            BREAKING,
            "source test.b: the step “oauth” is new, and required",
            f"{SHOP}: the step “oauth” is required now",
        ],
        [BREAKING, "source test.b: the step “oauth” is removed"],
    ),
    "property": (
        _shop(""),
        _properties("{name: a, type: string}"),
        [ADDITION, f"{SHOP}: the property “a” is new"],
        [BREAKING, f"{SHOP}: the property “a” is removed"],
    ),
    "required property": (
        _shop(""),
        _properties("{name: a, type: string, required: true}"),
        [BREAKING, f"{SHOP}: the property “a” is new, and required"],
        [BREAKING, f"{SHOP}: the property “a” is removed"],
    ),
    "required property that is read-only": (
        _shop(""),
        _properties("{name: a, type: string, required: true, read_only: true}"),
        [ADDITION, f"{SHOP}: the property “a” is new"],
        [BREAKING, f"{SHOP}: the property “a” is removed"],
    ),
    "nested property": (
        _properties("{name: a, type: object, properties: [{name: b, type: string}]}"),
        _properties(
            "{name: a, type: object, properties: [{name: b, type: string, required: true}, {name: c, type: string}]}"
        ),
        [
            BREAKING,
            f"{SHOP}: the property “a.b” is required now",
            ADDITION,
            f"{SHOP}: the property “a.c” is new",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a.c” is removed",
            ADDITION,
            f"{SHOP}: the property “a.b” is optional now",
        ],
    ),
    "property of a step": (
        _shop("oauth: {properties: [{name: a, type: string}]}\n"),
        _shop("oauth: {properties: [{name: b, type: string}]}\n"),
        [
            BREAKING,
            f"{SHOP}: the property “a” of the step “oauth” is removed",
            ADDITION,
            f"{SHOP}: the property “b” of the step “oauth” is new",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “b” of the step “oauth” is removed",
            ADDITION,
            f"{SHOP}: the property “a” of the step “oauth” is new",
        ],
    ),
    "property that moves into a group": (
        _properties("{name: a, type: string}"),
        _shop("groups: [g]\n") | {"groups/g.yml": "title: G\nproperties: [{name: a, type: string}]\n"},
        [],
        [],
    ),
    "read-only": (
        _properties("{name: a, type: string}"),
        _properties("{name: a, type: string, read_only: true}"),
        [BREAKING, f"{SHOP}: the property “a” is read-only now"],
        [ADDITION, f"{SHOP}: the property “a” can be sent now"],
    ),
    "types": (
        _properties("{name: a, type: [string, integer]}"),
        _properties("{name: a, type: [string, boolean]}"),
        [
            BREAKING,
            f"{SHOP}: the property “a” takes “string” or “boolean” now, not “integer”",
            ADDITION,
            f"{SHOP}: the property “a” takes “boolean”, too",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a” takes “string” or “integer” now, not “boolean”",
            ADDITION,
            f"{SHOP}: the property “a” takes “integer”, too",
        ],
    ),
    "integer and number": (
        _properties("{name: a, type: integer}"),
        _properties("{name: a, type: number}"),
        [ADDITION, f"{SHOP}: the property “a” takes “number”, too"],
        [BREAKING, f"{SHOP}: the property “a” takes “integer” now, not “number”"],
    ),
    "items": (
        _properties("{name: a, type: array, items: string}"),
        _properties("{name: a, type: array}"),
        [ADDITION, f"{SHOP}: the property “a” has items that are of any type now"],
        [BREAKING, f"{SHOP}: the property “a” has items that are “string” only"],
    ),
    "values": (
        _properties("{name: a, type: string, values: [x, y]}"),
        _properties("{name: a, type: string, values: [y, z]}"),
        [
            BREAKING,
            f"{SHOP}: the property “a” does not accept “x” any more",
            ADDITION,
            f"{SHOP}: the property “a” accepts “z”, too",
        ],
        [
            BREAKING,
            f"{SHOP}: the property “a” does not accept “z” any more",
            ADDITION,
            f"{SHOP}: the property “a” accepts “x”, too",
        ],
    ),
    "any value": (
        _properties("{name: a, type: string, values: [x, y]}"),
        _properties("{name: a, type: string}"),
        [ADDITION, f"{SHOP}: the property “a” accepts any value now"],
        [BREAKING, f"{SHOP}: the property “a” accepts “x” or “y” only"],
    ),
    "endpoint": (
        {"api.yml": API},
        {"api.yml": f"{API}  sources.update: {{title: Update, method: PUT, path: /sources}}\n"},
        [ADDITION, "sources.update: the endpoint is new"],
        [BREAKING, "sources.update: the endpoint is removed"],
    ),
    "path of an endpoint": (
        {"api.yml": API},
        {"api.yml": API.replace("/sources", "/v2/sources")},
        [BREAKING, "sources.create: the endpoint is “POST /v2/sources” now; it was “POST /sources”"],
        [BREAKING, "sources.create: the endpoint is “POST /sources” now; it was “POST /v2/sources”"],
    ),
    "condition": (
        _properties("{name: on, type: boolean}, {name: a, type: string}"),
        _properties("{name: on, type: boolean}, {name: a, type: string, required_if: {on: true}}"),
        [BREAKING, f"{SHOP}: the property “a” is required now where other properties have some values"],
        [ADDITION, f"{SHOP}: the property “a” is optional now"],
    ),
    "condition in place of a requirement": (
        _properties("{name: on, type: boolean}, {name: a, type: string, required: true}"),
        _properties("{name: on, type: boolean}, {name: a, type: string, required_if: {on: true}}"),
        [ADDITION, f"{SHOP}: the property “a” is not always required any more"],
        [BREAKING, f"{SHOP}: the property “a” is required now"],
    ),
    "another condition": (
        _properties("{name: on, type: boolean}, {name: a, type: string, required_if: {on: true}}"),
        _properties("{name: on, type: boolean}, {name: a, type: string, required_if: {on: false}}"),
        [BREAKING, f"{SHOP}: the property “a” is required now where other properties have some values"],
        [BREAKING, f"{SHOP}: the property “a” is required now where other properties have some values"],
    ),
    "choice": (
        _properties(CHOICES),
        _shop(f"properties: [{CHOICES}]\none_of: [[a], [b, c]]\n"),
        [BREAKING, f"{SHOP}: exactly one of these must be sent now: “a” or “b” and “c”"],
        [ADDITION, f"{SHOP}: there is no need any more to choose: “a” or “b” and “c”"],
    ),
    "another set to choose": (
        _shop(f"properties: [{CHOICES}]\none_of: [[a], [b]]\n"),
        _shop(f"properties: [{CHOICES}]\none_of: {{A.: [a], B.: [b], C.: [c]}}\n"),
        [ADDITION, f"{SHOP}: there is another choice: “a” or “b” or “c”"],
        [BREAKING, f"{SHOP}: exactly one of these must be sent now: “a” or “b”"],
    ),
    "choice of a step": (
        _shop(f"oauth: {{properties: [{CHOICES}]}}\n"),
        _shop(f"oauth: {{properties: [{CHOICES}], one_of: [[a], [b]]}}\n"),
        [BREAKING, f"{SHOP}: exactly one of these of the step “oauth” must be sent now: “a” or “b”"],
        [ADDITION, f"{SHOP}: there is no need any more to choose of the step “oauth”: “a” or “b”"],
    ),
    "deprecation": (
        _properties("{name: a, type: string}"),
        _shop("deprecated: {use: test.other}\nproperties: [{name: a, type: string, deprecated: true}]\n"),
        [
            OTHER,
            f"{SHOP}: the object is deprecated; use “test.other”",
            f"{SHOP}: the property “a” is deprecated",
        ],
        [],
    ),
    "default and secret": (
        _properties("{name: a, type: integer, default: 1}, {name: b, type: string}"),
        _properties("{name: a, type: integer, default: 2}, {name: b, type: string, secret: true}"),
        [
            OTHER,
            f"{SHOP}: the property “a” is “2” if it is not sent",
            f"{SHOP}: the property “b” is never returned now",
        ],
        [
            OTHER,
            f"{SHOP}: the property “a” is “1” if it is not sent",
            f"{SHOP}: the property “b” is returned now",
        ],
    ),
    "texts": (
        _properties("{name: a, type: string, description: Old., example: old}"),
        {"sources/shop.yml": "name: New\ntype: test.shop\nproperties: [{name: a, type: string, description: New.}]\n"},
        [],
        [],
    ),
}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a catalogue into a folder of the working directory."""
    monkeypatch.chdir(tmp_path)

    def write(folder: str, files: dict[str, str]) -> Path:
        for path, text in {"api.yml": API, "sources/other.yml": "name: Other\ntype: test.other\n", **files}.items():
            file = tmp_path / folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / folder

    return write


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*args: str) -> tuple[int, list[str]]:
        code = main(["diff", *args])
        captured = capsys.readouterr()
        assert captured.err == ""
        return code, captured.out.splitlines()

    return run


@pytest.mark.parametrize("name", CASES)
def test_a_change_and_its_opposite(write: Write, run: Run, name: str) -> None:
    before, after, there, back = CASES[name]
    write("old", before)
    write("new", after)
    for old, new, expected in (("old", "new", there), ("new", "old", back)):
        code, lines = run(old, new)
        assert [line.removeprefix("  ") for line in lines] == (expected or ["Nothing changed for clients."])
        assert code == int(BREAKING in expected)


def test_every_kind_of_change_is_provoked(write: Write, run: Run) -> None:
    seen = set()
    for number, (before, after, _there, _back) in enumerate(CASES.values()):
        write(f"old{number}", before)
        write(f"new{number}", after)
        for pair in ((f"old{number}", f"new{number}"), (f"new{number}", f"old{number}")):
            seen |= {change["what"] for change in json.loads("".join(run(*pair, "--format", "json")[1]))["changes"]}
    assert seen == {what.value for what in ChangeType}


def test_the_exit_code_can_be_zero(write: Write, run: Run) -> None:
    write("old", _shop(""))
    write("new", {})
    assert run("old", "new")[0] == 1
    assert run("old", "new", "--exit-zero")[0] == 0


def test_json(write: Write, run: Run) -> None:
    write("old", _shop(""))
    write("new", _properties("{name: a, type: string}"))
    assert json.loads("".join(run("old", "new", "--format", "json")[1])) == {
        "version": 1,
        "changes": [
            {"weight": "addition", "what": "property-added", "subject": SHOP, "message": "the property “a” is new"}
        ],
        "summary": {"breaking": 0, "addition": 1, "other": 0},
    }


def test_markdown(write: Write, run: Run) -> None:
    write("old", _properties("{name: a, type: string, values: ['*x*', '`']}"))
    write("new", _properties("{name: a, type: string, values: ['*x*', '``y`'], default: '*x*'}"))
    assert run("old", "new", "--format", "markdown")[1] == [
        "## Breaking changes",
        "",
        "- `source test.shop`: the property `a` does not accept `` ` `` any more",
        "",
        "## Additions",
        "",
        "- `source test.shop`: the property `a` accepts ``` ``y` ```, too",
        "",
        "## Other changes",
        "",
        '- `source test.shop`: the property `a` is `"*x*"` if it is not sent',
    ]


def test_what_is_faulty_is_not_compared(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write("old", _shop(""))
    write("new", {"sources/shop.yml": "name: Shop\n"})
    assert main(["diff", "old", "new"]) == 1
    assert capsys.readouterr().err == "sphinxext-stitch: “new” has 1 error; what is faulty is not compared\n"


# ---------------------------------------------------------------- revisions


def _git(folder: Path, *args: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    run = subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True, text=True)  # noqa: S607
    return run.stdout.strip()


@pytest.fixture
def repository(write: Write, tmp_path: Path) -> Path:
    """A repository with the tag “one”, and a change that is committed after it."""
    _git(tmp_path, "init", "-q")
    write("data", _shop(""))
    # What is left out of source archives is compared, too.
    (tmp_path / ".gitattributes").write_text("data/** export-ignore\n", encoding="utf-8")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-q", "-m", "One")
    _git(tmp_path, "tag", "one")
    write("data", _properties("{name: a, type: string}"))
    _git(tmp_path, "commit", "-q", "-a", "-m", "Two")
    return tmp_path


PROPERTY_ADDED = (0, ["Additions", f"  {SHOP}: the property “a” is new"])


def test_two_revisions(repository: Path, run: Run) -> None:
    assert run("one", "HEAD") == PROPERTY_ADDED
    assert run("HEAD", "HEAD") == (0, ["Nothing changed for clients."])
    assert _git(repository, "status", "--short") == ""


def test_a_revision_and_a_folder(repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("one", "data") == PROPERTY_ADDED
    monkeypatch.chdir(repository / "data")
    assert run("one", ".", "--path", ".") == PROPERTY_ADDED
    monkeypatch.chdir(repository / "data/sources")
    assert run("one", "..", "--path", "..") == PROPERTY_ADDED


@posix
def test_a_link_in_a_revision_is_not_followed(repository: Path, run: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("name: Secret\ntype: test.secret\n", encoding="utf-8")
    (repository / "data/sources/link.yml").symlink_to(outside)
    _git(repository, "add", "data")
    _git(repository, "commit", "-q", "-m", "Link")
    with pytest.raises(AssertionError, match="“HEAD” has 1 error"):
        run("HEAD~1", "HEAD")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nope", "HEAD"], "there is neither a folder nor a revision “nope”"),
        (["^HEAD", "HEAD"], "there is neither a folder nor a revision “^HEAD”"),
        (["HEAD", "one..HEAD"], "there is neither a folder nor a revision “one..HEAD”"),
        (["HEAD^@", "HEAD"], "there is neither a folder nor a revision “HEAD^@”"),
        (["--", "--all", "HEAD"], "“--all” is an option of Git, not a revision"),
        (["--", "-x", "HEAD"], "“-x” is an option of Git, not a revision"),
        (["--", "--output=x", "HEAD"], "“--output=x” is an option of Git, not a revision"),
        (
            ["one", "HEAD", "--path", "date"],
            "there is no “date” in the revision “one”; say with --path where the catalogue is",
        ),
        (
            ["one", "HEAD", "--path", "data/api.yml"],
            "“data/api.yml” is a file in the revision “one”; name the folder of the catalogue with --path",
        ),
        (
            ["one", "HEAD", "--path", "data/sources"],
            "there is no catalogue in “data/sources of one”: no data file in sources/ or destinations/",
        ),
    ],
)
def test_no_revision(repository: Path, capsys: pytest.CaptureFixture[str], args: list[str], message: str) -> None:
    assert main(["diff", *args]) == 2
    assert capsys.readouterr().err == f"sphinxext-stitch: {message}\n"


def test_a_bare_repository(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _git(repository, "clone", "-q", "--bare", ".", "bare.git")
    for folder in (repository / "bare.git", repository / ".git"):
        monkeypatch.chdir(folder)
        assert run("one", "HEAD") == PROPERTY_ADDED
        assert run("one", "HEAD", "--path", "./data/") == PROPERTY_ADDED
        for path in ("../data", str(repository / "data")):
            assert main(["diff", "one", "HEAD", "--path", path]) == 2
            message = f"there is no “{path}” in the revision “one”; say with --path where the catalogue is"
            assert capsys.readouterr().err == f"sphinxext-stitch: {message}\n"


def test_a_repository_that_git_refuses(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / ".git/config").write_text("[core\n", encoding="utf-8")
    assert main(["diff", "one", "HEAD"]) == 2
    message = (
        "there is no folder “one”, and Git cannot use the repository here: bad config line 1 in file .git/config\n"
    )
    assert capsys.readouterr().err == f"sphinxext-stitch: {message}"


@posix
def test_a_revision_that_git_cannot_check_out(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of it is damaged, so there would be a difference that nobody has made."""
    name = _git(repository, "rev-parse", "one:data/sources/shop.yml")
    (repository / f".git/objects/{name[:2]}/{name[2:]}").unlink()
    assert main(["diff", "one", "HEAD"]) == 2
    said = capsys.readouterr().err
    assert re.fullmatch(f"sphinxext-stitch: Git cannot check out “one”: .*{name}.*\n", said)


def test_no_repository(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write("data", {})
    assert main(["diff", "one", "data"]) == 2
    message = "there is no folder “one”, and no Git repository here that could have a revision of that name"
    assert capsys.readouterr().err == f"sphinxext-stitch: {message}\n"


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["diff", "one", "HEAD"]) == 2
    message = "the program “git” is missing; compare two folders, or install it"
    assert capsys.readouterr().err == f"sphinxext-stitch: {message}\n"


# ---------------------------------------------------------------- the guide


def test_the_guide_shows_what_diff_prints(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    example = CHECKOUT / "docs/examples/see-what-changed"
    monkeypatch.chdir(example)
    code, lines = run("before", "data")
    assert code == 1
    guide = (CHECKOUT / "docs/how-to/see-what-changed.md").read_text(encoding="utf-8")
    assert "\n".join(["```text", *lines, "```"]) in guide
