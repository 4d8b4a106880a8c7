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
    front("F11-empty", "---\ntitle: x\nvisibility:\n---\n", "3:12 bad-value"),
    front("F11-null", "---\ntitle: x\nvisibility: ~\n---\n", "bad-value at ~"),
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
        "X14-name-year",
        PROJECT,
        "",
        BASE[PROJECT],
        ("acme/web/minutes/9999-12-31-x.md:1:1 odd-date",),
        {"acme/web/minutes/9999-12-31-x.md": "---\ntitle: x\n---\nx\n"},
    ),
    Row(
        "X14-name-day",
        PROJECT,
        "",
        BASE[PROJECT],
        ("acme/web/minutes/2026-02-30-x.md:1:1 bad-date",),
        {"acme/web/minutes/2026-02-30-x.md": "---\ntitle: x\n---\nx\n"},
    ),
    Row(
        "X15",
        PROJECT,
        "",
        BASE[PROJECT],
        (),
        {"acme/web/plan.yml~": "x", "acme/Thumbs.db": "x", "acme/.env": "SECRET=1", "acme/web/.plan.yml.swp": "x"},
    ),
    notes(
        "X-conflict",
        "<<<<<<< HEAD\none\n||||||| base\nzero\n=======\ntwo\n>>>>>>> theirs\n",
        *("syntax at <<<<<<< HEAD", "syntax at ||||||| base", "syntax at >>>>>>> theirs"),
    ),
    Row(
        "X-conflict-yaml",
        PROJECT,
        "",
        "<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> x\n",
        ("1:1 syntax", "5:1 syntax"),
    ),
    notes("X-conflict-half", "x\n>>>>>>> theirs\n", "syntax at >>>>>>>"),
    notes("X-no-conflict", "Heading\n=======\n\n>>> x\n"),
    Row(
        "X-unknown-file", PROJECT, "", BASE[PROJECT], ("acme/web/pla.yml unknown-file",), {"acme/web/pla.yml": "a: b\n"}
    ),
    Row(
        "X-client-name",
        "Acme Corp/client.yml",
        "",
        BASE["acme/client.yml"],
        ("Acme Corp/client.yml bad-id",),
        client="Acme Corp",
    ),
    Row("X-client-yaml", "bolt/client.yaml", "", "name: B\n", ("bolt/client.yml file",), client="bolt"),
    Row("X-client-none", "bolt/web/project.yml", "", "title: B\n", ("bolt/client.yml file",), client="bolt"),
    Row("X-shared", PROJECT, "", BASE[PROJECT], ("shared/agncy.yml unknown-file",), {"shared/agncy.yml": "name: N\n"}),
    Row(
        "X-shared-others",
        PROJECT,
        "",
        BASE[PROJECT],
        (),
        {
            "shared/templates/minutes.md": "x",
            "shared/faq.md": "# x\n## Y?\nz\n",
            "shared/faq.de.md": "# x\n## Y?\nz\n",
            "shared/for-others.pdf": "x",
        },
    ),
    Row(
        "X-project-none",
        "acme/app/plan.yml",
        "",
        "start: 2026-11-02\n",
        ("acme/app/project.yml file",),
        {"acme/app/minutes/2026-11-05-x.md": "# x\n", "acme/app/faq.md": "# x\n"},
    ),
    Row("X-project-yaml", "acme/app/project.yaml", "", "title: x\n", ("acme/app/project.yml file",)),
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
    faq("H03-heading", "Soon.\n\n## x" + " " * 50_000 + "x\nYes.\n"),
    Row("H03-fields", MINUTES, "- [ ] Send", "- [ ] " + "[owner:: [a] " * 7_000 + "\n- [ ] Send", ("10:1 limit",)),
    Row("H03-decision", MINUTES, "- We begin.", "- " + "[x " * 19_000 + "\n- We begin.", ("7:1 limit",)),
    faq("H03-open-fields", "[a:: " * 19_000 + "\n", "3:1 limit"),
    faq("H03-lines", ("![" * 150 + "\n") * 130, "23:1 limit"),
    faq("H03-columns", "|a" * 2_000 + "\n" + "|-" * 2_000 + "\n", "3:1 limit"),
    faq("H03-cells", "|a|b\n|-|-\n" + "|c|d\n" * 10_001, "10003:1 limit"),
    faq("H03-fits", "|a|b\n|-|-\n" + "|[c](https://example.com)|d\n" * 500),
    faq("H05-script", "<script>alert(1)</script>\n", "unsafe at <script>"),
    faq("H05-img", "x <img src=x onerror=alert(1)>\n", "unsafe at <img"),
    faq("H05-iframe", '<iframe srcdoc="x"></iframe>\n', "unsafe at <iframe"),
    faq("H05-handler", '<div onclick="x()">y</div>\n', "unsafe at <div"),
    faq("H05-form", '<form action="https://example.com"></form>\n', "unsafe at <form"),
    faq("H05-plain", "H<sub>2</sub>O and <details><summary>More</summary>text</details>\n"),
    faq("H06-case", "[x](JaVaScRiPt:alert(1))\n", "unsafe at JaVa"),
    faq("H06-html", '<a href="javascript:x">y</a>\n', "unsafe at <a"),
    faq("H06-cite", "<q cite=javascript:x>y</q>\n", "unsafe at <q"),
    faq("H06-entity", "<a href='java&#115;cript:x'>y</a>\n", "unsafe at <a"),
    faq("H05-open-script", "<script src=https://example.com/x.js\n", "unsafe at <script"),
    faq("H05-open-frame", "<iframe src=https://example.com/\n", "unsafe at <iframe"),
    faq("H05-open-handler", "<div onmouseover=alert(1) data-x=\n", "unsafe at <div"),
    faq("H05-open-inline", "x <script src=https://example.com/x.js\n"),
    faq("H05-instruction", "<? hidden\n\nMore\n", "unsafe at <?"),
    faq("H05-instruction-inline", "a <?x > <script>y</script> ?> b\n", "unsafe at <?x", "unsafe at <script"),
    faq("H05-declaration", "a <!X y>\n", "unsafe at <!X"),
    faq("H05-cdata", "<![CDATA[ x\n", "unsafe at <![CDATA"),
    faq("H05-code", "`<script>` and\n\n```\n<script>\n```\n\n1 < 2 <3\n"),
    faq("H05-unclosed", "<div>\n\nx\n", "unsafe at <div>"),
    faq("H05-stray", "</section></div>\n", "unsafe at </section>", "unsafe at </div>"),
    faq("H05-crossed", "<b><i>x</b></i>\n", "unsafe at <i>", "unsafe at </i>"),
    faq("H05-straddles", "<b>x\n\ny</b>\n", "unsafe at <b>", "unsafe at </b>"),
    faq("H05-list", "- <div>\n\n</div>\n", "unsafe at <div>", "unsafe at </div>"),
    faq("H05-void", "a<br>b<br/>c <b>d</b>\n\n<div>\n\n*x*\n\n</div>\n"),
    faq("H07", "Text {: onclick=alert(1)}\n"),
    faq("H08-picture", "![x](https://example.com/p.png)\n", "unsafe at https"),
    faq("H09", "{{ 7*7 }} {% include 'x' %} ${x}\n"),
    faq("H10", '--8<-- "/etc/hosts"\n'),
    faq("H15-page", "[x](minutes/nope.md)\n", "broken-link at minutes/nope.md"),
    faq("H15-part", "[x](minutes/2026-11-02-steering.md#nope)\n", "broken-link at minutes/2026"),
    faq("H15-file", "[x](plan.pdf)\n", "broken-link at plan.pdf"),
    faq("H15-out", "[x](../../other/x.md)\n", "broken-link at ../../other"),
]

