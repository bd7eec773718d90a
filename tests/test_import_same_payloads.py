"""What is imported from a JSON Schema, and exported as one, accepts and refuses the same payloads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from profiles import settings

from sphinxext_stitch.catalogue.composing.api import DEFAULT_API
from sphinxext_stitch.catalogue.importing.composing import compose
from sphinxext_stitch.catalogue.importing.json_schema import read_json_schema
from sphinxext_stitch.catalogue.importing.source import read_source
from sphinxext_stitch.catalogue.object_schema import step_schema

if TYPE_CHECKING:
    from conftest import Data

    Schema = dict[str, Any]

#: A schema, and a value that it takes.
Pair = tuple["Schema", Any]

NAMES = ("a", "b", "c", "d")
WORDS = ("x", "yes", "1", "null", "{{ name }}", "{{{", "a: b", "#", " ")


@st.composite
def numbers(draw: st.DrawFn) -> Pair:
    """A schema of numbers with bounds around a number."""
    kind = draw(st.sampled_from(["integer", "number"]))
    number = draw(st.integers(-50, 50)) if kind == "integer" else draw(st.integers(-200, 200)) / 4
    schema: Schema = {"type": kind}
    room = st.integers(0, 20)
    if draw(st.booleans()):
        schema["minimum"] = number - draw(room)
    if draw(st.booleans()):
        schema["maximum"] = number + draw(room)
    if draw(st.booleans()):
        schema["exclusiveMinimum"] = number - 1 - draw(room)
    if draw(st.booleans()):
        schema["exclusiveMaximum"] = number + 1 + draw(room)
    if number and kind == "integer" and draw(st.booleans()):
        schema["multipleOf"] = abs(number)
    return schema, number


@st.composite
def texts(draw: st.DrawFn) -> Pair:
    """A schema of texts: of a length, of a form, or one of a few."""
    text = draw(st.sampled_from(WORDS))
    schema: Schema = {"type": "string"}
    what = draw(st.sampled_from(["", "length", "enum", "const", "titles", "pattern"]))
    if what == "length":
        schema |= {"minLength": draw(st.integers(0, len(text))), "maxLength": len(text) + draw(st.integers(0, 2))}
    elif what == "enum":
        schema["enum"] = [*draw(st.lists(st.sampled_from(WORDS), unique=True)), "w", text]
        schema["enum"] = [*dict.fromkeys(schema["enum"])]
    elif what == "const":
        schema["const"] = text
    elif what == "titles":
        schema["oneOf"] = [{"const": text, "title": "T"}, {"const": "z", "title": "Z", "description": "D."}]
    elif what == "pattern":
        schema["pattern"] = draw(st.sampled_from(["^", "^.{0,11}$", r"\A"]))
    return schema, text


@st.composite
def arrays(draw: st.DrawFn, depth: int) -> Pair:
    """A schema of arrays."""
    items, item = draw(values(depth - 1, nested_arrays=False))
    schema: Schema = {"type": "array", "items": items}
    value = [item] * draw(st.integers(0, 2))
    if draw(st.booleans()):
        schema |= {"minItems": draw(st.integers(0, len(value))), "maxItems": len(value) + draw(st.integers(0, 2))}
    if len(value) < 2 and draw(st.booleans()):
        schema["uniqueItems"] = True
    return schema, value


@st.composite
def maps(draw: st.DrawFn, depth: int) -> Pair:
    """A schema of objects whose members have any names."""
    entries, value = draw(values(depth - 1, nested_arrays=True))
    return {"type": "object", "additionalProperties": entries}, dict.fromkeys(
        draw(st.sets(st.sampled_from(NAMES))), value
    )


@st.composite
def objects(draw: st.DrawFn, depth: int) -> Pair:
    """A schema of objects, with what must be sent: always, in a case, or of a choice."""
    pairs = draw(st.dictionaries(st.sampled_from(NAMES), values(depth - 1, nested_arrays=True), min_size=1))
    required = draw(st.sets(st.sampled_from(sorted(pairs))))
    schema: Schema = {"type": "object", "properties": {name: schema for name, (schema, _value) in pairs.items()}}
    if required:
        schema["required"] = sorted(required)
    sent = required | draw(st.sets(st.sampled_from(sorted(pairs))))
    value = {name: value for name, (_schema, value) in pairs.items() if name in sent}
    free = sorted(pairs.keys() - required)
    what = draw(st.sampled_from(["", "cases", "one", "any", "rule"]))
    if what == "cases":
        schema["oneOf"], of_case = draw(cases(depth - 1))
        value |= of_case
    elif what == "one" and len(free) > 1:
        schema["oneOf"] = [{"required": [name]} for name in free]
        value = {name: pairs[name][1] for name in (*required, draw(st.sampled_from(free)))}
    elif what == "any" and len(free) > 1:
        schema["anyOf"] = [{"required": free[:1]}, {"required": free[1:]}]
        value |= {name: pairs[name][1] for name in draw(st.sampled_from([free[:1], free[1:], free]))}
    elif what == "rule" and free:
        schema["properties"] |= {"on": {"type": "boolean"}}
        rule = {"if": {"properties": {"on": {"const": True}}, "required": ["on"]}, "then": {"required": free}}
        schema["allOf"] = [rule]
        value |= draw(st.sampled_from([{}, {"on": False}, {"on": True, **{name: pairs[name][1] for name in free}}]))
    return schema, value


@st.composite
def cases(draw: st.DrawFn, depth: int) -> tuple[list[Schema], dict[str, Any]]:
    """Cases that the member ``case`` tells apart, and the members of one of them."""
    words = draw(st.sampled_from([("x", "y"), ("true", "no", "1"), (1, 2), (True, False)]))
    branches: list[Schema] = []
    payloads: list[dict[str, Any]] = []
    for number, word in enumerate(words):
        members = {
            f"m{number}{name}": draw(values(depth - 1, nested_arrays=True))
            for name in draw(st.sets(st.sampled_from("pq")))
        }
        decider = draw(st.sampled_from([{"const": word}, {"enum": [word]}, {"const": word, "default": word}]))
        required = [name for name in sorted(members) if draw(st.booleans())]
        branches.append(
            {
                "title": f"Case {number}",
                "type": "object",
                "properties": {"case": decider, **{name: schema for name, (schema, _value) in members.items()}},
                "required": ["case", *required],
            }
        )
        payloads.append({"case": word, **{name: value for name, (_schema, value) in members.items()}})
    return branches, draw(st.sampled_from(payloads))


@st.composite
def values(draw: st.DrawFn, depth: int, *, nested_arrays: bool) -> Pair:
    """A schema of values, as it is, with null, or behind ``anyOf``."""
    kinds = [numbers(), texts(), st.booleans().map(lambda value: ({"type": "boolean"}, value))]
    if depth > 0:
        kinds += [objects(depth), maps(depth)]
        kinds += [arrays(depth)] if nested_arrays else []
    schema, value = draw(st.one_of(kinds))
    form = draw(st.sampled_from(["", "", "null", "types"]))
    if form == "null" and "const" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}, draw(st.sampled_from([value, None]))
    if form == "types" and schema["type"] == "integer":
        return {"anyOf": [{"type": "boolean"}, schema]}, draw(st.sampled_from([value, True]))
    return schema, value


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of each value in a value, but for the whole."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, each in inner for place in [(*path, key), *places(each, (*path, key))]]


@st.composite
def sources(draw: st.DrawFn) -> tuple[Schema, list[Any]]:
    """A schema of objects, and payloads: one that it takes, and others in which one value is another, or gone."""
    schema, payload = draw(objects(3))
    schema["$defs"] = {}
    for name, member in schema["properties"].items():
        form = draw(st.sampled_from(["", "reference", "part"]))
        if form:
            schema["$defs"][name] = member
            reference = {"$ref": f"#/$defs/{name}"}
            schema["properties"][name] = reference if form == "reference" else {"allOf": [reference, {"title": "T"}]}
    payloads = [payload]
    for path in places(payload):
        changed = json.loads(json.dumps(payload))
        here = changed
        for key in path[:-1]:
            here = here[key]
        other = draw(st.sampled_from(["gone", None, True, "x", "yes", "", "w", 0, 7, 1.5, -99, [], [1], {}, {"a": 1}]))
        if other == "gone":
            del here[path[-1]]
        else:
            here[path[-1]] = other
        payloads.append(changed)
    return schema, payloads


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=sources())
def test_an_imported_schema_takes_the_same_payloads(data: Data, source: tuple[Schema, list[Any]]) -> None:
    schema, payloads = source
    assert Draft202012Validator(schema).is_valid(payloads[0])
    read = read_source(data.write("made.json", json.dumps(schema)), lambda _problem: None)
    assert read is not None
    composed = compose(read_json_schema(read, "source", DEFAULT_API, print), data.folder, DEFAULT_API, print)
    ((imported, text),) = composed.files
    assert [*imported.losses.found] == [], text
    (obj,) = composed.catalogue.objects
    exported = step_schema(obj.steps[0], obj.name)
    for payload in payloads:
        accepts = [Draft202012Validator(each).is_valid(payload) for each in (schema, exported)]
        assert accepts[0] == accepts[1], f"{payload}\n{text}"
