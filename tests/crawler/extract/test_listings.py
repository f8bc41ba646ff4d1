"""Pages that only lead to others: known by their links, without a date, the start of a site too."""

from crawler.extract.make import extracted_of
from tests.crawler.extract.pages import ARTICLE, RULES, fetched, found_in, page

TEASERS = "".join(
    f"<article><h2><a href='/nieuws/{n}'>Bericht nummer {n} uit het dorp</a></h2>"
    f"<p><time datetime='2024-05-0{n}'>{n} mei 2024</time> De bewoners vertellen over hun plan.</p>"
    "</article>"
    for n in range(1, 6)
)
RELATED = "".join(f"<li><a href='/nieuws/{n}'>Bericht nummer {n}</a></li>" for n in range(1, 6))


def test_an_overview_of_teasers_is_a_listing_without_a_date() -> None:
    facts = found_in(page(f"<h1>Nieuws</h1>{TEASERS}"))
    assert facts.is_listing
    assert (facts.kind, facts.published) == ("overig", None)


def test_an_article_with_links_below_it_is_none() -> None:
    facts = found_in(page(f"<h1>Een plan</h1><p>{ARTICLE * 2}</p><ul>{RELATED}</ul>"))
    assert not facts.is_listing


def test_an_article_with_links_in_its_text_is_none() -> None:
    paragraph = f"<p>{ARTICLE} Lees ook <a href='/a'>het verslag</a>.</p>"
    assert not found_in(page(f"<h1>Een plan</h1>{paragraph * 5}")).is_listing


def test_the_start_of_a_site_is_a_listing_whatever_it_says() -> None:
    body = page(f"<h1>Welkom</h1><p>{ARTICLE * 3}</p>")
    for url, expected in (
        ("https://www.dorpsraad.nl/", True),
        ("https://www.dorpsraad.nl/plan", False),
        ("https://www.dorpsraad.nl/?p=12", False),
    ):
        answer = fetched(body, url=url)
        document = extracted_of(found_in(body, url=url), answer, "text/html", RULES).document
        assert document is not None
        assert document.is_listing is expected
