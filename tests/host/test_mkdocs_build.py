import json
import logging
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner
from portal_sample import AS_OF, make_portal

from portal_gen.cli.new import client
from portal_gen.contract import Portal
from portal_gen.host.mkdocs_build import render_portal


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def render(project, portal, name="site"):
    site = project / name
    result = render_portal(project / "mkdocs.yml", project / "content", portal.client.id, site, AS_OF, portal=portal)
    return result, site


@pytest.fixture
def site(project, portal):
    result, folder = render(project, portal)
    assert result.ok, result.messages
    assert result.messages == ()
    return folder


def test_every_page_in_every_language(site, portal):
    html = {p for p in tree(site) if p.endswith(".html")}
    own = {f"{p.path}/index.html".replace("index/index", "index") for p in portal.sites["en"].pages}
    assert html == own | {f"zh/{p}" for p in own}


def test_nothing_is_published_that_no_page_needs(site):
    files = set(tree(site))
    assert not {f for f in files if f.endswith((".map", ".gz", ".md", ".py"))}
    assert not {f for f in files for part in ("lunr/", "404", "sitemap") if part in f}
    assert sum(map(len, tree(site).values())) < 1_500_000


def test_the_search_of_each_language_has_its_own_settings(site):
    english = json.loads((site / "search" / "search_index.json").read_bytes())
    chinese = json.loads((site / "zh" / "search" / "search_index.json").read_bytes())
    assert english["config"]["separator"] != chinese["config"]["separator"]
    assert english["config"]["pipeline"] != chinese["config"]["pipeline"]
    assert {d["location"] for d in english["docs"]} >= {"", "booking/minutes/2026-11-02/"}


def test_no_page_asks_another_host_or_carries_a_style(site):
    for name, content in tree(site).items():
        if name.endswith(".html"):
            text = content.decode()
            assert "http://" not in text.replace("http://www.w3.org", "")
            assert "https://" not in text
            assert " style=" not in text
            assert 'name="robots" content="noindex' in text
            assert '<meta name="description" content="' in text


def test_a_page_outside_the_navigation_marks_and_names_its_parent(site):
    text = (site / "booking" / "minutes" / "2026-11-02" / "index.html").read_text("utf-8")
    assert '<p class="p-back"><a href="../../../booking/minutes/">Minutes</a></p>' in text
    assert text.count('aria-current="true">Minutes') == 1
    navigation = (site / "index.html").read_text("utf-8").split('<nav class="p-nav"')[1].split("</nav>")[0]
    assert "2026-11-02" not in navigation


def test_a_name_cannot_break_out_of_the_page(project, tmp_path):
    portal = make_portal(tmp_path, name='"><script>alert(1)</script> & Co')
    _, site = render(project, portal)
    for name, content in tree(site).items():
        if name.endswith((".html", ".svg")):
            assert b"<script>alert" not in content


def test_many_clients_in_one_process_do_not_mix(project, tmp_path):
    one = make_portal(tmp_path, client="one", languages=("zh", "en"))
    two = make_portal(tmp_path, client="two", name="Two", colour="#ffcc00", languages=("en",))
    alone = [tree(render(project, p, f"alone-{p.client.id}")[1]) for p in (two, one)]
    again = [tree(render(project, p, f"again-{p.client.id}")[1]) for p in (one, two, one)]
    assert alone == [again[1], again[0]]
    assert again[2] == again[0]


def test_the_output_is_what_the_command_gives(project, tmp_path):
    """`mkdocs build` in a process of its own, in another zone, with another seed: byte for byte the same."""
    day = ["--as-of", AS_OF.isoformat()]
    CliRunner().invoke(client, ["acme", "--content", str(project / "content"), *day], catch_exceptions=False)
    other = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "86400"}
    environment = {**os.environ, **other, "PORTAL_CLIENT": "acme", "PORTAL_AS_OF": AS_OF.isoformat()}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "by-command")]
    subprocess.run(command, cwd=project, check=True, env=environment, capture_output=True)
    result = render_portal(project / "mkdocs.yml", project / "content", "acme", tmp_path / "in-process", AS_OF)
    assert result.ok, result.messages
    assert tree(tmp_path / "in-process") == tree(tmp_path / "by-command")


def test_a_broken_link_keeps_the_portal_back(project, portal):
    english = portal.sites["en"]
    bad = replace(english.pages[3], markdown='<p><a href="../nowhere/">x</a></p>\n')
    site = replace(english, pages=(*english.pages[:3], bad, *english.pages[4:]))
    result, _ = render(project, Portal(portal.client, {**portal.sites, "en": site}))
    assert not result.ok
    assert "people/index.html: ../nowhere/" in result.messages[-1]


def test_a_page_in_the_place_of_a_language_is_refused(project, portal):
    english = portal.sites["en"]
    site = replace(english, pages=(*english.pages, replace(english.pages[3], path="zh/plan")))
    result, _ = render(project, Portal(portal.client, {**portal.sites, "en": site}))
    assert not result.ok
    assert "'zh/plan'" in result.messages[-1]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("- portal:\n      content: content\n", "", "does not name the plugin 'portal'"),
        ("name: material", "name: readthedocs", "theme must be Material"),
        ("theme:\n", "thema:\n", "Unrecognised configuration name: thema"),
        ("- search", "- serch", '"serch" plugin is not installed'),
    ],
)
def test_a_configuration_that_cannot_work_is_said_not_printed(project, portal, capsys, old, new, says):
    config = project / "mkdocs.yml"
    config.write_text(config.read_text().replace(old, new))
    result, _ = render(project, portal)
    assert not result.ok
    assert says in "\n".join(result.messages)
    assert capsys.readouterr() == ("", "")


def test_the_log_is_left_as_it_was(project, portal, capsys):
    logger = logging.getLogger("mkdocs")
    before = (logger.propagate, list(logger.handlers))
    render(project, portal)
    assert (logger.propagate, list(logger.handlers)) == before
    assert capsys.readouterr() == ("", "")


def test_a_project_called_templates_is_not_lost(project, portal):
    english = portal.sites["en"]
    moved = tuple(replace(p, path=p.path.replace("people", "templates/people")) for p in english.pages)
    nav = (("", tuple(p for p in moved if p.in_nav)),)
    site = replace(english, pages=moved, nav=nav)
    result, folder = render(project, Portal(replace(portal.client, languages=("en",)), {"en": site}))
    assert result.ok, result.messages
    assert (folder / "templates" / "people" / "index.html").is_file()
