"""Formats of texts: those of JSON Schema 2020-12, section 7.3 of its validation, that can be checked without a library."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from .texts import to_translate as _

if TYPE_CHECKING:
    from collections.abc import Callable


class Format(NamedTuple):
    """A format: whether a text has it, what messages call such a text, and an example."""

    fits: Callable[[str], bool]
    meaning: str
    example: str


_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
# RFC 3339 has leap seconds.
_TIME = re.compile(
    r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)\Z", re.ASCII | re.IGNORECASE
)
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?\Z|P\d+W\Z", re.ASCII)
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")
# “[” and “]” stand around the address of a host alone.
_HOST = r"//([^/?#@\[\]]*@)?\[[0-9A-Za-z:.%]+\](:[0-9]*)?(?=[/?#]|\Z)|(?!//[^/?#]*[\[\]])."
_URI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:({_HOST})")
_UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\Z", re.IGNORECASE)


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, as in RFC 3339."""
    return bool(_DATE.match(text)) and _is_made_by(date.fromisoformat, text)


def _is_made_by(make: Callable[[str], object], text: str) -> bool:
    with suppress(ValueError):
        make(text)
        return True
    return False


def _is_time(text: str) -> bool:
    return _TIME.match(text) is not None


def _is_date_time(text: str) -> bool:
    return is_date(text[:10]) and text[10:11] in ("T", "t", " ") and _is_time(text[11:])


def _is_hostname(text: str) -> bool:
    return len(text) <= 253 and all(map(_LABEL.match, text.removesuffix(".").split(".")))


def _is_uri(text: str) -> bool:
    return re.search(r"[\s<>\"{}|\\^`]", text) is None and _URI.match(text) is not None


#: The formats that are checked, by their names in JSON Schema.
FORMATS = {
    "date-time": Format(_is_date_time, _("a date with a time, such as “2030-01-31T12:00:00Z”"), "2030-01-31T12:00:00Z"),
    "date": Format(is_date, _("a date, such as “2030-01-31”"), "2030-01-31"),
    "time": Format(_is_time, _("a time with its zone, such as “12:00:00Z”"), "12:00:00Z"),
    "duration": Format(lambda text: bool(_DURATION.match(text)), _("a duration, such as “P1DT12H”"), "P1DT12H"),
    "email": Format(lambda text: bool(_EMAIL.match(text)), _("an email address"), "name@example.com"),
    "hostname": Format(_is_hostname, _("the name of a host"), "host.example.com"),
    "ipv4": Format(lambda text: _is_made_by(IPv4Address, text), _("an IPv4 address"), "192.0.2.1"),
    # Python takes zones, too, which are no part of the address.
    "ipv6": Format(
        lambda text: "%" not in text and _is_made_by(IPv6Address, text), _("an IPv6 address"), "2001:db8::1"
    ),
    "uri": Format(_is_uri, _("a URI with its scheme, such as “https://example.com”"), "https://example.com"),
    "uuid": Format(
        lambda text: bool(_UUID.match(text)) and _is_made_by(UUID, text),
        _("a UUID"),
        "123e4567-e89b-12d3-a456-426614174000",
    ),
}
