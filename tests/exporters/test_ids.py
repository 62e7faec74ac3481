from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exporters import ids

SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)


def test_identities_are_those_of_the_first_release() -> None:
    assert ids.REFRESHER_TYPE == 1731090300417
    assert ids.REFRESHER_CLOZE_TYPE == 1731090300418
    assert ids.guid("math-refresher", "power-rule", "basic") == "oWiamkplsniAp85ZeRll"
    assert ids.guid("math-refresher", "power-rule", "cloze") == "EYp4rZ7yQWgeJNr-nXdo"
    assert ids.deck_number("math-refresher") == 1420220183370
    assert ids.first_row("math-refresher") == 1652154918318


@given(st.lists(st.tuples(SLUGS, SLUGS, st.sampled_from(["basic", "cloze"])), unique=True, max_size=30))
def test_no_two_notes_share_a_guid(notes: list[tuple[str, str, str]]) -> None:
    assert len({ids.guid(*note) for note in notes}) == len(notes)


@given(SLUGS)
def test_row_ids_are_times_of_the_past_that_anki_accepts(deck: str) -> None:
    assert 1_400_000_000_000 <= ids.first_row(deck) < 1_700_000_000_000
