"""Every row gives its stated outcome: right line and column, right code, nothing published, no traceback, quickly."""

import subprocess
import sys
import time
from datetime import date

import pytest

from portal_gen.compile import client_ids, compile_portal
from portal_gen.diagnostics import Report, Severity, render_text
from tests.bad_inputs.base import Row
from tests.bad_inputs.file_rows import ROWS
from tests.bad_inputs.yaml_rows import M, Y
from tests.sites import contents, portal

DAY = date(2026, 11, 24)
# The lines that stand for many: a refusal of the whole file, wherever in it the reader stopped.
REFUSED = {
    "Y09": "unsupported",
    "Y14": "limit",
    "Y15": "limit",
    "Y19-size": "limit",
    "Y19-keys": "limit",
    "Y19-line": "limit",
}
WARNED = {"odd-date"}


@pytest.mark.parametrize("row", [*Y, *M, *ROWS], ids=lambda row: row.id)
def test_row(row, tmp_path):
    row.write(tmp_path)
    report = Report()
    started = time.process_time()  # other tests run at the same time
    assert row.client in client_ids(tmp_path)
    portal = compile_portal(tmp_path, row.client, DAY, report)
    assert time.process_time() - started < 2
    found = {f"{d.place} {d.code.value}" for d in report.diagnostics}
    if row.id in REFUSED:
        assert {d.code.value for d in report.diagnostics} - {"wrong-type"} == {REFUSED[row.id]}
        assert {d.place.file for d in report.diagnostics} == {row.file}
    else:
        assert found == row.expected(), "\n".join(render_text(d) for d in report.diagnostics)
    errors = [d for d in report.diagnostics if d.severity is Severity.ERROR]
    assert (portal is None) == bool(errors)
    assert all(d.code.value in WARNED for d in report.diagnostics if d not in errors)
    for d in report.diagnostics:
        assert d.what
        assert "Traceback" not in render_text(d)
        assert "Zed Secret" not in render_text(d)
    if errors:
        assert all(d.mend or d.related for d in errors), [d for d in errors if not d.mend]


BIG = [row for row in [*Y, *ROWS] if row.id in REFUSED or row.id.startswith(("H01", "H02", "H04"))]
MEASURE = """
import resource, sys
from datetime import date
from pathlib import Path
from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Report
for folder in sys.argv[1:]:
    assert compile_portal(Path(folder), "acme", date(2026, 11, 24), Report()) is None
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory(tmp_path):
    """All the large inputs, one after the other in one process, within 300 MiB."""
    for row in BIG:
        row.write(tmp_path / row.id)
    command = [sys.executable, "-c", MEASURE, *(str(tmp_path / row.id) for row in BIG)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300 * 1024


@pytest.mark.parametrize(
    "row",
    [r for r in [*Y, *M, *ROWS] if r.id in ("Y03-front", "M16", "F01", "X01-latin", "I01", "H15-page")],
    ids=lambda r: r.id,
)
def test_nothing_of_that_client_is_published(row, tmp_path):
    """The whole command: exit code 1, no traceback, yesterday's portal as it was, the neighbour's built."""
    made = portal("new", "client", "neighbour", "--as-of", "2026-11-24", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    Row("", "", "", "").write(tmp_path / "content")
    assert portal("build", "--as-of", "2026-11-24", cwd=tmp_path).returncode == 0
    yesterday = contents(tmp_path / "site" / "acme")
    row.write(tmp_path / "content")
    done = portal("build", "--as-of", "2026-11-25", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert "error:" in done.stderr
    assert contents(tmp_path / "site" / "acme") == yesterday
    assert "25 Nov 2026" in (tmp_path / "site" / "neighbour" / "index.html").read_text("utf-8")
