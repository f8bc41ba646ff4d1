"""Who helps visitors: as an admin wrote it on the site, else as the settings have it."""

from collections.abc import Mapping
from dataclasses import dataclass

from library.settings import Settings

NAMES = ("contact_name", "contact_phone", "contact_email")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person with telephone number and mail address; what is not known is empty."""

    name: str
    phone: str
    email: str

    @property
    def reach(self) -> str:
        """Where that person is reached; nothing when nobody is."""
        return " ".join(filter(None, (self.phone, self.email)))


def contact_of(settings: Settings, texts: Mapping[str, str]) -> Contact:
    """Give the contact of an installation; those of the site are one person, never mixed."""
    if any(texts.get(name) for name in NAMES):
        return Contact(*(texts.get(name, "") for name in NAMES))
    return Contact(settings.contact_name, settings.contact_phone, settings.contact_email)
