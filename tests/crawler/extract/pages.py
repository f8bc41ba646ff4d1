"""Bodies for these tests: fetched answers, pages and PDFs, made here."""

from datetime import UTC, datetime

from fpdf import FPDF

from crawler.extract.child import facts_of
from crawler.extract.facts import Ask, Facts, Failure
from crawler.extract.outcomes import Rules
from crawler.outcomes import Fetched

ADDRESS = "https://www.dorpsraad.nl/nieuws/een-bericht"
RULES = Rules("Dorpsraad (voorbeeld)")

ARTICLE = (
    "De bewoners van het dorp hebben samen een plan gemaakt voor het oude schoolgebouw. "
    "Zij willen er een ontmoetingsplek van maken, met een keuken, een zaal en een tuin. "
    "De gemeente betaalt een deel van de kosten en de provincie doet ook mee. "
)


def fetched(
    body: bytes | str,
    *,
    media_type: str = "text/html",
    url: str = ADDRESS,
    charset: str | None = None,
    **headers: str,
) -> Fetched:
    """An answer with that body; a keyword such as ``x_robots_tag`` becomes a header."""
    raw = body.encode() if isinstance(body, str) else body
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        body=raw,
        media_type=media_type,
        charset=charset,
        etag=None,
        last_modified=None,
        received_bytes=len(raw),
        fetched_at=datetime(2025, 6, 1, 12, tzinfo=UTC),
        elapsed=0.1,
    )


def found_in(body: bytes | str, *, url: str = ADDRESS, media_type: str = "text/html") -> Facts:
    """The facts of a body, parsed in this process."""
    found = outcome_of(body, url=url, media_type=media_type)
    assert isinstance(found, Facts), found
    return found


def outcome_of(
    body: bytes | str, *, url: str = ADDRESS, media_type: str = "text/html"
) -> Facts | Failure:
    """The facts, or why there are none."""
    raw = body.encode() if isinstance(body, str) else body
    return facts_of(raw, Ask(url, media_type, None, RULES.organisation, "2025-06-01"))


def page(content: str, head: str = "<title>Een bericht</title>", lang: str = "nl") -> str:
    """A page as sites make them, with a menu and a footer around the content."""
    return f"""<!doctype html><html lang="{lang}"><head>{head}</head><body>
<header><a href="/">Dorpsraad</a></header>
<nav><ul><li><a href="/nieuws/">Nieuws</a></li><li><a href="/contact/">Contact</a></li></ul></nav>
<main>{content}</main>
<footer><p>Stichting Dorpsraad, postbus 1, 1000 AA</p></footer></body></html>"""


def pdf(*pages: str, title: str = "", created: datetime | None = None) -> bytes:
    """A PDF with a page for each text."""
    file = FPDF()
    file.set_font("Helvetica", size=12)
    file.set_creation_date(created or datetime(2024, 4, 13, 9, tzinfo=UTC))
    if title:
        file.set_title(title)
    for text in pages:
        file.add_page()
        if text:
            file.multi_cell(0, 8, text)
    return bytes(file.output())
