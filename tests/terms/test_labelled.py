"""Paragraphs whose right links were marked by hand: how many links are right, how many missed, which cut words."""

import re
from pathlib import Path

import pytest

from portal_gen.compute.terms import TermIndex, surfaces
from portal_gen.contract import Term, TermLinks
from portal_gen.diagnostics import Report
from portal_gen.pages.term_links import link_terms
from portal_gen.sections.glossary.model import GlossaryRecords, read_terms
from portal_gen.sections.glossary.view import facts
from portal_gen.source.yaml_file import parse_yaml

FOLDER = Path(__file__).parent / "labelled"
MARK = re.compile(r"\[\[|\]\]|\{\{|\}\}")
BUTTON = re.compile(r'<button type="button" class="term"[^>]*>|</button>')


def paragraphs(language):
    for path in sorted(FOLDER.glob(f"*.{language}.txt")):
        for text in path.read_text("utf-8").split("\n\n"):
            yield path.name, text.strip()


def spans(text, marks):
    """The text without marks, and what stands between each opening mark and its end, by kind."""
    plain, found, opened, at = "", [], [], 0
    for mark in marks.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        if mark[0] in ("]]", "}}", "</button>"):
            kind, start = opened.pop()
            found.append((kind, start, len(plain)))
        else:
            opened.append((mark[0][:2], len(plain)))
    return plain + text[at:], found


@pytest.fixture(scope="module")
def found():
    """Of each language: the paragraphs with what was marked, what was linked, and which of the latter cut a word."""
    report = Report()
    terms = read_terms(parse_yaml((FOLDER / "glossary.yml").read_text("utf-8"), "glossary.yml", report), report)
    assert not report.diagnostics
    records = GlossaryRecords.model_construct(terms=terms, projects=(), default="en", node=terms[0].node)
    known = [fact for fact in facts(records) if isinstance(fact, Term)]
    out = {}
    for language in ("en", "zh"):
        index = TermIndex.build(surfaces(known, language))
        rows = []
        for name, text in paragraphs(language):
            html, marked = spans(text, MARK)
            linked_html, _ = link_terms(f"<p>{html}</p>", index, lambda _: True, TermLinks.ALL)
            again, linked = spans(linked_html.removeprefix("<p>").removesuffix("</p>"), BUTTON)
            assert again == html
            right = {(a, b) for kind, a, b in marked if kind == "[["}
            traps = [(a, b) for kind, a, b in marked if kind == "{{"]
            rows.append((f"{name}: {html}", right, {(a, b) for _, a, b in linked}, traps))
        out[language] = rows
    return out


def score(rows):
    marked = sum(len(right) for _, right, _, _ in rows)
    linked = sum(len(links) for _, _, links, _ in rows)
    both = sum(len(right & links) for _, right, links, _ in rows)
    cut = sum(any(a < d and c < b for c, d in traps) for _, _, links, traps in rows for a, b in links)
    return {
        "marked": marked,
        "linked": linked,
        "precision": both / linked,
        "recall": both / marked,
        "cut": cut / linked,
    }


def test_there_are_enough_of_them(found):
    assert sum(len(rows) for rows in found.values()) >= 300
    assert all(len(rows) >= 150 for rows in found.values())
    assert all(sum(not right for _, right, _, _ in rows) >= 30 for rows in found.values()), "many must stay unlinked"
    assert sum(len(traps) for *_, traps in found["zh"]) >= 8
    assert len({text for rows in found.values() for text, *_ in rows}) == sum(map(len, found.values()))


@pytest.mark.parametrize("languages", [("en",), ("zh",), ("en", "zh")])
def test_precision_recall_and_cut_words(found, languages):
    rows = [row for language in languages for row in found[language]]
    got = score(rows)
    wrong = "\n".join(
        f"{text}\n  missed {[text.partition(': ')[2][a:b] for a, b in right - links]}"
        f" wrong {[text.partition(': ')[2][a:b] for a, b in links - right]}"
        for text, right, links, _ in rows
        if right != links
    )
    print(got, wrong, sep="\n")  # noqa: T201 - the figures, under pytest -rP
    assert got["precision"] >= 0.98, wrong
    assert got["recall"] >= 0.95, wrong
    assert got["cut"] <= 0.01, wrong


def test_what_is_counted():
    """The measure itself: a miss, a false link and a cut word are each counted."""
    rows = [("x", {(0, 2), (4, 6)}, {(0, 2), (8, 10), (12, 14)}, [(13, 15)])]
    assert score(rows) == {"marked": 2, "linked": 3, "precision": 1 / 3, "recall": 1 / 2, "cut": 1 / 3}
    assert spans("a [[b]] {{c}}", MARK) == ("a b c", [("[[", 2, 3), ("{{", 4, 5)])
