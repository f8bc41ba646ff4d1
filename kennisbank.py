"""The front door: the ``kennisbank`` command.

Builds the settings, the store and the index once, names the job handlers, and hands every command
to the room that does the work. It imports everything; nothing imports it.

Exit codes: 0 it worked; 1 it did not, and one line says why; 2 the command was typed wrongly;
130 stopped by Ctrl-C.
"""

import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NoReturn

import click

from crawler import (
    REASONS,
    WARNINGS,
    add_source,
    canonical_url,
    crawl_source,
    document_at,
    explain,
    extract_once,
    group_documents,
    kind_of,
    read_all_again,
    try_site,
)
from examples.server import ExampleServer
from examples.tasks import (
    add_sources,
    allow_again,
    are_removed,
    remove_examples,
    store_ports,
    stored_ports,
    trusting,
)
from examples.texts import documents as example_documents
from index import Index, IndexUnavailable, Query
from index.analysis import index_terms as indexed_terms
from index.assess import assess
from index.classify import classify as classify_document
from index.classify import describe
from index.evaluate import evaluate as evaluate_run
from index.evaluate import read_qrels, read_queries, write_run
from index.expansion import query_terms
from index.goal_models import GoalModels
from index.health import health_of
from index.judged import keep, numbered
from index.labels import Labelled, read_examples, read_judged, read_written
from index.people_labels import label_lines, people_labels, without_judged
from index.records import facet_record, page_record, tag_records
from index.retrain import retrain
from index.tasks import put_back, rebuild_index, update_index
from index.train import train
from index.train_facets import train_facets
from library.alarm import Alarm
from library.backup import make_backup, restore_backup
from library.console import TerminalProgress, log_to_standard_error
from library.contact import contact_of
from library.doctor import Finding, examine
from library.document import Document, Kind
from library.errors import KennisbankError
from library.exchange import BadLine, as_record, read_file, write_file
from library.foreground import do_now, stopping
from library.health import BACKUP_MARK, findings, vitals
from library.imports import import_file
from library.mail import Postman, print_letter, sending
from library.people import everything_of, forget
from library.progress import Progress
from library.report import csv_lines, grouped
from library.secret import secret_key
from library.settings import Settings, described, read_settings
from library.store import Improvement, Job, Source, Store, prepare_home
from library.store.migrate import is_up_to_date
from library.supervisor import beside
from library.worker import Handler, Worker, WorkerLock, utc_now
from webapp import create_app
from webapp.accounts import is_email
from webapp.letters import composing
from webapp.server import check_port, serve

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


