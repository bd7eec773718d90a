"""The formats that can be imported, with what each can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .json_schema import read_json_schema
from .meltano_hub import read_meltano_hub
from .report_cards import read_report_cards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..api import Api
    from ..problems import Report
    from ..reading.data_file import DataFile
    from .result import ImportedObject


class Format(NamedTuple):
    """A format: the function that reads a file of it, and what it can state.

    That are fields of the model's properties, and whether there are ``further_steps`` than the first one.
    """

    read: Callable[[DataFile, str | None, Api, Report], Iterator[ImportedObject]]
    says: frozenset[str]
    further_steps: bool = False


_VALUES = {"types", "item", "nullable", "values", "properties"}

FORMATS = {
    "report-cards": Format(
        read_report_cards,
        frozenset({*_VALUES, "constraints", "required", "secret", "read_only", "supplied", "immutable", "advanced"}),
        further_steps=True,
    ),
    "json-schema": Format(
        read_json_schema,
        frozenset(
            {*_VALUES, "constraints", "required", "required_if", "applies_if", "secret", "read_only", "internal",
             "deprecated", "default", "choices"}
        ),
    ),
    "meltano-hub": Format(
        read_meltano_hub, frozenset({"types", "values", "required", "secret", "internal", "default", "choices"})
    ),
}  # fmt: skip
