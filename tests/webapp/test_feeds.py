"""Feeds, the search plug-in and the sitemap are what their standards say, whatever a title holds."""

import json
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree

from tests.webapp.conftest import NOW, Site, document
from tests.webapp.reading import soup
from webapp import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PLUGIN = "{http://a9.com/-/spec/opensearch/1.1/}"


def read(client: FlaskClient, address: str) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "xml" in answer.content_type
    return etree.fromstring(answer.data)


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path)]


def test_a_feed_has_the_newest_results_of_the_question(client: FlaskClient) -> None:
    feed = read(client, "/zoeken.atom?q=moestuin")
    assert texts(feed, f"{ATOM}title") == ["Kennisbank: moestuin"]
    titles = texts(feed, f"{ATOM}entry/{ATOM}title")
    assert titles[:2] == ["Moestuin nummer 24", "Moestuin nummer 23"]
    assert len(titles) == 24


def test_a_feed_narrows_as_the_page_does(client: FlaskClient) -> None:
    feed = read(client, "/zoeken.atom?organisatie=Oranje+Fonds")
    assert texts(feed, f"{ATOM}entry/{ATOM}title") == ["Subsidie aanvragen in vier stappen"]


def test_ids_are_tags_that_stay_and_updated_is_the_change(site: Site, client: FlaskClient) -> None:
    before = read(client, "/zoeken.atom?q=subsidie")
    ids = texts(before, f"{ATOM}entry/{ATOM}id")
    assert len(set(ids)) == len(ids) > 1
    assert all(one.startswith("tag:localhost,2026-01-01:/document/") for one in ids)
    later = NOW + timedelta(days=3)
    site.put(document("statuten", "Subsidie in de statuten.", title="Nieuw", fetched_at=later))
    after = read(client, "/zoeken.atom?q=subsidie")
    assert set(ids) < set(texts(after, f"{ATOM}entry/{ATOM}id"))
    assert texts(after, f"{ATOM}updated") == ["2026-11-26T09:00:00Z"]


def test_hostile_titles_are_text(site: Site, client: FlaskClient) -> None:
    title = "</title><script>alert(1)</script> & \x00\x1b ]]> kwetsbaar"
    site.put(document("hostile", "kwetsbaar <b>vet</b> &amp; \x07 en meer", title=title))
    feed = read(client, "/zoeken.atom?q=kwetsbaar")
    (shown,) = texts(feed, f"{ATOM}entry/{ATOM}title")
    assert shown == "</title><script>alert(1)</script> &  ]]> kwetsbaar"
    assert {str(child.tag).rpartition("}")[2] for child in feed.iter()} <= {
        "feed", "title", "subtitle", "id", "updated", "author", "name", "link", "entry",
        "category", "summary",
    }  # fmt: skip


def test_a_feed_of_nothing_is_a_feed(client: FlaskClient) -> None:
    feed = read(client, "/zoeken.atom?q=onvindbaarwoord")
    assert feed.findall(f"{ATOM}entry") == []
    assert texts(feed, f"{ATOM}updated") == ["1970-01-01T00:00:00Z"]


def test_a_feed_has_one_clean_address(client: FlaskClient) -> None:
    answer = client.get("/zoeken.atom?q=moestuin&p=2&sorteer=oudste&onzin=1")
    assert (answer.status_code, answer.location) == (302, "/zoeken.atom?q=moestuin")


def test_a_question_that_is_too_long_is_told_in_words(client: FlaskClient) -> None:
    answer = client.get("/zoeken.atom?q=" + "woord" * 60)
    assert answer.status_code == 400
    assert "te lang" in answer.text


def test_each_goal_has_a_feed(client: FlaskClient) -> None:
    feed = read(client, "/doel/geld.atom")
    assert texts(feed, f"{ATOM}title") == ["Kennisbank: Geld"]
    assert feed.findall(f"{ATOM}entry")
    assert client.get("/doel/bestaat-niet.atom").status_code == 404


def test_pages_name_their_feed(client: FlaskClient) -> None:
    for page, feed in (
        ("/zoeken?q=moestuin&p=2", "/zoeken.atom?q=moestuin"),
        ("/doel/geld", "/doel/geld.atom"),
    ):
        head = soup(client.get(page).text)
        assert head.select_one('link[type="application/atom+xml"]')["href"] == feed  # type: ignore[index]
        assert client.get(feed).status_code == 200


def test_the_plug_in_leads_to_the_results(client: FlaskClient) -> None:
    plugin = read(client, "/opensearch.xml")
    (name,) = texts(plugin, f"{PLUGIN}ShortName")
    assert 0 < len(name) <= 16
    templates = [url.get("template", "") for url in plugin.findall(f"{PLUGIN}Url")]
    assert len(templates) == 3
    for template in templates:
        address = template.replace("{searchTerms}", "moestuin")
        split = urlsplit(address)
        assert parse_qs(split.query) == {"q": ["moestuin"]}
        assert client.get(f"{split.path}?{split.query}").status_code == 200


def test_a_browser_gets_suggestions_as_its_standard_says(client: FlaskClient) -> None:
    answer = client.get("/suggesties?q=moest")
    assert answer.content_type == "application/x-suggestions+json"
    typed, found = json.loads(answer.text)
    assert typed == "moest"
    assert "moestuin" in found


def test_the_sitemap_lists_pages_and_no_examples(site: Site, client: FlaskClient) -> None:
    index = read(client, "/sitemap.xml")
    addresses = [
        address
        for part in texts(index, f"{MAP}sitemap/{MAP}loc")
        for address in texts(read(client, urlsplit(part).path), f"{MAP}url/{MAP}loc")
    ]
    assert len(addresses) == len(set(addresses))
    documents = [address for address in addresses if "/document/" in address]
    assert len(documents) == sum(not one.document.is_example for one in site.store.documents.live())
    for address in addresses:
        assert client.get(urlsplit(address).path).status_code == 200
    assert client.get("/sitemap-2.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_a_large_sitemap_comes_in_parts(
    site: Site, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST_IN_MAP", 10)
    parts = texts(read(client, "/sitemap.xml"), f"{MAP}sitemap/{MAP}loc")
    assert len(parts) > 2
    found = [
        address
        for part in parts
        for address in texts(read(client, urlsplit(part).path), f"{MAP}url/{MAP}loc")
    ]
    assert len(found) == len(set(found)) >= site.store.documents.count()


def test_a_document_without_change_has_the_day_of_its_fetch(
    site: Site, client: FlaskClient
) -> None:
    site.put(document("dag", "tekst", day=date(2020, 1, 1)))
    page = client.get("/sitemap-1.xml").text
    assert f"<lastmod>{NOW.date().isoformat()}</lastmod>" in page
    assert "2020-01-01" not in page


def test_robots_keeps_result_pages_out_and_names_the_sitemap(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /zoeken\n" in text
    assert text.rstrip().endswith("/sitemap.xml")
