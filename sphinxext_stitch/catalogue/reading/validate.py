"""Validate the content of one file against its record class, and make the record of what is valid.

The type hints of the record classes are the schema.  Invalid parts are reported and left out: an unknown key alone;
anything else with the property, connection, version or entry that it is in, else by itself; and a whole file only if a
required field of its record is missing or invalid.  A blank text of a file's own record stays blank.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache, partial
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from ..format.fields import TextKind
from ..format.records import AttributeName, Count, Date, KindName, Number, StepRecord
from ..formats import is_date
from ..keys import is_attribute, is_kind
from ..problems import Problem, Subtype, listing
from ..scalars import has_form, is_count
from .hints import hint_for_key, hint_for_shape, hint_for_word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from ..problems import Report
    from .data_file import DataFile, KeyPath

Record = TypeVar("Record")

#: The result of :meth:`_Validator.value` for a value of which nothing can be used.
_INVALID: Any = object()

#: Fields that are used as a whole or not at all: a ``one_of`` without one of its sets would be another choice.
_WHOLE = {"one_of", "any_of"}

#: The form of each text that has one, and what messages call it.
_FORMS: dict[Any, tuple[Callable[[str], bool], str]] = {
    AttributeName: (is_attribute, "1 to 40 letters a–z, digits and “_”, and begins with a letter"),
    Count: (is_count, "a number without sign and fraction"),
    KindName: (is_kind, "1 to 40 letters a–z and digits"),
    Number: (partial(has_form, type_name="number"), "a number"),
}

#: What messages call the items of a list, by its field.
_ITEMS = {"properties": "property", "connections": "connection", "history": "version"}


def validate(file: DataFile, record: type[Record], report: Report, steps: tuple[str, ...] | None = ()) -> Record | None:
    """Make the record of a file.

    ``steps`` are the keys that are further steps of an object.  It is None if there is no valid ``api.yml``, which names
    them: a key that looks like a step is then left out without a warning.  All problems are reported; the result has
    what is valid, and is None if nothing can be used.  Items that are left out of a list are removed from
    ``file.spans``, too.
    """
    if not isinstance(file.data, dict):
        message = f"a data file is a mapping of keys and values; found {_described(file.data)}"
        report(Problem(file.place(()), Subtype.WRONG_TYPE, message))
        return None
    data = dict(file.data)
    if steps is None:
        known = _keys(cast(Any, record))
        data = {name: value for name, value in data.items() if name in known or not _is_like_a_step(value)}
    validator = _Validator(file, report)
    further = {name: validator.value(StepRecord, data.pop(name), (name,)) for name in steps or () if name in data}
    valid_record = validator.record(record, data, (), further=further)
    file.take_out(validator.left_out)
    return None if valid_record is _INVALID else cast(Record, valid_record)


def validate_field(file: DataFile, record: type, name: str, report: Report) -> Any:
    """The valid part of one field of a file, of which no record could be made; None if there is none."""
    value = file.data.get(name) if isinstance(file.data, dict) else None
    valid = _Validator(file, report).value(_hints(record)[name], value, (name,)) if value is not None else None
    return None if valid is _INVALID else valid


class _Validator:
    """Makes records of the content of a file; ``left_out`` are the paths of the list items that it leaves out."""

    def __init__(self, file: DataFile, report: Report) -> None:
        self.file = file
        self.report = report
        self.left_out: list[KeyPath] = []

    def value(self, hint: Any, value: Any, path: KeyPath, *, whole: bool = False) -> Any:
        """The valid part of a value of type ``hint``; if ``whole``, all of the value, or nothing."""
        arm = next((arm for arm in _arms(hint) if _fits(arm, value)), None)
        if arm is None:
            self.report_wrong_type(hint, value, path)
            return _INVALID
        if get_origin(arm) is Annotated:
            return self.text(arm, value, path)
        if arm is Any or not isinstance(value, (list, dict)):
            return value
        if isinstance(value, list):
            return self.items(arm, value, path, whole=whole)
        make = self.record if is_dataclass(arm) else self.mapping
        return make(arm, value, path, whole=whole)

    def text(self, hint: Any, value: str, path: KeyPath) -> Any:
        """The text of a field; of one line, it is without the line break in which a block scalar ends."""
        kind = _kind_of_text(hint)
        text = value if kind.has_lines else value.removesuffix("\n")
        fault = _fault_of_text(hint, text)
        if fault is None:
            if kind.has_lines and path in self.file.cut:
                message = f"{self.field(path)} ends before the “#”, which begins a comment; put the text in quotes, or behind “|”"
                self.report(Problem(self.file.place(path), Subtype.DOUBTFUL_TEXT, message))
            if hint == Date and not is_date(text):
                message = (
                    f"{self.field(path)} is not a day of the calendar, as in “2030-01-31”; found {_described(text)}"
                )
                self.report(Problem(self.file.place(path), Subtype.DOUBTFUL_DATE, message))
            return text
        self.report(Problem(self.file.place(path), Subtype.WRONG_TYPE, f"{self.field(path)} {fault}"))
        return _INVALID

    def items(self, hint: Any, values: list[Any], path: KeyPath, *, whole: bool) -> Any:
        """The valid items of a list.  If the items are records, an invalid one is left out alone, even if ``whole``."""
        (hint, _ellipsis) = get_args(hint)
        is_record = is_dataclass(hint)
        results = [
            self.value(hint, value, (*path, index), whole=whole or is_record) for index, value in enumerate(values)
        ]
        invalid = [(*path, index) for index, value in enumerate(results) if value is _INVALID]
        if invalid and whole and not is_record:
            return _INVALID
        self.left_out += invalid
        return tuple(value for value in results if value is not _INVALID)

    def mapping(self, hint: Any, values: dict[str, Any], path: KeyPath, *, whole: bool) -> Any:
        """The valid values of a mapping."""
        keys, hint = get_args(hint)
        known = _words(keys)
        results = {}
        for key, value in values.items():
            if known and key not in known:
                self.report_unknown_key((*path, key), known)
                continue
            results[key] = self.value(hint, value, (*path, key), whole=whole)
            fault = None if known else _fault_of_text(keys, key)
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
        keys, hints, required = _keys(record), _hints(record), _required(record)
        for key in values:
            if key not in keys:
                self.report_unknown_key((*path, key), [*keys, *(further or ())])
        results = {
            name: self.value(hints[name], values[name], (*path, name), whole=whole or name in _WHOLE)
            for name in keys
            if name in values
        }
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
        steps = {name: step for name, step in (further or {}).items() if step is not _INVALID}
        valid = {name: value for name, value in results.items() if value is not _INVALID}
        return record(**valid, **({"steps": steps} if steps else {}))

    def report_missing(self, path: KeyPath, name: str) -> None:
        message = f"the field “{name}” is missing{self.of(path, 'from')}"
        if (*path, name) == ("type",):
            message += "; write null for a connection that the API does not have"
        self.report(Problem(self.file.key_place(path), Subtype.MISSING_FIELD, message))

    def report_unknown_key(self, path: KeyPath, known: Collection[str]) -> None:
        name = str(path[-1])
        message = f"unknown key “{name}”{self.of(path[:-1])}{hint_for_key(name, known)}"
        self.report(Problem(self.file.key_place(path), Subtype.UNKNOWN_KEY, message))

    def report_wrong_type(self, hint: Any, value: Any, path: KeyPath) -> None:
        words = _words(hint)
        others = [_kind(arm) for arm in _arms(hint) if arm is not NoneType and get_origin(arm) is not Literal]
        if words:
            others = [other for other in others if other == "a mapping"]
        expected = " or ".join([*([listing(words, "or")] if words else []), *others])
        near = hint_for_word(value, words) if isinstance(value, str) else ""
        near += hint_for_shape(next((key for key in reversed(path) if isinstance(key, str)), ""), value)
        message = f"{self.field(path)} takes {expected}; found {_described(value)}{near}"
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


@cache  # for a dozen classes
def _hints(record: Any) -> dict[str, Any]:
    """The types of the fields of a record, with the kinds of their texts."""
    return get_type_hints(record, include_extras=True)


@cache
def _keys(record: Any) -> dict[str, Field[Any]]:
    """The fields that are keys of a file: those with a description."""
    return {field.name: field for field in fields(record) if "description" in field.metadata}


@cache
def _required(record: Any) -> list[str]:
    """The names of the keys that a record cannot do without."""
    return [
        name for name, field in _keys(record).items() if field.default is MISSING and field.default_factory is MISSING
    ]


def _is_like_a_step(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() <= _keys(StepRecord).keys()


@cache
def _arms(hint: Any) -> tuple[Any, ...]:
    """The types of a union, or the one type."""
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _fits(hint: Any, value: Any) -> bool:
    """Whether a type takes a value, regardless of the items or members of the value."""
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if hint in (Any, NoneType):
        return hint is Any or value is None
    if get_origin(hint) is Annotated:
        return isinstance(value, str)
    return isinstance(value, list if get_origin(hint) is tuple else dict)


def _words(hint: Any) -> list[str]:
    """The words that a type takes, if it takes a fixed set of words."""
    return [word for arm in _arms(hint) if get_origin(arm) is Literal for word in get_args(arm)]


def _kind(hint: Any) -> str:
    """What messages call the values that a type takes."""
    if hint in _FORMS:
        return _FORMS[hint][1]
    if get_origin(hint) is Annotated:
        return "text"
    return "a list" if get_origin(hint) is tuple else "a mapping"


def _kind_of_text(hint: Any) -> TextKind:
    (kind,) = hint.__metadata__
    return cast(TextKind, kind)


def _fault_of_text(hint: Any, text: str) -> str | None:
    """What is wrong with a text, as the end of a sentence about its field; None if nothing is."""
    kind = _kind_of_text(hint)
    if "\n" in text and not kind.has_lines:
        return f"takes text of one line; found a line break in {_described(text)}"
    if hint in _FORMS and not _FORMS[hint][0](text):
        return f"takes {_FORMS[hint][1]}; found {_described(text)}"
    if _is_blank(text) and not kind.can_be_blank:
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
