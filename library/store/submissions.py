"""Submissions in the database: addresses that people offer, their judgement, and notes.

A state changes only from the state that whoever changes it has seen: of two moderators with the
same page one decides, and the other is told. What nobody confirmed by mail goes after three days.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, func, or_, select

from library.errors import NotFound, StoreError
from library.store.database import Database
from library.store.sources import Scope
from library.tables import SubmissionNoteRow, SubmissionRow

State = Literal["unconfirmed", "new", "asked", "agreed", "approved", "declined", "withdrawn"]
JUDGED_HERE: tuple[State, ...] = ("new", "asked", "agreed")
"""States in which a moderator may judge; "agreed" waits for a second one."""
OPEN: tuple[State, ...] = ("unconfirmed", *JUDGED_HERE)
MOST_OPEN = 20
"""Open submissions of one mail address or account."""
MOST_PER_MINUTE = 5
MOST_UNCONFIRMED = 3
"""Forms that wait for one mail address to confirm them: nobody's mailbox is flooded by others."""
NOTE_KEPT = timedelta(days=30)
"""How long a removed note can be put back."""
CONFIRM_WITHIN = timedelta(days=3)


class TooManySubmissions(StoreError):
    """Somebody offers more than can be looked at; ``code`` is open, minute or unconfirmed."""

    def __init__(self, code: str) -> None:
        super().__init__(f"There are too many submissions: {code}.")
        self.code = code


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody fills in, for one or more addresses."""

    name: str
    email: str
    organisation: str
    scope: Scope
    goals: tuple[int, ...]
    shows_text: bool
    remark: str
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """One address that somebody offers."""

    id: int
    batch: int
    url: str
    address_key: str
    name: str
    email: str
    organisation: str
    account_id: int | None
    scope: Scope
    goals: tuple[int, ...]
    shows_text: bool
    remark: str
    state: State
    reason: str
    message: str
    duplicate_of: str
    agreed_by: int | None
    job_id: int | None
    trial: Mapping[str, Any] | None
    source_id: int | None
    created_at: datetime
    changed_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether somebody must still decide."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was said about a submission."""

    id: int
    submission_id: int
    account_id: int | None
    text: str
    written_at: datetime
    changed_at: datetime
    removed_at: datetime | None = None


