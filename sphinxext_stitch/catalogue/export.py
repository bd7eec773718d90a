"""The catalogue as JSON for other programs: what tables and sections show, groups applied."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import constraints as model_constraints
from .composing.examples import body
from .composing.values import typed
from .format import exported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from . import model, texts
    from .api import Api


def export(catalogue: model.Catalogue) -> exported.Export:
    """The catalogue in the format of :mod:`.format.exported`."""
    return exported.Export(
        version=exported.VERSION,
        api=_api(catalogue.api),
        connections=[_connection(connection) for connection in catalogue.connections],
        objects=[_object(obj) for obj in catalogue.objects],
    )


def as_text(whole: exported.Export) -> str:
    r"""The JSON text, in ASCII.

    It can be put into a ``<script>`` of a page: a “<” in a text is written as ``\u003c``, so it cannot end the script.
    """
    return _json(whole, indent=1) + "\n"


def as_lines(catalogue: model.Catalogue, known: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The same with a line for each object, and these lines by the digests of the objects; ``known`` ones are not made again."""
    lines = {obj.digest: known.get(obj.digest) or _json(_object(obj)) for obj in catalogue.objects}
    # The objects are the last field.
    rest = _json(export(replace(catalogue, objects=())))
    objects = ",\n".join(lines.values())
    return f"{rest.removesuffix('[]}')}[\n{objects}\n]}}\n", lines


def _json(part: Any, indent: int | None = None) -> str:
    # Its fields as they are: ``asdict`` copies all that is in them.
    return json.dumps(part, indent=indent, default=vars).replace("<", "\\u003c")


def _api(api: Api) -> exported.Api:
    return exported.Api(
        name=api.name,
        kinds=[
            exported.Kind(name=kind.name, title=_phrase(kind.title), plural=_phrase(kind.plural)) for kind in api.kinds
        ],
        attributes=[
            exported.Attribute(
                name=info.name,
                title=str(info.title),
                values=[exported.AttributeValue(value=value, title=str(title)) for value, title in info.values],
            )
            for info in api.attributes
        ],
        steps=[
            exported.StepInfo(
                name=step.name,
                title=str(step.title),
                sentence=_text(step.sentence),
                required=step.required,
                endpoints={kind: endpoint.name for kind, endpoint in step.endpoints},
            )
            for step in api.steps
        ],
        endpoints=[
            exported.Endpoint(
                name=endpoint.name,
                title=str(endpoint.title),
                kind=endpoint.kind,
                method=endpoint.method,
                path=endpoint.path,
                docs=endpoint.docs,
            )
            for endpoint in api.endpoints
        ],
    )


def _connection(connection: model.Connection) -> exported.Connection:
    return exported.Connection(
        kind=connection.kind,
        key=connection.key,
        name=connection.name,
        type=connection.type,
        object=connection.object_key,
        anchor=connection.anchor,
        version=connection.version,
        category=connection.category,
        status=connection.status,
        docs=connection.docs,
        history=[exported.Version(**vars(version)) for version in connection.history],
        aliases=list(connection.aliases),
        attributes={name: list(values) for name, values in connection.attributes},
    )


def _object(obj: model.ConnectionObject) -> exported.Object:
    return exported.Object(
        kind=obj.kind,
        key=obj.key,
        name=obj.name,
        type=obj.type,
        anchor=obj.anchor,
        category=obj.category,
        status=obj.status,
        deprecated=exported.Deprecation(since=obj.deprecated.since, use=obj.deprecated.use) if obj.deprecated else None,
        docs=obj.docs,
        action=obj.action and str(obj.action),
        description=_text(obj.description),
        connections=[connection.key for connection in obj.connections],
        steps=[_step(obj, step) for step in obj.steps],
    )


def _step(obj: model.ConnectionObject, step: model.Step) -> exported.Step:
    return exported.Step(
        name=step.name,
        anchor=obj.step_anchor(step.name),
        docs=step.docs,
        description=_text(step.description),
        groups=[
            exported.Group(
                key=group.key,
                title=group.title and str(group.title),
                properties=[_property(obj, step.name, (prop.key,), prop) for prop in group.properties],
            )
            for group in step.groups
        ],
        one_of=_choices(step.choices, exactly_one=True),
        any_of=_choices(step.choices, exactly_one=False),
        example=body(step.properties, step.choices),
    )


def _property(obj: model.ConnectionObject, step: str, path: tuple[str, ...], prop: model.Property) -> exported.Property:
    return exported.Property(
        name=prop.name,
        anchor=obj.property_anchor(step, path),
        **_value(prop),
        items=list(prop.items),
        required=prop.required,
        required_if=_conditions(prop.required_if),
        applies_if=_conditions(prop.applies_if),
        secret=prop.secret,
        read_only=prop.read_only,
        supplied=prop.supplied,
        immutable=prop.immutable,
        internal=prop.internal,
        advanced=prop.advanced,
        deprecated=prop.deprecated,
        replacement=exported.Replacement(**vars(prop.replacement)) if prop.replacement else None,
        since=prop.since,
        docs=prop.docs,
        default=prop.default and json.loads(prop.default),
        values=[
            exported.Value(value=typed(value, prop.accepted_item), meaning=_text(meaning))
            for value, meaning in prop.values
        ],
        example=prop.example and json.loads(prop.example),
        properties=[_property(obj, step, (*path, member.key), member) for member in prop.properties],
        one_of=_choices(prop.choices, exactly_one=True),
        any_of=_choices(prop.choices, exactly_one=False),
    )


def _value(of: model.Property | model.Item) -> dict[str, Any]:
    """The members that a property and an item have in common."""
    return {
        "types": list(of.types),
        "title": of.title and str(of.title),
        "unit": of.unit and str(of.unit),
        "nullable": of.nullable,
        "constraints": _constraints(of.constraints),
        "description": _text(of.description),
        "item": exported.Item(**_value(of.item)) if of.item else None,
    }


def _constraints(constraints: model_constraints.Constraints) -> exported.Constraints | None:
    if constraints == model_constraints.NONE:
        return None
    described = constraints.pattern_description
    stated = {name: getattr(constraints, name) for name in model_constraints.NAMES}
    return exported.Constraints(**{**stated, "pattern_description": described and str(described)})


def _conditions(conditions: Iterable[model.Condition]) -> list[exported.Condition]:
    return [
        exported.Condition(name=entry.name, values=list(entry.values), present=entry.present) for entry in conditions
    ]


def _choices(choices: Iterable[model.Choice], *, exactly_one: bool) -> list[list[exported.Set]]:
    return [
        [exported.Set(names=list(entry.names), label=_text(entry.label)) for entry in choice.sets]
        for choice in choices
        if choice.exactly_one == exactly_one
    ]


def _phrase(phrase: texts.Phrase | None) -> str | None:
    return None if phrase is None else str(phrase)


def _text(prose: texts.Prose | None) -> str | None:
    return prose.text if prose else None
