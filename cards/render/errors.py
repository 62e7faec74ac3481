"""What rendering reports, and for which reader a text is rendered."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from cards.findings import Finding


class Target(StrEnum):
    """Who will show the HTML: a browser with MathML, or Anki with its own MathJax and its template language."""

    BROWSER = "browser"
    ANKI = "anki"


class RenderError(Exception):
    """A text that cannot be shown. Holds every error found in it, in source order."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))
