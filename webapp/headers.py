"""The headers of every answer, static files and errors included.

Out: a WSGI layer around the whole application, so that no answer can escape it. The policy allows
our own style sheet, scripts and forms and nothing else; no page has inline code (threats 2.5).
``Referrer-Policy`` lets a partner see where a visitor came from, never what was searched.
``Cache-Control`` is set per page by ``webapp.rendering``. No site may frame our pages, but for the
one page that asks for it with ``may_be_framed_by``.
"""

from collections.abc import Collection, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import request
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    XContentTypeOptions,
    XFrameOptions,
)
from secure.middleware import SecureWSGIMiddleware

_FRAMED = "kennisbank.framed_by"
"""Where in the environment of a request stands which origins may frame its answer."""
_NOBODY = "frame-ancestors 'none'"


def security_headers() -> Secure:
    """Make the set of headers."""
    policy = (
        ContentSecurityPolicy()
        .default_src("'none'")
        .style_src("'self'")
        .img_src("'self'")
        .script_src("'self'")
        .connect_src("'self'")
        .form_action("'self'")
        .base_uri("'none'")
        .frame_ancestors("'none'")
        .object_src("'none'")
    )
    nothing = PermissionsPolicy()
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        nothing = nothing.add_directive(feature)
    return Secure(
        csp=policy,
        coop=CrossOriginOpenerPolicy().same_origin(),
        permissions=nothing,
        referrer=ReferrerPolicy().strict_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
    )


class WithHeaders:
    """An application with the headers on every answer."""

    def __init__(self, application: WSGIApplication) -> None:
        self._strict = SecureWSGIMiddleware(application, secure=security_headers())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            origins = environ.get(_FRAMED)
            return start_response(status, _framed(headers, origins) if origins else headers, *more)

        return self._strict(environ, start)


def may_be_framed_by(origins: Collection[str]) -> None:
    """Let pages of these origins show the answer to this request in a frame."""
    request.environ[_FRAMED] = tuple(origins)


def _framed(headers: list[tuple[str, str]], origins: Collection[str]) -> list[tuple[str, str]]:
    allowed = f"frame-ancestors {' '.join(origins)}"
    kept = [(name, value) for name, value in headers if name.lower() != "x-frame-options"]
    return [(name, value.replace(_NOBODY, allowed)) for name, value in kept]
