"""From the records of ``api.yml`` about requests to the model: URL, headers, and templates of bodies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import Requests
from ..problems import Problem, Subtype
from ..prose import web_address
from ..suggestions import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..format.records import EndpointRecord, RequestsRecord
    from ..problems import Report
    from ..reading.data_file import DataFile, KeyPath


#: A variable in a template, as in ``{{ token }}``.
_VARIABLE = re.compile(r"\{\{(.*?)\}\}")
_ENVIRONMENT_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")

#: A token of RFC 9110, section 5.6.2, without the signs that mean something to a shell.
_HEADER = re.compile(r"[A-Za-z0-9._-]+\Z")

#: The variables of a body: the name and type of the object, and its properties.
BODY_VARIABLES = ("name", "properties", "type")
HEADER_VARIABLES = ("token",)


def compose_requests(record: RequestsRecord | None, file: DataFile, report: Report) -> Requests | None:
    """How to send a request; None if ``api.yml`` does not say it, or if it is invalid, which is reported."""
    if record is None:
        return None
    url = web_address(record.url, file.place(("requests", "url")), report)
    is_token_valid = _ENVIRONMENT_VARIABLE.match(record.token) is not None
    if not is_token_valid:
        message = f"“{record.token}” is not a name of an environment variable: letters, digits and “_”"
        report(Problem(file.place(("requests", "token")), Subtype.WRONG_TYPE, message))
    templates = _templates(record.headers, HEADER_VARIABLES, file, ("requests", "headers"), report)
    headers = tuple(header for header in templates if _is_header(header[0], file, report))
    return Requests(url=url.rstrip("/"), token=record.token, headers=headers) if url and is_token_valid else None


def _is_header(name: str, file: DataFile, report: Report) -> bool:
    """Whether a header can have this name; else it is reported."""
    if _HEADER.match(name):
        return True
    message = f"“{name}” is not a name of a header: letters, digits and “-”"
    report(Problem(file.key_place(("requests", "headers", name)), Subtype.WRONG_TYPE, message))
    return False


def compose_body(record: EndpointRecord, file: DataFile, path: KeyPath, report: Report) -> tuple[tuple[str, str], ...]:
    """The members of an endpoint's body; empty if none of them is the properties, which is reported."""
    if record.body is None:
        return ()
    members = tuple(_templates(record.body, BODY_VARIABLES, file, path, report))
    if "{{properties}}" in dict(members).values():
        return members
    message = "the body has no place for the properties; one of its members must be “{{ properties }}”"
    report(Problem(file.key_place(path), Subtype.MISSING_FIELD, message))
    return ()


def _templates(
    texts: Mapping[str, str], variables: Sequence[str], file: DataFile, path: KeyPath, report: Report
) -> Iterator[tuple[str, str]]:
    """The texts with their variables as ``{{name}}``; one with an unknown variable is reported and left out."""
    for key, text in texts.items():
        names = [name.strip() for name in _VARIABLE.findall(text)]
        unknown = [name for name in names if name not in variables]
        if unknown:
            message = f"“{unknown[0]}” is not a variable of “{path[-1]}”{suggestion(unknown[0], variables)}"
            report(Problem(file.place((*path, key)), Subtype.UNKNOWN_VARIABLE, message))
        else:
            yield key, _VARIABLE.sub(lambda match: f"{{{{{match[1].strip()}}}}}", text)
