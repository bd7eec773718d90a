"""The kinds of connections, which ``api.yml`` can name, and their statuses, which are the same in every catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from .texts import Phrase

Status = Literal["released", "beta", "deprecated", "sunset"]

STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, kw_only=True)
class KindInfo:
    """A kind of connections, whose files are in the ``folder`` at the top of the catalogue.

    ``title`` and ``plural`` are the words for one and for all of them, ``heading`` is the title of an object's section,
    with ``{{ name }}`` in it.  These are None only for :data:`DEFAULT_KINDS`, for which there are UI strings.
    """

    name: str
    folder: str
    title: Phrase | None = None
    plural: Phrase | None = None
    heading: Phrase | None = None


#: The kinds of a catalogue that names none.
DEFAULT_KINDS = (KindInfo(name="source", folder="sources"), KindInfo(name="destination", folder="destinations"))
