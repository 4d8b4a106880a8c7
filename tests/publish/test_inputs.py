"""Everything that all portals depend on changes their fingerprint, and nothing else does."""

import json
import shutil
import sys
from datetime import date

import pytest

from portal_gen.publish import inputs
from portal_gen.publish.fingerprint import take
from portal_gen.publish.inputs import UnknownInputsError, differences, shared_inputs
from portal_gen.publish.state import Run
from tests.publish.portfolio import CLIENTS, copy_package, make, write

DAY = date(2026, 11, 24)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A portfolio, with a package, a theme and installed packages of its own."""
    folder = make(tmp_path / "work")
    package = copy_package(tmp_path / "lib")
    monkeypatch.setattr(inputs, "PACKAGE", package / "portal_gen")
    monkeypatch.setattr(inputs, "theme_folder", lambda: package / "themes" / "portal")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder / "installed")])
    monkeypatch.setattr(inputs.zoneinfo, "TZPATH", (str(tmp_path / "zones"),))
    monkeypatch.delenv("PORTFOLIO_NOTE", raising=False)
    write(tmp_path / "zones" / "tzdata.zi", "# version 2026a\n# more\n")
    return tmp_path


def now(place, day=DAY):
    work = place / "work"
    return shared_inputs(work / "mkdocs.yml", work / "content", work / "site", day)


def append(name, text="\n"):
    def change(place, monkeypatch):
        with (place / name).open("a") as file:
            file.write(text)

    return change


def environment(place, monkeypatch):
    monkeypatch.setenv("PORTFOLIO_NOTE", "x")


def another_version(place, monkeypatch):
    folder = place / "work" / "installed"
    (folder / "portfolio_thing-1.0.dist-info").rename(folder / "portfolio_thing-1.1.dist-info")


def more_installed(place, monkeypatch):
    write(place / "work" / "installed" / "jieba-0.42.dist-info" / "METADATA", "")


def zones(place, monkeypatch):
    write(place / "zones" / "tzdata.zi", "# version 2026b\n# more\n")


def python(place, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))


def renamed(place, monkeypatch):
    path = place / "work" / "overrides" / "assets" / "extra.css"
    path.rename(path.with_name("other.css"))


CHANGES = {
    "a module of ours": (append("lib/portal_gen/compile.py"), {"portal_gen"}),
    "a template of ours": (append("lib/portal_gen/sections/faq/page.md.jinja"), {"portal_gen"}),
    "the theme": (append("lib/themes/portal/assets/portal.css"), {"theme"}),
    "the configuration": (append("work/mkdocs.yml"), {"mkdocs.yml: mkdocs.yml"}),
    "what it inherits": (append("work/base.yml"), {"mkdocs.yml: base.yml"}),
    "custom_dir": (append("work/overrides/partials/logo.html"), {"mkdocs.yml: overrides"}),
    "a name in custom_dir": (renamed, {"mkdocs.yml: overrides"}),
    "a hook": (append("work/hooks/sign.py"), {"mkdocs.yml: hooks/sign.py"}),
    "beside a hook": (append("work/hooks/words.py"), {"mkdocs.yml: hooks/words.py"}),
    "a package beside a hook": (append("work/hooks/more/__init__.py"), {"mkdocs.yml: hooks/more"}),
    "the environment": (environment, {"mkdocs.yml: $PORTFOLIO_NOTE"}),
    "a version": (another_version, {"installed portfolio_thing-1.0", "installed portfolio_thing-1.1"}),
    "a package more": (more_installed, {"installed jieba-0.42"}),
    "time zones": (zones, {"time zones"}),
    "Python": (python, {"Python"}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen_and_named(place, monkeypatch, name):
    change, expected = CHANGES[name]
    write(place / "work" / "hooks" / "more" / "__init__.py", "")
    before = now(place)
    assert now(place) == before
    change(place, monkeypatch)
    assert set(differences(before, now(place))) == expected


def test_the_day(place):
    assert differences(now(place), now(place, date(2026, 11, 25))) == ["day"]


NO_INPUT = [
    "work/README.md",
    "work/site/acme/index.html",
    "work/.portal/docs/acme/index.md",
    "work/hooks/__pycache__/words.pyc",
    "work/hooks/data.json",
    "lib/portal_gen/__pycache__/compile.pyc",
    "lib/portal_gen/sections/faq/cases/ok/x/expected.md",
    "work/docs/index.md",
    "work/public/index.html",
    "zones/Europe/London",
]


@pytest.mark.parametrize("name", NO_INPUT)
def test_what_is_no_input_changes_nothing(place, name):
    append("work/mkdocs.yml", "site_dir: public\nwatch: [., content, site, .portal]\nrepo_url: /\n")(place, None)
    before = now(place)
    write(place / name, "x")
    assert now(place) == before


def test_a_variable_may_name_a_file(place, monkeypatch):
    monkeypatch.setenv("PORTFOLIO_NOTE", "words.txt")
    write(place / "work" / "words.txt", "one")
    before = now(place)
    write(place / "work" / "words.txt", "two")
    assert differences(before, now(place)) == ["mkdocs.yml: words.txt"]


def test_configurations_inherit_from_each_other_wherever_they_lie(place):
    write(place / "work" / "base.yml", "INHERIT: deep/first.yml\n")
    write(place / "work" / "deep" / "first.yml", "watch: [deep/second.yml]\nINHERIT: second.yml\n")
    write(place / "work" / "deep" / "second.yml", "extra: {more: !ENV PORTFOLIO_NOTE}\nINHERIT: ../mkdocs.yml\n")
    assert {"mkdocs.yml: deep/first.yml", "mkdocs.yml: deep/second.yml"} <= set(now(place))


@pytest.mark.parametrize("text", ["theme: {custom_dir: .}\n", "a: [\n", "a: !ENV [\n"])
def test_where_nobody_can_tell_there_is_no_fingerprint(place, text):
    write(place / "work" / "mkdocs.yml", text)
    with pytest.raises(UnknownInputsError):
        now(place)
    work = place / "work"
    found = take(Run(work / "content", work / "site", work / "mkdocs.yml", DAY), CLIENTS)
    assert [found.fingerprint(client) for client in CLIENTS] == [None] * len(CLIENTS)


def test_a_folder_that_cannot_be_taken_has_no_fingerprint(place):
    work = place / "work"
    content = work / "content"
    (content / "borg").rename(content / "moved")
    (content / "borg").symlink_to("moved")
    found = take(Run(content, work / "site", work / "mkdocs.yml", DAY), CLIENTS)
    assert [client for client in CLIENTS if found.fingerprint(client) is None] == ["borg"]
    (content / "shared").rename(content / "elsewhere")
    (content / "shared").symlink_to("elsewhere")
    found = take(Run(content, work / "site", work / "mkdocs.yml", DAY), CLIENTS)
    assert {found.fingerprint(client) for client in CLIENTS} == {None}


def install(folder, source, *, editable):
    metadata = folder / "plugin-1.0.dist-info"
    write(metadata / "direct_url.json", json.dumps({"url": source.as_uri(), "dir_info": {"editable": editable}}))
    write(metadata / "RECORD", "plugin/__init__.py,sha256=abc,3\n../../bin/plugin,sha256=of-this-machine,3\n")


def test_a_plugin_that_is_being_written(place):
    source = place / "a plugin"
    write(source / "src" / "plugin" / "__init__.py", "one")
    install(place / "work" / "installed", source, editable=True)
    before = now(place)
    write(source / "src" / "plugin" / "__init__.py", "two")
    assert differences(before, now(place)) == ["installed plugin-1.0"]


def test_a_release_that_was_built_again(place):
    installed = place / "work" / "installed"
    install(installed, place, editable=False)
    before = now(place)
    record = installed / "plugin-1.0.dist-info" / "RECORD"
    text = record.read_text()
    record.write_text(text.replace("of-this-machine", "of-another"))
    assert now(place) == before
    record.write_text(text.replace("abc", "abd"))
    assert differences(before, now(place)) == ["installed plugin-1.0"]


def test_each_client_has_a_fingerprint_of_its_own_files_and_the_shared_ones(place):
    work = place / "work"
    run = Run(work / "content", work / "site", work / "mkdocs.yml", DAY)

    def fingerprints():
        found = take(run, CLIENTS)
        return {client: found.fingerprint(client) for client in CLIENTS}

    first = fingerprints()
    assert len(set(first.values())) == len(CLIENTS)
    write(work / "content" / "borg" / "web" / "faq.md", "# FAQ\n## Now?\nYes.\n")
    second = fingerprints()
    assert [client for client in CLIENTS if first[client] != second[client]] == ["borg"]
    shutil.rmtree(work / "content" / "shared")
    third = fingerprints()
    assert all(second[client] != third[client] for client in CLIENTS)
    assert None not in third.values()
