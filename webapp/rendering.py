"""A page value -> an answer: template, status, and how long it may be kept.

Public pages carry an ETag, so that a phone that asks again gets a few bytes; nobody keeps them
without asking. Pages for one person, errors and forms are never kept. Pages that take a search
are looked at by ``webapp.freshness`` first.
"""

from flask import Response, make_response, render_template, request

from webapp.pages import AdminPage, Page, PrivatePage

OK = 200


def render(page: Page, status: int = OK) -> Response:
    """Make the answer for a page."""
    response = make_response(render_template(page.template, page=page), status)
    is_private = isinstance(page, AdminPage | PrivatePage)
    if is_private or status != OK or request.method not in {"GET", "HEAD"}:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
