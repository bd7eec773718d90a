"""Every bad input has its warning, with file, line and column, and costs no more than the faulty piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Project


def test_unknown_key(catalogue_project: Project) -> None:
    catalogue_project.write(
        "data/sources/bad.yml",
        "name: Bad\ntype: test.bad\ncolour: blue\nproperties:\n  - name: a\n    type: string\n    requird: true\n",
    )
    catalogue_project.build()
    assert catalogue_project.warnings == [
        "data/sources/bad.yml:3:1: WARNING: unknown key “colour” [stitch.unknown-key]",
        "data/sources/bad.yml:7:5: WARNING: unknown key “requird” of property “a”; did you mean “required”? "
        "[stitch.unknown-key]",
    ]
    # The keys are lost, the rest is shown.
    assert "source/bad" in catalogue_project.app.env.get_domain("stitch").data["objects"]["index"]
    assert "a" in [code.text for code in catalogue_project.html().select(".stitch-properties th code")]
