r"""Pieces of a page as the Markdown that decks hold, and as plain words.

Words are escaped only where the renderer would read them otherwise, and so that they stay what they are when a rule
puts a few pieces together: `2 * 3`, `snake_case` and `a < b` need no escape, a `*` beside a letter does.
"""

from cards.draft.markdown.blocks import blocks_markdown
from cards.draft.markdown.text import markdown_of, plain_of

__all__ = ["blocks_markdown", "markdown_of", "plain_of"]
