r"""What a whole formula says: chains of comparisons, lists of them, conditions (`\text{for } x > 0`), `\implies`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from cards.claims.latex import brackets, structures  # their import teaches Terms the commands
from cards.claims.latex.detection import USUAL_FUNCTIONS
from cards.claims.latex.errors import Unreadable
from cards.claims.latex.stream import Context, depth_change, split
from cards.claims.latex.terms import Terms
from cards.claims.latex.tokens import Kind, Token, tokenize
from cards.claims.latex.vocabulary import RELATIONS
from cards.expr import Condition, Domain, Expr, Name, Number, Relation

LOADED = (brackets, structures)


@dataclass(frozen=True, slots=True)
class Shown:
    r"""One statement of a formula, or an expression that it shows without saying anything about it.

    Attributes:
        says: a chain of comparisons, or an expression alone.
        conditions: what stands behind `\text{for}` or in brackets: under these it is said.
        premises: what stands before `\implies`.
        kinds: names that their look makes vectors or matrices.
        at: where it begins in the formula.
    """

    says: Relation | Expr
    conditions: tuple[Condition, ...] = ()
    premises: tuple[Relation, ...] = ()
    kinds: Mapping[str, str] | None = None
    at: int = 0


@dataclass(slots=True)
class _Segment:
    """Tokens between separators, and the word that they follow."""

    word: str
    tokens: list[Token]
    at: int


_FOR_ALL = ("for_all", "for_every", "for_any", "for_each")
_CONDITION_WORDS = frozenset(
    {"if", "for", "when", "where", "whenever", "provided", "provided_that", "with", "as_long_as", "given", *_FOR_ALL}
    | {f"{words}_real" for words in _FOR_ALL}
)
_AND_WORDS = frozenset({"and", "so", "then", "hence", "thus", "therefore", "because", "since", "also", "but"})
_ROWS = frozenset({"aligned", "gathered", "split", "align", "align*", "gather", "gather*", "alignedat"})
_SETS = {"R": "", "N": "natural", "Z": "integer"}


def read(source: str, functions: frozenset[str] = USUAL_FUNCTIONS) -> tuple[Shown, ...]:
    """What a formula says, from left to right.

    Args:
        source: the LaTeX between the dollars.
        functions: names that a bracket behind them makes a call; see `defined_functions`.

    Raises:
        Unreadable: it is not read, or could be read in two ways.
    """
    tokens = _rows(list(tokenize(source)))
    if not tokens:
        raise Unreadable("the formula is empty")
    context = Context(functions)
    result: list[Shown] = []
    before: tuple[Relation, ...] = ()
    groups = _groups(tokens)
    for place, (arrow, group) in enumerate(groups):
        statements = _statements(group, context)
        relations = tuple(shown.says for shown in statements if isinstance(shown.says, Relation))
        if len(groups) == 1:
            return statements
        if len(relations) < len(statements):
            raise Unreadable("on both sides of an arrow stand equations or inequalities", statements[0].at)
        if place:
            result += (_with_premises(shown, before) for shown in statements)
            if arrow == r"\iff":
                earlier = _statements(groups[place - 1][1], context)
                result += (_with_premises(shown, relations) for shown in earlier)
        before = relations
    return tuple(result)


def _with_premises(shown: Shown, premises: tuple[Relation, ...]) -> Shown:
    return Shown(shown.says, shown.conditions, premises, shown.kinds, shown.at)


def _groups(tokens: list[Token]) -> list[tuple[str, list[Token]]]:
    """The tokens between arrows, each with the arrow before it."""
    groups: list[tuple[str, list[Token]]] = [("", [])]
    depth = 0
    for token in tokens:
        depth += depth_change(token)
        if depth == 0 and token.text in (r"\implies", r"\iff") and token.kind is Kind.COMMAND:
            groups.append((token.text, []))
        else:
            groups[-1][1].append(token)
    return groups


def _rows(tokens: list[Token]) -> list[Token]:
    r"""The rows of `\begin{aligned}` one after the other: one that begins with = goes on with the row before it."""
    if not tokens or tokens[0].text != r"\begin":
        return tokens
    close = next((i for i, token in enumerate(tokens) if token.text == "}"), 0)
    name = "".join(token.text for token in tokens[2:close])
    if name not in _ROWS:
        return tokens
    end = len(tokens) - 1
    while end > close and tokens[end].text != r"\end":
        end -= 1
    result: list[Token] = []
    for row in split(tokens[close + 1 : end], r"\\"):
        depth = 0
        kept = []
        for token in row:
            depth += depth_change(token)
            if token.text != "&" or depth:
                kept.append(token)
        while result and kept and result[-1].text in (",", ".", ";"):
            result.pop()
        if result and kept and kept[0].text not in RELATIONS and kept[0].text not in ("+", "-", r"\implies", r"\iff"):
            result.append(Token(Kind.GAP, r"\quad", kept[0].at, kept[0].at))
        result += kept
    return result


def _statements(tokens: list[Token], context: Context) -> tuple[Shown, ...]:
    """The statements between two arrows."""
    segments = _segments(tokens)
    said: list[tuple[Relation | Expr, int]] = []
    conditions: list[Condition] = []
    names: list[Name] = []
    waiting = ""
    for place, segment in enumerate(segments):
        is_condition = segment.word in _CONDITION_WORDS or segment.word == "("
        if is_condition and (segment.word == "(" or place > 0 or len(segments) > 1):
            stated = _conditions(segment, context)
            if segment.word == waiting and stated and isinstance(stated[0], Relation):
                # "for x, y > 0": the condition is on both
                stated += [Relation(name, stated[0].rest, at=name.at) for name in names]
            names = [*names, *_bare_names(segment, context)] if not stated else []
            waiting = segment.word
            conditions += stated
            continue
        if segment.word == "or":
            raise Unreadable("a formula with `or` in it is not read; write two formulas", segment.at)
        reader = Terms(segment.tokens, context)
        says = reader.relation()
        reader.finish()
        said.append((says, segment.at))
    if not said and len(segments) > 1 and segments[0].word != "(":  # "if x > 0, |x| = x"
        (last,) = _conditions(segments[-1], context)[-1:]
        if isinstance(last, Relation):
            return (Shown(last, tuple(conditions[:-1]), (), context.kinds, segments[-1].at),)
    if not said and conditions:
        return tuple(Shown(each, kinds=context.kinds, at=each.at) for each in conditions if isinstance(each, Relation))
    relations = [says for says, _ in said if isinstance(says, Relation)]
    for before, behind in pairwise(relations):
        if _halves(before, behind):
            raise Unreadable(
                "whether each part holds for all the symbols is not clear; write each by itself", behind.at
            )
    if relations and len(relations) < len(said):
        alone, at = next((says, at) for says, at in said if not isinstance(says, Relation))
        raise Unreadable(f"{alone} stands alone between the commas of a formula that has equations in it", at)
    return tuple(Shown(says, tuple(conditions), (), context.kinds, at) for says, at in said)


def _halves(before: Relation, behind: Relation) -> bool:
    """Whether two statements look like one about several symbols: `0 < x, y < 1`."""
    return (
        len(before.rest) == len(behind.rest) == 1
        and isinstance(before.first, Number)
        and isinstance(before.rest[0][1], Name)
        and isinstance(behind.first, Name)
        and isinstance(behind.rest[0][1], Number)
        and before.rest[0][0] in ("<", "<=", ">", ">=")
        and before.rest[0][0].strip("=") == behind.rest[0][0].strip("=")
    )


def _segments(tokens: list[Token]) -> list[_Segment]:
    """The tokens between commas, wide gaps and linking words, outside of all brackets; no empty ones."""
    segments = [_Segment("", [], 0)]
    i, depth = 0, 0
    while i < len(tokens):
        token = tokens[i]
        word = "_".join(token.text.lower().strip(" ,.").split()) if token.kind is Kind.TEXT else ""
        if depth == 0 and (
            token.kind is Kind.GAP or (token.text in (",", ";") and token.kind is Kind.SIGN) or _links(word)
        ):
            # a condition goes on behind a comma: "for a > 0, b > 0"
            inherited = segments[-1].word if token.text == "," and segments[-1].word in _CONDITION_WORDS else ""
            if segments[-1].tokens:
                segments.append(_Segment(inherited, [], token.end))
            elif token.kind is Kind.GAP:
                segments[-1].word = ""
            if word:
                segments[-1].word = word
                segments[-1].at = token.end
        elif depth == 0 and _opens_condition(tokens, i):
            end = _closing(tokens, i)
            if segments[-1].tokens:
                segments.append(_Segment("(", [], token.at))
            segments[-1].word, segments[-1].tokens = "(", tokens[i + 1 : end]
            segments.append(_Segment("", [], token.end))
            i = end
        else:
            if not segments[-1].tokens:
                segments[-1].at = token.at
            segments[-1].tokens.append(token)
            depth += depth_change(token)
        i += 1
    return _kept(segments)


def _kept(segments: list[_Segment]) -> list[_Segment]:
    """The segments that hold anything, without the full stop behind a sentence."""
    kept = []
    for segment in segments:
        while segment.tokens and segment.tokens[-1].text == "." and segment.tokens[-1].kind is Kind.SIGN:
            segment.tokens.pop()
        if segment.tokens:
            kept.append(segment)
    if not kept:
        raise Unreadable("the formula is empty")
    return kept


def _links(word: str) -> bool:
    return word in _CONDITION_WORDS or word in _AND_WORDS or word == "or"


def _opens_condition(tokens: list[Token], i: int) -> bool:
    r"""Whether a bracket opens that holds a comparison, as in `a^0 = 1 (a \ne 0)`, and no event, as in P(X = 1)."""
    if tokens[i].text != "(" or tokens[i].kind is not Kind.SIGN:
        return False
    if i and (tokens[i - 1].text == "P" or tokens[i - 1].kind is Kind.TEXT):
        return False
    depth = 0
    for token in tokens[i : _closing(tokens, i)]:
        depth += depth_change(token)
        if depth == 1 and (token.text in RELATIONS or token.text == r"\in"):
            return True
    return False


def _closing(tokens: list[Token], start: int) -> int:
    depth = 0
    for i in range(start, len(tokens)):
        depth += depth_change(tokens[i])
        if depth == 0:
            return i
    raise Unreadable("a bracket is never closed", tokens[start].at)


def _conditions(segment: _Segment, context: Context) -> list[Condition]:
    r"""The conditions that a segment states: comparisons, or `x \in \mathbb{R}`; a bare name states none."""
    member = split(segment.tokens, r"\in")
    if len(member) == 2:
        name = Terms(member[0], context).whole()
        letters = [token.text for token in member[1] if token.text not in ("{", "}")]
        if isinstance(name, Name) and len(letters) == 2 and letters[0] == r"\mathbb" and letters[1] in _SETS:
            word = _SETS[letters[1]]
            return [Domain(name.name, word, at=segment.at)] if word else []
        raise Unreadable(r"\in is read before \mathbb{R}, \mathbb{N} and \mathbb{Z} alone", segment.at)
    tokens = segment.tokens
    while tokens and tokens[0].kind is Kind.TEXT and tokens[0].text.strip().lower() in ("all", "every", "any", "real"):
        tokens = tokens[1:]
    reader = Terms(tokens, context)
    condition = reader.relation()
    reader.finish()
    if isinstance(condition, Relation):
        return [condition]
    if isinstance(condition, Name):
        return []
    raise Unreadable("a condition needs a comparison", segment.at)


def _bare_names(segment: _Segment, context: Context) -> list[Name]:
    """The name that a segment consists of, as in "for x, y > 0"; quantifiers aside."""
    if segment.word in _FOR_ALL or len(segment.tokens) != 1:
        return []
    name = Terms(segment.tokens, context).whole()
    return [name] if isinstance(name, Name) else []
