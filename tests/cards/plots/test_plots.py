from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.findings import Position, Severity
from cards.model import Deck, Plot, Section
from cards.plots import PlotError, check_plot, check_plots, draw_plot, plot_name, plots_of

WHERE = Position("deck.yaml", 7, 3)
EXP = Plot(("exp(x)",), ("-3", "3"), WHERE, points=(("0", "1"),), alt="The curve rises.")
PLOTS = {
    "exp": EXP,
    "ln": replace(EXP, functions=("ln(x)",), x=("-1", "5"), y=("-3", "2"), points=(("1", "0"), ("e", "1"))),
    "step": replace(EXP, functions=("max(0, x)", "(abs(x)/x + 1)/2"), labels=("max(0, x)", "its slope"), points=()),
    "tangent": replace(EXP, functions=("x**2", "2*x - 1"), points=(("1", "1"),), labels=("$y = x^2$", "tangent")),
    "poles": replace(EXP, functions=("1/x", "floor(x)", "tan(x)"), y=("-4", "4"), points=()),
    "bars": Plot((), ("0", "1"), WHERE, bars=(("a", "0.3"), ("b", "1/2"), ("c", "0.2")), alt="Three bars."),
}


def curves(svg: bytes, colour: str = "#1a5fb4") -> list[list[tuple[float, float]]]:
    found = re.findall(rf'<path d="(M[^"]*)"[^>]*stroke="{colour}"', svg.decode())
    return [[(float(x), float(y)) for x, y in re.findall(r"[ML] (\S+) (\S+)", path)] for path in found]


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_plot_is_a_small_picture_without_styles_scripts_or_addresses(plot: Plot) -> None:
    svg = draw_plot(plot)
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own picture
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(svg) < 30_000
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.tag.rpartition("}")[2] in {"svg", "g", "path", "defs", "use", "clipPath", "rect"}
    assert not re.search(rb"https?://(?!www\.w3\.org/(2000/svg|1999/xlink))", svg)


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_drawing_twice_gives_the_same_bytes(plot: Plot) -> None:
    assert draw_plot(plot) == draw_plot(plot)


def test_another_process_draws_the_same_bytes() -> None:
    script = (
        "import sys; from cards.plots import draw_plot; from cards.model import Plot;"
        "from cards.findings import Position;"
        "sys.stdout.buffer.write(draw_plot(Plot(('exp(x)',), ('-3', '3'), Position('other'), points=(('0', '1'),))))"
    )
    root = Path(__file__).parents[3]
    drawn = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, cwd=root).stdout
    assert drawn == draw_plot(EXP)


def test_the_name_changes_with_what_is_drawn_and_with_nothing_else() -> None:
    assert re.fullmatch(r"plot-[0-9a-f]{20}\.svg", plot_name(EXP))
    assert plot_name(replace(EXP, where=Position("elsewhere"), alt="Other words.")) == plot_name(EXP)
    changed = [replace(EXP, functions=("exp(2*x)",)), replace(EXP, x=("-3", "2")), replace(EXP, points=())]
    assert len({plot_name(plot) for plot in [EXP, *changed]}) == 4


def test_a_curve_ends_where_its_function_has_no_value_and_comes_from_the_frame() -> None:
    (line,) = curves(draw_plot(PLOTS["ln"]))
    left = min(x for x, _ in line)
    bottom = max(y for _, y in line)
    zero = next(x for x, y in line if y == bottom)
    assert left == zero  # nothing left of x = 0, and there it runs down and out of the picture


def test_a_jump_is_no_line() -> None:
    svg = draw_plot(PLOTS["step"])
    pieces = [piece for piece in curves(svg, "#c2410c") if len(piece) > 1]
    assert len({y for piece in pieces[:2] for _, y in piece}) == 2
    assert all(len({y for _, y in piece}) == 1 for piece in pieces)


