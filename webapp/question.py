"""The address of a result page: what a visitor asked, as a value that can be mailed.

In: the query parameters of ``/zoeken`` or of a document opened from it. Out: ``Question`` (as
typed, a wrong year included, so that the page can show it), the index's ``Query``, and one clean
address per question: no empty, unknown or default parameters (pages 2, rule 4).
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from index.place_lists import place_names
from index.query import MAX_REACHABLE, Query, Sort
from index.themes import THEME_NAMES
from library.document import KINDS
from library.goals import GOALS
from webapp.messages import LANGUAGES

PER_PAGE = 20
MOST_PAGES = MAX_REACHABLE // PER_PAGE
MOST_VALUES = 20
"""Values of one filter that are read; a longer list is no question of a person."""
LONGEST_VALUE = 200
NO = "nee"
PER, PER_GOAL = "per", "doel"
"""The name and value of the view with the best document for each goal."""
SORTS: dict[str, Sort] = {"beste": "best", "nieuwste": "new", "oudste": "old"}
_YEAR = re.compile(r"[12][0-9]{3}")
_NUMBERS = {str(goal.number): goal.number for goal in GOALS}


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked; years are kept as typed, ``sort`` is empty for the default.

    ``per_goal`` asks for the best document of each goal in place of the list.
    """

    text: str = ""
    goals: tuple[int, ...] = ()
    organisations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    year_from: str = ""
    year_to: str = ""
    undated: bool = True
    sort: str = ""
    page: int = 1
    per_goal: bool = False

    @property
    def chosen(self) -> int:
        """How many filters are on; a wrong period is none."""
        names = (*self.organisations, *self.kinds, *self.languages, *self.themes, *self.places)
        return len(self.goals) + len(names) + self.has_period + (not self.undated)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked at all; a wrong period is asked, and answered by its error."""
        return not self.text and not self.chosen and not self.year_from and not self.year_to

    @property
    def shown_sort(self) -> str:
        """The chosen order, or the default: best with words, newest without."""
        return self.sort or ("beste" if self.text else "nieuwste")

    @property
    def wrong_format(self) -> tuple[str, ...]:
        """The names of the year fields that hold no year."""
        fields = {"jaar_van": self.year_from, "jaar_tot": self.year_to}
        return tuple(n for n, typed in fields.items() if typed and not _YEAR.fullmatch(typed))

    @property
    def wrong_order(self) -> bool:
        """Whether the period ends before it begins."""
        both = bool(self.year_from and self.year_to) and not self.wrong_format
        return both and int(self.year_from) > int(self.year_to)

    @property
    def has_period(self) -> bool:
        """Whether years narrow the answer: those of a wrong period do not."""
        typed = bool(self.year_from or self.year_to)
        return typed and not self.wrong_format and not self.wrong_order

    def without_filters(self) -> "Question":
        """Ask the same words, without filters and from the first page."""
        return Question(text=self.text, sort=self.sort)

    def on_page(self, page: int) -> "Question":
        return replace(self, page=page)

    def query(self) -> Query:
        """What the index is asked; a wrong period is left out."""
        first, last = (self.year_from, self.year_to) if self.has_period else ("", "")
        return Query(
            text=self.text,
            goals=self.goals,
            organisations=self.organisations,
            kinds=self.kinds,
            languages=self.languages,
            themes=self.themes,
            places=self.places,
            year_from=int(first) if first else None,
            year_to=int(last) if last else None,
            undated=self.undated,
            sort=SORTS[self.shown_sort],
            offset=(self.page - 1) * PER_PAGE,
            limit=PER_PAGE,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the clean address, in the order of the form."""
        pairs = [("q", self.text)]
        pairs += [("doel", str(number)) for number in self.goals]
        pairs += [("organisatie", name) for name in self.organisations]
        pairs += [("soort", kind) for kind in self.kinds]
        pairs += [("thema", theme) for theme in self.themes]
        pairs += [("plaats", place) for place in self.places]
        pairs += [("taal", language) for language in self.languages]
        pairs += [("jaar_van", self.year_from), ("jaar_tot", self.year_to)]
        pairs += [("zonder_datum", "" if self.undated else NO), ("sorteer", self.sort)]
        pairs += [("p", "" if self.page == 1 else str(self.page))]
        pairs += [(PER, PER_GOAL if self.per_goal else "")]
        return [(name, value) for name, value in pairs if value]

    def address(self, path: str = "/zoeken", **more: str) -> str:
        """The clean address, with ``more`` parameters behind its own."""
        pairs = [*self.pairs(), *more.items()]
        return f"{path}?{urlencode(pairs)}" if pairs else path


def read_question(arguments: MultiDict[str, str]) -> Question:
    """Read the parameters; what cannot be a choice on the page is left out."""
    text = arguments.get("q", "").strip()
    sort = arguments.get("sorteer", "")
    default = "beste" if text else "nieuwste"
    return Question(
        text=text,
        goals=tuple(_NUMBERS[v] for v in _values(arguments, "doel") if v in _NUMBERS),
        organisations=_values(arguments, "organisatie"),
        kinds=tuple(v for v in _values(arguments, "soort") if v in KINDS),
        languages=tuple(v for v in _values(arguments, "taal") if v in LANGUAGES),
        themes=tuple(v for v in _values(arguments, "thema") if v in THEME_NAMES),
        places=tuple(v for v in _values(arguments, "plaats") if v in place_names()),
        year_from=_typed_year(arguments, "jaar_van"),
        year_to=_typed_year(arguments, "jaar_tot"),
        undated=_values(arguments, "zonder_datum") != (NO,),
        sort=sort if sort in SORTS and sort != default else "",
        page=_page(arguments.get("p", "")),
        per_goal=arguments.get(PER, "") == PER_GOAL,
    )


def is_clean(arguments: MultiDict[str, str], question: Question) -> bool:
    """Tell whether the parameters are those of the clean address, in whatever order."""
    return sorted(arguments.items(multi=True)) == sorted(question.pairs())


def _values(arguments: MultiDict[str, str], name: str) -> tuple[str, ...]:
    given = (value.strip()[:LONGEST_VALUE].rstrip() for value in arguments.getlist(name))
    return tuple(dict.fromkeys(value for value in given if value))[:MOST_VALUES]


def _typed_year(arguments: MultiDict[str, str], name: str) -> str:
    return arguments.get(name, "").strip()[:10].rstrip()


def _page(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit()):
        return 1
    return min(max(int(typed[:9]), 1), MOST_PAGES)
