"""Every Dutch text that a person can read on the site, in one catalogue (pages 4).

A text stands with those who read it: ``visitors``, ``partners`` ("u") or ``beheer`` ("je"); what is read
below /beheer about one subject stands in a part of its own, such as ``sources`` or ``jobs``. ``names``
holds what values are called, ``reasons`` a sentence for every reason code that the crawler and the
store know. Plain Dutch (B1), sentences of at most 15 words, numbers and dates already written as
``webapp.formats`` does. A test reads all of it: every key is used, no key is missing or stands
twice, no sentence is too long.
"""

from webapp.messages.beheer import BEHEER
from webapp.messages.finding import FIELD_NAMES, FINDING, FINDING_ERRORS, FINDING_KINDS, GRADES
from webapp.messages.first_run import FIRST_RUN_TEXTS
from webapp.messages.goal_quality import GOAL_QUALITY_TEXTS
from webapp.messages.insight import INSIGHT_TEXTS
from webapp.messages.jobs import JOB_TEXTS
from webapp.messages.judging import JUDGING_TEXTS
from webapp.messages.names import (
    ACTS,
    API_OPERATIONS,
    BOX_LABELS,
    CHECKS,
    COUNTS,
    CRAWL_STATES,
    DECLINE_REASONS,
    EVIDENCE,
    FACTOR_MAILS,
    GROUPS,
    HEALTH,
    INTERVALS,
    JOB_ENDS,
    JOB_NOTES,
    JOB_STATES,
    JOBS,
    JUDGEMENT_MAILS,
    KINDS,
    LANGUAGES,
    OTHER_TYPE,
    PARAMETER_ERRORS,
    PHASES,
    QUERY_ERRORS,
    ROLES,
    RULE_ERRORS,
    RULES,
    SCOPES,
    SUBMISSION_STATES,
    TAG_REASONS,
    TRIAL_WARNINGS,
    TYPES,
    WHY,
)
from webapp.messages.partners import PARTNERS
from webapp.messages.people import PEOPLE_TEXTS
from webapp.messages.reasons import REASONS, UNKNOWN_REASON
from webapp.messages.sources import SOURCE_TEXTS
from webapp.messages.visitors import VISITORS

__all__ = [
    "ACTS",
    "API_OPERATIONS",
    "BOX_LABELS",
    "CHECKS",
    "COUNTS",
    "CRAWL_STATES",
    "DECLINE_REASONS",
    "EVIDENCE",
    "FACTOR_MAILS",
    "FIELD_NAMES",
    "FINDING_ERRORS",
    "FINDING_KINDS",
    "GRADES",
    "GROUPS",
    "HEALTH",
    "INTERVALS",
    "JOBS",
    "JOB_ENDS",
    "JOB_NOTES",
    "JOB_STATES",
    "JUDGEMENT_MAILS",
    "KINDS",
    "LANGUAGES",
    "OTHER_TYPE",
    "PARAMETER_ERRORS",
    "PARTNERS",
    "PARTS",
    "PHASES",
    "QUERY_ERRORS",
    "REASONS",
    "ROLES",
    "RULES",
    "RULE_ERRORS",
    "SCOPES",
    "SUBMISSION_STATES",
    "TAG_REASONS",
    "TEXTS",
    "TRIAL_WARNINGS",
    "TYPES",
    "UNKNOWN_REASON",
    "VISITORS",
    "WHY",
    "reason",
    "say",
]

PARTS = (
    VISITORS,
    PARTNERS,
    BEHEER,
    SOURCE_TEXTS,
    JUDGING_TEXTS,
    FIRST_RUN_TEXTS,
    PEOPLE_TEXTS,
    INSIGHT_TEXTS,
    JOB_TEXTS,
    FINDING,
    GOAL_QUALITY_TEXTS,
)
TEXTS: dict[str, str] = {key: text for part in PARTS for key, text in part.items()}


def say(key: str, **values: object) -> str:
    """Give a text with its values filled in. Values are text; the page escapes all of it."""
    return TEXTS[key].format(**values)


def reason(code: str) -> str:
    """Give the Dutch sentence for a reason code."""
    return REASONS.get(code, UNKNOWN_REASON)
