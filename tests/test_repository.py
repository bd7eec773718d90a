"""The files beside the package say the same as the package and its metadata."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import CHECKOUT

from sphinxext_stitch import __version__

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOWS = sorted((CHECKOUT / ".github/workflows").glob("*.yml"))
PYPROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHON = "Programming Language :: Python :: 3."


def _yaml(path: str | Path) -> Any:
    return yaml.safe_load((CHECKOUT / path).read_text(encoding="utf-8"))


def _pythons() -> list[str]:
    """The versions that the package is for, as ``3.x``."""
    classifiers = PYPROJECT["project"]["classifiers"]
    return [name.rpartition(" ")[2] for name in classifiers if name.startswith(PYTHON)]


@pytest.mark.parametrize("file", [path.name for path in (CHECKOUT / ".github").rglob("*.yml")])
def test_files_for_github_are_yaml(file: str) -> None:
    (path,) = (CHECKOUT / ".github").rglob(file)
    assert isinstance(_yaml(path), dict)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read(workflow: Path) -> None:
    """A job that may do more says so itself, and gets nothing else."""
    content = _yaml(workflow)
    assert content["permissions"] == {"contents": "read"}
    more = {name: job["permissions"] for name, job in content["jobs"].items() if "permissions" in job}
    assert more == ({"publish": {"id-token": "write"}} if workflow.stem == "release" else {})


def test_the_versions_of_python_agree() -> None:
    pythons = _pythons()
    assert f">={pythons[0]}" == PYPROJECT["project"]["requires-python"]
    tox = (CHECKOUT / "tox.ini").read_text(encoding="utf-8")
    label = re.search(r"^    matrix = (.*)$", tox, re.MULTILINE)[1]
    assert f"[testenv:{label}]" in tox
    tested = [f"3.{minor}" for minor in re.findall(r"3(\d\d)\b", label)]
    assert tested == pythons
    assert _yaml(".github/workflows/matrix.yml")["jobs"]["tests"]["strategy"]["matrix"]["python"] == pythons
    # The gate takes the interpreters of pyenv by a pattern.
    first, last = (version.partition(".")[2] for version in (pythons[0], pythons[-1]))
    assert f"/3.1[{first[1:]}-{last[1:]}].*/" in (CHECKOUT / ".ci/run").read_text(encoding="utf-8")


def test_the_citation_is_of_this_version() -> None:
    citation, project = _yaml("CITATION.cff"), PYPROJECT["project"]
    assert citation["version"] == __version__
    assert {citation["title"], citation["license"]} == {project["name"], project["license"]}


def test_read_the_docs_finds_what_it_builds() -> None:
    content = _yaml(".readthedocs.yaml")
    requirements, package = content["python"]["install"]
    assert (CHECKOUT / content["sphinx"]["configuration"]).is_file()
    assert (CHECKOUT / package["path"] / "pyproject.toml").is_file()
    lock = (CHECKOUT / requirements["requirements"]).read_text(encoding="utf-8")
    assert f"pip-compile with Python {content['build']['tools']['python']}\n" in lock


def test_our_own_hooks_need_what_the_project_says() -> None:
    (repo,) = _yaml(".pre-commit-config.yaml")["repos"]
    declared = {*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["lint"]}
    needed = {name for hook in repo["hooks"] for name in hook["additional_dependencies"]}
    assert needed <= declared
    # The catalogue is checked by the hook that other projects use, with arguments.
    (offered,) = _yaml(".pre-commit-hooks.yaml")
    ours = next(hook for hook in repo["hooks"] if hook["id"] == offered["id"])
    assert ours["entry"].startswith(f"{offered['entry'].replace('sphinxext-stitch', 'python -m sphinxext_stitch')} ")
    assert ours["pass_filenames"] is offered["pass_filenames"] is False
