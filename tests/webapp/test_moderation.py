"""Judging submissions: the queue, one in full, judgements by one and by many, undo, notes and log."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from library.store import Offer, Submission
from tests.webapp.conftest import Site, document, post, signed_in_as
from tests.webapp.reading import one, soup, texts
from tests.webapp.test_trial import FOUND
from webapp.messages import ACTS, DECLINE_REASONS, SUBMISSION_STATES, TRIAL_WARNINGS, reason, say
from webapp.moderation import working_days
from webapp.submissions import state_name

QUEUE = "/beheer/aanmeldingen"
DECIDE = f"{QUEUE}/besluit"


def offered(site: Site, host: str = "dorp.nl", *, tried: bool = True, **changes: Any) -> Submission:
    """A submission that was confirmed, and that the worker looked at."""
    fields: dict[str, Any] = {
        "name": "Ans",
        "email": f"ans@{host}",
        "organisation": "Dorpsbond",
        "scope": "site",
        "goals": (1,),
        "shows_text": True,
        "remark": "",
    }
    url = f"https://{host}/"
    (made,) = site.store.submissions.add(Offer(**(fields | changes)), {url: host}, site.clock())
    site.store.submissions.change(made.id, "unconfirmed", "new", site.clock())
    if tried:
        site.store.submissions.tried(url, FOUND | {"url": url})
    return site.store.submissions.get(made.id)


def decide(client: FlaskClient, decision: str, *chosen: Submission, **fields: Any) -> TestResponse:
    """Press the last button of a judgement, on pages that showed the submissions as they were."""
    page = client.get(QUEUE).text
    token = str(one(soup(page), ".who input[name=csrf_token]")["value"])
    seen = [f"{found.id}:{found.state}" for found in chosen]
    form = {"csrf_token": token, "besluit": decision, "nummer": seen, "stap": "doen", **fields}
    return client.post(DECIDE, data=form)


def test_the_queue_tells_what_matters_oldest_first(site: Site) -> None:
    offered(site)
    site.clock.forward(days=7)
    offered(site, "stad.nl", tried=False)
    page = soup(signed_in_as(site, "moderator").get(QUEUE).text)
    assert texts(page, ".sources h2") == ["https://dorp.nl/", "https://stad.nl/"]
    assert texts(page, ".tabs a")[0] == f"{say('queue.new')} (2)"
    facts = texts(page, ".facts")[0]
    for fact in (
        "Dorpsbond",
        say("queue.age", n=5),
        say("trial.robots.read"),
        "1.240",
        "Nederlands",
    ):
        assert fact in facts
    assert TRIAL_WARNINGS["slow"].format(n=10) in texts(page, ".note")
    assert say("queue.untried") in texts(page, ".facts")[1]


def test_tabs_and_filters(site: Site) -> None:
    offered(site)
    offered(site, "stad.nl", organisation="Stadsbond", goals=(2,))
    site.clock.forward(days=2)
    offered(site, "streek.nl", organisation="", goals=())
    site.store.submissions.change(1, "new", "asked", site.clock())
    moderator = signed_in_as(site, "moderator")

    def shown(**asked: str) -> list[str]:
        return texts(soup(moderator.get(QUEUE, query_string=asked).text), ".sources h2")

    assert shown() == ["https://stad.nl/", "https://streek.nl/"]
    assert shown(stand="vraag") == ["https://dorp.nl/"]
    assert shown(organisatie="Stadsbond") == ["https://stad.nl/"]
    assert shown(doel="2") == ["https://stad.nl/"]
    assert shown(vanaf="2026-11-25") == ["https://streek.nl/"]
    assert shown(vanaf="gisteren", doel="x") == ["https://stad.nl/", "https://streek.nl/"]
    assert moderator.get(QUEUE, query_string={"stand": "anders"}).status_code == 404


def test_a_period_and_what_a_website_is_about(site: Site) -> None:
    offered(site)
    site.clock.forward(days=2)
    offered(site, "stad.nl")
    moderator = signed_in_as(site, "moderator")

    def shown(**asked: str) -> list[str]:
        return texts(soup(moderator.get(QUEUE, query_string=asked).text), ".sources h2")

    assert shown(tot="2026-11-24") == ["https://dorp.nl/"]
    assert shown(vanaf="2026-11-24") == ["https://stad.nl/"]
    assert shown(vanaf="2026-11-24", tot="2026-11-24") == []
    page = soup(moderator.get(QUEUE).text)
    assert "Het plan <b>" in texts(page, ".sources details")[0]
    assert say("trial.alike", n=94, title="Ons plan (Dorp)") in texts(page, ".note")


def test_how_long_submissions_wait_is_told_and_drawn(site: Site) -> None:
    offered(site)
    offered(site, "streek.nl")
    site.clock.forward(days=14)
    offered(site, "stad.nl")
    page = soup(signed_in_as(site, "moderator").get(QUEUE).text)
    told = say("waiting.told", n=3, age=say("queue.age", n=10))
    assert told in texts(page, "section p")
    assert [text.split()[-1] for text in texts(page, "#wachttijd ~ table tr")[1:]] == [
        "1",
        "0",
        "2",
        "0",
    ]
    assert [bar["width"] for bar in page.select(".bar rect")] == ["50", "0", "100", "0"]


@pytest.fixture
def four_eyes(site: Site) -> Site:
    """The same site, where two people approve."""
    changed = site.settings.model_copy(update={"four_eyes": "all"})
    return Site(changed, site.store, site.index, site.clock)


def test_an_approval_waits_for_a_second_person(four_eyes: Site) -> None:
    site, found = four_eyes, offered(four_eyes)
    first, second = (signed_in_as(site, "moderator") for _ in range(2))
    site.post_mail()
    assert say("judge.second") in first.get(f"{QUEUE}/1").text
    look = decide(first, "goedkeuren", found, stap="nakijken")
    assert say("decide.second", n=1) in look.text
    decide(first, "goedkeuren", found, organisatie="De Dorpsbond")
    agreed = site.store.submissions.get(1)
    assert (agreed.state, agreed.source_id) == ("agreed", None)
    assert (site.post_mail(), site.store.jobs.open()) == ([], ())
    assert say("judge.own") in first.get(f"{QUEUE}/1").text
    assert texts(soup(second.get(QUEUE).text), ".tabs a")[2] == f"{say('queue.agreed')} (1)"

    assert "gedaan=0&gemist=1" in decide(first, "goedkeuren", agreed).location
    assert site.store.submissions.get(1).state == "agreed"
    decide(second, "goedkeuren", agreed)
    approved = site.store.submissions.get(1)
    assert approved.state == "approved"
    assert approved.source_id is not None
    assert site.store.sources.get(approved.source_id).organisation == "De Dorpsbond"
    assert len(site.post_mail()) == 1
    acts = site.store.acts.of("submission:1")
    assert [act.act for act in acts] == ["agreed", "approved"]
    assert acts[0].account_id != acts[1].account_id


def test_a_second_click_of_the_first_person_is_no_second_person(four_eyes: Site) -> None:
    found = offered(four_eyes)
    moderator = signed_in_as(four_eyes, "moderator")
    for _ in range(3):
        decide(moderator, "goedkeuren", found)
    assert four_eyes.store.submissions.get(1).state == "agreed"
    assert four_eyes.store.jobs.open() == ()


def test_a_first_approval_is_declined_or_undone_without_a_mail(four_eyes: Site) -> None:
    found = offered(four_eyes)
    moderator = signed_in_as(four_eyes, "moderator")
    four_eyes.post_mail()
    decide(moderator, "goedkeuren", found)
    undo = f"{QUEUE}/1/terugdraaien"
    assert say("undo.mail") not in moderator.get(undo).text
    post(moderator, undo, on=undo)
    again = four_eyes.store.submissions.get(1)
    assert (again.state, again.agreed_by, four_eyes.post_mail()) == ("new", None, [])
    decide(moderator, "goedkeuren", again)
    decide(moderator, "afwijzen", four_eyes.store.submissions.get(1), reden="goals")
    assert four_eyes.store.submissions.get(1).state == "declined"


def test_another_port_is_another_website(site: Site, moderator: FlaskClient) -> None:
    site.store.sources.add(name="Dorp", url="https://dorp.nl:8443/", organisation="Dorp")
    offered(site)
    assert say("queue.known") not in moderator.get(f"{QUEUE}/1").text
    site.store.sources.add(name="Dorp", url="http://www.dorp.nl/", organisation="Dorp")
    assert say("queue.known") in moderator.get(f"{QUEUE}/1").text


def test_a_second_person_only_for_new_websites(site: Site) -> None:
    changed = site.settings.model_copy(update={"four_eyes": "new-sites"})
    served = Site(changed, site.store, site.index, site.clock)
    site.store.sources.add(name="Stad", url="https://www.stad.nl/deel/", organisation="Stad")
    moderator = signed_in_as(served, "moderator")
    decide(moderator, "goedkeuren", offered(served), offered(served, "stad.nl"))
    assert [site.store.submissions.get(n).state for n in (1, 2)] == ["agreed", "approved"]


def test_the_submitter_does_not_see_who_waits_for_whom(four_eyes: Site) -> None:
    found = offered(four_eyes)
    decide(signed_in_as(four_eyes, "moderator"), "goedkeuren", found)
    assert state_name(four_eyes.store.submissions.get(1)) == say("state.looking")


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [("20", "20", 0), ("20", "21", 0), ("20", "23", 1), ("16", "23", 5), ("21", "22", 0)],
)
def test_age_in_working_days(first: str, last: str, days: int) -> None:
    moments = (datetime(2026, 11, int(day), 12, tzinfo=UTC) for day in (first, last))
    assert working_days(*moments) == days


def test_one_submission_in_full(site: Site, moderator: FlaskClient) -> None:
    site.store.sources.add(name="Dorp", url="https://www.dorp.nl/")
    offered(site, remark="Mooi <b>")
    second = offered(site, email="bo@stad.nl")
    page = soup(moderator.get(f"{QUEUE}/{second.id}").text)
    text = page.get_text(" ")
    for part in ("Dorpsbond", "bo@stad.nl", say("queue.known"), say("queue.double", number=1)):
        assert part in text
    assert reason("http-404") in text
    assert "Mooi <b>" in soup(moderator.get(f"{QUEUE}/1").text).get_text()
    assert moderator.get(f"{QUEUE}/99").status_code == 404


def test_who_judges_reads_the_state_that_the_sender_reads(
    site: Site, moderator: FlaskClient
) -> None:
    untried, tried = offered(site, tried=False), offered(site, "stad.nl")
    for found, words in ((untried, "Ontvangen"), (tried, "Wij kijken ernaar")):
        page = soup(moderator.get(f"{QUEUE}/{found.id}").text)
        assert texts(page, "dl.table dd")[0] == state_name(found) == words


def test_an_approved_submission_becomes_a_source_that_is_crawled(
    site: Site, moderator: FlaskClient
) -> None:
    found = offered(site)
    preview = decide(moderator, "goedkeuren", found, stap="invullen")
    assert "Dit adres is opgenomen: https://dorp.nl/" in one(soup(preview.text), ".letter").text
    assert str(one(soup(preview.text), "#organisatie")["value"]) == "Dorpsbond"
    assert site.store.submissions.get(1).state == "new"
    answer = decide(moderator, "goedkeuren", found, organisatie="Dorpsbond Noord")
    assert say("queue.done", n=1) in moderator.get(answer.location).text
    source = site.store.sources.find("https://dorp.nl/")
    assert source is not None
    assert (source.organisation, source.scope, source.shows_text) == (
        "Dorpsbond Noord",
        "site",
        True,
    )
    assert source.interval_hours == 168
    assert [job.handler for job in site.store.jobs.open()] == ["crawl"]
    assert site.store.submissions.get(1).source_id == source.id
    (letter,) = site.post_mail()
    assert (letter.to, "opgenomen" in letter.subject) == ("ans@dorp.nl", True)
    assert [act.act for act in site.store.acts.of("submission:1")] == ["approved"]


def test_what_nobody_looked_at_is_not_approved(site: Site, moderator: FlaskClient) -> None:
    found = offered(site, tried=False)
    answer = decide(moderator, "goedkeuren", found)
    assert say("queue.missed", n=1) in moderator.get(answer.location).text
    assert (site.store.submissions.get(1).state, site.store.jobs.open()) == ("new", ())
    post(moderator, f"{QUEUE}/1/proef", on=QUEUE)
    assert [job.handler for job in site.store.jobs.open()] == ["try"]


def test_declining_needs_a_reason_and_shows_the_mail(site: Site, moderator: FlaskClient) -> None:
    found = offered(site)
    asked = soup(decide(moderator, "afwijzen", found, stap="invullen").text)
    assert texts(asked, "#reden .choice") == list(DECLINE_REASONS.values())
    assert not asked.select(".letter")
    for step in ("nakijken", "doen"):
        wrong = decide(moderator, "afwijzen", found, stap=step)
        assert (wrong.status_code, say("decide.reason.error") in wrong.text) == (422, True)
    fields = {"reden": "outdated", "tekst": "Het stuk is uit 2009."}
    looked = one(
        soup(decide(moderator, "afwijzen", found, stap="nakijken", **fields).text), ".letter"
    )
    assert site.store.mails.waiting() == 0
    decide(moderator, "afwijzen", found, **fields)
    (letter,) = site.post_mail()
    for part in (DECLINE_REASONS["outdated"], "Het stuk is uit 2009."):
        assert part in letter.text
        assert part in looked.text
    path = "/aanmelding/" + letter.text.partition("/aanmelding/")[2].split()[0]
    assert DECLINE_REASONS["outdated"] in site.app.test_client().get(path).text


def test_an_address_that_does_not_open_is_declined_with_that_reason(
    site: Site, admin: FlaskClient, moderator: FlaskClient
) -> None:
    decide(moderator, "afwijzen", offered(site), reden="unreachable")
    (letter,) = site.post_mail()
    path = "/aanmelding/" + letter.text.partition("/aanmelding/")[2].split()[0]
    status = site.app.test_client().get(path).text
    for read in (letter.text, status, admin.get("/beheer/logboek").text):
        assert "Wij kunnen het adres niet openen." in read


def test_a_question_goes_out_and_its_answer_comes_back(site: Site, moderator: FlaskClient) -> None:
    found = offered(site)
    assert decide(moderator, "vragen", found).status_code == 422
    decide(moderator, "vragen", found, tekst="Wie zijn jullie?")
    (letter,) = site.post_mail()
    path = "/aanmelding/" + letter.text.partition("/aanmelding/")[2].split()[0]
    visitor = site.app.test_client()
    post(visitor, f"{path}/antwoorden", on=path, nummer="1", antwoord="De dorpsbond.")
    page = moderator.get(f"{QUEUE}/1").text
    assert "De dorpsbond." in page
    assert say("judge.submitter") in page
    assert site.store.submissions.get(1).state == "new"


def test_many_at_once(site: Site, moderator: FlaskClient) -> None:
    many = [offered(site, f"a{n}.nl") for n in range(12)]
    answer = decide(moderator, "afwijzen", *many, reden="goals")
    assert say("queue.done", n=12) in moderator.get(answer.location).text
    assert site.store.submissions.counts() == {"declined": 12}
    assert len(site.post_mail()) == 12
    assert len(tuple(site.store.acts.all())) == 12


def test_of_two_moderators_one_decides_and_the_other_is_told(
    site: Site, moderator: FlaskClient, admin: FlaskClient
) -> None:
    found = offered(site)
    decide(moderator, "goedkeuren", found)
    answers = [decide(admin, "afwijzen", found, reden="goals") for _ in range(50)]
    assert say("queue.missed", n=1) in admin.get(answers[0].location).text
    assert site.store.submissions.get(1).state == "approved"
    assert len(site.post_mail()) == 1
    assert len(site.store.acts.of("submission:1")) == 1


def test_an_address_that_is_a_source_by_now_is_told(site: Site, moderator: FlaskClient) -> None:
    found = offered(site)
    site.store.sources.add(name="Dorp", url="https://dorp.nl/")
    answer = decide(moderator, "goedkeuren", found)
    assert say("queue.missed", n=1) in moderator.get(answer.location).text
    assert site.store.submissions.get(1).state == "new"
    assert (site.store.acts.of("submission:1"), site.store.mails.waiting()) == ((), 0)


@pytest.mark.parametrize(
    "fields",
    [{"besluit": "alles"}, {"besluit": ""}, {"besluit": "goedkeuren", "nummer": "x"}],
)
def test_a_form_that_is_not_ours_does_nothing(
    site: Site, moderator: FlaskClient, fields: dict[str, str]
) -> None:
    offered(site)
    answer = post(moderator, DECIDE, on=QUEUE, stap="doen", **fields)
    assert answer.status_code in {303, 400}
    assert site.store.submissions.get(1).state == "new"


def test_an_approval_is_undone_with_its_source_and_documents(
    site: Site, moderator: FlaskClient
) -> None:
    decide(moderator, "goedkeuren", offered(site))
    source = site.store.sources.find("https://dorp.nl/")
    assert source is not None
    site.put(document("dorp", "Een dorp."), source_id=source.id)
    site.post_mail()
    address = f"{QUEUE}/1/terugdraaien"
    assert say("undo.source", n=1) in moderator.get(address).text
    post(moderator, address, on=address)
    assert site.store.submissions.get(1).state == "new"
    assert site.store.sources.find("https://dorp.nl/") is None
    assert "reindex" in {job.handler for job in site.store.jobs.open()}
    (letter,) = site.post_mail()
    assert "opnieuw" in letter.subject
    assert [act.act for act in site.store.acts.of("submission:1")] == ["approved", "undo"]
    assert post(moderator, address, on=QUEUE).status_code == 404


def test_a_judgement_is_undone_for_thirty_days(site: Site) -> None:
    found = offered(site)
    decide(signed_in_as(site, "moderator"), "afwijzen", found, reden="goals")
    site.clock.forward(days=29)
    later = signed_in_as(site, "moderator")
    assert later.get(f"{QUEUE}/1/terugdraaien").status_code == 200
    site.clock.forward(days=1)
    latest = signed_in_as(site, "moderator")
    assert say("undo.button") not in latest.get(f"{QUEUE}/1").text
    assert latest.get(f"{QUEUE}/1/terugdraaien").status_code == 404
    assert post(latest, f"{QUEUE}/1/terugdraaien", on=QUEUE).status_code == 404


def test_notes_are_changed_by_who_wrote_them(
    site: Site, moderator: FlaskClient, admin: FlaskClient
) -> None:
    offered(site)
    address, page = f"{QUEUE}/1/notities", f"{QUEUE}/1"
    post(moderator, address, on=page, tekst="Bellen <b>")
    assert "Bellen <b>" in soup(admin.get(page).text).get_text()
    assert post(admin, address, on=page, notitie="1", tekst="Nee").status_code == 403
    post(moderator, address, on=page, notitie="1", tekst="Gebeld")
    assert [note.text for note in site.store.submissions.notes(1)] == ["Gebeld"]
    post(moderator, address, on=page, notitie="1", weg="ja")
    assert site.store.submissions.notes(1) == ()
    acts = [act.act for act in site.store.acts.of("submission:1")]
    assert acts == ["note", "note-change", "note-remove"]


def test_a_removed_note_is_put_back_by_its_writer_for_thirty_days(
    site: Site, admin: FlaskClient
) -> None:
    offered(site)
    moderator = signed_in_as(site, "moderator")
    address, page = f"{QUEUE}/1/notities", f"{QUEUE}/1"
    post(moderator, address, on=page, tekst="Bellen <b>")
    post(moderator, address, on=page, notitie="1", weg="ja")
    assert say("judge.note.removed") not in admin.get(page).text
    put_back = one(soup(moderator.get(page).text), "form:has(s)")
    fields = {str(one["name"]): str(one["value"]) for one in put_back.select("input")}
    moderator.post(address, data=fields)
    assert [note.text for note in site.store.submissions.notes(1)] == ["Bellen <b>"]
    post(moderator, address, on=page, notitie="1", weg="ja")
    site.clock.forward(days=30)
    again = signed_in_as(site, "moderator")
    post(again, address, on=page, tekst="Nieuw")
    post(again, address, on=page, notitie="2", weg="ja")
    # The one that was removed first is gone for good, also from the database.
    everybody = [
        note
        for account in site.store.accounts.all()
        for note in site.store.submissions.notes_by(account.id)
    ]
    assert [note.text for note in everybody] == ["Nieuw"]


def test_the_log_is_read_and_exported(site: Site, admin: FlaskClient) -> None:
    moderator = signed_in_as(site, "moderator")
    decide(moderator, "afwijzen", offered(site), reden="goals")
    site.store.acts.add(99, "=1+1", "@x", site.clock())
    page = soup(admin.get("/beheer/logboek").text)
    assert ACTS["declined"] in texts(page, "tbody tr")[1]
    assert "Een moderator" in texts(page, "tbody tr")[1]
    assert "Aanmelding 1" in texts(page, "tbody tr")[1]
    assert texts(page, "tbody td:last-child")[1] == DECLINE_REASONS["goals"]
    answer = admin.get("/beheer/logboek/logboek.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="logboek.csv"'
    lines = answer.text.splitlines()
    assert len(lines) == 3
    assert DECLINE_REASONS["goals"] in lines[1]
    assert say("log.gone", number=99) in lines[2]
    assert "'=1+1" in lines[2]
    assert "'@x" in lines[2]


def test_the_log_tells_in_words_what_was_undone(site: Site, admin: FlaskClient) -> None:
    decide(admin, "afwijzen", offered(site), reden="goals")
    post(admin, f"{QUEUE}/1/terugdraaien", on=f"{QUEUE}/1/terugdraaien")
    page = soup(admin.get("/beheer/logboek").text)
    assert texts(page, "tbody td:last-child")[0] == SUBMISSION_STATES["declined"]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("source:17", "Bron 17"),
        ("source:iets", "Bron iets"),
        ("account:1", "Account Beheerder"),
        ("account:17", "Account 17"),
        ("source:0", "De voorbeelden"),
        ("query:tijd: wanneer", "Zoekvraag 'tijd: wanneer'"),
        ("index:9", "De index"),
        ("site", "De website"),
        ("goals:all", "De doelen"),
        ("iets:1", "iets:1"),
    ],
)
def test_the_log_says_in_words_what_it_was_about(
    site: Site, admin: FlaskClient, subject: str, words: str
) -> None:
    site.store.acts.add(1, "texts", subject, site.clock())
    (row,) = soup(admin.get("/beheer/logboek").text).select("tbody tr")
    assert row.select("td")[2].get_text(strip=True) == words


def test_the_log_leads_to_a_source_while_it_is_there(site: Site, admin: FlaskClient) -> None:
    now = site.clock()
    source = site.store.sources.add(name="Het <dorp>", url="https://dorp.example/", added_at=now)
    for at in (now - timedelta(days=1), now):
        site.store.acts.add(1, "crawl", f"source:{source.id}", at)

    def subjects() -> list[tuple[str, str]]:
        rows = soup(admin.get("/beheer/logboek").text).select("tbody tr")
        cells = [row.select("td")[2] for row in rows]
        return [
            (cell.get_text(strip=True), "".join(str(link["href"]) for link in cell.select("a")))
            for cell in cells
        ]

    # What was done before is of another source, that had the number before this one.
    older = (f"Bron {source.id}", "")
    assert subjects() == [("Bron Het <dorp>", f"/beheer/bronnen/{source.id}"), older]
    assert ",Bron Het <dorp>," in admin.get("/beheer/logboek/logboek.csv").text
    site.store.remove_source(source.id)
    assert subjects() == [older, older]


def test_work_that_admins_start_is_in_the_log(site: Site, admin: FlaskClient) -> None:
    post(admin, "/beheer/bronnen/1/ophalen")
    post(admin, "/beheer/taken/1/stop")
    assert [act.act for act in site.store.acts.all()] == ["crawl", "stop"]


def test_the_overview_tells_what_waits(site: Site, admin: FlaskClient) -> None:
    offered(site)
    assert say("admin.submissions", n=1) in admin.get("/beheer").text
