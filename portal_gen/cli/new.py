"""`portal new`: files to start from. What it writes passes `portal check`.

A house that wants other texts puts its own template of the same name into `content/shared/templates/`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import jinja2
from pydantic_core import PydanticCustomError

from portal_gen.cli.common import as_of_option, choose
from portal_gen.compute.calendars import region_exists
from portal_gen.host.docs_tree import ensure_skeleton
from portal_gen.source.client import parse_region
from portal_gen.source.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    fail,
    is_id,
    parse_language,
    parse_line,
    parse_zone,
    quote,
)
from portal_gen.source.folders import INTERNAL, SHARED
from portal_gen.source.text_file import FORBIDDEN, describe

OWN = Path(__file__).parent / "templates"
HOUSE = "shared/templates"
INDEX = "index"


def checked(parse: Callable[[object], str]) -> Callable[..., str | None]:
    """A callback for an option that takes what the reader of the content would take, and says the same of the rest."""

    def callback(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            if found := FORBIDDEN.search(value):
                raise fail("encoding", f"There is a character that no text has: {describe(found[0])}.")
            return parse(value)
        except PydanticCustomError as error:
            words = error.context or {}
            raise click.BadParameter(" ".join(filter(None, (words["what"], words["mend"]))), ctx, param) from error

    return callback


def parse_known_region(value: object) -> str:
    """A region whose public holidays we know."""
    region = parse_region(value)
    if not region_exists(region):
        raise fail("bad-value", f"No public holidays are known for {quote(region)}.", "Write for example: GB-ENG or CN")
    return region


def title_option(function: Any) -> Any:
    """--title TEXT."""
    return click.option("--title", callback=checked(parse_line), help="The title, as the client would write it.")(
        function
    )


def content_folder(function: Any) -> Any:
    """--content DIR, which may not exist yet."""
    return click.option(
        "--content",
        type=click.Path(file_okay=False, path_type=Path),
        default="content",
        show_default=True,
        help="The folder that holds the clients.",
    )(function)


@click.group()
def new() -> None:
    """Make a client, a project, minutes, a deliverable or a glossary term to start from."""


@new.command()
@click.argument("client_id", metavar="NAME")
@title_option
@click.option(
    "--language",
    default="en",
    show_default=True,
    callback=checked(parse_language),
    help="The client's language: en, zh …",
)
@click.option(
    "--region",
    default="GB-ENG",
    show_default=True,
    callback=checked(parse_known_region),
    help="Whose public holidays: GB-ENG, CN, US-NY …",
)
@click.option("--timezone", default="Europe/London", show_default=True, callback=checked(parse_zone))
@click.option("--project", "project_id", default="project", show_default=True, help="The id of the first project.")
@content_folder
@as_of_option
def client(content: Path, as_of: date, client_id: str, project_id: str, **values: str | None) -> None:
    """Make the client NAME with a first project."""
    check_id(client_id, SHARED, INTERNAL)
    check_id(project_id, INTERNAL)
    if (content / client_id).exists():
        raise click.UsageError(f"{content / client_id} is there already.")
    words = {**values, "title": values["title"] or title_of(client_id)}
    context = {"id": client_id, "project": project_id, **words, **days(as_of)}
    write(content, f"{client_id}/client.yml", "client.yml", context)
    write_project(content, client_id, project_id, {**context, "title": title_of(project_id)})
    host_files(content)
    click.echo(f"Next: portal build {client_id}", err=True)


@new.command()
@click.argument("client_id", metavar="CLIENT")
@click.argument("project_id", metavar="NAME")
@title_option
@content_folder
@as_of_option
def project(content: Path, as_of: date, client_id: str, project_id: str, title: str | None) -> None:
    """Make the project NAME for CLIENT."""
    choose(content, (client_id,))
    check_id(project_id, INTERNAL)
    if (content / client_id / project_id).exists():
        raise click.UsageError(f"{content / client_id / project_id} is there already.")
    context = {"project": project_id, "title": title or title_of(project_id), **days(as_of)}
    write_project(content, client_id, project_id, context)


@new.command()
@click.argument("client_id", metavar="CLIENT")
@click.argument("slug", metavar="NAME", default="meeting")
@click.option("--project", "project_id", help="The project; not needed when the client has one only.")
@title_option
@content_folder
@as_of_option
def minutes(content: Path, as_of: date, client_id: str, slug: str, project_id: str | None, title: str | None) -> None:
    """Make minutes for a meeting of CLIENT on the day of --as-of."""
    folder = project_folder(content, client_id, project_id)
    check_id(slug)
    context = {"title": title or title_of(slug), **days(as_of)}
    write(content, f"{folder}/minutes/{as_of.isoformat()}-{slug}.md", "minutes.md", context)


@new.command()
@click.argument("client_id", metavar="CLIENT")
@click.argument("name", metavar="NAME")
@click.option("--project", "project_id", help="The project; not needed when the client has one only.")
@title_option
@content_folder
@as_of_option
def deliverable(
    content: Path, as_of: date, client_id: str, name: str, project_id: str | None, title: str | None
) -> None:
    """Make the deliverable NAME for CLIENT."""
    folder = project_folder(content, client_id, project_id)
    check_id(name, INDEX)
    write(
        content, f"{folder}/deliverables/{name}.md", "deliverable.md", {"title": title or title_of(name), **days(as_of)}
    )


@new.command()
@click.argument("client_id", metavar="CLIENT")
@click.argument("name", metavar="TERM", callback=checked(parse_line))
@content_folder
def term(content: Path, client_id: str, name: str) -> None:
    """Add TERM to CLIENT's glossary. CLIENT may be `shared`: the house's glossary."""
    if client_id != "shared":
        choose(content, (client_id,))
    term_id = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.casefold()).split())
    check_id(term_id or name)
    path = content / client_id / "glossary.yml"
    text = path.read_text("utf-8") if path.exists() else ""
    if f"id: {term_id}\n" in text:
        raise click.UsageError(f"{path} has a term {term_id} already.")
    entry = render(content, "term.yml", {"id": term_id, "term": name})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + ("" if not text or text.endswith("\n") else "\n") + entry, "utf-8")
    click.echo(path)


def write_project(content: Path, client_id: str, project_id: str, context: dict[str, Any]) -> None:
    """The files of a project to start from."""
    base = f"{client_id}/{project_id}"
    write(content, f"{base}/project.yml", "project.yml", context)
    write(content, f"{base}/plan.yml", "plan.yml", context)
    write(content, f"{base}/faq.md", "faq.md", context)
    kickoff = {**context, "title": "Kick-off"}
    write(content, f"{base}/minutes/{context['today']}-kick-off.md", "minutes.md", kickoff)
    write(content, f"{base}/deliverables/first-version.md", "deliverable.md", {**context, "title": "First version"})


def host_files(content: Path) -> None:
    """The host's configuration beside the content, where there is none yet."""
    root = content.absolute().parent
    ensure_skeleton(root)
    path = root / "mkdocs.yml"
    if not path.exists():
        path.write_text(render(content, "mkdocs.yml", {"content": content.name}), "utf-8")
        click.echo(path)


