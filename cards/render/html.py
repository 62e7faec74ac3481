"""An author's Markdown as safe HTML, for one reader."""

from __future__ import annotations

from functools import lru_cache

from cards.model import Text
from cards.render.errors import RenderError, Target
from cards.render.gaps import Asked, Clozes
from cards.render.pictures import Images, no_images
from cards.render.writer import Writer

_NO_CLOZES = Asked("", revealed=True)


def render(
    text: Text | str,
    target: Target = Target.BROWSER,
    *,
    clozes: Clozes = _NO_CLOZES,
    images: Images = no_images,
) -> str:
    r"""Safe HTML of an author's Markdown.

    Args:
        text: the Markdown; a plain string is named `<text>` in errors.
        target: MathML for a browser, or `\(..\)` and `\[..\]` for Anki.
        clozes: what becomes of `\cloze` parts; by default their content is shown.
        images: where the pictures are.

    Raises:
        RenderError: with every error of the text, each at its place: formulas that cannot be shown, addresses that
            are not allowed, pictures that are not there.
    """
    if target is Target.ANKI and clozes is _NO_CLOZES and (images is no_images or "![" not in _source_of(text)):
        field = _field(_source_of(text))
        if field is not None:
            return field
    if isinstance(text, str):
        text = Text(text, "<text>", tuple((line, 1) for line in range(1, text.count("\n") + 2)))
    return Writer(text, target, clozes, images).write()


def _source_of(text: Text | str) -> str:
    """The Markdown itself."""
    return text if isinstance(text, str) else text.source


@lru_cache(maxsize=1 << 15)
def _field(source: str) -> str | None:
    """A field for Anki, kept: a build checks every text first and writes it then. None if it cannot be rendered."""
    try:
        return Writer(Text(source, ""), Target.ANKI, _NO_CLOZES, no_images).write()
    except RenderError:
        return None
