"""What depends on other values: cases, choices, entries, items and constraints, on pages of every kind."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from conftest import CHECKOUT, Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag

EXAMPLE = CHECKOUT / "docs/examples/describe-hard-cases"
FILES = "source-form-properties-files-object"
TRACKER = "source-form-properties-tracker-object"


@pytest.fixture
def hard(make_project: Callable[..., Project]) -> Project:
    """The example of the manual, which a test can change."""
    project = make_project()
    shutil.copytree(EXAMPLE, project.folder, ignore=shutil.ignore_patterns("_build"), dirs_exist_ok=True)
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Its page, built once for the tests that only look at it."""
    project = Project(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("hard") / "project"))
    project.build_clean()
    return project


@pytest.mark.parametrize("builder", ["html", "singlehtml", "text", "man", "latex", "texinfo", "epub"])
def test_every_builder(hard: Project, builder: str) -> None:
    hard.build(builder, nitpicky=True, version="1", copyright="Acme")
    assert hard.warnings == []


def test_both_markups_give_the_same(hard: Project) -> None:
    extensions = ["myst_parser", "sphinxext_stitch"]
    hard.build("text", nitpicky=True, extensions=extensions)
    doctree = _comparable(hard)
    (hard.folder / "index.rst").unlink()
    hard.write("index.md", "# Acme reference\n\n```{connection-table}\n```\n\n```{connection-property}\n```\n")
    hard.build("text", nitpicky=True, extensions=extensions)
    assert hard.warnings == []
    assert _comparable(hard) == doctree


def _comparable(project: Project) -> str:
    """The doctree of the page without the name of its file."""
    return re.sub(r' (?:source|xml:space)="[^"]*"', "", project.doctree().pformat()).replace("index.md", "index.rst")


def _page(project: Project) -> BeautifulSoup:
    """The page without the places where names can break."""
    return BeautifulSoup(project.output("index.html").replace("<wbr>", ""), "html.parser")


def _text(tag: Tag) -> str:
    return re.sub(r" (?=[:,])", "", " ".join(tag.get_text(" ").split()))


def _rows(project: Project, anchor: str) -> list[str]:
    """What heads the rows of a table: conditions, and names with their titles."""
    rows = _page(project).select(f"#{anchor} .stitch-properties tbody tr")
    return [" ".join(part.get_text() for part in row.select("th code, th .stitch-title, td[colspan]")) for row in rows]


def test_cases_are_below_their_conditions(built: Project) -> None:
    assert _rows(built, FILES) == [
        "format_type File format",
        "provider Where the files are",
        "provider.storage",
        'If storage is "S3":',
        "provider.bucket",
        'If storage is "SSH", "SCP" or "SFTP":',
        "provider.host",
        "provider.port",
        "job_timeout Time limit",
        "reader_options",
        "request_headers",
        "request_headers.* header",
        "worker_region",
        'If format_type is "Avro":',
        "compression_codec",
        "compression_codec.codec",
        'If codec is "deflate":',
        "compression_codec.compression_level",
        'If format_type is "Parquet":',
        "compression_codec",
        "In all cases:",
        "sample_rate",
    ]


def test_cases_are_at_the_level_of_their_properties(built: Project) -> None:
    lines = built.html().select(f"#{FILES} tr.stitch-case")
    levels = [next((name for name in line["class"] if name.startswith("stitch-level-")), None) for line in lines]
    assert levels == [
        "stitch-level-2",
        "stitch-level-2",
        "stitch-level-1",
        "stitch-level-2",
        "stitch-level-1",
        "stitch-level-1",
    ]
    assert {cell["colspan"] for line in lines for cell in line.select("td")} == {"4"}


def test_the_note_says_what_cases_are(built: Project) -> None:
    note = built.html().select_one(f"#{FILES} .stitch-note")
    assert note.get_text() == (
        "Properties marked as required are needed to complete the step; all others are optional. "
        "Those below the line of a case have an effect in this case only."
    )


def _cells(project: Project, anchor: str) -> list[str]:
    return [_text(cell) for cell in _page(project).find(id=anchor).find_next_siblings("td")]


