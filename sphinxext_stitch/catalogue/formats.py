"""Formats of texts: those of JSON Schema 2020-12, section 7.3 of its validation, that can be checked without a library.

Each has a pattern that Python and browsers read alike: the form on pages takes the same texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .texts import to_translate as _

if TYPE_CHECKING:
    from collections.abc import Iterator


class Format(NamedTuple):
    """A format: the pattern of its texts, what messages call such a text, and an example."""

    pattern: str
    meaning: str
    example: str

    def fits(self, text: str) -> bool:
        """Whether a text has the format."""
        return re.fullmatch(self.pattern, text) is not None


# RFC 3339.  There are leap seconds, and a 29 February in years that 4 divides, if 100 does not or 400 does.
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
_DAY = "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_DATE = f"(?:{_LEAP}|(?!0000)[0-9]{{4}}-{_DAY})"
_HOUR = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME = rf"{_HOUR}:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-]{_HOUR})"

_DAYS = "(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
_HOURS = "(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?"

_LABEL = "(?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9]"

_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_IPV4 = rf"{_BYTE}(?:\.{_BYTE}){{3}}"
_GROUP = "[0-9A-Fa-f]{1,4}"


def _ipv6() -> Iterator[str]:
    """The alternatives of RFC 4291: eight groups, the last two maybe as IPv4; ``::`` stands for one group or more."""
    yield f"(?:{_GROUP}:){{7}}{_GROUP}"
    yield f"(?:{_GROUP}:){{6}}{_IPV4}"
    for before in range(8):
        start, most_after = ":".join([_GROUP] * before), 7 - before
        if most_after > 1:
            yield f"{start}::(?:{_GROUP}:){{0,{most_after - 2}}}{_IPV4}"
        yield f"{start}::" + (f"(?:(?:{_GROUP}:){{0,{most_after - 1}}}{_GROUP})?" if most_after else "")


# “[” and “]” stand around the address of a host alone.
_IN_URI = r'[^\s<>"{}|\\^`]'
_HOST = r"//(?:[^\s/?#@\[\]]*@)?\[[0-9A-Za-z:.%]+\](?::[0-9]*)?(?=[/?#]|$)|(?!//[^/?#]*[\[\]])" + _IN_URI

#: The formats that are checked, by their names in JSON Schema.
FORMATS = {
    "date-time": Format(
        f"{_DATE}[Tt ]{_TIME}", _("a date with a time, such as “2030-01-31T12:00:00Z”"), "2030-01-31T12:00:00Z"
    ),
    "date": Format(_DATE, _("a date, such as “2030-01-31”"), "2030-01-31"),
    "time": Format(_TIME, _("a time with its zone, such as “12:00:00Z”"), "12:00:00Z"),
    "duration": Format(f"P(?=.){_DAYS}{_HOURS}|P[0-9]+W", _("a duration, such as “P1DT12H”"), "P1DT12H"),
    "email": Format(r"[^@\s]+@[^@\s]+", _("an email address"), "name@example.com"),
    "hostname": Format(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*\.?", _("the name of a host"), "host.example.com"),
    "ipv4": Format(_IPV4, _("an IPv4 address"), "192.0.2.1"),
    "ipv6": Format("|".join(_ipv6()), _("an IPv6 address"), "2001:db8::1"),
    "uri": Format(
        rf"[A-Za-z][A-Za-z0-9+.-]*:(?:{_HOST}){_IN_URI}*",
        _("a URI with its scheme, such as “https://example.com”"),
        "https://example.com",
    ),
    "uuid": Format(
        "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", _("a UUID"), "123e4567-e89b-12d3-a456-426614174000"
    ),
}


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, as in RFC 3339."""
    return FORMATS["date"].fits(text)
