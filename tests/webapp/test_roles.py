"""Every route says who may use it, and nobody else can."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from library.store.accounts import Role
from tests.webapp.addresses import address_of, methods_of, rules
from tests.webapp.conftest import Site, sign_in, signed_in_as, token
from webapp.messages import say
from webapp.roles import ADMITTED, MissingRole, check_roles, role_of

PUBLIC = {
    "/",
    "/zoeken",
    "/document/<anything:document_id>",
    "/doelen",
    "/doel/<slug>",
    "/over",
    "/crawler",
    "/hulp-bij-zoeken",
    "/privacy",
    "/organisatie/<anything:name>",
    "/toegankelijkheid",
    "/ingebed",
    "/zoekvak",
    "/healthz",
    "/metrics",
    "/volgen",
    "/volgen/<token>",
    "/volgen/stop/<token>",
    "/partner/maandbericht/stop/<token>",
    "/api",
    "/api/v1/zoeken",
    "/api/v1/per-doel",
    "/api/v1/documenten/<anything:document_id>",
    "/api/v1/suggesties",
    "/suggesties",
    "/api/v1/doelen",
    "/api/v1/organisaties",
    "/api/v1/status",
    "/api/v1/openapi.json",
    "/zoeken.atom",
    "/doel/<slug>.atom",
    "/opensearch.xml",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-<int:number>.xml",
    "/inloggen",
    "/inloggen/<token>",
    "/inloggen/met-passkey",
    "/bron-aanmelden",
    "/aanmelding/<token>",
    "/aanmelding/<token>/bevestigen",
    "/aanmelding/<token>/intrekken",
    "/aanmelding/<token>/antwoorden",
    "/aanmelding/<token>/verbeteren",
}
HALF = {
    "/inloggen/passkey",
    "/inloggen/tweede-stap",
    "/inloggen/code",
    "/uitloggen",
    "/account/passkeys",
    "/account/app",
}
MODERATOR = {
    "/beheer/hulp",
    "/beheer/hulp/<slug>",
    "/beheer/aanmeldingen",
    "/beheer/aanmeldingen/besluit",
    "/beheer/aanmeldingen/<int:submission_id>",
    "/beheer/aanmeldingen/<int:submission_id>/notities",
    "/beheer/aanmeldingen/<int:submission_id>/proef",
    "/beheer/aanmeldingen/<int:submission_id>/terugdraaien",
    "/beheer/beoordelen",
    "/beheer/doelen",
    "/beheer/doelen/nakijken",
    "/beheer/proef",
    "/beheer/proef/<int:job_id>",
    "/beheer/taken",
    "/beheer/taken/<int:job_id>",
    "/beheer/taken/<int:job_id>.json",
}
PARTNER = {"/partner", "/partner/hulp", "/partner/hulp/<slug>", "/partner/maandbericht"}
ACCOUNT = {
    "/doelen-nakijken/<anything:document_id>",
    "/doelen-nakijken/terugdraaien/<int:number>",
}
ROLES: tuple[Role, ...] = ("partner", "moderator", "admin")


def test_the_table_of_roles(site: Site) -> None:
    app = site.app
    declared: dict[str, set[str]] = {}
    for rule in rules(app):
        declared.setdefault(role_of(app, rule.endpoint), set()).add(rule.rule)
    assert declared.pop("public") == PUBLIC
    assert declared.pop("half") == HALF
    assert declared.pop("moderator") == MODERATOR
    assert declared.pop("partner") == PARTNER
    own = {rule for rule in declared.pop("account") if not rule.startswith("/account")}
    assert own == ACCOUNT
    assert all(rule.startswith("/beheer") for rule in declared.pop("admin"))
    assert declared == {}


@pytest.mark.parametrize("who", ROLES)
def test_every_route_lets_in_whom_it_declares_and_nobody_else(site: Site, who: Role) -> None:
    app, client = site.app, signed_in_as(site, who)
    walked = 0
    for rule in rules(app):
        declared = role_of(app, rule.endpoint)
        for method in methods_of(rule):
            if declared in {"public", "half"}:
                continue
            answer = client.open(address_of(app, rule), method=method)
            if who in ADMITTED[declared]:
                assert answer.status_code not in {403, 500}, rule.rule
            elif method == "GET":
                assert answer.status_code == 403, rule.rule
            else:
                assert answer.status_code in {400, 403}, rule.rule
            walked += 1
    assert walked >= 29
    assert site.store.jobs.recent(10) == ()


def test_a_route_without_a_role_is_refused(site: Site) -> None:
    app = site.app
    app.add_url_rule("/nieuw", "nieuw", lambda: "open")
    with pytest.raises(MissingRole, match="nieuw"):
        check_roles(app)
    assert app.test_client().get("/nieuw").status_code == 500


def test_strangers_get_no_private_route(site: Site) -> None:
    app = site.app
    client = app.test_client()
    walked = 0
    for rule in rules(app):
        if role_of(app, rule.endpoint) != "public":
            for method in methods_of(rule):
                answer = client.open(address_of(app, rule), method=method)
                assert answer.status_code in {400, 403}, rule.rule
                walked += 1
    assert walked >= 30
    assert site.store.jobs.recent(10) == ()


WITHOUT_FORM = {
    "/volgen/stop/<token>",
    "/partner/maandbericht/stop/<token>",
    "/document/<anything:document_id>",
}
"""What a mail program posts by itself (RFC 8058): the signed token in the address is the proof. And
what any reader says of a document, which a token from its public page would make no safer."""


def changing(app: Flask) -> list[str]:
    return [
        address_of(app, rule)
        for rule in rules(app)
        if "POST" in methods_of(rule) and rule.rule not in WITHOUT_FORM | PARTNER
    ]


def test_no_change_without_the_token_of_the_form(site: Site, admin: FlaskClient) -> None:
    addresses = changing(site.app)
    assert len(addresses) >= 20
    for address in addresses:
        assert admin.post(address).status_code == 400
        assert admin.post(address, data={"csrf_token": "x"}).status_code == 400
    assert site.store.jobs.recent(10) == ()


def test_a_partner_needs_the_token_too(partner: FlaskClient) -> None:
    assert partner.post("/partner/maandbericht").status_code == 400
    assert partner.post("/partner/maandbericht", data={"csrf_token": "x"}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_change_from_another_site(
    site: Site, admin: FlaskClient, headers: dict[str, str]
) -> None:
    form = {"csrf_token": token(admin.get("/beheer").text)}
    for address in changing(site.app):
        assert admin.post(address, data=form, headers=headers).status_code == 400
    assert site.store.jobs.recent(10) == ()


def test_no_change_by_get(site: Site, admin: FlaskClient) -> None:
    for address in changing(site.app):
        admin.get(address)
    assert site.store.jobs.recent(10) == ()


def test_the_token_of_one_session_is_no_good_in_another(site: Site, admin: FlaskClient) -> None:
    other = sign_in(site, site.app.test_client(), "Ander")
    form = {"csrf_token": token(other.get("/beheer").text)}
    assert admin.post("/beheer/herindexeren", data=form).status_code == 400


def test_who_may_not_see_a_page_reads_why(partner: FlaskClient) -> None:
    answer = partner.get("/beheer")
    assert answer.status_code == 403
    assert say("error.403") in answer.text
