"""Answers that a visitor has already, found out before anything is searched.

In: a way to make an answer, and what it depends on beside the index. Out: that answer with an ETag,
or 304 without making it when the visitor sent that ETag. A page follows from its address, the
generation of the index, the day, the settings, and the program with its templates, texts and word
lists; the ETag is a digest of these. It is weak, as a proxy may compress what it passes on.

A page that was asked with a question is for one person: a shared cache would be a record of what
people search, so it is ``private``. The pages of admins are never kept (``webapp.rendering``).

In ``make bench`` (24,012 documents, one client) 304 takes less than a tenth of what the page takes.
"""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from flask import request
from werkzeug.wrappers import Response

from webapp.formats import day_of
from webapp.services import services
from webapp.site_texts import site_texts

_PROGRAM = ("index", "library", "webapp")


def stamp_of(root: Path) -> str:
    """A digest of the program in a folder: code, templates, texts, goals and word lists."""
    digest = hashlib.sha256()
    for package in _PROGRAM:
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


_STAMP = stamp_of(Path(__file__).parent.parent)
"""Of the program as it was when it started; 10 ms."""


def unless_known(make: Callable[[], Response], *depends: object) -> Response:
    """Give the answer, or 304 when the visitor has it; ``depends`` is what the index does not know.

    When another generation was taken over while the answer was made, its own ETag stays.
    """
    tag = _tag(depends)
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=HTTPStatus.NOT_MODIFIED)
        answer.set_etag(tag, weak=True)
    else:
        answer = make()
        if answer.status_code == HTTPStatus.OK and tag == _tag(depends):
            answer.set_etag(tag, weak=True)
    if answer.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        answer.headers["Cache-Control"] = "private, no-cache" if request.args else "no-cache"
    return answer


def _tag(depends: tuple[object, ...]) -> str:
    here = services()
    status = here.index.status()
    made_from = (
        _STAMP,
        here.settings.model_dump_json(exclude={"secret_key"}),
        day_of(here.clock()),
        site_texts(),
        status.generation,
        status.built_at,
        status.revision,
        status.improved,
        request.full_path,
        *depends,
    )
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:32]
