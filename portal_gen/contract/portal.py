"""Sections, and what they make: views, pages, sites, a portal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from portal_gen.contract.derived import Derived
from portal_gen.contract.facts import Asset, Fact, Term
from portal_gen.diagnostics import Place, Report
from portal_gen.language import Localized, Reader

Records = TypeVar("Records")


@dataclass(frozen=True, slots=True)
class Brand:
    """How the client's portal looks: a logo and a colour (#rrggbb)."""

    logo: Asset | None = None
    colour: str = ""


class TermLinks(StrEnum):
    """Which occurrences of a term on a page open its meaning."""

    PAGE = "page"
    """The first on the page."""
    SECTION = "section"
    """The first under each second-level heading."""
    ALL = "all"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class TermPolicy:
    """How terms are explained: on every page, or otherwise on those named, with the place that names each."""

    default: TermLinks = TermLinks.PAGE
    pages: Mapping[str, tuple[TermLinks, Place]] = field(default_factory=dict, hash=False)

    def on(self, path: str) -> TermLinks:
        """The policy of a page: its own, that of the pages it stands under, or the default."""
        while path:
            if path in self.pages:
                return self.pages[path][0]
            path = path.rpartition("/")[0]
        return self.default


@dataclass(frozen=True, slots=True)
class Client:
    """Who the portal is for. `languages` are BCP 47 tags, the default first; `region` is ISO 3166."""

    id: str
    name: Localized
    languages: tuple[str, ...]
    region: str
    timezone: str
    agency: Localized
    brand: Brand = Brand()
    explain: TermPolicy = TermPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one page shows.

    `path` is the page's path in the docs tree without suffix; `template` is the file in the section's own folder;
    `data` is a frozen dataclass, seen by the template as `view`. `group` is the project's id or None. A page that is
    not `in_nav` (a minute, a deliverable) is reached from the page of its section, `parent`.
    """

    path: str
    title: str
    description: str
    template: str
    data: Any
    group: str | None = None
    in_nav: bool = True
    parent: str = ""
    assets: tuple[Asset, ...] = ()
    last: bool = False  # rendered after the others, with `usage` of terms on them


@dataclass(frozen=True, slots=True)
class Section(Generic[Records]):
    """One kind of content: a folder under sections/ whose package holds a `SECTION`.

    `load` reads the section's files from the source tree and returns its records (one `source.record.Record`), or
    None when the client has none of them: then the section is absent. `facts` tells the others. `views` makes pages.
    """

    name: str
    order: int
    load: Callable[[Any, Report], Records | None]
    facts: Callable[[Records], Iterable[Fact]]
    views: Callable[[Records, Derived, Reader], Iterable[View]]


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page of the docs tree: Markdown, safe to publish. `path` has no suffix ("online-booking/timeline")."""

    path: str
    title: str
    description: str
    markdown: str
    section: str
    group: str | None = None
    in_nav: bool = True
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """One client in one language: all that a host needs. `nav` maps a group's title to its pages ("" is the top)."""

    client: Client
    language: str
    name: str
    pages: tuple[Page, ...]
    nav: tuple[tuple[str, tuple[Page, ...]], ...]
    assets: Mapping[str, Asset] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Portal:
    """All sites of one client, by language tag, the default language first."""

    client: Client
    sites: Mapping[str, Site]
