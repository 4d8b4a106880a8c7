"""Rows Y (syntax and size) and M (meaning) of the catalogue."""

from tests.bad_inputs.base import BASE, CLIENT, DELIVERABLE, FAQ, GLOSSARY, MINUTES, PLAN, PROJECT, Row

T = "title: Website\n"
DESIGN = "{id: design, title: Design, takes: 10 working days, owner: li}"
BETA = "{id: beta, title: Beta, promised: 2027-01-29, after: [form]}"


def title(row, new, *wanted):
    return Row(row, PROJECT, T, new, wanted)


def design(row, new, *wanted):
    return Row(row, PLAN, DESIGN, new, wanted)


def beta(row, new, *wanted):
    return Row(row, PLAN, BETA, new, wanted)


BOMB = "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True))

Y = [
    title("Y01", "title: A\ntitle: B\n", "duplicate-key at title: B"),
    title("Y02-quoted", 'title: A\n"title": B\n', "2:1 duplicate-key"),
    title("Y03", "title: 'Website\n", "1:8 syntax"),
    Row("Y03-front", MINUTES, "title: Steering", 'title: "Steering', ("2:8 syntax",)),
    title("Y04", "title: Foo: bar\n", "1:11 syntax"),
    title("Y04-remark", "title: Shop #1 for all\n", "syntax at #1"),
    title("Y04-colour", "title: A\nbrand: #ff0000\n", "syntax at #ff", "2:1 unknown-key"),
    title("Y04-a-remark", "title: Shop # one\n#z\n"),
    Row("Y04-remark-bracket", CLIENT, "people:", "brand: {colour: #ff0000}\npeople:", ("syntax at #ff",)),
    design("Y04-comma", DESIGN.replace("title: Design", "title: Design, one"), "syntax at one,"),
    title("Y04-bracket", "title: [Draft] Shop\n", "1:8 syntax"),
    title("Y05", "title: Website\n\tx: 1\n", "2:1 syntax"),
    Row("Y06", PROJECT, "", "title: A\n summary: B\n", ("2:2 syntax",)),
    title("Y07", "title: [1, 2\nsummary: S\n", "syntax at [1"),
    title("Y08-at", "title: @home\n", "1:8 syntax"),
    title("Y08-tick", "title: `x`\n", "1:8 syntax"),
    title("Y08-percent", "title: %x\n", "1:8 syntax"),
    Row("Y09", GLOSSARY, "", BOMB, ()),
    title("Y10", "title: &a [*a]\n", "1:8 unsupported", "1:8 wrong-type"),
    title("Y11", "title: A\n<<: x\n", "2:1 unsupported"),
    title("Y12", "title: !!python/object/apply:os.system [true]\n", "1:8 unsupported", "1:8 wrong-type"),
    title("Y13-env", "title: !ENV SECRET\n", "1:8 unsupported"),
    title("Y13-include", "title: !include x\n", "1:8 unsupported"),
    Row("Y14", PROJECT, "", "title: " + "[" * 100_000 + "\n", ()),
    Row("Y15", PROJECT, "", "title:\n" + "- " * 1100 + "x\n", ()),
    Row("Y16", PROJECT, "summary:", "---\nsummary:", ("2:1 unsupported",)),
    Row("Y17", PROJECT, "", "", ("1:1 wrong-type",)),
    Row("Y18-comments", PROJECT, "", "# nothing\n", ("1:1 wrong-type",)),
    Row("Y18-text", PROJECT, "", "just text\n", ("1:1 wrong-type",)),
    Row("Y18-list", PROJECT, "", "- a\n", ("1:1 wrong-type",)),
    Row("Y19-size", PROJECT, "", "title: A\n" + "# x\n" * 600_000, ()),
    Row("Y19-keys", PROJECT, "", "".join(f"k{n}: 1\n" for n in range(60_000)), ()),
    Row("Y19-line", PROJECT, "", "title: " + "x" * 500_000 + "\n", ()),
    title("Y20-complex", "title: A\n? [a, b]\n: c\n", "2:3 unsupported"),
    title("Y20-number", "title: A\n1: b\n", "unsupported at 1: b"),
    title("Y20-true", "title: A\ntrue: b\n", "unsupported at true"),
    title("Y20-null", "title: A\n~: b\n", "unsupported at ~"),
    Row("Y21-nan", PROJECT, "from: 420", "from: .nan", ("bad-value at .nan",)),
    Row("Y21-inf", PROJECT, "from: 420", "from: .inf", ("bad-value at .inf",)),
    Row("Y21-long", PROJECT, "from: 420", "from: " + "9" * 5000, ("bad-value at " + "9" * 5000,)),
    Row("Y21-power", PROJECT, "from: 420", "from: 1e999", ("bad-value at 1e999",)),
    Row("Y22", PROJECT, "", "title:\u00a0Website\n", ("1:7 syntax",)),
    Row("Y23-crlf", PROJECT, "", "title: Website\r\nsummary: S\r\n"),
    Row("Y23-cr", PROJECT, "", "title: Website\rtitel: S\r", ("2:1 unknown-key",)),
    Row("Y24", PROJECT, "", "\ufefftitle: Website\n"),
    title("Y25", 'title: "\\ud800"\n', "encoding at \\ud800"),
    title("Y26-nul", "title: a\0b\n", "1:9 encoding"),
    title("Y26-bel", "title: a\ab\n", "1:9 encoding"),
    title("Y26-del", "title: a\x7fb\n", "1:9 encoding"),
    title("Y26-nel", "title: a\x85b\n", "1:9 encoding"),
]