def write(content: Path, name: str, template: str, context: dict[str, Any]) -> None:
    """Write one new file; never over one that is there."""
    path = content / name
    if path.exists():
        raise click.UsageError(f"{path} is there already.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(content, template, context), "utf-8")
    click.echo(path)


def render(content: Path, template: str, context: dict[str, Any]) -> str:
    """A template's text: the house's own, where it has one."""
    loader = jinja2.FileSystemLoader([str(content / HOUSE), str(OWN)])
    environment = jinja2.Environment(  # noqa: S701 - YAML and Markdown, not HTML
        loader=loader, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    # A value stands in quotes in the YAML templates: what would end them is escaped.
    environment.filters["q"] = lambda text: '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
    return environment.get_template(template).render(**context)


def project_folder(content: Path, client_id: str, project_id: str | None) -> str:
    """The folder of a project, relative to content; the only one when none is named."""
    choose(content, (client_id,))
    known = sorted(p.parent.name for p in (content / client_id).glob("*/project.yml"))
    if project_id is None and len(known) == 1:
        project_id = known[0]
    if project_id is None or project_id not in known:
        raise click.UsageError(f"Name the project with --project. Known: {', '.join(known) or 'none'}.")
    return posixpath.join(client_id, project_id)


def check_id(name: str, *taken: str) -> None:
    """Refuse what cannot be part of an address, and names that mean something else in that folder."""
    if not is_id(name):
        raise click.UsageError(f"{name!r} cannot be part of a web address: use a-z, digits and hyphens.")
    if name in taken:
        raise click.UsageError(f"{name!r} has a meaning of its own in this folder. Choose another name.")


def title_of(name: str) -> str:
    """A title made of an id."""
    return name.replace("-", " ").capitalize()


def days(today: date) -> dict[str, str]:
    """The days that templates use: working days, counted from today."""
    if not FIRST_YEAR <= today.year < LAST_YEAR:
        raise click.UsageError(f"The year {today.year} is far away from any project: {FIRST_YEAR} to {LAST_YEAR - 1}.")
    monday = today + timedelta(days=(7 - today.weekday()) % 7)
    return {
        "today": today.isoformat(),
        "start": monday.isoformat(),
        "soon": (monday + timedelta(days=4)).isoformat(),
        "middle": (monday + timedelta(weeks=5, days=4)).isoformat(),
        "end": (monday + timedelta(weeks=8, days=4)).isoformat(),
        "late": (monday + timedelta(weeks=12, days=4)).isoformat(),
    }
