"""Sources, crawls, extraction and explanation of addresses, good and bad."""

import gzip
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.commands.command import PROJECT, Home
from tests.flow.installation import free_port

pytestmark = pytest.mark.xdist_group("front addresses")

PAGE = (
    "<!doctype html><html lang=nl><head><title>Zonnepanelen op het dak</title></head><body><main>"
    "<h1>Zonnepanelen op het dak</h1><p>Bewoners leggen samen zonnepanelen op het dak van het "
    "buurthuis. Dat kost tijd en geld, maar het levert ook veel op voor de buurt. De gemeente "
    "helpt met een subsidie en de coöperatie regelt de aanleg.</p></main></body></html>"
)


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1") as running:
        yield running


@pytest.fixture(scope="module")
def site(server: HTTPServer) -> HTTPServer:
    """A site with one good page and all that can be wrong with others."""
    html, pdf = {"Content-Type": "text/html"}, {"Content-Type": "application/pdf"}
    answers = {
        "/": Response(PAGE, headers=html),
        "/page.pdf": Response(PAGE, headers=pdf),
        "/broken.pdf": Response(b"%PDF-1.4\n kapot", headers=pdf),
        "/large": Response(b"a" * 30_000_000, headers=html),
        "/bomb": Response(
            gzip.compress(bytes(3_000_000)), headers=html | {"Content-Encoding": "gzip"}
        ),
        "/away": Response(status=302, headers={"Location": "http://10.0.0.1/"}),
        "/503": Response(status=503),
    }

    def answer(request: Request) -> Response:
        return answers.get(request.path, Response(status=404))

    server.expect_request(re.compile(".*")).respond_with_handler(answer)
    return server


