"""The shape of the code: sizes, and a section that is added by adding one folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import portal_gen

PACKAGE = Path(portal_gen.__file__).parent
LONGEST = 400


def test_no_file_is_two_files():
    long = {p.name: n for p in PACKAGE.rglob("*.py") if (n := len(p.read_text("utf-8").splitlines())) > LONGEST}
    assert not long


def test_the_pipeline_reads_in_two_minutes():
    assert len((PACKAGE / "compile.py").read_text("utf-8").splitlines()) <= 130


SECTION = '''
"""Weather: what it was like on site."""

from portal_gen.contract import Section, Target, View
from portal_gen.source.fields import Id, LocalText
from portal_gen.source.record import Record, read_records


class Day(Record):
    noun = "day"
    id: Id
    sky: LocalText


class Days(Record):
    days: tuple[Day, ...]


def load(source, report):
    days = ()
    for folder in source.projects.values():
        days += read_records(folder.yaml("weather.yml"), Day, report)
    return Days(days=days, __node__=days[0].node) if days else None


def facts(records):
    for day in records.days:
        yield Target(place=day.place, space="weather", id=day.id, title=day.sky, page="weather", anchor=day.id)


def views(records, derived, reader):
    yield View(
        path="weather", title=reader.word("Weather"), description="", template="page.md.jinja", data=records
    )


SECTION = Section(name="weather", order=90, load=load, facts=facts, views=views)
'''
TEMPLATE = '<h1>{{ title }}</h1>\n{% for day in view.days %}\n<p id="{{ day.id }}">{{ day.sky }}</p>\n{% endfor %}\n'
PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Weather"\nmsgstr "天气"\n'


def test_adding_a_section_touches_one_folder(tmp_path):
    """A folder dropped into a copy of the package gives a page, a navigation entry, words, checks and a style."""
    copy = tmp_path / "lib" / "portal_gen"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parent / "themes", tmp_path / "lib" / "themes")
    folder = copy / "sections" / "weather"
    (folder / "locales").mkdir(parents=True)
    (folder / "__init__.py").write_text(SECTION, "utf-8")
    (folder / "page.md.jinja").write_text(TEMPLATE, "utf-8")
    (folder / "section.css").write_text(".weather { color: var(--p-ink); }\n", "utf-8")
    (folder / "locales" / "zh.po").write_text(PO, "utf-8")

    def portal(*arguments):
        return subprocess.run(
            [sys.executable, "-c", "from portal_gen.cli import main; main()", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "lib")},
            capture_output=True,
            text=True,
            check=False,
        )

    assert (
        portal("new", "client", "acme", "--language", "zh", "--region", "CN", "--as-of", "2026-11-24").returncode == 0
    )
    data = tmp_path / "content" / "acme" / "project" / "weather.yml"
    data.write_text("- {id: monday, sky: blue & bright}\n- {id: tuesday, ski: grey}\n", "utf-8")
    checked = portal("check")
    assert checked.returncode == 1
    assert "weather.yml:2:17: error: A day has no key 'ski'. [unknown-key]" in checked.stderr
    data.write_text("- {id: monday, sky: blue & bright}\n", "utf-8")
    built = portal("build", "--as-of", "2026-11-24")
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "site" / "acme" / "weather" / "index.html").read_text("utf-8")
    assert '<p id="monday">blue &amp; bright</p>' in page
    home = (tmp_path / "site" / "acme" / "index.html").read_text("utf-8")
    assert 'href="weather/"' in home
    assert "天气" in home
    assert ".weather {" in (tmp_path / "site" / "acme" / "assets" / "sections.css").read_text("utf-8")
