"""Standing a source still, fetching some of it again, taking pages or all of it away."""

import pytest
from flask.testing import FlaskClient

from library.source_rules import is_denied
from library.store import Address, Source
from tests.webapp.conftest import NOW, Site, document, post, token
from tests.webapp.reading import one, soup, texts
from webapp.messages import JOB_NOTES, say

URL = "https://bron.example"


@pytest.fixture
def source(site: Site) -> Source:
    """A source with three pages, of which one is not there."""
    made = site.store.sources.add(name="Een bron", url=f"{URL}/", path_rules=["deny /en/"])
    crawl = site.store.crawls.add(made.id, NOW)
    urls = [f"{URL}/", f"{URL}/a", f"{URL}/a/b?p=1", f"{URL}/weg"]
    site.store.frontier.add(made.id, crawl.id, [Address(url) for url in urls])
    for name in ("a", "a/b?p=1"):
        kept = document(name, f"Tekst van {name}.", id=name, url=f"{URL}/{name}")
        site.put(kept, source_id=made.id)
        site.store.frontier.record(
            made.id, f"{URL}/{name}", crawl.id, outcome="fetched", document_id=name, visited_at=NOW
        )
    site.store.frontier.record(made.id, f"{URL}/weg", crawl.id, outcome="http-404", visited_at=NOW)
    site.store.crawls.finish(crawl.id, "done", "", NOW)
    return made


def number_of(site: Site, source: Source, path: str) -> int:
    found = site.store.frontier.find(source.id, URL + path)
    assert found is not None
    return found.id


def place_of(source: Source) -> str:
    return f"/beheer/bronnen/{source.id}"


def send(client: FlaskClient, source: Source, what: str, *numbers: int, reason: str = "") -> str:
    form = {
        "csrf_token": token(client.get(place_of(source)).text),
        "doen": what,
        "adres": [str(number) for number in numbers],
        "reden": reason,
    }
    answer = client.post(f"{place_of(source)}/adressen", data=form)
    return answer.headers.get("Location", answer.text)


def test_a_source_stands_still_and_goes_on(site: Site, admin: FlaskClient, source: Source) -> None:
    job = site.store.jobs.add_crawl(source.id)
    for _ in range(2):
        answer = post(admin, f"{place_of(source)}/stilzetten", on=place_of(source))
        assert answer.headers["Location"] == f"{place_of(source)}?bericht=paused"
    assert site.store.sources.get(source.id).paused
    assert site.store.jobs.get(job.id).state == "paused"
    page = soup(admin.get(place_of(source)).text)
    assert say("sources.paused") in page.get_text()
    for _ in range(2):
        post(admin, f"{place_of(source)}/aanzetten", on=place_of(source))
    assert not site.store.sources.get(source.id).paused
    assert site.store.jobs.get(job.id).state == "queued"
    assert [act.act for act in site.store.acts.all()] == ["pause-source", "resume-source"]


def test_one_page_is_fetched_again(site: Site, admin: FlaskClient, source: Source) -> None:
    page = soup(admin.get(place_of(source)).text)
    assert len(page.select("input[name=adres]")) == 4
    number = number_of(site, source, "/a")
    places = {send(admin, source, "opnieuw", number) for _ in range(5)}
    (job,) = site.store.jobs.open()
    assert places == {f"/beheer/taken/{job.id}"}
    assert job.arguments == {"source_id": source.id, "limit": 1, "chosen": [number]}
    # Another choice is another job, also while the first one waits.
    send(admin, source, "opnieuw", number, number_of(site, source, "/weg"))
    assert len(site.store.jobs.open()) == 2


def test_a_group_is_fetched_again(site: Site, admin: FlaskClient, source: Source) -> None:
    page = soup(admin.get(f"{place_of(source)}?reden=http-404").text)
    assert one(page, "[name=reden]")["value"] == "http-404"
    send(admin, source, "groep", reason="http-404")
    (job,) = site.store.jobs.open()
    assert job.arguments["chosen"] == [number_of(site, source, "/weg")]
    send(admin, source, "groep", reason="wacht")
    assert site.store.jobs.open()[1].arguments["chosen"] == [number_of(site, source, "/")]


