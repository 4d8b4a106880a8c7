"""Several machines: each client is built by one of them, none has much more to do, and together they give one site."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_gen.diagnostics import Code, Diagnostic, Place, Severity
from portal_gen.publish.shards import costs_by_size, costs_by_time, parse_shard, shard_of
from portal_gen.publish.site import open_site
from portal_gen.publish.state import Record, State
from tests.publish.portfolio import CLIENTS, DAY, Commands, make, write
from tests.sites import contents

COSTS = st.dictionaries(
    st.text("abcdefg-", min_size=1, max_size=6),
    st.one_of(st.integers(0, 50), st.floats(0, 1e6)),
    max_size=40,
)


@given(COSTS, st.integers(1, 12), st.randoms())
def test_each_client_is_in_one_shard_and_the_loads_are_even(costs, count, chance):
    shards = [shard_of(costs, number, count) for number in range(1, count + 1)]
    assert sorted(client for shard in shards for client in shard) == sorted(costs)
    loads = [sum(costs[client] for client in shard) for shard in shards]
    largest = max(costs.values(), default=0)
    slack = 1e-6 * (1 + sum(costs.values()))
    assert max(loads) - min(loads) <= largest + slack
    # Graham's bound for the longest first: no machine has more than 4/3 of what the best sharing needs.
    least = max(largest, sum(loads) / count, *(sorted(costs.values())[-count - 1 : -count + 1] or [0]))
    assert max(loads) <= least + largest * (1 - 1 / count) + slack
    shuffled = list(costs.items())
    chance.shuffle(shuffled)
    assert [shard_of(dict(shuffled), number, count) for number in range(1, count + 1)] == shards


def test_the_longest_first():
    """Dealt out in the order of their names, one machine would have 9 to do."""
    costs = {"a": 2, "b": 2, "c": 2, "d": 3, "e": 3}
    assert [shard_of(costs, n, 2) for n in (1, 2)] == [["a", "c", "d"], ["b", "e"]]
    assert shard_of(costs, 1, 1) == list("abcde")
    assert shard_of(costs, 6, 6) == []


def test_cost_is_the_size_of_the_texts_that_are_read(tmp_path):
    make(tmp_path)
    content = tmp_path / "content"
    before = costs_by_size(content, CLIENTS)
    for name in ("web/.draft.md", "web/internal/notes.md", "web/film.mp4", "web/notes.md~", ".DS_Store"):
        write(content / "acme" / name, "x" * 1000)
    assert costs_by_size(content, CLIENTS) == before
    write(content / "acme" / "web" / "more.md", "x" * 1000)
    assert costs_by_size(content, CLIENTS) == {**before, "acme": before["acme"] + 1000}


def test_cost_is_what_was_measured_where_all_have_the_same_measures(tmp_path):
    make(tmp_path)
    site = tmp_path / "site"
    open_site(site)
    State(site).write("acme", Record("x", 30.0))
    State(site).write("borg", Record("x", 10.0))
    sizes = costs_by_size(tmp_path / "content", CLIENTS)
    costs = costs_by_time(site, tmp_path / "content", CLIENTS)
    assert (costs["acme"], costs["borg"]) == (30.0, 10.0)
    # One that was never built is taken by its size, at what a byte of the others cost.
    assert costs["cato"] == pytest.approx(sizes["cato"] * 40 / (sizes["acme"] + sizes["borg"]))
    assert [shard_of(costs, n, 2) for n in (1, 2)] == [["acme"], ["borg", "cato"]]
    assert costs_by_time(tmp_path / "no site", tmp_path / "content", CLIENTS) == sizes


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "1/0", "-1/2", "1/2/3", "a/b", "1/99999", "", "1 / 2"])
def test_what_is_no_shard(text):
    with pytest.raises(ValueError, match="is not a shard"):
        parse_shard(text)


def test_shards_merged_are_one_site(tmp_path):
    """Sites made on several machines are merged by copying; the whole is then known to be up to date."""
    folder = make(tmp_path / "work", git=True)
    with Commands(folder) as portal:
        build = ("build", "--as-of", DAY)
        assert portal(*build, "--site", "site-one").code == 0
        names = [portal(*build, "--shard", f"{n}/3", "--dry-run").out.split() for n in (1, 2, 3)]
        assert sorted(name for shard in names for name in shard) == list(CLIENTS)
        for number in (1, 2, 3):
            assert portal(*build, "--site", f"site-{number}", "--shard", f"{number}/3").code == 0
            assert sorted(p.name for p in (folder / f"site-{number}").glob("[!.]*")) == names[number - 1]
            shutil.copytree(folder / f"site-{number}", folder / "site", dirs_exist_ok=True)
        for client in CLIENTS:
            assert contents(folder / "site" / client) == contents(folder / "site-one" / client)
        assert portal(*build).summary == "3 unchanged"
        timed = [portal(*build, "--fresh", "--shard", f"{n}/2", "--costs", "site", "--dry-run").out for n in (1, 2)]
        assert sorted("".join(timed).split()) == list(CLIENTS)


def test_a_record_is_read_as_it_was_written(tmp_path):
    open_site(tmp_path)
    place = Place("acme/faq.md", 3, 7)
    said = Diagnostic(place, Code.BLOCK, "what «ä»", "why", "mend", Severity.WARNING, ((Place("acme/x.yml"), "see"),))
    record = Record("abc", 1.25, (said,), ("MkDocs said",))
    State(tmp_path).write("acme", record)
    assert State(tmp_path).record("acme") == record
    State(tmp_path).forget("acme")
    assert State(tmp_path).record("acme") is None


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{}", '{"fingerprint": 1}', "\x00", '{"fingerprint":"x","seconds":1}']
)
def test_a_record_that_cannot_be_read_is_none(tmp_path, text):
    open_site(tmp_path)
    write(tmp_path / ".portal" / "acme.json", text)
    assert State(tmp_path).record("acme") is None
