"""What a visitor has already is told without a search; whatever may change a page changes its tag."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index import Index, Query, ResultPage
from library.settings import read_settings
from tests.webapp.conftest import NOW, Site, document, some_documents
from webapp.freshness import stamp_of

PAGES = ("/", "/zoeken?q=subsidie", "/doelen", "/doel/zeggenschap", "/over")


class CountingIndex(Index):
    """An index that counts its searches."""

    searches = 0

    def search(self, query: Query) -> ResultPage:
        self.searches += 1
        return super().search(query)


@pytest.fixture
def counted(site: Site) -> Iterator[CountingIndex]:
    index = CountingIndex(site.settings.index_folder, check_every=0)
    yield index
    index.close()


def tag(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.headers["ETag"]


def is_known(client: FlaskClient, address: str, known: str) -> bool:
    answer = client.get(address, headers={"If-None-Match": known})
    assert (answer.status_code, answer.headers["ETag"] == known) in {(200, False), (304, True)}
    return answer.status_code == 304


@pytest.fixture
def addresses(site: Site) -> list[str]:
    first = some_documents()[0]
    return [*PAGES, f"/document/{first.id}?q=subsidie"]


def test_nothing_is_searched_for_what_is_known(site: Site, counted: CountingIndex) -> None:
    client = replace(site, index=counted).app.test_client()
    for address in PAGES:
        known = tag(client, address)
        before = counted.searches
        assert is_known(client, address, known)
        assert client.head(address, headers={"If-None-Match": known}).status_code == 304
        assert counted.searches == before > 0


def test_each_address_has_its_own_tag(client: FlaskClient, addresses: list[str]) -> None:
    tags = {tag(client, address) for address in (*addresses, "/zoeken?q=statuten", "/zoeken")}
    assert len(tags) == len(addresses) + 2
    assert all(known.startswith('W/"') for known in tags)


def test_a_new_generation_changes_every_page(
    site: Site, client: FlaskClient, addresses: list[str]
) -> None:
    known = {address: tag(client, address) for address in addresses}
    site.put(document("nieuw", "Een nieuw verhaal over subsidie."))
    assert not any(is_known(client, address, before) for address, before in known.items())
    assert "Nieuw" in client.get("/zoeken?q=subsidie").text


def test_so_do_another_day_and_other_settings(site: Site, addresses: list[str]) -> None:
    client = site.app.test_client()
    known = {address: tag(client, address) for address in addresses}
    other = replace(site, settings=read_settings({}, home=site.settings.home, contact_name="Ans"))
    of_others = other.app.test_client()
    assert not any(is_known(of_others, address, before) for address, before in known.items())
    site.clock.forward(days=1)
    assert not any(is_known(client, address, before) for address, before in known.items())


def test_a_document_that_was_looked_at_again_says_so(site: Site, client: FlaskClient) -> None:
    first = some_documents()[0]
    address = f"/document/{first.id}"
    known = tag(client, address)
    assert is_known(client, address, known)
    later = replace(first, fetched_at=NOW + timedelta(hours=1))
    site.store.documents.put_many([later], source_id=None)
    assert not is_known(client, address, known)


def test_examples_that_come_change_the_banner(site: Site, client: FlaskClient) -> None:
    known = {address: tag(client, address) for address in ("/", "/over")}
    site.store.sources.add(url="https://voorbeeld.nl/", name="Dorp (voorbeeld)", is_example=True)
    assert not any(is_known(client, address, before) for address, before in known.items())


def test_what_somebody_asked_is_kept_for_that_person_only(
    client: FlaskClient, addresses: list[str]
) -> None:
    for address in addresses:
        asked = "?" in address
        expected = "private, no-cache" if asked else "no-cache"
        assert client.get(address).headers["Cache-Control"] == expected
        again = client.get(address, headers={"If-None-Match": tag(client, address)})
        assert again.headers["Cache-Control"] == expected


@pytest.mark.parametrize("address", ["/zoeken?q=" + "a" * 300, "/document/geen", "/doel/geen"])
def test_a_refusal_has_no_tag(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in {400, 404}
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_stamp_changes_with_any_file_of_the_program(tmp_path: Path) -> None:
    stamps = {stamp_of(tmp_path)}
    for name in ("webapp/templates/home.html", "index/data/synonyms.txt", "library/goals.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        for text in ("a", "b"):
            path.write_text(text)
            stamps.add(stamp_of(tmp_path))
    assert len(stamps) == 7
    (tmp_path / "webapp" / "messages.pyc").write_text("a")
    assert stamp_of(tmp_path) in stamps
