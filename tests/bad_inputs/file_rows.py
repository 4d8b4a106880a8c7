"""Rows F (front matter), X (files), H (Markdown and HTML) and I (internal blocks) of the catalogue."""

from tests.bad_inputs.base import BASE, DELIVERABLE, FAQ, MINUTES, PROJECT, Row

BODY = BASE[MINUTES].split("---\n", 2)[2]
NOTES = "All is well.\n"
SOON = "Soon.\n"


def front(row, text, *wanted):
    """Minutes with other front matter, from the first character of the file on."""
    return Row(row, MINUTES, "", text + BODY, wanted)


def faq(row, new, *wanted):
    return Row(row, FAQ, SOON, new, wanted)


def notes(row, new, *wanted):
    return Row(row, MINUTES, NOTES, new, wanted)


INTERNAL = "/// internal\nnot for them\n///\n"

F = [
    front("F01", "---\nvisibility: internal\ntitle: 'x\n---\n", "syntax at 'x"),
    front("F02-four", "---\ntitle: x\n----\n", "1:1 front-matter"),
    front("F02-none", "---\ntitle: x\n", "1:1 front-matter"),
    front("F03-line", "\n---\ntitle: x\n---\n", "2:1 front-matter"),
    front("F03-space", " ---\ntitle: x\n---\n", "1:1 front-matter"),
    front("F04", "\ufeff---\ntitle: x\nattendees: [ana]\n---\n"),
    front("F05-list", "---\n- a\n---\n", "2:1 front-matter"),
    front("F05-text", "---\njust text\n---\n", "2:1 front-matter"),
    notes("F06", "All\n\n---\n\nis well.\n"),
    front("F07", "Title: x\n\n"),
    front("F08", "---\ntitle: x\ntemplate: redirect.html\n---\n", "unknown-key at template"),
    front("F10", "---\ntitle: x\nhide: toc\n---\n", "unknown-key at hide"),
    front("F11-case", "---\ntitle: x\nvisibility: Internal\n---\n", "bad-value at Internal"),
    front("F11-typo", "---\ntitle: x\nvisibility: intenral\n---\n", "bad-value at intenral"),
    front("F11-list", "---\ntitle: x\nvisibility: [internal]\n---\n", "wrong-type at [internal]"),
]

X = [
    Row("X01-latin", FAQ, "", b"# FAQ\n## Caf\xe9?\nYes.\n", ("2:7 encoding",)),
    Row("X01-utf16", FAQ, "", "# FAQ\n".encode("utf-16"), ("1:1 encoding",)),
    Row("X01-gbk", FAQ, "", "# 问题\n".encode("gb18030"), ("1:3 encoding",)),
    Row("X02", FAQ, "", b"\x00\x01\x02\x03" * 50, tuple(f"1:{n} encoding" for n in (1, 2, 3, 4))),
    Row(
        "X04",
        DELIVERABLE,
        "- [ ] It works\n",
        "- [ ] It works\n\n## Files\n- [x](../../../other/logo.png)\n",
        ("broken-link at ../../../other",),
    ),
    Row(
        "X11",
        FAQ,
        "",
        BASE[FAQ],
        ("acme/web/faq.md file", "acme/web/FAQ.md unknown-file"),
        {"acme/web/FAQ.md": "# x\n"},
    ),
    Row(
        "X13",
        PROJECT,
        "",
        BASE[PROJECT],
        ("acme/web/minutes/index.md:1:1 bad-id",),
        {"acme/web/minutes/index.md": "---\ntitle: x\ndate: 2026-11-03\n---\nx\n"},
    ),
    Row(
        "X15",
        PROJECT,
        "",
        BASE[PROJECT],
        (),
        {"acme/web/plan.yml~": "x", "acme/Thumbs.db": "x", "acme/.env": "SECRET=1", "acme/web/.plan.yml.swp": "x"},
    ),
    Row(
        "X-unknown-file", PROJECT, "", BASE[PROJECT], ("acme/web/pla.yml unknown-file",), {"acme/web/pla.yml": "a: b\n"}
    ),
    Row(
        "X-unknown-folder",
        PROJECT,
        "",
        BASE[PROJECT],
        ("acme/web/minuets/2026-11-05-x.md unknown-file",),
        {"acme/web/minuets/2026-11-05-x.md": "# x\n"},
    ),
]

H = [
    faq("H01-brackets", "[" * 20_000 + "\n", "3:1 limit"),
    faq("H01-pictures", "![" * 10_000 + "\n", "3:1 limit"),
    faq("H01-links", "[a](b" * 5_000 + "\n", "3:1 limit"),
    faq("H02-quotes", ">" * 5_000 + " x\n", "3:1 limit"),
    faq("H04-line", "x" * 1_000_000 + "\n", "3:100001 limit"),
    faq("H04-ticks", "`" * 80_000 + "\n", "3:1 limit"),
    faq("H05-script", "<script>alert(1)</script>\n", "unsafe at <script>"),
    faq("H05-img", "x <img src=x onerror=alert(1)>\n", "unsafe at <img"),
    faq("H05-iframe", '<iframe srcdoc="x"></iframe>\n', "unsafe at <iframe"),
    faq("H05-handler", '<div onclick="x()">y</div>\n', "unsafe at <div"),
    faq("H05-form", '<form action="https://example.com"></form>\n', "unsafe at <form"),
    faq("H05-plain", "H<sub>2</sub>O and <details><summary>More</summary>text</details>\n"),
    faq("H06-case", "[x](JaVaScRiPt:alert(1))\n", "unsafe at JaVa"),
    faq("H06-html", '<a href="javascript:x">y</a>\n', "unsafe at <a"),
    faq("H07", "Text {: onclick=alert(1)}\n"),
    faq("H08-picture", "![x](https://example.com/p.png)\n", "unsafe at https"),
    faq("H09", "{{ 7*7 }} {% include 'x' %} ${x}\n"),
    faq("H10", '--8<-- "/etc/hosts"\n'),
    faq("H15-page", "[x](minutes/nope.md)\n", "broken-link at minutes/nope.md"),
    faq("H15-part", "[x](minutes/2026-11-02-steering.md#nope)\n", "broken-link at minutes/2026"),
    faq("H15-file", "[x](plan.pdf)\n", "broken-link at plan.pdf"),
    faq("H15-out", "[x](../../other/x.md)\n", "broken-link at ../../other"),
]

I = [  # noqa: E741 - the catalogue's own letter
    notes("I01", "/// internal\nsecret\n", "block at /// internal"),
    notes("I02-closing", "x\n///\n", "block at ///"),
    notes("I02-nested", "/// internal\na\n/// internal\nb\n///\n", "15:1 block"),
    notes("I02-fence", "```\n/// internal\n```\n", "14:1 block", "14:1 block"),
    notes("I02-list", "- /// internal\n", "13:3 block"),
    notes("I02-quote", "> /// internal\n", "13:3 block"),
    notes("I03-typo", "/// intenral\nx\n///\n", "block at intenral"),
    notes("I03-colons", "::: internal\nx\n:::\n", "13:1 block", "15:1 block"),
    notes("I03-wide", "：：：internal\nx\n", "13:1 block"),
    notes("I03-spaces", "/// internal   \nx\n///  \n"),
    notes("I03-nbsp", "///\u00a0internal\nx\n///\n"),
    notes("I04", "Write \\/// internal to hide.\n\n\\/// internal\n"),
    notes("I-comment-open", "<!-- secret\n", "block at <!--"),
    notes("I07", INTERNAL + "[x](../internal/x.md)\n", "broken-link at ../internal"),
]
ROWS = [*F, *X, *H, *I]
