"""Addresses: one normal form, the scope of a source, and what is refused before anything is asked.

In: what a page, a sitemap, a form or a server wrote. Out: strings in canonical form, or the reason
code that refuses them. Everything is read by one parser, ada-url, which follows the WHATWG URL
standard on all 891 cases of its public test; httpx reads another host in 22 of 278 of them
(threats, decision 8), so that what we check here must be what we dial later.

The limits are the stricter of those of Elastic's crawler and Heritrix (threats 2.2).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from ada_url import URL

from library.errors import KennisbankError
from library.source_rules import is_denied
from library.store import Source

MAX_BYTES = 2048
MAX_SEGMENTS = 16
MAX_PARAMETERS = 32
MAX_REPEATS = 2

DEFAULT_PORTS = {"http": 80, "https": 443}

TRACKING_PARAMETERS = (
    *(
        "utm_*",
        "mtm_*",
        "pk_*",
        "piwik_*",
        "matomo_*",
        "hsa_*",
        "_hsenc",
        "_hsmi",
        "mc_cid",
        "mc_eid",
    ),
    *(
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
    ),
    *("igshid", "li_fat_id", "mkt_tok", "_ga", "_gl", "vero_id", "oly_anon_id", "oly_enc_id"),
    *("phpsessid", "jsessionid", "aspsessionid*", "replytocom", "print"),
)
"""Parameters that never change what a page says; the last row holds sessions and page variants."""

_PRIVATE_SUFFIXES = (".local", ".internal", ".lan", ".home.arpa", ".localhost", ".onion")
_ESCAPE = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])%[0-9A-Fa-f]{2}")  # Not inside a broken escape.
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class BadAddress(KennisbankError):
    """What somebody gave as an address cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Parts:
    """An absolute http(s) address, taken apart. ``host`` keeps the brackets of an IPv6 address."""

    href: str
    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, written as in an address."""
        default = DEFAULT_PORTS[self.scheme] == self.port
        return f"{self.scheme}://{self.host}" + ("" if default else f":{self.port}")

    @property
    def target(self) -> str:
        """Path and query: what a robots.txt speaks about."""
        return self.path + (f"?{self.query}" if self.query else "")


def normalise(url: str, base: str | None = None) -> str | None:
    """The address as the WHATWG standard serialises it, of any scheme; None when it has no reading."""
    try:
        return str(URL(url, base=base).href) if base else str(URL(url).href)
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def split(url: str) -> Parts | None:
    """The parts of an absolute http(s) address; None for everything else."""
    try:
        parsed = URL(url)
    except ValueError:
        return None
    scheme = parsed.protocol.removesuffix(":")
    if scheme not in DEFAULT_PORTS:
        return None
    port = int(parsed.port) if parsed.port else DEFAULT_PORTS[scheme]
    query = parsed.search.removeprefix("?")
    return Parts(parsed.href, scheme, parsed.hostname, port, parsed.pathname, query)


def canonical(url: str, base: str | None = None, kept: Sequence[str] | None = None) -> str | None:
    """The one normal form of an http(s) address: the identity of what is found there.

    Lower-case host, no default port, no dot segments, no fragment, no session in the path, one
    spelling of each percent escape, no tracking parameters; the others stay in their order. With
    ``kept`` (glob patterns, as in ``Source.kept_parameters``) only parameters that match it stay.
    None when the address cannot be read, is of another scheme, or holds a user name.
    """
    try:
        parsed = URL(url.strip(), base=base) if base else URL(url.strip())
    except ValueError:
        return None
    if parsed.protocol not in {"http:", "https:"} or parsed.username or parsed.password:
        return None
    parsed.hash = ""
    parsed.pathname = _SESSION_IN_PATH.sub("", _tidy_escapes(parsed.pathname))
    query = _kept_query(parsed.search.removeprefix("?"), kept)
    # What is set here loses its first question mark, which may be part of the query.
    parsed.search = f"?{query}" if query else ""
    return str(parsed.href)


def canonical_url(url: str) -> str:
    """The canonical form of an address that somebody typed; raise ``BadAddress`` when it has none."""
    form = canonical(url)
    if form is None:
        raise BadAddress(
            f"{url!r} is not the address of a web page, such as https://voorbeeld.nl/."
        )
    return form


def _tidy_escapes(text: str) -> str:
    """Write each escape in upper case, and not at all where it hides an ordinary character.

    The two spellings are equal by RFC 3986, 6.2.2; the WHATWG standard leaves them as they came.
    """

    def spell(match: re.Match[str]) -> str:
        character = chr(int(match[0][1:], 16))
        return character if character in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(spell, text)


def _kept_query(query: str, kept: Sequence[str] | None) -> str:
    pairs = [pair for pair in query.split("&") if pair]
    return "&".join(_tidy_pair(pair) for pair in pairs if _is_kept(pair, kept))


def _tidy_pair(pair: str) -> str:
    """One spelling of a parameter; brackets in a name are sent both ways by the same site."""
    name, equals, value = pair.partition("=")
    name = _tidy_escapes(name).replace("%5B", "[").replace("%5D", "]")
    return name + equals + _tidy_escapes(value)


def _is_kept(pair: str, kept: Sequence[str] | None) -> bool:
    name = unquote(pair.partition("=")[0])
    if kept is not None:
        return any(_matches(pattern, name) for pattern in kept)
    return not any(_matches(pattern, name.lower()) for pattern in TRACKING_PARAMETERS)


def _matches(pattern: str, name: str) -> bool:
    return _glob(pattern).fullmatch(name) is not None


@lru_cache(maxsize=512)
def _glob(pattern: str) -> re.Pattern[str]:
    """Only ``*`` is special: parameter names such as ``f[]`` are full of other glob signs."""
    return re.compile(".*".join(re.escape(part) for part in pattern.split("*")))


def problem(url: str, trusted: Sequence[str] = ()) -> str | None:
    """Why this address is never asked for, as a reason code; None when nothing is against it.

    ``trusted`` are the exact ``address:port`` pairs of the settings, the only way past the rule on
    ports. What the name resolves to is checked later, at the socket (``crawler.guard``).
    """
    if len(url.encode()) > MAX_BYTES:
        return "url-too-long"
    try:
        parsed = URL(url)
    except ValueError:
        return "bad-url"
    if parsed.protocol not in {"http:", "https:"}:
        return "bad-scheme"
    if parsed.username or parsed.password:
        return "credentials"
    parts = split(url)
    assert parts is not None
    return _shape_problem(parts) or host_problem(parts.host, parts.port, trusted)


def _shape_problem(parts: Parts) -> str | None:
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > MAX_SEGMENTS:
        return "too-many-segments"
    if any(count > MAX_REPEATS for count in Counter(segments).values()):
        return "repeated-segment"
    if parts.query and parts.query.count("&") + 1 > MAX_PARAMETERS:
        return "too-many-parameters"
    return None


def host_problem(host: str, port: int, trusted: Sequence[str] = ()) -> str | None:
    """Refuse private names before anybody asks a name server about them, and unusual ports."""
    if f"{host}:{port}" in trusted:
        return None
    if not is_literal(host):
        name = host.rstrip(".").lower()
        if "." not in name or name.endswith(_PRIVATE_SUFFIXES):
            return "private-name"
    return None if port in DEFAULT_PORTS.values() else "bad-port"


def is_literal(host: str) -> bool:
    """Whether the host of a parsed address is an IP address (the parser rewrote odd spellings)."""
    return host.startswith("[") or re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}", host) is not None


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are on one host, with or without ``www.``, on the same port.

    The default ports count as one, as a site moves from http to https without changing.
    """
    first, second = split(one), split(other)
    return first is not None and second is not None and _site_of(first) == _site_of(second)


