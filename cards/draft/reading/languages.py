"""Names of languages in which pages write code cells, and of those in which they write diagrams."""

from __future__ import annotations

_LANGUAGES = """
python python3 py ipython ipython3 r julia ojs sql bash sh shell js javascript ts typescript c cpp rust go java scala
haskell octave matlab sas stan ruby perl lua swift kotlin maxima sage coq lean text console pycon
"""
LANGUAGES = frozenset(_LANGUAGES.split())
"""Languages that stand in braces: `{python}`, `{r, echo=FALSE}`."""

_DIAGRAMS = "mermaid plantuml graphviz dot d2 tikz ditaa vega vega-lite wavedrom excalidraw kroki"
DIAGRAMS = frozenset(_DIAGRAMS.split())
"""Languages in which a picture is described, not code."""
