"""What each setting is called and what it does, in plain words: for the page, the command and the API alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a setting is written."""

    NUMBER = "number"
    PERCENT = "percent"
    TIME = "time"
    STEPS = "steps"
    HOUR = "hour"
    SWITCH = "switch"
    CHOICE = "choice"
    ZONE = "zone"
    WEEK = "week"
    DATE = "date"
    WEIGHTS = "weights"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A setting in words.

    Attributes:
        title: what it is called.
        effect: what it does, in a sentence or two.
        form: how it is written.
        unit: what a number counts.
        choices: for each value its name and what it means.
    """

    title: str
    effect: str
    form: Form
    unit: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that belong together: one form of the page."""

    id: str
    title: str
    names: tuple[str, ...]


LOADS = (("1", "as it comes"), ("0.5", "fewer"), ("0", "as few as can be"))
"""How much may fall on a day of the week: the value and its name."""

GROUPS = (
    Group("day", "Your day", ("zone", "follow_zone", "rollover_hour", "goal_minutes", "goal_reviews")),
    Group("new", "New cards", ("new_per_day", "new_order", "gate", "known_share", "known_recall", "bury_new")),
    Group("steps", "Learning", ("learning_steps", "relearning_steps", "learn_ahead_s", "bury_learning")),
    Group(
        "reviews",
        "Reviews",
        (
            *("desired_retention", "reviews_per_day", "review_order", "maximum_interval", "bury_reviews"),
            "implicit_credit",
        ),
    ),
    Group("load", "The week", ("load_balance", "easy_days")),
    Group("leeches", "Leeches", ("leech_threshold", "leech_action")),
    Group("answers", "Typed answers", ("decimal_comma", "slow_after_s")),
)
"""What can be set in one's own words."""

ELSEWHERE = Group("elsewhere", "Set where they are worked out", ("exam_day", "catch_up_by", "parameters"))
"""What has a page or a command of its own."""

