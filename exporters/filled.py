"""Many fillings of one text as fields of an Anki note: its prose is rendered once, and each filling's formulas."""

from __future__ import annotations

import re
from functools import lru_cache

from cards.model import Text
from cards.problems.template import TemplateError, Zone, find_vals
from cards.render import Images, RenderError, Target, render
from cards.render.gaps import Asked
from cards.render.rules import MathError
from cards.render.tex import anki

_NO_GAPS = Asked("", revealed=True)
_MARK = "70{:05}707"
_MARKED = re.compile(r"\\([(\[])70(\d{5})707\\[)\]]")


class Filled:
    r"""One of an author's texts with `\val`s in it, ready to be rendered with many values.

    Where all values stand in formulas, the text around these is the same each time. So it is rendered once, with a mark
    in the place of each formula. What else there may be, and a text that turns out otherwise than by the whole
    renderer, is rendered as a whole each time.
    """

    def __init__(
        self, text: Text, images: Images, around: tuple[str, ...] | None = None, wordless: Text | None = None
    ) -> None:
        """Prepare a text.

        Args:
            text: the text as its author wrote it.
            images: where the pictures are.
            around: what stands before, between and after the formulas in which values are; by default as the text
                itself says.
            wordless: the same text without its words, as `cards.problems.wordless` has it.
        """
        self._text = text
        self._images = images
        around = _around(text.source) if around is None else around
        self._formulas = _between(around)
        self._wordless = _between(_around(wordless.source)) if wordless is not None else None
        self._around = around
        self._prose: list[str] | None = None  # HTML before, between and after the formulas
        self._displayed: list[bool] = []

    def html(self, filled: str) -> str:
        """The text with its values as HTML for Anki. Raises RenderError if it cannot be shown.

        Args:
            filled: the text with the values put in.
        """
        found = self._formulas.fullmatch(filled) if self._formulas is not None else None
        if found is None:
            return self._whole(filled)
        if self._prose is None:
            html = self._whole(filled)
            self._prepare()
            if self._joined(found.groups()) != html:
                self._formulas = None
            return html
        html_or_none = self._joined(found.groups())
        return self._whole(filled) if html_or_none is None else html_or_none

    def html_of_wordless(self, filled: str) -> str | None:
        """The whole text's HTML, given that without its words; None if one does not lead to the other.

        Args:
            filled: the text without its words, with the values put in.
        """
        found = self._wordless.fullmatch(filled) if self._wordless is not None and self._formulas is not None else None
        return self._joined(found.groups()) if found is not None else None

    def _whole(self, filled: str) -> str:
        return render(Text(filled, self._text.file, self._text.starts), Target.ANKI, images=self._images)

    def _prepare(self) -> None:
        """Render the prose with a mark for each formula."""
        around = self._around or ()
        marked = around[0] + "".join(_MARK.format(place) + after for place, after in enumerate(around[1:]))
        try:
            pieces = _MARKED.split(self._whole(marked))
        except RenderError:
            pieces = []
        if [int(place) for place in pieces[2::3]] == list(range(len(around) - 1)):
            self._prose, self._displayed = pieces[::3], [sign == "[" for sign in pieces[1::3]]
        else:
            self._prose, self._displayed = [], []

    def _joined(self, formulas: tuple[str, ...]) -> str | None:
        """The HTML from its pieces; None if they cannot be made."""
        if not self._prose:
            return None
        if len(formulas) + 1 != len(self._prose):
            return None
        html = self._prose[0]
        try:
            for formula, display, after in zip(formulas, self._displayed, self._prose[1:], strict=True):
                html += _formula(formula, display) + after
        except MathError:
            return None
        return html


@lru_cache(maxsize=1 << 13)
def _formula(tex: str, display: bool) -> str:
    return anki(tex.strip(), _NO_GAPS, display=display)


def _between(around: tuple[str, ...] | None) -> re.Pattern[str] | None:
    """What finds the formulas between these pieces of a text."""
    return re.compile("([^$]*)".join(map(re.escape, around))) if around else None


@lru_cache(maxsize=256)
def _around(template: str) -> tuple[str, ...] | None:
    """What stands around the formulas that have a value in them; None if a value stands elsewhere."""
    try:
        vals = find_vals(template)
    except TemplateError:
        return None
    if any(val.zone is not Zone.MATH for val in vals):
        return None
    ends = [0, *(end for around in dict.fromkeys(val.around for val in vals) for end in around), len(template)]
    return tuple(template[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
