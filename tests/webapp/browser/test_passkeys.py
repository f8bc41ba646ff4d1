"""Passkeys in a real browser: chromium's own virtual device makes and uses them."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from library.mail import Letter, Postman
from tests.webapp.browser.conftest import Served, Visit, Visitor
from tests.webapp.browser.test_pages import looks_right
from tests.webapp.browser.test_rules import AXE, broken
from webapp.letters import composing
from webapp.messages import say
from webapp.services import utc_now

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def visit(visitor: Visitor, served: Served) -> Visit:
    """Somebody with a phone; a passkey belongs to a name, so the address is no number."""
    served.base = served.base.replace("127.0.0.1", "localhost")
    return visitor(320)


def device(page: Page, **changes: Any) -> CDPSession:
    """Give the browser a device that makes passkeys and has seen its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | changes})
    return session


def mailed_link(served: Served, email: str) -> str:
    letters: list[Letter] = []
    store = served.site.store
    store.mails.add("sign-in", email, utc_now())
    compose = composing(served.site.settings, store, served.site.index, "k" * 32)
    Postman(store, compose, letters.append).deliver_due()
    return "/inloggen/" + letters[-1].text.partition("/inloggen/")[2].split()[0]


def test_an_admin_makes_a_passkey_and_comes_back_with_it(visit: Visit, served: Served) -> None:
    admin = served.site.store.accounts.add_admin("Bo", "bo@dorp.nl")
    page = visit.open(mailed_link(served, "bo@dorp.nl"))
    device(page)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("h1")).to_have_text(say("second.new.h1"))
    looks_right(page, "second step")
    page.get_by_label(say("passkey.name")).fill("Mijn telefoon")
    page.get_by_role("button", name=say("passkey.add")).click()
    expect(page.locator(".sources h3")).to_have_text(["Mijn telefoon"])
    looks_right(page, "account with a passkey")
    visit.open("/beheer/mensen")
    expect(page.locator("h1")).to_have_text(say("people.h1"))
    page.get_by_role("button", name=say("logout.button")).click()

    visit.open("/inloggen")
    page.get_by_role("button", name=say("login.passkey")).click()
    expect(page.locator("h1")).to_have_text(say("admin.h1"))
    page.get_by_role("button", name=say("logout.button")).click()

    visit.open(mailed_link(served, "bo@dorp.nl"))
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("h1")).to_have_text(say("second.h1"))
    looks_right(page, "second step with a passkey")
    page.get_by_role("button", name=say("login.passkey")).click()
    expect(page.locator("h1")).to_have_text(say("admin.h1"))
    (key,) = served.site.store.accounts.passkeys(admin.id)
    assert key.used_at is not None
    assert (visit.foreign, visit.complaints) == ([], [])


def age_sessions(served: Served) -> None:
    """Let all sessions have begun twenty minutes ago: a browser's device keeps real time."""
    aged = "strftime('%Y-%m-%d %H:%M:%f000', started_at, '-20 minutes')"
    with closing(sqlite3.connect(served.site.settings.database)) as connection, connection:
        connection.execute(f"UPDATE session SET started_at = {aged}")


def test_a_passkey_proves_again_who_changes_the_account(visit: Visit, served: Served) -> None:
    served.site.store.accounts.add("Sanne", "partner", email="sanne@lsa.nl", organisation="LSA")
    page = visit.open(mailed_link(served, "sanne@lsa.nl"))
    device(page)
    page.get_by_role("button", name="Log in").click()
    visit.open("/account")
    page.get_by_label(say("passkey.name")).fill("Mijn telefoon")
    page.get_by_role("button", name=say("passkey.add")).click()
    expect(page.locator(".sources h3")).to_have_text(["Mijn telefoon"])

    age_sessions(served)
    visit.open("/account")
    looks_right(page, "account that wants a proof")
    page.get_by_role("button", name=say("passkey.remove")).click()
    expect(page.locator("h1")).to_have_text(say("again.h1"))
    looks_right(page, "a new proof with a passkey")
    if AXE.exists():
        assert broken(page) == []
    page.get_by_role("button", name=say("login.passkey")).click()
    expect(page.locator("h1")).to_have_text(say("account.h1"))
    expect(page.locator(".sources h3")).to_have_text(["Mijn telefoon"])
    page.get_by_role("button", name=say("passkey.remove")).click()
    expect(page.locator(".sources h3")).to_have_count(0)
    assert (visit.foreign, visit.complaints) == ([], [])


def test_a_passkey_of_another_site_or_nobody_is_refused(visit: Visit, served: Served) -> None:
    accounts = served.site.store.accounts
    admin, other = accounts.add_admin("Bo"), accounts.add_admin("Ander")
    page = visit.open(f"/inloggen/{accounts.sign_in_link(admin.id, utc_now())}")
    device(page)
    page.get_by_role("button", name="Log in").click()
    visit.open("/account")
    page.get_by_role("button", name=say("passkey.add")).click()
    expect(page.locator(".sources h3")).to_have_count(1)
    (key,) = accounts.passkeys(admin.id)
    page.get_by_role("button", name=say("logout.button")).click()

    visit.open("/inloggen")
    kept = page.content()
    accounts.remove_passkey(admin.id, key.id)
    page.get_by_role("button", name=say("login.passkey")).click()
    expect(page.locator("[role=alert]").first).to_have_text(say("passkey.error"))
    assert "data-options" in kept
    # The key of one account with the signature of another.
    accounts.add_passkey(other.id, key.id, "x", b"no key at all", 0, utc_now())
    visit.open("/inloggen")
    page.get_by_role("button", name=say("login.passkey")).click()
    expect(page.locator("[role=alert]").first).to_have_text(say("passkey.error"))
    visit.open("/beheer")
    expect(page.locator("h1")).to_have_text(say("error.stranger.h1"))


def test_an_answer_is_good_once(visit: Visit, served: Served) -> None:
    accounts = served.site.store.accounts
    admin = accounts.add_admin("Bo")
    page = visit.open(f"/inloggen/{accounts.sign_in_link(admin.id, utc_now())}")
    device(page)
    page.get_by_role("button", name="Log in").click()
    visit.open("/account")
    page.get_by_role("button", name=say("passkey.add")).click()
    expect(page.locator(".sources h3")).to_have_count(1)
    page.get_by_role("button", name=say("logout.button")).click()
    visit.open("/inloggen")
    with page.expect_request(
        lambda request: request.method == "POST" and request.url.endswith("/met-passkey")
    ) as asked:
        page.get_by_role("button", name=say("login.passkey")).click()
    expect(page.locator("h1")).to_have_text(say("admin.h1"))
    body = asked.value.post_data
    assert body is not None
    client = served.site.app.test_client()
    # The same key signs for the application of the test client, so only the second use is wrong.
    client.application.config["SECRET_KEY"] = "k" * 32
    again = client.post(
        "/inloggen/met-passkey",
        data=body,
        content_type="application/x-www-form-urlencoded",
        base_url=served.base,
    )
    assert again.status_code == 422
    assert say("passkey.error") in again.text


def test_without_script_or_device_the_page_tells_why(
    visit: Visit, visitor: Visitor, served: Served
) -> None:
    plain = visitor(320, java_script_enabled=False).open("/inloggen")
    expect(plain.get_by_text(say("passkey.script"))).to_be_visible()
    expect(plain.get_by_role("button", name=say("login.passkey"))).to_have_count(0)
    page = visit.open("/inloggen")
    device(page, isUserVerified=False)
    page.get_by_role("button", name=say("login.passkey")).click()
    expect(page.get_by_text(say("passkey.stopped"))).to_be_visible()
