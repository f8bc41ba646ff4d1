"""What is kept of a person can be given, and can go."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from library.errors import NotFound
from library.people import everything_of, forget
from library.settings import Settings
from library.store import LastAdmin, Offer, Store

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def filled(store: Store) -> Store:
    """A partner with everything that can be kept, and somebody without an account."""
    ans = store.accounts.add("Ans de Wit", "partner", email="ans@dorp.nl", organisation="Dorp")
    store.accounts.start_session(ans.id, NOW)
    store.accounts.add_passkey(ans.id, "sleutel", "Telefoon van Ans", b"k", 0, NOW)
    store.codes.put_app(ans.id, "een zaadje", 1, NOW)
    store.codes.new_recovery(ans.id)
    store.codes.note_try(ans.id, NOW)
    for name, email, account in (("Ans de Wit", "ans@dorp.nl", ans.id), ("Bo", "bo@stad.nl", None)):
        offer = Offer(
            name, email, "Dorp", "site", (), shows_text=False, remark="", account_id=account
        )
        store.submissions.add(offer, {f"https://{name[:2]}.nl/": name[:2]}, NOW)
    store.submissions.add_note(1, ans.id, "Bellen", NOW)
    store.acts.add(ans.id, "note", "submission:1", NOW)
    return store


def test_everything_of_somebody(filled: Store) -> None:
    for who in ("ANS@dorp.nl", "Ans de Wit"):
        told = everything_of(filled, who)
        assert told["account"]["organisation"] == "Dorp"
        assert [key["name"] for key in told["passkeys"]] == ["Telefoon van Ans"]
        assert told["app"] == {"added_at": NOW, "used_at": None}
        assert told["recovery_codes"] == 10
        assert [one["url"] for one in told["submissions"]] == ["https://An.nl/"]
        assert [note["text"] for note in told["notes"]] == ["Bellen"]
        assert [act["act"] for act in told["acts"]] == ["note"]
        json.dumps(told, default=str)


def test_somebody_is_forgotten(filled: Store, settings: Settings) -> None:
    assert forget(filled, "ans@dorp.nl") == 1
    with closing(sqlite3.connect(settings.database)) as connection:
        dump = "\n".join(connection.iterdump())
    for trace in ("Ans de Wit", "ans@dorp.nl", "Telefoon van Ans", "sleutel", "een zaadje"):
        assert trace not in dump
    assert filled.submissions.get(1).url == "https://An.nl/"
    with pytest.raises(NotFound):
        everything_of(filled, "ans@dorp.nl")


def test_who_only_offered_something_is_forgotten_too(filled: Store) -> None:
    assert everything_of(filled, "bo@stad.nl")["account"] is None
    assert forget(filled, "bo@stad.nl") == 1
    assert filled.submissions.get(2).name == ""
    assert filled.submissions.get(1).name == "Ans de Wit"


def test_who_only_follows_a_search_is_forgotten_too(store: Store) -> None:
    store.follows.add("Cor@wijk.nl", "q=moestuin", NOW)
    told = everything_of(store, "cor@wijk.nl")
    assert [one["search"] for one in told["follows"]] == ["q=moestuin"]
    assert forget(store, "cor@wijk.nl") == 1
    with pytest.raises(NotFound):
        everything_of(store, "Cor@wijk.nl")


@pytest.mark.parametrize("who", ["", "niemand@dorp.nl", "Dubbel"])
def test_of_nobody_nothing_is_kept(filled: Store, who: str) -> None:
    for number in (1, 2):
        filled.accounts.add("Dubbel", "partner", email=f"d{number}@dorp.nl", organisation="Dorp")
    forget(filled, "bo@stad.nl")
    with pytest.raises(NotFound):
        forget(filled, who)
    assert len(filled.accounts.all()) == 3


def test_the_last_admin_stays(store: Store) -> None:
    store.accounts.add_admin("beheerder")
    with pytest.raises(LastAdmin):
        forget(store, "beheerder")


def test_who_is_asked_about_a_source_is_forgotten_too(store: Store) -> None:
    made = store.sources.add(name="Dorp", url="https://dorp.nl/", contact="Cor de Wit Cor@wijk.nl")
    assert everything_of(store, "cor@wijk.nl")["contact_of"] == [made.slug]
    assert forget(store, "cor@wijk.nl") == 1
    assert store.sources.get(made.id).contact == ""
