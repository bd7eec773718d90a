"""What all connections of a platform have in common, frozen and typed: the part of the model that ``api.yml`` says."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from .anchors import DEFAULT_ANCHORS, AnchorPattern
from .digest import digest
from .kinds import DEFAULT_KINDS
from .words import NO_WORDS, StatedWords

if TYPE_CHECKING:
    from .attributes import AttributeInfo
    from .kinds import KindInfo
    from .texts import Phrase, Prose


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Method and path of one action on a resource; ``name`` is ``resource.action``.

    ``body`` has the members of a request's body with their templates; if it is empty, the properties are the body.
    """

    name: str
    title: Phrase
    method: str
    path: str
    kind: str | None = None
    docs: str | None = None
    body: tuple[tuple[str, str], ...] = ()

    @property
    def action(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]

    @property
    def anchor(self) -> str:
        """The id of the endpoint's row; other sites link to it."""
        return f"endpoint-{self.name}"


@dataclass(frozen=True, kw_only=True)
class StepInfo:
    """A step of the API; ``endpoints`` has the endpoint that takes it, by kind."""

    name: str
    title: Phrase
    sentence: Prose | None = None
    endpoints: tuple[tuple[str, Endpoint], ...] = ()
    required: bool = True

    def endpoint(self, kind: str) -> Endpoint | None:
        """The endpoint to which objects of a kind send this step."""
        return dict(self.endpoints).get(kind)


@dataclass(frozen=True, kw_only=True)
class Requests:
    """How to send requests, besides an endpoint and a body.

    ``token`` is the environment variable with the secret, which replaces ``{{ token }}`` in ``headers``.
    """

    url: str
    token: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Api:
    """What all connections have in common.

    ``property_order`` is ``required-first`` or ``as-written``.
    """

    name: str
    steps: tuple[StepInfo, ...]
    kinds: tuple[KindInfo, ...] = DEFAULT_KINDS
    words: StatedWords = NO_WORDS
    anchors: AnchorPattern = DEFAULT_ANCHORS
    property_order: str = "required-first"
    endpoints: tuple[Endpoint, ...] = ()
    requests: Requests | None = None
    attributes: tuple[AttributeInfo, ...] = ()
    unavailable: Phrase | None = None
    unavailable_tip: Phrase | None = None
    empty: Prose | None = None
    categories: tuple[tuple[str, Phrase], ...] = ()
    #: The path of ``api.yml``.
    file: str = field(default="", repr=False, compare=False)

    @cached_property
    def digest(self) -> str:
        """Changes with anything in these data; see :mod:`.digest`."""
        return digest(self)

    def category(self, name: str) -> str:
        """The title of a category; its name if it has none."""
        return self._titles.get(name, name)

    @cached_property
    def _titles(self) -> dict[str, Phrase]:
        return dict(self.categories)

    @property
    def kind_names(self) -> tuple[str, ...]:
        """The names of the kinds."""
        return tuple(kind.name for kind in self.kinds)

    def kind(self, name: str) -> KindInfo:
        """The kind of that name."""
        return next(kind for kind in self.kinds if kind.name == name)

    def attribute(self, name: str) -> AttributeInfo:
        """The attribute of that name."""
        return next(info for info in self.attributes if info.name == name)

    def step(self, name: str) -> StepInfo:
        """The step of that name."""
        return next(step for step in self.steps if step.name == name)
