"""The part of docs/drafting.md that tells of the rules: each with what it says of itself and its example, drafted.

`python -m tests.cards.draft.rules_in_docs` writes it; a test holds the page to it.
"""

from __future__ import annotations

import re
import tempfile
import textwrap
from pathlib import Path

from cards.draft.candidate import Rule
from cards.draft.drafted import Options
from cards.draft.drafting import draft
from cards.draft.reading import read_page
from cards.draft.rules import RULES
from cards.writing import note_yaml

DOCS = Path(__file__).parents[3] / "docs" / "drafting.md"
_BETWEEN = re.compile(r"(<!-- rules: [^\n]* -->\n).*(<!-- end of rules -->\n)", re.DOTALL)


def described(rule: Rule) -> str:
    """A rule as the page tells of it."""
    notes = "".join(re.sub(r"^    drafted: .*\n", "", note, flags=re.MULTILINE) for note in drafted(rule))
    ticks = "````" if "```" in rule.example else "```"
    return (
        f"### {rule.name}\n\n{textwrap.fill(rule.about, 120)}\n\n"
        f"{ticks}markdown\n{rule.example.strip()}\n{ticks}\n\nbecomes\n\n```yaml\n{notes}```\n"
    )


def drafted(rule: Rule) -> list[str]:
    """The notes that a rule makes of its example, as the deck has them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.md"
        path.write_text(rule.example, encoding="utf-8")
        made = draft([read_page(path, "example.md")], RULES, Options(rules=(rule.name,)))
    return [note_yaml(note.data) for note in made.notes]


def page_with(rules: str) -> str:
    """docs/drafting.md with that part."""
    return _BETWEEN.sub(lambda found: f"{found[1]}\n{rules}\n{found[2]}", DOCS.read_text(encoding="utf-8"))


def main() -> None:
    """Write the part."""
    DOCS.write_text(page_with("\n".join(map(described, RULES))), encoding="utf-8")


if __name__ == "__main__":
    main()
