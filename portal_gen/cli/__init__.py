"""The command line. One command per file; the only place that prints and that reads the clock.

Exit codes: 0 clean, 1 errors in the content, 2 wrong use, 3 a bug of ours, 4 a gate refused to publish, 130 stopped.
"""

from __future__ import annotations

import importlib
import sys
import traceback

import click

from portal_gen import __version__

BUG = 3
COMMANDS = ("build", "check", "glossary", "new", "serve", "translated")


class Commands(click.Group):
    """The commands, each loaded when it is called for.

    A build that has nothing to do takes a fraction of a second, and must not wait for what the others import.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """The command of a name: the module of that name holds it."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"portal_gen.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="portal")
def portal() -> None:
    """Client portals from the files a project manager writes."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; what we did not foresee is said to be our fault."""
    try:
        portal.main(args=arguments, prog_name="portal", standalone_mode=True)
    except Exception:  # noqa: BLE001 - the last line of defence
        traceback.print_exc()
        click.echo("portal: this is a bug in portal_gen, not a mistake in your files. Nothing was published.", err=True)
        sys.exit(BUG)