PLAIN_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def linked(row, name, inside, *wanted):
    """A deliverable that links to a file; what is inside a drawing stands between its outer tags."""
    data = PLAIN_SVG.format(inside) if name.endswith(".svg") and inside[:1] not in ("", "!") else inside.lstrip("!")
    link = f"- [ ] It works\n\n## Files\n- [x]({name})\n"
    return Row(row, DELIVERABLE, "- [ ] It works\n", link, wanted, {f"acme/web/deliverables/{name}": data})


S = [
    linked(
        "S-plain", "a.svg", '<style>a{fill:url(#b)}</style><g style="fill:red"><use href="#c"/></g><title>x</title>'
    ),
    linked("S-editor", "a.svg", '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'),
    linked("S-raster", "a.svg", '<image xlink:href="data:image/png;base64,AAAA"/>'),
    linked("S-script", "a.svg", "<script>alert(1)</script>", "unsafe at a.svg"),
    linked("S-foreign", "a.svg", "<foreignObject/>", "unsafe at a.svg"),
    linked("S-xhtml", "a.svg", '<x:img xmlns:x="http://www.w3.org/1999/xhtml" src="x"/>', "unsafe at a.svg"),
    linked("S-handler", "a.svg", '<g onload="x()"/>', "unsafe at a.svg"),
    linked("S-image", "a.svg", '<image xlink:href="https://example.com/p.png"/>', "unsafe at a.svg"),
    linked("S-use", "a.svg", '<use href="other.svg#x"/>', "unsafe at a.svg"),
    linked("S-link", "a.svg", '<a href="javascript:x"><text>y</text></a>', "unsafe at a.svg"),
    linked("S-nested", "a.svg", '<image href="data:image/svg+xml,x"/>', "unsafe at a.svg"),
    linked("S-animated", "a.svg", '<a><animate attributeName="href" to="javascript:x"/></a>', "unsafe at a.svg"),
    linked("S-style", "a.svg", "<style>@import 'https://example.com/x.css';</style>", "unsafe at a.svg"),
    linked("S-url", "a.svg", "<g fill=\"url( 'https://example.com/x#y')\"/>", "unsafe at a.svg"),
    linked("S-escape", "a.svg", '<g style="fill:u\\72l(//example.com/x)"/>', "unsafe at a.svg"),
    linked(
        "S-entity",
        "a.svg",
        '!<!DOCTYPE svg [<!ENTITY a "x">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        "unsafe at a.svg",
    ),
    linked(
        "S-sheet",
        "a.svg",
        '!<?xml-stylesheet href="x.css"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "unsafe at a.svg",
    ),
    linked("S-broken", "a.svg", "!<svg", "unsafe at a.svg"),
    linked("S-xml", "a.xml", "<orders><order on='x'/></orders>"),
    linked("S-xml-script", "a.xml", "<s:script xmlns:s='http://www.w3.org/1999/xhtml'/>", "unsafe at a.xml"),
    linked("S-html", "a.html", "<p>x</p>", "unsafe at a.html"),
    linked("S-upper", "A.HTM", "<p>x</p>", "unsafe at A.HTM"),
    linked("S-gzip", "a.svgz", "x", "unsafe at a.svgz"),
    linked("S-text", "a.csv", "<script>,1\n"),
]

