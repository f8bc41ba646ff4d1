"""Looks for mistakes in the example sites: links that lead nowhere, texts without their marks.

In: loaded sites. Out: one sentence per problem, none when all is well. Used by the tests and by
who writes a page: ``python -m examples.check [SITE…]``.
"""

import datetime as dt
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from examples.answers import SiteAnswers, sitemap_documents
from examples.render import page_html
from examples.sites import Page, Site, load_sites

_BASE = "http://127.0.0.1:1/"
_FIRST_DAY = dt.date(2019, 1, 1)
_LAST_DAY = dt.date(2026, 11, 20)
_MOVED = range(300, 400)


class _Links(HTMLParser):
    """Collects the addresses in `href` and `src`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def links(html: str) -> list[str]:
    """Every address a page mentions."""
    parser = _Links()
    parser.feed(html)
    parser.close()
    return parser.found


def problems(site: Site) -> Iterator[str]:
    """Every mistake in one site, as a sentence that names the file."""
    yield from (f"{site.slug}: {problem}" for problem in _site_problems(site))
    yield from (f"{site.slug}: {problem}" for problem in _address_problems(site))
    answers = SiteAnswers(site, _BASE)
    seen: set[str] = set()
    yield from (f"{site.slug}: {problem}" for problem in _redirect_problems(site, answers))
    for page in site.pages:
        place = f"{site.slug}/pages/{page.name}.page"
        yield from (f"{place}: {problem}" for problem in _page_problems(page))
        targets = [_target(page, link) for link in links(page_html(site, page))]
        seen.update(target for target in targets if target)
        yield from (
            f"{place}: {target} answers {answers.answer(target).status}"
            for target in targets
            if target and not _expected(site, answers, target)
        )
        if not all(targets):
            yield f"{place}: a link leaves the site"
    yield from (f"{site.slug}: {problem}" for problem in _coverage_problems(site, answers, seen))


def _target(page: Page, link: str) -> str:
    """The request target of a link, empty when it leaves the site."""
    url = urljoin(urljoin(_BASE, page.path), link)
    if not url.startswith(_BASE):
        return "" if urlsplit(url).scheme in {"http", "https"} else page.path
    return "/" + url.removeprefix(_BASE).partition("#")[0]


def _expected(site: Site, answers: SiteAnswers, target: str) -> bool:
    status = answers.answer(target).status
    known = target in site.settings.gone or target in site.settings.missing
    return known or status == HTTPStatus.OK or status in _MOVED


def _site_problems(site: Site) -> Iterator[str]:
    if not site.organisation.endswith(" (voorbeeld)"):
        yield "the organisation does not end in (voorbeeld)"
    if "verzonnen" not in site.settings.footer:
        yield "the footer does not say that the organisation is verzonnen"
    for prefix in site.settings.disallowed:
        if f"Disallow: {prefix}\n" not in site.settings.robots:
            yield f"robots.txt does not disallow {prefix}"
    for pdf in site.pdfs:
        if not pdf.file.exists():
            yield f"pdfs/{pdf.name}.pdf has not been built"


def _address_problems(site: Site) -> Iterator[str]:
    addresses = [path for page in site.pages for path in (page.path, *page.also)]
    addresses += [pdf.path for pdf in site.pdfs]
    for address in sorted({path for path in addresses if addresses.count(path) > 1}):
        yield f"two documents have the address {address}"
    if site.start not in addresses:
        yield f"there is no page at the start address {site.start}"
    for _, page_path in site.fallbacks:
        if page_path not in addresses:
            yield f"there is no page {page_path} to fall back to"


def _page_problems(page: Page) -> Iterator[str]:
    if not page.path.startswith("/"):
        yield "the path does not start with /"
    if page.published and not _FIRST_DAY <= page.published <= _LAST_DAY:
        yield f"the date {page.published} is out of range"
    if page.published is None and page.date_shown != "none":
        yield "a page without a date cannot show it"
    if re.search(r"<h1[ >]", page.body):
        yield "the body has an h1; the template writes it"


def _redirect_problems(site: Site, answers: SiteAnswers) -> Iterator[str]:
    for redirect in site.redirects:
        if answers.answer(redirect.target).status != HTTPStatus.OK:
            yield f"the redirect {redirect.source} does not end at a page"


def _coverage_problems(site: Site, answers: SiteAnswers, seen: set[str]) -> Iterator[str]:
    """What a site promises must also be met by a visitor who follows its links."""
    for path in (*site.settings.gone, *site.settings.missing):
        if path not in seen:
            yield f"no page links to {path}, which does not exist on purpose"
    for prefix in site.settings.disallowed:
        if not any(target.startswith(prefix) for target in seen):
            yield f"no page links to the disallowed {prefix}"
    listed = _sitemap_paths(site)
    for path in sorted(listed):
        if not _expected(site, answers, path):
            yield f"a sitemap names {path}, which does not exist"
    for document in site.documents:
        if document.path not in listed | seen | {site.start}:
            yield f"nothing leads to {document.path}"


def _sitemap_paths(site: Site) -> set[str]:
    extra = {path for sitemap in site.sitemaps for path in sitemap.extra}
    named = (item for sitemap in site.sitemaps for item in sitemap_documents(site, sitemap))
    return extra | {item.path for item in named}


def main(slugs: list[str]) -> int:
    """Print every problem of the named sites (of all, when none is named)."""
    sites = [site for site in load_sites() if not slugs or site.slug in slugs]
    found = [problem for site in sites for problem in problems(site)]
    for site in sites:
        pdfs = len(site.pdfs)
        sys.stdout.write(f"{site.slug}: {len(site.documents)} documents, {pdfs} of them PDF\n")
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
