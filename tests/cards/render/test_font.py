from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from cards.render.font import FAMILY, math_font_face, math_font_woff2


@pytest.fixture(scope="module")
def woff2() -> bytes:
    return math_font_woff2()


def test_the_font_is_cut_down_to_what_a_page_can_carry(woff2: bytes) -> None:
    assert woff2[:4] == b"wOF2"
    assert len(woff2) < 200_000


def test_the_font_keeps_what_mathematics_needs(woff2: bytes) -> None:
    font = TTFont(io.BytesIO(woff2))
    letters = set(font.getBestCmap())
    assert set(map(ord, "x+−×·÷=≠≤≥≈∑∫√∞∈∂∇→⇒ℝαβεθλπσΣΔ′″⟨⟩⌊⌋‖|[]{}𝑥𝑎𝐖𝔼…⋯⊤⊙‾")) <= letters
    constants = font["MATH"].table.MathConstants
    assert constants.FractionRuleThickness.Value > 0
    stretched = font["MATH"].table.MathVariants.VertGlyphCoverage.glyphs
    assert {"parenleft", "bracketleft", "braceleft"} <= set(stretched)


def test_a_page_may_have_the_signs_of_its_own_text_alone() -> None:
    few = math_font_woff2("x = √2 Ж")
    letters = set(TTFont(io.BytesIO(few)).getBestCmap())
    assert set(map(ord, "x=√2 𝑥()")) <= letters
    assert not set(map(ord, "y𝑦Ωℝ")) & letters
    assert len(few) < 40_000


def test_the_licence_travels_with_the_font(woff2: bytes) -> None:
    assert "OFL" in str(TTFont(io.BytesIO(woff2))["name"].getDebugName(14))


def test_making_it_again_gives_the_same_bytes(woff2: bytes) -> None:
    assert math_font_woff2() == woff2


def test_the_font_has_the_name_that_the_style_asks_for() -> None:
    assert f'font-family: "{FAMILY}"' in math_font_face("/font.woff2")


def test_no_tall_form_is_much_wider_than_the_low_one_which_browsers_would_keep_free(woff2: bytes) -> None:
    font = TTFont(io.BytesIO(woff2))
    variants = font["MATH"].table.MathVariants
    for sign in "√()[]{}⌊⌋":
        low = font.getBestCmap()[ord(sign)]
        construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(low)]
        forms = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
        forms += [part.glyph for part in construction.GlyphAssembly.PartRecords]
        assert max(font["hmtx"][name][0] for name in forms) <= 1.21 * font["hmtx"][low][0]
