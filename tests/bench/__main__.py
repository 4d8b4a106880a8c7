"""`make bench`, or `python -m tests.bench [ROW ...]`: measure, and print the table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict

from tests.bench import browser_rows, rows
from tests.bench.facts import TERMS, Size
from tests.bench.measure import FailedError
from tests.bench.tools import NOTES, WORK, missing_options, versions

ROWS = {
    "cold": rows.cold,
    "unchanged": rows.unchanged,
    "one-page": rows.one_page,
    "memory": rows.memory,
    "processes": rows.processes,
    "growth": rows.growth,
    "light": browser_rows.light,
    "serve": browser_rows.serve,
}


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; all, when none is named")
    parser.add_argument("--clients", type=int, default=50, help="clients of the rows that compare tools (50)")
    parser.add_argument("--many", type=int, default=1000, help="clients of the rows about many (1000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median is taken (3)")
    parser.add_argument("--pages", type=int, default=1, help="times 38 pages a client (1)")
    parser.add_argument("--terms", type=int, default=TERMS, help=f"glossary terms a client ({TERMS})")
    parser.add_argument("--minutes", type=int, help="minutes a client, whatever the pages")
    parser.add_argument("--seed", type=int, default=1, help="of the portfolio (1)")
    parser.add_argument("--peers", default=",".join(rows.PEERS), help="which to run beside ours, with commas between")
    parser.add_argument("--profile", action="store_true", help="say where the CPU of our build goes, and nothing else")
    found = parser.parse_args()
    if unknown := [r for r in found.rows if r not in ROWS]:
        parser.error(f"no row {', '.join(unknown)}; there are {', '.join(ROWS)}")
    if unknown := [p for p in found.peers.split(",") if p and p not in NOTES]:
        parser.error(f"no peer {', '.join(unknown)}; there are {', '.join(NOTES)}")
    return found


def main() -> None:
    """Measure the rows asked for. Exit code 1 when a promise does not hold."""
    asked = arguments()
    size = Size(pages=asked.pages, terms=asked.terms, minutes=asked.minutes)
    peers = tuple(p for p in asked.peers.split(",") if p)
    bench = rows.Bench(asked.clients, asked.many, asked.runs, size, asked.seed, peers)
    if asked.profile:
        folder = bench.portfolio.ours
        bench.portfolio.clean()
        os.execv(sys.executable, [sys.executable, "-m", "tests.bench.phases", str(folder)])
    print("\n".join(heading(peers)), flush=True)
    lines: list[rows.Line] = []
    for name in asked.rows or ROWS:
        try:
            for line in ROWS[name](bench):
                lines.append(line)
                print(as_text(line), flush=True)
        except FailedError as error:
            lines.append(rows.Line(name, "failed", str(error), holds=False))
            print(f"{name}: {error}", file=sys.stderr)
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "table.md").write_text("\n".join([*heading(peers), *map(as_text, lines), ""]), "utf-8")
    (WORK / "table.json").write_text(json.dumps([asdict(line) for line in lines], indent=1) + "\n", "utf-8")
    raise SystemExit(any(line.holds is False for line in lines))


def heading(peers: tuple[str, ...]) -> list[str]:
    """What was compared, and the head of the table."""
    absent = missing_options("--jobs", "--shard", "--scheduler", "--fresh")
    return [
        f"Python {platform.python_version()}, {os.cpu_count()} cores. Beside ours:",
        *(f"- {text}" for text in versions(peers)),
        *([f"`portal build` has no {', '.join(absent)} here."] if absent else []),
        "",
        "| row | what | measured | promised | holds |",
        "| --- | --- | --- | --- | --- |",
    ]


def as_text(line: rows.Line) -> str:
    """A line of the table."""
    holds = {True: "yes", False: "NO", None: ""}[line.holds]
    return f"| {line.row} | {line.what} | {line.measured.splitlines()[0]} | {line.promised} | {holds} |"


if __name__ == "__main__":
    main()
