"""From a form to what the worker found, with a real site, a real worker and a real mail server."""

from pathlib import Path

from pytest_httpserver import HTTPServer

from library.mail import Postman, sending
from library.settings import read_settings
from library.store import Offer
from library.worker import Worker, utc_now
from tests.flow.installation import Installation
from tests.mail_server import Inbox, mail_server
from webapp.letters import composing

KEY = "a key that is long enough for a test"


def test_the_worker_looks_and_mails(tmp_path: Path, httpserver: HTTPServer) -> None:
    words = "<p>" + "Bewoners maken samen een plan voor het dorp. " * 30 + "</p>"
    httpserver.no_handler_status_code = 404
    httpserver.expect_request("/").respond_with_data(
        f"<html lang=nl><title>Plan</title><h1>Het dorpsplan</h1>{words}", content_type="text/html"
    )
    url = httpserver.url_for("/").replace("localhost", "127.0.0.1")
    inbox = Inbox()
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
        installation = Installation(settings)
        store = installation.store
        ans = store.accounts.add("Ans", "partner", email="ans@dorp.nl", organisation="Dorp")
        offer = Offer("Ans", ans.email, "Dorp", "site", (), False, "", ans.id)
        (one,) = store.submissions.add(offer, {url: "dorp.nl"}, utc_now())
        store.jobs.add_trial(url)
        store.mails.add("submission-received", ans.email, utc_now(), {"batch": one.batch})
        assert Worker(store, installation.house.handlers()).run_one()
        Postman(store, composing(settings, store, KEY), sending(settings)).deliver_due()
        found = store.submissions.get(one.id)
        installation.close()
    assert found.trial is not None
    assert found.trial["start"] == "fetched"
    (sample,) = found.trial["samples"]
    assert sample["excerpt"].startswith("Bewoners maken samen een plan")
    assert 150 < len(sample["excerpt"]) <= 200
    assert url in inbox.texts()[0]
