"""The parser of pages: markdown-it with the library's plugins and our rules, all dialects at once.

No dialect is asked for or guessed: what one of them writes means nothing in the others, with few exceptions, so one
parser reads a page of GitHub, MkDocs, Obsidian, Jupyter Book, Pandoc, Docusaurus, Hugo or Jekyll.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from cards.draft.reading import block_rules, inline_rules

_LONGEST = 10_000  # characters of a run of text that are read at once: the parser's time may grow with their square
_LONGEST_BRACKETS = 200  # where more of it are brackets than in any text that somebody wrote


def _parser(**options: int) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"tasklists": True, "typographer": False, **options})
    parser.enable(["table", "strikethrough"])
    parser.use(deflist_plugin).use(footnote_plugin, move_to_end=False).use(myst_block_plugin)
    block_rules.extend(parser)
    inline_rules.extend(parser)
    # Text is read when its block is: `inline` below.
    parser.core.ruler.enableOnly(["normalize", "block"])
    # Targets are kept as written, whatever they are.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 - the parser's own signature
    return parser


_of_blocks = _parser(maxNesting=1_000)  # never reached: our rule for what lies too deep leaves out less, and says so
_of_text = _parser()


def blocks(text: str, env: EnvType) -> list[Token]:
    """The block tokens of a text; texts in them are not read yet."""
    return _of_blocks.parse(text, env)


def inline(text: str, env: EnvType) -> list[Token]:
    """The tokens of a run of text."""
    tokens: list[Token] = []
    brackets = text.count("[")
    longest = _LONGEST_BRACKETS if brackets > 300 and brackets * 8 > len(text) else _LONGEST
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > longest:
            space = text.rfind(" ", start + 1, start + longest)
            end = space if space > 0 else start + longest
        piece: list[Token] = []
        _of_text.inline.parse(text[start:end], _of_text, env, piece)
        tokens += piece
        start = end
    return tokens
