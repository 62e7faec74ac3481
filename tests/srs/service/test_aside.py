from __future__ import annotations

from pathlib import Path

from srs import service
from tests.srs.study import Study, write_deck


def listed(study: Study) -> dict[str, list[str]]:
    found = service.aside(study.context, study.now)
    lists = {
        "suspended": found.suspended,
        "buried": found.buried,
        "flagged": found.flagged,
        "leeches": found.leeches,
    }
    return {name: [row.card_id.partition("/")[2] for row in rows] for name, rows in lists.items() if rows}


def test_every_card_that_stands_apart_is_listed_in_the_order_of_its_deck(study: Study) -> None:
    assert listed(study) == {}
    service.suspend(study.context, study.now, ["small/e/problem", "small/a/forward"])
    service.bury(study.context, study.now, "small/d/first", whole_note=True)
    service.flag(study.context, study.now, ["small/c/forward", "small/a/forward"], "odd")
    service.mark_leech(study.context, study.now, "small/b/backward")
    assert listed(study) == {
        "suspended": ["a/forward", "e/problem"],
        "buried": ["d/first", "d/second", "d/third"],
        "flagged": ["a/forward", "c/forward"],
        "leeches": ["b/backward"],
    }
    found = service.aside(study.context, study.now)
    assert len(found) == 7
    (row, _) = found.suspended
    assert (row.section_id, row.kind, row.said, row.stands.flagged) == ("one", "basic", "odd", True)


def test_what_was_buried_is_listed_until_the_next_study_day(study: Study) -> None:
    service.bury(study.context, study.now, "small/a/forward")
    study.pass_by(hours=18, minutes=59)
    assert listed(study) == {"buried": ["a/forward"]}
    study.pass_by(minutes=1)
    assert listed(study) == {}


def test_a_learner_who_travels_west_still_sees_what_they_buried_the_day_before(study: Study) -> None:
    service.set_time_zone(study.context, study.now, "Asia/Tokyo")
    study.pass_by(hours=9)  # 03:00 in Tokyo
    service.bury(study.context, study.now, "small/a/forward")
    service.set_time_zone(study.context, study.now, "America/Los_Angeles")
    assert listed(study) == {"buried": ["a/forward"]}
    assert "a/forward" not in study.shown()


def test_cards_of_decks_that_are_not_loaded_and_cards_that_left_are_not_listed(study: Study, tmp_path: Path) -> None:
    service.flag(study.context, study.now, "small/a/forward")
    service.suspend(study.context, study.now, "small/a/forward")
    study.load(write_deck(tmp_path / "other", {"one": ["{id: a, kind: basic, front: A?, back: a}"]}, deck="other"))
    assert listed(study) == {}
    study.load(write_deck(tmp_path / "less", {"one": ["{id: b, kind: basic, front: B?, back: b}"]}))
    assert listed(study) == {}
