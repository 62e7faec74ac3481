"""From a displayed formula to the comparisons that have to hold for it to be true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from cards.claims.decide import domains_of
from cards.claims.expansion import Definition, expand
from cards.claims.latex import Shown, Unreadable
from cards.claims.leibniz import dependencies
from cards.claims.scope import Item, Scope, domains_in, either_defines
from cards.claims.shapes import OWN, elaborate
from cards.claims.trees import base_and_subscript, everything, free_names, sides
from cards.claims.verdicts import Answer, Question, Verdict
from cards.domains import PROBABILITY, Domain, DomainError, narrow
from cards.expr import Binary, Call, Condition, Expr, Name, Number, Relation
from cards.expr import Domain as DomainWord
from cards.expr.rebuilt import changed_condition

HOLDS = (Verdict.PROVED, Verdict.TESTED)
MOST_WAYS = 16
MOST_VALUES = 4


@dataclass(frozen=True, slots=True)
class Link:
    """One comparison of a chain: how it was read, and the question that it asks (None if it is a definition)."""

    read_as: str
    question: Question | None
    defines: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to take a formula: its links, and the definitions that they use."""

    links: tuple[Link, ...]
    uses: frozenset[Definition] = frozenset()

    @property
    def questions(self) -> list[Question]:
        """The questions that all have to be answered well."""
        return [link.question for link in self.links if link.question is not None]


@dataclass(slots=True)
class Job:
    """A formula to be judged.

    Attributes:
        alternatives: ways to take it, the first that holds counts.
        error: why there is no way to take it.
    """

    alternatives: list[Alternative] = field(default_factory=list)
    error: Unreadable | None = None

    def judged(self, answers: Mapping[Question, Answer]) -> tuple[Answer, Alternative | None, Link | None]:
        """The verdict, the way in which the formula was taken, and the link that decided."""
        worst: tuple[Answer, Alternative | None, Link | None] | None = None
        for alternative in self.alternatives:
            answer, link = _weakest(alternative, answers)
            if answer.verdict in (*HOLDS, Verdict.GIVEN):
                return answer, alternative, link
            if worst is None or (answer.verdict is Verdict.FALSE and worst[0].verdict is Verdict.UNSETTLED):
                worst = (answer, alternative, link)
        if worst is not None:
            return worst
        reason = self.error.message if self.error else "it is not read"
        return Answer(Verdict.UNSETTLED, reason), None, None


_ORDER = (Verdict.FALSE, Verdict.UNSETTLED, Verdict.TESTED, Verdict.PROVED)


def _weakest(alternative: Alternative, answers: Mapping[Question, Answer]) -> tuple[Answer, Link | None]:
    found = [(answers[link.question], link) for link in alternative.links if link.question is not None]
    if not found:
        return Answer(Verdict.GIVEN, "it defines " + ", ".join(link.defines for link in alternative.links)), None
    return min(found, key=lambda pair: _ORDER.index(pair[0].verdict))


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to take what was read so far: its links, the definitions that hold, and those of them that were used."""

    links: tuple[Link, ...]
    known: dict[str, Definition]
    uses: frozenset[Definition]


class Asking:
    """Makes questions in one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.domains = domains_in(scope)
        self.vectors = frozenset(name for name, domain in self.domains.items() if domain.kind == "vector")

    def job(self, item: Item, when: Sequence[Condition] = ()) -> Job:
        """The job of a formula, under further conditions."""
        job = Job()
        for way in self._ways(item):
            try:
                # A way may put several values in for one name (x = 2 and x = -2): the formula has to hold for each.
                parts = [self._statements(item.relations, now, when) for now in way]
            except (Unreadable, DomainError) as error:
                job.error = job.error or (error if isinstance(error, Unreadable) else Unreadable(str(error)))
                continue
            for chosen in product(*parts):
                links = tuple(dict.fromkeys(link for each in chosen for link in each.links))
                job.alternatives.append(Alternative(links, frozenset().union(*(each.uses for each in chosen))))
        return job

    def before(self, item: Item) -> dict[str, Definition]:
        """The definitions that hold at a formula: the latest of each name before it."""
        return {given.definition.name: given.definition for given in self.scope.given if given.holds_at(item)}

    def for_claims(self, *, values: bool) -> dict[str, Definition]:
        """The definitions that hold in claims: all of the scope, without or with those that give numbers (`x = 3`)."""
        return {given.definition.name: given.definition for given in self.scope.given if values or not given.is_value}

    def _ways(self, item: Item) -> list[list[dict[str, Definition]]]:
        """Definitions under which a formula may be taken: those before it, and in a note those behind it too."""
        earlier = self.before(item)
        if self.scope.lesson:
            return [[earlier]]
        later: dict[str, list[Definition]] = {}
        for given in self.scope.given:
            if given.item.place > item.place and given.definition.name not in earlier:
                later.setdefault(given.definition.name, []).append(given.definition)
        if not later:
            return [[earlier]]
        longest = min(MOST_VALUES, max(map(len, later.values())))
        behind = [
            {**{name: found[min(place, len(found) - 1)] for name, found in later.items()}, **earlier}
            for place in range(longest)
        ]
        return [[earlier], behind]

    def _statements(
        self,
        statements: Sequence[tuple[Shown, Relation]],
        definitions: dict[str, Definition],
        when: Sequence[Condition],
    ) -> list[Alternative]:
        """The ways to take a formula's statements one after the other: each link as a claim, or as a definition."""
        ways = [_Way((), definitions, frozenset())]
        for shown, relation in statements:
            local, rest = _definitions_among([*shown.conditions, *shown.premises, *when])
            grown: list[_Way] = []
            for way in ways:
                inner = _Way(way.links, {**way.known, **local}, way.uses)
                for taken in self._chain(relation, inner, rest):
                    known = {name: each for name, each in taken.known.items() if name not in local} | {
                        name: each for name, each in way.known.items() if name in local
                    }
                    grown.append(_Way(taken.links, known, taken.uses - frozenset(local.values())))
            ways = grown[:MOST_WAYS]
        return [Alternative(way.links, way.uses) for way in ways]

    def _chain(self, relation: Relation, start: _Way, conditions: Sequence[Condition]) -> list[_Way]:
        """The ways to take a chain of comparisons."""
        ways = [start]
        error: Unreadable | None = None
        for left, op, right in relation.pairs():
            grown: list[_Way] = []
            for way in ways:
                defined = _defined_by(left, op, right)
                if defined is None or defined.name in way.known:
                    try:
                        question, used = self.question(left, op, right, way.known, conditions)
                        link = Link(f"{left} {SIGNS.get(op, op)} {right}", question)
                        grown.append(_Way((*way.links, link), way.known, way.uses | used))
                    except Unreadable as unreadable:
                        error = error or unreadable
                if defined is not None:
                    link = Link(f"{left} = {right}", None, defined.name)
                    grown.append(_Way((*way.links, link), {**way.known, defined.name: defined}, way.uses))
            ways = grown
        if not ways and error is not None:
            raise error
        return ways

    def question(
        self,
        left: Expr,
        op: str,
        right: Expr,
        definitions: Mapping[str, Definition],
        conditions: Sequence[Condition] = (),
    ) -> tuple[Question, frozenset[Definition]]:
        """The question that a comparison asks, and the definitions that it uses.

        Raises:
            Unreadable: it uses what is not defined, or products that mean nothing.
        """
        definitions = {**definitions, **dependencies([left, right], definitions)}
        used = _used([left, right], definitions)
        a, b = (self.resolved(side, definitions) for side in (left, right))
        settled = [changed_condition(each, lambda side: self.resolved(side, definitions)) for each in conditions]
        try:
            domains, rest = narrow(self.domains, settled)
        except DomainError as error:
            raise Unreadable(str(error), left.at) from None
        empty = next((name for name, domain in domains.items() if domain.is_empty), None)
        if empty is not None:
            raise Unreadable(f"no value of {empty} fulfils the condition", left.at)
        names = free_names([a, b, *(side for each in rest for side in sides(each))])
        domains = _with_ends([a, b], names, domains)
        for name in names:
            if name.startswith("P("):
                domains.setdefault(name, PROBABILITY)
        return Question(a, op, b, domains_of(names, domains), rest), used

    def resolved(self, expr: Expr, definitions: Mapping[str, Definition]) -> Expr:
        """A tree with definitions put in and products made plain."""
        return elaborate(expand(expr, definitions, self.vectors), self.domains)


SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "~=": "≈"}


def _defined_by(left: Expr, op: str, right: Expr) -> Definition | None:
    if op != "==":
        return None
    return either_defines(left, right)


def _definitions_among(conditions: Iterable[Condition]) -> tuple[dict[str, Definition], list[Condition]]:
    """Conditions of the form x = 3 as definitions, and the others."""
    found: dict[str, Definition] = {}
    rest: list[Condition] = []
    for condition in conditions:
        if not isinstance(condition, DomainWord) and any(op == "~=" for op, _ in condition.rest):
            raise Unreadable("an approximation is not read as a condition", condition.at)
        if isinstance(condition, DomainWord) or len(condition.rest) != 1:
            rest.append(condition)
            continue
        ((left, op, right),) = condition.pairs()
        one = either_defines(left, right) if op == "==" else None
        if one is not None:
            found[one.name] = one
        elif op == "==" and free_names([left, right]):
            raise Unreadable(
                f"the equation {left} = {right} as a condition is not read; a claim can say what follows from it",
                left.at,
            )
        else:
            rest.append(condition)
    return found, rest


def _used(trees: Sequence[Expr], definitions: Mapping[str, Definition]) -> frozenset[Definition]:
    """The definitions that trees use, directly or by way of others."""
    used: set[str] = set()
    waiting = list(trees)
    while waiting:
        names = mentioned(waiting.pop())
        members = {name for name in definitions if base_and_subscript(name)[0] in names}  # x_1 in a sum of x_i
        for name in ((names & set(definitions)) | members) - used:
            used.add(name)
            waiting.append(definitions[name].body)
    return frozenset(definitions[name] for name in used)


def mentioned(tree: Expr) -> set[str]:
    """Every name in a tree: symbols, functions, and x for x_1."""
    found: set[str] = set()
    for node in everything(tree):
        if isinstance(node, Name):
            found.add(node.name)
            base, _, subscript = node.name.rpartition("_")
            found |= {base, subscript} if base else set()
        elif isinstance(node, Call) and node.name not in OWN:
            found.add(node.name)
    return found


def _with_ends(trees: Sequence[Expr], names: set[str], domains: dict[str, Domain]) -> dict[str, Domain]:
    """Domains in which an undeclared n that ends a sum from 1 is an integer from 1 on."""
    result = dict(domains)
    for tree in trees:
        for node in everything(tree):
            match node:
                case Call(name="sum" | "prod", args=(_, Name(), first, last)):
                    low = first.value if isinstance(first, Number) else None
                    for end, shift in _end_names(last):
                        if end in names and end not in domains:
                            result[end] = Domain(integer=True, low=None if low is None else low + shift)
    return result


def _end_names(end: Expr) -> list[tuple[str, int]]:
    match end:
        case Name(name=name):
            return [(name, 0)]
        case Binary(op="-", left=Name(name=name), right=Number(value=value)) if value == 1:
            return [(name, 1)]
    return []
