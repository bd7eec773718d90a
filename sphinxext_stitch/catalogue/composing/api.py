"""From the record of ``api.yml`` to the model."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, overload

from ..format.records import ObjectRecord
from ..keys import fault_of_name
from ..kinds import KINDS
from ..model import Api, Endpoint, StepInfo
from ..problems import Place, Problem, Subtype
from ..prose import web_address
from ..suggestions import Vocabulary
from ..texts import Phrase, Prose
from .requests import compose_body, compose_requests, faults_of_endpoint, has_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..format.records import ApiRecord, EndpointRecord, StepInfoRecord
    from ..kinds import Kind
    from ..problems import Report
    from ..reading.data_file import DataFile, KeyPath


#: The names that a step can have: they are parts of anchors, and these endings are of the anchors of its parts.
_STEP = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?<!-example-usage)(?<!-choices)\Z")

_OBJECT_FIELDS = {field.name for field in fields(ObjectRecord)} - {"steps"}

#: The API of a catalogue whose ``api.yml`` is missing or invalid.
DEFAULT_API = Api(name="", steps=(StepInfo(name="form", title=Phrase("Properties", Place("api.yml"))),))


def compose_api(file: DataFile, record: ApiRecord, report: Report) -> Api:
    """Make the API of a catalogue; an object's own properties belong to its first step.

    What is invalid is reported and left out.
    """
    endpoints = {name: _endpoint(name, entry, file, report) for name, entry in record.endpoints.items()}
    return Api(
        name=record.name,
        steps=tuple(_steps(file, record, endpoints, report)) or DEFAULT_API.steps,
        endpoints=tuple(endpoint for endpoint in endpoints.values() if endpoint is not None),
        requests=compose_requests(record.requests, file, report),
        unavailable=phrase(record.unavailable.label, file, ("unavailable", "label")),
        unavailable_tip=phrase(record.unavailable.tip, file, ("unavailable", "tip")),
        empty=_prose(record.empty, file, ("empty",)),
        categories=tuple(
            (name, phrase(title, file, ("categories", name))) for name, title in record.categories.items()
        ),
    )


def _endpoint(name: str, record: EndpointRecord, file: DataFile, report: Report) -> Endpoint | None:
    """The endpoint of a record; None if a part of it cannot be in an anchor or a request, which is reported."""
    path = ("endpoints", name)
    faults = []
    if fault := fault_of_name(name):
        message = f"the name of the endpoint “{name}” {fault}"
        faults.append(Problem(file.key_place(path), Subtype.WRONG_TYPE, message))
    faults += faults_of_endpoint(name, record, file)
    for problem in faults:
        report(problem)
    if faults:
        return None
    return Endpoint(
        name=name,
        title=phrase(record.title, file, (*path, "title")),
        method=record.method,
        path=record.path,
        kind=record.kind,
        docs=web_address(record.docs, file.place((*path, "docs")), report),
        body=compose_body(record, file, (*path, "body"), report),
    )


def _steps(
    file: DataFile, record: ApiRecord, endpoints: Mapping[str, Endpoint | None], report: Report
) -> Iterator[StepInfo]:
    """The steps in the order of the file.

    An invalid step is kept by its name: without it, the properties of every object would belong to another step.
    """
    names: dict[str, str] = {}
    vocabulary = Vocabulary(endpoints)
    for name in file.data["steps"]:
        # Labels have no case.
        if not _can_name_a_step(name, names.setdefault(name.casefold(), name), file, report):
            continue
        step = record.steps.get(name)
        if step is None:
            yield StepInfo(name=name, title=phrase(name, file, ("steps", name)))
        else:
            yield StepInfo(
                name=name,
                title=phrase(step.title, file, ("steps", name, "title")),
                sentence=_prose(step.sentence, file, ("steps", name, "sentence")),
                endpoints=tuple(
                    _step_endpoints(step, endpoints, vocabulary, file, ("steps", name, "endpoint"), report)
                ),
                required=step.required == "true",
            )


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


def _step_endpoints(
    step: StepInfoRecord,
    endpoints: Mapping[str, Endpoint | None],
    vocabulary: Vocabulary,
    file: DataFile,
    path: KeyPath,
    report: Report,
) -> Iterator[tuple[Kind, Endpoint]]:
    """The endpoint of a step for each kind; a single name is used for all kinds."""
    if step.endpoint is None:
        return
    one_for_all = isinstance(step.endpoint, str)
    by_kind = dict.fromkeys(KINDS, step.endpoint) if isinstance(step.endpoint, str) else step.endpoint
    for kind, name in by_kind.items():
        endpoint = endpoints.get(name)
        place = file.place(path if one_for_all else (*path, kind))
        if name not in endpoints:
            message = f"there is no endpoint “{name}”{vocabulary.suggestion(name)}"
            report(Problem(place, Subtype.UNKNOWN_ENDPOINT, message))
        elif endpoint is not None and has_body(endpoint.method):
            yield kind, endpoint
        elif endpoint is not None:
            message = f"“{name}” takes no properties: a {endpoint.method} request has no body"
            report(Problem(place, Subtype.WRONG_TYPE, message))


@overload
def phrase(text: str, file: DataFile, path: KeyPath) -> Phrase: ...
@overload
def phrase(text: str | None, file: DataFile, path: KeyPath) -> Phrase | None: ...
def phrase(text: str | None, file: DataFile, path: KeyPath) -> Phrase | None:
    """The text of a field without markup, with its place; None if the field is missing."""
    return None if text is None else Phrase(text, file.place(path))


def _prose(text: str | None, file: DataFile, path: KeyPath) -> Prose | None:
    return Prose(text.rstrip("\n"), file.place(path)) if text and text.strip() else None
