"""`refresher optimize`: FSRS's parameters from the learner's own reviews."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from srs.cli import Session
from srs.cli.opening import deck_id_of, opened

if TYPE_CHECKING:  # at run time these are imported when they are needed: `--help` should not wait for them
    from srs.optimizer import Weighed
    from srs.service import Context
    from srs.service.adopting import Adoption
    from srs.service.optimizing import Optimization

IN_A_ROW = 7


@click.command(epilog="Example: refresher optimize --adopt")
@click.argument("deck", required=False, metavar="[DECK]")
@click.option("--adopt", is_flag=True, help="Use the parameters from now on, if they are better.")
@click.option("--undo", is_flag=True, help="Undo the last adoption: use the parameters from before it.")
@click.option("--json", "as_program", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def optimize(session: Session, deck: str | None, *, adopt: bool, undo: bool, as_program: bool) -> None:
    """Fit FSRS's parameters to your own reviews of a deck, and show whether they predict you better.

    DECK is a deck's id, its folder, or a shipped deck's name; without one it is the Math Refresher. Nothing is changed
    without --adopt. Parameters are weighed on reviews that they were not fitted to; they are refused if they do no
    better there than those in use, or if there are fewer than 100 reviews. Adopting them changes no due date already
    given, and --undo takes it back.
    """
    if adopt and undo:
        raise click.UsageError("--adopt and --undo cannot both be.")
    now = datetime.now(UTC)
    with opened(session, now) as context:
        deck_id = deck_id_of(context, deck)
        if undo:
            _undo(context, now, deck_id, as_program=as_program)
        else:
            _optimize(context, now, deck_id, adopt=adopt, as_program=as_program)


def _optimize(context: Context, now: datetime, deck_id: str, *, adopt: bool, as_program: bool) -> None:
    from srs.service import adopting, optimizing  # noqa: PLC0415

    found = optimizing.optimize(context, deck_id)
    done = None
    if adopt and found.adoptable and found.proposed is not None:
        done = adopting.adopt(context, now, deck_id, found.proposed, found.in_use.settings_version)
    if as_program:
        from srs.api.optimizing import adoption_out, optimization_out  # noqa: PLC0415

        data = {**optimization_out(found), "adoption": None if done is None else adoption_out(done)}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        _show(found)
        if done is not None:
            _show_adoption(done)
            click.echo(f"To take it back: {_command(deck_id, '--undo')}")
        elif found.adoptable:
            click.echo(f"Nothing was changed. To adopt them: {_command(deck_id, '--adopt')}")
        else:
            click.echo("Nothing was changed.")
    if adopt and done is None and not found.unchanged:
        click.get_current_context().exit(1)


def _undo(context: Context, now: datetime, deck_id: str, *, as_program: bool) -> None:
    from srs.service import adopting  # noqa: PLC0415

    done = adopting.take_back(context, now, deck_id)
    if as_program:
        from srs.api.optimizing import adoption_out  # noqa: PLC0415

        click.echo(json.dumps(adoption_out(done), indent=2))
    elif done.changed:
        click.echo(f"{deck_id}: taken back.")
        _show_adoption(done)
    else:
        click.echo(f"{deck_id}: there is nothing to take back. Nothing was changed.")


def _show(found: Optimization) -> None:
    from srs.service.optimizing import in_words  # noqa: PLC0415

    weighing = found.weighing
    click.echo(
        f"{found.in_use.deck_id}: {_count(weighing.answers)}, {weighing.predictable:,} of them a day or more after the "
        "one before."
    )
    if weighing.weighed is not None:
        _show_figures(weighing.weighed)
    if found.proposed is not None:
        click.echo("Fitted to all reviews:")
        _show_parameters(found.proposed)
    click.echo(in_words(found))


def _show_figures(weighed: Weighed) -> None:
    click.echo(f"On {_count(weighed.held_out)} held out, each predicted from those before it alone (less is better):")
    click.echo(f"  {'':<13}{'in use':>8}{'fitted':>8}")
    for name, before, after in (
        ("log-loss", weighed.before.log_loss, weighed.after.log_loss),
        ("RMSE (bins)", weighed.before.rmse_bins, weighed.after.rmse_bins),
    ):
        click.echo(f"  {name:<13}{before:>8.4f}{after:>8.4f}")

    click.echo(f"Calibration: what was predicted, and what came of it\n  {'':<9}{'in use':>18}{'fitted':>20}")
    click.echo(f"  {'reviews':<9}{'predicted':>9}{'recalled':>9}{'predicted':>11}{'recalled':>9}")
    for before_bin, after_bin in zip(weighed.bins_before, weighed.bins_after, strict=True):
        click.echo(
            f"  {before_bin.answers:<9,}{before_bin.predicted:>9.1%}{before_bin.recalled:>9.1%}"
            f"{after_bin.predicted:>11.1%}{after_bin.recalled:>9.1%}"
        )


def _show_adoption(done: Adoption) -> None:
    click.echo(f"These parameters serve now; the memory of {done.cards:,} cards was computed anew, no due date moved:")
    _show_parameters(done.parameters)


def _show_parameters(parameters: Sequence[float]) -> None:
    for begin in range(0, len(parameters), IN_A_ROW):
        click.echo("  " + ", ".join(f"{value:.4f}" for value in parameters[begin : begin + IN_A_ROW]))


def _count(reviews: int) -> str:
    return f"{reviews:,} review{'' if reviews == 1 else 's'}"


def _command(deck_id: str, option: str) -> str:
    return f"refresher optimize {deck_id} {option}"
