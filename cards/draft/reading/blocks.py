"""The block tokens of a page as blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from markdown_it.token import Token

from cards.draft.page import (
    Block,
    Box,
    Equation,
    Heading,
    Item,
    LeftOut,
    Listing,
    Paragraph,
    Prose,
    Quote,
    Term,
    Terms,
    Words,
)
from cards.draft.reading import directives, fences, openings, parser, tables, templates, texts
from cards.draft.reading.context import Context, left_out
from cards.draft.reading.folding import Closed, Opened, fold
from cards.draft.reading.html import html_blocks
from cards.draft.reading.spans import read_text

MAX_DEPTH = 30
"""Boxes, quotations and lists in each other that are read."""


def read_blocks(rows: Sequence[str], lines: Sequence[int], context: Context) -> list[Block]:
    """The blocks of some rows of a page.

    Args:
        rows: the rows, without their ends.
        lines: the line of the page on which each stands.
        context: the page.
    """
    if not any(row.strip() for row in rows):
        return []
    if context.depth > MAX_DEPTH:
        return [left_out("too deep", lines[0], rows[0])]
    context.depth += 1
    tokens = parser.blocks("".join(f"{row}\n" for row in rows), context.env)
    blocks = fold(_Reading(rows, lines, context, tokens).sequence(), context)
    context.depth -= 1
    return blocks


class _Reading:
    """The tokens of one parse, read from the first to the last."""

    def __init__(self, rows: Sequence[str], lines: Sequence[int], context: Context, tokens: Sequence[Token]) -> None:
        self.rows = rows
        self.lines = lines
        self.context = context
        self.tokens = tokens
        self.at = 0
        self.label = ""  # of what comes next
        self.kind = ""  # of a box that comes next

    def line(self, token: Token) -> int:
        row = token.map[0] if token.map else 0
        return self.lines[min(row, len(self.lines) - 1)]

    def next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def sequence(self) -> Iterator[Block | Opened | Closed]:
        """Everything up to the token that closes what is open."""
        while self.at < len(self.tokens) and self.tokens[self.at].nesting >= 0:
            start = len(self.context.dropped)
            for item in self._labelled(self.next()):
                yield item
                yield from self._dropped(start)
            yield from self._dropped(start)  # of a block of which nothing else is left
        self.at += 1

    def _dropped(self, start: int) -> list[LeftOut]:
        dropped = self.context.dropped[start:]
        del self.context.dropped[start:]
        return dropped

    def _labelled(self, token: Token) -> Iterator[Block | Opened | Closed]:
        """What the token begins, with the label or the kind that a line above it gave, or one in its own text."""
        label, kind = self.label, self.kind
        self.label = self.kind = ""
        for item in self._block(token):
            if isinstance(item, LeftOut | Opened | Closed):
                yield item
                continue
            kind, self.kind = kind or self.kind, ""
            yield _with_label(item, label, kind)
            label = kind = ""
        self.label, self.kind = self.label or label, self.kind or kind

    def inside(self, rows: Sequence[str], lines: Sequence[int]) -> list[Block]:
        return read_blocks(rows, lines, self.context)

    def children(self, token: Token) -> list[Block]:
        """What a container holds, up to its end."""
        if self.context.depth > MAX_DEPTH:
            self._skip()
            return [left_out("too deep", self.line(token), self.rows[token.map[0]] if token.map else "")]
        self.context.depth += 1
        blocks = fold(self.sequence(), self.context)
        self.context.depth -= 1
        return blocks

    def _skip(self) -> None:
        depth = 1
        while depth:
            depth += self.next().nesting

    # Blocks

    def _block(self, token: Token) -> Iterator[Block | Opened | Closed]:
        handler = _HANDLERS.get(token.type)
        if handler is not None:
            yield from handler(self, token)
        else:
            kind, reason = _LEFT_OUT[token.type]
            yield left_out(kind, self.line(token), token.content, reason)

    def _heading(self, token: Token) -> Iterator[Block]:
        inline = self.next()
        self.at += 1
        yield texts.heading(inline.content, int(token.tag[1]), self.line(token), self.context)

    def _paragraph(self, _: Token) -> Iterator[Block]:
        inline = self.next()
        self.at += 1
        blocks, kind = texts.paragraph(inline.content, self.line(inline), self.context)
        self.kind = kind or self.kind
        yield from blocks

    def _list(self, token: Token) -> Iterator[Block]:
        items: list[Item] = []
        while self.tokens[self.at].type == "list_item_open":
            item = self.next()
            done = item.meta.get("checked") if item.meta else None
            items.append(Item(tuple(self.children(item)), self.line(item), done))
        self.at += 1
        after = self.tokens[self.at] if self.at < len(self.tokens) else None
        if after is not None and after.content.startswith("{:toc"):  # Jekyll puts the contents in its place
            yield left_out("directive", self.line(token), self.rows[token.map[0]] if token.map else "", "the contents")
            return
        yield Listing(tuple(items), self.line(token), token.type.startswith("ordered"))

    def _quote(self, token: Token) -> Iterator[Block]:
        line = self.line(token)
        head = self.tokens[self.at + 1] if self.tokens[self.at].type == "paragraph_open" else None
        found = openings.CALLOUT.match(head.content) if head is not None else None
        if head is None or found is None or self.context.depth > MAX_DEPTH:
            yield Quote(tuple(self.children(token)), line)
            return
        kind = openings.kind_of(found[1].strip())
        written = openings.own_title(found[3], kind)
        title = read_text(written, line, self.context).prose if written else None
        head.content = head.content[found.end() :].removeprefix("\n")
        head.map = [head.map[0] + 1, head.map[1]] if head.map else None
        if not head.content.strip():
            self.at += 3
        yield Box(kind, title, tuple(self.children(token)), line)

    def _terms(self, token: Token) -> Iterator[Block]:
        line = self.line(token)
        terms: list[Term] = []
        while self.tokens[self.at].type == "dt_open":
            self.at += 1
            term = self.next()
            self.at += 1
            meanings: list[tuple[Block, ...]] = []
            while self.tokens[self.at].type == "dd_open":
                meanings.append(tuple(self.children(self.next())))
            terms.append(
                Term(read_text(term.content, self.line(term), self.context).prose, tuple(meanings), self.line(term))
            )
        self.at += 1
        yield Terms(tuple(terms), line)

    def _abbreviations(self, token: Token) -> Iterator[Block]:
        terms = [self._abbreviation(token)]
        while self.at < len(self.tokens) and self.tokens[self.at].type == "abbreviation":
            terms.append(self._abbreviation(self.next()))
        yield Terms(tuple(terms), terms[0].line)

    def _abbreviation(self, token: Token) -> Term:
        line = self.line(token)
        meaning = read_text(token.meta["meaning"], line, self.context).prose
        return Term(Prose((Words(token.content),), line), ((Paragraph(meaning, line),),), line)

    def _table(self, token: Token) -> Iterator[Block]:
        line = self.line(token)
        rows: list[tables.Written] = []
        while (token := self.next()).type != "table_close":
            if token.type == "tr_open":
                rows.append(tables.Written(token.meta["row"], self.line(token), []))
            elif token.type == "inline":
                rows[-1].cells.append(token.content)
        yield tables.table(rows, line, self.context)

    def _display(self, token: Token) -> Iterator[Block]:
        yield self.context.equation(token.content, self.line(token), token.meta["label"])

    def _indented_code(self, token: Token) -> Iterator[Block]:
        yield fences.indented_code(token.content, self.line(token))

    def _html(self, token: Token) -> Iterator[Block | Opened | Closed]:
        first = token.map[0] if token.map else 0
        yield from html_blocks(token.content, first, self.lines, self.context, self.inside)

    def _footnote(self, token: Token) -> Iterator[Block]:
        self.context.footnotes[token.meta["label"]] = tuple(self.children(token))
        yield from ()

    def _target(self, token: Token) -> Iterator[Block]:
        self.label = token.content
        yield from ()

    def _template(self, token: Token) -> Iterator[Block | Opened | Closed]:
        yield from templates.template(token.content, self.line(token), self.context)

    def _verbatim(self, token: Token) -> Iterator[Block]:
        yield templates.verbatim(token.meta["name"], token.meta["info"], token.content, self.line(token), self.context)

    # Containers and fences

    def _fence(self, token: Token) -> Iterator[Block | Opened | Closed]:
        first, end = token.map or [0, 0]
        body = self._body(token)
        if end - first < len(body.rows) + 2:
            message = f"The code that begins here with {token.markup} never ends."
            self.context.warn(body.line, "unclosed-fence", message, f"End it with a line {token.markup}.")
        yield from fences.fence(token.info.strip(), body)

    def _container(self, token: Token) -> Iterator[Block | Opened | Closed]:
        body = self._body(token)
        info = token.meta["info"]
        if not token.meta["closed"]:
            hint = "End it with a line of its sign alone."
            self.context.warn(body.line, "unclosed-box", "The box that begins here never ends.", hint)
        myst = directives.NAMED.fullmatch(info)
        if myst:
            yield from directives.directive(myst[1], myst[2], body)
        elif token.type == "slashes":
            name, _, title = info.partition("|")
            yield from directives.container(openings.Opening(openings.kind_of(name.strip()), title.strip()), info, body)
        else:
            yield from directives.container(openings.container(info), info, body)

    def _indented(self, token: Token) -> Iterator[Block]:
        self.context.mkdocs = True
        opening = openings.indented(token.meta["info"] or "")
        kind = "tab" if token.meta["marker"][0] == "=" else opening.kind
        yield directives.box(replace(opening, kind=kind), self._body(token))

    def _body(self, token: Token) -> directives.Body:
        rows = token.content.removesuffix("\n").split("\n") if token.content else []
        first = token.map[0] if token.map else 0
        lines = self.lines[first + 1 : first + 1 + len(rows)]
        return directives.Body(rows[: len(lines)], lines, self.line(token), self.context, self.inside)


def _with_label(block: Block, label: str, kind: str) -> Block:
    match block:
        case Quote(blocks=blocks) if kind:
            return Box(kind, None, blocks, block.line, label)
        case Paragraph() if kind:
            return Box(kind, None, (block,), block.line, label)
        case Heading() if label:
            return replace(block, anchor=label)
        case Box() | Equation() if label:
            return replace(block, label=block.label or label)
        case _:
            return block


_HANDLERS: Mapping[str, Callable[[_Reading, Token], Iterator[Block | Opened | Closed]]] = {
    "heading_open": _Reading._heading,
    "paragraph_open": _Reading._paragraph,
    "bullet_list_open": _Reading._list,
    "ordered_list_open": _Reading._list,
    "blockquote_open": _Reading._quote,
    "dl_open": _Reading._terms,
    "table_open": _Reading._table,
    "display": _Reading._display,
    "fence": _Reading._fence,
    "code_block": _Reading._indented_code,
    "html_block": _Reading._html,
    "container": _Reading._container,
    "slashes": _Reading._container,
    "indented": _Reading._indented,
    "footnote_reference_open": _Reading._footnote,
    "myst_target": _Reading._target,
    "abbreviation": _Reading._abbreviations,
    "template": _Reading._template,
    "verbatim": _Reading._verbatim,
}
_LEFT_OUT = {
    "hr": ("rule", ""),
    "myst_block_break": ("rule", ""),
    "myst_line_comment": ("comment", ""),
    "comment": ("comment", ""),
    "too_deep": ("too deep", ""),
    "site_line": ("directive", "a word to the site builder"),
}
