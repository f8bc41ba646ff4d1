"""From a tip to a result in a real browser on a phone, with and without JavaScript.

A real website, worker, mail server, site and chromium: a visitor offers an address, confirms by mail,
a moderator signs in by mail and approves, and another visitor finds the document.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.serving import make_server

from tests.flow.browser import Visitor, needs_chromium, visiting
from tests.flow.installation import Installation
from tests.flow.test_submissions import KEY, inbox, installation, site
from tests.flow.test_submissions import work as work_here
from tests.mail_server import Inbox
from webapp import create_app
from webapp.messages import DECLINE_REASONS, say

__all__ = ["inbox", "installation", "site"]  # Fixtures.
pytestmark = [pytest.mark.slow, needs_chromium]


@pytest.fixture
def address(installation: Installation) -> Iterator[str]:
    """The site over HTTP."""
    app = create_app(installation.settings, installation.store, installation.house.index, key=KEY)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def work(installation: Installation) -> None:
    """Do all that waits in a thread of its own, as this one runs the loop of playwright."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work_here, installation).result()


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_a_tip_becomes_a_result(
    installation: Installation, inbox: Inbox, site: str, address: str, *, script: bool
) -> None:
    with visiting(address, script=script) as visitor:
        status = tip(visitor, site, installation, inbox)
        visitor.context.clear_cookies()
        approve(visitor, installation, inbox)
        visitor.context.clear_cookies()
        visitor.go(status)
        assert "Opgenomen" in visitor.text("dd b")
        find(visitor, installation)
        assert (visitor.outside, visitor.errors) == ([], [])


def tip(visitor: Visitor, site: str, installation: Installation, inbox: Inbox) -> str:
    """Offer the website and confirm; give the way to the status page."""
    page = visitor.page
    visitor.go("/")
    visitor.click(f"footer a:text-is('{say('footer.submit')}')")
    page.fill("#adressen", site)
    page.check("input[name=bereik][value=site]")
    page.check("input[name=lezen][value=ja]")
    page.fill("#naam", "Ans")
    page.fill("#email", "ans@dorp.nl")
    visitor.click("#formulier button")
    visitor.click("button[value=versturen]")
    work(installation)
    status = inbox.path()
    visitor.go(status)
    visitor.click("main form button")
    work(installation)  # The worker looks at the website, and a mail tells what it found.
    assert say("mail.tried") in inbox.texts()[-1].replace("\r\n", "\n")
    visitor.go(status)
    assert "Het dorpsplan" in visitor.text("main")
    return status


def approve(visitor: Visitor, installation: Installation, inbox: Inbox) -> None:
    """Sign in as a moderator, look at the oldest submission and approve it."""
    installation.store.accounts.add("Bo", "moderator", email="bo@kennis.nl")
    visitor.go("/inloggen")
    visitor.page.fill("#email", "bo@kennis.nl")
    visitor.click("form[action='/inloggen'] button")
    work(installation)
    visitor.go(inbox.path())
    visitor.click("main form button")
    visitor.click(".sources h2 a")
    assert "Het dorpsplan" in visitor.text("main")
    visitor.click("button[value=goedkeuren]")
    assert DECLINE_REASONS["goals"] not in visitor.text("main")
    assert "is opgenomen" in visitor.text(".letter")
    visitor.click("button[value=doen]")
    work(installation)
    assert "opgenomen" in inbox.texts()[-1]


def find(visitor: Visitor, installation: Installation) -> None:
    """Search for what was offered, and read it here, as its owner permits."""
    installation.house.index.refresh()
    visitor.go("/")
    visitor.page.fill("#q", "dorpsplan")
    visitor.click(".search button")
    assert visitor.text(".hit h3") == "Het dorpsplan"
    visitor.click(".hit h3 a")
    assert "Bewoners maken samen een plan" in visitor.text("main")
