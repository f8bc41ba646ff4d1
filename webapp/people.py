"""The people of a site, for an admin: invite, close, let in again, remove.

Each act is written down in the log, by the numbers of accounts. An invitation is a mail that the
worker sends; its link is made when it goes out.
"""

from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from library.people import forget_account
from library.store import Account, AlreadyThere, LastAdmin
from webapp.account_pages import PeoplePage, PersonItem
from webapp.accounts import LONGEST_EMAIL, is_email
from webapp.acts import write_act
from webapp.messages import ROLES, say
from webapp.pages import ConfirmPage
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me

blueprint = Blueprint("people", __name__, url_prefix="/beheer/mensen")
LONGEST_NAME = 100
FIELDS = ("naam", "email", "rol", "organisatie")
MESSAGES = {
    "uitgenodigd": say("people.invited"),
    "gesloten": say("people.closed"),
    "open": say("people.opened"),
    "verwijderd": say("people.removed"),
    "laatste": say("people.last"),
}


@blueprint.get("")
@role("admin")
def people() -> Response:
    return _page({}, {})


def _page(typed: dict[str, str], errors: dict[str, str]) -> Response:
    here = services()
    organisations = {source.organisation for source in here.store.sources.all()}
    return render(
        PeoplePage(
            title=say("people.h1"),
            here="people",
            name=me().name,
            message=MESSAGES.get(request.args.get("gedaan", ""), ""),
            people=tuple(map(_item, here.store.accounts.all())),
            roles=tuple(ROLES.items()),
            organisations=tuple(sorted(organisations)),
            typed={name: typed.get(name, "") for name in FIELDS},
            errors={name: errors.get(name, "") for name in FIELDS},
            can_mail=here.can_mail,
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


def _item(account: Account) -> PersonItem:
    facts = (ROLES[account.role], account.organisation, account.email)
    closed = (say("people.is-closed"),) if account.is_closed else ()
    return PersonItem(
        number=account.id,
        name=account.name,
        facts=(*(fact for fact in facts if fact), *closed),
        is_closed=account.is_closed,
        can_be_invited=bool(account.email) and not account.is_closed and services().can_mail,
    )


@blueprint.post("")
@role("admin")
def invite() -> AnyResponse:
    typed = {name: " ".join(request.form.get(name, "").split()) for name in FIELDS}
    errors = _errors(typed)
    if errors:
        return _page(typed, errors)
    store = services().store
    organisation = typed["organisatie"] if typed["rol"] == "partner" else ""
    try:
        with store.transaction():
            account = store.accounts.add(
                typed["naam"],
                typed["rol"],  # type: ignore[arg-type]  # checked to be one of ROLES
                email=typed["email"],
                organisation=organisation,
            )
            write_act("invite", f"account:{account.id}", role=account.role)
            _send(account)
    except AlreadyThere:
        return _page(typed, {"email": say("people.error.known")})
    return _done("uitgenodigd")


def _errors(typed: dict[str, str]) -> dict[str, str]:
    errors = {}
    if not 0 < len(typed["naam"]) <= LONGEST_NAME:
        errors["naam"] = say("people.error.name")
    if not is_email(typed["email"][: LONGEST_EMAIL + 1]):
        errors["email"] = say("email.error")
    if typed["rol"] not in ROLES:
        errors["rol"] = say("people.error.role")
    if typed["rol"] == "partner" and not 0 < len(typed["organisatie"]) <= LONGEST_NAME:
        errors["organisatie"] = say("people.error.organisation")
    return errors


@blueprint.post("/<int:account_id>/uitnodigen")
@role("admin")
def invite_again(account_id: int) -> AnyResponse:
    account = _get(account_id)
    if account.email and not account.is_closed:
        _send(account)
    return _done("uitgenodigd")


@blueprint.post("/<int:account_id>/sluiten")
@role("admin")
def close(account_id: int) -> AnyResponse:
    store = services().store
    _get(account_id)
    try:
        with store.transaction():
            store.accounts.close(account_id, services().clock())
            write_act("close", f"account:{account_id}")
    except LastAdmin:
        return _done("laatste")
    return _done("gesloten")


@blueprint.post("/<int:account_id>/openen")
@role("admin")
def reopen(account_id: int) -> AnyResponse:
    store = services().store
    _get(account_id)
    with store.transaction():
        store.accounts.reopen(account_id)
        write_act("reopen", f"account:{account_id}")
    return _done("open")


@blueprint.get("/<int:account_id>/verwijderen")
@role("admin")
def ask_removal(account_id: int) -> Response:
    account = _get(account_id)
    return render(
        ConfirmPage(
            title=say("people.remove.h1"),
            here="people",
            name=me().name,
            texts=(say("people.remove.text", name=account.name),),
            action=f"/beheer/mensen/{account.id}/verwijderen",
            button=say("people.remove.button"),
            back="/beheer/mensen",
        )
    )


@blueprint.post("/<int:account_id>/verwijderen")
@role("admin")
def remove(account_id: int) -> AnyResponse:
    store = services().store
    account = _get(account_id)
    try:
        with store.transaction():
            write_act("remove", f"account:{account_id}")
            forget_account(store, account)
    except LastAdmin:
        return _done("laatste")
    return _done("verwijderd")


def _get(account_id: int) -> Account:
    account = services().store.accounts.find(account_id)
    if account is None:
        raise NotFound
    return account


def _send(account: Account) -> None:
    here = services()
    here.store.mails.add("invitation", account.email, here.clock(), {"from": me().name})


def _done(what: str) -> AnyResponse:
    return redirect(f"/beheer/mensen?gedaan={what}", HTTPStatus.SEE_OTHER)
