"""The rules of a source in words: a form, a try of what it would change, and saving; and removing it.

In: what an admin typed. Out: the fields of ``library.store.Source``, each checked by
``library.source_rules``; what is wrong is told beside its field. Before anything is saved the page
shows each change as before and after, and which known addresses the rules of paths would leave out.
The form carries a print of the source as it was read: of two admins the second is told.
"""

import hashlib
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from library.source_rules import LANGUAGES, BadRule, checked, is_denied
from library.store import Source
from webapp import formats
from webapp.acts import write_act
from webapp.links import target_of
from webapp.messages import INTERVALS, RULE_ERRORS, RULES, SCOPES, say
from webapp.messages import LANGUAGES as LANGUAGE_NAMES
from webapp.pages import ConfirmPage
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services, source_or_404
from webapp.sessions import me
from webapp.source_pages import RuleField, SourceFormPage, SourceTrialPage

blueprint = Blueprint("source_form", __name__, url_prefix="/beheer/bronnen")
MOST_EXAMPLES = 5
_LINES = ("path_rules", "start_paths", "feeds", "kept_parameters")
_NUMBERS = ("deepest", "page_budget", "pace")
_SELECTORS = ("title_selector", "date_selector", "content_selector", "left_out_selector")
_WORDS = {"allow": "wel", "deny": "niet"}


@blueprint.get("/<int:source_id>/bewerken")
@role("admin")
def edit(source_id: int) -> Response:
    source = source_or_404(source_id)
    return _form(source, _typed(source), {}, _print(source))


@blueprint.post("/<int:source_id>/bewerken")
@role("admin")
def save(source_id: int) -> AnyResponse:
    source = source_or_404(source_id)
    typed = {name: request.form.get(name, "").strip() for name in RULES}
    typed["languages"] = ",".join(
        one for one in LANGUAGES if one in request.form.getlist("languages")
    )
    wanted, errors = _read(typed, _intervals(source))
    seen = request.form.get("gezien", "")
    if seen != _print(source):
        errors["formulier"] = say("rules.stale")
    step = request.form.get("stap", "proef")
    if errors or step == "wijzigen":
        return _form(source, typed, errors, _print(source))
    changes = {name: value for name, value in wanted.items() if getattr(source, name) != value}
    if step != "bewaren":
        return _trial(source, changes, typed, seen)
    with services().store.transaction():
        services().store.sources.edit(source.id, **changes)
        write_act("edit-source", f"source:{source.id}", fields=", ".join(changes))
    return redirect(f"/beheer/bronnen/{source.id}", HTTPStatus.SEE_OTHER)


def _print(source: Source) -> str:
    """The same for the same rules, so that a form knows whether it is stale."""
    told = repr([getattr(source, name) for name in RULES])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _typed(source: Source) -> dict[str, str]:
    return {name: _in_words(name, getattr(source, name)) for name in RULES}


def _in_words(name: str, value: Any) -> str:
    """A field as it stands in the form."""
    if value is None:
        return ""
    if name == "path_rules":
        return "\n".join(_rule_in_words(rule) for rule in value)
    if name == "languages":
        return ",".join(value)
    if isinstance(value, bool):
        return "ja" if value else ""
    if isinstance(value, tuple):
        return "\n".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _rule_in_words(rule: str) -> str:
    decision, _, pattern = rule.partition(" ")
    return f"{_WORDS[decision]} {pattern}"


def _intervals(source: Source) -> dict[str, str]:
    """How often may be chosen; somebody may have chosen another number on the command line."""
    own = _in_words("interval_hours", source.interval_hours)
    return INTERVALS if own in INTERVALS else INTERVALS | {own: say("rules.hours", n=own)}


