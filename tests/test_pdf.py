"""The reference as a PDF, made by LaTeX for real."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import test_words
from conftest import TESTS, Project
from test_translation import write_catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGES = "latexmk poppler-utils tex-gyre texlive-fonts-recommended texlive-latex-extra texlive-latex-recommended"

#: Properties for more than one page, with names that are longer than their column.
LONG_NAMES = [f"how_the_delta_of_a_river_with_{number}_arms_is_to_be_named" for number in range(40)]
LONG_FILE = """\
name: Delta
type: river.delta
description: The object `river.delta` is long.
variables: {pace: 30}
groups: [timing]
properties:
  - name: arms
    type: object
    description: All of `ThisIsNoNameThatAnyoneWouldReadWithPleasureInAnyTable` and `a:b:c-{numbers}`.
    properties:
"""
#: Groups of one property for several pages; most of a group is its property, so pages would often end behind a heading.
PARTS = range(40)
PART = """\
title: Part {number}
properties:
  - {{name: part_{number}, type: string, description: {text}}}
"""
GORGE = "name: Gorge\ntype: river.gorge\ngroups: [{}]\n"

#: A name with all that means something to LaTeX or to makeindex.
ODD_NAME = r'An "odd" @ name! of | {all} \ % # ~ ^ $ & that_is'


class Pdf(NamedTuple):
    """What was made: the logs and index of LaTeX, the pages as they look, and the text in the order of its lines."""

    log: str
    index: str
    index_log: str
    pages: list[str]
    text: str


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pdf]:
    folder = tmp_path_factory.mktemp("pdf") / "project"
    shutil.copytree(TESTS / "roots/pelican", folder)
    project = Project(folder)
    nested = [f"      - {{name: {name}, type: string, description: An arm of the river.}}\n" for name in LONG_NAMES]
    project.write("data/sources/delta.yml", LONG_FILE.replace("{numbers}", "1" * 30) + "".join(nested))
    project.write("data/sources/odd.yml", f"name: '{ODD_NAME}'\ntype: river.odd\n")
    for number in PARTS:
        project.write(f"data/groups/part{number}.yml", PART.format(number=number, text="The river is deep here. " * 6))
    project.write("data/sources/gorge.yml", GORGE.format(", ".join(f"part{number}" for number in PARTS)))
    yield made_by_latex(project, "pelican")
    shutil.rmtree(folder)


def made_by_latex(project: Project, name: str, **config: object) -> Pdf:
    """The PDF of a project, made for real; ``name`` is that of its document."""
    latexmk, pdftotext = shutil.which("latexmk"), shutil.which("pdftotext")
    if latexmk is None or pdftotext is None:
        needs = f"needs LaTeX: apt-get install --no-install-recommends {PACKAGES}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(needs)
    project.build("latex", nitpicky=True, **config)
    assert project.warnings == []
    made = Path(project.app.outdir)
    project.close()
    command = [latexmk, "-pdf", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"]
    done = subprocess.run(command, cwd=made, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:].decode(errors="replace")
    log = (made / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    index = (made / f"{name}.idx").read_text(encoding="utf-8")
    index_log = (made / f"{name}.ilg").read_text(encoding="utf-8")
    looks, text = (
        subprocess.run([pdftotext, way, f"{name}.pdf", "-"], cwd=made, capture_output=True, check=True).stdout.decode()
        for way in ("-layout", "-raw")
    )
    # Lines and names may break anywhere.
    return Pdf(log, index, index_log, looks.split("\f"), re.sub(r"\s", "", text))


def test_links_lead_somewhere(pdf: Pdf) -> None:
    assert not re.findall(r".*undefined.*|.*multiply.defined.*|.*referenced but does not exist.*", pdf.log)


def test_nothing_runs_over_its_column(pdf: Pdf) -> None:
    assert [width for width in re.findall(r"Overfull \\hbox \(([\d.]+)pt", pdf.log) if float(width) > 10] == []


@pytest.mark.parametrize(
    "words",
    [
        *(f"arms.{name}" for name in LONG_NAMES[::13]),
        "nets.mesh",
        "array of string",
        "required",
        "optional",
        "secret",
        "read-only",
        "internal",
        "deprecated",
        "By hand (Only in the web form)",
        "Nothing that fits? Write to us.",
        "The Brook source connection property object",
        "Use river.brook instead.",
        '"token": "<BROOK_TOKEN>"',
    ],
)
def test_words_are_printed(pdf: Pdf, words: str) -> None:
    assert re.sub(r"\s", "", words) in pdf.text


def test_a_table_repeats_its_head_on_each_page(pdf: Pdf) -> None:
    whole = [page for page in pdf.pages if "An arm of the river" in page]
    assert len(whole) > 1
    for page in whole:
        assert re.search(r"Property +Type +Required +Description", page)


def test_a_heading_stays_with_its_rows(pdf: Pdf) -> None:
    whole = "\n".join(pdf.pages)
    for number in PARTS:
        assert re.search(rf"^ *Part {number}\n+ *part_{number}\b", whole, re.MULTILINE)


def test_the_index_tells_the_page_of_each_property(pdf: Pdf) -> None:
    found = [
        int(next(iter(re.findall(rf"indexentry{{arms\..*{re.escape(number)}.*{{(\d+)}}", pdf.index))))
        for number in ("with\\_0\\_", "with\\_39\\_")
    ]
    assert found[0] < found[1]


def test_no_entry_of_the_index_is_lost(pdf: Pdf) -> None:
    assert ", 0 rejected" in pdf.index_log
    shown = pdf.text
    assert re.sub(r"\s", "", ODD_NAME) in shown


def test_words_of_a_platform(make_project: Callable[..., Project]) -> None:
    project = make_project(**{"index.rst": test_words.INDEX, "conf.py": test_words.CONF + test_words.OTHER_BUILDERS})
    test_words.write(project)
    for page in ("index", "parts"):
        write_catalog(project, page, test_words.GERMAN)
    # LaTeX's own words for German would need a further package.
    made = made_by_latex(project, "miller", latex_elements={"babel": ""}, language="de")
    assert "ZurückzuallenTeilen" in made.text
    assert "WiemanausDeepschöpft" in made.text
    assert test_words.left_of("\n".join(made.pages)) == []
