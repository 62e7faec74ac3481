r"""Displayed LaTeX, read as mathematics: a reader for the part of it that decks use.

Why not SymPy's `parse_latex`: its lark grammar reads neither `a = b = c` nor `\approx`, `n = 3, m = 4`, vectors or
cases, takes 10 to 70 ms a formula, works out `2^3 = 8` while it reads (so no side is left to show), takes e for a
variable, reads `\frac{dy}{dx} = 2x` as false, and gives six readings of f'(g(x)) to choose from. This reader gives one
reading or says at which character it stopped and what to write instead. What two people would read differently
(`1/2x`, `\ln x y`, `2^10`) it does not read at all.
"""

from cards.claims.latex.detection import defined_functions, has_relation
from cards.claims.latex.errors import Unreadable
from cards.claims.latex.statements import Shown, read

__all__ = ["Shown", "Unreadable", "defined_functions", "has_relation", "read"]
