"""`refresher simulate`: what the days ahead would bring at each desired retention."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from srs.cli import Session

if TYPE_CHECKING:  # at run time these are imported when they are needed: `--help` should not wait for them
    from srs.service.simulating import Simulation
    from srs.simulator import Row


class Retention(click.ParamType[float]):
    """A share, written as 0.9 or 90%."""

    name = "share"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The share as a number; whether it can be simulated is the service's to say."""
        text = str(value).strip()
        try:
            return round(float(text.removesuffix("%")) / 100, 6) if text.endswith("%") else float(text)
        except ValueError:
            self.fail(f"{value!r} is not a share; one looks like 0.9 or 90%.", param, ctx)


@click.command(epilog="Example: refresher simulate --days 180 --new-per-day 20")
@click.argument("deck", required=False, metavar="[DECK]")
@click.option("--days", type=int, default=365, show_default=True, help="How many days, 1 to 3650.")
@click.option(
    "--retention",
    "retentions",
    type=Retention(),
    multiple=True,
    metavar="SHARE",
    help="A desired retention to simulate, 0.70 to 0.99. May be repeated.  [default: 0.70 to 0.97, and the deck's]",
)
@click.option("--new-per-day", type=int, metavar="N", help="New cards a day.  [default: the deck's setting]")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def simulate(
    session: Session,
    deck: str | None,
    *,
    days: int,
    retentions: Sequence[float],
    new_per_day: int | None,
    as_json: bool,
) -> None:
    """Show what a year of study would cost and leave known, for each desired retention.

    DECK is a deck's id, its folder, or a shipped deck's name; without one it is the Math Refresher. The figures come
    from your own cards as they stand, your parameters, answer times and limits. Nothing is changed. The recommended
    retention is the one at which a card known costs the least time.
    """
    from srs.cli.opening import deck_id_of, opened  # noqa: PLC0415
    from srs.service.simulating import simulate as simulated  # noqa: PLC0415

    now = datetime.now(UTC)
    with opened(session, now) as context:
        found = simulated(
            context,
            now,
            deck_id_of(context, deck),
            days=days,
            retentions=retentions or None,
            new_per_day=new_per_day,
        )
    if as_json:
        from srs.api.simulating import simulation_out  # noqa: PLC0415

        click.echo(json.dumps(simulation_out(found), indent=2, ensure_ascii=False))
    else:
        _show(found)


def _show(found: Simulation) -> None:
    from srs.service.advising import advice, percent, provenance  # noqa: PLC0415

    click.echo(
        f"{found.deck_id}: {found.days:,} days from today, up to {found.new_per_day:,} new cards and "
        f"{found.reviews_per_day:,} reviews a day"
    )
    click.echo(
        f"{found.held:,} cards met so far, {found.new:,} new; known today: {found.known_now:,.0f}; "
        f"after {found.days:,} days without study: {found.known_untouched:,.0f}"
    )
    click.echo()
    click.echo(f"{'retention':<11}{'reviews/day':>12}{'minutes/day':>13}{'known after':>13}{'minutes/card known':>20}")
    for row in found.rows:
        click.echo(_line(row, percent(row.retention), _mark(found, row)))
    click.echo()
    for sentence in (*advice(found), provenance(found)):
        click.echo(sentence)


def _line(row: Row, name: str, mark: str) -> str:
    price = "-" if row.minutes_per_known is None else f"{row.minutes_per_known:.2f}"
    return f"{name:<11}{row.reviews_per_day:>12,.1f}{row.minutes_per_day:>13,.1f}{row.known:>13,.0f}{price:>20}{mark}"


def _mark(found: Simulation, row: Row) -> str:
    marks = [("yours", found.current), ("recommended", found.recommended)]
    said = ", ".join(name for name, retention in marks if retention == row.retention)
    return f"  <- {said}" if said else ""
