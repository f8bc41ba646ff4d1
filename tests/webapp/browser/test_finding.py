"""From a search that finds nothing to one that does, by clicking: with and without script."""

import pytest
from playwright.sync_api import Page, expect

from library.store.accounts import Account
from tests.webapp.browser.conftest import Served, Visitor
from tests.webapp.browser.test_pages import looks_right
from tests.webapp.browser.test_rules import AXE, broken
from webapp.messages import GRADES, say
from webapp.services import utc_now

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


def is_good(page: Page, what: str, *, script: bool) -> None:
    """It fits, and breaks no rule of accessible pages as far as these can be asked here."""
    looks_right(page, what)
    if script and AXE.exists():
        assert broken(page) == []


@SCRIPT
def test_a_search_without_results_is_solved_with_a_synonym(
    admin_visitor: Visitor, served: Served, *, script: bool
) -> None:
    # One that the fixtures have not solved yet.
    for change in served.site.store.improvements.recent(1):
        served.site.store.improvements.undo(change.id, utc_now())
    page = admin_visitor(320, java_script_enabled=script).open("/zoeken?q=kiosk")
    expect(page.locator("#resultaten")).to_contain_text("Geen resultaten")
    page.goto(f"{served.base}/beheer")
    page.get_by_role("link", name=say("admin.nav.searches"), exact=True).click()
    page.get_by_role("link", name=say("searches.synonym")).first.click()
    field = page.get_by_label(say("finding.words"))
    expect(field).to_have_value("kiosk, ")
    page.get_by_role("button", name=say("finding.try")).click()
    expect(page.locator(".summary")).to_contain_text("ten minste twee woorden")
    field.fill("kiosk, statuten")
    page.get_by_role("button", name=say("finding.try")).click()
    expect(page.locator("#verschil")).to_contain_text("1 van")
    expect(page.locator(".columns").first).to_contain_text("Statuten LSA bewoners (nieuw)")
    is_good(page, "preview", script=script)
    page.get_by_role("button", name=say("finding.apply")).first.click()
    expect(page.get_by_role("status")).to_have_text(say("finding.done"))
    is_good(page, "overview", script=script)
    page.goto(f"{served.base}/zoeken?q=kiosk")
    expect(page.locator("#resultaten")).to_contain_text("1 resultaat")
    page.goto(f"{served.base}/beheer/vinden")
    page.get_by_role("button", name=say("finding.undo")).first.click()
    expect(page.get_by_role("status")).to_have_text(say("finding.done.undo"))
    page.goto(f"{served.base}/zoeken?q=kiosk")
    expect(page.locator("#resultaten")).to_contain_text("Geen resultaten")


def test_results_are_judged_with_the_keyboard(admin_visitor: Visitor, served: Served) -> None:
    page = admin_visitor(320, java_script_enabled=False).open("/beheer/beoordelen?q=statuten")
    best = page.get_by_label(f"3: {GRADES[3]}").first
    best.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label(f"2: {GRADES[2]}").first).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Bewaard")
    assert list(served.site.store.judgments.of("statuten").values()) == [2]


def partner_of(served: Served) -> Account:
    accounts = served.site.store.accounts.all()
    return next(one for one in accounts if one.role == "partner")


@SCRIPT
def test_a_partner_reads_its_page_and_ends_the_mail(
    visitor: Visitor, served: Served, *, script: bool
) -> None:
    account = partner_of(served)
    visit = visitor(320, java_script_enabled=script)
    link = served.site.store.accounts.sign_in_link(account.id, utc_now())
    page = visit.open(f"/inloggen/{link}")
    page.click("main button")
    page.goto(f"{served.base}/partner")
    expect(page.locator("#gebruik")).to_be_visible()
    is_good(page, "partner", script=script)
    page.get_by_role("button", name=say("monthly.stop.button")).click()
    expect(page.get_by_role("status")).to_have_text(say("monthly.is-off"))
    page.get_by_role("button", name=say("monthly.start.button")).click()
    expect(page.get_by_role("status")).to_have_text(say("monthly.is-on"))
