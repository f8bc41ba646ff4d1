"""The tables of the database, as SQLAlchemy classes whose names end in ``Row``.

Rows never leave ``library.store``; what travels is a frozen value. Times are kept in UTC without a
zone (``Moment`` puts the zone back), so that SQLite compares them as text in the right order.

One file for all tables, as long as it is a list without code (decision 0012).
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware UTC time in Python, a naive one in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone; store the rest as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What all tables share: names of constraints that a migration can rely on."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Moment, str: Text, date: Date, dict[str, Any]: JSON}  # noqa: RUF012 - read by SQLAlchemy


class SourceRow(Base):
    """An address that a partner offers, with its scope."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organisation: Mapped[str]
    url: Mapped[str]
    scope: Mapped[str]
    pace: Mapped[float | None]
    kept_parameters: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    path_rules: Mapped[list[str]] = mapped_column(JSON)
    identity: Mapped[str | None]
    deepest: Mapped[int | None]
    page_budget: Mapped[int | None]
    start_paths: Mapped[list[str]] = mapped_column(JSON)
    feeds: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    title_selector: Mapped[str]
    date_selector: Mapped[str]
    content_selector: Mapped[str]
    left_out_selector: Mapped[str]
    interval_hours: Mapped[int | None]
    quiet_hours: Mapped[str]
    shows_text: Mapped[bool]
    permission: Mapped[str]
    contact: Mapped[str]
    is_example: Mapped[bool]
    paused: Mapped[bool]
    added_at: Mapped[datetime]
    next_crawl_at: Mapped[datetime | None]


class CrawlRow(Base):
    """One run over one source; state is running, done, stopped, held or failed."""

    __tablename__ = "crawl"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    counts: Mapped[dict[str, Any]]
    reasons: Mapped[dict[str, Any]]
    sitemaps_read: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class AddressRow(Base):
    """One URL of a source: its place in the frontier and what its last visit led to.

    It waits for a crawl while ``seen_crawl_id`` names that crawl and ``visited_crawl_id`` does not.
    ``hops`` counts the redirects that led to it, ``moved_to`` is where it leads itself, by redirect
    or canonical link; ``removal`` is why its document goes when the crawl ends. ``extraction`` names
    the way in which its body was read. Other spellings of the address share its ``page_key``.
    ``calm`` counts the visits in a row that found it unchanged, ``changing`` are the places that had
    changed at the last.
    """

    __tablename__ = "address"
    __table_args__ = (
        Index("ix_address_source_url", "source_id", "url", unique=True),
        Index("ix_address_source_page_key", "source_id", "page_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    url: Mapped[str]
    page_key: Mapped[str] = mapped_column(default="")
    depth: Mapped[int]
    found_on: Mapped[str | None]
    link_text: Mapped[str | None]
    hops: Mapped[int] = mapped_column(default=0)
    listed_at: Mapped[datetime | None]
    seen_crawl_id: Mapped[int | None] = mapped_column(index=True)
    visited_crawl_id: Mapped[int | None] = mapped_column(index=True)
    visited_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    extraction: Mapped[str | None]
    calm: Mapped[int] = mapped_column(default=0)
    changing: Mapped[list[int]] = mapped_column(JSON, default=list)
    missing_since: Mapped[datetime | None]
    moved_to: Mapped[str | None] = mapped_column(index=True)
    removal: Mapped[str | None]
    document_id: Mapped[str | None] = mapped_column(index=True)


class BodyRow(Base):
    """The bytes of the last fetch of a URL, compressed, so that they can be extracted again."""

    __tablename__ = "body"

    address_id: Mapped[int] = mapped_column(
        ForeignKey("address.id", ondelete="CASCADE"), primary_key=True
    )
    final_url: Mapped[str]
    media_type: Mapped[str]
    charset: Mapped[str | None]
    headers: Mapped[dict[str, Any]]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    fetched_at: Mapped[datetime]


class PageBlocksRow(Base):
    """The fingerprints of the blocks of a page, eight bytes each: by them repeated ones are known.

    ``teaches`` tells whether the page counts for that; overviews do not.
    """

    __tablename__ = "page_blocks"

    address_id: Mapped[int] = mapped_column(
        ForeignKey("address.id", ondelete="CASCADE"), primary_key=True
    )
    prints: Mapped[bytes] = mapped_column(LargeBinary)
    teaches: Mapped[bool]


class RepeatedBlocksRow(Base):
    """The fingerprints of the blocks that many pages of a source have: they are no main text."""

    __tablename__ = "repeated_blocks"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), primary_key=True
    )
    prints: Mapped[bytes] = mapped_column(LargeBinary)


