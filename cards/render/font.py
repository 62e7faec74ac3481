"""The mathematics font: STIX Two Math as ziamath installs it, cut down to what cards show. Nothing of it is copied."""

from __future__ import annotations

import io
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FAMILY = "Refresher Math"
"""The name that card.css asks for."""

# Unicode blocks: what mathematics is written in, beside the variants that the font's MATH table leads to.
_RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1: ± × ÷ ¬ °
    (0x0131, 0x0131),  # dotless i
    (0x0237, 0x0237),  # dotless j
    (0x02B0, 0x02FF),  # spacing accents
    (0x0300, 0x0338),  # combining accents and the stroke
    (0x0391, 0x03F6),  # Greek
    (0x2010, 0x2044),  # dashes, dots, primes
    (0x2057, 0x2057),
    (0x2061, 0x2064),  # invisible operators
    (0x20D0, 0x20F0),  # arrows above
    (0x2100, 0x214F),  # letterlike: ℝ ℓ
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # operators
    (0x2308, 0x230B),  # floor and ceiling
    (0x23B0, 0x23B1),
    (0x23DC, 0x23E1),  # braces above and below
    (0x25A0, 0x25CF),  # squares, triangles
    (0x27E6, 0x27EF),  # brackets
    (0x27F5, 0x27FF),  # long arrows
    (0x2A00, 0x2A06),  # big operators
    (0x2A7D, 0x2A7E),  # ⩽ ⩾
    (0x1D400, 0x1D4CF),  # bold, italic, bold italic, script
    (0x1D504, 0x1D56B),  # fraktur, double-struck
    (0x1D6A4, 0x1D755),  # Greek: bold, italic, bold italic
    (0x1D7CA, 0x1D7E1),  # digits: bold, double-struck
)

_SLANTED = (0x210E, *range(0x1D434, 0x1D468), *range(0x1D6A4, 0x1D6A6), *range(0x1D6E2, 0x1D71C))

# How much wider than its low form a sign's tall ones may be.
_WIDEST = {"√": 1.05} | dict.fromkeys("()[]{}⌊⌋⌈⌉⟨⟩", 1.2)


def math_font_woff2(text: str | None = None) -> bytes:
    """The font as WOFF2, the same bytes for the same versions of ziamath and fontTools; one to two seconds of work,
    so the caller keeps them.

    The MATH table stays, with the glyphs that stretch brackets and roots.

    Args:
        text: all that a page shows in it, to have no more signs than that; None for all that cards may show.

    Raises:
        FileNotFoundError: if ziamath is not installed.
    """
    # Here, because only who serves the font pays for the import.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(io.BytesIO(_installed().read_bytes()), recalcTimestamp=False, lazy=False)
    options = Options()
    options.layout_features = ["ssty", "kern", "mark", "mkmk", "dtls", "flac"]
    options.drop_tables += ["FFTM", "DSIG"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # the licence travels with the font
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(_codes() if text is None else _codes() & _codes_of(text)))
    subsetter.subset(font)
    _narrow(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _codes() -> set[int]:
    return {code for first, last in _RANGES for code in range(first, last + 1)}


def _codes_of(text: str) -> set[int]:
    """The signs of a text, with the slanted letters that browsers take for single ones, and those that grow."""
    slanted = {code for code in _SLANTED if unicodedata.normalize("NFKC", chr(code)) in text}
    return slanted | {ord(sign) for sign in text} | {ord(sign) for sign in _WIDEST}


def _narrow(font: TTFont) -> None:
    """Make the tall forms of roots and brackets about as wide as the low ones.

    Chromium keeps the width of the widest form free for every root and bracket that can grow, so that a low one would
    stand before a hole: a root takes 0.79 em where the widest takes 1.21, a parenthesis 0.36 of 0.63.
    """
    variants = font["MATH"].table.MathVariants
    names, widths = font.getBestCmap(), font["hmtx"]
    covered = variants.VertGlyphCoverage.glyphs
    for sign, most in _WIDEST.items():
        construction = variants.VertGlyphConstruction[covered.index(names[ord(sign)])]
        forms = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
        if construction.GlyphAssembly is not None:
            forms += [part.glyph for part in construction.GlyphAssembly.PartRecords]
        target = widths[forms[0]][0] * most
        for name in dict.fromkeys(forms[1:]):
            _scale(font, name, target)


def _scale(font: TTFont, name: str, target: float) -> None:
    advance, bearing = font["hmtx"][name]
    scale = target / advance
    if scale >= 1:
        return
    glyph = font["glyf"][name]
    glyph.coordinates.scale((scale, 1.0))
    glyph.coordinates.toInt()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (round(advance * scale), round(bearing * scale))


def _installed() -> Path:
    # Found, not imported: ziamath's own code is not needed, and running it takes time and warns.
    package = find_spec("ziamath")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("The package ziamath, which brings the mathematics font, is not installed.")
    return Path(package.submodule_search_locations[0]) / "fonts" / "STIXTwoMath-Regular.ttf"


def math_font_face(address: str) -> str:
    """The CSS that makes the font known, served at `address`."""
    return (
        f'@font-face {{ font-family: "{FAMILY}"; src: url("{address}") format("woff2"); '
        "font-weight: 400; font-style: normal; font-display: block; }\n"
    )
