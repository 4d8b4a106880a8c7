"""Which of several machines builds which client. Each machine finds the same answer without asking the others."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal_gen.publish.state import State
from portal_gen.source.folders import IGNORED, INTERNAL_FOLDER

TEXT = (".md", ".yml", ".yaml")
# What a portal costs before its first line is read, in bytes of text that cost as much (measured, rounded).
START = 10_000


def shard_of(costs: Mapping[str, float], number: int, count: int) -> list[str]:
    """The clients of shard `number` of `count` (from 1), sorted by name.

    The most expensive first, each to the machine with the least to do (Graham's longest processing time): no machine
    has more to do than another by more than one client.
    """
    loads = [0.0] * count
    mine = []
    for client in longest_first(costs):
        least = loads.index(min(loads))
        loads[least] += costs[client]
        if least == number - 1:
            mine.append(client)
    return sorted(mine)


def longest_first(costs: Mapping[str, float]) -> list[str]:
    """Clients by falling cost; by name where it is the same."""
    return sorted(costs, key=lambda client: (-costs[client], client))


def costs_by_size(content: Path, clients: Sequence[str]) -> dict[str, float]:
    """What each client costs by the size of its texts: the same on every machine with the same content."""
    return {client: float(START + text_size(content / client)) for client in clients}


def costs_by_time(site: Path, content: Path, clients: Sequence[str]) -> dict[str, float]:
    """What each client cost when a site was built, in seconds; one that is not there, by its size beside the others."""
    sizes = costs_by_size(content, clients)
    records = {client: State(site).record(client) for client in sorted(clients)}
    known = {client: record.seconds for client, record in records.items() if record}
    seconds, size = sum(known.values()), sum(sizes[client] for client in known)
    rate = seconds / size if size else 1.0
    return {client: known.get(client, sizes[client] * rate) for client in clients}


def text_size(folder: Path) -> int:
    """The size of the texts in a folder that a portal is made of, in bytes. Files that go to the client are copied."""
    total = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if IGNORED.fullmatch(entry.name) or (is_folder and INTERNAL_FOLDER.fullmatch(entry.name)):
                continue
            if is_folder:
                total += text_size(Path(entry.path))
            elif entry.name.endswith(TEXT) and entry.is_file(follow_symlinks=False):
                total += entry.stat(follow_symlinks=False).st_size
    return total


def parse_shard(text: str) -> tuple[int, int]:
    """A shard as it is written: "3/8" is the third of eight.

    Raises:
        ValueError: it is not.
    """
    found = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", text)
    if not found or int(found[1]) > int(found[2]):
        raise ValueError(f"{text!r} is not a shard; write for example 3/8 for the third of eight")
    return int(found[1]), int(found[2])
