"""From the schema of an object to properties: what must be sent, cases with the members of each, and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..invisible import HIDDEN
from ..keys import ENTRIES
from ..problems import listing
from ..suggestions import nearest
from .result import Part
from .schema_values import ValueReader
from .texts import phrase
from .values import text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..reading.data_file import KeyPath
    from .result import Fields, Losses
    from .schema_alternatives import Alternatives
    from .schema_nodes import Document, Node


class _Case(NamedTuple):
    """A case: the texts of the values of the deciding member that it is for, and its schema."""

    values: list[str]
    node: Node


class _Variant(NamedTuple):
    """A member of some cases: its fields, and the cases that it is the same in."""

    part: Part
    values: list[str]


class MemberReader:
    """Reads the members of the objects of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.losses: Losses = document.losses
        self.values = ValueReader(document, self.members)

    def members(self, alternatives: Alternatives, nesting: int) -> Fields:
        """The properties of an object, with the choices among them."""
        node = alternatives.node
        parts = self.properties(node, nesting)
        required = self.required(node, [*parts, *self.names_of_cases(alternatives)])
        for name in required & parts.keys():
            parts[name]["required"] = True
        properties = [*parts.values()]
        if alternatives.cases:
            properties = self.with_cases(parts, alternatives.cases, required, nesting)
        self.add_rules(node, parts)
        fields: Fields = {"properties": properties} if properties else {}
        return fields | self.choice(alternatives, parts)

    def properties(self, node: Node, nesting: int) -> dict[str, Part]:
        """The properties that a schema names, by name; those with an ``order`` first, in this order."""
        named = node.get("properties", dict) or {}
        if not named and "properties" in node.schema and not isinstance(node.schema["properties"], dict):
            self.losses.add(node.at("properties"), "“properties” is not a mapping of schemas")
        nodes = {name: self.document.below(node, "properties", name) for name in named if self.is_name(name, node.at("properties", name))}
        names = sorted(nodes, key=lambda name: _order(nodes[name]))
        return {name: self.values.property(name, nodes[name], nesting) for name in names}

    def is_name(self, name: str, path: KeyPath) -> bool:
        """Whether the data format takes a name; one that it does not take is lost."""
        fault = fault_of_property_name(name)
        if fault:
            self.losses.add(path, f"a name that {fault}; the property is left out")
        return fault is None

    def required(self, node: Node, known: Sequence[str]) -> set[str]:
        """The names that a schema requires."""
        names = node.get("required", list) or []
        for index, name in enumerate(names):
            if name not in known:
                hint = nearest(str(name), known)
                message = f"“{str(name)[:60]}” is required and not among the properties{hint}"
                self.losses.add(node.at("required", index), message)
        return {name for name in names if name in known}

    def names_of_cases(self, alternatives: Alternatives) -> Iterable[str]:
        return [name for case in alternatives.cases for name in case.get("properties", dict) or {}]

    # Cases

    def with_cases(
        self, parts: dict[str, Part], nodes: Sequence[Node], required: set[str], nesting: int
    ) -> list[Part]:
        """The properties with those of cases, each with the condition on the member that tells them apart."""
        ordered = sorted(nodes, key=_order)
        name, cases = self.deciding(ordered)
        own = {case.node.path: self.of_case(name, case.node, parts, nesting) for case in cases}
        if not name:
            return self.without_deciding(parts, ordered, own)
        values = [text for case in cases for text in case.values]
        decider = self.decider(name, cases, parts.pop(name, None), nesting)
        if name in required or all(name in (case.node.get("required", list) or ()) for case in cases):
            decider["required"] = True
        properties = [decider, *parts.values()]
        for member in dict.fromkeys(each for found in own.values() for each in found):
            variants: list[_Variant] = []
            for case in cases:
                part = own[case.node.path].get(member)
                same = next((variant for variant in variants if variant.part == part), None)
                if part is not None and same is None:
                    variants.append(_Variant(part, [*case.values]))
                elif same is not None:
                    same.values.extend(case.values)
            properties += [_with_condition(variant, name, values, required) for variant in variants]
        self.add_required_of_cases(name, cases, parts)
        return properties

    def deciding(self, nodes: Sequence[Node]) -> tuple[str, list[_Case]]:
        """The member whose value tells cases apart, and the cases; without a name if there is none."""
        for name in nodes[0].get("properties", dict) or {}:
            cases = []
            for node in nodes:
                schema = (node.get("properties", dict) or {}).get(name)
                member = self.document.below(node, "properties", name) if schema is not None else None
                values = self.values.accepted(member) if member else None
                texts = [text_of(value, [type_of(value)]) for value in values or ()]
                if not texts or None in texts:
                    break
                cases.append(_Case([text for text in texts if text is not None], node))
            texts_of_all = [text for case in cases for text in case.values]
            if len(cases) == len(nodes) and len(set(texts_of_all)) == len(texts_of_all):
                return name, cases
        return "", [_Case([], node) for node in nodes]

    def of_case(self, deciding: str, node: Node, parts: Mapping[str, Part], nesting: int) -> dict[str, Part]:
        """The members of a case but for the deciding one, by name, with those that it requires."""
        named = {name: part for name, part in self.properties(node, nesting).items() if name != deciding}
        for name in [*named]:
            if name in parts:
                stated = {field: value for field, value in named.pop(name).items() if field != "name"}
                if stated.items() - parts[name].items() if _is_flat(stated) else stated != dict(parts[name]):
                    message = f"“{name}” is also a member in all cases; what this case says of it is left out"
                    self.losses.add(node.at("properties", name), message)
        for name in self.required(node, [*named, *parts, deciding]) & named.keys():
            named[name]["required"] = True
        for keyword in node.schema:
            if keyword in ("properties", "required", "type", "title", "description", "order", "$ref"):
                continue
            if (keyword, node.schema[keyword]) != ("additionalProperties", True):
                self.losses.add(node.at(keyword), f"“{keyword}” of a case has no place in the data format")
        return named

    def decider(self, name: str, cases: Sequence[_Case], base: Part | None, nesting: int) -> Part:
        """The member that tells cases apart: its values are the cases, with what these are called."""
        nodes = [self.document.below(case.node, "properties", name) for case in cases]
        default = {"default"} if all(_is_own_default(node) for node in nodes) else set()
        found = [self.values.property(name, node.without(*default), nesting) for node in nodes]
        part = Part(found[0].origin, {**found[0], **(base or {})})
        types = [each for other in found for each in ([other["type"]] if isinstance(other["type"], str) else other["type"])]
        kinds = [*dict.fromkeys(types)]
        part["type"] = kinds[0] if len(kinds) == 1 else kinds
        part.pop("values", None)
        meanings: dict[str, str | None] = {}
        for case, node in zip(cases, nodes, strict=True):
            meaning = self.values.meaning(case.node, case.values[0])
            meanings |= dict.fromkeys(case.values, meaning)
            if not default and node.schema.get("default") not in (None, part.get("default")):
                self.losses.add(node.at("default"), "a default that differs from that of another case")
        part["values"] = meanings if any(meanings.values()) else [*meanings]
        return part

    def without_deciding(
        self, parts: Mapping[str, Part], nodes: Sequence[Node], own: Mapping[KeyPath, dict[str, Part]]
    ) -> list[Part]:
        """The properties with those of cases that no member tells apart: each is optional."""
        message = "no member with one value in each tells these alternatives apart; their members are optional"
        self.losses.add(nodes[0].path[:-1], message)
        merged = dict(parts)
        for named in own.values():
            for name, part in named.items():
                part.pop("required", None)
                if name in merged and dict(merged[name]) != dict(part):
                    self.losses.add(part.origin, f"“{name}” is something else in another alternative; the first is kept")
                merged.setdefault(name, part)
        return [*merged.values()]

    def add_required_of_cases(self, deciding: str, cases: Sequence[_Case], parts: Mapping[str, Part]) -> None:
        """Add the condition to members of all cases that some cases require."""
        for name, part in parts.items():
            values = [text for case in cases if name in (case.node.get("required", list) or ()) for text in case.values]
            if values and not part.get("required") and not part.get("read_only"):
                part["required_if"] = {deciding: values[0] if len(values) == 1 else values}

    # Rules

    def choice(self, alternatives: Alternatives, parts: Mapping[str, Part]) -> Fields:
        """The choice of sets of members; one that names a required member, or an unknown one, is lost."""
        if not alternatives.sets:
            return {}
        sets = [[*dict.fromkeys(node.schema["required"])] for node in alternatives.sets]
        names = [name for entry in sets for name in entry]
        wrong = [name for name in names if name not in parts or parts[name].get("required")]
        is_exact = len(set(names)) == len(names) and max(map(len, sets)) == 1
        if wrong or (alternatives.exactly_one and not is_exact):
            why = f"{listing(wrong, 'and')} cannot be chosen" if wrong else "several sets can be sent in part"
            self.losses.add(alternatives.sets[0].path[:-1], f"a choice that the data format cannot say: {why}")
            return {}
        labels = [phrase(node.get("title", str) or "").text for node in alternatives.sets]
        is_labelled = all(labels) and len(set(labels)) == len(labels)
        field = "one_of" if alternatives.exactly_one else "any_of"
        return {field: dict(zip(labels, sets, strict=True)) if is_labelled else sets}

    def add_rules(self, node: Node, parts: Mapping[str, Part]) -> None:
        """Add what must be sent where another member has a value, as in ``if`` and ``then``; other rules are lost."""
        for index, rule in enumerate(node.get("allOf", list) or ()):
            if not (isinstance(rule, dict) and _add_rule(rule, parts)):
                self.losses.add(node.at("allOf", index), "a rule that the data format cannot say")


