"""Accounts: a link works once and briefly, a session ends when it must."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from library.settings import Settings
from library.store import Store
from library.store.accounts import (
    LINK_LIVES,
    MOST_LINKS,
    SESSION_IDLES,
    SESSION_LIVES,
    AlreadyThere,
    LastAdmin,
    Session,
    UsedLink,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_link_signs_in_once(store: Store) -> None:
    admin = store.accounts.add_admin("beheerder")
    token = store.accounts.sign_in_link(admin.id, NOW)
    used = store.accounts.use_link(token, NOW + timedelta(minutes=14))
    assert used == UsedLink(admin, by_mail=False)
    assert store.accounts.use_link(token, NOW + timedelta(minutes=14)) is None


def test_a_link_grows_old(store: Store) -> None:
    admin = store.accounts.add_admin("beheerder")
    token = store.accounts.sign_in_link(admin.id, NOW)
    assert store.accounts.use_link(token, NOW + LINK_LIVES) is None
    assert store.accounts.use_link("raden", NOW) is None


def test_a_session_lasts_while_it_is_used_and_never_too_long(store: Store) -> None:
    admin = store.accounts.add_admin("beheerder")
    token = store.accounts.start_session(admin.id, NOW)
    now = NOW
    while now + timedelta(minutes=50) < NOW + SESSION_LIVES:
        now += timedelta(minutes=50)
        assert store.accounts.session(token, now) == Session(admin, True, NOW)
    assert store.accounts.session(token, NOW + SESSION_LIVES) is None


def test_an_idle_session_ends(store: Store) -> None:
    admin = store.accounts.add_admin("beheerder")
    token = store.accounts.start_session(admin.id, NOW)
    assert store.accounts.session(token, NOW + SESSION_IDLES) is None


def test_signing_out_ends_a_session(store: Store) -> None:
    admin = store.accounts.add_admin("beheerder")
    token = store.accounts.start_session(admin.id, NOW)
    store.accounts.end_session(token)
    assert store.accounts.session(token, NOW) is None


def test_the_database_holds_no_token(store: Store, settings: Settings) -> None:
    admin = store.accounts.add_admin("beheerder")
    tokens = [
        store.accounts.sign_in_link(admin.id, NOW),
        store.accounts.start_session(admin.id, NOW),
    ]
    with closing(sqlite3.connect(settings.database)) as connection:
        dump = "\n".join(connection.iterdump())
    assert "beheerder" in dump
    assert not any(token in dump for token in tokens)


def test_the_same_name_is_the_same_admin(store: Store) -> None:
    assert store.accounts.add_admin("a") == store.accounts.add_admin("a")


def test_a_closed_account_is_out_at_once(store: Store) -> None:
    partner = store.accounts.add("Ans", "partner", email="ans@dorp.nl", organisation="Dorp")
    session = store.accounts.start_session(partner.id, NOW)
    link = store.accounts.sign_in_link(partner.id, NOW)
    store.accounts.add_passkey(partner.id, "sleutel", "Telefoon", b"k", 0, NOW)
    store.accounts.close(partner.id, NOW)
    assert store.accounts.session(session, NOW) is None
    assert store.accounts.use_link(link, NOW) is None
    assert store.accounts.find_passkey("sleutel") is None
    store.accounts.reopen(partner.id)
    assert store.accounts.session(session, NOW) is None
    assert store.accounts.find_passkey("sleutel") is not None


def test_the_last_admin_stays(store: Store) -> None:
    first = store.accounts.add_admin("een")
    with pytest.raises(LastAdmin):
        store.accounts.close(first.id, NOW)
    with pytest.raises(LastAdmin):
        store.accounts.remove(first.id)
    store.accounts.add_admin("twee")
    store.accounts.remove(first.id)
    assert [account.name for account in store.accounts.all()] == ["twee"]


def test_an_account_goes_with_all_that_signs_in(store: Store, settings: Settings) -> None:
    partner = store.accounts.add("Ans de Wit", "partner", email="ans@dorp.nl", organisation="Dorp")
    store.accounts.start_session(partner.id, NOW)
    store.accounts.add_passkey(partner.id, "sleutel", "Ans haar telefoon", b"k", 0, NOW)
    store.accounts.remove(partner.id)
    with closing(sqlite3.connect(settings.database)) as connection:
        dump = "\n".join(connection.iterdump())
    assert "Ans" not in dump
    assert "sleutel" not in dump


def test_a_mail_address_has_one_account(store: Store) -> None:
    store.accounts.add("Ans", "partner", email="ans@dorp.nl", organisation="Dorp")
    with pytest.raises(AlreadyThere):
        store.accounts.add("Ander", "partner", email="ANS@dorp.nl", organisation="Stad")
    with pytest.raises(AlreadyThere):
        store.accounts.add_admin("beheerder", "Ans@Dorp.nl")
    found = store.accounts.find_by_email("Ans@dorp.NL")
    assert found is not None
    assert found.name == "Ans"


def test_an_admin_is_let_in_again_from_the_server(store: Store) -> None:
    first = store.accounts.add_admin("een")
    store.accounts.add_admin("twee")
    store.accounts.close(first.id, NOW)
    again = store.accounts.add_admin("een", "een@dorp.nl")
    assert (again.id, again.is_closed, again.email) == (first.id, False, "een@dorp.nl")


def test_only_so_many_links_live_at_a_time(store: Store) -> None:
    admin = store.accounts.add_admin("beheerder")
    for _ in range(MOST_LINKS):
        assert store.accounts.may_have_link(admin.id, NOW)
        store.accounts.sign_in_link(admin.id, NOW, by_mail=True)
    assert not store.accounts.may_have_link(admin.id, NOW)
    assert store.accounts.may_have_link(admin.id, NOW + LINK_LIVES)


def test_a_passkey_belongs_to_one_account(store: Store) -> None:
    one, other = store.accounts.add_admin("een"), store.accounts.add_admin("twee")
    assert store.accounts.add_passkey(one.id, "sleutel", "Telefoon", b"k", 0, NOW)
    assert not store.accounts.add_passkey(other.id, "sleutel", "Mijn", b"x", 0, NOW)
    store.accounts.remove_passkey(other.id, "sleutel")
    store.accounts.use_passkey("sleutel", 3, NOW)
    (key,) = store.accounts.passkeys(one.id)
    assert (key.name, key.public_key, key.uses, key.used_at) == ("Telefoon", b"k", 3, NOW)
    store.accounts.remove_passkey(one.id, "sleutel")
    assert store.accounts.passkeys(one.id) == ()


def test_a_challenge_is_used_once(store: Store) -> None:
    assert store.accounts.use_challenge("vraag", NOW)
    assert not store.accounts.use_challenge("vraag", NOW + timedelta(minutes=14))
    assert store.accounts.use_challenge("andere", NOW)
