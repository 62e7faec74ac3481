"""The two note types of every Refresher deck in Anki.

Ids, names, fields and templates' names are frozen: Anki treats every note of a type whose list of fields or templates
changed as conflicting and stops updating it. Style and the templates' HTML may change; then the lock beside this
module has to say when, because Anki takes them only from a note type with a newer time:

    python -m exporters.note_types
"""

from __future__ import annotations

import functools
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cards import render
from cards.files import write_whole
from exporters.ids import REFRESHER_CLOZE_TYPE, REFRESHER_TYPE

LOCK = Path(__file__).with_name("note_types.lock.json")
CARD_CSS = Path(render.__file__).with_name("card.css")
ASSETS = Path(__file__).with_name("anki_assets")

BASIC = "basic"
CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class Template:
    """One card of a note type: its name and the HTML of its two sides."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type.

    Attributes:
        key: `basic` or `cloze`, the word that the deck's lock and the guid use.
        number: Anki's id.
        name: Anki's name.
        fields: names, in order; the first is the one that Anki sorts by and that must not be empty.
        templates: one a card, in order; a cloze type has one for all its cards.
        css: the style of all of them.
    """

    key: str
    number: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    css: str

    @property
    def digest(self) -> str:
        """A hash of all that an import could change: style and templates."""
        parts = [self.css]
        for template in self.templates:
            parts += [template.name, template.front, template.back]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:32]


_ANSWER = """
{{Why}}
{{Code}}
<footer>{{Section}}{{#Source}} · {{Source}}{{/Source}}</footer>"""

_SPARE = ("Spare1", "Spare2", "Spare3", "Spare4")


def _front(content: str) -> str:
    return f'<main class="refresher"><div class="front">{content}</div></main>'


def _back(shown: str, answer: str = "", last: str = "") -> str:
    back = f'\n<div class="back">{answer}</div>' if answer else ""
    return f'{shown}\n<hr id="answer">\n<main class="refresher">{back}{_ANSWER}\n</main>{last}'


def _instances() -> str:
    """What draws a problem's instances, on each side of a card; nothing at all for other notes.

    It comes last on both sides, and the answer repeats the question by its field: were it in FrontSide, it would run
    there once more, before the answer is there to be seen.
    """
    script = "\n".join((ASSETS / name).read_text(encoding="utf-8").strip() for name in ("typed.js", "problem.js"))
    return (
        '\n{{#Instances}}<pre id="refresher-instances" class="instances" hidden>{{Instances}}</pre>'
        f"\n<script>\n{script}\n</script>{{{{/Instances}}}}"
    )


def _css(*names: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (CARD_CSS, *(ASSETS / name for name in names)))


@functools.cache
def note_types() -> Mapping[str, NoteType]:
    """Both note types by their key."""
    drawn = _instances()
    basic = NoteType(
        BASIC,
        REFRESHER_TYPE,
        "Refresher",
        ("Front", "Back", "Why", "Code", "Section", "Source", "Reverse", "Instances", *_SPARE),
        (
            Template("Forward", _front("{{Front}}") + drawn, _back(_front("{{Front}}"), "{{Back}}", drawn)),
            Template(
                "Reverse",
                "{{#Reverse}}" + _front("{{Back}}") + "{{/Reverse}}",
                _back("{{FrontSide}}", "{{Front}}"),
            ),
        ),
        _css("page.css", "problem.css"),
    )
    cloze = NoteType(
        CLOZE,
        REFRESHER_CLOZE_TYPE,
        "Refresher Cloze",
        ("Text", "Why", "Code", "Section", "Source", *_SPARE),
        (Template("Cloze", _front("{{cloze:Text}}"), _back(_front("{{cloze:Text}}"))),),
        _css("page.css"),
    )
    return {BASIC: basic, CLOZE: cloze}


@dataclass(frozen=True, slots=True)
class Published:
    """What the lock remembers of a note type: the hash of what was published and when it last changed (in s)."""

    digest: str
    changed: int


def read_published(path: Path = LOCK) -> Mapping[str, Published]:
    """The lock's entries by note type key; none if there is no lock yet."""
    if not path.exists():
        return {}
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {key: Published(entry["hash"], entry["changed"]) for key, entry in entries.items()}


def published(now: int, old: Mapping[str, Published]) -> Mapping[str, Published]:
    """What the lock should say at `now` (in s): an unchanged type keeps its time, a changed one gets a newer one."""
    result = {}
    for key, note_type in note_types().items():
        before = old.get(key)
        if before is None:
            result[key] = Published(note_type.digest, now)
        elif before.digest != note_type.digest:
            result[key] = Published(note_type.digest, max(now, before.changed + 1))
        else:
            result[key] = before
    return result


def update(now: int, path: Path = LOCK) -> bool:
    """Bring the lock up to date. Returns whether it had to change."""
    old = read_published(path)
    new = published(now, old)
    if new == old:
        return False
    lines = ",\n".join(
        f"  {json.dumps(key)}: {json.dumps({'hash': entry.digest, 'changed': entry.changed})}"
        for key, entry in sorted(new.items())
    )
    write_whole(path, f"{{\n{lines}\n}}\n".encode())
    return True


if __name__ == "__main__":
    print("note_types.lock.json", "updated" if update(int(time.time())) else "is up to date")
