"""The facts of an invented portfolio: a client of a seed is the same on every machine, whatever the number of clients.

From here they are written down twice: as our content, and as the Markdown that a team would write for other tools.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tests.bench.words import CHINESE, ENGLISH, Words

AS_OF = date(2026, 11, 24)
FIRST_DAY = date(2026, 8, 3)
SPAN = (AS_OF - FIRST_DAY).days
DELIVERABLES, MINUTES, QUESTIONS, TERMS = 12, 16, 15, 40
OTHER_PAGES = 10
"""Overview, scope, timeline, four lists, questions, glossary, people."""
HOUSE_TERMS = 30
"""So many of a client's terms are the house's; they stand in the shared folder."""


@dataclass(frozen=True)
class Size:
    """How large a client is. `pages` multiplies deliverables and minutes; `minutes` and `terms` are plain numbers."""

    pages: int = 1
    terms: int = TERMS
    minutes: int | None = None

    @property
    def meetings(self) -> int:
        """How many minutes there are."""
        return self.minutes or self._pages * MINUTES // (MINUTES + DELIVERABLES)

    @property
    def deliverables(self) -> int:
        """How many deliverables there are."""
        return self._pages - self._pages * MINUTES // (MINUTES + DELIVERABLES)

    @property
    def _pages(self) -> int:
        return self.pages * (MINUTES + DELIVERABLES + OTHER_PAGES) - OTHER_PAGES

    @property
    def total(self) -> int:
        """Pages of the portal."""
        return self.meetings + self.deliverables + OTHER_PAGES


@dataclass(frozen=True)
class Person:
    """Somebody on one of the two sides, `client` or `us`."""

    id: str
    name: str
    side: str
    role: str


@dataclass(frozen=True)
class Deliverable:
    """What the client gets. A criterion is a text and whether it was verified."""

    id: str
    title: str
    status: str
    due: date
    owner: str
    lead: str
    use: str
    criteria: tuple[tuple[str, bool], ...]
    accepted: date | None
    accepted_by: str | None


@dataclass(frozen=True)
class Action:
    """Who does what by when; done on a day, or open."""

    text: str
    owner: str
    due: date
    done: date | None


@dataclass(frozen=True)
class Meeting:
    """The minutes of one meeting. A note is a heading with a paragraph below it."""

    id: str
    title: str
    day: date
    attendees: tuple[str, ...]
    agenda: tuple[str, ...]
    decisions: tuple[tuple[str, str], ...]
    actions: tuple[Action, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Task:
    """A piece of work of `takes` working days. `after` is the task before it."""

    id: str
    title: str
    after: str | None
    takes: int
    owner: str
    started: date | None
    finished: date | None
    done: int | None


@dataclass(frozen=True)
class Milestone:
    """A promised day; with `forecast` it moved."""

    id: str
    title: str
    promised: date
    forecast: date | None
    reached: date | None
    after: str


@dataclass(frozen=True)
class Client:
    """Everything that is known of one client and its one project."""

    id: str
    words: Words
    name: str
    project: str
    summary: str
    people: tuple[Person, ...]
    objectives: tuple[str, ...]
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    assumptions: tuple[str, ...]
    streams: tuple[tuple[str, tuple[Task, ...]], ...]
    milestones: tuple[Milestone, ...]
    needs: tuple[tuple[str, str, date, str], ...]
    deliverables: tuple[Deliverable, ...]
    meetings: tuple[Meeting, ...]
    questions: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str], ...]

    def person(self, id: str) -> Person:  # noqa: A002 - the field's name
        """The person with an id."""
        return next(p for p in self.people if p.id == id)


class Author:
    """Writes one client's prose from one vocabulary and one stream of chance."""

    def __init__(self, index: int, seed: int, size: Size) -> None:
        self.chance = random.Random(seed * 1_000_003 + index)
        self.words = CHINESE if index % 4 == 3 else ENGLISH
        self.size = size
        self.index = index

    def fill(self, patterns: tuple[str, ...]) -> str:
        """One of the patterns, its gaps filled."""
        term, other = self.chance.sample(self.words.terms, 2)
        return self.chance.choice(patterns).format(
            term=term[0],
            other=other[0],
            part=self.chance.choice(self.words.parts),
            who=self.chance.choice(self.words.people)[1],
            n=self.chance.randint(2, 29),
        )

    def text(self, fewest: int, most: int) -> str:
        """A paragraph."""
        return self.words.space.join(self.fill(self.words.sentences) for _ in range(self.chance.randint(fewest, most)))

    def lines(self, patterns: tuple[str, ...], fewest: int, most: int) -> tuple[str, ...]:
        """Different lines made from patterns."""
        wanted = self.chance.randint(fewest, most)
        found: dict[str, None] = {}
        while len(found) < wanted:
            found[self.fill(patterns)] = None
        return tuple(found)

    def client(self) -> Client:
        """One client."""
        words, chance, labels = self.words, self.chance, self.words.labels
        people = tuple(
            Person(id_, name, "client" if n < 4 else "us", labels[role])
            for n, (id_, name) in enumerate(words.people)
            for role in [{0: "director", 4: "manager"}.get(n, "specialist")]
        )
        theirs = [p.id for p in people if p.side == "client"]
        ours = [p.id for p in people if p.side == "us"]
        subject = chance.choice(words.subjects)
        deliverables = tuple(self.deliverable(n, theirs, ours) for n in range(self.size.deliverables))
        streams = tuple(self.streams(deliverables))
        return Client(
            id=f"client-{self.index:04d}",
            words=words,
            name=f"{words.companies[self.index % len(words.companies)]} {self.index:04d}",
            project=subject[0].upper() + subject[1:],
            summary=self.text(1, 1),
            people=people,
            objectives=tuple(labels["fewer"].format(p) for p in chance.sample(words.parts, 4)),
            inside=self.lines(words.sentences, 8, 8),
            outside=self.lines(words.sentences, 5, 5),
            assumptions=self.lines(words.sentences, 5, 5),
            streams=streams,
            milestones=tuple(self.milestones(streams)),
            needs=tuple(
                (
                    labels["need"].format(part),
                    chance.choice(theirs),
                    AS_OF + timedelta(weeks=2 + n),
                    streams[0][1][-1].id,
                )
                for n, part in enumerate(chance.sample(words.parts, 6))
            ),
            deliverables=deliverables,
            meetings=tuple(self.meeting(n, theirs, ours) for n in range(self.size.meetings)),
            questions=tuple((q, self.text(2, 4)) for q in self.lines(words.questions, QUESTIONS, QUESTIONS)),
            terms=tuple(words.glossary(self.size.terms)),
        )

    def deliverable(self, number: int, theirs: list[str], ours: list[str]) -> Deliverable:
        """One deliverable; the first half is accepted."""
        words, chance = self.words, self.chance
        half = self.size.deliverables // 2
        is_accepted = number < half
        due = FIRST_DAY + timedelta(days=14 + number * 150 // self.size.deliverables)
        if not is_accepted:
            due = max(due, AS_OF + timedelta(days=10))
        part = words.parts[number % len(words.parts)]
        round_ = number // len(words.parts)
        status = "accepted" if is_accepted else "in review" if number == half else "in progress"
        status = "planned" if number > self.size.deliverables * 3 // 4 else status
        return Deliverable(
            id=f"d{number + 1:03d}",
            title=f"{part[0].upper()}{part[1:]}" + (f" {round_ + 1}" if round_ else ""),
            status=status,
            due=due,
            owner=chance.choice(ours),
            lead=self.text(3, 5),
            use="\n\n".join(self.text(2, 4) for _ in range(2)),
            criteria=tuple((text, is_accepted or n == 0) for n, text in enumerate(self.lines(words.criteria, 4, 6))),
            accepted=due - timedelta(days=2) if is_accepted else None,
            accepted_by=chance.choice(theirs) if is_accepted else None,
        )

    def meeting(self, number: int, theirs: list[str], ours: list[str]) -> Meeting:
        """The minutes of one meeting; meetings are spread over the time from the first day to now."""
        words, chance = self.words, self.chance
        day = FIRST_DAY + timedelta(days=number * SPAN // self.size.meetings)
        actions = []
        for text in self.lines(words.actions, 3, 6):
            due = day + timedelta(days=chance.randint(7, 28))
            is_done = due < AS_OF
            actions.append(
                Action(text, chance.choice(theirs + ours), due, due - timedelta(days=3) if is_done else None)
            )
        topics = chance.sample(words.parts, chance.randint(2, 4))
        return Meeting(
            id=f"{day.isoformat()}-m{number + 1:03d}",
            title=f"{words.labels['meeting']} {number + 1}",
            day=day,
            attendees=(*chance.sample(theirs, 2), *chance.sample(ours, 2)),
            agenda=tuple(topics),
            decisions=tuple((text, chance.choice(theirs)) for text in self.lines(words.decisions, 2, 4)),
            actions=tuple(actions),
            notes=tuple((topic[0].upper() + topic[1:], self.text(3, 6)) for topic in topics),
        )

    def streams(self, deliverables: tuple[Deliverable, ...]) -> list[tuple[str, tuple[Task, ...]]]:
        """Each four deliverables are made one after the other, side by side with the other fours."""
        labels = self.words.labels
        found = []
        for first in range(0, len(deliverables), 4):
            tasks: list[Task] = []
            day = FIRST_DAY
            for deliverable in deliverables[first : first + 4]:
                for kind in ("prepare", "build"):
                    takes = self.chance.randint(8, 14)
                    start, finish = _working(day, 0), _working(day, takes - 1)
                    day = finish + timedelta(days=1)
                    tasks.append(
                        Task(
                            id=f"{kind}-{deliverable.id}",
                            title=f"{labels[kind]}{self.words.colon}{deliverable.title}",
                            after=tasks[-1].id if tasks else None,
                            takes=takes,
                            owner=deliverable.owner,
                            started=start if start < AS_OF else None,
                            finished=finish if finish < AS_OF else None,
                            done=50 if start < AS_OF <= finish else None,
                        )
                    )
            found.append((f"{labels['stream']} {first // 4 + 1}", tuple(tasks)))
        return found

    def milestones(self, streams: tuple[tuple[str, tuple[Task, ...]], ...]) -> list[Milestone]:
        """Two for each stream: one behind us, one ahead; of the first stream the day has moved."""
        found = []
        for number, (title, tasks) in enumerate(streams):
            before = next(t for t in reversed(tasks[:2]) if t.finished)
            assert before.finished
            reached = _working(before.finished, 1)
            found.append(Milestone(f"m{number + 1}-first", f"{title} 1/2", reached, None, reached, before.id))
            promised = date(2027, 3, 15) + timedelta(days=number % 14)
            forecast = promised + timedelta(days=7) if number == 0 else None
            found.append(Milestone(f"m{number + 1}-last", f"{title} 2/2", promised, forecast, None, tasks[-1].id))
        return found


def _working(day: date, count: int) -> date:
    """The day `count` weekdays after a day, itself moved to a weekday first."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    for _ in range(count):
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    return day


def clients(number: int, seed: int, size: Size) -> list[Client]:
    """The portfolio. Client K of a seed is the same whatever their number."""
    return [Author(index, seed, size).client() for index in range(number)]
