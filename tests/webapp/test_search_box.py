"""A search box for other sites: what is copied is a form that leads to our results."""

from urllib.parse import urlencode

from flask.testing import FlaskClient

from tests.webapp.reading import one, soup, texts


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


def test_the_statement_tells_whom_to_mail(client: FlaskClient) -> None:
    page = client.get("/toegankelijkheid").text
    assert "status is C" in page
    assert "binnen vijf werkdagen" in page
