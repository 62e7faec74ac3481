"""The OpenAPI document, gathered from the descriptions that stand at the routes themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, TypeAlias

from pydantic import BaseModel, TypeAdapter

from srs.api.problems import MEDIA_TYPE, ProblemDocument

Json: TypeAlias = dict[str, Any]  # a JSON object; its values are whatever JSON Schema and OpenAPI say


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the path or the query."""

    name: str
    schema: Mapping[str, object]
    description: str
    place: str = "query"

    def described(self) -> Json:
        """As OpenAPI says it."""
        return {
            "name": self.name,
            "in": self.place,
            "required": self.place == "path",
            "description": self.description,
            "schema": dict(self.schema),
        }


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path.

    Attributes:
        path: below `/api/v1`, with `{name}` for its parameters.
        answers: by status, what comes back and when.
        problems: by status, when the request is refused.
        body: the model of the JSON body, if it has one.
    """

    method: str
    path: str
    name: str
    summary: str
    answers: Mapping[int, tuple[Any, str]]  # any type that pydantic can describe
    problems: Mapping[int, str]
    parameters: tuple[Parameter, ...] = ()
    body: type[BaseModel] | None = None
    description: str = ""


ALWAYS = {
    403: "The Host, Origin or Sec-Fetch-Site header is another site's.",
    503: "The database cannot be used at the moment. Nothing was changed; the same request may go through later.",
    507: "There is no room left on the disk. Nothing was changed; the same request may go through later.",
}
WITH_PARAMETERS = {400: "A parameter is unknown, given twice or wrong."}
WITH_BODY = {
    400: "The body is not JSON.",
    413: "The body is larger than 64 KiB.",
    415: "The content type is not application/json.",
    422: "A field is missing, unknown or wrong.",
}


class Schemas:
    """Collects the schemas that the operations use, each under its name."""

    def __init__(self) -> None:
        self.components: Json = {}

    def of(self, kind: Any, mode: str) -> Json:  # noqa: ANN401 - any type that pydantic can describe
        """A reference to the schema of a model or typed dictionary."""
        schema = TypeAdapter(kind).json_schema(
            ref_template="#/components/schemas/{model}", mode="validation" if mode == "in" else "serialization"
        )
        self.components.update(schema.pop("$defs", {}))
        if "title" not in schema:
            return schema
        name = schema["title"]
        self.components[name] = schema
        return {"$ref": f"#/components/schemas/{name}"}


def document(operations: Iterable[Operation]) -> Json:
    """The whole document for these operations."""
    schemas = Schemas()
    problem = schemas.of(ProblemDocument, "out")
    paths: Json = {}
    for operation in operations:
        responses: Json = {
            str(status): {
                "description": meaning,
                "content": {"application/json": {"schema": schemas.of(kind, "out")}},
            }
            for status, (kind, meaning) in operation.answers.items()
        }
        refusals = ALWAYS | (WITH_BODY if operation.body else {}) | dict(operation.problems)
        for status, meaning in sorted(refusals.items()):
            responses[str(status)] = {"description": meaning, "content": {MEDIA_TYPE: {"schema": problem}}}
        described: Json = {
            "operationId": operation.name,
            "summary": operation.summary,
            "responses": responses,
        }
        if operation.description:
            described["description"] = operation.description
        if operation.parameters:
            described["parameters"] = [parameter.described() for parameter in operation.parameters]
        if operation.body:
            content = {"application/json": {"schema": schemas.of(operation.body, "in")}}
            described["requestBody"] = {"required": bool(operation.body.model_fields), "content": content}
        paths.setdefault(operation.path, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Refresher",
            "version": version("refresher"),
            "description": "Reviews of one learner on this machine. Times are RFC 3339; refusals are RFC 9457 problem "
            "documents. Calls that change something must send application/json and may come only from this server's "
            "own pages or from programs on this machine.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.components.items()))},
    }


def once(make: Callable[[], Json]) -> Callable[[], Json]:
    """`make`, called at most once: the document never changes while the program runs."""
    return cache(make)
