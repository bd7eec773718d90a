"""Configuration values that are not what they can be: a warning, and the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinxext_stitch.catalogue.problems import QUOTED
from sphinxext_stitch.config import HIGHEST, LONGEST_NAME, LONGEST_PATH, VALUES

if TYPE_CHECKING:
    from conftest import Project

DEFAULTS = {value.name: value.default for value in VALUES}

NUMBER = "is a whole number from 1 to 1,000,000,000, not"
PATH = "is the path of a folder, not"
PAGES = "is a folder in the source folder, such as “connections”, not"
GROUPS = 'is a list of keys of property groups, such as ["timing"], not'

#: What conf.py can say and should not, and what is said of it.
BAD = {
    "stitch_max_files = '5'": f"{NUMBER} the text “5”",
    "stitch_max_file_size = 1.5": f"{NUMBER} a value of the type “float”",
    "stitch_max_values = None": f"{NUMBER} a value of the type “NoneType”",
    "stitch_max_text = lambda: 1": f"{NUMBER} a value of the type “function”",
    "stitch_max_text = 0": f"{NUMBER} “0”",
    "stitch_max_text = True": f"{NUMBER} “True”",
    f"stitch_max_text = {HIGHEST + 1}": f"{NUMBER} “1000000001”",
    # Python itself refuses to print it.
    "stitch_max_text = 10**5000": f"{NUMBER} a value of the type “int”",
    "stitch_data_path = 5": f"{PATH} “5”",
    "stitch_data_path = ['data']": f'{PATH} ["data"]',
    "stitch_data_path = 'a\\0b'": f"{PATH} the text “a\\x00b”",
    "stitch_data_path = '\\ud800'": f"{PATH} the text “\\ud800”",
    f"stitch_data_path = 'x' * {LONGEST_NAME + 1}": f"{PATH} a text of 256 characters",
    f"stitch_data_path = 'x/' * {LONGEST_PATH // 2} + 'x'": f"{PATH} a text of 1,001 characters",
    "stitch_pages = b'all'": f"{PAGES} a value of the type “bytes”",
    f"stitch_pages = 'é' * {LONGEST_NAME // 2 + 1}": f"{PAGES} a text of 128 characters",
    "stitch_pages = '../other'": f"{PAGES} the text “../other”",
    "stitch_pages = '/other'": f"{PAGES} the text “/other”",
    "stitch_pages = '.'": f"{PAGES} the text “.”",
    "stitch_fold_groups = 'timing'": f"{GROUPS} the text “timing”",
    "stitch_sidebar = 0": f"{NUMBER} “0”",
    "stitch_json = 1": "is “True” or “False”, not “1”",
    "stitch_jump = 'everywhere'": "is “reference”, “all” or “none”, not the text “everywhere”",
    "stitch_jump_keys = '/'": 'is a list of "Ctrl K" and "/", not the text “/”',
    "stitch_jump_keys = ['Ctrl J']": 'is a list of "Ctrl K" and "/", not ["Ctrl J"]',
    f"stitch_jump_keys = ['x'] * {QUOTED + 1}": 'is a list of "Ctrl K" and "/", not a value of the type “list”',
    "stitch_follow_links = 'yes'": "is “True” or “False”, not the text “yes”",
    "stitch_fold_groups = 5": f"{GROUPS} “5”",
    "stitch_fold_groups = [['timing']]": f"{GROUPS} a list with a value of the type “list”",
}


def _configure(project: Project, line: str) -> None:
    project.write("conf.py", (project.folder / "conf.py").read_text(encoding="utf-8") + f"{line}\n")


@pytest.mark.parametrize("line", BAD)
def test_a_bad_value(catalogue_project: Project, line: str) -> None:
    name = line.partition(" ")[0]
    _configure(catalogue_project, line)
    app = catalogue_project.start("dummy")
    assert catalogue_project.warnings == [
        f"conf.py:1: WARNING: “{name}” {BAD[line]}; its default is used [stitch.bad-config]"
    ]
    assert app.config[name] == DEFAULTS[name]


def test_every_value_is_checked() -> None:
    assert {line.partition(" ")[0] for line in BAD} == set(DEFAULTS)


def test_a_build_goes_on(catalogue_project: Project) -> None:
    for line in BAD:
        if "data_path" not in line:
            _configure(catalogue_project, line)
    catalogue_project.build()
    assert len(catalogue_project.warnings) == len(DEFAULTS) - 1
    assert "Good" in catalogue_project.output("index.html")


@pytest.mark.parametrize(
    "line",
    [
        f"stitch_max_files = {HIGHEST}",
        f"stitch_pages = 'x' * {LONGEST_NAME}",
        "stitch_pages = 'all/of/them/'",
        "stitch_fold_groups = ()",
    ],
)
def test_a_value_at_its_bounds(catalogue_project: Project, line: str) -> None:
    _configure(catalogue_project, line)
    catalogue_project.build("dummy")
    assert [warning for warning in catalogue_project.warnings if "bad-config" in warning] == []
