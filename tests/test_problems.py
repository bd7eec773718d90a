"""Every bad input has its warning, with file, line and column, and costs no more than the faulty piece.

What is wrong with data is tested by loading them; that a build prints it, and what pages show in spite of it, by builds.
"""

from __future__ import annotations

import os
import re
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from conftest import Project, posix, write_good_project
from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conftest import Data

    from sphinxext_stitch.catalogue.model import Property

BAD = "data/sources/bad.yml"
GROUP = "data/groups/shared.yml"

#: The name and type of an object; what follows begins in line 3.
HEAD = "name: Bad\ntype: test.bad\n"

API_WITH_STEPS = """\
name: Test
steps:
  form: {title: Properties}
  oauth: {title: Sign-in}
endpoints:
  sources.create: {title: Create, method: POST, path: /sources}
"""


def head(text: str) -> str:
    """A file of an object: name and type, and from line 3 on ``text``."""
    return HEAD + dedent(text)


def cases(table: dict[str, tuple[object, ...]], names: str) -> pytest.MarkDecorator:
    """Parametrize a test by a table of cases."""
    return pytest.mark.parametrize(names, table.values(), ids=[name.replace(" ", "-") for name in table])


# ---------------------------------------------------------------- files that are no data file

UNREADABLE: dict[str, tuple[object, ...]] = {
    "colon in a text": (
        "name: Bad: really\n",
        "data/sources/bad.yml:1:10: WARNING: not YAML: a “: ” inside a text; put it in quotes, "
        "or indent the key like its neighbours [stitch.yaml]",
    ),
    "key indented too far": (
        "name: Bad\nproperties:\n  - name: a\n     type: string\n",
        "data/sources/bad.yml:4:10: WARNING: not YAML: a “: ” inside a text; put it in quotes, "
        "or indent the key like its neighbours [stitch.yaml]",
    ),
    "list behind a key": (
        "name: Bad\ngroups: - a\n",
        "data/sources/bad.yml:2:9: WARNING: not YAML: a “- ” behind a key; a list begins on the next line "
        "[stitch.yaml]",
    ),
    "text behind the bar of a block": (
        "name: Bad\ndescription: |Text\n",
        "data/sources/bad.yml:2:15: WARNING: not YAML: a text behind “|” or “>”; it begins on the next line "
        "[stitch.yaml]",
    ),
    "tab as indentation": (
        "name: Bad\nproperties:\n\t- name: a\n",
        "data/sources/bad.yml:3:1: WARNING: not YAML: a tab; YAML is indented with spaces [stitch.yaml]",
    ),
    "tab before a key": (
        "name: Bad\n\ttype: x\n",
        "data/sources/bad.yml:2:1: WARNING: not YAML: a tab; YAML is indented with spaces [stitch.yaml]",
    ),
    "tab in a block of text": (
        "name: Bad\ndescription: |\n\tText\n",
        "data/sources/bad.yml:3:1: WARNING: not YAML: a tab; YAML is indented with spaces [stitch.yaml]",
    ),
    "character that begins no text": (
        "name: @bad\n",
        "data/sources/bad.yml:1:7: WARNING: not YAML: a character that no unquoted text can begin with; "
        "put the text in quotes [stitch.yaml]",
    ),
    "quote not closed": (
        'name: "Bad\ntype: test.bad\n',
        "data/sources/bad.yml:1:7: WARNING: not YAML: a quote that is opened and not closed [stitch.yaml]",
    ),
    "single quote not closed": (
        "name: Bad\ntype: 'test.bad\n",
        "data/sources/bad.yml:2:7: WARNING: not YAML: a quote that is opened and not closed [stitch.yaml]",
    ),
    "quote within quotes": (
        "name: 'it's'\n",
        "data/sources/bad.yml:1:11: WARNING: not YAML: an indentation or a quote that does not fit the lines above; "
        "a text that begins like this needs quotes, or “|” [stitch.yaml]",
    ),
    "text that begins with bold text": (
        "name: Bad\ntype: test.bad\ndescription: **Note** this.\n",
        "data/sources/bad.yml:3:15: WARNING: not YAML: the text from here cannot be read; a text that begins like this needs "
        "quotes, or “|” [stitch.yaml]",
    ),
    "text that begins with a link": (
        "name: Bad\ntype: test.bad\ndescription: [Here](ref:x) it is.\n",
        "data/sources/bad.yml:3:20: WARNING: not YAML: an indentation or a quote that does not fit the lines above; a text "
        "that begins like this needs quotes, or “|” [stitch.yaml]",
    ),
    "text that begins with a quotation": (
        'name: Bad\ntype: test.bad\ndescription: "On" is on.\n',
        "data/sources/bad.yml:3:19: WARNING: not YAML: an indentation or a quote that does not fit the lines above; a text "
        "that begins like this needs quotes, or “|” [stitch.yaml]",
    ),
    "text that begins with an ampersand": (
        "name: Bad\ntype: test.bad\ndescription: &c is for x.\n",
        "data/sources/bad.yml:3:14: WARNING: an anchor, “&c”; data files have none: put a text that begins with “&” in quotes "
        "[stitch.yaml]",
    ),
    "text that begins with a percent sign": (
        "name: Bad\ntype: test.bad\ndescription: %d days.\n",
        "data/sources/bad.yml:3:14: WARNING: not YAML: a character that no unquoted text can begin with; put the text in quotes "
        "[stitch.yaml]",
    ),
    "markers of a merge": (
        "name: Bad\n<<<<<<< HEAD\ntype: test.bad\n=======\ntype: test.worse\n>>>>>>> other\n",
        "data/sources/bad.yml:2:1: WARNING: not YAML: a line that Git has left where two changes contradict each other; decide "
        "for one of them [stitch.yaml]",
    ),
    "no-break space behind a colon": (
        "name: Bad\ntype:\u00a0test.bad\n",
        "data/sources/bad.yml:2:6: WARNING: not YAML: a no-break space, U+00A0, which YAML does not take for a space; write a "
        "plain one [stitch.yaml]",
    ),
    "no-break space as an indentation": (
        "name: Bad\ntype: test.bad\nproperties:\n\u00a0 - {name: a, type: string}\n",
        "data/sources/bad.yml:4:1: WARNING: not YAML: a no-break space, U+00A0, which YAML does not take for a space; write a "
        "plain one [stitch.yaml]",
    ),
    "line without colon": (
        "name: Bad\ntype\ndocs: x\n",
        "data/sources/bad.yml:2:1: WARNING: not YAML: a line that is neither “key: value” nor part of a text "
        "[stitch.yaml]",
    ),
    "list item between indentations": (
        "properties:\n  - name: a\n - name: b\n",
        "data/sources/bad.yml:3:2: WARNING: not YAML: an indentation or a quote that does not fit the lines above "
        "[stitch.yaml]",
    ),
    "key between indentations": (
        "properties:\n  - name: a\n    type: string\n   example: x\n",
        "data/sources/bad.yml:4:4: WARNING: not YAML: an indentation that does not fit the list above [stitch.yaml]",
    ),
    "first line indented": (
        "  name: Bad\ntype: test.bad\n",
        "data/sources/bad.yml:2:1: WARNING: not YAML: an indentation that does not fit the lines above [stitch.yaml]",
    ),
    "bracket not closed": (
        "name: Bad\ngroups: [a, b\ntype: test.bad\n",
        "data/sources/bad.yml:2:9: WARNING: not YAML: a “[” or “{” that is not closed, or lacks a comma [stitch.yaml]",
    ),
    "brace not closed": (
        "name: Bad\nvariables: {a: b\n",
        "data/sources/bad.yml:2:12: WARNING: not YAML: a “[” or “{” that is not closed, or lacks a comma [stitch.yaml]",
    ),
    "comma too many": (
        "name: Bad\ngroups: [a,, b]\n",
        "data/sources/bad.yml:2:12: WARNING: not YAML: a value that is missing, or a “[” or “{” that is not closed "
        "[stitch.yaml]",
    ),
    "backslash in double quotes": (
        'name: "C:\\dir"\n',
        "data/sources/bad.yml:1:10: WARNING: not YAML: a “\\” in double quotes; use single quotes [stitch.yaml]",
    ),
    "half a surrogate": (
        'name: "\\ud800"\n',
        "data/sources/bad.yml:1:10: WARNING: not YAML: a “\\” in double quotes; use single quotes [stitch.yaml]",
    ),
    "too few digits of a character": (
        'name: "\\u12"\n',
        "data/sources/bad.yml:1:10: WARNING: not YAML: a “\\” in double quotes; use single quotes [stitch.yaml]",
    ),
    "directive of another version": (
        "%YAML 2.0\n---\nname: Bad\n",
        "data/sources/bad.yml:1:1: WARNING: not YAML: the text from here cannot be read [stitch.yaml]",
    ),
    "line separators of Unicode": (
        # libyaml ends a line at each of them.
        "name: \u2028\u2028x: [\n",
        "data/sources/bad.yml:2:1: WARNING: not YAML: a value that is missing, or a “[” or “{” that is not closed "
        "[stitch.yaml]",
    ),
    "second document": (
        "name: Bad\n---\nname: Worse\n",
        "data/sources/bad.yml:2:1: WARNING: a second document; a data file has one [stitch.yaml]",
    ),
    "empty": (
        "",
        "data/sources/bad.yml:1:1: WARNING: the file is empty; write a mapping of keys and values, or delete it [stitch.yaml]",
    ),
    "comments alone": (
        "# name: Bad\n\n",
        "data/sources/bad.yml:1:1: WARNING: the file is empty; write a mapping of keys and values, or delete it [stitch.yaml]",
    ),
    "null": (
        "\n~\n",
        "data/sources/bad.yml:2:1: WARNING: a data file is a mapping of keys and values; found nothing "
        "[stitch.wrong-type]",
    ),
    "list": (
        "- name: Bad\n",
        "data/sources/bad.yml:1:1: WARNING: a data file is a mapping of keys and values; found a list "
        "[stitch.wrong-type]",
    ),
    "text": (
        "# Bad\nBad\n",
        "data/sources/bad.yml:2:1: WARNING: a data file is a mapping of keys and values; found “Bad” "
        "[stitch.wrong-type]",
    ),
    "long text": (
        "All work and no play makes Jack a dull boy.\n",
        "data/sources/bad.yml:1:1: WARNING: a data file is a mapping of keys and values; "
        "found “All work and no play makes Jack a dull …” [stitch.wrong-type]",
    ),
    "alias": (
        "name: &name Bad\ntype: *name\n",
        "data/sources/bad.yml:2:7: WARNING: an alias; data files have none: write the text twice, or use a group "
        "[stitch.yaml]",
    ),
    "tag that runs code": (
        "name: !!python/object/apply:os.getcwd []\n",
        "data/sources/bad.yml:1:7: WARNING: a tag, “tag:yaml.org,2002:python/object/apply:os.getcwd”; "
        "data files have none [stitch.yaml]",
    ),
    "tag of a list": (
        "name: Bad\ngroups: !mine\n  - a\n",
        "data/sources/bad.yml:2:9: WARNING: a tag, “!mine”; data files have none [stitch.yaml]",
    ),
    "51 levels": (
        "name: " + "[" * 50 + "]" * 50 + "\n",
        "data/sources/bad.yml:1:56: WARNING: nested deeper than 50 levels [stitch.limit]",
    ),
    "100000 levels": (
        "name: " + "[" * 100_000,
        "data/sources/bad.yml:1:56: WARNING: nested deeper than 50 levels [stitch.limit]",
    ),
    "too large": (
        "name: Bad\n#" + "x" * 1_000_000,
        "data/sources/bad.yml:1:1: WARNING: the file has 1,000,011 bytes; a data file has at most 1,000,000 "
        "(stitch_max_file_size) [stitch.limit]",
    ),
    "NUL": (
        "name: Bad\ntype: a\0b\n",
        "data/sources/bad.yml:2:8: WARNING: a control character, which no text has; delete it [stitch.yaml]",
    ),
    "control character behind a line end of an old Macintosh": (
        b"name: Bad\rtype: a\x01b\n",
        "data/sources/bad.yml:2:8: WARNING: a control character, which no text has; delete it [stitch.yaml]",
    ),
    "another encoding behind a byte order mark and accents": (
        b"\xef\xbb\xbfname: B\xc3\xa4d\ntype: t\xc3\xa4st\xe4",
        "data/sources/bad.yml:2:11: WARNING: the file is not UTF-8; save it in this encoding [stitch.yaml]",
    ),
    "control character behind accents": (
        "name: Bäd ünd böse\ntype: test.\u0001bad\n",
        "data/sources/bad.yml:2:12: WARNING: a control character, which no text has; delete it [stitch.yaml]",
    ),
    "another encoding": (
        "name: Bad\ntype: ä".encode("latin-1"),
        "data/sources/bad.yml:2:7: WARNING: the file is not UTF-8; save it in this encoding [stitch.yaml]",
    ),
    "UTF-16": (
        "name: Bad\n".encode("utf-16-le"),
        "data/sources/bad.yml:1:2: WARNING: a control character, which no text has; delete it [stitch.yaml]",
    ),
}


@cases(UNREADABLE, "text, warning")
def test_a_file_that_cannot_be_read_costs_itself(data: Data, text: str | bytes, warning: str) -> None:
    data.write(BAD, text)
    data.load()
    assert data.problems == [warning]
    assert data.properties == {"source/good": ["sound"]}
    assert data.connections == ["Good"]


def test_a_file_within_the_limits_is_read(data: Data) -> None:
    text = HEAD + "properties:\n  - {name: a, type: array, example: " + "[" * 47 + "]" * 47 + "}\n#"
    data.write(BAD, text + "x" * (1_000_000 - len(text)))
    data.load()
    assert data.problems == []
    assert data.properties == {"source/bad": ["a"], "source/good": ["sound"]}


def test_the_second_of_two_bad_files_is_reported_as_well(data: Data) -> None:
    data.write(BAD, "name: [\n")
    data.write("data/destinations/bad.yml", "name: 'Bad\n")
    data.load()
    assert data.problems == [
        "data/destinations/bad.yml:1:7: WARNING: not YAML: a quote that is opened and not closed [stitch.yaml]",
        "data/sources/bad.yml:2:1: WARNING: not YAML: a value that is missing, or a “[” or “{” that is not closed "
        "[stitch.yaml]",
    ]


@posix  # Windows has another reason
@pytest.mark.parametrize("name", ["bad.yml", "bad.yaml"])
def test_a_folder_with_the_name_of_a_file(data: Data, name: str) -> None:
    data.write(f"data/sources/{name}/deep.yml", "name: Deep\ntype: test.deep\n")
    data.load()
    assert data.problems == [
        f"data/sources/{name}:1:1: WARNING: the file cannot be read: {os.strerror(21)} [stitch.yaml]"
    ]
    assert list(data.properties) == ["source/deep", "source/good"]


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfname: Bad\ntype: test.bad\n",
        b"name: Bad\r\ntype: test.bad\r\n",
        b"\xef\xbb\xbf# Bad\r\n---\r\nname: Bad\r\ntype: test.bad\r\n...\r\n",
    ],
    ids=["byte-order-mark", "line-ends-of-Windows", "both"],
)
def test_a_file_of_another_editor_is_fine(data: Data, text: bytes) -> None:
    data.write(BAD, text)
    data.load()
    assert data.problems == []
    assert data.properties == {"source/bad": [], "source/good": ["sound"]}


def test_places_are_right_in_a_file_of_another_editor(data: Data) -> None:
    data.write(BAD, b"\xef\xbb\xbfcolour: x\r\nname: Bad\r\ntype: test.bad\r\ndocs: x\r\n")
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:1:1: WARNING: unknown key “colour” [stitch.unknown-key]",
        "data/sources/bad.yml:4:7: WARNING: “x” is not a web address; it begins with “https://” or “http://” "
        "[stitch.bad-link]",
    ]


# ---------------------------------------------------------------- the file of an object

