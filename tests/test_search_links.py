"""The role for links to the filtered table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project

RST = "Page\n====\n\nSee :stitch:search:`%s`.\n"
QUERY = "kind=source&category=pond&availability=available&sort=-name&find=élan creek"
ADDRESS = "?kind=source&category=pond&availability=available&sort=-name&find=%C3%A9lan+creek#connection-table"


def _link(project: Project, page: str, builder: str = "html") -> tuple[str, str]:
    project.build(builder)
    assert project.warnings == []
    link = next(link for link in project.html(page).select("p a.internal") if "?" in link["href"])
    return link.get_text(), link["href"]


@pytest.fixture
def linked(pelican: Project) -> Project:
    """The pelicans with a page that links to their table."""
    pelican.write("more.rst", ":orphan:\n\n" + RST % f"our sources <{QUERY}>")
    return pelican


@pytest.mark.parametrize(
    ("builder", "page", "address"),
    [("html", "more", f"index.html{ADDRESS}"), ("dirhtml", "more/index", f"../{ADDRESS}")],
)
def test_link_to_the_filtered_table(linked: Project, builder: str, page: str, address: str) -> None:
    assert _link(linked, page, builder) == ("our sources", address)


def test_singlehtml(pelican: Project) -> None:
    pelican.write("guide.md", "# Guide\n\n{stitch:search}`brook`\n")
    pelican.build("singlehtml")
    assert pelican.warnings == []
    (link,) = pelican.html().select("[data-query='find=brook'] > a")
    assert (link.get_text(), link["href"]) == ("brook", "#connection-table")


def test_link_on_the_page_of_the_table(pelican: Project) -> None:
    pelican.write("guide.md", "# Guide\n\n{stitch:search}`lakes <lake>`\n\n```{connection-table}\n```\n")
    assert _link(pelican, "guide") == ("lakes", "?find=lake#connection-table")


def test_link_with_the_name_of_earlier_versions(pelican: Project) -> None:
    pelican.write("guide.md", "# Guide\n\n{stitch:search}`lakes <kind=source&q=lake>`\n")
    assert _link(pelican, "guide") == ("lakes", "index.html?kind=source&find=lake#connection-table")


def test_elsewhere_the_link_leads_to_the_table(linked: Project) -> None:
    linked.build("text")
    assert linked.warnings == []
    assert "See our sources." in linked.output("more.txt")


def test_link_follows_the_table(linked: Project) -> None:
    linked.write("again.rst", ":orphan:\n\nAgain\n=====\n\n.. connection-table::\n")
    assert _link(linked, "more") == ("our sources", f"again.html{ADDRESS}")
    (linked.folder / "again.rst").unlink()
    assert _link(linked, "more") == ("our sources", f"index.html{ADDRESS}")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (
            "knd=source",
            "the filter has no “knd”; did you mean “kind”?",
        ),
        ("kind=sources", "“kind” cannot be “sources”; it takes “source” or “destination”; did you mean “source”?"),
        ("category=puddle", "“category” cannot be “puddle”; it takes “pond”, “spring” or “stream”"),
        ("availability=no", "“availability” cannot be “no”; it takes “available” or “unavailable”"),
    ],
)
def test_bad_parameters(pelican: Project, target: str, message: str) -> None:
    pelican.write("more.rst", ":orphan:\n\n" + RST % f"text <{target}&find=brook>")
    pelican.build()
    assert pelican.warnings == [f"more.rst:6: WARNING: {message} [stitch.bad-option]"]
    assert 'href="index.html?find=brook#connection-table"' in pelican.output("more.html")


def test_no_table(pelican: Project) -> None:
    pelican.write("index.rst", RST % "brook" + "\n.. toctree::\n\n   guide\n\n.. connection-property::\n")
    pelican.build()
    assert pelican.warnings == [
        "index.rst:4: WARNING: no page has an availability table, so this link leads nowhere [stitch.unknown-target]"
    ]
    assert "See <span>" in pelican.output("index.html")
