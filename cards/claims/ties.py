"""An author's claims, bound to what is displayed: by quoting a formula, or by saying what one of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cards.claims.canonical import canonical
from cards.claims.displayed import Displayed, Match, is_atom
from cards.claims.expansion import Definition
from cards.claims.jobs import HOLDS, SIGNS, Alternative, Asking, Link
from cards.claims.judging import Answers, Outcome, closest, short
from cards.claims.latex import Unreadable
from cards.claims.scope import Item, Scope
from cards.claims.trees import free_names, sides
from cards.claims.verdicts import Answer, Question, Verdict
from cards.expr import (
    Condition,
    Expr,
    ExprError,
    Index,
    Statement,
    parse_statement,
    walk,
)
from cards.model import Claim, Text

_LANGUAGE = "See docs/claims.md for the language of claims."


@dataclass(slots=True)
class Tie:
    """A claim as planned.

    Attributes:
        claim: what the author wrote.
        items: the formulas that it quotes.
        conditions: under which it is said.
        ways: the comparisons of its `holds`, for all values of the symbols, and for those that the note displays.
        matches: each has to be found for the claim to be bound; with the message for when it is not.
        sides: the sides of `holds`, resolved.
        broken: findings exist already, so it is not judged.
    """

    claim: Claim
    items: list[Item] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    ways: list[Alternative] = field(default_factory=list)
    matches: list[tuple[Match, str, str, str]] = field(default_factory=list)
    sides: list[Expr] = field(default_factory=list)
    broken: bool = False

    @property
    def questions(self) -> list[Question]:
        """All that has to be answered."""
        asked = [question for way in self.ways for question in way.questions]
        return [*asked, *(question for match, *_ in self.matches for question in match.questions)]

    def holds(self, answers: Answers) -> tuple[Answer, Alternative]:
        """The verdict on `holds`, and the way in which it was taken."""
        order = (Verdict.FALSE, Verdict.UNSETTLED, Verdict.TESTED, Verdict.PROVED)
        found = [
            (min((answers[each] for each in way.questions), key=lambda answer: order.index(answer.verdict)), way)
            for way in self.ways
        ]
        return next((pair for pair in found if pair[0].verdict in HOLDS), found[0])


class Ties:
    """Plans the claims of one scope."""

    def __init__(self, scope: Scope, asking: Asking, parameters: Mapping[str, Definition], out: Outcome) -> None:
        self.scope = scope
        self.asking = asking
        self.definitions = {**asking.for_claims(values=False), **parameters}
        self.with_values = {**asking.for_claims(values=True), **parameters}
        self.out = out
        self.displayed = Displayed(scope, asking)

    def plan(self, claim: Claim) -> Tie:
        """What has to be asked to judge a claim."""
        tie = Tie(claim)
        if claim.says is not None:
            tie.items = self.quoted(tie, claim.says, "says")
        if claim.when is not None:
            for item in self.quoted(tie, claim.when, "when"):
                if not item.relations:
                    self.refuse(tie, claim.when, "unreadable-when", "`when` is not read as a condition", item)
                tie.conditions += [relation for _, relation in item.relations]
        if claim.holds is not None and not tie.broken:
            self.plan_holds(tie, claim.holds)
        elif claim.says is not None and not tie.broken:
            for item in tie.items:
                if not item.relations:
                    message = "`says` is not read as an equation or inequality, so it needs `holds`"
                    self.refuse(tie, claim.says, "unreadable-formula", message, item)
        return tie

    def refuse(self, tie: Tie, text: Text, code: str, message: str, item: Item | None = None) -> None:
        """Report a claim that cannot be planned."""
        tie.broken = True
        reason = f" ({item.error.message})" if item is not None and item.error is not None else ""
        self.out.error(text.where, code, f"{message}{reason}: {short(text.source)}.")

    def quoted(self, tie: Tie, quote: Text, key: str) -> list[Item]:
        """The formulas that a quotation means; none, with a finding, if there are none."""
        found = [item for item in self.scope.items if item.formula.is_quoted_by(quote.source)]
        if not found:
            tie.broken = True
            near = closest(quote.source, (item.formula.shown for item in self.scope.items))
            what = "lesson" if self.scope.lesson else "note"
            self.out.error(
                quote.where,
                "display-changed",
                f"`{key}` quotes {short(quote.source)}, and no formula of this {what} reads so: the display changed.",
                f"The closest is {short(near)}: quote it word for word, with its dollars."
                if near
                else "Quote a formula word for word, with its dollars.",
            )
        return found

    def plan_holds(self, tie: Tie, holds: Text) -> None:
        """Read `holds`, make its questions, and say what it has to match."""
        try:
            statement = parse_statement(holds.source)
        except ExprError as error:
            tie.broken = True
            message = f"The claim {short(holds.source)} is not read: {error.message}."
            self.out.error(holds.at(error.offset), "claim-syntax", message, _LANGUAGE)
            return
        tie.conditions += statement.conditions
        try:
            self.ask_holds(tie, statement)
        except Unreadable as error:
            tie.broken = True
            message = f"The claim {short(holds.source)} is not read: {error.message}."
            self.out.error(holds.at(error.at), "claim-syntax", message, _LANGUAGE)
            return
        if tie.claim.says is None:
            self.bind(tie, statement, holds)
        else:
            self.agree(tie, statement, holds)

    def ask_holds(self, tie: Tie, statement: Statement) -> None:
        """The questions of `holds`."""
        ways = [self.definitions] if self.scope.lesson else [self.definitions, self.with_values]
        for definitions in ways:
            links: list[Link] = []
            uses: frozenset[Definition] = frozenset()
            for left, op, right in statement.relation.pairs():
                question, used = self.asking.question(left, op, right, definitions, tie.conditions)
                links.append(Link(f"{left} {SIGNS.get(op, op)} {right}", question))
                uses |= used
                tie.sides += [question.left, question.right]
            if all(way.links != tuple(links) for way in tie.ways):
                tie.ways.append(Alternative(tuple(links), uses))

    def bind(self, tie: Tie, statement: Statement, holds: Text) -> None:
        """A plain claim has to say something about a formula that is displayed."""
        if all(left == right for left, _, right in statement.relation.pairs()):
            tie.broken = True
            self.out.error(
                holds.where,
                "empty-claim",
                f"The claim {short(holds.source)} says nothing: both of its sides are the same.",
                "Claim what a displayed formula says.",
            )
            return
        what = "lesson" if self.scope.lesson else "note"
        tie.matches.append(
            (
                self.displayed.match(
                    [link for way in tie.ways for link in way.links], tie.sides, tie.conditions, self.asking
                ),
                "unbound-claim",
                f"The claim {short(holds.source)} says nothing about what is displayed: "
                f"none of its sides stands in a formula of this {what}.",
                "Claim what a displayed formula says, or quote one: {says: '$...$', holds: ...}.",
            )
        )

    def agree(self, tie: Tie, statement: Statement, holds: Text) -> None:
        """What a quoted formula shows has to be what `holds` speaks of, as far as the formula is read."""
        for item in tie.items:
            for tree, is_side in self.readable_parts(item):
                if is_side and is_atom(tree):
                    continue
                match = self.same_as_one_of(tree, tie.sides)
                said = "a side of the display" if is_side else "the display"
                tie.matches.append(
                    (
                        match,
                        "claim-disagrees",
                        f"The claim quotes {short(item.formula.shown)}, and {said}, {tree}, is no side of "
                        f"{short(holds.source)}.",
                        "In claims x[1] is the second element, as in Python; x_1 is the first, as in formulas."
                        if any(isinstance(node, Index) for node in walk(statement))
                        else "Make `holds` say what is displayed.",
                    )
                )

    def readable_parts(self, item: Item) -> Iterable[tuple[Expr, bool]]:
        """The sides of a formula's equations, or what it shows bare, resolved; what is not read is left out."""
        definitions = self.asking.before(item)
        for tree, is_side in [
            *((side, True) for _, relation in item.relations for side in sides(relation)),
            *((tree, False) for tree in item.bare),
        ]:
            try:
                yield self.asking.resolved(tree, {**self.definitions, **definitions}), is_side
            except Unreadable:
                continue

    def same_as_one_of(self, tree: Expr, candidates: Sequence[Expr]) -> Match:
        """Whether a tree is the same as one of some others, in form or in value."""
        form = canonical(tree)
        if any(canonical(each) == form for each in candidates):
            return Match(known=True)
        names = free_names(tree)
        questions = []
        for each in candidates:
            if free_names(each) == names:
                try:
                    question, _ = self.asking.question(tree, "==", each, {})
                except Unreadable:
                    continue
                questions.append(question)
        return Match(questions=questions)

    def judge(self, tie: Tie, answers: Answers, out: Outcome) -> Answer | None:
        """Report what is wrong with a claim. Returns the verdict on `holds`, or None if there is none."""
        if tie.broken or tie.claim.holds is None:
            return None
        holds = tie.claim.holds
        for match, code, message, hint in tie.matches:
            if not match.found(answers):
                out.error(holds.where, code, message, hint)
                break
        answer, _ = tie.holds(answers)
        if answer.verdict is Verdict.FALSE:
            out.error(
                holds.where,
                "false-claim",
                f"The claim {short(holds.source)} is false: {answer.detail}.",
                "Declare where the symbols lie (symbols: {x: positive}), or add a condition (... where x > 0)."
                if answer.detail.startswith("at ")
                else "",
            )
        elif answer.verdict is Verdict.UNSETTLED:
            out.error(
                holds.where,
                "unsettled",
                f"The claim {short(holds.source)} could not be settled: {answer.detail}.",
                "Say it more simply, or for narrower domains.",
            )
        return answer
