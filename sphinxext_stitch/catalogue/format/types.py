"""The types of the fields of records.  Every scalar is text, see :mod:`..reading.yaml_reader`."""

from __future__ import annotations

from typing import Annotated, Literal

from ..keys import ATTRIBUTE, KIND
from .fields import TextKind

Flag = Literal["true", "false"]
TypeName = Literal["string", "integer", "number", "boolean", "array", "object"]

#: A type, or each that the API takes.
Types = TypeName | tuple[TypeName, ...]

# Kinds of text.  Blank prose is no prose, and an API can take an empty value; any other blank text is a mistake.  What
# can name a step is checked with the steps.
Text = Annotated[str, TextKind("text")]
Address = Annotated[str, TextKind("address")]
AttributeName = Annotated[str, TextKind("name of an attribute", pattern=ATTRIBUTE)]
Count = Annotated[str, TextKind("count")]
Date = Annotated[str, TextKind("date")]
KindName = Annotated[str, TextKind("name of a kind", pattern=KIND)]
Label = Annotated[str, TextKind("prose", has_lines=True)]
Number = Annotated[str, TextKind("number")]
Prose = Annotated[str, TextKind("prose", has_lines=True, can_be_blank=True)]
Value = Annotated[str, TextKind("text", can_be_blank=True)]
StepName = Annotated[str, TextKind("text", has_lines=True, can_be_blank=True)]

#: Sets of properties by their names, or the same by a label for each set.
Sets = tuple[tuple[Text, ...], ...] | dict[Label, tuple[Text, ...]]

#: Unknown keys are errors in the JSON Schema; pydantic reads this attribute, so that no record need import it.
FORBID = {"extra": "forbid"}
