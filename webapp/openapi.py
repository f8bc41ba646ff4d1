"""The API described in OpenAPI 3.1, made from the models that take and give it.

In: nothing but ``webapp.api_values``. Out: JSON, and the operations with their parameters for the
page that people read. A test asks every operation and compares; another sends generated requests.
"""

import json
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from webapp.api_values import (
    Document,
    Goals,
    Organisations,
    Parameters,
    PerGoal,
    Problem,
    RequiredWordParameters,
    Results,
    Status,
    SuggestionParameters,
    Suggestions,
    WordParameters,
)
from webapp.messages import API_OPERATIONS

VERSION = "1.0.0"
_REQUIRED = frozenset(SuggestionParameters.model_json_schema()["required"])
_ID = ("id", "Kenmerk van het document", {"type": "string"})


class Operation(NamedTuple):
    """One address of the API; parameters are a name, a text and a schema."""

    path: str
    summary: str
    parameters: tuple[tuple[str, str, dict[str, Any]], ...]
    gives: type[BaseModel]
    can_fail: tuple[str, ...]


def _parameters(model: type[BaseModel]) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    properties = model.model_json_schema()["properties"]
    return tuple(
        (name, schema.get("description", ""), _plain(schema)) for name, schema in properties.items()
    )


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value as it stands in an address, where nothing is written as null."""
    plain = {k: v for k, v in schema.items() if k not in {"title", "description", "anyOf"}}
    if plain.get("default", "") is None:
        del plain["default"]
    for one in schema.get("anyOf", ()):
        if one != {"type": "null"}:
            plain |= one
    return plain


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "/zoeken", API_OPERATIONS["zoeken"], _parameters(Parameters), Results, ("400", "429", "503")
    ),
    Operation(
        "/documenten/{id}",
        API_OPERATIONS["documenten"],
        (_ID, *_parameters(WordParameters)),
        Document,
        ("400", "404", "410", "429"),
    ),
    Operation(
        "/suggesties",
        API_OPERATIONS["suggesties"],
        _parameters(SuggestionParameters),
        Suggestions,
        ("400", "429", "503"),
    ),
    Operation(
        "/per-doel",
        API_OPERATIONS["per-doel"],
        _parameters(RequiredWordParameters),
        PerGoal,
        ("400", "429", "503"),
    ),
    Operation("/doelen", API_OPERATIONS["doelen"], (), Goals, ("400", "503")),
    Operation("/organisaties", API_OPERATIONS["organisaties"], (), Organisations, ("400", "503")),
    Operation("/status", API_OPERATIONS["status"], (), Status, ("400",)),
)

EXAMPLES = (
    "/zoeken?q=buurthuis+overnemen",
    "/zoeken?q=subsidie&doel=4&soort=handreiking&per_bladzijde=5",
    "/zoeken?jaar_van=2023&zonder_datum=nee&sorteer=nieuwste",
    "/suggesties?q=buurth",
    "/per-doel?q=subsidie",
    "/doelen",
    "/organisaties",
    "/status",
)
"""Questions on the page for people; a test asks each of them."""

_ERRORS = {
    "400": "Een parameter klopt niet",
    "404": "Dit document is er niet",
    "410": "Dit document is er niet meer",
    "429": "Te veel vragen in een minuut",
    "503": "Zoeken lukt nu even niet",
}
_RATE = {
    name: {"description": text, "schema": {"type": "integer"}}
    for name, text in (
        ("RateLimit-Limit", "Vragen per minuut"),
        ("RateLimit-Remaining", "Vragen die er nog zijn"),
        ("RateLimit-Reset", "Seconden tot er weer meer zijn"),
    )
}


def description(site: str) -> str:
    """The whole description, for the site at this address."""
    models = [(one.gives, "serialization") for one in OPERATIONS] + [(Problem, "serialization")]
    _, schemas = models_json_schema(models, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]  # pydantic's literal for the mode
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": API_OPERATIONS["title"],
            "version": VERSION,
            "description": API_OPERATIONS["description"],
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": f"{site}/api/v1"}],
        "paths": {one.path: {"get": _operation(one)} for one in OPERATIONS},
        "components": {"schemas": schemas["$defs"]},
    }
    return json.dumps(whole, ensure_ascii=False)


def _operation(one: Operation) -> dict[str, Any]:
    name = one.path.strip("/").partition("/")[0]
    good = {
        "description": one.summary,
        "headers": {"ETag": {"description": "Versie", "schema": {"type": "string"}}, **_RATE},
        "content": {"application/json": {"schema": _reference(one.gives)}},
    }
    known = {"description": "U hebt dit antwoord al"}
    return {
        "operationId": name,
        "summary": one.summary,
        "parameters": [_parameter(one.path, *each) for each in one.parameters],
        "responses": {"200": good, "304": known} | {code: _problem(code) for code in one.can_fail},
    }


def _parameter(path: str, name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    is_in_path = f"{{{name}}}" in path
    return {
        "name": name,
        "in": "path" if is_in_path else "query",
        "required": is_in_path or ("default" not in schema and name in _REQUIRED),
        "schema": schema,
    } | ({"description": text} if text else {})


def _problem(code: str) -> dict[str, Any]:
    return {
        "description": _ERRORS[code],
        "content": {"application/problem+json": {"schema": _reference(Problem)}},
    }


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
