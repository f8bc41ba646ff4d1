"""Naughty strings, in every place where somebody else's text is shown, stay text.

The list of naughty strings lies beside the project and is not part of it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

import webapp
from library.document import Document
from tests.webapp.conftest import Site, document, sign_in
from tests.webapp.reading import one, soup
from webapp.hits import document_address

LIST = Path(__file__).parents[2].parent / "shared" / "conformance" / "strings" / "blns.json"
FOLDER = Path(webapp.__file__).parent
PAYLOADS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '"autofocus onfocus=alert(1) x="',
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<style>@import 'http://evil.example'</style>",
    "<link rel=stylesheet href=http://evil.example>",
    "<base href=http://evil.example>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<form action=http://evil.example><button>x</button></form>",
    "<mark>echt</mark>",
    "{{ 7*7 }}{% raw %}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "<!--",
    "-->",
    "]]>",
    "</textarea></style></script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "\u202ejavascript:alert(1)",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
)
FOREIGN = (
    "iframe, object, embed, base, style, math, body [onload], meta[http-equiv], form[action^=http]"
)


def naughty() -> list[str]:
    if not LIST.exists():
        pytest.skip(f"the list of naughty strings is not at {LIST.name} beside the project")
    found: list[str] = json.loads(LIST.read_text())
    return [text for text in found if text.strip()]


def skeleton(page: BeautifulSoup) -> list[str]:
    """The elements of a page in their order, with the names of their attributes."""
    return [f"{tag.name} {sorted(tag.attrs)}" for tag in page.find_all(True)]


def foreign(page: BeautifulSoup) -> Iterator[str]:
    """What may stand on no page of ours."""
    yield from (str(tag) for tag in page.select(FOREIGN))
    for tag in page.find_all(True):
        yield from (f"{tag.name} {name}" for name in tag.attrs if name.lower().startswith("on"))
        for name in ("href", "src", "action"):
            address = str(tag.get(name, "/"))
            if not re.match(r"(https?://|/|#)", address):
                yield f"{tag.name} {name}={address}"
    for tag in page.select("script:not([src^='/static/'])"):
        # What is told to search engines is data: no markup can begin or end in it.
        is_data = tag.get("type") == "application/ld+json" and json.loads(tag.text)
        if not is_data or set("<>&") & set(tag.text):
            yield str(tag)


def is_clean(html: str) -> bool:
    found = list(foreign(soup(html)))
    assert found == []
    return True


DATA = '<script type="application/ld+json">{"name": "<b>"}</script>'


def test_the_check_itself_sees_what_is_foreign() -> None:
    for planted in (
        "<img src=x>",
        "<p onclick=x>",
        "<script>x</script>",
        "<iframe></iframe>",
        DATA,
    ):
        assert list(foreign(soup(f"<main>{planted}</main>"))) != []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_as_question_stays_text(client: FlaskClient, payload: str) -> None:
    answer = client.get("/zoeken", query_string={"q": payload}, follow_redirects=True)
    assert answer.status_code == 200
    assert is_clean(answer.text)
    if "\x00" not in payload:
        assert one(soup(answer.text), "#q")["value"] == payload.strip()


@pytest.mark.parametrize(
    "name", ["organisatie", "soort", "doel", "jaar_van", "sorteer", "p", "terug"]
)
def test_payloads_in_other_parameters_stay_text(client: FlaskClient, name: str) -> None:
    for payload in PAYLOADS:
        question = {"q": "subsidie", name: payload}
        answer = client.get("/zoeken", query_string=question, follow_redirects=True)
        assert answer.status_code == 200
        assert is_clean(answer.text)


def hostile(number: int, text: str) -> Document:
    """A document with a naughty string in every field that a stranger writes."""
    return document(
        f"d{number}",
        f"naughtyword {text}",
        title=f"{text} titel {number}",
        organisation=f"{text} organisatie",
        id=f"vreemd-{number}",
        url=text if number % 2 else f"https://example.org/{text}",
        canonical_url=f"https://example.org/{number}",
        language="fy",
        is_example=number % 3 == 0,
    )


def test_payloads_in_documents_stay_text(site: Site) -> None:
    shown_everywhere(site, PAYLOADS)


def test_naughty_strings_in_documents_stay_text(site: Site) -> None:
    shown_everywhere(site, naughty())


def shown_everywhere(site: Site, strings: list[str] | tuple[str, ...]) -> None:
    site.put(*(hostile(number, text) for number, text in enumerate(strings)))
    client = site.app.test_client()
    for number, text in enumerate(strings):
        answer = client.get(document_address(f"vreemd-{number}") + "?q=naughtyword")
        assert answer.status_code == 200
        page = soup(answer.text)
        assert list(foreign(page)) == []
        if text.isprintable():
            assert text.strip() in one(page, "h1").get_text()
    for address in ("/zoeken?q=naughtyword", "/zoeken?q=naughtyword&p=2", "/", "/over", "/doelen"):
        assert is_clean(client.get(address).text)


def test_naughty_strings_as_question_stay_text(client: FlaskClient) -> None:
    plain = skeleton(soup(client.get("/zoeken?q=xyzzyqq").text))
    for text in naughty():
        answer = client.get("/zoeken", query_string={"q": text}, follow_redirects=True)
        assert answer.status_code in {200, 400}
        page = soup(answer.text)
        assert list(foreign(page)) == []
        assert {line.split()[0] for line in skeleton(page)} >= {"html", "main", "footer"}
    assert plain == skeleton(soup(client.get("/zoeken?q=xyzzyqq").text))


def test_names_of_sources_and_admins_stay_text(site: Site) -> None:
    for number, payload in enumerate(PAYLOADS):
        site.store.sources.add(name=payload, url=f"javascript:alert({number})", organisation="x")
    client = sign_in(site, site.app.test_client(), PAYLOADS[0])
    for address in ("/beheer", "/beheer/bronnen", "/beheer/taken"):
        assert is_clean(client.get(address).text)


def test_no_template_switches_escaping_off() -> None:
    templates = sorted(FOLDER.rglob("*.html"))
    assert len(templates) > 15
    for path in templates:
        assert not re.search(
            r"\|\s*safe\b|autoescape|\son[a-z]+=|style=|<script>", path.read_text()
        ), path
    code = "".join(path.read_text() for path in FOLDER.rglob("*.py"))
    assert "Markup" not in code
    assert "render_template_string" not in code


def test_no_address_is_taken_from_the_request() -> None:
    """There is no ?url= anywhere: a redirect goes to our own path only."""
    for path in FOLDER.glob("*.py"):
        for call in re.findall(r"redirect\(([^,)]*)", path.read_text()):
            assert call.startswith(('"/', 'f"/', "question.")), (path.name, call)
