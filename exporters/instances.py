"""A problem's ready instances for Anki, where nothing can be drawn: questions, answers and what to compare these with.

They go into one field as JSON, which `anki_assets/problem.js` reads. No character in it means anything to HTML or to
Anki, so that it arrives as it was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards.findings import DeckError
from cards.model import ProblemNote, Section
from cards.problems import Instance
from cards.problems.choosing import choose, combinations
from cards.problems.draw import instance
from cards.problems.names import Combination
from cards.render import Images, RenderError, Target, render
from exporters.comparing import comparing
from exporters.filled import Filled
from exporters.packing import pack

MOST = 30
"""How many instances of a problem a note carries at most."""

_PICTURE = re.compile(r'<img [^>]*src="[^"]+"')
_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*)</p>", re.DOTALL)
_SIGNS = re.compile(r"[&<>]|\[(?=sound:|anki:|latex\]|/latex\]|\$|/\$)")


@dataclass(frozen=True, slots=True)
class Ready:
    """A problem's fields.

    Attributes:
        front: the first instance's question, for where no script runs.
        back: its answer.
        instances: all of them, for the script.
    """

    front: str
    back: str
    instances: str


@dataclass(frozen=True, slots=True)
class _Row:
    """One instance in HTML, and its answers as plain text.

    Attributes:
        right: the answers that are right, the one shown first.
        exact: the answer where that one is rounded, else empty.
        wrong: for each known mistake what is answered, and its hint.
        choices: what can be chosen, the right one first; empty for one that looks like another.
    """

    front: str
    back: str
    right: tuple[str, ...]
    exact: str
    wrong: tuple[tuple[str, str], ...]
    choices: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All of it in one order."""
        wrong = (text for pair in self.wrong for text in pair)
        return (self.front, self.back, *self.right, self.exact, *wrong, *self.choices)


def ready(identity: str, section: Section, note: ProblemNote, images: Images) -> Ready:
    """A problem as Anki shows it.

    Args:
        identity: what tells the note from all others.
        section: its section, whose symbols an answer may hold.
        note: the problem.
        images: where the pictures are.

    Raises:
        DeckError: the first instance cannot be drawn.
        RenderError: it cannot be shown.
    """
    writer = _Writer(note, images)
    drawn = _drawn(note, section)
    first = next(drawn)
    rows = [writer.row(first)]
    kept, questions = [first], {(rows[0].front, rows[0].choices)}
    for each in drawn:
        try:
            row = writer.row(each)
        except (DeckError, RenderError):
            continue  # hundreds were tried out before; one in thousands that still cannot be shown is left out
        if (row.front, row.choices) not in questions:
            questions.add((row.front, row.choices))
            rows.append(row)
            kept.append(each)
        if len(rows) == MOST:
            break
    front = rows[0].front + _listed([writer.choice(choice.markdown) for choice in first.choices])
    pictures = dict.fromkeys(tag for row in rows for text in row.texts if "<img" in text for tag in _pictures(text))
    elsewhere = "".join(f"{tag}>" for tag in pictures if tag not in front + rows[0].back)
    return Ready(front, rows[0].back, _json(identity, note, kept, rows) + elsewhere)


def _drawn(note: ProblemNote, section: Section) -> Iterator[Instance]:
    """The instances of seeds 0, 1, 2 and so on, each combination once, until it is next to sure that no more come."""
    total, misses = combinations(note), 0
    seen: set[Combination] = set()
    for seed in range(100 * MOST):
        drawn = choose(note, seed)
        if drawn in seen:
            misses += 1
            if misses > 40 + 8 * len(seen):
                return
            continue
        seen.add(drawn)
        misses = 0
        yield instance(note, drawn, seed, section.symbols)
        if len(seen) == total:
            return


class _Writer:
    """Renders the instances of one note."""

    def __init__(self, note: ProblemNote, images: Images) -> None:
        self.note = note
        self.images = images
        self.front = Filled(note.front, images)
        self.answer = Filled(note.answer, images, ("$$", "$$"))
        self.worked = Filled(note.back, images) if note.back is not None else None
        self.hints = [Filled(mistake.hint, images) if mistake.hint else None for mistake in note.mistakes]

    def row(self, drawn: Instance) -> _Row:
        """One instance. Raises DeckError or RenderError."""
        back = self.answer.html(drawn.answer_block)
        if drawn.back and self.worked is not None:
            back += f'<div class="worked">{self.worked.html(drawn.back)}</div>'
        exact = str(drawn.answer)
        shown = drawn.answer_text.removesuffix(self.note.unit).rstrip()
        right, wrong = [shown], []
        if self.note.also or self.note.mistakes:
            right += drawn.question.also
            wrong = [
                (str(known.value), hint.html(known.hint) if hint is not None else "")
                for known, hint in zip(drawn.question.mistakes, self.hints, strict=True)
            ]
        choices = [""] * (len(wrong) + 1) if drawn.choices else []
        for choice in drawn.choices:
            choices[0 if choice.mistake is None else choice.mistake + 1] = self.choice(choice.markdown)
        return _Row(
            self.front.html(drawn.front),
            back,
            tuple(right),
            exact if exact != shown else "",
            tuple(wrong),
            tuple(choices),
        )

    def choice(self, markdown: str) -> str:
        """What can be chosen, as part of a line. Raises RenderError."""
        html = render(markdown, Target.ANKI, images=self.images)
        paragraph = _PARAGRAPH.fullmatch(html)
        return paragraph[1] if paragraph else html


def _listed(choices: Sequence[str]) -> str:
    """Choices to read where no script makes buttons of them."""
    items = "".join(f"<li>{choice}</li>" for choice in choices)
    return f'\n<ol class="choices">{items}</ol>' if items else ""


def _pictures(html: str) -> list[str]:
    return _PICTURE.findall(html)


def _json(identity: str, note: ProblemNote, drawn: Sequence[Instance], rows: Sequence[_Row]) -> str:
    """All instances in one line."""
    parts, columns = pack([row.texts for row in rows])
    rest = iter(parts)
    front, back = next(rest), next(rest)
    content: dict[str, object] = {"id": identity, **comparing(note, drawn), "front": front, "back": back}
    content["right"] = [next(rest) for _ in rows[0].right]
    exact = next(rest)
    if exact:
        content["exact"] = exact
    wrong = [(next(rest), next(rest)) for _ in rows[0].wrong]
    if wrong:
        content["wrong"] = wrong
    choices = list(rest)
    if choices:
        content["choices"] = choices
    text = json.dumps({**content, "rows": columns}, ensure_ascii=False, separators=(",", ":"))
    return _SIGNS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
