"""From the records of ``api.yml`` about requests to the model: URL, headers, and templates of bodies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..api import Requests
from ..problems import Problem, Subtype
from ..prose import VARIABLE, web_address
from ..suggestions import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..format.api_records import EndpointRecord, RequestsRecord
    from ..problems import Report
    from ..reading.data_file import DataFile, KeyPath


_ENVIRONMENT_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")

#: The method and the path of an endpoint are in requests that readers copy, also into a shell.
_METHOD = re.compile(r"[A-Z]+\Z")
_PATH = re.compile(r"/\S*\Z")

#: The parts of a path that clients leave out, or read as something else: fragments, backslashes, “%” without an
#: encoding, empty segments at the beginning, segments of dots, and a “?” without a query.
_CHANGED_BY_CLIENTS = re.compile(r"[#\\]|%(?![0-9A-Fa-f]{2})|^//|(?<=/)(?:\.|%2[Ee]){1,2}(?=[/?]|\Z)|\?\Z")

#: The methods whose requests have no body, or which ``fetch`` refuses.
_WITHOUT_BODY = ("CONNECT", "GET", "HEAD", "TRACE", "TRACK")

#: An address that paths can be added to: scheme, host, port, and a path of what RFC 3986 calls ``pchar``, without
#: quotation marks.
_BASE = re.compile(
    r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?P<path>(?:/(?:[a-z0-9._~!$&()*+,;=:@-]|%[0-9a-f]{2})*)*)\Z",
    re.IGNORECASE,
)

#: A token of RFC 9110, section 5.6.2, without the signs that mean something to a shell or to JavaScript.
_HEADER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")

#: The value of a header of which all clients send the same bytes: they encode other characters each in its own way, and
#: leave out spaces at its ends; curl leaves out a header without a value.
_HEADER_VALUE = re.compile(r"[!-~](?:[ -~]*[!-~])?\Z")

#: The headers that clients make themselves.
_OF_CLIENTS = (
    "connection", "content-length", "expect", "host", "keep-alive", "sec-fetch-mode", "transfer-encoding", "upgrade",
)  # fmt: skip

#: The variables of a body: the name and type of the object, and its properties.
BODY_VARIABLES = ("name", "properties", "type")
_PROPERTIES = "{{properties}}"
HEADER_VARIABLES = ("token",)


def compose_requests(record: RequestsRecord | None, file: DataFile, report: Report) -> Requests | None:
    """How to send a request; None if ``api.yml`` does not say it, or if it is invalid, which is reported."""
    if record is None:
        return None
    url = _base(record.url, file, report)
    is_token_valid = _ENVIRONMENT_VARIABLE.match(record.token) is not None
    if not is_token_valid:
        message = f"“{record.token}” is not a name of an environment variable: letters, digits and “_”"
        report(Problem(file.place(("requests", "token")), Subtype.WRONG_TYPE, message))
    templates = _templates(record.headers, HEADER_VARIABLES, file, ("requests", "headers"), report)
    headers = tuple(_headers(templates, file, report))
    return Requests(url=url.rstrip("/"), token=record.token, headers=headers) if url and is_token_valid else None


def _base(text: str, file: DataFile, report: Report) -> str | None:
    """The address that the paths of endpoints are added to; None if it is invalid, which is reported."""
    place = file.place(("requests", "url"))
    url = web_address(text, place, report)
    if url is None:
        return None
    found = _BASE.match(url)
    if found and not _CHANGED_BY_CLIENTS.search(found["path"].rstrip("/")):
        return url
    message = f"no path can be added to “{url}”; the address is a host and a path, without a user, “?”, “#” and “..”"
    report(Problem(place, Subtype.BAD_LINK, message))
    return None


def _headers(templates: Iterable[tuple[str, str]], file: DataFile, report: Report) -> Iterator[tuple[str, str]]:
    """The headers that every client sends once and as they are written; others are reported and left out."""
    names: dict[str, str] = {}
    for name, value in templates:
        path = ("requests", "headers", name)
        fault = _fault_of_name(name, names.setdefault(name.lower(), name))
        if fault is not None:
            report(Problem(file.key_place(path), Subtype.WRONG_TYPE, fault))
        elif not _HEADER_VALUE.match(value):
            message = f"“{name}” takes printable ASCII characters, without spaces around them; found “{value}”"
            report(Problem(file.place(path), Subtype.WRONG_TYPE, message))
        else:
            yield name, value


def _fault_of_name(name: str, first: str) -> str | None:
    """Why a header cannot have a name, if ``first`` is the first one with this name in any case; None if it can."""
    if not _HEADER.match(name):
        return f"“{name}” is not a name of a header: letters, digits and “-”"
    if name.lower() in _OF_CLIENTS:
        return f"“{name}” is a header that clients set themselves"
    if name != first:
        return f"the headers “{first}” and “{name}” differ by case alone, which their names do not have"
    return None


def faults_of_endpoint(name: str, record: EndpointRecord, file: DataFile) -> Iterator[Problem]:
    """What is wrong with the method and the path of an endpoint."""
    path = ("endpoints", name)
    if not _METHOD.match(record.method):
        message = (
            f"“method” of “{name}” takes an HTTP method in capital letters, such as “POST”; found “{record.method}”"
        )
        yield Problem(file.place((*path, "method")), Subtype.WRONG_TYPE, message)
    if not _PATH.match(record.path):
        message = f"“path” of “{name}” takes a path that begins with “/” and has no spaces; found “{record.path}”"
        yield Problem(file.place((*path, "path")), Subtype.WRONG_TYPE, message)
    elif changed := _CHANGED_BY_CLIENTS.search(record.path):
        message = (
            f"“path” of “{name}” takes a path that clients send as it is written, which they do not with "
            f"“{changed[0]}”; found “{record.path}”"
        )
        yield Problem(file.place((*path, "path")), Subtype.WRONG_TYPE, message)


def has_body(method: str) -> bool:
    """Whether every client sends a body with this method."""
    return method not in _WITHOUT_BODY


def compose_body(record: EndpointRecord, file: DataFile, path: KeyPath, report: Report) -> tuple[tuple[str, str], ...]:
    """The members of an endpoint's body; empty if none of them is the properties, which is reported."""
    if record.body is None:
        return ()
    members = tuple(_templates(record.body, BODY_VARIABLES, file, path, report))
    if _PROPERTIES in dict(members).values():
        return tuple(_members(members, file, path, report))
    message = "the body has no place for the properties; one of its members must be “{{ properties }}”"
    report(Problem(file.key_place(path), Subtype.MISSING_FIELD, message))
    return ()


def _members(
    templates: Iterable[tuple[str, str]], file: DataFile, path: KeyPath, report: Report
) -> Iterator[tuple[str, str]]:
    """The members without texts that have the properties within them, which are reported."""
    for name, template in templates:
        if template == _PROPERTIES or _PROPERTIES not in template:
            yield name, template
            continue
        message = f"“{name}” has the properties within a text; “{{{{ properties }}}}” is a whole member"
        report(Problem(file.place((*path, name)), Subtype.WRONG_TYPE, message))


def _templates(
    texts: Mapping[str, str], variables: Sequence[str], file: DataFile, path: KeyPath, report: Report
) -> Iterator[tuple[str, str]]:
    """The texts with their variables as ``{{name}}``; one with an unknown variable is reported and left out."""
    for key, text in texts.items():
        names = [name.strip() for name in VARIABLE.findall(text)]
        unknown = [name for name in names if name not in variables]
        if unknown:
            message = f"“{unknown[0]}” is not a variable of “{path[-1]}”{suggestion(unknown[0], variables)}"
            report(Problem(file.place((*path, key)), Subtype.UNKNOWN_VARIABLE, message))
        else:
            yield key, VARIABLE.sub(lambda match: f"{{{{{match[1].strip()}}}}}", text)
