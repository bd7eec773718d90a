"""Validate the content of one file against its record class, and make the record of what is valid.

The type hints of the record classes are the schema.  Invalid parts are reported and left out: an unknown key alone;
anything else with the property, connection, version or entry that it is in, else by itself; and a whole file only if a
required field of its record is missing or invalid.  A blank text of a file's own record stays blank.
"""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..format.records import GroupRecord, ObjectRecord, StepRecord
from ..formats import is_date
from ..problems import Problem, Subtype, listing
from ..prose import VARIABLE
from .field_types import FieldType, record_type, types_of
from .hints import hint_for_key, hint_for_shape, hint_for_word

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ..format.fields import TextKind
    from ..problems import Report
    from .data_file import DataFile, KeyPath

Record = TypeVar("Record")

#: The result of :meth:`_Validator.value` for a value of which nothing can be used.
_INVALID: Any = object()

#: Fields that are used as a whole or not at all: a ``one_of`` without one of its sets would be another choice.
_WHOLE = {"one_of", "any_of"}

#: Fields of objects and groups that people read, and into which no variables are filled.
_WITHOUT_VARIABLES = {"action", "name", "pattern_description", "title", "unit"}

_STEP = types_of(StepRecord)

#: What messages call the items of a list, by its field.
_ITEMS = {"properties": "property", "connections": "connection", "history": "version"}


def validate(file: DataFile, record: type[Record], report: Report, steps: tuple[str, ...] | None = ()) -> Record | None:
    """Make the record of a file.

    ``steps`` are the names of the steps of an object: all but the first are keys.  It is None if there is no valid
    ``api.yml``, which names them: a key that looks like a step is then left out without a warning.  All problems are
    reported; the result has what is valid, and is None if nothing can be used.  Items that are left out of a list are
    removed from ``file.spans``, too.
    """
    if not isinstance(file.data, dict):
        message = f"a data file is a mapping of keys and values; found {_described(file.data)}"
        report(Problem(file.place(()), Subtype.WRONG_TYPE, message))
        return None
    data = dict(file.data)
    if steps is None:
        known = record_type(cast(Any, record)).keys
        data = {name: value for name, value in data.items() if name in known or not _is_like_a_step(value)}
    validator = _Validator(file, report, steps or (), has_variables=record in (ObjectRecord, GroupRecord))
    further = {name: validator.value(_STEP, data.pop(name), (name,)) for name in (steps or ())[1:] if name in data}
    valid_record = validator.record(record, data, (), further=further)
    file.take_out(validator.left_out)
    return None if valid_record is _INVALID else cast(Record, valid_record)


def validate_field(file: DataFile, record: type, name: str, report: Report) -> Any:
    """The valid part of one field of a file, of which no record could be made; None if there is none."""
    value = file.data.get(name) if isinstance(file.data, dict) else None
    valid = (
        _Validator(file, report).value(record_type(record).keys[name], value, (name,)) if value is not None else None
    )
    return None if valid is _INVALID else valid


