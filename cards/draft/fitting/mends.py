"""How a note that fails may be mended: without what it can do without, by domains, conditions and exemptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from cards.claims import ClaimResult, Verdict
from cards.draft.candidate import Sure
from cards.draft.drafted import Data
from cards.draft.fitting import domains
from cards.draft.fitting.exempt import DEFINES, UNREAD, exempt, not_judged, with_unchecked
from cards.draft.fitting.kinds import REASONS, Kind, bases_of, conditions_of, is_inequality, kind_of, names_of
from cards.draft.fitting.trial import Tried
from cards.writing import Plain

_ORDER = (Sure.LOW, Sure.MEDIUM, Sure.HIGH)


def lower_of(first: Sure, second: Sure) -> Sure:
    """The less sure of two."""
    return min(first, second, key=_ORDER.index)


@dataclass(frozen=True, slots=True)
class Mend:
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


def mends_of(data: Data, found: Tried, context: str) -> Iterator[Mend]:
    """Ways to mend a note, the least first. There is none for what is plainly wrong.

    Args:
        data: the note.
        found: what `check` says of it.
        context: the words before it on the page.
    """
    codes = {finding.code for finding in found.errors}
    kinds = kinds_in(data, found, context)
    false = found.of(Verdict.FALSE)
    if Kind.CLOSED in kinds.values():
        return
    if codes - {"false-claim", DEFINES, *UNREAD}:
        # Something else is wrong, such as a why that cannot be shown; what is left must do without it.
        for key in ("claims", "why", "code"):
            if key in data:
                without = {name: value for name, value in data.items() if name != key}
                yield Mend(without, Sure.MEDIUM, f"without its {key}, which does not pass")
        return
    entries = not_judged(found)
    most = Sure.MEDIUM if any(finding.code in UNREAD for finding in found.errors) else Sure.HIGH
    remark = f"not checked: {entries[0]['because']}" if most is Sure.MEDIUM else ""
    base = Mend(with_unchecked(data, entries), most, remark)
    said = [result for result in false if kinds[result.formula] is not Kind.CONDITION]
    conditions = [result for result in found.results if conditions_of(result.formula)]
    if not said and not conditions:
        yield base
        return
    whens = [*conditions, *(result for result in said if is_inequality(result.formula))]
    yield from _by_conditions(base, [result for result in said if result not in whens], conditions, whens)
    bound = [result for result in said if kinds[result.formula] in (Kind.UNDEFINED, Kind.IDENTITY)]
    rest = _exempting(base, {result.formula: kinds[result.formula] for result in false if result not in bound})
    if not bound:
        yield rest
        return
    names = sorted({name for result in bound for name in names_of(result.formula)} - set(_symbols(data)))
    undefined = all(kinds[result.formula] is Kind.UNDEFINED for result in bound)
    bases = {name for result in bound for name in bases_of(result.formula)} & set(names)
    for chosen in domains.assignments(names, sorted(bases)) if names else ():
        yield Mend(
            _with_condition({**rest.data, "symbols": {**_symbols(data), **chosen}}, domains.shown(chosen)),
            lower_of(rest.most, Sure.MEDIUM if undefined else Sure.LOW),
            f"taken for {domains.in_words(chosen)}",
            "" if undefined else domains.in_words(chosen),
        )
    if undefined:
        yield replace(_exempting(rest, {result.formula: Kind.UNDEFINED for result in bound}), most=Sure.LOW)


def kinds_in(data: Data, found: Tried, context: str) -> dict[str, Kind]:
    """What each formula of a note is that is not true for all values."""
    asked = str(data.get("front", ""))
    return {result.formula: kind_of(result, f"{context} {asked}") for result in found.of(Verdict.FALSE)}


def _exempting(mend: Mend, kinds: Mapping[str, Kind]) -> Mend:
    """The note without a check of what is not said of all values."""
    if not kinds:
        return mend
    entries = [exempt(formula, REASONS[kind]) for formula, kind in kinds.items()]
    stated = [kind for kind in kinds.values() if kind is not Kind.CONDITION]
    most = lower_of(mend.most, Sure.MEDIUM if stated else Sure.HIGH)
    remark = mend.remark or (f"not checked: {REASONS[stated[0]]}" if stated else "")
    return Mend(with_unchecked(mend.data, entries), most, remark)


def _by_conditions(
    base: Mend, said: Sequence[ClaimResult], conditions: Sequence[ClaimResult], whens: Sequence[ClaimResult]
) -> Iterator[Mend]:
    """The conditions that the note itself displays, as the domains of its symbols, then as those of its formulas."""
    given: dict[str, str] = {}
    for result in conditions:
        for name, domain in conditions_of(result.formula).items():
            given[name] = f"{given[name]}, {domain}" if name in given and domain not in given[name] else domain
    if given:
        yield replace(base, data={**base.data, "symbols": {**_symbols(base.data), **given}})
    for condition in whens:
        claims = [{"says": result.formula, "when": condition.formula} for result in said]
        if claims:
            yield replace(base, data={**base.data, "claims": [*_listed(base.data, "claims"), *claims]})
    if conditions and not said:
        yield _exempting(base, {result.formula: Kind.CONDITION for result in whens})


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
