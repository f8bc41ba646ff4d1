"""Codes of an app in a real browser on a small screen, with and without script."""

import pytest
from playwright.sync_api import expect

from tests.webapp.browser.conftest import Served, Visitor
from tests.webapp.browser.test_pages import looks_right
from tests.webapp.browser.test_passkeys import mailed_link
from tests.webapp.test_second_factor import STEP, code_of
from webapp.messages import say
from webapp.services import utc_now


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_admin_signs_in_with_codes(visitor: Visitor, served: Served, *, script: bool) -> None:
    served.site.store.accounts.add_admin("Bo", "bo@dorp.nl")
    visit = visitor(320, java_script_enabled=script)
    page = visit.open(mailed_link(served, "bo@dorp.nl"))
    page.get_by_role("button", name=say("login.button")).click()
    expect(page.locator("h1")).to_have_text(say("second.new.h1"))
    page.get_by_role("link", name=say("app.h1")).click()
    looks_right(page, "setting up an app")
    secret = "".join(page.locator("main code").inner_text().split())
    page.get_by_label(say("code.label")).fill(code_of(secret, utc_now().timestamp()))
    page.get_by_role("button", name=say("app.button")).click()
    expect(page.locator("h1")).to_have_text(say("spare.h1"))
    looks_right(page, "recovery codes")
    spare = page.locator("li code").first.inner_text()
    page.get_by_role("link", name=say("spare.done")).click()
    looks_right(page, "account with an app")
    page.get_by_role("button", name=say("logout.button")).click()

    # The next code: that of the next half minute is good already.
    visit.open(mailed_link(served, "bo@dorp.nl"))
    page.get_by_role("button", name=say("login.button")).click()
    looks_right(page, "second step with an app")
    page.get_by_label(say("code.label")).fill(code_of(secret, utc_now().timestamp() + STEP))
    page.get_by_role("button", name=say("code.button")).first.click()
    expect(page.locator("h1")).to_have_text(say("admin.h1"))
    page.get_by_role("button", name=say("logout.button")).click()

    visit.open(mailed_link(served, "bo@dorp.nl"))
    page.get_by_role("button", name=say("login.button")).click()
    page.get_by_label(say("code.spare")).fill(spare)
    page.get_by_role("button", name=say("code.button")).last.click()
    expect(page.locator("h1")).to_have_text(say("admin.h1"))
    visit.open("/inloggen/passkey")
    expect(page.locator("h1")).to_have_text(say("again.h1"))
    looks_right(page, "a new proof")
    assert (visit.foreign, visit.complaints) == ([], [])
