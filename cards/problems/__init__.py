r"""Problems with fresh numbers: one seed, one instance, the same on every machine.

`draw` makes an instance of a note. What compares answers is in modules of its own, since it takes a while to load:
`grading.grade_instance` grades what is typed or chosen, `check.check_problem` finds what is wrong with a note before a
learner does.
"""

from cards.problems.choices import Choice
from cards.problems.draw import Instance, draw

__all__ = ["Choice", "Instance", "draw"]
