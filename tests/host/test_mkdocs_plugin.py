import logging
from datetime import date
from types import SimpleNamespace

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from portal_sample import AS_OF, make_portal

from portal_gen.diagnostics import Code, Place
from portal_gen.host import mkdocs_plugin
from portal_gen.host.mkdocs_plugin import plugin_of
from portal_gen.host.mkdocs_process import own_plugins, run


@pytest.fixture
def compiled(project, tmp_path, monkeypatch):
    """Two clients in content/, whose compilation is by hand; gives the arguments it was called with."""
    for client in ("harbor", "shunda"):
        (project / "content" / client).mkdir(parents=True)
        (project / "content" / client / "client.yml").touch()
    calls = []

    def compile_portal(content, client, as_of, report):
        calls.append((content, client, as_of))
        report.warning(Place(f"{client}/client.yml", 1, 1), Code.ODD_DATE, "A date is odd.")
        if client == "shunda":
            report.error(Place(f"{client}/client.yml", 2, 3), Code.BAD_VALUE, "A value is bad.")
            return None
        return make_portal(tmp_path, client=client)

    monkeypatch.setattr(mkdocs_plugin, "compile_portal", compile_portal)
    for name in ("CLIENT", "LANGUAGE", "AS_OF", "CONTENT"):
        monkeypatch.delenv(f"PORTAL_{name}", raising=False)
    return calls


def build(project, **options):
    with own_plugins():
        config = load_config(config_file=str(project / "mkdocs.yml"), site_dir=str(project / "site"))
        plugin_of(config).config.update(options)
        run(config)
    return config


def test_the_environment_wins_over_the_options(project, compiled, monkeypatch):
    monkeypatch.setenv("PORTAL_CLIENT", "harbor")
    monkeypatch.setenv("PORTAL_AS_OF", "2026-11-24")
    build(project, client="shunda", as_of=date(2020, 1, 1))
    assert compiled == [(project / "content", "harbor", AS_OF)]


def test_warnings_about_the_content_are_said_and_keep_nothing_back(project, compiled, caplog):
    build(project, client="harbor", as_of="2026-11-24")
    assert "harbor/client.yml:1:1: warning: A date is odd. [odd-date]" in caplog.text
    assert (project / "site" / "index.html").is_file()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "holds 2 clients, and MkDocs renders one at a time. Choose with PORTAL_CLIENT=<client>"),
        ({"client": "harbour"}, "there is no client 'harbour'"),
        ({"client": "shunda"}, "the content of shunda has errors"),
        ({"client": "harbor", "language": "de"}, "harbor has no language 'de'. It has: en, zh"),
        ({"client": "harbor", "as_of": "tomorrow"}, "as_of is 'tomorrow'; write a day such as"),
        ({"client": "harbor", "as_of": "2026-W10-1"}, "as_of is '2026-W10-1'; write a day such as"),
        ({"client": "harbor", "as_of": date(9999, 12, 31)}, "write a day such as"),
    ],
)
def test_what_cannot_be_built_is_explained(project, compiled, caplog, options, says):
    with pytest.raises(Abort):
        build(project, **options)
    assert says in caplog.text
    if "client" not in options or options["client"] == "harbour":
        assert "Known: harbor, shunda" in caplog.text
    if options.get("client") == "shunda":
        assert "shunda/client.yml:2:3: error: A value is bad." in caplog.text


@pytest.mark.parametrize("mark", mkdocs_plugin.SITE_MARKS)
def test_the_folder_of_all_portals_is_not_emptied(project, compiled, caplog, mark):
    published = project / "site" / "shunda" / "index.html"
    published.parent.mkdir(parents=True)
    published.write_text("x")
    (project / "site" / mark).touch()
    with pytest.raises(Abort):
        build(project, client="harbor", as_of="2026-11-24")
    assert "MkDocs would delete them" in caplog.text
    assert published.read_text() == "x"


def test_one_language_alone(project, compiled):
    build(project, client="harbor", language="zh", as_of="2026-11-24")
    text = (project / "site" / "index.html").read_text("utf-8")
    assert '<html lang="zh"' in text
    assert "p-languages" not in text
    assert not (project / "site" / "zh").exists()


def test_what_mkdocs_warns_of_keeps_the_portal_back(project, compiled, monkeypatch):
    original = mkdocs_plugin.PortalPlugin.on_post_page

    def warns(self, output, **how):
        logging.getLogger("mkdocs.structure").warning("something is odd")
        return original(self, output, **how)

    monkeypatch.setattr(mkdocs_plugin.PortalPlugin, "on_post_page", warns)
    with pytest.raises(Abort, match="BuildError"):
        build(project, client="harbor", as_of="2026-11-24")
    assert not [h for h in logging.getLogger("mkdocs").handlers if type(h).__name__ == "Complaints"]


def test_serving_watches_the_content_and_not_what_we_write(project, compiled):
    config = build(project, client="harbor", as_of="2026-11-24")
    assert str(project / "content") in config.watch
    unwatched = []
    plugin_of(config).on_serve(SimpleNamespace(unwatch=unwatched.append), config=config, builder=None)
    assert unwatched == [str(project / ".portal" / "docs" / "harbor" / "en")]


def test_two_configurations_share_no_plugin(project):
    """MkDocs keeps the search plugin for the process; a later configuration would change an earlier one's."""
    found = []
    for _ in range(2):
        with own_plugins():
            found.append(load_config(config_file=str(project / "mkdocs.yml")).plugins["material/search"])
    assert found[0] is not found[1]
