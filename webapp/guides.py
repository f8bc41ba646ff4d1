"""The help pages: one for each task, below /beheer for admins and below /partner for partners.

In: ``beheer_guides`` and ``partner_guides`` of ``webapp.messages``, and pictures in ``static/guides``
that ``python -m docs.guide_pictures`` makes of a running site. Out: a page for each, and ``guide()``,
the help that belongs to the page that is shown now.
"""

import struct
from collections.abc import Mapping
from functools import cache

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from webapp.assets import FOLDER, asset
from webapp.guide_pages import GuidePage, GuidesPage, GuideStep, Picture
from webapp.messages import say
from webapp.messages.beheer_guides import BEHEER_GUIDES
from webapp.messages.guides import GUIDE_OF, WORDS, Guide, Step
from webapp.messages.partner_guides import PARTNER_GUIDES
from webapp.navigation import ENTRIES
from webapp.pages import Link
from webapp.rendering import render
from webapp.roles import role
from webapp.sessions import me, signed_in

blueprint = Blueprint("guides", __name__)
BEHEER, PARTNER = "/beheer/hulp", "/partner/hulp"
_NAMES: Mapping[str, str] = {entry.address: entry.text for entry in ENTRIES}
_BEHEER: Mapping[str, Guide] = {guide.slug: guide for guide in BEHEER_GUIDES}
_PARTNER: Mapping[str, Guide] = {guide.slug: guide for guide in PARTNER_GUIDES}


@blueprint.get(BEHEER)
@role("moderator")
def guides() -> Response:
    return _all(BEHEER, BEHEER_GUIDES, WORDS)


@blueprint.get(f"{BEHEER}/<slug>")
@role("moderator")
def guide_page(slug: str) -> Response:
    return _one(BEHEER, _BEHEER, slug)


@blueprint.get(PARTNER)
@role("partner")
def partner_guides() -> Response:
    return _all(PARTNER, PARTNER_GUIDES, ())


@blueprint.get(f"{PARTNER}/<slug>")
@role("partner")
def partner_guide(slug: str) -> Response:
    return _one(PARTNER, _PARTNER, slug)


def _all(root: str, known: tuple[Guide, ...], words: tuple[tuple[str, str], ...]) -> Response:
    return render(
        GuidesPage(
            title=say("guides.h1"),
            here="guides",
            name=me().name,
            guides=tuple((Link(one.title, f"{root}/{one.slug}"), one.lead) for one in known),
            words=words,
        )
    )


def _one(root: str, known: Mapping[str, Guide], slug: str) -> Response:
    found = known.get(slug)
    if found is None:
        raise NotFound
    return render(
        GuidePage(
            title=found.title,
            here="guides",
            name=me().name,
            lead=found.lead,
            steps=tuple(map(_step, found.steps)),
            more=found.more,
            address=found.address,
            all_guides=root,
        )
    )


def _step(step: Step) -> GuideStep:
    picture = _picture(step.picture, step.alt) if step.picture else None
    way = Link(say("guides.to", name=_NAMES[step.address]), step.address) if step.address else None
    return GuideStep(step.text, picture, way)


def _picture(name: str, alt: str) -> Picture:
    file = f"guides/{name}.png"
    width, height = _size(file)
    return Picture(asset(file), alt, width, height)


@cache
def _size(file: str) -> tuple[int, int]:
    """Width and height of a PNG, from the header that every one begins with."""
    with (FOLDER / file).open("rb") as opened:
        width, height = struct.unpack(">II", opened.read(24)[16:])
    return width, height


def guide() -> Link | None:
    """The help that belongs to the page that is shown now, for who looks at it, or else all help."""
    account = signed_in()
    endpoint = request.endpoint or ""
    slug = GUIDE_OF.get(endpoint) or GUIDE_OF.get(endpoint.partition(".")[0], "")
    if account is None or request.blueprint == blueprint.name:
        return None
    root, known = (PARTNER, _PARTNER) if account.role == "partner" else (BEHEER, _BEHEER)
    if slug not in known:
        return Link(say("guides.all"), root)
    return Link(say("guides.here", title=known[slug].title), f"{root}/{slug}")
