"""Notes checked, and mended where a small mend lets them pass: domains, exemptions with a reason; else a `todo`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cards.claims import ClaimResult, Verdict
from cards.draft.candidate import Sure
from cards.draft.drafted import Data
from cards.draft.fitting.exempt import DEFINES, flat, not_judged, with_unchecked
from cards.draft.fitting.kinds import Kind, is_to_solve, kind_of
from cards.draft.fitting.mends import Mend, kinds_in, lower_of, mends_of
from cards.draft.fitting.places import Places
from cards.draft.fitting.trial import Bench, Tried
from cards.findings import Finding, Position, Severity

_ASKS_NOTHING = frozenset({"equation", "inline-equation"})
"""Rules whose notes ask for the other side of an equation: of one that is to be solved, there is nothing to ask."""


@dataclass(slots=True)
class Fitting:
    """A note on its way.

    Attributes:
        data: the note as it stands.
        rule: the rule that made it.
        sure: how sure it is of the note.
        page: the page's name.
        line: the page's line.
        remark: what the coverage table says of it.
        dropped: why no note is made of it after all.
        findings: what is to be said of the page.
        context: the words before it on the page.
    """

    data: Data
    rule: str
    sure: Sure
    page: str
    line: int
    remark: str = ""
    dropped: str = ""
    findings: list[Finding] = field(default_factory=list)
    context: str = ""

    def lower(self, most: Sure) -> None:
        """Be no surer than that."""
        self.sure = lower_of(self.sure, most)

    def wait(self, todo: str) -> None:
        """Let the note want its author's eye."""
        self.data = {**self.data, "todo": str(self.data.get("todo") or todo)}


def fit_notes(notes: Sequence[Fitting], bench: Bench, places: Places) -> None:
    """Check the notes and mend them; see the package."""
    tried, _ = bench.try_all([note.data for note in notes])
    wrong = [(note, found) for note, found in zip(notes, tried, strict=True) if found.errors]
    for note, found in zip(notes, tried, strict=True):
        if not found.errors:
            note.data = with_unchecked(note.data, not_judged(found))
            if any(lint.code == "unbound-answer" for lint in found.lints):
                note.lower(Sure.MEDIUM)
    mends = [list(mends_of(note.data, found, note.context)) for note, found in wrong]
    tries = _tried(mends, bench)
    # What is exempted uses no definition any more: those that are left over are exempted too.
    second = _tried([[again] if (again := _once_more(each)) else [] for each in tries], bench)
    for (note, found), first, then in zip(wrong, tries, second, strict=True):
        good = next((mend for mend, outcome in [*first, *then] if not outcome.errors), None)
        if good is not None:
            _take(note, good, found, places)
        else:
            _give_up(note, found, places)
    _only_what_loads(notes, bench)


def _tried(mends: Sequence[Sequence[Mend]], bench: Bench) -> list[list[tuple[Mend, Tried]]]:
    """Each mend of each note with what `check` says of it, all tried at once."""
    results, _ = bench.try_all([mend.data for each in mends for mend in each])
    after = iter(results)
    return [[(mend, next(after)) for mend in each] for each in mends]


def _once_more(tries: Sequence[tuple[Mend, Tried]]) -> Mend | None:
    """The first mend after which nothing but definitions is left to exempt, with them exempted; None if one is good."""
    if any(not outcome.errors for _, outcome in tries):
        return None
    for mend, outcome in tries:
        if {error.code for error in outcome.errors} <= {DEFINES}:
            return replace(mend, data=with_unchecked(mend.data, not_judged(outcome)))
    return None


def _take(note: Fitting, mend: Mend, found: Tried, places: Places) -> None:
    note.data = mend.data
    note.remark = mend.remark
    note.lower(mend.most)
    if note.rule in _ASKS_NOTHING and note.data.get("unchecked"):
        note.lower(Sure.LOW)  # nothing says that it is more than a name, or a line of a calculation
    kinds = kinds_in(note.data, found, note.context)
    exempted = {str(entry["says"]) for entry in note.data.get("unchecked", ()) if isinstance(entry, Mapping)}
    answers = [formula for formula in exempted if formula in str(note.data.get("back", ""))]
    if note.rule in _ASKS_NOTHING and any(kinds.get(each) is Kind.RELATION and is_to_solve(each) for each in answers):
        note.dropped = "an equation to solve, or a condition: it does not hold for all values"
    for result in found.of(Verdict.FALSE) if mend.narrowed else ():
        if kinds[result.formula] is Kind.IDENTITY:
            where, _ = places.of_formula(note.page, note.line, result.formula.strip("$"))
            note.findings.append(narrowed(where, result, mend.narrowed))


def _give_up(note: Fitting, found: Tried, places: Places) -> None:
    kinds = kinds_in(note.data, found, note.context)
    told = []
    for result in found.of(Verdict.FALSE):
        if kinds[result.formula] in (Kind.CLOSED, Kind.IDENTITY):
            where, verbatim = places.of_formula(note.page, note.line, result.formula.strip("$"))
            told.append(false_finding(where, result, verbatim=verbatim))
    note.findings += told
    note.wait(" ".join(finding.message for finding in told) if told else flat(found.errors[0].message))


def false_finding(where: Position, result: ClaimResult, *, verbatim: bool = True) -> Finding:
    """What is said of a formula of the page that is false.

    Args:
        where: its place on the page.
        result: the checker's verdict.
        verbatim: whether the page has it word for word, and not as a note puts its pieces together.
    """
    says = "The page says" if verbatim else "By the page, as it is drafted,"
    if kind_of(result) is Kind.CLOSED:
        message = f"{says} {flat(result.formula)}: false, {result.detail}."
        return Finding(where, "false-claim", message)
    message = f"{says} {flat(result.formula)}, which does not hold for all values: {result.detail}."
    return Finding(where, "false-claim", message, "If it is said under a condition, show the condition.")


def narrowed(where: Position, result: ClaimResult, words: str) -> Finding:
    """What is said of a formula that holds in the domains told in `words` alone, and is said without a condition."""
    message = f"The page says {flat(result.formula)} without a condition: {result.detail}."
    hint = f"It is drafted for {words}."
    return Finding(where, "condition-missing", message, hint, Severity.LINT)


def _only_what_loads(notes: Sequence[Fitting], bench: Bench) -> None:
    """A `todo` holds back what is wrong in a note, but not a note that cannot even be read: no note is made of that."""
    waiting = [note for note in notes if note.data.get("todo") and not note.dropped]
    tried, _ = bench.try_all([note.data for note in waiting])
    for note, found in zip(waiting, tried, strict=True):
        if found.broken:
            note.dropped = f"no note can be written of it: {flat(found.broken[0].message)}"