#: The text of a file, the warnings, and the properties that are shown (None: no object).
OBJECTS: dict[str, tuple[object, ...]] = {
    "key twice": (
        "name: Bad\ntype: test.bad\nname: Worse\n",
        [
            "data/sources/bad.yml:3:1: WARNING: the key “name” is defined twice, first in line 1; the first definition is used [stitch.duplicate-key]"
        ],
        [],
    ),
    "key twice in a property": (
        head("""\
            properties:
              - name: a
                type: string
                type: integer
                example: x
        """),
        [
            "data/sources/bad.yml:6:5: WARNING: the key “type” is defined twice, first in line 5; the first definition is used [stitch.duplicate-key]"
        ],
        ["a"],
    ),
    "properties twice": (
        head("""\
            properties: [{name: a, type: string}]
            properties: [{name: b, type: string}]
        """),
        [
            "data/sources/bad.yml:4:1: WARNING: the key “properties” is defined twice, first in line 3; "
            "the first definition is used [stitch.duplicate-key]"
        ],
        ["a"],
    ),
    "key that is no text": (
        head("? [a, b]\n: c\nproperties: [{name: a, type: string}]\n"),
        ["data/sources/bad.yml:3:3: WARNING: a key that is not text; write a name before the colon [stitch.yaml]"],
        ["a"],
    ),
    "unknown key": (
        head("categry: saas\ncolour: blue\nproperties: [{name: a, type: string}]\n"),
        [
            "data/sources/bad.yml:3:1: WARNING: unknown key “categry”; did you mean “category”? [stitch.unknown-key]",
            "data/sources/bad.yml:4:1: WARNING: unknown key “colour” [stitch.unknown-key]",
        ],
        ["a"],
    ),
    "required properties as a list": (
        head("required: [a]\nproperties:\n  - {name: a, type: string, required: [b]}\n  - {name: c, type: string}\n"),
        [
            "data/sources/bad.yml:3:1: WARNING: unknown key “required”; write “required: true” in each of these properties "
            "[stitch.unknown-key]",
            "data/sources/bad.yml:5:39: WARNING: “required” of property “a” takes “true” or “false”; found a list; "
            "write “required: true” in each of these properties [stitch.wrong-type]",
        ],
        ["c"],
    ),
    "step that the API does not have": (
        head("oauth:\n  properties: [{name: token, type: string}]\nproperties: [{name: a, type: string}]\n"),
        ["data/sources/bad.yml:3:1: WARNING: unknown key “oauth” [stitch.unknown-key]"],
        ["a"],
    ),
    "steps as in api.yml": (
        head("steps:\n  oauth:\n    properties: [{name: b, type: string}]\nproperties: [{name: a, type: string}]\n"),
        ["data/sources/bad.yml:3:1: WARNING: unknown key “steps” [stitch.unknown-key]"],
        ["a"],
    ),
    "unknown key of a property": (
        head("properties:\n  - name: a\n    type: string\n    requird: true\n    exemple: x\n"),
        [
            "data/sources/bad.yml:6:5: WARNING: unknown key “requird” of property “a”; did you mean “required” or “required_if”? "
            "[stitch.unknown-key]",
            "data/sources/bad.yml:7:5: WARNING: unknown key “exemple” of property “a”; did you mean “example”? "
            "[stitch.unknown-key]",
        ],
        ["a"],
    ),
    "unknown key of a nested property": (
        head("""\
            properties:
              - name: a
                type: object
                properties:
                  - {name: b, type: string, scret: true}
        """),
        [
            "data/sources/bad.yml:7:33: WARNING: unknown key “scret” of property “b”; did you mean “secret” or “since”? "
            "[stitch.unknown-key]"
        ],
        ["a", "a.b"],
    ),
    "unknown key of a connection": (
        head("connections:\n  - {key: bad, name: Bad}\n  - key: worse\n    name: Worse\n    verson: 2\n"),
        [
            "data/sources/bad.yml:7:5: WARNING: unknown key “verson” of connection “Worse”; did you mean “version”? "
            "[stitch.unknown-key]"
        ],
        [],
    ),
    "unknown key of a version": (
        head('history:\n  - version: "1"\n    relesed: 2020-01-01\n'),
        [
            "data/sources/bad.yml:5:5: WARNING: unknown key “relesed” of version “1”; did you mean “released” or “closed”? "
            "[stitch.unknown-key]"
        ],
        [],
    ),
    "unknown key of a connection's version": (
        head("connections:\n  - key: bad\n    name: Bad\n    history:\n      - {version: 2, relesed: 2020-01-01}\n"),
        [
            "data/sources/bad.yml:7:22: WARNING: unknown key “relesed” of version “2”; did you mean “released” or “closed”? "
            "[stitch.unknown-key]"
        ],
        [],
    ),
    "unknown key of a deprecation": (
        head("deprecated:\n  since: 2020-01-01\n  until: 2021-01-01\n"),
        [
            "data/sources/bad.yml:5:3: WARNING: unknown key “until” of “deprecated”; known: “since” and “use” "
            "[stitch.unknown-key]"
        ],
        [],
    ),
    "merge key": (
        head("<<: {category: saas}\n"),
        ["data/sources/bad.yml:3:1: WARNING: unknown key “<<” [stitch.unknown-key]"],
        [],
    ),
    # Another type than the field takes: the field is lost, in a property or connection this one.
    "text instead of a list": (
        head("properties: a\n"),
        [
            "data/sources/bad.yml:3:13: WARNING: “properties” takes a list; found “a”; "
            "each property is an item of a list and begins with “- name:” [stitch.wrong-type]"
        ],
        [],
    ),
    "mapping instead of a list": (
        head("groups: {a: b}\nproperties:\n  a: {type: string}\n"),
        [
            "data/sources/bad.yml:3:9: WARNING: “groups” takes a list; found a mapping [stitch.wrong-type]",
            "data/sources/bad.yml:5:3: WARNING: “properties” takes a list; found a mapping; each property is an item of a list "
            "and begins with “- name:” [stitch.wrong-type]",
        ],
        [],
    ),
    "mappings instead of values": (
        head("properties:\n  - {name: a, type: string, values: [{x: One.}]}\n  - {name: b, type: string}\n"),
        [
            "data/sources/bad.yml:4:38: WARNING: item 1 of “values” of property “a” takes text; found a mapping; values with "
            "meanings are one mapping: “value: what it does” [stitch.wrong-type]"
        ],
        ["b"],
    ),
    "keys of other formats": (
        head(
            "properties:\n  - {name: a, type: integer, enum: [1], oneOf: [], min: 1, max: 2, minLength: 1, label: A}\n"
        ),
        [
            f"data/sources/bad.yml:4:{column}: WARNING: unknown key “{key}” of property “a”; did you mean “{meant}”? "
            "[stitch.unknown-key]"
            for column, key, meant in (
                (30, "enum", "values"),
                (41, "oneOf", "one_of"),
                (52, "min", "minimum"),
                (60, "max", "maximum"),
                (68, "minLength", "min_length"),
                (82, "label", "title"),
            )
        ],
        ["a"],
    ),
    "types of other formats": (
        head(
            "properties:\n  - {name: a, type: date}\n  - {name: b, type: url}\n"
            "  - {name: c, type: [string, 'null']}\n  - {name: d, type: string, values: [x, null]}\n"
        ),
        [
            "data/sources/bad.yml:4:21: WARNING: “type” of property “a” takes “string”, “integer”, “number”, “boolean”, "
            "“array” or “object”; found “date”; did you mean “string” with “format: date”? [stitch.wrong-type]",
            "data/sources/bad.yml:5:21: WARNING: “type” of property “b” takes “string”, “integer”, “number”, “boolean”, "
            "“array” or “object”; found “url”; did you mean “string” with “format: uri”? [stitch.wrong-type]",
            "data/sources/bad.yml:6:30: WARNING: item 2 of “type” of property “c” takes “string”, “integer”, “number”, "
            "“boolean”, “array” or “object”; found “null”; did you mean “nullable: true” beside the other types? "
            "[stitch.wrong-type]",
            "data/sources/bad.yml:7:41: WARNING: item 2 of “values” of property “d” takes text; found nothing; "
            "for null, write “nullable: true” beside the values [stitch.wrong-type]",
        ],
        [],
    ),
    "keys of other formats and records in an object": (
        head("title: Bad\ndocumentationUrl: https://example.org\nstate: beta\nproperties: [{name: a, type: string}]\n"),
        [
            f"data/sources/bad.yml:{line}:1: WARNING: unknown key “{key}”; did you mean “{meant}”? [stitch.unknown-key]"
            for line, key, meant in ((3, "title", "name"), (4, "documentationUrl", "docs"), (5, "state", "status"))
        ],
        ["a"],
    ),
    "nothing instead of a list": (
        head("properties:\nomit: ~\n"),
        [
            "data/sources/bad.yml:3:12: WARNING: “properties” takes a list; found nothing [stitch.wrong-type]",
            "data/sources/bad.yml:4:7: WARNING: “omit” takes a list; found nothing [stitch.wrong-type]",
        ],
        [],
    ),
    "mapping or list instead of text": (
        head("""\
            docs: [https://example.org]
            description: {text: x}
            properties: [{name: a, type: string}]
        """),
        [
            "data/sources/bad.yml:3:7: WARNING: “docs” takes text; found a list [stitch.wrong-type]",
            "data/sources/bad.yml:4:14: WARNING: “description” takes text; found a mapping [stitch.wrong-type]",
        ],
        ["a"],
    ),
    "text or list instead of a mapping": (
        head("deprecated: true\nvariables: [a]\n"),
        [
            "data/sources/bad.yml:3:13: WARNING: “deprecated” takes a mapping; found “true”; "
            "say since when, as in “{since: 2030-01-31}”, or “status: deprecated” alone [stitch.wrong-type]",
            "data/sources/bad.yml:4:12: WARNING: “variables” takes a mapping; found a list [stitch.wrong-type]",
        ],
        [],
    ),
    "list in a variable": (
        head("variables: {frequency: [30], port: 22}\n"),
        ["data/sources/bad.yml:3:24: WARNING: “frequency” of “variables” takes text; found a list [stitch.wrong-type]"],
        [],
    ),
    "text instead of a property": (
        head("properties:\n  - a\n  - {name: b, type: string}\n"),
        [
            "data/sources/bad.yml:4:5: WARNING: item 1 of “properties” takes a mapping; found “a”; "
            "each property is an item of a list and begins with “- name:” [stitch.wrong-type]"
        ],
        ["b"],
    ),
    "mapping instead of a property's text": (
        head("properties:\n  - {name: a, type: string, description: {a: b}}\n  - {name: b, type: string}\n"),
        [
            "data/sources/bad.yml:4:42: WARNING: “description” of property “a” takes text; found a mapping "
            "[stitch.wrong-type]"
        ],
        ["b"],
    ),
    "text instead of nested properties": (
        head("properties:\n  - {name: a, type: object, properties: b}\n  - {name: b, type: string}\n"),
        [
            "data/sources/bad.yml:4:41: WARNING: “properties” of property “a” takes a list; found “b”; "
            "each property is an item of a list and begins with “- name:” [stitch.wrong-type]"
        ],
        ["b"],
    ),
    "nested property": (
        head("""\
            properties:
              - name: a
                type: object
                properties:
                  - {name: b, type: [strng]}
                  - {name: c, type: string}
        """),
        [
            "data/sources/bad.yml:7:26: WARNING: item 1 of “type” of property “b” takes “string”, “integer”, “number”, "
            "“boolean”, “array” or “object”; found “strng”; did you mean “string”? [stitch.wrong-type]"
        ],
        ["a", "a.c"],
    ),
    "word that is no type": (
        head("properties:\n  - {name: a, type: str}\n  - {name: b, type: text}\n  - {name: c, type: string}\n"),
        [
            "data/sources/bad.yml:4:21: WARNING: “type” of property “a” takes “string”, “integer”, “number”, “boolean”, "
            "“array” or “object”; found “str”; did you mean “string”? [stitch.wrong-type]",
            "data/sources/bad.yml:5:21: WARNING: “type” of property “b” takes “string”, “integer”, “number”, “boolean”, "
            "“array” or “object”; found “text”; did you mean “string”? [stitch.wrong-type]",
        ],
        ["c"],
    ),
    "mapping instead of a type": (
        head("properties:\n  - {name: a, type: {string: integer}}\n"),
        [
            "data/sources/bad.yml:4:21: WARNING: “type” of property “a” takes “string”, “integer”, “number”, “boolean”, "
            "“array” or “object”; found a mapping [stitch.wrong-type]",
        ],
        [],
    ),
    "flag that is yes": (
        head("properties:\n  - {name: a, type: string, required: yes}\n  - {name: b, type: string, secret: True}\n"),
        [
            "data/sources/bad.yml:4:39: WARNING: “required” of property “a” takes “true” or “false”; found “yes”; "
            "did you mean “true”? [stitch.wrong-type]",
            "data/sources/bad.yml:5:37: WARNING: “secret” of property “b” takes “true” or “false”; found “True”; "
            "did you mean “true”? [stitch.wrong-type]",
        ],
        [],
    ),
    "status": (
        head("status: relased\nproperties: [{name: a, type: string}]\n"),
        [
            "data/sources/bad.yml:3:9: WARNING: “status” takes “released”, “beta”, “deprecated” or “sunset”; "
            "found “relased”; did you mean “released”? [stitch.wrong-type]"
        ],
        ["a"],
    ),
    "values": (
        head("""\
            properties:
              - {name: a, type: string, values: RED}
              - {name: b, type: string, values: [[x], y]}
              - {name: c, type: string, values: {x: [y]}}
              - {name: d, type: string, values: [x, y]}
        """),
        [
            "data/sources/bad.yml:4:37: WARNING: “values” of property “a” takes a list or a mapping; found “RED” "
            "[stitch.wrong-type]",
            "data/sources/bad.yml:5:38: WARNING: item 1 of “values” of property “b” takes text; found a list "
            "[stitch.wrong-type]",
            "data/sources/bad.yml:6:41: WARNING: “x” of “values” takes text; found a list [stitch.wrong-type]",
        ],
        ["d"],
    ),
    "values of another type": (
        head("""\
            properties:
              - {name: a, type: integer, values: [1, two, 3]}
              - {name: b, type: array, items: integer, values: {1: one, two: two}}
              - {name: c, type: [integer, string], values: [1, two]}
              - {name: d, type: integer, values: [1, 1, one, 2]}
        """),
        [
            "data/sources/bad.yml:4:42: WARNING: an accepted value of “a” is not of type integer; found “two” "
            "[stitch.wrong-type]",
            "data/sources/bad.yml:5:61: WARNING: an accepted value of “b” is not of type integer; found “two” "
            "[stitch.wrong-type]",
            "data/sources/bad.yml:7:45: WARNING: an accepted value of “d” is not of type integer; found “one” "
            "[stitch.wrong-type]",
        ],
        ["a", "b", "c", "d"],
    ),
    # A field that must be there is not.
    "object without a name": (
        "type: test.bad\n",
        ["data/sources/bad.yml:1:1: WARNING: the field “name” is missing [stitch.missing-field]"],
        None,
    ),
    "object with nothing for a name": (
        "name:\ntype: test.bad\n",
        ["data/sources/bad.yml:1:6: WARNING: “name” takes text; found nothing [stitch.wrong-type]"],
        None,
    ),
    "object without a type": (
        "# Bad\nname: Bad\n",
        [
            "data/sources/bad.yml:1:1: WARNING: the field “type” is missing; "
            "write null for a connection that the API does not have [stitch.missing-field]"
        ],
        None,
    ),
    "blank texts": (
        head("""\
            category: ""
            version: ''
            docs: ""
            action: ""
            deprecated: {since: "", use: ""}
            history: [{version: ""}, {version: 1, released: ""}]
            connections: [{key: "", name: ""}, {key: b, name: B, status: ""}]
            variables: {"": x}
            groups: [""]
            omit: [""]
            properties:
              - {name: "", type: string}
              - {name: b, type: string, since: ""}
              - {name: c, type: string, required_if: {"": x}}
            one_of: {"": [b], C: [c]}
        """),
        [
            f"data/sources/bad.yml:{place}: WARNING: {field} takes text that is not blank; found “” [stitch.wrong-type]"
            for place, field in (
                ("3:11", "“category”"),
                ("4:10", "“version”"),
                ("5:7", "“docs”"),
                ("6:9", "“action”"),
                ("7:21", "“since” of “deprecated”"),
                ("7:30", "“use” of “deprecated”"),
                ("8:21", "“version” of item 1 of “history”"),
                ("8:49", "“released” of version “1”"),
                ("9:21", "“key” of item 1 of “connections”"),
                ("9:31", "“name” of item 1 of “connections”"),
            )
        ]
        + [
            "data/sources/bad.yml:9:62: WARNING: “status” of connection “B” takes “released”, “beta”, “deprecated” or "
            "“sunset”; found “” [stitch.wrong-type]"
        ]
        + [
            f"data/sources/bad.yml:{place}: WARNING: {field} takes text that is not blank; found “” [stitch.wrong-type]"
            for place, field in (
                ("10:13", "a key of “variables”"),
                ("11:10", "item 1 of “groups”"),
                ("12:8", "item 1 of “omit”"),
                ("14:12", "“name” of item 1 of “properties”"),
                ("15:36", "“since” of property “b”"),
                ("16:43", "a key of “required_if”"),
                ("17:10", "a key of “one_of”"),
            )
        ],
        [],
    ),
    "texts of spaces": (
        "name: ' '\ntype: test.bad\nversion: \"\\t\\u3000\"\nproperties: [{name: ' ', type: string}, {name: a, type: string}]\n",
        [
            "data/sources/bad.yml:1:7: WARNING: “name” takes text that is not blank; found “ ” [stitch.wrong-type]",
            "data/sources/bad.yml:3:10: WARNING: “version” takes text that is not blank; found “\\t\\u3000” "
            "[stitch.wrong-type]",
            "data/sources/bad.yml:4:21: WARNING: “name” of item 1 of “properties” takes text that is not blank; found “ ” "
            "[stitch.wrong-type]",
        ],
        ["a"],
    ),
    "blank name and type": (
        # All that is wrong with the file is said at once.
        "name: ''\ntype: ''\ncolour: blue\nproperties: [{name: a, type: string, example: [x]}]\n",
        [
            "data/sources/bad.yml:1:7: WARNING: “name” takes text that is not blank; found “” [stitch.wrong-type]",
            "data/sources/bad.yml:2:7: WARNING: “type” takes text that is not blank; found “” [stitch.wrong-type]",
            "data/sources/bad.yml:3:1: WARNING: unknown key “colour” [stitch.unknown-key]",
            'data/sources/bad.yml:4:47: WARNING: the example of “a” is not of type string; found “["x"]” [stitch.bad-example]',
        ],
        ["a"],
    ),
    "connection without a key or a name": (
        head("connections:\n  - name: Bad\n  - key: worse\n  - {key: fine, name: Fine}\n"),
        [
            "data/sources/bad.yml:4:5: WARNING: the field “key” is missing from connection “Bad” [stitch.missing-field]",
            "data/sources/bad.yml:5:5: WARNING: the field “name” is missing from connection “worse” "
            "[stitch.missing-field]",
        ],
        [],
    ),
    "version without its number": (
        head("history:\n  - released: 2020-01-01\n  - version: 2\n"),
        [
            "data/sources/bad.yml:4:5: WARNING: the field “version” is missing from item 1 of “history” "
            "[stitch.missing-field]"
        ],
        [],
    ),
    "property without a name": (
        head("properties:\n  - type: string\n  - {name: b, type: string}\n"),
        [
            "data/sources/bad.yml:4:5: WARNING: the field “name” is missing from item 1 of “properties” "
            "[stitch.missing-field]"
        ],
        ["b"],
    ),
    "property without a type": (
        head("properties:\n  - name: a\n  - {name: b, type: string}\n  - {name: c, type: }\n"),
        [
            "data/sources/bad.yml:4:5: WARNING: the field “type” is missing from property “a” [stitch.missing-field]",
            "data/sources/bad.yml:6:5: WARNING: the field “type” is missing from property “c” [stitch.missing-field]",
        ],
        ["b"],
    ),
    "nested property without a type": (
        head("""\
            properties:
              - name: a
                type: object
                properties:
                  - {name: b, required: true}
                  - {name: c, type: string}
        """),
        ["data/sources/bad.yml:7:9: WARNING: the field “type” is missing from property “b” [stitch.missing-field]"],
        ["a", "a.c"],
    ),
    "name with a space": (
        head("properties:\n  - {name: a b, type: string}\n  - {name: c, type: string}\n"),
        [
            "data/sources/bad.yml:4:12: WARNING: “a b” is not a name of a property: it has a space [stitch.wrong-type]",
        ],
        ["c"],
    ),
    "property twice": (
        head("""\
            properties:
              - {name: a, type: string}
              - {name: b, type: string}
              - name: a
                type: integer
        """),
        [
            "data/sources/bad.yml:6:5: WARNING: the property “a” is defined twice, first in line 4; the first definition is used [stitch.duplicate-property]"
        ],
        ["a", "b"],
    ),
    "nested property twice": (
        head("""\
            properties:
              - name: a
                type: object
                properties:
                  - {name: b, type: string}
                  - {name: b, type: string}
        """),
        [
            "data/sources/bad.yml:8:9: WARNING: the property “b” is defined twice, first in line 7; the first definition is used [stitch.duplicate-property]"
        ],
        ["a", "a.b"],
    ),
    # What stands behind something that is left out keeps its place.
    "sound property of the same name behind a broken one": (
        head("properties:\n  - {name: a, type: strng}\n  - name: a\n    type: integer\n    example: x\n"),
        [
            "data/sources/bad.yml:4:21: WARNING: “type” of property “a” takes “string”, “integer”, “number”, “boolean”, "
            "“array” or “object”; found “strng”; did you mean “string”? [stitch.wrong-type]",
            "data/sources/bad.yml:7:14: WARNING: the example of “a” is not of type integer; found “x” [stitch.bad-example]",
        ],
        ["a"],
    ),
    "group behind an item that is none": (
        head("groups: [[a], nope]\n"),
        [
            "data/sources/bad.yml:3:10: WARNING: item 1 of “groups” takes text; found a list [stitch.wrong-type]",
            "data/sources/bad.yml:3:15: WARNING: there is no property group “nope” [stitch.unknown-group]",
        ],
        [],
    ),
    "omit without a group": (
        head("omit:\n  - a\nproperties: [{name: a, type: string}]\n"),
        [
            "data/sources/bad.yml:4:5: WARNING: no listed group has a property “a” to omit [stitch.without-effect]",
        ],
        ["a"],
    ),
    # Examples and defaults.
    "example of another type": (
        head("""\
            properties:
              - {name: a, type: integer, example: x}
              - {name: b, type: boolean, example: yes}
              - {name: c, type: number, example: 1.2.3}
              - {name: d, type: array, example: x}
              - {name: e, type: object, example: [x]}
              - {name: f, type: string, example: [x]}
              - {name: g, type: integer, example: 007}
              - {name: h, type: [integer, boolean], example: 1.5}
              - {name: i, type: array, items: integer, example: [1, x]}
        """),
        [
            "data/sources/bad.yml:4:39: WARNING: the example of “a” is not of type integer; found “x” [stitch.bad-example]",
            "data/sources/bad.yml:5:39: WARNING: the example of “b” is not of type boolean; found “yes” [stitch.bad-example]",
            "data/sources/bad.yml:6:38: WARNING: the example of “c” is not of type number; found “1.2.3” [stitch.bad-example]",
            "data/sources/bad.yml:7:37: WARNING: the example of “d” is not of type array; found “x” [stitch.bad-example]",
            'data/sources/bad.yml:8:38: WARNING: the example of “e” is not of type object; found “["x"]” [stitch.bad-example]',
            'data/sources/bad.yml:9:38: WARNING: the example of “f” is not of type string; found “["x"]” [stitch.bad-example]',
            "data/sources/bad.yml:10:39: WARNING: the example of “g” is not of type integer; found “007” [stitch.bad-example]",
            "data/sources/bad.yml:11:50: WARNING: the example of “h” is not of type integer or boolean; found “1.5” "
            "[stitch.bad-example]",
            "data/sources/bad.yml:12:57: WARNING: item 2 in the example of “i” is not of type integer; found “x” "
            "[stitch.bad-example]",
        ],
        ["a", "b", "c", "d", "e", "f", "g", "h", "i"],
    ),
    "example of another type in a nested property": (
        head("""\
            properties:
              - name: a
                type: object
                example:
                  id: one
                properties: [{name: id, type: integer}]
              - name: b
                type: object
                example: {id: {id: two}}
                properties: [{name: id, type: object, properties: [{name: id, type: object}]}]
              - name: c
                type: array
                example:
                  - {id: 1}
                  - {id: two}
                properties: [{name: id, type: integer}]
              - name: d
                type: array
                example: [x]
                properties: [{name: id, type: integer}]
        """),
        [
            "data/sources/bad.yml:7:11: WARNING: “id” in the example of “a” is not of type integer; found “one” "
            "[stitch.bad-example]",
            "data/sources/bad.yml:11:24: WARNING: “id” in the example of “b” is not of type object; found “two” "
            "[stitch.bad-example]",
            "data/sources/bad.yml:17:14: WARNING: “id” in the example of “c” is not of type integer; found “two” "
            "[stitch.bad-example]",
            "data/sources/bad.yml:21:15: WARNING: item 1 in the example of “d” is not of type object; found “x” "
            "[stitch.bad-example]",
        ],
        ["a", "a.id", "b", "b.id", "b.id.id", "c", "c.id", "d", "d.id"],
    ),
    "example with a member that is not a nested property": (
        head("""\
            properties:
              - name: a
                type: object
                example:
                  id: 1
                  nmae: x
                properties: [{name: id, type: integer}, {name: name, type: string}]
        """),
        [
            "data/sources/bad.yml:8:13: WARNING: “nmae” in the example of “a” is not a nested property; "
            "did you mean “name”? [stitch.bad-example]"
        ],
        ["a", "a.id", "a.name"],
    ),
    "numbers without end": (
        head(
            f"properties:\n  - {{name: a, type: integer, example: {'9' * 5000}}}\n  - {{name: b, type: number, example: 1e999}}\n"
        ),
        [
            f"data/sources/bad.yml:4:39: WARNING: the example of “a” is not of type integer; found “{'9' * 59}…” "
            "[stitch.bad-example]",
            "data/sources/bad.yml:5:38: WARNING: the example of “b” is not of type number; found “1e999” [stitch.bad-example]",
        ],
        ["a", "b"],
    ),
    "example that is no accepted value": (
        head("""\
            properties:
              - {name: a, type: string, values: [RED, GREEN], example: red}
              - {name: b, type: string, values: {RED: warm, BLUE: cold}, example: GREEN}
              - {name: c, type: array, values: [RED, BLUE], example: [BLUE, GREEN]}
              - {name: d, type: array, values: [RED, BLUE], example: [{RED: BLUE}], default: [[RED]]}
        """),
        [
            "data/sources/bad.yml:4:60: WARNING: the example of “a” is not one of its accepted values “RED” or “GREEN”; "
            "found “red” [stitch.bad-example]",
            "data/sources/bad.yml:5:71: WARNING: the example of “b” is not one of its accepted values “RED” or “BLUE”; "
            "found “GREEN” [stitch.bad-example]",
            "data/sources/bad.yml:6:58: WARNING: the example of “c” is not one of its accepted values “RED” or “BLUE”; "
            "found “GREEN” [stitch.bad-example]",
            "data/sources/bad.yml:7:58: WARNING: the example of “d” is not one of its accepted values “RED” or “BLUE”; "
            'found “{"RED": "BLUE"}” [stitch.bad-example]',
            "data/sources/bad.yml:7:82: WARNING: the default of “d” is not one of its accepted values “RED” or “BLUE”; "
            'found “["RED"]”; did you mean “RED”? [stitch.bad-example]',
        ],
        ["a", "b", "c", "d"],
    ),
    "default": (
        head("""\
            properties:
              - {name: a, type: boolean, default: "no"}
              - {name: b, type: string, values: [RED, GREEN], default: BLUE}
        """),
        [
            "data/sources/bad.yml:4:39: WARNING: the default of “a” is not of type boolean; found “no” [stitch.bad-example]",
            "data/sources/bad.yml:5:60: WARNING: the default of “b” is not one of its accepted values “RED” or “GREEN”; "
            "found “BLUE” [stitch.bad-example]",
        ],
        ["a", "b"],
    ),
    # Substitutions of its own texts.
    "unknown variable": (
        head("""\
            variables: {port: 22}
            description: |
              Text.

              The {{ name }} port is {{ prot }}.
            properties:
              - name: a
                type: integer
                example: "{{ port }}"
                default: "{{ frequency }}"
                description: Not {{ port | upper }}.
        """),
        [
            "data/sources/bad.yml:7:3: WARNING: “prot” is not a variable of source/bad; did you mean “port”? "
            "[stitch.unknown-variable]",
            "data/sources/bad.yml:12:14: WARNING: “frequency” is not a variable of source/bad; known: “name” and “port” "
            "[stitch.unknown-variable]",
            "data/sources/bad.yml:13:18: WARNING: “port | upper” is not a variable of source/bad; known: “name” and “port” "
            "[stitch.unknown-variable]",
        ],
        ["a"],
    ),
    # Addresses.
    "docs that is not a web address": (
        head("docs: example.org/docs\nproperties: [{name: a, type: string}]\n"),
        [
            "data/sources/bad.yml:3:7: WARNING: “example.org/docs” is not a web address; "
            "it begins with “https://” or “http://” [stitch.bad-link]"
        ],
        ["a"],
    ),
    "docs of a connection": (
        head("connections:\n  - {key: bad, name: Bad, docs: 'javascript:alert(1)'}\n"),
        [
            "data/sources/bad.yml:4:33: WARNING: “javascript:alert(1)” is not a web address; "
            "it begins with “https://” or “http://” [stitch.bad-link]"
        ],
        [],
    ),
    # Replacements.
    "replacement that does not exist": (
        head("deprecated:\n  since: 2020-01-01\n  use: test.god\n"),
        [
            "data/sources/bad.yml:5:8: WARNING: there is no object “test.god” to use instead; "
            "did you mean “test.good” or “test.bad”? [stitch.unknown-replacement]"
        ],
        [],
    ),
    "replacement by the name that pages show": (
        head("deprecated: {use: Good}\n"),
        [
            "data/sources/bad.yml:3:19: WARNING: there is no object “Good” to use instead; did you mean “test.good”? "
            "[stitch.unknown-replacement]"
        ],
        [],
    ),
    "replacement by the object itself": (
        head("deprecated: {use: test.bad}\n"),
        [
            "data/sources/bad.yml:3:19: WARNING: “test.bad” cannot be used instead of itself [stitch.unknown-replacement]"
        ],
        [],
    ),
}