class Submissions:
    """The submissions of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, offer: Offer, addresses: Mapping[str, str], now: datetime
    ) -> tuple[Submission, ...]:
        """Add addresses, given with their keys; what the same person offers already stays as it is.

        Give all of them, old ones included, so that a double click finds what the first one made.
        Raise ``TooManySubmissions``.
        """
        with self._database.transaction() as session:
            self._forget_unconfirmed(now)
            self._forget_notes(now)
            mine = [row for row in self._open() if _is_of(row, offer)]
            known = {row.address_key: row for row in mine}
            wanted = {key: url for url, key in addresses.items()}
            fresh = {key: url for key, url in wanted.items() if key not in known}
            if fresh:
                self._refuse_floods(mine, len(fresh), offer, now)
            batch = 0
            for key, url in fresh.items():
                row = self._row(offer, url, key, now)
                session.add(row)
                session.flush()
                batch = row.batch = batch or row.id
                known[key] = row
            session.flush()
            return tuple(_submission(known[key]) for key in wanted)

    def _open(self) -> Sequence[SubmissionRow]:
        with self._database.transaction() as session:
            query = select(SubmissionRow).where(SubmissionRow.state.in_(OPEN))
            return session.scalars(query.order_by(SubmissionRow.id)).all()

    def _forget_unconfirmed(self, now: datetime) -> None:
        old = (SubmissionRow.state == "unconfirmed") & (
            SubmissionRow.created_at <= now - CONFIRM_WITHIN
        )
        with self._database.transaction() as session:
            session.execute(delete(SubmissionRow).where(old))

    def _refuse_floods(
        self, mine: Collection[SubmissionRow], number: int, offer: Offer, now: datetime
    ) -> None:
        if len(mine) + number > MOST_OPEN:
            raise TooManySubmissions("open")
        lately = {row.batch for row in mine if row.created_at > now - timedelta(minutes=1)}
        if len(lately) >= MOST_PER_MINUTE:
            raise TooManySubmissions("minute")
        waiting = {row.batch for row in mine if row.state == "unconfirmed"}
        if offer.account_id is None and len(waiting) >= MOST_UNCONFIRMED:
            raise TooManySubmissions("unconfirmed")

    def _row(self, offer: Offer, url: str, key: str, now: datetime) -> SubmissionRow:
        return SubmissionRow(
            batch=0,
            url=url,
            address_key=key,
            name=offer.name,
            email=offer.email,
            organisation=offer.organisation,
            account_id=offer.account_id,
            scope=offer.scope,
            goals=list(offer.goals),
            shows_text=offer.shows_text,
            remark=offer.remark,
            # Of who is signed in we know the mail address already.
            state="unconfirmed" if offer.account_id is None else "new",
            reason="",
            message="",
            duplicate_of=self._duplicate_of(key),
            created_at=now,
            changed_at=now,
        )

    def _duplicate_of(self, key: str) -> str:
        """What another offered already, and was not declined."""
        query = select(SubmissionRow.id).where(
            SubmissionRow.address_key == key,
            SubmissionRow.state.in_((*JUDGED_HERE, "approved")),
        )
        with self._database.reading() as session:
            found = session.scalars(query).first()
            return "" if found is None else f"submission:{found}"

    def get(self, submission_id: int) -> Submission:
        """Give a submission; raise ``NotFound`` when there is none."""
        found = self.find(submission_id)
        if found is None:
            raise NotFound(f"There is no submission {submission_id}.")
        return found

    def find(self, submission_id: int) -> Submission | None:
        """Give a submission, or nothing."""
        with self._database.reading() as session:
            row = session.get(SubmissionRow, submission_id)
            return None if row is None else _submission(row)

    def of_batch(self, batch: int) -> tuple[Submission, ...]:
        """Give what was offered by one form."""
        return self._found(SubmissionRow.batch == batch)

    def of_organisation(self, organisation: str) -> tuple[Submission, ...]:
        """Give what people with an account of an organisation offered."""
        mine = SubmissionRow.organisation == organisation
        return self._found(mine & SubmissionRow.account_id.is_not(None))

    def in_states(self, states: Collection[str]) -> tuple[Submission, ...]:
        """Give the submissions in some states, oldest first."""
        return self._found(SubmissionRow.state.in_(states))

    def _found(self, which: Any) -> tuple[Submission, ...]:
        with self._database.reading() as session:
            query = select(SubmissionRow).where(which).order_by(SubmissionRow.id)
            return tuple(_submission(row) for row in session.scalars(query))

    def counts(self) -> Mapping[str, int]:
        """Count the submissions by state."""
        query = select(SubmissionRow.state, func.count()).group_by(SubmissionRow.state)
        with self._database.reading() as session:
            return {str(state): int(number) for state, number in session.execute(query)}

    def change(
        self,
        submission_id: int,
        seen: State,
        state: State,
        now: datetime,
        *,
        reason: str = "",
        message: str = "",
        source_id: int | None = None,
    ) -> bool:
        """Give a submission another state; tell whether it still had the one that was seen."""
        with self._database.transaction() as session:
            row = session.get(SubmissionRow, submission_id)
            if row is None or row.state != seen:
                return False
            row.state, row.reason, row.message = state, reason, message
            row.source_id, row.changed_at, row.agreed_by = source_id, now, None
            return True

    def agree(
        self, submission_id: int, seen: State, account_id: int, organisation: str, now: datetime
    ) -> bool:
        """Approve what a second person has to approve too; tell whether it was as it was seen."""
        with self._database.transaction() as session:
            if not self.change(submission_id, seen, "agreed", now):
                return False
            row = session.get_one(SubmissionRow, submission_id)
            row.agreed_by = account_id
            row.organisation = organisation or row.organisation
            return True

    def correct(self, submission_id: int, url: str, key: str, scope: Scope, now: datetime) -> bool:
        """Give a submission that nobody judged another address; tell whether it could be given.

        What was found at the old address goes.
        """
        with self._database.transaction() as session:
            row = session.get(SubmissionRow, submission_id)
            if row is None or row.state not in OPEN:
                return False
            row.duplicate_of = "" if key == row.address_key else self._duplicate_of(key)
            row.url, row.address_key, row.scope = url, key, scope
            row.trial = row.job_id = row.agreed_by = None
            row.state = "new" if row.state == "agreed" else row.state
            row.changed_at = now
            return True

    def set_job(self, submission_id: int, job_id: int) -> None:
        """Note which job looks at the address."""
        with self._database.transaction() as session:
            row = session.get(SubmissionRow, submission_id)
            if row is not None:
                row.job_id = job_id

    def tried(self, url: str, trial: Mapping[str, Any]) -> tuple[Submission, ...]:
        """Keep what was found at an address with every open submission of it.

        Give those of which nothing was known before.
        """
        known = f"source:{trial['url']}" if _is_known(trial) else ""
        open_here = SubmissionRow.state.in_(OPEN) & (SubmissionRow.url == url)
        with self._database.transaction() as session:
            rows = session.scalars(select(SubmissionRow).where(open_here)).all()
            fresh = [row for row in rows if row.trial is None]
            for row in rows:
                row.trial = dict(trial)
                row.duplicate_of = row.duplicate_of or known
            return tuple(map(_submission, fresh))

    # Notes

    def add_note(
        self, submission_id: int, account_id: int | None, text: str, now: datetime
    ) -> None:
        """Add what somebody says about a submission."""
        with self._database.transaction() as session:
            self._forget_notes(now)
            session.add(
                SubmissionNoteRow(
                    submission_id=submission_id,
                    account_id=account_id,
                    text=text,
                    written_at=now,
                    changed_at=now,
                )
            )

    def notes(self, submission_id: int) -> tuple[Note, ...]:
        """Give what was said about a submission, oldest first."""
        return self._notes(
            (SubmissionNoteRow.submission_id == submission_id)
            & SubmissionNoteRow.removed_at.is_(None)
        )

    def removed_notes(self, submission_id: int, account_id: int, now: datetime) -> tuple[Note, ...]:
        """Give the notes that somebody removed and may still put back."""
        return self._notes(
            (SubmissionNoteRow.submission_id == submission_id)
            & (SubmissionNoteRow.account_id == account_id)
            & (SubmissionNoteRow.removed_at > now - NOTE_KEPT)
        )

    def _notes(self, which: Any) -> tuple[Note, ...]:
        with self._database.reading() as session:
            query = select(SubmissionNoteRow).where(which).order_by(SubmissionNoteRow.id)
            return tuple(_note(row) for row in session.scalars(query))

    def change_note(self, note_id: int, account_id: int, text: str, now: datetime) -> bool:
        """Change one's own note, or with an empty text remove it; tell whether it was one's own.

        A change puts a removed note back. What was removed long ago goes for good.
        """
        with self._database.transaction() as session:
            row = session.get(SubmissionNoteRow, note_id)
            if row is None or row.account_id != account_id:
                return False
            if text:
                row.text, row.changed_at, row.removed_at = text, now, None
            else:
                row.removed_at = now
            self._forget_notes(now)
            return True

    def _forget_notes(self, now: datetime) -> None:
        old = SubmissionNoteRow.removed_at <= now - NOTE_KEPT
        with self._database.transaction() as session:
            session.execute(delete(SubmissionNoteRow).where(old))

    def notes_by(self, account_id: int) -> tuple[Note, ...]:
        """Give what somebody with an account said."""
        return self._notes(SubmissionNoteRow.account_id == account_id)

    def of_person(self, email: str, account_id: int | None) -> tuple[Submission, ...]:
        """Give what somebody offered, with an account or without."""
        return self._found(_by_person(email, account_id))

    def forget_person(self, email: str, account_id: int | None = None) -> int:
        """Take name and mail address out of the submissions of somebody; give their number."""
        with self._database.transaction() as session:
            mine = select(SubmissionRow).where(_by_person(email, account_id))
            rows = session.scalars(mine).all()
            for row in rows:
                row.name = row.email = ""
            return len(rows)


def _by_person(email: str, account_id: int | None) -> Any:
    """Submissions by a mail address, or by an account; many have no mail address any more."""
    by_email = (func.lower(SubmissionRow.email) == email.lower()) & (SubmissionRow.email != "")
    return by_email if account_id is None else or_(by_email, SubmissionRow.account_id == account_id)


def _is_of(row: SubmissionRow, offer: Offer) -> bool:
    if offer.account_id is not None:
        return row.account_id == offer.account_id
    return row.account_id is None and row.email.lower() == offer.email.lower()


def _is_known(trial: Mapping[str, Any]) -> bool:
    return any(code == "is-source" for code, _ in trial["warnings"])


_NAMES = tuple(field.name for field in fields(Submission))


def _submission(row: SubmissionRow) -> Submission:
    values: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    return Submission(**values | {"goals": tuple(row.goals)})


def _note(row: SubmissionNoteRow) -> Note:
    values: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(Note)}
    return Note(**values)
