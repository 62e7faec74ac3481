from __future__ import annotations

import pytest

from cards.draft.tex.notation import is_other_notation


@pytest.mark.parametrize(
    ("tex", "other"),
    [
        (r"O\left(n \log \frac{m}{n}\right) = O(n \log m)", True),
        (r"\mathcal{O}(n + 1) = \mathcal{O}(n)", True),
        (r"\Theta(2n) = \Theta(n)", True),
        (r"\gamma(-k) = \gamma(k)", True),
        (r"\phi(-x) = 1 - \phi(x)", True),
        (r"y^{(k)} = y \cdot k", True),
        (r"\theta(t, \theta(s, p)) = \theta(t + s, p)", True),
        (r"e = 0", True),
        (r"\pi = 0.07", True),
        (r"E = \pi = \frac{9}{16}", True),
        # arithmetic
        (r"a(b + c) = ab + ac", False),
        (r"(a + b)^2 = a^2 + b^2", False),
        (r"x^{2 + 3} = x^6", False),
        (r"\log(a + b) = \log(a) + \log(b)", False),
        (r"\lambda(a + b) = \lambda a + b", False),
        (r"e \approx 2.5", False),
        (r"\pi = 22/7", False),
        (r"\pi = 3", False),
        (r"\gcd(2a, b) = \gcd(a, b)", False),
        (r"a(b + 1) = c(b + 1)", False),
        (r"{{{", False),
    ],
)
def test_what_is_no_arithmetic_is_known(tex: str, other: bool) -> None:
    assert is_other_notation(tex) is other
