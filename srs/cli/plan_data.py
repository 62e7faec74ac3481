"""A plan as JSON holds it. Its shape is in docs/plan.md."""

from __future__ import annotations

from collections.abc import Sequence

from cards.findings import Position
from cards.plan import NotePlan, Plan, TextChange, in_anki, on_server, summary
from exporters.search import search_for, search_for_all


def plan_data(plan: Plan) -> dict[str, object]:
    """The plan, with the sentences that people are shown."""
    new, retired, restored = plan.cards
    return {
        "deck": plan.deck_id,
        "changes": plan.changes,
        "first": plan.first,
        "summary": summary(plan),
        "counts": {action.value: number for action, number in plan.counts.items()},
        "cards": {"new": new, "retired": retired, "restored": restored},
        "notes": [_note(note) for note in plan.notes],
        "sections": [
            {"action": section.action.value, "id": section.id, "texts": _texts(section.texts)}
            for section in plan.sections
        ],
        "deck_id_was": plan.deck.renamed[0] if plan.deck.renamed is not None else None,
        "deck_texts": _texts(plan.deck.texts),
        "held": [{"id": held.id, "todo": held.todo, **_place(held.where)} for held in plan.held],
        "lost_renames": [
            {"id": lost.id, "gone": lost.gone, "write": lost.line, **_place(lost.where)} for lost in plan.lost
        ],
        "search": retired_search(plan),
    }


def retired_search(plan: Plan) -> str:
    """The search that finds in Anki what this plan retires; nothing if it retires nothing."""
    if plan.deck.renamed is not None:
        return search_for_all(plan.deck.renamed[0])
    gone = [(note.first_id, note.anki.retired) for note in plan.notes if note.anki is not None]
    return search_for(plan.deck_id, [(first_id, kind) for first_id, kind in gone if kind is not None])


def _note(note: NotePlan) -> dict[str, object]:
    data: dict[str, object] = {
        "action": note.action.value,
        "id": note.id,
        "first_id": note.first_id,
        "was": note.was or None,
        "kind": {"before": note.kind[0] or None, "after": note.kind[1] or None},
        "section": {"before": note.section[0] or None, "after": note.section[1] or None},
        "moved": note.moved,
        "texts": _texts(note.texts),
        "unknown": note.unknown,
        "restyled": note.restyled,
        "cards": {
            "new": list(note.cards.added),
            "retired": list(note.cards.retired),
            "restored": list(note.cards.restored),
            "reordered": note.cards.reordered,
        },
        "todo": note.todo or None,
        "server": on_server(note),
        **_place(note.where),
    }
    if note.anki is not None:
        anki = {"new": note.anki.new, "updated": note.anki.updated, "retired": note.anki.retired}
        data["anki"] = anki | {"says": in_anki(note)}
    return data


def _texts(texts: Sequence[TextChange]) -> list[dict[str, object]]:
    return [{"name": text.name, "diff": [[piece.mark.value, piece.text] for piece in text.pieces]} for text in texts]


def _place(where: Position | None) -> dict[str, object]:
    if where is None:
        return {"file": None, "line": None, "column": None}
    return {"file": where.file, "line": where.line, "column": where.column}
