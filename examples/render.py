"""Turns a page of an example site into the HTML its content system would send.

In: a :class:`Site` and one of its pages. Out: the text of the whole page, not yet encoded.
"""

import datetime as dt
import json
from html import escape
from string import Template

from examples.sites import DateForm, Page, Site

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def page_html(site: Site, page: Page, *, views: int = 0) -> str:
    """The whole page; `views` fills the counter of a site that has one."""
    settings = site.settings
    return Template(site.template).substitute(
        language=escape(page.language),
        title=escape(page.title),
        organisation=escape(site.organisation),
        charset_meta=f'<meta charset="{settings.encoding}">',
        description_meta=_description(page),
        date_meta=_date_meta(page),
        date_json_ld=_date_json_ld(page),
        date_text=_date_text(page, settings.dates),
        alternates=_alternates(site, page),
        menu=_menu(site),
        cookie=settings.cookie,
        body=page.body,
        listing=_listing(site, page),
        attachments=_attachments(site, page),
        counter=_counter(settings.counter, views),
        footer=settings.footer,
        path=escape(page.path),
    )


def dutch_date(day: dt.date, form: DateForm) -> str:
    """A day as a Dutch site writes it: 6 december 2023, 06 december 2023 or 06-12-2023."""
    if form == "dashes":
        return f"{day:%d-%m-%Y}"
    number = f"{day.day:02}" if form == "zero" else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def dutch_number(value: int) -> str:
    """A whole number with points between the thousands: 1.234."""
    return f"{value:,}".replace(",", ".")


def listed_pages(site: Site, section: str) -> list[Page]:
    """The pages of a section, newest first; undated pages follow by title."""
    pages = [page for page in site.pages if page.section == section]
    dated = [page for page in pages if page.published and page.date_shown != "none"]
    undated = [page for page in pages if page not in dated]
    dated.sort(key=lambda page: (page.published or dt.date.min, page.title), reverse=True)
    return dated + sorted(undated, key=lambda page: page.title)


def _description(page: Page) -> str:
    if not page.summary:
        return ""
    return f'<meta name="description" content="{escape(page.summary)}">'


def _date_meta(page: Page) -> str:
    if page.date_shown != "meta" or page.published is None:
        return ""
    moment = f"{page.published.isoformat()}T09:00:00+01:00"
    return f'<meta property="article:published_time" content="{moment}">'


def _date_json_ld(page: Page) -> str:
    if page.date_shown != "json-ld" or page.published is None:
        return ""
    article = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "datePublished": page.published.isoformat(),
    }
    # A "<" inside a string could end the script element; JSON may write it as an escape.
    text = json.dumps(article, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _date_text(page: Page, form: DateForm) -> str:
    if page.date_shown != "text" or page.published is None:
        return ""
    return dutch_date(page.published, form)


def _alternates(site: Site, page: Page) -> str:
    """Links to the twin in the other language, from both sides."""
    twins = [
        other
        for other in site.pages
        if other is not page and (other.path == page.twin or other.twin == page.path)
    ]
    return "".join(
        f'<link rel="alternate" hreflang="{escape(twin.language)}" href="{escape(twin.path)}">'
        for twin in twins
    )


def _menu(site: Site) -> str:
    return "".join(
        f'<li><a href="{escape(href)}">{escape(text)}</a></li>' for href, text in site.menu
    )


def _listing(site: Site, page: Page) -> str:
    if not page.lists:
        return ""
    return "\n".join(_teaser(site, item) for item in listed_pages(site, page.lists))


def _teaser(site: Site, page: Page) -> str:
    shown = page.published if page.date_shown != "none" else None
    return Template(site.settings.teaser).substitute(
        href=escape(page.path),
        title=escape(page.title),
        summary=escape(page.summary),
        date=dutch_date(shown, site.settings.dates) if shown else "",
    )


def _attachments(site: Site, page: Page) -> str:
    pdfs = [site.pdf_by_name[name] for name in page.attachments]
    return "\n".join(
        Template(site.settings.attachment).substitute(
            href=escape(pdf.path), title=escape(pdf.title)
        )
        for pdf in pdfs
    )


def _counter(form: str, views: int) -> str:
    return Template(form).substitute(views=dutch_number(views)) if form else ""