@cases(OBJECTS, "text, warnings, properties")
def test_a_broken_piece_costs_itself(data: Data, text: str, warnings: list[str], properties: list[str] | None) -> None:
    data.write(BAD, text)
    data.load()
    assert data.problems == warnings
    bad = {} if properties is None else {"source/bad": properties}
    assert data.properties == {**bad, "source/good": ["sound"]}


def test_broken_connections_cost_their_rows(data: Data) -> None:
    text = """\
        connections:
          - {key: a, name: A}
          - {key: b}
          - {key: c!, name: C}
          - {key: d, name: D, status: old}
          - {key: e, name: E, history: [{released: 2020-01-01}]}
    """
    data.write(BAD, head(text))
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:5:5: WARNING: the field “name” is missing from connection “b” [stitch.missing-field]",
        "data/sources/bad.yml:6:5: WARNING: the key “c!” has “!” in it; it can have English letters, digits, “-”, “_” and “.” "
        "[stitch.wrong-type]",
        "data/sources/bad.yml:7:31: WARNING: “status” of connection “D” takes “released”, “beta”, “deprecated” or "
        "“sunset”; found “old” [stitch.wrong-type]",
        "data/sources/bad.yml:8:33: WARNING: the field “version” is missing from item 1 of “history” "
        "[stitch.missing-field]",
    ]
    assert data.connections == ["A", "E", "Good"]


def test_a_value_that_contradicts_its_property_is_not_shown(catalogue_project: Project) -> None:
    text = """\
        properties:
          - {name: a, type: integer, values: [one, 2], example: three, default: four}
          - {name: b, type: array, items: integer, values: [x, 2]}
    """
    catalogue_project.write(BAD, head(text))
    catalogue_project.build("text")
    assert catalogue_project.warnings == [
        "data/sources/bad.yml:4: WARNING: column 39: an accepted value of “a” is not of type integer; found “one” [stitch.wrong-type]",
        "data/sources/bad.yml:4: WARNING: column 57: the example of “a” is not of type integer; found “three” [stitch.bad-example]",
        "data/sources/bad.yml:4: WARNING: column 73: the default of “a” is not of type integer; found “four” [stitch.bad-example]",
        "data/sources/bad.yml:5: WARNING: column 53: an accepted value of “b” is not of type integer; found “x” [stitch.wrong-type]",
    ]
    text = catalogue_project.output("index.txt")
    assert not re.search("one|three|four|Default", text.split("Bad source")[1].split("Good source")[0].split("|===")[1])
    assert '   {\n     "a": 2,\n     "b": [\n       2\n     ]\n   }\n' in text


def test_a_connection_that_the_api_does_not_have_shows_nothing_of_an_object(data: Data) -> None:
    data.write("data/api.yml", API_WITH_STEPS)
    text = """\
        name: Bad
        type: null
        action: read bad data
        description: Bad.
        groups: [a]
        omit: [b]
        properties: [{name: a, type: string}]
        deprecated: {since: 2020-01-01}
        oauth:
          properties: [{name: b, type: string}]
    """
    data.write(BAD, dedent(text))
    data.load()
    nowhere = "of a connection that the API does not have (its type is null) is shown nowhere; leave it out, or state the type"
    assert data.problems == [
        f"data/sources/bad.yml:3:1: WARNING: “action” {nowhere} [stitch.without-effect]",
        f"data/sources/bad.yml:4:1: WARNING: “description” {nowhere} [stitch.without-effect]",
        f"data/sources/bad.yml:5:1: WARNING: “groups” {nowhere} [stitch.without-effect]",
        f"data/sources/bad.yml:6:1: WARNING: “omit” {nowhere} [stitch.without-effect]",
        f"data/sources/bad.yml:7:1: WARNING: “properties” {nowhere} [stitch.without-effect]",
        f"data/sources/bad.yml:8:1: WARNING: “deprecated” {nowhere} [stitch.without-effect]",
        f"data/sources/bad.yml:9:1: WARNING: “oauth” {nowhere} [stitch.without-effect]",
    ]
    assert data.properties == {"source/good": ["sound"]}
    assert [(row.name, row.status) for row in data.catalogue.connections] == [
        ("Bad", "deprecated"),
        ("Good", "released"),
    ]


