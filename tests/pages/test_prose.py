"""The short way through prose gives what the long way gives."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal_gen.diagnostics import Report
from portal_gen.pages import prose
from portal_gen.source.body import Body

LINKS = prose.Links({}, {}, frozenset())
PIECES = [
    *"aΩ里1-+#>=.!\"'()“，*_`[]<&\\|:~$^@{é🙂… \t\u00a0\u3000;%?",
    "1. ",
    "- ",
    "+ ",
    "# ",
    "> ",
    ": ",
    "---",
    "(c)",
]
PIECES += ["https://", "www.a.com", "//", "mailto:a", "ftp:b", "tel:1", "e\u0301"]


def html(lines):
    return str(prose.to_html(Body("f.md", 1, tuple(lines)), "p", LINKS, Report()))


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.booleans())
def test_a_plain_line_is_what_commonmark_makes_of_it(line, padded):
    lines = ["", line, ""] if padded else [line]
    quick = prose.plain_paragraph(lines)
    if quick is not None:
        assert str(quick) == prose._converter().render("\n".join(lines))


def test_plain_lines_take_the_short_way(monkeypatch):
    monkeypatch.setattr(prose, "_converter", None)  # the long way would fail
    assert (
        html(['Send the "floor plans", please (both).']) == "<p>Send the &quot;floor plans&quot;, please (both).</p>\n"
    )
    assert html(["", "请发送平面图。"]) == "<p>请发送平面图。</p>\n"
