"""The same input gives the same bytes: by either command, in another folder, zone, locale and hash seed."""

import shutil

import pytest

from tests.sites import AS_OF, CLIENTS, ROOT, contents, mkdocs, portal


@pytest.mark.parametrize("client", CLIENTS)
def test_mkdocs_build_gives_what_portal_build_gives(client, examples, tmp_path):
    done = mkdocs(client, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    ours, theirs = contents(examples / client), contents(tmp_path / "site")
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert "index.html" in ours


def test_another_folder_zone_locale_and_seed(examples, tmp_path):
    for name in ("content", ".portal", "themes", "mkdocs.yml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / "somewhere else" / name, ignore=shutil.ignore_patterns("docs"))
        else:
            shutil.copy(source, tmp_path / "somewhere else" / name)
    env = {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "86400"}
    built = portal("build", "--as-of", AS_OF, "--site", "out", cwd=tmp_path / "somewhere else", env=env)
    assert built.returncode == 0, built.stderr
    for client in CLIENTS:
        ours, theirs = contents(examples / client), contents(tmp_path / "somewhere else" / "out" / client)
        assert sorted(ours) == sorted(theirs)
        assert [name for name in ours if ours[name] != theirs[name]] == []
