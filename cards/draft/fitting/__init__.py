"""Drafted notes and lessons fitted, so that the deck made of them passes `refresher check`.

They are tried as a real deck in a temporary folder, so what is said of them is what `check` will say. What fails is
mended by the least that helps, all mends of all notes being tried at once: the weakest domains of its symbols; the
conditions that it displays itself; an `unchecked:` with the checker's reason where it cannot read or settle a formula.
What is false is told with its place on the page, and its note waits with a `todo:`.
"""

from cards.draft.fitting.lessons import LessonFitting, fit_lessons
from cards.draft.fitting.notes import Fitting, fit_notes
from cards.draft.fitting.places import Places
from cards.draft.fitting.trial import Bench
from cards.draft.fitting.whole import clashes, fit_whole

__all__ = ["Bench", "Fitting", "LessonFitting", "Places", "clashes", "fit_lessons", "fit_notes", "fit_whole"]
