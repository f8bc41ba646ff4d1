"""Twelve sites with a crawler trap each, between pages that are worth finding (threats 2.2).

Every site has real pages in groups, reached by links only, and on every page the entrance of its trap,
which never ends and gives nothing new.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.crawler.loopback import Asked, Route, answer, page, redirect

GROUP = 10
_EMPTY = "Er is hier op dit moment niets te vinden, kijk later nog eens of ga naar de beginpagina."

Trap = Callable[[str, Mapping[str, str]], tuple[str, list[str]]]
"""From the path and the parameters of a request: the text of the page and where it leads."""


def calendar_of_days(path: str, _: Mapping[str, str]) -> tuple[str, list[str]]:
    day = date.fromisoformat(path.rpartition("/")[2] or "2026-05-01")
    others = (day + timedelta(days=n) for n in (-1, 1, 7, 31))
    return f"Geen activiteiten op {day:%d-%m-%Y}. {_EMPTY}", [f"/trap/{o}" for o in others]


def calendar_of_months(_: str, asked: Mapping[str, str]) -> tuple[str, list[str]]:
    year, month = int(asked.get("jaar", "2026")), int(asked.get("maand", "5"))
    ways = [(year + 1, month), (year - 1, month), (year, month % 12 + 1)]
    return _EMPTY, [f"/trap?maand={m}&jaar={y}" for y, m in ways]


def facets(_: str, asked: Mapping[str, str]) -> tuple[str, list[str]]:
    chosen = list(asked.values())
    ways = [[*chosen, f"thema:{n}"] for n in range(12) if f"thema:{n}" not in chosen]
    return _EMPTY, [f"/trap?{urlencode({f'f[{n}]': v for n, v in enumerate(w)})}" for w in ways]


def sessions(path: str, asked: Mapping[str, str]) -> tuple[str, list[str]]:
    seen = hashlib.sha256(f"{path}{sorted(asked.items())}".encode()).hexdigest()
    return _EMPTY, [f"/trap?bezoek={seen[n : n + 16]}" for n in range(0, 40, 4)]


def sessions_in_path(path: str, _: Mapping[str, str]) -> tuple[str, list[str]]:
    seen = hashlib.sha256(path.encode()).hexdigest()
    return _EMPTY, [f"/trap/{seen[n : n + 16]}/lijst" for n in range(0, 40, 4)]


def endless_path(path: str, _: Mapping[str, str]) -> tuple[str, list[str]]:
    return _EMPTY, [f"{path.rstrip('/')}/verder/", f"{path.rstrip('/')}/meer/"]


def spiral(path: str, _: Mapping[str, str]) -> tuple[str, list[str]]:
    return _EMPTY, [f"{path.rstrip('/')}/a/b", f"{path.rstrip('/')}/c/a"]


def deep_numbers(path: str, _: Mapping[str, str]) -> tuple[str, list[str]]:
    return _EMPTY, [f"{path.rstrip('/')}/{path.count('/') * 10 + n}" for n in range(8)]


def pages_without_end(_: str, asked: Mapping[str, str]) -> tuple[str, list[str]]:
    number = int(asked.get("pagina", "1"))
    return _EMPTY, [f"/trap?pagina={number + n}" for n in range(1, 9)]


def permutations(_: str, asked: Mapping[str, str]) -> tuple[str, list[str]]:
    names = ("sorteer", "richting", "toon", "per")
    ways = ({**asked, name: str(n)} for name in names for n in range(9))
    return _EMPTY, [f"/trap?{urlencode(way)}" for way in ways]


def countless_links(path: str, _: Mapping[str, str]) -> tuple[str, list[str]]:
    start = int(path.rpartition("/")[2] or "0")
    return _EMPTY, [f"/trap/{start * 7 + n}" for n in range(1500)]


def redirects(path: str, _: Mapping[str, str]) -> tuple[str, list[str]]:
    number = int(path.rpartition("/")[2] or "0")
    return "", [f"/trap/{number + 1}"]


TRAPS: Mapping[str, Trap] = {
    trap.__name__: trap
    for trap in (
        *(calendar_of_days, calendar_of_months, facets, sessions, sessions_in_path, endless_path),
        *(spiral, deep_numbers, pages_without_end, permutations, countless_links, redirects),
    )
}


def trap_site(name: str, number: int) -> tuple[dict[str, Route], Route]:
    """The routes of a site with so many real pages, and what it answers to all other addresses."""
    trap, entrance = TRAPS[name], "/trap/"
    groups = [f"/groep{n}" for n in range(number // GROUP)]
    routes: dict[str, Route] = {"/": answer(page("Welkom bij ons dorp", *groups, entrance))}
    for at, group in enumerate(groups):
        real = [f"{group}/verhaal{n}" for n in range(GROUP)]
        routes[group] = answer(
            page(f"Overzicht {'abcdefghijklmnopqrstuvwxyz'[at]}", *real, entrance)
        )
        for n, path in enumerate(real):
            told = f"Verhaal {'abcdefghij'[n]} van {group}"
            routes[path] = answer(page(told, "/", entrance))

    def otherwise(asked: Asked) -> bytes:
        parts = urlsplit(asked.path)
        if not parts.path.startswith("/trap"):
            return answer(status=404)
        text, links = trap(parts.path, dict(parse_qsl(parts.query)))
        if not text:
            return redirect(links[0], 302)
        return answer(page("Overzicht", *links, text=text))

    return routes, otherwise


def real_pages(number: int) -> set[str]:
    return {f"/groep{g}/verhaal{n}" for g in range(number // GROUP) for n in range(GROUP)}
