"""The built page against the facts: expected values come from ``tests/facts``, never from ``data/``.

Where the page differs on purpose, ``tests/facts/decisions.yml`` says why.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import pytest
from conftest import CHECKOUT, TESTS, Project
from decisions import DECISIONS, Difference, decided, types
from docutils import nodes

from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bs4 import BeautifulSoup, Tag

PAGE = "stitch-connect/source-destination-reference"

OBJECTS = json.loads((TESTS / "facts/objects.json").read_text(encoding="utf-8"))
CONNECTIONS = json.loads((TESTS / "facts/connections.json").read_text(encoding="utf-8"))
ROWS = json.loads((TESTS / "facts/published-rows.json").read_text(encoding="utf-8"))
CARDS = json.loads((TESTS / "facts/report-cards.json").read_text(encoding="utf-8"))
LINKS = json.loads((TESTS / "facts/links-to-documentation.json").read_text(encoding="utf-8"))

#: What the API says of the properties of each type, by name.
ANSWERED = {
    card["type"]: {prop["name"]: prop for step in card["steps"] for prop in step["properties"] or ()} for card in CARDS
}

#: The steps of the facts, with the key that holds their properties.
STEPS = {"form": "properties", "oauth": "oauth_properties", "client_credentials": "client_credentials_properties"}

by_key = pytest.mark.parametrize("obj", OBJECTS, ids=[obj["key"] for obj in OBJECTS])


class Row(NamedTuple):
    """A row of the table as a reader sees it."""

    name: str
    version: str | None
    kind: str
    object: str | None


def build_page(folder: Path) -> Project:
    """Build a project with two lines of configuration, and the page as it stands in the documentation."""
    made = Project(folder)
    made.write("conf.py", 'extensions = ["sphinxext_stitch"]\n')
    made.write("index.rst", f"Home\n====\n\n.. toctree::\n\n   {PAGE}\n")
    (made.folder / PAGE).parent.mkdir()
    shutil.copy(CHECKOUT / "docs" / f"{PAGE}.rst", made.folder / f"{PAGE}.rst")
    made.build("html", nitpicky=True)
    return made


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    made = build_page(tmp_path_factory.mktemp("facts"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def page(project: Project) -> BeautifulSoup:
    return project.html(PAGE)


@pytest.fixture(scope="module")
def by_id(page: BeautifulSoup) -> dict[str, Tag]:
    return {tag["id"]: tag for tag in page.select("[id]")}


@pytest.fixture(scope="module")
def rows(page: BeautifulSoup) -> list[Row]:
    return [_row(row) for row in page.select("table.stitch-connections tbody tr:not(.stitch-closing-row)")]


def _row(row: Tag) -> Row:
    name, kind, obj = row.find_all(["th", "td"], recursive=False)
    for badge in name.select(".stitch-badge"):
        badge.extract()
    found = re.fullmatch(r"(.*?)(?: \(v([\w-]+)\))?", name.get_text().strip(), re.DOTALL)
    link = obj.find("a")
    return Row(found[1], found[2], kind.get_text().strip().lower(), link["href"][1:] if link else None)


def _properties(obj: dict, step: str) -> dict[str, dict]:
    """The properties of a step by dotted name."""
    return dict(_flat(obj.get(STEPS[step], []), ""))


def _flat(properties: list[dict], parent: str) -> Iterator[tuple[str, dict]]:
    for prop in properties:
        name = f"{parent}{prop['name']}"
        yield name, prop
        yield from _flat(prop.get("properties", []), f"{name}.")


def _steps(obj: dict) -> list[str]:
    return [step for step, key in STEPS.items() if key in obj]


def _shown(by_id: dict[str, Tag], obj: dict, step: str) -> dict[str, tuple[str, str, str, list[str]]]:
    """What the property table of a step has, by name: type, requirement, description, and flags in order."""
    first = by_id[f"{obj['key']}-{step}"]
    table = first.find("table", class_="stitch-properties") or first.find_next("table", class_="stitch-properties")
    cells = {}
    for row in table.select("tbody tr:not(.stitch-group, .stitch-case)"):
        first, *others = row.find_all(["th", "td"], recursive=False)
        name = first.find("code").get_text()
        kind, required, description = others
        # Long names may break, so a text between two elements can be one word.
        needed = " ".join(required.get_text().split())
        words = (kind.get_text(" ", strip=True), needed, description.get_text(" ", strip=True))
        cells[name] = (*words, [badge.get_text() for badge in row.select(".stitch-flags .stitch-badge")])
    return cells


def test_no_warning(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert project.warnings == []
    assert main(["check", "--strict", str(CHECKOUT / "data")]) == 0
    assert re.fullmatch(r"\d+ objects, \d+ connections: 0 errors, 0 warnings\n", capsys.readouterr().out)


def test_every_published_row(rows: list[Row]) -> None:
    published = {Row(row["name"], row["version"], row["kind"], row["object"]) for row in ROWS}
    assert published <= set(rows)


def test_rows_that_the_published_table_lacks(rows: list[Row]) -> None:
    published = {(row["kind"], row["name"], row["version"]) for row in ROWS}
    more = [row for row in rows if (row.kind, row.name, row.version) not in published]
    known = {(entry["kind"], entry["name"]) for entry in CONNECTIONS}
    known |= {(obj["kind"], obj["name"]) for obj in OBJECTS}
    assert {(row.kind, row.name) for row in more} <= known
    # Objects without a row get one, and so does every connection.
    assert {row.object for row in rows if row.object} == {obj["key"] for obj in OBJECTS}
    names = {(row.kind, row.name) for row in rows}
    # The page named this destination in two ways.
    assert {(entry["kind"], entry["name"]) for entry in CONNECTIONS} - names == {("destination", "BigQuery")}
    assert len(rows) == len(set(rows))


def test_rows_sorted_as_a_reader_looks_for_them(rows: list[Row]) -> None:
    """Without regard to case; signs before numbers, which go by their value, before letters."""

    def rank(part: str) -> tuple[int, int, str]:
        return (1, int(part), "") if part.isdecimal() else (2 if part.isalpha() else 0, 0, part)

    names = [[rank(part) for part in re.findall(r"\d+|\D", row.name.casefold())] for row in rows]
    assert names == sorted(names)


def test_unavailable_connections_say_so(page: BeautifulSoup) -> None:
    marked = {
        abbreviation.find_parent("tr").find("th").get_text().partition(" (v")[0]
        for abbreviation in page.select("abbr.stitch-unavailable")
    }
    expected = {row["name"] for row in ROWS if row["object"] is None}
    assert marked >= expected
    assert marked - expected == {"Doorbell.io"}
    tips = {(tag.text, tag["title"]) for tag in page.select("abbr.stitch-unavailable")}
    assert tips == {("Unsupported", "Not available in Connect")}


@by_key
def test_section(by_id: dict[str, Tag], obj: dict) -> None:
    section = by_id[obj["key"]]
    title = section.find(re.compile("h[1-6]"), recursive=False)
    assert title.contents[0] == f"The {obj['name']} {obj['kind']} connection property object"
    summary = section.find("dl", class_="stitch-summary").get_text(" ", strip=True)
    assert obj["type"] in summary
    assert obj["kind"].capitalize() in summary


#: Where the facts are wrong themselves: the links of these lead to the pages of other connections.
WRONG_DOCS = {"source-form-properties-import-api-object", "source-form-properties-stripe-object"}


@by_key
def test_documentation_link(by_id: dict[str, Tag], obj: dict) -> None:
    links = {link["href"] for link in by_id[obj["key"]].select("dl.stitch-summary a")}
    assert (obj["docs"] in links) is (obj["key"] not in WRONG_DOCS)


def is_set_by_stitch(obj: dict, prop: dict) -> bool:
    """Whether Stitch sets a top property, by the facts or by what is decided."""
    return prop.get("read-only", False) or Difference("read-only", prop["name"]) in decided("page", obj["type"])


@by_key
def test_properties(by_id: dict[str, Tag], obj: dict) -> None:
    differences = []
    for step in _steps(obj):
        expected = _properties(obj, step)
        if not expected:
            assert "has no properties" in by_id[obj["key"]].get_text()
            continue
        shown = _shown(by_id, obj, step)
        assert shown.keys() >= expected.keys()
        # What the published page lacks, the API has.
        assert shown.keys() - expected.keys() <= ANSWERED.get(obj["type"], {}).keys()
        for name, prop in expected.items():
            assert f"{obj['key']}.{step}.{name}" in by_id
            if condition := re.match(r"if (?!chosen)(\S+) is", shown[name][1]):
                # A condition is on a property beside it, or on what it is a member of.
                assert {condition[1], f"{name.removesuffix(prop['name'])}{condition[1]}"} & expected.keys()
            differences += [Difference(what, name) for what in _differences(prop, shown[name])]
    assert sorted(differences) == sorted(decided("page", obj["type"]))


def _differences(prop: dict, shown: tuple[str, str, str, list[str]]) -> Iterator[str]:
    """What the page says in another way than the facts, of one property."""
    kind, required, _description, flags = shown
    if kind.removesuffix(" of string").removesuffix(" of object") != prop["type"].replace("/", " or "):
        yield "types"
    # Of a member, that it is required holds if what it is a member of is sent.
    if (
        required not in ("leave out", "never send")
        and bool(re.fullmatch(r"required|unless supplied|in each item|if \S+ is sent", required))
        is not prop["required"]
    ):
        yield "required"
    yield from (
        flag for flag in ("read-only", "internal", "deprecated") if (flag in flags) is not prop.get(flag, False)
    )


def test_decisions_are_about_objects_of_the_page() -> None:
    assert types("page") <= {obj["type"] for obj in OBJECTS}


def _condition(required: str) -> tuple[str, str]:
    """The property and value of a condition, as in “if a is b”."""
    found = re.fullmatch(r'if (\S+) is "(\S+)"', required)
    return found[1], found[2]


def test_conditions_that_the_published_descriptions_name(by_id: dict[str, Tag]) -> None:
    found = set()
    for obj in OBJECTS:
        properties = _properties(obj, "form")
        for name, prop in properties.items():
            for span in prop.get("code_spans", []):
                other, colon, value = span.partition(": ")
                if colon and other in properties:
                    assert _condition(_shown(by_id, obj, "form")[name][1]) == (other, value)
                    found.add(span)
    assert found == {"ssh: true", "ssl_client_auth_enabled: true"}


@by_key
def test_every_property_is_described(by_id: dict[str, Tag], obj: dict) -> None:
    for step in _steps(obj):
        for name in _properties(obj, step):
            *_rest, description, _flags = _shown(by_id, obj, step)[name]
            assert len(description.split()) >= 5, name


#: Names of credentials; the facts mark those of OAuth steps only.
SECRET = re.compile(r"(^|_)(password|secret|secret_key|private_key|api_key|api_token|auth_token|access_token|jwt)$")


@by_key
def test_secrets_are_marked(by_id: dict[str, Tag], obj: dict) -> None:
    for step in _steps(obj):
        for name, prop in _properties(obj, step).items():
            # The API says of two that have such a name that it returns them.
            answer = ANSWERED.get(obj["type"], {}).get(name, {})
            if prop.get("credential") or (SECRET.search(name) and answer.get("is_credential", True)):
                *_rest, flags = _shown(by_id, obj, step)[name]
                assert "secret" in flags, name


@by_key
def test_examples(by_id: dict[str, Tag], obj: dict) -> None:
    kinds = {
        "string": str,
        "integer": int,
        "boolean": bool,
        "array": list,
        "object": dict,
        "string/integer": (str, int),
    }
    for step in _steps(obj):
        place = by_id[f"{obj['key']}-{step}-example-usage"]
        body = json.loads(place.find_next("pre").get_text())
        sent = {prop["name"]: prop for prop in obj[STEPS[step]] if not is_set_by_stitch(obj, prop)}
        decisions = decided("page", obj["type"])
        omitted = {name for name, prop in sent.items() if prop.get("internal")}
        omitted |= {each.name for each in decisions if each.what in ("internal", "deprecated")}
        assert not omitted & body.keys()
        missing = sent.keys() - omitted - body.keys()
        assert missing == _of_other_sets(by_id, obj, step) | (_without_effect(obj) & sent.keys())
        assert body.keys() - sent.keys() <= ANSWERED.get(obj["type"], {}).keys()
        for name in body.keys() & sent.keys() - {difference.name for difference in decisions}:
            assert isinstance(body[name], kinds[sent[name]["type"]]), name
            if isinstance(body[name], dict):
                assert body[name].keys() == {
                    prop["name"] for prop in sent[name]["properties"] if not prop.get("read-only")
                }


def _without_effect(obj: dict) -> set[str]:
    """What makes other properties of an example ineffective, or is so itself."""
    scheduled = [entry.get("anchor_scheduling") for entry in CONNECTIONS if entry.get("type") == obj["type"]]
    return {"cron_expression", *(["anchor_time"] if scheduled == [False] else [])}


def _of_other_sets(by_id: dict[str, Tag], obj: dict, step: str) -> set[str]:
    """The properties that stand in another set of a choice than the first, if only one of the sets can be sent."""
    choices = by_id.get(f"{obj['key']}-{step}-choices")
    if choices and "exactly one" not in choices.get_text():
        return set()
    items = choices.find_next("ul").find_all("li")[1:] if choices else []
    return {name.get_text() for item in items for name in item.find_all("code")}


#: Defaults that the published descriptions state.
DEFAULTS = {
    "platform.quickbooks": {"max_results": "100"},
    "platform.saasoptics": {"date_window_size": "60"},
    "platform.slack": {"join_public_channels": "true", "private_channels": "true"},
    "platform.square": {"sandbox": "false"},
}

#: The minutes between two extractions, in the words of the facts.
MINUTES = {
    "30 minutes": "30",
    "60 minutes": "60",
    "1 hour": "60",
    "6 hours": "360",
    "12 hours": "720",
    "24 hours": "1440",
}


@by_key
def test_defaults(by_id: dict[str, Tag], obj: dict) -> None:
    expected = dict(DEFAULTS.get(obj["type"], {}))
    frequencies = {
        entry["frequency"] for entry in CONNECTIONS if entry.get("type") == obj["type"] and "frequency" in entry
    }
    if frequencies and "frequency_in_minutes" in _properties(obj, "form"):
        [expected["frequency_in_minutes"]] = {MINUTES[frequency] for frequency in frequencies}
    for name, default in expected.items():
        row = _row_of(by_id, obj, "form", name)
        shown = json.dumps(str(default)) if row.find_all("td")[0].get_text() == "string" else default
        assert f"Default: {shown}" in row.get_text(), name


def _row_of(by_id: dict[str, Tag], obj: dict, step: str, name: str) -> Tag:
    """The row of a property in the table of a step."""
    return by_id[f"{obj['key']}.{step}.{name}"].find_parent("tr")


#: What the reference has in place of published links that lead nowhere; None if it has none.
MENDED = {link: mended for decision in DECISIONS["links"] for link, mended in decision["links"].items()}


@by_key
def test_links_to_documentation(by_id: dict[str, Tag], obj: dict) -> None:
    section = by_id[obj["key"]]
    missing = []
    for entry in LINKS["of_objects"]:
        link = MENDED.get(entry["link"], entry["link"])
        if entry["object"] == obj["key"] and link is not None:
            where = _row_of(by_id, obj, entry["step"], entry["property"]) if entry["property"] else section
            missing += [] if where.select(f'a[href="{link}"]') else [(entry["property"], link)]
    for entry in LINKS["of_shared_properties"]:
        if entry["property"] in _properties(obj, "form"):
            row = _row_of(by_id, obj, "form", entry["property"])
            missing += [] if row.select(f'a[href="{entry["link"]}"]') else [(entry["property"], entry["link"])]
    assert missing == []


def test_mended_links_are_published_ones() -> None:
    assert MENDED.keys() <= {entry["link"] for entry in LINKS["of_objects"]}


@by_key
def test_way_back_after_every_example(by_id: dict[str, Tag], obj: dict) -> None:
    back = by_id[obj["key"]].select("p.stitch-back a")
    examples = by_id[obj["key"]].select(".stitch-examples")
    assert len(examples) >= len(_steps(obj))
    assert [link["href"] for link in back] == ["#connection-table"] * len(examples)
    assert {link.get_text() for link in back} == {"Back to connection property object search"}


several_steps = [obj for obj in OBJECTS if len(_steps(obj)) > 1]


@pytest.mark.parametrize("obj", several_steps, ids=[obj["key"] for obj in several_steps])
def test_further_steps(by_id: dict[str, Tag], obj: dict) -> None:
    steps = _steps(obj)
    section = by_id[obj["key"]]
    assert [link["href"] for link in section.select("ol.stitch-steps a")] == [f"#{obj['key']}-{step}" for step in steps]
    for step in steps[1:]:
        part = by_id[f"{obj['key']}-{step}"]
        assert part.find("a", href=obj[f"{step}_link"])
        assert f"PUT /v4/{obj['kind']}s/{{{obj['kind']}_id}}" in part.find(class_="stitch-endpoint").get_text()


@pytest.mark.parametrize("obj", [obj for obj in OBJECTS if "deprecated" in obj], ids=lambda obj: obj["key"])
def test_deprecations(by_id: dict[str, Tag], obj: dict) -> None:
    stated = by_id[obj["key"]].find(class_="stitch-deprecated")
    replacement = next(other for other in OBJECTS if other["type"] == obj["deprecated"]["use-instead"])
    assert iso_date(obj["deprecated"]["as-of"]) in stated.get_text()
    assert stated.find("a")["href"] == f"#{replacement['key']}"


def iso_date(date: str | None) -> str | None:
    """A date of the facts, as in “July 26th, 2023” or “Feb 26, 2026”."""
    if date in (None, "tbd"):
        return None
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)", "", date)
    month, rest = plain.split(" ", 1)
    return datetime.strptime(f"{month[:3]} {rest}", "%b %d, %Y").date().isoformat()  # noqa: DTZ007 - a day has no time zone


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["object"]], ids=lambda row: f"{row['kind']}-{row['name']}-{row['version']}"
)
def test_history(by_id: dict[str, Tag], row: dict) -> None:
    entry = next(
        entry for entry in CONNECTIONS if all(entry[field] == row[field] for field in ("kind", "name", "version"))
    )
    summary = by_id[row["object"]].find("dl", class_="stitch-summary").get_text(" ", strip=True)
    for version in entry.get("versions", []):
        assert f"v{version['version']}" in summary
        for date in ("released", "deprecated", "last_new_connection", "sunset"):
            assert (iso_date(version.get(date)) or "") in summary


def test_published_anchors(by_id: dict[str, Tag]) -> None:
    anchors = {
        "basics",
        "what-are-connection-property-objects",
        "connection-property-types",
        "search-connection-properties",
        "all-form-properties",
    }
    for obj in OBJECTS:
        anchors.add(obj["key"])
        for step in obj["examples"]:
            anchors |= {f"{obj['key']}-{step}", f"{obj['key']}-{step}-example-usage"}
    assert anchors <= by_id.keys()


def test_no_id_twice(page: BeautifulSoup) -> None:
    count = Counter(tag["id"] for tag in page.select("[id]"))
    assert [name for name, times in count.items() if times > 1] == []


def test_no_dead_link_in_the_page(page: BeautifulSoup, by_id: dict[str, Tag]) -> None:
    targets = {link["href"][1:] for link in page.select("a[href^='#']")} - {""}
    assert targets - by_id.keys() == set()
    assert len(targets) > len(OBJECTS)


def test_no_hole_in_a_sentence(page: BeautifulSoup) -> None:
    text = re.sub(r"\s+", " ", page.get_text())
    assert re.findall(r".{30} from \..{10}|\{\{.{20}|TODO|\bNone\b", text) == []


def test_endpoints(page: BeautifulSoup) -> None:
    rows = page.select("table.stitch-endpoints tbody tr")
    assert [row.find("td").get_text().strip() for row in rows] == [
        "POST /v4/destinations",
        "PUT /v4/destinations/{destination_id}",
        "POST /v4/sources",
        "PUT /v4/sources/{source_id}",
    ]
    assert all(row.find("td").find("a", class_="external") for row in rows)


def test_sidebar_lists_the_objects(project: Project) -> None:
    links = project.app.env.tocs[PAGE].findall(nodes.reference)
    titles = {link["anchorname"].removeprefix("#"): link.astext() for link in links}
    for obj in OBJECTS:
        assert titles[obj["key"]] in (obj["name"], f"{obj['name']} {obj['kind']}")


def test_list_of_all_objects(page: BeautifulSoup) -> None:
    items = page.select("ul.stitch-objects li")
    assert {item.find("a")["href"][1:] for item in items} == {obj["key"] for obj in OBJECTS}
    assert all(item.find(class_="stitch-badge").get_text() in ("Source", "Destination") for item in items)