@pytest.mark.parametrize("what", ["opnieuw", "weghalen", "weg", "groep"])
def test_nothing_chosen_is_told(site: Site, admin: FlaskClient, source: Source, what: str) -> None:
    assert send(admin, source, what) == f"{place_of(source)}?bericht=none"
    # An address of another source is none of this one.
    assert send(admin, source, what, 9999) == f"{place_of(source)}?bericht=none"
    assert JOB_NOTES["none"] in admin.get(f"{place_of(source)}?bericht=none").text
    assert site.store.jobs.open() == ()


def test_pages_go_and_stay_away(site: Site, admin: FlaskClient, source: Source) -> None:
    number = number_of(site, source, "/a")
    asked = send(admin, source, "weghalen", number)
    assert say("care.away.documents", n=1) in asked
    assert site.store.documents.count(source_id=source.id) == 2
    for _ in range(2):
        assert send(admin, source, "weg", number) == f"{place_of(source)}?bericht=away"
    assert site.store.documents.count(source_id=source.id) == 1
    wiped = site.store.documents.get("a")
    assert (wiped.document.text, wiped.document.title, wiped.removed_reason) == (
        "",
        "",
        "on-request",
    )
    rules = site.store.sources.get(source.id).path_rules
    assert rules == ("deny /a$", "deny /en/")
    # That one page, and not what is below it.
    assert is_denied("/a", rules)
    assert not is_denied("/a/b?p=1", rules)
    (job,) = site.store.jobs.open()
    assert job.key == "reindex"
    send(admin, source, "weg", number_of(site, source, "/a/b?p=1"))
    assert is_denied("/a/b?p=1", site.store.sources.get(source.id).path_rules)


def test_what_goes_while_the_index_is_brought_up_to_date_goes_from_it_too(
    site: Site, admin: FlaskClient, source: Source
) -> None:
    site.store.jobs.add_reindex()
    site.store.jobs.claim("worker", NOW)
    send(admin, source, "weg", number_of(site, source, "/a"))
    # What runs may have read the documents already.
    assert [job.state for job in site.store.jobs.open()] == ["running", "queued"]


def test_too_many_rules_take_nothing_away(site: Site, admin: FlaskClient, source: Source) -> None:
    site.store.sources.edit(source.id, path_rules=[f"deny /{n}/" for n in range(50)])
    told = send(admin, source, "weg", number_of(site, source, "/a"))
    assert say("care.away.error") in told
    assert site.store.documents.count(source_id=source.id) == 2
    assert site.store.jobs.open() == ()


def test_a_source_is_emptied_and_stays(site: Site, admin: FlaskClient, source: Source) -> None:
    address = f"{place_of(source)}/leegmaken"
    crawl = site.store.jobs.add_crawl(source.id)
    asked = admin.get(address).text
    assert say("care.empty.text", name="Een bron", documents=2) in asked
    for _ in range(2):
        answer = post(admin, address, on=address)
        assert answer.headers["Location"] == f"{place_of(source)}?bericht=emptied"
    assert site.store.documents.count(source_id=source.id) == 0
    assert site.store.frontier.of_source(source.id) == ()
    assert site.store.sources.get(source.id).paused
    assert site.store.jobs.get(crawl.id).state == "stopped"
    assert [job.key for job in site.store.jobs.open()] == ["reindex"]
    assert [act.act for act in site.store.acts.all()] == ["empty-source"]


def test_permission_and_contact_are_told(site: Site, admin: FlaskClient, source: Source) -> None:
    site.store.sources.edit(
        source.id, shows_text=True, permission="Aanmelding 12", contact="Ans ans@dorp.example"
    )
    page = soup(admin.get(place_of(source)).text)
    facts = dict(zip(texts(page, ".table dt"), texts(page, ".table dd"), strict=True))
    assert facts[say("report.shows-text")] == say("rules.yes")
    assert facts[say("report.permission")] == "Aanmelding 12"
    assert facts[say("report.contact")] == "Ans ans@dorp.example"
    assert site.store.sources.of_contact("Ans@Dorp.example")[0].id == source.id
    assert site.store.sources.forget_contact("ans@dorp.example") == 1
    assert site.store.sources.get(source.id).contact == ""
    assert site.store.sources.of_contact("") == ()
