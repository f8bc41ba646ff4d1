"""A search box for other sites: what is copied is a form that leads to our results."""

from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Site
from tests.webapp.reading import one, soup, texts
from webapp.messages import BOX_LABELS


def test_the_copied_form_leads_to_limited_results(client: FlaskClient) -> None:
    page = soup(client.get("/zoekvak?doel=3&organisatie=Oranje+Fonds").text)
    copied = soup(one(page, "#html").text)
    form = one(copied, "form")
    assert (form["action"], form["method"]) == ("http://localhost:8000/zoeken", "get")
    assert one(copied, "label")["for"] == one(copied, "input[type=search]")["id"]
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input")}
    assert fields == {"q": "", "doel": "3", "organisatie": "Oranje Fonds"}
    assert form.select("script, style") == []
    found = client.get(f"/zoeken?{urlencode(fields | {'q': 'subsidie'})}")
    assert found.status_code == 200
    assert texts(soup(found.text), ".chips a") == [
        "Verwijder filter: Wetten en regels ×",
        "Verwijder filter: Oranje Fonds ×",
    ]


def test_without_a_choice_everything_is_searched(client: FlaskClient) -> None:
    page = soup(client.get("/zoekvak").text)
    assert soup(one(page, "#html").text).select("input[type=hidden]") == []
    link = one(soup(one(page, "#koppeling").text), "a")
    assert link["href"] == "http://localhost:8000/zoeken"
    assert len(page.select("input[name=doel]")) == 5


def test_what_is_chosen_cannot_break_out_of_the_html(client: FlaskClient) -> None:
    evil = '"><script>alert(1)</script>'
    page = soup(client.get("/zoekvak", query_string={"organisatie": evil}).text)
    copied = soup(one(page, "#html").text)
    assert copied.select("script") == []
    assert one(copied, "input[name=organisatie]")["value"] == evil


@pytest.mark.parametrize("language", ["fy", "en"])
def test_the_label_speaks_the_language_of_the_site(client: FlaskClient, language: str) -> None:
    page = soup(client.get(f"/zoekvak?opschrift={language}").text)
    form = one(soup(one(page, "#html").text), "form")
    assert form["lang"] == language
    assert (one(form, "label").text, one(form, "button").text) == BOX_LABELS[language]
    frame = one(soup(one(page, "#venster").text), "iframe")
    framed = client.get(str(frame["src"]))
    assert one(soup(framed.text), "html")["lang"] == language


def test_the_frame_holds_the_same_form(client: FlaskClient) -> None:
    page = soup(client.get("/zoekvak?doel=3&organisatie=Oranje+Fonds").text)
    frame = one(soup(one(page, "#venster").text), "iframe")
    assert frame["src"] == "http://localhost:8000/ingebed?doel=3&organisatie=Oranje+Fonds"
    assert frame["title"]
    framed = soup(client.get(str(frame["src"])).text)
    form = one(framed, "form")
    assert (form["action"], form["target"]) == ("/zoeken", "_top")
    hidden = {str(field["name"]): field["value"] for field in form.select("input[type=hidden]")}
    assert hidden == {"doel": "3", "organisatie": "Oranje Fonds"}
    assert framed.select("script") == []


def test_only_sites_that_are_a_source_may_frame_it(site: Site, client: FlaskClient) -> None:
    site.store.sources.add(name="Dorp", url="https://dorp.nl/kennis/")
    site.store.sources.add(name="Proef", url="http://127.0.0.1:1/", is_example=True)
    answer = client.get("/ingebed")
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in answer.headers["Content-Security-Policy"].split(";")
    )
    allowed = policy["frame-ancestors"].split()
    assert {"'self'", "https://dorp.nl", "https://www.dorp.nl"} <= set(allowed)
    assert "https://www.lsabewoners.nl" in allowed
    assert not [origin for origin in allowed if "127.0.0.1" in origin]
    assert "X-Frame-Options" not in answer.headers


def test_the_statement_tells_whom_to_mail(client: FlaskClient) -> None:
    page = client.get("/toegankelijkheid").text
    assert "status is C" in page
    assert "binnen vijf werkdagen" in page


def test_a_box_on_the_site_of_a_partner_is_counted_by_itself(
    site: Site, client: FlaskClient
) -> None:
    name = site.store.sources.get(1).organisation
    page = soup(client.get("/zoekvak", query_string={"bron": name}).text)
    form = soup(one(page, "#html").text)
    assert one(form, "input[name=bron]")["value"] == name
    address = str(one(page, "#koppeling").text)
    assert "bron=" in address
    framed = soup(client.get("/ingebed", query_string={"bron": name}).text)
    assert one(framed, "input[name=bron]")["value"] == name
    unknown = soup(client.get("/zoekvak?bron=Onbekend").text)
    assert not soup(one(unknown, "#html").text).select("input[name=bron]")
