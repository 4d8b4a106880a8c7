"""Changes that happen to what portals are made of. Each takes the portfolio and chance, and says what it did."""

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.publish.portfolio import CLIENTS, commit, run_git, write

MUTATIONS: list[Callable[["Portfolio"], str]] = []


@dataclass
class Portfolio:
    """The files of a portfolio, the copy of the package that builds it, and what is not a file."""

    folder: Path
    package: Path
    chance: random.Random
    day: date = date(2026, 11, 24)
    env: dict[str, str] = field(default_factory=dict)
    number: int = 0

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def client(self) -> Path:
        return self.content / self.chance.choice(CLIENTS)

    def word(self) -> str:
        """A word that was never used before."""
        self.number += 1
        return f"word{self.number}"


def mutation(function: Callable[[Portfolio], str]) -> Callable[[Portfolio], str]:
    MUTATIONS.append(function)
    return function


def edit(path: Path, pattern: str, new: str) -> str:
    text = path.read_text("utf-8")
    path.write_text(re.sub(pattern, new, text, count=1), "utf-8")
    return f"{path.name}: {pattern} -> {new}"


def minutes(client: Path) -> list[Path]:
    return sorted((client / "web" / "minutes").glob("*.md"))


@mutation
def nothing(p: Portfolio) -> str:
    return "nothing"


@mutation
def new_times(p: Portfolio) -> str:
    for path in p.content.rglob("*.*"):
        os.utime(path, (1_000_000_000, p.chance.randrange(10**9)))
    return "all modification times"


@mutation
def bytes_of_a_page(p: Portfolio) -> str:
    client = p.client()
    return edit(client / "web" / "faq.md", r"\w+\.\n", f"{p.word()}.\n")


@mutation
def one_byte_and_the_old_time(p: Portfolio) -> str:
    path = p.client() / "web" / "faq.md"
    before = path.stat()
    text = path.read_bytes()
    path.write_bytes(text[:-2] + bytes([97 + (text[-2] + 1) % 26]) + text[-1:])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return f"one byte of {path}"


@mutation
def a_value(p: Portfolio) -> str:
    return edit(p.client() / "web" / "project.yml", "summary: .*", f"summary: About {p.word()}.")


@mutation
def a_file_more(p: Portfolio) -> str:
    folder = p.client() / "web" / "minutes"
    day = date(2026, 1, 1) + timedelta(p.chance.randrange(300))
    text = f"---\ntitle: {p.word()}\ndate: {day}\nattendees: [bo]\n---\n## Notes\nShort.\n"
    write(folder / f"{day}-{p.word()}.md", text)
    return f"minutes of {day} in {folder}"


@mutation
def a_file_less(p: Portfolio) -> str:
    for path in minutes(p.client())[1:]:
        path.unlink()
        return f"without {path}"
    return "nothing to remove"


@mutation
def another_name(p: Portfolio) -> str:
    for path in minutes(p.client())[-1:]:
        path.rename(path.with_name(f"{path.name[:10]}-{p.word()}.md"))
        return f"{path} renamed"
    return "nothing to rename"


@mutation
def a_file_that_is_ignored(p: Portfolio) -> str:
    client = p.client()
    write(client / "web" / f"{p.word()}.log", "not in git, and yet it gives a warning")
    return f"an ignored file in {client}"


@mutation
def a_file_inside_internal(p: Portfolio) -> str:
    write(p.client() / "web" / "internal" / "notes.md", p.word())
    return "internal notes"


@mutation
def no_ignored_files(p: Portfolio) -> str:
    for path in p.content.rglob("*.log"):
        path.unlink()
    return "ignored files removed"


@mutation
def a_shared_term(p: Portfolio) -> str:
    return edit(p.content / "shared" / "glossary.yml", "short: .*}", f"short: Staff try {p.word()}.}}")


@mutation
def a_shared_file_more_or_less(p: Portfolio) -> str:
    path = p.content / "shared" / "faq.md"
    if path.exists():
        path.unlink()
    else:
        write(path, f"# FAQ\n## Who?\n{p.word()}.\n")
    return f"shared faq: {path.exists()}"


@mutation
def a_mistake_or_its_repair(p: Portfolio) -> str:
    path = p.client() / "web" / "project.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("mistake: 1\n", "") if "mistake" in text else text + "mistake: 1\n", "utf-8")
    return f"mistake in {path}: {'mistake' not in text}"


@mutation
def the_theme(p: Portfolio) -> str:
    word = p.word()
    if p.chance.random() < 0.5:
        with (p.package / "themes" / "portal" / "assets" / "portal.css").open("a") as file:
            file.write(f"/* {word} */\n")
        return f"portal.css: {word}"
    return edit(
        p.package / "themes" / "portal" / "main.html", r'"robots" content="[^"]*"', f'"robots" content="{word}"'
    )


@mutation
def a_template_of_a_section(p: Portfolio) -> str:
    path = p.package / "portal_gen" / "sections" / "faq" / "page.md.jinja"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(<!-- word\d+ -->)?(</h1>)", f"<!-- {p.word()} -->\\2", text), "utf-8")
    return "template of the faq"


