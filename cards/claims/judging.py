"""What is said about formulas and claims once their questions are answered: results, errors and lints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cards.claims.expansion import Definition
from cards.claims.jobs import Job, Link
from cards.claims.report import ClaimResult
from cards.claims.scope import Item, Scope
from cards.claims.verdicts import Answer, Question, Verdict
from cards.expr import Call, Expr, Name, Number, Relation, Unary, walk
from cards.findings import Finding, Position, Severity

Answers = Mapping[Question, Answer]


@dataclass(slots=True)
class Outcome:
    """Results and findings, gathered."""

    results: list[ClaimResult] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, where: Position, code: str, message: str, hint: str, *, error: bool) -> None:
        """Report an error, or what is none yet."""
        (self.error if error else self.lint)(where, code, message, hint)

    def error(self, where: Position, code: str, message: str, hint: str = "") -> None:
        """Report what stops a build."""
        self.findings.append(Finding(where, code, message, hint))

    def lint(self, where: Position, code: str, message: str, hint: str = "") -> None:
        """Report what an author should look at."""
        self.findings.append(Finding(where, code, message, hint, Severity.LINT))


def spaced(text: str) -> str:
    """A formula on one line."""
    return " ".join(text.split())


def short(text: str, limit: int = 100) -> str:
    """A formula for a message."""
    text = spaced(text)
    return text if len(text) <= limit else f"{text[: limit - 3]}..."


def judge_formula(scope: Scope, item: Item, job: Job, answers: Answers, out: Outcome) -> frozenset[Definition] | None:
    """Judge a formula that stands for itself. Returns the definitions used, or None if it only defines something."""
    answer, alternative, link = job.judged(answers)
    where = item.formula.where()
    shown = item.formula.shown
    out.results.append(ClaimResult(where, shown, answer.verdict, answer.detail, scope.id))
    if answer.verdict is Verdict.FALSE:
        chain = alternative is not None and len(alternative.links) > 1 and link is not None
        part = f", where {link.read_as} is read," if chain and link is not None else ""
        out.error(
            where, "false-claim", f"{short(shown)}{part} is false: {answer.detail}.", false_hint(item, answer, link)
        )
    elif answer.verdict is Verdict.UNSETTLED and alternative is None:
        unreadable(item, job, out)
    elif answer.verdict is Verdict.UNSETTLED:
        out.error(
            where,
            "unsettled",
            f"{short(shown)} could not be settled: {answer.detail}.",
            "Write it more simply, tie it to a claim that says the same ({says: ..., holds: ...}), or list it under "
            "`unchecked` with a reason.",
        )
    return None if answer.verdict is Verdict.GIVEN else (alternative.uses if alternative else frozenset())


def unreadable(item: Item, job: Job, out: Outcome) -> None:
    """Report a formula that says something and is not read."""
    error = job.error or item.error
    where = item.formula.where(error.at if error else None)
    reason = error.message if error else "it is not read"
    out.error(
        where,
        "unreadable-formula",
        f"{short(item.formula.shown)} cannot be checked: {reason}.",
        "Or quote it by a claim, {says: '" + short(item.formula.shown, 60) + "', holds: ...}, or list it under "
        "`unchecked` with a reason.",
    )


def false_hint(item: Item, answer: Answer, link: Link | None) -> str:
    """What would help where a formula is false."""
    relation = next((relation for _, relation in item.relations), None)
    names = _names(relation)
    if relation is not None and _is_condition(relation) and names:
        return f"It stands for a condition: declare it (symbols: {{{names[0]}: ...}}), or quote it as a claim's `when`."
    if "has no value" in answer.detail and names:
        return "Declare where the symbols lie (symbols: {x: positive}), or show the condition and quote it as `when`."
    if answer.detail.startswith("at ") and "(t) = " in answer.detail:
        return "It is taken to be said of every function; show what the function is (f(x) = ...) in this note."
    if link is not None and link.question is not None and link.question.op == "==" and _has_decimals(link.question):
        return r"A rounded number is shown by \approx."
    if answer.detail.startswith("at "):
        return f"If it holds for some values alone, declare them (symbols: {{{names[0] if names else 'x'}: positive}})."
    if any(isinstance(node, Call) and node.name == "log" for node in (walk(relation) if relation else ())):
        return r"\log is read as the natural logarithm; write \log_{10} for another base."
    return ""


def _names(relation: Relation | None) -> list[str]:
    if relation is None:
        return []
    return list(dict.fromkeys(node.name for node in walk(relation) if isinstance(node, Name) and node.name != "e"))


def _is_condition(relation: Relation) -> bool:
    """Whether a chain compares one bare symbol with numbers."""
    parts = [relation.first, *(side for _, side in relation.rest)]
    symbols = [part for part in parts if isinstance(part, Name)]
    return len(symbols) == 1 and all(part in symbols or is_literal(part) for part in parts)


def is_literal(expr: Expr) -> bool:
    """Whether a tree is a number as written."""
    return isinstance(expr, Number) or (isinstance(expr, Unary) and isinstance(expr.operand, Number))


def _has_decimals(question: Question) -> bool:
    return any(
        isinstance(node, Number) and node.places for side in (question.left, question.right) for node in walk(side)
    )


def closest(quote: str, candidates: Iterable[str]) -> str:
    """The candidate most like a quotation, or the empty string."""
    from difflib import get_close_matches  # noqa: PLC0415  only where something is wrong

    found = get_close_matches(spaced(quote), [spaced(each) for each in candidates], 1, 0.3)
    return found[0] if found else ""


def unused_definitions(
    scope: Scope, defining: Sequence[Item], used: set[Definition], weak: set[str], out: Outcome
) -> None:
    """Report formulas that only define what nothing that is checked uses."""
    for item in defining:
        own = [given.definition for given in scope.given if given.item is item]
        if any(definition in used for definition in own):
            continue
        names = ", ".join(dict.fromkeys(definition.name for definition in own)) or "something"
        where = item.formula.where()
        if any(definition.name in weak for definition in own):
            out.lint(
                where,
                "definition-unchecked",
                f"{short(item.formula.shown)} defines {names}, and no equation that is checked uses it.",
                "Show a result as an equation, or write a claim that uses it.",
            )
        else:
            out.error(
                where,
                "unused-definition",
                f"{short(item.formula.shown)} defines {names}, and no other formula uses it, so nothing checks it.",
                f"Show an equation that uses {names}, quote it as a claim's `when`, say it in words, or list it under "
                "`unchecked` with a reason.",
            )
