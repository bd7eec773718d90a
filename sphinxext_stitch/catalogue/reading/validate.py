"""Check one file's content against its record, and save what is sound.

pydantic finds what is wrong; the words are ours.  A faulty piece is taken out and the rest checked again:
an unknown key costs the key, anything else the property, connection or version that it stands in, else the
field, and an object only when it cannot be without that field.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from ..format import records
from ..problems import Problem, Subtype, listing, nearest, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from ..problems import Report
    from .data_file import DataFile, KeyPath


Record = TypeVar("Record")

#: Lists whose items are records that can be lost one by one.
_RECORD_LISTS = {"properties", "connections", "history", "silence"}

_EXPECTED = {
    "string_type": "text",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
    "dataclass_exact_type": "a mapping",
    "tuple_type": "a list",
}

#: Fields that take more than what pydantic's first complaint of a union says.
_UNIONS = {"values": "a list or a mapping", "one_of": "a list or a mapping", "endpoint": "text or a mapping"}

#: What stands in fields whose keys are names of properties, or labels.
_WITHIN: dict[KeyPath, str] = {("required_if",): "text or a list", ("one_of",): "a list"}


def validate(file: DataFile, record: type[Record], report: Report, steps: tuple[str, ...] | None = ()) -> Record | None:
    """Make the record of a file.

    ``steps`` are the keys that are gathered as further steps of an object, None if there is no sound
    ``api.yml`` that tells them: what looks like a step is left out then.  All problems are reported at
    once; the result holds what is sound, and is None if nothing can be saved.
    """
    if not isinstance(file.data, dict):
        message = f"a data file is a mapping of keys and values; found {_found(file.data)}"
        report(Problem(file.place(()), Subtype.WRONG_TYPE, message))
        return None
    known = _known_keys(cast(Any, record), tuple(steps or ()))
    data = _gathered(file, steps, known, report)
    first_pass = True
    while True:
        try:
            sound: Record = _adapter(cast(Any, record)).validate_json(json.dumps(data), strict=True)
        except ValidationError as invalid:
            errors = _one_each(invalid.errors(include_url=False), data)
        else:
            return sound
        if first_pass:
            for path, error in errors:
                report(_problem(file, path, error, known))
            data = copy.deepcopy(data)  # what is taken out stays in the file
        losses = _losses(errors)
        if () in losses:
            return None
        for path in losses:
            _take_out(data, path)
        file.take_out(_in_file(path, known) for path in losses)
        first_pass = False


def _gathered(
    file: DataFile, steps: tuple[str, ...] | None, known: dict[str, set[str]], report: Report
) -> dict[str, Any]:
    """The data of a file as its record takes them: further steps together under ``steps``."""
    data: dict[str, Any] = dict(file.data)
    if "steps" in data and "steps" not in known[""]:
        # The record of an object has this field for what is gathered here; a file has not.
        del data["steps"]
        report(_unknown_key(file, ("steps",), known[""]))
    if steps is None:
        return {name: value for name, value in data.items() if name in known[""] or not _like_step(value, known)}
    further = {name: data.pop(name) for name in steps if name in data}
    if further:
        data["steps"] = further
    return data


def _like_step(value: Any, known: dict[str, set[str]]) -> bool:
    return isinstance(value, dict) and value.keys() <= known["StepRecord"]


@cache
def _adapter(record: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record)


@cache
def _known_keys(record: type, steps: tuple[str, ...]) -> dict[str, set[str]]:
    """The keys of each record, by the name that pydantic gives it in an error."""
    known = {
        name: set(value.__dataclass_fields__)
        for name, value in vars(records).items()
        if hasattr(value, "__dataclass_fields__")
    }
    known["ObjectRecord"] = known["ObjectRecord"] - {"steps"} | set(steps)
    known[""] = known[record.__name__]
    return known


def _one_each(errors: list[ErrorDetails], data: Any) -> list[tuple[KeyPath, ErrorDetails]]:
    """One error for each place, in order: branches of a union each have their say.

    The branch that names the accepted words says most.
    """
    chosen: dict[KeyPath, ErrorDetails] = {}
    for error in errors:
        path = _data_path(error, data)
        if path not in chosen or (error["type"] == "literal_error" != chosen[path]["type"]):
            chosen[path] = error
    deeper = {path[:end] for path in chosen for end in range(len(path))}
    return [(path, error) for path, error in chosen.items() if path not in deeper or error["type"] == "missing"]


def _data_path(error: ErrorDetails, data: Any) -> KeyPath:
    """The path of an error in the data: without the branch names of unions."""
    path: list[str | int] = []
    here: Any = data
    for step in error["loc"]:
        known = range(len(here)) if isinstance(here, list) else here if isinstance(here, dict) else ()
        if step in known:
            path.append(step)
            here = cast(Any, here)[step]
    if error["type"] == "missing":
        path.append(error["loc"][-1])
    return tuple(path)


def _in_file(path: KeyPath, known: dict[str, set[str]]) -> KeyPath:
    """The path in the file: it has no ``steps`` around the steps of an object."""
    return path[1:] if path[:1] == ("steps",) and "steps" not in known[""] else path


def _problem(file: DataFile, path: KeyPath, error: ErrorDetails, known: dict[str, set[str]]) -> Problem:
    """Say in our words what pydantic found."""
    steps = _in_file(path, known)
    name = str(steps[-1]) if steps else ""
    if error["type"] == "missing":
        message = f"the field “{name}” is missing{_of(steps[:-1], file, 'from')}"
        if steps == ("type",):
            message += "; write null for a connection that the API does not have"
        return Problem(file.key_place(steps[:-1]), Subtype.MISSING_FIELD, message)
    if error["type"] == "unexpected_keyword_argument":
        return _unknown_key(file, steps, _record_of(path, known))
    if error["loc"][-1:] == ("[key]",):
        return _unknown_key(file, steps, _literals(error))
    field = _field(steps, file)
    if error["type"] == "literal_error":
        words = _literals(error)
        wanted = listing(words, "or")
        found = _found(error["input"])
        hint = nearest(error["input"], words) if isinstance(error["input"], str) else ""
        return Problem(file.place(steps), Subtype.WRONG_TYPE, f"{field} takes {wanted}; found {found}{hint}")
    wanted = _WITHIN.get(steps[-2:-1]) or _UNIONS.get(name) or _EXPECTED.get(error["type"], "something else")
    message = f"{field} takes {wanted}; found {_found(error['input'])}"
    return Problem(file.place(steps), Subtype.WRONG_TYPE, message)


def _unknown_key(file: DataFile, steps: KeyPath, known: Iterable[str]) -> Problem:
    name = str(steps[-1])
    message = f"unknown key “{name}”{_of(steps[:-1], file)}{suggestion(name, known)}"
    return Problem(file.key_place(steps), Subtype.UNKNOWN_KEY, message)


def _record_of(path: KeyPath, known: dict[str, set[str]]) -> set[str]:
    """The keys of the record that holds the last step of a path."""
    names = [step for step in path[:-1] if isinstance(step, str)]
    by_field = {
        "properties": "PropertyRecord",
        "connections": "ConnectionRecord",
        "history": "VersionRecord",
        "requests": "RequestsRecord",
        "unavailable": "UnavailableRecord",
        "silence": "SilenceRecord",
    }
    if not names:
        return known[""]
    last = names[-1]
    if last == "deprecated":
        return known["DeprecationRecord"]
    if names[-2:-1] == ["endpoints"]:
        return known["EndpointRecord"]
    if names[-2:-1] == ["steps"]:
        is_api = known[""] == known["ApiRecord"]
        return known["StepInfoRecord"] if is_api else known["StepRecord"]
    return known[by_field[last]]


def _literals(error: ErrorDetails) -> list[str]:
    """The accepted words of an error, which pydantic gives as ``'a', 'b' or 'c'``."""
    return [part for index, part in enumerate(str(error["ctx"]["expected"]).split("'")) if index % 2]


def _field(steps: KeyPath, file: DataFile) -> str:
    if steps and isinstance(steps[-1], int):
        return f"item {steps[-1] + 1} of “{steps[-2]}”{_of(steps[:-2], file)}"
    return f"“{steps[-1]}”{_of(steps[:-1], file)}" if steps else "the file"


def _of(steps: KeyPath, file: DataFile, preposition: str = "of") -> str:
    """Name the record that something is wrong in, as in `` of property “host”``."""
    here: Any = file.data
    words = {"properties": "property", "connections": "connection", "history": "version"}
    for step in steps:
        here = here[step]
    if len(steps) > 1 and isinstance(steps[-1], int) and isinstance(here, dict):
        list_name = str(steps[-2])
        label = here.get("name") or here.get("key") or here.get("version")
        if list_name in words and isinstance(label, str):
            return f" {preposition} {words[list_name]} “{label}”"
        return f" {preposition} item {steps[-1] + 1} of “{list_name}”"
    if steps:
        return f" {preposition} “{steps[-1]}”"
    return ""


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        short = value if len(value) <= 40 else value[:39] + "…"
        return f"“{short}”"
    return "a list" if isinstance(value, list) else "a mapping"


def _losses(errors: list[tuple[KeyPath, ErrorDetails]]) -> list[KeyPath]:
    """The paths to take out for these errors, the last ones first so that indices stay right."""
    lost: set[KeyPath] = set()
    for path, error in errors:
        if error["type"] == "unexpected_keyword_argument":
            lost.add(path)
            continue
        holder = path[:-1] if error["type"] == "missing" else path
        if "one_of" in holder:  # with a set less it would be another choice
            holder = holder[: holder.index("one_of") + 1]
        record = _innermost_record(holder)
        lost.add(record if record is not None else holder)
    return sorted(lost, key=lambda path: [(isinstance(step, int), step) for step in path], reverse=True)


def _innermost_record(path: KeyPath) -> KeyPath | None:
    for end in range(len(path), 1, -1):
        if isinstance(path[end - 1], int) and path[end - 2] in _RECORD_LISTS:
            return path[:end]
    return None


def _take_out(data: Any, path: KeyPath) -> None:
    here = data
    for step in path[:-1]:
        if isinstance(here, dict) and step not in here:
            return
        here = here[step]
    if isinstance(here, dict):
        here.pop(path[-1], None)
    else:
        del here[path[-1]]