M = [
    title("M01-no", "title: NO\n"),
    title("M01-off", "title: off\n"),
    title("M01-yes", "title: yes\n"),
    Row("M02-visibility", PLAN, DESIGN, DESIGN[:-1] + ", visibility: yes}", ("bad-value at yes",)),
    title("M03-version", "title: 1.10\n"),
    title("M03-octal", "title: 010\n"),
    title("M03-time", "title: 12:30:45\n"),
    title("M03-underscore", "title: 1_000\n"),
    beta("M04-february", BETA.replace("2027-01-29", "2026-02-30"), "bad-date at 2026-02-30"),
    beta("M04-month", BETA.replace("2027-01-29", "2026-13-01"), "bad-date at 2026-13-01"),
    beta("M04-short", BETA.replace("2027-01-29", "2026-1-5"), "bad-date at 2026-1-5"),
    beta("M04-slashes", BETA.replace("2027-01-29", "05/06/2026"), "bad-date at 05/06/2026"),
    beta("M04-word", BETA.replace("2027-01-29", "tomorrow"), "bad-date at tomorrow"),
    Row("M04-inline", MINUTES, "[due:: 2026-12-01]", "[due:: 1 Dec]", ("bad-date at 1 Dec",)),
    Row("M04-front", DELIVERABLE, "due: 2026-12-18", "due: 2026-12-32", ("bad-date at 2026-12-32",)),
    beta("M05", BETA.replace("2027-01-29", "2026-01-02T03:04:05+05:30"), "bad-date at 2026-01-02T03"),
    Row("M02-client", CLIENT, "people:", "visibility: internal\npeople:", ("bad-value at internal",)),
    Row("M02-brand", CLIENT, "people:", "brand: {visibility: internal}\npeople:", ("bad-value at internal",)),
    Row("M02-calendar", CLIENT, "people:", "calendar: {visibility: internal}\npeople:", ("bad-value at internal",)),
    Row(
        "M02-agency",
        "shared/agency.yml",
        "",
        "name: North\nvisibility: internal\n",
        ("bad-value at internal",),
    ),
    Row(
        "M02-after",
        PLAN,
        "after: [design]",
        "after: [{id: design, visibility: internal}]",
        ("bad-value at internal",),
    ),
    Row("M02-empty", PLAN, DESIGN, DESIGN[:-1] + ", visibility: }", ("bad-value at }\n      - {id: form",)),
    Row("M02-null", PLAN, DESIGN, DESIGN[:-1] + ", visibility: ~}", ("bad-value at ~",)),
    Row("M06-1026", PROJECT, "by: 2027-03-31", "by: 1027-03-31", ("odd-date at 1027",)),
    Row("M06-9999", PROJECT, "by: 2027-03-31", "by: 9999-12-31", ("odd-date at 9999",)),
    design("M07-order", DESIGN[:-1] + ", started: 2026-11-10, finished: 2026-11-05}", "date-order at 2026-11-05"),
    beta("M07-years", BETA[:-1] + ", reached: 2023-01-29}", "odd-date at 2023-01-29"),
    Row(
        "M06-long",
        PLAN,
        DESIGN,
        DESIGN
        + "\n      - {id: a0, title: A, takes: 2000 working days, after: [design]}"
        + "".join(
            f"\n      - {{id: a{n}, title: A, takes: 2000 working days, after: [a{n - 1}]}}" for n in range(1, 20)
        ),
        ("26:9 odd-date",),
    ),
    beta("M07-reached", BETA[:-1] + ", reached: 2026-11-26}", "date-order at 2026-11-26"),
    beta("M07-before", BETA[:-1] + ", reached: 2026-10-30}", "odd-date at 2026-10-30"),
    design("M07-started", DESIGN[:-1] + ", started: 2026-11-26}", "date-order at 2026-11-26"),
    design(
        "M07-finished",
        DESIGN[:-1] + ", started: 2026-11-10, finished: 2026-11-26}",
        "date-order at 2026-11-26",
    ),
    Row(
        "M07-received", PLAN, "by: 2026-12-04,", "by: 2026-12-04, received: 2026-11-26,", ("date-order at 2026-11-26",)
    ),
    Row(
        "M07-done",
        MINUTES,
        "- [ ] Send the plans [owner:: @ana] [due:: 2026-12-01]",
        "- [x] Send the plans [owner:: @ana] [done:: 2026-11-26]",
        ("date-order at 2026-11-26",),
    ),
    Row(
        "M07-verified",
        DELIVERABLE,
        "- [ ] It works",
        "- [x] It works [verified:: 2026-11-26]",
        ("date-order at 2026-11-26",),
    ),
    Row(
        "M07-accepted",
        DELIVERABLE,
        "",
        "---\ntitle: Widget\nstatus: accepted\naccepted: 2026-11-26\naccepted_by: ana\n---\n"
        "## Acceptance criteria\n- [x] It works [verified:: 2026-11-20]\n",
        ("date-order at 2026-11-26",),
    ),
    Row(
        "M07-meeting",
        PROJECT,
        "",
        BASE[PROJECT],
        ("acme/web/minutes/2026-11-26-x.md:3:7 date-order",),
        {"acme/web/minutes/2026-11-26-x.md": "---\ntitle: x\ndate: 2026-11-26\n---\nx\n"},
    ),
    Row(
        "M07-today",
        PLAN,
        BETA,
        BETA[:-1] + ", reached: 2026-11-24}",
        (),
        {"acme/web/minutes/2026-11-24-x.md": "---\ntitle: x\n---\nx\n"},
    ),
    title("M08", "titel: Website\n", "unknown-key at titel"),
    design("M09", "{id: design, title: Design, owner: li}", "6:9 missing-key"),
    Row("M09-text", PROJECT, "", "summary: S\n", ("1:1 missing-key",)),
    title("M10-list", "title: [a]\n", "1:8 wrong-type"),
    title("M10-map", "title:\n  big: {a: b}\n", "2:3 bad-value"),
    Row("M10-text", PLAN, "after: [design]", "after: design", ("wrong-type at design}",)),
    design("M11-105", DESIGN[:-1] + ", started: 2026-11-02, done: 105}", "bad-value at 105"),
    design("M11-minus", DESIGN[:-1] + ", started: 2026-11-02, done: -1}", "bad-value at -1}"),
    design("M11-percent", DESIGN[:-1] + ", started: 2026-11-02, done: 50%}"),
    design("M11-quoted", DESIGN[:-1] + ', started: 2026-11-02, done: "50"}'),
    design("M11-half", DESIGN[:-1] + ", started: 2026-11-02, done: 0.5}", "bad-value at 0.5"),
    Row("M12-german", PROJECT, "from: 420", 'from: "1.000,50"', ('bad-value at "1.000',)),
    Row("M12-english", PROJECT, "from: 420", 'from: "1,000.50"', ('bad-value at "1,000',)),
    Row("M12-currency", PROJECT, "from: 420", "from: 420 EUR", ("bad-value at 420 EUR",)),
    Row("M12-exact", PROJECT, "from: 420", "from: 420.12345678901234567"),
    Row("M13", DELIVERABLE, "status: planned", "status: plannd", ("bad-value at plannd",)),
    Row("M14", PLAN, "id: access", "id: form", ("duplicate-id at form, text",)),
    Row("M14-case", PLAN, "id: form", "id: Design", ("bad-id at Design, title: Form",)),
    Row("M15-unknown", PLAN, "after: [design]", "after: [desing]", ("unknown-id at desing",)),
    Row(
        "M15-other-client",
        PLAN,
        "owner: li, after",
        "owner: zed, after",
        ("unknown-id at zed",),
        {"other/client.yml": "name: Other\npeople:\n  zed: {name: Zed Secret, side: us}\n"},
    ),
    Row("M15-internal", PLAN, DESIGN, DESIGN[:-1] + ", visibility: internal}", ("unknown-id at design]",)),
    Row("M16-self", PLAN, "after: [design]", "after: [form]", ("cycle at form]}\nmilestones",)),
    design("M16", DESIGN[:-1] + ", after: [form]}", "cycle at form]}\n      -"),
    title("M17-empty", 'title: ""\n', "1:8 bad-value"),
    title("M17-spaces", 'title: "   "\n', "1:8 bad-value"),
    title("M17-null", "title:\n", "1:7 bad-value"),
    title("M18-long", "title: " + "x" * 90_000 + "\n", "1:8 limit"),
    design("M18-newline", '{id: design, title: "De\\n\\nsign", takes: 10 working days}', 'bad-value at "De'),
    Row("M19-script", FAQ, "Soon.", "[x](javascript:alert(1))", ("3:5 unsafe",)),
    Row("M19-data", FAQ, "Soon.", "[x](data:text/html,x)", ("3:5 unsafe",)),
    Row("M19-file", FAQ, "Soon.", "[x](file:///etc/hosts)", ("3:5 unsafe",)),
    Row("M19-user", FAQ, "Soon.", "[x](https://a@example.com/)", ("3:5 unsafe",)),
    Row("M19-homograph", FAQ, "Soon.", "[x](https://ex\u0430mple.com/)", ("3:5 unsafe",)),
    Row("M19-port", FAQ, "Soon.", "[x](https://example.com:99999/)", ("3:5 unsafe",)),
    Row("M19-mail", CLIENT, "ana@example.com", "ana@", ("bad-value at ana@}",)),
    Row("M20-zone", CLIENT, "Europe/London", "CET+1", ("bad-value at CET",)),
    Row("M20-language", CLIENT, "[en, zh]", "[en, xx]", ("bad-value at xx",)),
    Row("M20-currency", CLIENT, "region: GB\n", "region: GB\ncurrency: XYZ1\n", ("4:1 unknown-key",)),
]
