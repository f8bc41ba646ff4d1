"""Errors as pages of the same site: a plain sentence, the search field, never a traceback.

Below ``/api/`` the same sentence comes as a problem in JSON (RFC 9457), for programs.

A surprise (500) is written to the log with its traceback and the path, without the query string:
nobody's search ends up in a log. The pages need neither store nor index, as either may be broken.
"""

import traceback
from http import HTTPStatus

import structlog
from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from index.errors import IndexUnavailable
from library.errors import StoreError
from webapp.api_values import Mistake, Problem
from webapp.errors import WrongParameters
from webapp.headers import security_headers
from webapp.messages import say
from webapp.pages import ErrorPage
from webapp.rendering import render
from webapp.roles import NotSignedIn

_log = structlog.get_logger()

PAGES: dict[int, tuple[str, str]] = {
    400: ("error.400.h1", "error.400"),
    403: ("error.403.h1", "error.403"),
    404: ("error.404.h1", "error.404"),
    405: ("error.405.h1", "error.405"),
    410: ("gone.h1", "doc.gone.here"),
    413: ("error.413.h1", "error.413"),
    414: ("error.414.h1", "error.414"),
    429: ("error.429.h1", "error.429"),
    500: ("error.500.h1", "error.500"),
    503: ("error.503.h1", "error.engine"),
}


def register(app: Flask) -> None:
    """Give the application its error pages."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(WrongParameters, _wrong_parameters)
    app.register_error_handler(IndexUnavailable, _unavailable)
    app.register_error_handler(StoreError, _unavailable)
    app.register_error_handler(Exception, _surprise)


def error_page(status: int) -> ErrorPage:
    """The page for a status; one that has no text of its own gets that of its class."""
    heading, text = (
        PAGES.get(status) or PAGES[400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500]
    )
    return ErrorPage(title=say(heading), text=say(text))


def answer_outside(app: Flask, status: int) -> bytes:
    """A whole HTTP answer for a request that the server could not read, so that no view sees it."""
    with app.test_request_context("/"):
        answer = render(error_page(status), status)
    headers = dict(answer.headers) | dict(security_headers().headers) | {"Connection": "close"}
    lines = [f"HTTP/1.1 {answer.status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.get_data()


def _answer(status: int, mistakes: tuple[Mistake, ...] = ()) -> Response:
    """The error as who asked can read it."""
    page = error_page(status)
    if not request.path.startswith("/api/"):
        return render(page, status)
    problem = Problem(title=page.title, status=status, detail=page.text, fouten=mistakes)
    answer = Response(problem.model_dump_json(), status, content_type="application/problem+json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wrong_parameters(error: WrongParameters) -> Response:
    return _answer(HTTPStatus.BAD_REQUEST, error.mistakes)


def _known(error: HTTPException) -> Response:
    if isinstance(error, NotSignedIn):
        page = ErrorPage(
            title=say("error.stranger.h1"), text=say("error.stranger"), must_sign_in=True
        )
        return render(page, HTTPStatus.FORBIDDEN)
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    answer = _answer(status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _stale_form(error: CSRFError) -> Response:  # noqa: ARG001 - Flask passes the error
    page = ErrorPage(title=say("error.400.h1"), text=say("error.400.form"))
    return render(page, HTTPStatus.BAD_REQUEST)


def _place() -> str:
    """Where it went wrong, for the log; a link that lets somebody in is never written there."""
    rule = request.url_rule
    return rule.rule if rule is not None and "token" in rule.arguments else request.path


def _unavailable(error: Exception) -> Response:
    _log.error("page not available", path=_place(), error=str(error))
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE)


def _surprise(error: Exception) -> Response:
    # As text: a log that also shows local variables would show what somebody searched.
    told = "".join(traceback.format_exception(error))
    _log.error("page failed by surprise", path=_place(), traceback=told)
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR)