class SpellingRow(Base):
    """How many pairs of addresses of a host that differ in one way were one page, or were two."""

    __tablename__ = "spelling"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), primary_key=True
    )
    host: Mapped[str] = mapped_column(primary_key=True)
    way: Mapped[str] = mapped_column(primary_key=True)
    agreeing: Mapped[int]
    contrary: Mapped[int]


class ChangingPlaceRow(Base):
    """A place on the pages of a source, by the line before it.

    ``seen`` counts how often it was looked at again after it had changed, ``changed`` how often it
    had changed once more.
    """

    __tablename__ = "changing_place"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    seen: Mapped[int]
    changed: Mapped[int]


class HostRow(Base):
    """When a host may be asked something again; ``name`` is its name or one of its addresses."""

    __tablename__ = "host"

    name: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]


class RobotsRow(Base):
    """The robots.txt of one origin, as it was last read."""

    __tablename__ = "robots"

    origin: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    fetched_at: Mapped[datetime]


class DocumentRow(Base):
    """A document, or the tombstone of one (``removed_at`` set).

    ``revision`` grows with every change over all documents; the index remembers up to which
    revision it is, so "changed since last indexed" is a query.
    """

    __tablename__ = "document"

    id: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("source.id", ondelete="SET NULL"), index=True
    )
    url: Mapped[str]
    canonical_url: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    sections: Mapped[list[Any]] = mapped_column(JSON)
    visible_text: Mapped[str]
    language: Mapped[str]
    published: Mapped[date | None]
    published_evidence: Mapped[str | None]
    organisation: Mapped[str]
    kind: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    content_hash: Mapped[str]
    goals: Mapped[list[int]] = mapped_column(JSON)
    attached_to: Mapped[str | None]
    is_example: Mapped[bool]
    is_listing: Mapped[bool]
    author: Mapped[str]
    directives: Mapped[list[str]] = mapped_column(JSON)
    pages_without_text: Mapped[int]
    duplicate_of: Mapped[str | None] = mapped_column(index=True)
    replaced_by: Mapped[str | None] = mapped_column(index=True)
    perhaps_replaced_by: Mapped[str | None] = mapped_column(index=True)
    fetched_at: Mapped[datetime]
    added_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    checked_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_reason: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(unique=True)


class LikenessRow(Base):
    """What a live document is about, by site and title, to find its other generations by."""

    __tablename__ = "likeness"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(index=True)


class LikenessBandRow(Base):
    """A number that a live document shares with documents of which the text is like its own."""

    __tablename__ = "likeness_band"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True, index=True)


class SearchRow(Base):
    """How often was searched for some words on a day, or in a month; of whom is not known."""

    __tablename__ = "search"

    first_day: Mapped[date] = mapped_column(primary_key=True)
    is_month: Mapped[bool] = mapped_column(primary_key=True)
    query: Mapped[str] = mapped_column(primary_key=True)
    searches: Mapped[int]
    empty: Mapped[int]
    opened: Mapped[int]


class PinnedRow(Base):
    """A search that a new index must answer before visitors get it."""

    __tablename__ = "pinned"

    place: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class OpinionRow(Base):
    """What readers said of a document on a day; of whom is not known."""

    __tablename__ = "opinion"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    helps: Mapped[int]
    outdated: Mapped[int]


class OpeningRow(Base):
    """How often a document was opened from the results of a search on a day; by whom is not known."""

    __tablename__ = "opening"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    opened: Mapped[int]


class GoalJudgmentRow(Base):
    """What somebody said of a document and one goal: it serves it, or it does not.

    The last one that was not undone counts. ``goals`` are all goals with which the judge left the
    document: a label to learn from. ``shown`` are those that it had before; nobody kept those once.
    """

    __tablename__ = "goal_judgment"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    goal: Mapped[int]
    given: Mapped[bool]
    goals: Mapped[list[int]] = mapped_column(JSON)
    shown: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str]
    remark: Mapped[str]
    judged_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class SiteTextRow(Base):
    """A text that an admin wrote for the site, by its name."""

    __tablename__ = "site_text"

    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    changed_at: Mapped[datetime]


