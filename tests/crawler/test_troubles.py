"""Crawls in trouble: hostile pages, hosts that fail or cannot be reached, and their manners."""

import gzip

import pytest

from crawler.crawl import MOST_ATTEMPTS
from crawler.outcomes import REASONS
from crawler.politeness import LONGEST_RETRY_WAIT, MOST_FAILURES
from crawler.sitemaps import USUAL_PLACES
from tests.crawler.clocks import FakeClock
from tests.crawler.loopback import (
    Asked,
    Loopback,
    answer,
    page,
    redirect,
    serving,
)
from tests.crawler.place import Later, Make, pages


@pytest.mark.parametrize(
    ("body", "media_type", "reason"),
    [
        (page("Eigenlijk een pagina"), "application/pdf", None),
        (b"%PDF-1.7 kapot", "application/pdf", "broken-pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png", "unsupported-type"),
        (b"", "text/html", None),
    ],
)
def test_bodies_that_are_not_what_they_seem(
    site: Loopback, make: Make, body: bytes, media_type: str, reason: str | None
) -> None:
    site.routes = pages("/x.pdf", "/goed")
    site.routes["/x.pdf"] = answer(body, content_type=media_type)
    place = make(site)
    summary = place.crawl()
    assert summary.state == "done"
    assert "/goed" in place.live
    if reason is not None:
        assert summary.reasons[reason] == 1


def test_hostile_pages_are_left_out_and_the_rest_is_not(site: Loopback, make: Make) -> None:
    site.routes = pages("/bom", "/groot", "/dubbel", "/goed")
    site.routes["/bom"] = answer(bytes(20_000_000), packed=True)
    site.routes["/groot"] = b"HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n"
    site.routes["/dubbel"] = answer(gzip.compress(b"x"), content_encoding="gzip, gzip")
    place = make(site)
    summary = place.crawl()
    assert set(place.live) == {"/", "/goed"}
    for reason in ("bomb", "too-large", "bad-encoding"):
        assert summary.reasons[reason] == 1
    assert summary.state == "done"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/", "private-address"),
        ("http://169.254.169.254/", "private-address"),
        ("http://2130706433/", "private-address"),
        ("http://localhost/", "private-name"),
        ("http://intranet/", "private-name"),
        ("https://voorbeeld.nl:8443/", "bad-port"),
    ],
)
def test_a_source_that_may_not_be_reached(
    site: Loopback, make: Make, url: str, reason: str
) -> None:
    summary = make(site, url=url).crawl()
    assert (summary.state, summary.reason) == ("failed", reason)
    assert reason in REASONS


def test_a_source_that_cannot_be_reached(make: Make) -> None:
    with serving() as stopped:
        place = make(stopped)
    summary = place.crawl()
    assert (summary.state, summary.reason) == ("failed", "connect-failed")


