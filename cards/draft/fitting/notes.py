"""Notes checked, and mended where a small mend lets them pass: domains, exemptions with a reason; else a `todo`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from cards.claims import ClaimResult, Verdict
from cards.draft.candidate import Sure
from cards.draft.drafted import Data
from cards.draft.fitting import domains
from cards.draft.fitting.exempt import DEFINES, UNREAD, exempt, flat, not_judged, with_unchecked
from cards.draft.fitting.kinds import Kind, conditions_of, kind_of, names_of
from cards.draft.fitting.places import Places
from cards.draft.fitting.trial import Bench, Tried
from cards.findings import Finding, Position, Severity
from cards.writing import Plain

_ORDER = (Sure.LOW, Sure.MEDIUM, Sure.HIGH)
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
    """

    data: Data
    rule: str
    sure: Sure
    page: str
    line: int
    remark: str = ""
    dropped: str = ""
    findings: list[Finding] = field(default_factory=list)

    def lower(self, most: Sure) -> None:
        """Be no surer than that."""
        self.sure = min(self.sure, most, key=_ORDER.index)

    def wait(self, todo: str) -> None:
        """Let the note want its author's eye."""
        self.data = {**self.data, "todo": str(self.data.get("todo") or todo)}


@dataclass(frozen=True, slots=True)
class _Mend:
    """A note mended in one way.

    Attributes:
        data: the mended note.
        most: how sure the rule may then be.
        remark: what was done.
        narrowed: the domains without which a formula that has values would be false.
    """

    data: Data
    most: Sure = Sure.HIGH
    remark: str = ""
    narrowed: str = ""


def fit_notes(notes: Sequence[Fitting], bench: Bench, places: Places) -> None:
    """Check the notes and mend them; see the package."""
    tried, _ = bench.try_all([note.data for note in notes])
    wrong = [(note, found) for note, found in zip(notes, tried, strict=True) if found.errors]
    for note, found in zip(notes, tried, strict=True):
        if not found.errors and any(lint.code == "unbound-answer" for lint in found.lints):
            note.lower(Sure.MEDIUM)
    mends = [list(_mends(note.data, found)) for note, found in wrong]
    results, _ = bench.try_all([mend.data for each in mends for mend in each])
    after = iter(results)
    for (note, found), each in zip(wrong, mends, strict=True):
        outcomes = [(mend, next(after)) for mend in each]
        good = next((mend for mend, outcome in outcomes if not outcome.errors), None)
        if good is not None:
            _take(note, good, found, places)
        else:
            _give_up(note, found, places)
    _only_what_loads(notes, bench)


def _take(note: Fitting, mend: _Mend, found: Tried, places: Places) -> None:
    note.data = mend.data
    note.remark = mend.remark
    note.lower(mend.most)
    if note.rule in _ASKS_NOTHING and all(finding.code == DEFINES for finding in found.errors):
        note.lower(Sure.LOW)  # it only asks how something is called
    if mend.narrowed:
        for result in found.of(Verdict.FALSE):
            if kind_of(result) in (Kind.SOME, Kind.IDENTITY):
                where, _ = places.of_formula(note.page, note.line, result.formula.strip("$"))
                note.findings.append(narrowed(where, result, mend.narrowed))


def _give_up(note: Fitting, found: Tried, places: Places) -> None:
    false = [result for result in found.of(Verdict.FALSE) if kind_of(result) is not Kind.CONDITION]
    if not false:
        note.wait(flat(found.errors[0].message))
        return
    kinds = [kind_of(result) for result in false]
    if note.rule in _ASKS_NOTHING and all(kind in (Kind.SOME, Kind.UNDEFINED) for kind in kinds):
        note.dropped = "it does not hold for all values: an equation to solve, or a condition"
        return
    for result, kind in zip(false, kinds, strict=True):
        where, verbatim = places.of_formula(note.page, note.line, result.formula.strip("$"))
        note.findings.append(false_finding(where, result, kind, verbatim=verbatim))
    note.wait(note.findings[-len(false)].message)


