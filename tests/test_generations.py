"""Three generations of one deck, edited at will, with a learner on the server and one in Anki: no history is mixed."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cards.lock import AnkiType, read_lock
from cards.model import CardId
from cards.plan import Plan
from exporters import package as package_writer
from exporters.anki import BuildReport
from exporters.ids import guid
from exporters.note_types import note_types
from exporters.note_types import read_published as note_type_times
from exporters.rebuild import build_folder, plan_folder
from exporters.search import ever_retired, search_for
from srs import service
from srs.db import open_database
from srs.db.migrating import migrate
from srs.db.tables import card_state, cards
from tests.exporters.conftest import Anki
from tests.generations import EDITS, KINDS, Living, asked
from tests.srs.study import START_MS, Study, hasty

Edit = tuple[str, int, int]
EVERY_KIND = ("basic", "reversed", "cloze", "problem", "cloze")


def key(name: str, kind: AnkiType) -> str:
    return guid("demo", name, kind)


def type_of(kind: str) -> AnkiType:
    return "cloze" if kind == "cloze" else "basic"


@dataclass
class InAnki:
    """A learner who imports every package and reviews all cards."""

    anki: Anki
    asks: dict[str, str] = field(default_factory=dict)
    past: dict[str, list[int]] = field(default_factory=dict)
    published: set[str] = field(default_factory=set)

    def take(self, package: Path, report: BuildReport, living: Living, folder: Path) -> None:
        """Import, look at every card that has a history, and review what is there now."""
        imported = self.anki.take(package)
        assert imported.trouble == []
        assert (len(imported.new), len(imported.updated)) == (len(report.new), len(report.changed))
        history = self.anki.history()
        assert {name: history[name] for name in self.past} == self.past
        self._look(living, folder)
        self._search(folder, living)
        self.past = self.anki.review()
        for name in self.past:
            shown = self._shown(name)
            if shown is not None:
                assert self.asks.setdefault(name, shown) == shown

    def check_style(self, number: int) -> None:
        """All cards have the newest style and templates, but for those that Anki itself calls empty."""
        empty = {card_id for note in self.anki.col.get_empty_cards().notes for card_id in note.card_ids}
        for card_id in set(self.anki.col.find_cards("deck:Demo")) - empty:
            output = self.anki.col.get_card(card_id).render_output()
            assert f".generation-{number} " in output.css
            assert output.answer_text.endswith(f"<i>style {number}</i>")

    def _shown(self, name: str) -> str | None:
        note_guid, _, ordinal = name.rpartition("/")
        [card_id] = self.anki.db.list(
            "select c.id from cards c join notes n on n.id = c.nid where n.guid = ? and c.ord = ?", note_guid, ordinal
        )
        card = self.anki.col.get_card(card_id)
        return asked(card.question(), card.answer())

    def _look(self, living: Living, folder: Path) -> None:
        """Each card with a history asks what it always asked; those of the deck that ask nothing are those it lost."""
        numbers = {key: entry.parts for key, entry in read_lock(folder / "deck.lock.json").entries.items()}
        wanted: dict[str, str] = {}
        published: set[str] = set()
        for idea in living.published:
            kind = type_of(idea.kind)
            published.add(key(idea.name, kind))
            for slot, mark in idea.marks().items():
                number = numbers[idea.name, "cloze"][slot] - 1 if kind == "cloze" else int(slot == "backward")
                wanted[f"{key(idea.name, kind)}/{number}"] = mark
        assert wanted.keys() <= set(self.anki.cards())
        for name, mark in self.asks.items():
            if name.rpartition("/")[0] not in published:
                assert self._shown(name) in (mark, None), "what is retired stays as it was"
            else:
                assert self._shown(name) == wanted.get(name)
                assert wanted.get(name, mark) == mark
        for name, mark in wanted.items():
            assert self._shown(name) == mark

    def _search(self, folder: Path, living: Living) -> None:
        """The search for what was ever retired finds exactly that: all that came once and is not in the deck now."""
        now = {key(idea.name, type_of(idea.kind)) for idea in living.published}
        self.published |= now
        search = search_for("demo", ever_retired(read_lock(folder / "deck.lock.json")))
        found = self.anki.col.find_notes(search) if search else []
        assert {self.anki.col.get_note(note_id).guid for note_id in found} == self.published - now


@dataclass
class OnServer:
    """A learner of the server, which loads every generation."""

    study: Study
    asks: dict[str, str] = field(default_factory=dict)

    def load(self, living: Living, plan: Plan) -> None:
        """Load, compare what happened with the plan, look at every card with a history, and answer all cards."""
        before = {name: self._history(name) for name in self.asks}
        (done,) = self.study.load().decks
        assert done.plan is not None
        assert (done.added, done.retired, done.restored) == done.plan.cards == plan.cards
        assert done.plan.counts == plan.counts or not plan_tells_the_server_all(plan)
        active = {str(CardId("demo", idea.name, slot)): idea for idea in living.published for slot in idea.slots}
        library = self.study.context.library
        assert {str(card.id) for card in library.cards_of("demo")} == active.keys()
        for name, idea in active.items():
            faces = library.faces(CardId.parse(name), 7)
            shown = asked(faces.front, faces.back)
            assert shown == idea.marks()[CardId.parse(name).slot]
            assert self.asks.setdefault(name, shown) == shown
        for name, history in before.items():
            assert self._history(name) == history
        self.study.check_laws()
        for name in active:
            self.study.pass_by(minutes=1)
            self.study.answer(name)
        self.study.pass_by(days=2)

    def _history(self, name: str) -> tuple[object, ...]:
        card = CardId.parse(name)
        columns = [c for c in card_state.c if c.name not in ("section_pk", "lane", "due")]
        query = select(*columns).join(cards, cards.c.pk == card_state.c.card_pk)
        with self.study.database.reading() as connection:
            row = connection.execute(query.where(cards.c.note == card.note, cards.c.slot == card.slot)).one()
        return (*row, *service.reviews(self.study.context, name).reviews)


def plan_tells_the_server_all(plan: Plan) -> bool:
    """Whether the author's plan and the server's count the same: only Anki sees what is rendered otherwise."""
    return not any(note.restyled for note in plan.notes)


def check_report(report: BuildReport, plan: Plan, living: Living) -> None:
    """The build did what was planned, and what was planned is what the package holds."""
    assert (report.plan, report.new, report.changed, report.retired) == (plan, plan.new, plan.changed, plan.retired)
    assert report.notes == len(living.published)
    assert report.cards == sum(len(idea.slots) for idea in living.published)


edits = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 30), st.integers(0, 30)), max_size=5)


def crossing(before: str, after: str) -> tuple[str, tuple[list[Edit], ...]]:
    """One note of a kind that becomes one of another, and comes back."""
    there = [kind for kind in KINDS if kind != before].index(after)
    back = [kind for kind in KINDS if kind != after].index(before)
    return before, ([("rekind", 0, there), ("reword", 0, 0)], [("rekind", 0, back)])


def restyle(patch: pytest.MonkeyPatch, number: int) -> None:
    """Have style and templates changed, as a newer Refresher would."""
    restyled = {
        name: replace(
            kind,
            css=f"{kind.css}\n.generation-{number} {{}}",
            templates=tuple(replace(one, back=f"{one.back}<i>style {number}</i>") for one in kind.templates),
        )
        for name, kind in note_types().items()
    }
    newer = {name: replace(entry, changed=entry.changed + number) for name, entry in note_type_times().items()}
    patch.setattr(package_writer, "note_types", lambda: restyled)
    patch.setattr(package_writer, "read_published", lambda: newer)


def live(kinds: tuple[str, ...], generations: tuple[list[Edit], ...], patch: pytest.MonkeyPatch | None = None) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for part in ("anki", "cache"):
            (root / part).mkdir()
        living, folder, package = Living(*kinds), root / "deck", root / "demo.apkg"
        living.write(folder)
        in_anki = InAnki(Anki(root / "anki"))
        database = hasty(open_database(root / "study.db"))
        try:
            migrate(database, START_MS)
            on_server: OnServer | None = None
            for number, changes in enumerate(([], *generations)):
                for edit in changes:
                    living.edit(*edit)
                living.write(folder)
                cache = root / "cache"
                if patch is not None:
                    restyle(patch, number)
                    cache = root / f"cache-{number}"  # another Refresher remembers nothing of the one before
                    cache.mkdir()
                now = 1_700_000_000 + number * 86_400
                planned = plan_folder(folder, now=now, cache=cache).plan
                assert planned is not None
                built = build_folder(folder, package, now=now, cache=cache).report
                assert built is not None
                check_report(built, planned, living)
                assert planned.changes == bool(number == 0 or planned.notes or planned.sections)
                in_anki.take(package, built, living, folder)
                if patch is not None:
                    in_anki.check_style(number)
                if on_server is None:
                    on_server = OnServer(Study(database, root / "data", (folder,)))
                    on_server.load(living, Plan("demo"))
                else:
                    on_server.load(living, planned)
                after = plan_folder(folder, now=now, cache=cache).plan
                assert after is not None
                assert not after.changes
        finally:
            in_anki.anki.col.close()
            database.close()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(edits, edits))
@example(([("rename", 0, 0), ("resettle", 0, 0), ("reword", 0, 0)], [("rename", 0, 0), ("reorder", 0, 1)]))
@example(([("drop_part", 2, 0), ("swap_parts", 4, 0)], [("add_part", 2, 1), ("add_part", 4, 0)]))
@example(([("add_part", 2, 0)], [("add_part", 2, 0), ("drop_part", 2, 1)]))
@example(([("take_out", 0, 0), ("hold", 1, 0)], [("bring_back", 0, 0), ("reword", 0, 0), ("hold", 2, 0)]))
@example(([("take_out", 2, 0)], [("renumber", 1, 0), ("retitle", 0, 0)]))
@example(([("rekind", 1, 0)], [("rekind", 1, 0), ("rename", 1, 0), ("reword", 1, 0)]))
def test_three_generations_of_any_edits_keep_every_history_its_own(generations: tuple[list[Edit], list[Edit]]) -> None:
    live(EVERY_KIND, generations)


@pytest.mark.parametrize(("before", "after"), [(one, two) for one in KINDS for two in KINDS if one != two])
def test_a_note_becomes_one_of_any_other_kind_and_comes_back(before: str, after: str) -> None:
    kind, generations = crossing(before, after)
    live((kind, "basic"), generations)


def test_style_and_templates_change_with_every_generation_and_no_history_does(monkeypatch: pytest.MonkeyPatch) -> None:
    generations: tuple[list[Edit], ...] = (
        [("reword", 0, 0), ("drop_part", 2, 0)],
        [],
        [("take_out", 1, 0), ("swap_parts", 4, 0)],
    )
    live(EVERY_KIND, generations, monkeypatch)
