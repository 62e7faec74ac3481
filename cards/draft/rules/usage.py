"""How a page itself uses its words: which of them are names, which article they take, and whether it is English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cards.draft.markdown import plain_of
from cards.draft.page import (
    Block,
    Box,
    CodeSpan,
    Emphasis,
    Formula,
    Link,
    Listing,
    Page,
    Paragraph,
    Quote,
    Span,
    Strong,
    Table,
    Terms,
    Words,
)
from cards.draft.rules.phrases import runs_of

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NAME_BY_FORM = re.compile(r".*['’]s?$|[A-Z]$|.*[a-z][A-Z]|[A-Z]{2}|[A-Z][a-z]+(?:[^d]ian|idean|rean|tean)s?$|I$")
_ARTICLE = re.compile(rf"\b(an?|the|each|every|this)\s+({WORD.pattern})")
_ENDS = re.compile(
    r"\s*(?:[.,;:!?)]|$)|\s(?:is|are|of|in|on|to|that|which|with|for|from|by|and|or|has|can|at|as)\b", re.M
)
_ASKING = re.compile(r"(?:what|who|where|how|it|that|there|here|let)['’]s$", re.I)
_NAMED = (
    "bayes bernoulli bellman boole cantor carlo cauchy cholesky cramer descartes dijkstra dirichlet dynkin euclid "
    "euler fermat fibonacci ford fourier frobenius galois gauss gram green hadamard hamming hermite hilbert "
    "hooke huffman jacobi jensen jordan kepler kleene kruskal kullback lagrange laplace lebesgue leibler "
    "leibniz lipschitz maclaurin markov maxwell minkowski monte morgan moivre nash newton pascal planck "
    "poincare poisson prim pythagoras python riemann rolle schmidt schwarz shannon simpson stirling stokes "
    "taylor turing venn weierstrass wiener english german french latin greek linux unix git java javascript"
)
_ENGLISH_WORDS = "the of and to is in that for it with as are this be by or an from which you we can not has"
_OTHER_WORDS = (
    "der die das und ist nicht mit ein eine von den dem zu el los las una que es por del se con para le les "
    "des est une du et dans qui pour pas il che di della è non per sono gli het een van en niet zijn os da não "
    "uma em och är som på det att ett jest nie się na w z"
)
_NAMES, _ENGLISH, _OTHER = (frozenset(words.split()) for words in (_NAMED, _ENGLISH_WORDS, _OTHER_WORDS))


@dataclass(frozen=True, slots=True)
class Usage:
    """How a page uses its words.

    Attributes:
        text: its running text, in small letters.
        small: words that it writes with a small first letter.
        large: words, in small letters, that it writes with a large one within a sentence.
        articles: for each word behind an article: that article, and where in the text the word stands.
        english: whether it is English, as far as its small words tell.
    """

    text: str
    small: frozenset[str]
    large: frozenset[str]
    articles: Mapping[str, Sequence[tuple[str, int]]]
    english: bool

    def is_name(self, word: str) -> bool:
        """Whether a word with a large first letter keeps it within a sentence."""
        if _ASKING.match(word):
            return False
        if _NAME_BY_FORM.match(word) or word.lower() in _NAMES:
            return True
        return word.lower() not in self.small and word.lower() in self.large

    def is_common(self, word: str) -> bool:
        """Whether the page writes a word, or its singular or plural, with a small first letter."""
        lower = word.lower()
        known = lower in self.small or lower.rstrip("s") in self.small or f"{lower}s" in self.small
        return known and not _NAME_BY_FORM.match(word) and lower not in _NAMES

    def lowered(self, text: str) -> str:
        """A text that goes on a sentence: its first letter is small, unless its first word is a name."""
        found = WORD.match(text)
        if found is None or not text[0].isupper():
            return text
        if re.match(r"(?:The|An?) ", text):
            return text[0].lower() + text[1:]
        if self.is_name(found[0]):
            return text
        whole = re.match(r"(\S+)(?:\s[A-Z][a-z])?", text)
        if whole and re.search(r"[-–][A-Z]|[a-z][A-Z]|\s[A-Z]", whole[0]):  # Cauchy-Schwarz, PyTorch, Random Forest
            return text
        return text[0].lower() + text[1:]

    def all_lowered(self, text: str) -> str:
        """A table's header as it goes on a sentence: every word small that is no name."""
        pieces = re.split(r"(\$[^$]*\$|`[^`]*`)", text)

        def word(found: re.Match[str]) -> str:
            return found[0].lower() if found[0].istitle() and not self.is_name(found[0]) else found[0]

        return "".join(piece if index % 2 else WORD.sub(word, piece) for index, piece in enumerate(pieces))

    def sentence_case(self, text: str) -> str:
        """A heading in a sentence's letters: *The Exponential Function* becomes *The exponential function*."""
        short = re.fullmatch(r"(The|An?) ([A-Z][a-z]+)", text)
        if short and not self.is_name(short[2]):
            return f"{short[1]} {short[2].lower()}"
        pieces = re.split(r"(\$[^$]*\$|`[^`]*`)", text)
        return "".join(
            piece if index % 2 else self._small_words(piece, begins=index == 0) for index, piece in enumerate(pieces)
        )

    def _small_words(self, text: str, *, begins: bool) -> str:
        def word(found: re.Match[str]) -> str:
            keeps = (begins and found.start() == 0) or not found[0].istitle() or not self.is_common(found[0])
            return found[0] if keeps else found[0].lower()

        return WORD.sub(word, text)

    def article(self, term: str) -> str | None:
        """The article that the page itself gives a term: `a`, `an` or `the`; None if it gives it none."""
        lower = term.lower()
        first = WORD.match(lower)
        counts: Counter[str] = Counter()
        for article, at in self.articles.get(first[0], ()) if first else ():
            if self.text.startswith(lower, at) and _ENDS.match(self.text, at + len(lower)):
                counts[article] += 1
        if not counts:
            return None
        if counts["an"] > counts["a"]:
            return "an"
        if counts["a"]:
            return "a"
        return "the" if counts["the"] > 1 and not counts["each"] + counts["every"] else None


