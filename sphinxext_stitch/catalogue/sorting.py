"""The order of texts: without case and accents, and numbers by their value."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from .texts import plain_name


def natural_key(text: str) -> tuple[Any, ...]:
    """The key to sort texts without case and accents; numbers are sorted by their value and come before letters."""
    return tuple(_rank(part) for part in re.findall(r"[0-9]+|[^0-9]", plain_name(text)))


@cache  # names have few characters and numbers
def _rank(part: str) -> tuple[int, int, str]:
    if part.isdecimal():
        digits = part.lstrip("0")  # not int(part), which refuses a long one
        return 1, len(digits), digits
    return (2 if part.isalpha() else 0), 0, part