def _read(
    typed: Mapping[str, str], intervals: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of a source, and what is wrong, by field."""
    wanted: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, text in typed.items():
        try:
            known = {"scope": SCOPES, "interval_hours": intervals}.get(name)
            value = _value(name, text if known is None else _one_of(text, known))
            wanted |= checked({name: value})
        except (BadRule, ValueError):
            errors[name] = RULE_ERRORS[name]
    return wanted, errors


def _value(name: str, text: str) -> Any:
    if name == "path_rules":
        return tuple(_rule(line) for line in _lines(text))
    if name == "kept_parameters":
        # Nothing typed means: all but the ones that only follow people.
        return _lines(text) or None
    if name in _LINES:
        return _lines(text)
    if name == "languages":
        return tuple(part for part in text.split(",") if part)
    if name == "interval_hours":
        return int(text) if text else None
    if name in {"shows_text", "paused"}:
        return text == "ja"
    if name in _NUMBERS:
        return _number(name, text)
    return None if name == "identity" and not text else text


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _rule(line: str) -> str:
    word, _, pattern = line.partition(" ")
    for decision, dutch in _WORDS.items():
        if word.lower() == dutch:
            return f"{decision} {pattern.strip()}"
    raise ValueError(line)


def _one_of(text: str, known: Mapping[str, str]) -> str:
    if text not in known:
        raise ValueError(text)
    return text


def _number(name: str, text: str) -> float | int | None:
    if not text:
        return None
    return float(text.replace(",", ".")) if name == "pace" else int(text)


def _form(
    source: Source, typed: Mapping[str, str], errors: Mapping[str, str], seen: str
) -> Response:
    fields = {
        name: RuleField(name, label, hint, typed[name], errors.get(name, ""))
        for name, (label, hint) in RULES.items()
    }
    page = SourceFormPage(
        title=say("rules.h1", name=source.name),
        here="sources",
        name=me().name,
        number=source.id,
        seen=seen,
        fields=fields,
        scopes=tuple(SCOPES.items()),
        intervals=tuple(_intervals(source).items()),
        languages=tuple((code, LANGUAGE_NAMES[code]) for code in LANGUAGES),
        errors=dict(errors),
        selectors=_SELECTORS,
    )
    return render(page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)


def _trial(
    source: Source, changes: Mapping[str, Any], typed: Mapping[str, str], seen: str
) -> Response:
    lost, back = _moved(source, changes) if "path_rules" in changes else ((), ())
    return render(
        SourceTrialPage(
            title=say("rules.trial.h1", name=source.name),
            here="sources",
            name=me().name,
            number=source.id,
            seen=seen,
            changes=tuple(_changed(source, changes)),
            lost=say("rules.lost", n=formats.number(len(lost))) if lost else "",
            lost_examples=lost[:MOST_EXAMPLES],
            back=say("rules.back", n=formats.number(len(back))) if back else "",
            back_examples=back[:MOST_EXAMPLES],
            fields=_hidden(typed),
        )
    )


def _moved(source: Source, changes: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The known addresses that the rules of paths leave out from now on, and no longer."""
    lost, back = [], []
    for one in services().store.reports.all_addresses(source.id):
        target = target_of(one.url)
        before = is_denied(target, source.path_rules)
        after = is_denied(target, changes["path_rules"])
        if after and not before:
            lost.append(one.url)
        if before and not after:
            back.append(one.url)
    return tuple(lost), tuple(back)


def _changed(source: Source, changes: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, value in changes.items():
        before, after = (_shown(name, one) for one in (getattr(source, name), value))
        yield RULES[name][0], before, after


def _shown(name: str, value: Any) -> str:
    words = _in_words(name, value)
    if name == "scope":
        return SCOPES[words]
    if name == "interval_hours":
        return INTERVALS.get(words, say("rules.hours", n=words))
    if name == "languages":
        return formats.listed([LANGUAGE_NAMES[code] for code in value])
    if isinstance(value, bool):
        return say("rules.yes") if value else say("rules.no")
    return words or say("rules.nothing")


def _hidden(typed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    rest = [(name, text) for name, text in typed.items() if name != "languages"]
    return (*rest, *(("languages", code) for code in typed["languages"].split(",")))


@blueprint.get("/<int:source_id>/verwijderen")
@role("admin")
def ask_removal(source_id: int) -> Response:
    source = source_or_404(source_id)
    number = services().store.documents.count(source_id=source.id)
    text = say("rules.remove.text", name=source.name, documents=formats.number(number))
    return render(
        ConfirmPage(
            title=say("rules.remove.h1"),
            here="sources",
            name=me().name,
            texts=(text,),
            action=f"/beheer/bronnen/{source.id}/verwijderen",
            button=say("rules.remove.button"),
            back=f"/beheer/bronnen/{source.id}",
        )
    )


@blueprint.post("/<int:source_id>/verwijderen")
@role("admin")
def remove(source_id: int) -> AnyResponse:
    source, store = source_or_404(source_id), services().store
    with store.transaction():
        store.remove_source(source.id)
        store.jobs.add_update()
        write_act("remove-source", f"source:{source.id}", slug=source.slug)
    return redirect("/beheer/bronnen", HTTPStatus.SEE_OTHER)
