"""Offering a source: the form and the check of the answers. ``submission_status`` goes on from there.

In: addresses as somebody typed them; this process never asks for one, the worker looks at them in a
trial. Who is signed in is known; anybody else confirms by a link in a mail, and until then nothing
is looked at. The link to a status page is signed and goes by mail only.
"""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, redirect, request
from limits import RateLimitItemPerMinute
from werkzeug.wrappers import Response as AnyResponse

from library.goals import GOALS, goal
from library.store import Account, Offer, Submission
from library.store.sources import Scope
from library.store.submissions import MOST_OPEN, MOST_PER_MINUTE, TooManySubmissions
from webapp import formats
from webapp.accounts import LONGEST_EMAIL, is_email
from webapp.limits import hold_off
from webapp.links import address_key, host_of, outward, site_of
from webapp.messages import SCOPES, SUBMISSION_STATES, say
from webapp.pages import NoticePage
from webapp.proofs import NOBODY, check_form, form_proof, sign, stateless
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import signed_in
from webapp.submission_pages import CheckPage, SubmitPage

blueprint = Blueprint("submissions", __name__)
WORKING_DAYS = 5
LINK_LIVES = timedelta(days=365)
LONGEST_ADDRESS = 2048
LONGEST_REMARK = 2000
LONGEST_NAME = 100
PER_MINUTE = RateLimitItemPerMinute(MOST_PER_MINUTE)
FIELDS = ("adressen", "bereik", "lezen", "naam", "email", "organisatie", "opmerking")
PURPOSE = "submission"


@blueprint.get("/bron-aanmelden")
@role("public")
def form() -> Response:
    account = signed_in()
    typed = {"adressen": request.args.get("adres", "")[:LONGEST_ADDRESS]}
    return _form(account, typed, frozenset(), {})


