"""Settings as fields of a form: from a value to what the field shows, and from what was sent to a text that is read."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from srs.core.setting_text import WEEKDAYS, write_setting
from srs.core.settings import SettingValue
from srs.core.steps import format_steps
from srs.service.configuring import Held, Source
from srs.service.explaining import LOADS, MEANINGS, Form, Meaning


@dataclass(frozen=True, slots=True)
class Field:
    """One setting on the page.

    Attributes:
        meaning: what it is called and does.
        text: what the field shows for the value that holds.
        shown: what it shows now: that, or what was given and refused.
        problem: why it was refused; empty if it was not.
        figures: what the value comes to for this learner, if that is known.
        own: whether the value is the deck's own or, for all decks, other than the default.
        without: in words, what would hold without it.
    """

    name: str
    meaning: Meaning
    text: str
    shown: str
    problem: str
    figures: str
    own: bool
    without: str

    @property
    def week(self) -> list[tuple[str, str]]:
        """The days of a week with the share given for each."""
        return list(zip(WEEKDAYS, [*self.shown.split(), *("1",) * 7], strict=False))


def field(
    held: Held, *, of_deck: bool, given: str | None = None, problem: str | None = None, figures: str = ""
) -> Field:
    """The field of a setting (of a deck, or of all), with what was given for it and why that was refused."""
    meaning = MEANINGS[held.name]
    text = _text(held.name, held.value)
    own = held.source is (Source.DECK if of_deck else Source.ALL_DECKS)
    without = held.general if of_deck else held.default
    said = problem or ""
    if said.startswith(held.name):
        said = meaning.title + said.removeprefix(held.name)
    shown = text if given is None else given
    return Field(held.name, meaning, text, shown, said, figures, own, amount(held.name, without))


def given_for(field: Field, form: MultiDict[str, str]) -> str:
    """What a form says of a field, as `srs.core.setting_text` reads it.

    Raises:
        BadRequest: the form lacks the field.
    """
    values = form.getlist(field.name)
    if not values:
        raise BadRequest(f"The form lacks its field {field.name}.")
    if field.meaning.form is Form.WEEK:
        return " ".join(values)
    return values[-1].strip()  # a switch that is off sends only what lies hidden beside it


def readable(name: str, text: str) -> str:
    """The text of a field with the unit that stands beside it."""
    return f"{text}%" if MEANINGS[name].form is Form.PERCENT and text and not text.endswith("%") else text


def amount(name: str, value: SettingValue | None) -> str:
    """A value in words, as a sentence has it; nothing for none."""
    if value is None:
        return ""
    meaning = MEANINGS[name]
    match meaning.form:
        case Form.CHOICE:
            return next(label for choice, label, _ in meaning.choices if choice == value)
        case Form.PERCENT:
            return f"{_text(name, value)}%"
        case Form.WEEK if isinstance(value, tuple):
            words = {float(load): said for load, said in LOADS}
            days = [f"{day.title()} {words[load]}" for day, load in zip(WEEKDAYS, value, strict=True) if load != 1.0]
            return ", ".join(days) or "none"
        case Form.WEIGHTS:
            return "others"
        case Form.NUMBER:
            return f"{value:,} {meaning.unit}" if isinstance(value, int) else str(value)
        case Form.HOUR:
            return f"{value:02}:00"
        case _:
            return _text(name, value)


def _text(name: str, value: SettingValue) -> str:
    form = MEANINGS[name].form
    if form is Form.PERCENT and isinstance(value, float):
        return f"{value * 100:.10g}"
    if form is Form.TIME and isinstance(value, int):
        return format_steps((value,)) if value else "0"
    return write_setting(name, value)
