"""Reading a request's body and parameters strictly: whatever is wrong is said once, by field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

from flask import request
from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from srs.api.problems import FieldError, RefusedRequestError
from srs.service import Problem

_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SPACE_FOR_PLUS = re.compile(r" (?=\d{2}:\d{2}$)")
_BODY = TypeVar("_BODY", bound=BaseModel)
_DEFAULT = TypeVar("_DEFAULT")


def _any_time(value: object) -> datetime:
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError("must be an RFC 3339 time with its offset, such as 2026-05-04T08:30:00Z")
    try:
        return datetime.fromisoformat(value.upper())
    except ValueError as error:
        raise ValueError(f"must be a time that exists ({error})") from None


def _rfc3339(value: object) -> datetime:
    read = _any_time(value)
    if not 1970 <= read.year <= 9998:
        raise ValueError("must lie between the years 1970 and 9998")
    return read


def _hyphenated(value: object) -> UUID:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise ValueError("must be a UUID, such as 7c9e6679-7425-40de-944b-e07fc1f90ae7")
    return UUID(value)


def _integral(value: object) -> object:
    # JSON has one kind of number: 3.0 is as whole as 3.
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = BeforeValidator(_integral)
"""For a whole number, after its bounds: `Annotated[int, Field(ge=1), Whole]`."""
Moment = Annotated[datetime, BeforeValidator(_rfc3339)]
Identity = Annotated[UUID, BeforeValidator(_hyphenated)]
_ANY_TIME: TypeAdapter[datetime] = TypeAdapter(Annotated[datetime, BeforeValidator(_any_time)])


def refuse(status: int, code: str, title: str, detail: str, field: str | None = None) -> RefusedRequestError:
    """A refusal, ready to be raised."""
    return RefusedRequestError(Problem(code, title, detail, status, field))


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _field_error(error: ErrorDetails) -> FieldError:
    field = ".".join(str(part) for part in error["loc"]) or "body"
    match error["type"]:
        case "missing":
            detail = "is missing"
        case "extra_forbidden":
            detail = "is not a field of this request"
        case "value_error":
            detail = f"{error['msg'].removeprefix('Value error, ')}, not {_shown(error['input'])}"
        case _:
            said = error["msg"]
            detail = f"{said[:1].lower()}{said[1:]}, found {_shown(error['input'])}"
    return FieldError(field=field, detail=detail)


def read_body(model: type[_BODY]) -> _BODY:
    """The JSON body as the model says it must be.

    A model without fields may also go without a body: its content type then has nothing to say.

    Raises:
        RefusedRequestError: 415 for another content type, 400 for what is not JSON, 422 for wrong fields.
    """
    if not model.model_fields and not request.mimetype and not request.get_data():
        return model()
    if request.mimetype != "application/json":
        found = f"not {request.mimetype!r}" if request.mimetype else "but none was sent"
        raise refuse(
            415,
            "not-json",
            "The content type must be application/json",
            f"Send the body as JSON with the header Content-Type: application/json, {found}.",
        )
    try:
        return model.model_validate_json(request.get_data(cache=False), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
        if details[0]["type"] == "json_invalid":
            said = details[0]["msg"].removeprefix("Invalid JSON: ")
            raise refuse(
                400, "malformed-json", "The body is not JSON", f"Reading the body as JSON failed: {said}."
            ) from None
        wrong = [_field_error(each) for each in details]
        detail = "; ".join(f"{each['field']}: {each['detail']}" for each in wrong) + "."
        problem = Problem("invalid-body", "A field of the request is wrong", detail, 422, wrong[0]["field"])
        raise RefusedRequestError(problem, wrong) from None


def read_parameters(names: Sequence[str], may_be_empty: Sequence[str] = ()) -> dict[str, str]:
    """The query's parameters, each at most once and none but these.

    Args:
        names: all that there are.
        may_be_empty: those of them that count as not given when nothing stands behind their sign.

    Raises:
        RefusedRequestError: 400 for an unknown or a repeated parameter.
    """
    given = {}
    for name, values in request.args.lists():
        if name not in names:
            known = f"it takes {', '.join(names)}" if names else "it takes none"
            raise bad_parameter(name, f"There is no parameter {_shown(name)} here; {known}.")
        if len(values) > 1:
            raise bad_parameter(name, f"The parameter {name} was given {len(values)} times; give it once.")
        if values[0] or name not in may_be_empty:
            given[name] = values[0]
    return given


def bad_parameter(name: str, detail: str) -> RefusedRequestError:
    """The refusal of a parameter, ready to be raised."""
    return refuse(400, "invalid-parameter", "A parameter of the address is wrong", detail, name)


def whole(name: str, text: str | None, default: _DEFAULT, lowest: int, highest: int) -> int | _DEFAULT:
    """A parameter that is a whole number within bounds; the default, which may be None, if it is not given."""
    if text is None:
        return default
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
        raise bad_parameter(name, f"{name} must be a whole number from {lowest} to {highest}, not {_shown(text)}.")
    return int(text)


def switch(name: str, text: str | None) -> bool:
    """A parameter that is 1 or 0; 0 if it is not given."""
    return whole(name, text, 0, 0, 1) == 1


def moment(name: str, text: str | None) -> datetime | None:
    """A parameter that is an RFC 3339 time. The plus sign of its offset may stand as it is, though it means a space."""
    if text is None:
        return None
    try:
        return _ANY_TIME.validate_python(_SPACE_FOR_PLUS.sub("+", text))
    except ValidationError as error:
        detail = _field_error(error.errors(include_url=False)[0])["detail"]
        raise bad_parameter(name, f"{name} {detail}.") from None
