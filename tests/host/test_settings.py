import re
from dataclasses import replace

from portal_sample import AS_OF, make_portal

from portal_gen.contract import Portal
from portal_gen.host.finished_page import contents, wants_contents, with_tables
from portal_gen.host.links import LinkCheck
from portal_gen.host.mkdocs_settings import is_unused, paths, theme_language
from portal_gen.host.settings import HAN_SEPARATOR, Rendering, autonym, navigation, template_values


def alternates(values, page):
    return [(other.tag, other.url) for other in values.pages[page].alternates]


def test_the_switcher_keeps_the_page(portal):
    there = template_values(Rendering(portal, "en", AS_OF))
    assert alternates(there, "index.md") == [("zh", "zh/")]
    assert alternates(there, "booking/timeline.md") == [("zh", "../../zh/booking/timeline/")]
    back = template_values(Rendering(portal, "zh", AS_OF))
    assert alternates(back, "index.md") == [("en", "../")]
    assert alternates(back, "booking/timeline.md") == [("en", "../../../booking/timeline/")]


def test_a_page_that_is_not_translated_leads_to_the_nearest_that_is(portal):
    chinese = portal.sites["zh"]
    short = replace(chinese, pages=tuple(p for p in chinese.pages if p.in_nav and p.path != "faq"))
    shown = template_values(Rendering(Portal(portal.client, {**portal.sites, "zh": short}), "en", AS_OF))
    assert alternates(shown, "booking/minutes/2026-11-02.md") == [("zh", "../../../zh/booking/minutes/")]
    assert alternates(shown, "faq.md") == [("zh", "../zh/")]


def test_a_page_outside_the_navigation_names_its_parent(portal):
    pages = template_values(Rendering(portal, "en", AS_OF)).pages
    parent = pages["booking/minutes/2026-11-02.md"].parent
    assert (parent.source, parent.title, parent.url) == (
        "booking/minutes/index.md",
        "Minutes",
        "../../../booking/minutes/",
    )
    assert pages["booking/timeline.md"].parent is None


def test_all_texts_are_escaped(tmp_path):
    portal = make_portal(tmp_path, name='<b> & "Co"')
    values = template_values(Rendering(portal, "en", AS_OF))
    assert str(values.name) == "&lt;b&gt; &amp; &#34;Co&#34;"
    group = navigation(portal.sites["en"])[-1]
    assert [str(title) for title in group] == ["Online booking &amp; reminders"]


def test_paths_of_a_navigation(portal):
    assert paths(navigation(portal.sites["en"])) == {f"{p.path}.md" for p in portal.sites["en"].pages if p.in_nav}


def test_languages_call_themselves():
    assert [autonym(tag) for tag in ("en", "zh", "de", "zz-")] == ["English", "中文", "Deutsch", "zz-"]


def test_the_theme_has_a_language_for_every_tag(tmp_path):
    folder = tmp_path / "partials" / "languages"
    folder.mkdir(parents=True)
    for tag in ("en", "zh", "zh-Hant"):
        (folder / f"{tag}.html").touch()
    found = {tag: theme_language([str(tmp_path)], tag) for tag in ("zh", "zh-Hant", "zh-Hans", "xx")}
    assert found == {"zh": "zh", "zh-Hant": "zh-Hant", "zh-Hans": "zh", "xx": "en"}


def test_chinese_is_cut_before_each_character_and_each_word():
    parts = re.split(HAN_SEPARATOR, "用UAT测试，API v2", flags=re.ASCII)  # as a browser splits
    assert [p for p in parts if p] == ["用", "UAT", "测", "试", "API", "v2"]


def test_files_of_the_theme_that_no_page_asks_for():
    lunr = "assets/javascripts/lunr/"
    assert is_unused("assets/javascripts/bundle.js.map", [])
    assert is_unused(f"{lunr}min/lunr.de.min.js", ["en"])
    assert not is_unused(f"{lunr}min/lunr.de.min.js", ["de"])
    assert not is_unused(f"{lunr}min/lunr.stemmer.support.min.js", ["de"])
    assert not is_unused(f"{lunr}tinyseg.js", ["ja"])
    assert not is_unused("assets/javascripts/bundle.js", [])


def test_contents_of_a_page():
    html = (
        '<h1>T</h1><h2 id="a">A <b>&amp; B</b><a class="x headerlink" href="#a">#</a></h2>'
        '<h3 id="b">C</h3><h2 id="d">D</h2>'
    )
    (root,) = contents(html)
    found = [(str(item.title), item.id, [below.id for below in item.children]) for item in root.children]
    assert found == [("A &amp; B", "a", ["b"]), ("D", "d", [])]
    assert not wants_contents(html, [root])
    many = "".join(f'<h2 id="h{i}">x</h2>' for i in range(6))
    assert wants_contents(many, contents(many))
    assert not wants_contents(f'{many}<div class="p-scroll">', contents(many))


def test_tables_get_a_frame_of_their_own():
    framed = with_tables("<table><tr></tr></table>", 'A "table"')
    frame = '<div class="p-rows" tabindex="0" role="group" aria-label="A &quot;table&quot;">'
    assert framed == f'{frame}<table class="p-grid"><tr></tr></table></div>'
    ours = '<div class="p-table">\n<table><tr></tr></table>\n</div>'
    assert with_tables(ours, "x") == ours.replace("<table>", '<table class="p-grid">')
    assert with_tables('<table class="own"></table>', "x") == '<table class="own"></table>'


def test_broken_links_are_found(tmp_path):
    pages = {
        "index.html": '<p id="here"><a href="a/#%E6%9C%AF">ok</a> <a href="a/#no">x</a> <a href="b/">x</a>'
        '<img src="a/p.png"> <a href="https://example.com/">ok</a> <a href="../x">x</a> <a href="#here">ok</a>'
        '<a href="mailto:a@example.com">ok</a> <a href="f.pdf#page=2">ok</a>'
        '<code>&lt;a href="nowhere"&gt;</code><script>"<a href=\'never\'>"</script> say <b>href="quoted"</b>',
        "a/index.html": '<h2 id="术">x</h2><a href="..">ok</a> <a href="#here">x</a>',
    }
    check = LinkCheck()
    for path, html in pages.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(html, "utf-8")
        check.add(path, html)
    (tmp_path / "f.pdf").touch()
    assert check.broken(tmp_path) == [
        "a/index.html: #here",
        "index.html: ../x",
        "index.html: a/#no",
        "index.html: a/p.png",
        "index.html: b/",
    ]
