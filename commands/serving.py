"""``start`` and ``serve``: answer visitors, beside a worker or alone."""

from typing import Any

import click

from commands.example_sites import load_examples
from commands.house import House, pass_house
from examples.tasks import are_removed
from library.secret import secret_key
from library.settings import Settings
from library.store import prepare_home
from library.supervisor import beside
from library.worker import WorkerLock
from webapp import create_app
from webapp.server import check_port, serve


@click.command()
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


@click.command("serve")
@pass_house
def serve_command(house: House) -> None:
    """Run the site alone; `kennisbank work` does the work elsewhere."""
    key = secret_key(house.settings)
    check_port(house.settings)
    house.store.close()
    serve_site(house.settings, key)
