"""All SQL, one file per noun. In: frozen values. Out: frozen values; rows stay inside.

A store ``add``s, ``get``s (raises ``NotFound`` when absent), ``find``s (may return ``None``) and
``remove``s. ``Store.open`` makes the folder and brings the tables up to date by Alembic.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from library.errors import HomeError
from library.settings import Settings
from library.store.accounts import Account, Accounts, AlreadyThere, LastAdmin, Passkey, Session
from library.store.acts import Act, Acts
from library.store.blocks import Blocks, PageBlocks
from library.store.bodies import Bodies, KeptBody
from library.store.checkups import Ailing, Checkups
from library.store.codes import App, Codes
from library.store.crawls import Crawl, Crawls, CrawlState
from library.store.database import Database
from library.store.documents import Change, Documents, StoredDocument
from library.store.follows import Follow, Follows
from library.store.frontier import Address, Frontier
from library.store.goal_judgments import GoalJudgment, GoalJudgments
from library.store.hosts import Hosts, RobotsFile, Verdict
from library.store.improvements import Improvement, ImprovementChange, Improvements
from library.store.jobs import BUILD_KEY, Job, Jobs
from library.store.judgments import Judgments, Measurement
from library.store.likeness import Likeness
from library.store.mails import Mail, Mails
from library.store.marks import Marks
from library.store.migrate import migrate
from library.store.observed import Observed
from library.store.openings import Openings
from library.store.opinions import Opinion, Opinions
from library.store.pinned import MOST_PINNED, Pinned
from library.store.reports import Reports, Visited
from library.store.search_parts import SearchParts, Within
from library.store.searches import Asked, Counts, Searches
from library.store.sources import Source, Sources
from library.store.submissions import Note, Offer, Submission, Submissions
from library.store.texts import SiteTexts

__all__ = [
    "BUILD_KEY",
    "MOST_PINNED",
    "Account",
    "Act",
    "Address",
    "Ailing",
    "AlreadyThere",
    "App",
    "Asked",
    "Change",
    "Counts",
    "Crawl",
    "CrawlState",
    "Follow",
    "GoalJudgment",
    "Improvement",
    "ImprovementChange",
    "Job",
    "Jobs",
    "KeptBody",
    "LastAdmin",
    "Mail",
    "Measurement",
    "Note",
    "Offer",
    "Opinion",
    "PageBlocks",
    "Passkey",
    "RobotsFile",
    "Session",
    "Source",
    "Store",
    "StoredDocument",
    "Submission",
    "Verdict",
    "Visited",
    "Within",
    "prepare_home",
]


class Store:
    """The one door to the database; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self.documents = Documents(self._database)
        self.sources = Sources(self._database)
        self.crawls = Crawls(self._database)
        self.reports = Reports(self._database)
        self.frontier = Frontier(self._database)
        self.hosts = Hosts(self._database)
        self.bodies = Bodies(self._database)
        self.blocks = Blocks(self._database)
        self.observed = Observed(self._database)
        self.likeness = Likeness(self._database)
        self.jobs = Jobs(self._database)
        self.accounts = Accounts(self._database)
        self.codes = Codes(self._database)
        self.mails = Mails(self._database)
        self.follows = Follows(self._database)
        self.acts = Acts(self._database)
        self.submissions = Submissions(self._database)
        self.texts = SiteTexts(self._database)
        self.marks = Marks(self._database)
        self.pinned = Pinned(self._database)
        self.searches = Searches(self._database)
        self.opinions = Opinions(self._database)
        self.improvements = Improvements(self._database)
        self.search_parts = SearchParts(self._database)
        self.checkups = Checkups(self._database)
        self.judgments = Judgments(self._database)
        self.openings = Openings(self._database)
        self.goal_judgments = GoalJudgments(self._database)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the database of an installation, made or brought up to date where needed."""
        prepare_home(settings.home)
        migrate(settings.database)
        store = cls(settings.database)
        if not store.marks.has("partners"):
            with store.transaction():
                if store.marks.add("partners"):
                    store.sources.add_partners()
        return store

    def remove_source(self, source_id: int) -> int:
        """Remove a source and what it said; its open crawls stop. Give the number of documents."""
        with self.transaction():
            self.jobs.stop_crawls(source_id, datetime.now(UTC))
            removed = self.documents.purge(source_id)
            self.sources.remove(source_id)
        return removed

    def restore_removed(self, source_id: int, since: datetime) -> int:
        """Bring back what crawls removed of a source from a moment on; give the number of documents.

        The next crawl looks at them as at any other page, and at a 404 waits for a second one again.
        """
        with self.transaction():
            found = self.documents.removed_since(source_id, since)
            for stored in found:
                self.documents.restore(stored.document.id)
                url = stored.document.canonical_url
                self.frontier.take_back(source_id, url, stored.document.id)
        return len(found)

    def keep_trial(self, url: str, trial: Mapping[str, Any], now: datetime) -> None:
        """Keep what was found at an address that was offered, and mail who offered it.

        One mail for one form: when the last of its addresses has been looked at.
        """
        with self.transaction():
            for one in self.submissions.tried(url, trial):
                batch = self.submissions.of_batch(one.batch)
                if (
                    one.email
                    and one.state != "unconfirmed"
                    and not any(map(self._is_untried, batch))
                ):
                    self.mails.add("submission-tried", one.email, now, {"batch": one.batch})

    def _is_untried(self, one: Submission) -> bool:
        """Whether the worker is still to look at an address."""
        job = self.jobs.find(one.job_id) if one.job_id and one.trial is None else None
        return job is not None and job.is_open

    def stop_example_crawls(self) -> None:
        """Ask the open crawls of examples to stop."""
        with self.transaction():
            for source in self.sources.all():
                if source.is_example:
                    self.jobs.stop_crawls(source.id, datetime.now(UTC))

    def add_examples_removal(self) -> Job:
        """Queue the removal of all examples; the one worker would otherwise end their crawls first."""
        with self.transaction():
            self.stop_example_crawls()
            return self.jobs.add("remove_examples", {}, key="remove_examples")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all calls inside one transaction: everything happens, or nothing does."""
        with self._database.transaction():
            yield

    def close(self) -> None:
        """Close all connections."""
        self._database.close()


def prepare_home(home: Path) -> None:
    """Make the folder with all state, for its owner alone, and check that it can be written."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise HomeError(f"KENNISBANK_HOME {home} cannot be made: {error.strerror}.") from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise HomeError(f"KENNISBANK_HOME {home} cannot be written. Check who owns it.")
