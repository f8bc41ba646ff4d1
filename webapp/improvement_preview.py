"""What a change to finding would do, side by side with how it is now.

In: a change that was not made yet. Out: the page that shows it, from where alone it can be made.
"""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response

from index import IndexUnavailable, analysis
from index.judged import floor_of
from index.synonyms import words_of
from library.searches import countable
from library.store import Improvement
from library.store.improvements import Kind
from webapp import formats
from webapp.comparing import MOST_USED, Difference, compare
from webapp.finding_pages import ImprovementTrialPage
from webapp.improvement_words import in_words
from webapp.insight import DAYS, days_ago
from webapp.messages import say
from webapp.rendering import render
from webapp.services import services
from webapp.sessions import me

MOST_JUDGED = 100
"""Judged queries of which the first results are put side by side; all of them are measured."""


def preview_of_removal(old: Improvement, *, is_again: bool) -> Response:
    """Show what taking one away does; ``is_again`` when somebody else changed something meanwhile."""
    current = services().store.improvements.current()
    return _preview(
        text=say(
            REMOVING.get(old.kind, "finding.trial.remove"), what=in_words(old.kind, old.value)
        ),
        action=f"/beheer/vinden/weg/{old.id}",
        typed={},
        changed=(old.kind, old.value),
        after=[one for one in current if one.id != old.id],
        is_again=is_again,
        is_removal=True,
    )


def preview_of_change(
    slug: str,
    typed: Mapping[str, str],
    new: tuple[Kind, Mapping[str, Any]],
    replaced: Improvement | None,
    *,
    is_again: bool,
) -> Response:
    """Show what a new one does, in the place of another or not."""
    here = services()
    current = here.store.improvements.current()
    kept = [one for one in current if replaced is None or one.id != replaced.id]
    key = "finding.trial.replace" if replaced else ADDING.get(new[0], "finding.trial.add")
    return _preview(
        text=say(key, what=in_words(*new)),
        action=f"/beheer/vinden/{slug}",
        typed=typed,
        changed=new,
        after=[*kept, Improvement(0, *new, me().id, here.clock())],
        is_again=is_again,
    )


def _preview(
    *,
    text: str,
    action: str,
    typed: Mapping[str, str],
    changed: tuple[Kind, Mapping[str, Any]],
    after: Sequence[Improvement],
    is_again: bool,
    is_removal: bool = False,
) -> Response:
    store = services().store
    # Before anything is looked at: what comes later is what the button refuses.
    seen = store.improvements.revision()
    found = _difference(changed, after)
    kind, value = changed
    told = NOTES_OF_REMOVAL if is_removal else NOTES
    notes = [say("finding.trial.again")] if is_again else []
    notes += [say(told[kind])] if kind in told else []
    word = value["word"] if kind == "denied" and not is_removal else ""
    return render(
        ImprovementTrialPage(
            title=say("finding.trial.h1"),
            here="finding",
            name=me().name,
            text=text,
            notes=tuple(notes),
            conclusion=_conclusion(found),
            compared=found.compared if found else (),
            measured_text=_measured_text(found),
            measured=found.measured if found else (),
            below=_below(found),
            suggestions=say("finding.suggestions", word=word) if word else "",
            suggested=tuple(_suggested(word)) if word else (),
            action=action,
            seen=seen,
            fields=tuple(typed.items()),
        ),
        HTTPStatus.CONFLICT if is_again else HTTPStatus.OK,
    )


ADDING: dict[Kind, str] = {"switched_off": "finding.trial.off"}
REMOVING: dict[Kind, str] = {"switched_off": "finding.trial.on"}
"""What is told of a kind that is no addition: a group of the program is switched off, and on again."""
NOTES: dict[Kind, str] = {
    "protected": "finding.trial.rebuild",
    "best_bet": "finding.trial.bet",
    "denied": "finding.trial.denied",
}
"""What is told beside a change, by its kind."""
NOTES_OF_REMOVAL: dict[Kind, str] = NOTES | {
    "best_bet": "finding.trial.bet.away",
    "denied": "finding.trial.denied.away",
}


def _difference(
    changed: tuple[Kind, Mapping[str, Any]], after: Sequence[Improvement]
) -> Difference | None:
    here = services()
    current = here.store.improvements.current()
    judgments = here.store.judgments.all()
    queries = dict.fromkeys(_own_queries(*changed), say("finding.why.own"))
    for asked in here.store.searches.frequent(days_ago(DAYS))[:MOST_USED]:
        times = formats.number(asked.counts.searches)
        queries.setdefault(asked.query, say("finding.why.used", n=times))
    for query in list(judgments)[:MOST_JUDGED]:
        queries.setdefault(query, say("finding.why.judged"))
    try:
        return compare(here.index, current, after, queries, judgments)
    except IndexUnavailable:
        return None


def _own_queries(kind: Kind, value: Mapping[str, Any]) -> Iterator[str]:
    """The words of a change, as somebody would search for them."""
    for name in ("words", "wider", "short", "long", "word", "query"):
        said = value.get(name, ()) if kind != "denied" else ()
        yield from (countable(one) or one for one in ([said] if isinstance(said, str) else said))
    yield from (countable(one) or one for one in words_of(value.get("group", "")) if one)


def _conclusion(found: Difference | None) -> str:
    if found is None:
        return say("finding.trial.none")
    if not found.compared:
        return say("finding.trial.same", all=found.looked)
    return say("finding.trial.changed", n=len(found.compared), all=found.looked)


def _measured_text(found: Difference | None) -> str:
    if found is None or found.after is None:
        return say("finding.ndcg.none")
    return say("finding.ndcg.text", n=found.after.overall.queries)


def _below(found: Difference | None) -> str:
    floor = floor_of(services().store)
    if found is None or found.after is None or floor is None or found.after.overall.ndcg >= floor:
        return ""
    return say("finding.ndcg.below", floor=formats.figure(floor))


def _suggested(word: str) -> Iterator[tuple[str, str]]:
    """What is suggested for a word now, and whether it goes."""
    terms = set(analysis.terms(word))
    for one in services().index.complete(word):
        goes = not terms.isdisjoint(analysis.terms(one.text))
        yield one.text, say("finding.removed") if goes else ""
