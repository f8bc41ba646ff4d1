"""Addresses outside our site: only http and https, read by the one WHATWG parser (ada).

In: an address that somebody else wrote. Out: one that may stand in ``href``, or nothing: a
``javascript:`` address in a document must never become a link (threats 2.5).
"""

from urllib.parse import quote, unquote

from ada_url import URL

from index.query import Fragment

WORDS_IN_LINK, FEWEST_IN_LINK = 5, 2
SCHEMES = frozenset({"http:", "https:"})


def outward(address: str) -> str | None:
    """Give the normal form of an address that a visitor may be sent to, else nothing."""
    parsed = _parsed(address)
    return None if parsed is None else str(parsed.href)


def host_of(address: str) -> str:
    """Name the site of an address, without ``www.``; empty for what is no link."""
    parsed = _parsed(address)
    return "" if parsed is None else str(parsed.hostname).removeprefix("www.")


def site_of(address: str) -> str:
    """Name the site with its port, where that is not the usual one: two ports are two sites."""
    parsed = _parsed(address)
    return "" if parsed is None else str(parsed.host).removeprefix("www.")


def target_of(address: str) -> str:
    """Give path and query of an address: what a rule of paths looks at."""
    parsed = _parsed(address)
    return "" if parsed is None else f"{parsed.pathname}{parsed.search}"


def address_key(address: str) -> str:
    """Give what spellings of an address have in common that are nearly always one page."""
    parsed = _parsed(address)
    if parsed is None:
        return ""
    return f"{site_of(address)}{str(parsed.pathname).rstrip('/')}{parsed.search}"


def passage(address: str, fragment: Fragment) -> str | None:
    """Link to the place of a fragment: the page of a PDF, or the words on a web page.

    The words follow the heading as a text fragment (WICG, Scroll to Text Fragment): a browser that
    does not know it, or does not find them, still goes to the heading.
    """
    link = outward(address)
    if link is None:
        return None
    bare = link.partition("#")[0]
    if fragment.page is not None:
        return f"{bare}#page={fragment.page}"
    anchor, words = quote(fragment.anchor or ""), _words_at(fragment)
    if words:
        return f"{bare}#{anchor}:~:text={quote(words, safe='').replace('-', '%2D')}"
    return f"{bare}#{anchor}" if anchor else link


def _words_at(fragment: Fragment) -> str:
    """A few whole words in a row, the first of them one that was found; too few find nothing."""
    before, marked = 0, ""
    for text, is_match in fragment.pieces:
        if is_match:
            marked = text
            break
        before += len(text)
    rest = fragment.text[before:] if marked else ""
    # Words of one line only: the next may stand in another paragraph.
    words = rest.partition("\n")[0].partition("…")[0].split(" ")
    return " ".join(words[:WORDS_IN_LINK]) if len(words) > FEWEST_IN_LINK else ""


def file_name(address: str) -> str:
    """Make the last part of an address readable, for a document without a title."""
    parsed = _parsed(address)
    if parsed is None:
        return ""
    last = unquote(str(parsed.pathname)).rstrip("/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    return " ".join(stem.replace("-", " ").replace("_", " ").split()).capitalize()


def _parsed(address: str) -> URL | None:
    try:
        parsed = URL(address)
    except ValueError:
        return None
    return parsed if parsed.protocol in SCHEMES and parsed.hostname else None
