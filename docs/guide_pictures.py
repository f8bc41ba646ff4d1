"""Take the pictures of the help pages: ``python -m docs.guide_pictures``.

In: a site of its own with the built-in examples, in which a few things are done first, and a small
invented website beside it that is offered as a source. Out: the PNG files in
``webapp/static/guides``, in few colours so that they stay small.
"""

import io
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page, sync_playwright

from docs.screenshots import Site, chromium, running
from library.settings import read_settings
from library.store import Account, Counts, Store

PICTURES = Path(__file__).parent.parent / "webapp" / "static" / "guides"
COLOURS = 24
WIDTH, MOST_HEIGHT = 760, 620
MARGIN = 12
VILLAGE_PORT = 8190
"""The port of the invented website; the same each time, since the pictures show it."""
VILLAGE = {
    "/": ("Dorpsbelang (voorbeeld)", "Bewoners van het dorp werken samen aan een fijne buurt. "),
    "/moestuin": (
        "Een moestuin met de buurt",
        "Begin met een stuk grond en een paar buren. Vraag de gemeente of u de grond mag gebruiken. ",
    ),
    "/dorpshuis": (
        "Het dorpshuis overnemen",
        "Wij namen het dorpshuis over. Eerst maakten wij een begroting met vrijwilligers. ",
    ),
}
ADMIN = {
    "overview": "/beheer",
    "queue": "/beheer/aanmeldingen",
    "judge": "/beheer/aanmeldingen/1",
    "sources": "/beheer/bronnen",
    "searches": "/beheer/zoekvragen",
    "finding": "/beheer/vinden",
    "grading": "/beheer/beoordelen?q=buurthuis",
    "goals": "/beheer/doelen",
    "health": "/beheer/gezondheid",
    "jobs": "/beheer/taken",
    "reindex": "/beheer/herindexeren",
    "people": "/beheer/mensen",
    "texts": "/beheer/teksten",
    "app": "/account/app",
    "submit": "/bron-aanmelden",
}
"""Pictures of pages as they are."""


PARTNER = Account(0, "Sanne", "partner", "sanne@example.org", "Vrijwillig Vooruit (voorbeeld)")
SEARCHED = {
    "buurthuis": Counts(24, 0, 17),
    "vrijwilligers vinden": Counts(15, 0, 9),
    "windmolen": Counts(8, 8, 0),
}
"""How often a day; what few people searched, or on one day alone, is not shown to admins."""
DAYS = 5
LONGEST = 90
"""Seconds that the worker may take to look at the website."""


class _Village(BaseHTTPRequestHandler):
    """The invented website."""

    def do_GET(self) -> None:
        """Answer with a page, or that it is not there."""
        title, text = VILLAGE.get(self.path, ("", ""))
        links = "".join(f'<a href="{path}">{name}</a> ' for path, (name, _) in VILLAGE.items())
        words = "".join(f"<p>{text * 8}</p>" for _ in range(3))
        page = (
            f"<html lang=nl><title>{title}</title><nav>{links}</nav><main><h1>{title}</h1>{words}"
        )
        self.send_response(200 if title else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def village() -> Iterator[str]:
    """Serve the invented website; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", VILLAGE_PORT), _Village)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{VILLAGE_PORT}/"
    finally:
        server.shutdown()


def keep(page: Page, name: str) -> None:
    """Keep the picture of the main part of a page, as far as it is of use."""
    box = page.locator("main").bounding_box()
    if box is None:
        sys.exit(f"There is nothing to see for {name}.")
    clip = {
        "x": max(0.0, box["x"] - MARGIN),
        "y": box["y"],
        "width": min(box["width"] + 2 * MARGIN, WIDTH),
        "height": min(box["height"], MOST_HEIGHT),
    }
    shot = page.screenshot(clip=clip, full_page=True)  # type: ignore[arg-type]  # a plain dict
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def sign_in(page: Page, site: Site) -> None:
    """Come in by the link that the command prints."""
    page.goto(site.run("add-admin", "Beheerder", "--email", "beheer@example.org").split()[-1])
    page.click("main button")


def offer(page: Page, site: Site, address: str) -> str:
    """Offer the invented website, wait until it was looked at; give the address of its status."""
    page.goto(site.address + "/bron-aanmelden")
    page.fill("#adressen", address)
    page.check("input[name=bereik][value=site]")
    page.check("input[name=lezen][value=ja]")
    page.click("#formulier button")
    page.click("button[value=versturen]")
    status = page.url
    for _ in range(LONGEST):
        page.goto(status)
        if page.get_by_text("Wij kijken nu wat er op dit adres staat").count() == 0:
            return status
        page.wait_for_timeout(1000)
    sys.exit("The website was not looked at in time.")


def as_admin(page: Page, site: Site, address: str) -> None:
    """Take what an admin sees."""
    sign_in(page, site)
    offer(page, site, address)
    keep(page, "status")
    for name, path in ADMIN.items():
        page.goto(site.address + path)
        keep(page, name)
    page.goto(site.address + "/beheer/aanmeldingen/1")
    page.click("button[value=goedkeuren]")
    keep(page, "decide")
    page.goto(site.address + "/beheer/bronnen")
    page.click(".sources li:last-child h2 a")
    keep(page, "source")
    page.goto(page.url + "/bewerken")
    keep(page, "rules")
    page.goto(site.address + "/beheer/vinden/synoniemen")
    page.fill("#words", "buurthuis, moestuin")
    page.click("main form button")
    keep(page, "preview")
    page.goto(site.address + "/beheer/proef")
    page.fill("#adres", address)
    page.click("main form button")
    job = page.url.rpartition("/")[2]
    for _ in range(LONGEST):
        page.goto(f"{site.address}/beheer/proef/{job}")
        if page.locator("table").count():
            keep(page, "trial")
            return
        page.wait_for_timeout(1000)
    sys.exit("The website was not tried in time.")


def count_searches(site: Site) -> None:
    """Count searches of some days, as the site does itself."""
    store, today = Store.open(read_settings({}, home=Path(site.home))), datetime.now(UTC).date()
    for day in range(1, DAYS + 1):
        store.searches.add(today - timedelta(days=day), SEARCHED)
    store.close()


def as_partner(page: Page, site: Site) -> None:
    """Take what a partner sees."""
    store = Store.open(read_settings({}, home=Path(site.home)))
    now = datetime.now(UTC)
    account = store.accounts.find_by_email(PARTNER.email) or store.accounts.add(
        PARTNER.name, "partner", email=PARTNER.email, organisation=PARTNER.organisation
    )
    page.goto(f"{site.address}/inloggen/{store.accounts.sign_in_link(account.id, now)}")
    store.close()
    page.click("main button")
    keep(page, "partner")


def take(context: BrowserContext, site: Site, address: str) -> None:
    """Take every picture of a running site."""
    page = context.new_page()
    count_searches(site)
    as_admin(page, site, address)
    context.clear_cookies()
    as_partner(page, site)


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    os.environ["KENNISBANK_TRUSTED_ADDRESSES"] = f"127.0.0.1:{VILLAGE_PORT}"
    with village() as address, running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": WIDTH, "height": 900})
        take(context, site, address)
        browser.close()


if __name__ == "__main__":
    main()
