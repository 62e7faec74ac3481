r"""A deck as a document of questions and answers, section by section, to read, to print and to send.

`refresher draft` reads the questions and answers back (the rule `question`), apart from emphasis. Most stand as
**Q:** and **A:** paragraphs; one with more than a line of text, as a display formula or a list, stands in a box that
Obsidian folds and everything else shows as a quotation. A plot is told by its alt text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cards.cloze import Gap, parse_cloze
from cards.draft.markdown import markdown_of
from cards.draft.page import Words
from cards.model import BasicNote, ClozeNote, CodeUse, Deck, Note, ProblemNote, ReversedNote, Section
from cards.problems import draw
from cards.render.markdown import parse_markdown

GAP = "[…]"
GAP_IN_FORMULA = r"\square"

_PLOT = re.compile(r"!\[([^\]]*)\]\(plot:[^)\s]*\)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,5} ")
_SIGN = re.compile(r"\\.|\$\$?|`+", re.DOTALL)
_TAG = re.compile(
    r"(?:\\.|(?<!`)(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)"  # what stays as it is: escapes, code,
    r"|\$\$(?:[^$\\]|\\.)+\$\$|(?<!\d)\$(?![\s$])(?:[^$\\]|\\.)+?(?<!\s)\$(?!\d)"  # formulas
    r"|<(?:https?://|mailto:)[^\s<>]*>)"  # and addresses
    r"|(?P<tag><(?=[A-Za-z/!?]))",
    re.DOTALL,
)
_LABEL = re.compile(r"(?:Q|A|C|Question|Answer|Ans|Solution)\s*\d*\s*[:.)]", re.IGNORECASE)


def write_markdown(deck: Deck, *, lessons: bool = False, seed: int = 0) -> bytes:
    """The deck as a Markdown document.

    Args:
        deck: a deck without errors.
        lessons: with each section's lesson before its questions.
        seed: chooses the numbers of problems.

    Raises:
        DeckError: a problem has no instance.
    """
    blocks = [f"# {_words(deck.title)}"]
    if deck.description:
        blocks.append(_words(deck.description))
    for section in deck.sections:
        blocks.append(f"## {_words(section.title)}")
        if lessons and section.lesson is not None:
            blocks.append(_lesson(section))
        for note in section.notes:
            for asked in asked_of(note, seed):
                blocks += asked.blocks()
            blocks += _further(note)
    return ("\n\n".join(block.strip("\n") for block in blocks) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its answer, as Markdown without line breaks at its ends, or in a paragraph that stands alone.

    Attributes:
        front: the question.
        back: the answer.
        worked: a problem's worked solution, which follows the answer.
    """

    front: str
    back: str
    worked: str = ""

    def blocks(self) -> Iterator[str]:
        """The blocks of the document."""
        if _is_line(self.front) and _is_line(self.back) and not self.back.endswith(":"):
            yield f"**Q:** {self.front}"
            yield f"**A:** {self.back}"
        else:
            answer = _quoted(f"[!answer]\n{self.back}")
            yield _quoted(f"[!question]\n{self.front}\n\n{answer}")
        if self.worked:
            yield f"*Solution:* {self.worked}"


def asked_of(note: Note, seed: int) -> Iterator[Asked]:
    """A note's questions: one for a reversed note, one for each part of a cloze. Raises DeckError as problems do."""
    match note:
        case BasicNote() | ReversedNote():
            yield Asked(_text(note.front.source), _text(note.back.source))
        case ClozeNote():
            for part in note.parts:
                yield _gap_asked(note.text.source, part)
        case ProblemNote():
            instance = draw(note, seed)
            choices = "".join(f"\n- {choice.markdown}" for choice in instance.choices)
            front = f"{instance.front}\n{choices}" if choices else instance.front
            yield Asked(_text(front), _text(instance.answer_markdown), _text(instance.back or ""))


def _gap_asked(source: str, name: str) -> Asked:
    """A cloze text with one part left out; the answer is what was in it."""
    front, back = [], []
    for piece in parse_cloze(source):
        if not isinstance(piece, Gap) or piece.name != name:
            front.append(piece.text)
            continue
        inside = _in_formula(source[: piece.start])
        front.append(GAP_IN_FORMULA if inside else GAP)
        back.append(f"${piece.text}$" if inside else piece.text)
    return Asked(_text("".join(front)), _text(", ".join(dict.fromkeys(back))))


def _in_formula(before: str) -> bool:
    """Whether a formula is open at the end of a text."""
    fence = ""
    for sign in _SIGN.finditer(before):
        if fence:
            fence = "" if sign[0] == fence else fence
        elif sign[0][0] in "$`":
            fence = sign[0]
    return fence.startswith("$")


def _text(source: str) -> str:
    """A text without line breaks at its ends, and in one line if it is one paragraph."""
    source = _without_tags(source)
    return " ".join(source.split()) if _is_paragraph(source) else source.strip("\n")


def _without_tags(source: str) -> str:
    """A text whose HTML is shown as it is written, as in a deck: other tools would read it."""
    if "<" not in source:
        return source
    code = {
        line
        for token in parse_markdown(source)
        if token.type in ("fence", "code_block") and token.map
        for line in range(*token.map)
    }
    parts: list[tuple[bool, list[str]]] = []
    for number, line in enumerate(source.split("\n")):
        if not parts or parts[-1][0] != (number in code):
            parts.append((number in code, []))
        parts[-1][1].append(line)
    joined = (("\n".join(lines), kept) for kept, lines in parts)
    return "\n".join(
        text if kept else _TAG.sub(lambda found: "&lt;" if found["tag"] else found[0], text) for text, kept in joined
    )


def _is_paragraph(source: str) -> bool:
    tokens = parse_markdown(source)
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return False
    return not {child.type for child in tokens[1].children or ()} & {"math_inline_double", "hardbreak"}


def _is_line(text: str) -> bool:
    """Whether a text can stand behind a label."""
    return _is_paragraph(text) and not _LABEL.match(text)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _further(note: Note) -> Iterator[str]:
    """What is shown with the answer."""
    if note.why is not None:
        why = _text(note.why.source)
        yield f"*Why:* {why}" if _is_line(why) else f"*Why:*\n\n{why}"
    if note.plot is not None:
        yield f"*Picture: {_words(note.plot.alt or ', '.join(note.plot.functions))}*"
    for use in note.code:
        yield from _code(use)


def _code(use: CodeUse) -> Iterator[str]:
    fence = "```" if "```" not in use.line.source else "~~~~"
    yield f"*In* `{use.file}`, {_words(use.symbol)}:"
    yield f"{fence}{use.language}\n{use.line.source.strip(chr(10))}\n{fence}"
    if use.does is not None:
        yield _without_tags(use.does.source)


def _lesson(section: Section) -> str:
    """A section's lesson, its headings one level below the section's."""
    source = _PLOT.sub(r"*Picture: \1*", _without_tags(section.lesson.source) if section.lesson is not None else "")
    lines, fence = [], ""
    for line in source.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        lines.append(f"#{line}" if not fence and _HEADING.match(line) else line)
    return "\n".join(lines)


def _words(text: str) -> str:
    """Plain words as Markdown that shows them."""
    return markdown_of((Words(" ".join(text.split())),))
