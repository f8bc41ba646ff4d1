"""``work``: do the jobs of the site, crawl what is due, and send the mail that waits."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import click

from commands.example_sites import uncrawled
from commands.house import House, pass_house
from examples.server import ExampleServer
from examples.tasks import stored_ports
from index import Index
from index.health import health_of
from library.alarm import Alarm
from library.doctor import Finding
from library.foreground import stopping
from library.health import findings, vitals
from library.mail import Postman, print_letter, sending
from library.secret import secret_key
from library.store import prepare_home
from library.worker import Worker, WorkerLock
from webapp.letters import composing


@click.command()
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
