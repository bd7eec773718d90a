"""Commands end with one line and an exit code, whatever the system does."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT, posix

from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Data

#: A command of each kind that prints something, the exit code of which is 0.
PRINTING = (
    "check",
    "export",
    "schema object",
    "diff data data",
    "new source test.new",
    "--help",
    "check --help",
    "--version",
)

#: The commands, with the path of a catalogue behind them.
OF_A_PATH = ("check", "export", "diff data", "schema --write --path", "new source x --path")

LONG = "a" * 300


def _run(cwd: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell, in which ``stitch`` is the program."""
    path = os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")]))
    env = {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "", **environment}
    line = f'stitch() {{ "{sys.executable}" -m sphinxext_stitch "$@"; }}; {command}'
    return subprocess.run(["bash", "-c", line], cwd=cwd, env=env, check=False, capture_output=True, text=True)  # noqa: S607


@posix
@pytest.mark.parametrize("command", PRINTING)
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_output_that_cannot_be_written(data: Data, command: str, unbuffered: str) -> None:
    for place, reason in (("/dev/full", "No space left on device"), ("&-", "Bad file descriptor")):
        result = _run(data.folder, f"stitch {command} >{place}", PYTHONUNBUFFERED=unbuffered)
        assert (result.returncode, result.stderr) == (2, f"sphinxext-stitch: the output cannot be written: {reason}\n")
        for path in (data.folder / "data/sources").glob("new.yml"):
            path.unlink()
        result = _run(data.folder, f"stitch {command} >{place} 2>{place}", PYTHONUNBUFFERED=unbuffered)
        assert (result.returncode, result.stdout, result.stderr) == (2, "", "")
        for path in (data.folder / "data/sources").glob("new.yml"):
            path.unlink()


@posix
def test_messages_that_cannot_be_written(data: Data) -> None:
    data.write("data/sources/bad.yml", "name: Bad\n")
    for place in ("/dev/full", "&-"):
        for command, code in (("check nope", 2), ("check --nope", 2), ("export -o out.json", 1), ("diff data data", 2)):
            result = _run(data.folder, f"stitch {command} 2>{place}")
            assert (result.returncode, result.stderr) == (code, "")
            assert "sphinxext-stitch" not in result.stdout


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_a_reader_that_has_enough(data: Data, unbuffered: str) -> None:
    """The exit code is that of the command: what it has found does not depend on who reads it."""
    keys = "".join(f"key{number}: x\n" for number in range(2_000))
    data.write("data/sources/bad.yml", f"name: Bad\ntype: test.bad\n{keys}")
    for command, code in (
        ("check", 1),
        ("schema object", 0),
        ("--help", 0),
        ("diff data data --ignore-errors --format json", 0),
    ):
        # “true” reads nothing, and a pipe holds less than the first command prints.
        for reader in ("head -c 1", "true"):
            result = _run(
                data.folder, f"stitch {command} | {reader}; exit ${{PIPESTATUS[0]}}", PYTHONUNBUFFERED=unbuffered
            )
            assert result.returncode == code
            assert len(result.stdout) <= 1
            assert "Error" not in result.stderr


@posix
@pytest.mark.parametrize("command", OF_A_PATH)
@pytest.mark.parametrize("name", [LONG, f"{LONG[:9]}/" * 500], ids=["name", "path"])
def test_a_name_that_is_too_long(
    data: Data, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    monkeypatch.chdir(data.folder)
    assert main([*command.split(), name]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    message = f"sphinxext-stitch: “{name.rstrip('/')}” cannot be used: File name too long\n"
    # From Python 3.14 on, a folder of such a name is not there, and a revision can have it.
    no_folder = f"sphinxext-stitch: there is no folder “{name}”, and no Git repository here that could have a revision of that name\n"
    assert captured.err in ((message, no_folder) if command.startswith("diff") else (message,))


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["check", "api.yml/data"], "there is no folder “api.yml/data”"),
        (["check", "a\nb"], "there is no folder “a\\nb”"),
        (["check", "a\0b"], "an argument has a NUL character, which no name has"),
        (["diff", "data", "HEAD\0"], "an argument has a NUL character, which no name has"),
        (["new", "source", "x", "--path", "blocked"], "“blocked/sources” cannot be used: File exists"),
        (["schema", "--write", "--path", "blocked"], "“blocked/.schema” cannot be used: File exists"),
        (["new", "source", "x", "--key", LONG], f"the key “{LONG}” has more than 200 characters"),
        (["export", "-o", "nope/out.json"], "“nope/out.json” cannot be written: No such file or directory"),
        (["export", "-o", "api.yml/out"], "“api.yml/out” cannot be written: Not a directory"),
        (["export", "-o", LONG], f"“{LONG}” cannot be written: File name too long"),
        (["export", "-o", "/dev/full"], "“/dev/full” cannot be written: No space left on device"),
        (
            ["new", "source", os.fsdecode(b"a\xff"), "--key", "x"],
            "the type “a\\udcff” is blank, or has characters that cannot be printed",
        ),
        (
            ["new", "source", "a\n- b", "--key", "x"],
            "the type “a\\n- b” is blank, or has characters that cannot be printed",
        ),
        (["new", "source", " ", "--key", "x"], "the type “ ” is blank, or has characters that cannot be printed"),
    ],
)
@posix
def test_what_the_system_refuses(
    data: Data, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], args: list[str], message: str
) -> None:
    monkeypatch.chdir(data.folder)
    for path in ("api.yml", "blocked/sources", "blocked/.schema"):
        data.write(path, "")
    before = sorted(data.folder.rglob("*"))
    assert main(args) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"sphinxext-stitch: {message}")
    assert captured.err.count("\n") == 1
    assert sorted(data.folder.rglob("*")) == before


@posix
def test_a_working_directory_that_is_gone(data: Data) -> None:
    (data.folder / "gone").mkdir()
    result = _run(data.folder, "cd gone; rmdir ../gone; stitch check")
    message = "there is no folder “data”; name the folder of the catalogue, the one with api.yml in it"
    assert (result.returncode, result.stderr) == (2, f"sphinxext-stitch: {message}\n")


@posix
def test_ctrl_c(data: Data) -> None:
    """The program “git” presses it here, while a command waits."""
    git = data.write("bin/git", "#!/bin/sh\nkill -INT $PPID\nexec sleep 60\n")
    git.chmod(0o755)
    result = _run(data.folder, "stitch diff one two", PATH=f"{git.parent}{os.pathsep}{os.environ['PATH']}")
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "sphinxext-stitch: interrupted\n")
