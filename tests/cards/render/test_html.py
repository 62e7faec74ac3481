from __future__ import annotations

import html
import re

import pytest

from cards.model import Text
from cards.render import RenderError, Target, render

BOTH = pytest.mark.parametrize("target", list(Target))


def findings(text: Text | str, target: Target = Target.BROWSER) -> list[str]:
    with pytest.raises(RenderError) as caught:
        render(text, target)
    return [str(finding) for finding in caught.value.findings]


def test_formulas_become_mathml_that_carries_its_tex() -> None:
    assert render("Let $a < b$.") == (
        '<p>Let <span class="together"><math><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>'
        '<annotation encoding="application/x-tex">a &lt; b</annotation></semantics></math>.</span></p>'
    )


def test_tex_and_latex_are_names_that_mathjax_sets_itself() -> None:
    assert "<mtext>LaTeX</mtext>" in render(r"Written in $\LaTeX$.", Target.BROWSER)
    assert render(r"Written in $\LaTeX$ and $\TeX$.", Target.ANKI) == r"<p>Written in \(\LaTeX\) and \(\TeX\).</p>"


def test_formulas_reach_anki_as_escaped_tex_between_mathjax_delimiters() -> None:
    assert render("Let $a < b$.", Target.ANKI) == r"<p>Let \(a &lt; b\).</p>"
    assert render("$$\na + b\n$$", Target.ANKI) == r'<div class="display">\[a + b\]</div>'
    assert r"\[x\]" in render("Inside $$x$$ a paragraph.", Target.ANKI)


@BOTH
@pytest.mark.parametrize(
    "formula",
    [r"a_{i} * b_{j}", r"\frac{a}{b}", r"x_1 y_2", r"a \, b", r"\{1, 2\}", r"*a*", r"a<b>c", r"`x`"],
)
def test_markdown_never_touches_a_formula(formula: str, target: Target) -> None:
    shown = render(f"so ${formula}$ and _that_", target)
    found = re.search(r"<annotation[^>]*>(.*?)</annotation>" if target is Target.BROWSER else r"\\\((.*?)\\\)", shown)
    assert found
    assert html.unescape(found[1]).replace("} }", "}}") == formula
    assert "<em>that</em>" in shown


@BOTH
@pytest.mark.parametrize(
    "text", ["$5 and $6", "It costs $5.", "5$ or 6$", r"\$x\$", "a $ b $ c", "$", "$$", "$$$$", "2$x$"]
)
def test_amounts_of_money_and_lone_dollars_are_text(text: str, target: Target) -> None:
    assert render(text, target) == f"<p>{text.replace(chr(92), '')}</p>"


@pytest.mark.parametrize("text", ["$x$ at 5", "$x$ is 3$ more", "($x$)", "$x$-axis", "a$x$b", "$x$, $x$", "$x$ \\"])
def test_a_formula_may_stand_anywhere_in_a_line(text: str) -> None:
    assert "<mi>x</mi>" in render(text)


def test_a_formula_of_its_own_line_needs_no_blank_line_before_it() -> None:
    shown = render("It follows:\n$$\nx = 1\n$$\nDone.")
    assert shown.count("<p>") == 2
    assert '<math display="block">' in shown


@BOTH
def test_tables_align_by_class(target: Target) -> None:
    shown = render("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | $x$ |\n", target)
    assert '<th class="left">a</th><th class="center">b</th><th class="right">c</th>' in shown
    assert "style" not in shown.replace("displaystyle", "")


@BOTH
@pytest.mark.parametrize(
    "source",
    [
        r"\begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases}",
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\begin{array}{c|rl} a & b & c \\ \hline d & e & f \end{array}",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
        r"a \! b \mathop{x} \cfrac{1}{2}",
    ],
)
def test_no_formula_carries_an_inline_style(source: str, target: Target) -> None:
    assert " style=" not in render(f"$${source}$$", target)


@BOTH
def test_raw_html_is_shown_as_text(target: Target) -> None:
    shown = render("<script>alert(1)</script> <b onclick=x>bold</b>", target)
    assert "&lt;script&gt;" in shown
    assert "<b" not in shown


