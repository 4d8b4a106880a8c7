"""A folder has one name, whether git tells it or we compute it; where git may be wrong, it is not asked."""

import os
from pathlib import Path

import pytest

from portal_gen.publish import git
from portal_gen.publish.git import ask, clean_trees
from portal_gen.publish.trees import tree_id
from tests.publish.portfolio import commit, run_git, write

NAMES = ("a", "a-b", "a.b", "ab", "a b", "ä", "项目", "%20", "'q\"", "line\nbreak", "tab\there", "-dash", ":colon", "*")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch, tmp_path):
    """Git as it is without anybody's configuration."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(git, "SYSTEM_ATTRIBUTES", "/nowhere")


@pytest.fixture
def content(tmp_path):
    """A repository with three clients in its folder `content`, one of them with all that a folder can hold."""
    root = tmp_path / "repository"
    content = root / "content"
    for name in NAMES:
        write(content / "odd" / name / name / "file", name)
        write(content / "odd" / f"{name}.md", name)
        write(content / name / "client.yml", name)
    write(content / "odd" / "empty", "")
    (content / "odd" / "large").write_bytes(os.urandom((1 << 20) * 2 + 17))
    write(content / "odd" / "run.sh", "#!/bin/sh\n")
    (content / "odd" / "run.sh").chmod(0o755)
    (content / "odd" / "link").symlink_to("a/a/file")
    (content / "odd" / "nowhere").symlink_to("no such thing")
    write(content / "plain" / "client.yml", "name: Plain\n")
    write(content / "other" / "client.yml", "name: Other\n")
    write(content / "other" / "notes.md", "Notes.\n")
    write(root / ".gitignore", "*.log\nbuild/\n")
    run_git(root, "init", "-q")
    commit(root)
    return content


def by_hash(content: Path) -> dict[str, str]:
    return {p.name: tree_id(p) for p in content.iterdir() if p.is_dir() and not p.is_symlink()}


def by_git(content: Path) -> dict[str, str]:
    return clean_trees(ask(content))


def test_both_ways_give_one_id(content):
    assert by_git(content) == by_hash(content)
    assert len(by_git(content)) == len(NAMES) + 3


def test_empty_folders_and_git_itself_are_no_content(content):
    before = tree_id(content / "plain")
    (content / "plain" / "empty" / "emptier").mkdir(parents=True)
    write(content / "plain" / ".git" / "config", "x")
    assert tree_id(content / "plain") == before
    (content / "void").mkdir()
    assert tree_id(content / "void") == ""


def change(content: Path, kind: str) -> None:
    """Something that git must not overlook in the client `other`."""
    path = content / "other" / "notes.md"
    before = path.stat()
    if kind == "content":
        path.write_text("Other.\n")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif kind == "staged":
        path.write_text("Staged.\n")
        run_git(content, "add", "-A")
        path.write_text("Notes.\n")
    elif kind == "removed":
        path.unlink()
    elif kind == "renamed":
        path.rename(path.with_name("other.md"))
    elif kind == "untracked":
        write(content / "other" / "deep" / "new.md", "New.\n")
    elif kind == "ignored":
        write(content / "other" / "deep" / "new.log", "New.\n")
    elif kind == "ignored folder":
        write(content / "other" / "build" / "new.md", "New.\n")
    elif kind == "mode":
        path.chmod(0o755)
    elif kind == "link":
        path.unlink()
        path.symlink_to("client.yml")
    elif kind in ("skip-worktree", "assume-unchanged"):
        run_git(content, "update-index", f"--{kind}", "other/notes.md")
        path.write_text("Hidden.\n")
    elif kind == "sparse":
        run_git(content.parent, "sparse-checkout", "set", "--no-cone", "/*", "!/content/other/notes.md")
        assert not path.exists()
    elif kind == "nested repository":
        write(content / "other" / "inner" / "file.md", "Inner.\n")
        run_git(content / "other" / "inner", "init", "-q")
        commit(content / "other" / "inner")
    else:
        raise AssertionError(kind)


KINDS = (
    *("content", "staged", "removed", "renamed", "untracked", "ignored"),
    *("mode", "link", "skip-worktree", "assume-unchanged", "sparse"),
)


@pytest.mark.parametrize("kind", [*KINDS, "ignored folder", "nested repository"])
def test_a_change_is_seen_in_its_folder_and_no_other(content, kind):
    before = by_hash(content)
    change(content, kind)
    found = by_git(content)
    assert "other" not in found
    assert found == {name: digest for name, digest in before.items() if name != "other"}
    assert (by_hash(content).get("other") == before["other"]) is (kind == "staged")


def test_a_submodule_is_looked_into(content, tmp_path):
    write(tmp_path / "library" / "faq.md", "Soon.\n")
    run_git(tmp_path / "library", "init", "-q")
    commit(tmp_path / "library")
    run_git(content, "submodule", "--quiet", "add", str(tmp_path / "library"), "other/library")
    run_git(content, "submodule", "--quiet", "add", str(tmp_path / "library"), "whole")
    commit(content)
    before = tree_id(content / "other")
    assert {"other", "whole"}.isdisjoint(by_git(content))
    write(content / "other" / "library" / "more.log", "Ignored there, too.\n")
    assert tree_id(content / "other") != before


@pytest.mark.parametrize(
    "setting",
    [
        "core.autocrlf=true",
        "core.autocrlf=input",
        "core.fileMode=off",
        "core.symlinks=false",
        "core.trustctime=false",
        "core.checkStat=minimal",
        "core.ignoreStat=1",
    ],
)
def test_where_git_may_overlook_a_change_it_is_not_believed(content, setting):
    assert by_git(content)
    run_git(content, "config", *setting.split("="))
    assert by_git(content) == {}


@pytest.mark.parametrize("where", [".gitattributes", "../.gitattributes", "../.git/info/attributes", "~", "setting"])
@pytest.mark.parametrize(
    ("line", "harmless"),
    [
        ("*.md text=auto", False),
        ("*.md  -diff eol=crlf", False),
        ("[attr]pdf filter=lfs", False),
        ("*.md ident", False),
        ("*.md working-tree-encoding=UTF-16", False),
        ("*.md -text linguist-generated", True),
        ("# *.md text", True),
        ("*.png binary", True),
    ],
)
def test_where_git_converts_files_they_are_hashed(content, tmp_path, where, line, harmless):
    run_git(content, "commit", "-q", "--allow-empty", "-m", "x")
    paths = {"~": tmp_path / ".config/git/attributes", "setting": tmp_path / "attributes"}
    write(paths.get(where, content / where), line)
    if where == "setting":
        run_git(content, "config", "core.attributesFile", str(tmp_path / "attributes"))
    assert bool(by_git(content)) is harmless


def test_attributes_within_a_client_concern_that_client(content):
    write(content / "other" / "deep" / ".gitattributes", "*.md text\n")
    write(content / "plain" / ".gitattributes", "*.md -text\n")
    commit(content)
    found = by_git(content)
    assert "other" not in found
    assert "plain" in found


def test_a_conversion_that_git_calls_clean(content):
    """Git says that nothing changed; the bytes in the folder say otherwise."""
    write(content / ".gitattributes", "*.md text\n")
    commit(content)
    (content / "other" / "notes.md").write_bytes(b"Notes.\r\n")
    run_git(content, "add", "-A")
    assert run_git(content, "status", "--porcelain") == ""
    assert by_git(content) == {}


def test_without_git_or_a_commit_nothing_is_said(content, tmp_path, monkeypatch):
    write(tmp_path / "elsewhere" / "acme" / "client.yml", "name: Acme\n")
    assert by_git(tmp_path / "elsewhere") == {}
    assert by_git(tmp_path / "nowhere") == {}
    run_git(tmp_path / "elsewhere", "init", "-q")
    assert by_git(tmp_path / "elsewhere") == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert by_git(content) == {}


def test_content_that_a_repository_ignores_is_hashed(content):
    write(content / "build" / "acme" / "client.yml", "name: Acme\n")
    assert by_git(content / "build") == {}


def test_content_may_be_the_repository_itself(content):
    run_git(content, "init", "-q")
    commit(content)
    assert by_git(content) == {name: digest for name, digest in by_hash(content).items() if name != ".git"}


def test_the_repository_of_a_hook_that_calls_us_is_not_ours(content, tmp_path, monkeypatch):
    write(tmp_path / "calling" / "file", "x")
    run_git(tmp_path / "calling", "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "calling" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "calling" / "index"))
    assert clean_trees(ask(content)) == by_hash(content)


def test_another_hash_is_not_mistaken_for_ours(tmp_path):
    write(tmp_path / "r" / "acme" / "client.yml", "name: Acme\n")
    run_git(tmp_path / "r", "init", "-q", "--object-format=sha256")
    commit(tmp_path / "r")
    assert by_git(tmp_path / "r") == {}
