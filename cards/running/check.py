r"""Whether a deck's snippets print what it says: each is really run, by the author's leave.

A deck is data and nothing in it runs by itself: this is reached by `refresher check --run-code` alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from cards.findings import DeckError, Finding, Position
from cards.model import Deck, ProblemNote, Section, Snippet, published
from cards.problems.snippets import output_lines
from cards.running.filling import Filled, filled, line_of
from cards.running.isolated import Bounds, Ended, Ran, bounds_missing, run

LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class CodeReport:
    """What running a deck's snippets found.

    Attributes:
        snippets: how many notes have one.
        runs: how often they were run, with different numbers and with known mistakes.
        missing: what this system cannot bound, as a sentence; empty if it bounds everything.
        findings: what is wrong, in source order.
    """

    snippets: int = 0
    runs: int = 0
    missing: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Job:
    """One run: the code, what its output is compared with, and whether a known mistake was put in."""

    note: ProblemNote
    snippet: Snippet
    instance: Filled
    code: str
    mistake: int | None = None


def run_snippets(deck: Deck, bounds: Bounds, progress: Callable[[int, int], None] | None = None) -> CodeReport:
    """Run the snippets of all notes that learners get, several instances of each.

    Nothing is kept from run to run: what a snippet prints may depend on the Python that runs it.

    Args:
        deck: the deck.
        bounds: what each run may use.
        progress: told how many of how many runs are done.
    """
    notes = [
        (section, note)
        for section, note in published(deck).notes()
        if isinstance(note, ProblemNote) and note.snippet is not None
    ]
    jobs = [job for section, note in notes for job in _jobs(section, note)]
    findings: dict[tuple[Position, str], Finding] = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done, (job, ran) in enumerate(zip(jobs, pool.map(lambda job: run(job.code, bounds), jobs), strict=True)):
            for finding in _findings(job, ran):
                findings.setdefault((finding.where, finding.code), finding)  # one instance is enough to see it by
            if progress is not None:
                progress(done + 1, len(jobs))
    return CodeReport(len(notes), len(jobs), bounds_missing(), tuple(sorted(findings.values())))


def _jobs(section: Section, note: ProblemNote) -> Iterator[_Job]:
    snippet = note.snippet
    if snippet is None:
        return
    try:
        instances = filled(note, snippet, section.symbols)
    except DeckError:
        return  # a problem that cannot be drawn is reported where problems are checked
    for instance in instances:
        yield _Job(note, snippet, instance, instance.with_answer(instance.answer))
        if instance.is_completed:
            for place, mistake in enumerate(instance.mistakes):
                yield _Job(note, snippet, instance, instance.with_answer(mistake), place)


def _findings(job: _Job, ran: Ran) -> Iterator[Finding]:
    if job.mistake is not None:
        yield from _mistaken(job, job.mistake, ran)
    elif ran.ended is not Ended.WELL:
        yield _broken(job, ran)
    else:
        said, printed = output_lines(job.instance.prints), output_lines(ran.output)
        if said != printed:
            yield _different(job, said, printed)


def _mistaken(job: _Job, place: int, ran: Ran) -> Iterator[Finding]:
    if ran.ended is Ended.WELL and output_lines(ran.output) == output_lines(job.instance.prints):
        message = f"The known mistake {_shown(job.instance.mistakes[place])} prints the same as the answer does."
        hint = "Take other numbers in the snippet, so that it shows."
        yield Finding(job.note.mistakes[place].answer.where, "code-mistake", f"{message}{_with(job)}", hint)


def _broken(job: _Job, ran: Ran) -> Finding:
    code = job.snippet.code
    match ran.ended:
        case Ended.RAISED if ran.line is not None:
            where = code.at(line_of(code, ran.line))
            return Finding(where, "code-error", f"Line {ran.line} of the snippet raises {ran.told}.{_with(job)}")
        case Ended.RAISED:
            return Finding(code.where, "code-error", f"The snippet does not run: {ran.told}.{_with(job)}")
        case Ended.TOO_LONG:
            message = f"The snippet was ended, since it took {ran.told}.{_with(job)}"
            return Finding(code.where, "code-timeout", message, "Let it do less.")
        case Ended.TOO_MUCH:
            message = f"The snippet was ended, since it wrote {ran.told}.{_with(job)}"
            return Finding(code.where, "code-output", message, "Let it print less.")
        case _:
            return Finding(code.where, "code-error", f"The snippet ends with {ran.told}.{_with(job)}")


def _different(job: _Job, said: list[str], printed: list[str]) -> Finding:
    place = next((place for place, pair in enumerate(zip(said, printed, strict=False)) if pair[0] != pair[1]), None)
    if place is None:
        place = min(len(said), len(printed))
    prints = job.snippet.prints
    one = len(said) == len(printed) == 1
    what = "The snippet prints" if one else f"Line {place + 1} that the snippet prints is"
    if place == len(printed):
        message = (
            f"The snippet prints {len(printed) or 'no'} {'line' if len(printed) == 1 else 'lines'}, not {len(said)}."
        )
    elif place == len(said):
        message = f"{what} {_shown(printed[place])}, where nothing more is expected."
    else:
        message = f"{what} {_shown(printed[place])}, not {_shown(said[place])}."
    return Finding(prints.at(line_of(prints, place + 1)), "code-prints", f"{message}{_with(job)}")


def _with(job: _Job) -> str:
    """The code, if the numbers in it are drawn, so that one sees which instance it is."""
    return f" It is run as {_shown(job.code)}" if job.note.parameters else ""


def _shown(code: str) -> str:
    line = " ⏎ ".join(code.strip().splitlines())
    return f"`{line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + '…'}`"
