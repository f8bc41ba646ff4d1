"""A long list in pages: first those of the results that are counted, then those of what fits less.

In: the question and the index's answer. Out: the words behind the count, and ``Pages``. The two parts
are numbered apart, so that "bladzijde 1 van 4" has four numbers below it; one link leads from each
part to the other.
"""

import math

from index.query import ResultPage
from webapp.messages import say
from webapp.pages import Link
from webapp.question import MOST_PAGES, PER_PAGE, Question
from webapp.search_pages import Pages

NEAR = 1
"""Page numbers that are shown at either side of the current one."""


def last_page(answer: ResultPage) -> int:
    """The last page of an answer that can be reached, of either part; at least 1."""
    return min(max(1, math.ceil(answer.listed / PER_PAGE)), MOST_PAGES)


def fits_less(question: Question, answer: ResultPage) -> bool:
    """Whether a page that was paged to holds nothing that is counted."""
    return question.page > max(1, _counted_pages(answer))


def place(question: Question, answer: ResultPage) -> str:
    """Bladzijde 2 van 8, within its part; empty where the part has one page or counts nothing."""
    pages = _part(question, answer)
    if len(pages) <= 1 or (question.page == 1 and not answer.total):
        return ""
    return say("page.of", p=pages.index(question.page) + 1, t=len(pages))


def pages_of(question: Question, answer: ResultPage) -> Pages | None:
    """Vorige, 1 … 4 5 6 … 8, Volgende, and the way to the other part; nothing for one page."""
    last, counted, page = last_page(answer), _counted_pages(answer), question.page
    if last == 1:
        return None
    part = _part(question, answer)
    first_less = question.on_page(counted + 1).address()
    return Pages(
        numbers=_numbers(question, part),
        current=str(part.index(page) + 1),
        previous=question.on_page(page - 1).address() if page - 1 in part else "",
        following=question.on_page(page + 1).address() if page + 1 in part else "",
        less=Link(say("pag.less"), first_less) if page == counted < last else None,
        better=Link(say("pag.better"), question.on_page(1).address())
        if page > counted > 0
        else None,
        is_cut=answer.total > answer.listed and page == last,
    )


def _counted_pages(answer: ResultPage) -> int:
    """How many pages hold results that are counted."""
    return min(last_page(answer), math.ceil(answer.total / PER_PAGE))


def _part(question: Question, answer: ResultPage) -> range:
    """The pages of the part that the current one belongs to."""
    counted = _counted_pages(answer)
    if question.page <= counted:
        return range(1, counted + 1)
    return range(counted + 1, last_page(answer) + 1)


def _numbers(question: Question, part: range) -> tuple[Link, ...]:
    """The numbers of a part, counted from 1; nothing where it has one page."""
    if len(part) == 1:
        return ()
    page = question.page
    near = range(page - NEAR, page + NEAR + 1)
    shown = sorted({part[0], part[-1], *(one for one in near if one in part)})
    links: list[Link] = []
    for previous, one in zip([part[0] - 1, *shown], shown, strict=False):
        if one > previous + 1:
            links.append(Link("", ""))
        links.append(Link(str(part.index(one) + 1), question.on_page(one).address()))
    return tuple(links)