class _Last:
    """The usage of the page asked for last: rules ask for one page many times in a row."""

    page: Page | None = None
    usage: Usage = Usage("", frozenset(), frozenset(), {}, True)


def usage_of(page: Page) -> Usage:
    """How a page uses its words."""
    if _Last.page is not page:
        _Last.page, _Last.usage = page, _read("\n".join(_texts(page.blocks)))
    return _Last.usage


def _read(text: str) -> Usage:
    small: set[str] = set()
    large: set[str] = set()
    counts: Counter[str] = Counter()
    before, end = "", 0  # the word before, if it stands in the same sentence
    for found in WORD.finditer(text):
        word = found[0]
        counts[word.lower()] += 1
        if word[0].islower():
            small.add(word.lower())
        elif word.istitle() and before[:1].islower() and text[end : found.start()] in (" ", ", "):
            large.add(word.lower())
        before, end = word, found.end()
    own = sum(counts[word] for word in _ENGLISH)
    others = sum(counts[word] for word in _OTHER)
    latin = 2 * len(re.findall(r"[a-z]", text, re.I)) >= len(re.findall(r"[^\W\d_]", text))
    articles: dict[str, list[tuple[str, int]]] = {}
    lower = text.lower()
    for found in _ARTICLE.finditer(lower):
        articles.setdefault(found[2], []).append((found[1], found.start(2)))
    return Usage(lower, frozenset(small), frozenset(large), articles, latin and own >= others)


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text=text):
                yield from (plain_of(_words(run)) for run in runs_of(text.spans))
            case Listing(items=items):
                for item in items:
                    yield from _texts(item.blocks)
            case Box(blocks=inner) | Quote(blocks=inner):
                yield from _texts(inner)
            case Terms(terms=terms):
                for term in terms:
                    for meaning in term.meanings:
                        yield from _texts(meaning)
            case Table(rows=rows):
                for row in rows:
                    yield from (plain_of(_words(cell.spans)) for cell in row.cells)
            case _:
                pass


def _words(spans: Iterable[Span]) -> Iterator[Span]:
    r"""The spans without what is no language: the `\le` of a formula is no French word."""
    for span in spans:
        match span:
            case Formula() | CodeSpan():
                yield Words("$")
            case Strong(spans=inner) | Emphasis(spans=inner) | Link(spans=inner):
                yield from _words(inner)
            case _:
                yield span
