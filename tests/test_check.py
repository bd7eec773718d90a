"""The command ``check``: the findings of a build and lint warnings, as people and programs read them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, get_args

import pytest
import yaml
from conftest import CHECKOUT, as_built, posix

from sphinxext_stitch.catalogue.format.records import LintSubtype
from sphinxext_stitch.catalogue.problems import Subtype, listing
from sphinxext_stitch.catalogue.reading.discover import LARGE
from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Data, Project

    Run = Callable[..., tuple[int, list[str]]]

BAD = "name: Bad\ntype: test.bad\ncategry: saas\nproperties:\n  - {name: a, type: strng, description: A.}\n"
BAD_LINES = [
    "data/sources/bad.yml:3:1: error: unknown key “categry”; did you mean “category”? [unknown-key]",
    "data/sources/bad.yml:5:21: error: “type” of property “a” takes “string”, “integer”, “number”, “boolean”, “array” "
    "or “object”; found “strng”; did you mean “string”? [wrong-type]",
]

#: A property without a description, and names of secrets: of the second one, the data tell.
LOOK = """\
name: Look
type: test.look
properties:
  - name: api_key
    type: string
  - {name: token, type: string, secret: false, description: Printed in the address.}
"""
LOOK_LINES = [
    "data/sources/look.yml:4:11: warning: the property “api_key” has no description; say what it does "
    "[undescribed-property]",
    "data/sources/look.yml:4:11: warning: “api_key” is the name of a secret; write “secret: true”, or “secret: false” "
    "if it is not one [unmarked-secret]",
]


@pytest.fixture
def run(
    catalogue_project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, list[str]]]:
    """Run the command in the folder of the project; gives the exit code and the lines of the output."""
    monkeypatch.chdir(catalogue_project.folder)

    def run(*args: str) -> tuple[int, list[str]]:
        code = main(["check", *args])
        captured = capsys.readouterr()
        assert captured.err == ""
        return code, captured.out.splitlines()

    return run


def test_a_sound_catalogue(run: Run) -> None:
    assert run("--strict") == (0, ["1 object, 1 connection: 0 errors, 0 warnings"])


def test_the_catalogue_of_the_package_needs_no_lint_warnings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(CHECKOUT)
    assert main(["check", "--strict"]) == 0
    assert capsys.readouterr().out.endswith(": 0 errors, 0 warnings\n")


def test_errors_are_what_the_build_warns_of(catalogue_project: Project, run: Run) -> None:
    catalogue_project.write("data/sources/bad.yml", BAD)
    assert run() == (1, [*BAD_LINES, "2 objects, 2 connections: 2 errors, 0 warnings"])
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == list(map(as_built, BAD_LINES))


def test_lint_warnings_fails_if_it_is_asked_to_and_is_not_given_by_the_build(
    catalogue_project: Project, run: Run
) -> None:
    catalogue_project.write("data/sources/look.yml", LOOK)
    assert run() == (0, [*LOOK_LINES, "2 objects, 2 connections: 0 errors, 2 warnings"])
    strict = [line.replace(": warning:", ": error:") for line in LOOK_LINES]
    assert run("--strict") == (1, [*strict, "2 objects, 2 connections: 2 errors, 0 warnings"])
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == []


@pytest.mark.parametrize(
    "name", ["password", "dbPassword", "client_secret", "accessToken", "api-key", "SSH_KEY", "jwt"]
)
def test_names_of_secrets(catalogue_project: Project, run: Run, name: str) -> None:
    text = f"name: A\ntype: test.a\nproperties: [{{name: {name}, type: string, description: A.}}]\n"
    catalogue_project.write("data/sources/a.yml", text)
    assert [line.rpartition(" ")[2] for line in run()[1][:-1]] == ["[unmarked-secret]"]


@pytest.mark.parametrize("name", ["token_url", "public_key", "primary_key", "passwords", "mytoken", "monkey"])
def test_names_that_only_sound_like_secrets(catalogue_project: Project, run: Run, name: str) -> None:
    text = f"name: A\ntype: test.a\nproperties: [{{name: {name}, type: string, description: A.}}]\n"
    catalogue_project.write("data/sources/a.yml", text)
    assert len(run()[1]) == 1


def test_a_switch_is_no_secret(catalogue_project: Project, run: Run) -> None:
    text = "name: A\ntype: test.a\nproperties: [{name: use_password, type: boolean, description: A.}]\n"
    catalogue_project.write("data/sources/a.yml", text)
    assert len(run()[1]) == 1


def test_what_a_group_lacks_is_said_once_unless_the_object_adds_it(catalogue_project: Project, run: Run) -> None:
    catalogue_project.write("data/groups/login.yml", "title: Login\nproperties: [{name: user, type: string}]\n")
    for key in "abc":
        text = f"name: {key}\ntype: test.{key}\ngroups: [login]\n"
        catalogue_project.write(f"data/sources/{key}.yml", text)
    line = (
        "data/groups/login.yml:2:21: warning: the property “user” has no description; say what it does "
        "[undescribed-property]"
    )
    assert run()[1][:-1] == [line]
    for key in "abc":
        text = f"name: {key}\ntype: test.{key}\ngroups: [login]\nproperties: [{{name: user, description: A.}}]\n"
        catalogue_project.write(f"data/sources/{key}.yml", text)
    assert run()[1][:-1] == []


GROUP = "title: Shared\nproperties: [{name: a, type: string, description: A.}]\n"
UNUSED = (
    "data/groups/shared.yml:1:1: warning: no object lists the property group “shared”; list it under “groups”, or "
    "delete the file [unused-group]"
)


def test_an_unused_group(catalogue_project: Project, run: Run) -> None:
    catalogue_project.write("data/groups/shared.yml", GROUP)
    assert run()[1][:-1] == [UNUSED]
    catalogue_project.write("data/api.yml", "name: T\nsteps: {form: {title: F}, oauth: {title: O}}\n")
    catalogue_project.write("data/sources/a.yml", "name: A\ntype: test.a\noauth: {groups: [shared]}\n")
    assert run()[1][:-1] == []


def test_a_group_may_be_for_an_object_that_is_broken(catalogue_project: Project, run: Run) -> None:
    catalogue_project.write("data/groups/shared.yml", GROUP)
    catalogue_project.write("data/sources/a.yml", "name: A\ntype: test.a\ngroups: [shard]\n")
    assert [line.rpartition(" ")[2] for line in run()[1][:-1]] == ["[unknown-group]"]


@pytest.mark.parametrize(
    "entry",
    [
        "{subtype: unused-group, reason: For later.}",
        "{subtype: unused-group, name: shared, reason: For later.}",
        "{subtype: unused-group, file: groups/shared.yml, reason: For later.}",
        "{subtype: unused-group, file: groups/*, name: shared, reason: For later.}",
    ],
)
def test_lint_warnings_that_is_suppressed(catalogue_project: Project, run: Run, entry: str) -> None:
    catalogue_project.write("data/groups/shared.yml", GROUP)
    catalogue_project.write("data/check.yml", f"silence:\n  - {entry}\n")
    assert run("--strict") == (0, ["1 object, 1 connection: 0 errors, 0 warnings"])


@pytest.mark.parametrize(
    ("entry", "warning"),
    [
        ("subtype: unused-group, name: shard", "“unused-group” of “shard”"),
        ("subtype: unused-group, file: shared.yml", "“unused-group” in “shared.yml”"),
        ("subtype: missing-example", "“missing-example”"),
        ("subtype: unmarked-secret, name: shared, file: groups/*", "“unmarked-secret” of “shared” in “groups/*”"),
    ],
)
def test_an_entry_that_suppresses_nothing(catalogue_project: Project, run: Run, entry: str, warning: str) -> None:
    catalogue_project.write("data/groups/shared.yml", GROUP)
    catalogue_project.write("data/check.yml", f"silence:\n  - {{{entry}, reason: For later.}}\n")
    line = (
        "data/check.yml:2:5: error: this entry suppresses nothing: there is no lint warning "
        f"{warning}; delete the entry [without-effect]"
    )
    assert run() == (1, [line, UNUSED, "1 object, 1 connection: 1 error, 1 warning"])


def test_an_entry_for_what_another_one_suppresses(catalogue_project: Project, run: Run) -> None:
    catalogue_project.write("data/sources/look.yml", LOOK)
    entries = (
        "subtype: undescribed-property, file: sources/*",
        "subtype: undescribed-property, name: api_key",
        "subtype: unmarked-secret, name: api_key, file: sources/look.yml",
        "subtype: unmarked-secret",
        "subtype: unmarked-secret, file: '*.yml'",
    )
    catalogue_project.write(
        "data/check.yml", "silence:\n" + "".join(f"  - {{{entry}, reason: R.}}\n" for entry in entries)
    )
    nothing = "error: this entry suppresses nothing: there is no lint warning"
    assert run()[1][:-1] == [
        f"data/check.yml:3:5: {nothing} “undescribed-property” of “api_key” that the entries above leave; "
        "delete the entry [without-effect]",
        f"data/check.yml:5:5: {nothing} “unmarked-secret” that the entries above leave; delete the entry [without-effect]",
        f"data/check.yml:6:5: {nothing} “unmarked-secret” in “*.yml” that the entries above leave; "
        "delete the entry [without-effect]",
    ]


@pytest.mark.parametrize(
    "entry", ["name: p{0}", "name: p{0}, file: sources/f{0}.yml", "file: sources/f{0}.yml", "file: 'sources/f{0}.*'"]
)
def test_entries_are_not_compared_with_each_warning(data: Data, entry: str) -> None:
    """The calls of functions are counted: twice the warnings and entries need twice of them."""

    def calls(number: int) -> int:
        for index in range(number):
            prop = f"properties: [{{name: p{index:03}, type: string}}]"
            data.write(f"data/sources/f{index:03}.yml", f"name: F\ntype: test.f{index}\n{prop}\n")
        entries = "".join(
            f"  - {{subtype: undescribed-property, {entry.format(f'{index:03}')}, reason: R.}}\n"
            for index in range(number)
        )
        data.write("data/check.yml", f"silence:\n{entries}")
        counted = 0

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal counted
            counted += event.endswith("call")

        sys.setprofile(count)
        data.load()
        sys.setprofile(None)
        assert data.catalogue.lint == ()
        assert data.problems == []
        return counted

    few = calls(50)
    assert calls(100) < 2.2 * few


def test_what_is_wrong_with_the_file_that_suppresses(catalogue_project: Project, run: Run) -> None:
    text = """\
