r"""`\approx` between a value and a written decimal: true if the decimal is the value's right rounding."""

from __future__ import annotations

from fractions import Fraction

from cards.claims.evaluate import evaluate
from cards.claims.reals import Undecided, Undefined, bounds, shown
from cards.claims.values import Point, Value
from cards.claims.verdicts import Answer, Verdict
from cards.expr import Binary, Call, Expr, Listing, Number, Unary

Written = tuple[Fraction, int]  # a number and how many decimals of it are written, negative for trailing zeros


def written(expr: Expr) -> Written | None:
    r"""A written number and its places: `2.718`, `-0.5`, `4.85 \times 10^8`; None for anything else."""
    match expr:
        case Number(value=value, places=places):
            return value, places
        case Unary(operand=operand):
            inner = written(operand)
            return None if inner is None else (-inner[0], inner[1])
        case Binary(op="*", left=Number() as mantissa, right=Binary(op="**", left=Number(value=base), right=exponent)):
            power = written(exponent)
            if base == 10 and power is not None and power[0].denominator == 1 and abs(power[0]) < 400:
                return mantissa.value * _unit(int(power[0])), mantissa.places - int(power[0])
    return None


def decide_approximate(left: Expr, right: Expr) -> Answer:
    """The answer to `left ~= right`, both without free names."""
    match left, right:
        case Listing(items=a), Listing(items=b):
            if len(a) != len(b):
                return Answer(Verdict.FALSE, f"the left side has {len(a)} elements, the right side {len(b)}")
            return _worst([decide_approximate(x, y) for x, y in zip(a, b, strict=True)])
        case Call(), Listing(items=items) if written(left) is None:
            return _elements(left, items)
        case Listing(items=items), Call():
            return _elements(right, items)
    number, other = written(right), left
    if number is None or ((first := written(left)) is not None and first[1] < number[1]):
        number, other = written(left), right
    if number is None:
        return Answer(
            Verdict.UNSETTLED, r"\approx is read with a written decimal on one side, such as 0.693; write one"
        )
    try:
        value = evaluate(other, Point({}))
    except Undefined as error:
        return Answer(Verdict.FALSE, f"{other} has no value: {error.message}")
    except Undecided as error:
        return Answer(Verdict.UNSETTLED, f"{other} could not be computed: {error}")
    return _rounds(value, number)


def _elements(expr: Expr, items: tuple[Expr, ...]) -> Answer:
    try:
        values = evaluate(expr, Point({}))
    except Undefined as error:
        return Answer(Verdict.FALSE, f"{expr} has no value: {error.message}")
    except Undecided as error:
        return Answer(Verdict.UNSETTLED, f"{expr} could not be computed: {error}")
    if not isinstance(values, tuple) or len(values) != len(items):
        return Answer(Verdict.FALSE, "the sides do not have the same number of elements")
    answers = []
    for value, item in zip(values, items, strict=True):
        number = written(item)
        if number is None:
            return Answer(Verdict.UNSETTLED, r"\approx is read with written decimals on one side; write them")
        answers.append(_rounds(value, number))
    return _worst(answers)


def _worst(answers: list[Answer]) -> Answer:
    for verdict in (Verdict.FALSE, Verdict.UNSETTLED):
        for answer in answers:
            if answer.verdict is verdict:
                return answer
    return answers[0]


def _rounds(value: Value, number: Written) -> Answer:
    if isinstance(value, tuple):
        return Answer(Verdict.FALSE, "one side is a vector, the other a number")
    decimal, places = number
    low, high = bounds(value)
    for precision in _precisions(decimal, places):
        half = _unit(-precision) / 2
        if decimal - half <= low and high <= decimal + half:
            return Answer(Verdict.PROVED, f"the value is {shown(value, 10)}")
    half = _unit(-places) / 2
    if high < decimal - half or low > decimal + half:
        right = _decimal((low + high) / 2, places)
        return Answer(Verdict.FALSE, f"the value is {shown(value, 10)}, which rounds to {right}")
    return Answer(Verdict.UNSETTLED, f"the value {shown(value, 10)} lies too close to the middle of two decimals")


def _precisions(decimal: Fraction, places: int) -> list[int]:
    """Decimal places at which a number may have been rounded: 22000 to units, or to thousands."""
    found = [places]
    if places <= 0 and decimal:
        while decimal % _unit(1 - found[-1]) == 0:
            found.append(found[-1] - 1)
    return found


def _unit(power: int) -> Fraction:
    """A power of ten."""
    return Fraction(10**power) if power >= 0 else Fraction(1, 10**-power)


def _decimal(value: Fraction, places: int) -> str:
    scale = _unit(places)
    rounded = Fraction(int(abs(value) * scale + Fraction(1, 2)), 1) / scale * (1 if value >= 0 else -1)
    return f"{float(rounded):.{max(0, places)}f}"
