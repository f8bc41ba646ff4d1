"""The second factor of an admin without a passkey: codes of an app, and recovery codes.

The codes are made here as RFC 6238 tells, with the standard library and nothing of ours.
"""

import base64
import hashlib
import hmac
import re
import sqlite3
from contextlib import closing

import pytest
from flask.testing import FlaskClient

from library.store.codes import FIRST_WAIT, FREE_TRIES, MOST_TRIES, RECOVERY_CODES
from tests.webapp.addresses import methods_of, rules
from tests.webapp.conftest import Site, by_link, post, signed_in_as, token
from tests.webapp.reading import one, soup, texts
from webapp.messages import FACTOR_MAILS, say
from webapp.roles import wants_proof

EMAIL = "bo@dorp.nl"
STEP = 30


def code_of(secret: str, moment: float) -> str:
    """The six digits of RFC 6238 for a secret and a time."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, int(moment // STEP).to_bytes(8, "big"), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def test_codes_are_made_here_as_the_rfc_has_them() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [code_of(secret, moment) for moment in (59, 1111111109, 20000000000)] == [
        "287082",
        "081804",
        "353130",
    ]


def half_signed_in(site: Site) -> FlaskClient:
    """An admin who came by mail, of whom the second factor is still asked."""
    account = site.store.accounts.add_admin("Bo", EMAIL)
    link = site.store.accounts.sign_in_link(account.id, site.clock(), by_mail=True)
    client = site.app.test_client()
    answer = post(client, f"/inloggen/{link}", on=f"/inloggen/{link}")
    assert answer.location == "/inloggen/passkey"
    return client


def set_up(site: Site, client: FlaskClient) -> tuple[str, list[str]]:
    """Set up an app; give its secret and the recovery codes."""
    page = client.get("/account/app").text
    secret = "".join(re.findall(r"<code>([^<]+)</code>", page)[0].split())
    answer = client.post(
        "/account/app",
        data={
            "csrf_token": token(page),
            "app": field(page, "app"),
            "code": code_of(secret, site.clock().timestamp()),
        },
    )
    assert answer.status_code == 200, answer.text
    return secret, [code.text for code in soup(answer.text).select("li code")]


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def give(client: FlaskClient, **fields: str) -> int:
    return post(client, "/inloggen/code", on="/inloggen/passkey", **fields).status_code


def test_an_admin_without_a_passkey_signs_in_with_codes_of_an_app(site: Site) -> None:
    client = half_signed_in(site)
    assert say("second.new.app") in client.get("/inloggen/passkey").text
    secret, codes = set_up(site, client)
    assert client.get("/beheer").status_code == 200
    assert len(set(codes)) == RECOVERY_CODES

    again = half_signed_in(site)
    page = again.get("/inloggen/passkey").text
    assert say("second.code.h2") in page
    assert say("login.passkey.h2") not in page
    assert again.get("/beheer").location == "/inloggen/passkey"
    site.clock.forward(seconds=STEP)
    code = code_of(secret, site.clock().timestamp())
    answer = post(again, "/inloggen/code", on="/inloggen/passkey", code=f"{code[:3]} {code[3:]}")
    assert answer.location == "/beheer"
    assert again.get("/beheer").status_code == 200


def test_the_picture_holds_the_link(site: Site) -> None:
    page = soup(half_signed_in(site).get("/account/app").text)
    (link,) = page.select("a[href^=otpauth]")
    assert "secret=" in str(link["href"])
    (svg,) = page.select("main svg")
    size = int(str(svg["width"])) and int(str(svg["viewbox"]).split()[2])
    dark = {
        (int(column), int(line))
        for column, line in re.findall(r"M(\d+) (\d+)h1v1h-1z", str(svg.select("path")[1]["d"]))
    }
    # The three large corners of a QR code, inside a border of four squares.
    for left, top in ((4, 4), (size - 11, 4), (4, size - 11)):
        assert {(left + n, top) for n in range(7)} <= dark
        assert {(left, top + n) for n in range(7)} <= dark
        assert (left + 1, top + 1) not in dark
    assert min(min(dark)) == 4


def test_a_code_works_once(site: Site) -> None:
    secret, _ = set_up(site, half_signed_in(site))
    code = code_of(secret, site.clock().timestamp())
    assert give(half_signed_in(site), code=code) == 422  # It was used when the app was set up.
    site.clock.forward(seconds=STEP)
    code = code_of(secret, site.clock().timestamp())
    assert give(half_signed_in(site), code=code) == 303
    assert give(half_signed_in(site), code=code) == 422
    # An older code that was never used is no good either, after a newer one.
    site.clock.forward(seconds=10 * STEP)
    now = site.clock().timestamp()
    assert give(half_signed_in(site), code=code_of(secret, now)) == 303
    assert give(half_signed_in(site), code=code_of(secret, now - STEP)) == 422


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
def test_a_clock_may_be_one_step_wrong(site: Site, steps: int, status: int) -> None:
    secret, _ = set_up(site, half_signed_in(site))
    site.clock.forward(minutes=5)
    code = code_of(secret, site.clock().timestamp() + steps * STEP)
    assert give(half_signed_in(site), code=code) == status


def test_of_many_guesses_ten_are_looked_at(site: Site) -> None:
    secret, codes = set_up(site, half_signed_in(site))
    site.clock.forward(minutes=5)
    right = code_of(secret, site.clock().timestamp())
    client = half_signed_in(site)
    page = client.get("/inloggen/passkey").text
    statuses = []
    for n in range(178):
        # Five seconds apart, up to just before the first try counts no more.
        code = f"{n:06}" if f"{n:06}" != right else "999999"
        fields = {"csrf_token": token(page), "code": code}
        statuses.append(client.post("/inloggen/code", data=fields).status_code)
        site.clock.forward(seconds=5)
    assert statuses.count(422) == MOST_TRIES
    assert set(statuses) == {422, 429}
    # Neither the right code nor a recovery code is looked at now, from wherever it comes.
    right = code_of(secret, site.clock().timestamp())
    assert give(half_signed_in(site), code=right) == 429
    assert give(half_signed_in(site), noodcode=codes[0]) == 429
    assert client.get("/beheer").status_code == 303
    site.clock.forward(minutes=15)
    assert give(half_signed_in(site), code=code_of(secret, site.clock().timestamp())) == 303


def test_each_wrong_code_doubles_the_wait(site: Site) -> None:
    _, codes = set_up(site, half_signed_in(site))
    site.clock.forward(minutes=5)
    client = half_signed_in(site)
    assert [give(client, noodcode="fout") for _ in range(FREE_TRIES)] == [422] * FREE_TRIES
    waits = []
    for _ in range(MOST_TRIES - FREE_TRIES):
        answer = post(client, "/inloggen/code", on="/inloggen/passkey", noodcode=codes[0])
        wait = int(answer.headers["Retry-After"])
        waits.append((answer.status_code, wait))
        site.clock.forward(seconds=wait - 1)
        assert give(client, noodcode=codes[0]) == 429
        site.clock.forward(seconds=1)
        assert give(client, noodcode="fout") == 422
    first = int(FIRST_WAIT.total_seconds())
    assert waits == [(429, first * 2**n) for n in range(MOST_TRIES - FREE_TRIES)]


def test_how_long_to_wait_is_told(site: Site) -> None:
    set_up(site, half_signed_in(site))
    client = half_signed_in(site)
    told = set()
    for _ in range(FREE_TRIES + 5):
        give(client, code="fout")
        answer = post(client, "/inloggen/code", on="/inloggen/passkey", code="fout")
        if answer.status_code == 429:
            told.update(texts(soup(answer.text), ".error[role=alert]:not([hidden])"))
            site.clock.forward(seconds=int(answer.headers["Retry-After"]))
    waits = ("5 seconden", "10 seconden", "20 seconden", "40 seconden")
    longer = ("2 minuten", "3 minuten", "6 minuten")
    assert told == {say("code.many", time=time) for time in (*waits, *longer)}


def test_a_good_code_ends_the_waiting(site: Site) -> None:
    _, codes = set_up(site, half_signed_in(site))
    client = half_signed_in(site)
    for _ in range(FREE_TRIES - 1):
        give(client, noodcode="fout")
    assert give(client, noodcode=codes[0]) == 303
    again = half_signed_in(site)
    assert [give(again, noodcode="fout") for _ in range(FREE_TRIES)] == [422] * FREE_TRIES


def test_guesses_lock_nobody_else_out(site: Site) -> None:
    set_up(site, half_signed_in(site))
    client = half_signed_in(site)
    for _ in range(MOST_TRIES + 1):
        give(client, code="000000")
    other = site.store.accounts.add_admin("An", "an@dorp.nl")
    assert by_link(site, site.app.test_client(), other).get("/beheer").status_code == 200


def test_one_visitor_tries_so_many_codes_an_hour(site: Site) -> None:
    changed = site.settings.model_copy(update={"trusted_proxies": 1})
    served = Site(changed, site.store, site.index, site.clock)
    seen = []
    app = served.app
    for n in range(53):
        account = site.store.accounts.add(f"Admin {n}", "admin", email=f"a{n}@dorp.nl")
        client = app.test_client()
        link = "/inloggen/" + site.store.accounts.sign_in_link(
            account.id, site.clock(), by_mail=True
        )
        client.post(link, data={"csrf_token": token(client.get(link).text)})
        page = client.get("/inloggen/passkey").text
        answer = client.post(
            "/inloggen/code",
            data={"csrf_token": token(page), "code": "000000"},
            headers={"X-Forwarded-For": "192.0.2.9"},
        )
        seen.append(answer.status_code)
    assert seen == [422] * 50 + [429] * 3


def test_a_recovery_code_works_once_and_its_owner_is_told(site: Site) -> None:
    _, codes = set_up(site, half_signed_in(site))
    site.post_mail()
    typed = codes[0].upper().replace("-", " ")
    assert give(half_signed_in(site), noodcode=typed) == 303
    (letter,) = site.post_mail()
    assert letter.to == EMAIL
    assert FACTOR_MAILS["spare"] in letter.text
    assert give(half_signed_in(site), noodcode=codes[0]) == 422
    assert give(half_signed_in(site), noodcode=codes[1]) == 303


def test_a_recovery_code_belongs_to_one_account(site: Site) -> None:
    _, codes = set_up(site, half_signed_in(site))
    other = site.store.accounts.add_admin("An", "an@dorp.nl")
    assert not site.store.codes.use_recovery(other.id, codes[0])


def test_new_recovery_codes_end_the_old_ones(site: Site) -> None:
    client = half_signed_in(site)
    _, old = set_up(site, client)
    page = post(client, "/account/noodcodes", on="/account")
    new = [code.text for code in soup(page.text).select("li code")]
    assert page.headers["Cache-Control"] == "no-store"
    assert len(new) == RECOVERY_CODES
    assert give(half_signed_in(site), noodcode=old[0]) == 422
    assert give(half_signed_in(site), noodcode=new[0]) == 303


def test_a_stolen_database_holds_no_secret_and_no_code(site: Site) -> None:
    secret, codes = set_up(site, half_signed_in(site))
    with closing(sqlite3.connect(site.settings.database)) as connection:
        dump = "\n".join(connection.iterdump())
    for trace in (secret, *codes, *(code.replace("-", "") for code in codes)):
        assert trace not in dump
    assert base64.b32decode(secret).hex() not in dump.lower()


def test_who_has_a_second_factor_cannot_make_another_by_mail_alone(site: Site) -> None:
    set_up(site, half_signed_in(site))
    client = half_signed_in(site)
    assert client.get("/account/app").status_code == 403
    fields = {"csrf_token": token(client.get("/inloggen/passkey").text)}
    for address in ("/account/app", "/account/passkeys"):
        assert client.post(address, data=fields).status_code == 403
    for address in ("/account/app/verwijderen", "/account/noodcodes"):
        assert client.post(address, data=fields).location == "/inloggen/passkey"


def test_an_app_is_kept_only_with_a_code_of_it(site: Site) -> None:
    client = half_signed_in(site)
    page = client.get("/account/app").text
    fields = {"csrf_token": token(page), "app": field(page, "app"), "code": "12345"}
    answer = client.post("/account/app", data=fields)
    assert answer.status_code == 422
    assert say("app.error") in answer.text
    # The secret stays, so that nobody has to scan again after a typing error.
    assert re.findall(r"<code>(.+)</code>", answer.text) == re.findall(r"<code>(.+)</code>", page)
    assert client.get("/beheer").status_code == 303


def test_the_form_of_somebody_else_or_of_yesterday_is_refused(site: Site) -> None:
    other = site.app.test_client()
    by_link(site, other, site.store.accounts.add_admin("An", "an@dorp.nl"))
    strange = field(other.get("/account/app").text, "app")
    client = half_signed_in(site)
    for value in (strange, "x", ""):
        answer = post(client, "/account/app", on="/account/app", app=value, code="000000")
        assert answer.status_code == 422
        assert say("app.late") in answer.text


def test_an_app_can_go(site: Site) -> None:
    client = half_signed_in(site)
    secret, _ = set_up(site, client)
    site.post_mail()
    assert post(client, "/account/app/verwijderen", on="/account").status_code == 303
    (letter,) = site.post_mail()
    assert FACTOR_MAILS["no-app"] in letter.text
    site.clock.forward(seconds=STEP)
    code = code_of(secret, site.clock().timestamp())
    assert give(half_signed_in(site), code=code) == 422


@pytest.mark.parametrize("role", ["partner", "moderator"])
def test_who_needs_no_second_factor_is_offered_none(site: Site, role: str) -> None:
    client = signed_in_as(site, role)  # type: ignore[arg-type]  # one of the roles, as above
    assert say("app.h2") not in client.get("/account").text
    assert client.get("/account/app").status_code == 404
    assert post(client, "/account/noodcodes", on="/account").status_code == 404


CHANGES = (
    ("GET", "/account/app"),
    ("POST", "/account/app"),
    ("POST", "/account/app/verwijderen"),
    ("POST", "/account/noodcodes"),
    ("POST", "/account/passkeys"),
    ("POST", "/account/passkeys/verwijderen"),
)
"""Whatever changes how somebody signs in."""


def changing(site: Site, client: FlaskClient) -> set[tuple[str, str]]:
    """Which changes ask who is signed in to prove it again."""
    fields = {"csrf_token": token(client.get("/account").text)}
    asked = set()
    for method, address in CHANGES:
        data = fields if method == "POST" else None
        answer = client.open(address, method=method, data=data)
        if answer.location == "/inloggen/passkey":
            asked.add((method, address))
    return asked


def test_every_change_of_a_factor_wants_a_proof(site: Site) -> None:
    app = site.app
    wanting = {
        (method, rule.rule)
        for rule in rules(app)
        for method in methods_of(rule)
        if wants_proof(app, rule.endpoint)
    }
    assert wanting == set(CHANGES)


def test_after_a_quarter_of_an_hour_nothing_changes_without_a_new_proof(site: Site) -> None:
    client = half_signed_in(site)
    set_up(site, client)
    account = site.store.accounts.add_admin("Bo")
    site.store.accounts.add_passkey(account.id, "sleutel", "Telefoon", b"k", 0, site.clock())
    site.clock.forward(minutes=14, seconds=59)
    assert say("account.again") not in client.get("/account").text
    site.clock.forward(seconds=1)
    site.post_mail()
    assert changing(site, client) == set(CHANGES)
    assert site.store.codes.find_app(account.id) is not None
    assert len(site.store.accounts.passkeys(account.id)) == 1
    assert site.store.codes.recovery_left(account.id) == RECOVERY_CODES
    assert site.post_mail() == []
    # The page says so, and offers no form that would be refused after a device made a key.
    page = soup(client.get("/account").text)
    assert one(page, ".message a[href='/inloggen/passkey']")
    assert not page.select("form.passkey")
    # All else goes on.
    assert client.get("/beheer").status_code == 200


def test_a_code_proves_it_again(site: Site) -> None:
    client = half_signed_in(site)
    secret, _ = set_up(site, client)
    site.clock.forward(minutes=15)
    page = soup(client.get("/inloggen/passkey").text)
    assert texts(page, "h1") == [say("again.h1")]
    old = client.get_cookie("kennisbank")
    assert give(client, code="fout") == 422
    assert len(changing(site, client)) == len(CHANGES)
    code = code_of(secret, site.clock().timestamp())
    answer = post(client, "/inloggen/code", on="/inloggen/passkey", code=code)
    assert answer.location == "/account"
    assert old is not None
    assert client.get_cookie("kennisbank") != old
    assert post(client, "/account/noodcodes", on="/account").status_code == 200
    site.clock.forward(minutes=15)
    assert post(client, "/account/noodcodes", on="/account").location == "/inloggen/passkey"


@pytest.mark.parametrize("role", ["partner", "moderator", "admin"])
def test_who_has_no_second_factor_signs_in_again(site: Site, role: str) -> None:
    client = signed_in_as(site, role)  # type: ignore[arg-type]  # one of the roles, as above
    site.clock.forward(minutes=15)
    assert ("POST", "/account/passkeys") in changing(site, client)
    page = soup(client.get("/inloggen/passkey").text)
    assert one(page, "main a.button")["href"] == "/inloggen"
    # Nothing here makes a first factor: that would be no proof.
    assert not page.select("form.passkey, a[href='/account/app']")
    account = next(one for one in site.store.accounts.all() if one.role == role)
    by_link(site, client, account)
    assert changing(site, client) == set()