def write(value: object) -> None:
    """Write one JSON value as a line on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kennisbank", prog_name="kennisbank")
@click.pass_context
def cli(context: click.Context) -> None:
    """Kennisbank: crawl partner sites, search them in Dutch, serve the results.

    All state is in the folder KENNISBANK_HOME. Settings are environment variables that begin with
    KENNISBANK_; `kennisbank doctor --settings` lists them.
    """
    settings = read_settings()
    log_to_standard_error(settings.log_level)
    context.obj = House(settings)


# Running the site


@cli.command()
@click.option("--examples", is_flag=True, help="Load the built-in example sites by crawling them.")
@pass_house
def start(house: House, *, examples: bool) -> None:
    """Run the site and the worker together: the way for one machine."""
    check_port(house.settings)
    prepare_home(house.settings.home)
    # The first lock is kept for as long as the site runs, the second only says that no other
    # process works here: the worker beside the site takes it.
    with WorkerLock(house.settings.home, "start"):
        with WorkerLock(house.settings.home):
            key = secret_key(house.settings, make=True)
        run_site(house, key, examples=examples)


def run_site(house: House, key: str, *, examples: bool) -> None:
    """Bring everything up to date, then answer visitors beside a worker."""
    with_examples = examples and not are_removed(house.store)
    if examples and not with_examples:
        click.echo(
            "The examples were removed. `kennisbank source add --examples` brings them back."
        )
    if with_examples:
        load_examples(house)
    if house.is_behind():
        house.reindex()
    house.store.close()
    # Who has no mail server finds links to sign in where the site was started.
    shows_mail = not house.settings.mail_server
    worker = ["work", "--until-eof"]
    worker += ["--examples"] if with_examples else []
    worker += ["--print-mail"] if shows_mail else []
    with beside(worker):
        serve_site(house.settings, key, shows_mail=shows_mail)


def load_examples(house: House) -> None:
    """Serve the example sites for a moment and crawl those that were not crawled to their end."""
    with ExampleServer(ports=stored_ports(house.settings.home)) as server:
        for source in uncrawled(house, server):
            crawl_now(house, source, limit=None)


def uncrawled(house: House, server: ExampleServer) -> list[Source]:
    """Let the crawler reach the examples; give those that were not crawled to their end there."""
    store_ports(house.settings.home, server.addresses)
    house.settings = trusting(house.settings, server.addresses)
    if are_removed(house.store):
        return []
    sources = add_sources(house.store, server.addresses)
    crawls = ((source, house.store.crawls.latest(source.id)) for source in sources)
    return [source for source, latest in crawls if latest is None or latest.state != "done"]


def serve_site(settings: Settings, key: str, *, shows_mail: bool = False) -> None:
    """Answer visitors until Ctrl-C."""

    def ready() -> None:
        click.echo(f"Kennisbank: {settings.site_url}   (Ctrl-C stops)")

    # The application is made in each web process, so that no connection crosses a fork; whoever
    # calls us has opened the store and closed it, to say in time what is wrong with it.
    def application() -> Any:
        house = House(settings)
        house.index.keep_warm()
        return create_app(settings, house.store, house.index, key=key, shows_mail=shows_mail)

    serve(application, settings, on_ready=ready)


@cli.command("serve")
@pass_house
def serve_command(house: House) -> None:
    """Run the site alone; `kennisbank work` does the work elsewhere."""
    key = secret_key(house.settings)
    check_port(house.settings)
    house.store.close()
    serve_site(house.settings, key)


@cli.command()
@click.option(
    "--examples", is_flag=True, help="Serve the example sites too, while they are loaded."
)
@click.option("--until-eof", is_flag=True, help="Stop when standard input ends.")
@click.option("--print-mail", is_flag=True, help="Show mail here instead of sending it.")
@pass_house
def work(house: House, *, examples: bool, until_eof: bool, print_mail: bool) -> None:
    """Run the worker: jobs from the site, and crawls whose time has come."""
    prepare_home(house.settings.home)
    server = ExampleServer(ports=stored_ports(house.settings.home)) if examples else None
    with WorkerLock(house.settings.home):
        if server is not None:
            server.start()
            for source in uncrawled(house, server):
                house.store.jobs.add_crawl(source.id)
        if house.is_behind():
            house.store.jobs.add_reindex()
        worker = Worker(house.store, house.handlers(), lanes=house.settings.crawls_at_once)
        if until_eof:
            threading.Thread(target=stop_at_eof, args=(worker,), daemon=True).start()
        with stopping(worker), delivering(house, print_mail=print_mail):
            worker.run()
        if server is not None:
            server.stop()


def needs_now(house: House, now: datetime) -> tuple[Finding, ...]:
    """What needs a person, for the letter of the day; no file of the index stays open for it."""
    index = Index(house.settings.index_folder)
    try:
        return findings(vitals(house.store, house.settings, health_of(index, house.store), now))
    finally:
        index.close()


@contextmanager
def delivering(house: House, *, print_mail: bool) -> Iterator[None]:
    """Send the mail that waits, beside the work; without a mail server it goes on waiting."""
    if not print_mail and not house.settings.mail_server:
        yield
        return
    deliver = print_letter if print_mail else sending(house.settings)
    key = secret_key(house.settings, make=True)
    alarm = Alarm(house.store, partial(needs_now, house))
    compose = composing(house.settings, house.store, house.index, key)
    postman = Postman(house.store, compose, deliver, rounds=[alarm.ring])
    thread = threading.Thread(target=postman.run)
    thread.start()
    try:
        yield
    finally:
        postman.stop()
        thread.join()


def stop_at_eof(worker: Worker) -> None:
    """Wait until whoever started us is gone."""
    # Read below Python's buffers: a thread that holds one when the program ends is a fatal error.
    while os.read(0, 4096):
        pass
    worker.stop()


@cli.command()
@pass_house
def migrate(house: House) -> None:
    """Make or update the tables of the database."""
    Store.open(house.settings).close()
    click.echo(f"{house.settings.database} is up to date.")


@cli.command()
@click.option("--settings", "show_settings", is_flag=True, help="List every setting and its help.")
@pass_house
def doctor(house: House, *, show_settings: bool) -> None:
    """Check this installation; exit code 1 when something is broken."""
    if show_settings:
        for line in described():
            click.echo(line)
        return
    found = [*examine(house.settings)]
    if all(finding.grade != "fault" for finding in found):
        found += running_findings(house)
    marks = {"good": "ok     ", "warning": "warning", "fault": "FAULT  "}
    for finding in found:
        click.echo(f"{marks[finding.grade]} {finding.text}")
    if any(finding.grade == "fault" for finding in found):
        raise click.exceptions.Exit(1)


def running_findings(house: House) -> Iterator[Finding]:
    """Say what needs a person, as /beheer/gezondheid does; who asks makes and migrates nothing."""
    if not is_up_to_date(house.settings.database):
        yield Finding("warning", "There is no index yet; `kennisbank start` makes it")
        return
    index = health_of(house.index, house.store)
    if index.is_there and not index.problem:
        yield Finding("good", f"The index is sound: {index.documents} documents")
    yield from findings(vitals(house.store, house.settings, index, utc_now()))


@cli.command("add-admin")
@click.argument("name", default="beheerder")
@click.option("--email", default="", help="Mail address, for links to sign in by mail.")
@pass_house
def add_admin(house: House, name: str, email: str) -> None:
    """Add the admin NAME and print a link that signs in once, within 15 minutes.

    NAME is "beheerder" by default. A known NAME gets a new link, also when the account was closed
    or its passkey is lost: whoever may run this may do anything here.
    """
    if not name.strip() or not name.isprintable():
        raise click.BadParameter("Give a name that can be read.", param_hint="NAME")
    if email and not is_email(email):
        raise click.BadParameter("Give a mail address.", param_hint="--email")
    account = house.store.accounts.add_admin(name, email)
    token = house.store.accounts.sign_in_link(account.id, utc_now())
    click.echo(f"{house.settings.site_url}/inloggen/{token}")


@cli.group()
def person() -> None:
    """Show or remove what is kept of somebody."""


@person.command("export")
@click.argument("who")
@pass_house
def person_export(house: House, who: str) -> None:
    """Write all that is kept of WHO, a mail address or the name of an account, as JSON."""
    told = everything_of(house.store, who)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))


@person.command("forget")
@click.argument("who")
@pass_house
def person_forget(house: House, who: str) -> None:
    """Remove the account of WHO, and name and mail address from what WHO offered."""
    number = forget(house.store, who)
    click.echo(f"Forgotten. Submissions that no longer name anybody: {number}.")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(1), help="Keep only so many of the newest copies.")
@click.option("--force", is_flag=True, help="Take the place of a FILE that exists.")
@pass_house
def backup(house: House, file: Path, *, keep: int | None, force: bool) -> None:
    """Copy this installation to FILE while everything runs; `restore` brings it back, here or elsewhere.

    When FILE is a folder, the copy gets a name with the time in it, and --keep removes the oldest. The
    index is not in it, as it can be built again; settings are not either.
    """
    now = utc_now()
    made = make_backup(house.settings, file, now, force=force, keep=keep or 0)
    house.store.marks.put(BACKUP_MARK, int(now.timestamp()))
    click.echo(
        f"Copied to {made} ({made.stat().st_size // 1000:,} kB), and read back without a fault."
    )


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Set aside what is there already.")
@pass_house
def restore(house: House, file: Path, *, force: bool) -> None:
    """Make this installation what it was when FILE was made, and build its index.

    Stop the site and the worker first. Nobody is signed in afterwards, and mail that waited is gone.
    """
    prepare_home(house.settings.home)
    aside = restore_backup(house.settings, file, force=force)
    if aside is not None:
        click.echo(f"What was here is in {aside}. Remove that when all is well.")
    result = house.reindex(full=True).result or {}
    click.echo(f"Restored from {file}, with {result.get('documents', 0)} documents.")


# Sources and crawls


@cli.group()
def source() -> None:
    """Add, change, list and remove sources."""


def source_rules(command: Any) -> Any:
    """Add the options that add and edit share: one for each rule of a source."""
    for name, kind, many, text in reversed(SOURCE_OPTIONS):
        command = click.option(f"--{name}", type=kind, multiple=many, help=text)(command)
    return command


SOURCE_OPTIONS: tuple[tuple[str, Any, bool, str], ...] = (
    ("name", str, False, "How the source is called."),
    ("organisation", str, False, "Whose knowledge it is; default: the name."),
    (
        "scope",
        click.Choice(["site", "section", "page"]),
        False,
        "What belongs to it: the whole site, the part below the path, or one page.",
    ),
    (
        "rule",
        str,
        True,
        "'allow PATH' or 'deny PATH'; the first that matches decides, * is any letters. '' for none.",
    ),
    (
        "keep",
        str,
        True,
        "Query parameter that belongs to an address, * for any letters; '' for none.",
    ),
    (
        "identity",
        str,
        False,
        "Regular expression for what stays of an address when its title changes: /(\\d+)\\.aspx",
    ),
    ("depth", click.IntRange(0), False, "Most links from the start. Default: 10."),
    ("budget", click.IntRange(0), False, "Most pages of one crawl; 0: as for every source."),
    ("start", str, True, "Path of another page to start from, such as /nieuws/; '' for none."),
    ("feed", str, True, "Path of an RSS or Atom feed, where no page names it; '' for none."),
    ("language", str, True, "Language that is kept: nl, fy, en, de or fr. Default: nl and fy."),
    ("title-selector", str, False, "CSS selector of the title; '' for our own judgement."),
    ("date-selector", str, False, "CSS selector of the date of publication."),
    ("content-selector", str, False, "CSS selector of the main text."),
    ("left-out-selector", str, False, "CSS selector of what is no main text."),
    ("contact", str, False, "Whom to ask about the source: name and mail address; '' for nobody."),
    ("permission", str, False, "Where its owner said that whole texts may be read here."),
    ("pace", click.FloatRange(0, 60), False, "Seconds between requests; at least 2 are kept."),
    (
        "every",
        click.IntRange(0, 8760),
        False,
        "Hours between crawls; 0, the default: only when asked.",
    ),
    ("quiet", str, False, "Hours without requests, Dutch time, such as 08:00-18:00; '' for none."),
)
"""Name, type, whether it may be given more than once, help."""

RULES = {
    "rule": "path_rules",
    "keep": "kept_parameters",
    "depth": "deepest",
    "budget": "page_budget",
    "start": "start_paths",
    "feed": "feeds",
    "language": "languages",
    "every": "interval_hours",
    "quiet": "quiet_hours",
}
"""The options that the store knows under another name."""

NONE_FOR_NOTHING = frozenset({"page_budget", "interval_hours", "identity", "pace"})


def rules_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Give the options that were used, under the names of the store; 0 and '' take a rule away."""
    used = {RULES.get(name, name): v for name, v in options.items() if v not in (None, ())}
    lists = {name: tuple(filter(None, v)) for name, v in used.items() if isinstance(v, tuple)}
    nothing = {name: None for name in NONE_FOR_NOTHING.intersection(used) if not used[name]}
    return used | lists | nothing


