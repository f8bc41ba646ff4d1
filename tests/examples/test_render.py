"""A page of an example site as its content system would send it."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest

from examples.render import dutch_date, dutch_number, listed_pages, page_html
from examples.sites import DateForm, DateShown, Page, Site, load_sites

SITE = next(site for site in load_sites() if site.slug == "dorpshuizen")
PAGE = next(page for page in SITE.pages if page.name == "btw")
DAY = dt.date(2023, 12, 6)


@pytest.mark.parametrize(
    ("form", "text"),
    [("long", "6 december 2023"), ("zero", "06 december 2023"), ("dashes", "06-12-2023")],
)
def test_dates_are_written_as_dutch_sites_do(form: DateForm, text: str) -> None:
    assert dutch_date(DAY, form) == text


def test_thousands_have_a_point() -> None:
    assert dutch_number(1234567) == "1.234.567"


@pytest.mark.parametrize(
    ("shown", "mark"),
    [
        ("meta", 'content="2023-12-06T'),
        ("json-ld", '"datePublished": "2023-12-06"'),
        ("text", "6 december 2023"),
    ],
)
def test_a_date_is_shown_in_one_place(shown: DateShown, mark: str) -> None:
    page = replace(PAGE, published=DAY, date_shown=shown)
    html = page_html(SITE, page)
    assert mark in html
    assert len(re.findall("2023", html)) == 1


def test_a_hidden_date_is_nowhere() -> None:
    assert "2023" not in page_html(SITE, replace(PAGE, published=DAY, date_shown="none"))


def test_a_title_is_escaped_in_html_and_in_json() -> None:
    page = replace(PAGE, title="</script><b>", published=DAY, date_shown="json-ld")
    html = page_html(SITE, page)
    assert "</script><b>" not in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found is not None
    assert json.loads(found[1])["headline"] == "</script><b>"


def test_a_listing_starts_with_the_newest_page() -> None:
    days = [page.published for page in listed_pages(SITE, "nieuws") if page.published]
    assert len(days) >= 3
    assert days == sorted(days, reverse=True)


def test_twins_point_at_each_other() -> None:
    site = _with_twins(SITE)
    dutch, english = site.pages
    assert 'hreflang="en" href="/en/"' in page_html(site, dutch)
    assert 'hreflang="nl" href="/"' in page_html(site, english)


def _with_twins(site: Site) -> Site:
    dutch: Page = replace(PAGE, path="/", twin="/en/", attachments=())
    english = replace(dutch, path="/en/", language="en", twin="/")
    return replace(site, pages=(dutch, english))
