"""ResultPage -> results page: filters, chips, list, page numbers, and help when nothing is found.

In: the question as asked and the index's answer. Out: ``ResultsPage``. Counts of a filter ignore
its own selection, so they are shown as the index gives them (pages 3.2).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from index import Index
from index.query import MAX_CHARACTERS, FacetValue, Hit, ResultPage, parse
from library.goals import GOALS, goal
from webapp import formats, hits, paging, per_goal
from webapp.messages import KINDS, LANGUAGES, say
from webapp.pages import Counted, HitItem, Link
from webapp.question import PER_PAGE, Question
from webapp.search_pages import Choice, Facet, Nothing, Period, ResultsPage

IN_SIGHT = 8
"""Choices of a filter that are shown at once; the others stand behind "Toon alle" (pages 3.2)."""
FEW = 3
"""With more results than this nobody asks whether something else was meant (pages 3.2)."""
Value = TypeVar("Value", int, str)
SORTS = {"beste": "sort.best", "nieuwste": "sort.new", "oudste": "sort.old"}


def results_page(question: Question, answer: ResultPage, index: Index, *, site: str) -> ResultsPage:
    """Build the page of an answer; ``site`` is the address of ours."""
    errors = _errors(question)
    counted = _counted(question, answer)
    best = per_goal.shown(question, answer, index)
    listed = () if best else answer.hits
    return ResultsPage(
        title=_title(question),
        is_indexable=False,
        query=question.text,
        feed=replace(question, page=1, sort="").address("/zoeken.atom"),
        example=say("example.list")
        if any(hit.is_example for hit in (*answer.chosen, *answer.hits))
        else "",
        count=_count(question, answer),
        message=say("empty.q") if question.is_empty else "",
        errors=errors,
        notes=tuple(_notes(question, answer)),
        facets=_facets(question, answer),
        period=_period(question, answer),
        sorts=_sorts(question),
        chosen=say("filters.chosen", n=question.chosen) if question.chosen else "",
        clear=question.without_filters().address(),
        is_open=bool(errors),
        chips=_chips(question),
        picked=_items(question, answer.chosen),
        hits=_items(question, listed[:counted], answer.chosen),
        below=_items(question, listed[counted:], answer.chosen),
        start=(question.page - 1) * PER_PAGE + 1,
        pages=None if best else paging.pages_of(question, answer),
        best=best,
        per_goal=per_goal.way_to(question, answer),
        nothing=None if answer.total else _nothing(question, index),
        goals=() if answer.total and not question.is_empty else hits.goal_items(None),
        meant=_meant(question, answer, index),
        follow=replace(question, page=1, sort="").address("/volgen"),
        own_address="" if question.is_empty else site + question.address(),
    )


def _items(
    question: Question, found: Iterable[Hit], shown: Iterable[Hit] = ()
) -> tuple[HitItem, ...]:
    """The items of some hits, without what is shown already."""
    above = {hit.id for hit in shown}
    return tuple(hits.hit_item(hit, question) for hit in found if hit.id not in above)


def _counted(question: Question, answer: ResultPage) -> int:
    """How many hits of this page are above the line: those that are counted."""
    return max(0, answer.total - (question.page - 1) * PER_PAGE)


def failed_page(question: Question, message: str) -> ResultsPage:
    """The same page when the index gave no answer: the field stays filled, the goals are near."""
    return ResultsPage(
        title=say("error.title"),
        is_indexable=False,
        query=question.text[:MAX_CHARACTERS],
        count="",
        message=message,
        errors=(),
        notes=(),
        facets=(),
        period=_period(question, ResultPage(question.query())),
        sorts=(),
        chosen="",
        clear="",
        is_open=False,
        chips=(),
        hits=(),
        below=(),
        start=1,
        pages=None,
        nothing=None,
        goals=hits.goal_items(None),
    )


def _title(question: Question) -> str:
    if not question.text:
        return say("results.title.all")
    return say("results.title", q=question.text)


def _count(question: Question, answer: ResultPage) -> str:
    """143 resultaten voor 'subsidie', bladzijde 2 van 8.

    Pages after those of the counted results only hold what fits less; they say so.
    """
    count = _found(question.text, answer.total)
    if paging.fits_less(question, answer):
        count = say("count.below", q=question.text)
    place = "" if question.per_goal else paging.place(question, answer)
    return f"{count}, {place}" if place else count


def _found(text: str, total: int) -> str:
    if not text:
        return hits.documents_in_words(total)
    if total == 0:
        return say("count.0", q=text)
    return say("count.1", q=text) if total == 1 else say("count.n", n=formats.number(total), q=text)


def _errors(question: Question) -> tuple[Link, ...]:
    wrong = question.wrong_format or (("jaar_van",) if question.wrong_order else ())
    return tuple(Link(_year_error(question, name), f"#{name}") for name in wrong)


def _year_error(question: Question, name: str) -> str:
    if name in question.wrong_format:
        return say("year.error.format")
    return say("year.error") if question.wrong_order and name == "jaar_van" else ""


def _meant(question: Question, answer: ResultPage, index: Index) -> Counted | None:
    """What was probably meant, where little was found and that finds more."""
    if not question.text or question.page > 1 or answer.total > FEW:
        return None
    better = index.did_you_mean(question.text)
    if better is None:
        return None
    asked = replace(question, text=better)
    total = index.search(asked.query()).total
    if total <= answer.total:
        return None
    count = say("dym.count.1") if total == 1 else say("dym.count", n=formats.number(total))
    return Counted(better, count, asked.address())


def _notes(question: Question, answer: ResultPage) -> Iterable[str]:
    for typed, meant in answer.corrections:
        yield say("dym.auto", q=typed, correctie=meant)
    if answer.unknown:
        yield _unknown(answer)
    elif answer.matched == "any" and answer.total:
        yield say("matched.any")
    by_date = question.has_period or question.shown_sort != "beste"
    if answer.undated and question.undated and by_date:
        one = answer.undated == 1
        n = formats.number(answer.undated)
        yield say("nodate.note.1") if one else say("nodate.note", n=n)


def _unknown(answer: ResultPage) -> str:
    """Which words no document has, and that the others are looked for where those find anything."""
    words = formats.listed([f"'{word}'" for word in answer.unknown])
    told = say("unknown.1" if len(answer.unknown) == 1 else "unknown", words=words)
    return f"{told} {say('unknown.others')}" if answer.total else told


def _facets(question: Question, answer: ResultPage) -> tuple[Facet, ...]:
    goals = {str(entry.number): f"{entry.number}. {entry.label}" for entry in GOALS}
    chosen_goals = tuple(str(number) for number in question.goals)
    by_number = sorted(answer.facets.get("goal", ()), key=lambda value: value.value)
    organisations = answer.facets.get("organisation", ())
    names = {v.value: v.value for v in organisations} | {v: v for v in question.organisations}
    kinds = answer.facets.get("kind", ())
    languages = answer.facets.get("language", ())
    if len(languages) == 1 and not question.languages:
        languages = ()
    return (
        _facet("doel", say("facet.goal"), by_number, goals, chosen_goals),
        _facet(
            "organisatie", say("facet.organisation"), organisations, names, question.organisations
        ),
        _facet("soort", say("facet.kind"), kinds, KINDS, question.kinds),
        _named("thema", say("facet.theme"), answer.facets.get("theme", ()), question.themes),
        _named("plaats", say("facet.place"), answer.facets.get("place", ()), question.places),
        _facet("taal", say("facet.language"), languages, LANGUAGES, question.languages),
    )


def _named(name: str, label: str, values: tuple[FacetValue, ...], chosen: tuple[str, ...]) -> Facet:
    """A filter of which the values are names that people can read."""
    labels = {value: formats.sentence(value) for value in (*(v.value for v in values), *chosen)}
    return _facet(name, label, values, labels, chosen)


_MORE = {
    "doel": "facet.more.goal",
    "organisatie": "facet.more.organisation",
    "soort": "facet.more.kind",
    "thema": "facet.more.theme",
    "plaats": "facet.more.place",
    "taal": "facet.more.language",
}


def _facet(
    name: str,
    label: str,
    values: Iterable[FacetValue],
    labels: dict[str, str],
    chosen: tuple[str, ...],
) -> Facet:
    """Chosen values are always in sight; a value without documents is there only when chosen."""
    counts = {value.value: value.count for value in values if value.value in labels}
    listed = [v for v in counts if v in chosen or counts[v]] + [
        v for v in chosen if v not in counts
    ]
    first = [v for i, v in enumerate(listed) if i < IN_SIGHT or v in chosen]
    choices = {
        v: Choice(v, labels[v], formats.number(counts.get(v, 0)), v in chosen) for v in listed
    }
    rest = tuple(choices[v] for v in listed if v not in first)
    more_label = say(_MORE[name], n=len(listed)) if rest else ""
    return Facet(name, label, tuple(choices[v] for v in first), rest, more_label)


def _period(question: Question, answer: ResultPage) -> Period:
    years = sorted(answer.facets.get("year", ()), key=lambda value: value.value, reverse=True)
    return Period(
        first=question.year_from,
        last=question.year_to,
        first_error=_year_error(question, "jaar_van"),
        last_error=_year_error(question, "jaar_tot"),
        undated=question.undated,
        undated_label=say("year.nodate", n=formats.number(answer.undated)),
        years=tuple(
            Counted(year.value, formats.number(year.count), _in_year(question, year.value))
            for year in years[:IN_SIGHT]
            if year.count
        ),
    )


def _in_year(question: Question, year: str) -> str:
    return replace(question, year_from=year, year_to=year, page=1).address()


def _sorts(question: Question) -> tuple[Choice, ...]:
    """The orders; without words there is no best result."""
    names = [name for name in SORTS if question.text or name != "beste"]
    return tuple(Choice(n, say(SORTS[n]), "", n == question.shown_sort) for n in names)


def _chips(question: Question) -> tuple[Link, ...]:
    """A link for each chosen filter that leads to the same question without it."""
    first_page = question.on_page(1)
    chips = [
        (goal(n).label, replace(first_page, goals=_without(question.goals, n)))
        for n in question.goals
    ]
    chips += [
        (name, replace(first_page, organisations=_without(question.organisations, name)))
        for name in question.organisations
    ]
    chips += [
        (KINDS[kind], replace(first_page, kinds=_without(question.kinds, kind)))
        for kind in question.kinds
    ]
    chips += [
        (formats.sentence(theme), replace(first_page, themes=_without(question.themes, theme)))
        for theme in question.themes
    ]
    chips += [
        (formats.sentence(place), replace(first_page, places=_without(question.places, place)))
        for place in question.places
    ]
    chips += [
        (
            LANGUAGES[language],
            replace(first_page, languages=_without(question.languages, language)),
        )
        for language in question.languages
    ]
    if question.has_period:
        chips.append((_period_in_words(question), replace(first_page, year_from="", year_to="")))
    if not question.undated:
        chips.append((say("undated.chip"), replace(first_page, undated=True)))
    return tuple(Link(say("filters.remove", name=name), left.address()) for name, left in chips)


def _without(values: tuple[Value, ...], value: Value) -> tuple[Value, ...]:
    return tuple(v for v in values if v != value)


def _period_in_words(question: Question) -> str:
    first, last = question.year_from, question.year_to
    if first == last:
        return first
    if first and last:
        return say("year.chip", first=first, last=last)
    return say("year.chip.from", first=first) if first else say("year.chip.to", last=last)


def _nothing(question: Question, index: Index) -> Nothing:
    """What to try now, with counts, so that no page is a dead end."""
    bare = question.without_filters()
    count = index.search(bare.query()).total if question.chosen else 0
    return Nothing(
        without_filters=_without_filters(count),
        without_filters_address=bare.address(),
        plain=_plain(bare, index),
    )


def _without_filters(count: int) -> str:
    if count == 0:
        return ""
    if count == 1:
        return say("zero.nofilter.1")
    return say("zero.nofilter", n=formats.number(count))


def _plain(question: Question, index: Index) -> Link | None:
    """The same words without quotes and minus signs, where that finds something.

    A question of one word less is not offered: the index shows documents with any of the words as
    soon as none has all of them.
    """
    words = " ".join(clause.text for clause in parse(question.text) if not clause.excluded)
    if not words or words == question.text:
        return None
    plain = replace(question, text=words)
    total = index.search(plain.query()).total
    text = say("zero.plain.link", q=words, n=formats.number(total))
    return Link(text, plain.address()) if total else None
