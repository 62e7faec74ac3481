from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.core.setting_text import UnreadableSetting, read_setting, write_setting
from srs.core.settings import FIELDS, DeckSettings, SettingValue

SHARES = st.integers(700, 990).map(lambda share: share / 1000)
STEPS = st.lists(st.integers(1, 10**7), max_size=4).map(lambda steps: tuple(sorted(steps)))
ANY = st.builds(
    DeckSettings,
    new_per_day=st.integers(0, 9999),
    desired_retention=SHARES,
    learning_steps=STEPS,
    relearning_steps=STEPS,
    rollover_hour=st.integers(0, 23),
    learn_ahead_s=st.integers(0, 86_400),
    bury_learning=st.booleans(),
    easy_days=st.tuples(*[st.sampled_from((1.0, 0.5, 0.0))] * 7),
    review_order=st.sampled_from(("retrievability", "due", "random", "section")),
    exam_day=st.integers(0, 2_900_000),
)


@given(ANY)
def test_what_is_written_is_read_back(settings: DeckSettings) -> None:
    for name, value in settings.to_plain().items():
        assert read_setting(name, write_setting(name, value)) == value, name


@given(st.sampled_from(FIELDS), st.text(max_size=20))
def test_any_text_is_read_or_refused_with_its_field(name: str, text: str) -> None:
    try:
        read_setting(name, text)
    except UnreadableSetting as refused:
        problem = refused.problem
    else:
        return
    assert problem.field == name
    assert name in problem.message


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("new_per_day", " 20 ", 20),
        ("desired_retention", "90%", 0.9),
        ("desired_retention", "90 %", 0.9),
        ("desired_retention", "0,93", 0.93),
        ("desired_retention", "85", 0.85),
        ("desired_retention", ".9", 0.9),
        ("known_share", "1", 1.0),
        ("learning_steps", "1m 10m", (60, 600)),
        ("learning_steps", "1, 10m, 1d", (60, 600, 86_400)),
        ("learning_steps", "none", ()),
        ("relearning_steps", "", ()),
        ("bury_new", "Yes", True),
        ("gate", "off", False),
        ("leech_action", "Suspend", "suspend"),
        ("rollover_hour", "04:00", 4),
        ("learn_ahead_s", "20m", 1200),
        ("slow_after_s", "90", 90),
        ("easy_days", "1 1 1 1 1 0.5 0", (1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0)),
        ("easy_days", "sat=fewer, sunday=minimum", (1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0)),
        ("easy_days", "none", (1.0,) * 7),
        ("exam_day", "1970-01-11", 10),
        ("catch_up_by", "none", 0),
        ("zone", " Asia/Kathmandu ", "Asia/Kathmandu"),
    ],
)
def test_settings_are_read_as_people_write_them(name: str, text: str, value: SettingValue) -> None:
    assert read_setting(name, text) == value
    assert type(read_setting(name, text)) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("new_per_day", "many", "a whole number"),
        ("new_per_day", "2.5", "a whole number"),
        ("new_per_day", "٣", "a whole number"),
        ("new_per_day", "9" * 5000, "a whole number"),
        ("desired_retention", "high", "0.9 or 90%"),
        ("desired_retention", "nan", "0.9 or 90%"),
        ("learning_steps", "1m soon", "'soon' is not a step"),
        ("bury_new", "maybe", "yes or no"),
        ("rollover_hour", "04:30", "04:00"),
        ("learn_ahead_s", "1m 2m", "20m"),
        ("easy_days", "1 1 2", "seven of"),
        ("easy_days", "someday=0", "mon to sun"),
        ("easy_days", "sat=none", "normal, fewer or minimum"),
        ("exam_day", "12 March", "2027-03-12"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_would_be_right(name: str, text: str, right: str) -> None:
    with pytest.raises(UnreadableSetting, match=right):
        read_setting(name, text)
