"""The command line. One command per file; the only place that prints and that reads the clock.

Exit codes: 0 clean, 1 errors in the content, 2 wrong use, 3 a bug of ours, 4 a gate refused to publish.
"""

from __future__ import annotations

import sys
import traceback

import click

from portal_gen import __version__
from portal_gen.cli.build import build
from portal_gen.cli.check import check
from portal_gen.cli.new import new
from portal_gen.cli.serve import serve

BUG = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="portal")
def portal() -> None:
    """Client portals from the files a project manager writes."""


for command in (build, check, new, serve):
    portal.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; what we did not foresee is said to be our fault."""
    try:
        portal.main(args=arguments, prog_name="portal", standalone_mode=True)
    except Exception:  # noqa: BLE001 - the last line of defence
        traceback.print_exc()
        click.echo("portal: this is a bug in portal_gen, not a mistake in your files. Nothing was published.", err=True)
        sys.exit(BUG)
