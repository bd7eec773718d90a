"""What the reference says about the API, against the facts and nothing else.

``test_facts`` compares names, types and flags; here are the sentences, rows and examples.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from conftest import CHECKOUT, TESTS
from decisions import Difference, decided
from jsonschema import Draft202012Validator
from test_facts import CONNECTIONS, OBJECTS, PAGE, STEPS, build_page, by_key, is_set_by_stitch, iso_date

from sphinxext_stitch.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from bs4 import BeautifulSoup, Tag

CARDS = json.loads((TESTS / "facts/report-cards.json").read_text(encoding="utf-8"))

DOCS = "https://www.stitchdata.com/docs"
GUIDES = f"{DOCS}/developers/stitch-connect/guides"
OAUTH_GUIDE = f"{GUIDES}/configure-oauth-for-a-source-with-stitch-connect"

#: The properties of each type in its report card, by step and name.
IN_CARDS = {
    (card["kind"], card["type"]): {
        step["type"]: {prop["name"]: prop for prop in step["properties"]} for step in card["steps"]
    }
    for card in CARDS
}

with_oauth = pytest.mark.parametrize(
    "obj", [obj for obj in OBJECTS if "oauth_properties" in obj], ids=lambda obj: obj["key"]
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    project = build_page(tmp_path_factory.mktemp("reference"))
    project.close()
    return project.html(PAGE)


@pytest.fixture(scope="module")
def by_id(page: BeautifulSoup) -> dict[str, Tag]:
    return {tag["id"]: tag for tag in page.select("[id]")}


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _links(tag: Tag) -> set[str]:
    return {link["href"] for link in tag.select("a[href]")}


def _steps(obj: dict) -> list[str]:
    return [step for step, key in STEPS.items() if key in obj]


def _row(by_id: dict[str, Tag], obj: dict, step: str, name: str) -> Tag:
    return by_id[f"{obj['key']}.{step}.{name}"].find_parent("tr")


def _examples(by_id: dict[str, Tag], obj: dict, step: str) -> list[dict[str, Any]]:
    """The full and the minimal example of a step, which can be the same."""
    first = by_id[f"{obj['key']}-{step}-example-usage"].find_next("div", class_="stitch-examples")
    shown = [json.loads(block.get_text()) for block in first.select("pre")]
    return [shown[0], shown[-1]]


def _definition(tag: Tag, term: str) -> str:
    """The text below a term of a list of definitions."""
    return next(_text(entry.find_next("dd")) for entry in tag.find_all("dt") if _text(entry) == term)


# OAuth is optional.


@with_oauth
def test_oauth_is_optional(by_id: dict[str, Tag], obj: dict) -> None:
    step = by_id[f"{obj['key']}-oauth"]
    text = _text(step)
    assert "only if you run the service’s OAuth flow yourself" in text
    assert "Stitch runs it with its own client credentials" in text
    assert "together with the form properties, in one POST or PUT" in text
    assert OAUTH_GUIDE in _links(step)
    steps = [_text(item) for item in by_id[obj["key"]].select("ol.stitch-steps li")]
    assert [item.partition(":")[0] for item in steps] == ["Form properties", "OAuth properties (optional)"]


def test_the_page_says_that_oauth_is_optional(by_id: dict[str, Tag]) -> None:
    part = by_id["connection-property-types"].find_parent("section")
    text = _definition(part, "oauth")
    assert "optional" in text
    assert "Stitch runs it with its own client credentials" in text
    assert "one POST or PUT request" in text
    assert OAUTH_GUIDE in _links(part)


@pytest.mark.parametrize("name", ["TikTok Ads", "Snapchat Ads", "Outreach"])
def test_how_connections_without_oauth_properties_are_authorized(by_id: dict[str, Tag], name: str) -> None:
    [obj] = [obj for obj in OBJECTS if obj["name"] == name]
    assert "oauth" not in _steps(obj)
    section = by_id[obj["key"]]
    assert "authorizes the connection by OAuth" in _text(section)
    assert OAUTH_GUIDE in _links(section)


# What “required” means.


@by_key
def test_the_note_says_what_required_means(by_id: dict[str, Tag], obj: dict) -> None:
    notes = [_text(note) for note in by_id[obj["key"]].select(".stitch-note")]
    assert len(notes) == len(by_id[obj["key"]].select("table.stitch-properties"))
    assert all(note.startswith("Properties marked as required are needed to complete the step") for note in notes)
    minimal = {_text(line) for line in by_id[obj["key"]].select(".stitch-minimal")}
    assert minimal <= {"Minimal: only what completes the step."}


def test_the_page_says_what_required_means(by_id: dict[str, Tag]) -> None:
    text = _definition(by_id["connection-property-types"].find_parent("section"), "required")
    assert "Needed to complete the step" in text
    assert "the connection can be created, and stays at that step" in text
    assert "An update may send single properties" in text


def test_exported_data_say_what_required_means(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(CHECKOUT / "data")]) == 0
    form, oauth, _client_credentials = json.loads(capsys.readouterr().out)["api"]["steps"]
    assert "Until all required properties are there, the connection stays at this step" in " ".join(
        form["sentence"].split()
    )
    assert form["required"]
    assert not oauth["required"]


#: What a sentence says that has the API refuse a request.
REFUSAL = re.compile(
    r"[^.]*\b(API|Connect|Stitch|requests?)\b[^.]*\b(refus\w*|reject\w*|fails? with|den(y|ies)|must be sent)\b[^.]*"
)


def test_the_api_refuses_only_what_facts_say_that_it_does(page: BeautifulSoup, by_id: dict[str, Tag]) -> None:
    said = {
        f"{obj['key']}.{step}.{prop['name']}"
        for obj in OBJECTS
        for step in _steps(obj)
        for prop in obj[STEPS[step]]
        if "InvalidProperties" in _text(_row(by_id, obj, step, prop["name"]))
    }
    of_facts = {
        f"{obj['key']}.{step}.{prop['name']}"
        for obj in OBJECTS
        for step in _steps(obj)
        for prop in obj[STEPS[step]]
        if "InvalidProperties" in prop.get("code_spans", [])
    }
    assert said == of_facts
    found = {match[0].strip() for match in REFUSAL.finditer(_text(page.find("main") or page))}
    # Servers refuse connections, which is not a matter of the API.
    refused = {sentence for sentence in found if "server" not in sentence and "InvalidProperties" not in sentence}
    assert refused == set()
    assert REFUSAL.search("The API refuses the request when the property is not in it.")


# Schedules.


def _scheduling(obj: dict, field: str) -> bool:
    """Whether connections of a type can be scheduled in a way."""
    known = {entry[field] for entry in CONNECTIONS if entry.get("type") == obj["type"] and field in entry}
    assert len(known) <= 1
    return known != {False}


sources = [obj for obj in OBJECTS if obj["kind"] == "source" and obj["properties"]]
by_source = pytest.mark.parametrize("obj", sources, ids=[obj["key"] for obj in sources])


@by_source
def test_schedules(by_id: dict[str, Tag], obj: dict) -> None:
    for name, field in (("cron_expression", "cron_scheduling"), ("anchor_time", "anchor_scheduling")):
        text = _text(_row(by_id, obj, "form", name))
        assert ("Ignored: " in text) is not _scheduling(obj, field)
    text = _text(_row(by_id, obj, "form", "frequency_in_minutes"))
    assert ("Ignored when cron_expression is set" in text) is _scheduling(obj, "cron_scheduling")
    full, minimal = _examples(by_id, obj, "form")
    assert "cron_expression" not in full.keys() | minimal.keys()
    assert "frequency_in_minutes" in full
    assert ("anchor_time" in full) is _scheduling(obj, "anchor_scheduling")


def test_sources_that_ignore_cron() -> None:
    ignoring = {obj["type"] for obj in sources if not _scheduling(obj, "cron_scheduling")}
    names = (
        "bing-ads doubleclick-campaign-manager facebook harvest harvest-forecast heap helpscout listrak zendesk-chat"
    )
    assert ignoring == {f"platform.{name}" for name in names.split()}


# Examples.


def _is_placeholder(value: object) -> bool:
    return "<" in json.dumps(value)


def _of_cards(obj: dict, step: str) -> dict[str, dict]:
    """What the report card has of the properties of a step; some are in another one there."""
    steps = IN_CARDS.get((obj["kind"], obj["type"]), {})
    return {name: prop for part in (*steps.values(), steps.get(step, {})) for name, prop in part.items()}


@by_key
def test_minimal_examples_complete_their_step(by_id: dict[str, Tag], obj: dict) -> None:
    for step in _steps(obj):
        _full, minimal = _examples(by_id, obj, step)
        cards = _of_cards(obj, step)
        needed = {
            prop["name"]
            for prop in obj[STEPS[step]]
            # Stitch supplies some of the OAuth properties; internal ones are not for clients.
            if prop["required"]
            and not is_set_by_stitch(obj, prop)
            and not prop.get("internal")
            and Difference("internal", prop["name"]) not in decided("page", obj["type"])
            and cards.get(prop["name"], {}).get("property_type") != "system_provided_by_default"
        }
        assert needed <= minimal.keys()


@by_key
def test_examples_are_what_the_api_takes(by_id: dict[str, Tag], obj: dict) -> None:
    """Values that are no placeholders have the form that the report card says; what the API sets is not sent."""
    for step in _steps(obj):
        cards = _of_cards(obj, step)
        internal = {prop["name"] for prop in obj[STEPS[step]] if prop.get("internal")}
        for body in _examples(by_id, obj, step):
            for name, value in body.items():
                schema = cards.get(name, {}).get("json_schema")
                if schema and name not in internal and not _is_placeholder(value):
                    faults = Draft202012Validator(schema).iter_errors(value)
                    assert [fault.message for fault in faults if (obj["type"], name) not in NEWER_ON_THE_PAGE] == []


#: Values that the page has otherwise than the older report cards.
NEWER_ON_THE_PAGE = {
    # The page takes “advertisers”; the report card has it with a capital.
    ("platform.impact", "api_catalog"),
    # The page does not name values; the property is for tests of Stitch.
    ("platform.dynamodb", "use_local_dynamo"),
}


def test_what_must_go_together_does(by_id: dict[str, Tag]) -> None:
    by_type = {(obj["kind"], obj["type"]): obj for obj in OBJECTS}
    gitlab = by_type["source", "platform.gitlab"]
    full, minimal = _examples(by_id, gitlab, "form")
    assert {"groups", "projects"} <= full.keys()
    assert {"groups", "projects"} & minimal.keys()
    assert "at least one of these is needed" in _text(by_id[f"{gitlab['key']}-form-choices"])

    databricks = by_type["destination", "databricks_delta"]
    for name in ("ssh_host", "ssh_port", "ssh_user"):
        row = _row(by_id, databricks, "form", f"ssh_config.{name}")
        assert _text(row.find_all("td")[1]) == 'if ssh is "true"'
    for body in _examples(by_id, databricks, "form"):
        config = body["ssh_config"]
        assert ({"ssh_host", "ssh_port", "ssh_user"} <= config.keys()) is (config["ssh"] == "true")

    dataworld = by_type["destination", "dataworld"]
    for name in ("s3_bucket", "s3_key_format_string"):
        assert "read-only" in _text(_row(by_id, dataworld, "oauth", name))
    assert [body.keys() for body in _examples(by_id, dataworld, "oauth")] == [{"access_token": 0}.keys()] * 2

    ads = by_type["source", "platform.google-ads"]
    for body in _examples(by_id, ads, "oauth"):
        through = [account["customerId"] for account in body["login_customer_ids"]]
        assert through == body["customer_ids"].split(",")


# Rows.


class Row(NamedTuple):
    """A row of the table as a reader sees it; ``object`` is the id that it leads to."""

    name: str
    version: str | None
    kind: str
    object: str | None
    badges: list[str]


@pytest.fixture(scope="module")
def rows(page: BeautifulSoup) -> list[Row]:
    """The rows of the table: name, version, kind, id of the object, and badges."""
    found = []
    for row in page.select("table.stitch-connections tbody tr:not(.stitch-closing-row)"):
        name, kind, obj = row.find_all(["th", "td"], recursive=False)
        badges = [badge.extract().get_text() for badge in name.select(".stitch-badge")]
        version = re.fullmatch(r"(.*?)(?: \(v([\w-]+)\))?", _text(name))
        link = obj.find("a")
        found.append(Row(version[1], version[2], _text(kind).lower(), link["href"][1:] if link else None, badges))
    return found


def _versions(kind: str, name: str, obj: str | None) -> dict[str, dict]:
    """The versions of a connection by number; of one that the facts do not name, those of another of its object."""
    types = {entry["type"] for entry in OBJECTS if entry["key"] == obj}
    named = [
        entry
        for entry in CONNECTIONS
        if (entry["kind"], entry["name"]) == (kind, name) and ("type" in entry) is bool(obj)
    ]
    typed = [entry for entry in CONNECTIONS if entry["kind"] == kind and entry.get("type") in types]
    return {version["version"]: version for entry in (named or typed) for version in entry.get("versions", [])}


def test_rows_say_what_their_version_is(rows: list[Row]) -> None:
    closed = set()
    for name, version, kind, obj, badges in rows:
        facts = _versions(kind, name, obj).get(version, {})
        since = iso_date(facts.get("last_new_connection"))
        is_sunset = facts.get("status") == "sunset"
        assert ("sunset" in badges) is is_sunset, name
        assert ("beta" in badges) is facts.get("status", "").endswith("beta"), name
        assert ("deprecated" in badges) is ("deprecated" in facts and not is_sunset), name
        marks = [badge for badge in badges if badge.startswith("closed")]
        assert marks == ([f"closed to new connections since {since}"] if since and not is_sunset else []), name
        closed |= {(name, version)} if since else set()
    assert {("MySQL", "1"), ("Heroku", "1"), ("Marketo", "1"), ("PostgreSQL", "1")} <= closed


def test_the_sentence_above_the_table_is_true_of_all_rows(page: BeautifulSoup, rows: list[Row]) -> None:
    [sentence] = [_text(text) for text in page.select("p") if "newest version of a connection" in text.get_text()]
    assert "or an older one that a connection property object belongs to" in " ".join(sentence.split())
    older = {
        (name, version, obj)
        for name, version, kind, obj, _badges in rows
        if (versions := list(_versions(kind, name, obj))) and version != versions[0]
    }
    assert all(obj for _name, _version, obj in older)
    assert {name for name, _version, _obj in older} == {
        "Amazon MySQL RDS",
        "Google CloudSQL PostgreSQL",
        "Heroku",
        "Magento",
        "Marketo",
        "Microsoft Azure MySQL",
        "MySQL",
        "PostgreSQL",
        "Zoom",
    }


def test_attributes_of_rows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(CHECKOUT / "data")]) == 0
    rows = json.loads(capsys.readouterr().out)["connections"]
    for row in rows:
        facts = [fact for fact in CONNECTIONS if (fact["kind"], fact["name"]) == (row["kind"], row["name"])]
        of_version = [fact for fact in facts if fact.get("version") == row["version"]] or facts
        expected = {
            name: [str(of_version[0][name]).lower() if name != "tier" else of_version[0][name]]
            for name in ("tier", "certified", "ssh", "ssl", "port")
            if of_version and of_version[0].get(name) not in (None, "", "n/a")
        }
        assert row["attributes"] == expected, row["name"]


@pytest.mark.parametrize("type_name", ["platform.zoom", "platform.heroku_pg", "platform.mysql", "platform.marketo"])
def test_objects_of_older_versions_say_so(by_id: dict[str, Tag], type_name: str) -> None:
    [obj] = [obj for obj in OBJECTS if obj["type"] == type_name]
    text = _text(by_id[obj["key"]])
    assert "This is the object of version 1" in text
    assert "version 2" in text
    versions = _versions("source", obj["name"], obj["key"])["1"]
    for date in ("last_new_connection", "sunset"):
        assert (iso_date(versions.get(date)) or "") in text


#: Two types for the same: the older one, the one to take, and the properties by which the published objects differ.
PAIRS = [
    ("platform.mysql", "platform.hp-mysql"),
    ("platform.postgres", "platform.hp-postgres"),
    ("platform.cloudsql_pg", "platform.hp-cloudsql-pg"),
]


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=[old for old, _new in PAIRS])
def test_of_two_types_each_says_which_to_take(by_id: dict[str, Tag], old: str, new: str) -> None:
    by_type = {obj["type"]: obj for obj in OBJECTS if obj["kind"] == "source"}
    texts = {}
    for this, other in ((old, new), (new, old)):
        section = by_id[by_type[this]["key"]]
        paragraphs = [part for part in section.find_all("p", recursive=False) if not part.get("class")]
        of_other = [part for part in paragraphs if f"#{by_type[other]['key']}" in _links(part)]
        assert of_other, this
        texts[this] = " ".join(_text(part) for part in of_other)
        assert "take" in texts[this].lower()
        assert "closed to new connections since" in texts[this]
    names = [{prop["name"] for prop in by_type[name]["properties"]} for name in (old, new)]
    if old != "platform.mysql":
        for name in names[0] ^ names[1]:
            assert name in texts[old]
            assert name in texts[new]
    else:
        assert all(
            name in texts[old] and name in texts[new] for name in ("database", "dbname", "filter_dbs", "start_date")
        )


# What the original page has.


def test_the_page_has_all_elements_of_the_original(page: BeautifulSoup, by_id: dict[str, Tag]) -> None:
    title = page.find("h1").contents[0]
    assert title == "Destination and Source Connection Property API Reference"
    # The list that explains the columns, with the endpoints to create with.
    search = by_id["search-connection-properties"].find_parent("section") or by_id["search-connection-properties"]
    table = search.find("table", class_="stitch-connections")
    for column in table.find("thead").find_all("th"):
        assert _definition(search, _text(column))
    api = f"{DOCS}/developers/stitch-connect/api"
    explained = {href for entry in table.find_all_previous("dd", limit=3) for href in _links(entry)}
    assert explained == {f"{api}#create-a-destination", f"{api}#create-a-source"}
    # The closing row leads to support.
    closing = search.find(class_="stitch-closing-row")
    [support] = [link for link in closing.select("a") if "support" in link.get_text()]
    assert support["href"].startswith("https://www.stitchdata.com/")
    related = {link.get_text(): link["href"] for link in by_id["related"].find_parent("section").select("a[href]")}
    assert related["All Connect guides"] == GUIDES
    assert related["Connect API reference"] == api


def test_the_page_lists_the_steps_of_report_cards(by_id: dict[str, Tag]) -> None:
    part = by_id["connection-property-types"].find_parent("section")
    assert f"{DOCS}/developers/stitch-connect/api#connection-step-object" in _links(part)
    terms = [name for entry in part.find("dl").find_all("dt") for name in _text(entry).split(", ")]
    steps = list(dict.fromkeys(step["type"] for card in CARDS for step in card["steps"]))
    assert sorted(terms) == sorted(steps)
    assert all(card["steps"][0]["type"] == "form" for card in CARDS)
    assert all(card["steps"][-1]["type"] == "fully_configured" for card in CARDS)
    without = {step["type"] for card in CARDS for step in card["steps"] if not step["properties"]}
    for term in without:
        [text] = {_definition(part, _text(entry)) for entry in part.find("dl").find_all("dt") if term in _text(entry)}
        assert "no connection properties" in text


# Placeholders, hosts and names.


def _texts(value: object) -> Iterator[str]:
    """The texts in an example."""
    if isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


#: Hosts of services, which are the same for all of their customers.
COMMON_HOSTS = {
    "accounts.google.com",
    "api.crossbeam.com",
    "api.ebay.com",
    "auth.crossbeam.com",
    "db.panoply.io",
    "files.responsys.net",
    "gitlab.com",
    "looker.com",
    "oauth2.googleapis.com",
    "platform.ringcentral.com",
    "secure-wms.com",
    "www.googleapis.com",
}


@by_key
def test_examples_name_nobody(by_id: dict[str, Tag], obj: dict) -> None:
    """Placeholders have one style, hosts are those of the service or ``example.com``, and no account has a name."""
    for step in _steps(obj):
        for body in _examples(by_id, obj, step):
            for text in _texts(body):
                placeholders = re.findall(r"<[^>]*>", text)
                assert [word for word in placeholders if not re.fullmatch(r"<[A-Z0-9]+(_[A-Z0-9]+)+>", word)] == []
                assert not re.search(r"\b(your|acme|stitchdata)\b|yoursite|yourcompany", text, re.IGNORECASE)
                assert not re.fullmatch(r"stitch(-data)?", text) or text in _own_names(body)
                plain = re.sub(r"<[^>]*>", "<>", text)
                hosts = re.findall(r"(?<![\w<>.@%-])(?:https?://)?((?:[a-z0-9-]+\.)+(?:com|io|net|org|co)\b)", plain)
                assert {host for host in hosts if not host.endswith("example.com")} <= COMMON_HOSTS


def test_descriptions_name_nobody(page: BeautifulSoup) -> None:
    code = [_text(tag) for tag in page.select("table.stitch-properties td code")]
    placeholders = {word for text in code for word in re.findall(r"<[^>]*>", text)}
    assert [word for word in placeholders if not re.fullmatch(r"<[A-Z0-9]+(_[A-Z0-9]+)*>", word)] == []
    assert placeholders
    assert [text for text in code if re.search(r"\b(stitch|stitchdata|stitch-data|acme)(\.|/)[a-z]", text)] == []


@by_key
def test_texts_of_json_are_json(by_id: dict[str, Tag], obj: dict) -> None:
    for step in _steps(obj):
        for body in _examples(by_id, obj, step):
            assert all(json.loads(text) for text in _texts(body) if text.startswith(("[{", "{")))


def _own_names(body: dict[str, Any]) -> list[str]:
    """The names that Stitch's own users have at a service."""
    return [value for name, value in _members(body) if name in ("user", "username", "ssh_user", "encryption_username")]


def _members(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield name, member
            yield from _members(member)


#: Sentences that left readers to guess, in words that no other text needs.
RIDDLES = re.compile(
    r"most types|verify by it|verified by it|is final|moment from which|has no effect beside|sets for which"
    r"|speaks for itself|until both agree|under whose name|a user of its own|stands for (?:the|a) \w+ user"
    r"|account-id-will-be-here|must be sent",
    re.IGNORECASE,
)


def test_no_sentence_is_a_riddle(page: BeautifulSoup) -> None:
    assert RIDDLES.findall(_text(page.find("body"))) == []
