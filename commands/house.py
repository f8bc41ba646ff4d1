"""Settings, store and index of one installation, made once, and what its worker can do.

In: the settings. Out: a ``House``, which every command is given by ``pass_house``. It names the
job handlers, and does a job in the foreground with progress.
"""

import threading
from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property, partial
from typing import Any

import click

from commands.labels import labels
from crawler import crawl_source, group_documents, read_all_again, try_site
from examples.tasks import remove_examples
from index import Index
from index.assess import assess
from index.goal_models import GoalModels
from index.judged import keep
from index.retrain import retrain
from index.tasks import put_back, rebuild_index, update_index
from library.console import TerminalProgress
from library.contact import contact_of
from library.errors import KennisbankError
from library.foreground import do_now
from library.progress import Progress
from library.settings import Settings
from library.store import Improvement, Job, Store
from library.worker import Handler, utc_now

LEFT = {
    "queued": "stopped; the same command, or the worker of the site, goes on from there",
    "running": "another process goes on with it",
    "paused": "somebody paused it; on its page, or with its button in /beheer/taken, it goes on",
    "stopped": "somebody asked to stop it",
}
"""What is told of a job that was left before it was done."""


class House:
    """Settings, store and index of one installation, each made when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # Crawls run side by side; their index has one writer.
        self._writing = threading.Lock()

    @cached_property
    def store(self) -> Store:
        """The database, brought up to date."""
        return Store.open(self.settings)

    @cached_property
    def index(self) -> Index:
        """The index, of which a first generation need not exist yet."""
        return Index(
            self.settings.index_folder,
            cache_mb=self.settings.search_cache_mb,
            often_asked=lambda: self.store.searches.often_found(utc_now().date()),
            improved=Improving(self),
        )

    def handlers(self) -> Mapping[str, Handler]:
        """What a worker can do; the names are those of the jobs in the store."""
        return {
            "crawl": self._crawl,
            "extract": self._extract,
            "reindex": self._reindex,
            "remove_examples": self._remove_examples,
            "rollback": self._rollback,
            "train_goals": self._train_goals,
            "assess_goals": self._assess_goals,
            "try": self._try,
        }

    @property
    def crawling(self) -> Settings:
        """The settings, with the contact that sites we crawl are told: that of the site."""
        contact = contact_of(self.settings, self.store.texts.all())
        return self.settings.model_copy(update={"contact_email": contact.email})

    def _crawl(self, arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        source = self.store.sources.get(arguments["source_id"])
        summary = crawl_source(
            self.store,
            self.crawling,
            source,
            progress,
            limit=arguments.get("limit"),
            accept_removals=arguments.get("accept_removals", False),
            unasked=arguments.get("unasked", False),
            chosen=arguments.get("chosen"),
        )
        return {
            "state": summary.state,
            "reason": summary.reason,
            "counts": dict(summary.counts),
            "reasons": dict(summary.reasons),
            "index": self._update(progress),
        }

    def _extract(self, _: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        told = read_all_again(self.store, self.settings, progress)
        return {
            "counts": dict(told.counts),
            "fields": dict(told.fields),
            "reasons": dict(told.reasons),
            "index": self._update(progress),
        }

    def _reindex(self, arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        if not arguments.get("full"):
            return self._update(progress)
        with self._writing:
            group_documents(self.store, progress)
            accept = arguments.get("accept_checks", False)
            done = rebuild_index(self.store, self.settings, progress, accept=accept)
            return self._measured(done)

    def _rollback(self, arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        with self._writing:
            return put_back(self.store, self.settings, arguments["seen"], progress)

    def _update(self, progress: Progress) -> Mapping[str, Any]:
        """Find what says the same among what changed, and bring the index up to date."""
        with self._writing:
            group_documents(self.store, progress)
            return self._measured(update_index(self.store, self.settings, progress))

    def _measured(self, done: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep how good the answers of a new index are, where people judged any."""
        if done.get("published") and self.store.judgments.count():
            index = Index(self.settings.index_folder, improved=Improving(self))
            try:
                keep(self.store, index.rank, str(done["generation"]), utc_now())
            finally:
                index.close()
        return done

    def _try(self, arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        found = asdict(try_site(self.store, self.crawling, arguments["url"], progress))
        self.store.keep_trial(arguments["url"], found, utc_now())
        return found

    def _train_goals(self, _: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        models = GoalModels.of(self.settings)
        return retrain(self.store, models, labels((), ()), progress, utc_now())

    def _assess_goals(self, _: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        return assess(self.store, GoalModels.of(self.settings).in_use().classifier, progress)

    def _remove_examples(self, _: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        removed = remove_examples(self.store)
        return {"removed": removed, "index": self._update(progress)}

    def do(self, job: Job, title: str) -> Job:
        """Do a job in the foreground with progress; end the command unless it was done."""
        with TerminalProgress(title) as watcher:
            job = do_now(self.store, self.settings.home, self.handlers(), job, watcher)
        if job.state == "failed":
            raise KennisbankError(job.error)
        if job.state != "done":
            click.echo(f"{title}: {LEFT[job.state]}", err=True)
            raise click.exceptions.Exit(130)
        return job

    def reindex(self, *, full: bool = False, accept_checks: bool = False) -> Job:
        """Bring the index up to the documents as they are now, or build it anew from them.

        A job that already ran when we asked may have read the documents before their last change;
        then it is done once more.
        """
        wanted = self.store.documents.revision()
        add = partial(self.store.jobs.add_reindex, full=full, accept_checks=accept_checks)
        job = self.do(add(), "Index")
        result = job.result or {}
        # One that was refused, or that somebody put back, stays behind on purpose.
        if result.get("published", True) and result.get("revision", wanted) < wanted:
            job = self.do(add(), "Index")
        return job

    def is_behind(self) -> bool:
        """Whether a kill, damage or a new version left the index behind the documents."""
        status = self.index.status()
        # Files that stay open here would keep old generations on the disk as long as we run.
        self.index.close()
        return bool(status.problem) or status.revision != self.store.documents.revision()


class Improving:
    """What people changed about finding; a command makes no database only to look for it."""

    def __init__(self, house: House) -> None:
        self._house = house

    def revision(self) -> int:
        """Tell the number of the last change."""
        made = self._house.settings.database.exists()
        return self._house.store.improvements.revision() if made else 0

    def current(self) -> tuple[Improvement, ...]:
        """Give what is live."""
        return self._house.store.improvements.current()


pass_house = click.make_pass_decorator(House)
