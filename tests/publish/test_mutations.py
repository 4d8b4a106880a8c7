"""Whatever changes, an incremental build gives what a full build gives, byte for byte, and says what it says."""

import os
import random
import shutil
from itertools import islice

from tests.publish.mutations import Portfolio, sequence
from tests.publish.portfolio import CLIENTS, Commands, Result, copy_package, make
from tests.sites import contents

COUNT = int(os.environ.get("PORTAL_MUTATIONS", "25"))
SEED = int(os.environ.get("PORTAL_SEED", "20261124"))


def said(result: Result) -> list[str]:
    """What was said about the content: the lines but the summary and the names of portals, once each, sorted."""
    return sorted({line for line in result.err.splitlines() if "site" not in line and "not published" not in line})


def test_an_incremental_build_gives_what_a_full_build_gives(tmp_path):
    p = Portfolio(make(tmp_path / "work", git=True), copy_package(tmp_path / "lib"), random.Random(SEED))
    with Commands(p.folder, p.package) as portal:

        def build(site: str, *arguments: str) -> Result:
            return portal("build", "--as-of", p.day.isoformat(), "--site", site, *arguments, **p.env)

        assert build("site").code == 0
        skipped = 0
        for number, what in enumerate(islice(sequence(p), COUNT)):
            where = f"mutation {number} (seed {SEED}): {what}"
            before = {client: contents(tmp_path / "work" / "site" / client) for client in CLIENTS}
            shutil.rmtree(p.folder / "site-full", ignore_errors=True)
            # A full build sees the files first, so that nothing it does can help the other.
            full = build("site-full", "--fresh")
            ours = build("site")
            assert ours.code == full.code, (where, ours.err, full.err)
            assert said(ours) == said(full), where
            for client in CLIENTS:
                published = (p.folder / "site-full" / client).is_dir()
                expected = contents(p.folder / "site-full" / client) if published else before[client]
                found = contents(p.folder / "site" / client)
                assert sorted(found) == sorted(expected), where
                assert [name for name in found if found[name] != expected[name]] == [], where
            again = build("site")
            failed = again.err.count("stays as it is")
            assert again.summary.startswith(f"{len(CLIENTS) - failed} unchanged" if failed < len(CLIENTS) else ""), (
                where
            )
            skipped += "built" not in ours.summary
    assert 0 < skipped < COUNT, "some changes ask for no work, and some do"
