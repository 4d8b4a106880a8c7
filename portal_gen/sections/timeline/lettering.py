"""How wide a text will be in a drawing, and where it breaks: known at build time, without a font at hand."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"
# Shares of the font size, a little on the generous side: the reader's font may be wider than ours.
FULL, WIDE, CAPITAL, MIDDLE, NARROW = 1.0, 0.9, 0.7, 0.58, 0.34
_NARROW = frozenset("iljtfrI.,:;'|!()[]{}/- ")
_WIDE = frozenset("mwMW@%&—…")
# Not to stand at the start of a line (Chinese and Western closing marks), so they stay with what is before them.
_CLOSING = "，。、；：？！）》」』】”’…,.;:?!)"
# Words with the spaces after them; ideographs one by one.
_PIECE = re.compile(rf"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+\s*|\S[{_CLOSING}]*\s*")


def measure(text: str, size: float) -> float:
    """The width of a text set in a font of a size, in the same unit."""
    return size * sum(_share(c) for c in text)


@lru_cache(maxsize=4096)
def _share(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return FULL
    if character in _NARROW:
        return NARROW
    if character in _WIDE:
        return WIDE
    if unicodedata.combining(character):
        return 0
    return CAPITAL if character.isupper() else MIDDLE


def wrap(text: str, size: float, width: float, lines: int) -> list[str]:
    """The text in at most so many lines; where it does not fit, the last one ends in an ellipsis."""
    rest = [piece for word in _PIECE.findall(" ".join(text.split())) for piece in _split(word, size, width)]
    out: list[str] = []
    while rest and len(out) < lines:
        line = ""
        while rest and measure((line + rest[0]).rstrip(), size) <= width:
            line += rest.pop(0)
        out.append(line.rstrip())
    if rest:
        last = out[-1] + (" " if out[-1] and out[-1][-1].isascii() else "") + rest[0]
        while last and measure(last.rstrip() + ELLIPSIS, size) > width:
            last = last[:-1]
        out[-1] = last.rstrip() + ELLIPSIS
    return out or [""]


def _split(piece: str, size: float, width: float) -> list[str]:
    """A word longer than a line, cut where it must be."""
    if measure(piece.rstrip(), size) <= width:
        return [piece]
    parts = [""]
    for character in piece:
        if parts[-1] and measure(parts[-1] + character, size) > width:
            parts.append("")
        parts[-1] += character
    return parts
