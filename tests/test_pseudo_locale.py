"""Every word of the interface can be translated: in the pseudo-locale, no visible English is left on any page."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import material
import pytest

from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Report
from portal_gen.host.mkdocs_build import render_portal
from portal_gen.language import PSEUDO
from tests.small_client import write_small_client

AS_OF = date(2026, 11, 24)
SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-label", "content", "label", "summary")
VOID = {"meta", "link", "input", "br", "img", "hr", "source", "wbr", "col"}
# What no catalogue can hold: dates and sizes come from CLDR, and these are names.
DATES = re.compile(
    r"\b((Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w* )?(\d{1,2} )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b( \d{4})?"
    r"|\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
NAMES = re.compile(
    r"\bSHA-256\b|\b[0-9a-f]{12,}…?|[\w.]+@example\.com|\bexample\.com\b|\bShanghai\b|\b(English|Chinese)\b"
)
TYPES = {
    "index",
    "faq",
    "glossary",
    "people",
    "booking/index",
    "booking/scope",
    "booking/timeline",
    "booking/deliverables",
    "booking/deliverables/widget",
    "booking/minutes",
    "booking/minutes/2026-11-02",
    "booking/actions",
    "booking/decisions",
}


class Said(HTMLParser):
    """What a page says, to eyes and ears: (text, the language it is marked with)."""

    def __init__(self):
        super().__init__()
        self.open, self.found = [("", "")], []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        language = values.get("lang", self.open[-1][1])
        self.found += [
            (values[name], language)
            for name in SPOKEN
            if values.get(name) and (tag != "meta" or (name == "content" and values.get("name") == "description"))
        ]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while tag not in VOID and len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and self.open[-1][0] not in ("script", "style"):
            self.found.append((" ".join(data.split()), self.open[-1][1]))


def said(html):
    parser = Said()
    parser.feed(html)
    return parser.found


def materials_own():
    """The words that Material has in its own catalogues, for all our languages."""
    source = Path(material.__file__).parent / "templates" / "partials" / "languages" / "en.html"
    return set(re.findall(r'": "([^"]+)"', source.read_text("utf-8")))


def left_over(text):
    """The English in a text that no translator could reach."""
    return re.findall(r"[A-Za-z]{2,}", NAMES.sub(" ", DATES.sub(" ", text)))


@pytest.fixture(scope="module")
def pages(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pseudo")
    write_small_client(folder / "content", (PSEUDO,))
    (folder / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text())
    portal = compile_portal(folder / "content", "clinic", AS_OF, Report())
    made = render_portal(folder / "mkdocs.yml", folder / "content", "clinic", folder / "site", AS_OF, portal=portal)
    assert made.ok, made.messages
    site = folder / "site" / PSEUDO
    return {
        "/".join(p.relative_to(site).parent.parts) or "index": p.read_text("utf-8") for p in site.rglob("index.html")
    }


def test_every_type_of_page_is_there(pages):
    names = {n if n not in ("booking", "signs") else f"{n}/index" for n in pages}
    assert names >= TYPES


def test_no_interface_word_is_out_of_reach(pages):
    allowed = materials_own()
    left = {
        f"{name}: {text}"
        for name, html in pages.items()
        for text, language in said(html)
        if language.startswith("en") and text not in allowed and left_over(text)
    }
    assert not left


def test_interface_words_are_in_brackets(pages):
    """Some of each page, by the accents that only the pseudo-locale has."""
    for name, html in pages.items():
        accented = [text for text, _ in said(html) if re.search("[ŵöŕķñðéţ]", text)]
        assert accented, name
        assert all("[" in text or "]" in text for text in accented), (name, accented)


def test_authored_text_is_as_it_was_written(pages):
    for name, text in (
        ("booking/minutes/2026-11-02", "提供测试账号"),
        ("booking/timeline", "预约组件"),
        ("booking/scope", "夜间可预约"),
        ("faq", "谁可以预约？"),
        ("people", "运营总监"),
    ):
        texts = [t for t, language in said(pages[name]) if language == "zh"]
        assert text in texts, name
        assert not [t for t in texts if "[" in t], name


def test_the_measure_sees_what_was_forgotten():
    html = '<html lang="en"><p>[Ðöñé] Done</p><a aria-label="Link">[x]</a><p lang="zh">Done</p><time>5 Mar 2026</time>'
    assert [t for t, language in said(html) if language == "en" and left_over(t)] == ["[Ðöñé] Done", "Link"]
