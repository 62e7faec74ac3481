from __future__ import annotations

import pytest
from fsrs_rs_python import DEFAULT_PARAMETERS

from srs.core.settings import DeckSettings, SettingsError


def test_the_defaults_stand() -> None:
    settings = DeckSettings()
    assert settings.learning_steps == (60, 600)
    assert settings.relearning_steps == (600,)
    assert settings.desired_retention == 0.9
    assert settings.parameters == pytest.approx(DEFAULT_PARAMETERS)
    assert (settings.slow_after_s, settings.decimal_comma) == (60, "auto")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("new_per_day", -1, "from 0 to 9999"),
        ("new_per_day", 2.5, "2.5"),
        ("reviews_per_day", 10_000, "10000"),
        ("reviews_per_day", True, "True"),
        ("maximum_interval", 0, "from 1 to 36500"),
        ("learn_ahead_s", -5, "-5"),
        ("rollover_hour", 24, "from 0 to 23"),
        ("desired_retention", 0.69, "0.70 to 0.99"),
        ("desired_retention", 1, "0.70 to 0.99"),
        ("desired_retention", float("nan"), "nan"),
        ("desired_retention", "high", "high"),
        ("learning_steps", (60, 30), "may not get shorter"),
        ("learning_steps", (0,), "a second at least"),
        ("learning_steps", (1.5,), "whole seconds"),
        ("learning_steps", "1m soon", "'soon' is not a step"),
        ("relearning_steps", 600, "600"),
        ("relearning_steps", "10 m", "'m' is not a step"),
        ("zone", "Europe/Atlantis", "Europe/Atlantis"),
        ("zone", "../etc/passwd", "IANA"),
        ("zone", "", "IANA"),
        ("zone", 7, "IANA"),
        ("parameters", [1.0] * 20, "17, 19 or 21"),
        ("parameters", [1.0] * 20 + [float("inf")], "parameter 20 is inf"),
        ("parameters", [1.0] * 20 + [1e300], "parameter 20"),
        ("parameters", [1.0] * 20 + ["x"], "parameter 20 is 'x'"),
        ("parameters", 3, "parameters is 3"),
        ("bury_new", 1, "true or false"),
        ("slow_after_s", 4, "from 5 to 3600"),
        ("slow_after_s", 3601, "3601"),
        ("slow_after_s", 60.0, "60.0"),
        ("slow_after_s", "60", "'60'"),
        ("decimal_comma", "dot", "auto or comma or point"),
        ("decimal_comma", "", "''"),
        ("decimal_comma", True, "True"),
        ("decimal_comma", None, "None"),
        ("colour", "red", "'colour' is not a setting"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_what_would_be_right(field: str, value: object, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        DeckSettings().changed({field: value})
    assert {problem.field for problem in caught.value.problems} == {field}
    assert says in str(caught.value)


def test_every_mistake_is_reported_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        DeckSettings(new_per_day=-1, rollover_hour=99, zone="Nowhere", desired_retention=2.0)
    fields = [problem.field for problem in caught.value.problems]
    assert fields == ["new_per_day", "rollover_hour", "desired_retention", "zone"]


def test_changes_keep_the_rest_and_read_steps_as_people_write_them() -> None:
    settings = DeckSettings(new_per_day=5).changed([("learning_steps", "30s 10m 1d"), ("relearning_steps", "")])
    assert settings == DeckSettings(new_per_day=5, learning_steps=(30, 600, 86_400), relearning_steps=())


def test_settings_survive_json_like_plain_values() -> None:
    settings = DeckSettings(zone="Asia/Kathmandu", learning_steps=(), parameters=(1.0,) * 19)
    plain = {name: list(v) if isinstance(v, tuple) else v for name, v in settings.to_plain().items()}
    assert DeckSettings().changed(plain) == settings


@pytest.mark.parametrize("count", [17, 19, 21])
def test_parameters_of_every_fsrs_since_4_5_are_taken(count: int) -> None:
    assert len(DeckSettings(parameters=DeckSettings().parameters[:count]).parameters) == count


def test_parameters_have_one_name_on_every_machine() -> None:
    assert DeckSettings().parameters_version == "21ceae367383"
    single = DeckSettings(parameters=tuple(DEFAULT_PARAMETERS))
    assert single.parameters_version == DeckSettings().parameters_version
    assert DeckSettings(parameters=(1.0,) * 21).parameters_version != single.parameters_version
