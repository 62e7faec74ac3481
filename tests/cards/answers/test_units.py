from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.answers.units import converted, latex_of_unit, parse_unit, split
from cards.expr import evaluate, parse


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("5 m", "5", "m"),
        ("5m/s", "5", "m/s"),
        ("3/4 m", "3/4", "m"),
        ("sqrt(2) km", "sqrt(2)", "km"),
        ("9.81 m/s^2", "9.81", "m/s^2"),
        ("9.81 m/s²", "9.81", "m/s2"),
        ("9.81 m·s⁻²", "9.81", "m·s-2"),
        ("9.81 m s^{-2}", "9.81", "m s^{-2}"),
        ("2 min", "2", "min"),
        ("50%", "50", "%"),
        (r"50\%", "50", "%"),
        ("5/s", "5", "/s"),
        ("5 1/s", "5", "1/s"),
        ("180°", "180", "°"),
        (r"180^\circ", "180", "°"),
        (r"5\,\mathrm{m}", "5", "m"),
        (r"5 \text{ m/s}", "5", "m/s"),
        ("5 (m/s)", "5", "m/s"),
        ("[1, 2] m", "[1, 2]", "m"),
        ("5 meters", "5", "meters"),
        ("3 tokens", "3", "tokens"),
        ("3 token", "3", "token"),
        ("5 m.", "5", "m"),
        ("5", "5", ""),
        ("1/2", "1/2", ""),
        ("12 foo", "12 foo", ""),
        ("m", "m", ""),
        ("", "", ""),
        ("x^m", "x^m", ""),
    ],
)
def test_the_unit_is_told_from_the_number(typed: str, number: str, unit: str) -> None:
    assert split(typed, "tokens") == (number, unit)


@pytest.mark.parametrize(
    ("value", "unit", "into", "result"),
    [
        ("100", "cm", "m", "1"),
        ("1", "km", "m", "1000"),
        ("36", "km/h", "m/s", "10"),
        ("2", "min", "s", "120"),
        ("1", "N", "kg m/s^2", "1"),
        ("1", "N*m", "J", "1"),
        ("1", "kWh", "J", "3600000"),
        ("1", "L", "cm^3", "1000"),
        ("5", "/s", "Hz", "5"),
        ("50", "%", "rad", "1/2"),
        ("1", "KiB", "bytes", "1024"),
        ("1", "µs", "ns", "1000"),
        ("1", "us", "ns", "1000"),
        ("12", "in", "ft", "1"),
        ("7", "tokens/s", "token/min", "420"),
        ("180", "°", "rad", "pi"),
        ("pi", "rad", "degrees", "180"),
        ("1", "bit", "nats", "ln(2)"),
        ("1", "m/s/s", "m/s^2", "1"),
    ],
)
def test_a_value_in_another_unit(value: str, unit: str, into: str, result: str) -> None:
    here, there = parse_unit(unit), parse_unit(into)
    assert here is not None
    assert there is not None
    found = converted(parse(value), here, there)
    assert found is not None
    assert evaluate(found) == pytest.approx(float(evaluate(parse(result))))  # type: ignore[arg-type]


@pytest.mark.parametrize(("unit", "into"), [("m", "s"), ("m", "m^2"), ("kg", "N"), ("°C", "K"), ("tokens", "bits")])
def test_units_of_different_things_cannot_be_converted(unit: str, into: str) -> None:
    here, there = parse_unit(unit), parse_unit(into)
    assert here is not None
    assert there is not None
    assert converted(parse("1"), here, there) is None


@pytest.mark.parametrize("text", ["", "5", "m//s", "^2", "m^", "m^99", "a+b", "(m", "m" * 100, "1"])
def test_what_is_no_unit(text: str) -> None:
    assert parse_unit(text) is None


def test_a_name_that_is_in_no_table_is_a_unit_of_its_own_unless_only_known_ones_will_do() -> None:
    assert parse_unit("tokens") == parse_unit("token")
    assert parse_unit("tokens", known_only=True) is None


@given(st.text(alphabet="mskg/^2·* ()1°%-{}\\ ", max_size=80))
def test_any_text_is_split_into_a_number_and_a_unit_that_can_be_read(text: str) -> None:
    _, unit = split(text, "m/s")
    assert not unit or parse_unit(unit) is not None


@pytest.mark.parametrize(
    ("unit", "latex"),
    [
        ("m", r"\,\mathrm{m}"),
        ("m/s^2", r"\,\mathrm{m/s^{2}}"),
        ("m·s⁻²", r"\,\mathrm{m\cdot s^{-2}}"),
        ("kg m^{-1}", r"\,\mathrm{kg m^{-1}}"),
        ("%", r"\,\mathrm{\%}"),
        ("°C", r"\,\mathrm{^{\circ}C}"),
        ("$", r"\,\mathrm{\$}"),
    ],
)
def test_a_unit_as_latex(unit: str, latex: str) -> None:
    assert latex_of_unit(unit) == latex
