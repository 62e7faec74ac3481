"""Typed answers through the real application: what is said of them, and that nothing that is typed breaks it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.model import CardId, ProblemNote
from cards.problems import Instance, draw
from srs.api.runtime import EXTENSION, Runtime
from tests.conftest import Program, program
from tests.srs.study import write_deck
from tests.srs.typed import HOSTILE, PROBLEMS, TYPED, anything_typed

Body = dict[str, Any]
ReviewOf = Callable[..., Body]
DOUBLE = "small/double/problem"


@pytest.fixture
def app(open_app: Callable[..., Flask], tmp_path: Path) -> Flask:
    """The application over a deck of problems."""
    return open_app(write_deck(tmp_path / "problems", PROBLEMS))


@pytest.fixture
def shown(client: Program) -> Callable[[str], Body]:
    """A card of the queue, by its note."""

    def find(note: str) -> Body:
        cards: list[Body] = client.get("/api/v1/queue?limit=100").json["cards"]
        return next(card for card in cards if card["note_id"] == note)

    return find


def instance(app: Flask, card: Body) -> Instance:
    """What a card shows, as whoever made the deck knows it."""
    runtime: Runtime = app.extensions[EXTENSION]
    found = runtime.context.library.card(CardId.parse(card["card_id"]))
    assert found is not None
    assert isinstance(found.note, ProblemNote)
    return draw(found.note, card["seed"])


def asked(card: Body, typed: str, **more: object) -> Body:
    return {"card_id": card["card_id"], "seed": card["seed"], "typed": typed} | more


def test_a_card_says_what_it_asks_for(shown: Callable[[str], Body]) -> None:
    assert shown("double")["asks"] == {"kind": "typed", "takes": "expression", "hint": "a number"}
    assert shown("word")["asks"]["takes"] == "text"
    assert shown("code")["asks"]["takes"] == "python"
    assert (shown("plain")["asks"], shown("plain")["seed"]) == (None, 0)
    chosen = shown("chosen")["asks"]
    assert chosen["kind"] == "choices"
    assert [choice["key"] for choice in chosen["choices"]] == ["a", "b", "c"]
    assert all("<math" in choice["html"] for choice in chosen["choices"])


def test_what_is_typed_is_read_and_not_judged(client: Program, shown: Callable[[str], Body]) -> None:
    card = shown("double")
    said = client.post("/api/v1/read", json=asked(card, "2*3^2"))
    assert said.status_code == 200
    assert said.json["readable"] is True
    assert "<math" in said.json["html"]
    assert said.json["text"]
    assert (said.json["message"], said.json["at"]) == ("", None)
    assert set(said.json) == {"readable", "html", "text", "note", "message", "at"}


def test_reading_says_the_same_of_a_right_answer_and_of_a_wrong_one(
    app: Flask, client: Program, shown: Callable[[str], Body]
) -> None:
    card = shown("double")
    right = instance(app, card).answer_text
    for typed in (right, "12345"):
        said = client.post("/api/v1/read", json=asked(card, typed)).json
        assert (said["text"], said["note"], said["message"]) == (typed, "", "")


def test_what_cannot_be_read_is_said_with_its_place(client: Program, shown: Callable[[str], Body]) -> None:
    card = shown("double")
    said = client.post("/api/v1/read", json=asked(card, "2+*3")).json
    assert said["readable"] is False
    assert said["html"] == ""
    assert said["message"].endswith(".")
    assert said["at"] == 2
    graded = client.post("/api/v1/grade", json=asked(card, "2+*3")).json
    assert (graded["verdict"], graded["at"], graded["suggested"]) == ("unreadable", 2, 1)


def test_a_right_answer_is_right_however_it_is_written(
    app: Flask, client: Program, shown: Callable[[str], Body]
) -> None:
    card = shown("double")
    answer = instance(app, card).answer_text
    for typed in (answer, f"{answer}.0", f"({answer})", f"{answer}/1", f" {answer} ", f"2*{answer}/2"):
        said = client.post("/api/v1/grade", json=asked(card, typed, duration_ms=1000)).json
        assert (said["verdict"], said["suggested"], said["mistake"], said["typed"]) == ("right", 3, None, typed)
    slow = client.post("/api/v1/grade", json=asked(card, answer, duration_ms=60_001)).json
    assert (slow["verdict"], slow["suggested"]) == ("right", 2)


def test_the_value_in_another_form_than_was_asked(app: Flask, client: Program, shown: Callable[[str], Body]) -> None:
    card = shown("power")
    base, exponent = instance(app, card).answer_text.split("**")
    right = client.post("/api/v1/grade", json=asked(card, f"{base}^{exponent}")).json
    assert (right["verdict"], right["suggested"]) == ("right", 3)
    worked_out = client.post("/api/v1/grade", json=asked(card, str(int(base) ** int(exponent)))).json
    assert (worked_out["verdict"], worked_out["suggested"]) == ("wrong_form", 2)
    assert "power" in worked_out["message_html"]


def test_a_known_mistake_is_told(app: Flask, client: Program, shown: Callable[[str], Body]) -> None:
    card = shown("double")
    number = int(instance(app, card).answer_text) // 2
    said = client.post("/api/v1/grade", json=asked(card, f"{number}*{number} + 100")).json
    assert (said["verdict"], said["suggested"], said["mistake"]) == ("wrong", 1, 0)
    assert "You squared <" in said["message_html"]
    assert "<math" in said["read_html"]
    other = client.post("/api/v1/grade", json=asked(card, "-1")).json
    assert (other["verdict"], other["mistake"]) == ("wrong", None)


def test_a_choice_is_graded_by_its_key(app: Flask, client: Program, shown: Callable[[str], Body]) -> None:
    card = shown("chosen")
    choices = instance(app, card).choices
    (right,) = (choice.key for choice in choices if choice.right)
    for choice in choices:
        said = client.post("/api/v1/grade", json=asked(card, choice.key)).json
        assert said["verdict"] == ("right" if choice.right else "wrong")
        assert said["right_choice"] == right
        assert said["mistake"] == choice.mistake
        assert said["read_html"] in {shown["html"] for shown in card["asks"]["choices"] if shown["key"] == choice.key}
    none = client.post("/api/v1/grade", json=asked(card, "z")).json
    assert (none["verdict"], none["suggested"], none["right_choice"]) == ("unreadable", 1, right)
    twice = next(choice.key for choice in choices if choice.mistake == 1)
    assert "That is twice." in client.post("/api/v1/grade", json=asked(card, twice)).json["message_html"]


def test_what_is_chosen_is_not_read(client: Program, shown: Callable[[str], Body]) -> None:
    said = client.post("/api/v1/read", json=asked(shown("chosen"), "a"))
    assert said.status_code == 422
    assert said.json["type"] == "urn:refresher:problem:nothing-to-type"


def test_a_card_that_asks_for_nothing_typed_grades_nothing(client: Program) -> None:
    for path in ("read", "grade"):
        said = client.post(f"/api/v1/{path}", json={"card_id": "small/plain/forward", "seed": 0, "typed": "That."})
        assert said.status_code == 422
        assert said.json["type"] == "urn:refresher:problem:nothing-to-type"


@pytest.mark.parametrize("path", ["read", "grade"])
@pytest.mark.parametrize("card_id", ["small/none/problem", "other/double/problem", "x", "", "\x00", "../../etc/passwd"])
def test_an_unknown_card_is_not_found(client: Program, path: str, card_id: str) -> None:
    said = client.post(f"/api/v1/{path}", json={"card_id": card_id, "seed": 1, "typed": "2"})
    assert said.status_code == 404
    assert said.json["type"] == "urn:refresher:problem:unknown-card"


@pytest.mark.parametrize("path", ["read", "grade", "reviews"])
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"seed": -1}, "seed"),
        ({"seed": 2**31}, "seed"),
        ({"seed": 10**30}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"seed": "1"}, "seed"),
        ({"seed": True}, "seed"),
        ({"typed": "1" * 5001}, "typed"),
        ({"typed": 6}, "typed"),
        ({"typed": ["6"]}, "typed"),
        ({"duration_ms": -1}, "duration_ms"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_wrong_field_is_named(client: Program, review_of: ReviewOf, path: str, fields: Body, field: str) -> None:
    if path == "read" and field == "duration_ms":
        return
    body = asked({"card_id": DOUBLE, "seed": 1}, "6")
    said = client.post(f"/api/v1/{path}", json=(review_of(DOUBLE, **body) if path == "reviews" else body) | fields)
    assert said.status_code == 422
    assert said.json["field"] == field
    assert len(said.json["detail"]) < 300
    assert client.get("/api/v1/reviews").json["reviews"] == []


def test_a_review_keeps_what_was_typed_and_its_verdict(
    app: Flask, client: Program, shown: Callable[[str], Body], review_of: ReviewOf
) -> None:
    card = shown("double")
    answer = instance(app, card).answer_text
    body = review_of(DOUBLE, typed=f" {answer}.0 ", seed=card["seed"], rating=4)
    taken = client.post("/api/v1/reviews", json=body)
    assert taken.status_code == 201
    kept = taken.json["review"]
    assert (kept["typed"], kept["verdict"], kept["seed"], kept["rating"]) == (
        f" {answer}.0 ", "right", card["seed"], 4
    )  # fmt: skip
    assert client.post("/api/v1/reviews", json=body).status_code == 200
    [row] = client.get("/api/v1/reviews").json["reviews"]
    assert row == kept
    assert client.post("/api/v1/reviews", json=body | {"typed": "7"}).status_code == 409
    assert client.post("/api/v1/reviews", json=body | {"seed": 7}).status_code == 409
    assert client.post("/api/v1/reviews", json={k: v for k, v in body.items() if k != "typed"}).status_code == 409


def test_a_review_without_anything_typed_says_so(
    client: Program, shown: Callable[[str], Body], review_of: ReviewOf
) -> None:
    seed = shown("double")["seed"]
    for fields in ({}, {"typed": None}, {"seed": seed}, {"typed": "", "seed": seed}, {"typed": " \n "}):
        kept = client.post("/api/v1/reviews", json=review_of(DOUBLE, **fields)).json["review"]
        assert (kept["typed"], kept["verdict"]) == (None, None)
    plain = client.post("/api/v1/reviews", json=review_of("small/plain/forward", seed=77)).json["review"]
    assert (plain["seed"], plain["typed"], plain["verdict"]) == (0, None, None)


def test_what_was_typed_answers_the_numbers_that_were_shown(
    app: Flask, client: Program, shown: Callable[[str], Body], review_of: ReviewOf
) -> None:
    seed = next(seed for seed in range(99) if instance(app, {"card_id": DOUBLE, "seed": seed}).answer_text == "18")
    assert shown("double")["seed"] != seed
    kept = client.post("/api/v1/reviews", json=review_of(DOUBLE, typed="18", seed=seed)).json["review"]
    assert (kept["verdict"], kept["seed"]) == ("right", seed)
    wrong = client.post("/api/v1/reviews", json=review_of(DOUBLE, typed="16", seed=seed)).json["review"]
    assert wrong["verdict"] == "wrong"


def test_something_typed_without_its_numbers_or_for_no_problem_is_refused(client: Program, review_of: ReviewOf) -> None:
    without = client.post("/api/v1/reviews", json=review_of(DOUBLE, typed="6"))
    assert (without.status_code, without.json["field"]) == (422, "seed")
    plain = client.post("/api/v1/reviews", json=review_of("small/plain/forward", typed="That.", seed=0))
    assert (plain.status_code, plain.json["field"]) == (422, "typed")
    assert client.get("/api/v1/reviews").json["reviews"] == []


def test_undo_brings_the_same_problem_back(client: Program, shown: Callable[[str], Body], review_of: ReviewOf) -> None:
    card = shown("double")
    client.post("/api/v1/reviews", json=review_of(DOUBLE, typed="1", seed=card["seed"]))
    again = client.post("/api/v1/undo").json["card"]
    assert {key: again[key] for key in ("seed", "front_html", "back_html", "asks")} == {
        key: card[key] for key in ("seed", "front_html", "back_html", "asks")
    }
    [row] = client.get("/api/v1/reviews").json["reviews"]
    assert (row["typed"], row["verdict"], row["voided"]) == ("1", "wrong", True)


def post_raw(client: Program, path: str, text: str) -> int:
    return client.post(f"/api/v1/{path}", data=text.encode(), content_type="application/json").status_code


@pytest.mark.parametrize("path", ["read", "grade", "reviews"])
@pytest.mark.parametrize("written", [r'"\ud800"', r'"\udc00\ud800"', r'"2\ud83d"', r'"\u0000"', r'"2\u00003"'])
def test_half_characters_are_no_json_and_nul_is_a_character(client: Program, path: str, written: str) -> None:
    fields = [f'"card_id": "{DOUBLE}"', '"seed": 1', f'"typed": {written}']
    if path == "reviews":
        fields += [f'"id": "{uuid4()}"', '"rating": 1', '"reviewed_at": "2026-05-04T08:59:50Z"']
    status = post_raw(client, path, f"{{{', '.join(fields)}}}")
    assert status == (400 if r"\ud" in written else 201 if path == "reviews" else 200)


@pytest.mark.parametrize("path", ["read", "grade", "reviews"])
def test_a_megabyte_is_refused_before_it_is_read(client: Program, path: str) -> None:
    assert post_raw(client, path, json.dumps(asked({"card_id": DOUBLE, "seed": 1}, "1" * 2**20))) == 413


def test_the_longest_text_fits_however_json_writes_it(client: Program, review_of: ReviewOf) -> None:
    text = "\U0001d7d9" * 5000
    for ascii_only in (True, False):
        body = json.dumps(review_of(DOUBLE, typed=text, seed=1), ensure_ascii=ascii_only)
        assert post_raw(client, "reviews", body) == 201
    rows = client.get("/api/v1/reviews").json["reviews"]
    assert [(row["typed"] == text, row["verdict"]) for row in rows] == [(True, "unreadable")] * 2


@pytest.mark.parametrize("note", [*TYPED, "chosen"])
def test_whatever_is_typed_gets_an_answer(client: Program, review_of: ReviewOf, note: str) -> None:
    for typed in filter(sayable, HOSTILE):
        check(client, review_of, f"small/{note}/problem", typed, 1)


def sayable(typed: str) -> bool:
    """Whether JSON can say it: half of a character cannot be sent."""
    return not re.search("[\ud800-\udfff]", typed)


def check(client: Program, review_of: ReviewOf, card_id: str, typed: str, seed: int) -> None:
    """Read, grade and keep something typed: all three agree on whether it makes sense, and the log has it."""
    body = asked({"card_id": card_id, "seed": seed}, typed)
    read = client.post("/api/v1/read", json=body)
    graded = client.post("/api/v1/grade", json=body)
    taken = client.post("/api/v1/reviews", json=review_of(card_id, typed=typed, seed=seed, rating=1))
    assert (graded.status_code, taken.status_code) == (200, 201)
    assert read.status_code == (422 if card_id == "small/chosen/problem" else 200)
    kept = taken.json["review"]
    if typed.strip():
        assert kept["verdict"] == graded.json["verdict"]
        assert kept["typed"] == typed.replace("\0", "\ufffd")
    else:
        assert (kept["verdict"], graded.json["verdict"]) == (None, "unreadable")
    for html in (graded.json["message_html"], graded.json["read_html"], read.json.get("html", "")):
        assert not re.search(r"<(script|img|iframe|object|form|input|a)\b|<[^>]*\s(on\w+|style)=", html)
    if read.status_code == 200:
        assert read.json["readable"] or graded.json["verdict"] == "unreadable"
        assert (read.json["at"] is None) == read.json["readable"]


@given(typed=anything_typed.filter(sayable), note=st.sampled_from([*TYPED, "chosen"]), seed=st.integers(0, 2**31 - 1))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_made_up_gets_an_answer(app: Flask, review_of: ReviewOf, typed: str, note: str, seed: int) -> None:
    check(program(app), review_of, f"small/{note}/problem", typed, seed)
