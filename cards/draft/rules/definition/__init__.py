r"""The rule `definition`: sentences that say what something is, and what something is called."""

from __future__ import annotations

import re

from cards.draft.candidate import Candidate, Rule, Unit
from cards.draft.page import Box, Item, Paragraph
from cards.draft.rules.around import STATEMENT
from cards.draft.rules.definition.headed import fragment_under, labelled, told
from cards.draft.rules.definition.sentences import NAME, called, defined, marked, of_heading
from cards.draft.rules.phrases import STRONG, Line, prose_line

__all__ = ["RULE", "defined"]

_ASIDE = frozenset({"proof", "solution", "exercise", "answer", "example"})
_LONGEST = 700  # characters of a sentence


def _apply(unit: Unit) -> tuple[Candidate, ...]:
    if isinstance(unit.box, Box) and unit.box.kind in _ASIDE:
        return ()
    match unit.part:
        case Item(blocks=(Paragraph() as paragraph, *_)):
            pass
        case Paragraph() as paragraph if unit.item is None or unit.item.blocks[0] is not paragraph:
            pass
        case _:
            return ()
    line = prose_line(paragraph)
    begins = re.match(STRONG, line.text)
    if begins and STATEMENT.match(line.inner(begins[0]).text):
        return ()  # the rule for boxes knows more of it
    what = labelled(unit, line)
    if what is not None:
        return (what,)
    sentences = _without_run_in(line).sentences()
    made = (_of_sentence(unit, said, at, len(sentences)) for at, said in enumerate(sentences))
    return tuple(candidate for candidate in made if candidate is not None)


def _without_run_in(line: Line) -> Line:
    """A paragraph without the bold heading that runs in before its first sentence."""
    found = re.match(rf"^({STRONG})\s+(?=\S)", line.text)
    return line.cut(found.end()) if found and line.inner(found[1]).text.endswith((".", ":")) else line


def _of_sentence(unit: Unit, said: Line, at: int, count: int) -> Candidate | None:
    if said.text.endswith("?") or len(said.text) > _LONGEST:
        return None
    last = at == count - 1 and isinstance(unit.part, Paragraph)
    made = marked(unit, said, last=last) or called(unit, said)
    if made is None and at == 0 and isinstance(unit.part, Paragraph):
        made = told(unit, said) or of_heading(unit, said, last=last) or fragment_under(unit, said, last=last)
    return made


RULE = Rule(
    name=NAME,
    about=(
        "A sentence that says what a bold term is (or what its heading names) asks what it is; one that gives a thing"
        " its name leaves the name out."
    ),
    example="A **vector** is a list of numbers.\n",
    apply=_apply,
)
