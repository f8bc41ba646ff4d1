"""What a partner sees: the sources of its own organisation, and nothing of another."""

from flask import Blueprint, Response

from library.store import Source
from webapp.account_pages import PartnerPage
from webapp.admin import source_item
from webapp.pages import Counted
from webapp.proofs import sign
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me
from webapp.submissions import PURPOSE, state_name

blueprint = Blueprint("partner", __name__, url_prefix="/partner")


@blueprint.get("")
@role("partner")
def home() -> Response:
    return render(
        PartnerPage(
            title=me().organisation,
            here="partner",
            name=me().name,
            sources=tuple(source_item(source, None) for source in own_sources()),
            submissions=_submissions(),
        )
    )


def _submissions() -> tuple[Counted, ...]:
    """What the organisation offered, with its state and the way to its status page."""
    mine = services().store.submissions.of_organisation(me().organisation)
    return tuple(
        Counted(one.url, state_name(one), f"/aanmelding/{sign(PURPOSE, one.batch)}") for one in mine
    )


def own_sources() -> tuple[Source, ...]:
    """The sources of the organisation of who is signed in."""
    mine = me().organisation
    return tuple(
        source for source in services().store.sources.all() if mine and source.organisation == mine
    )
