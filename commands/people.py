"""``add-admin`` and ``person``: who runs the site, and what is kept of somebody."""

import json

import click

from commands.house import House, pass_house
from library.people import everything_of, forget
from library.worker import utc_now
from webapp.accounts import is_email


@click.command("add-admin")
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


@click.group()
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
