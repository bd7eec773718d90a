"""Workflow commands of GitHub, which annotate the lines of a pull request."""

from __future__ import annotations


def command(level: str, message: str, **properties: object) -> str:
    """A command of a level, ``error``, ``warning`` or ``notice``, such as ``::error file=a.yml,line=1::MESSAGE``."""
    described = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::{level} {described}".rstrip() + f"::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    """A text escaped for workflow commands; ``more`` are further characters to escape, as in their properties."""
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
