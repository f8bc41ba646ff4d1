"""What a help page is, which of them helps on which page, and words that are explained.

The pages themselves stand with those who read them: ``beheer_guides`` ("je"), ``partner_guides`` ("u").
A step is one thing that somebody does, with what is seen then as a picture where that helps. What
stands between ‘ and ’ is what a button, link or heading says: a test compares it with the catalogue.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Step(NamedTuple):
    """Something to do; ``picture`` is a file in ``static/guides``, ``alt`` says what it shows.

    ``address`` is a page in the menu where it is done, when that is another page than before.
    """

    text: str
    picture: str = ""
    alt: str = ""
    address: str = ""


class Guide(NamedTuple):
    """How a task is done; ``address`` is the page where it is done, empty when there is none."""

    slug: str
    title: str
    lead: str
    steps: tuple[Step, ...]
    address: str = ""
    more: tuple[str, ...] = ()
    """Things to know that are no steps."""


WORDS: tuple[tuple[str, str], ...] = (
    ("Aanmelding", "Een website of document dat iemand voorstelt. Jij beslist erover."),
    ("Bron", "Een website die wij lezen, of een deel daarvan."),
    ("Cijfer (nDCG)", "Hoe goed de antwoorden zijn. 1 is het beste, 0 het slechtste."),
    ("Document", "Eén bladzijde of bestand dat mensen kunnen vinden."),
    ("Doel", "Een van de vijf doelen van de bewonerscollectieven."),
    ("Gewicht", "Een getal dat zegt hoe zwaar een woord telt."),
    ("Index", "De lijst van alle woorden in alle documenten. Daarin zoekt de zoekmachine."),
    ("Ophaalronde", "Eén keer alle bladzijden van een bron lezen."),
    ("Passkey", "Inloggen met je vinger, gezicht of pincode, zonder wachtwoord."),
    ("Reservekopie", "Een kopie van alles, voor als de computer stukgaat."),
    ("robots.txt", "Een bestand waarin een website zegt wat wij niet mogen lezen."),
    ("Sitemap", "Een lijst van bladzijden die een website zelf maakt."),
    ("Synoniem", "Een ander woord voor hetzelfde, zoals buurthuis en dorpshuis."),
    ("Taak", "Werk dat de computer doet, zoals ophalen of de index maken."),
    ("Vaste zoekvraag", "Een vraag waarop een nieuwe index altijd iets moet vinden."),
    ("Werker", "Het programma dat de taken doet."),
)
"""Words below /beheer that nobody has to know beforehand."""
GUIDE_OF: Mapping[str, str] = {
    "admin.overview": "week",
    "admin.sources": "bronnen",
    "first_run": "beginnen",
    "site_texts": "teksten",
    "insight": "zoekvragen",
    "finding": "vinden",
    "grading": "beoordelen",
    "goal_quality": "doelen",
    "jobs": "taken",
    "reindex": "taken",
    "people": "mensen",
    "source_form": "regels",
    "source_report": "bronnen",
    "trial": "proef",
    "moderation": "aanmeldingen",
    "judging": "aanmeldingen",
    "acts": "logboek",
    "health": "gezondheid",
    "own_account": "inloggen",
    "second_factor": "inloggen",
    "partner": "organisatie",
    "submission_status": "stand",
}
"""Which guide helps on a page: by the name of its view, else by that of the part that it is in."""
