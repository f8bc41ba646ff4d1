"""Errors as pages of the same site: a plain sentence, the search field, never a traceback.

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
from webapp.headers import security_headers
from webapp.messages import say
from webapp.pages import ErrorPage
from webapp.rendering import render

_log = structlog.get_logger()

PAGES: dict[int, tuple[str, str]] = {
    400: ("error.400.h1", "error.400"),
    403: ("error.403.h1", "error.403"),
    404: ("error.404.h1", "error.404"),
    405: ("error.405.h1", "error.405"),
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
    app.register_error_handler(IndexUnavailable, _unavailable)
    app.register_error_handler(StoreError, _unavailable)
    app.register_error_handler(Exception, _surprise)


def error_page(status: int) -> ErrorPage:
    """The page for a status; one that has no text of its own gets that of its class."""
    heading, text = (
        PAGES.get(status) or PAGES[400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500]
    )
    command = say("error.403.command") if status == HTTPStatus.FORBIDDEN else ""
    return ErrorPage(title=say(heading), text=say(text), command=command)


def answer_outside(app: Flask, status: int) -> bytes:
    """A whole HTTP answer for a request that the server could not read, so that no view sees it."""
    with app.test_request_context("/"):
        answer = render(error_page(status), status)
    headers = dict(answer.headers) | dict(security_headers().headers) | {"Connection": "close"}
    lines = [f"HTTP/1.1 {answer.status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.get_data()


def _known(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    answer = render(error_page(status), status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _stale_form(error: CSRFError) -> Response:  # noqa: ARG001 - Flask passes the error
    page = ErrorPage(title=say("error.400.h1"), text=say("error.400.form"))
    return render(page, HTTPStatus.BAD_REQUEST)


def _unavailable(error: Exception) -> Response:
    _log.error("page not available", path=request.path, error=str(error))
    return render(error_page(503), HTTPStatus.SERVICE_UNAVAILABLE)


def _surprise(error: Exception) -> Response:
    # As text: a log that also shows local variables would show what somebody searched.
    told = "".join(traceback.format_exception(error))
    _log.error("page failed by surprise", path=request.path, traceback=told)
    return render(error_page(500), HTTPStatus.INTERNAL_SERVER_ERROR)
