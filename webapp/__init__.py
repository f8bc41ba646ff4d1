"""The web application: hits and documents -> pages, and the admin's buttons -> jobs.

In: settings, store and index, built once by the front door. Out: a Flask application that keeps
nothing about visitors. Knows index and library, never the crawler: what has to be fetched is a row
that the worker finds. ``create_app`` and ``webapp.server.serve`` are the two doors.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from index import Index
from library.errors import SettingsError
from library.settings import SHORTEST_KEY, Settings
from library.store import Store
from webapp import (
    about,
    accounts,
    acts,
    admin,
    api,
    documents,
    failures,
    feeds,
    finding,
    first_run,
    following,
    goal_quality,
    goals,
    grading,
    guides,
    health,
    insight,
    jobs,
    judging,
    moderation,
    organisations,
    own_account,
    partner,
    people,
    reindex,
    search,
    search_box,
    second_factor,
    site_texts,
    source_care,
    source_form,
    source_report,
    submission_status,
    submissions,
    tagging,
    trial,
)
from webapp.assets import asset, with_assets
from webapp.counting import Counting, write_after_answers
from webapp.headers import WithHeaders
from webapp.limits import limit_searches
from webapp.messages import say
from webapp.navigation import menu
from webapp.roles import check_roles, guard, may
from webapp.services import EXTENSION, Clock, Services, utc_now
from webapp.theme import read_theme

__all__ = ["create_app"]

MOST_BODY = 64 * 1024
"""Bytes of a request body; our largest form is far smaller (threats 2.5)."""

LIMITED = {
    "search.results": 1,
    "feeds.results_feed": 1,
    "api.search": 1,
    "api.document": 1,
    "health.healthz": 1,
    "api.best_per_goal": 1,
    "api.suggestions": 5,
    "feeds.suggestions": 5,
}
"""What a visitor may ask so often in a minute: all that searches for words. A suggestion comes
with every few letters, so those may come five times as often."""


def create_app(
    settings: Settings,
    store: Store,
    index: Index,
    *,
    key: str,
    clock: Clock = utc_now,
    shows_mail: bool = False,
) -> Flask:
    """Make the application; ``key`` signs cookies and forms, tests bring a clock.

    ``shows_mail`` tells that the worker prints mail where it runs, for who has no mail server.
    """
    if len(key) < SHORTEST_KEY:
        raise SettingsError(f"The secret key must have at least {SHORTEST_KEY} characters.")
    counting = Counting(store, clock)
    can_mail = bool(settings.mail_server) or shows_mail
    services = Services(settings, store, index, counting, clock, can_mail)
    app = Flask(__name__, static_folder=None)
    app.config.update(_config(settings, key))
    app.extensions[EXTENSION] = services
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    theme = read_theme(settings.theme)
    app.jinja_env.globals.update(say=say, asset=asset, theme=theme)
    app.jinja_env.globals.update(
        settings=settings, may=may, menu=menu, site_texts=site_texts.site_texts, guide=guides.guide
    )
    app.url_map.merge_slashes = False
    app.url_map.converters["anything"] = documents.AnyText
    app.before_request(guard)
    limit_searches(app, LIMITED)
    write_after_answers(app, counting)
    public = (
        search,
        documents,
        goals,
        feeds,
        api,
        about,
        accounts,
        submissions,
        submission_status,
        following,
        search_box,
        organisations,
    )
    own = (own_account, second_factor, partner, tagging, guides)
    admins = (
        admin,
        first_run,
        site_texts,
        goal_quality,
        insight,
        finding,
        grading,
        health,
        jobs,
        reindex,
        people,
        source_care,
        source_form,
        source_report,
        trial,
        moderation,
        judging,
        acts,
    )
    for part in (*public, *own, *admins):
        app.register_blueprint(part.blueprint)
    _protect_forms(app)
    failures.register(app)
    check_roles(app)
    files = {theme.address: theme.path} if theme else {}
    layers = WithHeaders(with_assets(app.wsgi_app, files))
    app.wsgi_app = layers  # type: ignore[method-assign]  # the way that Flask documents for layers
    return app


def _protect_forms(app: Flask) -> None:
    """Ask for a token of the session in every form but those of people without one."""
    protection = CSRFProtect(app)
    for view in app.view_functions.values():
        if getattr(view, "stateless", False):
            protection.exempt(view)


def _config(settings: Settings, key: str) -> dict[str, object]:
    site = urlsplit(settings.site_url)
    is_secure = site.scheme == "https"
    hosts = {site.hostname, settings.host, "localhost", "127.0.0.1"}
    return {
        "SECRET_KEY": key,
        "MAX_CONTENT_LENGTH": MOST_BODY,
        "TRUSTED_HOSTS": [host for host in hosts if host],
        "SESSION_COOKIE_NAME": "__Host-kennisbank" if is_secure else "kennisbank",
        "SESSION_COOKIE_SECURE": is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        # A form lives as long as the session it belongs to, which the store ends.
        "WTF_CSRF_TIME_LIMIT": None,
    }
