"""What `portal new` writes passes `portal check`; what would not pass is refused before anything is written."""

import pytest

from tests.sites import portal

DAY = ("--as-of", "2026-11-24")


@pytest.fixture
def house(tmp_path):
    assert portal("new", "client", "acme", *DAY, cwd=tmp_path).returncode == 0
    return tmp_path


def test_everything_new_is_in_order(house):
    made = [
        ("client", "north", "--title", 'N: "o" # {r} \\ th', "--region", "CN", "--language", "zh"),
        ("project", "acme", "second", "--title", "- 'Second'"),
        ("minutes", "acme", "--project", "second", "--title", "Week 1: [start]"),
        ("deliverable", "acme", "widget", "--project", "project"),
        ("term", "acme", "C# & <UAT>: 100%"),
    ]
    for arguments in made:
        day = () if arguments[0] == "term" else DAY
        done = portal("new", *arguments, *day, cwd=house)
        assert done.returncode == 0, done.stderr
    checked = portal("check", *DAY, cwd=house)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("client", "x", "--region", "XX"), "'XX' is not a country code"),
        (("client", "x", "--region", "GB-QQQ"), "No public holidays are known for 'GB-QQQ'"),
        (("client", "x", "--timezone", "Mars/X"), "'Mars/X' is not a time zone"),
        (("client", "x", "--language", "xx"), "'xx' is not a language we know"),
        (("client", "x", "--title", "t" * 600), "at most 500 fit"),
        (("client", "x", "--title", "  "), "There is nothing here"),
        (("client", "x", "--title", "one\ntwo"), "one line"),
        (("client", "x", "--title", "b\x07l"), "U+0007 (BEL)"),
        (("client", "x", "--title", "b\udcffl"), "U+DCFF"),
        (("client", "x", "--as-of", "9999-12-31"), "9999"),
        (("client", "shared"), "'shared' has a meaning of its own"),
        (("client", "internal"), "'internal' has a meaning of its own"),
        (("client", "x", "--project", "internal"), "'internal' has a meaning of its own"),
        (("project", "acme", "internal"), "'internal' has a meaning of its own"),
        (("deliverable", "acme", "index"), "'index' has a meaning of its own"),
        (("term", "acme", "one\ntwo"), "one line"),
    ],
)
def test_what_would_not_pass_is_refused(house, arguments, says):
    before = sorted(house.rglob("*"))
    done = portal("new", *arguments, cwd=house)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert says in " ".join(done.stderr.split())
    assert sorted(house.rglob("*")) == before
