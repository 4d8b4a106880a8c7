"""The catalogue of bad YAML: each row is one slip of the pen or one attack, and what is said about it first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from portal_gen.diagnostics import Code


@dataclass(frozen=True)
class Bad:
    """A bad text, the line and column of its first error, its code, words of the message, a line the mending shows."""

    row: str
    text: str
    at: tuple[int, int]
    code: Code
    says: str = ""
    shows: str = ""


BILLION = "a: &a [x,x,x]\n" + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefgh"))
BAD = [
    Bad("Y01", "title: A\ntitle: B\n", (2, 1), Code.DUPLICATE_KEY, "'title' stands here a second time"),
    Bad("Y02 quoted", 'title: A\n"title": B\n', (2, 1), Code.DUPLICATE_KEY),
    Bad("Y02 NFC", "caf\u00e9: 1\ncafe\u0301: 2\n", (2, 1), Code.DUPLICATE_KEY),
    Bad("Y02 in a list", "- {a: 1, a: 2}\n", (1, 10), Code.DUPLICATE_KEY),
    Bad("Y03 to the end", 'title: "abc\nb: 1\n', (1, 8), Code.SYNTAX, 'quote " is not closed', 'title: "abc"'),
    Bad("Y03 to the next", 'title: "abc\nb: "x"\n', (1, 8), Code.SYNTAX, "is not closed", 'title: "abc"'),
    Bad("Y03 even", "- a: 1\n  b: 'abc\n  c: 'x\n", (2, 6), Code.SYNTAX, "quote ' is not closed", "  b: 'abc'"),
    Bad("Y03 entries", '- "abc\n- d"\n', (1, 3), Code.SYNTAX, "is not closed", '- "abc"'),
    Bad("Y03 in a list", 'a: [1, "x]\nb: 1\n', (1, 8), Code.SYNTAX, "is not closed"),
    Bad("Y03 alone", "a: '", (1, 4), Code.SYNTAX, "is not closed"),
    Bad("Y04", "title: Foo: bar\n", (1, 11), Code.SYNTAX, "second colon", 'title: "Foo: bar"'),
    Bad("Y04 in a list", "- a: 1\n  b: Foo: bar # x\n", (2, 9), Code.SYNTAX, "second colon", '  b: "Foo: bar"'),
    Bad("Y04 quotes", 'a: Say "hi": don\'t\n', (1, 12), Code.SYNTAX, "", "a: 'Say \"hi\": don''t'"),
    Bad("Y04 brackets", "a: {b: c: d}\n", (1, 9), Code.SYNTAX, "second colon"),
    Bad("Y05", "a: 1\nb:\n\tc: 2\n", (3, 1), Code.SYNTAX, "tab", "  c: 2"),
    Bad("Y05 after text", "a: b\n\tc: d\n", (2, 1), Code.SYNTAX, "tab"),
    Bad("Y05 mixed", "a:\n  b: 1\n  \tc: 2\n", (3, 3), Code.SYNTAX, "tab"),
    Bad("Y05 after -", "- a: b\n-\tc: d\n", (2, 2), Code.SYNTAX, "tab"),
    Bad("Y06", "b: 1\n c: 2\n", (2, 2), Code.SYNTAX, "further in than the one above", "c: 2"),
    Bad("Y06 between", "a:\n  b: 1\n c: 2\n", (3, 2), Code.SYNTAX, "after 1 space; .* after 0 or 2", "  c: 2"),
    Bad("Y06 list", "a:\n   - b\n  - c\n", (3, 3), Code.SYNTAX, "after 2 spaces", "   - c"),
    Bad("Y06 - among keys", "a: 1\n- b\n", (2, 1), Code.SYNTAX, "list entry here, among keys"),
    Bad("Y06 key among -", "a:\n  - x\n  y: 1\n", (3, 3), Code.SYNTAX, "no list entry"),
    Bad("Y06 text block", "a: |\n  x\n y\n", (3, 2), Code.SYNTAX, "after 1 space"),
    Bad("Y06 no key", "a: 1\nb\nc: 2\n", (2, 1), Code.SYNTAX, "no key", "key: b"),
    Bad("Y06 no key at first", "a\nb: 1\n", (1, 1), Code.SYNTAX, "no key", "key: a"),
    Bad("Y06 no space", "a: 1\ntitle:Foo\nb: 1\n", (2, 6), Code.SYNTAX, "no space after this colon", "title: Foo"),
    Bad("Y06 only line", "title:Foo\n", (1, 6), Code.SYNTAX, "no space after this colon", "title: Foo"),
    Bad("Y06 in brackets", "t: {en:Go-live, zh: x}\n", (1, 7), Code.SYNTAX, "no space", "en: Go-live"),
    Bad("Y06 full-width", "标题：内容\n名: x\n", (1, 3), Code.SYNTAX, "full-width colon", "标题: 内容"),
    Bad("Y06 hyphen", "- a\n-b\n", (2, 1), Code.SYNTAX, "no space after this hyphen", "- b"),
    Bad("Y06 list beside key", "a: - b\n", (1, 4), Code.SYNTAX, "line of its key", "  - b"),
    Bad("Y06 after a quote", "a: 'it's'\n", (1, 8), Code.SYNTAX, "behind the closing quote", 'a: "it\'s"'),
    Bad("Y06 quoted word", 'a: "x" y\n', (1, 8), Code.SYNTAX, "behind the closing quote", "a: '\"x\" y'"),
    Bad("Y06 bar", "a: |x\n", (1, 5), Code.SYNTAX, "nothing else"),
    Bad("Y07", "a: [1, 2\n", (1, 4), Code.SYNTAX, r"bracket \[ is never closed", "a: [1, 2]"),
    Bad("Y07 keys below", "a: [1, 2\nb: 3\nc: [4]\n", (1, 4), Code.SYNTAX, "never closed", "a: [1, 2]"),
    Bad("Y07 brace", "a: {x: 1\nb: 2\nc: 3\n", (1, 4), Code.SYNTAX, r"bracket \{ is never closed", "a: {x: 1}"),
    Bad("Y07 after a comma", "a: [1,\n", (1, 4), Code.SYNTAX, "never closed"),
    Bad("Y07 keys inside", "a:\n  - id: [\n    b:\n      - {c: [d]}\n", (2, 9), Code.SYNTAX),
    Bad("Y07 wrong one", "a: [1, 2}\n", (1, 9), Code.SYNTAX, "opened with"),
    Bad("Y07 two commas", "a: [1,,2]\n", (1, 7), Code.SYNTAX, "nothing before this comma"),
    Bad("Y07 no comma", 'a: ["x" "y"]\n', (1, 9), Code.SYNTAX, "comma is missing"),
    Bad("Y08 @", "owner: @ana\n", (1, 8), Code.SYNTAX, "cannot begin with @", 'owner: "@ana"'),
    Bad("Y08 @ in a list", "- [@ana, b]\n", (1, 4), Code.SYNTAX, "cannot begin with @", '- ["@ana", b]'),
    Bad("Y08 `", "a: `x`\n", (1, 4), Code.SYNTAX, "cannot begin with `", 'a: "`x`"'),
    Bad("Y08 %", "a: %x\n", (1, 4), Code.SYNTAX, "cannot begin with %", 'a: "%x"'),
    Bad("Y08 % line", "%x\n", (1, 1), Code.SYNTAX, "cannot begin with %"),
    Bad("Y08 emphasis", "a: *very* good\n", (1, 4), Code.SYNTAX, r"cannot begin with \*", 'a: "*very* good"'),
    Bad("Y08 &", "a: & b\n", (1, 4), Code.SYNTAX, "cannot begin with &", 'a: "& b"'),
    Bad("Y08 ,", "a: ,x\n", (1, 4), Code.SYNTAX, "cannot begin with ,", 'a: ",x"'),
    Bad("Y09", BILLION, (1, 4), Code.UNSUPPORTED, "References"),
    Bad("Y10", "a: &a [*a]\n", (1, 4), Code.UNSUPPORTED, "References"),
    Bad("Y10 unknown", "a: *b\n", (1, 4), Code.UNSUPPORTED, "References"),
    Bad("Y11", "b: 1\na:\n  <<: {c: 1}\n", (3, 3), Code.UNSUPPORTED, "Merging"),
    Bad("Y12", "a: !!python/object/apply:os.system [x]\n", (1, 4), Code.UNSUPPORTED, "Tags such as '!!python/object"),
    Bad("Y13", "a: !ENV SECRET\n", (1, 4), Code.UNSUPPORTED, "'!ENV'"),
    Bad("Y13 list", "- !include x\n", (1, 3), Code.UNSUPPORTED, "'!include'"),
    Bad("Y13 alone", "a: ! x\n", (1, 4), Code.UNSUPPORTED, "Tags"),
    Bad("Y15", "- " * 1_100, (1, 41), Code.LIMIT, "deeper than 20"),
    Bad("Y15 brackets", "a: " + "[" * 30, (1, 23), Code.LIMIT, "deeper than 20"),
    Bad("Y16", "a: 1\n---\nb: 2\n", (2, 1), Code.UNSUPPORTED, "second document"),
    Bad("Y16 dots", "a: 1\n...\nb: 2\n", (3, 1), Code.SYNTAX),
    Bad("Y16 directive", "%YAML 1.2\n---\na: 1\n", (1, 1), Code.UNSUPPORTED, "begin with %"),
    Bad("Y20 list", "? [a, b]\n: c\n", (1, 3), Code.UNSUPPORTED, "cannot be a key"),
    Bad("Y20 number", "1: a\n", (1, 1), Code.UNSUPPORTED, "key 1 is not plain text", '"1":'),
    Bad("Y20 boolean", "true: a\n", (1, 1), Code.UNSUPPORTED, "key true"),
    Bad("Y20 null", "~: a\n", (1, 1), Code.UNSUPPORTED, "key ~"),
    Bad("Y20 none", "{: a}\n", (1, 2), Code.SYNTAX, "no key before"),
    Bad("Y20 none, explicit", "?\n: a\n", (1, 2), Code.UNSUPPORTED, "no key before"),
    Bad("Y20 none, quoted", '"": a\n', (1, 1), Code.UNSUPPORTED, "no key before"),
    Bad("Y20 none in a block", "a: 1\n: b\n", (2, 1), Code.SYNTAX, "no key before"),
    Bad("Y22", "key:\u00a0value\n", (1, 5), Code.SYNTAX, r"invisible character .*U\+00A0", "key: value"),
    Bad("Y22 among keys", "a: 1\nkey:\u00a0value\nc: 2\n", (2, 5), Code.SYNTAX, r"U\+00A0", "key: value"),
    Bad("Y22 further in", "a:\n  key:\u3000value\n", (2, 7), Code.SYNTAX, r"U\+3000", "  key: value"),
    Bad("Y22 in the key", "ow\u200bner: x\n", (1, 3), Code.SYNTAX, r"U\+200B", "owner"),
    Bad("Y22 as indent", "\u00a0\u00a0b: 1\n", (1, 1), Code.SYNTAX, r"U\+00A0"),
    Bad("Y26 NUL", "a: x\0\n", (1, 5), Code.ENCODING, r"U\+0000"),
    Bad("Y26 BEL", "b: 1\na: x\7\n", (2, 5), Code.ENCODING, r"U\+0007"),
    Bad("Y26 DEL", "a: x\x7f\n", (1, 5), Code.ENCODING, r"U\+007F"),
    Bad("Y26 NEL", "a: x\x85\n", (1, 5), Code.ENCODING, r"U\+0085"),
    Bad("Y26 lone surrogate", "a: x\ud800\n", (1, 5), Code.ENCODING, r"U\+D800"),
    Bad("Y26 escape", 'a: "x\\0"\n', (1, 4), Code.ENCODING, r"U\+0000"),
    Bad("Y26 backslash", 'a: "C:\\Users"\n', (1, 7), Code.SYNTAX, "is not a code", "a: 'C:\\Users'"),
]