@source.command("add")
@click.argument("url", required=False)
@click.option("--examples", is_flag=True, help="Let the next `start --examples` load them again.")
@source_rules
@pass_house
def source_add(house: House, /, url: str | None, *, examples: bool, **options: Any) -> None:
    """Add the site, part or page at URL as a source; `kennisbank crawl` fetches it."""
    if examples:
        allow_again(house.store)
        click.echo("The next `kennisbank start --examples` loads the examples again.")
        return
    if url is None:
        raise click.UsageError("Give a URL, or --examples.")
    added = add_source(house.store, house.settings, url, **rules_of(options))
    click.echo(f"Added source {added.slug}. Fetch it with: kennisbank crawl {added.slug}")


@source.command("edit")
@click.argument("key")
@click.option("--paused/--active", default=None, help="Leave it alone, or crawl it in its time.")
@source_rules
@pass_house
def source_edit(house: House, /, key: str, **options: Any) -> None:
    """Change the source KEY (its slug, number or address): only what the options name."""
    changes = rules_of(options)
    if not changes:
        raise click.UsageError("Say with an option what must change.")
    changed = house.store.sources.edit(known_source(house, key).id, **changes)
    click.echo(f"Changed source {changed.slug}.")


def known_source(house: House, key: str) -> Source:
    """Find a source or say which there are."""
    found = house.store.sources.find(key)
    if found is None:
        raise KennisbankError(f"There is no source {key!r}. `kennisbank source list` shows them.")
    return found


