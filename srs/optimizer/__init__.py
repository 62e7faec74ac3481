"""FSRS parameters from one's own history: fitted, measured on what was held out, shown before anything is changed."""

from __future__ import annotations

from srs.optimizer.fitting import fit
from srs.optimizer.material import Answer, History, Material, material
from srs.optimizer.scoring import CalibrationBin, Scores, predictions, scores
from srs.optimizer.weighing import LEAST_ANSWERS, LEAST_HELD_OUT, Decision, Weighed, Weighing, weigh

__all__ = [
    "LEAST_ANSWERS",
    "LEAST_HELD_OUT",
    "Answer",
    "CalibrationBin",
    "Decision",
    "History",
    "Material",
    "Scores",
    "Weighed",
    "Weighing",
    "fit",
    "material",
    "predictions",
    "scores",
    "weigh",
]
