"""The report of a source: reasons in groups, a filter, and a table to take away."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from flask.testing import FlaskClient

from library.store import Address, Source
from tests.webapp.conftest import NOW, Site, document, post
from tests.webapp.reading import one, soup, texts
from webapp import formats
from webapp.messages import reason, say
from webapp.source_report import AT_ONCE

OUTCOMES = {
    "/": "fetched",
    "/a": "fetched",
    "/weg": "http-404",
    "/=dicht": "robots",
    "/later": None,
}


@pytest.fixture
def source(site: Site) -> Source:
    store = site.store
    added = store.sources.add(name="Dorp", url="https://dorp.nl/")
    crawl = store.crawls.add(added.id, NOW)
    store.frontier.add(
        added.id,
        crawl.id,
        [Address(f"https://dorp.nl{path}", found_on="=HYPERLINK(1)") for path in OUTCOMES],
    )
    for path, outcome in OUTCOMES.items():
        if outcome is not None:
            store.frontier.record(
                added.id, f"https://dorp.nl{path}", outcome=outcome, visited_at=NOW
            )
    store.crawls.record(crawl.id, {"fetched": 2}, {"http-404": 1, "too-deep": 7})
    store.crawls.finish(crawl.id, "done", "", NOW)
    return added


def test_reasons_are_grouped_and_counted(admin: FlaskClient, source: Source) -> None:
    page = soup(admin.get(f"/beheer/bronnen/{source.id}").text)
    assert texts(page, "tbody th[scope=rowgroup]") == [
        "Opgehaald: 2",
        "Verdwenen: 1",
        "Niet opgenomen: 1",
        "Nog niet bekeken: 1",
        say("report.links"),
    ]
    rows = [texts(row, "th, td") for row in page.select(".numbers tbody tr:has(td)")]
    assert rows == [
        [reason("fetched"), "2"],
        [reason("http-404"), "1"],
        [reason("robots"), "1"],
        [say("report.waiting"), "1"],
        [reason("too-deep"), "7"],
    ]
    assert len(page.select("#adressen ~ form tbody tr")) == 5


@pytest.mark.parametrize(("asked", "number"), [("fetched", 2), ("wacht", 1), ("onzin", 5)])
def test_a_reason_is_a_filter(admin: FlaskClient, source: Source, asked: str, number: int) -> None:
    address = f"/beheer/bronnen/{source.id}"
    page = soup(admin.get(f"{address}?reden={asked}").text)
    assert len(page.select("#adressen ~ form tbody tr")) == number
    rows = list(csv.reader(StringIO(admin.get(f"{address}/adressen.csv?reden={asked}").text)))
    assert len(rows) == 1 + number


def test_the_table_holds_no_formula(admin: FlaskClient, source: Source) -> None:
    answer = admin.get(f"/beheer/bronnen/{source.id}/adressen.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dorp.csv"'
    head, first, *_ = csv.reader(StringIO(answer.text))
    assert head[0] == say("report.address")
    assert first == [
        "https://dorp.nl/",
        reason("fetched"),
        "23 november 2026, 10:00",
        "'=HYPERLINK(1)",
        "",
    ]


def test_many_addresses_come_in_parts(site: Site, admin: FlaskClient, source: Source) -> None:
    crawl = site.store.crawls.latest(source.id)
    assert crawl is not None
    more = [Address(f"https://dorp.nl/{number}") for number in range(AT_ONCE)]
    site.store.frontier.add(source.id, crawl.id, more)
    page = soup(admin.get(f"/beheer/bronnen/{source.id}").text)
    link = page.select("#adressen ~ p a")[-1]
    rest = soup(admin.get(str(link["href"]).partition("#")[0]).text)
    assert len(rest.select("#adressen ~ form tbody tr")) == 5


def test_the_page_fetches_its_source_as_the_list_does(
    site: Site, admin: FlaskClient, source: Source
) -> None:
    address = f"/beheer/bronnen/{source.id}"
    form = one(soup(admin.get(address).text), f"form[action='{address}/ophalen']")
    assert form == one(
        soup(admin.get("/beheer/bronnen").text), f".sources form[action='{address}/ophalen']"
    )
    assert (form["method"], texts(form, "button")) == (
        "post",
        [f"{say('sources.fetch')} {say('sources.fetch.of', name='Dorp')}"],
    )
    assert admin.post(f"{address}/ophalen").status_code == 400
    assert site.store.jobs.open() == ()
    answer = post(admin, f"{address}/ophalen", on=address)
    job = site.store.jobs.open()[0]
    assert (job.handler, job.arguments["source_id"]) == ("crawl", source.id)
    assert answer.location == f"/beheer/taken/{job.id}"
    page = soup(admin.get(address).text)
    link = one(page, f".buttons a[href='{answer.location}']")
    assert link.get_text().startswith(say("sources.watch"))
    assert page.select(f"form[action='{address}/ophalen']") == []


def test_the_page_tells_of_what_a_crawl_held_back(
    site: Site, admin: FlaskClient, source: Source
) -> None:
    address = f"/beheer/bronnen/{source.id}"
    assert say("sources.accept") not in admin.get(address).text
    crawl = site.store.crawls.add(source.id, NOW)
    site.store.crawls.record(crawl.id, {"held": 30}, {"http-410": 30})
    site.store.crawls.finish(crawl.id, "held", "brake", NOW)
    assert one(soup(admin.get(address).text), f".buttons a[href='{address}/opruimen']")


def test_a_source_that_was_never_crawled(site: Site, admin: FlaskClient) -> None:
    added = site.store.sources.add(name="Nieuw", url="https://nieuw.nl/")
    assert say("report.none") in admin.get(f"/beheer/bronnen/{added.id}").text
    assert admin.get("/beheer/bronnen/9999").status_code == 404
    assert admin.get("/beheer/bronnen/9999/adressen.csv").status_code == 404


def test_what_a_crawl_took_away_comes_back_by_a_button(site: Site, admin: FlaskClient) -> None:
    store = site.store
    added = store.sources.add(name="Een bron", slug="een-bron", url="https://een.nl/")
    gone, stays = document("weg", "Een tekst."), document("blijft", "Een andere.")
    store.documents.put_many([gone, stays], source_id=added.id)
    address = f"/beheer/bronnen/{added.id}"
    assert say("restore.h2") not in admin.get(address).text
    crawl = store.crawls.add(added.id, datetime.now(UTC))
    store.documents.remove(gone.id, "http-410")
    store.crawls.record(crawl.id, {"gone": 1}, {"http-410": 1})
    store.crawls.finish(crawl.id, "done", "", datetime.now(UTC))
    later = store.crawls.add(added.id, datetime.now(UTC))
    store.crawls.finish(later.id, "done", "", datetime.now(UTC))
    day = formats.time_of(crawl.started_at)
    assert say("restore.text", number=1, day=day) in admin.get(address).text
    answer = post(admin, f"{address}/terugzetten", on=address)
    assert store.documents.get(gone.id).removed_at is None
    job = store.jobs.recent(1)[0]
    assert (answer.location, job.handler) == (f"/beheer/taken/{job.id}", "reindex")
    assert store.acts.recent(1)[0].act == "restore-removed"
    assert say("restore.h2") not in admin.get(address).text
    assert post(admin, f"{address}/terugzetten", on=address).status_code == 404
