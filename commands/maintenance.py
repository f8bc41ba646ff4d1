"""``migrate``, ``doctor``, ``backup`` and ``restore``: is this installation sound, and a copy of it."""

from collections.abc import Iterator
from pathlib import Path

import click

from commands.house import House, pass_house
from index.health import health_of
from library.backup import make_backup, restore_backup
from library.doctor import Finding, examine
from library.health import BACKUP_MARK, findings, vitals
from library.settings import described
from library.store import Store, prepare_home
from library.store.migrate import is_up_to_date
from library.worker import utc_now


@click.command()
@pass_house
def migrate(house: House) -> None:
    """Make or update the tables of the database."""
    Store.open(house.settings).close()
    click.echo(f"{house.settings.database} is up to date.")


@click.command()
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


@click.command()
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


@click.command()
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
