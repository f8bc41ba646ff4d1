"""What a partner sees: the sources of its own organisation, what they do, and nothing of another.

Also the switch of the mail of each month: with a button on this page, or by the link in the mail, which
proves whose it is.
"""

from http import HTTPStatus
from itertools import islice

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from library.store import Account, Source
from webapp.account_pages import PartnerPage
from webapp.admin import source_item
from webapp.following import STOP_LIVES, FollowStepPage
from webapp.goal_quality import unsure_goals
from webapp.insight import DAYS, days_ago
from webapp.messages import say
from webapp.pages import Counted, NoticePage
from webapp.partner_report import STOP, report_of, sections_of
from webapp.proofs import form_proof, read, sign, stateless
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me
from webapp.submissions import PURPOSE, state_name

blueprint = Blueprint("partner", __name__, url_prefix="/partner")
MOST_TO_JUDGE = 5
"""Documents of which the goals are the least sure: a few minutes of work."""
MESSAGES = {"aan": say("monthly.is-on"), "uit": say("monthly.is-off")}


@blueprint.get("")
@role("partner")
def home() -> Response:
    here, organisation = services(), me().organisation
    here.counting.write()
    tomorrow = days_ago(-1)
    report = report_of(here.store, here.index, organisation, days_ago(DAYS), tomorrow)
    return render(
        PartnerPage(
            title=organisation,
            here="partner",
            name=me().name,
            message=MESSAGES.get(request.args.get("maandbericht", ""), ""),
            sources=tuple(source_item(source, None) for source in own_sources()),
            submissions=_submissions(),
            report=sections_of(report, here.store),
            has_monthly_mail=me().monthly_mail,
            to_judge=tuple(islice(unsure_goals(), MOST_TO_JUDGE)),
            all_documents=Question(organisations=(organisation,)).address(),
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


@blueprint.post("/maandbericht")
@role("partner")
def monthly_mail() -> AnyResponse:
    wanted = request.form.get("maandbericht") == "aan"
    services().store.accounts.want_monthly_mail(me().id, wanted=wanted)
    return redirect(f"/partner?maandbericht={'aan' if wanted else 'uit'}", HTTPStatus.SEE_OTHER)


@blueprint.get("/maandbericht/stop/<token>")
@role("public")
def stop(token: str) -> Response:
    account = _receiver(token)
    if account is None or not account.monthly_mail:
        return _told_stopped()
    return render(
        FollowStepPage(
            title=say("monthly.stop"),
            what=account.organisation,
            action=f"/partner/maandbericht/stop/{token}",
            button=say("monthly.stop.button"),
            proof=form_proof(),
        )
    )


@blueprint.post("/maandbericht/stop/<token>")
@role("public")
@stateless
def stopped(token: str) -> Response:
    """For the button, and for a mail program, which has only the link: that is proof enough."""
    account = _receiver(token)
    if account is not None:
        services().store.accounts.want_monthly_mail(account.id, wanted=False)
    return _told_stopped()


def _receiver(token: str) -> Account | None:
    """Whose mail a link is in; nothing when the account is gone."""
    value = read(STOP, token, STOP_LIVES)
    if value is None:
        raise NotFound
    return services().store.accounts.find(int(value))


def _told_stopped() -> Response:
    return render(NoticePage(title=say("monthly.stopped"), lines=(say("monthly.is-off"),)))
