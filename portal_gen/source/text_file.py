r"""Text files as people save them: found to be an ordinary file of bounded size, in UTF-8, with nothing hidden in it.

Everything after this module works on a `str` with `\n` line ends, without a byte order mark, without control
characters, so that a line and a column mean the same to us, to the parsers and to the author's editor.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import unicodedata
from pathlib import Path

from portal_gen.diagnostics import Code, Place, Report, Severity

MAX_LINE = 100_000
# U+0085, U+2028 and U+2029 end a line in YAML 1.1 and in str.splitlines, but not in editors: line numbers would drift.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# Direction controls can show a reader another order than the one that is stored; U+FFFD stands for text already lost.
DOUBTFUL = re.compile("[\u202a-\u202e\u2066-\u2069\ufffd]")
# What git leaves in a file for a person to solve. (The ======= between the two is a heading's underline in Markdown.)
CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?= |$)", re.MULTILINE)
_NAMES = {
    0: "NUL",
    7: "BEL",
    8: "backspace",
    11: "vertical tab",
    12: "form feed",
    0x1B: "escape",
    0x7F: "DEL",
    0x85: "next line",
    0xFEFF: "byte order mark",
}
_SIZES = ((1 << 20, "MiB"), (1 << 10, "KiB"))
# Windows has neither flag, and needs to be told that bytes are bytes.
_FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)

_CJK_SHARE = 0.8
_KANA_SHARE = 0.2


def read_text(path: Path, name: str, report: Report, limit: int) -> str | None:
    """The text of a file, ready for the parsers, or None when something is wrong with it (and reported).

    Args:
        path: where the file is.
        name: the file's path relative to the content folder, for messages.
        report: takes what is wrong, with `Code.FILE`, `Code.LIMIT` or `Code.ENCODING`.
        limit: the largest size in bytes; a larger file is not read.

    Returns:
        The text as `check_text` leaves it. An empty file gives "".
    """
    data = _read_bytes(path, name, report, limit)
    if data is None:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the byte order mark that it drops.
        bom = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        _refuse_encoding(data[bom:], error, name, report)
        return None
    return check_text(text, name, report)


def check_text(text: str, name: str, report: Report, *, first_line: int = 1) -> str | None:
    """Text in memory, ready for the parsers, or None when it holds what no text may hold (and reported).

    A byte order mark at the start is dropped, CRLF and lone CR become a line feed. Control characters, line ends that
    only some programs know, lone surrogates and lines of more than 100,000 characters are errors; characters that
    turn the direction of writing are warnings. Each character is reported once, where it first stands.

    Args:
        text: the text.
        name: the file it is from, relative to the content folder.
        report: takes what is wrong.
        first_line: the number of the text's first line in that file.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    _report_characters(text, name, report, first_line)
    conflicts = list(CONFLICT.finditer(text))
    for found in conflicts:
        report.error(
            _place(text, found.start(), name, first_line),
            Code.SYNTAX,
            f"This line, {found[0]}, was put here by git: two versions of the file were never made one.",
            why="The client would read both versions.",
            mend="Keep what is right of the two, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.",
        )
    if conflicts or FORBIDDEN.search(text):
        return None
    for number, line in enumerate(text.split("\n")):
        if len(line) > MAX_LINE:
            report.error(
                Place(name, first_line + number, MAX_LINE + 1),
                Code.LIMIT,
                f"This line has {len(line):,} characters; at most {MAX_LINE:,} fit.",
                why="A line that long is a file of another kind, or one that lost its line breaks.",
                mend="Break it into several lines.",
            )
            return None
    return text


def describe(character: str) -> str:
    """A character that cannot be shown, by its number and name: U+0007 (BEL)."""
    name = _NAMES.get(ord(character)) or unicodedata.name(character, "").lower()
    if not name:
        name = "half a character" if unicodedata.category(character) == "Cs" else "control character"
    return f"U+{ord(character):04X} ({name})"


def _report_characters(text: str, name: str, report: Report, first_line: int) -> None:
    for pattern, severity in ((FORBIDDEN, Severity.ERROR), (DOUBTFUL, Severity.WARNING)):
        # Most files hold none, and one search costs little; only then is each counted.
        seen: dict[str, int] = {}
        for found in pattern.finditer(text):
            seen.setdefault(found[0], found.start())
        for character, start in seen.items():
            place = _place(text, start, name, first_line)
            times = text.count(character)
            again = f", {times} times in this file, here first" if times > 1 else ""
            what, why, mend = _words(character)
            add = report.error if severity is Severity.ERROR else report.warning
            add(place, Code.ENCODING, f"{what}: {describe(character)}{again}.", why=why, mend=mend)


