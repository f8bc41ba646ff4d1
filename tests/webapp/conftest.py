"""A small real site: a temporary store, a real index over a few documents, and its pages."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index import Index
from index.tasks import rebuild_index
from library.document import Document, Kind, Published, Section, id_of
from library.mail import Letter, Postman
from library.progress import Silent
from library.settings import Settings, read_settings
from library.store import Account, Store
from library.store.accounts import Role
from webapp import create_app
from webapp.letters import composing

KEY = "a key that is long enough for a test"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EXAMPLE = "Dorpshuizen Verbonden (voorbeeld)"


@dataclass
class Clock:
    """A clock that a test sets forward."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: int) -> None:
        self.now += timedelta(**by)


@dataclass
class Site:
    """All parts of a small installation."""

    settings: Settings
    store: Store
    index: Index
    clock: Clock = field(default_factory=Clock)

    @property
    def app(self) -> Flask:
        return create_app(
            self.settings, self.store, self.index, key=KEY, clock=self.clock, shows_mail=True
        )

    def post_mail(self) -> list[Letter]:
        """Play the postman: give the letters that were waiting."""
        letters: list[Letter] = []
        compose = composing(self.settings, self.store, self.index, KEY)
        Postman(self.store, compose, letters.append, self.clock).deliver_due()
        return letters

    def put(self, *documents: Document, source_id: int | None = None) -> None:
        """Keep documents and make the index again."""
        self.store.documents.put_many(documents, source_id=source_id)
        rebuild_index(self.store, self.settings, Silent())
        self.index.refresh()


def document(
    name: str,
    text: str,
    *,
    title: str = "",
    organisation: str = "LSA bewoners",
    kind: Kind = "handreiking",
    day: date | None = None,
    pages: bool = False,
    **more: object,
) -> Document:
    """A document of a partner, by default a web page."""
    url = f"https://www.lsabewoners.nl/{name}"
    parts = text.split("|")
    sections = tuple(
        Section(text=part, page=number if pages else None)
        for number, part in enumerate(parts, start=1)
    )
    values: dict[str, object] = {
        "id": id_of(url),
        "url": url,
        "canonical_url": url,
        "title": title or name.capitalize(),
        "sections": sections,
        "organisation": organisation,
        "kind": kind,
        "published": Published(day, "meta") if day else None,
        "media_type": "application/pdf" if pages else "text/html",
        "size": 1_240_000 if pages else 9_000,
        "fetched_at": NOW,
    }
    return Document(**(values | more))  # type: ignore[arg-type]  # the names are those of Document


def some_documents() -> tuple[Document, ...]:
    """Enough to filter, page and sort."""
    many = tuple(
        document(
            f"moestuin-{n}",
            f"De moestuin overnemen van de gemeente, verhaal nummer {n}.",
            title=f"Moestuin nummer {n}",
            kind="verhaal",
            day=date(2000 + n, 3, 4),
        )
        for n in range(1, 25)
    )
    return (
        document(
            "subsidie.pdf",
            "Zo vraagt u subsidie aan bij een vermogensfonds.|De begroting en het dekkingsplan zijn deel van de "
            "aanvraag.|Subsidie of crowdfunding achteraf.",
            title="Subsidie aanvragen in vier stappen",
            organisation="Oranje Fonds",
            kind="regeling",
            day=date(2025, 3, 4),
            pages=True,
        ),
        document("statuten", "De statuten van een vereniging.", title="Statuten", kind="format"),
        document(
            "voorbeeld",
            "Het dorpshuis krijgt subsidie van de gemeente.\nEen tweede alinea.",
            title="Een dorpshuis van het dorp",
            organisation=EXAMPLE,
            is_example=True,
        ),
        *many,
    )


def open_site(home: Path, **settings: object) -> Site:
    """Open the installation in a folder, made where there is none."""
    chosen = read_settings({}, home=home, **settings)
    store = Store.open(chosen)
    index = Index(chosen.index_folder, check_every=0, improved=store.improvements)
    return Site(chosen, store, index)


def close(opened: Site) -> None:
    opened.index.close()
    opened.store.close()


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with documents and an index, made once; tests work on copies of it."""
    home = tmp_path_factory.mktemp("filled") / "home"
    made = open_site(home)
    made.put(*some_documents())
    close(made)
    return home


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    """Before the first crawl: no documents, no index."""
    made = open_site(tmp_path / "home")
    yield made
    close(made)


@pytest.fixture
def site(tmp_path: Path, filled_home: Path) -> Iterator[Site]:
    """With documents and an index."""
    home = Path(shutil.copytree(filled_home, tmp_path / "home"))
    made = open_site(home, contact_name="Bureau Hulp", contact_phone="030 123 45 67")
    yield made
    close(made)


@pytest.fixture
def client(site: Site) -> FlaskClient:
    """A visitor."""
    return site.app.test_client()


@pytest.fixture
def admin(site: Site) -> FlaskClient:
    """A signed-in admin."""
    return sign_in(site, site.app.test_client())


@pytest.fixture
def moderator(site: Site) -> FlaskClient:
    """A signed-in moderator."""
    return signed_in_as(site, "moderator")


@pytest.fixture
def partner(site: Site) -> FlaskClient:
    """A signed-in partner of the organisation of the documents."""
    return signed_in_as(site, "partner")


def sign_in(site: Site, client: FlaskClient, name: str = "Beheerder") -> FlaskClient:
    """Use a one-time link as a person does: look, then press the button."""
    return by_link(site, client, site.store.accounts.add_admin(name))


def signed_in_as(site: Site, role: Role, organisation: str = "LSA bewoners") -> FlaskClient:
    """Sign in a new person with some role."""
    email = f"{role}-{len(site.store.accounts.all())}@dorp.nl"
    of = organisation if role == "partner" else ""
    account = site.store.accounts.add(f"Een {role}", role, email=email, organisation=of)
    return by_link(site, site.app.test_client(), account)


def by_link(site: Site, client: FlaskClient, account: Account) -> FlaskClient:
    """Use a link that was made on the server."""
    link = f"/inloggen/{site.store.accounts.sign_in_link(account.id, site.clock())}"
    answer = post(client, link, on=link)
    assert answer.status_code == 303
    return client


def token(page: str) -> str:
    """The token in the forms of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def post(client: FlaskClient, address: str, *, on: str = "/beheer", **fields: str) -> TestResponse:
    """Press a button on a page, with what was typed in its fields."""
    page = client.get(on).text
    return client.post(address, data={"csrf_token": token(page), **fields})
