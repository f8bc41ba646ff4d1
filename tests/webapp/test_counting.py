"""Searches are counted, people are not."""

import sqlite3
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from library.document import id_of
from library.store import Counts
from tests.webapp.conftest import NOW, Site
from tests.webapp.reading import soup
from webapp import counting
from webapp.messages import say
from webapp.services import EXTENSION, Services

STATUTEN = f"/document/{id_of('https://www.lsabewoners.nl/statuten')}"


def ask(site: Site, *addresses: str, **headers: str) -> Counts:
    """Ask all of it, and give what the store counted today."""
    app = site.app
    client = app.test_client()
    for address in addresses:
        assert client.get(address, headers=headers).status_code == 200
    held: Services = app.extensions[EXTENSION]
    held.counting.write()
    return site.store.searches.total(site.clock.now.date())


def test_a_search_an_empty_one_and_an_opened_document(site: Site) -> None:
    counted = ask(site, "/zoeken?q=statuten", "/zoeken?q=bestaatnietx", f"{STATUTEN}?q=statuten")
    assert counted == Counts(searches=2, empty=1, opened=1)


def test_opinions_are_kept_a_year_and_the_privacy_page_says_so(site: Site) -> None:
    for days in (366, 365):
        day = site.clock.now.date() - timedelta(days=days)
        site.store.opinions.add(str(days), day, helps=False)
    ask(site, "/zoeken?q=statuten")
    assert [one.document_id for one in site.store.opinions.doubted(10)] == ["365"]
    told = soup(site.app.test_client().get("/privacy").text).get_text()
    assert say("doc.opinion.helps") in told
    assert say("doc.opinion.outdated") in told
    assert "Na een jaar is dat weg." in told


def test_an_opinion_opens_no_document_again(site: Site) -> None:
    app = site.app
    client = app.test_client()
    client.get(f"{STATUTEN}?q=statuten")
    answer = client.post(f"{STATUTEN}?q=statuten", data={"oordeel": "helpt"}, follow_redirects=True)
    assert answer.request.args["q"] == "statuten", "the way back to the results is kept"
    held: Services = app.extensions[EXTENSION]
    held.counting.write()
    assert site.store.searches.total(site.clock.now.date()) == Counts(opened=1)


def test_browsing_and_paging_are_no_searches(site: Site) -> None:
    assert (
        ask(site, "/", "/zoeken", "/zoeken?doel=4", "/zoeken?q=moestuin&p=2", STATUTEN) == Counts()
    )


@pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
def test_who_does_not_want_it_is_not_counted(site: Site, header: str) -> None:
    assert ask(site, "/zoeken?q=statuten", f"{STATUTEN}?q=statuten", **{header: "1"}) == Counts()


def test_what_may_tell_of_a_person_is_not_counted(site: Site) -> None:
    assert ask(site, "/zoeken?q=jan%40voorbeeld.nl", "/zoeken?q=111222333") == Counts()
    with sqlite3.connect(site.settings.database) as database:
        assert database.execute("select count(*) from search").fetchone() == (0,)


def test_one_form_for_one_search(site: Site) -> None:
    ask(site, "/zoeken?q=Statuten", "/zoeken?q=STATUTEN")
    site.clock.forward(days=1)
    ask(site, "/zoeken?q=statuten", "/zoeken?q=sTatuten", "/zoeken?q=Statuten")
    (only,) = site.store.searches.frequent(NOW.date())
    assert (only.query, only.counts.searches) == ("statuten", 5)


@pytest.mark.parametrize(("write_every", "written"), [(0.0, 1), (1e9, 0)])
def test_counts_are_written_once_in_a_while(site: Site, write_every: float, written: int) -> None:
    held = counting.Counting(site.store, site.clock, write_every=write_every)
    with site.app.test_request_context():
        held.searched("statuten", found=True)
    held.write_when_due()
    assert site.store.searches.total(NOW.date()) == Counts(searches=written)


def test_an_attack_with_new_words_fills_no_memory(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_WORDS", 3)
    counted = ask(site, *(f"/zoeken?q=woord{number}" for number in range(6)))
    assert counted.searches == 3


def test_an_admin_sees_what_is_missed(site: Site, admin: FlaskClient) -> None:
    assert "Nog geen zoekvragen" in admin.get("/beheer/zoekvragen").text
    for days in (0, 1):
        day = (NOW - timedelta(days=days)).date()
        site.store.searches.add(
            day, {"windmolen": Counts(4, 4), "statuten": Counts(20, 0, 11), "geheim": Counts(1, 1)}
        )
    page = soup(admin.get("/beheer/zoekvragen").text)
    without = page.select("[role=region][aria-labelledby=zonder] tbody tr")
    assert [row.th.text for row in without if row.th] == ["windmolen"]
    most = page.select("[role=region][aria-labelledby=meest] tbody th")
    assert [cell.text for cell in most] == ["statuten", "windmolen"]
    assert "geheim" not in page.text
    assert "50 keer" in page.text


def test_the_first_page_shows_what_others_found(site: Site, client: FlaskClient) -> None:
    before = [link.text for link in soup(client.get("/").text).select(".examples a")]
    assert len(before) == 3
    for days in (0, 1):
        day = (NOW - timedelta(days=days)).date()
        site.store.searches.add(day, {"moestuin": Counts(9), "windmolen": Counts(30, 30)})
    after = [link.text for link in soup(client.get("/").text).select(".examples a")]
    assert after == ["moestuin", *before[:2]]
