"""The kinds of changes that are told apart, and how much each weighs."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, Self

#: The weights of changes, the most important one first.
WEIGHTS = ("breaking", "addition", "other")


class ChangeType(Enum):
    """A kind of change.

    The value of a member is its name in JSON, ``weight`` one of :data:`WEIGHTS`, ``explanation`` a sentence for
    the manual.
    """

    weight: str
    explanation: str

    def __new__(cls, value: str, weight: str, explanation: str) -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.weight = weight
        member.explanation = explanation
        return member

    OBJECT_REMOVED = "object-removed", "breaking", "The API does not have an object any more."
    TYPE_CHANGED = "type-changed", "breaking", "An object, or the one of a connection, has another type."
    CONNECTION_REMOVED = "connection-removed", "breaking", "A connection is not available in the API any more."
    STEP_REMOVED = "step-removed", "breaking", "An object does not have a step any more."
    STEP_REQUIRED = "step-required", "breaking", "An object needs a step that it did not need."
    PROPERTY_REMOVED = "property-removed", "breaking", "A property is not there any more."
    PROPERTY_REQUIRED = (
        "property-required",
        "breaking",
        "A property must be sent, always or in some cases, that could be left out or is new.",
    )
    PROPERTY_READ_ONLY = "property-read-only", "breaking", "A property cannot be sent any more."
    PROPERTY_IMMUTABLE = "property-immutable", "breaking", "A property of a connection cannot be changed any more."
    PROPERTY_NOT_SUPPLIED = (
        "property-not-supplied",
        "breaking",
        "The platform does not supply a property any more that is not sent.",
    )
    TYPE_REFUSED = (
        "type-refused",
        "breaking",
        "A property, or an item of it, does not take a JSON type any more; “null” is one.",
    )
    VALUE_REFUSED = "value-refused", "breaking", "A property does not take a value any more."
    CONSTRAINT_NARROWED = (
        "constraint-narrowed",
        "breaking",
        "A property, or an item of it, has a narrower bound, or a pattern or format that it did not have.",
    )
    UNIT_CHANGED = "unit-changed", "breaking", "A property, or an item of it, has another unit."
    CHOICE_REQUIRED = (
        "choice-required",
        "breaking",
        "Exactly one, or at least one, of some sets of properties must be sent, which was not so.",
    )
    ENDPOINT_REMOVED = "endpoint-removed", "breaking", "An endpoint is not there any more."
    ENDPOINT_CHANGED = "endpoint-changed", "breaking", "An endpoint has another method or path."

    OBJECT_ADDED = "object-added", "addition", "The API has a new object."
    CONNECTION_ADDED = "connection-added", "addition", "A connection is available in the API now."
    STEP_ADDED = "step-added", "addition", "An object has a new step."
    PROPERTY_ADDED = "property-added", "addition", "There is a new property, which can be left out."
    PROPERTY_OPTIONAL = (
        "property-optional",
        "addition",
        "A property can be left out, always or in some cases, that had to be sent.",
    )
    PROPERTY_WRITABLE = "property-writable", "addition", "A property can be sent that was read-only."
    PROPERTY_MUTABLE = "property-mutable", "addition", "A property of a connection can be changed that could not."
    PROPERTY_SUPPLIED = "property-supplied", "addition", "The platform supplies a property that is not sent."
    TYPE_ACCEPTED = "type-accepted", "addition", "A property, or an item of it, takes another JSON type, too."
    VALUE_ACCEPTED = "value-accepted", "addition", "A property takes another value, too."
    CONSTRAINT_WIDENED = (
        "constraint-widened",
        "addition",
        "A property, or an item of it, has a wider bound, or no pattern or format any more.",
    )
    CHOICE_WIDENED = (
        "choice-widened",
        "addition",
        "A choice of sets of properties has another set, takes several of them, or is gone.",
    )
    ENDPOINT_ADDED = "endpoint-added", "addition", "There is a new endpoint."

    DEPRECATED = "deprecated", "other", "An object or a property is deprecated."
    DEFAULT_CHANGED = "default-changed", "other", "The API takes something else if a property is not sent."
    SECRET_CHANGED = "secret-changed", "other", "The API returns a property that it did not return, or the other way."
    CASES_CHANGED = "cases-changed", "other", "A property has an effect in other cases than it had."
    UNIT_STATED = "unit-stated", "other", "The unit of a property is stated that was not, or the other way."


#: What changed, and the message about it.
Message = tuple[ChangeType, str]


class Change(NamedTuple):
    """One change: its type, the subject (an object, connection or endpoint), and a message."""

    type: ChangeType
    subject: str
    message: str