@source.command("show")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_house
def source_show(house: House, key: str, *, as_json: bool) -> None:
    """Show every rule of the source KEY, under the names of the options that change them."""
    found = asdict(known_source(house, key))
    if as_json:
        write({name: str(v) if isinstance(v, datetime) else v for name, v in found.items()})
        return
    options = {rule: option for option, rule in RULES.items()}
    for name, value in found.items():
        shown = ", ".join(value) if isinstance(value, tuple) else value
        click.echo(
            f"{options.get(name, name).replace('_', '-'):<18} {'' if shown is None else shown}"
        )


@source.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_house
def source_list(house: House, *, as_json: bool) -> None:
    """List the sources with what became of their last crawl."""
    for item in house.store.sources.all():
        crawl_row = house.store.crawls.latest(item.id)
        state = "never crawled" if crawl_row is None else crawl_row.state
        documents = house.store.documents.count(source_id=item.id)
        if as_json:
            write({"id": item.id, "slug": item.slug, "name": item.name, "url": item.url,
                   "organisation": item.organisation, "scope": item.scope, "state": state,
                   "documents": documents})  # fmt: skip
        else:
            click.echo(
                f"{item.id:>4}  {item.slug:<32} {documents:>6} documents  {state:<14} {item.url}"
            )


@source.command("report")
@click.argument("key")
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(path_type=Path),
    help="Write every address with its reason to this file; - for standard output.",
)
@pass_house
def source_report(house: House, key: str, *, csv_file: Path | None) -> None:
    """Tell what became of every address of the source KEY, counted by reason."""
    found = known_source(house, key)
    if csv_file is not None:
        with click.open_file(str(csv_file), "w", encoding="utf-8", lazy=False) as file:
            file.writelines(csv_lines(report_rows(house, found)))
        return
    last = house.store.crawls.latest(found.id)
    counts = house.store.reports.counts(found.id)
    if last is not None:
        told = ", ".join(f"{number} {name}" for name, number in last.counts.items() if number)
        click.echo(f"last crawl {last.started_at:%Y-%m-%d %H:%M} UTC: {last.state} ({told})")
    for group, items in grouped(counts):
        click.echo(f"{group}: {sum(number for _, number in items)}")
        for reason, number in items:
            click.echo(f"    {number:>6}  {reason}: {REASONS.get(reason, 'Not visited yet.')}")
    links = {} if last is None else {c: n for c, n in last.reasons.items() if c not in counts}
    for reason, number in sorted(links.items(), key=lambda pair: -pair[1]):
        click.echo(f"links left out: {number:>6}  {reason}: {REASONS.get(reason, '')}")


