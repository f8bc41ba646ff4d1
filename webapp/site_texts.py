"""What an admin may say on the site in other words: contact person, introduction, examples.

In: the texts in the store. Out: ``site_texts()``, for every page, asked once for a request; and the
page below /beheer that changes them. An empty field is as the settings and the catalogue have it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from library.contact import Contact, contact_of
from library.errors import StoreError
from webapp import formats
from webapp.accounts import LONGEST_EMAIL, is_email
from webapp.acts import write_act
from webapp.first_run_pages import TextsPage
from webapp.messages import say
from webapp.proofs import FORM_LIVES, read, sign
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me

blueprint = Blueprint("site_texts", __name__, url_prefix="/beheer/teksten")
_log = structlog.get_logger()
MOST_EXAMPLES = 3
LONGEST_EXAMPLE = 60
LENGTHS: Mapping[str, int] = {
    "contact_name": 100,
    "contact_phone": 40,
    "contact_email": LONGEST_EMAIL,
    "intro": 300,
    "examples": MOST_EXAMPLES * (LONGEST_EXAMPLE + 2),
}
"""The fields of the form, which are the names in the store, and how long each may be."""
PURPOSE = "texts"
SAVED = "texts-saved"
"""The mark in the store that somebody looked at the texts and saved them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the site says of itself; ``examples`` is empty where nobody chose any."""

    contact: Contact
    intro: str
    examples: tuple[str, ...]


def site_texts() -> Said:
    """Give the texts, as they are during this request.

    The page that tells that the database is broken has a frame too: it gets those of the settings.
    """
    if "said" not in g:
        here = services()
        try:
            texts = here.store.texts.lately()
        except StoreError as error:
            _log.error("texts of the site not available", error=str(error))
            texts = {}
        g.said = Said(
            contact_of(here.settings, texts),
            texts.get("intro") or say("home.intro"),
            tuple(texts.get("examples", "").splitlines()),
        )
    said: Said = g.said
    return said


@blueprint.get("")
@role("admin")
def form() -> Response:
    texts = services().store.texts.all()
    contact = site_texts().contact
    given = {"contact_name": contact.name, "contact_phone": contact.phone}
    return _page(given | {"contact_email": contact.email} | dict(texts), {}, texts)


def _page(
    typed: Mapping[str, str], errors: Mapping[str, str], seen: Mapping[str, str], message: str = ""
) -> Response:
    done = say("texts.saved") if "bewaard" in request.args else ""
    return render(
        TextsPage(
            title=say("texts.h1"),
            here="texts",
            name=me().name,
            message=message or done,
            seen=sign(PURPOSE, dict(seen)),
            typed={name: typed.get(name, "") for name in LENGTHS},
            errors={name: errors.get(name, "") for name in LENGTHS},
            lengths=LENGTHS,
            intro=say("home.intro"),
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if errors or message else HTTPStatus.OK,
    )


@blueprint.post("")
@role("admin")
def save() -> AnyResponse:
    here = services()
    typed = {name: request.form.get(name, "").strip() for name in LENGTHS}
    typed["examples"] = "\n".join(filter(None, map(str.strip, typed["examples"].splitlines())))
    typed["intro"] = " ".join(typed["intro"].split())
    seen = read(PURPOSE, request.form.get("gezien", ""), FORM_LIVES)
    errors = _errors(typed)
    if errors:
        return _page(typed, errors, seen if isinstance(seen, dict) else {})
    with here.store.transaction():
        if here.store.texts.put(typed, seen if isinstance(seen, dict) else {}, here.clock()):
            here.store.marks.add(SAVED)
            write_act("texts", "site")
            return redirect("/beheer/teksten?bewaard=1", HTTPStatus.SEE_OTHER)
    return _page(typed, {}, here.store.texts.all(), say("texts.stale"))


def _errors(typed: Mapping[str, str]) -> dict[str, str]:
    errors = {
        name: say("src.remark.error", n=formats.number(most))
        for name, most in LENGTHS.items()
        if len(typed[name]) > most
    }
    if typed["contact_email"] and not is_email(typed["contact_email"]):
        errors["contact_email"] = say("email.error.you")
    if typed["contact_name"] and not (typed["contact_phone"] or typed["contact_email"]):
        errors["contact_phone"] = say("texts.contact.error")
    examples = typed["examples"].splitlines()
    if len(examples) > MOST_EXAMPLES or any(len(text) > LONGEST_EXAMPLE for text in examples):
        errors["examples"] = say("texts.examples.error", n=MOST_EXAMPLES, m=LONGEST_EXAMPLE)
    return errors
