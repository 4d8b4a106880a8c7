"""Text files: what is refused before reading, what is not text, and what a text is once read (X01, X02, Y23 to Y26)."""

from __future__ import annotations

import codecs
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_gen.diagnostics import Code, Diagnostic, Place, Report, Severity
from portal_gen.source.text_file import FORBIDDEN, check_text, describe, read_text

LIMIT = 1 << 20


def read(path: Path, limit: int = LIMIT) -> tuple[str | None, list[Diagnostic]]:
    report = Report()
    return read_text(path, "c/a.md", report, limit), report.diagnostics


def read_bytes(folder: Path, data: bytes) -> tuple[str | None, list[Diagnostic]]:
    path = folder / "a.md"
    path.write_bytes(data)
    return read(path)


def refused(path: Path, limit: int = LIMIT) -> Diagnostic:
    text, found = read(path, limit)
    assert text is None
    assert len(found) == 1
    assert found[0].why
    assert found[0].mend
    return found[0]


class TestFiles:
    def test_a_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("secret")
        (tmp_path / "a.md").symlink_to(tmp_path / "secret")
        found = refused(tmp_path / "a.md")
        assert (found.code, found.what) == (Code.FILE, "This is a link to another file.")

    def test_a_link_put_there_after_the_look(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "secret").write_text("secret")
        (tmp_path / "a.md").symlink_to(tmp_path / "secret")
        monkeypatch.setattr(Path, "lstat", Path.stat)
        assert refused(tmp_path / "a.md").what == "This is a link to another file."

    @pytest.mark.parametrize("late", [False, True])
    def test_a_pipe_does_not_hang(self, tmp_path: Path, late: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
        os.mkfifo(tmp_path / "a.md")
        if late:
            plain = tmp_path / "plain"
            plain.write_text("")
            status = plain.stat()
            monkeypatch.setattr(Path, "lstat", lambda _: status)
        found = refused(tmp_path / "a.md")
        assert (found.code, found.what) == (Code.FILE, "This is not an ordinary file.")

    def test_devices_sockets_and_folders(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("s")
            assert refused(Path("s")).code is Code.FILE
        assert refused(Path("/dev/zero")).what == "This is not an ordinary file."
        assert refused(tmp_path).what == "This is a folder, but a file is due."

    def test_a_missing_file_and_an_impossible_name(self, tmp_path: Path) -> None:
        assert refused(tmp_path / "none.md").code is Code.FILE
        assert refused(tmp_path / "a\0b.md").code is Code.FILE

    def test_a_file_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def deny(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        (tmp_path / "a.md").write_text("x")
        monkeypatch.setattr(os, "open", deny)
        assert refused(tmp_path / "a.md").what == "The file cannot be read: Permission denied."

    def test_size_is_looked_at_before_reading(self, tmp_path: Path) -> None:
        path = tmp_path / "a.md"
        with path.open("wb") as file:
            file.truncate(3 << 30)
        found = refused(path)
        assert (found.code, found.what) == (Code.LIMIT, "The file is larger than 1 MiB.")

    def test_a_file_of_just_the_limit(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_text("12345")
        assert read(tmp_path / "a.md", 5) == ("12345", [])
        assert refused(tmp_path / "a.md", 4).what == "The file is larger than 4 bytes."

    def test_a_file_that_grows_while_it_is_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.md"
        path.write_text("")
        before = path.stat()
        path.write_text("12345")
        monkeypatch.setattr(os, "fstat", lambda _: before)
        assert refused(path, 4).code is Code.LIMIT

    def test_an_empty_file(self, tmp_path: Path) -> None:
        assert read_bytes(tmp_path, b"") == ("", [])


class TestEncoding:
    @pytest.mark.parametrize(
        ("data", "at", "says"),
        [
            ("a\nhéllo".encode("latin-1"), (2, 2), "Western"),
            ("a\r\nb\rcé".encode("latin-1"), (3, 2), "Western"),
            ("Société générale, déjà vu: œuvre".encode("cp1252"), (1, 5), "Western"),
            ("标题：在线预约系统的状态报告".encode("gb18030"), (1, 1), "GB 18030"),
            ("title: 在线预约\n".encode("gbk"), (1, 8), "GB 18030"),
            ("題名: これはテストです".encode("shift_jis"), (1, 1), "Shift JIS"),
            ("title: x".encode("utf-16"), (1, 1), "UTF-16"),
            (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), (1, 1), "UTF-16"),
            ("title: x".encode("utf-32"), (1, 1), "UTF-32"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", (1, 1), "picture"),
            (codecs.BOM_UTF8 + "ü: é".encode() + b"\xe9", (1, 5), "Western"),
            (b"\xed\xa0\x80", (1, 1), "Western"),
        ],
    )
    def test_what_is_not_utf_8_is_named(self, tmp_path: Path, data: bytes, at: tuple[int, int], says: str) -> None:
        text, found = read_bytes(tmp_path, data)
        assert text is None
        assert [(d.place, d.code) for d in found] == [(Place("c/a.md", *at), Code.ENCODING)]
        assert "byte 0x" in found[0].what
        assert says in found[0].why
        assert says in found[0].mend or says == "picture"

    def test_utf_16_without_its_mark(self, tmp_path: Path) -> None:
        text, found = read_bytes(tmp_path, "abc".encode("utf-16-le"))
        assert text is None
        assert [(d.place, d.code) for d in found] == [(Place("c/a.md", 1, 2), Code.ENCODING)]
        assert "UTF-16" in found[0].why

    def test_one_byte_order_mark_is_dropped(self, tmp_path: Path) -> None:
        assert read_bytes(tmp_path, codecs.BOM_UTF8 + b"---\n") == ("---\n", [])
        assert check_text("\ufeffa", "f", Report()) == "a"


class TestCharacters:
    def test_line_ends(self, tmp_path: Path) -> None:
        assert read_bytes(tmp_path, b"a\r\nb\rc\nd\r\r\n") == ("a\nb\nc\nd\n\n", [])

    @pytest.mark.parametrize("character", [*"\0\7\x0b\x0c\x1b\x7f\x80\x85\u2028\u2029\ufeff\uffff", "\ud800"])
    def test_forbidden(self, character: str) -> None:
        report = Report()
        assert check_text(f"ok\r\n\tx{character}", "f", report, first_line=3) is None
        assert [(d.place, d.code, d.severity) for d in report.diagnostics] == [
            (Place("f", 4, 3), Code.ENCODING, Severity.ERROR)
        ]
        assert f"U+{ord(character):04X}" in report.diagnostics[0].what

    def test_each_is_reported_once(self) -> None:
        report = Report()
        check_text("a\7b\7\n\0" + "\7" * 1000, "f", report)
        assert [(d.place.line, "times" in d.what) for d in report.diagnostics] == [(1, True), (2, False)]

    @pytest.mark.parametrize("character", ["\u202a", "\u202e", "\u2066", "\u2069", "\ufffd"])
    def test_doubtful(self, character: str) -> None:
        report = Report()
        assert check_text(f"a{character}", "f", report) == f"a{character}"
        assert [(d.place, d.severity) for d in report.diagnostics] == [(Place("f", 1, 2), Severity.WARNING)]

    def test_letters_of_all_kinds_are_welcome(self) -> None:
        text = "é 李伟 😀 \u200d שלום \u200f مرحبا\u00a0\tx\n"
        report = Report()
        assert check_text(text, "f", report) == text
        assert report.diagnostics == []

    def test_a_long_line(self) -> None:
        report = Report()
        assert check_text("a\n" + "x" * 100_000, "f", report) is not None
        assert check_text("a\n" + "x" * 100_001, "f", report) is None
        assert [(d.place, d.code) for d in report.diagnostics] == [(Place("f", 2, 100_001), Code.LIMIT)]

    def test_names(self) -> None:
        assert describe("\7") == "U+0007 (BEL)"
        assert describe("\x90") == "U+0090 (control character)"
        assert describe("\u200b") == "U+200B (zero width space)"


@given(st.text())
def test_what_passes_is_clean_and_stays_so(text: str) -> None:
    report = Report()
    clean = check_text(text, "f", report)
    assert (clean is None) == report.failed
    if clean is not None:
        assert not FORBIDDEN.search(clean)
        assert "\r" not in clean
        assert check_text(clean, "f", Report()) == clean


@given(st.binary(max_size=60))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_bytes(data)
    text, found = read(path)
    assert (text is None) == any(d.severity is Severity.ERROR for d in found)
    assert all(d.place.line >= 1 and d.place.column >= 1 for d in found)
