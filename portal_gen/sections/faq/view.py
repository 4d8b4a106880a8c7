"""What the page of questions shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal_gen.contract import Derived, Fact, Target, View
from portal_gen.language import Localized, Reader, Text
from portal_gen.sections.faq.model import FaqRecords, Question, QuestionFile
from portal_gen.source.body import Body

PAGE = "faq"


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question in the reader's language, or in the one it was written in. `language` is "" for the reader's."""

    id: str
    title: Text
    answer: Body
    language: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """The questions of one file under a heading. `note` says in words that they are in another language."""

    id: str
    title: Localized | str
    note: str
    language: str
    lead: Body | None
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class FaqView:
    """The page: groups, the projects' first."""

    groups: tuple[GroupView, ...]


def facts(records: FaqRecords) -> Iterator[Fact]:
    """Every question can be linked to."""
    for file in records.files:
        for question in file.questions:
            yield Target(
                place=question.place,
                project=file.project,
                space="house-question" if file.house else "question",
                id=question.id,
                title=Localized(question.titles),
                page=PAGE,
                anchor=anchor(file, question),
            )


def anchor(file: QuestionFile, question: Question) -> str:
    """The id of a question on the page: the same in every language, and unique over all files."""
    owner = "house" if file.house else file.project or "client"
    return f"{owner}-{question.id}"


def views(records: FaqRecords, derived: Derived, reader: Reader) -> Iterable[View]:
    """One page for the client."""
    _ = reader.word
    titles = {p.project: p.title for p in derived.projects}
    groups = []
    for file in records.files:
        heading: Localized | str = (
            _("Working with us") if file.house else titles.get(file.project) if file.project else _("In general")
        ) or _("In general")
        questions = tuple(_question(file, q, reader) for q in file.questions)
        # A translation has every question of its original.
        own = reader.language in file.leads or reader.language == reader.default
        lead, language = file.leads.get(reader.language) or file.leads[""], "" if own else reader.default
        groups.append(
            GroupView(
                f"about-{'house' if file.house else file.project or 'client'}",
                heading,
                reader.untranslated(language),
                language,
                lead if not lead.empty else None,
                questions,
            )
        )
    shown = tuple(g for g in groups if g.questions)
    if not shown:
        return  # all of them are internal
    yield View(
        path=PAGE,
        title=_("Questions"),
        description=_("Questions and answers about the project and about working with us."),
        template="page.md.jinja",
        data=FaqView(shown),
    )


def _question(file: QuestionFile, question: Question, reader: Reader) -> QuestionView:
    own = reader.language if reader.language in question.answers else ""
    language = own or reader.default
    return QuestionView(
        anchor(file, question),
        Text(question.titles[own], language),
        question.answers[own],
        "" if language == reader.language else language,
    )
