"""The help of partners, and what they read before they offer something, on a phone."""

import pytest

from tests.webapp.browser.conftest import Served, Visitor
from tests.webapp.browser.test_pages import happened, looks_right
from tests.webapp.browser.test_rules import AXE, broken
from webapp.messages.partner_guides import PARTNER_GUIDES
from webapp.services import utc_now

PAGES = (
    "/partner",
    "/partner/hulp",
    *(f"/partner/hulp/{guide.slug}" for guide in PARTNER_GUIDES),
    "/bron-aanmelden",
    "/account",
)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_partners_read_their_help(visitor: Visitor, served: Served, *, script: bool) -> None:
    accounts = served.site.store.accounts
    account = accounts.add("Sanne", "partner", email="sanne@lsa.nl", organisation="LSA bewoners")
    visit = visitor(320, java_script_enabled=script)
    visit.open(f"/inloggen/{accounts.sign_in_link(account.id, utc_now())}")
    visit.page.click("main button")
    for address in PAGES:
        page = visit.open(address)
        looks_right(page, address)
        if script and AXE.exists():
            assert broken(page) == [], address
    assert happened(visit) == ([], [])
