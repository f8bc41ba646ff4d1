"""What is kept of a person: given to whoever asks for it, and taken away (AVG articles 15 and 17).

In: a mail address, or the name of an account. Out: everything as plain values for JSON, or the number
of places from which it went. What somebody offered stays, without name and mail address; the log
keeps the number of an account that is nobody's any more.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from library.errors import NotFound
from library.store import Account, Store


def find_person(store: Store, who: str) -> tuple[str, Account | None]:
    """Give the mail address and account of somebody; raise ``NotFound`` when nothing is kept."""
    named = [account for account in store.accounts.all() if account.name == who]
    account = store.accounts.find_by_email(who) or (named[0] if len(named) == 1 else None)
    email = account.email if account else who
    is_known = email and (
        store.submissions.of_person(email, None)
        or store.follows.of_person(email)
        or store.sources.of_contact(email)
    )
    if account is None and not is_known:
        several = f" {len(named)} accounts have that name." if named else ""
        raise NotFound(f"Nothing is kept of {who!r}.{several}")
    return email, account


def everything_of(store: Store, who: str) -> Mapping[str, Any]:
    """Give all that is kept of somebody."""
    email, account = find_person(store, who)
    number = account.id if account else None
    told: dict[str, Any] = {
        "account": asdict(account) if account else None,
        "submissions": [asdict(one) for one in store.submissions.of_person(email, number)],
        "contact_of": [source.slug for source in store.sources.of_contact(email)],
        "follows": [asdict(one) for one in store.follows.of_person(email)],
    }
    if account is not None:
        told["passkeys"] = [
            {"name": key.name, "added_at": key.added_at, "used_at": key.used_at}
            for key in store.accounts.passkeys(account.id)
        ]
        app = store.codes.find_app(account.id)
        told["app"] = {"added_at": app.added_at, "used_at": app.used_at} if app else None
        told["recovery_codes"] = store.codes.recovery_left(account.id)
        told["notes"] = [asdict(note) for note in store.submissions.notes_by(account.id)]
        told["judgments"] = [list(one) for one in store.judgments.by(account.id)]
        told["goal_judgments"] = [asdict(one) for one in store.goal_judgments.by(account.id)]
        told["acts"] = [asdict(act) for act in store.acts.by(account.id)]
    return told


def forget(store: Store, who: str) -> int:
    """Remove somebody's account, what they follow, and their name from what was offered; count these."""
    email, account = find_person(store, who)
    if account is not None:
        return forget_account(store, account)
    with store.transaction():
        number = store.submissions.forget_person(email) + store.follows.forget_person(email)
        return number + store.sources.forget_contact(email)


def forget_account(store: Store, account: Account) -> int:
    """Remove an account with all that names its person; raise ``LastAdmin`` for the last one."""
    with store.transaction():
        number = store.submissions.forget_person(account.email, account.id)
        number += store.follows.forget_person(account.email)
        number += store.sources.forget_contact(account.email)
        store.accounts.remove(account.id)
        return number
