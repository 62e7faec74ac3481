r"""Problems with fresh numbers: one seed, one instance, the same on every machine.

`draw` makes an instance of a note, `grade_instance` grades what is typed or chosen, `check_problem` finds what is wrong
with the note before a learner does.
"""

from cards.problems.check import check_problem
from cards.problems.choices import Choice
from cards.problems.draw import Instance, draw
from cards.problems.grading import grade_instance

__all__ = ["Choice", "Instance", "check_problem", "draw", "grade_instance"]
