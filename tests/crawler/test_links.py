"""Links of a page: resolved, normalised, of http and https only, and not without end."""

from bs4 import BeautifulSoup

from crawler.extract.link import MAX_LINKS, Link
from crawler.links import links_of

_AT = "https://www.dorp.nl/map/pagina?x=1"


def _links(markup: str, address: str = _AT) -> tuple[Link, ...]:
    return links_of(BeautifulSoup(markup, "lxml"), address)


def test_links_are_resolved_and_normalised() -> None:
    found = _links(
        '<a href="a b">A</a><a href="//BUURT.nl:443/%7Ex#deel">B</a><a href="?y=2">C</a>'
        '<a href="../é">D</a><area href="/kaart" title="Kaart">'
    )
    assert [(link.url, link.text) for link in found] == [
        ("https://www.dorp.nl/map/a%20b", "A"),
        ("https://buurt.nl/%7Ex", "B"),
        ("https://www.dorp.nl/map/pagina?y=2", "C"),
        ("https://www.dorp.nl/%C3%A9", "D"),
        ("https://www.dorp.nl/kaart", "Kaart"),
    ]


def test_base_href_counts_only_when_it_is_an_address() -> None:
    assert _links('<base href="/b/"><a href="c">C</a>')[0].url == "https://www.dorp.nl/b/c"
    assert _links('<base href="data:x"><a href="c">C</a>')[0].url == "https://www.dorp.nl/map/c"


def test_other_schemes_are_no_links() -> None:
    markup = "".join(
        f'<a href="{href}">x</a>'
        for href in (
            "mailto:a@b.nl",
            "javascript:alert(1)",
            "tel:06",
            "ftp://a.nl/",
            "http://[",
            "",
        )
    )
    assert [link.url for link in _links(markup)] == [_AT]


def test_nofollow_holds_only_when_every_link_says_so() -> None:
    found = _links(
        '<a rel="nofollow" href="/a">A</a><a rel="ugc external" href="/b">B</a>'
        '<a rel="nofollow" href="/c">C</a><a href="/c#x">C</a>'
    )
    assert [(link.url[-2:], link.nofollow) for link in found] == [
        ("/a", True),
        ("/b", True),
        ("/c", False),
    ]


def test_text_of_a_link() -> None:
    found = _links(
        '<a href="/1"> Het\n <b>jaar</b>verslag </a><a href="/2"><img alt="Plan"></a>'
        f'<a href="/3">{"woord " * 200}</a>'
    )
    assert [link.text for link in found[:2]] == ["Het jaarverslag", "Plan"]
    assert len(found[2].text) <= 300


def test_at_most_a_thousand_different_links() -> None:
    markup = "".join(f'<a href="/{n}">{n}</a><a href="/{n}#b">x</a>' for n in range(1500))
    found = _links(markup)
    assert len(found) == MAX_LINKS == len({link.url for link in found})
    assert found[-1].url.endswith("/999")


def test_the_feeds_that_a_page_names() -> None:
    found = _links(
        '<link rel="alternate" type="application/rss+xml" title="Nieuws" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" title="Reacties" href="/feed/2">'
        '<link rel="alternate" type="application/atom+xml" href="/comments/feed/">'
        '<link rel="alternate" hreflang="en" href="/en/"><link rel="icon" href="/i.png">'
        '<link rel="alternate" type="Application/Atom+XML" href="data:x"><a href="/een">Een</a>'
    )
    assert found == (
        Link("https://www.dorp.nl/feed/", "Nieuws", is_feed=True),
        Link("https://www.dorp.nl/een", "Een"),
    )
