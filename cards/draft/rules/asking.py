r"""Questions on formulas: which question a statement answers, by its relation and by what the page calls it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.draft.candidate import Sure
from cards.draft.rules.called import LAW
from cards.draft.rules.english import is_plural
from cards.draft.tex import Side, Statement, split_relation
from cards.draft.tex.relations import DEFINES
from cards.draft.tex.statements import CONDITION_WORDS

DERIVATION = 3
"""Rows of a formula from which on it is a derivation."""
_GENERAL = re.compile(
    r"^(?:the|an?)?\s*(?:\w+ )?(?:matrix|vector|function|values?|variables?|numbers?|sum|set|terms?|quantity"
    r"|quantities|results?|systems?|expressions?|data|points?|scalar|model|output|input|sequence|series|constant|symbol|notation|following"
    r"|ratio|fraction|product|outcome|assumption|property|equality|equation|inequality|condition|statement|case|fact"
    r"|derivatives?|integrals?|domain|range|limit|relation|identity|last step|step|value|letter|parameter|coefficient)"
    r"(?:\s*\$[^$]*\$)?$",
    re.I,
)
INLINE = 70
"""Characters of a formula that still stands well in a line of text."""

_TALL = re.compile(r"\\begin|\\\\|\\displaystyle|\\underbrace|\\overbrace")
_FORMULA_OF = re.compile(r"\b(?:formula|equation|expression)$", re.I)
_SYMBOL = re.compile(
    r"^(?:\\(?:mathbf|mathbb|mathcal|mathrm|boldsymbol|bm|vec|hat|bar|tilde|overline|text|operatorname|dot)\s*)?"
    r"(?:[A-Za-z]|\\[A-Za-z]+|\{[^{}]*\})'*"
    r"(?:_(?:\{[^{}]*\}|\w|\\[A-Za-z]+)|\^(?:[*A-Z]|\\[a-z]+|\{\s*(?:\(.*\)|\[.*\]|\*|[A-Z]|\\[a-z]+)\s*\}))*$"
)
_APPLIED = re.compile(
    r"^(?:[A-Za-z]|\\(?:sigma|phi|varphi|psi|Phi|Gamma|zeta|ell|rho|mu|theta|delta|Delta|pi|nabla f)"
    r"|\\(?:text|operatorname|mathrm|mathcal|mathbb|mathbf)\s*\{[^{}]*\})"
    r"'*(?:[_^](?:\{[^{}]*\}|\w|\\[a-z]+))?\s*(?:\\left)?[(\[]\s*"
    r"(?:[A-Za-z]|\\[a-z]+|\\(?:mathbf|vec|boldsymbol)\s*\{?[A-Za-z]\}?)(?:_(?:\w|\{[^{}]*\}))?"
    r"(?:\s*[,;|]\s*(?:\\mid\s*)?(?:[A-Za-z]|\\[a-z]+|\\(?:mathbf|vec|boldsymbol)\s*\{?[A-Za-z]\}?)(?:_(?:\w|\{[^{}]*\}))?)*"
    r"\s*(?:\\right)?[)\]]$"
)
_CLAUSE = re.compile(
    r"\b(?:that|which|who|whose|is|are|was|has|have|follows?|uses?|gives?|says?|holds?|means|satisfies|contains?|defined"
    r"|given|written|denoted|called|known)\b",
    re.I,
)
_WORD = re.compile(
    r"^(?:[A-Za-z]{3,}\d?|[A-Z]\d|\\(?:text|mathrm|operatorname|textrm|mathit)\s*\{\s*[A-Za-z][^{}]+\})$"
)
_SQUARED = re.compile(r"^(?:[A-Za-z]|\\[a-z]+)(?:_\w)?\^2$")
_CHANCE = re.compile(
    r"\\?(?:mathbb|mathrm|mathcal|operatorname|text(?:rm)?)?\s*\{?\s*(?:Pr?|E|Var|Cov|Corr|SD|V)\s*\}?\s*(?:\\left)?[(\[]"
)
_JOINS = re.compile(r"\\(?:land|lor|wedge|vee|text\s*\{\s*(?:and|or)\s*\})(?![A-Za-z])")
_ORDER = frozenset({"<", ">", r"\le", r"\ge"})
_NUMBERS = re.compile(r"^[\d\s.,+\-*/()\[\]^{}:&\\]*$")


@dataclass(frozen=True, slots=True)
class Question:
    """A question on a statement.

    Attributes:
        words: the question, to go on a sentence, with its formulas in dollars; without a final mark if `shown` follows.
        back: the answer as Markdown.
        sure: how sure it is, apart from what stands around the formula.
        shown: a formula too tall for a line, which stands below the question; empty if none.
        defines: whether it asks for a definition.
    """

    words: str
    back: str
    sure: Sure
    shown: str = ""
    defines: bool = False

    def front(self, prefix: str = "") -> str:
        """The question as a card's front, with words before it."""
        words = f"{prefix}{self.words}"
        words = words[0].upper() + words[1:] if re.match(r"[a-z](?![A-Z])", words) else words
        return f"{words}\n\n$${self.shown}$$" if self.shown else words


