"""The form of each kind of improvement: its fields, and what was typed in them, checked.

In: what was typed. Out: the fields with what is wrong at each, or the value that is stored.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from werkzeug.exceptions import NotFound

from index.improvements import BadImprovement, checked
from index.schema import WEIGHTS
from index.synonyms import SYNONYMS_FILE, groups
from library.store.improvements import Kind
from webapp import formats
from webapp.finding_pages import Field
from webapp.improvement_words import decimal, group_in_words
from webapp.messages import FIELD_NAMES, say
from webapp.services import services

SLUGS: dict[str, Kind] = {
    "synoniemen": "synonym",
    "afkortingen": "abbreviation",
    "uitgezet": "switched_off",
    "eerst": "best_bet",
    "heel": "protected",
    "gewichten": "weight",
    "niet-voorstellen": "denied",
}
FIELDS: dict[Kind, tuple[str, ...]] = {
    "synonym": ("words", "wider"),
    "abbreviation": ("short", "long"),
    "switched_off": ("word", "group"),
    "protected": ("word",),
    "best_bet": ("query", "document", "first", "last", "owner"),
    "weight": ("field", "weight"),
    "denied": ("word",),
}


def kind_of(slug: str) -> Kind:
    """Tell which kind an address is of; an address of none is not found."""
    if slug not in SLUGS:
        raise NotFound
    return SLUGS[slug]


def fields_of(kind: Kind, typed: Mapping[str, str], errors: Mapping[str, str]) -> Iterator[Field]:
    """Give the fields of a form; which group is only asked of a word that stands in more of them."""
    for name in typed:
        field = _field(kind, name, typed[name], errors.get(name, ""))
        if name != "group":
            yield field
        elif len(found := _groups(typed["word"])) > 1:
            question = say("finding.group", n=len(found))
            choices = tuple((one, group_in_words(one)) for one in found)
            yield replace(field, label=question, choices=choices)


def _groups(word: str) -> tuple[str, ...]:
    return groups(SYNONYMS_FILE, word) if word.strip() else ()


def _field(kind: Kind, name: str, value: str, error: str) -> Field:
    """A field with its label, what helps to fill it in, and what can be chosen."""
    field = Field(name, LABELS.get(name, ""), HINTS.get(name, ""), value, error)
    if name == "word":
        return replace(field, hint=WORD_HINTS[kind])
    if name == "owner":
        return replace(field, choices=_owners())
    if name == "field":
        return replace(field, choices=tuple((one, FIELD_NAMES[one]) for one in WEIGHTS))
    if name == "weight":
        now = formats.listed([f"{FIELD_NAMES[f]} {decimal(w)}" for f, w in _weights().items()])
        return replace(field, hint=say("finding.weight.hint", now=now))
    return replace(field, type="date" if name in {"first", "last"} else "text")


LABELS = {
    "words": say("finding.words"),
    "wider": say("finding.wider"),
    "short": say("finding.short"),
    "long": say("finding.long"),
    "word": say("finding.word"),
    "query": say("finding.query"),
    "document": say("finding.document"),
    "first": say("finding.first"),
    "last": say("finding.last"),
    "owner": say("finding.owner"),
    "field": say("finding.field"),
    "weight": say("finding.weight"),
}
HINTS = {
    "words": say("finding.words.hint"),
    "wider": say("finding.wider.hint"),
    "query": say("finding.query.hint"),
    "document": say("finding.document.hint"),
    "last": say("finding.last.hint"),
}
WORD_HINTS: dict[Kind, str] = {
    "protected": say("finding.word.whole"),
    "denied": say("finding.word.denied"),
    "switched_off": say("finding.word.off"),
}


def _owners() -> tuple[tuple[str, str], ...]:
    accounts = services().store.accounts.all()
    return tuple(
        (str(one.id), one.name) for one in accounts if one.role != "partner" and not one.is_closed
    )


def _weights() -> dict[str, float]:
    """The weights as they are now."""
    current = services().store.improvements.current()
    return WEIGHTS | {o.value["field"]: o.value["weight"] for o in current if o.kind == "weight"}


def checked_form(kind: Kind, typed: Mapping[str, str]) -> Mapping[str, Any]:
    """Give the value that is stored; raise ``BadImprovement`` for what cannot be."""
    if kind != "best_bet":
        return checked(kind, typed)
    if typed["owner"] not in dict(_owners()):
        raise BadImprovement("choose", "owner")
    return checked(kind, {**typed, "document_id": _document_of(typed["document"])})


def _document_of(address: str) -> str:
    """The id of a document by the address of our page of it, or its own; empty when unknown."""
    found = re.fullmatch(r"/document/(.+)", unquote(urlsplit(address).path))
    store = services().store
    stored = store.documents.find(found[1]) if found else store.documents.find_by_url(address)
    return "" if stored is None or stored.removed_at is not None else stored.document.id