@mutation
def a_style_of_a_section(p: Portfolio) -> str:
    with (p.package / "portal_gen" / "sections" / "faq" / "section.css").open("a") as file:
        file.write(f".{p.word()} {{ color: red }}\n")
    return "style of the faq"


@mutation
def the_configuration(p: Portfolio) -> str:
    path = p.folder / "mkdocs.yml"
    if p.chance.random() < 0.5:
        return edit(path, r"note: !ENV \[[^]]*\]", f"note: !ENV [PORTFOLIO_NOTE, {p.word()}]")
    return edit(path, r"extra: \{", "extra: { ")


@mutation
def the_inherited_configuration(p: Portfolio) -> str:
    return edit(p.folder / "base.yml", "base: .*}", f"base: {p.word()}}}")


@mutation
def a_template_in_custom_dir(p: Portfolio) -> str:
    return edit(p.folder / "overrides" / "partials" / "logo.html", "<p>.*?{{", f"<p>{p.word()} {{{{")


@mutation
def a_file_more_in_custom_dir(p: Portfolio) -> str:
    write(p.folder / "overrides" / "assets" / f"{p.word()}.css", "p { color: red }\n")
    return "a style in custom_dir"


@mutation
def a_module_beside_a_hook(p: Portfolio) -> str:
    return edit(p.folder / "hooks" / "words.py", "'.*'", f"'{p.word()}'")


@mutation
def a_hook(p: Portfolio) -> str:
    return edit(p.folder / "hooks" / "sign.py", r"{WORD}[^{]*{", f"{{WORD}} {p.word()} {{")


@mutation
def the_environment(p: Portfolio) -> str:
    p.env["PORTFOLIO_NOTE"] = p.word()
    return f"PORTFOLIO_NOTE={p.env['PORTFOLIO_NOTE']}"


@mutation
def a_version(p: Portfolio) -> str:
    old = next((p.folder / "installed").glob("*.dist-info"))
    new = f"1.{p.number}"
    p.number += 1
    old.rename(old.with_name(f"portfolio_thing-{new}.dist-info"))
    edit(old.with_name(f"portfolio_thing-{new}.dist-info") / "METADATA", "Version: .*", f"Version: {new}")
    return f"portfolio-thing {new}"


@mutation
def the_day(p: Portfolio) -> str:
    p.day += timedelta(p.chance.choice((-1, 1, 7)))
    return f"as of {p.day}"


@mutation
def a_commit(p: Portfolio) -> str:
    if (p.folder / ".git").is_dir():
        commit(p.folder)
    return "commit"


@mutation
def back_to_the_commit_before(p: Portfolio) -> str:
    if (p.folder / ".git").is_dir() and len(run_git(p.folder, "rev-list", "HEAD").split()) > 1:
        run_git(p.folder, "checkout", "-q", "HEAD~1", "--", "content")
    return "content of the commit before"


@mutation
def git_or_not(p: Portfolio) -> str:
    there, away = p.folder / ".git", p.folder / ".git-away"
    if there.is_dir():
        there.rename(away)
    else:
        away.rename(there)
    return f"git: {there.is_dir()}"


@mutation
def a_file_that_git_may_not_look_at(p: Portfolio) -> str:
    path = p.client() / "web" / "faq.md"
    if (p.folder / ".git").is_dir() and run_git(p.folder, "ls-files", str(path)):
        run_git(p.folder, "update-index", p.chance.choice(("--skip-worktree", "--assume-unchanged")), str(path))
    return f"{edit(path, r'Soon|Late', p.chance.choice(('Soon', 'Late')))}, unseen by git"


@mutation
def attributes(p: Portfolio) -> str:
    path = p.chance.choice((p.folder, p.content, p.client())) / ".gitattributes"
    if path.exists():
        path.unlink()
    else:
        write(path, "*.md text eol=crlf\n")
    return f"{path}: {path.exists()}"


@mutation
def line_ends(p: Portfolio) -> str:
    path = p.client() / "web" / "faq.md"
    text = path.read_bytes()
    path.write_bytes(text.replace(b"\r\n", b"\n") if b"\r" in text else text.replace(b"\n", b"\r\n"))
    return f"line ends of {path}"


@mutation
def a_client_takes_anothers_text(p: Portfolio) -> str:
    one, two = p.chance.sample(CLIENTS, 2)
    shutil.copy(p.content / one / "web" / "faq.md", p.content / two / "web" / "faq.md")
    return f"{two} has the faq of {one}"


def sequence(p: Portfolio) -> Iterator[str]:
    """Changes without end: every kind in turn, shuffled, half of the time two at once."""
    while True:
        kinds = MUTATIONS.copy()
        p.chance.shuffle(kinds)
        while kinds:
            done = kinds.pop()(p)
            if kinds and p.chance.random() < 0.5:
                done += f"; {kinds.pop()(p)}"
            yield done