def _form(
    account: Account | None,
    typed: Mapping[str, str],
    chosen: frozenset[int],
    errors: Mapping[str, str],
) -> Response:
    return render(
        SubmitPage(
            title=say("src.h1"),
            here="submit",
            proof=form_proof(account.id if account else NOBODY),
            typed={name: typed.get(name, "") for name in FIELDS},
            chosen=chosen,
            errors={name: errors.get(name, "") for name in (*FIELDS, "formulier")},
            goals=GOALS,
            scopes=tuple(SCOPES.items()),
            is_known=account is not None,
            sender=_sender(account) if account else (),
            can_mail=services().can_mail,
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


@blueprint.post("/bron-aanmelden")
@role("public")
@stateless
def submit() -> AnyResponse:
    account = signed_in()
    check_form(account.id if account else NOBODY)
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    chosen = frozenset(g.number for g in GOALS if str(g.number) in request.form.getlist("doel"))
    addresses, errors = _read(typed, account)
    step = request.form.get("stap", "nakijken")
    if errors or step == "wijzigen":
        return _form(account, typed, chosen, errors)
    if step != "versturen":
        return _check(account, typed, chosen, addresses)
    hold_off("submit", PER_MINUTE, f"account:{account.id}" if account else None)
    try:
        batch = _add(_offer(account, typed, chosen), addresses)
    except TooManySubmissions as error:
        said = {"formulier": say(TOO_MANY[error.code], n=MOST_OPEN)}
        return _form(account, typed, chosen, said)
    if account is None:
        lines = (say("src.confirm"), say("login.sent.spam"))
        return render(NoticePage(title=say("login.sent.h1"), lines=lines))
    return redirect(f"/aanmelding/{sign(PURPOSE, batch)}?gedaan=verstuurd", HTTPStatus.SEE_OTHER)


TOO_MANY = {
    "open": "src.many.open",
    "minute": "src.many.minute",
    "unconfirmed": "src.many.unconfirmed",
}


def _read(
    typed: Mapping[str, str], account: Account | None
) -> tuple[dict[str, str], dict[str, str]]:
    """The addresses with their keys, and what is wrong, by field."""
    addresses, errors = read_addresses(typed["adressen"])
    if typed["bereik"] not in SCOPES:
        errors["bereik"] = say("src.scope.error")
    if typed["lezen"] not in {"ja", "nee"}:
        errors["lezen"] = say("src.preview.error")
    if len(typed["opmerking"]) > LONGEST_REMARK:
        errors["opmerking"] = say("src.remark.error", n=formats.number(LONGEST_REMARK))
    if account is None:
        if not 0 < len(typed["naam"]) <= LONGEST_NAME:
            errors["naam"] = say("src.name.error")
        if not is_email(typed["email"][: LONGEST_EMAIL + 1]):
            errors["email"] = say("email.error")
        if len(typed["organisatie"]) > LONGEST_NAME:
            errors["organisatie"] = say("src.organisation.error")
    return addresses, errors


def read_addresses(typed: str) -> tuple[dict[str, str], dict[str, str]]:
    """Read an address on each line; give them with their keys, and what is wrong."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not lines:
        return {}, {"adressen": say("src.url.err.none")}
    if len(lines) > MOST_OPEN:
        return {}, {"adressen": say("src.many.open", n=MOST_OPEN)}
    addresses = {}
    for line in lines:
        whole = line if "://" in line else f"https://{line}"
        address = outward(whole) if len(whole) <= LONGEST_ADDRESS else None
        if address is None or "." not in host_of(address) or "@" in address.split("/")[2]:
            return {}, {"adressen": say("src.url.err", line=line[:100])}
        plain = address.partition("#")[0]
        addresses[plain] = address_key(plain)
    return addresses, {}


def _offer(account: Account | None, typed: Mapping[str, str], chosen: frozenset[int]) -> Offer:
    return Offer(
        name=account.name if account else " ".join(typed["naam"].split()),
        email=account.email if account else typed["email"],
        organisation=account.organisation if account else typed["organisatie"],
        scope=cast("Scope", typed["bereik"]),
        goals=tuple(sorted(chosen)),
        shows_text=typed["lezen"] == "ja",
        remark=typed["opmerking"],
        account_id=account.id if account else None,
    )


def _check(
    account: Account | None,
    typed: Mapping[str, str],
    chosen: frozenset[int],
    addresses: Mapping[str, str],
) -> Response:
    offer = _offer(account, typed, chosen)
    goals = tuple(goal(number).label for number in offer.goals) or (say("src.goals.none"),)
    answers = [
        (say("src.url"), tuple(addresses)),
        (say("src.scope"), (SCOPES[offer.scope],)),
        (say("src.goals.short"), goals),
        (say("src.preview"), (say("src.preview.yes" if offer.shows_text else "src.preview.no"),)),
        (say("src.contact"), _sender(offer)),
    ]
    if offer.remark:
        answers.append((say("src.remark"), (offer.remark,)))
    fields = [(name, typed[name]) for name in FIELDS]
    fields += [("doel", str(number)) for number in offer.goals]
    return render(
        CheckPage(
            title=say("src.check"),
            here="submit",
            proof=form_proof(account.id if account else NOBODY),
            warnings=tuple(say("src.known", url=url) for url in addresses if is_source(url)),
            answers=tuple(answers),
            fields=tuple(fields),
        )
    )


def _sender(who: Offer | Account) -> tuple[str, ...]:
    return tuple(filter(None, (who.name, who.email, who.organisation)))


def is_source(url: str) -> bool:
    """Whether an address seems to belong to a source that we have."""
    for source in services().store.sources.all():
        if source.scope == "page" and address_key(source.url) == address_key(url):
            return True
        prefix = "" if source.scope == "site" else address_key(source.url)
        is_same = site_of(source.url) == site_of(url)
        if source.scope != "page" and is_same and address_key(url).startswith(prefix):
            return True
    return False


def _add(offer: Offer, addresses: Mapping[str, str]) -> int:
    """Keep what is offered; of who is known the worker looks at it now. Give the number."""
    here = services()
    with here.store.transaction():
        added = here.store.submissions.add(offer, addresses, here.clock())
        batch = added[0].batch
        if offer.account_id is None:
            details = {"batch": batch}
            here.store.mails.add("submission-confirm", offer.email, here.clock(), details)
        else:
            begin_trials(added)
    return batch


def begin_trials(offered: tuple[Submission, ...]) -> None:
    """Have the worker look at what nobody looked at yet, and tell that it came in."""
    here = services()
    waiting = [one for one in offered if one.job_id is None]
    for one in waiting:
        here.store.submissions.set_job(one.id, here.store.jobs.add_trial(one.url).id)
    if waiting and waiting[0].email:
        details = {"batch": waiting[0].batch}
        here.store.mails.add("submission-received", waiting[0].email, here.clock(), details)


def state_name(one: Submission) -> str:
    """The state in words; what the worker has looked at is being looked at by us."""
    looking = one.state == "agreed" or (one.state == "new" and one.trial is not None)
    return say("state.looking") if looking else SUBMISSION_STATES[one.state]