class _Validator:
    """Makes records of the content of a file; ``left_out`` are the paths of the list items that it leaves out.

    ``steps`` are the names of the steps of an object; objects and groups have texts with variables.
    """

    def __init__(
        self, file: DataFile, report: Report, steps: tuple[str, ...] = (), *, has_variables: bool = False
    ) -> None:
        self.file = file
        self.report = report
        self.steps = steps
        self.has_variables = has_variables
        self.left_out: list[KeyPath] = []

    def value(self, types: tuple[FieldType, ...], value: Any, path: KeyPath, *, whole: bool = False) -> Any:
        """The valid part of a value of one of the types; if ``whole``, all of the value, or nothing."""
        for taken in types:
            if taken.fits(value):
                break
        else:
            self.report_wrong_type(types, value, path)
            return _INVALID
        if taken.kind is not None:
            return self.text(taken, value, path)
        if taken.record is not None:
            return self.record(taken.record, value, path, whole=whole)
        if not taken.items:
            return value
        valid_part = self.mapping if taken.keys else self.items
        return valid_part(taken, value, path, whole=whole)

    def text(self, taken: FieldType, value: str, path: KeyPath) -> Any:
        """The text of a field; of one line, it is without the line break in which a block scalar ends."""
        has_lines = taken.kind is not None and taken.kind.has_lines
        text = value if has_lines else value.removesuffix("\n")
        fault = _fault_of_text(taken, text)
        if fault is not None:
            self.report(Problem(self.file.place(path), Subtype.WRONG_TYPE, f"{self.field(path)} {fault}"))
            return _INVALID
        if has_lines and path in self.file.cut:
            message = (
                f"{self.field(path)} ends before the “#”, which begins a comment; put the text in quotes, or behind “|”"
            )
            self.report(Problem(self.file.place(path), Subtype.DOUBTFUL_TEXT, message))
        if self.has_variables and path[-1] in _WITHOUT_VARIABLES and (found := VARIABLE.search(text)):
            message = (
                f"{self.field(path)} has “{found[0]}” as it is written; variables are filled into descriptions, "
                "meanings of values, labels of sets, examples and defaults alone"
            )
            self.report(Problem(self.file.place(path), Subtype.DOUBTFUL_TEXT, message))
        if taken.is_date and not is_date(text):
            message = f"{self.field(path)} is not a day of the calendar, as in “2030-01-31”; found {_described(text)}"
            self.report(Problem(self.file.place(path), Subtype.DOUBTFUL_DATE, message))
        return text

    def items(self, taken: FieldType, values: list[Any], path: KeyPath, *, whole: bool) -> Any:
        """The valid items of a list.  If the items are records, an invalid one is left out alone, even if ``whole``."""
        is_record = taken.items[0].record is not None
        results = [
            self.value(taken.items, value, (*path, index), whole=whole or is_record)
            for index, value in enumerate(values)
        ]
        invalid = [(*path, index) for index, value in enumerate(results) if value is _INVALID]
        if invalid and whole and not is_record:
            return _INVALID
        self.left_out += invalid
        return tuple(value for value in results if value is not _INVALID)

    def mapping(self, taken: FieldType, values: dict[str, Any], path: KeyPath, *, whole: bool) -> Any:
        """The valid values of a mapping."""
        keys = cast("FieldType", taken.keys)
        results = {}
        for key, value in values.items():
            if keys.words and key not in keys.words:
                self.report_unknown_key((*path, key), keys.words)
                continue
            results[key] = self.value(taken.items, value, (*path, key), whole=whole)
            fault = None if keys.words else _fault_of_text(keys, key)
            if fault:
                message = f"a key{self.of(path)} {fault}"
                self.report(Problem(self.file.key_place((*path, key)), Subtype.WRONG_TYPE, message))
                results[key] = _INVALID
        valid = {key: value for key, value in results.items() if value is not _INVALID}
        return _INVALID if whole and len(valid) < len(results) else valid

    def record(
        self,
        record: Any,
        values: dict[str, Any],
        path: KeyPath,
        *,
        whole: bool = False,
        further: Mapping[str, Any] | None = None,
    ) -> Any:
        """The record of a mapping; its ``further`` steps are validated already."""
        keys, required = record_type(record)
        results: dict[str, Any] = {}
        for name, value in values.items():
            if name in keys:
                results[name] = self.value(keys[name], value, (*path, name), whole=whole or name in _WHOLE)
            else:
                self.report_unknown_key((*path, name), [*keys, *(() if path else self.steps[1:])])
        if not path:
            # Without a name, a file is used all the same, so that all of its problems are reported at once.
            results |= {name: "" for name in required if _is_blank(values.get(name))}
        invalid = [name for name, value in results.items() if value is _INVALID]
        missing = [name for name in required if name not in values]
        for name in missing:
            self.report_missing(path, name)
        empty = [name for name in required if values.get(name) in ([], {})]
        for name in empty:
            message = f"{self.field((*path, name))} takes at least one entry; found none"
            self.report(Problem(self.file.place((*path, name)), Subtype.WRONG_TYPE, message))
        if missing or empty or any(whole or name in required for name in invalid):
            return _INVALID
        for name in invalid:
            del results[name]
        steps = {name: step for name, step in (further or {}).items() if step is not _INVALID}
        return record(**results, **({"steps": steps} if steps else {}))

    def report_missing(self, path: KeyPath, name: str) -> None:
        message = f"the field “{name}” is missing{self.of(path, 'from')}"
        if (*path, name) == ("type",):
            message += "; write null for a connection that the API does not have"
        self.report(Problem(self.file.key_place(path), Subtype.MISSING_FIELD, message))

    def report_unknown_key(self, path: KeyPath, known: Collection[str]) -> None:
        name = str(path[-1])
        hint = hint_for_key(name, known)
        if path == self.steps[:1]:
            hint = "; the fields of the first step stand at the top of the file, without its name"
        message = f"unknown key “{name}”{self.of(path[:-1])}{hint}"
        self.report(Problem(self.file.key_place(path), Subtype.UNKNOWN_KEY, message))

    def report_wrong_type(self, types: tuple[FieldType, ...], value: Any, path: KeyPath) -> None:
        words = [word for taken in types for word in taken.words]
        others = [taken.name for taken in types if taken.of is not NoneType and not taken.words]
        if words:
            others = [other for other in others if other == "a mapping"]
        expected = " or ".join([*([listing(words, "or")] if words else []), *others])
        near = hint_for_word(value, words) if isinstance(value, str) else ""
        hint = near or hint_for_shape(next((key for key in reversed(path) if isinstance(key, str)), ""), value)
        message = f"{self.field(path)} takes {expected}; found {_described(value)}{hint}"
        self.report(Problem(self.file.place(path), Subtype.WRONG_TYPE, message))

    def field(self, path: KeyPath) -> str:
        """What messages call the field at a path, as in ``“type” of property “host”``."""
        if isinstance(path[-1], int):
            return f"item {path[-1] + 1} of “{path[-2]}”{self.of(path[:-2])}"
        return f"“{path[-1]}”{self.of(path[:-1])}"

    def of(self, path: KeyPath, preposition: str = "of") -> str:
        """What messages call the record at a path, as in `` of property “host”``; empty for the file itself."""
        if not path:
            return ""
        here: Any = self.file.data
        for key in path:
            here = here[key]
        if not isinstance(path[-1], int):
            return f" {preposition} “{path[-1]}”"
        holder = str(path[-2])
        labels = [here.get(name) for name in ("name", "key", "version")] if isinstance(here, dict) else []
        label = next((text for text in labels if isinstance(text, str) and not _is_blank(text)), None)
        if holder in _ITEMS and label:
            return f" {preposition} {_ITEMS[holder]} “{label}”"
        return f" {preposition} item {path[-1] + 1} of “{holder}”"


def _is_like_a_step(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() <= record_type(StepRecord).keys.keys()


def _fault_of_text(taken: FieldType, text: str) -> str | None:
    """What is wrong with a text, as the end of a sentence about its field; None if nothing is."""
    kind = cast("TextKind", taken.kind)
    if "\n" in text and not kind.has_lines:
        return f"takes text of one line; found a line break in {_described(text)}"
    if taken.form and not taken.form.fits(text):
        return f"takes {taken.form.name}; found {_described(text)}"
    if not kind.can_be_blank and _is_blank(text):
        return f"takes text that is not blank; found {_described(text)}"
    return None


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _described(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        short = value if len(value) <= 40 else value[:39] + "…"
        return f"“{short}”"
    return "a list" if isinstance(value, list) else "a mapping"