silence:
  - subtype: unused-groups
    reason: For later.
  - subtype: unused-group
  - subtype: yaml
    reason: I like it so.
  - {subtype: unused-group, resaon: x, reason: For later.}
  - {subtype: unused-group, file: "", name: "", reason: ""}
"""
    catalogue_project.write("data/check.yml", text)
    words = f"takes {listing(get_args(LintSubtype), 'or')}"
    assert run()[1][:-1] == [
        f"data/check.yml:2:14: error: “subtype” of item 1 of “silence” {words}; found “unused-groups”; "
        "did you mean “unused-group” or “unused-category”? [wrong-type]",
        "data/check.yml:4:5: error: the field “reason” is missing from item 2 of “silence” [missing-field]",
        f"data/check.yml:5:14: error: “subtype” of item 3 of “silence” {words}; found “yaml” [wrong-type]",
        "data/check.yml:7:29: error: unknown key “resaon” of item 4 of “silence”; did you mean “reason”? [unknown-key]",
        *(
            f"data/check.yml:8:{column}: error: “{field}” of item 5 of “silence” takes text that is not blank; found “” [wrong-type]"
            for column, field in ((35, "file"), (45, "name"), (57, "reason"))
        ),
    ]
    catalogue_project.write("data/check.yml", "silence: []\n")
    assert run()[1][:-1] == ["data/check.yml:1:10: error: “silence” takes at least one entry; found none [wrong-type]"]


def test_all_lint_warnings_can_be_suppressed_and_nothing_else() -> None:
    assert set(get_args(LintSubtype)) == {subtype.value for subtype in Subtype if subtype.lint}


def test_json(catalogue_project: Project, run: Run) -> None:
    catalogue_project.write("data/groups/shared.yml", GROUP)
    code, lines = run("--format", "json")
    assert code == 0
    assert json.loads("\n".join(lines)) == {
        "version": 1,
        "findings": [
            {
                "path": "data/groups/shared.yml",
                "line": 1,
                "column": 1,
                "level": "warning",
                "subtype": "unused-group",
                "message": "no object lists the property group “shared”; list it under “groups”, or delete the file",
            }
        ],
        "summary": {"objects": 1, "connections": 1, "errors": 0, "warnings": 1},
    }


@posix  # Windows has no such names of files
def test_annotations_of_github(catalogue_project: Project, run: Run) -> None:
    catalogue_project.write("data/sources/50%,a:b.yml", "name: Bad\ntype: test.bad\n")
    catalogue_project.write("data/sources/bad.yml", 'name: Bad\ntype: test.bad\ndocs: "50%:\\na, b"\n')
    catalogue_project.write("data/groups/shared.yml", GROUP)
    assert run("--format", "github") == (
        1,
        [
            "::error file=data/sources/50%25%2Ca%3Ab.yml,line=1,col=1,title=wrong-type::the key “50%25,a:b” (the file's "
            "name) has “%25” in it; it can have English letters, digits, “-”, “_” and “.”",
            "::error file=data/sources/bad.yml,line=3,col=7,title=wrong-type::“docs” takes text of one line; "
            "found a line break in “50%25:\\na, b”",
            "2 objects, 2 connections: 2 errors, 0 warnings",
        ],
    )
    (catalogue_project.folder / "data/sources/50%,a:b.yml").unlink()
    (catalogue_project.folder / "data/sources/bad.yml").unlink()
    assert run("--format", "github")[1][0].startswith(
        "::warning file=data/groups/shared.yml,line=1,col=1,title=unused-group::no object"
    )


def test_paths_are_relative_to_the_working_directory_if_they_are_below_it(
    catalogue_project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue_project.write("data/sources/bad.yml", BAD)
    folder = catalogue_project.folder / "data"
    assert run(str(folder))[1][:-1] == BAD_LINES
    monkeypatch.chdir(folder)
    assert run(".")[1][:-1] == [line.removeprefix("data/") for line in BAD_LINES]
    monkeypatch.chdir(folder / "sources")
    assert run("..")[1][:-1] == [line.replace("data/", "../", 1) for line in BAD_LINES]
    assert run(str(folder))[1][:-1] == [f"{catalogue_project.folder}/{line}" for line in BAD_LINES]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nope", "there is no folder “nope”; name the folder of the catalogue, the one with api.yml in it"),
        (
            "n" * 300,
            f"“{'n' * 300}” cannot be used: File name too long",
        ),
        ("data/api.yml", "“data/api.yml” is a file; name the folder of the catalogue"),
        ("data/sources", "there is no catalogue in “data/sources”: no data file in sources/ or destinations/"),
    ],
)
def test_a_folder_without_a_catalogue_is_wrong_use(
    run: Run, capsys: pytest.CaptureFixture[str], path: str, message: str
) -> None:
    assert main(["check", path]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", f"sphinxext-stitch: {message}\n")


def test_wrong_options_are_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", "--fromat", "json"])
    assert left.value.code == 2
    assert "unrecognized arguments: --fromat" in capsys.readouterr().err


# ---------------------------------------------------------------- as a program


def _program(*args: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinxext_stitch", *args]
    path = os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")]))
    env = {**os.environ, "PYTHONPATH": path, **environment}
    return subprocess.run(command, cwd=cwd, env=env, check=False, capture_output=True, text=True)


def test_a_console_without_our_quotes_gets_them_as_numbers(catalogue_project: Project) -> None:
    catalogue_project.write("data/sources/bad.yml", BAD)
    result = _program("check", cwd=catalogue_project.folder, PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (1, "")
    assert "unknown key \\u201ccategry\\u201d" in result.stdout


def _on_a_terminal(cwd: Path, stderr: int | None = None, **environment: str) -> str:
    """The output of ``check`` on a terminal, that of both streams if ``stderr`` is ``STDOUT``."""
    import pty  # Windows has none

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "sphinxext_stitch", "check"]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "TERM": "xterm", "NO_COLOR": "", **environment}
    with subprocess.Popen(command, cwd=cwd, env=env, stdout=theirs, stderr=stderr):
        os.close(theirs)
        output = b""
        while True:
            try:
                part = os.read(ours, 1024)
            except OSError:  # Linux's way to say that the other end is closed
                break
            if not part:
                break
            output += part
    os.close(ours)
    return output.decode()


@posix
def test_colors_on_a_terminal(catalogue_project: Project) -> None:
    catalogue_project.write("data/sources/bad.yml", BAD)
    assert "\x1b[31merror\x1b[0m" in _on_a_terminal(catalogue_project.folder)
    plain = _program("check", cwd=catalogue_project.folder).stdout
    assert plain.splitlines()[:-1] == BAD_LINES
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert _on_a_terminal(catalogue_project.folder, **environment).splitlines() == plain.splitlines()


@posix
def test_a_large_catalogue_shows_on_a_terminal_how_far_it_is(catalogue_project: Project) -> None:
    for number in range(1, LARGE):
        catalogue_project.write(f"data/sources/thing-{number}.yml", f"name: Thing {number}\ntype: null\n")
    *shown, left = _on_a_terminal(catalogue_project.folder, subprocess.STDOUT).split("\r\x1b[K")
    steps = [int(part) for part in re.findall(r"reading the catalogue: (\d+) %", "".join(shown))]
    assert steps == sorted(set(steps))
    assert (steps[0], steps[-1]) == (0, 100)
    # The line is gone when the findings come.
    assert left == f"1 object, {LARGE} connections: 0 errors, 0 warnings\r\n"
    assert _program("check", cwd=catalogue_project.folder).stderr == ""


@posix
def test_a_small_catalogue_is_checked_without_a_word(catalogue_project: Project) -> None:
    output = _on_a_terminal(catalogue_project.folder, subprocess.STDOUT)
    assert output == "1 object, 1 connection: 0 errors, 0 warnings\r\n"


#: Runs commands one after the other, and prints after each which of the programs it has no need of are loaded.
COMMANDS = """
import sys, sphinxext_stitch.cli as cli
for line in sys.stdin.read().splitlines():
    assert cli.main(line.split()) == 0
    print(line, sorted({"sphinx", "docutils", "pydantic"} & sys.modules.keys()), file=sys.stderr)
