"""What became of a visit to an address: six frozen values, each with a reason code.

    Fetched      the body came whole and within every limit
    NotModified  the server said that our copy is still good
    Moved        the server names another address; nobody read the body
    Gone         404 or 410, or a page that says so in words: it is not there
    Refused      we chose not to ask, or not to go on
    Failed       it should have worked and did not; it says nothing about the page

Only ``Gone`` may ever lead to the removal of a document, and ``Refused`` only for the reasons in
``REMOVING``: a server that is down must not empty the index (threats, decision 16). ``REASONS`` is
the one table of codes with an English sentence; a code that is not in it cannot leave this package.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "fetched": "The page was fetched.",
        "not-modified": "The server says that the page did not change.",
        "same-bytes": "The bytes are the same as at the previous fetch.",
        "moved": "The page moved for good to another address.",
        "moved-temporarily": "The page is at another address for the time being.",
        "moved-away": "The page moved for good to an address outside the source.",
        "sent-away": "The page sends us, for the time being, to an address outside the source.",
        "canonical": "The page names another address of the same site as its proper one.",
        "same-page": "It is the page of another address of the site, written in another way.",
        "same-text": "Its bytes changed; what it says did not, or only counters and the like.",
        "soft-404": "The site says what it says of an address that does not exist.",
        "http-404": "The server says that the page is not there (404).",
        "http-410": "The server says that the page was removed for good (410).",
        "feed": "It is a feed: it gave addresses of pages and is no page itself.",
        # How a crawl ended.
        "quiet-hours": "The quiet hours of the site began; the crawl goes on after them.",
        "budget": "The number of pages for one crawl was reached.",
        "time-limit": "The crawl took longer than 6 hours and goes on the next time.",
        "asked": "Somebody asked to stop; the next crawl goes on from there.",
        "chosen": "Only the addresses that somebody chose were visited.",
        "abandoned": "The crawl was broken off more than a week ago and begun anew.",
        "brake": "The crawl would remove so many documents that a person must look first.",
        # Refused: we did not ask, or stopped by our own choice.
        "bad-url": "The address cannot be read.",
        "bad-scheme": "Only http and https addresses are fetched.",
        "credentials": "The address holds a user name or password.",
        "url-too-long": "The address is longer than 2,048 bytes.",
        "too-many-segments": "The path of the address has more than 16 parts.",
        "too-many-parameters": "The address has more than 32 parameters.",
        "repeated-segment": "A part of the path comes more than twice, as in a crawler trap.",
        "private-name": "The name of the host belongs to a private network.",
        "private-address": "The host leads to an address that is not on the public internet.",
        "bad-port": "Only the ports 80 and 443 are used.",
        "out-of-scope": "The address is outside the scope of the source.",
        "other-source": "Another source already gives this document.",
        "excluded": "The address is in a part of the site that the source leaves out.",
        "robots": "The robots.txt of the site does not allow it.",
        "robots-unreachable": "The robots.txt of the site could not be read, so nothing is fetched.",
        "crawl-delay-too-long": "The site asks for more than 60 seconds between two requests.",
        "host-stopped": "The host failed 10 times in a row and is left alone for this run.",
        "retry-later": "The server asked us to come back much later.",
        "no-yield": "Addresses of this form give the same over and over, as in a crawler trap.",
        "too-deep": "The address is more links away from the start than we follow.",
        "too-many-addresses": "The source has more addresses than we keep.",
        "nofollow": "The page asks us not to follow its links.",
        "too-large": "The answer is larger than the limit.",
        "unsupported-type": "This type of file is not read.",
        "bomb": "The answer unpacks to more than 100 times its size.",
        "bad-encoding": "The answer is packed in a way that we did not ask for.",
        "bad-gzip": "The packed answer is damaged.",
        "redirect-loop": "The redirects go round in a circle.",
        "too-many-redirects": "There are too many redirects in a row.",
        "bad-redirect": "The redirect leads to no address that can be read.",
        # Failed: says nothing about the page itself.
        "dns-failed": "The name of the host was not found.",
        "connect-failed": "No connection could be made.",
        "tls-failed": "The secure connection could not be made.",
        "timeout": "The server was silent or slow for too long.",
        "bad-response": "The answer breaks the rules of HTTP.",
        "connection-lost": "The connection was broken before there was an answer.",
        "short-body": "The answer ended before it was complete.",
        "http-1xx": "The server gave a provisional answer only.",
        "http-2xx": "The server gave an answer without a page.",
        "http-3xx": "The server gave a redirect that leads nowhere.",
        "http-401": "The page asks for a password (401).",
        "http-403": "The server does not let us see the page (403).",
        "http-429": "The server finds that we ask too much (429).",
        "http-4xx": "The server refused the request.",
        "http-500": "The server broke on the request (500).",
        "http-502": "The server behind the site did not answer well (502).",
        "http-503": "The server is not available for the moment (503).",
        "http-504": "The server behind the site did not answer in time (504).",
        "http-5xx": "The server broke on the request.",
    }
)

REMOVING = frozenset({"robots", "out-of-scope", "excluded", "moved-away"})
"""Reasons to refuse that also take an earlier document of that address out of the index."""


def http_reason(status: int) -> str:
    """The code for a status: ``http-503`` where that status has its own sentence, else its class.

    A status of 600 and more counts as 5xx (RFC 9110, section 15).
    """
    exact = f"http-{status}"
    return exact if exact in REASONS else f"http-{min(status // 100, 5)}xx"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer. ``body`` is unpacked; ``received_bytes`` counts what came over the line.

    ``headers`` has lower-case names; ``media_type`` is the lower-case type without parameters and
    ``charset`` the parameter of that name, as the server sent them, believed by nobody yet.
    ``elapsed`` is in seconds. ``url`` was asked for, ``final_url`` answered (after redirects).
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    media_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    received_bytes: int
    fetched_at: datetime
    elapsed: float
    reason: str = "fetched"


@dataclass(frozen=True, slots=True)
class NotModified:
    """Status 304: the copy that belongs to the validators we sent is still good."""

    url: str
    fetched_at: datetime
    elapsed: float
    reason: str = "not-modified"


@dataclass(frozen=True, slots=True)
class Moved:
    """A redirect to ``target``, normalised. ``reason`` is "moved" for 301 and 308."""

    url: str
    target: str
    status: int
    elapsed: float
    reason: str

    @property
    def permanent(self) -> bool:
        return self.reason == "moved"


@dataclass(frozen=True, slots=True)
class Gone:
    """404 or 410, or another status with what the site says where nothing is ("soft-404")."""

    url: str
    status: int
    elapsed: float
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """We did not ask, or did not go on, for a reason of our own. ``detail`` is for the log."""

    url: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """It should have worked. ``retry_after`` is what the server asked for, in seconds."""

    url: str
    reason: str
    status: int | None = None
    retry_after: float | None = None
    elapsed: float = 0.0
    detail: str = ""


Outcome = Fetched | NotModified | Moved | Gone | Refused | Failed
