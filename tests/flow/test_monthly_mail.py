"""From an invitation to the mail of a month: a real browser, a real mail server, real pages."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from library.document import Document, Section, id_of
from library.mail import Postman, sending
from library.settings import read_settings
from library.store import Counts, Within
from library.worker import utc_now
from tests.flow.installation import Installation
from tests.mail_server import Inbox, mail_server
from tests.webapp.browser.conftest import serving
from webapp import create_app
from webapp.letters import composing
from webapp.messages import say
from webapp.services import EXTENSION, Services

KEY = "a key that is long enough for a test"
NAME = "Dorpsraad"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


@dataclass
class Place:
    """An installation that is served, and the mail that it sent."""

    installation: Installation
    inbox: Inbox
    counting: Services
    base: str

    def post(self, now: datetime) -> int:
        """Send the mail that is due, over SMTP."""
        here = self.installation
        compose = composing(here.settings, here.store, here.house.index, KEY)
        clock = lambda: now  # noqa: E731 - one moment
        return Postman(here.store, compose, sending(here.settings), clock).deliver_due()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    inbox = Inbox()
    with mail_server(inbox) as server:
        settings = read_settings(
            {}, home=tmp_path / "home", mail_server=server, mail_security="none",
            mail_from="post@kennis.nl",
        )  # fmt: skip
        installation = Installation(settings)
        url = "https://dorpsraad.nl/molen"
        text = "De molen van het dorp wordt overgenomen door bewoners."
        document = Document(
            id=id_of(url), url=url, canonical_url=url, title="De molen", organisation=NAME,
            sections=(Section(text),),
        )  # fmt: skip
        installation.store.documents.put(document)
        installation.house.reindex()
        app = create_app(settings, installation.store, installation.house.index, key=KEY)
        with serving(app) as base:
            yield Place(installation, inbox, app.extensions[EXTENSION], base)
        installation.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium; install it or set CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM)
        yield launched
        launched.close()


def opened(browser: Browser, *, script: bool) -> Page:
    """A browser of somebody else, on a small screen."""
    size = {"width": 320, "height": 800}
    return browser.new_context(viewport=size, java_script_enabled=script).new_page()  # type: ignore[arg-type]  # a size


def search_of_visitors(place: Place, page: Page) -> None:
    """Somebody finds and opens the document today; as many did yesterday and today."""
    page.goto(f"{place.base}/zoeken?q=molen")
    page.get_by_role("link", name="De molen").first.click()
    expect(page.locator("h1")).to_have_text("De molen")
    place.counting.counting.write()
    for days in (0, 1):
        day = (utc_now() - timedelta(days=days)).date()
        parts = {
            Within("opened", NAME, "molen"): Counts(opened=3),
            Within("box", NAME, "windvang"): Counts(4, 4),
        }
        place.installation.store.search_parts.add(day, parts)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_invited_partner_gets_the_mail_of_the_month(
    place: Place, browser: Browser, *, script: bool
) -> None:
    store = place.installation.store
    admin = opened(browser, script=script)
    boss = store.accounts.add_admin("Beheerder")
    admin.goto(f"{place.base}/inloggen/{store.accounts.sign_in_link(boss.id, utc_now())}")
    admin.click("main button")
    admin.goto(f"{place.base}/beheer/mensen")
    admin.get_by_label(say("people.name"), exact=True).fill("Ans")
    admin.get_by_label(say("people.email"), exact=True).fill("ans@dorpsraad.nl")
    admin.get_by_label("Partner", exact=True).check()
    admin.get_by_label(say("people.organisation"), exact=True).fill(NAME)
    admin.get_by_role("button", name=say("people.invite"), exact=True).click()
    expect(admin.get_by_role("status")).to_have_text(say("people.invited"))
    now = utc_now()
    assert place.post(now) == 1

    partner = opened(browser, script=script)
    partner.goto(place.base + place.inbox.path())
    partner.click("main button")
    search_of_visitors(place, opened(browser, script=script))
    partner.goto(f"{place.base}/partner")
    expect(partner.locator("section[aria-labelledby=gevonden]")).to_contain_text("molen 7 keer")

    first = (now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=9, tzinfo=UTC)
    assert place.post(first) == 1
    assert place.post(first + timedelta(hours=1)) == 0
    (to, message), text = place.inbox.taken[-1], place.inbox.texts()[-1]
    assert to == ["ans@dorpsraad.nl"]
    assert "- molen: 7 keer" in text
    assert "- windvang: 8 keer" in text
    stop = str(message["List-Unsubscribe"]).strip("<>")
    stranger = opened(browser, script=script)
    stranger.goto(stop.replace(place.installation.settings.site_url, place.base))
    stranger.get_by_role("button", name=say("monthly.stop.button")).click()
    expect(stranger.locator("h1")).to_have_text(say("monthly.stopped"))
    assert place.post((first + timedelta(days=32)).replace(day=2)) == 0
