"""What `check_claims` hands back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cards.claims.verdicts import Verdict
from cards.findings import Finding, Position


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """What became of one displayed formula or one claim.

    Attributes:
        where: the formula's or claim's place.
        formula: the formula with its dollars, or the claim in the small language.
        verdict: the verdict.
        detail: how it was found, or the counterexample.
        note_id: the note's id, or the section's for a lesson.
    """

    where: Position
    formula: str
    verdict: Verdict
    detail: str = ""
    note_id: str = ""


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """Every formula that says something, every claim, and what is wrong.

    Attributes:
        results: in source order.
        findings: errors and lints, in source order.
    """

    results: tuple[ClaimResult, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many results there are of each verdict, zeros included."""
        found = Counter(result.verdict for result in self.results)
        return {verdict: found[verdict] for verdict in Verdict}