"""


def test_commands_import_neither_sphinx_nor_what_another_one_needs(catalogue_project: Project) -> None:
    commands = [
        "check",
        "diff data data",
        "export --output out.json",
        "new source test.new",
        "schema object",
        "schema --write",
    ]
    result = subprocess.run(
        [sys.executable, "-c", COMMANDS],
        cwd=catalogue_project.folder,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        input="\n".join(commands),
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = [["pydantic"] if command.startswith("schema") else [] for command in commands]
    assert result.stderr.splitlines() == [f"{command} {names}" for command, names in zip(commands, loaded, strict=True)]


# ---------------------------------------------------------------- in other programs


def test_the_hook_of_pre_commit_checks_the_whole_catalogue(catalogue_project: Project) -> None:
    (hook,) = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    example = CHECKOUT / "docs/examples/check-the-catalogue/pre-commit-config.yaml"
    ((used,),) = (repo["hooks"] for repo in yaml.safe_load(example.read_text(encoding="utf-8"))["repos"])
    assert used["id"] == hook["id"]
    program, *args = hook["entry"].split()
    assert tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"] == {
        program: "sphinxext_stitch.cli:program"
    }
    # Names of files would be taken for folders.
    assert hook["pass_filenames"] is False
    # A commit that only deletes a group has no files to pass.
    assert hook["always_run"] is True
    catalogue_project.write("data/sources/bad.yml", BAD)
    result = _program(*args, *used["args"], cwd=catalogue_project.folder)
    assert (result.returncode, result.stdout.splitlines()[:-1]) == (1, BAD_LINES)


def test_the_workflow_of_the_guide_runs(catalogue_project: Project) -> None:
    example = CHECKOUT / "docs/examples/check-the-catalogue/github.yml"
    *_, step = yaml.safe_load(example.read_text(encoding="utf-8"))["jobs"]["check"]["steps"]
    _program_name, *args = step["run"].split()
    result = _program(*args, cwd=catalogue_project.folder)
    assert (result.returncode, result.stdout) == (0, "1 object, 1 connection: 0 errors, 0 warnings\n")


def test_the_examples_of_the_manual_need_no_lint_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    folders = sorted((CHECKOUT / "docs/examples").glob("*/data"))
    assert folders
    for folder in folders:
        assert main(["check", "--strict", str(folder)]) == 0, capsys.readouterr().out
