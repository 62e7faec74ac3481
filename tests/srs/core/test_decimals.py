from __future__ import annotations

import pytest

from srs.core.decimals import DecimalComma, decimal_comma


@pytest.mark.parametrize(
    "language", ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "cs", "sv", "pt-BR", "DE", "de-AT", "fr_CA", "en-DE"]
)
def test_languages_with_a_comma(language: str) -> None:
    assert decimal_comma("auto", language)


@pytest.mark.parametrize(
    "language",
    ["en", "zh", "ja", "ko", "he", "en-GB", "zh-Hans-CN", "de-CH", "es-MX", "es-419", "", "tlh", "x-de", "-"],
)
def test_languages_with_a_point(language: str) -> None:
    assert not decimal_comma("auto", language)


@pytest.mark.parametrize("language", ["de", "en", ""])
def test_a_choice_holds_whatever_the_language(language: str) -> None:
    assert decimal_comma(DecimalComma.COMMA, language)
    assert not decimal_comma(DecimalComma.POINT, language)


def test_a_script_between_language_and_region_changes_nothing() -> None:
    assert decimal_comma("auto", "sr-Latn-RS")
    assert not decimal_comma("auto", "de-Latn-CH")
