"""What the pages of deliverables show: all of them by whose turn it is, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from portal_gen.contract import Derived, Target, View
from portal_gen.language import Reader
from portal_gen.sections.deliverables.criteria import Criterion, FileItem
from portal_gen.sections.deliverables.facts import page_of
from portal_gen.sections.deliverables.model import (
    ACCEPTED,
    IN_PROGRESS,
    IN_REVIEW,
    PLANNED,
    REJECTED,
    Deliverable,
    DeliverablesRecords,
    Texts,
)
from portal_gen.source.body import Body

SHORT_HASH = 12


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion. `language` is "" when its words are in the reader's language."""

    record: Criterion
    body: Body
    language: str
    by: Target | None


@dataclass(frozen=True, slots=True)
class FileView:
    """A file: what kind in words, how large, and its SHA-256 in full and short; or, elsewhere, the host it is on."""

    body: Body
    kind: str
    size: str
    sha256: str
    short: str
    host: str


@dataclass(frozen=True, slots=True)
class DeliverableView:
    """A deliverable, on its card and on its page. `word` and `css` are its state's; `when` says how soon it is due.

    `language` is that of its texts, "" when it is the reader's; `note` says so in words.
    """

    record: Deliverable
    page: str
    word: str
    css: str
    when: str
    overdue: bool
    progress: str
    verified: int
    total: int
    owner: Target | None
    accepted_by: Target | None
    serves: tuple[Target, ...]
    note: str
    language: str
    lead: Body | None
    criteria: tuple[CriterionView, ...]
    beside_criteria: tuple[Body, ...]
    files: tuple[FileView, ...]
    files_language: str
    beside_files: tuple[Body, ...]
    parts: tuple[Body, ...]

    @property
    def in_review(self) -> bool:
        """True when the client is asked to accept it."""
        return self.record.front.status == IN_REVIEW

    @property
    def moved_from(self) -> date | None:
        """The day first promised, when it was moved."""
        front = self.record.front
        return front.promised if front.promised and front.promised != front.due else None


@dataclass(frozen=True, slots=True)
class IndexView:
    """Deliverables in groups, what waits for the client first: id, heading, one sentence, cards."""

    summary: str
    groups: tuple[tuple[str, str, str, tuple[DeliverableView, ...]], ...]


def views(records: DeliverablesRecords, derived: Derived, reader: Reader) -> Iterable[View]:
    """For each project a page of all deliverables, and a page for each."""
    for project, deliverables in records.projects.items():
        if deliverables:
            yield from _project(project, deliverables, derived, reader)


def _project(project: str, deliverables: tuple[Deliverable, ...], derived: Derived, reader: Reader) -> Iterator[View]:
    _ = reader.word
    cards = sorted(
        (_view(project, d, derived, reader) for d in deliverables),
        key=lambda v: (v.record.front.due or date.max, v.record.id),
    )
    yield View(
        path=f"{project}/deliverables",
        title=_("Deliverables"),
        description=_("What you get, when, and how both of us can tell that it is done."),
        template="index.md.jinja",
        data=_index(cards, reader),
        group=project,
    )
    for card in cards:
        title = str(reader.text(card.record.title))
        yield View(
            path=card.page,
            title=title,
            description=_("{title}: acceptance criteria, files and state.").format(title=title),
            template="deliverable.md.jinja",
            data=card,
            group=project,
            in_nav=False,
            parent=f"{project}/deliverables",
        )


def _index(cards: list[DeliverableView], reader: Reader) -> IndexView:
    _ = reader.word
    groups = (
        ("waiting", _("Waiting for you"), _("Please check these and tell us whether you accept them."), (IN_REVIEW,)),
        ("progress", _("In progress"), "", (IN_PROGRESS, REJECTED)),
        ("planned", _("Planned"), "", (PLANNED,)),
        ("accepted", _("Accepted"), "", (ACCEPTED,)),
    )
    found = ((i, title, lead, tuple(c for c in cards if c.record.front.status in s)) for i, title, lead, s in groups)
    accepted = sum(c.record.front.status == ACCEPTED for c in cards)
    summary = reader.words("{accepted} of %(n)s accepted", "{accepted} of %(n)s accepted", len(cards))
    return IndexView(summary.format(accepted=reader.number(accepted)), tuple(g for g in found if g[3]))


