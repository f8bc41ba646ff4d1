"""What the head of a page tells: title, own address, language.

In: the tree of a page and its address. Out: plain values. Nothing here is believed further than a
page may be believed about itself: a canonical address is only reported.
"""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from crawler.extract.link import absolute
from crawler.extract.regions import title_tag
from crawler.extract.text import clean_title, one_line
from crawler.extract.titles import title_from_address
from crawler.links import base_of

_DIVIDERS = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022\u00bb\u00ab:-]+\s+|\s*[|»]\s*")
_EMPTY_TITLES = frozenset(
    [
        "untitled",
        "naamloos",
        "naamloos document",
        "document",
        "home",
        "homepage",
        "index",
        "welkom",
        "titel",
        "page",
    ]
)


def title_of(soup: BeautifulSoup, address: str, organisation: str = "") -> str:
    """The title of the page, without the name of the site, and never empty.

    What stands as the one first heading, or in ``og:title``, is believed where the ``title``
    agrees; between two that differ, the one inside the page's ``title`` wins.
    """
    page = _text(soup.title)
    shared = _meta(soup, "og:title")
    heading = _text(title_tag(soup))
    sites = {name.lower() for name in (_meta(soup, "og:site_name"), organisation) if name}
    parts = without_site(page, sites)
    for candidate in (shared, heading):
        if candidate and candidate.lower() in {page.lower(), parts.lower()}:
            return clean_title(without_site(candidate, sites))
    for candidate in (without_site(shared, sites), heading, parts):
        if candidate and candidate.lower() not in _EMPTY_TITLES | sites:
            return clean_title(candidate)
    return clean_title(heading or shared or page) or title_from_address(address)


def without_site(title: str, sites: Iterable[str]) -> str:
    """Cut the name of the site off a title, at its end or its beginning.

    Where the name is not known, only a short last part behind a ``|`` or ``»`` is taken for one:
    a dash may belong to the title.
    """
    known = set(sites)
    dividers = list(_DIVIDERS.finditer(title))
    for divider in dividers[::-1]:
        if _same(title[divider.end() :], known):
            return title[: divider.start()].strip()
    for divider in dividers:
        if _same(title[: divider.start()], known):
            return title[divider.end() :].strip()
    if dividers and dividers[-1][0].strip() in {"|", "»"} and dividers[-1].start() > 0:
        last = title[dividers[-1].end() :]
        if len(last.split()) <= 5 and len(last) < dividers[-1].start():
            return title[: dividers[-1].start()].strip()
    return title.strip()


def canonical_of(soup: BeautifulSoup, address: str) -> str | None:
    """The address that the page names as its own, absolute and normalised."""
    for tag in soup.find_all("link", rel=True, href=True):
        relations = tag["rel"]
        if "canonical" in [name.lower() for name in relations]:
            return absolute(str(tag["href"]), base_of(soup, address))
    return None


def language_stated(soup: BeautifulSoup) -> str | None:
    """The language of the ``html`` element, or of the older ``meta``, without its country."""
    root = soup.find("html")
    stated = ""
    if isinstance(root, Tag):
        stated = str(root.get("lang") or root.get("xml:lang") or "")
    stated = stated or _meta(soup, "content-language") or _meta(soup, "og:locale")
    match = re.match(r"\s*([a-zA-Z]{2,3})(?=$|[-_,\s])", stated)
    return match[1].lower() if match else None


def _same(part: str, sites: set[str]) -> bool:
    return one_line(part).lower() in sites


def _meta(soup: BeautifulSoup, name: str) -> str:
    for key in ("property", "name", "http-equiv"):
        tag = soup.find("meta", attrs={key: re.compile(f"^{re.escape(name)}$", re.IGNORECASE)})
        if isinstance(tag, Tag) and (value := one_line(str(tag.get("content", ""))[:2000])):
            return value
    return ""


def _text(tag: Tag | None) -> str:
    return one_line(tag.get_text()[:5000]) if tag is not None else ""
