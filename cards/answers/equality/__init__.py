"""Whether two answers mean the same: exactly where it can be, else at telling points, to many digits."""

from cards.answers.equality.comparing import compare
from cards.answers.equality.equations import compare_equations
from cards.answers.equality.outcomes import Comparison
from cards.answers.equality.sets import compare_sets
from cards.answers.equality.value import Approximation, Known, value_of

__all__ = ["Approximation", "Comparison", "Known", "compare", "compare_equations", "compare_sets", "value_of"]