def is_symbol(tex: str) -> bool:
    r"""Whether it is one symbol, with subscripts and accents, or a word in its place: `\hat{y}_i`, `Accuracy`."""
    return _SYMBOL.match(tex.strip()) is not None or _WORD.match(tex.strip()) is not None


def is_application(tex: str) -> bool:
    r"""Whether it is a function of plain symbols, as definitions begin: `\sigma(x)`, `f(x, y)`."""
    return _APPLIED.match(tex.strip()) is not None


def is_numeric(tex: str) -> bool:
    """Whether no letter stands in it but e and those of commands for fractions, roots and products."""
    bare = re.sub(
        r"\\(?:begin|end)\s*\{\w+\*?\}|\\(?:frac|dfrac|tfrac|sqrt|times|cdot|div|left|right|quad|approx|ldots|dots|pi|max|infty"
        r"|min|ln|log|exp|sin|cos|tan)"
        r"(?![A-Za-z])|\\[,;:! %]",
        "",
        tex,
    )
    return _NUMBERS.match(re.sub(r"(?<![A-Za-z\\])e(?![A-Za-z])", "", bare)) is not None


def shown(tex: str) -> str:
    """A formula as Markdown: in a line if it fits there, else as a display."""
    return f"$${tex}$$" if is_tall(tex) else f"${tex}$"


def is_tall(tex: str) -> bool:
    """Whether a formula wants lines of its own."""
    return len(tex) > INLINE or _TALL.search(tex) is not None


def question(
    statement: Statement,
    named: str = "",
    told: str = "",
    *,
    condition: str = "",
    given: str = "",
    english: bool = True,
) -> Question | None:
    r"""The question that a statement answers; None if it states nothing or cannot be asked well.

    Args:
        statement: the statement.
        named: what the page calls it, with its article: `the chain rule`, `the variance`; empty if it does not say.
        told: what the page says that the left side is: `the mean`; empty if it does not say.
        condition: words that say when it holds, as they go on a sentence: `if $X$ and $Y$ are independent`.
        given: the function, as a formula, whose derivative the left side is; empty if it is no derivative of one.
        english: whether the page is English; else the question is a formula with a gap.
    """
    sides = statement.sides
    if not sides:
        return None
    if len(sides) == 1:
        return _nameless(statement, named, english)
    left = sides[0].tex
    if not left or not sides[-1].tex:
        return None
    named = named if _names(named) else ""
    condition = _conditions(statement) + (f", {condition}" if condition else "")
    back = shown(statement.whole) if sides[-1].op != r"\ne" else f"No: {shown(statement.whole)}"
    if not english:
        return Question(rf"$\displaystyle {left} {sides[1].op} {{}}?$", back, Sure.LOW)
    op = _main(sides)
    if not op and not {side.op for side in sides[1:]} <= _ORDER | {"="}:
        return None
    if op == r"\to" and r"\begin" in left:
        return None  # a matrix, and what it is brought to
    if (not op or op in _ORDER) and any(_JOINS.search(side.tex) for side in sides):
        return None  # several relations, joined
    means = (
        is_symbol(left) or (bool(named) and _SQUARED.match(left)) or (is_application(left) and not _CHANCE.match(left))
    )
    defines = op in DEFINES or (op == "=" and means and statement.rows < DERIVATION)
    words, sure = _words(op, sides, named, told, defines)
    if given:
        words, sure, defines = f"for ${given}$, what is {{L}}{{condition}}", Sure.MEDIUM, False
    words = words.replace("{condition}", condition)
    if not is_tall(left):
        return Question(f"{words.replace('{L}', f'${left}$')}?", back, sure, defines=defines)
    words = words.replace("what is {L}", "what does {L} equal").replace("{L}", "this")
    return Question(f"{words}?", back, sure, shown=left, defines=defines)


def _names(words: str) -> bool:
    """Whether words name one thing among others: `the triangle inequality`, not `the matrix` or `the last step`."""
    if _CLAUSE.search(words):
        return False
    return not _GENERAL.match(words) or (LAW.search(words) is not None and len(words.split()) > 2)


def _main(sides: tuple[Side, ...]) -> str:
    """The relation that a chain states on its first side: the strongest that its links make together."""
    ops = [side.op for side in sides[1:]]
    if ops[0] in DEFINES and set(ops[1:]) <= {"=", *DEFINES}:
        return ops[0]
    for same, weaker in (("=", r"\approx"), (r"\le", "<"), (r"\ge", ">")):
        if set(ops) <= {"=", same, weaker}:
            return weaker if weaker in ops else same if same in ops else "="
    return ops[0] if len(set(ops)) == 1 else ""


