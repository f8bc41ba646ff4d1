"""Answers of the index as plain JSON values, for who asks with a program.

In: a ``ResultPage`` or goal tags. Out: what ``json.dumps`` takes; the names are fixed, because
people and scripts rely on them.
"""

from collections.abc import Iterable
from typing import Any

from index.facets import Facets
from index.query import GoalTag, Hit, ResultPage


def page_record(page: ResultPage) -> dict[str, Any]:
    """A result page: how many there are, how they divide over the facets, and the hits."""
    return {
        "total": page.total,
        "matched": page.matched,
        "facets": {
            name: [{"value": v.value, "count": v.count} for v in values]
            for name, values in page.facets.items()
        },
        "hits": [_hit_record(hit) for hit in page.hits],
    }


def _hit_record(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "url": hit.url,
        "title": hit.title,
        "organisation": hit.organisation,
        "score": hit.score,
        "snippet": " … ".join(fragment.text for fragment in hit.fragments),
        "goals": tag_records(hit.goals),
    }


def tag_records(tags: Iterable[GoalTag]) -> list[dict[str, Any]]:
    """Goal tags, strongest first."""
    return [
        {"number": t.number, "probability": round(t.probability, 4), "evidence": list(t.evidence)}
        for t in tags
    ]


def facet_record(facets: Facets) -> dict[str, Any]:
    """What is told of a document beside its goals; empty texts are none."""
    place = facets.place
    return {
        "themes": [
            {"name": t.name, "probability": round(t.probability, 4), "evidence": list(t.evidence)}
            for t in facets.themes
        ],
        "kind": facets.kind,
        "phase": facets.phase,
        "audience": facets.audience,
        "place": None
        if place is None
        else {
            "province": place.province,
            "municipality": place.municipality,
            "evidence": list(place.evidence),
        },
    }
