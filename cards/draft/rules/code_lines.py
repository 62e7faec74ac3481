r"""The rule `code-line`: what a line of code does, in the words of the page, or what it is worked out to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.markdown import markdown_of
from cards.draft.page import Code, CodeSpan, Equation, Formula, Item, Paragraph, Words
from cards.draft.rules.asking import is_numeric, is_tall
from cards.draft.rules.code_asking import code_question, computes, is_thing
from cards.draft.rules.code_blocks import Told, is_print, told_in
from cards.draft.rules.code_files import code_line, file_of
from cards.draft.rules.english import sentence
from cards.draft.rules.phrases import CODE, Line, line_of, prose_line
from cards.draft.rules.topics import topic_of
from cards.draft.tex import statements

_CODES = rf"{CODE}(?:\s*(?:,|/|or|and|,\s*or)\s*{CODE})*"
_BY = r"\s*(?:—|–|\s-{1,3}\s|:(?!:)|→|=>|⇒)\s*"
_DOES = re.compile(rf"^(?:(?:use|try|call|run|write|type)\s+)?(?P<code>{_CODES}){_BY}(?P<does>\S.*)$", re.S | re.I)
_VERB = re.compile(
    rf"^(?:the\s+)?(?:(?:function|method|command|operator|expression|call|keyword|class|decorator|flag|option)\s+)?"
    rf"(?P<code>{CODE})\s+(?:(?:function|method|command|operator|keyword|class|decorator|flag|option)\s+)?"
    rf"(?P<verb>[a-z]+s)\s+(?P<does>\S.*)$",
    re.S | re.I,
)
_WRITTEN = re.compile(
    r"^(?:(?:in|using|with)\s+)?(?P<how>python|numpy|pytorch|r|julia|javascript|java|matlab|sql|c|c\+\+|rust|go|haskell"
    r"|pandas|tensorflow|jax|sympy|scipy|excel|code|latex)\s*(?::|—|–|,|\s-\s|,?\s*(?:we|you|one|it|this)\s+(?:can\s+)?"
    rf"(?:be\s+)?(?:write|writes|written|use|uses|is|is written as|do|does))\s*(?P<code>{_CODES})"
    r"(?P<rest>[.;,]?|\s*[(,—–].{0,80})$",
    re.I,
)
_BY_NAME = """
python Python py Python pycon Python r R julia Julia matlab MATLAB javascript JavaScript js JavaScript java Java c C
cpp C++ rust Rust go Go sql SQL haskell Haskell numpy NumPy pytorch PyTorch pandas pandas latex LaTeX
"""
_PAIRS = _BY_NAME.split()
_LANGUAGES = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_NO_VERB = frozenset(
    {"is", "was", "has", "as", "parameters", "arguments", "needs", "requires", "takes", "expects", "class"}
)
_NO_ANSWER = re.compile(r"(?:in|inside|within|at|during|before|after|when|while|once)\s|\w+(?:ed|en)\b", re.I)
_ASKS_FOR = re.compile(r"^(?!.*\b(?:that|which|who|where)\b).*\b(?:must|should|cannot)\b", re.I)
_LONGEST_WORDS = 300  # characters of what is said of a line of code
_LONG = 60  # characters of code that still stand well in a line of text
_IMPLEMENTS = 8  # lines of a block of code that says a formula
_EXAMPLE_LINES, _EXAMPLE_COMMENTS = 20, 6  # a block up to so long is an example, a longer one more likely a program


def _candidates(unit: Unit) -> tuple[Candidate, ...]:
    match unit.part:
        case Code() as code:
            return tuple(_of_block(unit, code))
        case Paragraph(text=text) if unit.item is None:
            return tuple(_of_line(unit, line_of(text.spans)))
        case Item(blocks=(Paragraph() as first, *_)):
            return tuple(_of_line(unit, prose_line(first)))
    return ()


def tells_of_code(line: Line) -> bool:
    """Whether a text begins with code and says what that does: a formula in it belongs to what it says."""
    return _DOES.match(line.unmarked().text) is not None


def _of_line(unit: Unit, line: Line) -> Iterator[Candidate]:
    line = line.unmarked()
    written = _WRITTEN.match(line.text)
    if written:
        yield from _written(unit, line, written)
        return
    found = _DOES.match(line.text)
    verb = None if found else _VERB.match(line.text)
    said = found or verb
    if said is None or (verb and verb["verb"].lower() in _NO_VERB):
        return
    start = said.start("does") if found else said.start("verb")
    does = Line(line.cut(start).text.lstrip("-–— "), line.signs)
    result = does.sole_code() is not None or does.sole_formula() is not None
    if len(does.plain()) > _LONGEST_WORDS or does.text.endswith((":", "?")):
        return
    if not result and not re.search(r"\w\w", does.plain()):
        return
    codes = [span.text for span in line.spans(*said.span("code")) if isinstance(span, CodeSpan)]
    file = file_of(unit)
    first = does.sentences()[0]
    rest = does.text[len(first.text) :].strip() if does.text.startswith(first.text) else ""
    shown = " or ".join(markdown_of([CodeSpan(code)]) for code in codes)
    if result:
        if "rand" in codes[0]:
            return  # another time it gives something else
        front, back = f"What does {shown} give?", does.markdown()
    else:
        front, back = code_question(codes[0], first, file, shown=shown) or _otherwise(codes[0], shown, first)
    sure = Sure.HIGH if found and file else Sure.MEDIUM if found else Sure.LOW
    yield Candidate(
        rule=RULE.name,
        sure=sure,
        line=unit.line,
        subject=codes[0],
        kind="basic",
        front=front,
        back=back,
        why=sentence(Line(rest, does.signs).markdown()) if rest else "",
        code=code_line(file, codes[0], first),
    )


def _otherwise(code: str, shown: str, does: Line) -> tuple[str, str]:
    """The question on code of which the words say neither what it does nor what it is."""
    named = re.fullmatch(r"[A-Za-z_][\w.]*", code) is not None
    return f"What is {shown}?" if named else f"What does {shown} mean?", sentence(does.markdown())


def _written(unit: Unit, line: Line, found: re.Match[str]) -> Iterator[Candidate]:
    """A line "In Python: `sum(x)`": what stands before it, or the topic, is asked for in that language."""
    how = _LANGUAGES.get(found["how"].lower(), found["how"] if found["how"][0].isupper() else found["how"].lower())
    how = "code" if how.lower() == "code" else how
    what = _formula_before(unit)
    topic = topic_of(unit)
    if what:
        front = f"How is {what} written in {how}?"
    elif topic is not None:
        front = f"{topic.text}: how is it written in {how}?"
    else:
        return
    codes = [span.text for span in line.spans(*found.span("code")) if isinstance(span, CodeSpan)]
    yield Candidate(
        rule=RULE.name,
        sure=Sure.MEDIUM,
        line=unit.line,
        subject=codes[0],
        kind="basic",
        front=front,
        back=" or ".join(markdown_of([CodeSpan(code)]) for code in codes),
    )


def _formula_before(unit: Unit) -> str:
    """The left side of the general formula right before the unit, as Markdown; empty if there is none."""
    if not isinstance(unit.before, Equation):
        return ""
    stated = statements(unit.before.tex)
    if len(stated) != 1 or not stated[0].sides:
        return ""
    left = stated[0].sides[0].tex
    numbers = is_numeric(left) or re.search(r"\d+\s*,\s*-?\d", left) is not None
    return "" if numbers or is_tall(left) or len(left) < 3 else markdown_of([Formula(left)])


def _of_block(unit: Unit, code: Code) -> Iterator[Candidate]:
    implements = _implements(unit, code)
    if implements is not None:
        yield implements
        return
    told = told_in(code.text, code.language)
    long = code.text.count("\n") + 1 > _EXAMPLE_LINES
    for each in told:
        sure = Sure.LOW if long or each.commented > _EXAMPLE_COMMENTS else Sure.MEDIUM
        candidate = _of_told(unit, code, each, sure)
        if candidate is not None:
            yield candidate


def _implements(unit: Unit, code: Code) -> Candidate | None:
    """A formula and the code right behind it, that says the same."""
    what, language = _formula_before(unit), _LANGUAGES.get(code.language.lower(), "")
    lines = code.text.strip().split("\n")
    if not what or not language or len(lines) > _IMPLEMENTS or any(re.match(r">>>|In ?\[", line) for line in lines):
        return None
    return Candidate(
        rule=RULE.name,
        sure=Sure.MEDIUM,
        line=unit.line,
        subject=lines[0],
        kind="basic",
        front=f"How is {what} written in {language}?",
        back=_fenced(code.text.strip("\n"), code.language),
    )


def _of_told(unit: Unit, code: Code, told: Told, sure: Sure) -> Candidate | None:
    language = "python" if code.language in ("", "pycon") else code.language
    below = told.before != "" or "\n" in told.code or len(told.code) > _LONG
    block = _fenced("\n".join(filter(None, (told.before, told.code))), language) if below else ""
    last = "the last statement" if "\n" in told.code and told.before else "the last line" if told.before else "this"
    asked = _asked(told, "" if below else markdown_of([CodeSpan(told.code)]), last)
    if asked is None:
        return None
    front, back = asked
    return Candidate(
        rule=RULE.name,
        sure=sure,
        line=code.line + told.row + 1,  # the code begins behind its fence
        subject=_subject(told.code),
        kind="basic",
        front=f"{front}\n\n{block}" if block else front,
        back=back,
        why=sentence(told.more) if told.more else "",
        code=code_line(file_of(unit), told.code, Line(""), language) if not below else (),
    )


def _asked(told: Told, shown: str, last: str) -> tuple[str, str] | None:
    """The question on a statement, and its answer; `shown` is empty if the code stands below the question."""
    this = shown or last
    if told.kind == "error":
        return f"Which error does {this} raise?", markdown_of([CodeSpan(told.says)])
    if told.kind == "output":
        back = _fenced(told.says, "text") if "\n" in told.says else markdown_of([CodeSpan(told.says)])
        return f"What does {this} {'print' if is_print(told.code) else 'give'}?", back
    says = _remark(told.says)
    assigned = re.match(r"\s*([A-Za-z_]\w*)\s*=(?!=)", told.code)
    if _NO_ANSWER.match(told.says):
        return None
    if is_thing(says) and _ASKS_FOR.search(says.text):
        return None
    if not is_thing(says):
        return code_question(told.code, says, shown=this)
    if assigned:
        name = f"`{assigned[1]}`"
        return (f"In {shown}, what is {name}?" if shown else f"What is {name} here?"), sentence(says.markdown())
    return (f"What does {this} give?", sentence(says.markdown())) if computes(told.code) else None


def _remark(comment: str) -> Line:
    """A comment as a line: what stands between backticks in it is code."""
    pieces = comment.split("`")
    if len(pieces) % 2 == 0:
        return line_of((Words(comment),))
    return line_of(CodeSpan(text) if place % 2 else Words(text) for place, text in enumerate(pieces) if text)


def _subject(code: str) -> str:
    """What a statement is about, for its id: no `<placeholder>`s, and of `<list> = f(x)` what is worked out."""
    first = re.sub(r"^\s*<[\w/ .,]+>\s*=\s*(?=\S)", "", code.split("\n", maxsplit=1)[0])
    return re.sub(r"<(\w(?:[\w/ .,]*\w)?)>", r"\1", first)


def _fenced(code: str, language: str) -> str:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", code))])
    return f"{fence}{language}\n{code}\n{fence}"


RULE = Rule(
    name="code-line",
    about="A line of code with what it does, in a list, behind a comment sign or in an interpreter's session.",
    example='!!! info "Where it appears in model.py"\n\n    - `x ** 0.5` — scaling in attention',
    apply=_candidates,
)