class CounterRow(Base):
    """A named number that only grows; ``revision`` is the one of the documents."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class JobRow(Base):
    """A piece of work: what to do, how far it is and what came of it, in one row.

    ``queued_at`` is when it came back into the queue, after a pause or a try; nothing until then.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "uq_job_open_key",
            "key",
            unique=True,
            sqlite_where=text("state IN ('queued', 'running', 'paused')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handler: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    key: Mapped[str]
    state: Mapped[str]
    phase: Mapped[str] = mapped_column(default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    seconds_left: Mapped[int | None]
    counts: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    error: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    stop_asked: Mapped[bool] = mapped_column(default=False)
    pause_asked: Mapped[bool] = mapped_column(default=False)
    worker: Mapped[str | None]
    created_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class AccountRow(Base):
    """Somebody who may sign in: name, role, mail address, and of a partner the organisation.

    ``monthly_mail`` is whether a partner wants the mail of each month, ``monthly_until`` the first day
    after the last month that it was about.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)
    organisation: Mapped[str]
    added_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    monthly_mail: Mapped[bool] = mapped_column(default=True)
    monthly_until: Mapped[date | None]


class SignInLinkRow(Base):
    """A link that signs in once; only the SHA-256 of its token is kept."""

    __tablename__ = "sign_in_link"

    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    by_mail: Mapped[bool]
    expires_at: Mapped[datetime]


class SessionRow(Base):
    """A signed-in browser; only the SHA-256 of its token is kept."""

    __tablename__ = "session"

    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    whole: Mapped[bool]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class PasskeyRow(Base):
    """The public half of a passkey (WebAuthn credential); ``id`` is the credential's own."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    uses: Mapped[int]
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AppRow(Base):
    """An app that makes codes (RFC 6238); the secret is made of ``seed`` and the key outside."""

    __tablename__ = "app"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    seed: Mapped[str]
    last_step: Mapped[int]
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCodeRow(Base):
    """A code that signs in once in the place of passkey or app; only its SHA-256 is kept."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )


class CodeTryRow(Base):
    """A code that was typed for an account, right or wrong, so that nobody tries them all."""

    __tablename__ = "code_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]


class UsedChallengeRow(Base):
    """A challenge that a passkey has answered, so that the answer is no good a second time."""

    __tablename__ = "used_challenge"

    digest: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[datetime]


class MailRow(Base):
    """A mail that waits to be sent: what it is about, not yet its words or its links."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    recipient: Mapped[str]
    details: Mapped[dict[str, Any]]
    attempts: Mapped[int]
    error: Mapped[str]
    created_at: Mapped[datetime]
    next_at: Mapped[datetime] = mapped_column(index=True)


class FollowRow(Base):
    """A search that somebody follows by mail, from when the link in the first mail was opened."""

    __tablename__ = "follow"
    __table_args__ = (UniqueConstraint("email", "search"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    search: Mapped[str]
    seen_at: Mapped[datetime]
    next_at: Mapped[datetime] = mapped_column(index=True)


class ActRow(Base):
    """What somebody did below /beheer; rows are added and never changed. Names are not kept here."""

    __tablename__ = "act"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int]
    act: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict[str, Any]]


class SubmissionRow(Base):
    """An address that somebody offers, until a moderator has judged it.

    Those of one form share a ``batch``, the number of the first. ``address_key`` is the same for spellings
    that are probably one address. ``agreed_by`` approved it where a second person has to. ``trial`` is what the worker found there, ``duplicate_of`` the
    source or submission that seems to be the same.
    """

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[int] = mapped_column(index=True)
    url: Mapped[str] = mapped_column(index=True)
    address_key: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    email: Mapped[str]
    organisation: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    scope: Mapped[str]
    goals: Mapped[list[int]] = mapped_column(JSON)
    shows_text: Mapped[bool]
    remark: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    message: Mapped[str]
    duplicate_of: Mapped[str]
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    job_id: Mapped[int | None]
    trial: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class SubmissionNoteRow(Base):
    """What was said about a submission, by a moderator or (``account_id`` empty) by who offers it.

    A removed one can be put back for a while.
    """

    __tablename__ = "submission_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    text: Mapped[str]
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class ImprovementRow(Base):
    """Something that people changed about finding: a synonym, a weight, a word that stays whole.

    Rows are never changed but for ``is_live``, so that every change can be undone.
    """

    __tablename__ = "improvement"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    value: Mapped[dict[str, Any]]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]
    is_live: Mapped[bool] = mapped_column(index=True)


class ImprovementChangeRow(Base):
    """One change of what is live: what came, what went, or one in place of the other."""

    __tablename__ = "improvement_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    added_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id"))
    removed_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id"))
    undone_at: Mapped[datetime | None]


class JudgmentRow(Base):
    """How well a document answers a query, from 0 to 3, by who judged it last."""

    __tablename__ = "judgment"

    query: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(primary_key=True)
    grade: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    judged_at: Mapped[datetime]


class MeasurementRow(Base):
    """How good the answers to the judged queries were at a moment, as a mean of nDCG@10."""

    __tablename__ = "measurement"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    generation: Mapped[str]
    queries: Mapped[int]
    ndcg: Mapped[float]


class SearchPartRow(Base):
    """How often was searched on a day within a part of the site; of whom is not known.

    ``part`` is goal, organisation, box (of another site), shown or opened (of an organisation) or time;
    ``value`` says which. ``query`` is empty where only numbers count.
    """

    __tablename__ = "search_part"

    part: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    query: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    searches: Mapped[int]
    empty: Mapped[int]
    opened: Mapped[int]
