"""What each page may show: one frozen dataclass per template, all texts ready to be read.

In: what the views of this package made of hits, documents and jobs. Out: a value for
``webapp.rendering.render``. Nothing here is HTML; the templates escape every field. An address in
a ``Link`` or ``url`` field is our own path, or has passed ``webapp.links.outward``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from library.goals import Goal


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A text with a number, and where it leads when it leads somewhere."""

    text: str
    count: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class GoalItem:
    """A goal with the number of its documents; the number is empty while nobody knows it."""

    goal: Goal
    address: str
    count: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A fragment: pieces with a mark whether they match, and the place at the source."""

    pieces: tuple[tuple[str, bool], ...]
    place: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about a document, and where to go for it."""

    text: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class HitItem:
    """One result in a list."""

    title: str
    address: str
    language: str
    kind_of_file: str
    organisation: str
    day: str
    excerpts: tuple[Excerpt, ...] = ()
    found_on: str = ""
    goals: tuple[Link, ...] = ()
    source: str = ""
    host: str = ""
    also: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalBest:
    """The best document for a goal, and the way to all of them."""

    name: str
    item: HitItem
    all: Link


@dataclass(frozen=True, slots=True)
class Choice:
    """A checkbox or radio button in a filter."""

    value: str
    label: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with checkboxes: those in sight, and the rest behind "Toon alle"."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()
    more_label: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The filter on years, with what is wrong at each field."""

    first: str
    last: str
    first_error: str
    last_error: str
    undated: bool
    undated_label: str
    years: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The numbers below a list; an empty text in ``numbers`` is a gap."""

    numbers: tuple[Link, ...]
    current: str
    previous: str
    following: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """What helps when nothing was found."""

    without_filters: str
    without_filters_address: str
    plain: Link | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of a document: a heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalReason:
    """A goal of a document, and why: words of the text, or what else is known, and where they stand."""

    link: Link
    words: tuple[str, ...]
    said: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal that somebody can confirm, remove or add; ``state`` tells who gave it."""

    number: int
    label: str
    is_given: bool
    state: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody said of the goals of a document, and where that is undone, if one may."""

    text: str
    undo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalJudging:
    """The form for who may judge the goals of a document.

    ``shown`` are the goals that the form was made with; ``back`` is where it leads afterwards.
    """

    address: str
    shown: str
    choices: tuple[GoalChoice, ...]
    reasons: tuple[tuple[str, str], ...]
    history: tuple[Judged, ...] = ()
    back: str = ""
    done: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A document in a feed; moments are written as RFC 3339 has them."""

    title: str
    address: str
    id: str
    updated: str
    organisation: str
    summary: str
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """A feed."""

    title: str
    address: str
    own_address: str
    id: str
    updated: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has.

    ``example`` is the banner text on a page that shows invented things; ``feed`` is the address of
    the feed with the same documents; ``data`` is what it tells search engines (``linked_data``).
    """

    template: ClassVar[str]
    title: str
    example: str = ""
    is_indexable: bool = True
    here: str = ""
    query: str = ""
    feed: str = ""
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """The first page."""

    template: ClassVar[str] = "home.html"
    goals: tuple[GoalItem, ...]
    examples: tuple[Link, ...]
    newest: tuple[HitItem, ...]
    organisations: tuple[Counted, ...]
    all_text: str
    all_organisations: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage(Page):
    """The answer to a question. ``errors`` are (text, id of the field) pairs.

    ``picked`` are what people chose to be first, ``below`` the hits that are not counted. ``own_address`` is the whole address, to mail or
    keep.
    """

    template: ClassVar[str] = "results.html"
    count: str
    message: str
    errors: tuple[Link, ...]
    notes: tuple[str, ...]
    facets: tuple[Facet, ...]
    period: Period
    sorts: tuple[Choice, ...]
    chosen: str
    clear: str
    is_open: bool
    chips: tuple[Link, ...]
    hits: tuple[HitItem, ...]
    below: tuple[HitItem, ...]
    start: int
    pages: Pages | None
    nothing: Nothing | None
    goals: tuple[GoalItem, ...]
    own_address: str = ""
    follow: str = ""
    meant: Counted | None = None
    per_goal: Link | None = None
    best: tuple[GoalBest, ...] = ()
    picked: tuple[HitItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(Page):
    """One document, with what we may show of it."""

    template: ClassVar[str] = "document.html"
    item: HitItem
    back: str
    open_text: str
    excerpts: tuple[Excerpt, ...]
    goals: tuple[GoalReason, ...]
    text_note: str
    text: tuple[Shown, ...]
    facts: tuple[tuple[str, str], ...]
    checked: str
    own: str = ""
    thanks: str = ""
    why: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    copies: tuple[Link, ...] = ()
    alike: tuple[HitItem, ...] = ()
    judging: GoalJudging | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage(Page):
    """The tombstone of a document that is not there any more."""

    template: ClassVar[str] = "gone.html"
    back: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsPage(Page):
    """The five goals."""

    template: ClassVar[str] = "goals.html"
    goals: tuple[GoalItem, ...]


@dataclass(frozen=True, slots=True)
class YearLine:
    """Documents by year as a line in a drawing of 600 by 160, as a sentence, and as a table."""

    told: str
    points: str
    dots: tuple[tuple[str, str], ...]
    most: str
    first: str
    last: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPage(Page):
    """One goal."""

    template: ClassVar[str] = "goal.html"
    goal: Goal
    best: tuple[HitItem, ...]
    newest: tuple[HitItem, ...]
    used: tuple[HitItem, ...]
    years: YearLine | None
    all_text: str
    all_address: str
    organisations: tuple[Counted, ...]
    kinds: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage(Page):
    """One organisation; ``sites`` are its own."""

    template: ClassVar[str] = "organisation.html"
    name: str
    count: str
    sites: tuple[Link, ...]
    newest: tuple[HitItem, ...]
    all_text: str
    all_address: str
    goals: tuple[Counted, ...]
    kinds: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage(Page):
    """What this is and who take part."""

    template: ClassVar[str] = "about.html"
    organisations: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlerPage(Page):
    """Who visits the sites of others; ``visits`` are hosts with our last visit."""

    template: ClassVar[str] = "crawler.html"
    agent: str
    email: str
    visits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage(Page):
    """How to search."""

    template: ClassVar[str] = "help.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityPage(Page):
    """How far everybody can use the site, and whom to tell when somebody cannot."""

    template: ClassVar[str] = "accessibility.html"
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPage(Page):
    """What we keep of whom."""

    template: ClassVar[str] = "privacy.html"


@dataclass(frozen=True, slots=True)
class ApiOperation:
    """One address of the API, with its parameters: names and what they are."""

    text: str
    path: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage(Page):
    """How programs ask us."""

    template: ClassVar[str] = "api.html"
    address: str
    operations: tuple[ApiOperation, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """Something is wrong; the search field is there to go on."""

    template: ClassVar[str] = "error.html"
    is_indexable: bool = False
    text: str
    must_sign_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage(Page):
    """One message with nothing to do, for who just signed out or used an old link."""

    template: ClassVar[str] = "notice.html"
    is_indexable: bool = False
    lines: tuple[str, ...]
    to_sign_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivatePage(Page):
    """A page outside /beheer that is for one person alone; ``proof`` is the token of its forms."""

    is_indexable: bool = False
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminPage(Page):
    """What every page for somebody with an account has."""

    is_indexable: bool = False
    name: str


@dataclass(frozen=True, slots=True)
class StepItem:
    """A step of a job. ``percent`` is ``None`` while nobody knows the total."""

    name: str
    state: str
    percent: int | None = None
    progress: str = ""


@dataclass(frozen=True, slots=True)
class JobItem:
    """A job as its page, its row in a list and its JSON tell it.

    ``said`` is what a screen reader hears: it changes at the start, at every tenth part and at the
    end, not at every tick. ``rows`` are the sources that are crawled first, the most errors on top.
    """

    number: int
    name: str
    address: str
    state: str
    is_open: bool
    is_stopping: bool
    is_pausing: bool
    is_paused: bool
    steps: tuple[StepItem, ...]
    progress: str
    left: str
    counts: tuple[Counted, ...]
    reasons: tuple[str, ...]
    message: str
    error: str
    said: str
    created: str
    started: str
    ended: str
    as_of: str
    result: str
    rows: tuple[tuple[Counted, ...], ...] = ()
    accept: str = ""
    builds_index: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps, where it is done, and where that is explained."""

    text: str
    address: str
    is_done: bool
    guide: str


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """The list of first steps, with how many of them are done."""

    told: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(AdminPage):
    """The first page for an admin."""

    template: ClassVar[str] = "admin/overview.html"
    warnings: tuple[Note, ...]
    health: str
    first_steps: FirstSteps | None
    facts: tuple[tuple[str, str], ...]
    problem: str
    running: tuple[JobItem, ...]
    recent: tuple[JobItem, ...]
    has_examples: bool


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A source with what came of it."""

    number: int
    name: str
    organisation: str
    url: str
    host: str
    documents: str
    last: str
    state: str
    notes: tuple[str, ...]
    job: str
    accept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(AdminPage):
    """All sources."""

    template: ClassVar[str] = "admin/sources.html"
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class AddressItem:
    """An address of a source, with what became of it."""

    url: str
    address: str
    reason: str
    found_on: str
    visited: str
    leads_to: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(AdminPage):
    """What became of every address of a source.

    ``groups`` have a heading and reasons; ``restorable`` tells what a button brings back.
    """

    template: ClassVar[str] = "admin/source.html"
    number: int
    note: str
    is_paused: bool
    reason: str
    restorable: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[Counted, ...]], ...]
    links: tuple[Counted, ...]
    heading: str
    addresses: tuple[AddressItem, ...]
    following: Link | None
    csv: str
    everything: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(AdminPage):
    """The question before a button does something: what it does, the button, and the way back."""

    template: ClassVar[str] = "admin/confirm.html"
    texts: tuple[str, ...]
    action: str
    button: str
    back: str


@dataclass(frozen=True, slots=True)
class DoubtedItem:
    """A document of which readers say that it is no longer right."""

    link: Link
    organisation: str
    outdated: str
    helps: str


@dataclass(frozen=True, slots=True)
class SampleItem:
    """A page of a website that was tried."""

    title: str
    address: str
    excerpt: str = ""
    day: str = ""
    kind: str = ""
    language: str = ""
    words: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFormPage(AdminPage):
    """Which website to try."""

    template: ClassVar[str] = "admin/trial_form.html"
    typed: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPage(AdminPage):
    """What was found on a website; ``job`` is where its progress is."""

    template: ClassVar[str] = "admin/trial.html"
    job: str
    is_ready: bool
    add: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    samples: tuple[SampleItem, ...]
