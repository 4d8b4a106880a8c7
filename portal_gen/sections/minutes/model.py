"""What is written as minutes: one Markdown file for each meeting, in the project's folder `minutes`."""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar

from pydantic_core import PydanticCustomError

from portal_gen.diagnostics import Code, Report
from portal_gen.language import Localized
from portal_gen.sections.minutes.items import (
    Action,
    Decision,
    check_action,
    check_remark,
    check_strays,
    is_remark,
    read_inline,
    read_list,
    read_translated_inline,
    translate_list,
)
from portal_gen.sections.minutes.outline import Kind, Outline, outline
from portal_gen.sections.minutes.presence import Attendee, Names, known_names, read_present
from portal_gen.source.body import Body
from portal_gen.source.fields import Day, LocalLine, Ref, parse_day
from portal_gen.source.markdown_file import MarkdownFile
from portal_gen.source.record import Record, read_record
from portal_gen.source.tree import Folder, Source, Translated
from portal_gen.source.yaml_file import Mapping

FOLDER = "minutes"
DAY_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)[-_]?")


class MinutesFront(Record):
    """The keys of the front matter. Each may be left out; title and date are then taken from heading and file name."""

    noun: ClassVar[str] = "file of minutes"
    title: LocalLine | None = None
    date: Day | None = None
    attendees: tuple[Ref, ...] = ()
    apologies: tuple[Ref, ...] = ()
    next: Day | None = None


class TranslationFront(Record):
    """The one key that a translation has: facts stand in the original."""

    noun: ClassVar[str] = "translation of minutes"
    title: LocalLine | None = None


class Prose(Record):
    """A stretch of text under a heading, which is its first line when it is `headed`."""

    body: Body
    headed: bool


class Texts(Record):
    """What the file says beside its records, in one language.

    `guests` are those present who are nobody in client.yml, as written; `present` is what else stands in that list.
    """

    guests: tuple[Body, ...]
    present: tuple[Body, ...]
    beside_decisions: tuple[Body, ...]
    beside_actions: tuple[Body, ...]
    prose: tuple[Prose, ...]


class Meeting(Record):
    """One meeting. `id` is the file's stem; `texts` is by language tag, the original's under ""."""

    noun: ClassVar[str] = "meeting"
    id: str
    file: str
    title: Localized
    day: date
    front: MinutesFront
    attendees: tuple[Attendee, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]
    texts: dict[str, Texts]


class MinutesRecords(Record):
    """The section's records: meetings by project, oldest first."""

    projects: dict[str, tuple[Meeting, ...]]


def load(source: Source, report: Report) -> MinutesRecords | None:
    """Read the minutes of every project. None when there are none."""
    projects = {}
    names = known_names(source)
    for name, folder in source.projects.items():
        found = [m for written in folder.all_markdown(FOLDER) if (m := _meeting(written, folder, names, report))]
        if found:
            projects[name] = tuple(sorted(found, key=lambda m: (m.day, m.id)))
    if not projects:
        return None
    node = next(iter(projects.values()))[0].node
    return MinutesRecords.model_construct(projects=projects, node=node, visibility="client")


def _meeting(written: Translated, folder: Folder, names: Names, report: Report) -> Meeting | None:
    main = written.main
    for parsed in (main, *written.translations.values()):
        list(folder.linked_assets(parsed.body))
    front = read_record(main.front or Mapping(main.place, {}), MinutesFront, report)
    day = _day(written.stem, main, front, report) if front else None
    if front is None or day is None:
        return None
    _check(written.stem, main, front, day, report)
    inline, parts = read_inline(outline(main.body, str(front.title) if front.title else ""), report)
    attendees, texts = _texts(parts, front, names, report)
    decisions, beside_decisions = read_list(parts.of(Kind.DECISIONS), inline, Decision, report)
    actions, beside_actions = read_list(parts.of(Kind.ACTIONS), inline, Action, report)
    for action in actions:
        if is_remark(action):
            check_remark(action, day, front.next, report)
        else:
            check_action(action, day, [a.id for a in attendees], front.next, report)
    check_strays(_around(main.body, parts, texts, beside_decisions, beside_actions), report)
    by_language = {"": _beside(texts, beside_decisions, beside_actions)}
    titles = dict(front.title.texts) if front.title else {"": parts.title or _title_of(written.stem)}
    for tag, parsed in written.translations.items():
        own = read_record(parsed.front or Mapping(parsed.place, {}), TranslationFront, report)
        title = str(own.title) if own and own.title else ""
        inline, other = read_translated_inline(outline(parsed.body, title), report)
        titles |= {tag: title or other.title} if title or other.title else {}
        places = (parsed.place, main.place)
        decisions, beside_decisions = translate_list(decisions, inline, other, Kind.DECISIONS, tag, places, report)
        actions, beside_actions = translate_list(actions, inline, other, Kind.ACTIONS, tag, places, report)
        _, texts = _texts(other, front, names, Report())
        check_strays(_around(parsed.body, other, texts, beside_decisions, beside_actions), report)
        by_language[tag] = _beside(texts, beside_decisions, beside_actions)
    return Meeting.model_construct(
        id=written.stem,
        file=main.file,
        title=Localized({tag: _without_day(title, day) for tag, title in titles.items()}),
        day=day,
        front=front,
        attendees=attendees,
        decisions=decisions,
        actions=tuple(a for a in actions if not is_remark(a)),
        texts=by_language,
        node=front.node,
        visibility=front.visibility,
    )


