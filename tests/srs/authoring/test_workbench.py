"""The workbench on real files, with the real store and the real checker."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from cards.answers import Verdict
from cards.model import CardId, ProblemNote
from cards.problems import draw
from srs import service
from srs.authoring import Bench, Save, Workbench
from srs.library import TypedField
from srs.service import Context
from tests.authored import NOTES, edit, write_deck

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
PATIENCE_S = 60


class Watched:
    """A workbench at work, and the store that it keeps in line."""

    def __init__(self, context: Context, workbench: Workbench, saves: Queue[Save]) -> None:
        self.context = context
        self.workbench = workbench
        self.saves = saves

    def save(self) -> Save:
        """Wait for the next save to be shown."""
        return self.saves.get(timeout=PATIENCE_S)

    def bench(self, name: str = "deck") -> Bench:
        """A deck as it is shown now."""
        found = self.workbench.bench(name)
        assert found is not None
        return found

    def checked(self, name: str = "deck") -> Bench:
        """A deck once all of it is checked."""
        moment = Event()
        while self.bench(name).waiting:
            moment.wait(0.01)
        return self.bench(name)

    def front(self, note: str, slot: str = "forward") -> str:
        """What learners are shown of a card."""
        return self.context.library.faces(CardId("authored", note, slot), 0).front


@pytest.fixture
def watched(tmp_path: Path, deck: Path) -> Iterator[Callable[..., Watched]]:
    """Starts a workbench on folders, and waits until they are read."""
    with ExitStack() as stack:

        def start(*folders: Path) -> Watched:
            data = tmp_path / "data"
            context, _ = stack.enter_context(service.opened(data, folders or (deck,), NOW))
            saves: Queue[Save] = Queue()
            workbench = Workbench(
                context,
                folders or (deck,),
                data=data,
                cache=tmp_path / "cache",
                clock=lambda: NOW,
                tell=saves.put,
            )
            workbench.start()
            stack.callback(workbench.stop)
            made = Watched(context, workbench, saves)
            assert made.save().changes == ()
            return made

        yield start


def keys_with(bench: Bench, code: str) -> list[str]:
    return [tile.key for tile in bench.tiles if code in {finding.code for finding in tile.findings}]


def test_a_save_reaches_the_page_and_the_learner(watched: Callable[..., Watched], deck: Path) -> None:
    author = watched()
    before = author.workbench.since(author.workbench.version)
    assert before is not None
    edit(deck, "as one power?", "as a single power?")
    save = author.save()
    assert [(change.folder, change.name) for change in save.changes] == [(deck, "powers.yaml")]
    assert save.report.refused == ()
    tile = author.bench().tile("note-product")
    assert tile is not None
    assert tile.edited > before
    [drawing] = author.bench().drawings(tile)
    assert drawing.faces is not None
    assert "as a single power?" in drawing.faces.front
    assert "as a single power?" in author.front("product")


def test_a_broken_deck_changes_nothing_for_learners_until_it_is_mended(
    watched: Callable[..., Watched], deck: Path
) -> None:
    author = watched()
    edit(deck, "kind: reversed", "kind: reverse")
    edit(deck, "as one power?", "as a single power?")
    found = author.save()
    while not found.report.refused:  # the first of the two may have been seen by itself
        found = author.save()
    bench = author.bench()
    assert [(finding.code, finding.where.line) for finding in bench.errors] == [("unknown-kind", 12)]
    assert bench.refused == bench.errors
    assert "as one power?" in author.front("product")
    assert "The power" in author.front("root")
    assert author.workbench.loaded().refused
    edit(deck, "kind: reverse", "kind: reversed")
    assert author.save().report.refused == ()
    assert author.bench().errors == ()
    assert "as a single power?" in author.front("product")
    assert author.workbench.loaded().refused == ()


def test_claims_are_checked_after_the_cards_are_shown_and_again_when_mended(
    watched: Callable[..., Watched], deck: Path
) -> None:
    author = watched()
    assert author.checked().errors == ()
    assert author.checked().verdicts["proved"] >= 2
    edit(deck, "a^{m+n}", "a^{m-n}")
    author.save()
    bench = author.checked()
    assert keys_with(bench, "false-claim") == ["note-product"]
    assert bench.refused == ()  # it is wrong, but it can be shown
    edit(deck, "a^{m-n}", "a^{m+n}")
    author.save()
    assert author.bench().waiting == 0  # it is remembered
    assert author.bench().errors == ()


def test_what_is_held_back_is_shown_to_its_author_alone(watched: Callable[..., Watched]) -> None:
    author = watched()
    bench = author.checked()
    tile = bench.tile("note-later")
    assert tile is not None
    assert tile.todo
    assert bench.drawings(tile)[0].faces is not None
    with pytest.raises(KeyError):
        author.front("later")
    assert bench.lints == len([f for f in bench.report.findings if f.code != "todo"])
    assert len(bench.report.waiting) == 1


def test_a_problem_is_drawn_as_its_learner_will_get_it_and_again(watched: Callable[..., Watched]) -> None:
    author = watched()
    bench = author.bench()
    tile = bench.tile("note-drill")
    assert tile is not None
    shown = [drawing.faces for drawing in bench.drawings(tile)]
    assert len({faces.front for faces in shown if faces is not None}) == 3
    others = bench.drawings(tile, 4)
    assert [drawing.name for drawing in others] == ["drawing 4", "drawing 5", "drawing 6"]
    queue = service.queue(author.context, NOW, 100)
    [card] = [card for card in queue.cards if card.note_id == "drill"]
    assert shown[0] is not None
    assert card.front_html == shown[0].front


def drawn(note: ProblemNote, seed: int) -> tuple[int, int, int]:
    """The numbers of the drill."""
    values = draw(note, seed).values
    a, m, n = (int(str(values[name])) for name in ("a", "m", "n"))
    return a, m, n


def test_a_problems_mistakes_are_shown_with_its_numbers_and_answers_can_be_tried(
    watched: Callable[..., Watched],
) -> None:
    author = watched()
    bench = author.bench()
    tile = bench.tile("note-drill")
    assert tile is not None
    for drawing in bench.drawings(tile):
        assert drawing.problem is not None
        assert isinstance(drawing.problem.asks, TypedField)
        [mistake] = drawing.problem.mistakes
        assert mistake.hint == "<p>You multiplied the exponents.</p>"
        assert "<math" in mistake.answer
        assert not mistake.same
        assert isinstance(tile.note, ProblemNote)
        a, m, n = drawn(tile.note, drawing.problem.seed)
        right, wrong = f"{a}^{m + n}", f"{a}^{m * n}"
        seed = drawing.problem.seed
        assert author.workbench.tried(bench, tile, seed, right).verdict is Verdict.RIGHT
        assert author.workbench.tried(bench, tile, seed, wrong).mistake == 0
        assert author.workbench.tried(bench, tile, seed, f"{right}+").verdict is Verdict.UNREADABLE


def test_an_edited_problem_is_tried_as_it_now_is_though_learners_still_get_it_as_it_was(
    watched: Callable[..., Watched], deck: Path
) -> None:
    author = watched()
    edit(deck, "answer: a**(m+n)", "answer: a**(m+n+1)")
    edit(deck, "kind: reversed", "kind: reverse")  # a mistake elsewhere, so the deck is refused
    while not author.save().report.refused:
        pass
    bench = author.bench()
    tile = bench.tile("note-drill")
    assert tile is not None
    [drawing, *_] = bench.drawings(tile)
    assert drawing.problem is not None
    assert isinstance(tile.note, ProblemNote)
    a, m, n = drawn(tile.note, drawing.problem.seed)
    typed = f"{a}^{m + n + 1}"
    assert author.workbench.tried(bench, tile, drawing.problem.seed, typed).verdict is Verdict.RIGHT


def test_a_question_without_fresh_numbers_is_shown_once(watched: Callable[..., Watched], deck: Path) -> None:
    author = watched()
    edit(deck, "    given: {a: 2..9, m: 2..9, n: 2..9}\n", "")
    edit(deck, r"Write $\val{a}^{\val{m}} \times \val{a}^{\val{n}}$", r"Write $2^{3} \times 2^{4}$")
    edit(deck, "answer: a**(m+n)", "answer: 2**(3 + 4)")
    edit(deck, '    where: ["m + n != m*n"]\n', "")
    edit(deck, "a**(m*n)", "2**(3*4)")
    tile = author.bench().tile("note-drill")
    while tile is None or len(author.bench().drawings(tile)) > 1:  # the edits may be seen one by one
        author.save()
        tile = author.bench().tile("note-drill")
    [drawing] = author.bench().drawings(tile)
    assert drawing.name == ""
    assert drawing.faces is not None


def test_cards_are_named_where_a_note_has_several(watched: Callable[..., Watched]) -> None:
    bench = watched().bench()
    names = {tile.key: [drawing.name for drawing in bench.drawings(tile)] for tile in bench.tiles}
    assert names["note-product"] == [""]
    assert names["note-root"] == ["forward", "backward"]
    assert names["note-meaning"] == ["what", "which"]
    assert names["section-powers"] == []


def test_pictures_and_plots_of_the_deck_as_it_is_are_found(watched: Callable[..., Watched], deck: Path) -> None:
    author = watched()
    tile = author.bench().tile("note-slope")
    assert tile is not None
    faces = author.bench().drawings(tile)[0].faces
    assert faces is not None
    address = faces.back.partition('src="')[2].partition('"')[0]
    assert address.startswith("/author/deck/media/")
    assert author.bench().library.media(address.rpartition("/")[2]) is not None


def test_several_decks_and_what_is_wrong_between_them(watched: Callable[..., Watched], deck: Path) -> None:
    other = write_deck(deck.parent / "Other Deck!")
    edit(other, "deck: authored", "deck: other", "deck.yaml")
    author = watched(deck, other)
    assert [bench.name for bench in author.workbench.benches] == ["deck", "other-deck"]
    assert author.bench("other").name == "other-deck"
    edit(other, "deck: other", "deck: authored", "deck.yaml")
    author.save()
    for name in ("deck", "other-deck"):
        assert [finding.code for finding in author.bench(name).errors] == ["duplicate-deck"]
    edit(other, "deck: authored", "deck: other", "deck.yaml")
    author.save()
    assert [bench.errors for bench in author.workbench.benches] == [(), ()]


def test_folders_of_one_name_have_addresses_of_their_own(watched: Callable[..., Watched], tmp_path: Path) -> None:
    one = write_deck(tmp_path / "one" / "deck")
    two = write_deck(tmp_path / "two" / "deck")
    edit(two, "deck: authored", "deck: other", "deck.yaml")
    author = watched(one, two, one)
    assert [bench.name for bench in author.workbench.benches] == ["deck", "deck-2"]


def test_a_folder_that_vanishes_and_comes_back_changes_nothing(watched: Callable[..., Watched], deck: Path) -> None:
    author = watched()
    author.checked()
    shutil.move(deck, deck.with_name("away"))
    author.save()
    bench = author.bench()
    assert [finding.code for finding in bench.errors] == ["no-deck"]
    assert (bench.title, bench.deck_id) == ("Authored", "authored")
    assert all(tile.stale for tile in bench.tiles)
    assert [tile.note.id for tile in bench.tiles if tile.note is not None] == list(NOTES)
    assert "as one power?" in author.front("product")
    shutil.move(deck.with_name("away"), deck)
    author.save()
    assert author.bench().errors == ()
    assert author.bench().waiting == 0


def test_another_language_shows_on_every_tile(watched: Callable[..., Watched], deck: Path) -> None:
    author = watched()
    before = author.workbench.since(author.workbench.version)
    assert before is not None
    edit(deck, "title: Authored", "title: Verfasst\nlanguage: de", "deck.yaml")
    author.save()
    bench = author.bench()
    assert (bench.title, bench.language) == ("Verfasst", "de")
    assert all(tile.revision > before for tile in bench.tiles)


def test_versions_of_another_run_are_not_taken_for_its_own(watched: Callable[..., Watched]) -> None:
    workbench = watched().workbench
    assert workbench.since(workbench.version) is not None
    for other in ("", "1", "ffffffff.1", f"{workbench.version}x", workbench.version.replace(".", "")):
        assert workbench.since(other) is None