def test_steps_that_are_named_wrongly(data: Data) -> None:
    data.write("data/api.yml", API_WITH_STEPS)
    text = """\
        form:
          properties: [{name: a, type: string}]
        oath:
          properties: [{name: b, type: string}]
    """
    data.write(BAD, head(text))
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:3:1: WARNING: unknown key “form”; the fields of the first step stand at the top of the file, "
        "without its name [stitch.unknown-key]",
        "data/sources/bad.yml:5:1: WARNING: unknown key “oath”; did you mean “oauth”? [stitch.unknown-key]",
    ]


def test_steps_are_checked_like_objects(data: Data) -> None:
    data.write("data/api.yml", API_WITH_STEPS)
    text = """\
        properties: [{name: a, type: string}]
        oauth:
          docs: example.org
          colour: blue
          description: Ask {{ whom }}.
          groups: [nope]
          omit: {a: b}
          properties:
            - {name: b, type: string, requird: true}
            - {name: c}
            - {type: string}
            - {name: d, type: integer, example: x}
    """
    data.write(BAD, head(text))
    data.write("data/sources/worse.yml", "name: Worse\ntype: test.worse\noauth: none\n")
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:5:9: WARNING: “example.org” is not a web address; it begins with “https://” or “http://” "
        "[stitch.bad-link]",
        "data/sources/bad.yml:6:3: WARNING: unknown key “colour” of “oauth”; known: “any_of”, “description”, “docs”, “groups”, "
        "“omit”, “one_of” and “properties” [stitch.unknown-key]",
        "data/sources/bad.yml:7:16: WARNING: “whom” is not a variable of source/bad; known: “name” "
        "[stitch.unknown-variable]",
        "data/sources/bad.yml:8:12: WARNING: there is no property group “nope” [stitch.unknown-group]",
        "data/sources/bad.yml:9:9: WARNING: “omit” of “oauth” takes a list; found a mapping [stitch.wrong-type]",
        "data/sources/bad.yml:11:31: WARNING: unknown key “requird” of property “b”; did you mean “required” or “required_if”? "
        "[stitch.unknown-key]",
        "data/sources/bad.yml:13:7: WARNING: the field “name” is missing from item 3 of “properties” "
        "[stitch.missing-field]",
        "data/sources/bad.yml:14:41: WARNING: the example of “d” is not of type integer; found “x” [stitch.bad-example]",
        "data/sources/worse.yml:3:8: WARNING: “oauth” takes a mapping; found “none” [stitch.wrong-type]",
    ]
    assert data.properties == {"source/bad": ["a", "b", "d"], "source/good": ["sound"], "source/worse": []}


# ---------------------------------------------------------------- property groups

SHARED = "title: Shared\nproperties:\n  - {name: a, type: string}\n  - {name: b, type: string}\n"

#: The files of groups, the text of an object, the warnings, and the properties that are shown.
GROUPS: dict[str, tuple[object, ...]] = {
    "unknown group": (
        {GROUP: SHARED},
        head("groups: [shard, shared]\nproperties: [{name: c, type: string}, {name: d, required: true}]\n"),
        [
            "data/sources/bad.yml:3:10: WARNING: there is no property group “shard”; did you mean “shared”? "
            "[stitch.unknown-group]",
        ],
        ["c", "a", "b"],
    ),
    "unknown group and no near one": (
        {GROUP: SHARED},
        head("groups:\n  - shared\n  - nope\n"),
        [
            "data/sources/bad.yml:5:5: WARNING: there is no property group “nope”; known: “shared” "
            "[stitch.unknown-group]",
        ],
        ["a", "b"],
    ),
    "broken group": (
        # One warning: nobody but the group's file is to blame.
        {GROUP: "title: [Shared\n"},
        head("groups: [shared]\nomit: [b]\nproperties: [{name: a, required: true}, {name: c, type: string}]\n"),
        [
            "data/groups/shared.yml:1:8: WARNING: not YAML: a “[” or “{” that is not closed, or lacks a comma "
            "[stitch.yaml]"
        ],
        ["c"],
    ),
    "group without a title": (
        {GROUP: "properties: [{name: a, type: string}]\n"},
        head("groups: [shared]\nproperties: [{name: c, type: string}]\n"),
        ["data/groups/shared.yml:1:1: WARNING: the field “title” is missing [stitch.missing-field]"],
        ["c"],
    ),
    "blank title of a group": (
        {GROUP: "title: ''\nproperties: [{name: a, type: string, example: [x]}]\n"},
        head("groups: [shared]\n"),
        [
            "data/groups/shared.yml:1:8: WARNING: “title” takes text that is not blank; found “” [stitch.wrong-type]",
            'data/groups/shared.yml:2:47: WARNING: the example of “a” is not of type string; found “["x"]” [stitch.bad-example]',
        ],
        ["a"],
    ),
    "group of no properties": (
        {GROUP: "title: Shared\nproperties: []\n"},
        head("groups: [shared]\nproperties: [{name: c, type: string}]\n"),
        ["data/groups/shared.yml:2:13: WARNING: “properties” takes at least one entry; found none [stitch.wrong-type]"],
        ["c"],
    ),
    "unknown key of a group": (
        {GROUP: "titel: x\ncolour: blue\n" + SHARED},
        head("groups: [shared]\n"),
        [
            "data/groups/shared.yml:1:1: WARNING: unknown key “titel”; did you mean “title”? [stitch.unknown-key]",
            "data/groups/shared.yml:2:1: WARNING: unknown key “colour”; known: “any_of”, “one_of”, “properties” and “title” "
            "[stitch.unknown-key]",
        ],
        ["a", "b"],
    ),
    "broken properties of a group": (
        {
            GROUP: "title: Shared\nproperties:\n  - {name: a}\n  - {name: b, type: strng}\n  - {name: c d, type: string}\n"
            "  - {name: e, type: string}\n  - {name: e, type: integer}\n  - {name: f, type: integer, example: x}\n"
        },
        head("groups: [shared]\n"),
        [
            "data/groups/shared.yml:3:5: WARNING: the field “type” is missing from property “a” [stitch.missing-field]",
            "data/groups/shared.yml:4:21: WARNING: “type” of property “b” takes “string”, “integer”, “number”, "
            "“boolean”, “array” or “object”; found “strng”; did you mean “string”? [stitch.wrong-type]",
            "data/groups/shared.yml:5:12: WARNING: “c d” is not a name of a property: it has a space [stitch.wrong-type]",
            "data/groups/shared.yml:7:5: WARNING: the property “e” is defined twice, first in line 6; the first definition is used [stitch.duplicate-property]",
            "data/groups/shared.yml:8:39: WARNING: the example of “f” is not of type integer; found “x” [stitch.bad-example]",
        ],
        ["e", "f"],
    ),
    "two groups with one property": (
        {GROUP: SHARED, "data/groups/other.yml": "title: Other\nproperties:\n  - {name: b, type: integer}\n"},
        head("groups:\n  - shared\n  - other\n"),
        [
            "data/sources/bad.yml:5:5: WARNING: the groups “shared” and “other” both define “b”; the first definition is used "
            "[stitch.group-clash]"
        ],
        ["a", "b"],
    ),
    "group with a name": (
        {GROUP: "name: Shared\nproperties:\n  - {name: a, type: string}\n"},
        head("groups: [shared]\n"),
        [
            "data/groups/shared.yml:1:1: WARNING: the field “title” is missing [stitch.missing-field]",
            "data/groups/shared.yml:1:1: WARNING: unknown key “name”; did you mean “title”? [stitch.unknown-key]",
        ],
        [],
    ),
    "group that is listed twice": (
        {GROUP: SHARED},
        head("groups: [shared, shared]\n"),
        ["data/sources/bad.yml:3:18: WARNING: the property group “shared” is listed twice [stitch.group-clash]"],
        ["a", "b"],
    ),
    "omit of what no group has": (
        {GROUP: SHARED},
        head("groups: [shared]\nomit: [a, bb]\n"),
        [
            "data/sources/bad.yml:4:11: WARNING: no listed group has a property “bb” to omit; did you mean “b”? "
            "[stitch.without-effect]"
        ],
        ["b"],
    ),
    "two groups with one key": (
        {
            "data/groups/one/shared.yml": SHARED,
            "data/groups/two/shared.yml": "title: Other\nproperties: [{name: c, type: string}]\n",
        },
        head("groups: [shared]\n"),
        [
            "data/groups/two/shared.yml:1:1: WARNING: the key “shared” of a group is taken by “data/groups/one/shared.yml”; "
            "this file is left out [stitch.duplicate-object]"
        ],
        ["a", "b"],
    ),
    "two groups with keys that differ by case": (
        # The object is not blamed for the group that is left out.
        {GROUP: SHARED, "data/groups/more/Shared.yml": "title: Other\nproperties: [{name: c, type: string}]\n"},
        head("groups: [shared, Shared]\n"),
        [
            "data/groups/shared.yml:1:1: WARNING: the key “shared” of a group is taken by “data/groups/more/Shared.yml”; "
            "this file is left out [stitch.duplicate-object]"
        ],
        ["c"],
    ),
    "unknown variable in a group": (
        {
            GROUP: "title: Shared\nproperties:\n  - name: a\n    type: string\n    default: every {{ n }} minutes\n"
            "    example: '{{ port }}'\n    description: |\n      Text.\n\n      And {{ port }} and\n      {{ prot }}.\n"
        },
        head("groups: [shared]\nvariables: {port: 22}\n"),
        [
            "data/groups/shared.yml:5:14: WARNING: “n” is not a variable of source/bad; known: “name” and “port” "
            "[stitch.unknown-variable]",
            "data/groups/shared.yml:11:7: WARNING: “prot” is not a variable of source/bad; did you mean “port”? "
            "[stitch.unknown-variable]",
        ],
        ["a"],
    ),
    "own field of another type than the group's property": (
        {GROUP: SHARED},
        head("groups: [shared]\nproperties:\n  - name: a\n    type: integer\n    example: x\n"),
        [
            "data/sources/bad.yml:7:14: WARNING: the example of “a” is not of type integer; found “x” [stitch.bad-example]"
        ],
        ["a", "b"],
    ),
}


@cases(GROUPS, "groups, text, warnings, properties")
def test_a_problem_of_a_group(
    data: Data, groups: dict[str, str], text: str, warnings: list[str], properties: list[str]
) -> None:
    for path, content in groups.items():
        data.write(path, content)
    data.write(BAD, text)
    data.load()
    assert data.problems == warnings
    assert data.properties == {"source/bad": properties, "source/good": ["sound"]}


def test_a_problem_of_a_group_that_two_objects_list_is_one(data: Data) -> None:
    data.write(GROUP, "title: Shared\nproperties: [{name: a}, {name: b, type: string}]\n")
    data.write(BAD, head("groups: [shared]\n"))
    data.write("data/sources/worse.yml", "name: Worse\ntype: test.worse\ngroups: [shared]\n")
    data.load()
    assert data.problems == [
        "data/groups/shared.yml:2:14: WARNING: the field “type” is missing from property “a” [stitch.missing-field]"
    ]
    assert data.properties == {"source/bad": ["b"], "source/good": ["sound"], "source/worse": ["b"]}


# ---------------------------------------------------------------- requirements

#: Properties that requirements can name; what follows begins in line 8.
NAMED = head("""\
    properties:
      - {name: on, type: boolean}
      - {name: mode, type: string, values: [basic, key]}
      - {name: id, type: string, read_only: true}
      - {name: must, type: string, required: true}
""")

#: What follows these properties, the warnings, and the words in the column *Required* by the names of properties.
REQUIREMENTS: dict[str, tuple[object, ...]] = {
    "condition on an unknown property": (
        "  - {name: a, type: string, required_if: {moed: key}}\n",
        [
            "data/sources/bad.yml:8:43: WARNING: “required_if” of “a” names “moed”, which is not a property of source/bad; "
            "did you mean “mode”? [stitch.bad-requirement]"
        ],
        {"a": "optional"},
    ),
    "condition on another type": (
        "  - {name: a, type: string, required_if: {on: yes}}\n",
        [
            "data/sources/bad.yml:8:47: WARNING: “required_if” of “a”: the value of “on” is not of type boolean; found “yes” "
            "[stitch.bad-requirement]"
        ],
        {"a": "optional"},
    ),
    "condition on values that are not accepted": (
        "  - name: a\n    type: string\n    required_if:\n      mode: [basic, kye, none]\n",
        [
            "data/sources/bad.yml:11:21: WARNING: “required_if” of “a”: “mode” takes “basic” or “key”; found “kye”; "
            "did you mean “key”? [stitch.bad-requirement]",
            "data/sources/bad.yml:11:26: WARNING: “required_if” of “a”: “mode” takes “basic” or “key”; found “none” "
            "[stitch.bad-requirement]",
        ],
        {"a": "optional"},
    ),
    "condition on no value": (
        "  - {name: a, type: string, required_if: {mode: []}}\n",
        [
            "data/sources/bad.yml:8:49: WARNING: “required_if” of “a” takes at least one value of “mode”; "
            "found an empty list [stitch.bad-requirement]"
        ],
        {"a": "optional"},
    ),
    "condition on what is read-only": (
        "  - {name: a, type: string, required_if: {id: x}}\n",
        [
            "data/sources/bad.yml:8:43: WARNING: “required_if” of “a” names “id”, which is read-only and never sent "
            "[stitch.bad-requirement]"
        ],
        {"a": "optional"},
    ),
    "two faults in one condition": (
        "  - {name: a, type: string, required_if: {id: x, mode: basic, on: 1}}\n",
        [
            "data/sources/bad.yml:8:43: WARNING: “required_if” of “a” names “id”, which is read-only and never sent "
            "[stitch.bad-requirement]",
            "data/sources/bad.yml:8:67: WARNING: “required_if” of “a”: the value of “on” is not of type boolean; found “1” "
            "[stitch.bad-requirement]",
        ],
        {"a": "optional"},
    ),
    "condition of what is required": (
        "  - {name: a, type: string, required: true, required_if: {on: true}}\n",
        [
            "data/sources/bad.yml:8:45: WARNING: “a” is required already; “required_if” of “a” has no effect "
            "[stitch.bad-requirement]"
        ],
        {"a": "required"},
    ),
    "condition of what is read-only": (
        "  - {name: a, type: string, read_only: true, required_if: {on: true}}\n",
        [
            "data/sources/bad.yml:8:46: WARNING: “a” is read-only and never sent; “required_if” of “a” has no effect "
            "[stitch.bad-requirement]"
        ],
        {"a": "optional"},
    ),
    "condition on itself": (
        "  - {name: a, type: string, required_if: {a: x}}\n",
        ["data/sources/bad.yml:8:42: WARNING: “required_if” of “a” names itself [stitch.bad-requirement]"],
        {"a": "optional"},
    ),
    "conditions in a circle": (
        "  - {name: a, type: string, required_if: {b: x}}\n"
        "  - {name: b, type: string, required_if: {c: x}}\n"
        "  - {name: c, type: string, required_if: {on: true, b: x}}\n",
        [
            "data/sources/bad.yml:9:42: WARNING: “required_if” of “b” and “c” go in a circle; "
            "nobody could tell what holds [stitch.bad-requirement]"
        ],
        {"a": "if b is x", "b": "optional", "c": "optional"},
    ),
    "condition of a nested property on one at the top": (
        "  - name: a\n    type: object\n    properties:\n      - {name: b, type: string, required_if: {on: true}}\n"
        "      - {name: c, type: string}\n",
        [
            "data/sources/bad.yml:11:47: WARNING: “required_if” of “b” names “on”, which is not a property of “a”; "
            "known: “b” and “c” [stitch.bad-requirement]"
        ],
        {"a": "optional", "a.b": "optional"},
    ),
    "condition that is text": (
        "  - {name: a, type: string, required_if: on}\n",
        [
            "data/sources/bad.yml:8:42: WARNING: “required_if” of property “a” takes a mapping; found “on”; "
            "a condition names a property and its value, as in “{mode: key}” or “{mode: {present: true}}” [stitch.wrong-type]"
        ],
        {"a": None},
    ),
    "condition with a mapping in it": (
        "  - {name: a, type: string, required_if: {on: {is: true}}}\n",
        [
            "data/sources/bad.yml:8:43: WARNING: the field “present” is missing from “on” [stitch.missing-field]",
            "data/sources/bad.yml:8:48: WARNING: unknown key “is” of “on”; known: “present” [stitch.unknown-key]",
        ],
        {"a": None},
    ),
    "choice of one set": (
        "one_of: [[on, mode]]\n",
        [
            "data/sources/bad.yml:8:9: WARNING: “one_of” takes at least two sets of properties; found 1 "
            "[stitch.bad-requirement]"
        ],
        {"on": "optional", "mode": "optional"},
    ),
    "choice of nothing": (
        "one_of: {}\n",
        [
            "data/sources/bad.yml:8:9: WARNING: “one_of” takes at least two sets of properties; found none "
            "[stitch.bad-requirement]"
        ],
        {"on": "optional"},
    ),
    "empty set": (
        "one_of: {On: [on], Off: []}\n",
        ["data/sources/bad.yml:8:25: WARNING: a set of “one_of” names no property [stitch.bad-requirement]"],
        {"on": "optional"},
    ),
    "set twice": (
        "one_of:\n  - [on, mode]\n  - [mode, on]\n",
        ["data/sources/bad.yml:10:5: WARNING: “one_of” has the set of “mode” and “on” twice [stitch.bad-requirement]"],
        {"on": "optional", "mode": "optional"},
    ),
    "property twice in a set": (
        "one_of:\n  - [on, on]\n  - [mode]\n",
        ["data/sources/bad.yml:9:5: WARNING: a set of “one_of” names a property twice [stitch.bad-requirement]"],
        {"on": "optional", "mode": "optional"},
    ),
    "set with an unknown property": (
        "one_of: {Switch: [onn], Mode: [mode, colour]}\n",
        [
            "data/sources/bad.yml:8:19: WARNING: “one_of” names “onn”, which is not a property of source/bad; "
            "did you mean “on”? [stitch.bad-requirement]",
            "data/sources/bad.yml:8:38: WARNING: “one_of” names “colour”, which is not a property of source/bad; "
            "known: “id”, “mode”, “must” and “on” [stitch.bad-requirement]",
        ],
        {"on": "optional", "mode": "optional"},
    ),
    "set with what is required": (
        "one_of: [[on], [mode, must]]\n",
        [
            "data/sources/bad.yml:8:23: WARNING: “must” is required already; “one_of” cannot leave it out "
            "[stitch.bad-requirement]"
        ],
        {"on": "optional", "mode": "optional", "must": "required"},
    ),
    "set with what has a condition": (
        "  - {name: a, type: string, required_if: {on: true}}\none_of: [[a], [mode]]\n",
        [
            "data/sources/bad.yml:9:11: WARNING: “a” has “required_if”; “one_of” cannot name it too [stitch.bad-requirement]"
        ],
        {"a": "if on is true", "mode": "optional"},
    ),
    "set with what is read-only": (
        "one_of: [[on], [id]]\n",
        [
            "data/sources/bad.yml:8:17: WARNING: “one_of” names “id”, which is read-only and never sent "
            "[stitch.bad-requirement]"
        ],
        {"on": "optional", "id": "optional"},
    ),
    "choice that is text": (
        "one_of: on\n",
        [
            "data/sources/bad.yml:8:9: WARNING: “one_of” takes a list or a mapping; found “on”; "
            "each set is a list of names, as in “[[name], [other_name, third_name]]” [stitch.wrong-type]"
        ],
        {"on": "optional"},
    ),
    "choice of properties without sets": (
        "one_of: [on, mode]\n",
        [
            "data/sources/bad.yml:8:10: WARNING: item 1 of “one_of” takes a list; found “on”; "
            "each set is a list of names, as in “[[name], [other_name, third_name]]” [stitch.wrong-type]",
            "data/sources/bad.yml:8:14: WARNING: item 2 of “one_of” takes a list; found “mode”; "
            "each set is a list of names, as in “[[name], [other_name, third_name]]” [stitch.wrong-type]",
        ],
        {"on": "optional", "mode": "optional"},
    ),
    "label without a list": (
        "one_of: {Switch: on, Mode: [mode]}\n",
        ["data/sources/bad.yml:8:18: WARNING: “Switch” of “one_of” takes a list; found “on” [stitch.wrong-type]"],
        {"on": "optional", "mode": "optional"},
    ),
    "label with a heading": (
        "one_of:\n  '# Switch': [on]\n  Mode: [mode]\n",
        [
            "data/sources/bad.yml:9:3: WARNING: a heading in a description; it can have paragraphs, lists, code, "
            "emphasis and links [stitch.bad-prose]"
        ],
        {"on": "if chosen", "mode": "if chosen"},
    ),
}


