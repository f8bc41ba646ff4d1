"""What is the matter with the documents of an organisation, and of no other."""

from dataclasses import replace
from datetime import UTC, date, datetime

from library.document import Document, Section
from library.store import Ailing, Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def document(name: str, organisation: str = "LSA") -> Document:
    url = f"https://lsa.nl/{name}"
    return Document(
        id=name,
        url=url,
        canonical_url=url,
        title=name.capitalize(),
        sections=(Section("Tekst."),),
        organisation=organisation,
        fetched_at=NOW,
    )


def test_each_ailment_is_told_with_its_number(store: Store) -> None:
    store.documents.put_many(
        [
            document("goed"),
            document("twijfel"),
            document("oud"),
            replace(document("scan"), pages_without_text=4),
            replace(document("elders", "NOV"), pages_without_text=2),
            replace(document("weg"), pages_without_text=2),
        ]
    )
    store.documents.remove("weg", "gone")
    for helps in (False, False, True):
        store.opinions.add("twijfel", date(2026, 11, 1), helps=helps)
    store.opinions.add("goed", date(2026, 11, 1), helps=False)
    store.opinions.add("goed", date(2026, 11, 1), helps=True)
    store.documents.relate("oud", duplicate_of=None, replaced_by="goed", perhaps_replaced_by=None)
    assert store.checkups.of("LSA") == (
        Ailing("twijfel", "Twijfel", "https://lsa.nl/twijfel", "doubted", 2),
        Ailing("oud", "Oud", "https://lsa.nl/oud", "replaced"),
        Ailing("scan", "Scan", "https://lsa.nl/scan", "without-text", 4),
    )