MEANINGS: Mapping[str, Meaning] = {
    "zone": Meaning("Time zone", "Study days follow the clocks of this place.", Form.ZONE),
    "follow_zone": Meaning(
        "Follow my browser", "When you travel, the time zone becomes that of the device you study on.", Form.SWITCH
    ),
    "rollover_hour": Meaning(
        "A new day begins at", "What you answer before this hour still counts for the evening before.", Form.HOUR
    ),
    "goal_minutes": Meaning(
        "Goal: minutes a day", "Something to hold yourself to. It changes nothing of what comes; 0 for none.",
        Form.NUMBER, "minutes",
    ),
    "goal_reviews": Meaning(
        "Goal: answers a day", "The same, counted in answers; 0 for none.", Form.NUMBER, "answers"
    ),
    "new_per_day": Meaning(
        "New cards a day", "How many cards you meet for the first time. What you begin today comes back for months.",
        Form.NUMBER, "cards",
    ),
    "new_order": Meaning(
        "Order of new cards", "Which new card comes next.", Form.CHOICE,
        choices=(
            ("graph", "By what they build on", "what is required first, else as the author wrote"),
            ("author", "As the author wrote", "section by section"),
            ("random", "At random", "shuffled once, whatever builds on what"),
        ),
    ),
    "gate": Meaning(
        "Wait for what is required",
        "A new card waits until the sections and cards that it builds on are known. Without it they only come first.",
        Form.SWITCH,
    ),
    "known_share": Meaning(
        "A section is known from",
        "This share of its cards has to be known. Lower: the next section opens sooner, on weaker ground.",
        Form.PERCENT, "of its cards",
    ),
    "known_recall": Meaning(
        "A card is known from", "The chance that you would recall it now. Below it, what builds on the card may wait.",
        Form.PERCENT,
    ),
    "bury_new": Meaning(
        "Spread new cards of one note",
        "Of a note with several cards a new one waits for another day than its siblings.", Form.SWITCH,
    ),
    "learning_steps": Meaning(
        "Steps of a new card",
        "After each pass it comes back once more, so much later: 1m 10m. None: days from the first answer on.",
        Form.STEPS,
    ),
    "relearning_steps": Meaning(
        "Steps after forgetting", "The same for a card in review that was forgotten. None: it waits a day or more.",
        Form.STEPS,
    ),
    "learn_ahead_s": Meaning(
        "Learn ahead", "When nothing else is left, a card on a step comes early by up to so much.", Form.TIME
    ),
    "bury_learning": Meaning(
        "Spread cards on long steps", "A card on a step of a day or more keeps away from its siblings, too.",
        Form.SWITCH,
    ),
    "desired_retention": Meaning(
        "Desired retention",
        "A card comes back when your chance of recalling it falls to this. Higher: you forget less and review more.",
        Form.PERCENT,
    ),
    "reviews_per_day": Meaning(
        "Reviews a day", "At most so many; what is over waits for the days after. New cards count apart.", Form.NUMBER,
        "cards",
    ),
    "review_order": Meaning(
        "Order of reviews", "Which of the cards that wait comes next, and which are left over at the limit.",
        Form.CHOICE,
        choices=(
            ("retrievability", "The shakiest first", "the least likely to be recalled"),
            ("due", "The longest waiting first", "by the day on which they were due"),
            ("section", "Section by section", "in the deck's order"),
            ("random", "At random", "mixed anew each day"),
        ),
    ),
    "maximum_interval": Meaning(
        "Longest interval", "No card stays away longer, however well you know it.", Form.NUMBER, "days"
    ),
    "bury_reviews": Meaning(
        "Spread reviews of one note", "A review waits for another day if a card of the same note comes today.",
        Form.SWITCH,
    ),
    "implicit_credit": Meaning(
        "Count what a card makes use of",
        "Passing a card puts off the simpler ones that it exercises, where the deck says how much. Fewer reviews, on "
        "less evidence.",
        Form.SWITCH,
    ),
    "load_balance": Meaning(
        "Even out the days",
        "Within the few days that an interval leaves open, a card takes the one on which less is due.", Form.SWITCH,
    ),
    "easy_days": Meaning(
        "Easy days",
        "Fewer reviews are put on these days, as far as the intervals leave room and while the days are evened out.",
        Form.WEEK,
    ),
    "leech_threshold": Meaning(
        "A card is a leech after",
        "Forgotten so often, it costs more than it gives and should be rewritten or dropped; 0 for never.",
        Form.NUMBER, "lapses",
    ),
    "leech_action": Meaning(
        "What happens to a leech", "Either way it is listed for you.", Form.CHOICE,
        choices=(
            ("mark", "It is marked", "and comes on as before"),
            ("suspend", "It is suspended", "and comes no more until you take it back"),
        ),
    ),
    "decimal_comma": Meaning(
        "Decimals", "How numbers are read that you type.", Form.CHOICE,
        choices=(
            ("auto", "As the deck's language does", "a point in English, a comma in German or French"),
            ("point", "With a point", "0.5 is a half, and a comma separates: (1, 2)"),
            ("comma", "With a comma", "0,5 is a half, and a semicolon separates: (1; 2)"),
        ),
    ),
    "slow_after_s": Meaning(
        "A right answer is slow after",
        "Then Hard is suggested in place of Good, and the card comes again sooner. You may always rate it otherwise.",
        Form.NUMBER, "seconds",
    ),
    "exam_day": Meaning("Exam on", "Until then reviews are planned toward knowing as much as possible.", Form.DATE),
    "catch_up_by": Meaning("Catch up by", "A backlog is spread over the days until then.", Form.DATE),
    "parameters": Meaning(
        "FSRS parameters", "How your memory is modelled; fitted to your own answers.",
        Form.WEIGHTS,
    ),
}  # fmt: skip
