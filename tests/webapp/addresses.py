"""One address for every route, so that a test can walk over all of them, new ones included."""

from flask import Flask
from werkzeug.routing import Rule

from library.document import id_of

VALUES: dict[str, object] = {
    "document_id": id_of("https://www.lsabewoners.nl/statuten"),
    "slug": "geld",
    "name": "LSA bewoners",
    "token": "geen-geldige-link",
    "job_id": 1,
    "source_id": 1,
    "number": 1,
    "account_id": 1,
    "submission_id": 1,
    "improvement_id": 1,
    "change_id": 1,
}


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def address_of(app: Flask, rule: Rule) -> str:
    """The address of a rule; a new kind of part must be given a value above."""
    with app.test_request_context("/"):
        values = {name: VALUES[name] for name in rule.arguments}
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, values)


def methods_of(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}
