r"""A deck that lives on: edits of every kind, each note's questions marked so that they are known again by their text.

`askn01` stands in what the note n01 asks forward, `telln01` in what it answers, and `gapn01p1` in the gap p1 of n01.
So whatever a note is named, where it stands and of which kind it is, a card that shows another's mark is a mix-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

SECTIONS = ("one", "two")
KINDS = ("basic", "reversed", "cloze", "problem")
_TAG = re.compile(r"<[^>]*>")
_UNSEEN = re.compile(r"<pre id=\"refresher-instances\".*?</pre>|<script.*?</script>", re.DOTALL)
MARK = re.compile(r"(?:ask|tell|gap)n\d\d(?:p\d+)?")


@dataclass
class Idea:
    """A note through its life. `parts` are the gaps that it has now, `ever` all that it had."""

    name: str
    kind: str
    id: str = ""
    was: list[str] = field(default_factory=list)
    edition: int = 1
    parts: list[str] = field(default_factory=lambda: ["p1", "p2"])
    ever: int = 2
    low: int = 2
    todo: bool = False

    def __post_init__(self) -> None:
        self.id = self.id or self.name

    def data(self) -> dict[str, object]:
        """The note as YAML has it."""
        note: dict[str, object] = {"id": self.id, "kind": self.kind}
        note |= {"was": self.was} if self.was else {}
        note |= {"todo": "Look again."} if self.todo else {}
        ask, tell = f"What is ask{self.name}, edition {self.edition}", f"It is tell{self.name}."
        match self.kind:
            case "cloze":
                gaps = " and ".join(rf"\cloze{{{part}}}{{gap{self.name}{part}}}" for part in self.parts)
                return note | {"text": f"Edition {self.edition} has {gaps}."}
            case "problem":
                given = {"given": {"a": f"{self.low}..{self.low + 3}"}, "answer": "a+1"}
                return note | given | {"front": rf"{ask}, and $\val{{a}}$ and one?", "back": tell}
            case _:
                return note | {"front": f"{ask}?", "back": tell}

    @property
    def slots(self) -> tuple[str, ...]:
        """Its cards on the server."""
        fixed = {"basic": ("forward",), "reversed": ("forward", "backward"), "problem": ("problem",)}
        return tuple(self.parts) if self.kind == "cloze" else fixed[self.kind]

    def marks(self) -> dict[str, str]:
        """What each of its cards asks for, by slot."""
        fixed = {"forward": f"ask{self.name}", "backward": f"tell{self.name}", "problem": f"ask{self.name}"}
        return {slot: fixed.get(slot, f"gap{self.name}{slot}") for slot in self.slots}


class Living:
    """The deck: its notes where they stand now, and those that were taken out."""

    def __init__(self, *kinds: str) -> None:
        self.sections: dict[str, list[Idea]] = {name: [] for name in SECTIONS}
        self.titles = {name: f"Section {name}" for name in SECTIONS}
        self.out: list[Idea] = []
        self.made = 0
        for kind in kinds:  # the first three notes stand in the first section
            self._place(SECTIONS[self.made >= 3], kind, self.made)

    @property
    def ideas(self) -> list[Idea]:
        """All notes that stand in the files."""
        return [idea for ideas in self.sections.values() for idea in ideas]

    @property
    def published(self) -> list[Idea]:
        """Those that learners get."""
        return [idea for idea in self.ideas if not idea.todo]

    def write(self, folder: Path) -> None:
        """Write the deck's files."""
        folder.mkdir(exist_ok=True)
        head = {"deck": "demo", "title": "Demo", "sections": list(SECTIONS)}
        (folder / "deck.yaml").write_text(yaml.safe_dump(head, sort_keys=False))
        for name, ideas in self.sections.items():
            section: dict[str, object] = {"section": name, "title": self.titles[name], "lesson": "Read."}
            section |= {"notes": [idea.data() for idea in ideas]} if ideas else {}
            (folder / f"{name}.yaml").write_text(yaml.safe_dump(section, sort_keys=False))

    def edit(self, name: str, which: int, how: int) -> None:
        """Do one edit, if there is something to do it to."""
        EDITS[name](self, which, how)

    def add(self, which: int, how: int) -> None:
        """A new note."""
        section = SECTIONS[which % 2]
        self._place(section, KINDS[how % len(KINDS)], which % (len(self.sections[section]) + 1))

    def _place(self, section: str, kind: str, at: int) -> None:
        self.made += 1
        self.sections[section].insert(at, Idea(f"n{self.made:02}", kind))

    def _one(self, which: int) -> Idea:
        return self.ideas[which % len(self.ideas)]

    def _others(self, idea: Idea) -> bool:
        return any(other is not idea for other in self.published)

    def reword(self, which: int, _: int) -> None:
        """The text is put otherwise."""
        self._one(which).edition += 1

    def rename(self, which: int, _: int) -> None:
        """It gets another id, and says so."""
        idea = self._one(which)
        idea.was.append(idea.id)
        idea.id = f"{idea.name}-{len(idea.was)}"

    def resettle(self, which: int, how: int) -> None:
        """It goes to the other section."""
        idea = self._one(which)
        for name, ideas in self.sections.items():
            if idea in ideas:
                ideas.remove(idea)
                other = self.sections[next(section for section in SECTIONS if section != name)]
                other.insert(how % (len(other) + 1), idea)
                return

    def reorder(self, which: int, how: int) -> None:
        """It goes to another place in its section."""
        ideas = self.sections[SECTIONS[which % 2]]
        if ideas:
            idea = ideas.pop(which % len(ideas))
            ideas.insert(how % (len(ideas) + 1), idea)

    def rekind(self, which: int, how: int) -> None:
        """It becomes a note of another kind."""
        idea = self._one(which)
        idea.kind = [kind for kind in KINDS if kind != idea.kind][how % 3]

    def add_part(self, which: int, how: int) -> None:
        """A gap more, which never was, or was once and is back."""
        idea = self._one(which)
        absent = [f"p{number}" for number in range(1, idea.ever + 1) if f"p{number}" not in idea.parts]
        if absent and how % 2:
            part = absent[how % len(absent)]
        else:
            idea.ever += 1
            part = f"p{idea.ever}"
        idea.parts.insert(how % (len(idea.parts) + 1), part)

    def drop_part(self, which: int, how: int) -> None:
        """A gap less."""
        idea = self._one(which)
        if len(idea.parts) > 1:
            del idea.parts[how % len(idea.parts)]

    def swap_parts(self, which: int, how: int) -> None:
        """The gaps in another order."""
        idea = self._one(which)
        idea.parts.append(idea.parts.pop(how % len(idea.parts)))

    def renumber(self, which: int, how: int) -> None:
        """Other numbers in the problem."""
        self._one(which).low += 1 + how % 5

    def retitle(self, which: int, _: int) -> None:
        """Another title of a section."""
        self.titles[SECTIONS[which % 2]] += "!"

    def take_out(self, which: int, _: int) -> None:
        """The note goes."""
        idea = self._one(which)
        if self._others(idea):
            for ideas in self.sections.values():
                if idea in ideas:
                    ideas.remove(idea)
            self.out.append(idea)

    def bring_back(self, which: int, how: int) -> None:
        """A note that went is back."""
        if self.out:
            ideas = self.sections[SECTIONS[how % 2]]
            ideas.insert(which % (len(ideas) + 1), self.out.pop(which % len(self.out)))

    def hold(self, which: int, _: int) -> None:
        """The note waits for its author, or does no more."""
        idea = self._one(which)
        if idea.todo or self._others(idea):
            idea.todo = not idea.todo


