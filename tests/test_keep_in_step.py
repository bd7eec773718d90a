"""The guide *Keep the reference and the API in step*: its command, on the report cards of Stitch's API."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import CHECKOUT, TESTS, posix

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Command

GUIDE = CHECKOUT / "docs/how-to/keep-in-step.md"
WORKFLOW = CHECKOUT / "docs/examples/keep-in-step/github.yml"
CARDS = TESTS / "facts/report-cards.json"

#: The differences that are known, as the guide has them recorded.
KNOWN = TESTS / "facts/known-differences.txt"

#: What the command prints of a copy of the cards with one property gone, one new and one newly required.
NEWS = [
    "  source platform.jira: the property “cron_expression” is required now",
    "  source platform.jira: the property “username” is removed",
    "  source platform.jira: the property “region” is new",
]


def _changed() -> list[dict[str, Any]]:
    """A copy of the cards with these three changes."""
    cards: list[dict[str, Any]] = json.loads(CARDS.read_text(encoding="utf-8"))
    (card,) = (card for card in cards if card["type"] == "platform.jira")
    properties = {prop["name"]: prop for prop in card["steps"][0]["properties"]}
    del properties["username"]
    properties["region"] = {**properties["groups"], "name": "region"}
    properties["cron_expression"]["is_required"] = True
    card["steps"][0]["properties"] = [*properties.values()]
    return cards


def _steps() -> dict[str, str]:
    """The scripts of the workflow, by the name of the step."""
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["compare"]["steps"]
    return {step["name"]: step["run"] for step in steps if "name" in step}


def _run(script: str, folder: Path) -> None:
    """Run a script of the workflow as GitHub does."""
    command = script.replace("sphinxext-stitch diff", f"{sys.executable} -m sphinxext_stitch diff")
    subprocess.run(["bash", "-e", "-c", command], cwd=folder, check=True)  # noqa: S607 - the one that there is


def _fetched(project: Command, cards: list[dict[str, Any]]) -> None:
    """Write cards as the API answers them: those of each kind, without it."""
    for kind in ("source", "destination"):
        own = [
            {name: value for name, value in card.items() if name != "kind"} for card in cards if card["kind"] == kind
        ]
        project.write(f"cards/{kind}.json", json.dumps(own))


@pytest.fixture
def project(command: Command) -> Command:
    """A project with the reference of Stitch, and the cards of its API as they are fetched."""
    shutil.copytree(CHECKOUT / "data", command.folder / "data")
    _fetched(command, json.loads(CARDS.read_text(encoding="utf-8")))
    return command


@posix
@pytest.mark.long
def test_the_workflow_says_what_is_new(project: Command) -> None:
    compare = _steps()["Compare"]
    _run(compare, project.folder)
    differences = (project.folder / "differences.txt").read_text(encoding="utf-8")
    assert differences == KNOWN.read_text(encoding="utf-8")
    # Nothing is known before it is recorded.
    lines = (project.folder / "news.txt").read_text(encoding="utf-8").splitlines()
    assert lines == [line for line in differences.splitlines() if line.startswith("  ")] != []
    shutil.copy(project.folder / "differences.txt", project.folder / "known-differences.txt")
    _run(compare, project.folder)
    assert (project.folder / "news.txt").read_text(encoding="utf-8") == ""
    _fetched(project, _changed())
    _run(compare, project.folder)
    assert (project.folder / "news.txt").read_text(encoding="utf-8").splitlines() == NEWS


@posix
def test_a_catalogue_in_step_is_no_news(command: Command) -> None:
    command.write("data/api.yml", "name: A\nsteps: {form: {title: Form}}\nkinds: {source: {}, destination: {}}\n")
    command.write("data/sources/shop.yml", "name: Shop\ntype: acme.shop\n")
    for kind in ("source", "destination"):
        command.write(f"cards/{kind}.json", "[]")
    _run(_steps()["Compare"], command.folder)
    assert "Nothing changed for clients." in (command.folder / "differences.txt").read_text(encoding="utf-8")
    assert (command.folder / "news.txt").read_text(encoding="utf-8") == ""


@pytest.mark.long
def test_cards_that_say_their_kind_are_compared_at_once(project: Command) -> None:
    shutil.copy(CARDS, project.folder / "all.json")
    code, lines, err = project.run("diff", "data", "report-cards:all.json")
    assert (code, err) == (1, [])
    assert sorted({*lines}) == sorted({*KNOWN.read_text(encoding="utf-8").splitlines()})


@pytest.mark.long
def test_the_other_way_round_it_says_the_opposite(project: Command) -> None:
    args = ("diff", "report-cards:cards/source.json", "data", "--kind", "source")
    before = project.run(*args)[1]
    _fetched(project, _changed())
    assert [line for line in project.run(*args)[1] if line not in before] == [
        "  source platform.jira: the property “region” is removed",
        "  source platform.jira: the property “username” is new, and required",
        "  source platform.jira: the property “cron_expression” is optional now",
    ]


def test_the_guide_shows_what_the_workflow_says() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert "\n".join(["```text", *NEWS, "```"]) in guide
    assert "../examples/keep-in-step/github.yml" in guide
    assert 'sphinxext-stitch diff data "report-cards:cards/$kind.json" --kind "$kind"' in _steps()["Compare"]
    assert "sphinxext-stitch diff data report-cards:cards/source.json --kind source\n" in guide


@pytest.fixture
def program(command: Command, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Put a program in the place of another one: it prints a text, and notes what it is called with."""

    def make(name: str, answer: str) -> None:
        file = command.write(f"bin/{name}", f"#!/bin/sh\necho \"$@\" >> {name}.txt\necho '{answer}'\n")
        file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{file.parent}{os.pathsep}{os.environ['PATH']}")

    return make


@posix
@pytest.mark.parametrize("news", ["", "  source shop: the property “a” is new\n"])
def test_an_issue_is_opened_if_there_are_news(command: Command, program: Callable[[str, str], None], news: str) -> None:
    program("gh", "")
    command.write("news.txt", news)
    _run(_steps()["Open an issue"], command.folder)
    asked = command.folder / "gh.txt"
    calls = asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []
    title = "The API is not what the reference says"
    assert calls == ([f"issue create --title {title} --body-file news.txt"] if news else [])


@posix
def test_the_cards_are_fetched(
    command: Command, program: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The requests are those of the API; what answers them here is a program in place of curl."""
    card = {"type": "shop", "steps": []}
    program("curl", json.dumps([card]))
    monkeypatch.setenv("TOKEN", "pelican")
    _run(_steps()["Fetch the report cards"], command.folder)
    header = "--fail --silent --show-error --header Authorization: Bearer pelican"
    assert (command.folder / "curl.txt").read_text(encoding="utf-8").splitlines() == [
        f"{header} https://api.stitchdata.com/v4/{kind}-types" for kind in ("source", "destination")
    ]
    for kind in ("source", "destination"):
        assert json.loads((command.folder / f"cards/{kind}.json").read_text(encoding="utf-8")) == [card]
