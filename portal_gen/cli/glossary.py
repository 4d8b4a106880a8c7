"""`portal glossary`: terms to and from other tools."""

from __future__ import annotations

from pathlib import Path

import click

from portal_gen.cli.common import CONTENT_ERRORS, content_option, show
from portal_gen.diagnostics import Code, Report, did_you_mean
from portal_gen.sections.glossary.exchange import READERS, SUFFIXES, WRITERS, ExchangeError, concept_of, to_yaml
from portal_gen.sections.glossary.model import FILE, read_terms
from portal_gen.source.client import ClientRecord
from portal_gen.source.folders import SHARED, client_ids
from portal_gen.source.record import read_record
from portal_gen.source.text_file import read_text
from portal_gen.source.tree import MAX_YAML
from portal_gen.source.yaml_file import parse_yaml

MAX_FILE = 20 << 20
format_option = click.option(
    "--format", "style", type=click.Choice(sorted(WRITERS)), help="The format; else the file's name tells."
)


@click.group()
def glossary() -> None:
    """Take a glossary to other tools and back: CSV, SKOS (JSON-LD) or TBX-Basic.

    WHERE is a client, a project as CLIENT/PROJECT, or `shared` for the house's glossary.
    """


@glossary.command()
@click.argument("where", metavar="WHERE")
@format_option
@click.option("--language", help="The language of texts that name none; the client's first one, when not given.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a file, not to the terminal.")
@content_option
def export(where: str, style: str | None, language: str | None, output: Path | None, content: Path) -> None:
    """Write the glossary of WHERE in another format."""
    path = glossary_path(content, where)
    style = style or (SUFFIXES.get(output.suffix.lower()) if output else None)
    if style is None:
        raise click.UsageError(f"Say the format with --format: {', '.join(sorted(WRITERS))}.")
    report = Report()
    name = path.relative_to(content).as_posix()
    if not path.is_file():
        raise click.UsageError(f"There is no {path}.")
    text = read_text(path, name, report, MAX_YAML)
    terms = read_terms(parse_yaml(text, name, report), report) if text is not None else ()
    finish(report, content)
    default = language or default_language(content, where)
    written = WRITERS[style]([concept_of(term, default) for term in terms])
    if output:
        output.write_bytes(written.encode())
        click.echo(output)
    else:
        click.echo(written.encode(), nl=False)


@glossary.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@format_option
@click.option("--to", "where", metavar="WHERE", help="Write the glossary of WHERE; else it goes to the terminal.")
@click.option("--replace", is_flag=True, help="Write over a glossary that is there already.")
@content_option
def import_(file: Path, style: str | None, where: str | None, content: Path, *, replace: bool) -> None:
    """Read FILE and make a glossary.yml of it. Nothing is written when it would not pass `portal check`."""
    style = style or SUFFIXES.get(file.suffix.lower())
    if style is None:
        raise click.UsageError(f"Say what {file.name} is with --format: {', '.join(sorted(READERS))}.")
    target = glossary_path(content, where) if where else None
    if target and target.exists() and not replace:
        raise click.UsageError(f"{target} is there already. To write over it, add --replace.")
    report = Report()
    text = read_text(file, file.name, report, MAX_FILE)
    finish(report, file.parent)
    try:
        written = to_yaml(READERS[style](text or ""))
    except ExchangeError as error:
        click.echo(f"{file}: error: {error}", err=True)
        raise SystemExit(CONTENT_ERRORS) from error
    name = target.relative_to(content).as_posix() if target else FILE
    terms = read_terms(parse_yaml(written, name, report), report)
    known = {term.id for term in terms}.union(*(_ids(path) for path in _others(content, target)))
    for term in terms:
        for n, other in enumerate(term.related):
            if other not in known:
                what = f"related: there is no term '{other}'."
                report.error(term.at("related", n), Code.UNKNOWN_ID, what, mend=did_you_mean(other, known))
    if len(written.encode()) > MAX_YAML:
        raise click.ClickException(f"{file} is too large for one glossary: {MAX_YAML >> 20} MB at most.")
    finish(report, content, f"This is what {file} would become. Nothing was written.", written)
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(written.encode())
        click.echo(target)
    else:
        click.echo(written.encode(), nl=False)


def _others(content: Path, target: Path | None) -> list[Path]:
    """The glossaries that hold beside the one at `target`, which is to be written."""
    if target is None:
        return []
    above = [content / SHARED / FILE, *(folder / FILE for folder in target.parents if folder.parent == content)]
    return [path for path in above if path != target and path.is_file()]


def _ids(path: Path) -> set[str]:
    report = Report()
    text = read_text(path, path.name, report, MAX_YAML)
    return {term.id for term in read_terms(parse_yaml(text, path.name, report), report)} if text else set()


def glossary_path(content: Path, where: str) -> Path:
    """The glossary.yml of a client, a project or the house."""
    client, _, project = where.partition("/")
    known = client_ids(content)
    if client not in (*known, SHARED) or (client == SHARED and project):
        raise click.UsageError(f"There is no client '{client}'. Known: {', '.join([*known, SHARED])}.")
    if project and not (content / client / project / "project.yml").is_file():
        raise click.UsageError(f"'{client}' has no project '{project}'.")
    return content / client / project / FILE if project else content / client / FILE


def default_language(content: Path, where: str) -> str:
    """The first language of a client; English for the house."""
    path = content / where.partition("/")[0] / "client.yml"
    report = Report()
    text = read_text(path, path.name, report, MAX_YAML) if path.is_file() else None
    record = read_record(parse_yaml(text, path.name, report), ClientRecord, report, only=True) if text else None
    return record.languages[0] if record and record.languages else "en"


def finish(report: Report, content: Path, note: str = "", written: str = "") -> None:
    """Print what was found, with the text that it is about where that is no file; stop when there are errors."""
    if report.diagnostics:
        show(report.diagnostics, content, "text")
    if report.failed:
        if note:
            click.echo(f"{note}\n{written}", err=True)
        raise SystemExit(CONTENT_ERRORS)