def _day(stem: str, main: MarkdownFile, front: MinutesFront, report: Report) -> date | None:
    """The day of the meeting: as written, else as the file is called."""
    found = DAY_IN_NAME.match(stem)
    named = None
    if found:
        try:
            named = parse_day(found[1])
        except PydanticCustomError as error:
            what = (error.context or {})["what"]
            report.error(
                main.place, Code(error.type), f"The file's name begins with {found[1]}. {what}", mend="Rename the file."
            )
            return front.date
    if front.date and named and front.date != named:
        report.error(
            front.at("date"),
            Code.DATE_ORDER,
            f"date: {front.date} here, but the file's name says {named}.",
            why="One of the two is wrong, and the client would be told that one.",
            mend="Make both the day on which you met.",
        )
    written_badly = "date" in front.node.entries and front.date is None
    if front.date is None and named is None and not written_badly:
        report.error(
            main.place,
            Code.MISSING_KEY,
            "Nothing says on which day this meeting was.",
            mend=f"Call the file  2026-11-02-{stem}.md  or write  date: 2026-11-02  between two --- lines at its top.",
        )
    return front.date or named


def _check(stem: str, main: MarkdownFile, front: MinutesFront, day: date, report: Report) -> None:
    if stem == "index":
        report.error(
            main.place,
            Code.BAD_ID,
            "Minutes cannot be called index.md: that address is the list of all minutes.",
            mend="Name the file by day and subject, for example: 2026-11-02-steering.md",
        )
    if front.next and front.next <= day:
        report.error(
            front.at("next"),
            Code.DATE_ORDER,
            f"next: {front.next} is not after this meeting, {day}.",
            mend="Check the day of the next meeting, or take the line out.",
        )
    for n, person in enumerate(front.apologies):
        if person in front.attendees:
            report.error(
                front.at("apologies", n),
                Code.BAD_VALUE,
                f"apologies: '{person}' is also among the attendees.",
                mend="Keep one of the two.",
                related=((front.at("attendees", front.attendees.index(person)), "named here as present"),),
            )


def _texts(parts: Outline, front: MinutesFront, names: Names, report: Report) -> tuple[tuple[Attendee, ...], Texts]:
    """Who was there, and what the file says beside its lists."""
    if front.attendees:
        # A list of those present is text like any other where the front matter names them.
        attendees = tuple(
            Attendee.model_construct(id=person, node=Mapping(front.at("attendees", n), {}), visibility="client")
            for n, person in enumerate(front.attendees)
        )
        segments = [s for s in parts.segments if s.kind in (None, Kind.PRESENT)]
        lists = []
    else:
        segments = list(parts.of(None))
        lists = [read_present(s.content, names, report) for s in parts.of(Kind.PRESENT)]
        by_id: dict[str, Attendee] = {}
        for attendee in (a for people, _, _ in lists for a in people):
            by_id.setdefault(attendee.id, attendee)
        attendees = tuple(by_id.values())
    prose = tuple(
        Prose.model_construct(body=s.body, headed=s.headed, node=Mapping(s.body.place(0), {}), visibility="client")
        for s in segments
    )
    return attendees, Texts.model_construct(
        guests=tuple(g for _, guests, _ in lists for g in guests),
        present=tuple(rest for _, _, rest in lists),
        beside_decisions=(),
        beside_actions=(),
        prose=prose,
        node=front.node,
        visibility="client",
    )


def _around(body: Body, parts: Outline, texts: Texts, *beside: tuple[Body, ...]) -> list[Body]:
    """All of a file's text that is no record: its title, its prose, and what stands around its lists."""
    start = parts.segments[0].body.first - body.first if parts.segments else len(body.lines)
    around = [body.slice(0, start), *(p.body for p in texts.prose), *texts.guests, *texts.present]
    return around + [b for bodies in beside for b in bodies]


def _beside(texts: Texts, decisions: tuple[Body, ...], actions: tuple[Body, ...]) -> Texts:
    return texts.model_copy(update={"beside_decisions": decisions, "beside_actions": actions})


def _title_of(stem: str) -> str:
    """A title from a file's name, "2026-11-02-steering-meeting" -> "Steering meeting"."""
    words = DAY_IN_NAME.sub("", stem, count=1).replace("-", " ").strip()
    return words[:1].upper() + words[1:] or stem


def _without_day(title: str, day: date) -> str:
    """The title without the meeting's own day at its end: pages show the day beside it, as the reader writes days."""
    return re.sub(rf"[\s,:;–—(-]*{day.isoformat()}\)?$", "", title) or title
