"""`refresher flags`: what learners say is wrong with cards, and where that stands in the deck."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from srs.cli import Session

if TYPE_CHECKING:  # at run time these are imported when they are needed: `--help` should not wait for them
    from cards.findings import Position
    from srs.service import Remark


@click.command(epilog="Example: refresher flags my-deck --settle my-deck/power-rule/forward")
@click.argument("deck", required=False, metavar="[DECK]")
@click.option("--all", "past", is_flag=True, help="Also what was settled, and cards that left the deck.")
@click.option("--settle", "settled", multiple=True, metavar="CARD_ID", help="Take a card's flag away: it is mended.")
@click.option("--json", "as_program", is_flag=True, help="Print the flags as JSON.")
@click.pass_obj
def flags(session: Session, deck: str | None, *, past: bool, settled: Sequence[str], as_program: bool) -> None:
    """List the cards of a deck that were flagged while reviewing: where their notes stand, and what was said.

    DECK is a folder or a shipped deck's name; without one it is the Math Refresher. A flag stands until it is settled,
    here by --settle or by the learner.
    """
    from srs import service  # noqa: PLC0415
    from srs.cli.opening import opened, readable_deck  # noqa: PLC0415

    read = readable_deck(deck)
    places = {note.first_id: note.where for section in read.sections for note in section.notes}
    now = datetime.now(UTC)
    with opened(session, now) as context:
        if settled:
            done = service.unflag(context, now, settled)
            click.echo(_settled(done.changed, settled), err=as_program)
        found = service.remarks(context, past=past)
    own = [remark for remark in found if remark.card_id.startswith(f"{read.id}/") and (past or not remark.retired)]
    if as_program:
        click.echo(json.dumps([_data(remark, _place(places, remark)) for remark in own], indent=2, ensure_ascii=False))
        return
    for remark in own:
        _show(remark, _place(places, remark))
    standing = [remark for remark in own if remark.settled_at is None]
    click.echo(_counted(read.id, standing))
    others = sorted({remark.card_id.partition("/")[0] for remark in found if remark.settled_at is None} - {read.id})
    if others:
        click.echo(f"There are flags in other decks, too: {', '.join(others)}. Name a deck to see them.")


def _place(places: dict[str, Position], remark: Remark) -> Position | None:
    return None if remark.retired else places.get(remark.card_id.split("/")[1])


def _data(remark: Remark, place: Position | None) -> dict[str, object]:
    return {
        "card_id": remark.card_id,
        "text": remark.text,
        "said_at": remark.said_at.isoformat(),
        "settled_at": None if remark.settled_at is None else remark.settled_at.isoformat(),
        "retired": remark.retired,
        "file": None if place is None else place.file,
        "line": None if place is None else place.line,
    }


def _show(remark: Remark, place: Position | None) -> None:
    where = "not in the deck any more" if place is None else f"{place.file}:{place.line}"
    when = f"flagged {remark.said_at.astimezone():%Y-%m-%d %H:%M}"
    if remark.settled_at is not None:
        when += f", settled {remark.settled_at.astimezone():%Y-%m-%d %H:%M}"
    click.echo(f"{click.style(where, bold=True)}: {remark.card_id}, {when}")
    for line in (remark.text or "(nothing was said)").splitlines():
        click.echo(f"    {line}".rstrip())


def _counted(deck_id: str, standing: Sequence[Remark]) -> str:
    if not standing:
        return f"No card of {deck_id} is flagged."
    many = f"{len(standing)} cards of {deck_id} are" if len(standing) > 1 else f"1 card of {deck_id} is"
    return f"{many} flagged. When one is mended: refresher flags --settle {standing[0].card_id}"


def _settled(changed: Sequence[str], asked: Sequence[str]) -> str:
    lines = [f"{card_id}: settled." for card_id in changed]
    lines += [f"{card_id}: was not flagged." for card_id in dict.fromkeys(asked) if card_id not in changed]
    return "\n".join(lines)
