from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from portal_gen.contract import Page
from portal_gen.host.docs_tree import ensure_skeleton, page_source, write_docs_tree


def page(path, title="T", description="D", markdown="text\n"):
    return Page(path=path, title=title, description=description, markdown=markdown, section="s")


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@given(st.text(), st.text())
def test_front_matter_gives_back_what_went_in(title, description):
    text, meta = get_data(page_source(page("a", title, description, "body\n")).decode())
    assert meta == {"title": title, "description": description}
    assert text == "body\n"


def test_the_tree_holds_the_site_and_nothing_else(portal, tmp_path):
    folder = tmp_path / "docs"
    site = portal.sites["en"]
    write_docs_tree(site, folder)
    assert set(tree(folder)) == {f"{p.path}.md" for p in site.pages} | {"files/logo.svg", "assets/sections.css"}
    (folder / "left" / "over").mkdir(parents=True)
    (folder / "left" / "over" / "page.md").write_text("yesterday's")
    (folder / "link.md").symlink_to(tmp_path / "logo.svg")
    write_docs_tree(replace(site, pages=site.pages[:2]), folder)
    assert set(tree(folder)) == {"index.md", "faq.md", "files/logo.svg", "assets/sections.css"}
    assert not (folder / "booking").exists()
    assert not (folder / "left").exists()
    assert (tmp_path / "logo.svg").exists()


def test_a_file_is_written_only_when_it_changed(portal, tmp_path):
    site = portal.sites["en"]
    write_docs_tree(site, tmp_path / "docs")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "docs").rglob("*.*")}
    changed = replace(site, pages=(replace(site.pages[0], markdown="new\n"), *site.pages[1:]))
    write_docs_tree(changed, tmp_path / "docs")
    after = {p: p.stat().st_mtime_ns for p in (tmp_path / "docs").rglob("*.*")}
    assert {p.name for p in after if after[p] != before[p]} == {"index.md"}
    assert all(p.stat().st_mode & 0o777 == 0o644 for p in after if p.is_file())


def test_what_stands_in_the_way_is_replaced(portal, tmp_path):
    folder = tmp_path / "docs"
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "index.md").mkdir(parents=True)
    (folder / "booking").symlink_to(outside)
    write_docs_tree(portal.sites["en"], folder)
    assert (folder / "index.md").is_file()
    assert not list(outside.iterdir())


@pytest.mark.parametrize(
    "paths",
    [
        ("Plan", "plan"),
        ("caf\u00e9", "cafe\u0301"),
        ("Plan/a", "plan/b"),
        ("a", "a"),
        ("a.md/b", "a"),
        ("../a",),
        ("/a",),
        ("a//b",),
        ("a\\b",),
    ],
)
def test_paths_that_cannot_stand_side_by_side(portal, tmp_path, paths):
    site = replace(portal.sites["en"], pages=tuple(page(p) for p in paths))
    with pytest.raises(ValueError, match=r"path|lie in"):
        write_docs_tree(site, tmp_path / "docs")
    assert not (tmp_path / "docs").exists()


def test_a_host_without_the_plugin_finds_an_empty_folder(tmp_path):
    ensure_skeleton(tmp_path)
    assert set(tree(tmp_path / ".portal")) == {".gitignore", "empty/.gitkeep"}


def test_the_skeleton_in_the_repository_is_the_one_we_make(root, tmp_path):
    ensure_skeleton(tmp_path)
    assert (tmp_path / ".portal" / ".gitignore").read_text() == (root / ".portal" / ".gitignore").read_text()
