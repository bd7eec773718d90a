"""Lint warnings: data that are valid, and probably not meant as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Data

HEAD = "name: Bad\ntype: test.bad\n"


def in_property(fields: str) -> str:
    return f"{HEAD}properties:\n  - {{name: a, description: A., {fields}}}\n"


NESTED = "properties: [{name: mode, type: string, required: true, values: [x, y], description: M.}]"

LINT = {
    "a date that is none": (
        HEAD + "history: [{version: '1', released: 2024-13-45}]\n",
        "3:36: “released” of version “1” is not a day of the calendar, as in “2030-01-31”; found “2024-13-45” [doubtful-date]",
    ),
    "an action that ends the sentence": (
        HEAD + "action: send orders.\n",
        "3:9: “action” is a part of a sentence, which ends by itself; write it without the full stop [doubtful-text]",
    ),
    "a description that a comment cuts": (
        HEAD + "description: The number # of orders.\n",
        "3:14: “description” ends before the “#”, which begins a comment; put the text in quotes, or behind “|” [doubtful-text]",
    ),
    "quotes of typography": (
        "name: “Bad”\ntype: test.bad\n",
        "1:7: the quotes “ and ” are a part of this text; YAML has ' and \" only [doubtful-text]",
    ),
    "a role of pages": (
        HEAD + "description: See :ref:`here`.\n",
        "3:14: a role of pages, “:ref:”; write “[text](ref:here)” [doubtful-text]",
    ),
    "a role of the extension": (
        HEAD + "description: |\n  See\n  :stitch:obj:`test.bad`.\n",
        "5:3: a role of pages, “:stitch:obj:”; write “[text](stitch:test.bad)” [doubtful-text]",
    ),
    "a role with a text": (
        HEAD + "description: See :doc:`the guide </guide>`.\n",
        "3:14: a role of pages, “:doc:”; write “[the guide](doc:/guide)” [doubtful-text]",
    ),
    "a role that shows the last part alone": (
        HEAD + "description: See :stitch:prop:`~test.bad.a`.\n",
        "3:14: a role of pages, “:stitch:prop:”; write “[text](stitch:test.bad.a)” [doubtful-text]",
    ),
    "a role of MyST": (
        HEAD + "description: See {stitch:object}`the other <test.bad>`.\n",
        "3:14: a role of pages, “{stitch:object}”; write “[the other](stitch:test.bad)” [doubtful-text]",
    ),
    "a link of reStructuredText": (
        HEAD + "description: |\n  See\n  `the site <https://example.com/a>`__.\n",
        "5:3: a link of pages, “`the site <https://example.com/a>`_”; write “[the site](https://example.com/a)” [doubtful-text]",
    ),
    "a variable where none is filled in": (
        HEAD + "action: 'read {{ name }}'\n",
        "3:9: “action” has “{{ name }}” as it is written; variables are filled into descriptions, meanings of values, "
        "labels of sets, examples and defaults alone [doubtful-text]",
    ),
    "HTML": (
        HEAD + "description: One line,<br>and another one.\n",
        "3:14: HTML, “<br>”, which is shown as it is written; use Markdown [doubtful-text]",
    ),
    "an address that is no link": (
        HEAD + "description: See https://example.com/a.\n",
        "3:14: an address that is no link; write “<https://example.com/a>”, or “[text](https://example.com/a)” [doubtful-text]",
    ),
    "items of a text": (
        in_property("type: string, items: integer"),
        "4:46: “items” of “a” has no effect: only the type “array” has it [unused-field]",
    ),
    "members of a text": (
        in_property("type: string, properties: [{name: b, type: string, description: B.}]"),
        "4:46: “properties” of “a” has no effect: only the type “array” or “object” has it [unused-field]",
    ),
    "a variable that no text names": (
        HEAD + "variables: {zone: eu, area: west}\ndescription: The zone {{ zone }}.\n",
        "3:23: no text of “source/bad” or its groups has “{{ area }}”; use it, or delete it [unused-variable]",
    ),
    "a pattern without an example": (
        in_property("type: string, pattern: '^x+$'"),
        "4:12: “a” has a pattern and no “example” that has it [missing-example]",
    ),
    "a format that is nearly one of JSON Schema": (
        in_property("type: string, format: DateTime, example: today"),
        "4:54: “DateTime” of “a” is not a format of JSON Schema; did you mean “date-time”? [doubtful-text]",
    ),
    "another name of a format": (
        in_property("type: string, format: url, example: https://example.com"),
        "4:54: “url” of “a” is not a format of JSON Schema; did you mean “uri”? [doubtful-text]",
    ),
    "a format of its own without an example": (
        in_property("type: string, format: colour"),
        "4:12: “a” has a format and no “example” that has it [missing-example]",
    ),
    "an example without a required member": (
        in_property(f"type: object, {NESTED}, example: {{}}"),
        "4:146: the example of “a” lacks “mode”, which is required [doubtful-example]",
    ),
    "an example with a value that is not accepted": (
        in_property(f"type: array, {NESTED}, example: [{{mode: x}}, {{mode: z}}]"),
        "4:164: the example of “a” has “z” as “mode”, which accepts “x” or “y” [doubtful-example]",
    ),
}


@pytest.mark.parametrize(("text", "message"), LINT.values(), ids=[name.replace(" ", "-") for name in LINT])
def test_a_lint_warning(data: Data, text: str, message: str) -> None:
    """It is no problem of a build: what the first edition took without a word still builds."""
    data.write("data/sources/bad.yml", text)
    data.load()
    assert data.problems == []
    lint = [data.relative(f"{doubt.place}: {doubt.message} [{doubt.subtype.value}]") for doubt in data.catalogue.lint]
    assert lint == [f"data/sources/bad.yml:{message}"]


def test_a_category_that_nothing_has(data: Data) -> None:
    data.write("data/api.yml", "name: Test\nsteps: {form: {title: Form}}\ncategories: {sas: SaaS}\n")
    data.write("data/sources/bad.yml", f"{HEAD}category: saas\n")
    data.load()
    assert data.problems == []
    [doubt] = data.catalogue.lint
    assert data.relative(f"{doubt.place}: {doubt.message}") == (
        "data/api.yml:3:19: no object or connection has the category “sas”; did you mean “saas”?"
    )


SOUND = {
    "a comment behind what is no prose": HEAD + "version: '1'  # the first\ncategory: b # c\n",
    "an address in code and in a link": HEAD
    + "description: '`https://a.example` [b](https://b.example) <https://c.example>'\n",
    "placeholders and code of HTML": HEAD
    + "description: Of the form <host>:<port>, without `</a>`; see `_` and `<x>`_b.\n",
    "braces that are no variables": "name: Bad\ntype: '{{ a }}'\nproperties:\n"
    "  - {name: a, type: string, values: ['{{ b }}'], pattern: '^{{ b }}$', description: A.}\n",
    "quotes within a text": HEAD + "description: It is “so” or “so” then.\n",
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_no_doubt(data: Data, name: str) -> None:
    data.write("data/sources/bad.yml", SOUND[name])
    data.load()
    assert (data.problems, list(data.catalogue.lint)) == ([], [])
