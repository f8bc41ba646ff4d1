"""The headers of every answer, static files and errors included.

Out: a WSGI layer around the whole application, so that no answer can escape it. The policy allows
our own style sheet, scripts and forms and nothing else; no page has inline code (threats 2.5).
``Referrer-Policy`` lets a partner see where a visitor came from, never what was searched.
``Cache-Control`` is set per page by ``webapp.rendering``.
"""

from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    XContentTypeOptions,
    XFrameOptions,
)


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
