"""`portal translated`: says that translations fit their originals as these stand now."""

from __future__ import annotations

from pathlib import Path

import click

from portal_gen.cli.common import CONTENT_ERRORS, show
from portal_gen.diagnostics import Report
from portal_gen.language import find_locale
from portal_gen.source.freshness import KEY, fingerprint, mark
from portal_gen.source.markdown_file import parse_markdown
from portal_gen.source.text_file import read_text
from portal_gen.source.tree import MAX_MARKDOWN


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def translated(files: tuple[Path, ...]) -> None:
    """Mark translations as made from their originals as they stand now.

    FILES are translations, for example content/acme/faq.zh.md. From then on `portal check` says when the original
    changes. A line is written into the front matter; taking it out again ends the watch.
    """
    pairs = [(file, _original(file)) for file in files]  # all of them first: wrong use changes nothing
    failed = False
    for file, original in pairs:
        report = Report()
        text = read_text(original, original.name, report, MAX_MARKDOWN)
        parsed = parse_markdown(text, original.name, report) if text is not None else None
        if parsed is None:
            show(report.diagnostics, original.parent)
            failed = True
            continue
        before = file.read_bytes().decode("utf-8-sig", "surrogateescape")
        after = mark(before, fingerprint(parsed))
        if after != before:
            file.write_bytes(after.encode("utf-8", "surrogateescape"))
        click.echo(f"{file}: {KEY} {original.name} as it stands now.", err=True)
    if failed:
        raise SystemExit(CONTENT_ERRORS)


def _original(file: Path) -> Path:
    """The text that a file translates: faq.md for faq.zh.md."""
    base, dot, tag = file.name.removesuffix(".md").rpartition(".")
    if not dot or not file.name.endswith(".md") or find_locale(tag) is None:
        raise click.UsageError(f"{file} is not a translation; one is called, for example, faq.zh.md.")
    original = file.with_name(f"{base}.md")
    if not original.is_file():
        raise click.UsageError(f"There is no {original.name} beside {file}.")
    return original
