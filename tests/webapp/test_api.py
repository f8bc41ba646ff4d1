"""The API gives what the pages show, tells what is wrong, and is what its description says."""

import json
import shlex
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis.core.result import Ok

from library.document import KINDS, id_of
from tests.webapp.conftest import Site, close, document, open_site
from tests.webapp.reading import soup
from webapp.api_values import MOST_PER_PAGE, Parameters
from webapp.openapi import OPERATIONS

SUBSIDIE = id_of("https://www.lsabewoners.nl/subsidie.pdf")


def get(client: FlaskClient, address: str, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.content_type == (
        "application/json" if status == 200 else "application/problem+json"
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.get_json() if status == 200 else json.loads(answer.text)


def test_results_are_those_of_the_page(client: FlaskClient) -> None:
    found = get(client, "/api/v1/zoeken?q=moestuin")
    page = soup(client.get("/zoeken?q=moestuin").text)
    assert [one["titel"] for one in found["resultaten"]] == [
        link.text.strip() for link in page.select(".hits h3 a")
    ]
    assert found["totaal"] == 24
    assert found["gevonden"] == "all"


def test_marks_are_where_the_words_are(client: FlaskClient) -> None:
    (first, *_) = get(client, "/api/v1/zoeken?q=dekkingsplan")["resultaten"]
    marked = {
        fragment["tekst"][start:end]
        for fragment in first["fragmenten"]
        for start, end in fragment["gevonden"]
    }
    assert "dekkingsplan" in marked


def test_filters_narrow_and_count(client: FlaskClient) -> None:
    found = get(client, "/api/v1/zoeken?soort=verhaal&soort=format&jaar_van=2020")
    assert {one["soort"] for one in found["resultaten"]} <= {"verhaal", "format"}
    counts = {one["waarde"]: one["aantal"] for one in found["filters"]["soort"]}
    assert counts["verhaal"] + counts["format"] == found["totaal"]


def test_paging_walks_over_all_results_once(client: FlaskClient) -> None:
    address: str | None = "/api/v1/zoeken?q=moestuin&per_bladzijde=7"
    seen: list[str] = []
    while address:
        page = get(client, address)
        seen += [one["id"] for one in page["resultaten"]]
        rest = urlsplit(page["volgende"] or "")
        address = f"{rest.path}?{rest.query}" if rest.path else None
    assert len(seen) == len(set(seen)) == 24


def test_a_document_and_its_fragments(client: FlaskClient) -> None:
    one = get(client, f"/api/v1/documenten/{SUBSIDIE}?q=crowdfunding")
    assert one["titel"] == "Subsidie aanvragen in vier stappen"
    assert (one["bladzijden"], one["organisatie"], one["datum"]) == (
        3,
        "Oranje Fonds",
        "2025-03-04",
    )
    assert any("crowdfunding" in fragment["tekst"] for fragment in one["fragmenten"])
    assert client.get(urlsplit(one["pagina"]).path).status_code == 200


def test_a_document_that_is_not_there_and_one_that_went(site: Site, client: FlaskClient) -> None:
    assert get(client, "/api/v1/documenten/onbekend", 404)["status"] == 404
    site.store.documents.remove(SUBSIDIE, "gone")
    assert get(client, f"/api/v1/documenten/{SUBSIDIE}", 410)["title"]


def test_suggestions_complete_what_is_typed(client: FlaskClient) -> None:
    found = get(client, "/api/v1/suggesties?q=moest&aantal=2")["suggesties"]
    assert len(found) <= 2
    assert found[0]["tekst"].lower().startswith("moestuin")
    (mistake,) = get(client, "/api/v1/suggesties", 400)["fouten"]
    assert mistake["veld"] == "q"


def test_goals_and_organisations_have_counts(client: FlaskClient) -> None:
    goals = get(client, "/api/v1/doelen")["doelen"]
    assert [one["nummer"] for one in goals] == [1, 2, 3, 4, 5]
    assert any(one["aantal"] for one in goals)
    organisations = get(client, "/api/v1/organisaties")["organisaties"]
    assert {"waarde": "Oranje Fonds", "aantal": 1} in organisations


def test_status_tells_whether_one_can_search(
    client: FlaskClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert get(client, "/api/v1/status")["zoeken"] == "ja"
    empty = open_site(tmp_path_factory.mktemp("empty"))
    try:
        other = empty.app.test_client()
        assert get(other, "/api/v1/status")["zoeken"] == "nee"
        assert get(other, "/api/v1/zoeken?q=x", 503)["detail"]
    finally:
        close(empty)


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("doel=9", "doel", "hoogstens 5"),
        ("doel=geld", "doel", "heel getal"),
        ("soort=boek", "soort", "handreiking"),
        ("jaar_van=23", "jaar_van", "minstens 1000"),
        ("p=0", "p", "minstens 1"),
        ("per_bladzijde=51", "per_bladzijde", str(MOST_PER_PAGE)),
        ("sorteer=mooiste", "sorteer", "nieuwste"),
        ("zoek=x", "zoek", "bestaat niet"),
        ("q=a&q=b", "q", "één keer"),
        (f"q={'x' * 300}", "q", "256"),
        ("q=" + "+".join(f"woord{n}" for n in range(17)), "q", "16"),
    ],
)
def test_what_is_wrong_is_told_by_field(
    client: FlaskClient, query: str, field: str, said: str
) -> None:
    problem = get(client, f"/api/v1/zoeken?{query}", 400)
    (mistake,) = problem["fouten"]
    assert mistake["veld"] == field
    assert said in mistake["uitleg"]


def test_unknown_addresses_and_methods_are_problems_too(client: FlaskClient) -> None:
    assert get(client, "/api/v1/niets", 404)["status"] == 404
    answer = client.post("/api/v1/zoeken")
    assert answer.status_code in {400, 405}
    assert answer.content_type == "application/problem+json"


def test_the_etag_saves_the_answer(client: FlaskClient) -> None:
    first = client.get("/api/v1/zoeken?q=moestuin")
    again = client.get(
        "/api/v1/zoeken?q=moestuin", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_the_description_is_openapi(client: FlaskClient) -> None:
    described = get(client, "/api/v1/openapi.json")
    validate(described)
    assert set(described["paths"]) == {one.path for one in OPERATIONS}
    names = {one["name"] for one in described["paths"]["/zoeken"]["get"]["parameters"]}
    assert names == set(Parameters.model_fields)


def test_every_parameter_is_explained(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    parameters = [
        one
        for path in described["paths"].values()
        for one in (*path.get("parameters", []), *path["get"].get("parameters", []))
    ]
    assert len(parameters) > 10
    assert [one["name"] for one in parameters if not one.get("description")] == []


def test_the_examples_on_the_page_work(client: FlaskClient) -> None:
    page = soup(client.get("/api").text)
    examples = [shlex.split(one.text) for one in page.select("pre code")]
    assert len(examples) >= 5
    for command, address in examples:
        split = urlsplit(address)
        assert command == "curl"
        get(client, f"{split.path}?{split.query}")


@pytest.mark.slow
def test_generated_questions_get_documented_answers(site: Site) -> None:
    app = site.app
    described = app.test_client().get("/api/v1/openapi.json").get_json()
    # The servers of the description are an address that nobody listens on during a test.
    described["servers"] = [{"url": "/api/v1"}]
    schema = schemathesis.openapi.from_dict(described)
    schema.app = app
    strategies = []
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        strategies.append(found.ok().as_strategy())
    assert len(strategies) == len(OPERATIONS)

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(strategies))
    def ask(case: Any) -> None:
        case.call_and_validate()

    ask()


def test_kinds_in_the_description_are_those_of_documents(client: FlaskClient) -> None:
    described = get(client, "/api/v1/openapi.json")
    (kinds,) = [
        one["schema"]["items"]["enum"]
        for one in described["paths"]["/zoeken"]["get"]["parameters"]
        if one["name"] == "soort"
    ]
    assert kinds == list(KINDS)


def test_themes_and_places_are_told_and_narrow(client: FlaskClient) -> None:
    found = get(client, "/api/v1/zoeken?q=moestuin&thema=groen+en+voedsel")
    assert found["totaal"] > 0
    for one in found["resultaten"]:
        (theme,) = [told for told in one["thema"] if told["thema"] == "groen en voedsel"]
        assert theme["woorden"]
        assert 0 < theme["zekerheid"] < 1
        assert one["plaats"] is None
    counts = {one["waarde"]: one["aantal"] for one in found["filters"]["thema"]}
    assert counts["groen en voedsel"] == found["totaal"]
    assert get(client, "/api/v1/zoeken?plaats=Deventer")["totaal"] == 0
    get(client, "/api/v1/zoeken?thema=niets", status=400)


def test_a_place_is_told_with_its_province(site: Site) -> None:
    text = "In Deventer kozen bewoners zelf. De gemeente Deventer betaalde."
    site.put(document("deventer", text, title="Buurtbudget in Deventer"))
    with site.app.test_client() as client:
        (one,) = get(client, "/api/v1/zoeken?plaats=provincie+Overijssel")["resultaten"]
        assert one["plaats"] == {
            "gemeente": "Deventer",
            "provincie": "Overijssel",
            "woorden": ["Deventer"],
        }
        page = soup(client.get(urlsplit(one["pagina"]).path).text)
        names = [term.text for term in page.select("dt")]
        told = [value.text for value in page.select("dd")]
        assert told[names.index("Plaats")] == "Deventer (Overijssel)"
