"""Problems of constraints, cases, entries and choices: one case for each thing that data can say wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Data

HEAD = "name: Bad\ntype: test.bad\nproperties:\n"


def one(fields: str) -> str:
    """A property with these fields; the first of them begins in column 13."""
    return f"{HEAD}  - {{name: a, {fields}}}\n"


MODE = "  - {name: mode, type: string, values: [x, y]}\n"

PROBLEMS = {
    "a bound that is no number": (
        one("type: integer, minimum: low"),
        ["4:39: “minimum” of property “a” takes a number; found “low” [stitch.wrong-type]"],
    ),
    "a length that is no count": (
        one("type: string, min_length: -1"),
        ["4:41: “min_length” of property “a” takes a number without sign and fraction; found “-1” [stitch.wrong-type]"],
    ),
    "bounds in the wrong order": (
        one("type: integer, minimum: 5, maximum: 4"),
        ["4:42: “maximum” of property “a” is lower than “minimum”: 4 and 5 [stitch.wrong-type]"],
    ),
    "counts in the wrong order": (
        one("type: array, min_items: 2, max_items: 1"),
        ["4:42: “max_items” of property “a” is lower than “min_items”: 1 and 2 [stitch.wrong-type]"],
    ),
    "bounds that leave nothing": (
        one("type: integer, exclusive_minimum: 4, exclusive_maximum: 5"),
        ["4:52: the bounds of property “a” leave no integer [stitch.wrong-type]"],
    ),
    "a multiple of nothing": (
        one("type: integer, multiple_of: 0"),
        ["4:30: “multiple_of” of property “a” takes a number above 0; found “0” [stitch.wrong-type]"],
    ),
    "a bound of a text": (
        one("type: string, minimum: 1"),
        [
            "4:29: “minimum” of property “a” has no effect: only the type “integer” or “number” has it [stitch.without-effect]"
        ],
    ),
    "a description without a pattern": (
        one("type: string, pattern_description: letters"),
        ["4:29: “pattern_description” of property “a” has no effect without a “pattern” [stitch.without-effect]"],
    ),
    "an example below the minimum": (
        one("type: integer, minimum: 5, example: 4"),
        ["4:51: the example of “a” is less than 5; found “4” [stitch.bad-example]"],
    ),
    "a default above the exclusive maximum": (
        one("type: number, exclusive_maximum: 1.5, default: 1.5"),
        ["4:62: the default of “a” is not less than 1.5; found “1.5” [stitch.bad-example]"],
    ),
    "an example that is no multiple": (
        one("type: number, multiple_of: 0.1, example: 0.35"),
        ["4:56: the example of “a” is not a multiple of 0.1; found “0.35” [stitch.bad-example]"],
    ),
    "an example that is too short": (
        one("type: string, min_length: 3, example: ab"),
        ["4:53: the example of “a” has fewer than 3 characters; found “ab” [stitch.bad-example]"],
    ),
    "an example with an item twice": (
        one("type: array, unique_items: true, example: [b, c, b]"),
        ['4:57: the example of “a” has an item twice; found “["b", "c", "b"]” [stitch.bad-example]'],
    ),
    "an item that is too large": (
        one("type: array, items: {type: integer, maximum: 3}, example: [1, 4]"),
        ["4:77: item 2 in the example of “a” is more than 3; found “4” [stitch.bad-example]"],
    ),
    "an accepted value beyond a bound": (
        one("type: integer, maximum: 3, values: [1, 4]"),
        ["4:54: an accepted value of “a” is more than 3; found “4” [stitch.wrong-type]"],
    ),
    "an example of another format": (
        one("type: string, format: ipv4, example: 1.2.3"),
        ["4:52: the example of “a” is not an IPv4 address; found “1.2.3” [stitch.bad-example]"],
    ),
    "a text that is no JSON object": (
        one("type: object, example: '{1}'"),
        [
            "4:38: the example of “a” is neither a mapping nor a text that is a JSON object; found “{1}” "
            "[stitch.bad-example]"
        ],
    ),
    "items without a type": (
        one("type: array, items: {pattern: x}"),
        ["4:28: the field “type” is missing from the items of property “a” [stitch.missing-field]"],
    ),
    "values beside a mapping of items": (
        one("type: array, items: {type: string}, values: [b]"),
        [
            "4:51: “values” of property “a” has no effect beside a mapping of “items”; write it there "
            "[stitch.without-effect]"
        ],
    ),
    "a case of nothing": (
        one("type: string, applies_if: {mode: x}"),
        [
            "4:42: “applies_if” of “a” names “mode”, which is not a property of source/bad; known: “a” [stitch.bad-requirement]"
        ],
    ),
    "a case of a value that is not accepted": (
        one("type: string, applies_if: {mode: z}") + MODE,
        ["4:48: “applies_if” of “a”: “mode” takes “x” or “y”; found “z” [stitch.bad-requirement]"],
    ),
    "cases in a circle": (
        one("type: string, applies_if: {b: {present: true}}") + "  - {name: b, type: string, required_if: {a: x}}\n",
        [
            "4:41: “required_if” and “applies_if” of “a” and “b” go in a circle; nobody could tell what holds "
            "[stitch.bad-requirement]"
        ],
    ),
    "a presence that is neither": (
        one("type: string, applies_if: {mode: {present: maybe}}") + MODE,
        ["4:58: “present” of “mode” takes “true” or “false”; found “maybe” [stitch.wrong-type]"],
    ),
    "two of a name in one case": (
        one("type: string, applies_if: {mode: x}") + "  - {name: a, type: object, applies_if: {mode: [x, y]}}\n" + MODE,
        [
            "5:5: the property “a” is defined twice, first in line 4; both apply if “mode” is “x”; "
            "the first definition is used [stitch.duplicate-property]"
        ],
    ),
    "two of a name of which one always applies": (
        one("type: string") + "  - {name: a, type: object, applies_if: {mode: y}}\n" + MODE,
        [
            "5:5: the property “a” is defined twice, first in line 4; both can apply: each needs an “applies_if” "
            "on the same property; the first definition is used [stitch.duplicate-property]"
        ],
    ),
    "a set of what is no member": (
        one("type: object, properties: [{name: b, type: string}], one_of: [[b], [c]]"),
        ["4:83: “one_of” of “a” names “c”, which is not a property of “a”; known: “b” [stitch.bad-requirement]"],
    ),
    "a set of a member of a member that is none": (
        one("type: object, properties: [{name: b, type: string}]") + "any_of: [[a.c], [a.b]]\n",
        ["5:11: “any_of” names “a.c”, which is not a property of source/bad; known: “a” [stitch.bad-requirement]"],
    ),
    "entries with a wrong example": (
        one("type: object, entries: {name: header, type: integer}, example: {b: c}"),
        ["4:82: “b” in the example of “a” is not of type integer; found “c” [stitch.bad-example]"],
    ),
    "entries without a type": (
        one("type: object, entries: {name: header}"),
        ["4:29: the field “type” is missing from the entries [stitch.missing-field]"],
    ),
    "a replacement that is not there": (
        one("type: string, deprecated: {since: '2', use: ab}") + "  - {name: abc, type: string}\n",
        [
            "4:59: there is no property “ab” to use instead of “a”; did you mean “abc” or “a”? [stitch.unknown-replacement]"
        ],
    ),
    "a replacement by the property itself": (
        one("type: string, deprecated: {since: '2', use: a}"),
        ["4:59: “a” cannot be used instead of itself [stitch.unknown-replacement]"],
    ),
    "documentation that is no address": (
        one("type: string, docs: here"),
        [
            "4:35: “here” is not a web address; it begins with “https://” or “http://” [stitch.bad-link]",
        ],
    ),
}


@pytest.mark.parametrize(("text", "problems"), PROBLEMS.values(), ids=[name.replace(" ", "-") for name in PROBLEMS])
def test_a_problem(data: Data, text: str, problems: list[str]) -> None:
    data.write("data/sources/bad.yml", text)
    data.load()
    start = "data/sources/bad.yml:"
    assert [problem.removeprefix(start).replace(" WARNING:", "", 1) for problem in data.problems] == problems