def _site_of(parts: Parts) -> tuple[str, int]:
    return parts.host.removeprefix(
        "www."
    ), 0 if parts.port in DEFAULT_PORTS.values() else parts.port


def scope_problem(url: str, source: Source) -> str | None:
    """Why an address does not belong to a source ("out-of-scope", "excluded"); None when it does."""
    here, start = split(url), split(source.url)
    if here is None or start is None or _site_of(here) != _site_of(start):
        return "out-of-scope"
    if is_denied(here.target, source.path_rules):
        return "excluded"
    if source.scope == "site" or canonical_for(url, source) == canonical_for(source.url, source):
        return None
    if source.scope == "section" and _under(here.path, _section_of(start.path)):
        return None
    return "out-of-scope"


def folder_of(source: Source) -> str:
    """The address of the folder that a source covers, with a slash at its end."""
    parts = split(source.url)
    if parts is None:
        raise BadAddress(f"The address {source.url} cannot be read.")
    path = _section_of(parts.path) if source.scope == "section" else "/"
    return f"{parts.origin}{path.rstrip('/')}/"


def _section_of(path: str) -> str:
    """The folder that a start page opens: itself, or what holds it when it is called a file."""
    folder, _, last = path.rpartition("/")
    return f"{folder}/" if "." in last else path


def _under(path: str, prefix: str) -> bool:
    """Whether a path is in a folder; ``/a`` holds ``/a`` and ``/a/b`` but not ``/about``."""
    return path == prefix or path.startswith(prefix if prefix.endswith("/") else f"{prefix}/")


def canonical_for(url: str, source: Source, base: str | None = None) -> str | None:
    """The canonical form by the rules of one source."""
    return canonical(url, base, source.kept_parameters)