@pytest.mark.parametrize(
    ("anchor", "cells"),
    [
        (f"{FILES}.form.provider.bucket", ["string", "required", "Name of the bucket. Number of characters: 3 to 63"]),
        (
            f"{FILES}.form.job_timeout",
            [
                "integer, seconds",
                "optional",
                "After this time a job ends, whatever is left to read. Range: 3,600 to 21,600 Default: 7200",
            ],
        ),
        (
            f"{FILES}.form.sample_rate",
            [
                "number",
                "optional",
                "advanced The part of the rows that is read. Range: more than 0, at most 1, a multiple of 0.25",
            ],
        ),
        (
            f"{FILES}.form.worker_region",
            [
                "string",
                "optional",
                "cannot be changed Where the jobs run. It is that of the account. Form: two letters, a hyphen and a word "
                "The platform supplies it unless the client sends it. Documentation",
            ],
        ),
        (f"{FILES}.form.request_headers.*", ["string", "optional", "Value of the header."]),
        (
            f"{FILES}.form.compression_codec~Parquet",
            ["string", "optional", 'How pages are compressed. Accepted values: "SNAPPY", "GZIP"'],
        ),
        (
            f"{TRACKER}.form.credentials",
            [
                "object",
                "required",
                "What Acme shows to Tracker. Exactly one of these is needed with it, with all of its properties: "
                "OAuth: access_token Personal token: personal_access_token",
            ],
        ),
        (f"{TRACKER}.form.projects", ["array of string", "if chosen", "Names of the projects that are read."]),
        (
            f"{TRACKER}.form.groups",
            ["array of integer", "if chosen", "Numbers of the groups whose projects are read. Items: all different"],
        ),
        (
            f"{TRACKER}.form.repositories",
            [
                "array of string",
                "optional",
                "Repositories whose merge requests are read. Number of items: 1 to 100 "
                "Each item: Repository; Form: owner/name",
            ],
        ),
        (
            f"{TRACKER}.form.start_date",
            ["string or null", "optional", "The oldest tickets that are read; null for all. Format: date-time"],
        ),
        (
            f"{TRACKER}.form.since",
            [
                "string",
                "optional",
                "deprecated The first day that is read. Format: date Deprecated since 2026-02-01. "
                "Use start_date instead.",
            ],
        ),
    ],
)
def test_rows(built: Project, anchor: str, cells: list[str]) -> None:
    assert _cells(built, anchor) == cells


@pytest.mark.parametrize(
    ("fields", "types"),
    [
        ("type: array, items: string", "array of string"),
        ("type: array, items: string, nullable: true", "null or array of string"),
        ("type: [array, string], items: integer", "string or array of integer"),
        ("type: [array, object], items: [integer, string]", "object or array of integer or string"),
        ("type: [array, string]", "array or string"),
        ("type: array, items: {type: string, nullable: true}", "array of string"),
    ],
)
def test_types_beside_an_array_are_not_read_as_those_of_its_items(hard: Project, fields: str, types: str) -> None:
    hard.write("data/sources/nest.yml", f"name: Nest\ntype: acme.nest\nproperties:\n  - {{name: eggs, {fields}}}\n")
    hard.build()
    [cell] = _page(hard).select("#source-form-properties-nest-object .stitch-properties tbody td:nth-of-type(1)")
    assert _text(cell) == types


def test_examples_are_of_the_first_case(built: Project) -> None:
    full, minimal = (json.loads(block.get_text()) for block in built.html().select(f"#{TRACKER} pre"))
    assert full == {
        "credentials": {"access_token": "<ACCESS_TOKEN>", "client_id": "<CLIENT_ID>"},
        "groups": [17],
        "primary_keys": {"<REPORT>": ["<VALUE>"]},
        "projects": ["shop"],
        "repositories": ["acme/shop"],
        "start_date": "2026-01-31T00:00:00Z",
        "tracker.http.max.retries": 3,
    }
    assert minimal == {"credentials": {"access_token": "<ACCESS_TOKEN>"}, "groups": [17]}


@pytest.mark.parametrize(
    ("language", "bounds"),
    [
        ("de", "Bereich: 3\u00a0600 bis 21\u00a0600"),
        ("es", "Intervalo: de 3\u00a0600 a 21\u00a0600"),
        ("fr", "Plage\u00a0: de 3\u00a0600 à 21\u00a0600"),
        ("ja", "範囲: 3,600 から 21,600 まで"),
    ],
)
def test_numbers_in_other_languages(hard: Project, language: str, bounds: str) -> None:
    hard.build(language=language)
    assert bounds in hard.html().find(id=f"{FILES}.form.job_timeout").parent.get_text()


def test_paper_keeps_a_condition_with_its_case(hard: Project) -> None:
    hard.build("latex")
    [tex] = [text for name, text in hard.outputs().items() if name.endswith("acmereference.tex")]
    lines = re.findall(rb"\\sphinxstylestrong\{(?:If|In) .*?\\\\\s*(?:\\\w+\s*)?\\nopagebreak\[4\]", tex, re.DOTALL)
    assert len(lines) == 7
    assert all(line.count(b"sphinxstylestrong") == 1 for line in lines)


def test_links_lead_to_cases_and_entries(hard: Project) -> None:
    names = {
        "acme.files.compression_codec": "compression_codec",
        "acme.files.compression_codec~Parquet": "compression_codec~Parquet",
        "acme.files.request_headers.*": "request_headers.*",
        "acme.tracker.tracker.http.max.retries": "tracker.http.max.retries",
    }
    links = "\n".join(f"- :stitch:prop:`{name}`" for name in names)
    hard.write("guide.rst", f":orphan:\n\nGuide\n=====\n\n{links}\n")
    hard.build(nitpicky=True)
    assert hard.warnings == []
    leads = [link["href"].partition(".form.")[2] for link in hard.html("guide").select("[role=main] li a.reference")]
    assert leads == [*names.values()]
