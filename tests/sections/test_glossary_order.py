"""The order of the glossary, by the rules of the reader's language."""

import random

import pytest

from portal_gen.sections.glossary.collation import readings, sort_key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["API", "Éclair", "e-mail", "Go-Live", "go live now", "zone"]),
        ("en", ["résumé x", "résumé y"]),
        ("de", ["Abnahme", "Äquator", "Azubi", "Straße", "Strasse b", "Übergabe", "Umfang"]),
        ("es", ["año", "nube", "ñandú", "objetivo"]),
        ("sv", ["zon", "ålder", "ärende", "öppning"]),
        ("zh", ["API 接口", "UAT", "测试版", "重构", "基准", "接口", "里程碑", "上线", "验收"]),
        # Level 2 of GB 2312 is in the order of strokes there, and Big5 is not in it at all.
        ("zh", ["嗳", "捌", "瞠目", "忐忑", "斡旋", "霰", "鑫"]),
        ("zh", ["测试", "測試", "驗收", "验收"]),
        ("zh", ["路", "旅", "率", "乱", "略", "轮", "落"]),
        ("zh", ["妈", "麻", "马", "骂"]),
        ("ja", ["アルファ", "いちらん", "サービス", "ベータ"]),
    ],
)
def test_order(language, words):
    shuffled = list(words)
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=lambda word: sort_key(word, language)) == words


def test_readings():
    characters, words = readings()
    assert len(characters) > 8800
    assert characters["霰"] == "xian4"
    assert words["重构"] == "chong2"
    assert all(reading[:-1].isalpha() and reading[-1] in "12345" for reading in characters.values())
    level_1 = "".join(bytes([a, b]).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
    assert not set(level_1) - set(characters)


def test_a_character_without_a_reading_stands_last():
    assert sorted(["\u9fbf", "做", "a"], key=lambda word: sort_key(word, "zh")) == ["a", "做", "\u9fbf"]