def _words(op: str, sides: tuple[Side, ...], named: str, told: str, defines: bool) -> tuple[str, Sure]:
    """The question with `{L}` for the left side and `{condition}` for its conditions."""
    left, right = sides[0].tex, sides[-1].tex
    if named and LAW.search(named) and not is_numeric(left):
        return _law(named, defines)
    if op in DEFINES or defines:
        return _definition(op, left, right, named or told)
    prefix = f"{named}: " if named else ""
    sure = Sure.HIGH if named else Sure.MEDIUM
    if op in ("=", r"\approx"):
        about = "about how much is" if op == r"\approx" and is_numeric(right) else "what is"
        return f"{prefix}{about} {{L}}{{condition}}", sure
    if op in ("<", ">", r"\le", r"\ge", ""):
        return _bound(op, sides), Sure.MEDIUM  # a label such as "Always positive:" would give the answer away
    if op == r"\ne":
        return f"{prefix}is {{L}} equal to ${right}${{condition}}", Sure.MEDIUM
    if op == r"\to" and ":" in left:
        return f"{prefix}between which sets does ${left.partition(':')[0].strip()}$ map", Sure.LOW
    asked = _OTHER.get(op)
    return (f"{prefix}{asked}", Sure.MEDIUM) if asked else (f"{prefix}what holds for {{L}}{{condition}}", Sure.LOW)


_OTHER = {
    r"\to": "what does {L} tend to{condition}",
    r"\mapsto": "what is {L} mapped to{condition}",
    r"\implies": "what follows from {L}{condition}",
    r"\impliedby": "from what does {L} follow{condition}",
    r"\iff": "what is {L} equivalent to{condition}",
    r"\sim": "how is {L} distributed{condition}",
    r"\propto": "what is {L} proportional to{condition}",
    r"\in": "in which set does {L} lie{condition}",
    r"\subset": "of which set is {L} a subset{condition}",
    r"\subseteq": "of which set is {L} a subset{condition}",
    r"\simeq": "what is {L} close to{condition}",
    r"\cong": "what is {L} congruent or isomorphic to{condition}",
    r"\perp": "what is {L} perpendicular to{condition}",
    r"\parallel": "what is {L} parallel to{condition}",
}


def _law(named: str, defines: bool) -> tuple[str, Sure]:
    if _FORMULA_OF.search(named) and defines:
        return f"what is {named} for {{L}}{{condition}}", Sure.HIGH
    do = "do" if is_plural(named) else "does"
    return f"what {do} {named} say about {{L}}{{condition}}", Sure.HIGH


def _definition(op: str, left: str, right: str, name: str) -> tuple[str, Sure]:
    """The question for what a symbol or a function is; `name` is what the page calls it."""
    name = name if _names(name) else ""
    amount = "about how much is" if op == r"\approx" and is_numeric(right) else "what is"
    if not name:
        if is_application(left):
            return "how is {L} defined{condition}", Sure.MEDIUM
        if _WORD.match(left) and not is_numeric(right):
            return "what is the formula for {L}{condition}", Sure.MEDIUM
        return f"{amount} {{L}}{{condition}}", Sure.LOW
    if is_numeric(right):
        return f"{amount} {name} {{L}}{{condition}}", Sure.MEDIUM
    if f"${left}$" in name:
        return f"what is the formula for {name}{{condition}}", Sure.HIGH
    if name.endswith("$"):
        return f"what is the formula for {{L}}, {name}{{condition}}", Sure.HIGH
    return f"what is the formula for {name} {{L}}{{condition}}", Sure.HIGH


def _bound(op: str, sides: tuple[Side, ...]) -> str:
    if op == "":
        return "what holds for {L}{condition}"
    if len(sides) == 3 and is_numeric(sides[0].tex) and is_numeric(sides[2].tex):
        return f"between which bounds does ${sides[1].tex}$ lie{{condition}}"
    if sides[-1].tex == "0":
        return "what is known about the sign of {L}{condition}"
    return f"what is {'an upper' if op in ('<', chr(92) + 'le') else 'a lower'} bound for {{L}}{{condition}}"


def _conditions(statement: Statement) -> str:
    """The conditions of a statement, to go on a question: `, for $x > 0$`."""
    said = []
    for condition in statement.conditions:
        sides = split_relation(condition.tex)
        explains = condition.word in ("where", "with") and len(sides) > 1 and sides[1].op in ("=", ":=")
        if is_tall(condition.tex) or explains:
            continue
        if condition.word in CONDITION_WORDS and condition.tex and condition.word not in ("as", "since", "because"):
            said.append(f"{condition.word} ${condition.tex}$")
        elif condition.tex.startswith(("(", "[")) and condition.tex.endswith((")", "]")):
            said.append(f"if ${condition.tex[1:-1].strip()}$")
        elif not condition.tex.startswith((r"\text", r"\mathrm")):
            said.append(f"for ${condition.tex}$")
    return "".join(f", {text}" for text in said)


def _nameless(statement: Statement, named: str, english: bool) -> Question | None:
    """A formula without a relation answers a question only if the page names it."""
    if not named or not _names(named) or not english or is_symbol(statement.tex) or is_numeric(statement.tex):
        return None
    if statement.tex.startswith((r"\begin{cases}", r"\begin{array}")):  # a system of equations, a table
        return None
    formula = "" if LAW.search(named) else "the formula for "
    return Question(f"what is {formula}{named}?", shown(statement.whole), Sure.MEDIUM)