@BOTH
def test_links_go_to_the_web_or_into_the_page(target: Target) -> None:
    assert 'href="https://example.org/a?b=1&amp;c=2"' in render("[x](https://example.org/a?b=1&c=2)", target)
    assert 'href="#part"' in render("[x](#part)", target)


@BOTH
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///etc", "/x", "x.md"]
)
def test_other_links_are_errors(address: str, target: Target) -> None:
    assert "[link]" in findings(f"[x]({address})", target)[0]


@BOTH
def test_pictures_come_from_the_deck_alone(target: Target) -> None:
    images = {"plot:exp": "/plots/1.svg", "media/a.png": "/media/a.png"}.get
    shown = render("![The curve $e^x$](plot:exp)", target, images=images)
    assert '<img class="plot" src="/plots/1.svg" alt="The curve e^x">' in shown
    assert 'class="picture"' in render("![a](media/a.png)", target, images=images)
    for bad in ("plot:log", "https://example.org/a.png", "/a.png", "data:image/png;base64,x"):
        with pytest.raises(RenderError, match="image"):
            render(f"![a]({bad})", target, images=images)


@BOTH
def test_code_is_highlighted_by_classes(target: Target) -> None:
    shown = render("```python\nx = sum(y)  # all\n```", target)
    assert '<pre class="hl"><code>x <span class="o">= </span><span class="nb">sum</span>(y)' in shown
    assert render("```nolanguage\na < b\n```", target) == '<pre class="hl"><code>a &lt; b</code></pre>'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("abc $x_$", "7:12"),
        ("first\nsecond $\\foo$", "8:13"),
        ("> quoted\n> $\\foo$", "8:8"),
        ("- item\n- other $a \\foo$", "8:16"),
        ("a | b\n--|--\n$x$ | $\\foo$\n", "9:12"),
        ("`$\\foo$` and $\\foo$", "7:19"),
        ("$$\nx\n\\foo\n$$", "9:5"),
        ("See $$a \\foo$$ there", "7:13"),
        ("$é \\foo$", "7:8"),
        (r"$a \cloze{p}{b} \foo$", "7:21"),
        (r"$a \cloze{p}{b \foo}$", "7:20"),
    ],
)
def test_an_error_names_the_exact_place(text: str, place: str) -> None:
    lines = text.count("\n") + 1
    found = findings(Text(text, "deck.yaml", tuple((7 + row, 5) for row in range(lines))))
    assert found[0].startswith(f"deck.yaml:{place}: error: ")


def test_all_errors_of_a_text_are_reported_at_once() -> None:
    assert [line.split(":")[2] for line in findings("$\\foo$ $x$ $\\bar$ [a](javascript:x)")] == ["2", "17", "23"]


@BOTH
@pytest.mark.parametrize(
    "source",
    [
        "{" * 10_000 + "}" * 10_000,
        "{" * 500 + "}" * 500,
        r"\sqrt" * 10_000,
        r"\sqrt" * 700,
        r"\left(" * 300 + r"\right)" * 300,
        r"\begin{aligned}" * 200 + r"\end{aligned}" * 200,
        "x^" * 1999 + "x",
        "x" * 5000,
    ],
)
def test_a_monstrous_formula_is_one_clear_error(source: str, target: Target) -> None:
    found = findings(f"${source}$", target)
    assert len(found) == 1
    assert len(found[0]) < 200


@BOTH
@pytest.mark.parametrize(
    "source",
    [
        r"50%",
        r"\color{red}x",
        r"\label{a}",
        r"\newcommand{\x}{y}\x",
        r"\href{javascript:x}{y}",
        r"\bm{x}",
        r"\text{50\%}",
        r"\text{a {b} c}",
        r"\text{a~b}",
        r"\begin{align}a\end{align}",
        r"a \\[2pt] b",
    ],
)
def test_commands_that_do_not_read_alike_everywhere_are_errors(source: str, target: Target) -> None:
    assert len(findings(f"${source}$", target)) == 1


def test_a_text_of_100_000_characters_is_the_longest() -> None:
    assert "At most" in findings("x" * 100_001)[0]
