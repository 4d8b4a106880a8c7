"""What `make bench` measures with a clock, told by counts: how much work a build does as a portfolio grows."""

import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import portal_gen
from portal_gen.compile import compile_portal
from portal_gen.compute import terms
from portal_gen.diagnostics import Report
from portal_gen.publish.many import plan, publish_all
from portal_gen.publish.state import Run
from tests.bench import facts, our_content, peer_content
from tests.bench.facts import AS_OF, Size
from tests.sites import contents, portal

USUAL = Size()


OURS = str(Path(portal_gen.__file__).parent)


@contextmanager
def counted_calls():
    """Count the calls of each of our functions, and of the Markdown parser."""
    found = Counter()

    def note(frame, event, _):
        code = frame.f_code
        if event == "call" and (code.co_filename.startswith(OURS) or code is MarkdownIt.parse.__code__):
            found[f"{Path(code.co_filename).name}:{code.co_qualname}"] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)


@contextmanager
def counted_steps():
    """Count the lines of our code that are run, each turn of a loop anew."""
    found = Counter()

    def note(frame, event, _):
        if event == "call":
            return note if frame.f_code.co_filename.startswith(OURS) else None
        found[event] += 1
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        yield found
    finally:
        sys.settrace(before)


def portfolio(folder, number=1, size=USUAL):
    our_content.write(facts.clients(number, 1, size), folder)
    return folder


def compiled(folder):
    report = Report()
    found = compile_portal(folder / "content", "client-0000", AS_OF, report)
    assert found is not None, report.diagnostics
    return found


@pytest.fixture(scope="module")
def sizes(tmp_path_factory):
    """The same client, usual, with ten times the pages, and with 2,000 terms."""
    root = tmp_path_factory.mktemp("sizes")
    made = {"usual": USUAL, "pages": Size(pages=10), "terms": Size(terms=2000)}
    return {name: portfolio(root / name, size=size) for name, size in made.items()}


def test_the_portfolio_is_the_same_twice(tmp_path):
    for name in ("one", "two"):
        our_content.write(facts.clients(2, 7, USUAL), tmp_path / name / "ours")
        peer_content.write(facts.clients(2, 7, USUAL), tmp_path / name / "peers")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_client_is_the_same_whatever_their_number():
    assert facts.clients(2, 7, USUAL) == facts.clients(4, 7, USUAL)[:2]
    assert facts.clients(2, 7, USUAL) != facts.clients(2, 8, USUAL)


def test_the_content_is_in_order(tmp_path):
    """Four clients: the fourth is Chinese."""
    portfolio(tmp_path, number=4)
    found = portal("check", "--as-of", AS_OF.isoformat(), cwd=tmp_path)
    assert (found.returncode, found.stdout + found.stderr) == (0, "4 clients checked: all in order.\n")


@pytest.mark.parametrize("size", [USUAL, Size(pages=3), Size(minutes=40)])
def test_we_and_the_others_have_the_same_pages(tmp_path, size):
    """As many, and about the same: no deliverable, minutes or question is missing on either side."""
    client = facts.clients(1, 1, size)[0]
    our_content.write([client], tmp_path)
    ours = compiled(tmp_path).sites["en"].pages
    theirs = peer_content.pages(client, peer_content.markdown_link)
    assert len(ours) == len(theirs) == size.total
    assert {Path(p.path).name for p in ours} >= {d.id for d in client.deliverables} | {m.id for m in client.meetings}
    for written in (*(m.notes[0][1] for m in client.meetings), *(answer for _, answer in client.questions)):
        assert any(written in body for _, body in theirs.values())


@pytest.fixture(scope="module")
def work(sizes):
    """The pages of the usual client and of one with ten times as many, and the calls that compiling them took."""
    compiled(sizes["usual"])  # what is done once for a process is done now
    found = {}
    for name in ("usual", "pages"):
        with counted_calls() as calls:
            pages = compiled(sizes[name]).sites["en"].pages
        found[name] = (pages, calls)
    return found


def test_work_grows_with_the_pages(work):
    """Ten times the pages, 13.2 times the deliverables and minutes: nothing is called far more often than that."""
    (usual, before), (many, after) = work["usual"], work["pages"]
    assert (len(usual), len(many)) == (38, 380)
    most = (Size(pages=10).total - facts.OTHER_PAGES) / (USUAL.total - facts.OTHER_PAGES)
    assert len(before) > 100
    assert before["terms.py:TermIndex.find"] >= 37
    # Chance makes texts and drawings larger here and there: half as much again is no square.
    steep = {key: (before[key], calls) for key, calls in after.items() if calls > 1.5 * most * max(before[key], 38)}
    assert not steep


def test_the_bytes_of_a_page_do_not_grow_with_the_pages(work):
    """No page but the lists carries the others: what is written grows with the pages, not with their square."""
    sizes = [sorted(len(p.markdown) for p in pages if "/minutes/2" in p.path) for pages, _ in work.values()]
    usual, many = (lengths[len(lengths) // 2] for lengths in sizes)
    assert many <= 1.1 * usual


def test_many_terms_are_hardly_more_work_for_a_page(sizes):
    """2,000 terms instead of 40: a text is looked through in nearly as many steps."""
    steps = {}
    texts = [text for meeting in facts.clients(1, 1, USUAL)[0].meetings for _, text in meeting.notes]
    for name, number in (("usual", 40), ("terms", 2000)):
        index = terms.TermIndex.build(terms.surfaces(compiled(sizes[name]).sites["en"].terms, "en"))
        assert len(index.term_ids) == number
        with counted_steps() as found:
            matches = [index.find(text) for text in texts]
        assert sum(map(len, matches)) > len(texts)
        steps[name] = found["line"]
    assert 1000 < steps["terms"] <= 1.3 * steps["usual"], steps


def test_the_work_for_a_client_is_the_same_beside_many(tmp_path, monkeypatch):
    """Four clients write four times what one does: no client pays for the others."""
    written = {}
    for number in (1, 4):
        folder = portfolio(tmp_path / str(number), number=number)
        clients = [f"client-{n:04d}" for n in range(number)]
        monkeypatch.chdir(folder)
        with counted_calls() as found:
            run = Run(folder / "content", folder / "site", folder / "mkdocs.yml", AS_OF)
            for outcome in publish_all(plan(run, clients), jobs=1):
                assert outcome.published, outcome
        files = [p for p in (folder / "site" / "client-0000").rglob("*") if p.is_file()]
        written[number] = (len(files), found.total())
    assert written[1][0] == written[4][0]
    assert written[4][1] <= 4.4 * written[1][1], written
