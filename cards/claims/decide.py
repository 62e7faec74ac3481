"""One comparison settled: by arithmetic, by a counterexample, by a proof, or else by tests at many points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice

from cards.claims.approaching import gap, has_limit
from cards.claims.approximate import decide_approximate
from cards.claims.evaluate import evaluate
from cards.claims.explode import Spread, exploded
from cards.claims.natural import is_rule, may_have_kinks, speaks_at
from cards.claims.points import Space, function_choices, instantiated, unknown_functions
from cards.claims.reals import Undecided, Undefined, sign, subtract
from cards.claims.shapes import OWN
from cards.claims.trees import free_names, sides
from cards.claims.values import Point, Value, compares, comparison, shown
from cards.claims.verdicts import Answer, Question, Verdict
from cards.domains import Domain
from cards.expr import Expr, Relation

ENOUGH = 8
MOST = 240
LENGTHS = (1, 2, 3, 4)


def decide(question: Question, *, proving: bool = True) -> Answer:
    """Whether the comparison holds for all values of its symbols.

    Args:
        question: the comparison.
        proving: whether SymPy may try a proof; without, the best verdict is `tested` (but for plain numbers).
    """
    names = _names(question)
    functions = _functions(question)
    if question.op == "~=":
        if names or functions:
            found = ", ".join(sorted(names or functions))
            return Answer(Verdict.UNSETTLED, rf"\approx is read between numbers, and {found} has no value here")
        return decide_approximate(question.left, question.right)
    if not names and not functions:
        return _closed(question, proving=proving)
    return _open(question, names, functions, proving=proving)


def needs_sympy(question: Question) -> bool:
    """Whether a proof would need SymPy; plain numbers mostly do not."""
    if _names(question) or _functions(question) or has_limit((question.left, question.right)):
        return True
    return question.op != "~=" and _closed(question, proving=False).verdict in (Verdict.TESTED, Verdict.UNSETTLED)


def _names(question: Question) -> set[str]:
    return free_names([question.left, question.right])


def _functions(question: Question) -> set[str]:
    return unknown_functions(question.left, OWN) | unknown_functions(question.right, OWN)


def _both(question: Question, point: Point) -> tuple[Value, Value]:
    """The values of both sides. Raises Undefined naming the side that has none."""
    found = []
    for word, side in (("left", question.left), ("right", question.right)):
        try:
            found.append(evaluate(side, point))
        except Undefined as error:
            raise Undefined(f"the {word} side has no value: {error.message}", error.at) from None
    return found[0], found[1]


def _compare(left: Value, op: str, right: Value) -> str:
    """`holds`, `close` (equal to 30 digits where they should be), `fails` (with certainty) or `unclear`."""
    if op in ("==", "!="):
        word = comparison(left, right)
        if op == "==":
            return {"equal": "holds", "different": "fails"}.get(word, word)
        return {"equal": "fails", "different": "holds"}.get(word, "unclear")
    if isinstance(left, tuple) or isinstance(right, tuple):
        raise Undefined("vectors have no order")
    try:
        return "holds" if compares(sign(subtract(left, right)), op) else "fails"
    except Undecided:
        return "unclear"


def _closed(question: Question, *, proving: bool) -> Answer:
    """A comparison of two numbers."""
    outcome = "unclear"
    values = gap((question.left, question.right), Point({}))
    if values:
        return Answer(Verdict.FALSE, values)
    try:
        left, right = _both(question, Point({}))
        outcome = _compare(left, question.op, right)
        values = _sides(left, right)
    except Undefined as error:
        return Answer(Verdict.FALSE, error.message)
    except Undecided as error:
        values = str(error)
    if outcome == "fails":
        return Answer(Verdict.FALSE, values)
    if outcome == "holds":
        return Answer(Verdict.PROVED, "by exact arithmetic")
    if proving:
        from cards.claims import prove  # noqa: PLC0415  SymPy is imported only where a proof needs it

        if has_limit((question.left, question.right)) and question.op == "==":
            found = prove.limits(question.left, question.right, dict(question.domains))
            if found is not None:
                if found[0]:
                    return Answer(Verdict.PROVED, "by SymPy")
                return Answer(Verdict.FALSE, f"the left side is {found[1]}, the right side is {found[2]}")
        elif _proved(question):
            return Answer(Verdict.PROVED, "by SymPy")
    if outcome == "close":
        return Answer(Verdict.TESTED, "both sides agree to 30 digits")
    return Answer(Verdict.UNSETTLED, values or "the two sides are too close to tell apart")


def _sides(left: Value, right: Value) -> str:
    a, b = shown(left), shown(right)
    if a == b:
        from cards.claims.reals import shown as precisely  # noqa: PLC0415

        a, b = (precisely(x, 20) if not isinstance(x, tuple) else shown(x) for x in (left, right))
    return f"the left side is {a}, the right side is {b}"


def _open(question: Question, names: set[str], functions: set[str], *, proving: bool) -> Answer:
    """A comparison with symbols in it: counterexamples first, then a proof."""
    tested = tried = 0
    sides: set[int] = set()
    try:
        for answer in _tests(question, names, functions):
            tried += 1
            if isinstance(answer, Answer):
                return answer
            tested += answer is not None
            sides.add(answer or 0)
    except Undefined as error:  # vectors compared by size, say: it does not depend on the point
        return Answer(Verdict.FALSE, error.message)
    missing = gap(
        (question.left, question.right), next(Space(names, dict(question.domains), (), "").points(), Point({}))
    )
    if missing:
        return Answer(Verdict.FALSE, missing)
    if proving:
        proof = _proof(question, tested)
        if proof is not None:
            return proof
    if question.op == "!=" and {-1, 1} <= sides:
        return Answer(Verdict.UNSETTLED, "either side is the larger at some points, so they may be equal between them")
    if tested >= ENOUGH or (tested and tested == tried):
        return Answer(Verdict.TESTED, f"at {tested} points")
    if not tried:
        return Answer(Verdict.UNSETTLED, "no values of the symbols fulfil the conditions")
    return Answer(Verdict.UNSETTLED, f"it could be computed at {tested} of {tried} points alone")


def _proof(question: Question, tested: int) -> Answer | None:
    from cards.claims import prove  # noqa: PLC0415  SymPy is imported only where a proof needs it

    if any(domain.kind != "scalar" for _, domain in question.domains):
        if all(_proved(question, length) for length in LENGTHS):
            return Answer(Verdict.TESTED, f"proved for 1 to {LENGTHS[-1]} elements, at {tested} points")
        return None
    if _proved(question):
        return Answer(Verdict.PROVED, "by SymPy")
    if is_rule(question) and tested and not may_have_kinks(question) and _proved(question, everywhere=False):
        return Answer(Verdict.PROVED, "by SymPy, where both sides have a value")
    if not tested and question.op == "==" and has_limit((question.left, question.right)):
        space = Space(_names(question), dict(question.domains), (), repr(question))
        points = [
            {name: value for name, value in point.items() if isinstance(value, Fraction)}
            for point in islice(space.points(), 6)
        ]
        found = prove.counterexample(question.left, question.right, dict(question.domains), points)
        if found is not None:
            return Answer(Verdict.FALSE, f"{_at(found[0])}: the left side is {found[1]}, the right side is {found[2]}")
    return None


def _proved(question: Question, length: int = 3, *, everywhere: bool = True) -> bool:
    from cards.claims import prove  # noqa: PLC0415  SymPy is imported only where a proof needs it

    domains = dict(question.domains)
    try:
        left, right = (exploded(side, domains, length) for side in (question.left, question.right))
    except Undefined:
        return False
    scalars = {name: domain for name, domain in domains.items() if domain.kind == "scalar"}
    pairs = list(_pairs(left, right))
    if question.op != "==" and len(pairs) != 1:
        return False
    return bool(pairs) and all(
        a is not None and b is not None and prove.prove(a, question.op, b, scalars, everywhere=everywhere)
        for a, b in pairs
    )


def _pairs(left: Spread, right: Spread) -> Iterator[tuple[Expr | None, Expr | None]]:
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        for a, b in zip(left, right, strict=True):
            yield from _pairs(a, b)
    elif isinstance(left, tuple) or isinstance(right, tuple):
        yield None, None
    else:
        yield left, right


def _tests(question: Question, names: set[str], functions: set[str]) -> Iterator[Answer | int | None]:
    """For each point of the domain an answer (if the comparison fails there), or what `_test` returns."""
    choices = function_choices(functions)
    share = MOST // len(choices)
    rule = is_rule(question)
    for choice in choices:
        changed = Question(
            instantiated(question.left, choice),
            question.op,
            instantiated(question.right, choice),
            question.domains,
            question.conditions,
        )
        with_names = names | free_names([side for each in question.conditions for side in sides(each)])
        space = Space(
            with_names, dict(question.domains), [changed.left, changed.right, *question.conditions], repr(question)
        )
        for point in islice(space.points(), share):
            if all(_fulfilled(condition, point) for condition in question.conditions):
                found = _test(changed, point, choice)
                if not rule or not isinstance(found, Answer) or speaks_at(changed, point):
                    yield found


def _fulfilled(condition: Relation, point: Point) -> bool:
    try:
        return all(
            _compare(evaluate(left, point), op, evaluate(right, point)) == "holds"
            for left, op, right in condition.pairs()
        )
    except (Undefined, Undecided):
        return False


def _test(question: Question, point: Point, functions: Mapping[str, Expr]) -> Answer | int | None:
    """An answer if the comparison fails at a point, None if that is open, else which side is larger (-1, 0 or 1)."""
    try:
        left, right = _both(question, point)
        outcome = _compare(left, question.op, right)
    except Undefined as error:
        return Answer(Verdict.FALSE, f"{_at(point, functions)} {error.message}")
    except Undecided:
        return None
    if outcome == "fails":
        return Answer(Verdict.FALSE, f"{_at(point, functions)} {_sides(left, right)}")
    if outcome not in ("holds", "close"):
        return None
    if outcome == "close" or isinstance(left, tuple) or isinstance(right, tuple):
        return 0
    return sign(subtract(left, right))


def _at(point: Mapping[str, Value], functions: Mapping[str, Expr] | None = None) -> str:
    """`at x = 2, y = 3`, with at most five names."""
    said = [f"{name}(t) = {body}" for name, body in (functions or {}).items()]
    said += [f"{name} = {shown(value)}" for name, value in list(point.items())[:5]]
    return f"at {', '.join(said)}" if said else "here"


def domains_of(names: set[str], domains: Mapping[str, Domain]) -> tuple[tuple[str, Domain], ...]:
    """The domains that matter for some names, sorted."""
    wanted = set(names)
    for name in names:
        base = name.rpartition("_")[0]
        if base:
            wanted |= {base, f"{base}_*"}
    return tuple(sorted((name, domain) for name, domain in domains.items() if name in wanted))
