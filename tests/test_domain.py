"""Everything has a name: for roles, other projects, the general index and the search."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.ext.intersphinx import inspect_main

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project

BROOK = "index.html#source-form-properties-brook-object"

#: What other projects call the object by.
TYPE = "river.brook"

#: What the roles lead to, and the text that they show.
LINKS = {
    ":stitch:object:`river.brook`": (BROOK, "river.brook"),
    ":stitch:object:`source/brook`": (BROOK, "source/brook"),
    ":stitch:object:`~source/brook`": (BROOK, "brook"),
    ":stitch:object:`the brook <river.brook>`": (BROOK, "the brook"),
    ":stitch:object:`!river.brook`": (None, "river.brook"),
    ":stitch:prop:`river.brook.depth`": (f"{BROOK}.base.depth", "river.brook.depth"),
    ":stitch:prop:`source/brook.depth`": (f"{BROOK}.base.depth", "source/brook.depth"),
    ":stitch:prop:`~river.brook.nets.mesh`": (f"{BROOK}.base.nets.mesh", "mesh"),
    ":stitch:prop:`~river.brook.verify.code`": (f"{BROOK}.verify.code", "code"),
    ":stitch:prop:`how deep <river.brook.base.depth>`": (f"{BROOK}.base.depth", "how deep"),
    ":stitch:endpoint:`sources.create`": ("index.html#endpoint-sources.create", "sources.create"),
    ":stitch:endpoint:`endpoint/sources.create`": (
        "index.html#endpoint-sources.create",
        "endpoint/sources.create",
    ),
    ":stitch:endpoint:`~sources.create`": ("index.html#endpoint-sources.create", "create"),
    ":stitch:conn:`geyser`": ("index.html#connection-source-geyser", "geyser"),
    ":stitch:conn:`source/brook`": ("index.html#connection-source-brook", "source/brook"),
    ":stitch:conn:`river.brook`": ("index.html#connection-source-brook", "river.brook"),
    ":stitch:conn:`!geyser`": (None, "geyser"),
    ":any:`river.brook`": (BROOK, "river.brook"),
    ":any:`river.brook.depth`": (f"{BROOK}.base.depth", "river.brook.depth"),
    ":any:`sources.create`": ("index.html#endpoint-sources.create", "sources.create"),
    ":any:`geyser`": ("index.html#connection-source-geyser", "geyser"),
}


def _links(project: Project, page: str, roles: list[str]) -> list[tuple[str | None, str]]:
    """Where the roles of a page lead, and their texts."""
    items = project.html(page).select("#links li")
    assert len(items) == len(roles)
    return [(item.a and item.a["href"], item.get_text().strip()) for item in items]


def test_roles(pelican: Project) -> None:
    pelican.write("links.rst", "Links\n=====\n\n" + "\n".join(f"- {role}" for role in LINKS))
    pelican.write(
        "index.rst", (pelican.folder / "index.rst").read_text(encoding="utf-8").replace("guide", "guide\n   links")
    )
    pelican.build(nitpicky=True)
    assert pelican.warnings == []
    assert dict(zip(LINKS, _links(pelican, "links", list(LINKS)), strict=True)) == LINKS


def test_a_property_with_dots_in_its_name(catalogue_project: Project) -> None:
    """Its links resolve; one that does not is reported once, with its column."""
    catalogue_project.write(
        "data/sources/bad.yml",
        "name: Bad\ntype: test.bad\nproperties:\n  - {name: acme.kafka.max.retries, type: integer, required_if: {a.b: x}}\n"
        "  - {name: a.b, type: string}\n"
        "description: '[It](stitch:test.bad.acme.kafka.max.retries) [not](stitch:test.bad.acme.kafka)'\n",
    )
    catalogue_project.write(
        "index.rst", "Test\n====\n\n:stitch:prop:`bad.acme.kafka.max.retries`\n\n.. connection-property::\n"
    )
    catalogue_project.build(nitpicky=True)
    assert catalogue_project.warnings == [
        "data/sources/bad.yml:6: WARNING: column 14: there is no object, property, endpoint or connection “test.bad.acme.kafka”; "
        "did you mean “test.bad.acme.kafka.max.retries” or “test.bad.a.b”? [stitch.unknown-target]"
    ]
    anchor = "source-form-properties-bad-object.form.acme.kafka.max.retries"
    links = [
        a["href"] for a in catalogue_project.html().select("a.reference.internal") if a["href"].endswith("retries")
    ]
    assert links == [f"#{anchor}", f"#{anchor}"]
    assert catalogue_project.html().find(id=anchor)


def test_roles_from_myst(pelican: Project) -> None:
    pelican.write("links.md", "# Links\n\n- {stitch:prop}`depth <river.brook.depth>`\n- {stitch:conn}`geyser`\n")
    pelican.write(
        "index.rst", (pelican.folder / "index.rst").read_text(encoding="utf-8").replace("guide", "guide\n   links")
    )
    pelican.build(nitpicky=True)
    assert pelican.warnings == []
    assert _links(pelican, "links", ["", ""]) == [
        (f"{BROOK}.base.depth", "depth"),
        ("index.html#connection-source-geyser", "geyser"),
    ]


#: Links that lead nowhere, and what is said of them where the project is nitpicky.
DANGLING = {
    ":stitch:object:`river.brok`": (
        "there is no object “river.brok”; did you mean “river.brook” or “river.creek”? [stitch.unknown-target]"
    ),
    ":stitch:object:`brook`": (
        "“brook” is the key of more than one object; write “destination/brook” or “source/brook” [stitch.unknown-target]"
    ),
    ":stitch:prop:`river.brook.dept`": (
        "there is no property “river.brook.dept”; did you mean “river.brook.depth”, “river.brook.nets” or "
        "“river.brook.code”? [stitch.unknown-target]"
    ),
    ":stitch:prop:`pond.lake`": "there is no property “pond.lake”; did you mean “pond.lake.shore”? [stitch.unknown-target]",
    ":stitch:prop:`pond.lak.shore`": (
        "there is no property “pond.lak.shore”; did you mean “pond.lake”? [stitch.unknown-target]"
    ),
    ":stitch:endpoint:`sources.creat`": (
        "there is no endpoint “sources.creat”; did you mean “sources.create” or “sources.verify”? [stitch.unknown-target]"
    ),
    ":stitch:endpoint:`sources.verify`": (
        "no page shows the endpoint “sources.verify”, so this link leads nowhere [stitch.not-shown]"
    ),
    ":stitch:conn:`geysir`": "there is no connection “geysir”; did you mean “geyser”? [stitch.unknown-target]",
    ":stitch:conn:`Geyser`": "there is no connection “Geyser”; did you mean “source/geyser”? [stitch.unknown-target]",
    ":stitch:conn:`brook`": (
        "“brook” is the name of more than one connection; write “destination/brook” or “source/brook” "
        "[stitch.unknown-target]"
    ),
    ":stitch:conn:`geyser`": "no page shows the connection “geyser”, so this link leads nowhere [stitch.not-shown]",
    ":stitch:object:`pond.lake`": "no page shows the object “pond.lake”, so this link leads nowhere [stitch.not-shown]",
}


def test_dangling_links(pelican: Project) -> None:
    """Two that exist are on no page: the page shows the sources of the API only, and no endpoints of theirs."""
    pelican.write("guide.md", "# Guide\n")
    pelican.write(
        "index.rst",
        "Links\n=====\n\n.. toctree::\n\n   guide\n\n.. connection-table::\n   :availability: available\n\n"
        ".. connection-property:: source/brook\n\nMore\n====\n\n" + "\n\n".join(DANGLING),
    )
    pelican.build(nitpicky=True)
    first = (pelican.folder / "index.rst").read_text(encoding="utf-8").splitlines().index(next(iter(DANGLING))) + 1
    expected = [f"index.rst:{first + 2 * at}: WARNING: {text}" for at, text in enumerate(DANGLING.values())]
    links = [line for line in pelican.warnings if "in this table" not in line]
    assert links == expected


def test_nitpick_ignore(pelican: Project) -> None:
    pelican.write("guide.md", "# Guide\n\n{stitch:object}`river.brok`\n")
    pelican.build(nitpicky=True, nitpick_ignore=[("stitch:object", "river.brok")])
    assert pelican.warnings == []


def test_other_projects_link_here(pelican: Project, make_project: Callable[..., Project]) -> None:
    """The second project has a catalogue of its own, which knows nothing of these names."""
    inventory = str(Path(pelican.build().outdir) / "objects.inv")
    pelican.close()
    roles = [
        *(role for role, (address, _text) in LINKS.items() if address and TYPE in role and "any" not in role),
        ":stitch:endpoint:`sources.create`",
        ":stitch:conn:`geyser`",
        ":external+pelican:stitch:prop:`river.brook.depth`",
        ":external:stitch:object:`river.brook`",
        ":ref:`source-form-properties-brook-object-verify`",
    ]
    other = make_project()
    other.write(
        "conf.py",
        'extensions = ["sphinx.ext.intersphinx", "sphinxext_stitch"]\nstitch_data_path = "data"\n',
    )
    other.write("data/api.yml", "name: Other\nsteps: {form: {title: Properties}}\n")
    other.write("data/sources/good.yml", "name: Good\ntype: test.good\n")
    other.write("index.rst", "Links\n=====\n\n" + "\n".join(f"- {role}" for role in roles))
    other.build(nitpicky=True, intersphinx_mapping={"pelican": ("https://pelican.example/docs", inventory)})
    assert other.warnings == []
    addresses = [address for address, _text in _links(other, "index", roles)]
    assert addresses[:-3] == [f"https://pelican.example/docs/{LINKS[role][0]}" for role in roles[:-3]]
    assert addresses[-3:] == [
        f"https://pelican.example/docs/{BROOK}.base.depth",
        f"https://pelican.example/docs/{BROOK}",
        f"https://pelican.example/docs/{BROOK}-verify",
    ]


def test_inventory_has_everything(built_pelican: Project, capsys: pytest.CaptureFixture[str]) -> None:
    inspect_main([str(Path(built_pelican.app.outdir) / "objects.inv")])
    listed = capsys.readouterr().out
    ids = {element["id"] for element in built_pelican.html().select("[id]")}
    beginnings = ("connection-source", "connection-destination", "endpoint-", "source-form", "destination-form")
    ours = {name for name in ids if name.startswith(beginnings)}
    assert ours
    assert {name for name in ours if f"#{name}" not in listed} == set()


def test_general_index(built_pelican: Project) -> None:
    page = built_pelican.html("genindex")
    entries = {
        entry.find(string=True).strip(): {link.get_text(): link["href"] for link in entry.select("ul a")}
        for entry in page.select(".genindextable > tr > td > ul > li")
    }
    assert entries["nets.mesh"] == {"Brook source": f"{BROOK}.base.nets.mesh"}
    assert entries["Add a river"] == {"endpoint": "index.html#endpoint-sources.create"}
    assert entries["Brook"] == {
        "destination connection": "index.html#connection-destination-brook",
        "destination connection property object": "index.html#destination-form-properties-brook-object",
        "source connection": "index.html#connection-source-brook",
        "source connection property object": BROOK,
    }


def test_search_has_each_thing_once(built_pelican: Project) -> None:
    search = json.loads(built_pelican.output("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")"))
    found = {
        f"{prefix}.{name}" if prefix else name: (search["objnames"][str(kind)][2], anchor)
        for prefix, entries in search["objects"].items()
        for _page, kind, _priority, anchor, name in entries
    }
    assert found["nets.mesh (Brook source)"] == ("connection property", f"{BROOK.partition('#')[2]}.base.nets.mesh")
    assert found["Brook source, river.brook"] == (
        "connection property object",
        BROOK.partition("#")[2],
    )
    assert found["Geyser source"] == ("connection", "connection-source-geyser")
    assert found["Add a river"] == ("endpoint", "endpoint-sources.create")
    assert search["indexentries"] == {}


def test_results_of_the_search_lead_somewhere(built_pelican: Project) -> None:
    """Sphinx shortens an anchor to “-” if it is made of type and name; its script makes it of the title then."""
    search = json.loads(built_pelican.output("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")"))
    anchors = {
        (page, {"": name, "-": f"{search['objnames'][str(kind)][1]}-{name}"}.get(anchor, anchor))
        for entries in search["objects"].values()
        for page, kind, _priority, anchor, name in entries
    }
    assert {kind for _domain, kind, _title in search["objnames"].values()} == {
        "object",
        "property",
        "connection",
        "endpoint",
    }
    ids = {
        (number, tag["id"])
        for number, page in enumerate(search["docnames"])
        for tag in built_pelican.html(page).select("[id]")
    }
    assert anchors - ids == set()


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub"])
def test_every_property_has_its_id_in_html(pelican: Project, builder: str) -> None:
    pelican.build(builder)
    page = pelican.output("index.xhtml" if builder == "epub" else "index.html")
    assert page.count(f'id="{BROOK.partition("#")[2]}.base.nets.mesh"') == 1


EARLY = """
def setup(app):
    app.connect("config-inited", lambda app, config: setattr(app, "early", []))
    app.connect("builder-inited", ask, priority=1)

