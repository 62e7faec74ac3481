"""`refresher stats`: how it goes, in a page of text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from srs.cli import Session

if TYPE_CHECKING:  # at run time these are imported when they are needed: `--help` should not wait for them
    from srs.service.statistics import Answers, Bucket, ComingDay, Statistics

_MONTH = 30
_BAR = 24
_NAMES = {
    "today": "today",
    "yesterday": "yesterday",
    "week": "last 7 days",
    "month": "last 30 days",
    "year": "last 365 days",
    "all": "ever",
}


@click.command(epilog="Example: refresher stats --range year --days 14")
@click.argument("deck", required=False, metavar="[DECK]")
@click.option(
    "--range",
    "looked_at",
    type=click.Choice(["month", "year", "all"]),
    default="month",
    show_default=True,
    help="How far to look back: 30 days, 365, or everything.",
)
@click.option(
    "--days", type=click.IntRange(1, 365), default=7, show_default=True, metavar="N", help="How many days to foretell."
)
@click.option("--json", "as_json", is_flag=True, help="Print all figures as one JSON object.")
@click.pass_obj
def stats(session: Session, deck: str | None, *, looked_at: str, days: int, as_json: bool) -> None:
    """Show what you did, how much of it you remembered, and what comes.

    DECK is a deck's id, its folder, or a shipped deck's name; without one all decks count together.
    """
    from srs.cli.opening import deck_id_of, opened  # noqa: PLC0415
    from srs.service.statistics import Range, statistics  # noqa: PLC0415

    now = datetime.now(UTC)
    longer = Range.YEAR if days > _MONTH and looked_at == Range.MONTH.value else Range(looked_at)
    with opened(session, now) as context:
        deck_id = None if deck is None else deck_id_of(context, deck)
        found = statistics(context, now, deck_id, Range(looked_at))
        ahead = found if longer is found.range else statistics(context, now, deck_id, longer)
    coming = ahead.forecast.days[:days]
    if as_json:
        from srs.api.statistics import statistics_out  # noqa: PLC0415

        data = statistics_out(found)
        data["forecast"] = statistics_out(ahead)["forecast"]
        data["forecast"]["days"] = data["forecast"]["days"][:days]
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_text(found, coming)))


def _text(found: Statistics, coming: Sequence[ComingDay]) -> Iterator[str]:
    yield f"Statistics of {found.deck_id or 'all decks'}, study day {found.today.first.isoformat()}"
    yield ""
    if not found.streak.days:
        yield "  Nothing was answered yet."
    else:
        yield from _done(found)
    yield from _retention(found)
    yield from _distributions(found)
    yield from _ahead(found, coming)


def _done(found: Statistics) -> Iterator[str]:
    everything = found.range.value == "all"
    days = found.streak.days if everything else sum(found.first <= each.day for each in found.calendar)
    known = found.known[-1]
    yield _line("today", f"{_did(found.today.answers, found.today.duration_ms)}, {found.today.introduced:,} new")
    yield _line(
        _NAMES[found.range.value],
        f"{_did(found.total.answers, found.total.duration_ms)}, {found.total.introduced:,} new, on {days:,} days",
    )
    yield _line("streak", f"{found.streak.current:,} days, the longest {found.streak.longest:,}")
    yield _line(
        "known",
        f"{known.young + known.mature:,} cards in review ({known.mature:,} mature), "
        f"{known.notes:,} of {known.notes_introduced:,} notes begun",
    )
    if found.times.median_s is not None and found.times.mean_s is not None:
        yield _line("an answer", f"{found.times.median_s:.1f} s as a rule, {found.times.mean_s:.1f} s on average")


def _line(name: str, text: str) -> str:
    return f"  {name:<15}{text}"


def _did(answers: int, duration_ms: int) -> str:
    return f"{answers:,} answers in {duration_ms / 60_000:,.0f} min"


def _retention(found: Statistics) -> Iterator[str]:
    rows = [each for each in found.retention if each.total.answers]
    if not rows:
        return
    yield ""
    yield f"True retention{'young':>19}{'mature':>16}{'all':>16}"
    for row in rows:
        parts = "".join(f"{_share(each):>16}" for each in (row.young, row.mature, row.total))
        yield f"  {_NAMES[row.period]:<15}{parts}"


def _share(answers: Answers) -> str:
    return "-" if answers.share is None else f"{answers.share:.1%} of {answers.answers:,}"


def _distributions(found: Statistics) -> Iterator[str]:
    memories = found.memories
    if not memories.cards:
        return
    yield ""
    yield f"{memories.cards:,} cards as they stand"
    yield from _bars("chance of recall today", memories.retrievability, percent=True)
    yield from _bars("stability in days", memories.stability)


def _bars(title: str, buckets: Sequence[Bucket], *, percent: bool = False) -> Iterator[str]:
    most = max(each.count for each in buckets)
    yield f"  {title}"
    for each in buckets:
        if each.count:
            yield f"    {_span(each, percent=percent):<14}{each.count:>8,} {'#' * max(1, _BAR * each.count // most)}"


def _span(bucket: Bucket, *, percent: bool) -> str:
    if percent:
        return f"{bucket.least:.0%} to {bucket.below:.0%}"
    return f"from {bucket.least:g}" if bucket.below is None else f"{bucket.least:g} to {bucket.below:g}"


def _ahead(found: Statistics, coming: Sequence[ComingDay]) -> Iterator[str]:
    forecast = found.forecast
    yield ""
    yield f"The days ahead, with {forecast.new_per_day:.1f} new cards a day of {forecast.new_left:,} left"
    yield f"  {'day':<12}{'scheduled':>10}{'reviews':>10}{'of new':>8}{'new':>6}{'left over':>11}"
    for each in coming:
        yield (
            f"  {each.day.isoformat():<12}{each.scheduled:>10,}{each.reviews:>10,.0f}{each.added:>8,.0f}"
            f"{each.new:>6,.0f}{each.left:>11,.0f}"
        )
