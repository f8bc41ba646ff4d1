"""A visit from the first page to the last, on a phone, once with and once without script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.webapp.browser.conftest import Served, Visit, Visitor
from tests.webapp.browser.test_pages import happened, looks_right
from tests.webapp.browser.test_submissions import mailed
from webapp.messages import say

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


def link_in(text: str) -> str:
    return "/volgen/" + text.partition("/volgen/")[2].split()[0]


def follow(page: Page, name: str) -> None:
    """Press a link, and look at the page that it leads to."""
    page.get_by_role("link", name=name).first.click()
    looks_right(page, name)


@SCRIPT
def test_from_a_question_to_an_opinion(visitor: Visitor, *, script: bool) -> None:
    visit = visitor(390, java_script_enabled=script)
    page = visit.open("/")
    page.fill("#q", "subsidi aanvragen")
    page.get_by_role("button", name=say("search.button")).click()
    looks_right(page, "results")
    expect(page.locator(".hit h3 a").first).to_have_text("Subsidie aanvragen in vier stappen")
    page.locator(".hit h3 a").first.click()
    looks_right(page, "document")
    expect(page.locator("h1")).to_have_text("Subsidie aanvragen in vier stappen")
    page.get_by_text(say("doc.why")).click()
    expect(page.locator("details[open] li").first).to_be_visible()
    expect(page.locator(".excerpts a").first).to_have_attribute("href", re.compile("#page=1"))
    page.get_by_role("button", name=say("doc.opinion.helps")).click()
    expect(page.locator("[role=status]")).to_be_visible()
    looks_right(page, "thanks")
    follow(page, say("trail.results"))
    assert page.context.cookies() == []
    assert happened(visit) == ([], [])


@SCRIPT
def test_along_the_goals_and_the_organisations(visitor: Visitor, *, script: bool) -> None:
    visit = visitor(390, java_script_enabled=script)
    page = visit.open("/")
    follow(page, say("nav.goals"))
    page.locator("main a[href^='/doel/']").first.click()
    looks_right(page, "goal")
    page.fill("#q", "moestuin")
    page.get_by_role("button", name=say("search.button")).click()
    expect(page).to_have_url(re.compile("doel=1"))
    looks_right(page, "nothing within the goal")
    for name in ("footer.about", "footer.privacy", "footer.access", "footer.box", "footer.api"):
        follow(page, say(name))
    follow(page, say("help.page"))
    assert page.context.cookies() == []
    assert happened(visit) == ([], [])


@SCRIPT
def test_following_a_question_until_it_is_enough(
    visitor: Visitor, served: Served, *, script: bool
) -> None:
    visit = visitor(390, java_script_enabled=script)
    page = visit.open("/zoeken?q=moestuin")
    follow(page, say("save.mail"))
    page.get_by_label(say("follow.email")).fill("ans@dorp.nl")
    page.get_by_role("button", name=say("follow.button")).click()
    looks_right(page, "asked")
    step(visit, link_in(mailed(served)[0].text), say("follow.confirm.button"))
    (followed,) = served.site.store.follows.due(served.site.clock.now + timedelta(days=400))
    assert followed.email == "ans@dorp.nl"
    assert page.context.cookies() == []
    assert happened(visit) == ([], [])


def step(visit: Visit, address: str, button: str) -> None:
    """Open the link of a letter and press its one button."""
    page = visit.open(address)
    looks_right(page, address)
    page.get_by_role("button", name=button).click()
    looks_right(page, f"after {button}")
