"""The example server over real HTTP on loopback."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import httpx
import pytest

from examples import ExampleServer
from examples.sites import Site, load_sites

SITES = {site.slug: site for site in load_sites()}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "/nieuws/details/news/jaarverslag-2025/"
NEWS_QUERY = (
    "?tx_news_pi1[action]=detail&tx_news_pi1[controller]=News"
    "&cHash=0ad3579bcef1248606b8d9f1a2c3e4d5"
)


@pytest.fixture(scope="module")
def server() -> Iterator[ExampleServer]:
    with ExampleServer() as running:
        yield running


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as running:
        yield running


def _url(server: ExampleServer, slug: str, target: str) -> str:
    return server.addresses[slug].rstrip("/") + target


def test_every_site_answers_at_its_start(server: ExampleServer, client: httpx.Client) -> None:
    assert set(server.addresses) == set(SITES)
    for slug, site in SITES.items():
        response = client.get(_url(server, slug, site.start))
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("slug", SITES)
def test_an_unchanged_document_answers_304(
    slug: str, server: ExampleServer, client: httpx.Client
) -> None:
    for target in _fixed_targets(SITES[slug]):
        url = _url(server, slug, target)
        first = client.get(url)
        assert first.status_code == 200
        for name, validator in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
            again = client.get(url, headers={name: first.headers[validator]})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]


def _fixed_targets(site: Site) -> list[str]:
    targets = ["/robots.txt", *(sitemap.path for sitemap in site.sitemaps)]
    targets += [pdf.path for pdf in site.pdfs]
    return targets if site.settings.counter else [site.start, *targets]


def test_another_tag_gets_the_whole_page(server: ExampleServer, client: httpx.Client) -> None:
    url = _url(server, "dorpshuizen", "/")
    modified = client.get(url).headers["last-modified"]
    headers = {"If-None-Match": '"other"', "If-Modified-Since": modified}
    assert client.get(url, headers=headers).status_code == 200


def test_a_counter_changes_at_each_visit(server: ExampleServer, client: httpx.Client) -> None:
    counting = [site for site in SITES.values() if site.settings.counter]
    assert counting
    for site in counting:
        page = next(page for page in site.documents if page.path.startswith("/"))
        first, second = (client.get(_url(server, site.slug, page.path)) for _ in range(2))
        assert first.text != second.text
        assert "etag" not in first.headers


def test_who_accepts_gzip_gets_gzip(server: ExampleServer, client: httpx.Client) -> None:
    url = _url(server, "dorpshuizen", "/")
    packed = client.get(url, headers={"Accept-Encoding": "gzip"})
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])


def test_the_needed_query_string_decides(server: ExampleServer, client: httpx.Client) -> None:
    with_query = client.get(_url(server, "dorpshuizen", NEWS + NEWS_QUERY))
    encoded = NEWS_QUERY.replace("[", "%5B").replace("]", "%5D")
    assert client.get(_url(server, "dorpshuizen", NEWS + encoded)).content == with_query.content
    without = client.get(_url(server, "dorpshuizen", NEWS))
    assert '<h1 itemprop="headline">Jaarverslag 2025</h1>' in with_query.text
    assert without.content == client.get(_url(server, "dorpshuizen", "/nieuws/")).content


def test_a_decorating_query_string_changes_nothing(
    server: ExampleServer, client: httpx.Client
) -> None:
    url = _url(server, "zorgkringen", "/nieuws/2704631.aspx")
    bodies = {client.get(url + query).content for query in ("", "?t=iets", "?t=iets-anders")}
    assert len(bodies) == 1


@pytest.mark.parametrize("slug", SITES)
def test_redirects_gone_and_missing(slug: str, server: ExampleServer, client: httpx.Client) -> None:
    settings = SITES[slug].settings
    for redirect in SITES[slug].redirects:
        response = client.get(_url(server, slug, redirect.source))
        assert (response.status_code, response.headers["location"]) == (
            redirect.status,
            redirect.target,
        )
    for path in settings.gone:
        assert client.get(_url(server, slug, path)).status_code == 410
    for path in settings.missing:
        assert client.get(_url(server, slug, path)).status_code == 404


@pytest.mark.parametrize("slug", SITES)
def test_robots_and_sitemaps_name_the_running_port(
    slug: str, server: ExampleServer, client: httpx.Client
) -> None:
    base = server.addresses[slug]
    robots = client.get(_url(server, slug, "/robots.txt")).text
    for prefix in SITES[slug].settings.disallowed:
        assert f"Disallow: {prefix}\n" in robots
    named = [line.split()[1] for line in robots.splitlines() if line.startswith("Sitemap:")]
    assert all(address.startswith(base) for address in named)
    for sitemap in SITES[slug].sitemaps:
        root = ET.fromstring(client.get(_url(server, slug, sitemap.path)).content)
        assert root.tag == SITEMAP + ("sitemapindex" if sitemap.index else "urlset")
        found = [loc.text or "" for loc in root.iter(f"{SITEMAP}loc")]
        assert found
        assert all(address.startswith(base) for address in found)


def test_encodings_are_what_the_site_says(server: ExampleServer, client: httpx.Client) -> None:
    for slug, site in SITES.items():
        response = client.get(_url(server, slug, site.start))
        in_header = f"charset={site.settings.encoding}" in response.headers["content-type"]
        assert in_header == (site.settings.charset_in == "header")
        if not in_header:
            assert f'<meta charset="{site.settings.encoding}">'.encode() in response.content
        assert "(voorbeeld)" in response.content.decode(site.settings.encoding)


def test_head_has_the_headers_and_no_body(server: ExampleServer, client: httpx.Client) -> None:
    url = _url(server, "dorpshuizen", "/")
    head, get = client.head(url), client.get(url)
    assert head.content == b""
    assert head.headers["etag"] == get.headers["etag"]
    assert head.headers["content-length"] == get.headers["content-length"]


def test_a_form_is_not_accepted(server: ExampleServer) -> None:
    response = httpx.post(_url(server, "buurtmakers", "/over-ons/"), data={"a": "b"})
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_the_log_tells_who_asked_what() -> None:
    told: list[tuple[str, str, str]] = []
    with ExampleServer(log=lambda *visit: told.append(visit)) as server:
        url = _url(server, "dorpshuizen", "/intern/ledenlijst/?a=b")
        with httpx.Client(trust_env=False, headers={"User-Agent": "proef"}) as client:
            client.get(url)
            client.get(_url(server, "dorpshuizen", "/niets/"))
        visits = server.visits
        assert [(visit.target, visit.status) for visit in visits] == [
            ("/intern/ledenlijst/?a=b", 200),
            ("/niets/", 404),
        ]
        assert {visit.site for visit in visits} == {"dorpshuizen"}
        assert {visit.user_agent for visit in visits} == {"proef"}
        assert len({visit.connection for visit in visits}) == 1
        assert told[0] == ("dorpshuizen", "GET", "/intern/ledenlijst/?a=b")
        server.forget_visits()
        assert server.visits == ()


def test_a_taken_port_is_replaced_by_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with ExampleServer({"dorpshuizen": port}) as server:
            assert urlsplit(server.addresses["dorpshuizen"]).port != port


def test_a_wanted_port_is_kept_after_a_restart() -> None:
    with ExampleServer() as server:
        ports = {slug: urlsplit(url).port or 0 for slug, url in server.addresses.items()}
        before = server.addresses
        httpx.get(before["dorpshuizen"], trust_env=False)
    with ExampleServer(ports) as server:
        assert server.addresses == before


def test_a_stopped_server_hangs_up() -> None:
    server = ExampleServer()
    url = server.start()["dorpshuizen"]
    with httpx.Client(trust_env=False) as client:
        assert client.get(url).status_code == 200
        server.stop()
        server.stop()
        with pytest.raises(httpx.TransportError):
            client.get(url)


def test_starting_twice_is_a_mistake() -> None:
    with ExampleServer() as server, pytest.raises(RuntimeError, match="runs already"):
        server.start()