def false_finding(where: Position, result: ClaimResult, kind: Kind, *, verbatim: bool = True) -> Finding:
    """What is said of a formula of the page that is false.

    Args:
        where: its place on the page.
        result: the checker's verdict.
        kind: what it is.
        verbatim: whether the page has it word for word, and not as a note puts its pieces together.
    """
    says = "The page says" if verbatim else "By the page, as it is drafted,"
    if kind is Kind.CLOSED:
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


# Mends, the least first


def _mends(data: Data, found: Tried) -> Iterator[_Mend]:
    codes = {finding.code for finding in found.errors}
    false = found.of(Verdict.FALSE)
    if any(kind_of(result) is Kind.CLOSED for result in false):
        return
    if codes - {"false-claim", DEFINES, *UNREAD}:
        # Something else is wrong, such as a why that cannot be shown; what is left must do without it.
        for key in ("claims", "why", "code"):
            if key in data:
                without = {name: value for name, value in data.items() if name != key}
                yield _Mend(without, Sure.MEDIUM, f"without its {key}, which does not pass")
        return
    entries = not_judged(found)
    most = Sure.MEDIUM if any(finding.code in UNREAD for finding in found.errors) else Sure.HIGH
    remark = f"not checked: {entries[0]['because']}" if most is Sure.MEDIUM else ""
    base = _Mend(with_unchecked(data, entries), most, remark)
    said = [result for result in false if kind_of(result) is not Kind.CONDITION]
    conditions = [result for result in found.results if conditions_of(result.formula)]
    if not said and not conditions:
        yield base
        return
    yield from _by_conditions(base, said, conditions)
    if not said:
        return
    names = sorted({name for result in said for name in names_of(result.formula)} - set(_symbols(data)))
    undefined = all(kind_of(result) is Kind.UNDEFINED for result in said)
    open_conditions = [result.formula for result in conditions if result.verdict is Verdict.FALSE]
    rest = with_unchecked(base.data, [exempt(formula, "It is a condition.") for formula in open_conditions])
    for chosen in domains.assignments(names) if names else ():
        shown = domains.shown(chosen)
        yield _Mend(
            _with_condition({**rest, "symbols": {**_symbols(data), **chosen}}, shown),
            min(most, Sure.MEDIUM if undefined else Sure.LOW, key=_ORDER.index),
            f"taken for {domains.in_words(chosen)}",
            "" if undefined else domains.in_words(chosen),
        )


def _by_conditions(base: _Mend, said: Sequence[ClaimResult], conditions: Sequence[ClaimResult]) -> Iterator[_Mend]:
    """The conditions that the note itself displays, as the domains of its symbols, then as those of its formulas."""
    if not conditions:
        return
    given: dict[str, str] = {}
    for result in conditions:
        for name, domain in conditions_of(result.formula).items():
            given[name] = f"{given[name]}, {domain}" if name in given and domain not in given[name] else domain
    yield replace(base, data={**base.data, "symbols": {**_symbols(base.data), **given}})
    for condition in conditions:
        claims = [{"says": result.formula, "when": condition.formula} for result in said]
        if claims:
            yield replace(base, data={**base.data, "claims": [*_listed(base.data, "claims"), *claims]})
    if not said:
        entries = [exempt(result.formula, "It is a condition.") for result in conditions]
        yield replace(base, data=with_unchecked(base.data, entries))


def _with_condition(data: Data, shown: str) -> Data:
    """The note with a condition shown behind what it says."""
    key = "text" if "text" in data else "back"
    text = data.get(key)
    if not shown or not isinstance(text, str):
        return data
    ends_in_block = text.rstrip().endswith("$$") or "\n" in text
    dot = "." if text.endswith(".") and not ends_in_block else ""
    body = text[: len(text) - len(dot)]
    return {**data, key: f"{body}{chr(10) * 2 if ends_in_block else ' '}({shown}){dot}"}


def _symbols(data: Data) -> Mapping[str, str]:
    return cast("Mapping[str, str]", data.get("symbols", {}))


def _listed(data: Data, key: str) -> list[Plain]:
    return list(cast("Sequence[Plain]", data.get(key, ())))
