"""How the installation is: for a monitor, for a program that draws graphs, and for an admin.

``/healthz`` says in one word whether visitors are served, ``/metrics`` gives numbers as Prometheus
reads them, ``/beheer/gezondheid`` says in Dutch what needs a person. All look through
``library.health``. Numbers are for this machine, or for who has the token: a request that came through
a proxy is no request of this machine, whatever address it has.
"""

import hmac
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from ipaddress import ip_address

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import NotFound

from index.health import health_of
from library.doctor import Finding
from library.errors import KennisbankError
from library.health import Vitals, findings, vitals
from webapp import formats
from webapp.job_pages import FindingItem, HealthPage
from webapp.jobs import items_of
from webapp.messages import HEALTH, say
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me

blueprint = Blueprint("health", __name__)
_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
MOST_FAILED = 20

PLACES: Mapping[str, str] = {
    "queue": "/beheer/taken",
    "jobs": "#mislukt",
    "refused": "/beheer/taken/{job}",
    "index": "/beheer/herindexeren",
    "index-none": "/beheer/herindexeren",
    "index-held": "/beheer/taken",
    "stale": "/beheer/bronnen",
    "failing": "/beheer/bronnen",
    "held": "/beheer/bronnen",
    "contact": "/beheer/teksten",
    "submissions": "/beheer/aanmeldingen",
    "floor": "/beheer/beoordelen",
}
"""Where something can be done about a finding; what is not here is done on the server."""


def vitals_now() -> Vitals:
    """Look at everything."""
    here = services()
    return vitals(here.store, here.settings, health_of(here.index, here.store), here.clock())


def findings_now() -> tuple[Finding, ...]:
    """What needs a person now. Who prints mail where it runs needs no mail server."""
    return tuple(one for one in findings(vitals_now()) if _counts(one))


def _counts(finding: Finding) -> bool:
    return finding.code != "mail-none" or not services().can_mail


@blueprint.get("/healthz")
@role("public")
def healthz() -> Response:
    """Say "ok", "warning" or "fault"; 503 when visitors cannot search or nobody works."""
    try:
        found = findings_now()
        grades = {finding.grade for finding in found}
        codes = [finding.code for finding in found]
    except KennisbankError:
        grades, codes = {"fault"}, ["database"]
    status = "fault" if "fault" in grades else "warning" if "warning" in grades else "ok"
    told = {"status": status} | ({"findings": codes} if _may_see() else {})
    answer = jsonify(told)
    answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE if status == "fault" else HTTPStatus.OK
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/metrics")
@role("public")
def metrics() -> Response:
    """Give numbers as Prometheus reads them; elsewhere there is no such page."""
    if not _may_see():
        raise NotFound
    text = "".join(_lines(vitals_now(), findings_now()))
    answer = Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may_see() -> bool:
    token = services().settings.metrics_token
    given = request.headers.get("Authorization", "")
    if token is not None:
        wanted = f"Bearer {token.get_secret_value()}"
        if hmac.compare_digest(given.encode(), wanted.encode()):
            return True
    return _is_of_this_machine()


def _is_of_this_machine() -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = request.host.rpartition(":")[0] or request.host
    try:
        return ip_address(request.remote_addr or "").is_loopback and host in _LOCAL
    except ValueError:
        return False


def _lines(found: Vitals, needs: tuple[Finding, ...]) -> Iterator[str]:
    for name, text, value in _gauges(found, needs):
        if value is not None:
            full = f"kennisbank_{name}"
            yield f"# HELP {full} {text}\n# TYPE {full} gauge\n{full} {round(value)}\n"


