"""Dates, numbers and lists as the reader of each language writes them; a day is never ambiguous."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import portal_gen
from portal_gen.language import PSEUDO, Reader, catalogue, direction

READERS = [
    Reader(language, language, region)
    for language, region in [
        ("en", "GB"),
        ("en", "US"),
        ("zh", "CN"),
        ("de", "DE"),
        ("de", "AT"),
        ("fr", "FR"),
        ("es", "ES"),
        ("es", "MX"),
        ("ja", "JP"),
        ("ar", "AE"),
        ("ar", "EG"),
        ("ar", "MA"),
        (PSEUDO, "GB"),
    ]
]


@pytest.mark.parametrize("reader", READERS, ids=lambda r: str(r.locale))
def test_a_day_is_never_ambiguous(reader):
    """Its month is a word, or each part is named by its own character; no two days of two years look alike."""
    months = reader.locale.months["format"]
    for n in range(731):
        day = date(2026, 1, 1) + timedelta(n)
        for words in (reader.day(day), reader.day(day, weekday=True)):
            if reader.language in ("zh", "ja"):
                assert f"{day.year}年{day.month}月{day.day}日" in words
            else:
                named = [months[width][day.month] for width in ("abbreviated", "wide")]
                assert any(name in words for name in named), words
                assert sorted(int(w) for w in words.replace(".", " ").replace(",", " ").split() if w.isdigit()) == [
                    day.day,
                    day.year,
                ]
    seen = {reader.day(date(2026, 1, 1) + timedelta(n)) for n in range(731)}
    assert len(seen) == 731


@pytest.mark.parametrize(
    ("language", "region", "written"),
    [
        ("en", "GB", "5 Mar 2026 | Thu 5 Mar 2026 | 5 Mar | Mar 2026"),
        ("en", "US", "5 Mar 2026 | Thu 5 Mar 2026 | 5 Mar | Mar 2026"),
        ("zh", "CN", "2026年3月5日 | 2026年3月5日 周四 | 3月5日 | 2026年3月"),
        ("de", "DE", "5. März 2026 | Do., 5. März 2026 | 5. März | März 2026"),
        ("fr", "FR", "5 mars 2026 | jeu. 5 mars 2026 | 5 mars | mars 2026"),
        ("es", "ES", "5 mar 2026 | jue, 5 mar 2026 | 5 mar | mar 2026"),
        ("ja", "JP", "2026年3月5日 | 2026年3月5日(木) | 3月5日 | 2026年3月"),
        ("ar", "AE", "5 مارس 2026 | الخميس، 5 مارس 2026 | 5 مارس | مارس 2026"),
    ],
)
def test_days_as_they_are_written(language, region, written):
    reader, day = Reader(language, language, region), date(2026, 3, 5)
    found = (reader.day(day), reader.day(day, weekday=True), reader.short_day(day), reader.month(day))
    assert " | ".join(found) == written


@pytest.mark.parametrize(
    ("language", "region", "written"),
    [
        ("en", "GB", "12,345.5 | 55% | 1 byte | 50 kB | a, b and c"),
        ("zh", "CN", "12,345.5 | 55% | 1 字节 | 50 kB | a、b和c"),
        ("de", "DE", "12.345,5 | 55\u00a0% | 1 Byte | 50 kB | a, b und c"),
        ("fr", "FR", "12\u202f345,5 | 55\u00a0% | 1 octet | 50\u202fko | a, b et c"),
        ("es", "ES", "12.345,5 | 55\u00a0% | 1 byte | 50 kB | a, b y c"),
        ("ja", "JP", "12,345.5 | 55% | 1バイト | 50 KB | a、b、c"),
        ("ar", "AE", "12,345.5 | 55% | بايت واحد | 50 كيلوبايت | a وb وc"),
    ],
)
def test_numbers_sizes_and_lists(language, region, written):
    reader = Reader(language, language, region)
    found = (
        reader.number(12345.5),
        reader.percent(55),
        reader.file_size(1),
        reader.file_size(50_000),
        reader.both("abc"),
    )
    assert " | ".join(found) == written


def test_a_text_in_another_language_says_so():
    said = {tag: Reader(tag, "en", "GB").untranslated("en") for tag in ("zh", "de", "fr", "es", "ja", "ar")}
    assert said == {
        "zh": "暂无中文版本，以下以英语显示。",
        "de": "Noch nicht auf Deutsch verfügbar; Anzeige auf Englisch.",
        "fr": "Pas encore disponible en français\u202f; affiché en anglais.",
        "es": "Aún no disponible en español; se muestra en inglés.",
        "ja": "日本語版はまだありません。英語で表示しています。",
        "ar": "غير متوفر بعد باللغة العربية؛ معروض باللغة الإنجليزية.",
    }
    assert Reader("de", "en", "GB").untranslated("") == ""


def test_no_section_formats_by_itself():
    """What is written for a reader goes through language.py: no section knows Babel."""
    package = Path(portal_gen.__file__).parent
    for path in package.rglob("*.py"):
        if path.relative_to(package).parts[0] in ("sections", "pages", "compute", "host"):
            text = path.read_text("utf-8")
            assert not re.search(r"^\s*(from|import) babel|strftime|\.locale\b", text, re.MULTILINE), path


def test_directions():
    assert [direction(tag) for tag in ("en", "zh-Hant", "ar", "ar-EG", "he", PSEUDO)] == [
        "ltr",
        "ltr",
        "rtl",
        "rtl",
        "rtl",
        "ltr",
    ]


def test_the_pseudo_locale_keeps_placeholders():
    assert catalogue(PSEUDO).gettext("{day}: Go, %(n)s") == "[{day}: Ĝö, %(n)s]"
    assert Reader(PSEUDO, "en", "GB").words("%(n)s action", "%(n)s actions", 1) == "[1 åçţîöñ]"
