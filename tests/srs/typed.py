"""A deck of problems, one of each kind, and what makes trouble when it is typed."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.srs.study import Notes

PROBLEMS: Notes = {
    "one": [
        "{id: plain, kind: basic, front: What?, back: That.}",
        "{id: double, kind: problem, given: {x: 2..9}, front: 'Double $\\val{x}$.', answer: 2*x,"
        " mistakes: [{answer: x**2 + 100, hint: 'You squared $\\val{x}$ and more.'}]}",
        "{id: power, kind: problem, given: {m: 2..9}, front: 'Write $3^{\\val{m}} \\cdot 3$ as one power.',"
        " answer: 3**(m+1), form: power}",
        "{id: half, kind: problem, given: {x: 1..9}, front: 'Half of $\\val{x}$, as a decimal.', answer: x/2}",
        "{id: slope, kind: problem, given: {n: 2..9}, symbols: {x: real}, front: 'Differentiate $x^{\\val{n}}$.',"
        " answer: n*x**(n-1)}",
        "{id: vector, kind: problem, given: {a: 1..9}, front: 'Add $[\\val{a}, 1]$ and $[1, 1]$.', answer: '[a+1, 2]'}",
        "{id: chosen, kind: problem, given: {x: 2..9}, front: 'Triple $\\val{x}$.', answer: 3*x, choose: true,"
        " mistakes: [{answer: x + 30, hint: 'You added thirty.'}, {answer: 2*x, hint: 'That is twice.'}]}",
        "{id: word, kind: problem, front: 'What colour is the sky?', answer: blue, takes: text}",
        "{id: code, kind: problem, given: {x: 2..9}, symbols: {v: vector}, front: 'The mean of `v` times $\\val{x}$?',"
        " answer: 'x * sum(v) / len(v)', takes: python}",
        "{id: solve, kind: problem, given: {a: 2..9}, symbols: {x: real}, front: 'Where is $x > \\val{a}$?',"
        " answer: '(a, oo)', takes: set}",
        "{id: line, kind: problem, given: {a: 2..9}, symbols: {x: real, y: real},"
        " front: 'The line through $0$ of slope $\\val{a}$?', answer: y == a*x, takes: equation}",
        "{id: speed, kind: problem, given: {a: 2..9}, front: '$\\val{a}$ m in 1 s?', answer: a, unit: m/s}",
    ],
}
"""Every way of asking; `small/plain/forward` asks for nothing typed."""

TYPED = ("double", "power", "half", "slope", "vector", "word", "code", "solve", "line", "speed")

HOSTILE: tuple[str, ...] = (
    "",
    " ",
    "\x00",
    "2\x003",
    "\ud800",
    "a\udfffb",
    "\ufffd\ufffe\uffff",
    "\u202e6",
    "é" * 499,
    "𝟙𝟚𝟛",
    "٣",
    "1" * 499,
    "9" * 5000,
    "9**9**9**9**9",
    "9^9^9^9^9",
    "10^(10^(10^10))",
    "(-1)^(1/0)",
    "1/0",
    "0^0",
    "0/0",
    "1e999999999",
    "-" * 499,
    "(" * 499,
    ")" * 499,
    "(" * 249 + "1" + ")" * 249,
    "[" * 499,
    "[[[[]]]]",
    "{" * 499,
    "|" * 499,
    "√" * 499,
    "\\frac" * 99,
    "\\frac{1}{" * 60,
    "\\sqrt[" * 80,
    "\\left(" * 80,
    "\\begin{pmatrix}" * 30,
    "\\input{/etc/passwd}",
    "$" * 499,
    "$$x$$",
    "`" * 499,
    "```x",
    "factorial(999999999)",
    "99999!!!!!!",
    "sum(k, k, 1, 10**9)",
    "diff(x**x**x**x, x)",
    "exp(exp(exp(exp(100))))",
    "sin(10^400)",
    "ln(ln(ln(0)))",
    "sqrt(-1)^sqrt(-1)^sqrt(-1)",
    "x" * 499,
    "2x" * 249,
    "=" * 499,
    "1=1=1=1",
    "x<" * 249,
    "{1, 2, " * 70,
    "(0, 1] ∪ " * 55,
    "∞ - ∞",
    "i^i^i^i",
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "lambda: 0",
    "[x for x in v for y in v for z in v]",
    "sum(x*x for x in v)" * 20,
    "v[0]" * 100,
    "v[10**10]",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "%s%n%x",
    "'; DROP TABLE events; --",
    "a",
    "z",
    "A",
    "½½½",
    "x²³⁴",
    "⁻¹",
    "1,2,3,,,,",
    "1;2;3",
    ",",
    "50%%%%",
    "5 m/s m/s",
    "\n" * 499,
    "1\n2",
    "\r\n\t\v\f",
)
"""What people and programs type that nobody meant to be typed."""

_SIGNS = "0123456789.,;+-*/^()[]{}|=<>!%√½²³⁻·×÷−π∞∪∈≤≥≠$\\`\"'_ \x00xvniec"
_WORDS = [
    r"**",
    r"\frac{",
    r"\sqrt",
    r"\cdot",
    r"sqrt",
    r"ln",
    r"sin",
    r"exp",
    r"sum(",
    r"diff(",
    r"10^",
    r"9**9",
    r"e^",
    r"\left(",
    r"\right)",
    r"for",
    r"in",
    r"len(",
    r"inf",
    r"mod",
]
_PIECES = st.sampled_from([*_SIGNS, *_WORDS, " for ", " in "])
anything_typed = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(_PIECES, max_size=60).map("".join),
    st.text(max_size=80),
    st.text(st.characters(codec="utf-8"), min_size=480, max_size=520),
)
"""Texts that look like mathematics, and texts that look like nothing."""
