"""The one normal form of an address, the scope of a source and what is refused at sight."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.urls import (
    canonical,
    canonical_for,
    normalise,
    problem,
    same_site,
    scope_problem,
    split,
)
from library.store import Source

STANDARD = Path(__file__).parents[2].parent / "shared" / "conformance" / "url"


def source(url: str, **changes: Any) -> Source:
    return Source(
        id=1,
        slug="bron",
        name="Bron",
        organisation="Bron",
        url=url,
        added_at=datetime(2026, 1, 1, tzinfo=UTC),
        **changes,
    )


@pytest.mark.skipif(not STANDARD.is_dir(), reason="no WHATWG cases in the data beside the project")
def test_every_case_of_the_whatwg_standard() -> None:
    cases = [
        case
        for case in json.loads((STANDARD / "urltestdata.json").read_text("utf-8"))
        if isinstance(case, dict)
    ]
    wrong = [
        case["input"]
        for case in cases
        if normalise(case["input"], case["base"]) != (None if "failure" in case else case["href"])
    ]
    assert len(cases) == 891
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("HTTP://WWW.Voorbeeld.NL:80/Pad", "http://www.voorbeeld.nl/Pad"),
        ("https://voorbeeld.nl:443", "https://voorbeeld.nl/"),
        ("https://voorbeeld.nl:8443/", "https://voorbeeld.nl:8443/"),
        ("https://voorbeeld.nl/a/./b/../c#kop", "https://voorbeeld.nl/a/c"),
        ("https://voorbeeld.nl/a?", "https://voorbeeld.nl/a"),
        ("https://voorbeeld.nl/?b=2&utm_source=x&a=1&fbclid=y", "https://voorbeeld.nl/?b=2&a=1"),
        ("https://voorbeeld.nl/?UTM_Medium=mail&replytocom=4&print=1", "https://voorbeeld.nl/"),
        ("https://voorbeeld.nl/?a=1&&a=2", "https://voorbeeld.nl/?a=1&a=2"),
        ("https://voorbeeld.nl/%7Eik/%c3%abn?q=%2f", "https://voorbeeld.nl/~ik/%C3%ABn?q=%2F"),
        ("https://voorbeeld.nl/x;jsessionid=12AB?PHPSESSID=3", "https://voorbeeld.nl/x"),
        ("https://voorbeeld.nl/?n%5Bid%5D=%5B1", "https://voorbeeld.nl/?n[id]=%5B1"),
        ("https://voorbeeld.nl/??", "https://voorbeeld.nl/??"),
        ("https://voorbeeld.nl/a??b=1&?", "https://voorbeeld.nl/a??b=1&?"),
        ("  https://voorbeeld.nl/een pad ", "https://voorbeeld.nl/een%20pad"),
        ("http://dorpsvereniging-ééndracht.nl/", "http://xn--dorpsvereniging-ndracht-qcca.nl/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("ftp://voorbeeld.nl/", None),
        ("mailto:info@voorbeeld.nl", None),
        ("javascript:alert(1)", None),
        ("https://naam:geheim@voorbeeld.nl/", None),
        ("https://[::1", None),
        ("geen adres", None),
    ],
)
def test_canonical_form(written: str, form: str | None) -> None:
    assert canonical(written) == form


def test_a_relative_address_is_read_from_its_page() -> None:
    assert canonical("../b?x", "https://voorbeeld.nl/map/a/") == "https://voorbeeld.nl/map/b?x"
    assert canonical("//ander.nl/", "https://voorbeeld.nl/") == "https://ander.nl/"


PIECES = (
    *("/", "//", ".", "..", "%2e", "%2E%2e", "\\", "a", "B", "é", " ", "\t", "~", ";", ";sid=1"),
    *(";jsessionid=2;", "?", "??", "&", "=", "#", "utm_source=1", "print", "+", "%20", "%", "%25"),
    *("%2", "2f", "%2f", "%5B", "%5d", "[", "]", "%5C", "%00", "%c3%a9", "@", ":", "'", "|", "^"),
)


@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.sampled_from([None, (), ("a*",), ("*",)]),
)
def test_the_canonical_form_of_a_canonical_form_is_itself(
    tail: str, kept: tuple[str, ...] | None
) -> None:
    form = canonical("https://voorbeeld.nl/" + tail, None, kept)
    assert form is not None
    assert canonical(form, None, kept) == form


@pytest.mark.parametrize(
    ("kept", "form"),
    [
        ((), "https://voorbeeld.nl/n/1.aspx"),
        (("tx_news_pi1*", "cHash"), "https://voorbeeld.nl/n/1.aspx?tx_news_pi1[action]=d&cHash=9"),
        (("f[]",), "https://voorbeeld.nl/n/1.aspx?f[]=4"),
        (("*",), "https://voorbeeld.nl/n/1.aspx?tx_news_pi1[action]=d&t=x&f[]=4&cHash=9&utm_id=1"),
    ],
)
def test_a_source_chooses_its_parameters(kept: tuple[str, ...], form: str) -> None:
    written = "https://voorbeeld.nl/n/1.aspx?tx_news_pi1[action]=d&t=x&f[]=4&cHash=9&utm_id=1"
    assert canonical_for(written, source("https://voorbeeld.nl/", kept_parameters=kept)) == form


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://www.voorbeeld.nl/", None),
        ("http://93.184.216.34/", None),
        ("https://voorbeeld.nl/" + "a" * 2027, None),
        ("https://voorbeeld.nl/" + "a" * 2028, "url-too-long"),
        ("https://voorbeeld.nl" + "".join(f"/{n}" for n in range(16)), None),
        ("https://voorbeeld.nl" + "".join(f"/{n}" for n in range(17)), "too-many-segments"),
        ("https://voorbeeld.nl/a/b/a/b", None),
        ("https://voorbeeld.nl/a/b/a/b/a", "repeated-segment"),
        ("https://voorbeeld.nl/?" + "&".join(f"p{n}" for n in range(32)), None),
        ("https://voorbeeld.nl/?" + "&".join(f"p{n}" for n in range(33)), "too-many-parameters"),
        ("https://ik@voorbeeld.nl/", "credentials"),
        ("file:///etc/passwd", "bad-scheme"),
        ("gopher://voorbeeld.nl/", "bad-scheme"),
        ("https://", "bad-url"),
        ("https://voorbeeld.nl:8443/", "bad-port"),
        ("https://voorbeeld.nl:22/", "bad-port"),
        ("http://intranet/", "private-name"),
        ("http://localhost/", "private-name"),
        ("http://localhost./", "private-name"),
        ("http://printer.local/", "private-name"),
        ("http://PRINTER.LOCAL./", "private-name"),
        ("http://db.internal/", "private-name"),
        ("http://nas.lan/", "private-name"),
        ("http://nas.home.arpa/", "private-name"),
        ("http://app.localhost/", "private-name"),
        ("http://abcdef.onion/", "private-name"),
    ],
)
def test_what_is_refused_at_sight(url: str, reason: str | None) -> None:
    assert problem(url) == reason


def test_only_the_exact_trusted_pair_may_use_another_port() -> None:
    trusted = ("127.0.0.1:8101", "[::1]:8102")
    assert problem("http://127.0.0.1:8101/a", trusted) is None
    assert problem("http://2130706433:8101/a", trusted) is None
    assert problem("http://[::1]:8102/a", trusted) is None
    assert problem("http://127.0.0.1:8102/a", trusted) == "bad-port"
    assert problem("http://localhost:8101/a", trusted) == "private-name"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://voorbeeld.nl/a", "http://www.voorbeeld.nl/b", True),
        ("https://voorbeeld.nl/", "https://formulier.voorbeeld.nl/", False),
        ("http://127.0.0.1:8101/", "http://127.0.0.1:8101/x", True),
        ("http://127.0.0.1:8101/", "http://127.0.0.1:8102/", False),
        ("https://voorbeeld.nl/", "mailto:a@voorbeeld.nl", False),
    ],
)
def test_same_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


SITE = "https://voorbeeld.nl/kennis/"


@pytest.mark.parametrize(
    ("start", "scope", "url", "reason"),
    [
        (SITE, "site", "http://www.voorbeeld.nl/nieuws", None),
        (SITE, "site", "https://ander.nl/kennis/", "out-of-scope"),
        (SITE, "section", "https://voorbeeld.nl/kennis/a/b", None),
        (SITE, "section", "https://voorbeeld.nl/kennisbank", "out-of-scope"),
        ("https://voorbeeld.nl/kennis", "section", "https://voorbeeld.nl/kennis/a", None),
        (
            "https://voorbeeld.nl/kennis",
            "section",
            "https://voorbeeld.nl/kennisbank",
            "out-of-scope",
        ),
        (
            "https://voorbeeld.nl/kennis/index.html",
            "section",
            "https://voorbeeld.nl/kennis/a",
            None,
        ),
        (SITE, "page", "https://voorbeeld.nl/kennis/?utm_id=1", None),
        (SITE, "page", "https://voorbeeld.nl/kennis/a", "out-of-scope"),
        (SITE, "site", "https://voorbeeld.nl/account/x", "excluded"),
        (SITE, "site", "https://voorbeeld.nl/accountant", None),
    ],
)
def test_scope(start: str, scope: str, url: str, reason: str | None) -> None:
    assert scope_problem(url, source(start, scope=scope, path_rules=("deny /account",))) == reason


def test_the_parts_of_an_address() -> None:
    parts = split("http://[2001:DB8::1]:8080/a?b=c#d")
    assert parts is not None
    assert (parts.host, parts.port, parts.target) == ("[2001:db8::1]", 8080, "/a?b=c")
    assert parts.origin == "http://[2001:db8::1]:8080"
    assert split("ftp://voorbeeld.nl/") is None
