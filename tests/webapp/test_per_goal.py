"""For a broad question the best document of each goal, on the page and in the API."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.query import Query
from tests.webapp.conftest import Site, close, document, open_site
from tests.webapp.reading import soup, texts
from webapp.messages import say
from webapp.question import PER_PAGE

VIEW = "/zoeken?q=buurthuis&per=doel"


@pytest.fixture(scope="module")
def broad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """More than a page about one word, of three goals and of none."""
    made = open_site(Path(tmp_path_factory.mktemp("broad")) / "home")
    made.put(
        *(
            document(f"d{n}", f"Het buurthuis, deel {n}.", goals=((n % 4) + 1,) if n % 4 else ())
            for n in range(PER_PAGE + 4)
        ),
        document("best", "Buurthuis buurthuis.", title="Buurthuis", goals=(2,)),
        document("weg", "Het beheer.", title="Een buurthuis", goals=(5,), language="en"),
    )
    yield made
    close(made)


def names(page: str) -> list[str]:
    return texts(soup(page), ".hits > li > h3")


def test_a_broad_question_has_the_view(broad: Site) -> None:
    client = broad.app.test_client()
    (link,) = [
        one
        for one in soup(client.get("/zoeken?q=buurthuis").text).select("a.more")
        if one.get_text() == say("per-goal.show")
    ]
    assert link["href"] == VIEW
    page = client.get(VIEW)
    assert names(page.text) == [
        "Doel 2: Zeggenschap",
        "Doel 3: Wetten en regels",
        "Doel 4: Geld",
        "Doel 5: Kennis en steun",
    ]
    shown = texts(soup(page.text), ".hits h4")
    found = broad.index
    assert shown == [
        found.search(Query("buurthuis", goals=(n,), limit=1)).hits[0].title for n in (2, 3, 4, 5)
    ]
    assert shown[0] == "Buurthuis"
    assert soup(page.text).select(".pages") == []
    assert "bladzijde" not in texts(soup(page.text), "#resultaten")[0]


def test_the_view_leads_to_all_of_a_goal_and_back(broad: Site) -> None:
    page = soup(broad.app.test_client().get(VIEW).text)
    ways = {link.get_text(): link["href"] for link in page.select("a.more")}
    assert ways[say("per-goal.all", n=7, goal="Zeggenschap")] == "/zoeken?q=buurthuis&doel=2"
    assert ways[say("per-goal.only", goal="Kennis en steun")] == "/zoeken?q=buurthuis&doel=5"
    assert ways[say("per-goal.back")] == "/zoeken?q=buurthuis"


def test_the_view_keeps_filters_and_the_way_back(broad: Site) -> None:
    client = broad.app.test_client()
    assert names(client.get(f"{VIEW}&taal=nl").text)[-1] == "Doel 4: Geld"
    assert names(client.get("/zoeken?q=buurthuis&doel=3&per=doel").text) == [
        "Doel 3: Wetten en regels"
    ]
    opened = soup(client.get(VIEW).text).select(".hits h4 a")[0]["href"]
    assert str(opened).endswith("?q=buurthuis&per=doel")


@pytest.mark.parametrize(
    "address",
    ["/zoeken?q=deel+3", "/zoeken", "/zoeken?q=buurthuis&doel=2", "/zoeken?q=buurthuis&p=2"],
)
def test_where_it_says_no_more_than_the_list_it_is_not_offered(broad: Site, address: str) -> None:
    assert say("per-goal.show") not in broad.app.test_client().get(address).text


def test_without_goals_there_is_the_list(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=nergens+te+vinden&per=doel")
    assert page.status_code == 200
    assert names(page.text) == []


def test_the_view_is_no_second_search(broad: Site) -> None:
    app = broad.app
    client = app.test_client()
    counting = app.extensions["kennisbank"].counting
    client.get(VIEW)
    counting.write()
    assert broad.store.searches.total(broad.clock().date()).searches == 0
    client.get("/zoeken?q=buurthuis")
    counting.write()
    assert broad.store.searches.total(broad.clock().date()).searches == 1


def test_the_api_gives_the_same(broad: Site) -> None:
    client = broad.app.test_client()
    answer: dict[str, Any] = client.get("/api/v1/per-doel?q=buurthuis").get_json()
    assert [(one["doel"], one["aantal"]) for one in answer["doelen"]] == [
        (2, 7),
        (3, 6),
        (4, 6),
        (5, 1),
    ]
    titles = [one["document"]["titel"] for one in answer["doelen"]]
    assert titles == texts(soup(client.get(VIEW).text), ".hits h4")
    for wrong in ("", "?q=", f"?q={'a' * 300}", f"?q={'w ' * 100}"):
        assert client.get(f"/api/v1/per-doel{wrong}").status_code == 400
