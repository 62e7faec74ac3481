"""Validated shapes and their nodes -> the model's values, with every text's place."""

from __future__ import annotations

from typing import TypedDict

from cards import cloze, schema
from cards.findings import Finding, Position
from cards.loader import problems
from cards.loader.complaints import suggestion
from cards.loader.nodes import Report, items_of, optional_text, scalar_of, text_of
from cards.loader.shape import validate
from cards.model import (
    BasicNote,
    Claim,
    ClozeNote,
    CodeUse,
    Drafted,
    Note,
    OutlinePoint,
    Plot,
    ProblemNote,
    ReversedNote,
    Section,
    Text,
    Unchecked,
)
from cards.yaml_source import Mapping, Node, Scalar


class _Core(TypedDict):
    id: str
    first_id: str
    where: Position
    was: tuple[str, ...]
    why: Text | None
    code: tuple[CodeUse, ...]
    plot: Plot | None
    claims: tuple[Claim, ...]
    unchecked: tuple[Unchecked, ...]
    symbols: tuple[tuple[str, str], ...]
    teaches: tuple[str, ...]
    requires: tuple[str, ...]
    encompasses: tuple[tuple[str, float], ...]
    tags: tuple[str, ...]
    source: str
    todo: str
    drafted: Drafted | None


def note(node: Node, report: Report) -> Note | None:
    """One note, or None if it is not right; then everything wrong with it was reported.

    `first_id` is the note's own id for now: the rules that look at the whole deck settle it.
    """
    if not isinstance(node, Mapping):
        report(Finding(node.where, "wrong-type", "A note is a mapping.", "Begin it with `- id: ...`."))
        return None
    kind = node.get("kind")
    if not isinstance(kind, Scalar) or kind.value not in schema.KINDS:
        report(_no_kind(node, kind))
        return None
    parts = _parts(node, report) if kind.value == "cloze" else ()
    parameters = problems.parameters(node, report) if kind.value == "problem" else ()
    shape = validate(node, schema.KINDS[kind.value], report)
    if shape is None or parts is None or parameters is None:
        return None
    core = _core(node, shape, report)
    match shape:
        case schema.BasicShape():
            return BasicNote(**core, front=text_of(node, "front"), back=text_of(node, "back"))
        case schema.ReversedShape():
            return ReversedNote(**core, front=text_of(node, "front"), back=text_of(node, "back"))
        case schema.ClozeShape():
            return ClozeNote(**core, text=text_of(node, "text"), parts=parts)
        case schema.ProblemShape():
            return ProblemNote(
                **core,
                **problems.asked(node, shape),
                parameters=parameters,
                front=text_of(node, "front"),
                answer=text_of(node, "answer"),
                back=optional_text(node, "back"),
            )


def _no_kind(node: Mapping, kind: Node | None) -> Finding:
    kinds = "basic, reversed, cloze or problem"
    word = kind.value.strip() if isinstance(kind, Scalar) else ""
    if not word:
        where = kind.where if kind is not None else node.where
        return Finding(where, "missing-key", "The note has no `kind`.", f"Write `kind:` and one of {kinds}.")
    near = suggestion(word, schema.KINDS)
    return Finding((kind or node).where, "unknown-kind", f"`{word}` is no kind of note.", near or f"A kind is {kinds}.")


def section(node: Mapping, shape: schema.SectionHead, notes: tuple[Note, ...]) -> Section:
    """A section from its validated head and its notes."""
    plots = node.get("plots")
    return Section(
        id=shape.section,
        title=shape.title,
        where=node.entries["section"][1].where,
        requires=tuple(shape.requires),
        lesson=optional_text(node, "lesson"),
        notes=notes,
        plots=tuple((name, _plot(plots.entries[name][1], item)) for name, item in shape.plots.items())
        if isinstance(plots, Mapping)
        else (),
        claims=_claims(node),
        unchecked=_unchecked(node),
        symbols=tuple(shape.symbols.items()),
        todo=shape.todo or "",
        drafted=_drafted(shape.drafted),
    )


def outline(node: Mapping) -> tuple[OutlinePoint, ...]:
    """The outline of a validated deck.yaml."""
    points = node.get("outline")
    if not isinstance(points, Mapping):
        return ()
    return tuple(
        OutlinePoint(point_id, value.value, key.where)
        for point_id, (key, value) in points.entries.items()
        if isinstance(value, Scalar)
    )


def _core(node: Mapping, shape: schema.NoteShape, report: Report) -> _Core:
    plot = node.get("plot")
    return _Core(
        id=shape.id,
        first_id=shape.id,
        where=node.entries["id"][1].where,
        was=tuple(shape.was),
        why=optional_text(node, "why"),
        code=tuple(_code(item, report) for item in items_of(node, "code")),
        plot=_plot(plot, shape.plot) if plot is not None and shape.plot is not None else None,
        claims=_claims(node),
        unchecked=_unchecked(node),
        symbols=tuple(shape.symbols.items()),
        teaches=tuple(shape.teaches),
        requires=tuple(shape.requires),
        encompasses=tuple((name, float(weight)) for name, weight in shape.encompasses.items()),
        tags=tuple(shape.tags),
        source=shape.source or "",
        todo=shape.todo or "",
        drafted=_drafted(shape.drafted),
    )


def _drafted(shape: schema.DraftedItem | None) -> Drafted | None:
    if shape is None:
        return None
    return Drafted(shape.page, int(shape.line), shape.under or "", shape.rule or "", shape.sure or "")


def _parts(node: Mapping, report: Report) -> tuple[str, ...] | None:
    """The names of a cloze note's gaps; None if there is a mistake, reported if the schema would not find it."""
    text = optional_text(node, "text")
    if not text:
        return None
    try:
        return cloze.part_names(cloze.parse_cloze(text.source))
    except cloze.ClozeError as error:
        report(Finding(text.at(error.offset), "cloze", error.message, error.hint))
        return None


def _claims(node: Mapping) -> tuple[Claim, ...]:
    return tuple(
        Claim(optional_text(item, "holds"), optional_text(item, "says"), optional_text(item, "when"))
        if isinstance(item, Mapping)
        else Claim(scalar_of(item).as_text())
        for item in items_of(node, "claims")
    )


def _unchecked(node: Mapping) -> tuple[Unchecked, ...]:
    items = (item for item in items_of(node, "unchecked") if isinstance(item, Mapping))
    return tuple(Unchecked(text_of(item, "says"), text_of(item, "because").source) for item in items)


def _code(item: Node, report: Report) -> CodeUse:
    if not isinstance(item, Mapping):
        raise AssertionError("validated before")
    language = item.get("language")
    line = scalar_of(item.entries["line"][1])
    if finding := line.cut(always=True):  # in a line of code a `#` is more likely the code's
        report(finding)
    return CodeUse(
        file=text_of(item, "file").source,
        symbol=text_of(item, "symbol").source,
        line=line.as_text(),
        does=optional_text(item, "does"),
        language=language.value if isinstance(language, Scalar) else "python",
    )


def _plot(node: Node, shape: schema.FunctionPlot | schema.BarPlot) -> Plot:
    if isinstance(shape, schema.BarPlot):
        width = str(len(shape.bars))
        return Plot((), ("0", width), node.where, bars=tuple(shape.bars.items()), alt=shape.alt or "")
    return Plot(
        functions=tuple(shape.functions),
        x=(shape.x[0], shape.x[1]),
        where=node.where,
        y=(shape.y[0], shape.y[1]) if shape.y else None,
        points=tuple((point[0], point[1]) for point in shape.points),
        alt=shape.alt or "",
        labels=tuple(shape.labels),
    )
