"""The menu of people with an account: only what their role may open."""

from dataclasses import dataclass

from webapp.messages import say
from webapp.roles import may


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu; ``here`` is the name that such pages give themselves."""

    endpoint: str
    address: str
    here: str
    text: str


ENTRIES = (
    Entry("partner.home", "/partner", "partner", say("nav.partner")),
    Entry("guides.partner_guides", "/partner/hulp", "guides", say("guides.h1")),
    Entry("admin.overview", "/beheer", "overview", say("admin.nav.overview")),
    Entry("admin.sources", "/beheer/bronnen", "sources", say("admin.nav.sources")),
    Entry("moderation.queue", "/beheer/aanmeldingen", "submissions", say("admin.nav.submissions")),
    Entry("trial.form", "/beheer/proef", "trial", say("admin.nav.trial")),
    Entry("insight.searches", "/beheer/zoekvragen", "searches", say("admin.nav.searches")),
    Entry("finding.finding", "/beheer/vinden", "finding", say("admin.nav.finding")),
    Entry("grading.grading", "/beheer/beoordelen", "grading", say("admin.nav.grading")),
    Entry("goal_quality.overview", "/beheer/doelen", "goal-quality", say("admin.nav.goals")),
    Entry("jobs.jobs", "/beheer/taken", "jobs", say("admin.nav.jobs")),
    Entry("health.page", "/beheer/gezondheid", "health", say("health.h1")),
    Entry("people.people", "/beheer/mensen", "people", say("admin.nav.people")),
    Entry("site_texts.form", "/beheer/teksten", "texts", say("texts.h1")),
    Entry("acts.log", "/beheer/logboek", "log", say("log.h1")),
    Entry("guides.guides", "/beheer/hulp", "guides", say("guides.h1")),
)


def menu() -> tuple[Entry, ...]:
    """Give the entries that who is signed in may open."""
    return tuple(entry for entry in ENTRIES if may(entry.endpoint))
