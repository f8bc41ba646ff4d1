"""What pages tell web search engines, as JSON-LD in the words of schema.org.

In: what a page shows. Out: an object for its ``script`` element. Nothing stands in it that the
page does not show.
"""

from collections.abc import Mapping
from typing import Any

from index.query import Hit
from library.goals import GOALS, Goal
from webapp.hits import document_address, goal_address, is_web_page, title_of
from webapp.links import outward
from webapp.messages import say

_CONTEXT = "https://schema.org"
_GOALS = {goal.number: goal for goal in GOALS}


def of_site(site: str, intro: str) -> Mapping[str, Any]:
    """The site and the way to search it."""
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": say("site.title"),
        "description": intro,
        "inLanguage": "nl",
        "url": f"{site}/",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{site}/zoeken?q={{q}}"},
            "query-input": "required name=q",
        },
    }


def of_goal(goal: Goal, site: str) -> Mapping[str, Any]:
    """A goal as a collection of documents."""
    return {
        "@context": _CONTEXT,
        "@type": "CollectionPage",
        "name": goal.label,
        "description": " ".join(goal.explanation),
        "inLanguage": "nl",
        "url": f"{site}{goal_address(goal)}",
        "isPartOf": {"@type": "WebSite", "url": f"{site}/"},
    }


def of_document(hit: Hit, site: str) -> Mapping[str, Any]:
    """A document, which is at its own organisation; our page is about it."""
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "WebPage" if is_web_page(hit.media_type) else "DigitalDocument",
        "name": title_of(hit.title, hit.url),
        "inLanguage": hit.language,
        "publisher": {"@type": "Organization", "name": hit.organisation},
        "mainEntityOfPage": f"{site}{document_address(hit.id)}",
        "about": [_GOALS[tag.number].label for tag in hit.goals if tag.number in _GOALS],
    }
    if (address := outward(hit.url)) is not None:
        data["url"] = address
    if hit.published is not None:
        data["datePublished"] = hit.published.isoformat()
    return data
