"""Validated shapes and their nodes -> the model's values, with every text's place."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypedDict

from cards import cloze, schema
from cards.findings import Finding, Position
from cards.given import Given, parse_given
from cards.loader.complaints import suggestion
from cards.loader.shape import plain, validate
from cards.model import (
    BasicNote,
    Claim,
    ClozeNote,
    CodeUse,
    Drafted,
    Note,
    OutlinePoint,
    Parameter,
    Plot,
    ProblemNote,
    ReversedNote,
    Section,
    Text,
    Unchecked,
)
from cards.yaml_source import Mapping, Node, Scalar, Sequence

Report = Callable[[Finding], None]


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
    parameters = _parameters(node, report) if kind.value == "problem" else ()
    shape = validate(node, schema.KINDS[kind.value], report)
    if shape is None or parts is None or parameters is None:
        return None
    core = _core(node, shape, report)
    match shape:
        case schema.BasicShape():
            return BasicNote(**core, front=_text(node, "front"), back=_text(node, "back"))
        case schema.ReversedShape():
            return ReversedNote(**core, front=_text(node, "front"), back=_text(node, "back"))
        case schema.ClozeShape():
            return ClozeNote(**core, text=_text(node, "text"), parts=parts)
        case schema.ProblemShape():
            return ProblemNote(
                **core,
                parameters=parameters,
                constraints=tuple(_scalar(item).as_text() for item in _items(node, "where")),
                front=_text(node, "front"),
                answer=_text(node, "answer"),
                form=shape.form,
                back=_optional(node, "back"),
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
        lesson=_optional(node, "lesson"),
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
        why=_optional(node, "why"),
        code=tuple(_code(item, report) for item in _items(node, "code")),
        plot=_plot(plot, shape.plot) if plot is not None and shape.plot is not None else None,
        claims=_claims(node),
        unchecked=_unchecked(node),
        symbols=tuple(shape.symbols.items()),
        teaches=tuple(shape.teaches),
        requires=tuple(shape.requires),
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
    text = _optional(node, "text")
    if not text:
        return None
    try:
        return cloze.part_names(cloze.parse_cloze(text.source))
    except cloze.ClozeError as error:
        report(Finding(text.at(error.offset), "cloze", error.message, error.hint))
        return None


def _parameters(node: Mapping, report: Report) -> tuple[Parameter, ...] | None:
    """What a problem draws; None if there is a mistake, reported if the schema would not find it."""
    given = node.get("given")
    if not isinstance(given, Mapping):
        return None
    parameters = []
    for name, (key, value) in given.entries.items():
        item = plain(value)
        if isinstance(item, dict) or (isinstance(item, list) and not all(isinstance(part, str) for part in item)):
            continue
        try:
            numbers = _drawn_from(item)
        except ValueError as error:
            report(Finding(value.where, "given", f"`{name}`: {error}."))
        else:
            written = item if isinstance(item, str) else tuple(item)
            parameters.append(Parameter(name, numbers.values, key.where, numbers.decimal, written))
    return tuple(parameters) if len(parameters) == len(given.entries) else None


def _drawn_from(item: str | list[str]) -> Given:
    return _range(item) if isinstance(item, str) else parse_given(item)


@lru_cache(maxsize=256)
def _range(item: str) -> Given:
    return parse_given(item)  # many problems draw from the same few ranges


def _claims(node: Mapping) -> tuple[Claim, ...]:
    return tuple(
        Claim(_optional(item, "holds"), _optional(item, "says"), _optional(item, "when"))
        if isinstance(item, Mapping)
        else Claim(_scalar(item).as_text())
        for item in _items(node, "claims")
    )


def _unchecked(node: Mapping) -> tuple[Unchecked, ...]:
    items = (item for item in _items(node, "unchecked") if isinstance(item, Mapping))
    return tuple(Unchecked(_text(item, "says"), _text(item, "because").source) for item in items)


def _code(item: Node, report: Report) -> CodeUse:
    if not isinstance(item, Mapping):
        raise AssertionError("validated before")
    language = item.get("language")
    line = _scalar(item.entries["line"][1])
    if finding := line.cut(always=True):  # in a line of code a `#` is more likely the code's
        report(finding)
    return CodeUse(
        file=_text(item, "file").source,
        symbol=_text(item, "symbol").source,
        line=line.as_text(),
        does=_optional(item, "does"),
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


def _items(node: Mapping, key: str) -> list[Node]:
    value = node.get(key)
    return value.items if isinstance(value, Sequence) else []


def _scalar(node: Node) -> Scalar:
    if not isinstance(node, Scalar):
        raise AssertionError("validated before")
    return node


def _text(node: Mapping, key: str) -> Text:
    return _scalar(node.entries[key][1]).as_text()


def _optional(node: Mapping, key: str) -> Text | None:
    value = node.get(key)
    return value.as_text() if isinstance(value, Scalar) else None
