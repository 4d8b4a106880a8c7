"""The order of words in a list, by the rules of the reader's language: alphabets, kana, and Han by pinyin.

A library that knows every language's order (ICU) needs a compiled dependency of tens of megabytes, and the usual
library for pinyin takes most of a second to import: more than a whole portal. A table of readings is enough for a list.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

# Letters that stand for themselves in a language, each after the letter that is written before it.
_OWN_LETTERS = {
    "es": {"ñ": "n"},
    "sv": {"å": "z1", "ä": "z2", "ö": "z3"},
    "fi": {"å": "z1", "ä": "z2", "ö": "z3"},
    "da": {"æ": "z1", "ø": "z2", "å": "z3"},
    "nb": {"æ": "z1", "ø": "z2", "å": "z3"},
    "pl": {"ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z1", "ż": "z2"},
}
_ALSO = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_HAN = ("\u3400", "\ufaff")
LATIN, HAN, UNREAD = 0, 1, 2

Key = tuple[tuple[tuple[int, str, int, int], ...], str]


def sort_key(text: str, language: str) -> Key:
    """A key to sort words by: letters without regard to case and accents, which decide between equals; Han come last.

    A Chinese character stands where its pinyin does, by syllable, then tone; characters without a known reading stand
    at the end in the order of Unicode. What is written with spaces or signs is sorted as if it had none.
    """
    own = _OWN_LETTERS.get(language.partition("-")[0], {})
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_KATAKANA)
    keys: list[tuple[int, str, int, int]] = []
    for at, character in enumerate(plain):
        if _HAN[0] <= character <= _HAN[1]:
            keys.append(_han(plain, at))
        elif character in own:
            keys.append((LATIN, own[character], 1, 0))
        elif character.isalnum():
            base = unicodedata.normalize("NFKD", character.translate(_ALSO))
            keys += [(LATIN, letter, 0, 0) for letter in base if not unicodedata.combining(letter)]
    return tuple(keys), text


def _han(text: str, at: int) -> tuple[int, str, int, int]:
    characters, words = readings()
    character = text[at]
    reading = next((words[text[at : at + n]] for n in (3, 2) if text[at : at + n] in words), characters.get(character))
    if reading is None:
        return (UNREAD, "", 0, ord(character))
    syllable, tone = reading[:-1], reading[-1]
    # In dictionaries lü follows lu, and precedes luan.
    return (HAN, syllable.replace("ü", "u"), 10 * ("ü" in syllable) + int(tone), ord(character))


@cache
def readings() -> tuple[dict[str, str], dict[str, str]]:
    """How characters are read, and how the first character of some words is: as pinyin with the tone's number."""
    characters: dict[str, str] = {}
    words: dict[str, str] = {}
    for line in Path(__file__).with_name("pinyin.txt").read_text("utf-8").splitlines():
        reading, *written = line.split()
        if reading.endswith("+"):
            words.update(dict.fromkeys(written, reading[:-1]))
        elif reading != "#":
            characters.update(dict.fromkeys(written[0], reading))
    return characters, words