def test_a_steep_curve_is_no_jump() -> None:
    steep = replace(EXP, functions=("exp(20*x)/1000",), y=("0", "10"), points=())
    assert len(curves(draw_plot(steep))) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"functions": ("exp(",)}, "exp("),
        ({"functions": ("exp(y)",)}, "exp(y)"),
        ({"functions": ("ln(x)",), "x": ("-3", "-1"), "points": ()}, "No function of the plot has a value"),
        ({"functions": ("exp(x)",), "x": ("0", "99")}, "Give the interval y"),
        ({"x": ("0", "10**12")}, "beyond"),
        ({"labels": (r"$\frac{$",)}, "cannot be set"),
        ({"functions": ("x",), "y": ("8", "9")}, "to be seen"),
        ({"x": ("3", "-3")}, "smaller number first"),
        ({"x": ("a", "3")}, "no number"),
        ({"points": (("1", "1/0"),)}, "no number"),
        ({"labels": ("a", "b")}, "2 labels"),
        ({"functions": ()}, "functions or bars"),
        ({"bars": (("a", "1"),)}, "functions or bars"),
        ({"functions": (), "bars": (("a", "many"),)}, "no number"),
        ({"points": (("4", "1"),)}, "outside of the plot"),
        ({"y": ("0", "3"), "points": (("0", "1"), ("1", "-1"))}, "The point (1, -1) lies outside"),
        ({"functions": ("x",) * 500}, "500 functions"),
        ({"points": (("0", "1"),) * 500}, "500 points"),
        ({"functions": (), "bars": (("a", "1"),) * 3000, "points": ()}, "3,000 bars"),
        ({"labels": ("a" * 1000,)}, "1,000 characters"),
    ],
)
def test_a_plot_that_cannot_be_drawn_is_an_error_at_its_place(change: dict[str, object], says: str) -> None:
    (finding,) = check_plot(replace(EXP, **change))  # type: ignore[arg-type]
    assert finding.where == WHERE
    assert finding.severity is Severity.ERROR
    assert says in str(finding)


@pytest.mark.parametrize("top", ["16", "17", "0.16", "160", "1600"])
def test_no_number_at_an_axis_is_cut_off(top: str) -> None:
    svg = draw_plot(replace(EXP, functions=(f"{top}*x/4",), x=("0", "4"), y=("0", top), points=()))
    lefts = [float(left) for left in re.findall(r'<g [^>]*transform="translate\((\S+)', svg.decode())]
    assert len(lefts) >= 10
    assert min(lefts) >= 0


def test_labels_that_leave_no_room_are_drawn_without_a_word(recwarn: pytest.WarningsRecorder) -> None:
    bars = tuple((f"{'long ' * 12}{number}", "0.1") for number in range(30))
    assert draw_plot(Plot((), ("0", "1"), WHERE, bars=bars, alt="x")).startswith(b"<?xml")
    assert not recwarn.list


def test_a_picture_for_those_who_cannot_see_it_needs_words() -> None:
    (finding,) = check_plot(replace(EXP, alt=" "))
    assert (finding.code, finding.severity) == ("plot-alt", Severity.LINT)


@pytest.mark.parametrize(
    ("label", "odd"), [("x^2", True), ("x_1", True), ("$x^2$ and x", False), ("tangent at 1", False)]
)
def test_a_formula_in_a_label_needs_dollars(label: str, odd: bool) -> None:
    found = check_plot(replace(EXP, labels=(label,)))
    assert [(finding.code, finding.severity) for finding in found] == [("plot-label", Severity.LINT)] * odd


def test_all_plots_of_a_deck_are_checked_at_once() -> None:
    bad = replace(EXP, functions=("(",))
    section = Section("s", "S", WHERE, plots=(("a", bad), ("b", EXP), ("c", bad)))
    deck = Deck("d", "D", Path(), sections=(section,))
    assert len(list(plots_of(deck))) == 3
    assert len(check_plots(deck)) == 2


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["exp(x)", "1/x", "ln(x)", "tan(x)", "x**x", "floor(x)", "10**x", "x", "(", "y"])
        | st.text(max_size=8),
        min_size=1,
        max_size=2,
    ),
    st.tuples(*[st.integers(-10, 10).map(str) | st.floats(allow_nan=False).map(str) | st.text(max_size=3)] * 2),
    st.none() | st.tuples(*[st.integers(-10, 10).map(str)] * 2),
    st.lists(st.text(alphabet="ab$\\_^{}", max_size=6), max_size=2),
)
def test_whatever_an_author_writes_is_drawn_or_explained(
    functions: list[str], x: tuple[str, str], y: tuple[str, str] | None, labels: list[str]
) -> None:
    plot = Plot(tuple(functions), x, WHERE, y=y, alt="x", labels=tuple(labels))
    if not check_plot(plot):
        draw_plot(plot)
    else:
        with pytest.raises(PlotError):
            draw_plot(plot)
