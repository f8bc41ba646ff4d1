"""What pages ask of search engines, obeyed in a whole crawl: twenty ways of asking, one page each."""

from typing import NamedTuple

import pytest

from tests.crawler.loopback import Loopback, answer, page
from tests.crawler.place import Make


class Asks(NamedTuple):
    """Where a page asks for something, and what may then be done with it."""

    head: str = ""
    header: str = ""
    rel: str = ""
    found: bool = True
    followed: bool = True
    kept: bool = True
    shown: bool = True


def meta(content: str, name: str = "robots") -> str:
    return f'<meta name="{name}" content="{content}">'


VECTORS = (
    Asks(),
    Asks(meta("noindex"), found=False, kept=False),
    Asks(meta("NOINDEX, FOLLOW"), found=False, kept=False),
    Asks(meta("nofollow"), followed=False),
    Asks(meta("none"), found=False, kept=False, followed=False),
    Asks(meta("noarchive"), kept=False),
    Asks(meta("nosnippet"), shown=False),
    Asks(meta("noarchive,nosnippet"), kept=False, shown=False),
    Asks(meta("max-snippet:0"), shown=False),
    Asks(meta("noindex", "kennisbank"), found=False, kept=False),
    Asks(meta("noindex", "googlebot")),
    Asks(meta("index") + meta("noindex"), found=False, kept=False),
    Asks(meta("unavailable_after: 2020-01-01"), found=False, kept=False),
    Asks(header="noindex", found=False, kept=False),
    Asks(header="nofollow", followed=False),
    Asks(header="noarchive", kept=False),
    Asks(header="nosnippet", shown=False),
    Asks(header="otherbot: noindex, nofollow"),
    Asks(meta("nosnippet"), header="noarchive", kept=False, shown=False),
    Asks(rel="nofollow", followed=False),
)


def routes(number: int, asks: Asks) -> dict[str, bytes]:
    """A page that asks for something, and the page that only it leads to."""
    body = page(f"Het plan van bewoners nummer {number}", f"/{number}/verder", head=asks.head)
    if asks.rel:
        body = body.replace(b"<li><a ", f'<li><a rel="{asks.rel}" '.encode())
    asking = answer(body, x_robots_tag=asks.header) if asks.header else answer(body)
    return {
        f"/{number}": asking,
        f"/{number}/verder": answer(page(f"Verder met plan {number}")),
    }


@pytest.fixture
def asking(site: Loopback) -> Loopback:
    site.routes["/"] = answer(page("Welkom", *(f"/{number}" for number in range(len(VECTORS)))))
    for number, asks in enumerate(VECTORS):
        site.routes |= routes(number, asks)
    return site


def test_every_wish_is_obeyed(asking: Loopback, make: Make) -> None:
    place = make(asking)
    place.crawl()
    live, bodies = place.live, place.store.bodies
    found = [
        Asks(
            *(asks.head, asks.header, asks.rel),
            found=f"/{number}" in live,
            followed=f"/{number}/verder" in live,
            kept=bodies.find(place.address(f"/{number}").id) is not None,
            shown=f"/{number}" not in live
            or "nosnippet" not in live[f"/{number}"].document.directives,
        )
        for number, asks in enumerate(VECTORS)
    ]
    assert found == list(VECTORS)


def test_a_copy_that_was_kept_goes_when_the_page_asks_for_it(site: Loopback, make: Make) -> None:
    site.routes["/"] = answer(page("Welkom"))
    place = make(site)
    place.crawl()
    assert place.store.bodies.find(place.address("/").id) is not None
    site.routes["/"] = answer(page("Welkom", head=meta("noarchive")))
    place.crawl()
    assert place.store.bodies.find(place.address("/").id) is None
