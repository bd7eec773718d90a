"""Problems of the data, with their subtypes, places and messages."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


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

    DATA_PATH = (
        "data-path",
        "The folder of the catalogue is not there or cannot be read, or has no ``api.yml`` or no objects.",
    )
    YAML = "yaml", "A data file cannot be read, or is not the part of YAML that data files use."
    LIMIT = "limit", "A file, or the whole catalogue, has more than its limit; what is beyond it is left out."
    SYMLINK = (
        "symlink",
        "A symbolic link to a folder, or to a file outside the catalogue, without ``stitch_follow_links``; it is not followed.",
    )
    HIDDEN_CHARACTER = (
        "hidden-character",
        "A text or a file name has an invisible character, such as one that changes the direction of text.",
    )
    DUPLICATE_KEY = "duplicate-key", "A key is defined twice in one mapping; the first definition is used."
    UNKNOWN_KEY = "unknown-key", "A key that the data format does not have; it is left out."
    WRONG_TYPE = "wrong-type", "A value of another type, or another word, than its field takes."
    MISSING_FIELD = "missing-field", "A field that must be there is not."
    DUPLICATE_PROPERTY = (
        "duplicate-property",
        "One list of properties has a name twice for one case, or a name with dots that a nested property has; the first one is used.",
    )
    UNKNOWN_GROUP = (
        "unknown-group",
        "An object lists a property group that does not exist, or ``stitch_fold_groups`` one that no object has.",
    )
    GROUP_CLASH = (
        "group-clash",
        "Two groups of one object define the same property, or one is listed twice; the first one is used.",
    )
    UNKNOWN_VARIABLE = "unknown-variable", "A substitution names a variable that the object does not set."
    DUPLICATE_OBJECT = (
        "duplicate-object",
        "Two files, groups or connections share a key, or two objects a type; the first definition is used.",
    )
    BAD_REQUIREMENT = (
        "bad-requirement",
        "A condition (``required_if``, ``applies_if``) or choice (``one_of``, ``any_of``) names what it cannot name, or contradicts another field; it is left out.",
    )
    BAD_EXAMPLE = (
        "bad-example",
        "An example or default contradicts the type, constraints or accepted values of its property.",
    )
    UNKNOWN_REPLACEMENT = (
        "unknown-replacement",
        "A deprecation names a replacement that does not exist, or what is deprecated itself.",
    )
    UNKNOWN_ENDPOINT = "unknown-endpoint", "A step names an endpoint that ``api.yml`` does not have."
    BAD_PROSE = (
        "bad-prose",
        "Prose uses markup that descriptions cannot have: headings, rules, tables, images; or has code of an unknown language.",
    )
    BAD_LINK = "bad-link", "A link without text, or with another scheme than the ones that are allowed."
    UNKNOWN_TARGET = (
        "unknown-target",
        "A link to an object, property, endpoint or connection that does not exist, or by a name that several have.",
    )
    WITHOUT_EFFECT = "without-effect", "Something in the data that no page can show or that changes nothing."
    BAD_TRANSLATION = (
        "bad-translation",
        "A translation changes the code, links or substitutions of its text; it is not used.",
    )
    UNKNOWN_OBJECT = (
        "unknown-object",
        "A directive names an object that the catalogue does not have, or by a key that several have.",
    )
    BAD_OPTION = (
        "bad-option",
        "An argument or option of a directive, or a parameter of ``stitch:search``, that is not known or has no effect; or a directive where it cannot be used.",
    )
    BAD_CONFIG = "bad-config", "A configuration value is not what it can be."
    PAGE = "page", "A page for an object, or a file beside the pages, cannot be written, or a page is not there."
    SHOWN_TWICE = "shown-twice", "An object is shown twice with anchors; the first place keeps them."
    NOT_SHOWN = "not-shown", "A table lists objects, or a link names one, that no page of the project shows."
    UNUSED_GROUP = "unused-group", "No object lists a property group.", "lint"
    UNDESCRIBED_PROPERTY = "undescribed-property", "A property has no description.", "lint"
    UNUSED_CATEGORY = "unused-category", "``api.yml`` has the title of a category that nothing has.", "lint"
    UNUSED_FIELD = "unused-field", "A field of a property that its type does not have.", "lint"
    UNUSED_VARIABLE = "unused-variable", "No text of an object names a variable that it sets.", "lint"
    MISSING_EXAMPLE = (
        "missing-example",
        "A property has a pattern or a format of its own, and no example, default or accepted values.",
        "lint",
    )
    DOUBTFUL_EXAMPLE = (
        "doubtful-example",
        "An example lacks a member that is required, or has one that is not an accepted value.",
        "lint",
    )
    DOUBTFUL_DATE = "doubtful-date", "A date is not a day of the calendar, as in ``2030-01-31``.", "lint"
    DOUBTFUL_TEXT = (
        "doubtful-text",
        "A text that is probably not meant as it is written: cut by a comment, in typographic quotes, in HTML or the markup of pages, with a variable where there is none, with a full stop that its sentence has already, or nearly a format of JSON Schema.",
        "lint",
    )
    UNMARKED_SECRET = (
        "unmarked-secret",
        "A property has the name of a secret, and the data do not say whether it is one.",
        "lint",
    )


#: The offset in a text at which a line of the file begins, with the number of this line and a column.
Fold = tuple[int, int, int]


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file; ``line`` and ``column`` count from 1.

    ``folds`` are there if a text begins here whose lines are not those of the file: YAML joins the lines of a text that is
    not behind ``|``, and one in double quotes can have its line breaks as escapes.
    """

    path: str
    line: int = 1
    column: int = 1
    folds: tuple[Fold, ...] = ()

    def within(self, text: str, offset: int) -> Place:
        """The place of the line with the character at an offset of the ``text`` that begins here."""
        if not self.folds:
            return Place(self.path, self.line + text.count("\n", 0, offset), self.column)
        index = bisect_right(self.folds, offset, key=itemgetter(0)) - 1
        _offset, line, column = self.folds[max(index, 0)]
        return Place(self.path, line, column)

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


#: How many words a message lists, and how many characters it has of each: so it does not grow with the data.
LISTED = 20
QUOTED = 60


def listing(words: Collection[str], conjunction: str) -> str:
    """The words in quotes, as in ``“a”, “b” or “c”``; of many, the first :data:`LISTED` and the number of the others."""
    first = islice(words, LISTED)
    quoted = [f"“{word if len(word) <= QUOTED else word[: QUOTED - 1] + '…'}”" for word in first]
    if len(words) > LISTED:
        return f"{', '.join(quoted)} and {len(words) - LISTED:,} more"
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {conjunction} {quoted[-1]}"
