"""The tokens of a text written as HTML, made safe, and only then filled with formulas and code.

Formulas and highlighted code wait in a list while nh3 cleans the prose around them: private-use characters, which a
text may not contain, hold their places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import unquote

from markdown_it.token import Token

from cards.findings import Finding
from cards.model import Text
from cards.render import code, markdown, protect, tex
from cards.render.errors import RenderError, Target
from cards.render.gaps import Asked, Clozes, Numbered, gaps_in
from cards.render.pictures import MAX_PICTURE, PICTURE_TYPES, Images
from cards.render.rules import MathError
from cards.render.together import together

MAX_TEXT = 100_000
"""Characters in one text: a long lesson has a tenth of it."""

UNBROKEN = 28
"""Characters of inline code that still fit a line of a phone, and so are not broken at a space or hyphen in them."""

_LEFT, _RIGHT = "\ue000", "\ue001"
_PLACE = re.compile(f"{_LEFT}(\\d+){_RIGHT}")
# Also the control characters: Anki separates a note's fields by one of them.
_RESERVED = re.compile("[\ue000\ue001\ud800-\udfff\0-\x08\x0b-\x1f\x7f]")
_LINK = re.compile(r"(?:https?://|#)", re.IGNORECASE)
_ALIGNED = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}
_BLOCK_END = {"p", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}


class Writer:
    """One rendering of one text: made, asked once to `write`, and thrown away."""

    def __init__(self, text: Text, target: Target, clozes: Clozes, images: Images) -> None:
        self.text = text
        self.source = _RESERVED.sub("\ufffd", text.source)
        self.target = target
        self.clozes = clozes
        self.images = images
        self.out: list[str] = []
        self.kept: list[str] = []
        # (index of the block token, offset in its content, what is wrong)
        self.wrong: list[tuple[int, int, MathError]] = []
        self.closing: list[str] = []
        self.hidden = 0  # how many parts deep in what is not to be shown
        self.block = 0
        self.content = ""

    def write(self) -> str:
        """The HTML. Raises RenderError."""
        if len(self.source) > MAX_TEXT:
            message = f"A text of {len(self.source):,} characters."
            raise RenderError([Finding(self.text.where, "text-length", message, f"At most {MAX_TEXT:,} are shown.")])
        tokens = markdown.parse(self.source)
        for self.block, token in enumerate(tokens):
            if token.type == "inline":
                self.content = token.content
                self._inline(token.children or [])
            else:
                self._block(token)
        if self.wrong:
            raise RenderError(self._findings(tokens))
        html = protect.sanitise("".join(self.out))
        anki = self.target is Target.ANKI
        if anki:
            html = protect.for_anki(html, cloze=isinstance(self.clozes, Numbered))
        return (self._filled(html) if self.kept else html).strip()

    def _findings(self, tokens: list[Token]) -> list[Finding]:
        lines = markdown.line_offsets(tokens, self.source)
        findings = []
        for block, offset, error in self.wrong:
            if block in lines:
                place = markdown.offset_of(lines[block], tokens[block].content, offset)
            else:
                row = (tokens[block].map or [0])[0]
                place = len("".join(self.source.splitlines(keepends=True)[:row]))
            findings.append(Finding(self.text.at(place), error.code, _sentence(error.message), error.hint))
        return findings

    def _filled(self, html: str) -> str:
        return _PLACE.sub(lambda place: self.kept[int(place[1])], html)

    def _keep(self, html: str) -> str:
        self.kept.append(html)
        return f"{_LEFT}{len(self.kept) - 1}{_RIGHT}"

    # Blocks

    def _block(self, token: Token) -> None:
        kind = token.type
        if token.hidden:
            return
        if kind == "math_block":
            self.out.append(f"{self._keep(self._display(token.content, 0, 'div'))}\n")
        elif kind in {"fence", "code_block"}:
            language = token.info.split()[0] if token.info.strip() else ""
            self.out.append(self._keep(self._pre(token.content.rstrip("\n"), language)) + "\n")
        elif kind == "table_open":
            self.out.append('<div class="table"><table>')
        elif kind == "table_close":
            self.out.append("</table></div>\n")
        elif token.nesting >= 0:
            self.out.append(f"<{token.tag}{self._attributes(token)}>")
        else:
            self.out.append(f"</{token.tag}>\n" if token.tag in _BLOCK_END else f"</{token.tag}>")

    def _attributes(self, token: Token) -> str:
        if not token.attrs:
            return ""
        if token.tag in {"th", "td"}:
            return f' class="{_ALIGNED[str(token.attrs["style"])]}"'
        if token.tag == "ol":
            return f' start="{token.attrs["start"]}"'
        return ""

    def _pre(self, source: str, language: str) -> str:
        gaps = gaps_in(source) if r"\cloze" in source else []
        if not gaps:
            written = code.highlight(source, language)
        else:
            marks = {gap.name: self._cloze_marks(gap.name, 0) for gap in gaps}
            if isinstance(self.clozes, Numbered):
                # The cloze's own braces must stay while the code's are written as references.
                marks = {name: (self._keep(before), self._keep(after)) for name, (before, after) in marks.items()}
            written = code.highlight_with_gaps(source, language, self.clozes, marks)
        if self.target is Target.ANKI:
            written = protect.for_anki(written, cloze=isinstance(self.clozes, Numbered))
        if gaps:
            written = self._filled(written)
        return f'<pre class="hl"><code>{written}</code></pre>'

    # Inline

    def _inline(self, tokens: list[Token]) -> None:
        self.hidden = 0
        for token in together(tokens) if self.target is Target.BROWSER else tokens:
            if self.hidden:
                self.hidden += token.nesting if token.type.startswith("cloze_") else 0
                continue
            write = _INLINE.get(token.type)
            if write is not None:
                write(self, token)
            else:
                self.out.append(f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>")

    def _math(self, token: Token) -> None:
        self.out.append(self._keep(self._formula(token.content, token.meta["at"], display=False)))

    def _open_together(self, token: Token) -> None:  # noqa: ARG002 - every inline writer takes its token
        self.out.append('<span class="together">')

    def _math_of_its_own(self, token: Token) -> None:
        self.out.append(self._keep(self._display(token.content, token.meta["at"], "span")))

    def _break(self, token: Token) -> None:
        self.out.append("\n" if token.type == "softbreak" else "<br>\n")

    def _text(self, token: Token) -> None:
        html = escape(token.content, quote=False)
        if self.target is Target.ANKI and "\\" in html:
            # MathJax would begin a formula at `\(`; an element between the two signs keeps them apart.
            apart = self._keep("<span></span>")
            html = html.replace("\\(", f"\\{apart}(").replace("\\[", f"\\{apart}[")
        self.out.append(html)

    def _code(self, token: Token) -> None:
        content = token.content
        whole = len(content) <= UNBROKEN and not content.isalnum()
        self.out.append('<code class="whole">' if whole else "<code>")
        at = 0
        for gap in gaps_in(content) if r"\cloze" in content else ():
            before, after = self._cloze_marks(gap.name, 0)
            inside = code.GAP_TEXT if self._hides(gap.name) else content[gap.inner : gap.end - 1]
            self.out += [escape(content[at : gap.start], quote=False), self._mark(before)]
            self.out += [escape(inside, quote=False), self._mark(after)]
            at = gap.end
        self.out.append(f"{escape(content[at:], quote=False)}</code>")

    def _mark(self, mark: str) -> str:
        return self._keep(mark) if mark.startswith(("{", "}")) else mark

    def _open_cloze(self, token: Token) -> None:
        before, after = self._cloze_marks(token.content, token.meta["at"])
        if self._hides(token.content):
            self.out += [before, code.GAP_TEXT, after]
            self.hidden = 1
            return
        self.out.append(self._mark(before))
        self.closing.append(self._mark(after))

    def _close_cloze(self, token: Token) -> None:  # noqa: ARG002 - every inline writer takes its token
        self.out.append(self.closing.pop())

    def _hides(self, name: str) -> bool:
        return isinstance(self.clozes, Asked) and not self.clozes.revealed and name == self.clozes.name

    def _cloze_marks(self, name: str, at: int) -> tuple[str, str]:
        """What stands before and after a part: a gap alone, a marked span, Anki's signs, or nothing."""
        if isinstance(self.clozes, Numbered):
            number = self.clozes.numbers.get(name)
            if number is None:
                hint = "Build the deck's lock again."
                self.wrong.append(
                    (self.block, at, MathError(0, f"the cloze part {name!r} has no number", hint, "cloze"))
                )
            return f"{{{{c{number}::", "}}"
        if name != self.clozes.name:
            return "", ""
        return f'<span class="{"shown" if self.clozes.revealed else "gap"}">', "</span>"

    def _link(self, token: Token) -> None:
        address = str(token.attrs.get("href", ""))
        if not _LINK.match(address):
            message = f"a link to {address[:80]!r}"
            self._complain(address, "link", message, "Links go to https:// addresses or to #parts of the page.")
        title = f' title="{escape(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
        self.out.append(f'<a href="{escape(address)}"{title}>')

    def _image(self, token: Token) -> None:
        source = unquote(str(token.attrs.get("src", "")))
        address = None if "://" in source or source.startswith(("/", "data:")) else self.images(source)
        if address is None:
            hint = (
                f"A picture is a file below the deck's folder ({', '.join(PICTURE_TYPES)}, at most "
                f"{MAX_PICTURE:,} bytes); a plot is declared under plots: and written ![what it shows](plot:name)."
            )
            self._complain(source, "image", f"a picture {source[:80]!r} that the deck does not have", hint)
            return
        kind = "plot" if source.startswith("plot:") else "picture"
        self.out.append(f'<img class="{kind}" src="{escape(address)}" alt="{escape(_plain(token))}">')

    def _complain(self, address: str, rule: str, message: str, hint: str) -> None:
        at = max(0, self.content.find(address))
        self.wrong.append((self.block, at, MathError(at, message, hint, rule)))

    def _display(self, content: str, at: int, tag: str) -> str:
        return f'<{tag} class="display">{self._formula(content, at, display=True)}</{tag}>'

    def _formula(self, content: str, at: int, *, display: bool) -> str:
        source = content.strip()
        try:
            if self.target is Target.ANKI:
                return tex.anki(source, self.clozes, display=display)
            return tex.browser(source, self.clozes, display=display)
        except MathError as error:
            indent = len(content) - len(content.lstrip())
            self.wrong.append((self.block, at + indent + error.offset, error))
            return ""


_INLINE: Mapping[str, Callable[[Writer, Token], None]] = {
    "text": Writer._text,
    "math_inline": Writer._math,
    "math_inline_double": Writer._math_of_its_own,
    "together_open": Writer._open_together,
    "code_inline": Writer._code,
    "softbreak": Writer._break,
    "hardbreak": Writer._break,
    "link_open": Writer._link,
    "image": Writer._image,
    "cloze_open": Writer._open_cloze,
    "cloze_close": Writer._close_cloze,
}


def _plain(token: Token) -> str:
    return "".join(child.content if child.type != "softbreak" else " " for child in token.children or [])


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:] + "."
