"""Problems of the data, with their subtypes, places and messages."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Subtype(Enum):
    """A kind of problem: suppress it with ``suppress_warnings = ["stitch.SUBTYPE"]``.

    The value of a member is the subtype, its ``explanation`` a sentence for the manual.  If it is ``lint``, only the
    command ``check`` warns of it, not a build, and ``check.yml`` can suppress it.
    """

    explanation: str
    lint: bool

    def __new__(cls, value: str, explanation: str, group: str = "") -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.explanation = explanation
        member.lint = group == "lint"
        return member

    DATA_PATH = "data-path", "The folder of the catalogue is not there, or has no files."
    YAML = "yaml", "A data file cannot be read, or is not the part of YAML that data files use."
    LIMIT = "limit", "A file, or the whole catalogue, has more than its limit; what is beyond it is left out."
    SYMLINK = "symlink", "A symbolic link to a folder, or to a file outside the catalogue; it is not followed."
    HIDDEN_CHARACTER = (
        "hidden-character",
        "A text or a file name has an invisible character, such as one that changes the direction of text.",
    )
    DUPLICATE_KEY = "duplicate-key", "A key is defined twice in one mapping; the first definition is used."
    UNKNOWN_KEY = "unknown-key", "A key that the data format does not have; it is left out."
    WRONG_TYPE = "wrong-type", "A value of another type, or another word, than its field takes."
    MISSING_FIELD = "missing-field", "A field that must be there is not."
    DUPLICATE_PROPERTY = "duplicate-property", "One list of properties has a name twice; the first definition is used."
    UNKNOWN_GROUP = (
        "unknown-group",
        "An object lists a property group that does not exist, or ``stitch_fold_groups`` one that no object has.",
    )
    GROUP_CLASH = "group-clash", "Two groups of one object define the same property; the first definition is used."
    UNKNOWN_VARIABLE = "unknown-variable", "A substitution names a variable that the object does not set."
    DUPLICATE_OBJECT = (
        "duplicate-object",
        "Two files, groups or connections share a key, or two objects a type; the first definition is used.",
    )
    BAD_REQUIREMENT = (
        "bad-requirement",
        "A ``required_if`` or ``one_of`` names what it cannot name, or contradicts another field; it is left out.",
    )
    BAD_EXAMPLE = "bad-example", "An example or default contradicts the property's type or its accepted values."
    UNKNOWN_REPLACEMENT = "unknown-replacement", "A deprecation names a replacement that does not exist."
    UNKNOWN_ENDPOINT = "unknown-endpoint", "A step names an endpoint that ``api.yml`` does not have."
    BAD_PROSE = "bad-prose", "Prose uses markup that descriptions cannot have: headings, tables, images."
    BAD_LINK = "bad-link", "A link with another scheme than the ones that are allowed."
    UNKNOWN_TARGET = "unknown-target", "A link to an object or property that does not exist."
    WITHOUT_EFFECT = "without-effect", "Something in the data that no page can show or that changes nothing."
    BAD_TRANSLATION = (
        "bad-translation",
        "A translation changes the code, links or substitutions of its text; it is not used.",
    )
    UNKNOWN_OBJECT = "unknown-object", "A directive names an object that the catalogue does not have."
    BAD_OPTION = "bad-option", "An option of a directive has a wrong value, or the directive does not use it."
    BAD_CONFIG = "bad-config", "A configuration value is not what it can be."
    PAGE = "page", "A page for an object cannot be written."
    SHOWN_TWICE = "shown-twice", "An object is shown twice with anchors; the first place keeps them."
    NOT_SHOWN = "not-shown", "A table lists objects, or a link names one, that no page of the project shows."
    UNUSED_GROUP = "unused-group", "No object lists a property group.", "lint"
    UNDESCRIBED_PROPERTY = "undescribed-property", "A property has no description.", "lint"
    UNMARKED_SECRET = (
        "unmarked-secret",
        "A property has the name of a secret, and the data do not say whether it is one.",
        "lint",
    )


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file; ``line`` and ``column`` count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One problem of the data; ``message`` is for the author of the data.

    ``subject`` is the name of the property or group that a lint warning is about.
    """

    place: Place
    subtype: Subtype
    message: str
    subject: str = ""


if TYPE_CHECKING:
    #: A function that collects problems.
    Report = Callable[[Problem], None]


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to write instead of ``word``: the nearest known words, else all of them if there are at most 12.

    Returns the end of a message, which begins with ``; ``, or an empty string.
    """
    words = sorted(set(known))
    if near := nearest(word, words):
        return near
    if 0 < len(words) <= 12:
        return f"; known: {listing(words, 'and')}"
    return ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known words that are similar to ``word``, in the form of :func:`suggestion`; empty if there are none."""
    near = get_close_matches(word, sorted(set(known)), n=3, cutoff=0.6)
    return f"; did you mean {listing(near, 'or')}?" if near else ""


#: How many words a message lists, and how many characters it has of each: so it does not grow with the data.
LISTED = 20
QUOTED = 60


def listing(words: Iterable[str], conjunction: str) -> str:
    """The words in quotes, as in ``“a”, “b” or “c”``; of many, the first :data:`LISTED` and the number of the others."""
    quoted = [f"“{word if len(word) <= QUOTED else word[: QUOTED - 1] + '…'}”" for word in words]
    if len(quoted) > LISTED:
        return f"{', '.join(quoted[:LISTED])} and {len(quoted) - LISTED:,} more"
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {conjunction} {quoted[-1]}"
