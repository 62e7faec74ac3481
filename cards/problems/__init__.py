r"""Problems with fresh numbers: one seed, one instance, the same on every machine.

`draw` makes an instance of a note, `check_problem` finds what is wrong with the note before a learner does.
"""

from cards.problems.check import check_problem
from cards.problems.draw import Instance, draw

__all__ = ["Instance", "check_problem", "draw"]
