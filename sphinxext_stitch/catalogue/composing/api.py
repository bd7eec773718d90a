"""From the record of ``api.yml`` to the model."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, overload

from ..anchors import DEFAULT_ANCHORS, RESERVED, parse_anchors
from ..api import Api, Endpoint, StepInfo
from ..format.api_records import ApiRecord
from ..format.records import ObjectRecord
from ..keys import fault_of_name
from ..problems import Place, Problem, Subtype, listing
from ..prose import web_address
from ..reading.validate import validate, validate_field
from ..suggestions import Vocabulary, nearest, suggestion
from ..texts import Phrase, Prose
from .attributes import compose_attributes
from .kinds import compose_kinds
from .requests import compose_body, compose_requests, faults_of_endpoint, has_body
from .words import compose_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..anchors import AnchorPattern
    from ..format.api_records import EndpointRecord, StepInfoRecord
    from ..problems import Report
    from ..reading.data_file import DataFile, KeyPath


#: The names that a step can have: they are parts of anchors, and these endings are of the anchors of its parts.
_STEP = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?<!-example-usage)(?<!-choices)\Z")

_OBJECT_FIELDS = {field.name for field in fields(ObjectRecord)} - {"steps"}

#: The API of a catalogue whose ``api.yml`` is missing or invalid.
DEFAULT_API = Api(name="", steps=(StepInfo(name="form", title=Phrase("Properties", Place("api.yml"))),))


def compose_api(file: DataFile, report: Report) -> Api:
    """Make the API of a catalogue; an object's own properties belong to its first step.

    What is invalid is reported and left out.  Of a file without name or steps, the kinds are used all the same: without
    them, no other file would be an object's.
    """
    record = validate(file, ApiRecord, report)
    if record is None:
        kinds = validate_field(file, ApiRecord, "kinds", report) or {}
        return replace(DEFAULT_API, kinds=compose_kinds(kinds, file, report))
    return _Composer(file, record, report).api()


class _Composer:
    """Composes one API."""

    def __init__(self, file: DataFile, record: ApiRecord, report: Report) -> None:
        self.file = file
        self.record = record
        self.report = report
        self.kinds = compose_kinds(record.kinds, file, report)
        self.kind_names = [kind.name for kind in self.kinds]
        stated = file.data.get("kinds", {})
        #: Whether these are all that the file names.  A name that is none of them can be of a kind that is reported itself.
        self.knows_kinds = stated is not None and [*(stated or self.kind_names)] == self.kind_names
        #: The endpoints by name; an invalid one is None.
        self.endpoints = {name: self.endpoint(name, entry) for name, entry in record.endpoints.items()}
        self.vocabulary = Vocabulary(self.endpoints)

    def problem(self, place: Place, subtype: Subtype, message: str) -> None:
        self.report(Problem(place, subtype, message))

    def api(self) -> Api:
        record, file = self.record, self.file
        return Api(
            name=record.name,
            file=file.path,
            kinds=self.kinds,
            words=compose_words(record.words, file, self.report),
            anchors=self.anchors(),
            property_order=record.property_order,
            steps=tuple(self.steps()) or DEFAULT_API.steps,
            endpoints=tuple(endpoint for endpoint in self.endpoints.values() if endpoint is not None),
            requests=compose_requests(record.requests, file, self.report),
            attributes=tuple(compose_attributes(record.attributes, file, self.report)),
            unavailable=phrase(record.unavailable.label, file, ("unavailable", "label")),
            unavailable_tip=phrase(record.unavailable.tip, file, ("unavailable", "tip")),
            empty=_prose(record.empty, file, ("empty",)),
            categories=tuple(
                (name, phrase(title, file, ("categories", name))) for name, title in record.categories.items()
            ),
        )

    def anchors(self) -> AnchorPattern:
        """The pattern of anchors; an invalid one is reported."""
        text = self.record.anchors
        pattern = DEFAULT_ANCHORS if text is None else parse_anchors(text)
        if pattern is None:
            message = (
                "“anchors” takes words of letters, digits and “_” with “-” between, such as "
                "“connector-{{ kind }}-{{ key }}-settings”: “{{ kind }}” and “{{ key }}” once each, a word before and "
                f"behind them, and the first one none of {listing(RESERVED, 'and')}; found “{text}”"
            )
            self.problem(self.file.place(("anchors",)), Subtype.WRONG_TYPE, message)
        return pattern or DEFAULT_ANCHORS

    def endpoint(self, name: str, record: EndpointRecord) -> Endpoint | None:
        """The endpoint of a record; None if a part of it cannot be in an anchor or a request, which is reported."""
        file, path = self.file, ("endpoints", name)
        faults = []
        if fault := fault_of_name(name):
            message = f"the name of the endpoint “{name}” {fault}"
            faults.append(Problem(file.key_place(path), Subtype.WRONG_TYPE, message))
        faults += faults_of_endpoint(name, record, file)
        for problem in faults:
            self.report(problem)
        if faults:
            return None
        return Endpoint(
            name=name,
            title=phrase(record.title, file, (*path, "title")),
            method=record.method,
            path=record.path,
            kind=self.kind_of_endpoint(name, record.kind),
            docs=web_address(record.docs, file.place((*path, "docs")), self.report),
            body=compose_body(record, file, (*path, "body"), self.report),
        )

    def kind_of_endpoint(self, name: str, kind: str | None) -> str | None:
        """The kind of an endpoint; an unknown one is reported."""
        if kind is None or kind in self.kind_names:
            return kind
        if self.knows_kinds:
            known = listing(self.kind_names, "or")
            message = f"“kind” of “{name}” takes {known}; found “{kind}”{nearest(kind, self.kind_names)}"
            self.problem(self.file.place(("endpoints", name, "kind")), Subtype.WRONG_TYPE, message)
        return None

    def steps(self) -> Iterator[StepInfo]:
        """The steps in the order of the file.

        An invalid step is kept by its name: without it, the properties of every object would belong to another step.
        """
        file, names = self.file, dict[str, str]()
        for name in file.data["steps"]:
            # Labels have no case.
            if not _can_name_a_step(name, names.setdefault(name.casefold(), name), file, self.report):
                continue
            step = self.record.steps.get(name)
            if step is None:
                yield StepInfo(name=name, title=phrase(name, file, ("steps", name)))
            else:
                yield StepInfo(
                    name=name,
                    title=phrase(step.title, file, ("steps", name, "title")),
                    sentence=_prose(step.sentence, file, ("steps", name, "sentence")),
                    endpoints=tuple(self.endpoints_of_step(step, ("steps", name, "endpoint"))),
                    required=step.required == "true",
                )

    def endpoints_of_step(self, step: StepInfoRecord, path: KeyPath) -> Iterator[tuple[str, Endpoint]]:
        """The endpoint of a step for each kind; a single name is used for all kinds, or for the one that the endpoint has."""
        if isinstance(step.endpoint, str):
            endpoint = self.endpoint_of_step(step.endpoint, path)
            if endpoint is not None:
                yield from ((kind, endpoint) for kind in self.kind_names if endpoint.kind in (None, kind))
            return
        for kind, name in (step.endpoint or {}).items():
            if kind in self.kind_names:
                endpoint = self.endpoint_of_step(name, (*path, kind), kind)
                if endpoint is not None:
                    yield kind, endpoint
            elif self.knows_kinds:
                message = f"unknown key “{kind}” of “endpoint”{suggestion(kind, self.kind_names)}"
                self.problem(self.file.key_place((*path, kind)), Subtype.UNKNOWN_KEY, message)

    def endpoint_of_step(self, name: str, path: KeyPath, kind: str | None = None) -> Endpoint | None:
        """The endpoint that a step names, for a kind or any; None if there is none for it, which is reported.

        One whose requests have no body takes no properties.
        """
        endpoint, place = self.endpoints.get(name), self.file.place(path)
        if name not in self.endpoints:
            message = f"there is no endpoint “{name}”{self.vocabulary.suggestion(name)}"
            self.problem(place, Subtype.UNKNOWN_ENDPOINT, message)
        if endpoint is None:
            return None
        if not has_body(endpoint.method):
            message = f"“{name}” takes no properties: a {endpoint.method} request has no body"
        elif kind is not None and endpoint.kind not in (None, kind):
            message = f"the endpoint “{name}” is one of the kind “{endpoint.kind}”, not of “{kind}”; it is left out"
        else:
            return endpoint
        self.problem(place, Subtype.WRONG_TYPE, message)
        return None


def _can_name_a_step(name: str, first: str, file: DataFile, report: Report) -> bool:
    """Whether a step's name can be part of an anchor, and a key beside the fields of an object file.

    ``first`` is the first step with this name in any case.
    """
    if not _STEP.match(name):
        message = (
            f"the name of the step “{name}” can have letters, digits, “-” and “_” only, and not end in “-choices” or "
            "“-example-usage”"
        )
    elif name in _OBJECT_FIELDS:
        message = f"“{name}” is a field of object files and cannot name a step"
    elif first != name:
        message = f"the steps “{first}” and “{name}” differ by case alone, which labels do not have"
    else:
        return True
    report(Problem(file.key_place(("steps", name)), Subtype.WRONG_TYPE, message))
    return False


@overload
def phrase(text: str, file: DataFile, path: KeyPath) -> Phrase: ...
@overload
def phrase(text: str | None, file: DataFile, path: KeyPath) -> Phrase | None: ...
def phrase(text: str | None, file: DataFile, path: KeyPath) -> Phrase | None:
    """The text of a field without markup, with its place; None if the field is missing."""
    return None if text is None else Phrase(text, file.place(path))


def _prose(text: str | None, file: DataFile, path: KeyPath) -> Prose | None:
    return Prose(text.rstrip("\n"), file.place(path)) if text and text.strip() else None
