"""Helpers of the API's tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import Program

Body = dict[str, Any]  # JSON as tests look at it


@pytest.fixture
def first_card(client: Program) -> str:
    """The id of the card that comes first."""
    card_id: str = client.get("/api/v1/queue?limit=1").json["cards"][0]["card_id"]
    return card_id


@pytest.fixture
def review_of() -> Callable[..., Body]:
    """Makes the body of a review: `review_of(card_id, rating=3)`; further fields replace or add."""

    def make(card_id: str, /, **fields: object) -> Body:
        body: Body = {
            "id": str(uuid4()),
            "card_id": card_id,
            "rating": 3,
            "reviewed_at": "2026-05-04T08:59:50Z",
            "duration_ms": 4200,
        }
        return body | fields

    return make