def fault_of_property_name(name: str) -> str | None:
    """Why the data format cannot have a property of this name, as the end of a sentence; None if it can."""
    if not name or any(letter.isspace() for letter in name):
        return "is empty or has a space in it"
    if HIDDEN.search(name):
        return "has an invisible character in it"
    return "stands for members with free names" if name == ENTRIES else None


def _add_rule(rule: dict[str, Any], parts: Mapping[str, Part]) -> bool:
    """Add the condition of a rule to the member that it requires; False if the rule says something else."""
    condition, then = rule.get("if"), rule.get("then")
    if rule.keys() != {"if", "then"} or not isinstance(condition, dict) or not isinstance(then, dict):
        return False
    properties, names = condition.get("properties"), then.get("required")
    if then.keys() != {"required"} or not isinstance(names, list) or not isinstance(properties, dict):
        return False
    conditions: dict[str, Any] = {}
    for name, schema in properties.items():
        is_plain = isinstance(schema, dict) and len(schema) == 1 and name in parts
        values = [schema["const"]] if is_plain and "const" in schema else schema.get("enum") if is_plain else None
        if not isinstance(values, list) or any(isinstance(value, (list, dict)) or value is None for value in values):
            return False
        if name not in (condition.get("required") or ()) and parts[name].get("default") not in values:
            return False
        conditions[name] = values[0] if len(values) == 1 else values
    known = [parts.get(name) if isinstance(name, str) else None for name in names]
    if condition.keys() - {"properties", "required"} or not conditions or None in known:
        return False
    if any(part is None or "required_if" in part or part.get("required") for part in known):
        return False
    for part in known:
        if part is not None:
            part["required_if"] = conditions
    return True


def _order(node: Node) -> float:
    order = node.schema.get("order")
    return order if isinstance(order, (int, float)) and not isinstance(order, bool) else float("inf")


def _with_condition(variant: _Variant, name: str, values: Sequence[str], required: set[str]) -> Part:
    """The part of a variant, with the condition under which it applies unless it always does."""
    part = Part(variant.part.origin, variant.part)
    if part["name"] in required:
        part["required"] = True
    if len(variant.values) < len(values):
        part["applies_if"] = {name: variant.values[0] if len(variant.values) == 1 else variant.values}
    return part


def _is_own_default(node: Node) -> bool:
    """Whether a default is the one value that there is: it says nothing more."""
    value = node.schema.get("const", (node.get("enum", list) or [None])[0])
    return node.schema.get("default", value) == value


def _is_flat(fields: Fields) -> bool:
    return not any(isinstance(value, (list, dict)) for value in fields.values())
