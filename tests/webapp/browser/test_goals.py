"""Correcting the goals of a document in a real browser on a small screen, with and without script."""

import pytest
from playwright.sync_api import expect

from tests.webapp.browser.conftest import JUDGED_DOCUMENT, JUDGED_ID, Served, Visitor
from tests.webapp.browser.test_pages import looks_right
from webapp.messages import say


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_goal_is_removed_and_undone(
    admin_visitor: Visitor, served: Served, *, script: bool
) -> None:
    visit = admin_visitor(320, java_script_enabled=script)
    page = visit.open(JUDGED_DOCUMENT)
    page.get_by_label(say("tag.reason")).select_option("terloops")
    page.get_by_role("button", name="Haal weg Doel 4: Geld").click()
    expect(page.locator("[role=status]")).to_have_text(say("tag.done"))
    expect(page.locator(".choices")).to_contain_text(say("tag.removed"))
    expect(page.locator(".reasons > li > a", has_text="Geld")).to_have_count(0)
    looks_right(page, "judged document")
    assert len(served.site.store.goal_judgments.of(JUDGED_ID)) == 2
    page.get_by_role("button", name=say("tag.undo")).first.click()
    expect(page.locator(".reasons > li > a", has_text="Geld")).to_have_count(1)
    page.locator("summary", has_text=say("doc.goals.places")).first.click()
    expect(page.locator(".places mark").first).to_be_visible()
    assert len(served.site.store.goal_judgments.of(JUDGED_ID)) == 1
    assert (visit.foreign, visit.complaints) == ([], [])


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_second_judge_agrees_from_the_list(
    admin_visitor: Visitor, served: Served, *, script: bool
) -> None:
    visit = admin_visitor(320, java_script_enabled=script)
    page = visit.open("/beheer/doelen")
    title = "Subsidie aanvragen in vier stappen"
    page.get_by_role("button", name=f"{say('tag.all')} {title}").click()
    expect(page.locator("[role=status]")).to_have_text(say("tag.done"))
    expect(page.locator("#tweede")).to_have_count(0)
    looks_right(page, "goals")
    judges = {one.account_id for one in served.site.store.goal_judgments.of(JUDGED_ID)}
    assert len(judges) == 2
    page.get_by_role("button", name=say("tag.undo")).first.click()
    expect(page.locator("#tweede")).to_be_visible()
    assert (visit.foreign, visit.complaints) == ([], [])
