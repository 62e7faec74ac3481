"""Claims: every equation and inequality that a deck displays is read from its LaTeX and checked by machine.

`check_claims` settles each one: proved, tested at many points, false with a counterexample, or unsettled.
What cannot be read is tied to a claim that its author writes, or listed as unchecked with a reason: see docs/claims.md.
"""

from cards.claims.check import check_claims
from cards.claims.report import ClaimReport, ClaimResult
from cards.claims.verdicts import Verdict

__all__ = ["ClaimReport", "ClaimResult", "Verdict", "check_claims"]