def _gauges(
    found: Vitals, needs: tuple[Finding, ...]
) -> Iterator[tuple[str, str, float | int | None]]:
    index = found.index
    yield "documents", "Documents in the store.", found.documents
    yield "index_documents", "Documents that are searched.", index.documents
    yield "index_behind", "Changes that the index has not seen.", _behind(found)
    yield "index_up", "Whether there is an index to search.", int(index.is_there)
    yield "index_bytes", "Bytes of the index that is searched.", index.size
    yield "judged_ndcg", "Thousandths of nDCG@10 of judged searches.", index.score
    yield "sources", "Sources.", found.sources
    yield "sources_paused", "Sources that stand still.", found.paused
    yield "sources_stale", "Sources too long without a good crawl.", len(found.stale)
    yield "sources_failing", "Sources whose last crawl failed.", len(found.failing)
    yield "sources_held", "Sources that wait for agreement to removals.", len(found.held)
    yield "jobs_waiting", "Jobs that wait.", found.jobs_waiting
    yield "jobs_running", "Jobs that run.", found.jobs_running
    yield (
        "jobs_failed",
        "Jobs that failed in a week and were not done since.",
        len(found.jobs_failed),
    )
    yield "job_queue_age_seconds", "How long the oldest job waits.", found.queue_age or 0
    yield "worker_silent_seconds", "Since the last sign of the worker.", found.worker_age
    yield "mail_waiting", "Letters that wait.", found.mail_waiting
    yield "mail_age_seconds", "How long the oldest letter waits.", found.mail_age or 0
    yield "submissions_waiting", "Submissions that wait for a moderator.", found.submissions
    yield "disk_free_bytes", "Bytes free on the disk of the home.", found.disk_free
    yield "database_bytes", "Bytes of the database.", found.database_size
    yield "backup_age_seconds", "Since the last copy.", found.backup_age
    yield "warnings", "What needs a person.", sum(one.grade == "warning" for one in needs)
    yield (
        "faults",
        "What keeps visitors from searching.",
        sum(one.grade == "fault" for one in needs),
    )


def _behind(found: Vitals) -> int:
    return max(0, found.revision - found.index.revision)


@blueprint.get("/beheer/gezondheid")
@role("admin")
def page() -> Response:
    found = vitals_now()
    needs = tuple(one for one in findings(found) if _counts(one))
    store = services().store
    return render(
        HealthPage(
            title=say("health.h1"),
            here="health",
            name=me().name,
            as_of=say("health.asof", time=formats.time_of(services().clock())),
            findings=tuple(map(_item, needs)),
            facts=tuple(_facts(found)),
            failed=items_of(store.jobs.some(found.jobs_failed[-MOST_FAILED:])),
        )
    )


def _item(finding: Finding) -> FindingItem:
    is_fault = finding.grade == "fault"
    return FindingItem(
        grade=say("health.fault") if is_fault else say("health.warning"),
        is_fault=is_fault,
        text=HEALTH[finding.code].format(**finding.values),
        address=PLACES.get(finding.code, "").format(**finding.values),
    )


def _facts(found: Vitals) -> Iterator[tuple[str, str]]:
    yield say("health.documents"), formats.number(found.documents)
    yield say("health.behind"), formats.number(_behind(found))
    sources, paused = formats.number(found.sources), formats.number(found.paused)
    yield say("health.sources"), say("health.sources.value", n=sources, paused=paused)
    yield say("health.jobs"), formats.number(found.jobs_waiting)
    yield say("health.queue"), _span(found.queue_age)
    yield say("health.failed"), formats.number(len(found.jobs_failed))
    yield say("health.worker"), _ago(found.worker_age)
    yield say("health.mail"), formats.number(found.mail_waiting)
    yield say("health.disk"), formats.size(found.disk_free)
    yield say("health.database"), formats.size(found.database_size)
    yield say("health.index"), formats.size(found.index.size) or say("health.none")
    yield say("health.backup"), _ago(found.backup_age)


def _span(seconds: float | None) -> str:
    return say("health.none") if seconds is None else formats.duration(seconds)


def _ago(seconds: float | None) -> str:
    if seconds is None:
        return say("health.none")
    return say("health.ago", time=formats.duration(seconds))
