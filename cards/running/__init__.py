"""Snippets of a deck, really run: by `refresher check --run-code`, and by nothing else."""

from cards.running.check import CodeReport, run_snippets
from cards.running.isolated import Bounds

__all__ = ["Bounds", "CodeReport", "run_snippets"]
