"""Mail that waits: taken when its time has come, tried again later, and dropped in the end."""

from datetime import UTC, datetime, timedelta

from library.store import Store
from library.store.mails import WAITS

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_mail_is_taken_once_and_forgotten_when_it_was_sent(store: Store) -> None:
    store.mails.add("sign-in", "ans@dorp.nl", NOW, {"a": 1})
    mail = store.mails.take(NOW)
    assert mail is not None
    assert (mail.kind, mail.recipient, mail.details) == ("sign-in", "ans@dorp.nl", {"a": 1})
    assert store.mails.take(NOW) is None
    store.mails.sent(mail.id)
    assert store.mails.waiting() == 0


def test_the_same_mail_waits_once(store: Store) -> None:
    for _ in range(50):
        store.mails.add("sign-in", "ans@dorp.nl", NOW)
    store.mails.add("sign-in", "bo@dorp.nl", NOW)
    store.mails.add("invitation", "ans@dorp.nl", NOW)
    assert store.mails.waiting() == 3


def test_a_mail_that_fails_is_tried_for_a_day(store: Store) -> None:
    store.mails.add("sign-in", "ans@dorp.nl", NOW)
    now, tried = NOW, 0
    while store.mails.waiting():
        mail = store.mails.take(now)
        if mail is not None:
            store.mails.failed(mail.id, "no server")
            tried += 1
        now += timedelta(minutes=1)
    assert tried == len(WAITS)
    assert timedelta(hours=20) < now - NOW < timedelta(hours=28)
