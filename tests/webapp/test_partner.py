"""A partner sees what its own knowledge does, on its page and in a mail of each month."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from library.document import id_of
from library.mail import Postman, sending
from library.settings import read_settings
from library.store import Address, Counts, Within
from tests.mail_server import Inbox, mail_server
from tests.webapp.conftest import KEY, NOW, Site, by_link, document, post, signed_in_as
from tests.webapp.reading import soup, texts
from webapp.letters import composing

TODAY = NOW.date()
NAME = "LSA bewoners"
STATUTEN = id_of("https://www.lsabewoners.nl/statuten")
NEXT_MONTH = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def fill(site: Site) -> None:
    """Everything that a partner can be told, on two days."""
    for days in (0, 1):
        day = TODAY - timedelta(days=days)
        site.store.openings.add(day, {STATUTEN: 4})
        site.store.search_parts.add(
            day,
            {
                Within("shown", NAME): Counts(40),
                Within("opened", NAME, "statuten"): Counts(opened=4),
                Within("opened", NAME, "zeldzaam"): Counts(opened=1),
                Within("box", NAME, "windmolen"): Counts(5, 5),
                Within("box", "Oranje Fonds", "van een ander"): Counts(9, 9),
            },
        )
    site.store.opinions.add(STATUTEN, TODAY, helps=False)
    scan = document("scan.pdf", "Een bladzijde.", pages=True, title="Een scan")
    site.put(replace(scan, pages_without_text=3))
    source = site.store.sources.find("https://www.lsabewoners.nl/")
    assert source is not None
    source = site.store.sources.edit(source.id, organisation=NAME)
    crawl = site.store.crawls.add(source.id, NOW)
    gone = "https://www.lsabewoners.nl/weg"
    site.store.frontier.add(source.id, crawl.id, [Address(gone)])
    site.store.frontier.record(source.id, gone, outcome="http-404", visited_at=NOW)
    pictures = "https://www.lsabewoners.nl/plaatjes.pdf"
    site.store.frontier.add(source.id, crawl.id, [Address(pictures)])
    site.store.frontier.record(source.id, pictures, outcome="scanned-pdf", visited_at=NOW)


def section(page: str, name: str) -> str:
    return texts(soup(page), f"section[aria-labelledby={name}]")[0]


def test_its_page_tells_what_it_does_and_what_asks_for_work(
    site: Site, partner: FlaskClient
) -> None:
    fill(site)
    page = partner.get("/partner").text
    assert "Documenten van u: 26." in section(page, "gebruik")
    assert "bladzijde: 80." in section(page, "gebruik")
    assert "statuten 8 keer" in section(page, "gevonden")
    assert "zeldzaam" not in page
    assert "Statuten 8 keer" in section(page, "geopend")
    assert "windmolen 10 keer" in section(page, "gemist")
    assert "van een ander" not in page
    assert "https://www.lsabewoners.nl/weg" in section(page, "kapot")
    assert "klopt: 1" in section(page, "verouderd")
    assert "Een scan bladzijden zonder tekst: 3" in section(page, "plaatjes")
    assert "/plaatjes.pdf alle bladzijden zijn plaatjes" in section(page, "plaatjes")


def test_another_partner_sees_none_of_it(site: Site) -> None:
    fill(site)
    page = signed_in_as(site, "partner", "Oranje Fonds").get("/partner").text
    assert "Een scan" not in page
    assert "windmolen" not in page
    assert "van een ander" in page


def test_what_is_missed_in_its_goals_is_told(site: Site, partner: FlaskClient) -> None:
    for days in (0, 1):
        day = TODAY - timedelta(days=days)
        site.store.searches.add(day, {"subsidie voor de dorpsmolen": Counts(4, 4)})
    page = partner.get("/partner").text
    assert section(page, "gemist")


def test_an_empty_site_has_a_page_too(empty_site: Site) -> None:
    page = signed_in_as(empty_site, "partner").get("/partner").text
    assert "Documenten van u: 0." in section(page, "gebruik")


def test_the_mail_of_a_month_comes_once(site: Site, partner: FlaskClient) -> None:
    fill(site)
    assert site.post_mail() == []
    site.clock.now = NEXT_MONTH - timedelta(hours=4)
    assert site.post_mail() == []
    site.clock.now = NEXT_MONTH
    (letter,) = site.post_mail()
    assert letter.subject == "November 2026: zo werd uw kennis gevonden"
    for told in (
        "Documenten van u: 26.",
        "- statuten: 8 keer",
        "- windmolen: 10 keer",
        "lsabewoners.nl/weg",
    ):
        assert told in letter.text
    assert site.post_mail() == []
    site.clock.forward(days=20)
    assert site.post_mail() == []
    site.clock.now = datetime(2027, 1, 2, 8, 0, tzinfo=UTC)
    (again,) = site.post_mail()
    assert again.subject.startswith("December 2026")


@pytest.mark.parametrize("way", ["page", "link", "program"])
def test_who_does_not_want_it_gets_none(site: Site, partner: FlaskClient, way: str) -> None:
    fill(site)
    site.clock.now = NEXT_MONTH
    (letter,) = site.post_mail()
    path = letter.stop.removeprefix(site.settings.site_url)
    stranger = site.app.test_client()
    if way == "page":
        done = post(partner_again(site), "/partner/maandbericht", on="/partner", maandbericht="uit")
        assert done.headers["Location"] == "/partner?maandbericht=uit"
    elif way == "link":
        assert "Stop met deze e-mail" in stranger.get(path).text
        assert site.store.accounts.find_by_email(letter.to).monthly_mail  # type: ignore[union-attr]  # it is there
        assert "Op uw eigen bladzijde" in stranger.post(path).text
    else:
        stranger.post(path, data={"List-Unsubscribe": "One-Click"})
    site.clock.now = datetime(2027, 1, 2, 8, 0, tzinfo=UTC)
    assert letter.to not in [one.to for one in site.post_mail()]
    assert stranger.get("/partner/maandbericht/stop/onzin").status_code == 404


def partner_again(site: Site) -> FlaskClient:
    """The first partner, signed in anew: the clock went on."""
    account = next(one for one in site.store.accounts.all() if one.role == "partner")
    return by_link(site, site.app.test_client(), account)


def test_who_is_closed_without_mail_or_new_gets_none(site: Site) -> None:
    fill(site)
    signed_in_as(site, "moderator")
    closed = site.store.accounts.add("Dicht", "partner", email="d@dorp.nl", organisation=NAME)
    site.store.accounts.close(closed.id, NOW)
    site.store.accounts.add("Zonder", "partner", organisation=NAME)
    site.store.accounts.add(
        "Elders", "partner", email="e@dorp.nl", organisation="Zonder documenten"
    )
    site.clock.now = NEXT_MONTH
    assert site.post_mail() == []


def test_it_goes_over_real_smtp_with_its_way_out(
    site: Site, partner: FlaskClient, tmp_path: Path
) -> None:
    fill(site)
    inbox = Inbox()
    with mail_server(inbox) as server:
        settings = read_settings(
            {}, home=tmp_path / "mail", mail_server=server, mail_from="post@kennis.nl",
            mail_security="none",
        )  # fmt: skip
        compose = composing(site.settings, site.store, site.index, KEY)
        postman = Postman(site.store, compose, sending(settings), lambda: NEXT_MONTH)
        assert postman.deliver_due() == 1
        assert postman.deliver_due() == 0
    ((to, message),) = inbox.taken
    assert to == ["partner-0@dorp.nl"]
    assert "windmolen" in inbox.texts()[0]
    assert "/partner/maandbericht/stop/" in str(message["List-Unsubscribe"])
