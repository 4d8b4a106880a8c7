"""`portal serve CLIENT`: a live preview in the browser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from portal_gen.cli.common import as_of_option, choose, content_option, read_lines, show
from portal_gen.diagnostics import Diagnostic, Severity, render_text
from portal_gen.host.preview import preview


class Address(click.ParamType[tuple[str, int]]):
    """HOST:PORT."""

    name = "HOST:PORT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """The host and the port, or a usage error."""
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 1 << 16:
            self.fail(f"{value!r} is not an address; write for example 127.0.0.1:8000", param, ctx)
        return host.strip("[]"), int(port)


@click.command()
@click.argument("client")
@content_option
@as_of_option
@click.option(
    "--config", type=click.Path(exists=True, dir_okay=False, path_type=Path), default="mkdocs.yml", show_default=True
)
@click.option("--address", type=Address(), default="127.0.0.1:8000", show_default=True)
def serve(client: str, content: Path, as_of: date, config: Path, address: tuple[str, int]) -> None:
    """Show CLIENT's portal, and show it anew whenever a file is saved. A mistake is shown on the page as well."""
    choose(content, (client,))

    def tell(found: Sequence[Diagnostic], messages: Iterable[str]) -> str:
        show(found, content)
        said = list(messages)
        for message in said:
            click.secho(f"{client}: {message}", fg="yellow", err=True)
        errors = [d for d in found if d.severity is Severity.ERROR]
        lines = {d.place.file: read_lines(content / d.place.file) for d in errors}
        return "\n\n".join([*(render_text(d, lines) for d in errors), *said])

    host, port = address
    try:
        preview(
            config,
            content,
            client,
            as_of,
            address,
            tell,
            ready=lambda: click.echo(f"Open http://{host}:{port}/ (Ctrl-C ends)", err=True),
        )
    except OSError as error:
        raise click.UsageError(f"{host}:{port} cannot be used: {error.strerror}. Choose another --address.") from error
