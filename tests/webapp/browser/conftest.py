"""A real browser on a real server: Debian's chromium, or the one in CHROMIUM."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from index.assess import assess
from index.classify import house_classifier
from library.document import id_of
from library.goals import GOALS
from library.progress import Silent
from library.store import Address, Counts, Offer, Within
from tests.webapp.conftest import EXAMPLE, Site, document
from tests.webapp.test_trial import FOUND
from webapp import create_app
from webapp.services import utc_now

SIZES = (320, 1280)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
EXAMPLE_DOCUMENT = f"/document/{id_of('https://www.lsabewoners.nl/voorbeeld')}?q=dorpshuis"
JUDGED_ID = id_of("https://www.lsabewoners.nl/subsidie.pdf")
JUDGED_DOCUMENT = f"/document/{JUDGED_ID}"
VISITOR_PAGES = (
    "/",
    "/zoeken",
    "/zoeken?q=moestuin",
    "/zoeken?q=xyzzyqq&soort=wet",
    "/zoeken?q=subsidie&per=doel",
    "/zoeken?q=moestuin&jaar_van=2024&jaar_tot=2020",
    "/zoeken?q=hottentottententententoonstellingsmakersopleidingsbijeenkomst",
    EXAMPLE_DOCUMENT,
    "/doelen",
    "/doel/wetten-en-regels",
    "/organisatie/LSA%20bewoners",
    "/over",
    "/crawler",
    "/hulp-bij-zoeken",
    "/privacy",
    "/toegankelijkheid",
    "/zoekvak?doel=1&organisatie=Oranje+Fonds",
    "/ingebed?doel=1",
    "/volgen?q=moestuin",
    "/inloggen",
    "/inloggen/geen-link",
    "/bron-aanmelden",
    "/bestaat-niet",
)
ADMIN_PAGES = (
    "/beheer",
    "/beheer/bronnen",
    "/beheer/bronnen/1",
    "/beheer/bronnen/1/bewerken",
    "/beheer/bronnen/1/verwijderen",
    "/beheer/bronnen/1/leegmaken",
    "/beheer/proef",
    "/beheer/gezondheid",
    "/beheer/taken",
    "/beheer/taken/1",
    "/beheer/taken/3",
    "/beheer/herindexeren",
    "/beheer/vaste-zoekvragen",
    "/beheer/mensen",
    "/beheer/aanmeldingen",
    "/beheer/aanmeldingen/1",
    "/beheer/aanmeldingen/2/terugdraaien",
    "/beheer/logboek",
    "/beheer/zoekvragen",
    "/beheer/zoekvragen/melden?vraag=kiosk",
    "/beheer/vinden",
    "/beheer/vinden/synoniemen",
    "/beheer/vinden/eerst",
    "/beheer/vinden/uitgezet?word=subsidie",
    "/beheer/vinden/weg/1",
    "/beheer/beoordelen?q=moestuin",
    "/beheer/mensen/1/verwijderen",
    "/account",
    "/account/app",
    "/beheer/teksten",
    "/beheer/hulp",
    "/beheer/hulp/aanmeldingen",
    "/beheer/proefmail",
    "/beheer/voorbeelden/verwijderen",
    JUDGED_DOCUMENT,
    "/beheer/doelen",
    "/beheer/doelen/leren/5",
)


LEARNED: dict[str, Any] = {
    "name": "0001",
    "judged": [JUDGED_ID],
    "goals": [
        {"number": goal.number, "before": [0.8, 0.7, 0.75], "after": [0.9, 0.8, 0.85]}
        for goal in GOALS
    ],
    "new": {"documents": 1, "before": [0.0, 0.0, 0.0], "after": [1.0, 1.0, 1.0]},
    "documents": 27,
    "changed": 1,
    "shown": [{"id": JUDGED_ID, "title": "Hottentotten" * 6, "before": [], "after": [3, 5]}],
}
"""What a job told that learned other weights, which are gone again."""


@dataclass
class Visit:
    """A page in a browser, with everything that should not happen on it."""

    page: Page
    base: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        self.page.goto(self.base + address)
        return self.page


@dataclass
class Served:
    """The site at an address of its own."""

    site: Site
    base: str


@pytest.fixture
def served(site: Site) -> Iterator[Served]:
    """The site over HTTP, with an example source and a running job."""
    source = site.store.sources.add(name=EXAMPLE, url="http://127.0.0.1:1/", is_example=True)
    site.put(
        document(
            "lang",
            "Hottentottententententoonstellingsmakersopleidingsbijeenkomst en verder. " * 3,
            title="Hottentottententententoonstellingsmakersopleidingsbijeenkomst",
            organisation="Coöperatie-met-een-bijzonder-lange-naam-zonder-spaties",
        ),
        source_id=source.id,
    )
    partner = site.store.sources.get(1)
    crawl = site.store.crawls.add(partner.id, utc_now())
    long = f"{partner.url}{'een-lang-adres-zonder-einde' * 6}"
    site.store.frontier.add(partner.id, crawl.id, [Address(long, found_on=partner.url)])
    site.store.frontier.record(partner.id, long, outcome="http-404", visited_at=utc_now())
    site.store.jobs.add("reindex", {"full": True}, key="reindex:full")
    site.store.jobs.claim("worker", utc_now())
    waited_for = site.store.jobs.add_crawl(partner.id)
    site.store.jobs.add("reindex", {"full": True, "after": [waited_for.id]}, key="reindex:after")
    site.store.crawls.record(crawl.id, {"new": 4, "changed": 2, "unchanged": 30, "errors": 1}, {})
    judged(site)
    assessed(site)
    app = create_app(site.settings, site.store, site.index, key="k" * 32, shows_mail=True)
    with serving(app) as base:
        yield Served(site, base)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port; give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def judged(site: Site) -> None:
    """Submissions: one with a long address that was tried and noted, one that was declined."""
    anybody = Offer("Ans", "ans@dorp.nl", "Dorp", "site", (1,), shows_text=True, remark="")
    urls = ("https://dorp.nl/een-lang-adres-zonder-einde" * 3, "https://stad.nl/")
    site.store.submissions.add(anybody, {url: url for url in urls}, utc_now())
    for number in (1, 2):
        site.store.submissions.change(number, "unconfirmed", "new", utc_now())
    site.store.submissions.tried(urls[0], FOUND)
    site.store.submissions.change(2, "new", "declined", utc_now(), reason="goals")
    admin = site.store.accounts.add_admin("Beheerder")
    site.store.submissions.add_note(1, admin.id, "Bellen.", utc_now())
    site.store.acts.add(admin.id, "declined", "submission:2", utc_now(), {"reason": "goals"})
    searched(site)
    words = {"words": ["kiosk", "paviljoen"], "wider": []}
    site.store.improvements.change(utc_now(), admin.id, seen=0, add=("synonym", words))
    site.store.judgments.add("kiosk", {id_of("https://www.lsabewoners.nl/statuten"): 1}, utc_now())


def assessed(site: Site) -> None:
    """A look at the goals of all documents, and the goal of one that somebody else judged."""
    job = site.store.jobs.add("assess_goals", {}, key="assess_goals")
    site.store.jobs.claim("worker", utc_now(), only=["assess_goals"])
    site.store.jobs.finish(
        site.store.jobs.get(job.id), assess(site.store, house_classifier(), Silent()), utc_now()
    )
    learned = site.store.jobs.add("train_goals", {}, key="train_goals")
    assert f"/beheer/doelen/leren/{learned.id}" in ADMIN_PAGES
    site.store.jobs.claim("worker", utc_now(), only=["train_goals"])
    site.store.jobs.finish(site.store.jobs.get(learned.id), LEARNED, utc_now())
    other = site.store.accounts.add("Ans", "moderator", email="ans@stad.nl", organisation="")
    site.store.goal_judgments.add(
        JUDGED_ID, other.id, 1, given=False, goals=[4], shown=[], reason="terloops", now=utc_now()
    )


def searched(site: Site) -> None:
    """What many asked on two days, and a partner who can be told of it."""
    site.store.accounts.add("Ans", "partner", email="ans@lsa.nl", organisation="LSA bewoners")
    for days in (0, 1):
        day = (utc_now() - timedelta(days=days)).date()
        site.store.searches.add(day, {"kiosk": Counts(9, 9), "moestuin": Counts(12, 0, 5)})
        parts = {Within("time", "50"): Counts(9), Within("goal", "3", "kiosk"): Counts(9, 9)}
        site.store.search_parts.add(day, parts)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One chromium for all tests of a process."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium; install it or set CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM)
        yield launched
        launched.close()


Visitor = Callable[..., Visit]


@pytest.fixture
def visitor(browser: Browser, served: Served) -> Iterator[Visitor]:
    """Make a visitor with a screen of some width, with or without script."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, **options: Any) -> Visit:
        context = browser.new_context(**{"viewport": {"width": width, "height": 800}, **options})
        contexts.append(context)
        visit = Visit(context.new_page(), served.base)
        visit.page.on("request", lambda request: _watch(visit, request.url))
        visit.page.on("console", lambda message: _listen(visit, message.type, message.text))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        return visit

    yield make
    for context in contexts:
        context.close()


def _watch(visit: Visit, address: str) -> None:
    if not address.startswith((visit.base, "data:")):
        visit.foreign.append(address)


def _listen(visit: Visit, kind: str, text: str) -> None:
    # The browser itself reports that an error page has an error status.
    if kind in {"error", "warning"} and "Failed to load resource" not in text:
        visit.complaints.append(text)


@pytest.fixture
def admin_visitor(visitor: Visitor, served: Served) -> Visitor:
    """Make a visitor who signed in by the button."""

    def make(width: int = 1280, **options: Any) -> Visit:
        accounts = served.site.store.accounts
        account = accounts.add_admin("Beheerder")
        visit = visitor(width, **options)
        visit.open(f"/inloggen/{accounts.sign_in_link(account.id, utc_now() - timedelta())}")
        visit.page.click("main button")
        return visit

    return make
