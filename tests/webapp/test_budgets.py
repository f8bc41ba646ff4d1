"""Bytes of what a visitor's phone gets (pages 7): as they travel, compressed."""

import gzip

from flask.testing import FlaskClient

from tests.webapp.reading import soup
from webapp.assets import FOLDER

KILO = 1000


def compressed(content: bytes) -> int:
    return len(gzip.compress(content))


def test_pages_are_small(client: FlaskClient) -> None:
    for address in ("/", "/zoeken", "/zoeken?q=moestuin", "/doelen", "/doel/geld", "/over"):
        assert compressed(client.get(address).data) <= 20 * KILO, address


def test_style_and_scripts_are_small() -> None:
    assert compressed((FOLDER / "site.css").read_bytes()) <= 12 * KILO
    assert sum(compressed(path.read_bytes()) for path in FOLDER.glob("*.js")) <= 8 * KILO
    assert sum(path.stat().st_size for path in FOLDER.glob("*.svg")) <= 5 * KILO


def test_a_page_needs_few_requests(client: FlaskClient) -> None:
    for address in ("/", "/zoeken?q=moestuin"):
        page = soup(client.get(address).text)
        others = page.select("link[rel=stylesheet], link[rel=icon], script[src], img[src]")
        assert len(others) + 1 <= 5