def required(data: Data) -> dict[str, str]:
    """When each property of the bad object is to be sent, in the words of the column *Required*."""

    def word(prop: Property, chosen: set[str]) -> str:
        conditions = [f"{condition.name} is {' or '.join(condition.values)}" for condition in prop.required_if]
        if conditions:
            return f"if {' and '.join(conditions)}"
        return "required" if prop.required else "if chosen" if prop.name in chosen else "optional"

    def words(properties: Iterable[Property], chosen: set[str], parents: str = "") -> dict[str, str]:
        found = {}
        for prop in properties:
            found[f"{parents}{prop.name}"] = word(prop, chosen)
            found |= words(prop.properties, set(), f"{parents}{prop.name}.")
        return found

    found = {}
    (bad,) = data.catalogue.find("source/bad")
    for step in bad.steps:
        found |= words(
            step.properties, {name for choice in step.choices for part in choice.sets for name in part.names}
        )
    return found


@cases(REQUIREMENTS, "text, warnings, words")
def test_a_wrong_requirement_is_left_out(
    data: Data, text: str, warnings: list[str], words: dict[str, str | None]
) -> None:
    data.write(BAD, NAMED + text)
    data.load()
    assert data.problems == warnings
    found = required(data)
    assert {name: found.get(name) for name in words} == words
    assert {"on", "mode", "id", "must"} <= found.keys()


#: A group with requirements, an object that lists it, the warnings, and words of the column *Required*.
GROUP_REQUIREMENTS: dict[str, tuple[object, ...]] = {
    "omitted property of a condition": (
        "properties:\n  - {name: on, type: boolean}\n  - {name: a, type: string, required_if: {on: true}}\n",
        "groups: [shared]\nomit: [on]\n",
        [
            "data/sources/bad.yml:4:8: WARNING: “on” is omitted, but “required_if” of “a” names it [stitch.bad-requirement]"
        ],
        {"a": "optional"},
    ),
    "omitted property of a choice": (
        "properties: [{name: a, type: string}, {name: b, type: string}]\none_of: [[a], [b]]\n",
        "groups: [shared]\nomit: [b]\n",
        [
            "data/sources/bad.yml:4:8: WARNING: “b” is omitted, but “one_of” of the group “shared” names it "
            "[stitch.bad-requirement]"
        ],
        {"a": "optional"},
    ),
    "property in two choices": (
        "properties: [{name: a, type: string}, {name: b, type: string}]\none_of: [[a], [b]]\n",
        "groups: [shared]\nproperties: [{name: c, type: string}]\none_of: [[c], [a]]\n",
        [
            "data/groups/shared.yml:3:11: WARNING: “one_of” of the group “shared” names “a”, which is in another "
            "choice of source/bad already [stitch.bad-requirement]"
        ],
        {"a": "if chosen", "b": "optional", "c": "if chosen"},
    ),
    "broken group": (
        "properties: a\n",
        "groups: [shared]\nproperties: [{name: c, type: string, required_if: {a: x}}]\none_of: [[c], [a]]\n",
        [
            "data/groups/shared.yml:2:13: WARNING: “properties” takes a list; found “a”; "
            "each property is an item of a list and begins with “- name:” [stitch.wrong-type]"
        ],
        {"c": "optional"},
    ),
    "condition that an object takes back": (
        "properties:\n  - {name: on, type: boolean}\n  - {name: a, type: string, required_if: {on: true}}\n",
        "groups: [shared]\nproperties: [{name: a, required: true, required_if: {}}]\n",
        [],
        {"a": "required", "on": "optional"},
    ),
    "requirement of a step": (
        "properties: [{name: a, type: string}]\n",
        "properties: [{name: b, type: string}]\noauth:\n  groups: [shared]\n  one_of: [[a], [b]]\n",
        [
            "data/sources/bad.yml:6:18: WARNING: “one_of” names “b”, which is not a property of the step “oauth” of "
            "source/bad; known: “a” [stitch.bad-requirement]"
        ],
        {"a": "optional", "b": "optional"},
    ),
}


@cases(GROUP_REQUIREMENTS, "group, text, warnings, words")
def test_a_wrong_requirement_with_a_group(
    data: Data, group: str, text: str, warnings: list[str], words: dict[str, str]
) -> None:
    data.write("data/api.yml", API_WITH_STEPS)
    data.write(GROUP, f"title: Shared\n{group}")
    data.write(BAD, head(text))
    data.load()
    assert data.problems == warnings
    found = required(data)
    assert {name: found[name] for name in words} == words


# ---------------------------------------------------------------- api.yml

