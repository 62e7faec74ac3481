from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from srs.optimizer import CalibrationBin
from srs.web.calibration import SIDE, plot

_SVG = "{http://www.w3.org/2000/svg}"


def _bin(predicted: float, recalled: float, low: float = 0.5, high: float = 1.0) -> CalibrationBin:
    return CalibrationBin(30, predicted, recalled, low, high)


def _read(in_use: list[CalibrationBin], fitted: list[CalibrationBin]) -> ET.Element:
    text = str(plot(in_use, fitted)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    return ET.fromstring(text)  # noqa: S314 - it is our own


def _dots(drawn: ET.Element) -> list[tuple[float, float]]:
    return [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in drawn.iter(f"{_SVG}circle")]


def test_there_is_a_square_or_a_dot_with_its_interval_for_each_bin() -> None:
    drawn = _read([_bin(0.8, 0.7), _bin(0.9, 0.85)], [_bin(0.7, 0.7)])
    assert len([*drawn.iter(f"{_SVG}rect")]) == 2
    assert len(_dots(drawn)) == 1
    assert len([group for group in drawn.iter(f"{_SVG}g") if group.find(f"{_SVG}path") is not None]) == 3


def test_what_was_predicted_rightly_lies_on_the_diagonal_and_more_recall_above_it() -> None:
    drawn = _read([_bin(0.6, 0.6)], [_bin(0.75, 0.75), _bin(1.0, 1.0), _bin(0.8, 0.9), _bin(0.9, 0.8)])
    (right_x, right_y), (end_x, end_y), (above_x, above_y), (below_x, below_y) = _dots(drawn)
    path = next(p.attrib["d"] for p in drawn.iter(f"{_SVG}path") if p.attrib.get("class") == "right")
    x0, y0, x1, y1 = map(float, re.fullmatch(r"M(\S+) (\S+)L(\S+) (\S+)", path).groups())  # type: ignore[union-attr]
    assert (end_x, end_y) == (x1, y1)
    assert x1 - x0 == y0 - y1 == SIDE

    def off(x: float, y: float) -> float:
        return (y0 - y) - (x - x0)

    assert off(right_x, right_y) == pytest.approx(0, abs=0.2)
    assert off(above_x, above_y) == pytest.approx(-off(below_x, below_y), abs=0.3)
    assert off(above_x, above_y) > 10


def test_the_axes_begin_at_the_tenth_below_everything_shown() -> None:
    drawn = _read([_bin(0.85, 0.8, low=0.72)], [_bin(0.9, 0.95, low=0.9)])
    ticks = [text.text for text in drawn.iter(f"{_SVG}text") if text.text and "tick" in text.attrib["class"]]
    assert sorted(set(ticks)) == ["100%", "70%", "80%", "90%"]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_single_sure_bin_is_drawn_too(share: float) -> None:
    drawn = _read([_bin(share, share, share, share)], [_bin(share, share, share, share)])
    height, width = SIDE + 200, SIDE + 200
    assert all(0 <= x <= width and 0 <= y <= height for x, y in _dots(drawn))
    assert "nan" not in ET.tostring(drawn, "unicode")


def test_it_names_no_colour_and_no_style() -> None:
    text = str(plot([_bin(0.8, 0.7)], [_bin(0.7, 0.7)]))
    assert "style=" not in text
    assert not re.search(r"#[0-9a-f]{3}|fill=|stroke=", text)
