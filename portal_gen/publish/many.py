"""All clients, one after the other: a client that fails keeps yesterday's portal, the others go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from portal_gen.publish.one import Outcome, open_site, publish


def publish_all(
    clients: Sequence[str], content: Path, site: Path, config: Path, as_of: date, *, strict: bool = False
) -> Iterator[Outcome]:
    """Publish each client in turn and say what became of it.

    Raises:
        UnsafeSiteError: see `open_site`.
    """
    with open_site(site, content) as folder:
        for client in clients:
            yield publish(client, content, folder, config, as_of, strict=strict)
