"""Runs every section's cases: `cases/ok/*` must give the pages in `expected/`, `cases/bad/*` the marked errors.

`pytest --regen` rewrites the expected pages; read the difference before you commit it.
"""

import re
from datetime import date
from pathlib import Path

import pytest

import portal_gen.sections
from portal_gen.compile import client_ids, compile_portal
from portal_gen.diagnostics import Report, render_text

SECTIONS = Path(portal_gen.sections.__file__).parent
DAY = date(2026, 11, 24)
MARK = re.compile(r"#\s*(error|warning):\s*([a-z-]+)\s*$")


def cases(kind):
    return [
        pytest.param(p, id=f"{p.parents[2].name}/{p.name}")
        for p in sorted(SECTIONS.glob(f"*/cases/{kind}/*"))
        if p.is_dir()
    ]


def run(case):
    as_of = case / "as_of"
    day = date.fromisoformat(as_of.read_text().strip()) if as_of.exists() else DAY
    content = case / "content" if (case / "content").is_dir() else case
    (client,) = client_ids(content)
    report = Report()
    return compile_portal(content, client, day, report), report


@pytest.mark.parametrize("case", cases("ok"))
def test_ok(case, request):
    portal, report = run(case)
    assert portal, "\n".join(render_text(d) for d in report.diagnostics)
    section = case.parents[2].name
    made = {}
    for language, site in portal.sites.items():
        prefix = "" if language == portal.client.languages[0] else f"{language}/"
        made |= {f"{prefix}{p.path}.md": p.markdown for p in site.pages if p.section == section}
    expected = case / "expected"
    if request.config.getoption("--regen"):
        for name, text in made.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_text(text, "utf-8")
    known = {p.relative_to(expected).as_posix(): p.read_text("utf-8") for p in expected.rglob("*.md")}
    assert known
    assert {k: v for k, v in made.items() if k in known} == known


@pytest.mark.parametrize("case", cases("bad"))
def test_bad(case):
    portal, report = run(case)
    found = {(f"{d.place.file}:{d.place.line}", d.code.value) for d in report.diagnostics}
    content = case / "content" if (case / "content").is_dir() else case
    wanted = set()
    for path in content.rglob("*"):
        if path.is_file() and path.suffix in (".yml", ".md"):
            for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if mark := MARK.search(line):
                    wanted.add((f"{path.relative_to(content).as_posix()}:{n}", mark[2]))
    listed = case / "expected.txt"
    for line in listed.read_text("utf-8").splitlines() if listed.exists() else ():
        if line.strip():
            place, code = line.rsplit(": ", 1)
            file, number, column = place.rsplit(":", 2)
            wanted.add((f"{file}:{number}", code.strip()))
            assert any(str(d.place) == place.strip() for d in report.diagnostics), (
                f"nothing at column {column}: {[str(d.place) for d in report.diagnostics]}"
            )
    assert wanted, "a bad case must say what is wrong"
    assert found == wanted
    if any(d.severity == "error" for d in report.diagnostics):
        assert portal is None
