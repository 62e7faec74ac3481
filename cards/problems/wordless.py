r"""A problem without its words: what it draws, asks and answers, and of its texts the formulas with a `\val` in them.

Problems that differ in their words alone have the same of it, so that what is found in one is known of them all. Places
in it lead back to those in the note.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import groupby

from cards.findings import Finding, Position
from cards.model import Derived, Mistake, Parameter, ProblemNote, Snippet, Text
from cards.problems.template import TemplateError, Zone, find_vals

Pieces = tuple[tuple[int, int], ...]
"""Where pieces of a text begin: in it, and in the text that they are taken from."""


@dataclass(frozen=True, slots=True)
class Wordless:
    """A problem without its words. Two of them are equal if nothing that is checked tells them apart.

    Attributes:
        says: all that it says.
        note: the same as a note, each of whose texts is a file of its own.
        symbols: those that its section declares, with their domains.
    """

    says: tuple[object, ...]
    note: ProblemNote = field(compare=False)
    symbols: tuple[tuple[str, str], ...] = field(compare=False)


class Reduction:
    """A note, and the same without its words.

    Args:
        note: the problem.
        symbols: those that its section declares, with their domains.
    """

    def __init__(self, note: ProblemNote, symbols: tuple[tuple[str, str], ...]) -> None:
        self._places: dict[str, Position] = {}
        self._texts: dict[str, tuple[Text, Text, Pieces]] = {}
        reduced = replace(
            note,
            id="tried",
            first_id="tried",
            where=self._place("note", note.where),
            why=None,
            code=(),
            plot=None,
            claims=(),
            unchecked=(),
            drafted=None,
            parameters=tuple(map(self._parameter, note.parameters)),
            derived=tuple(map(self._derived, note.derived)),
            constraints=tuple(self._kept("where", each) for each in note.constraints),
            front=self._reduced("front", note.front),
            answer=self._kept("answer", note.answer),
            also=tuple(self._kept("also", each) for each in note.also),
            mistakes=tuple(map(self._mistake, note.mistakes)),
            snippet=self._snippet(note.snippet) if note.snippet is not None else None,
            back=self._reduced("back", note.back) if note.back is not None else None,
        )
        numbers = tuple((each.name, each.written or each.values, each.size, each.drawn) for each in note.parameters)
        keys = (note.takes, note.form, note.tolerance, note.unit, note.choose, note.allow, note.symbols, symbols)
        names = tuple(each.name for each in note.derived)
        texts = tuple((name, text.source) for name, (_, text, _) in self._texts.items())
        self.wordless = Wordless((numbers, names, keys, texts), reduced, symbols)

    def back(self, finding: Finding) -> Finding:
        """A finding about the problem without its words as one about the note."""
        where = finding.where
        if where.file in self._places:
            return replace(finding, where=self._places[where.file])
        text, reduced, pieces = self._texts[where.file]
        rows = reduced.source.splitlines(keepends=True)
        offset = sum(map(len, rows[: where.line - 1])) + where.column - 1
        begun = bisect_right(pieces, offset, key=lambda piece: piece[0]) - 1
        offset = offset - pieces[begun][0] + pieces[begun][1] if begun >= 0 else 0
        return replace(finding, where=text.at(offset))

    def _place(self, name: str, where: Position) -> Position:
        name = f"{name} {len(self._places)}"
        self._places[name] = where
        return Position(name)

    def _kept(self, name: str, text: Text) -> Text:
        """A text as it is."""
        return self._text(name, text, text.source, ((0, 0),))

    def _reduced(self, name: str, text: Text) -> Text:
        r"""What of a text has a `\val` in it; all of it, if that cannot be told."""
        try:
            source, pieces = _with_vals(text.source)
            same = [val.source for val in find_vals(source)] == [val.source for val in find_vals(text.source)]
        except TemplateError:
            same = False
        return self._text(name, text, source, pieces) if same else self._kept(name, text)

    def _text(self, name: str, text: Text, source: str, pieces: Pieces) -> Text:
        name = f"{name} {len(self._texts)}"
        rows = source.count("\n") + 1
        reduced = Text(source, name, tuple((row, 1) for row in range(1, rows + 1)))
        self._texts[name] = (text, reduced, pieces)
        return reduced

    def _parameter(self, parameter: Parameter) -> Parameter:
        choices = tuple(self._kept("choice", each) for each in parameter.choices)
        return replace(parameter, where=self._place("given", parameter.where), choices=choices)

    def _derived(self, derived: Derived) -> Derived:
        return Derived(derived.name, self._kept("let", derived.value), self._place("let", derived.where))

    def _mistake(self, mistake: Mistake) -> Mistake:
        hint = self._reduced("hint", mistake.hint) if mistake.hint is not None else None
        return Mistake(self._kept("mistake", mistake.answer), hint)

    def _snippet(self, snippet: Snippet) -> Snippet:
        return Snippet(self._kept("code", snippet.code), self._kept("prints", snippet.prints))


def _with_vals(template: str) -> tuple[str, Pieces]:
    r"""The formulas and pieces of code with a `\val` in them, and the `\val`s of plain text. Raises TemplateError."""
    source, pieces = "", []
    for _, group in groupby(find_vals(template), key=lambda val: (val.zone, val.around)):
        vals = list(group)
        if vals[0].zone is Zone.PLAIN:
            spans = [(val.offset, val.end) for val in vals]
        else:
            start, end = vals[0].around
            fence = 1
            while template[start - fence - 1 : start - fence] == template[start - 1]:
                fence += 1
            spans = [(start - fence, end + fence)]
        for start, end in spans:
            pieces.append((len(source), start))
            source += template[start:end] + "\n"
    return source, tuple(pieces)
