"""Offering a source in a real browser on a small screen, with and without script."""

import re

import pytest
from playwright.sync_api import expect

from library.mail import Letter, Postman
from tests.webapp.browser.conftest import Served, Visitor
from tests.webapp.browser.test_pages import looks_right
from tests.webapp.test_trial import FOUND
from webapp.letters import composing
from webapp.messages import SUBMISSION_STATES, say
from webapp.submissions import state_name


def mailed(served: Served) -> list[Letter]:
    letters: list[Letter] = []
    store = served.site.store
    compose = composing(served.site.settings, store, served.site.index, "k" * 32)
    Postman(store, compose, letters.append).deliver_due()
    return letters


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_anybody_tips_a_source(visitor: Visitor, served: Served, *, script: bool) -> None:
    visit = visitor(320, java_script_enabled=script)
    page = visit.open("/")
    page.get_by_role("link", name=say("footer.submit")).click()
    # On a phone each question fills the screen, and leads to the next.
    height = page.viewport_size["height"] if page.viewport_size else 0
    for question in page.locator(".question").all():
        box = question.bounding_box()
        assert box is not None
        assert box["height"] > 0.8 * height
    page.get_by_role("link", name=say("src.next-question")).first.click()
    expect(page).to_have_url(re.compile("#vraag-2$"))
    page.get_by_role("button", name=say("src.go-on")).click()
    expect(page.locator(".summary")).to_contain_text(say("src.url.err.none"))
    looks_right(page, "form with what is wrong")
    page.get_by_label(say("src.url")).fill("dorp.nl/kennis\nhttps://stad.nl/")
    page.get_by_label("De hele website").check()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label(say("src.name")).fill("Ans")
    page.get_by_label(say("login.email")).fill("ans@dorp.nl")
    page.get_by_role("button", name=say("src.go-on")).click()
    expect(page.locator("h1")).to_have_text(say("src.check"))
    looks_right(page, "answers")
    page.get_by_role("button", name=say("src.send")).click()
    expect(page.locator("h1")).to_have_text(say("login.sent.h1"))
    (letter,) = mailed(served)
    visit.open("/aanmelding/" + letter.text.partition("/aanmelding/")[2].split()[0])
    page.get_by_role("button", name=say("status.confirm")).click()
    expect(page.locator("[role=status]")).to_have_text(say("src.done"))
    served.site.store.submissions.tried("https://stad.nl/", FOUND)
    page.get_by_role("link", name=say("job.refresh")).click()
    expect(page.get_by_text("Het plan <b>")).to_be_visible()
    looks_right(page, "status")
    page.locator("summary").first.click()
    looks_right(page, "status with the form that corrects")
    page.get_by_label(say("src.url")).first.fill("dorp.nl/kennis/nieuw")
    page.get_by_role("button", name=say("status.correct.send")).first.click()
    expect(page.locator("h2").first).to_have_text("https://dorp.nl/kennis/nieuw")
    page.get_by_role("button", name=say("status.withdraw")).first.click()
    expect(page.locator("dd b").first).to_have_text(SUBMISSION_STATES["withdrawn"])
    assert page.context.cookies() == []
    assert (visit.foreign, visit.complaints) == ([], [])


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_moderator_declines_and_undoes(
    admin_visitor: Visitor, served: Served, *, script: bool
) -> None:
    visit = admin_visitor(320, java_script_enabled=script)
    page = visit.open("/beheer/aanmeldingen")
    page.get_by_label(say("queue.choose")).first.check()
    page.get_by_role("button", name=say("decide.decline")).click()
    page.get_by_label("Het is reclame.").check()
    looks_right(page, "decision")
    page.get_by_role("button", name=say("decide.look")).click()
    expect(page.locator(".letter")).to_contain_text("Het is reclame.")
    looks_right(page, "decision with its mail")
    page.get_by_role("button", name=say("decide.decline")).click()
    expect(page.locator("[role=status]")).to_have_text(say("queue.done", n=1))
    assert served.site.store.submissions.get(1).state == "declined"
    page.get_by_role("link", name=say("undo.button")).click()
    page.get_by_role("button", name=say("undo.yes")).click()
    expect(page.locator(".table dd").first).to_have_text(
        state_name(served.site.store.submissions.get(1))
    )
    assert (visit.foreign, visit.complaints) == ([], [])
