"""Kept bodies read again: what a site repeats is learned, and everything can be read anew offline."""

from dataclasses import replace
from typing import Any

from crawler.again import read_all_again
from crawler.extract import EXTRACTION_VERSION
from library.progress import Silent
from tests.crawler.loopback import Loopback, answer, with_etag
from tests.crawler.place import MONTH, Make, Place

MEMBERS = "In een oude garage runnen onze leden een fietsenmaker, een keuken en een klussendienst."


def body(number: int, more: str = MEMBERS) -> bytes:
    """A page of a site that marks nothing: no main, no article, no footer."""
    links = "".join(
        f'<li><a href="/p{n}">Plan {chr(96 + n)} van het dorp</a></li>' for n in range(1, 8)
    )
    street = "abcdefgh"[number]
    own = f"Dit is het plan van straat {street}, met een tuin en een bank voor iedereen. "
    text = "".join(f"<p>{own} Dit is deel {step} van straat {street}.</p>" for step in "abcd")
    return (
        f"<html lang='nl'><head><title>Plan {street}</title></head><body><div><ul>{links}</ul></div>"
        f"<div><h1>Plan {street}</h1>{text}<div><h2>Vraag het ons</h2><p>{more}</p></div></div>"
        "</body></html>"
    ).encode()


def site_of(site: Loopback, make: Make, numbers: range) -> Place:
    site.routes.update({f"/p{n}": with_etag(body(n)) for n in numbers})
    site.routes["/"] = with_etag(body(0))
    return make(site)


def texts(place: Place) -> dict[str, str]:
    return {path: stored.document.text for path, stored in place.live.items()}


def test_a_crawl_ends_with_what_the_site_repeats_left_out(site: Loopback, make: Make) -> None:
    place = site_of(site, make, range(1, 8))
    place.crawl()
    assert len(place.live) == 8
    assert not any(MEMBERS in text for text in texts(place).values())
    assert all("met een tuin en een bank" in text for text in texts(place).values())
    # It stays findable in the field of all that can be seen.
    assert all(MEMBERS in stored.document.visible_text for stored in place.live.values())
    # A page that comes later is read with what was learned, and nothing else is read again.
    revision = place.store.documents.revision()
    place.crawl(MONTH)
    assert place.store.documents.revision() == revision


def test_too_few_pages_teach_nothing(site: Loopback, make: Make) -> None:
    place = site_of(site, make, range(1, 3))
    place.crawl()
    assert len(place.live) == 3
    assert all(MEMBERS in text for text in texts(place).values())
    assert place.store.blocks.repeated(place.source.id) == ()


def test_what_is_repeated_no_more_comes_back(site: Loopback, make: Make) -> None:
    place = site_of(site, make, range(1, 8))
    place.crawl()
    for number in range(2, 8):
        site.routes[f"/p{number}"] = with_etag(body(number, more=f"Bel met straat {number}."))
    place.crawl(MONTH)
    kept = {path for path, text in texts(place).items() if MEMBERS in text}
    assert kept == {"/", "/p1"}


def test_everything_is_read_again_without_the_network(site: Loopback, make: Make) -> None:
    place = site_of(site, make, range(1, 8))
    place.crawl()
    good = {path: stored.document for path, stored in place.live.items()}
    spoil(place, "/p1", title="Slecht gelezen")
    spoil(place, "/p2", kind="wet", author="Niemand")
    site.asked.clear()
    told = read_all_again(place.store, place.settings, Silent(), means=place.means())
    assert site.asked == []
    assert told.counts == {"changed": 2, "unchanged": 6}
    assert told.fields == {"title": 1, "kind": 1, "author": 1}
    now = {path: stored.document for path, stored in place.live.items()}
    assert now == good


def test_a_page_that_must_hide_now_waits_for_the_next_crawl(site: Loopback, make: Make) -> None:
    place = site_of(site, make, range(1, 8))
    place.crawl()
    edited = place.store.sources.edit(place.source.id, languages=("en",))
    told = read_all_again(place.store, place.settings, Silent(), means=place.means())
    assert edited.languages == ("en",)
    assert told.counts == {"skipped": 8}
    assert told.reasons == {"other-language": 8}
    assert place.address("/p1").removal == "other-language"
    assert len(place.live) == 8


def test_reading_again_does_not_wake_what_is_gone(site: Loopback, make: Make) -> None:
    place = site_of(site, make, range(1, 8))
    place.crawl()
    site.routes["/p1"] = answer(b"", status=404)
    place.crawl(MONTH)
    before = place.address("/p1")
    assert before.missing_since is not None
    read_all_again(place.store, place.settings, Silent(), means=place.means())
    assert place.address("/p1") == before


def test_reading_is_noted_so_that_the_next_crawl_reads_no_more(site: Loopback, make: Make) -> None:
    place = site_of(site, make, range(1, 8))
    place.crawl()
    newer = EXTRACTION_VERSION + 1
    read_all_again(
        place.store, place.settings, Silent(), means=place.means(extraction_version=newer)
    )
    assert (place.address("/p1").extraction or "").startswith(f"{newer}-")


def spoil(place: Place, path: str, **fields: Any) -> None:
    worse = replace(place.live[path].document, **fields)
    place.store.documents.put(worse, source_id=place.source.id)
