"""What is written as questions: faq.md in a project, beside client.yml, and in the shared folder."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import ClassVar

from markdown.extensions.toc import slugify_unicode

from portal_gen.diagnostics import Code, Report
from portal_gen.source.body import Body, Part, split
from portal_gen.source.fields import LocalLine
from portal_gen.source.markdown_file import MarkdownFile
from portal_gen.source.record import Record, read_record
from portal_gen.source.tree import Folder, Source, Translated
from portal_gen.source.yaml_file import Mapping

EXPLICIT_ID = re.compile(r"\{:?\s*#([\w-]+)\s*\}$")
FILE = "faq.md"


class QuestionsFront(Record):
    """The keys of the front matter, where there is one."""

    noun: ClassVar[str] = "list of questions"
    title: LocalLine | None = None


class Question(Record):
    """One question with its answer, in every language it was written in. `id` is the same in all of them."""

    noun: ClassVar[str] = "question"
    id: str
    titles: dict[str, str]
    answers: dict[str, Body]


class QuestionFile(Record):
    """The questions of one file. `project` is None for the client's and the house's."""

    noun: ClassVar[str] = "list of questions"
    project: str | None
    house: bool
    questions: tuple[Question, ...]
    leads: dict[str, Body]


class FaqRecords(Record):
    """All questions for one client: projects first, then the client's own, then the house's."""

    files: tuple[QuestionFile, ...]


def load(source: Source, report: Report) -> FaqRecords | None:
    """Read all questions. None when there are none."""
    places: list[tuple[str | None, bool, Folder]] = [(name, False, folder) for name, folder in source.projects.items()]
    places += [(None, False, source.client), (None, True, source.shared)]
    files = []
    for project, house, folder in places:
        written = folder.markdown(FILE)
        if written is None:
            continue
        for parsed in (written.main, *written.translations.values()):
            read_record(parsed.front, QuestionsFront, report)
            list(folder.linked_assets(parsed.body))
        files.append(_read(written, project, report, house=house))
    if not any(f.questions for f in files):
        return None
    return FaqRecords.model_construct(files=tuple(files), node=files[0].node, visibility="client")


def _read(written: Translated, project: str | None, report: Report, *, house: bool) -> QuestionFile:
    lead, parts = _questions(written.main.body)
    others = {tag: _questions(parsed.body) for tag, parsed in written.translations.items()}
    shown = [p for p in parts if not p.hidden]
    for tag, (text, every) in list(others.items()):
        translated = [p for p in every if not p.hidden]
        others[tag] = text, translated
        if len(translated) != len(shown):
            parsed = written.translations[tag]
            report.error(
                parsed.place,
                Code.TRANSLATION,
                f"This translation has {len(translated)} questions, the original has {len(shown)}.",
                why="Question by question is the only way to tell which is which.",
                mend="Translate each question, in the same order.",
                related=((written.main.place, "the original"),),
            )
            del others[tag]
    questions = []
    number = {id(part): n for n, part in enumerate(shown)}
    for part, question_id in zip(parts, _ids(parts), strict=True):
        own = {} if part.hidden else {tag: t[number[id(part)]] for tag, (_, t) in others.items()}
        titles = {"": _title(part)[0]} | {tag: _title(p)[0] for tag, p in own.items()}
        answers = {"": part.body} | {tag: p.body for tag, p in own.items()}
        if part.body.empty and not part.hidden:
            report.warning(part.place, Code.MISSING_KEY, "This question has no answer yet.", mend="Write one below it.")
        questions.append(
            Question.model_construct(
                id=question_id,
                titles=titles,
                answers=answers,
                node=Mapping(part.place, {}),
                visibility="internal" if part.hidden else "client",
            )
        )
    return QuestionFile.model_construct(
        project=project,
        house=house,
        questions=tuple(questions),
        leads={"": lead} | {tag: text for tag, (text, _) in others.items()},
        node=Mapping(written.main.place, {}),
        visibility=_visibility(written.main),
    )


def _ids(parts: list[Part]) -> list[str]:
    """An id for each question. Hidden ones come last, so that none of them shows in the address of another."""
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for number, n in enumerate(sorted(range(len(parts)), key=lambda n: parts[n].hidden), 1):
        title, found = _title(parts[n])
        base = found or slugify_unicode(title, "-") or f"question-{number}"
        ids[n] = next(i for i in chain([base], (f"{base}-{k}" for k in count(2))) if i not in taken)
        taken.add(ids[n])
    return [ids[n] for n in range(len(parts))]


def _visibility(parsed: MarkdownFile) -> str:
    entry = parsed.front.entries.get("visibility") if parsed.front else None
    return "client" if entry is None or getattr(entry.node, "text", "") == "client" else "internal"


def _questions(body: Body) -> tuple[Body, list[Part]]:
    """What stands between the file's own heading and the first question, and the questions (level 2)."""
    lead, parts = split(body)
    if parts and parts[0].level == 1:
        lead, parts = parts[0].body, parts[1:]
    return lead, [p for p in parts if p.level > 1]


def _title(part: Part) -> tuple[str, str]:
    found = EXPLICIT_ID.search(part.title)
    return (part.title[: found.start()].rstrip(), found[1]) if found else (part.title, "")
