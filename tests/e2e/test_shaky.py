"""The offer after a lapse, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.learning import answer, card_on_show
from tests.serving import Server
from tests.srs.study import basic_notes, write_deck

pytestmark = pytest.mark.xdist_group("browser")


def test_after_a_lapse_what_the_card_stands_on_is_offered_and_brought_forward(
    serve: Callable[..., Server], visit: Callable[..., Visit], tmp_path: Path
) -> None:
    notes = {"base": basic_notes(1, "a"), "more": basic_notes(2, "b")}
    server = serve(str(write_deck(tmp_path / "deck", notes, requires={"more": "base"})))
    learner = visit(server)
    below, failed = "small/a0/forward", "small/b0/forward"
    learned = datetime.now(UTC) - timedelta(hours=1)
    for card in (below, failed):
        for minutes in (0, 15):
            when = (learned + timedelta(minutes=minutes)).isoformat()
            about = {"id": str(uuid4()), "card_id": card, "rating": 3, "reviewed_at": when, "duration_ms": 900}
            learner.post("/reviews", **about)
    learner.post("/acts/due", card_ids=[failed], when="0")
    with learner.page.expect_response("**/api/v1/queue*"):
        page = learner.go(f"/review?card={failed}")
    assert card_on_show(page) == failed
    offer = page.locator("#shaky")
    expect(offer).to_be_hidden()
    answer(page, 1)
    expect(offer).to_be_visible()
    expect(offer.locator("[name=card_id]")).to_have_value(below)
    before = learner.api("/queue")["counts"]["review"]
    offer.get_by_role("button", name="Review these first").click()
    expect(page.locator("#status")).to_contain_text("1 card brought forward to today")
    expect(offer).to_be_hidden()
    assert learner.api("/queue")["counts"]["review"] == before + 1
