"""What parse_yaml makes of good files, and what it says about every bad one in the catalogue (Y01 to Y26)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
import yaml
from bad_yaml import BAD, Bad
from hypothesis import given, settings
from hypothesis import strategies as st

from portal_gen.diagnostics import Code, Place, Report, Severity
from portal_gen.source import yaml_file
from portal_gen.source.yaml_file import Mapping, Node, Scalar, Sequence, parse_yaml

JARGON = re.compile(r"scalar|token|\bflow\b|block mapping|libyaml|anchor|alias|indentation", re.IGNORECASE)


def parse(text: str, *, first_line: int = 1) -> tuple[Node | None, Report]:
    report = Report()
    return parse_yaml(text, "c/plan.yml", report, first_line=first_line), report


def read(text: str) -> Node:
    node, report = parse(text)
    assert node is not None
    assert report.diagnostics == []
    return node


def plain(node: Node) -> object:
    """A node as the texts, lists and dicts it stands for; None for null."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(entry.node) for key, entry in node.entries.items()}


def nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from nodes(item)
    elif isinstance(node, Mapping):
        for entry in node.entries.values():
            yield from nodes(entry.node)


@pytest.fixture(params=["libyaml", "python"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test runs with libyaml and with the parser that PyYAML falls back on."""
    monkeypatch.setattr(yaml_file, "LOADER", yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader)
    return str(request.param)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.row)
@pytest.mark.usefixtures("either_parser")
def test_bad_text_is_reported_where_the_mistake_is(bad: Bad) -> None:
    _, report = parse(bad.text)
    first = report.diagnostics[0]
    assert (first.place, first.code) == (Place("c/plan.yml", *bad.at), bad.code)
    assert re.search(bad.says, first.what)
    # Where the mending shows the whole line, on a line of its own, it must be just this.
    assert not bad.shows or bad.shows in first.mend.splitlines() or first.mend.endswith(f": {bad.shows}")


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.row)
def test_each_message_is_whole_and_in_plain_words(bad: Bad) -> None:
    _, report = parse(bad.text)
    for found in report.diagnostics:
        assert found.severity is Severity.ERROR
        assert found.what.endswith(".")
        assert found.why
        assert found.mend
        assert not JARGON.search(f"{found.what} {found.why} {found.mend}")


MENDED = [bad for bad in BAD if bad.shows and bad.row[:3] in ("Y03", "Y04", "Y05", "Y07", "Y08")]


@pytest.mark.parametrize("bad", MENDED, ids=lambda bad: bad.row)
def test_the_line_shown_as_mended_parses(bad: Bad) -> None:
    assert not parse(bad.shows.lstrip() + "\n")[1].failed


@pytest.mark.usefixtures("either_parser")
class TestEscapes:
    """Y25: the two parsers stop at different columns, but neither lets half a character through."""

    @pytest.mark.parametrize("code", ["\\ud800", "\\ud83d\\ude00", "\\U00110000", "\\UFFFFFFFF", "\\x00", "\\a", "\\N"])
    def test_a_code_for_no_character(self, code: str) -> None:
        node, report = parse(f'b: 1\na: "{code}"\n')
        assert [(d.place.line, d.code) for d in report.diagnostics] == [(2, Code.ENCODING)]
        for found in nodes(node) if node else ():
            assert not isinstance(found, Scalar) or found.text.encode()

    def test_a_code_that_turns_the_text_is_a_warning(self) -> None:
        node, report = parse('a: "x\\u202Ey"\n')
        assert [(d.severity, d.code) for d in report.diagnostics] == [(Severity.WARNING, Code.ENCODING)]
        assert node is not None


@pytest.mark.usefixtures("either_parser")
class TestValues:
    def test_texts_stay_as_written(self) -> None:
        text = "country: NO\nflag: off\nversion: 1.10\ncode: 010\ntime: 12:30:45\n"
        text += "n: 1_000\nbig: 1e999\nday: 2026-02-30\nnan: .nan\n"
        assert plain(read(text)) == {
            "country": "NO", "flag": "off", "version": "1.10", "code": "010", "time": "12:30:45", "n": "1_000",
            "big": "1e999", "day": "2026-02-30", "nan": ".nan",
        }  # fmt: skip

    def test_null_is_told_from_text(self) -> None:
        node = read("a:\nb: ~\nc: null\nd: ''\ne: \"null\"\nf: nullable\n")
        assert isinstance(node, Mapping)
        found = {key: entry.node for key, entry in node.entries.items()}
        assert {k: (n.text, n.quoted, n.is_null) for k, n in found.items() if isinstance(n, Scalar)} == {
            "a": ("", False, True), "b": ("", False, True), "c": ("", False, True),
            "d": ("", True, False), "e": ("null", True, False), "f": ("nullable", False, False),
        }  # fmt: skip

    def test_places(self) -> None:
        node = read("a: 1\nb:\n  - 😀 x\n  - {c: d}\n")
        assert isinstance(node, Mapping)
        b = node.entries["b"]
        assert str(b.key_place) == "c/plan.yml:2:1"
        assert [(n.place.line, n.place.column) for n in nodes(b.node)] == [(3, 3), (3, 5), (4, 5), (4, 9)]

    def test_columns_count_characters(self) -> None:
        _, report = parse("😀: [x, *y]\n")
        assert [d.place.column for d in report.diagnostics] == [8]

    def test_first_line_moves_every_place(self) -> None:
        node, _ = parse("a: 1\n", first_line=2)
        assert node is not None
        assert node.place.line == 2
        for text in ("a: 1\na: 2\n", "a: 1\nb: x: y\n", "a: 1\nb: \x07\n", "a: 1\nb:\u00a0x\n"):
            assert [d.place.line for d in parse(text, first_line=10)[1].diagnostics] == [11]

    def test_keys(self) -> None:
        text = 'no: a\non: b\ny: c\n"1": d\n2026-01-02: e\nzh-Hant: f\n标题: g\nwith space: h\n'
        node = read(text)
        assert isinstance(node, Mapping)
        assert list(node.entries) == ["no", "on", "y", "1", "2026-01-02", "zh-Hant", "标题", "with space"]
        assert plain(read("cafe\u0301: 1\n")) == {"caf\u00e9": "1"}

    def test_text_over_several_lines(self) -> None:
        text = 'a: "x\n  y"\nb: |\n  one\n  two\nc: long\n  text\n'
        assert plain(read(text)) == {"a": "x y", "b": "one\ntwo\n", "c": "long text"}
        assert plain(read('"x\ny"\n')) == "x y"

    def test_french_spaces_and_full_width_colons_in_a_text(self) -> None:
        assert plain(read("a: Remarque :\u00a0oui\nb: 注意：请看\nc: see https://example.com\n")) == {
            "a": "Remarque :\u00a0oui", "b": "注意：请看", "c": "see https://example.com",
        }  # fmt: skip

    def test_one_document_with_its_marks(self) -> None:
        assert plain(read("---\na: 1\n...\n")) == {"a": "1"}

    @pytest.mark.parametrize("text", ["", "\n\n", "# only this\n", "---\n", "\ufeff"])
    def test_nothing(self, text: str) -> None:
        node, report = parse(text)
        assert node is None
        assert report.diagnostics == []

    @pytest.mark.parametrize(("text", "kind"), [("a\n", Scalar), ("~\n", Scalar), ("- a\n", Sequence), ("{}", Mapping)])
    def test_any_root(self, text: str, kind: type) -> None:
        assert isinstance(read(text), kind)

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_ends(self, end: str) -> None:
        node = read(f"\ufeffa: 1{end}b: 2{end}")
        assert isinstance(node, Mapping)
        assert node.entries["b"].key_place.line == 2
        assert plain(node) == {"a": "1", "b": "2"}


def test_a_doubled_key_names_both_lines_and_keeps_the_first() -> None:
    node, report = parse("title: A\nx: 1\ntitle: B\n")
    assert report.diagnostics[0].related == ((Place("c/plan.yml", 1, 1), "first written here"),)
    assert node is not None
    assert plain(node) == {"title": "A", "x": "1"}


def test_all_mistakes_of_a_file_that_parses_are_reported() -> None:
    node, report = parse("a: &x 1\nb: !t 2\na: 3\n1: 4\n<<: {q: 1}\nc: *x\nd: ok\n")
    refused = [(line, Code.UNSUPPORTED) for line in (1, 2, 4, 5)]
    assert [(d.place.line, d.code) for d in report.diagnostics] == [*refused[:2], (3, Code.DUPLICATE_KEY), *refused[2:]]
    assert node is not None
    assert plain(node) == {"a": "1", "b": "2", "c": "*x", "d": "ok"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("".join(f"key{n}: value\n" for n in range(60_000)), "50,000 keys and values"),
        ("- x\n" * 50_001, "50,000 keys and values"),
        ("# " + "x" * 70 + "\n" + "a: " + "x\n  " * 300_000, "1 MiB"),
        ("a: " + "长\n  " * 200_000, "1 MiB"),
        ("a: " + "x" * 500_000, "100,000"),
        ("[" * 100_000, "deeper than 20"),
        ("[\n" * 100_000, "deeper than 20"),
        ('{"a":' * 5_000, "deeper than 20"),
        ("- " * 40_000, "deeper than 20"),
    ],
    ids=["Y19 keys", "Y19 list", "Y19 size", "Y19 bytes", "Y19 line", "Y14", "Y14 lines", "Y14 braces", "Y15"],
)
def test_limits_stop_the_reading(text: str, says: str) -> None:
    begin = time.perf_counter()
    node, report = parse(text)
    took = time.perf_counter() - begin
    assert node is None
    assert [d.code for d in report.diagnostics] == [Code.LIMIT]
    assert says in report.diagnostics[0].what
    # Twenty times what it takes: only work that grows with the whole text would pass this.
    assert took < 2


LONG = [
    " " * 99_000 + "x: a: b",
    "x" + " " * 99_000 + "y\nb: c",
    "a: b: c" + " " * 99_000 + "d",
    "-" * 99_000 + "\nb: c",
    "a: 1\n" + "- " * 49_000 + "b\n",
    "[" + "1," * 49_000 + "]: x: y",
    'a: "\\q' + '"x' * 40_000 + '"',
    "a: [" + "'\n" * 99_999,
    '["a:\u00a0",' + "1," * 40_000 + "]",
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_no_pattern_takes_time_that_grows_with_the_square(text: str) -> None:
    begin = time.perf_counter()
    parse(text)
    assert time.perf_counter() - begin < 2


def test_twenty_thousand_entries_are_read_in_reasonable_time() -> None:
    text = "".join(f"key{n}: value\n" for n in range(20_000))
    begin = time.perf_counter()
    node = read(text)
    assert time.perf_counter() - begin < 3
    assert isinstance(node, Mapping)
    assert len(node.entries) == 20_000


VALID = """\
# A comment
title: {en: Go-live, zh: "上线"}
phases:
  - id: build
    tasks:
      - {id: widget, after: [designs, 'x'], done: 60%}
    note: |
      Two lines
      of text
milestones:
- promised: 2026-12-11
  because: "It came a \\"week\\" late."
"""


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """VALID with a few pieces cut out, doubled or put in."""
    text = VALID
    odd = st.sampled_from(
        [*"\t \n:-[]{}\"'&*!|>%@`#,?~\\\0\x85\u00a0\ufeff：😀", "\n---\n", ": ", "<<: ", '"\\ud800', "\r\n", "  "]
    )
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        piece = draw(st.one_of(st.just(""), odd, st.text(max_size=5), st.just(text[start:end] * 2)))
        text = text[:start] + piece + text[end:]
    return text


@given(text=mutated(), pure=st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_text_raises_and_every_place_is_in_the_text(text: str, pure: bool) -> None:  # noqa: FBT001
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_file, "LOADER", yaml.SafeLoader if pure else yaml.CSafeLoader)
        node, report = parse(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for place in [d.place for d in report.diagnostics] + [n.place for n in (nodes(node) if node else ())]:
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    for found in report.diagnostics:
        assert found.why
        assert found.mend
        assert not JARGON.search(found.what)
