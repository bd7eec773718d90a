"""``report-cards``: what Stitch's API says of its types, as ``GET /v4/source-types`` and ``…/destination-types`` answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..problems import Problem, Subtype, listing
from ..suggestions import nearest
from .result import ImportedObject, Losses, MissingKindError, Part
from .schema_members import MemberReader
from .schema_nodes import Document
from .texts import words_of_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..api import Api
    from ..problems import Report
    from ..reading.data_file import DataFile, KeyPath

#: The flag of a property for each word for its type; None for one without a flag.
_FLAGS = {
    "user_provided": None,
    "read_only": "read_only",
    "system_provided_by_default": "supplied",
    "user_provided_immutable": "immutable",
    "user_provided_advanced": "advanced",
}

#: What a card, a step and a property have; the state of one connection does not belong in a reference.
_OF_CARDS = {"type", "kind", "steps", "current_step", "current_step_type"}
_OF_STEPS = {"type", "properties"}
_OF_PROPERTIES = {"name", "is_required", "is_credential", "system_provided", "property_type", "json_schema"}

#: A pattern that lists the texts that it matches, such as ``^1$|^30$`` or ``^(true|false)$``.
_WORD = r"[A-Za-z0-9_ -]+"
_LISTS = (re.compile(rf"\^\(({_WORD}(?:\|{_WORD})*)\)\$\Z"), re.compile(rf"(\^{_WORD}\$(?:\|\^{_WORD}\$)*)\Z"))


def read_report_cards(file: DataFile, kind: str | None, api: Api, report: Report) -> Iterator[ImportedObject]:
    """The object of each card.

    What is no card is reported.  Raises :class:`MissingKindError` for a card without a kind, which the API's own have
    not, if no ``kind`` is given.
    """
    is_list = isinstance(file.data, list)
    for index, card in enumerate(file.data if is_list else [file.data]):
        path: KeyPath = (index,) if is_list else ()
        if (
            not isinstance(card, dict)
            or not isinstance(card.get("type"), str)
            or not isinstance(card.get("steps"), list)
        ):
            message = "this is not a report card, which has a “type” and a list of “steps”"
            report(Problem(file.key_place(path), Subtype.WRONG_TYPE, message))
            continue
        own_kind = card.get("kind", kind)
        if own_kind is None:
            raise MissingKindError
        yield _Card(file, card, path, api).object(str(own_kind))


class _Card:
    """Reads one report card."""

    def __init__(self, file: DataFile, card: dict[str, Any], path: KeyPath, api: Api) -> None:
        self.card = card
        self.path = path
        self.steps = [step.name for step in api.steps]
        self.losses = Losses(file)
        self.untyped: set[tuple[str, str]] = set()
        self.reader = MemberReader(Document(self.losses))

    def object(self, kind: str) -> ImportedObject:
        key = self.card["type"].rpartition(".")[2].lower()
        data = Part(self.path, {"name": words_of_key(key), "type": self.card["type"]})
        self.lose_others(self.card, _OF_CARDS, self.path)
        for index, step in enumerate(self.card["steps"]):
            path = (*self.path, "steps", index)
            if not isinstance(step, dict):
                self.losses.add(path, "this is not a step, which is a mapping")
                continue
            name = self.name_of_step(step, index)
            properties = self.properties(step, path, name or "")
            if not properties:
                continue
            if name is None or (name in data if name != self.steps[0] else "properties" in data):
                self.losses.add(
                    path, f"api.yml has no step {listing([str(step.get('type'))], '')} for these properties"
                )
            elif name == self.steps[0]:
                data["properties"] = properties
            else:
                data[name] = Part(path, {"properties": properties})
        return ImportedObject(kind, key, data, self.losses, frozenset(self.untyped))

    def name_of_step(self, step: dict[str, Any], index: int) -> str | None:
        """The step of ``api.yml`` that one of a card is: the one of its name; the first one is the first in any case."""
        name = step.get("type")
        if name in self.steps:
            return str(name)
        return self.steps[0] if index == 0 else None

    def properties(self, step: dict[str, Any], path: KeyPath, name: str) -> list[Part]:
        self.lose_others(step, _OF_STEPS, path)
        stated = step.get("properties", [])
        if not isinstance(stated, list):
            self.losses.add((*path, "properties"), "“properties” is not a list")
            return []
        found: dict[str, Part] = {}
        for index, prop in enumerate(stated):
            where = (*path, "properties", index)
            if not isinstance(prop, dict) or not isinstance(prop.get("name"), str):
                self.losses.add(where, "this is not a property, which has a “name”")
            elif prop["name"] in found:
                self.losses.add(where, f"“{prop['name']}” is there twice; the first is kept")
            elif self.reader.is_name(prop["name"], where):
                found[prop["name"]] = self.property(prop, where, name)
        return [*found.values()]

    def property(self, prop: dict[str, Any], path: KeyPath, step: str) -> Part:
        self.lose_others(prop, _OF_PROPERTIES, path)
        schema = prop.get("json_schema")
        if schema is None:
            self.untyped.add((step, prop["name"]))
            self.losses.add(path, f"the card does not say what “{prop['name']}” is; it is taken for a text")
        node = self.reader.document.node({"type": "string"} if schema is None else schema, (*path, "json_schema"))
        part = Part(path, self.reader.values.property(prop["name"], node, 0))
        values = _listed(part.get("pattern", "")) if part["type"] == "string" and "values" not in part else []
        if values:
            del part["pattern"]
            part["values"] = values
        flag = self.flag(prop, path)
        if flag:
            part[flag] = True
        if prop.get("is_required") is True and flag != "read_only":
            part["required"] = True
        if prop.get("is_credential") is True:
            part["secret"] = True
        return part

    def flag(self, prop: dict[str, Any], path: KeyPath) -> str | None:
        """The flag that the type of a property stands for."""
        word = prop.get("property_type", "user_provided")
        if not isinstance(word, str) or word not in _FLAGS:
            message = f"“{str(word)[:60]}” is not a type of properties{nearest(str(word), _FLAGS)}"
            self.losses.add((*path, "property_type"), message)
            return None
        is_by_system = prop.get("system_provided")
        if isinstance(is_by_system, bool) and is_by_system != (word in ("read_only", "system_provided_by_default")):
            message = f"“system_provided” is {str(is_by_system).lower()} beside “{word}”"
            self.losses.add((*path, "system_provided"), message)
        return _FLAGS[word]

    def lose_others(self, mapping: dict[str, Any], known: set[str], path: KeyPath) -> None:
        for name in mapping.keys() - known:
            self.losses.add((*path, name), f"the data format has no place for {listing([name], '')}")


def _listed(pattern: str) -> list[str]:
    """The texts that a pattern lists; none if it does something else."""
    for form in _LISTS:
        if found := form.match(pattern):
            return [*dict.fromkeys(word.strip("^$") for word in found[1].split("|"))]
    return []
