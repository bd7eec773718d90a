"""The words of messages about a payload, which the form on pages has too, in the language of the page."""

from __future__ import annotations

from ..texts import to_translate as _

#: What messages call a value of each type.
KINDS = {
    "string": _("text"),
    "integer": _("a whole number"),
    "number": _("a number"),
    "boolean": _("true or false"),
    "array": _("a list"),
    "object": _("an object"),
    "null": _("null"),
}

#: What to say of a value that breaks a keyword of its schema.
BOUNDS = {
    "minimum": _("must be at least %(bound)s"),
    "maximum": _("must be at most %(bound)s"),
    "exclusiveMinimum": _("must be more than %(bound)s"),
    "exclusiveMaximum": _("must be less than %(bound)s"),
    "multipleOf": _("must be a multiple of %(bound)s"),
    "pattern": _("must match %(bound)s"),
    "uniqueItems": _("must have no two items alike"),
}

#: The same for keywords that count.
SIZES = {
    "minLength": _("must have at least %(bound)s characters; it has %(size)s"),
    "maxLength": _("must have at most %(bound)s characters; it has %(size)s"),
    "minItems": _("must have at least %(bound)s items; it has %(size)s"),
    "maxItems": _("must have at most %(bound)s items; it has %(size)s"),
}

#: All other messages, and their parts.
TEXTS = {
    "missing": _("is missing; it is required"),
    "missingIf": _("is missing; it is required if %(condition)s"),
    "isSent": _("“%(name)s” is sent"),
    "isNotSent": _("“%(name)s” is not sent"),
    "hasValue": _("“%(name)s” is %(values)s"),
    "and": _("and"),
    "or": _("or"),
    "oneSet": _("must have exactly one set of %(sets)s; found %(found)s"),
    "anySet": _("must have at least one set of %(sets)s; found %(found)s"),
    "none": _("none of them"),
    "quoted": _("must be the text %(text)s, not %(value)s"),
    "unquoted": _("must be %(value)s, not the text %(text)s"),
    "type": _("must be %(types)s, not %(found)s"),
    "mustBe": _("must be %(values)s"),
    "found": _("; found %(value)s"),
    "meant": _("; did you mean %(names)s?"),
    "wrong": _("has a wrong value"),
    "readOnly": _("is read-only; leave it out"),
    "unknown": _("is not known"),
    "wholeBody": _("; is this the body of a whole request? Give its “properties” alone"),
}
