"""What values a property takes, beyond their type: bounds, lengths, counts and formats.

The names and the meaning are those of JSON Schema 2020-12, in snake case.  A pattern is only shown and exported: there are
patterns that take a program longer than a build may take.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from .formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .texts import Phrase

#: A number of JSON.
Number = int | float


@dataclass(frozen=True, kw_only=True)
class Constraints:
    """The constraints of a value; each applies to values of its own JSON types alone, as in JSON Schema."""

    minimum: Number | None = None
    maximum: Number | None = None
    exclusive_minimum: Number | None = None
    exclusive_maximum: Number | None = None
    multiple_of: Number | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    pattern: str | None = None
    pattern_description: Phrase | None = None
    format: str | None = None

    def fault(self, value: Any) -> str:
        """Why a JSON value does not fit, as the end of a sentence about it; empty if it fits."""
        return next(self._faults(value), "")

    def fitted(self, value: Any) -> Any:
        """The nearest value that fits in number, length or count; a value of another type as it is."""
        if isinstance(value, bool):
            return value
        if isinstance(value, (int, float)):
            return self._fitted_number(value)
        if isinstance(value, str):
            return _resized(value, self.min_length, self.max_length, lambda text, _number: text[-1:] or "x")
        if isinstance(value, list):
            items = self._different(value) if self.unique_items else value
            return _resized(items, self.min_items, self.max_items, self._further_item)
        return value

    def _faults(self, value: Any) -> Iterator[str]:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            yield from self._faults_of_number(value)
        elif isinstance(value, str):
            yield from _faults_of_size(len(value), self.min_length, self.max_length, "character")
            if self.format in FORMATS and not self.pattern and not FORMATS[self.format].fits(value):
                yield f"is not {FORMATS[self.format].meaning}"
        elif isinstance(value, list):
            yield from _faults_of_size(len(value), self.min_items, self.max_items, "item")
            if self.unique_items and len(self._different(value)) < len(value):
                yield "has an item twice"

    def _faults_of_number(self, value: Number) -> Iterator[str]:
        if self.minimum is not None and value < self.minimum:
            yield f"is less than {self.minimum:,}"
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            yield f"is not more than {self.exclusive_minimum:,}"
        if self.maximum is not None and value > self.maximum:
            yield f"is more than {self.maximum:,}"
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            yield f"is not less than {self.exclusive_maximum:,}"
        # As they are written: in binary, 0.3 is no multiple of 0.1.
        if self.multiple_of is not None and Fraction(str(value)) % Fraction(str(self.multiple_of)):
            yield f"is not a multiple of {self.multiple_of:,}"

    def _fitted_number(self, value: Number) -> Number:
        step = Fraction(str(self.multiple_of or 0))
        if isinstance(value, int):
            step = Fraction(step.numerator or 1)
        if not step:
            return self._fitted_real(value)
        lows = (_over(self.minimum, step, ceil), _over(self.exclusive_minimum, step, _above))
        highs = (_over(self.maximum, step, floor), _over(self.exclusive_maximum, step, _below))
        times = max([round(Fraction(str(value)) / step), *(bound for bound in lows if bound is not None)])
        times = min([times, *(bound for bound in highs if bound is not None)])
        number = times * step
        return int(number) if number.denominator == 1 else float(number)

    def _fitted_real(self, value: Number) -> Number:
        if not self.fault(value):
            return value
        lows = [bound for bound in (self.minimum, self.exclusive_minimum) if bound is not None]
        highs = [bound for bound in (self.maximum, self.exclusive_maximum) if bound is not None]
        if lows and highs:
            return (max(lows) + min(highs)) / 2
        return max(lows) + 1 if lows else min(highs) - 1

    def _different(self, items: list[Any]) -> list[Any]:
        """The items of a list without those that are there before; JSON has no other equality of ``1`` and ``true``."""
        different: dict[str, Any] = {}
        for item in items:
            different.setdefault(f"{type(item).__name__} {item!r}", item)
        return [*different.values()]

    def _further_item(self, items: list[Any], number: int) -> list[Any]:
        """One more item, which differs from the others if it must."""
        last = items[-1] if items else "x"
        if not self.unique_items or isinstance(last, (bool, dict, list)):
            return [last]
        return [f"{last}-{number}" if isinstance(last, str) else last + 1]


#: The constraints of a property that has none.
NONE = Constraints()

#: The names of the fields.
NAMES = tuple(field.name for field in fields(Constraints))


def _faults_of_size(size: int, low: int | None, high: int | None, unit: str) -> Iterator[str]:
    if low is not None and size < low:
        yield f"has fewer than {low:,} {unit}{'' if low == 1 else 's'}"
    if high is not None and size > high:
        yield f"has more than {high:,} {unit}{'' if high == 1 else 's'}"


def _resized(value: Any, low: int | None, high: int | None, further: Callable[[Any, int], Any]) -> Any:
    """A text or list cut to ``high``, or extended to ``low`` by what ``further`` gives for the value and its length + 1."""
    value = value[:high]
    while low is not None and len(value) < low:
        value = value + further(value, len(value) + 1)
    return value


def _over(bound: Number | None, step: Fraction, rounded: Callable[[Fraction], int]) -> int | None:
    """How often a bound has the step in it, rounded to what the bound still allows."""
    return None if bound is None else rounded(Fraction(str(bound)) / step)


def _above(times: Fraction) -> int:
    return floor(times) + 1


def _below(times: Fraction) -> int:
    return ceil(times) - 1
