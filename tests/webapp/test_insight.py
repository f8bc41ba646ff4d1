"""What people search, and what an admin can do about it from there."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from library.document import id_of
from library.store import Counts, Store, Within
from tests.webapp.conftest import NOW, Site, post, signed_in_as
from tests.webapp.reading import one, soup, texts
from webapp.services import EXTENSION, Services
from webapp.trends import DAY, WEEK, lines_of, median_of, periods_of

TODAY = NOW.date()
PAGE = "/beheer/zoekvragen"
STATUTEN = f"/document/{id_of('https://www.lsabewoners.nl/statuten')}"


def asked(store: Store, **searches: Counts) -> None:
    """Put counts on two days, so that what is frequent can be shown."""
    for days in (0, 1):
        store.searches.add(TODAY - timedelta(days=days), searches)


def counted(site: Site, *addresses: str, **headers: str) -> Store:
    """Ask all of it on two days, and write what was counted."""
    for _ in range(2):
        app = site.app
        for address in addresses:
            assert app.test_client().get(address, headers=headers).status_code == 200
        held: Services = app.extensions[EXTENSION]
        held.counting.write()
        site.clock.forward(days=1)
    return site.store


def totals(store: Store, part: str) -> dict[str, Counts]:
    return store.search_parts.totals(part, TODAY, TODAY + timedelta(days=9))  # type: ignore[arg-type]  # a name


def test_a_search_is_counted_where_it_was_done(site: Site) -> None:
    site.store.sources.edit(1, organisation="LSA bewoners")
    store = counted(
        site,
        "/zoeken?q=moestuin&doel=1",
        "/zoeken?q=moestuin&organisatie=LSA+bewoners",
        "/zoeken?q=niksx&organisatie=Jan+Jansen",
        f"{STATUTEN}?q=statuten",
    )
    assert set(totals(store, "goal")) == {"1"}
    assert totals(store, "organisation") == {"LSA bewoners": Counts(2)}
    assert totals(store, "opened") == {"LSA bewoners": Counts(opened=2)}
    assert totals(store, "shown")["LSA bewoners"].searches >= 2
    assert sum(one.searches for one in totals(store, "time").values()) == 6


def test_a_search_box_of_a_partner_is_counted_and_of_a_stranger_not(
    site: Site, client: FlaskClient
) -> None:
    name = site.store.sources.get(1).organisation
    known = client.get("/zoeken", query_string={"q": "moestuin", "bron": name, "doel": ""})
    assert known.status_code == 302
    assert client.get(known.headers["Location"]).status_code == 200
    unknown = client.get("/zoeken?q=moestuin&bron=Onbekend")
    assert unknown.headers["Location"] == "/zoeken?q=moestuin"
    page = soup(client.get(known.headers["Location"]).text)
    assert not [link for link in page.select("main a") if "bron=" in str(link["href"])]
    store = counted(site, known.headers["Location"])
    assert totals(store, "box") == {name: Counts(2)}


@pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
def test_who_wants_none_of_it_is_counted_nowhere(site: Site, header: str) -> None:
    store = counted(
        site, "/zoeken?q=moestuin&organisatie=LSA+bewoners", f"{STATUTEN}?q=x", **{header: "1"}
    )
    for part in ("organisation", "shown", "opened", "time"):
        assert totals(store, part) == {}


def test_each_search_leads_to_what_can_be_done(site: Site, admin: FlaskClient) -> None:
    asked(site.store, windmolen=Counts(9, 9), moestuin=Counts(20, 0, 4), leeg=Counts(8))
    page = soup(admin.get(PAGE).text)
    assert texts(page, "[aria-labelledby=zonder] tbody th") == ["windmolen"]
    assert texts(page, "[aria-labelledby=ongeopend] tbody th") == ["leeg"]
    assert texts(page, "[aria-labelledby=meest] tbody th") == ["moestuin", "windmolen", "leeg"]
    synonym, self, tell = page.select("[aria-labelledby=zonder] tbody a")
    assert one(soup(admin.get(str(synonym["href"])).text), "#words")["value"] == "windmolen, "
    assert admin.get(str(self["href"])).status_code == 200
    assert "windmolen" in admin.get(str(tell["href"])).text


def test_parts_are_told_with_their_names(site: Site, admin: FlaskClient) -> None:
    site.store.search_parts.add(
        TODAY,
        {
            Within("goal", "2", "x"): Counts(4, 1),
            Within("shown", "LSA bewoners"): Counts(30),
            Within("opened", "LSA bewoners", "x"): Counts(opened=3),
            Within("box", "Oranje Fonds", "x"): Counts(7),
        },
    )
    page = soup(admin.get(PAGE).text)
    assert texts(page, "[aria-labelledby=doelen] tbody td") == ["4", "1"]
    assert texts(page, "[aria-labelledby=partners] tbody tr") == ["LSA bewoners 30 3"]
    assert texts(page, "[aria-labelledby=zoekvakken] tbody tr") == ["Oranje Fonds 7 0"]


def test_lines_have_a_table_beside_them(site: Site, admin: FlaskClient) -> None:
    assert "Nog te kort geteld" in admin.get(PAGE).text
    for days, number in ((0, 10), (2, 30), (9, 5)):
        day = TODAY - timedelta(days=days)
        site.store.searches.add(day, {"molen": Counts(number, 5)})
        site.store.search_parts.add(day, {Within("time", "50"): Counts(number)})
    page = soup(admin.get(PAGE).text)
    assert len(page.select("svg.history polyline")) == 4
    assert "Eerst 5, nu 10. Het hoogste was 30." in page.text
    rows = texts(page, "[aria-labelledby=dagen] tbody tr")
    assert len(rows) == 10
    assert rows[0] == "23 november 2026 10 50% 0 50 ms"
    assert rows[1] == "22 november 2026 0 0% 0"
    by_week = soup(admin.get(f"{PAGE}?per=week").text)
    assert texts(by_week, "[aria-labelledby=dagen] tbody th") == [
        "23 november 2026",
        "16 november 2026",
        "9 november 2026",
    ]


def test_the_median_is_the_limit_that_half_stay_under() -> None:
    assert median_of({}) is None
    assert median_of({50: 1, 100: 1, 2000: 1}) == 100
    assert median_of({10: 99, 5000: 1}) == 10
    assert lines_of(periods_of([(TODAY, Counts(3))], {}, DAY)) == ()
    (first, last) = periods_of([(TODAY, Counts(3)), (TODAY - WEEK, Counts(2))], {}, WEEK)
    assert (first.first, last.first) == (TODAY - WEEK, TODAY)


def test_a_partner_is_told_what_is_missed(site: Site, admin: FlaskClient) -> None:
    address = f"{PAGE}/melden?vraag=windmolen"
    assert admin.get(address).status_code == 404
    asked(site.store, windmolen=Counts(9, 9))
    assert "Nodig eerst iemand uit" in admin.get(address).text
    for name in ("LSA bewoners", "LSA bewoners", "Oranje Fonds"):
        signed_in_as(site, "partner", name)
    form = {"vraag": "windmolen", "toelichting": "Groet van ons."}
    wrong = post(admin, f"{PAGE}/melden", on=address, **form)
    assert wrong.status_code == 422
    done = post(admin, f"{PAGE}/melden", on=address, organisatie="LSA bewoners", **form)
    assert done.headers["Location"] == f"{PAGE}?gedaan=gemeld"
    letters = site.post_mail()
    assert len(letters) == 2
    assert letters[0].subject == "Mensen zoeken naar 'windmolen'"
    assert "Groet van ons." in letters[0].text
    assert f"{site.settings.site_url}/bron-aanmelden" in letters[0].text
    assert site.store.acts.recent(1)[0].act == "tell-partner"


def test_what_few_asked_is_told_to_nobody(site: Site, admin: FlaskClient) -> None:
    site.store.searches.add(TODAY, {"geheim": Counts(50, 50)})
    signed_in_as(site, "partner")
    answer = post(admin, f"{PAGE}/melden", on=PAGE, vraag="geheim", organisatie="LSA bewoners")
    assert answer.status_code == 404
    assert site.post_mail() == []