def report_rows(house: House, found: Source) -> Iterator[tuple[str, ...]]:
    """Give the addresses of a source as rows of a table, the names of the columns first."""
    yield ("address", "reason", "sentence", "visited", "found on", "leads to")
    for one in house.store.reports.all_addresses(found.id):
        visited = one.visited_at.isoformat(timespec="seconds") if one.visited_at else ""
        sentence = REASONS.get(one.reason, "Not visited yet.")
        yield one.url, one.reason, sentence, visited, one.found_on, one.moved_to


@source.command("remove")
@click.argument("key", required=False)
@click.option("--examples", is_flag=True, help="Remove all example sites and their documents.")
@pass_house
def source_remove(house: House, key: str | None, *, examples: bool) -> None:
    """Remove the source KEY with all its documents, from the index too."""
    if examples:
        job = house.do(house.store.add_examples_removal(), "Remove")
        click.echo(f"Removed the examples: {(job.result or {}).get('removed', 0)} documents.")
        return
    if key is None:
        raise click.UsageError("Give a source, or --examples.")
    found = known_source(house, key)
    removed = house.store.remove_source(found.id)
    house.reindex()
    click.echo(f"Removed source {found.slug} and {removed} documents.")


@source.command("restore")
@click.argument("key")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day of what is brought back; without it, what the last crawl removed.",
)
@pass_house
def source_restore(house: House, key: str, *, since: datetime | None) -> None:
    """Bring back the documents of the source KEY that a crawl removed.

    The next crawl looks again: what is still gone goes again, at a 404 after a second look a day later.
    """
    found = known_source(house, key)
    last = house.store.crawls.latest(found.id)
    if since is not None:
        start = since.astimezone()
    elif last is not None:
        start = last.started_at
    else:
        raise KennisbankError(f"{found.slug} was never crawled.")
    restored = house.store.restore_removed(found.id, start)
    house.reindex()
    click.echo(f"Brought back {restored} documents of {found.slug}.")


@cli.command()
@click.argument("source_or_url")
@click.option("--limit", type=click.IntRange(1), help="Most pages to fetch in this run.")
@click.option(
    "--accept-removals",
    is_flag=True,
    help="Remove all documents that are gone, also when they are so many that a crawl is held.",
)
@pass_house
def crawl(house: House, source_or_url: str, *, limit: int | None, accept_removals: bool) -> None:
    """Fetch a source now, with progress, and bring the index up to date.

    SOURCE_OR_URL is the slug, number or address of a source; an address that is new is added
    as one. Ctrl-C stops tidily and the next crawl goes on from there.
    """
    found = house.store.sources.find(source_or_url)
    if found is None and "://" in source_or_url:
        address = canonical_url(source_or_url)
        found = house.store.sources.find(address) or add_source(
            house.store, house.settings, address
        )
    found = found or known_source(house, source_or_url)
    job = crawl_now(house, found, limit=limit, accept_removals=accept_removals)
    if (job.result or {}).get("state") != "done":
        raise click.exceptions.Exit(1)


def crawl_now(
    house: House, found: Source, *, limit: int | None, accept_removals: bool = False
) -> Job:
    """Crawl in the foreground and print the summary."""
    queued = house.store.jobs.add_crawl(found.id, limit=limit, accept_removals=accept_removals)
    job = house.do(queued, found.name)
    result = job.result or {}
    counts = ", ".join(f"{n} {name}" for name, n in result["counts"].items() if n) or "nothing"
    why = f": {REASONS.get(result['reason'], result['reason'])}" if result["reason"] else ""
    click.echo(f"{found.name}: {result['state']}{why} ({counts})", err=True)
    for reason, number in sorted(result["reasons"].items(), key=lambda pair: -pair[1]):
        click.echo(f"    {number:>6}  {reason}: {REASONS.get(reason, '')}", err=True)
    if result["state"] == "held":
        command = f"kennisbank crawl {found.slug} --accept-removals"
        click.echo(f"If that many are really gone, remove them with: {command}", err=True)
    return job