#: The text of api.yml, the warnings, and the properties that are shown of an object with two steps.
APIS: dict[str, tuple[object, ...]] = {
    "unknown keys": (
        """\
        name: Test
        colour: blue
        steps:
          form: {title: Properties, titel: x}
          oauth: {title: Sign-in}
        endpoints:
          sources.create: {title: Create, method: POST, path: /sources, doc: x}
        unavailable: {labl: No}
        """,
        [
            "data/api.yml:2:1: WARNING: unknown key “colour”; known: “anchors”, “attributes”, “categories”, “empty”, "
            "“endpoints”, “kinds”, “name”, “property_order”, “requests”, “steps”, “unavailable” and “words” [stitch.unknown-key]",
            "data/api.yml:4:29: WARNING: unknown key “titel” of “form”; did you mean “title”? [stitch.unknown-key]",
            "data/api.yml:7:65: WARNING: unknown key “doc” of “sources.create”; did you mean “docs”? "
            "[stitch.unknown-key]",
            "data/api.yml:8:15: WARNING: unknown key “labl” of “unavailable”; did you mean “label”? "
            "[stitch.unknown-key]",
        ],
        ["a", "token"],
    ),
    "what cannot be in a request or an anchor": (
        """\
        name: Test
        steps:
          form: {title: Properties, endpoint: a.method}
          oauth: {title: Sign-in}
        endpoints:
          a.method: {title: Create, method: "POST http://x; touch y #", path: /sources}
          b.method: {title: Create, method: post, path: /sources}
          c.path: {title: Create, method: POST, path: sources}
          d.path: {title: Create, method: POST, path: /a b}
          e name: {title: Create, method: POST, path: /sources}
        requests:
          url: https://api.example
          token: TOKEN
          headers: {"X-$(id)": a, X-Ok: b}
        """,
        [
            "data/api.yml:6:37: WARNING: “method” of “a.method” takes an HTTP method in capital letters, such as “POST”; "
            "found “POST http://x; touch y #” [stitch.wrong-type]",
            "data/api.yml:7:37: WARNING: “method” of “b.method” takes an HTTP method in capital letters, such as “POST”; "
            "found “post” [stitch.wrong-type]",
            "data/api.yml:8:47: WARNING: “path” of “c.path” takes a path that begins with “/” and has no spaces; "
            "found “sources” [stitch.wrong-type]",
            "data/api.yml:9:47: WARNING: “path” of “d.path” takes a path that begins with “/” and has no spaces; "
            "found “/a b” [stitch.wrong-type]",
            "data/api.yml:10:3: WARNING: the name of the endpoint “e name” has “ ” in it; it can have English letters, digits, “-”, “_” and “.” "
            "[stitch.wrong-type]",
            "data/api.yml:14:13: WARNING: “X-$(id)” is not a name of a header: letters, digits and “-” "
            "[stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "line breaks": (
        """\
        name: "Te\\nst"
        steps:
          form: {title: Properties}
          oauth: {title: "Sign\\nin"}
        categories: {"a\\nb": A}
        """,
        [
            "data/api.yml:1:7: WARNING: “name” takes text of one line; found a line break in “Te\\nst” "
            "[stitch.wrong-type]",
            "data/api.yml:4:18: WARNING: “title” of “oauth” takes text of one line; found a line break in “Sign\\nin” "
            "[stitch.wrong-type]",
            "data/api.yml:5:14: WARNING: a key of “categories” takes text of one line; found a line break in “a\\nb” "
            "[stitch.wrong-type]",
        ],
        ["a"],
    ),
    "unknown key of an endpoint that is named like a field": (
        """\
        name: Test
        steps:
          form: {title: Properties}
          oauth: {title: Sign-in}
        endpoints:
          properties: {title: Create, method: POST, path: /sources, doc: x}
          deprecated: {title: Create, method: POST, path: /sources, us: x}
        """,
        [
            "data/api.yml:6:61: WARNING: unknown key “doc” of “properties”; did you mean “docs”? [stitch.unknown-key]",
            "data/api.yml:7:61: WARNING: unknown key “us” of “deprecated”; known: “body”, “docs”, “kind”, “method”, "
            "“path” and “title” [stitch.unknown-key]",
        ],
        ["a", "token"],
    ),
    "blank texts": (
        """\
        name: ""
        steps:
          form: {title: "", endpoint: ""}
          oauth: {title: Sign-in, endpoint: {source: ""}}
        endpoints:
          "": {title: "", method: "", path: ""}
        requests: {url: "", token: "", headers: {"": x}}
        unavailable: {label: "", tip: ""}
        categories: {"": A, a: ""}
        """,
        [
            f"data/api.yml:{place}: WARNING: {field} takes text that is not blank; found “” [stitch.wrong-type]"
            for place, field in (
                ("1:7", "“name”"),
                ("3:17", "“title” of “form”"),
                ("3:31", "“endpoint” of “form”"),
                ("4:46", "“source” of “endpoint”"),
                ("6:3", "a key of “endpoints”"),
                ("6:15", "“title” of “”"),
                ("6:27", "“method” of “”"),
                ("6:37", "“path” of “”"),
                ("7:17", "“url” of “requests”"),
                ("7:28", "“token” of “requests”"),
                ("7:42", "a key of “headers”"),
                ("8:22", "“label” of “unavailable”"),
                ("8:31", "“tip” of “unavailable”"),
                ("9:14", "a key of “categories”"),
                ("9:24", "“a” of “categories”"),
            )
        ],
        ["a", "token"],
    ),
    "empty steps": (
        "name: Test\nsteps: {}\n",
        ["data/api.yml:2:8: WARNING: “steps” takes at least one entry; found none [stitch.wrong-type]"],
        ["a"],
    ),
    "no name": (
        "steps: {form: {title: Properties}, oauth: {title: Sign-in}}\n",
        ["data/api.yml:1:1: WARNING: the field “name” is missing [stitch.missing-field]"],
        ["a"],
    ),
    "no steps": (
        "name: Test\n",
        ["data/api.yml:1:1: WARNING: the field “steps” is missing [stitch.missing-field]"],
        ["a"],
    ),
    "steps as a list": (
        "name: Test\nsteps: [form, oauth]\n",
        ["data/api.yml:2:8: WARNING: “steps” takes a mapping; found a list [stitch.wrong-type]"],
        ["a"],
    ),
    "step without a title": (
        "name: Test\nsteps:\n  form: {sentence: Fill it in.}\n  oauth:\n    required: no\n",
        [
            "data/api.yml:3:3: WARNING: the field “title” is missing from “form” [stitch.missing-field]",
            "data/api.yml:4:3: WARNING: the field “title” is missing from “oauth” [stitch.missing-field]",
            "data/api.yml:5:15: WARNING: “required” of “oauth” takes “true” or “false”; found “no”; did you mean “false”? [stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "endpoint of a step": (
        """\
        name: Test
        steps:
          form: {title: Properties, endpoint: sources.creat}
          oauth:
            title: Sign-in
            endpoint: {source: sources.create, destination: destinations.create, sourc: sources.create}
        endpoints:
          sources.create: {title: Create, method: POST, path: /sources}
        """,
        [
            "data/api.yml:3:39: WARNING: there is no endpoint “sources.creat”; did you mean “sources.create”? "
            "[stitch.unknown-endpoint]",
            "data/api.yml:6:53: WARNING: there is no endpoint “destinations.create”; did you mean “sources.create”? "
            "[stitch.unknown-endpoint]",
            "data/api.yml:6:74: WARNING: unknown key “sourc” of “endpoint”; did you mean “source”? "
            "[stitch.unknown-key]",
        ],
        ["a", "token"],
    ),
    "endpoint of another kind": (
        """\
        name: Test
        steps:
          form: {title: Properties, endpoint: {source: b.create, destination: b.create}}
          oauth: {title: Sign-in, endpoint: b.create}
        endpoints:
          b.create: {title: Create, method: POST, path: /b, kind: destination}
        """,
        [
            "data/api.yml:3:48: WARNING: the endpoint “b.create” is one of the kind “destination”, not of “source”; it is "
            "left out [stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "endpoint that is a list": (
        "name: Test\nsteps:\n  form: {title: Properties}\n  oauth: {title: Sign-in, endpoint: [a]}\n",
        ["data/api.yml:4:37: WARNING: “endpoint” of “oauth” takes text or a mapping; found a list [stitch.wrong-type]"],
        ["a", "token"],
    ),
    "endpoints": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        endpoints:
          sources.create: {title: Create, method: POST, path: /sources, docs: /api}
          sources.delete: {title: Delete, method: DELETE}
          sources.update: {title: Update, method: PUT, path: /sources, kind: sorce}
        """,
        [
            "data/api.yml:4:71: WARNING: “/api” is not a web address; it begins with “https://” or “http://” "
            "[stitch.bad-link]",
            "data/api.yml:5:3: WARNING: the field “path” is missing from “sources.delete” [stitch.missing-field]",
            "data/api.yml:6:70: WARNING: “kind” of “sources.update” takes “source” or “destination”; found “sorce”; "
            "did you mean “source”? [stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "kinds that are a list": (
        "name: Test\nkinds: [source]\nsteps: {form: {title: Properties}, oauth: {title: Sign-in}}\n",
        ["data/api.yml:2:8: WARNING: “kinds” takes a mapping; found a list [stitch.wrong-type]"],
        ["a", "token"],
    ),
    "names of kinds": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        kinds:
          source: {}
          Sink: {title: Sink, plural: Sinks, heading: "{{ name }}"}
          data-lake: {title: Lake, plural: Lakes, heading: "{{ name }}"}
        """,
        [
            "data/api.yml:5:3: WARNING: a key of “kinds” takes 1 to 40 letters a–z and digits; found “Sink” "
            "[stitch.wrong-type]",
            "data/api.yml:6:3: WARNING: a key of “kinds” takes 1 to 40 letters a–z and digits; found “data-lake” "
            "[stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "names of kinds that are taken": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        kinds:
          source: {}
          endpoint: {title: E, plural: Es, heading: "{{ name }}"}
          index: {title: I, plural: Is, heading: "{{ name }}"}
        """,
        [
            "data/api.yml:5:3: WARNING: “endpoint” cannot name a kind: anchors or pages of something else begin with it "
            "[stitch.wrong-type]",
            "data/api.yml:6:3: WARNING: “index” cannot name a kind: anchors or pages of something else begin with it "
            "[stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "kinds": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        kinds:
          source: {title: [Quelle], titel: Quelle}
          sink: Sinks
        """,
        [
            "data/api.yml:4:19: WARNING: “title” of “source” takes text; found a list [stitch.wrong-type]",
            "data/api.yml:4:29: WARNING: unknown key “titel” of “source”; did you mean “title”? [stitch.unknown-key]",
            "data/api.yml:5:9: WARNING: “sink” of “kinds” takes a mapping; found “Sinks” [stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "texts of a kind that are missing": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        kinds: {source: {}, sink: {title: Sink}}
        """,
        [
            "data/api.yml:3:21: WARNING: the field “heading” is missing from “sink” [stitch.missing-field]",
            "data/api.yml:3:21: WARNING: the field “plural” is missing from “sink” [stitch.missing-field]",
        ],
        ["a", "token"],
    ),
    "headings of kinds": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        kinds:
          source: {heading: The source}
          sink: {title: Sink, plural: Sinks, heading: "The {{ nam }} sink"}
        """,
        [
            "data/api.yml:4:21: WARNING: “heading” of “source” takes text with one “{{ name }}” in it; "
            "found “The source” [stitch.wrong-type]",
            "data/api.yml:5:47: WARNING: “heading” of “sink” takes text with one “{{ name }}” in it; "
            "found “The {{ nam }} sink” [stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "folders of kinds": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        kinds:
          source: {}
          sink: {title: Sink, plural: Sinks, heading: "{{ name }}", folder: the/sinks}
        """,
        [
            "data/api.yml:5:69: WARNING: “folder” of “sink” takes 1 to 40 letters a–z and digits; found “the/sinks” "
            "[stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "folders of kinds that are taken": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        kinds:
          source: {}
          sink: {title: Sink, plural: Sinks, heading: "{{ name }}", folder: sources}
          group: {title: Group, plural: Groups, heading: "{{ name }}"}
        """,
        [
            "data/api.yml:5:69: WARNING: the folder “sources” of the kind “sink” is that of the kind “source”; "
            "state another “folder” [stitch.wrong-type]",
            "data/api.yml:6:3: WARNING: the folder “groups” of the kind “group” is that of property groups; "
            "state another “folder” [stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "kind of an endpoint that is no kind": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in, endpoint: {destination: a.create}}}
        kinds: {source: {}, sink: {title: Sink, plural: Sinks, heading: "{{ name }}"}}
        endpoints:
          a.create: {title: A, method: POST, path: /a, kind: snk}
        """,
        [
            "data/api.yml:2:71: WARNING: unknown key “destination” of “endpoint”; known: “sink” and “source” "
            "[stitch.unknown-key]",
            "data/api.yml:5:54: WARNING: “kind” of “a.create” takes “source” or “sink”; found “snk”; did you mean “sink”? "
            "[stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "requests": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        requests:
          url: api.example.org
          token: MY TOKEN
          headers: {Authorization: "Bearer {{ tokn }}", X-Type: "{{ type }}"}
          header: x
        """,
        [
            "data/api.yml:4:8: WARNING: “api.example.org” is not a web address; it begins with “https://” or “http://” "
            "[stitch.bad-link]",
            "data/api.yml:5:10: WARNING: “MY TOKEN” is not a name of an environment variable: letters, digits and “_” "
            "[stitch.wrong-type]",
            "data/api.yml:6:28: WARNING: “tokn” is not a variable of “headers”; did you mean “token”? "
            "[stitch.unknown-variable]",
            "data/api.yml:6:57: WARNING: “type” is not a variable of “headers”; known: “token” [stitch.unknown-variable]",
            "data/api.yml:7:3: WARNING: unknown key “header” of “requests”; did you mean “headers”? "
            "[stitch.unknown-key]",
        ],
        ["a", "token"],
    ),
    "requests without an address": (
        "name: Test\nsteps: {form: {title: Properties}, oauth: {title: Sign-in}}\nrequests: {headers: {X: x}}\n",
        [
            "data/api.yml:3:1: WARNING: the field “token” is missing from “requests” [stitch.missing-field]",
            "data/api.yml:3:1: WARNING: the field “url” is missing from “requests” [stitch.missing-field]",
        ],
        ["a", "token"],
    ),
    "bodies": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        endpoints:
          a.create: {title: A, method: POST, path: /a, body: {type: "{{ typ }}", properties: "{{ properties }}"}}
          b.create: {title: B, method: POST, path: /b, body: {type: "{{ type }}"}}
          c.create: {title: C, method: POST, path: /c, body: {all: "all {{ properties }}"}}
          d.create: {title: D, method: POST, path: /d, body: [properties]}
        """,
        [
            "data/api.yml:4:61: WARNING: “typ” is not a variable of “body”; did you mean “type”? "
            "[stitch.unknown-variable]",
            "data/api.yml:5:48: WARNING: the body has no place for the properties; one of its members must be "
            "“{{ properties }}” [stitch.missing-field]",
            "data/api.yml:6:48: WARNING: the body has no place for the properties; one of its members must be "
            "“{{ properties }}” [stitch.missing-field]",
            "data/api.yml:7:54: WARNING: “body” of “d.create” takes a mapping; found a list [stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "properties within a text of a body": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        endpoints:
          a.create: {title: A, method: POST, path: /a, body: {all: "{{ properties }}", some: "all {{ properties }}"}}
        """,
        [
            "data/api.yml:4:86: WARNING: “some” has the properties within a text; “{{ properties }}” is a whole member "
            "[stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "paths that clients change": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        endpoints:
          a: {title: A, method: POST, path: "//a"}
          b: {title: B, method: POST, path: "/a/../b"}
          c: {title: C, method: POST, path: "/a/%2E"}
          d: {title: D, method: POST, path: "/a#b"}
          e: {title: E, method: POST, path: '/a\\b'}
          f: {title: F, method: POST, path: "/100%?"}
          g: {title: G, method: POST, path: "/g?"}
          h: {title: H, method: POST, path: "/h..h/.well/é[1-3]{id}%2f?a=%41"}
        """,
        [
            f"data/api.yml:{line}:{column}: WARNING: “path” of “{name}” takes a path that clients send as it is written, "
            f"which they do not with “{part}”; found “{path}” [stitch.wrong-type]"
            for line, column, name, part, path in (
                (4, 37, "a", "//", "//a"),
                (5, 37, "b", "..", "/a/../b"),
                (6, 37, "c", "%2E", "/a/%2E"),
                (7, 37, "d", "#", "/a#b"),
                (8, 37, "e", "\\", "/a\\b"),
                (9, 37, "f", "%", "/100%?"),
                (10, 37, "g", "?", "/g?"),
            )
        ],
        ["a", "token"],
    ),
    "methods without a body": (
        """\
        name: Test
        steps:
          form: {title: Properties, endpoint: a.get}
          oauth: {title: Sign-in, endpoint: {source: b.trace, destination: c.delete}}
        endpoints:
          a.get: {title: A, method: GET, path: /a}
          b.trace: {title: B, method: TRACE, path: /a}
          c.delete: {title: C, method: DELETE, path: /a}
        """,
        [
            "data/api.yml:3:39: WARNING: “a.get” takes no properties: a GET request has no body [stitch.wrong-type]",
            "data/api.yml:4:46: WARNING: “b.trace” takes no properties: a TRACE request has no body [stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    "headers that clients change": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        requests:
          url: https://api.example
          token: TOKEN
          headers:
            X-Lines: "a\\nb"
            X-Name: a
            x-name: b
            __proto__: a
            content-length: "5"
            X-Empty: ""
            X-Space: " a"
            X-Accent: café
            X-Right: a  "b" {{ token }}
        """,
        [
            "data/api.yml:7:14: WARNING: “X-Lines” of “headers” takes text of one line; found a line break in “a\\nb” "
            "[stitch.wrong-type]",
            "data/api.yml:9:5: WARNING: the headers “X-Name” and “x-name” differ by case alone, which their names do not "
            "have [stitch.wrong-type]",
            "data/api.yml:10:5: WARNING: “__proto__” is not a name of a header: letters, digits and “-” "
            "[stitch.wrong-type]",
            "data/api.yml:11:5: WARNING: “content-length” is a header that clients set themselves [stitch.wrong-type]",
            "data/api.yml:12:14: WARNING: “X-Empty” takes printable ASCII characters, without spaces around them; found "
            "“” [stitch.wrong-type]",
            "data/api.yml:13:14: WARNING: “X-Space” takes printable ASCII characters, without spaces around them; found "
            "“ a” [stitch.wrong-type]",
            "data/api.yml:14:15: WARNING: “X-Accent” takes printable ASCII characters, without spaces around them; found "
            "“café” [stitch.wrong-type]",
        ],
        ["a", "token"],
    ),
    **{
        f"address of requests {url}": (
            f"""\
            name: Test
            steps: {{form: {{title: Properties}}, oauth: {{title: Sign-in}}}}
            requests: {{url: '{url}', token: TOKEN}}
            """,
            [
                f"data/api.yml:3:17: WARNING: no path can be added to “{url}”; the address is a host and a path, "
                "without a user, “?”, “#” and “..” [stitch.bad-link]",
            ],
            ["a", "token"],
        )
        for url in (
            "https://",
            "https://a.example?b",
            "https://a.example/#b",
            "https://user:word@a.example",
            "https://a b.example",
            r"https://a.example\@b.example",
            "https://a.example/b/../c",
            "https://a.example/é",
        )
    },
    "category that nothing has": (
        """\
        name: Test
        steps: {form: {title: Properties}, oauth: {title: Sign-in}}
        categories: {sas: SaaS}
        """,
        [],
        ["a", "token"],
    ),
    "prose": (
        """\
        name: Test
        steps:
          form: {title: Properties}
          oauth:
            title: Sign-in
            sentence: |
              See
              [this](stitch:nope).
        empty: "[Write](write.html)"
        """,
        [
            "data/api.yml:8:7: WARNING: there is no object, property, endpoint or connection “nope”; known: “bad”, “good”, "
            "“source/bad”, “source/good”, “test.bad” and “test.good” [stitch.unknown-target]",
            "data/api.yml:9:8: WARNING: the link “write.html” begins with none of “http:”, “https:”, “mailto:”, "
            "“stitch:”, “ref:” or “doc:” [stitch.bad-link]",
        ],
        ["a", "token"],
    ),
    "unreadable": (
        "name: 'Test\n",
        ["data/api.yml:1:7: WARNING: not YAML: a quote that is opened and not closed [stitch.yaml]"],
        ["a"],
    ),
}


@cases(APIS, "text, warnings, properties")
def test_a_problem_of_the_api(data: Data, text: str, warnings: list[str], properties: list[str]) -> None:
    data.write("data/api.yml", dedent(text))
    sign_in = "oauth:\n  properties: [{name: token, type: string}]\n"
    data.write(BAD, head("properties: [{name: a, type: string}]\n") + sign_in)
    data.load()
    # Objects are not blamed for a step that api.yml failed to name.
    assert data.problems == warnings
    assert data.properties == {"source/bad": properties, "source/good": ["sound"]}


# ---------------------------------------------------------------- the catalogue as a whole


def test_no_data_folder(make_project: Callable[..., Project]) -> None:
    project = make_project()
    project.write("conf.py", 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data"\n')
    project.write("index.rst", "Test\n====\n\n.. connection-table::\n\n.. connection-property::\n")
    project.build("text")
    assert project.warnings == ["data:1: WARNING: there is no folder “data” [stitch.data-path]"]
    assert "Name" in project.output("index.txt")


def test_a_file_in_the_place_of_the_data_folder(make_project: Callable[..., Project]) -> None:
    project = make_project()
    project.write("conf.py", 'extensions = ["sphinxext_stitch"]\nstitch_data_path = "data/api.yml"\n')
    project.write("index.rst", "Test\n====\n\n.. connection-table::\n")
    project.write("data/api.yml", API_WITH_STEPS)
    project.build("text")
    assert project.warnings == [
        "data/api.yml:1: WARNING: “data/api.yml” is a file; name the folder of the catalogue [stitch.data-path]"
    ]


def test_a_data_folder_without_objects(data: Data) -> None:
    (data.folder / "data/sources/good.yml").unlink()
    data.load()
    assert data.problems == [
        "data:1:1: WARNING: there is no catalogue in “data”: no data file in sources/ or destinations/ "
        "[stitch.data-path]"
    ]


def test_no_api_file(data: Data) -> None:
    (data.folder / "data/api.yml").unlink()
    data.write(BAD, head("oauth:\n  properties: [{name: b, type: string}]\ncolour: blue\n"))
    data.load()
    assert data.problems == [
        "data/api.yml:1:1: WARNING: the file “api.yml” is missing; it names the API, its steps and endpoints "
        "[stitch.data-path]",
        "data/sources/bad.yml:5:1: WARNING: unknown key “colour” [stitch.unknown-key]",
    ]
    assert data.properties == {"source/bad": [], "source/good": ["sound"]}


@pytest.mark.parametrize("path", ["data/stray.yml", "data/source/stray.yml", "data/api/stray.yml", "data/api.yaml"])
def test_a_file_that_belongs_to_no_part(data: Data, path: str) -> None:
    data.write(path, "name: Stray\ntype: test.stray\n")
    data.load()
    assert data.problems == [
        f"{path}:1:1: WARNING: this file belongs to no part of a catalogue: sources/, destinations/, groups/, api.yml or "
        "check.yml [stitch.without-effect]"
    ]
    assert data.properties == {"source/good": ["sound"]}


def test_two_objects_with_one_key(data: Data) -> None:
    data.write("data/sources/one/bad.yml", "name: One\ntype: test.one\n")
    data.write("data/sources/two/bad.yml", "name: Two\ntype: test.two\n")
    data.write("data/sources/two/good.yaml", "name: Three\ntype: test.three\n")
    data.load()
    assert data.problems == [
        "data/sources/two/bad.yml:1:1: WARNING: the key “source/bad” is taken by “data/sources/one/bad.yml”; "
        "this file is left out [stitch.duplicate-object]",
        "data/sources/two/good.yaml:1:1: WARNING: the key “source/good” is taken by “data/sources/good.yml”; "
        "this file is left out [stitch.duplicate-object]",
    ]
    assert data.properties == {"source/good": ["sound"], "source/bad": []}
    assert data.connections == ["Good", "One"]


@posix  # Windows has another reason
def test_a_folder_that_is_named_like_the_file_of_the_api(data: Data) -> None:
    (data.folder / "data/api.yml").unlink()
    data.write("data/api.yml/more.yml", "name: Wrong\nsteps: {form: {title: Wrong}}\n")
    data.load()
    assert data.problems == [
        f"data/api.yml:1:1: WARNING: the file cannot be read: {os.strerror(21)} [stitch.yaml]",
        "data/api.yml/more.yml:1:1: WARNING: this file belongs to no part of a catalogue: sources/, destinations/, groups/, "
        "api.yml or check.yml [stitch.without-effect]",
    ]
    assert data.catalogue.api.name == ""


def test_a_source_and_a_destination_can_share_a_key(data: Data) -> None:
    data.write("data/destinations/good.yml", "name: Fine\ntype: test.fine\n")
    data.load()
    assert data.problems == []
    assert data.properties == {"destination/good": [], "source/good": ["sound"]}


def test_two_rows_with_one_key(data: Data) -> None:
    text = """\
        connections:
          - {key: bad, name: One}
          - {key: bad, name: Two}
          - key: good
            name: Three
    """
    data.write(BAD, head(text))
    data.write("data/sources/zed.yml", "name: Zed\ntype: test.zed\nconnections: [{key: good, name: Four}]\n")
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:5:5: WARNING: the connection “source/bad” is defined twice, first at data/sources/bad.yml:4:5; "
        "the first definition is used [stitch.duplicate-object]",
        "data/sources/good.yml:1:1: WARNING: the connection “source/good” is defined twice, first at data/sources/bad.yml:6:5; "
        "the first definition is used [stitch.duplicate-object]",
        "data/sources/zed.yml:3:15: WARNING: the connection “source/good” is defined twice, first at data/sources/bad.yml:6:5; "
        "the first definition is used [stitch.duplicate-object]",
    ]
    assert data.connections == ["One", "Three"]
    assert data.properties == {"source/bad": [], "source/good": ["sound"], "source/zed": []}


def test_two_rows_with_keys_that_differ_by_case(data: Data) -> None:
    data.write(BAD, head("connections: [{key: bad, name: One}, {key: Bad, name: Two}, {key: GOOD, name: Three}]\n"))
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:3:38: WARNING: the connection “source/Bad” is defined twice, first at data/sources/bad.yml:3:15 "
        "as “source/bad”; the first definition is used [stitch.duplicate-object]",
        "data/sources/good.yml:1:1: WARNING: the connection “source/good” is defined twice, first at "
        "data/sources/bad.yml:3:61 as “source/GOOD”; the first definition is used [stitch.duplicate-object]",
    ]
    assert data.connections == ["One", "Three"]


def test_two_objects_with_one_type(catalogue_project: Project) -> None:
    # The first one is that of the page, by name, and not that of the folder, by key.
    catalogue_project.write("data/sources/a.yml", "name: Zed\ntype: test.same\n")
    catalogue_project.write("data/sources/b.yml", "name: Alpha\ntype: test.same\n")
    catalogue_project.write(BAD, head('description: "See [it](stitch:test.same)."\n'))
    catalogue_project.build("html")
    assert catalogue_project.warnings == [
        "data/sources/a.yml:2: WARNING: column 7: the type “test.same” is taken by “source/b”; links by type lead there "
        "[stitch.duplicate-object]"
    ]
    assert list(shown(catalogue_project)) == ["source/alpha", "source/bad", "source/good", "source/zed"]
    links = [a["href"] for a in catalogue_project.html().select("a") if a.text == "it"]
    assert links == ["#source-form-properties-b-object"]


def test_a_type_that_is_the_kind_and_key_of_another_object(data: Data) -> None:
    data.write(BAD, "name: Bad\ntype: source/good\n")
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:2:7: WARNING: the type “source/good” is taken by “source/good”; links by type lead there "
        "[stitch.duplicate-object]"
    ]
    assert [obj.name for obj in data.catalogue.find("source/good")] == ["Good"]


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("my source", "has “ ” in it; it can have English letters, digits, “-”, “_” and “.”"),
        ("größe", "has “ö” in it; it can have English letters, digits, “-”, “_” and “.”"),
        ("bad!", "has “!” in it; it can have English letters, digits, “-”, “_” and “.”"),
        ("-bad", "begins with “-”; it begins with an English letter or a digit"),
        ("_shop", "begins with “_”; it begins with an English letter or a digit"),
    ],
)
def test_a_file_whose_name_is_no_key(data: Data, key: str, fault: str) -> None:
    data.write(f"data/sources/{key}.yml", HEAD)
    data.load()
    assert data.problems == [
        f"data/sources/{key}.yml:1:1: WARNING: the key “{key}” (the file's name) {fault} [stitch.wrong-type]"
    ]
    assert data.properties == {"source/good": ["sound"]}


def test_braces_as_text(data: Data) -> None:
    """Behind a backslash they name no variable: in prose, in code, and in values."""
    text = "description: 'Write \\{{ x }} or `\\{{ y }}` for {{ name }}.'\nproperties: [{name: a, type: string, example: '\\{{ z }}'}]\n"
    data.write(BAD, HEAD + text)
    data.load()
    (bad,) = data.catalogue.find("source/bad")
    assert data.problems == []
    assert bad.description.text == "Write {{ x }} or `{{ y }}` for Bad."
    assert bad.steps[0].properties[0].example == '"{{ z }}"'


def test_an_ending_in_capital_letters(data: Data) -> None:
    data.write("data/sources/bad.YML", HEAD)
    data.load()
    assert (data.problems, list(data.properties)) == ([], ["source/bad", "source/good"])


@posix  # as other systems have no such file
def test_a_key_that_is_too_long_for_the_name_of_a_page(data: Data) -> None:
    data.write(f"data/sources/{'a' * 200}.yml", HEAD)
    data.write(f"data/sources/{'b' * 201}.yml", HEAD)
    data.load()
    assert data.problems == [
        f"data/sources/{'b' * 201}.yml:1:1: WARNING: the key “{'b' * 201}” (the file's name) has more than 200 characters, "
        "with which it is too long for the name of a page [stitch.wrong-type]"
    ]


def test_a_replacement_that_two_objects_can_be(catalogue_project: Project) -> None:
    catalogue_project.write("data/destinations/good.yml", "name: Fine\ntype: test.fine\n")
    catalogue_project.write(BAD, head('deprecated: {use: good}\ndescription: "See [it](stitch:good)."\n'))
    catalogue_project.build("text")
    assert catalogue_project.warnings == [
        "data/sources/bad.yml:3: WARNING: column 19: “good” is the key of more than one object; "
        "write “destination/good” or “source/good” [stitch.unknown-replacement]",
        "data/sources/bad.yml:4: WARNING: column 14: “good” is the key of more than one object; "
        "write “destination/good” or “source/good” [stitch.unknown-target]",
    ]
    assert "Deprecated." in catalogue_project.output("index.txt")
    assert "See it." in catalogue_project.output("index.txt")


# ---------------------------------------------------------------- prose

NOT_PROSE = "it can have paragraphs, lists, code, emphasis and links"
SCHEMES = "“http:”, “https:”, “mailto:”, “stitch:”, “ref:” or “doc:”"

#: The prose, the warnings, and the text that is shown of it.
PROSES: dict[str, tuple[object, ...]] = {
    "heading": (
        "Text.\n\n# Title\n\nMore.\n",
        [f"data/sources/bad.yml:6: WARNING: column 3: a heading in a description; {NOT_PROSE} [stitch.bad-prose]"],
        ["Text.", "Title", "More."],
    ),
    "underlined heading": (
        "Title\n=====\n\nMore.\n",
        [f"data/sources/bad.yml:4: WARNING: column 3: a heading in a description; {NOT_PROSE} [stitch.bad-prose]"],
        ["Title", "More."],
    ),
    "image": (
        "Text\nand ![a picture](a.png).\n",
        [f"data/sources/bad.yml:5: WARNING: column 3: an image in a description; {NOT_PROSE} [stitch.bad-prose]"],
        ["Text and a picture."],
    ),
    "rule": (
        "Text.\n\n***\n\nMore.\n",
        [f"data/sources/bad.yml:6: WARNING: column 3: a rule in a description; {NOT_PROSE} [stitch.bad-prose]"],
        ["Text.", "More."],
    ),
    "table": (
        "Text.\n\n| a | b |\n|---|---|\n| c | d |\n",
        [f"data/sources/bad.yml:6: WARNING: column 3: a table in a description; {NOT_PROSE} [stitch.bad-prose]"],
        ["Text.", "| a | b | |—|—| | c | d |"],
    ),
    "tables in a list and below a paragraph": (
        "- a | b\n  :-- | --:\n- Text.\n  More.\n  | c |\n  |---|\n- No | table:\n  ---|---|---\n",
        [
            f"data/sources/bad.yml:4: WARNING: column 3: a table in a description; {NOT_PROSE} [stitch.bad-prose]",
            f"data/sources/bad.yml:8: WARNING: column 3: a table in a description; {NOT_PROSE} [stitch.bad-prose]",
        ],
        ["a | b", "More. | c |", "No | table: —|—|—"],
    ),
    "code of an unknown language": (
        "- Text:\n\n  ```pyhton\n  {}\n  ```\n\n~~~ zz\nx\n~~~\n",
        [
            "data/sources/bad.yml:6: WARNING: column 3: “pyhton” is not a language of Pygments, which highlights code; "
            "did you mean “python”, “python3” or “python2”? [stitch.bad-prose]",
            "data/sources/bad.yml:10: WARNING: column 3: “zz” is not a language of Pygments, which highlights code "
            "[stitch.bad-prose]",
        ],
        ["Text:", "{}", "x"],
    ),
    "code that is only like its language": (
        "```json\n{…}\n```\n\n```None\nx\n```\n\n``` Python  more\nx = 1\n```\n",
        [],
        ["{…}", "x = 1"],
    ),
    "link that runs code": (
        "Text\nand [more](javascript:alert).\n",
        [
            f"data/sources/bad.yml:5: WARNING: column 3: the link “javascript:alert” begins with none of {SCHEMES} "
            "[stitch.bad-link]"
        ],
        ["Text and more."],
    ),
    "link without a scheme": (
        "- [one](other.html)\n- [two](#anchor)\n- [three](//example.org)\n",
        [
            f"data/sources/bad.yml:4: WARNING: column 3: the link “other.html” begins with none of {SCHEMES} [stitch.bad-link]",
            f"data/sources/bad.yml:5: WARNING: column 3: the link “#anchor” begins with none of {SCHEMES} [stitch.bad-link]",
            f"data/sources/bad.yml:6: WARNING: column 3: the link “//example.org” begins with none of {SCHEMES} "
            "[stitch.bad-link]",
        ],
        ["one", "two", "three"],
    ),
    "link to an object that is not there": (
        "Text.\n\nMore\n\\\nof [it](stitch:test.god).\n",
        [
            "data/sources/bad.yml:8: WARNING: column 3: there is no object, property, endpoint or connection “test.god”; "
            "did you mean “test.good” or “test.bad”? [stitch.unknown-target]"
        ],
        ["Text.", "More  of it."],
    ),
    "link to a property that is not there": (
        "[One](stitch:test.good.sond),\n[two](stitch:good.sound.deep), [three](stitch:good.sound).\n",
        [
            "data/sources/bad.yml:4: WARNING: column 3: there is no object, property, endpoint or connection “test.good.sond”; "
            "did you mean “test.good.sound”? [stitch.unknown-target]",
            "data/sources/bad.yml:5: WARNING: column 3: there is no object, property, endpoint or connection “good.sound.deep”; "
            "did you mean “good.sound”? [stitch.unknown-target]",
        ],
        ["One, two, three."],
    ),
    # What Sphinx says, with our place.
    "link to a label that is not there": (
        "Text.\n\nMore\n[here](ref:nowhere).\n",
        ["data/sources/bad.yml:7: WARNING: undefined label: 'nowhere' [ref.ref]"],
        ["Text.", "More here."],
    ),
    "link to a page that is not there": (
        "- Text\n- More\n  [here](doc:/nowhere).\n",
        ["data/sources/bad.yml:6: WARNING: unknown document: '/nowhere' [ref.doc]"],
        ["Text", "More here."],
    ),
}


@pytest.fixture(scope="module")
def prose_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project in which each prose is the description of an object, built once; the links could mean another one."""
    project = Project(tmp_path_factory.mktemp("prose"))
    write_good_project(project)
    project.write("data/sources/other.yml", HEAD)
    for number, (prose, *_expected) in enumerate(PROSES.values()):
        block = "".join(f"  {line}" if line.strip() else line for line in str(prose).splitlines(keepends=True))
        project.write(f"data/sources/n{number}.yml", f"name: {number}\ntype: n{number}\ndescription: |\n{block}")
    project.build("html")
    project.close()
    return project


@pytest.mark.parametrize("name", PROSES)
def test_prose(prose_project: Project, name: str) -> None:
    _prose, warnings, texts = PROSES[name]
    number = list(PROSES).index(name)
    file = f"data/sources/n{number}.yml"
    assert [line.replace(file, BAD) for line in prose_project.warnings if line.startswith(file)] == warnings
    section = prose_project.html().find(id=f"source-form-properties-n{number}-object")
    shown_text = " ".join(section.get_text().split())
    assert [text for text in texts if " ".join(text.split()) not in shown_text] == []
    assert not section.select("img, hr, table:not(.stitch-properties)")
    assert [a["href"] for a in section.find_all("a", href=re.compile("javascript|^other|nowhere"))] == []


def test_prose_of_properties_and_values(catalogue_project: Project) -> None:
    text = """\
        properties:
          - name: a
            type: string
            description: |
              Text
              [here](ref:nowhere).
            values:
              x: "[x](x.html)"
              y: |
                - one
                - two

                ```
                code
                ```
    """
    catalogue_project.write(BAD, head(text))
    catalogue_project.build("text")
    assert catalogue_project.warnings == [
        f"data/sources/bad.yml:10: WARNING: column 10: the link “x.html” begins with none of {SCHEMES} [stitch.bad-link]",
        "data/sources/bad.yml:8: WARNING: undefined label: 'nowhere' [ref.ref]",
    ]
    told = re.sub(r"[\s|]+", " ", catalogue_project.output("index.txt"))
    assert "Text here." in told
    assert '"x": x * "y": one two code' in told


# ---------------------------------------------------------------- directives


def shown(project: Project) -> dict[str, list[str]]:
    """The objects that the first page shows, by kind and name, with the properties that their tables have."""
    found = {}
    for section in project.doctree().findall(nodes.section):
        if "stitch-object" in section["classes"]:
            names = [
                next(iter(row.findall(nodes.literal))).astext()
                for row in section.findall(nodes.row)
                if any(name.startswith("stitch-level-") for name in row["classes"])
            ]
            title = section.next_node(nodes.title).astext().split()
            found[f"{title[-4]}/{title[1].lower()}"] = names
    return found


ACCEPTED_COLUMNS = "“name”, “kind”, “object”, “category”, “type” or “status”"

#: A page, the warnings, and the objects that are shown.
DIRECTIVES: dict[str, tuple[object, ...]] = {
    "unknown type": (
        ".. connection-property:: test.god",
        [
            "index.rst:4: WARNING: there is no object “test.god”; did you mean “test.good” or “test.second”? "
            "[stitch.unknown-object]",
        ],
        [],
    ),
    "key of another kind": (
        ".. connection-property:: destination/good",
        [
            "index.rst:4: WARNING: there is no object “destination/good”; did you mean “test.good”? [stitch.unknown-object]",
        ],
        [],
    ),
    "unknown key among known ones": (
        ".. connection-property:: nope, good",
        [
            "index.rst:4: WARNING: there is no object “nope”; known: “destination/fine”, “destination/same”, “fine”, "
            "“good”, “same”, “source/good”, “source/same”, “test.fine”, “test.good”, “test.same” and “test.second” "
            "[stitch.unknown-object]",
        ],
        ["source/good"],
    ),
    "key of two kinds": (
        ".. connection-property:: same",
        [
            "index.rst:4: WARNING: “same” is the key of more than one object; write “destination/same” or "
            "“source/same” [stitch.unknown-object]",
        ],
        [],
    ),
    "unknown table": (
        ".. connection-table:: endpoint",
        ["index.rst:4: WARNING: there is no table “endpoint”; did you mean “endpoints”? [stitch.bad-option]"],
        [],
    ),
    "unknown kind": (
        ".. connection-property::\n   :kind: sorce destination",
        [
            "index.rst:4: WARNING: “:kind:” cannot be “sorce”; it takes “source” or “destination”; did you mean “source”? [stitch.bad-option]"
        ],
        ["destination/fine", "destination/same"],
    ),
    "unknown category": (
        ".. connection-property::\n   :category: sas",
        [
            "index.rst:4: WARNING: “:category:” cannot be “sas”; it takes “database” or “saas”; did you mean “saas”? [stitch.bad-option]"
        ],
        ["destination/fine", "source/good", "destination/same", "source/same"],
    ),
    "unknown status": (
        ".. connection-property::\n   :status: old, beta",
        [
            "index.rst:4: WARNING: “:status:” cannot be “old”; it takes “released”, “beta”, “deprecated” or “sunset” "
            "[stitch.bad-option]"
        ],
        [],
    ),
    "options of objects that are named": (
        ".. connection-property:: good\n   :kind: destination\n   :category: saas\n   :status: beta",
        [
            "index.rst:4: WARNING: “:kind:” has no effect on objects that are named [stitch.bad-option]",
            "index.rst:4: WARNING: “:category:” has no effect on objects that are named [stitch.bad-option]",
            "index.rst:4: WARNING: “:status:” has no effect on objects that are named [stitch.bad-option]",
        ],
        ["source/good"],
    ),
    "options of a table": (
        ".. connection-table::\n   :kind: sorce\n   :category: sas\n   :availability: maybe\n   :status: old\n"
        "   :columns: name colour",
        [
            "index.rst:4: WARNING: “:availability:” cannot be “maybe”; it takes “available” or “unavailable” "
            "[stitch.bad-option]",
            "index.rst:4: WARNING: “:kind:” cannot be “sorce”; it takes “source” or “destination”; did you mean “source”? [stitch.bad-option]",
            "index.rst:4: WARNING: “:category:” cannot be “sas”; it takes “database” or “saas”; did you mean “saas”? [stitch.bad-option]",
            "index.rst:4: WARNING: “:status:” cannot be “old”; it takes “released”, “beta”, “deprecated” or “sunset” "
            "[stitch.bad-option]",
            f"index.rst:4: WARNING: “:columns:” cannot be “colour”; it takes {ACCEPTED_COLUMNS} [stitch.bad-option]",
        ],
        [],
    ),
    "options of the table of endpoints": (
        ".. connection-table:: endpoints\n   :kind: sorce\n   :actions: creat",
        [
            "index.rst:4: WARNING: “:kind:” cannot be “sorce”; it takes “source” or “destination”; did you mean “source”? [stitch.bad-option]",
            "index.rst:4: WARNING: “:actions:” cannot be “creat”; it takes “create” or “delete”; did you mean “create”? [stitch.bad-option]",
        ],
        [],
    ),
    "options that the table of endpoints does not use": (
        ".. connection-table:: endpoints\n   :category: saas\n   :columns: name\n   :placeholder: Find\n   :empty: None",
        [
            "index.rst:4: WARNING: the table “endpoints” does not use “:category:” [stitch.bad-option]",
            "index.rst:4: WARNING: the table “endpoints” does not use “:columns:” [stitch.bad-option]",
            "index.rst:4: WARNING: the table “endpoints” does not use “:empty:” [stitch.bad-option]",
            "index.rst:4: WARNING: the table “endpoints” does not use “:placeholder:” [stitch.bad-option]",
        ],
        [],
    ),
    "option that the table of connections does not use": (
        ".. connection-table::\n   :actions: create",
        ["index.rst:4: WARNING: the table “availability” does not use “:actions:” [stitch.bad-option]"],
        [],
    ),
    "in a list": (
        "- Text\n\n  .. connection-property:: good",
        [
            "index.rst:6: WARNING: connection-property makes sections; "
            "it cannot stand in a list, a quote or another directive [stitch.bad-option]"
        ],
        [],
    ),
    "in an admonition": (
        ".. note::\n\n   .. connection-property:: good",
        [
            "index.rst:6: WARNING: connection-property makes sections; "
            "it cannot stand in a list, a quote or another directive [stitch.bad-option]"
        ],
        [],
    ),
    "in a quote": (
        "Text\n\n   .. connection-property:: good",
        [
            "index.rst:6: WARNING: connection-property makes sections; "
            "it cannot stand in a list, a quote or another directive [stitch.bad-option]"
        ],
        [],
    ),
}


@cases(DIRECTIVES, "page, warnings, objects")
def test_a_wrong_directive(catalogue_project: Project, page: str, warnings: list[str], objects: Iterable[str]) -> None:
    api = "name: Test\nsteps: {form: {title: Properties}}\nendpoints:\n"
    for action in ("create", "delete"):
        api += f"  sources.{action}: {{title: {action}, kind: source, method: POST, path: /sources}}\n"
    catalogue_project.write("data/api.yml", api)
    catalogue_project.write("data/destinations/fine.yml", "name: Fine\ntype: test.fine\ncategory: saas\n")
    catalogue_project.write("data/destinations/same.yml", "name: Same\ntype: test.same\ncategory: database\n")
    catalogue_project.write("data/sources/same.yml", "name: Same\ntype: test.second\n")
    catalogue_project.write("index.rst", f"Test\n====\n\n{page}\n\nText after.\n")
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == warnings
    assert list(shown(catalogue_project)) == list(objects)
    assert "Text after." in catalogue_project.doctree().astext()


def test_wrong_options_leave_the_table_as_it_is_without_them(catalogue_project: Project) -> None:
    catalogue_project.write(
        "index.rst", "Test\n====\n\n.. connection-table::\n   :kind: sorce\n   :columns: colour type\n   :status: old\n"
    )
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == [
        "index.rst:4: WARNING: “:kind:” cannot be “sorce”; it takes “source” or “destination”; did you mean “source”? [stitch.bad-option]",
        "index.rst:4: WARNING: “:status:” cannot be “old”; it takes “released”, “beta”, “deprecated” or “sunset” "
        "[stitch.bad-option]",
        f"index.rst:4: WARNING: “:columns:” cannot be “colour”; it takes {ACCEPTED_COLUMNS} [stitch.bad-option]",
    ]
    assert catalogue_project.connections == ["test.good"]


def test_an_object_twice_on_a_page(catalogue_project: Project) -> None:
    page = "Test\n====\n\n.. connection-property:: good\n\nAgain\n-----\n\n.. connection-property:: good source/good\n"
    catalogue_project.write("index.rst", page)
    catalogue_project.build("html")
    again = (
        "index.rst:9: WARNING: the object “source/good” is shown on the page “index” already, which keeps its anchors; "
        "add “:no-index:” to show it again without them [stitch.shown-twice]"
    )
    assert catalogue_project.warnings == [again, again]
    html = catalogue_project.html()
    ids = [tag["id"] for tag in html.find_all(id=True)]
    assert len(ids) == len(set(ids))
    sections = html.select("section.stitch-object")
    assert [section["id"] == "source-form-properties-good-object" for section in sections] == [True, False, False]
    assert [code.text for code in html.select("table.stitch-properties tbody th code")] == ["sound"] * 3


def test_an_object_on_two_pages(catalogue_project: Project) -> None:
    catalogue_project.write("index.rst", "Test\n====\n\n.. toctree::\n\n   a\n   b\n   c\n\n.. connection-table::\n")
    catalogue_project.write("a.rst", "A\n=\n\n.. connection-property:: good\n")
    catalogue_project.write("b.rst", "B\n=\n\n.. connection-property:: good\n   :no-index:\n")
    catalogue_project.write("c.rst", "C\n=\n\nText.\n\n.. connection-property:: good\n")
    catalogue_project.build("html")
    assert catalogue_project.warnings == [
        "c.rst:6: WARNING: the object “source/good” is shown on the page “a” already, which keeps its anchors; "
        "add “:no-index:” to show it again without them [stitch.shown-twice]"
    ]
    assert [a["href"] for a in catalogue_project.html().select("table.stitch-connections td a")] == [
        "a.html#source-form-properties-good-object"
    ]


def test_objects_of_a_table_that_no_page_shows(catalogue_project: Project) -> None:
    for number in range(12):
        name = f"n{number:02}"
        catalogue_project.write(f"data/sources/{name}.yml", f"name: {name}\ntype: test.{name}\n")
    catalogue_project.write(
        "index.rst",
        "Test\n====\n\n.. connection-property:: good n00 n01\n\nMost\n----\n\n.. connection-table::\n",
    )
    catalogue_project.build("html")
    assert catalogue_project.warnings == [
        "index.rst:9: WARNING: no page shows 10 of the objects in this table, so they have no links: source/n02, "
        "source/n03, source/n04, source/n05, source/n06, source/n07, source/n08, source/n09, source/n10, source/n11 "
        "[stitch.not-shown]"
    ]
    linked = [a.text for a in catalogue_project.html().select("table.stitch-connections td a")]
    assert linked == ["test.good", "test.n00", "test.n01"]
    assert len(catalogue_project.connections) == 13


def test_a_long_list_of_objects_that_no_page_shows_is_cut(catalogue_project: Project) -> None:
    for number in range(11):
        catalogue_project.write(f"data/sources/n{number:02}.yml", f"name: n{number:02}\ntype: test.n{number:02}\n")
    catalogue_project.write("index.rst", "Test\n====\n\n.. connection-table::\n\n.. connection-property:: good\n")
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == [
        "index.rst:4: WARNING: no page shows 11 of the objects in this table, so they have no links: source/n00, "
        "source/n01, source/n02, source/n03, source/n04, source/n05, source/n06, source/n07, source/n08, source/n09, … "
        "[stitch.not-shown]"
    ]


def test_a_project_that_shows_no_object_at_all_is_fine(catalogue_project: Project) -> None:
    catalogue_project.write("index.rst", "Test\n====\n\n.. connection-table::\n")
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == []
    assert catalogue_project.connections == ["Good"]


# ---------------------------------------------------------------- reporting

FIVE = head("""\
    colour: blue
    docs: example.org
    properties:
      - {name: a, type: strng}
      - {name: b, type: integer, example: x}
      - {name: c, type: string, description: "[here](stitch:nope.nope)"}
""")

FIVE_WARNINGS = [
    "data/sources/bad.yml:3: WARNING: unknown key “colour” [stitch.unknown-key]",
    "data/sources/bad.yml:4: WARNING: column 7: “example.org” is not a web address; it begins with “https://” or “http://” "
    "[stitch.bad-link]",
    "data/sources/bad.yml:6: WARNING: column 21: “type” of property “a” takes “string”, “integer”, “number”, “boolean”, "
    "“array” or “object”; found “strng”; did you mean “string”? [stitch.wrong-type]",
    "data/sources/bad.yml:7: WARNING: column 39: the example of “b” is not of type integer; found “x” [stitch.bad-example]",
    "data/sources/bad.yml:8: WARNING: column 42: there is no object, property, endpoint or connection “nope.nope”; known: “bad”, “good”, "
    "“source/bad”, “source/good”, “test.bad” and “test.good” [stitch.unknown-target]",
]


def test_all_problems_of_a_file_are_reported_at_once_and_on_every_build(catalogue_project: Project) -> None:
    catalogue_project.write(BAD, FIVE)
    catalogue_project.build("text")
    assert catalogue_project.warnings == FIVE_WARNINGS
    assert catalogue_project.read_again() == {"index"}
    first = catalogue_project.output("index.txt")
    catalogue_project.build("text")
    assert catalogue_project.warnings == FIVE_WARNINGS
    assert catalogue_project.read_again() == set()
    assert shown(catalogue_project) == {"source/bad": ["b", "c"], "source/good": ["sound"]}
    assert catalogue_project.output("index.txt") == first


def test_problems_end_when_they_are_mended(catalogue_project: Project) -> None:
    catalogue_project.write(BAD, FIVE)
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == FIVE_WARNINGS
    catalogue_project.write(BAD, head("properties: [{name: a, type: string}]\n"))
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == []
    assert shown(catalogue_project) == {"source/bad": ["a"], "source/good": ["sound"]}


def test_a_subtype_can_be_suppressed(catalogue_project: Project) -> None:
    catalogue_project.write(BAD, FIVE)
    catalogue_project.build("dummy", suppress_warnings=["stitch.unknown-key", "stitch.bad-link"])
    assert catalogue_project.warnings == FIVE_WARNINGS[2:]


def test_all_of_them_can_be_suppressed(catalogue_project: Project) -> None:
    catalogue_project.write(BAD, FIVE)
    catalogue_project.build("dummy", suppress_warnings=["stitch"])
    assert catalogue_project.warnings == []


def test_empty_step(data: Data) -> None:
    data.write("data/api.yml", API_WITH_STEPS)
    data.write(BAD, head("oauth:\n"))
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:3:7: WARNING: “oauth” takes a mapping; found nothing [stitch.wrong-type]"
    ]
    assert data.properties == {"source/bad": [], "source/good": ["sound"]}


def test_empty_list_of_types(data: Data) -> None:
    data.write(BAD, head("properties:\n  - {name: a, type: [], example: x}\n  - {name: b, type: string}\n"))
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:4:21: WARNING: “type” of property “a” takes at least one type; found an empty list "
        "[stitch.wrong-type]"
    ]
    assert data.properties["source/bad"] == ["b"]


def test_property_with_the_dotted_name_of_a_nested_one(catalogue_project: Project) -> None:
    catalogue_project.write(
        BAD,
        head("""\
            properties:
              - {name: a.b, type: string}
              - name: a
                type: object
                properties: [{name: b, type: string}]
            """),
    )
    catalogue_project.build()
    assert catalogue_project.warnings == [
        "data/sources/bad.yml:3: WARNING: the property “a.b” and a nested one have the same dotted name; "
        "links lead to the first [stitch.duplicate-property]"
    ]
    assert len(catalogue_project.html().find_all(id="source-form-properties-bad-object.form.a.b")) == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "my step",
            "the name of the step “my step” can have letters, digits, “-” and “_” only, and not end in "
            "“-choices” or “-example-usage”",
        ),
        (
            "form-choices",
            "the name of the step “form-choices” can have letters, digits, “-” and “_” only, and not end in “-choices” "
            "or “-example-usage”",
        ),
        ("Form", "the steps “form” and “Form” differ by case alone, which labels do not have"),
        ("docs", "“docs” is a field of object files and cannot name a step"),
    ],
    ids=["space", "ending", "case", "field"],
)
def test_name_that_cannot_name_a_step(data: Data, name: str, message: str) -> None:
    api = f"name: Test\nsteps:\n  form: {{title: Properties}}\n  {name}: {{title: More}}\n"
    data.write("data/api.yml", api)
    data.load()
    assert data.problems == [f"data/api.yml:4:3: WARNING: {message} [stitch.wrong-type]"]
    assert data.properties == {"source/good": ["sound"]}


def test_keys_that_differ_in_case(data: Data) -> None:
    data.write("data/sources/more/GOOD.yml", "name: Great\ntype: test.great\n")
    data.load()
    assert data.problems == [
        "data/sources/more/GOOD.yml:1:1: WARNING: the key “source/GOOD” is taken by “data/sources/good.yml”; "
        "this file is left out [stitch.duplicate-object]"
    ]


def test_link_without_text(data: Data) -> None:
    data.write(BAD, head("description: |\n  One.\n  A [](stitch:test.good) link.\n"))
    data.load()
    assert data.problems == [
        "data/sources/bad.yml:5:3: WARNING: the link “stitch:test.good” has no text; write it between the brackets "
        "[stitch.bad-link]"
    ]


def test_prose_of_the_option_empty(catalogue_project: Project) -> None:
    catalogue_project.write("index.rst", "Test\n====\n\n.. connection-table::\n   :empty: [x](stitch:nope)\n")
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == [
        "index.rst:4: WARNING: there is no object, property, endpoint or connection “nope”; known: “good”, “source/good” and "
        "“test.good” [stitch.unknown-target]"
    ]


def test_directive_in_an_included_file(catalogue_project: Project) -> None:
    catalogue_project.write("part.txt", "Text.\n\n.. connection-property:: test.good\n")
    catalogue_project.write(
        "index.rst", "Test\n====\n\n.. connection-property:: good\n\nMore\n----\n\n.. include:: part.txt\n"
    )
    catalogue_project.build("dummy")
    assert catalogue_project.warnings == [
        "part.txt:3: WARNING: the object “source/good” is shown on the page “index” already, which keeps its anchors; "
        "add “:no-index:” to show it again without them [stitch.shown-twice]"
    ]


def test_translation_that_changes_what_is_not_to_be_translated(catalogue_project: Project) -> None:
    catalogue_project.write(BAD, head("description: |\n  See\n  [it](stitch:test.good), of `kind`.\naction: do it\n"))
    messages = {
        "See [it](stitch:test.good), of `kind`.": "Siehe [dies](stitch:test.gut), [mehr](javascript:x), {{ name }}.",
        "do it": "tun `es`",
    }
    catalogue_project.write(
        "locales/de/LC_MESSAGES/index.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        + "\n".join(f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in messages.items()),
    )
    catalogue_project.build("html", locale_dirs=["locales"], language="de")
    assert catalogue_project.warnings == [
        "data/sources/bad.yml:4: WARNING: column 3: the translation “Siehe [dies](stitch:test.gut), [mehr](javascript:x), "
        "{{ name }}.” lacks “kind” and “stitch:test.good” and adds “javascript:x”, “name” and “stitch:test.gut”; "
        "it is not used [stitch.bad-translation]"
    ]
    section = catalogue_project.html().select_one("#source-form-properties-bad-object")
    assert "See it, of kind." in section.get_text()
    assert section.find("a", string="it")["href"] == "#source-form-properties-good-object"
    # What has no markup needs no care.
    assert "tun `es`" in section.get_text()


def test_hidden_files_are_no_data(data: Data) -> None:
    data.write("data/sources/.draft.yml", "not: sound")
    data.write("data/.git/config.yml", "not: sound")
    data.load()
    assert data.problems == []