def ask(app):
    app.early = list(app.env.get_domain("stitch").get_objects())
"""


def test_objects_before_the_catalogue_is_loaded(catalogue_project: Project) -> None:
    """Another extension may ask for them as soon as there is an environment: then they are those of the last build."""
    conf = catalogue_project.folder / "conf.py"
    catalogue_project.write("conf.py", conf.read_text(encoding="utf-8") + EARLY)
    catalogue_project.build()
    assert catalogue_project.app.early == []
    catalogue_project.build()
    assert "test.good" in [name for name, *_others in catalogue_project.app.early]
    assert catalogue_project.warnings == []


#: A container that knows which modules have looked at what is in it.
WATCHED = """
import sys
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

class watched(nodes.container):
    seen = set()

    @property
    def children(self):
        self.seen.add(sys._getframe(1).f_globals["__name__"])
        return self.__dict__["inner"]

    @children.setter
    def children(self, inner):
        self.__dict__["inner"] = inner

class Watched(SphinxDirective):
    def run(self):
        return [watched("", nodes.paragraph("", "Text"))]

def setup(app):
    app.add_node(watched)
    app.add_directive("watched", Watched)
"""


@pytest.mark.parametrize("builder", ["html", "text"])
def test_pages_without_anything_of_ours_are_not_searched(
    catalogue_project: Project, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    conf = (catalogue_project.folder / "conf.py").read_text(encoding="utf-8")
    catalogue_project.write("watched_container.py", WATCHED)
    catalogue_project.write("conf.py", conf + 'extensions.append("watched_container")\n')
    monkeypatch.syspath_prepend(catalogue_project.folder)
    monkeypatch.delitem(sys.modules, "watched_container", raising=False)
    catalogue_project.write("index.rst", "Test\n====\n\n.. toctree::\n\n   plain\n   ours\n")
    catalogue_project.write("plain.rst", "Plain\n=====\n\n.. watched::\n")
    catalogue_project.write("ours.rst", "Ours\n====\n\n.. connection-table::\n")
    catalogue_project.build(builder)
    seen = sys.modules["watched_container"].watched.seen
    assert "docutils.nodes" in seen
    assert {name for name in seen if name.startswith("sphinxext_stitch")} == set()
