"""What a part of a page is about, by the headings that it stands under: the words that let a question stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.draft.candidate import Unit
from cards.draft.page import Heading
from cards.draft.rules.phrases import Line, line_of
from cards.draft.rules.usage import WORD, usage_of

_GENERAL = re.compile(
    r"""^(?:the\s|a\s|some\s|key\s|basic\s|main\s|important\s|core\s|common\s|more\s|useful\s|quick\s|our\s|further\s
          |formal\s|other\s|first\s|general\s|simple\s|essential\s|selected\s|fundamental\s|special\s|worked\s)*
    (?:propert(?:y|ies)|rules?|laws?|facts?|identit(?:y|ies)|formulas?|formulae|definitions?|terms?|terminology|glossary
      |vocabulary|concepts?|ideas?|basics|fundamentals|overview|introduction|intro|summary|recap|review|background
      |motivation|notation|examples?|exercises?|problems?|questions?|solutions?|answers?|theorems?|proofs?|intuition
      |results?|tables?|notes?|remarks?|comments?|points|highlights|applications?|cheat\s?-?sheets?|reference|takeaways|key\s?words|faqs?|q\s?&\s?a
      |quiz|(?:[\w-]+\s){1,3}questions|check\syour\sunderstanding|in\scode|code|implementation|in\spractice|usage|syntax|see\salso|resources|home
      |further\sreading|prerequisites|objectives|goals|learning\s(?:goals|objectives|outcomes)|conclusion|appendix|details
      |what\sit\sis|how\sit\sworks|when\sto\suse(?:\sit)?|pros\sand\scons|advantages|disadvantages|comparison|flash\s?cards
      |preliminaries|discussion|explanation|description|index|contents|table\sof\scontents|readme|cards|self-?test)
    (?:\s(?:and|&|,|or)\s.*)?$""",
    re.I | re.X,
)
_WHOLE_COURSE = re.compile(
    r"\b(?:refreshers?|courses?|cheat\s?-?sheets?|lectures?|tutorials?|notes|guides?|handbook|textbook|reference|primer"
    r"|glossary|summary|syllabus|introduction|review|101|flash\s?cards|workbook|notebook|questions|faq)\b",
    re.I,
)
_PREFIX = re.compile(
    r"^(?:(?:part|chapter|week|day|lecture|lesson|module|section|unit|topic|step)\s+[\dIVX]+\s*[:.–—-]\s*"
    r"|(?:an?\s+)?(?:short\s+|brief\s+|quick\s+|gentle\s+)?(?:introduction|intro|guide)\s+to\s+"
    r"|(?:the\s+)?(?:(?:key|basic|main|important|general|common|some|useful)\s+)*"
    r"(?:propert(?:y|ies)|rules|laws|facts|basics|fundamentals|definitions?|overview|summary|examples?|concepts?|types"
    r"|meaning|notion|idea|kinds|list|table)\s+(?:of|for|about|on)\s+"
    r"|(?:understanding|(?:more\s+)?(?:on|about)|back\s+to|revisiting|what\s+(?:is|are)|working\s+with|computing|defining)\s+)",
    re.I,
)
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Topic:
    """What a part of a page is about.

    Attributes:
        text: as Markdown, as it begins a sentence: *The exponential function*.
        within: as it goes on a sentence: *the exponential function*.
        formulas: what the heading itself writes beside it: the LaTeX of *($e^x$)*.
    """

    text: str
    within: str
    formulas: tuple[str, ...] = ()

    def in_words(self, text: str) -> bool:
        """Whether a text names the topic already, by one of its words."""
        own = stems(self.text)
        return not own or bool(own & stems(text))


def topic_of(unit: Unit) -> Topic | None:
    """The topic of a unit: its nearest heading that says more than *Rules* or *Examples*; None if no heading does."""
    for heading in reversed(unit.headings):
        found = topic_in(heading, unit)
        if found is not None:
            return found
    return None


def topic_in(heading: Heading, unit: Unit) -> Topic | None:
    """What one heading names; None if that is too general, a question, or too long to begin a question with."""
    line = line_of(heading.text.spans).unmarked()
    formulas = tuple(formula.tex for _, formula in line.formulas())
    text = re.sub(r"\s*\([^()]*\)\s*$", "", line.text)
    if text.rstrip().endswith("?") and not _PREFIX.match(text):
        return None
    text = re.sub(r"[\s:.!?–—-]+$", "", text)
    before = None
    while before != text:
        before, text = text, _PREFIX.sub("", text)
    text = re.sub(r"^[^\w\s$`(\[\ue000-\uf8ff]+\s*", "", text)  # an emoji before the words
    text = re.split(r":\s|\s[–—-]\s", text)[0].strip()
    text = re.sub(
        r"\s(?:overview|basics|fundamentals|summary|introduction|review|refresher|recap)$", "", text, flags=re.I
    )
    text = re.sub(r"\s(?:and|&|of|for|to)$", "", text)
    if re.match(r"(?:what|why|how|when|where|which|who|is|are|do|does|can)\b", text, re.I):
        return None
    if not WORD.search(text) or _GENERAL.match(text) or len(text.split()) > _LONGEST:
        return None
    if heading.level == 1 and _WHOLE_COURSE.search(text):
        return None
    usage = usage_of(unit.page)
    markdown = usage.sentence_case(Line(text, line.signs).markdown())
    markdown = markdown[0].upper() + markdown[1:] if re.match(r"[a-z](?![A-Z])", markdown) else markdown
    return Topic(markdown, usage.lowered(markdown), formulas)


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's longer words: *derivative* and *derivatives* have one."""
    words = (word.lower() for word in WORD.findall(re.sub(r"\$[^$]*\$|`[^`]*`", " ", text)))
    return frozenset(re.sub(r"(?:ices|ix|ex|ies|es|s|y|e)$", "", word)[:7] for word in words if len(word) > 3)


def about(unit: Unit, question: str) -> str:
    """A question that stands alone: with its topic before it, unless it names the topic or there is none."""
    topic = topic_of(unit)
    if topic is None or topic.in_words(question):
        return question
    return f"{topic.text}: {usage_of(unit.page).lowered(question)}"
