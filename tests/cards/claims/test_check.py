"""What an author is told about a deck's formulas and claims."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.claims import ClaimReport, Verdict
from cards.claims.decide import decide
from cards.claims.plans import Plan
from cards.claims.scope import scope_of_note
from cards.findings import Position, Severity
from cards.model import BasicNote, Claim, Section, Text

Check = Callable[..., ClaimReport]


TEXTS = ("front", "back", "text", "why", "answer")


def quoted(text: str) -> str:
    """A text as YAML writes it: in single quotes, or as a block."""
    if "\n" in text:
        return "|\n" + "\n".join(f"      {line}" for line in text.split("\n"))
    return "'" + text.replace("'", "''") + "'"


def note(**parts: str) -> str:
    """A basic note (or of another `kind`) as YAML; each part is a line or a block of YAML."""
    parts = {"kind": "basic", **parts}
    lines = [f"    {key}: {quoted(value) if key in TEXTS else value}" for key, value in parts.items()]
    return "notes:\n  - id: trial\n" + "\n".join(lines) + "\n"


def codes(report: ClaimReport) -> list[str]:
    return [finding.code for finding in report.findings]


def verdicts(report: ClaimReport) -> list[tuple[str, str]]:
    return [(result.formula, result.verdict.value) for result in report.results]


def test_a_true_formula_is_counted_and_leaves_nothing_to_say(check: Check) -> None:
    report = check(note(front="What is $2^3$?", back="$2^3 = 8$"))
    assert report.findings == ()
    assert verdicts(report) == [("$2^3 = 8$", "proved")]
    assert report.counts[Verdict.PROVED] == 1
    assert report.counts[Verdict.FALSE] == 0
    assert report.results[0].note_id == "trial"


@pytest.mark.parametrize(
    "section",
    [
        note(front="What is it?", back="$2^3 = 9$"),
        note(front="Is it $2^3 = 9$?", back="Yes."),
        note(front="What?", back="This.", why="As $2^3 = 9$."),
        note(kind="cloze", text=r"So $2^3 = \cloze{r}{9}$."),
        note(kind="cloze", text=r"So \cloze{r}{$2^3 = 9$}."),
        note(front="What?", back="This.", code='[{file: a.py, symbol: f, line: x, does: "Uses $2^3 = 9$."}]'),
        "lesson: As $2^3 = 9$, it is odd.\n",
        "lesson: |\n  Text\n\n  $$\n  2^3 = 9\n  $$\n",
        note(kind="reversed", front="What?", back="$$2^3 = 9$$"),
        note(kind="problem", given="{a: 2..4}", front="What?", answer="a", back=r"$\val{a}^2 = \val{a*3}$"),
        note(front="What?", back="| a |\n      |:--|\n      | $2^3 = 9$ |".replace("| a", "|\n      | a", 1)),
    ],
)
def test_a_false_formula_is_an_error_wherever_it_is_displayed(check: Check, section: str) -> None:
    report = check(section)
    assert "false-claim" in codes(report)
    assert report.counts[Verdict.FALSE] == 1


def test_a_false_formula_is_named_with_its_place_and_both_sides(check: Check) -> None:
    report = check(note(front="What is $2^3$?", back="It is $2^3 = 9$, an odd number."))
    (finding,) = report.findings
    assert (finding.where.line, finding.where.column) == (7, 18)
    assert finding.message == "$2^3 = 9$ is false: the left side is 8, the right side is 9."


def test_the_link_of_a_chain_that_fails_is_named(check: Check) -> None:
    report = check(note(front="?", back=r"$2^3 = 2 \times 2 \times 2 = 9$"))
    assert report.findings[0].message.startswith(r"$2^3 = 2 \times 2 \times 2 = 9$, where 2*2*2 = 9 is read, is false")


def test_code_is_not_read(check: Check) -> None:
    report = check(
        note(
            front="What does `2 ** 3 == 9` say in `$x = 3$`?",
            back="```\n      $2^3 = 9$\n      ```".replace("```", "|\n      ```", 1),
        )
    )
    assert report.results == ()


def test_what_is_not_read_is_an_error_at_the_sign_that_stopped_the_reader(check: Check) -> None:
    report = check(note(front="?", back="So $a = 1/2x$ holds."))
    (finding,) = report.findings
    assert finding.code == "unreadable-formula"
    assert (finding.where.line, finding.where.column) == (7, 21)
    assert "what the division reaches is not clear" in finding.message
    assert "unchecked" in finding.hint
    assert report.counts[Verdict.UNSETTLED] == 1


# Domains


def test_declared_domains_decide(check: Check) -> None:
    assert codes(check(note(front="?", back="$a^0 = 1$"))) == ["false-claim"]
    assert codes(check(note(front="?", back="$a^0 = 1$", symbols="{a: nonzero}"))) == []
    assert codes(check("symbols: {a: nonzero}\n" + note(front="?", back="$a^0 = 1$"))) == []
    assert codes(check("symbols: {a: nonzero}\n" + note(front="?", back="$a^0 = 1$", symbols="{a: real}"))) == [
        "false-claim"
    ]


def test_the_hint_for_an_undefined_side_is_to_declare_the_domain(check: Check) -> None:
    (finding,) = check(note(front="?", back="$a^0 = 1$")).findings
    assert "0 to the power of 0" in finding.message
    assert "symbols:" in finding.hint


def test_a_displayed_condition_is_true_if_the_domain_says_so(check: Check) -> None:
    (finding,) = check(note(front="Take $x > 0$.", back="?")).findings
    assert finding.code == "false-claim"
    assert "symbols: {x:" in finding.hint
    assert "when" in finding.hint
    assert codes(check(note(front="Take $x > 0$.", back="?", symbols="{x: positive}"))) == []
    assert codes(check(note(front="Take $0 < x < 1$.", back="?", symbols='{x: "0 < x < 1"}'))) == []


def test_a_domain_that_is_none_is_an_error(check: Check) -> None:
    report = check(note(front="?", back="?", symbols='{x: "x > y"}'))
    assert codes(report) == ["domain"]
    assert "compare it with numbers" in report.findings[0].message


# Claims


def test_a_claim_may_say_what_is_displayed_in_two_places(check: Check) -> None:
    section = note(front=r"Write $2^3 \times 2^2$ as a power.", back="$2^5$", claims='["2**3 * 2**2 == 2**5"]')
    assert codes(check(section)) == []
    assert codes(check(section.replace("$2^5$", "$2^6$"))) == ["unbound-answer"]


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ("2**3 == 8", None),
        ("8 == 2**3", None),
        ("2**3 == 9", "false-claim"),
        ("1 == 1", "empty-claim"),
        ("2**3 == 2**3", "empty-claim"),
        ("3 - 2 == 1", "unbound-claim"),
        ("x**2 >= 0", "unbound-claim"),
        ("2**3 =", "claim-syntax"),
        ("2**3 == foo(8)", "claim-syntax"),
        ("ln(x) < 1 where x > y, y > x", "unsettled"),
    ],
)
def test_a_plain_claim_has_to_be_true_and_about_what_is_displayed(check: Check, claim: str, code: str | None) -> None:
    report = check(
        note(front="What is $2^3$? And $\\ln x$?", back="It is 8.", claims=f'["{claim}"]', symbols="{x: positive}")
    )
    assert [finding.code for finding in report.findings if finding.severity is Severity.ERROR] == (
        [code] if code else []
    )


def test_a_claim_is_recognised_in_mathematics_that_is_written_otherwise(check: Check) -> None:
    report = check(
        note(
            front="Derive $x^n$.",
            back=r"$x^{n-1} \cdot n$",
            symbols="{x: positive}",
            claims='["diff(x**n, x) == n*x**(n-1)"]',
        )
    )
    assert codes(report) == []
    report = check(note(front="?", back=r"It is $(x + 1)^2$.", claims='["x**2 + 2*x + 1 == (1 + x)*(1 + x)"]'))
    assert codes(report) == []


def test_code_between_backticks_is_displayed_too(check: Check) -> None:
    assert codes(check(note(front="What is `4 ** 0.5`?", back="Two.", claims='["4**0.5 == 2"]'))) == []


def test_a_claim_has_conditions_of_its_own(check: Check) -> None:
    section = note(front=r"Is $\ln x$ negative?", back="Between 0 and 1.", claims='["ln(x) < 0 where 0 < x, x < 1"]')
    assert codes(check(section)) == []
    assert codes(check(section.replace(", x < 1", ", x < 2"))) == ["false-claim"]


SAYS = note(
    front="?",
    back=r"$\frac{\mathrm{d}y}{\mathrm{d}x} = n\,x^{n-1}$",
    symbols="{x: positive}",
    claims=r"""[{says: '$\frac{\mathrm{d}y}{\mathrm{d}x} = n\,x^{n-1}$', holds: "diff(x**n, x) == n*x**(n-1)"}]""",
)


def test_what_is_not_read_is_tied_to_a_claim_word_for_word(check: Check) -> None:
    report = check(SAYS)
    assert codes(report) == []
    assert report.counts[Verdict.PROVED] == 1


def test_a_change_of_the_display_breaks_the_tie(check: Check) -> None:
    changed = SAYS.replace(r"n\,x^{n-1}$'" + "\n", r"n\,x^{n-2}$'" + "\n")
    report = check(changed)
    assert "display-changed" in codes(report)
    finding = next(finding for finding in report.findings if finding.code == "display-changed")
    assert r"n\,x^{n-2}" in finding.hint


def test_a_tie_that_lies_is_an_error(check: Check) -> None:
    lies = SAYS.replace(r"n\,x^{n-1}$", r"n\,x^{n-2}$")
    assert codes(check(lies)) == ["claim-disagrees"]
    bare = note(front="What is $2^3$?", back="$8$", claims="""[{says: "$8$", holds: "2**3 == 8"}]""")
    assert codes(check(bare)) == []
    assert codes(check(bare.replace("$8$", "$9$"))) == ["claim-disagrees"]
    read = note(front="?", back="$2^3 = 8$", claims="""[{says: "$2^3 = 8$", holds: "3**2 == 9"}]""")
    assert codes(check(read)) == ["claim-disagrees"]


def test_a_quotation_that_is_not_displayed_is_an_error(check: Check) -> None:
    report = check(note(front="?", back="$2^3 = 8$", claims="""[{says: "$2^4 = 16$", holds: "2**4 == 16"}]"""))
    (finding,) = report.findings
    assert finding.code == "display-changed"
    assert "$2^3 = 8$" in finding.hint


def test_a_formula_holds_under_the_condition_that_is_displayed_with_it(check: Check) -> None:
    section = note(
        front="When is it negative?",
        back=r"$\ln x < 0$ for $0 < x < 1$",
        claims=r"""[{says: '$\ln x < 0$', when: "$0 < x < 1$"}]""",
    )
    report = check(section)
    assert codes(report) == []
    assert verdicts(report) == [(r"$\ln x < 0$", "proved"), ("$0 < x < 1$", "given")]
    assert codes(check(section.replace("x < 1", "x < 2"))) == ["false-claim"]
    assert "display-changed" in codes(check(section.replace("for $0 < x < 1$", "for $0 < x < 2$")))


def test_a_condition_may_fix_a_symbol(check: Check) -> None:
    section = note(front="With $x = 3$?", back="$x^2 = 9$", claims="""[{says: "$x^2 = 9$", when: "$x = 3$"}]""")
    assert codes(check(section)) == []
    assert codes(check(section.replace("x = 3", "x = 4"))) == ["false-claim"]


def test_a_condition_that_nothing_fulfils_proves_nothing(check: Check) -> None:
    report = check(note(front="?", back=r"$x = x + 1 \text{ for } 1 < x < 1$"))
    assert codes(report) == ["unreadable-formula"]
    assert "no value of x fulfils the condition" in report.findings[0].message


def test_a_formula_may_show_its_condition_itself(check: Check) -> None:
    section = note(front="?", back=r"$\ln x < 0 \text{ for } 0 < x < 1$")
    assert codes(check(section)) == []
    assert codes(check(section.replace("x < 1", "x < 2"))) == ["false-claim"]


# Unchecked


UNCHECKED = note(front="?", back=r"$a \equiv b$", unchecked=r"[{says: '$a \equiv b$', because: It is notation.}]")


def test_what_is_exempt_is_counted_with_its_reason(check: Check) -> None:
    report = check(UNCHECKED)
    assert codes(report) == []
    assert report.counts[Verdict.UNCHECKED] == 1
    assert report.results[0].detail == "It is notation."


def test_an_exemption_ends_when_the_display_changes(check: Check) -> None:
    changed = UNCHECKED.replace(r"back: '$a \equiv b$'", r"back: '$a \equiv c$'")
    assert sorted(codes(check(changed))) == ["display-changed", "unreadable-formula"]


def test_an_exemption_that_is_not_needed_is_a_lint(check: Check) -> None:
    report = check(note(front="?", back="$2^3 = 8$", unchecked="[{says: '$2^3 = 8$', because: I am lazy.}]"))
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("unneeded-unchecked", Severity.LINT)
    report = check(note(front="Of $x$?", back="?", unchecked="[{says: $x$, because: I am lazy.}]"))
    assert codes(report) == ["unneeded-unchecked"]


# Definitions


def test_a_definition_serves_the_formulas_of_its_note(check: Check) -> None:
    section = note(front="Derive $y = x^n$.", back=r"$\frac{dy}{dx} = n x^{n-1}$", symbols="{x: positive}")
    report = check(section)
    assert codes(report) == []
    assert verdicts(report) == [("$y = x^n$", "given"), (r"$\frac{dy}{dx} = n x^{n-1}$", "proved")]
    assert codes(check(section.replace("n x^{n-1}", "n x^{n-2}"))) == ["false-claim"]
    assert codes(check(section.replace("y = x^n", "y = x^{2n}"))) == ["false-claim"]


@pytest.mark.parametrize(
    ("front", "back", "wrong"),
    [
        ("Let $f(x) = x^2$.", "$f(3) = 9$", "$f(3) = 6$"),
        ("Let $f(x) = x^2$.", "$f'(x) = 2x$", "$f'(x) = x$"),
        ("Let $f(x) = x^2$.", "$f'(3) = 6$", "$f'(3) = 9$"),
        ("Let $f(x) = x^3$.", "$f''(x) = 6x$", "$f''(x) = 6$"),
        ("Let $y = x^2$.", "$y' = 2x$", "$y' = x$"),
        ("Let $y = x^2$ and $x = 3$.", r"$\frac{dy}{dx} = 6$", r"$\frac{dy}{dx} = 9$"),
        ("Let $y = u^2$ and $u = 3x$.", r"$\frac{dy}{dx} = 18x$", r"$\frac{dy}{dx} = 6x$"),
        ("Let $y = u^2$ and $u = 3x$.", r"$\frac{dy}{du} = 6x$", r"$\frac{dy}{du} = 6u^2$"),
        ("Let $L(w) = (w - 1)^2$.", "$L(3) = 4$", "$L(3) = 5$"),
        ("Let $v = [1, 2, 3]$.", "$v_1 + v_3 = 4$", "$v_1 + v_3 = 5$"),
        ("Let $v = [1, 2, 3]$.", r"$v \cdot v = 14$", r"$v \cdot v = 15$"),
        ("Let $v = [1, 2, 3]$.", r"$\sum_{i=1}^{3} v_i = 6$", r"$\sum_{i=1}^{3} v_i = 7$"),
        ("Let $x_1 = 2$ and $x_2 = 5$.", r"$\sum_{i=1}^{2} x_i = 7$", r"$\sum_{i=1}^{2} x_i = 8$"),
        (r"Let $P(a) = 0.3$ and $P(b) = 0.7$.", "$P(a) + P(b) = 1$", "$P(a) + P(b) = 1.1$"),
        ("Let $n = 4$.", r"$\sum_{i=1}^{n} i = 10$", r"$\sum_{i=1}^{n} i = 11$"),
        ("Solve $2x = 6$.", "$x = 3$", "$x = 4$"),
        ("Solve $x^2 = 4$.", "$x = 2$ or $x = -2$", "$x = 2$ or $x = -3$"),
        ("If $x = 3$, what is $x^2$?", "$x^2 = 9$", "$x^2 = 6$"),
        ("The loss?", r"$L = -\ln 0.5 \approx 0.693$", r"$L = -\ln 0.5 \approx 0.694$"),
        (r"Let $\vec{v} = [3, 4]$.", r"$\lVert \vec{v} \rVert = 5$", r"$\lVert \vec{v} \rVert = 7$"),
        ("Let $y = x^2$ and $x = 3$.", "$y = 9$", "$y + 1 = 9$"),
        (r"Let $\sigma(x) = \frac{1}{1 + e^{-x}}$.", r"$\sigma(0) = \frac12$", r"$\sigma(0) = 1$"),
        (
            "The chain rule?",
            r"$\frac{dy}{dx} = \frac{dy}{du} \cdot \frac{du}{dx}$",
            r"$\frac{dy}{dx} = \frac{dy}{du} + \frac{du}{dx}$",
        ),
    ],
)
def test_definitions_bind_what_later_formulas_say(check: Check, front: str, back: str, wrong: str) -> None:
    right = check(note(front=front, back=back))
    assert codes(right) == [], right.findings
    assert Verdict.PROVED in {result.verdict for result in right.results}
    assert "false-claim" in codes(check(note(front=front, back=wrong)))


def test_a_definition_that_nothing_uses_is_an_error(check: Check) -> None:
    report = check(note(front="?", back="$y = x^2$"))
    (finding,) = report.findings
    assert finding.code == "unused-definition"
    assert "defines y" in finding.message


def test_a_definition_that_only_a_bare_formula_uses_is_a_lint(check: Check) -> None:
    report = check(note(front="Let $f(x) = x^2$. Draw $f(x)$.", back="?"))
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("definition-unchecked", Severity.LINT)


def test_a_derivative_of_what_is_not_defined_is_not_read(check: Check) -> None:
    report = check(note(front="?", back=r"$\frac{dy}{dx} = 2x$"))
    assert "y is not defined in this note" in report.findings[0].message


def test_an_unknown_function_is_taken_to_be_any(check: Check) -> None:
    (finding,) = check(note(front="?", back="$f'(x) = 2x$")).findings
    assert finding.code == "false-claim"
    assert "every function" in finding.hint


def test_in_a_lesson_a_definition_holds_up_to_the_next_heading(check: Check) -> None:
    lesson = r"""lesson: |
  | function | derivative |
  |:--|:--|
  | $y = x$ | $\frac{dy}{dx} = 1$ |
  | $y = x^2$ | $\frac{dy}{dx} = 2x$ |

  ## Next

  Then $\frac{dy}{dx} = 2x$.