ACTION = "- [ ] Send the plans [owner:: @ana] [due:: 2026-12-01]"


def action(row, new, *wanted):
    return Row(row, MINUTES, ACTION, new, wanted)


E = [
    action("E-box-gap", "-" + ACTION[2:], "10:1 item"),
    action("E-box-empty", "- []" + ACTION[5:], "10:1 item"),
    action("E-box-text", "- [ ]" + ACTION[6:], "10:1 item"),
    action("E-box-link", ACTION + "\n- [ ] [Call](https://example.com) [owner:: @li] [due:: 2026-12-02]"),
    action("E-colon", ACTION.replace("::", ":"), "10:28 item", "10:40 item"),
    action("E-colon-wide", ACTION.replace("owner::", "owner："), "10:28 item"),
    action("E-name", ACTION.replace("@ana", "Ana Ruiz"), "unknown-id at Ana"),
    Row("E-heading", MINUTES, "## Notes", "##Notes", ("12:3 syntax",)),
    notes("E-heading-number", "#778 is solved\n"),
    Row(
        "E-broken-deliverable",
        DELIVERABLE,
        "",
        "---\nstatus: planned\n---\n[x](a.csv)\n\n## Acceptance criteria\n- [ ] It works\n",
        ("2:1 missing-key",),
        {"acme/web/deliverables/a.csv": "x"},
    ),
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
    notes("I03-slashes", "/ / / internal\nx\n", "13:1 block"),
    notes("I03-obsidian", "%%secret%%\n", "13:1 block"),
    notes("I03-comments", "<!-- internal -->secret<!-- /internal -->\n", "13:1 block", "13:24 block"),
    notes("I03-brackets", "[internal] secret [/internal]\n", "block at [internal]", "block at [/internal]"),
    notes("I03-chinese", "【内部】 secret\n", "block at 【内部】"),
    notes("I03-one-colon", "secret [visibility: internal]\n", "13:9 block"),
    notes("I03-open", "- secret [visibility:: internal\n", "block at visibility"),
    notes("I03-round", "secret (visibility::internal)\n", "block at visibility"),
    notes("I03-wide-colons", "- secret [visibility：： internal]\n", "block at visibility"),
    notes("I03-wide-brackets", "- secret 【visibility:: internal】\n", "block at visibility"),
    notes("I03-misspelt", "- secret [visibilty:: internal]\n", "block at visibilty"),
    notes("I03-text", "secret [visibility:: internal]\n", "13:1 block"),
    notes("I03-nested", "- Note\n  - secret [visibility:: internal]\n", "14:1 block"),
    Row("I03-heading", MINUTES, "## Notes", "## Notes [visibility:: internal]", ("12:1 block",)),
    Row("I03-answer", FAQ, SOON, "- secret [visibility:: internal]\n", ("3:1 block",)),
    Row("I03-lead", DELIVERABLE, "A widget.", "- secret [visibility:: internal]", ("7:1 block",)),
    notes("I03-none", "We work 100%% on `[internal]` things; [internal](https://example.com), a/b internal, 1 // 2.\n"),
    notes("I04", "Write \\/// internal to hide.\n\n\\/// internal\n"),
    notes("I-comment-open", "<!-- secret\n", "block at <!--"),
    notes("I07", INTERNAL + "[x](../internal/x.md)\n", "broken-link at ../internal"),
]
ROWS = [*F, *X, *H, *S, *E, *I]
