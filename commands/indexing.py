"""``reindex``: bring the index up to date, build another, or put the one before it back."""

from collections.abc import Mapping
from typing import Any

import click

from commands.house import House, pass_house
from commands.output import write
from library.errors import KennisbankError


@click.command()
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
