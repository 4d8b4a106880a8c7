"""MkDocs as a library: a build as its command line does it, its log, and the state it keeps in the process."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig

LOGGER = logging.getLogger("mkdocs")
# What is wrong with the content is said under a name of its own: it is no complaint of MkDocs.
CONTENT_LOGGER = logging.getLogger("mkdocs.plugins.portal.content")


class Complaints(logging.Handler):
    """Keeps what MkDocs and its plugins warn of; what our content is warned of is not among it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        if record.name != CONTENT_LOGGER.name:
            self.messages.append(record.getMessage())


def run(config: MkDocsConfig) -> None:
    """Build a loaded configuration as the command `mkdocs build` does: `build` alone leaves two events out."""
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


@contextmanager
def own_plugins() -> Iterator[None]:
    """Configurations loaded within get plugins of their own.

    MkDocs keeps some plugins (the search among them) for the whole process, and would give one client's to another.
    """
    option: Any = dict(MkDocsConfig._schema)["plugins"]  # noqa: SLF001 - MkDocs has no other way to it
    kept, option.plugin_cache = option.plugin_cache, {}
    try:
        yield
    finally:
        option.plugin_cache = kept


@contextmanager
def captured_log() -> Iterator[list[str]]:
    """Collect what MkDocs warns of instead of letting it out."""
    complaints = Complaints()
    before = LOGGER.propagate
    LOGGER.addHandler(complaints)
    LOGGER.propagate = False
    try:
        yield complaints.messages
    finally:
        LOGGER.propagate = before
        LOGGER.removeHandler(complaints)