@pytest.fixture(scope="module")
def visitor(site: HTTPServer, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that may reach the site, and a port where nobody listens."""
    closed = free_port()
    return Home(
        tmp_path_factory.mktemp("visitor") / "home",
        KENNISBANK_TRUSTED_ADDRESSES=f"127.0.0.1:{site.port},127.0.0.1:{closed}",
        KENNISBANK_TRUSTED_PACE="0",
    )


def closed_port(home: Home) -> str:
    return home.settings["KENNISBANK_TRUSTED_ADDRESSES"].rpartition(":")[2]


@pytest.mark.parametrize("path", ["/", "/page.pdf"])
def test_extract_reads_what_the_bytes_are(visitor: Home, site: HTTPServer, path: str) -> None:
    done = visitor.run("extract", site.url_for(path), "--json")
    assert done.code == 0, done.err
    assert done.value["title"] == "Zonnepanelen op het dak"
    assert "zonnepanelen op het dak" in done.value["text"]
    assert not visitor.folder.exists()


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/broken.pdf", "The PDF is damaged"),
        ("/large", "larger than the limit"),
        ("/bomb", "more than 100 times its size"),
        ("/away", "not on the public internet"),
        ("/503", "503"),
        ("/absent", "404"),
    ],
)
def test_extract_says_why_there_is_no_document(
    visitor: Home, site: HTTPServer, path: str, part: str
) -> None:
    done = visitor.run("extract", site.url_for(path), "--json")
    assert (done.code, done.out) == (1, "")
    assert part in done.said


def test_extract_of_files(visitor: Home, tmp_path: Path) -> None:
    page, text = tmp_path / "page.pdf", tmp_path / "broken.pdf"
    page.write_text(PAGE)
    text.write_bytes(b"%PDF-1.7 kapot")
    assert visitor.run("extract", str(page), "--json").value["title"] == "Zonnepanelen op het dak"
    assert "The PDF is damaged" in visitor.run("extract", str(text), "--json").said
    real = next((PROJECT / "examples" / "sites").rglob("*.pdf"))
    pages = [s["page"] for s in visitor.run("extract", str(real), "--json").value["sections"]]
    assert {1, 2} <= set(pages)


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("http://10.0.0.1/", "not on the public internet"),
        ("http://127.0.0.1:1/", "Only the ports 80 and 443"),
        ("http://localhost/", "private network"),
        ("http://[::1]/", "not on the public internet"),
        ("ftp://een.example/", "is not the address of a web page"),
        ("https://een host/", "is not the address of a web page"),
        ("nergens", "There is no source 'nergens'"),
    ],
)
def test_what_is_never_fetched_becomes_no_source(home: Home, address: str, part: str) -> None:
    done = home.run("crawl", address)
    assert (done.code, part in done.said) == (1, True)
    with closing(sqlite3.connect(home.folder / "kennisbank.db")) as database:
        assert not database.execute("SELECT 1 FROM source WHERE url = ?", [address]).fetchall()


def test_a_crawl_of_an_address_and_what_is_known_of_it(visitor: Home, site: HTTPServer) -> None:
    address = site.url_for("/")
    done = visitor.run("crawl", address)
    assert done.code == 0, done.err
    assert "done (1 found, 1 fetched, 1 new)" in done.err
    assert visitor.run("search", "zonnepanelen", "--json").value["total"] == 1
    told = visitor.run("explain", address)
    assert told.code == 0
    assert "(fetched)" in told.out
    assert "index: it is there" in told.out
    again = visitor.run("crawl", address)
    assert (again.code, "1 unchanged" in again.err) == (0, True)
    unreachable = visitor.run("crawl", f"http://127.0.0.1:{closed_port(visitor)}/")
    assert unreachable.code == 1
    assert "failed: No connection could be made." in unreachable.err
    assert "Traceback" not in unreachable.err


def test_a_site_is_tried_and_a_source_reported(
    visitor: Home, site: HTTPServer, tmp_path: Path
) -> None:
    address = site.url_for("/")
    tried = visitor.run("try", address)
    assert tried.code == 0, tried.err
    assert "robots.txt: absent; start: The page was fetched." in tried.out
    assert "Zonnepanelen op het dak: no date, overig, nl, " in tried.out
    assert "warning: The site has no sitemap" in tried.out
    found = visitor.run("try", address, "--json").value
    assert [sample["outcome"] for sample in found["samples"]] == ["fetched"]
    assert "is not the address of a web page" in visitor.run("try", "nergens").said
    assert visitor.run("crawl", address).code == 0
    slug = site.url_for("/").split("://")[1].rstrip("/").replace(".", "-").replace(":", "-")
    told = visitor.run("source", "report", slug)
    assert told.code == 0, told.err
    assert re.search(r"last crawl .* UTC: done", told.out)
    assert visitor.run("source", "report", slug, "--csv", str(tmp_path / "a.csv")).code == 0
    head, row = (tmp_path / "a.csv").read_text("utf-8").splitlines()
    assert head.startswith("address,reason,sentence")
    assert row.startswith(f"{address},")


def test_explain_of_what_is_no_address(home: Home) -> None:
    done = home.run("explain", "nergens")
    assert done.code == 1
    assert "Traceback" not in done.err


def test_sources_are_added_changed_listed_and_removed(home: Home) -> None:
    address = "https://een.example/kennis/"
    added = home.run("source", "add", address, "--name", "Eén", "--organisation", "Een BV")
    assert (added.code, added.out) == (
        0,
        "Added source een. Fetch it with: kennisbank crawl een\n",
    )
    assert "already a source" in home.run("source", "add", address).said
    edited = home.run("source", "edit", "een", "--every", "24", "--rule", "deny /a", "--keep", "")
    assert edited.code == 0, edited.err
    home.run("source", "edit", "een", "--language", "en", "--depth", "3", "--quiet", "08:00-18:00")
    shown = home.run("source", "show", "een", "--json").value
    assert (shown["path_rules"], shown["kept_parameters"]) == (["deny /a"], [])
    assert (shown["interval_hours"], shown["deepest"]) == (24, 3)
    assert (shown["languages"], shown["quiet_hours"]) == (["en"], "08:00-18:00")
    undone = home.run("source", "edit", "een", "--every", "0", "--rule", "", "--quiet", "")
    assert undone.code == 0, undone.err
    lines = home.run("source", "show", "een").out.splitlines()
    assert {"every", "rule", "quiet"} <= {line.strip() for line in lines}
    assert "'a b' is no rule of paths" in home.run("source", "edit", "een", "--rule", "a b").said
    assert home.run("source", "edit", "een").code == 2
    assert "There is no source" in home.run("source", "edit", "9" * 30, "--every", "0").said
    listed = home.run("source", "list", "--json").out.splitlines()
    assert any('"slug": "een"' in one and '"organisation": "Een BV"' in one for one in listed)
    removed = home.run("source", "remove", "een")
    assert (removed.code, removed.out) == (0, "Removed source een and 0 documents.\n")
    assert "There is no source" in home.run("source", "remove", "een").said
