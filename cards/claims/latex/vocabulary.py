"""The commands that the reader knows, by what they are."""

from __future__ import annotations

_LETTERS = """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon
phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell"""
_VARIANTS = {r"\varepsilon": "epsilon", r"\varphi": "phi", r"\vartheta": "theta", r"\infty": "oo"}
GREEK = {f"\\{name}": name for name in str.split(_LETTERS)} | _VARIANTS

RELATIONS = {
    "=": "==",
    "<": "<",
    ">": ">",
    r"\le": "<=",
    r"\ge": ">=",
    r"\ne": "!=",
    r"\approx": "~=",
}

ACCENTS = frozenset({r"\hat", r"\bar", r"\tilde", r"\overline", r"\widehat", r"\dot"})
BOLD = frozenset({r"\vec", r"\mathbf", r"\boldsymbol", r"\bm"})
TRANSPARENT = frozenset({r"\boxed", r"\mathstrut"})

# Functions that may stand before their argument without brackets, by their name in the small language.
NAMED = {r"\ln": "ln", r"\log": "log", r"\exp": "exp", r"\sin": "sin", r"\cos": "cos", r"\tan": "tan"}
LISTS = {r"\max": "max", r"\min": "min", r"\gcd": "gcd"}

# Functions by their names in text (\text{mean}, \operatorname{ReLU}).
_FUNCTIONS = "mean softmax relu sigmoid max min sum len abs sqrt exp log ln floor ceil round dot gcd"
WORDS = {name: name for name in str.split(_FUNCTIONS)} | {"average": "mean", "length": "len"}

CLOSING = frozenset(
    {r"\rvert", r"\rVert", r"\rfloor", r"\rceil", r"\}", r"\end", r"\\", r"\times", r"\cdot", r"\div", r"\dots", r"\%"}
    | {r"\implies", r"\iff", r"\top", r"\prime", r"\pm", r"\mp"}
)

_RELATION = "a claim can say what it means: {says: ..., holds: ...}"
_ARROW = "write the limit as \\lim_{x \\to a}"
NOT_READ = {
    r"\equiv": _RELATION,
    r"\sim": _RELATION,
    r"\simeq": _RELATION,
    r"\cong": _RELATION,
    r"\propto": _RELATION,
    r"\ll": _RELATION,
    r"\gg": _RELATION,
    r"\in": _RELATION,
    r"\notin": _RELATION,
    r"\subset": _RELATION,
    r"\subseteq": _RELATION,
    r"\to": _ARROW,
    r"\mapsto": "write f(x) = ...",
    r"\circ": "write f(g(x))",
    r"\int": "an integral can be tied by a claim",
    ":": "write it in words",
    ";": "write a comma or \\quad",
    "&": "an alignment stands in \\begin{aligned} alone",
    r"\\": "a new line stands in \\begin{aligned} alone",
    r"\{": "a set is not read",
    r"\pm": "it stands for two formulas; write them both",
    r"\mp": "it stands for two formulas; write them both",
    r"\mid": "a condition inside of a formula is not read",
    r"\|": "write \\lvert x \\rvert for the absolute value, \\lVert v \\rVert for the length of a vector",
}
UNREAD_RELATIONS = frozenset(
    {r"\equiv", r"\sim", r"\simeq", r"\cong", r"\propto", r"\ll", r"\gg", r"\asymp", r"\doteq", r"\triangleq"}
    | {r"\nleq", r"\ngeq", r"\nless", r"\ngtr", r"\lneq", r"\gneq", r"\lesssim", r"\gtrsim", r"\coloneqq", r"\prec"}
    | {r"\succ", r"\preceq", r"\succeq"}
)