"""
    report = check(lesson)
    assert codes(report) == ["unreadable-formula"]
    assert report.findings[0].where.line == 11


def test_in_a_lesson_a_value_holds_in_its_paragraph_alone(check: Check) -> None:
    lesson = "lesson: |\n  For $x = 3$ we get\n\n  $$x^2 = 9$$\n\n  But in general $x^2 = 9$.\n"
    report = check(lesson)
    assert [(finding.code, finding.where.line) for finding in report.findings] == [("false-claim", 8)]


def test_a_value_in_a_note_does_not_weaken_its_claims(check: Check) -> None:
    section = note(front="With $x = 3$?", back="$x^2 = 9$", claims='["x**2 == 9"]')
    assert codes(check(section)) == []
    general = note(front="With $x = 3$? $x^2 = 9$", back="Also $(x + 1)^2$.", claims='["(x + 1)**2 == x**2 + 2*x + 1"]')
    assert codes(check(general)) == []


# Bare answers


@pytest.mark.parametrize(
    ("front", "back", "found"),
    [
        (r"Write $2^3 \times 2^2$ as one power.", "$2^5$", []),
        (r"Write $2^3 \times 2^2$ as one power.", "$2^6$", ["unbound-answer"]),
        ("What is $[1, 2] + [3, 4]$?", "$[4, 6]$", []),
        ("What is $[1, 2] + [3, 4]$?", "$[4, 7]$", ["unbound-answer"]),
        (r"As a fraction: $a^{-n}$", r"$\frac{1}{a^n}$, for every a but 0", []),
        (r"As a fraction: $a^{-n}$", r"As a fraction: $\frac{2}{a^n}$", ["unbound-answer"]),
        ("How many?", "$3$", ["unbound-answer"]),
        ("Which symbol?", "$x$", []),
        ("Which operation?", r"$\ln$", []),
        ("What is $2^3$?", "$2^3 = 8$, so $8$ it is", []),
        ("What is $2^4$?", "$2^3 = 8$", ["unbound-question"]),
        ("What does $x^2$ mean?", "A product.", []),
        ("What does $a^n$ mean?", "$a^3 = a a a$, say", []),
        (r"What is $a^n + a^n$?", r"$a^n a^n = a^{2n}$", ["unbound-question"]),
        ("What?", "The chain rule gives $g(x)$ its place.", []),
    ],
)
def test_an_answer_that_is_a_formula_alone_has_to_be_tied(
    check: Check, front: str, back: str, found: list[str]
) -> None:
    report = check(note(front=front, back=back, symbols="{a: nonzero, n: integer}"))
    assert sorted(set(codes(report))) == found


# Problems


PROBLEM = note(
    kind="problem",
    given="{a: 2..5, m: 2..4, n: 2..4}",
    front=r"Write $\val{a}^{\val{m}} \times \val{a}^{\val{n}}$ as one power.",
    answer="a**(m+n)",
    form="power",
    back=r"The exponents add: $\val{m} + \val{n} = \val{m+n}$.",
)


def test_a_problem_is_checked_on_drawn_instances(check: Check) -> None:
    report = check(PROBLEM)
    assert codes(report) == []
    assert verdicts(report) == [
        ("a**(m+n)", "tested"),
        (r"$\val{m} + \val{n} = \val{m+n}$", "tested"),
    ]
    assert report.results[0].detail.startswith("on ")


def test_a_wrong_solution_is_found_with_the_numbers_that_show_it(check: Check) -> None:
    report = check(PROBLEM.replace(r"\val{m+n}", r"\val{m*n}"))
    finding = next(finding for finding in report.findings if finding.code == "false-claim")
    assert "(with a = " in finding.message
    assert finding.where.line == 10


def test_a_wrong_answer_to_a_problem_is_noticed(check: Check) -> None:
    assert "unbound-answer" in codes(check(PROBLEM.replace("answer: 'a**(m+n)'", "answer: a**(m+n+1)")))


def test_a_claim_ties_the_answer_of_a_problem(check: Check) -> None:
    section = note(
        kind="problem",
        given="{c: 2..9}",
        front=r"Derive $\val{c} x^2$.",
        answer="2*c*x",
        symbols="{x: real}",
        claims='["diff(c*x**2, x) == 2*c*x"]',
    )
    assert codes(check(section)) == []
    assert "unbound-answer" in codes(check(section.replace("answer: '2*c*x'", "answer: c*x")))
    assert "false-claim" in codes(check(section.replace("== 2*c*x", "== c*x")))


def test_an_answer_about_code_is_tied_by_running_the_code_and_by_no_formula(check: Check) -> None:
    section = note(
        kind="problem",
        given="{a: 2..4}",
        front="What does this line print?",
        snippet=r"{code: 'print(\val{a} + 1)', prints: '\val{a + 1}'}",
        answer="a + 1",
    )
    assert codes(check(section)) == []


def test_problems_quote_their_templates(check: Check) -> None:
    section = note(
        kind="problem",
        given="{a: 2..4}",
        front=r"What is $\val{a} \equiv 0$?",
        answer="a",
        claims=r"""[{says: '$\val{a} \equiv 0$', holds: "a - a == 0"}]""",
    )
    assert "unreadable-formula" not in codes(check(section))


def test_every_finding_is_reported_at_once_in_source_order(check: Check) -> None:
    report = check("lesson: $1 = 2$\n" + note(front="$2 = 3$", back="$3 = 4$", claims='["1 == 1"]'))
    assert codes(report) == ["false-claim", "false-claim", "false-claim", "empty-claim"]
    assert list(report.findings) == sorted(report.findings)


FORMULAS = st.sampled_from(
    [
        *(
            "$y = x^2$",
            "$x = 3$",
            "$x > 0$",
            "$f(x) = 2x$",
            "$f'(x) = 2$",
            "$x_i = a$",
            "$v = [1, 2]$",
            "$[1, 2]$",
            "$2^5$",
        ),
        *(r"$\frac{dy}{dx} = 2x$", r"$\sum_{i=1}^{n} x_i = 3$", r"$x \times 0^0$", r"$\vec{v} \cdot v \approx 5$"),
        *(r"$\lim_{x \to 0} x = \infty$", r"$a = 1/2x$", r"$x \approx y \implies y = x$", r"$L(w) = \text{mean}(v)$"),
        *(r"$P(a) = 0.3, \quad P(b) = 0.7$", r"$x < 1 \text{ for } 0 < x \approx 1$", "$9^{9^{9^9}} = 1$", "$\\foo$"),
    ]
)
CLAIMS = st.sampled_from(
    [
        "x == 2",
        "diff(y, x) == 2*x",
        "f(2) == 4",
        "sum(x_i, i, 1, n) == 3",
        "v @ v == 5",
        "1 == 1",
        "x ~= 2 where y ~= 3",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    front=st.lists(FORMULAS, max_size=3),
    back=st.lists(FORMULAS, min_size=1, max_size=3),
    claims=st.lists(CLAIMS, max_size=2),
    quoted_formula=st.booleans(),
)
def test_any_note_is_judged(front: list[str], back: list[str], claims: list[str], quoted_formula: bool) -> None:
    def text(source: str) -> Text:
        return Text(source, "one.yaml")

    says = text(back[0]) if quoted_formula else None
    note = BasicNote(
        id="trial",
        first_id="trial",
        where=Position("one.yaml"),
        front=text(" and ".join(front)),
        back=text(" and ".join(back)),
        claims=tuple(Claim(text(claim), says) for claim in claims),
    )
    plan = Plan(scope_of_note(Section("one", "One", Position("one.yaml")), note))
    answers = {question: decide(question, proving=False) for question in plan.questions()}
    outcome = plan.judge(answers)
    assert all(finding.message for finding in outcome.findings)
