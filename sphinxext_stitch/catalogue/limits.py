"""Limits of a catalogue: data beyond them are reported and left out, so that none can exhaust memory or time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of a catalogue; each is a configuration value, ``stitch_max_…``.

    ``files``: data files; ``file_size``: bytes of one; ``values``: keys and values of one, and of an object with the
    groups that it lists; ``text``: characters of one text, also once its variables are filled in.
    """

    files: int = 20_000
    file_size: int = 1_000_000
    values: int = 5_000
    text: int = 10_000


DEFAULT_LIMITS = Limits()