def _view(project: str, record: Deliverable, derived: Derived, reader: Reader) -> DeliverableView:
    front, find = record.front, derived.targets.find
    word, css = _state(front.status, reader)
    when, overdue = _when(record, derived, reader)
    verified, total = sum(c.is_verified for c in record.criteria), len(record.criteria)
    progress = reader.words("{verified} of %(n)s verified", "{verified} of %(n)s verified", total)
    texts, language = _texts(record, reader)
    return DeliverableView(
        record=record,
        page=page_of(project, record),
        word=word,
        css=css,
        when=when,
        overdue=overdue,
        progress=progress.format(verified=reader.number(verified)) if total else "",
        verified=verified,
        total=total,
        owner=find(project, "person", front.owner) if front.owner else None,
        accepted_by=find(project, "person", front.accepted_by) if front.accepted_by else None,
        serves=tuple(t for o in front.serves if (t := find(project, "objective", o))),
        note=reader.untranslated(language),
        language=language,
        lead=None if texts.lead.empty else texts.lead,
        criteria=tuple(_criterion(project, c, derived, reader) for c in record.criteria),
        beside_criteria=tuple(b for b in texts.beside_criteria if not b.empty),
        files=tuple(_file(f, reader) for f in record.files),
        files_language="" if reader.default == reader.language else reader.default,
        beside_files=tuple(b for b in record.beside_files if not b.empty),
        # A heading under which the client may see nothing says nothing to them.
        parts=tuple(p for p in texts.parts if not p.slice(1, len(p.lines)).empty),
    )


def _state(status: str, reader: Reader) -> tuple[str, str]:
    """The word for a status, and the name of its badge."""
    _ = reader.word
    return {
        PLANNED: (_("Planned"), "deliverables-state--planned"),
        IN_PROGRESS: (_("In progress"), "deliverables-state--progress"),
        IN_REVIEW: (_("Waiting for you"), "deliverables-state--review"),
        ACCEPTED: (_("Accepted"), "p-state--done"),
        REJECTED: (_("Not accepted, being reworked"), "p-state--at-risk"),
    }[status]


def _when(record: Deliverable, derived: Derived, reader: Reader) -> tuple[str, bool]:
    """How soon it is due in words, and whether it is late; nothing once it is accepted."""
    due = record.front.due
    if due is None or record.front.status == ACCEPTED:
        return "", False
    days = derived.calendars.client.between(derived.as_of, due)
    if due < derived.as_of:
        late = reader.words("%(n)s working day overdue", "%(n)s working days overdue", -days)
        return late if days else reader.word("overdue"), True
    if due == derived.as_of:
        return reader.word("today"), False
    return reader.words("in %(n)s working day", "in %(n)s working days", days), False


def _texts(record: Deliverable, reader: Reader) -> tuple[Texts, str]:
    """The texts to show and, when they are not in the reader's language, the one they are in."""
    own = record.texts.get(reader.language)
    if own:
        return own, ""
    return record.texts[""], "" if reader.default == reader.language else reader.default


def _criterion(project: str, record: Criterion, derived: Derived, reader: Reader) -> CriterionView:
    own = record.words.get(reader.language)
    by = derived.targets.find(project, "person", record.by) if record.by else None
    if own and not own.empty:
        return CriterionView(record, own, "", by)
    language = "" if reader.default == reader.language else reader.default
    return CriterionView(record, record.words[""], language, by)


def _file(item: FileItem, reader: Reader) -> FileView:
    assert item.body is not None
    asset = item.asset
    if asset is None:
        host = urlsplit(item.link.target).hostname if item.link else None
        return FileView(item.body, "", "", "", "", host or "")
    return FileView(
        item.body,
        _kind(asset.name, reader),
        reader.file_size(asset.size),
        asset.sha256,
        asset.sha256[:SHORT_HASH],
        "",
    )


def _kind(name: str, reader: Reader) -> str:
    """What kind of file it is, in words. By its suffix, since tables of media types differ between machines."""
    _ = reader.word
    kinds = (
        (_("PDF document"), ("pdf",)),
        (_("Spreadsheet"), ("xlsx", "xls", "ods", "csv", "tsv")),
        (_("Presentation"), ("pptx", "ppt", "odp", "key")),
        (_("Text document"), ("docx", "doc", "odt", "rtf")),
        (_("Plain text"), ("txt", "log")),
        (_("Picture"), ("png", "jpg", "jpeg", "gif", "svg", "webp", "avif")),
        (_("Video"), ("mp4", "webm", "mov")),
        (_("Sound recording"), ("mp3", "m4a", "ogg", "wav")),
        (_("Archive"), ("zip", "gz", "7z", "tar")),
        (_("Data"), ("json", "xml", "geojson")),
    )
    suffix = name.rpartition(".")[2].casefold()
    return next((word for word, suffixes in kinds if suffix in suffixes), _("File"))