EDITS: dict[str, Callable[[Living, int, int], None]] = {
    name: getattr(Living, name)
    for name in (
        "add",
        "reword",
        "rename",
        "resettle",
        "reorder",
        "rekind",
        "add_part",
        "drop_part",
        "swap_parts",
        "renumber",
        "retitle",
        "take_out",
        "bring_back",
        "hold",
    )
}


def asked(front: str, back: str) -> str | None:
    """The mark of what a card asks, by both its sides alone: a gap that only the back shows, else what the front says.

    None for a card that asks nothing: it lost its gap, or its other direction.

    Raises:
        AssertionError: it shows several notes, or asks for several gaps.
    """
    front, back = (
        _TAG.sub("", _UNSEEN.sub("", side)) for side in (front, back)
    )  # Anki keeps what is hidden in an attribute
    shown, whole = set(MARK.findall(front)), set(MARK.findall(front + back))
    assert len({mark[-3:] if "gap" not in mark else mark[3:6] for mark in whole}) <= 1, (front, back)
    gaps = {mark for mark in whole if mark.startswith("gap")}
    if gaps:
        hidden = gaps - shown
        assert len(hidden) <= 1, (front, back)
        return hidden.pop() if hidden else None
    assert len(shown) <= 1, (front, back)
    return shown.pop() if shown else None