@cli.command("try")
@click.argument("source_or_url")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_house
def try_(house: House, source_or_url: str, *, as_json: bool) -> None:
    """Try a site before adding it: robots.txt, sitemap, feeds, and twenty pages with what is in them.

    SOURCE_OR_URL is an address, or a known source to try with its own rules. Guard and pace are those of a crawl; no document and
    no source is stored.
    """
    found = house.do(house.store.jobs.add_trial(source_or_url), "Try").result or {}
    if as_json:
        write(found)
        return
    click.echo(f"robots.txt: {found['robots'] or 'not asked'}; start: {REASONS[found['start']]}")
    click.echo(f"pace: {found['gap']:g} seconds; in sitemaps: {found['listed']} pages")
    for feed, number in found["feeds"].items():
        click.echo(f"feed: {feed}, {number} pages")
    for sample in found["samples"]:
        click.echo(f"{sample['url']}\n    {told_sample(sample)}")
    for code, number in found["warnings"]:
        click.echo(f"warning: {WARNINGS[code].format(n=number)}")


def told_sample(sample: Mapping[str, Any]) -> str:
    """One line on a page that was tried."""
    if sample["outcome"] != "fetched":
        return f"{sample['outcome']}: {REASONS[sample['outcome']]}"
    date = f"{sample['published']} ({sample['evidence']})" if sample["published"] else "no date"
    facts = [date, sample["kind"], sample["language"], f"{sample['words']} words"]
    facts += ["overview"] if sample["is_listing"] else []
    facts += ["known"] if sample["is_known"] else []
    facts += [f"says the same as {sample['copy_of']}"] if sample["copy_of"] else []
    return f"{sample['title']}: {', '.join(facts)}"


# Documents and the index


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@pass_house
def import_(house: House, file: Path) -> None:
    """Import documents from FILE: JSON lines (.gz too), and bring the index up to date.

    A line has id, title and text, and may have url, organisation, published, kind and goals. A bad
    line is reported with its number and the reason; the rest is imported. Exit code 1 when a line
    was bad.
    """
    with TerminalProgress("Import") as progress:
        counts = import_file(house.store, file, progress, tell=partial(tell_bad_line, file))
    house.reindex()
    click.echo(", ".join(f"{number} {name}" for name, number in counts.items()) or "nothing")
    if counts["bad"]:
        raise click.exceptions.Exit(1)


def tell_bad_line(file: Path, line: BadLine) -> None:
    """Say which line was not read, and why."""
    click.echo(f"{file}, line {line.number}: {line.reason}", err=True)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_house
def export(house: House, file: Path) -> None:
    """Write every document to FILE as JSON lines, which `import` reads back unchanged.

    FILE is compressed when its name ends in .gz.
    """
    number = write_file(file, (stored.document for stored in house.store.documents.live()))
    click.echo(f"Wrote {number} documents to {file}.")


@cli.command()
@click.option("--full", is_flag=True, help="Build a new index from all documents.")
@click.option(
    "--accept-checks",
    is_flag=True,
    help="Use the new index also when it has far fewer documents or misses pinned searches.",
)
@click.option(
    "--previous",
    is_flag=True,
    help="Put the index back that was there before; a second time: the newer one again.",
)
@pass_house
def reindex(house: House, *, full: bool, accept_checks: bool, previous: bool) -> None:
    """Bring the index up to date with the documents; visitors go on searching meanwhile.

    An index that was put back is held: what is removed leaves it, and what is new comes in when the
    newer one is put back or --full builds another.
    """
    if previous:
        seen = int(house.index.status().generation or 0)
        house.index.close()
        result = house.do(house.store.jobs.add_rollback(seen), "Index").result or {}
        write(result)
        if not result.get("published"):
            raise KennisbankError("There is no other index to put back.")
        return
    result = house.reindex(full=full, accept_checks=accept_checks).result or {}
    write(result)
    missed = [told_check(check) for check in result.get("checks", ()) if not check["met"]]
    if missed and not result["published"]:
        raise KennisbankError(
            f"The new index was not used: {'; '.join(missed)}. If that is right, use it with: "
            "kennisbank reindex --full --accept-checks"
        )


def told_check(check: Mapping[str, Any]) -> str:
    """Say what a new index did not answer."""
    if check["kind"] == "search":
        return f"nothing is found for {check['text']!r}"
    what = "documents" if check["kind"] == "documents" else "thousandths of nDCG@10"
    return f"{check['now']} {what} where there were {check['before']}"