def _words(character: str) -> tuple[str, str, str]:
    """What to say about a character that must not, or should not, be in a text."""
    delete = "Delete it: put the cursor behind it and press Backspace, or type the line anew."
    if character == "\0":
        return (
            "There is a character that no text has",
            "This is probably not a text file, or it is saved as UTF-16.",
            "Open it in a text editor and save it with the encoding UTF-8; if it does not open as text, replace it.",
        )
    if character == "\ufffd":
        return (
            "A letter was lost here",
            "A program that did not know the letter put this sign in its place when the text was copied or converted.",
            "Type the letter that belongs here.",
        )
    if DOUBTFUL.match(character):
        return (
            "There is an invisible character that turns the direction of writing",
            "Readers may see the words in another order than they are stored.",
            delete,
        )
    return ("There is an invisible character", "It usually comes with text copied from another program.", delete)


def _place(text: str, start: int, name: str, first_line: int) -> Place:
    return Place(name, first_line + text.count("\n", 0, start), start - text.rfind("\n", 0, start))


def _read_bytes(path: Path, name: str, report: Report, limit: int) -> bytes | None:
    place = Place(name)
    try:
        # Opening a device can already do something, so look before; what counts is the look after, at the open file.
        if problem := _not_regular(path.lstat().st_mode):
            report.error(place, Code.FILE, problem[0], why=problem[1], mend="Put an ordinary file here instead.")
            return None
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            status = os.fstat(file.fileno())
            if problem := _not_regular(status.st_mode):
                report.error(place, Code.FILE, problem[0], why=problem[1], mend="Put an ordinary file here instead.")
                return None
            data = file.read(limit + 1) if status.st_size <= limit else b""
            size = max(status.st_size, len(data))
    except (OSError, ValueError) as error:
        link = isinstance(error, OSError) and error.errno == errno.ELOOP
        reason = (isinstance(error, OSError) and error.strerror) or "its name cannot be used"
        report.error(
            place,
            Code.FILE,
            "This is a link to another file." if link else f"The file cannot be read: {reason}.",
            why="What it says would be missing from the portal.",
            mend="Put an ordinary file here instead." if link else "Check that it is there and that you may read it.",
        )
        return None
    if size > limit:
        report.error(
            place,
            Code.LIMIT,
            f"The file is larger than {_size(limit)}.",
            why="A file that size is not something people write; nothing of it was read.",
            mend="Split it into several files, or take out what does not belong in it.",
        )
        return None
    return data


def _not_regular(mode: int) -> tuple[str, str] | None:
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "This is a link to another file.", "It could lead to another client's files."
    if stat.S_ISDIR(mode):
        return "This is a folder, but a file is due.", "Its name ends like that of a file."
    return "This is not an ordinary file.", "Reading it might never end."


def _size(limit: int) -> str:
    for unit, sign in _SIZES:
        if limit >= unit and limit % unit == 0:
            return f"{limit // unit:,} {sign}"
    return f"{limit:,} bytes"


def _refuse_encoding(data: bytes, error: UnicodeDecodeError, name: str, report: Report) -> None:
    """Say where the text stops being UTF-8, what it probably is instead, and how to save it anew."""
    before = data[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    encoding = _guess_encoding(data)
    if encoding is None:
        why = "It has bytes that no text has, so it is probably a picture, an office document or another kind of file."
        mend = "Replace it with a text file, or give it the ending that belongs to it."
    else:
        why = f"It was probably saved as {encoding}. Letters would come out wrong if we guessed."
        mend = (
            "Save it anew with the encoding UTF-8. Notepad: File, Save as, Encoding: UTF-8. "
            f"VS Code: click the encoding in the bottom bar, Reopen with Encoding: {encoding}, "
            "then Save with Encoding: UTF-8."
        )
    report.error(
        _place(before, len(before), name, 1),
        Code.ENCODING,
        f"The file is not UTF-8 text: byte 0x{data[error.start]:02X} at this place means nothing there.",
        why=why,
        mend=mend,
    )


def _guess_encoding(data: bytes) -> str | None:
    """The encoding that a text which is not UTF-8 probably has, by the name that editors give it; None for no text."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    if b"\0" in data:
        return None
    # GB 18030 admits nearly any pair of bytes, so a decoding counts only when what comes out looks like the language.
    for encoding, label, expected, share in (
        ("shift_jis", "Shift JIS", "[\u3041-\u30fa\u30fc]", _KANA_SHARE),
        ("gb18030", "GB 18030", "[\u3001-\u301f\u4e00-\u9fff\uff01-\uff5e]", _CJK_SHARE),
    ):
        try:
            foreign = re.sub(r"[\x00-\x7f]", "", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        # In Western text one odd byte stands among ASCII letters, which a pair swallows; real pairs stand in a row.
        odd = len(re.findall(rb"[\x80-\xff]", data))
        in_rows = sum(len(row) for row in re.findall(rb"[\x80-\xff]{2,}", data))
        plausible = len(re.findall(expected, foreign))
        if in_rows >= odd / 2 and plausible >= share * len(foreign):
            return label
    return "Western (Windows 1252)"
