"""`portal serve CLIENT`: a live preview in the browser, by MkDocs."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import click

from portal_gen.cli.common import as_of_option, choose, content_option


@click.command()
@click.argument("client")
@content_option
@as_of_option
@click.option(
    "--config", type=click.Path(exists=True, dir_okay=False, path_type=Path), default="mkdocs.yml", show_default=True
)
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
def serve(client: str, content: Path, as_of: date, config: Path, address: str) -> None:
    """Show CLIENT's portal and rebuild it whenever a file is saved."""
    choose(content, (client,))
    environment = {
        # The notice is for whoever chose MkDocs; a project manager has not.
        "NO_MKDOCS_2_WARNING": "1",
        **os.environ,
        "PORTAL_CLIENT": client,
        "PORTAL_CONTENT": str(content.absolute()),
        "PORTAL_AS_OF": as_of.isoformat(),
    }
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-q", "-f", str(config), "-a", address]
    click.echo(f"Open http://{address}/ (Ctrl-C ends)", err=True)
    raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603 - our own interpreter
