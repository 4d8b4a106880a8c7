"""Publishing: whole or not at all."""

import os
from pathlib import Path

import pytest

from portal_gen.publish import one
from portal_gen.publish.one import exchange, settle, swap_in
from portal_gen.publish.site import ASIDE, UnsafeSiteError, check_site, open_site, portal_lock
from portal_gen.publish.state import STATE


def portal(folder: Path, word: str) -> Path:
    (folder / "sub").mkdir(parents=True)
    for name in ("index.html", "sub/page.html"):
        (folder / name).write_text(word)
    return folder


def words(folder: Path) -> set[str]:
    return {p.read_text() for p in folder.rglob("*.html")}


def test_exchange_is_one_step_on_linux(tmp_path):
    a, b = portal(tmp_path / "a", "old"), portal(tmp_path / "b", "new")
    assert exchange(a, b)
    assert words(a) == {"new"}
    assert words(b) == {"old"}


@pytest.mark.parametrize("atomic", [True, False])
def test_swap_in(tmp_path, monkeypatch, atomic):
    if not atomic:
        monkeypatch.setattr(one, "exchange", lambda *_: False)
    aside = tmp_path / STATE / ASIDE
    target = tmp_path / "acme"
    for word in ("first", "second"):
        swap_in(portal(aside / "acme.new", word), target, aside / "acme.old")
        assert words(target) == {word}
        assert not list(aside.iterdir())


def test_a_build_killed_between_two_renames_is_put_right(tmp_path):
    portal(tmp_path / STATE / ASIDE / "acme.old", "yesterday")
    portal(tmp_path / STATE / ASIDE / "acme.new", "today")
    open_site(tmp_path)
    assert words(tmp_path / "acme") == {"yesterday"}
    assert not list((tmp_path / STATE / ASIDE).iterdir())


def test_what_is_published_is_not_replaced_by_what_was_left_aside(tmp_path):
    portal(tmp_path / "acme", "today")
    portal(tmp_path / STATE / ASIDE / "acme.old", "yesterday")
    open_site(tmp_path)
    assert words(tmp_path / "acme") == {"today"}


def test_what_another_build_is_making_is_left_to_it(tmp_path):
    portal(tmp_path / STATE / ASIDE / "acme.new", "half")
    portal(tmp_path / STATE / ASIDE / "beta.new", "left behind")
    with portal_lock(tmp_path, "acme"):
        open_site(tmp_path)
    assert [p.name for p in (tmp_path / STATE / ASIDE).iterdir()] == ["acme.new"]


def test_what_is_remembered_is_not_for_readers(tmp_path):
    open_site(tmp_path)
    assert oct((tmp_path / STATE).stat().st_mode & 0o777) == "0o700"


def test_modes_do_not_depend_on_the_umask(tmp_path):
    old = os.umask(0o077)
    try:
        folder = portal(tmp_path / "x", "word")
    finally:
        os.umask(old)
    settle(folder)
    assert {oct(p.stat().st_mode & 0o777) for p in folder.rglob("*")} == {"0o644", "0o755"}


@pytest.mark.parametrize("site", ["content", "content/site", "."])
def test_a_site_in_the_content_or_around_it_is_refused(tmp_path, site):
    (tmp_path / "content").mkdir()
    with pytest.raises(UnsafeSiteError):
        check_site(tmp_path / site, tmp_path / "content")
    assert not (tmp_path / site / STATE).exists()


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.doc").write_text("mine")
    with pytest.raises(UnsafeSiteError):
        check_site(tmp_path / "site", tmp_path / "content")
    assert [p.name for p in (tmp_path / "site").iterdir()] == ["thesis.doc"]


def test_a_file_is_refused(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "site").write_text("a file")
    with pytest.raises(UnsafeSiteError):
        check_site(tmp_path / "site", tmp_path / "content")
