"""`portal translated` and what `portal check` says before and after; notices are nobody's mistake."""

import pytest

from tests.sites import portal

FAQ, FAQ_ZH = "# FAQ\n## When?\nIn spring.\n", "# 常见问题\n## 何时？\n春天。\n"


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content/acme/site"
    folder.mkdir(parents=True)
    (folder.parent / "client.yml").write_text("name: Acme\nlanguages: [en, zh]\n")
    (folder / "project.yml").write_text("title: Site\n")
    (folder / "faq.md").write_text(FAQ)
    (folder / "faq.zh.md").write_text(FAQ_ZH, "utf-8")
    return tmp_path


def test_from_marking_to_stale_and_back(content):
    name = "content/acme/site/faq.zh.md"
    assert portal("translated", name, cwd=content).returncode == 0
    marked = (content / name).read_text("utf-8")
    assert marked.endswith(f"---\n{FAQ_ZH}")
    assert portal("check", "--strict", cwd=content).returncode == 0
    (content / "content/acme/site/faq.md").write_text(FAQ.replace("spring", "summer"))
    stale = portal("check", cwd=content)
    assert stale.returncode == 0
    assert "content/acme/site/faq.zh.md:2:1: warning: faq.md has changed" in stale.stderr
    assert portal("check", "--strict", cwd=content).returncode == 1
    assert portal("translated", name, cwd=content).returncode == 0
    assert (content / name).read_text("utf-8") != marked
    assert "all in order" in portal("check", "--strict", cwd=content).stderr


def test_missing_translations_are_a_notice_even_when_strict(content):
    (content / "content/acme/site/faq.zh.md").unlink()
    said = portal("check", "--strict", cwd=content)
    assert said.returncode == 0
    assert "content/acme/client.yml:2:17: notice: 1 of 1 texts is not in 'zh' yet: site/faq.md." in said.stderr
    assert "1 client checked: 1 notice." in said.stderr
    annotated = portal("check", "--format", "github", cwd=content).stdout
    assert annotated.startswith("::notice file=content/acme/client.yml,line=2,col=17,title=untranslated::")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("faq.md", "is not a translation"),
        ("project.yml", "is not a translation"),
        ("other.zh.md", "There is no other.md beside"),
        ("none.zh.md", "does not exist"),
    ],
)
def test_wrong_use_changes_nothing(content, name, words):
    folder = content / "content/acme/site"
    (folder / "other.zh.md").write_text("# 其他\n", "utf-8")
    before = {p: p.read_bytes() for p in folder.iterdir()}
    said = portal("translated", str(folder / "faq.zh.md"), str(folder / name), cwd=content)
    assert said.returncode == 2
    assert words in said.stderr
    assert {p: p.read_bytes() for p in folder.iterdir()} == before


def test_an_original_that_cannot_be_read_is_said(content):
    folder = content / "content/acme/site"
    (folder / "faq.md").write_text("/// internal\nnever closed\n")
    said = portal("translated", str(folder / "faq.zh.md"), cwd=content)
    assert said.returncode == 1
    assert "never closed" in said.stderr
    assert (folder / "faq.zh.md").read_text("utf-8") == FAQ_ZH
