"""Which functions there are, and how they are called: checked before anything is worked out."""

from __future__ import annotations

from cards.expr.errors import EvaluationError
from cards.expr.functions import FUNCTIONS
from cards.expr.nodes import Call, Name

# Functions that bind a name or take one, with the number of their arguments.
BINDING = {"sum": (1, 4), "diff": (2, 3), "at": (3, 3), "limit": (3, 3), "deriv": (2, 2)}


def check_call(expr: Call) -> None:
    """Check that a function exists, takes so many arguments, and is given names where it binds them.

    Raises:
        EvaluationError: it does not, with the offset of the call.
    """
    if expr.name in BINDING:
        least, most = BINDING[expr.name]
        named = {"sum": 1, "diff": 1, "at": 1, "limit": 1, "deriv": 0}[expr.name]
        if len(expr.args) > 1 and not (len(expr.args) > named and isinstance(expr.args[named], Name)):
            raise EvaluationError(f"{_USAGE[expr.name]}; {expr.args[named]} is no name", expr.at)
    elif expr.name in FUNCTIONS:
        function = FUNCTIONS[expr.name]
        least, most = function.least, function.most or len(expr.args)
    else:
        raise EvaluationError(f"there is no function {expr.name}", expr.at)
    if expr.name == "sum" and len(expr.args) == 2:
        raise EvaluationError(_USAGE["sum"], expr.at)
    if not least <= len(expr.args) <= max(least, most):
        wanted = str(least) if least == most else f"{least} to {most}" if most else f"at least {least}"
        raise EvaluationError(f"{expr.name} takes {wanted} arguments, not {len(expr.args)}", expr.at)


_USAGE = {
    "sum": "write sum(list), sum(expr, i, first, last) or sum(expr, item, list)",
    "diff": "write diff(expr, x) or diff(expr, x, at)",
    "at": "write at(expr, x, value)",
    "limit": "write limit(expr, x, to)",
    "deriv": "write deriv(f, at)",
}