def test_a_name_that_is_not_there(site: Loopback, make: Make) -> None:
    async def nothing(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    place = make(site, url="https://bestaat-niet.nl/")
    summary = place.crawl_with(place.means(clock=FakeClock(), resolve=nothing))
    assert (summary.state, summary.reason) == ("failed", "dns-failed")


def test_a_page_that_stumbles_is_tried_again_later(site: Loopback, make: Make) -> None:
    tries: list[str] = []

    def stumble(asked: Asked) -> bytes:
        tries.append(asked.path)
        return answer(status=500) if len(tries) == 1 else answer(page("Alles over a"))

    site.routes = pages("/a", "/b") | {"/a": stumble, "/c": answer(status=500)}
    site.routes["/b"] = answer(page("Alles over b", "/c"))
    place = make(site)
    summary = place.crawl_with(place.means(clock=FakeClock()))
    assert set(place.live) == {"/", "/a", "/b"}
    assert site.paths.count("/c") == MOST_ATTEMPTS
    assert summary.counts["errors"] == 1


@pytest.mark.parametrize("wait", ["3600", "999999999999", "9" * 400])
def test_nobody_waits_for_a_host_that_wants_to_be_left_alone(
    site: Loopback, make: Make, wait: str
) -> None:
    site.routes = pages("/a", "/b")
    site.routes["/a"] = answer(status=503, retry_after=wait)
    place = make(site)
    clock = Later()
    summary = place.crawl_with(place.means(clock=clock))
    assert (summary.state, summary.reason) == ("failed", "retry-later")
    assert summary.reasons == {"http-503": 1, "retry-later": 1}
    assert clock.skipped < LONGEST_RETRY_WAIT


def test_a_validator_that_cannot_be_sent_is_left_out(site: Loopback, make: Make) -> None:
    site.routes = {"/": answer(page("Welkom op onze site"), etag='"\xe9"')}
    place = make(site)
    place.crawl()
    assert place.crawl().reasons == {}
    assert "if-none-match" not in site.asked[-1].headers


def test_a_host_that_keeps_failing_is_left_alone(site: Loopback, make: Make) -> None:
    links = [f"/{n}" for n in range(40)]
    site.routes = pages(*links) | dict.fromkeys(links, answer(status=500))
    place = make(site)
    summary = place.crawl()
    assert (summary.state, summary.reason) == ("failed", "host-stopped")
    assert len([path for path in site.paths if path in links]) == 10
    assert summary.counts["found"] == 41


def test_pages_that_fail_again_do_not_fail_the_crawl(site: Loopback, make: Make) -> None:
    """They come last, all in a row; the host is left alone, and each keeps the reason of its own."""
    links = [f"/{n}" for n in range(24)]
    broken = links[::2]
    site.routes = pages(*links) | dict.fromkeys(broken, answer(status=500))
    place = make(site)
    summary = place.crawl_with(place.means(clock=FakeClock()))
    assert (summary.state, summary.reason) == ("done", "")
    assert set(place.live) == {"/", *links[1::2]}
    assert {place.address(path).outcome for path in broken} == {"http-500"}
    assert summary.reasons["http-500"] == len(broken)
    assert len([path for path in site.paths if path in broken]) == len(broken) + MOST_FAILURES


def test_a_delay_of_more_than_a_minute_pauses_the_source(site: Loopback, make: Make) -> None:
    site.routes = pages("/a") | {"/robots.txt": answer(b"User-agent: *\nCrawl-delay: 61")}
    place = make(site)
    summary = place.crawl()
    assert (summary.state, summary.reason) == ("failed", "crawl-delay-too-long")
    assert place.store.sources.get(place.source.id).paused
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    ("robots", "pace", "gap"),
    [(b"", None, 2.0), (b"User-agent: *\nCrawl-delay: 8", None, 8.0), (b"", 5.0, 5.0)],
)
def test_the_pace_of_a_whole_crawl(
    site: Loopback, make: Make, robots: bytes, pace: float | None, gap: float
) -> None:
    site.routes = pages("/a", "/b", "/c") | {"/robots.txt": answer(robots)}
    place = make(site, pace=pace)
    place.settings = place.settings.model_copy(update={"trusted_pace": 2.0})
    clock = FakeClock()
    place.crawl_with(place.means(clock=clock))
    asked = len(("/robots.txt", *USUAL_PLACES, "/", "/a", "a page that is not there", "/b", "/c"))
    assert len(site.asked) == asked
    assert clock.passed == pytest.approx((asked - 1) * gap)


def test_the_server_sees_one_request_and_one_connection_at_a_time_in_its_pace(
    site: Loopback, make: Make
) -> None:
    site.routes = pages(*(f"/{n}" for n in range(12)))
    site.seconds = 0.01
    place = make(site)
    place.settings = place.settings.model_copy(update={"trusted_pace": 0.1})
    place.crawl()
    gaps = [b.at - a.at for a, b in zip(site.asked, site.asked[1:], strict=False)]
    assert min(gaps) >= 0.1
    assert (site.most_at_once, site.most_connections) == (1, 1)


def test_every_address_has_one_outcome_with_a_sentence(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/weg", "/stuk", "/heen", "/bom")
    site.routes |= {"/stuk": answer(status=418), "/heen": redirect("/a")}
    site.routes["/weg"] = answer(status=404)
    site.routes["/bom"] = answer(bytes(20_000_000), packed=True)
    place = make(site)
    place.crawl()
    found = place.store.frontier.of_source(place.source.id)
    assert len(found) == 6
    assert {a.outcome for a in found} <= set(REASONS)
    assert None not in {a.outcome for a in found}
