"""Requests made up from the OpenAPI document, right ones and wrong ones: no 5xx, and every response as described.

schemathesis's own decorators need its pytest plugin, which lags behind pytest; its strategies and checks do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import CheckFunction, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from srs.api import registry

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# A time may be well written and lie in the future, a zone be well written and not exist: 422, as described.
MORE_THAN_A_SCHEMA_SAYS = {
    "POST /reviews",
    "GET /reviews",
    "PUT /time-zone",
    "PATCH /settings",
    "POST /settings/undo",
    "POST /acts/due",
    "POST /acts/flag",
    "POST /decks/{deck}/optimization/adoption",
    "POST /decks/{deck}/optimization/undo",
    "PUT /decks/{deck}/catch-up",
    "PUT /decks/{deck}/exam",
    "GET /decks/{deck}/cram",
}
TRUE: dict[str, Any] = {
    "card_id": "sampler/product-drill/problem",
    "card_ids": ["sampler/product-drill/problem"],
    "reviewed_at": "2026-05-04T08:59:50Z",
    "zone": "Asia/Tokyo",
}
TRUE_PATH = {"deck": "sampler", "note": "product", "slot": "forward"}


def with_true_values(case: schemathesis.Case[Any]) -> None:
    """Put in values that this server knows: made-up ones would never get past "there is no such card"."""
    if isinstance(case.body, dict):
        case.body.update({name: TRUE[name] for name in case.body.keys() & TRUE.keys()})
    if case.path_parameters:
        case.path_parameters.update(TRUE_PATH)
    if case.query and "card_id" in case.query:
        case.query["card_id"] = TRUE["card_id"]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_request_breaks_the_server_or_its_own_description(app: Flask, mode: GenerationMode) -> None:
    def addressed(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ["HTTP_HOST"] = "127.0.0.1:8642"  # schemathesis says localhost, without the port
        return app(environ, start)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", addressed)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == len(registry.operations) - 1  # the document itself is not asked for
    statuses = set()
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.path_parameters):
            continue  # nothing that could be wrong
        excluded: list[CheckFunction] = [positive_data_acceptance] if operation.label in MORE_THAN_A_SCHEMA_SAYS else []

        @given(case=operation.as_strategy(generation_mode=mode), true=st.booleans())
        @settings(
            max_examples=30,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def try_it(case: schemathesis.Case[Any], true: bool) -> None:
            if true and mode is GenerationMode.POSITIVE:
                with_true_values(case)
            statuses.add(case.call_and_validate(excluded_checks=excluded).status_code)  # noqa: B023 - called in this turn

        try_it()
    assert statuses >= ({200, 201, 404} if mode is GenerationMode.POSITIVE else {400, 422})