@cli.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--goal",
    "goals",
    type=click.IntRange(1, 5),
    multiple=True,
    help="Only this goal; more than one: any of them.",
)
@click.option(
    "--organisation",
    "organisations",
    multiple=True,
    help="Only this organisation, by its whole name; more than one: any of them.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Most hits to show.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Tell by which words each hit is found, with parts of its score.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_house
def search(
    house: House,
    words: tuple[str, ...],
    goals: tuple[int, ...],
    organisations: tuple[str, ...],
    limit: int,
    *,
    explain: bool,
    as_json: bool,
) -> None:
    """Search the index for WORDS: words, "phrases" and -words that must be absent.

    Put -- before WORDS that begin with a minus. Empty WORDS ('') find everything, newest first.
    """
    query = Query(" ".join(words), goals=goals, organisations=organisations, limit=limit)
    page = house.index.search(query)
    reasons = {hit.id: house.index.why(query, hit.id) if explain else () for hit in page.hits}
    if as_json:
        record = page_record(page)
        for hit in record["hits"] if explain else ():
            hit["why"] = [asdict(one) for one in reasons[hit["id"]]]
        write(record)
        return
    for rank, hit in enumerate(page.hits, start=1):
        click.echo(f"{rank:>3}. {hit.title}  [{hit.organisation}]\n     {hit.url}")
        for fragment in hit.fragments[:1]:
            click.echo(f"     {fragment.text}")
        for one in reasons[hit.id]:
            click.echo(f"     {one.score:7.3f}  {one.word}: {one.found} ({one.kind})")
    click.echo(f"{page.total} documents")


@cli.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--query", "as_query", is_flag=True, help="As a query: with synonyms and joined forms."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def terms(words: tuple[str, ...], *, as_query: bool, as_json: bool) -> None:
    """Show the terms that each of WORDS becomes in the index, or in a query."""
    analyse = query_terms if as_query else indexed_terms
    found = {text: list(analyse(text)) for text in words}
    if as_json:
        write(found)
        return
    for text, its_terms in found.items():
        click.echo(f"{text}: {' '.join(its_terms)}")


@cli.command()
@click.argument("text")
@click.option("--limit", default=8, show_default=True, help="Suggestions at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_house
def complete(house: House, text: str, limit: int, *, as_json: bool) -> None:
    """Show what a visitor who typed TEXT so far is offered, and what TEXT was probably meant to be."""
    found = house.index.complete(text, limit)
    meant = house.index.did_you_mean(text)
    if as_json:
        write({"suggestions": [asdict(one) for one in found], "did_you_mean": meant})
        return
    for one in found:
        click.echo(f"{one.text}  [{one.kind} {one.count}]")
    if meant:
        click.echo(f"Did you mean: {meant}")


@cli.command()
@click.argument("file_or_url", required=False)
@click.option("--all", "everything", is_flag=True, help="Read all kept pages and files again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every field.")
@pass_house
def extract(house: House, file_or_url: str | None, *, everything: bool, as_json: bool) -> None:
    """Show the document that would be made of FILE_OR_URL; nothing is stored.

    A URL is fetched with the manners of a crawl: its robots.txt is read and followed. With --all
    the kept bytes of every page and file are read again, without the network: documents become
    what this version makes of them, and what changed is told.
    """
    if everything == (file_or_url is not None):
        raise click.UsageError("Give a file or URL, or --all.")
    if file_or_url is None:
        extract_all(house, as_json=as_json)
        return
    # An installation that is there keeps one pace; one that is not is not made for a look.
    hosts = house.store.hosts if house.settings.database.exists() else None
    document = extract_once(file_or_url, house.settings, hosts=hosts)
    if as_json:
        write(as_record(document))
    else:
        click.echo(f"{document.title}\n\n{document.text}")


def extract_all(house: House, *, as_json: bool) -> None:
    """Read everything that is kept again, and say what changed."""
    result = house.do(house.store.jobs.add_extraction(), "Extract").result or {}
    if as_json:
        write(result)
        return
    for title, numbers in (("Documents", result["counts"]), ("Changed in them", result["fields"])):
        told = ", ".join(f"{number} {name}" for name, number in numbers.items())
        click.echo(f"{title}: {told or 'nothing'}")
    for reason, number in sorted(result["reasons"].items(), key=lambda pair: -pair[1]):
        click.echo(f"    {number:>6}  {reason}: {REASONS.get(reason, '')}")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
def classify(file: Path) -> None:
    """Give the goals and facets of each document in FILE (JSON lines) with the evidence, as JSON lines.

    Goals that FILE holds itself are left out: this shows what would be found.
    """
    bad = 0
    for line in read_file(file):
        if isinstance(line, BadLine):
            tell_bad_line(file, line)
            bad += 1
        else:
            bare = replace(line, goals=())
            goals = tag_records(classify_document(bare))
            write({"id": line.id, "goals": goals, **facet_record(describe(bare))})
    if bad:
        raise click.exceptions.Exit(1)


@cli.command("train-goals")
@click.option(
    "--labels",
    "given",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Labels with their texts, as `kennisbank export-labels` writes them.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Write the model to this folder.",
)
@click.option(
    "--also",
    type=click.Path(path_type=Path),
    multiple=True,
    help="JSON lines of documents of which the goals are a judgment; only weights are kept of them.",
)
@click.option(
    "--only",
    is_flag=True,
    help="Learn from the given files alone, not from the program's own labels.",
)
def train_goals(
    output: Path, also: tuple[Path, ...], given: tuple[Path, ...], *, only: bool
) -> None:
    """Learn the weights of the goals from labelled documents, and print how good they are.

    Labels are those of this program and of each file given with --also or --labels. The same labels give the
    same files. With the program's own folder index/data/goals as output a next version has them.
    """
    found = labels(also, given, with_ours=not only)
    if not found:
        raise click.UsageError("There are no labels to learn from.")
    trained = train(found, utc_now().date(), tell=partial(click.echo, err=True))
    trained.write(output)
    click.echo(trained.figures, nl=False)


@cli.command("train-facets")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Write the model to this folder.",
)
def train_facets_command(output: Path) -> None:
    """Learn the weights of theme, kind, phase and reader, and print how good they are.

    Labels are those of this program. The same labels give the same files. With the program's own folder
    index/data/facets as output a next version has them.
    """
    told = partial(click.echo, err=True)
    trained = train_facets(facet_labels(), utc_now().date(), tell=told)
    trained.write(output)
    click.echo(trained.figures, nl=False)


def facet_labels() -> list[Labelled]:
    """All documents of which people said more than the goals, with the kind that a crawl guesses."""
    return [replace(one, document=as_crawled(one.document)) for one in labels((), ())]


def as_crawled(document: Document) -> Document:
    """A document with the kind that a crawl makes of it, as far as its text and address tell."""
    kind: Kind = "overig"
    if not document.is_listing:
        kind = kind_of(document.url, document.title, (), document.text)
    return replace(document, kind=kind)


def labels(
    also: tuple[Path, ...], given: tuple[Path, ...], *, with_ours: bool = True
) -> list[Labelled]:
    """All documents that people gave their goals; what people said on a site takes the place of ours."""
    judged = [one for file in also for one in read_judged(file)]
    people = [one for file in given for one in read_written(file)]
    ours = [*read_examples(example_documents()), *read_written()] if with_ours else []
    return [*without_judged(ours, people), *people, *judged]


@cli.command("export-labels")
@click.argument("file", type=click.Path(path_type=Path))
@pass_house
def export_labels(house: House, file: Path) -> None:
    """Write what people said of goals on the site to FILE, as labels for `train-goals --labels`."""
    labelled = people_labels(house.store)
    file.write_text("".join(f"{line}\n" for line in label_lines(labelled)), encoding="utf-8")
    click.echo(f"{len(labelled)} documents")


@cli.command()
@click.option("--queries", type=click.Path(path_type=Path), help="JSON lines with id and text.")
@click.option("--qrels", type=click.Path(path_type=Path), help="TREC judgments.")
@click.option("--run", "run_file", type=click.Path(path_type=Path), help="Write a TREC run here.")
@pass_house
def evaluate(house: House, queries: Path | None, qrels: Path | None, run_file: Path | None) -> None:
    """Measure the ranking on judged queries: nDCG@10, MRR@10 and recall@100.

    Without files the judgments are those that people made on the site, in /beheer/beoordelen.
    """
    if (queries is None) != (qrels is None):
        raise click.UsageError("Give --queries and --qrels together, or neither.")
    if queries is not None and qrels is not None:
        questions, judged = read_queries(queries), read_qrels(qrels)
    else:
        questions, judged = numbered(house.store.judgments.all())
        if not judged:
            raise KennisbankError("Nothing was judged yet. On the site: /beheer/beoordelen.")
    with TerminalProgress("Evaluate") as progress:
        progress.phase("ask")
        each = partial(_asked, progress)
        report = evaluate_run(questions, judged, house.index.rank, each=each)
    if run_file is not None:
        write_run(report.run, run_file)
    click.echo(report.table())


def _asked(progress: Progress, done: int, total: int) -> None:
    progress.advance(done, total=total)


@cli.command("explain")
@click.argument("url")
@pass_house
def explain_(house: House, url: str) -> None:
    """Tell all that is known of URL: source, last visit, document, goals, place in the index."""
    canonical_url(url)
    for line in explain(house.store, house.settings, url):
        click.echo(line)
    stored = document_at(house.store, url)
    hit = None if stored is None else house.index.lookup(stored.document.id)
    click.echo(
        "index: it is not in the index" if hit is None else f"index: it is there as {hit.id}"
    )
    for tag in () if hit is None else hit.goals:
        click.echo(f"goal {tag.number} ({tag.probability:.2f}): {', '.join(tag.evidence)}")


def main() -> None:
    """Run a command; say what went wrong in one line."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        fail("Stopped. What was done is kept; the same command does the rest.", 130)
    except IndexUnavailable as error:
        fail(f"{error} `kennisbank reindex` builds a new one.")
    except KennisbankError as error:
        fail(str(error))
    except OSError as error:
        # A disk or a file failed us outside the rooms that expect it.
        fail(f"{error.filename or 'The system'}: {error.strerror or error}.")
    sys.exit(code if isinstance(code, int) else 0)


def fail(reason: str, code: int = 1) -> NoReturn:
    """End with one line of plain words."""
    click.echo(f"kennisbank: {reason}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
