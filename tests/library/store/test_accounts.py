"""Accounts: a link works once and briefly, a session ends when it must."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

from library.settings import Settings
from library.store import Store
from library.store.accounts import LINK_LIVES, SESSION_IDLES, SESSION_LIVES

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_link_signs_in_once(store: Store) -> None:
    admin = store.accounts.add_admin("beheerder")
    token = store.accounts.sign_in_link(admin.id, NOW)
    assert store.accounts.use_link(token, NOW + timedelta(minutes=14)) == admin
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
        assert store.accounts.session(token, now) == admin
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
