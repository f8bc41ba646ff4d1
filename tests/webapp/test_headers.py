"""Headers on every answer, no cookie for visitors, and nothing of /beheer kept."""

import re

import pytest
from flask.testing import FlaskClient

from tests.webapp.addresses import address_of, methods_of, rules
from tests.webapp.conftest import Site
from webapp.assets import asset
from webapp.roles import role_of

POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
ERRORS = (
    ("GET", "/bestaat-niet"),
    ("PUT", "/zoeken"),
    ("TRACE", "/"),
    ("GET", "/zoeken?q="),
    ("GET", "/zoeken?q=" + "a" * 300),
    ("GET", "/static/oud/site.css"),
    ("POST", asset("site.css")),
    ("GET", asset("site.css")),
    ("GET", asset("job.js")),
    ("HEAD", "/"),
)


FRAMED = "/ingebed"
"""The one page that the sites of partners may show in a frame."""


def has_the_headers(client: FlaskClient, method: str, address: str) -> None:
    answer = client.open(address, method=method)
    sent = answer.headers.getlist("Content-Security-Policy")
    assert len(sent) == 1, address
    parts = set(re.split(r";\s*", sent[0].rstrip("; ")))
    if address == FRAMED:
        assert POLICY - parts == {"frame-ancestors 'none'"}
        assert len(parts) == len(POLICY)
    else:
        assert parts == POLICY
        assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_every_route_for_everybody(site: Site, admin: FlaskClient, client: FlaskClient) -> None:
    app = site.app
    for rule in rules(app):
        for method in methods_of(rule):
            has_the_headers(admin, method, address_of(app, rule))
            has_the_headers(client, method, address_of(app, rule))


@pytest.mark.parametrize(("method", "address"), ERRORS)
def test_errors_redirects_and_files(client: FlaskClient, method: str, address: str) -> None:
    has_the_headers(client, method, address)


def test_a_host_that_is_not_ours_gets_the_headers_too(client: FlaskClient) -> None:
    answer = client.get("/", base_url="http://evil.example")
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers
    assert "evil.example" not in answer.text


def test_visitors_get_no_cookie(site: Site, client: FlaskClient) -> None:
    app = site.app
    for rule in rules(app):
        if role_of(app, rule.endpoint) == "public":
            answer = client.get(address_of(app, rule))
            assert "Set-Cookie" not in answer.headers, rule.rule
            # The form looks who is signed in, so that partners need not tell who they are.
            if rule.rule != "/bron-aanmelden":
                assert "Cookie" not in answer.headers.get("Vary", ""), rule.rule
    assert "Set-Cookie" not in client.get("/bestaat-niet").headers
    assert "Set-Cookie" not in client.get("/beheer").headers


def test_nothing_of_an_admin_is_kept(site: Site, admin: FlaskClient) -> None:
    app = site.app
    for rule in rules(app):
        if role_of(app, rule.endpoint) == "admin":
            for method in methods_of(rule):
                answer = admin.open(address_of(app, rule), method=method)
                if answer.status_code < 300 or answer.status_code >= 400:
                    assert answer.headers["Cache-Control"] == "no-store", rule.rule


def test_files_may_be_kept_for_ever(client: FlaskClient) -> None:
    answer = client.get(asset("site.css"))
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert re.fullmatch(r"/static/[0-9a-f]{12}/site\.css", asset("site.css"))
    with pytest.raises(FileNotFoundError):
        asset("no-such-file.css")
