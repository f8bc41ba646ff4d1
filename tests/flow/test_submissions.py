"""From a tip to a result: with a real site, a real worker, a real mail server and the real pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pytest_httpserver import HTTPServer

from library.mail import Postman, sending
from library.settings import read_settings
from library.worker import Worker, utc_now
from tests.flow.installation import Installation
from tests.mail_server import Inbox, mail_server
from tests.webapp.conftest import post, token
from webapp import create_app
from webapp.letters import composing
from webapp.messages import say

KEY = "a key that is long enough for a test"


@pytest.fixture
def site(httpserver: HTTPServer) -> str:
    """A small website; give its address."""
    words = "<p>" + "Bewoners maken samen een plan voor het dorp. " * 30 + "</p>"
    httpserver.no_handler_status_code = 404
    httpserver.expect_request("/").respond_with_data(
        f"<html lang=nl><title>Plan</title><h1>Het dorpsplan</h1>{words}", content_type="text/html"
    )
    return f"http://127.0.0.1:{httpserver.port}/"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def installation(tmp_path: Path, httpserver: HTTPServer, inbox: Inbox) -> Iterator[Installation]:
    """An installation that may crawl the website and mails to the inbox."""
    with mail_server(inbox) as server:
        settings = read_settings(
            {},
            home=tmp_path / "home",
            trusted_addresses=(f"127.0.0.1:{httpserver.port}",),
            trusted_pace=0.0,
            mail_server=server,
            mail_security="none",
            mail_from="post@kennis.nl",
        )
        made = Installation(settings)
        yield made
        made.close()


def work(installation: Installation) -> None:
    """Do all that waits: jobs, then mail."""
    store, settings = installation.store, installation.settings
    worker = Worker(store, installation.house.handlers())
    while worker.run_one():
        pass
    Postman(
        store, composing(settings, store, installation.house.index, KEY), sending(settings)
    ).deliver_due()


def test_a_tip_becomes_a_result(installation: Installation, inbox: Inbox, site: str) -> None:
    store = installation.store
    app = create_app(installation.settings, store, installation.house.index, key=KEY)
    visitor = app.test_client()
    fields = {"adressen": site, "bereik": "site", "lezen": "ja", "naam": "Ans", "stap": "versturen"}
    form = {**fields, "email": "ans@dorp.nl"}
    assert post(visitor, "/bron-aanmelden", on="/bron-aanmelden", **form).status_code == 200
    work(installation)
    assert store.submissions.get(1).trial is None

    status = inbox.path()
    post(visitor, f"{status}/bevestigen", on=status)
    work(installation)
    found = store.submissions.get(1).trial
    assert found is not None
    (sample,) = found["samples"]
    assert sample["excerpt"].startswith("Bewoners maken samen een plan")
    assert 150 < len(sample["excerpt"]) <= 200
    assert "Het dorpsplan" in visitor.get(status).text
    assert say("mail.tried") in inbox.texts()[-1].replace("\r\n", "\n")

    moderator = signed_in(app.test_client(), installation)
    decision = {"besluit": "goedkeuren", "nummer": "1:new", "stap": "doen"}
    proof = token(moderator.get("/beheer/aanmeldingen").text)
    moderator.post("/beheer/aanmeldingen/besluit", data={"csrf_token": proof, **decision})
    work(installation)
    assert "opgenomen" in inbox.texts()[-1]
    assert [recipients for recipients, _ in inbox.taken] == [["ans@dorp.nl"]] * 4
    installation.house.index.refresh()
    assert "Het dorpsplan" in visitor.get("/zoeken?q=dorpsplan").text
    hit = re.search(r'href="(/document/[^"]+)"', visitor.get("/zoeken?q=dorpsplan").text)
    assert hit is not None
    # The owner let people read the text here.
    assert say("doc.text.web") in visitor.get(hit[1]).text


def signed_in(client: FlaskClient, installation: Installation) -> FlaskClient:
    accounts = installation.store.accounts
    moderator = accounts.add("Bo", "moderator", email="bo@kennis.nl")
    link = f"/inloggen/{accounts.sign_in_link(moderator.id, utc_now())}"
    assert post(client, link, on=link).location == "/beheer/aanmeldingen"
    return client
