"""A problem's ready instances for Anki, where nothing can be drawn: questions, answers and what to compare these with.

They go into one field as JSON, which `anki_assets/problem.js` reads. No character in it means anything to HTML or to
Anki, so that it arrives as it was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cards.findings import DeckError
from cards.model import ProblemNote, Section
from cards.problems import Instance
from cards.problems.choosing import choose, combinations
from cards.problems.draw import instance
from cards.problems.names import Combination
from cards.problems.wordless import Reduction, Wordless
from cards.render import Images, RenderError, Target, render
from exporters.comparing import comparing
from exporters.filled import Filled
from exporters.packing import pack

MOST = 24
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
    writer = _Writer(note, section, images)
    drawn = _drawn(note)
    first = instance(note, *next(drawn), section.symbols)
    rows = [writer.row(first)]
    kept, questions = [first], {(rows[0].front, rows[0].choices)}
    for combination, seed in drawn:
        try:
            made, row = writer.again(combination, seed)
        except (DeckError, RenderError):
            continue  # hundreds were tried out before; one in thousands that still cannot be shown is left out
        if (row.front, row.choices) not in questions:
            questions.add((row.front, row.choices))
            rows.append(row)
            kept.append(made)
        if len(rows) == MOST:
            break
    front = rows[0].front + _listed([writer.choice(choice.markdown) for choice in first.choices])
    pictures = dict.fromkeys(tag for row in rows for text in row.texts if "<img" in text for tag in _pictures(text))
    elsewhere = "".join(f"{tag}>" for tag in pictures if tag not in front + rows[0].back)
    return Ready(front, rows[0].back, _json(identity, note, kept, rows) + elsewhere)


def _drawn(note: ProblemNote) -> Iterator[tuple[Combination, int]]:
    """What the seeds 0, 1, 2 and so on draw, each combination once, until it is next to sure that no more come."""
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
        yield drawn, seed
        if len(seen) == total:
            return


class _Writer:
    """Renders the instances of one note.

    Args:
        note: the note.
        section: its section.
        images: where the pictures are.
    """

    def __init__(self, note: ProblemNote, section: Section, images: Images) -> None:
        self.note = note
        self.section = section
        self.images = images
        self.wordless = Reduction(note, section.symbols).wordless
        bare = self.wordless.note
        self.front = Filled(note.front, images, wordless=bare.front)
        self.answer = Filled(note.answer, images, ("$$", "$$"))
        self.worked = Filled(note.back, images, wordless=bare.back) if note.back is not None else None
        self.hints = [
            Filled(mistake.hint, images, wordless=same.hint) if mistake.hint else None
            for mistake, same in zip(note.mistakes, bare.mistakes, strict=True)
        ]

    def again(self, drawn: Combination, seed: int) -> tuple[Instance, _Row]:
        """Another instance, once one was rendered: from what other notes have of it, if they differ in words alone.

        Raises:
            DeckError, RenderError: there is none with these values.
        """
        if self.note.snippet is None:
            bare = _bare(self.wordless, drawn)
            row = self._row(bare, Filled.html_of_wordless)
            if row is not None:
                return bare, row
        made = instance(self.note, drawn, seed, self.section.symbols)
        return made, self.row(made)

    def row(self, drawn: Instance) -> _Row:
        """One instance. Raises DeckError or RenderError."""
        row = self._row(drawn, Filled.html)
        if row is None:
            raise AssertionError("a whole text always has its HTML")
        return row

    def _row(self, drawn: Instance, html_of: Callable[[Filled, str], str | None]) -> _Row | None:
        """One instance, each of its texts rendered by `html_of`; None if one of them cannot be rendered so."""
        back = self.answer.html(drawn.answer_block)
        texts = [html_of(self.front, drawn.front)]
        if drawn.back and self.worked is not None:
            texts.append(html_of(self.worked, drawn.back))
        rounded = drawn.answer_latex.startswith(r"\approx")
        shown = drawn.answer_text.removesuffix(self.note.unit).rstrip()
        right, wrong = [shown], []
        if self.note.also or self.note.mistakes:
            right += drawn.question.also
            hints = [
                html_of(hint, known.hint) if hint is not None else ""
                for known, hint in zip(drawn.question.mistakes, self.hints, strict=True)
            ]
            wrong = [(str(known.value), hint or "") for known, hint in zip(drawn.question.mistakes, hints, strict=True)]
            texts += hints
        if None in texts:
            return None
        if drawn.back:
            back += f'<div class="worked">{texts[1]}</div>'
        choices = [""] * (len(wrong) + 1) if drawn.choices else []
        for choice in drawn.choices:
            choices[0 if choice.mistake is None else choice.mistake + 1] = self.choice(choice.markdown)
        front = texts[0] or ""
        return _Row(front, back, tuple(right), str(drawn.answer) if rounded else "", tuple(wrong), tuple(choices))

    def choice(self, markdown: str) -> str:
        """What can be chosen, as part of a line. Raises RenderError."""
        html = render(markdown, Target.ANKI, images=self.images)
        paragraph = _PARAGRAPH.fullmatch(html)
        return paragraph[1] if paragraph else html


SHARED = 200
"""How many combinations are remembered for notes that differ in their words alone."""


def _bare(problem: Wordless, drawn: Combination) -> Instance:
    """An instance of a problem without its words. Raises DeckError if there is none."""
    known = _instances(problem)
    found = known.get(drawn)
    if found is None:
        found = instance(problem.note, drawn, 0, problem.symbols)
        if len(known) < SHARED:
            known[drawn] = found
    return found


@lru_cache(maxsize=64)
def _instances(problem: Wordless) -> dict[Combination, Instance]:  # noqa: ARG001 - the key of what is remembered
    return {}


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
