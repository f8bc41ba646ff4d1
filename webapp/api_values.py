"""What the API takes and gives, field by field: pydantic models, from which OpenAPI is made too.

In: parameters of a request, hits and facets. Out: JSON. Names are Dutch, as the addresses of the
pages are, and never change their meaning within ``v1``; fields may be added.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from index.classify import IMPORTED
from index.corrected import CERTAIN, JUDGED
from index.places import Place
from index.query import MAX_CHARACTERS, MAX_REACHABLE, GoalTag, Hit, Query, ResultPage
from index.query import Fragment as FoundFragment
from index.suggest import LIMIT
from index.themes import THEME_NAMES
from library.document import KINDS
from library.goals import GOALS, Goal
from webapp import hits
from webapp.links import outward
from webapp.question import MOST_VALUES, NO, SORTS, Question

MOST_PER_PAGE = 50
GoalNumber = Annotated[int, Field(ge=1, le=len(GOALS), description="Nummer van een doel")]
Year = Annotated[int | None, Field(default=None, ge=1000, le=2999)]


class NoParameters(BaseModel):
    """No parameters; an unknown one is an error, not a wish that is forgotten."""

    model_config = ConfigDict(extra="forbid")


class WordParameters(NoParameters):
    """Words to look for."""

    q: Annotated[str, Field(max_length=MAX_CHARACTERS, description="Zoekwoorden")] = ""


class RequiredWordParameters(NoParameters):
    """Words to look for, which must be there."""

    q: Annotated[
        str, Field(min_length=1, max_length=MAX_CHARACTERS, description="Zoekwoorden, verplicht")
    ]


class SuggestionParameters(NoParameters):
    """What was typed so far, and how many suggestions are wanted."""

    q: Annotated[str, Field(max_length=MAX_CHARACTERS, description="Wat er al is getypt")]
    aantal: Annotated[int, Field(ge=1, le=LIMIT, description="Hoogste aantal suggesties")] = LIMIT


class Parameters(WordParameters):
    """The parameters of a search."""

    doel: Annotated[
        tuple[GoalNumber, ...], Field(max_length=MOST_VALUES, description="Nummer van een doel")
    ] = ()
    organisatie: Annotated[
        tuple[str, ...], Field(max_length=MOST_VALUES, description="Naam van een organisatie")
    ] = ()
    soort: Annotated[
        tuple[Literal[tuple(KINDS)], ...],  # type: ignore[valid-type]  # the kinds are one list
        Field(max_length=MOST_VALUES, description="Soort document"),
    ] = ()
    thema: Annotated[
        tuple[Literal[THEME_NAMES], ...],  # type: ignore[valid-type]  # the themes are one list
        Field(max_length=MOST_VALUES, description="Thema, zoals energie en klimaat"),
    ] = ()
    plaats: Annotated[
        tuple[str, ...],
        Field(
            max_length=MOST_VALUES,
            description="Gemeente of provincie waar een document over gaat, zoals Deventer of "
            "provincie Overijssel",
        ),
    ] = ()
    taal: Annotated[
        tuple[Annotated[str, Field(pattern="^[a-z]{2,3}$")], ...],
        Field(max_length=MOST_VALUES, description="Taal van de tekst, zoals nl"),
    ] = ()
    jaar_van: Annotated[Year, Field(description="Eerste jaar")] = None
    jaar_tot: Annotated[Year, Field(description="Laatste jaar")] = None
    zonder_datum: Annotated[
        Literal["ja", "nee"], Field(description="Ook documenten zonder datum, bij een jaar")
    ] = "ja"
    sorteer: Annotated[
        Literal[tuple(SORTS)] | None,  # type: ignore[valid-type]  # the orders are one list
        Field(description="Zonder keuze: beste met zoekwoorden, anders nieuwste"),
    ] = None
    p: Annotated[int, Field(ge=1, le=MAX_REACHABLE, description="Bladzijde")] = 1
    per_bladzijde: Annotated[
        int, Field(ge=1, le=MOST_PER_PAGE, description="Resultaten op een bladzijde")
    ] = 20

    def query(self) -> Query:
        """What the index is asked."""
        sort = self.sorteer or ("beste" if self.q.strip() else "nieuwste")
        return Query(
            text=self.q.strip(),
            goals=self.doel,
            organisations=self.organisatie,
            kinds=self.soort,
            languages=self.taal,
            themes=self.thema,
            places=self.plaats,
            year_from=self.jaar_van,
            year_to=self.jaar_tot,
            undated=self.zonder_datum != NO,
            sort=SORTS[sort],
            offset=(self.p - 1) * self.per_bladzijde,
            limit=self.per_bladzijde,
        )

    def question(self) -> Question:
        """The same question as our pages ask it."""
        return Question(text=self.q.strip())


class ThemeReason(BaseModel):
    """Een thema van een document, en de woorden waarom."""

    thema: str
    zekerheid: float
    woorden: tuple[str, ...]


class PlaceReason(BaseModel):
    """De plaats waar een document over gaat, en de woorden waarom."""

    gemeente: str | None
    provincie: str
    woorden: tuple[str, ...]


class Fragment(BaseModel):
    """Een stukje tekst; `gevonden` zijn de plaatsen (begin, einde) van gevonden woorden."""

    tekst: str
    gevonden: tuple[tuple[int, int], ...]
    bladzijde: int | None
    kop: str


class Reason(BaseModel):
    """Een doel van een document, en waarom: wie het gaf, en bij welke woorden."""

    doel: int
    zekerheid: float
    door: Annotated[
        Literal["computer", "mens", "organisatie"],
        Field(description="mens: nagekeken; organisatie: bij het document aangeleverd"),
    ]
    woorden: tuple[str, ...]
    passages: Annotated[
        tuple[Fragment, ...],
        Field(description="Waar de woorden staan; alleen als u één document vraagt"),
    ]


class Document(BaseModel):
    """Een document zoals een resultaat het laat zien."""

    id: str
    titel: str
    organisatie: str
    soort: str
    thema: Annotated[
        tuple[ThemeReason, ...], Field(description="Waar het over gaat, en de woorden waarom")
    ]
    plaats: Annotated[
        PlaceReason | None, Field(description="De ene plaats waar het over gaat, als die er is")
    ]
    fase: Annotated[str, Field(description="De fase van een groep waarvoor het is, of leeg")]
    voor_wie: Annotated[str, Field(description="De lezer voor wie het is, of leeg")]
    taal: str
    datum: date | None
    bestandstype: str
    bladzijden: int
    bytes: int
    bron: Annotated[str | None, Field(description="Adres bij de organisatie zelf")]
    pagina: Annotated[str, Field(description="Adres van dit document in de kennisbank")]
    doelen: tuple[Reason, ...]
    fragmenten: tuple[Fragment, ...]
    voorbeeld: Annotated[bool, Field(description="Verzonnen, om de kennisbank te laten zien")]


class GoalBest(BaseModel):
    """Het beste document voor een doel, en hoeveel resultaten er bij dat doel zijn."""

    doel: int
    aantal: int
    document: Document


class PerGoal(BaseModel):
    """Het beste document voor elk doel waarbij iets is gevonden."""

    doelen: tuple[GoalBest, ...]


class Count(BaseModel):
    """Een keuze in een filter, en hoeveel documenten die geeft."""

    waarde: str
    aantal: int


class Correction(BaseModel):
    """Een woord dat nergens staat, en waarmee ook is gezocht."""

    getypt: str
    gezocht: str


class Results(BaseModel):
    """Een bladzijde met resultaten."""

    totaal: Annotated[int, Field(description="Documenten met alle zoekwoorden, in welke vorm ook")]
    bereikbaar: Annotated[
        int, Field(description="Resultaten door te bladeren, ook die met een deel van de woorden")
    ]
    bladzijde: int
    per_bladzijde: int
    gevonden: Annotated[
        Literal["all", "any", "none"],
        Field(description="all: alle woorden, any: een deel van de woorden, none: niets"),
    ]
    correcties: tuple[Correction, ...]
    uitgekozen: Annotated[
        tuple[Document, ...],
        Field(description="Wat de redactie bij deze zoekvraag vooraan zet, buiten de volgorde om"),
    ]
    resultaten: tuple[Document, ...]
    filters: dict[str, tuple[Count, ...]]
    zonder_datum: int
    volgende: Annotated[str | None, Field(description="Adres van de volgende bladzijde")]


class Suggestion(BaseModel):
    """Wat iemand kan bedoelen, en waar het vandaan komt."""

    tekst: str
    soort: str


class Suggestions(BaseModel):
    """Aanvullingen, de beste eerst; elk vindt iets."""

    suggesties: tuple[Suggestion, ...]


class GoalValue(BaseModel):
    """Een van de vijf doelen."""

    nummer: int
    slug: str
    naam: str
    kort: str
    uitleg: tuple[str, ...]
    aantal: int
    pagina: str


class Goals(BaseModel):
    """De vijf doelen."""

    doelen: tuple[GoalValue, ...]


class Organisations(BaseModel):
    """De organisaties met documenten, en hoeveel."""

    organisaties: tuple[Count, ...]


class Status(BaseModel):
    """Wat er te doorzoeken is."""

    documenten: int
    bijgewerkt: datetime | None
    zoeken: Literal["ja", "nee"]


class Mistake(BaseModel):
    """Een parameter die niet klopt."""

    veld: str
    uitleg: str


class Problem(BaseModel):
    """Waarom er geen antwoord is (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    fouten: tuple[Mistake, ...] = ()


Places = Mapping[int, tuple[FoundFragment, ...]]
"""By number of a goal the fragments in which its words stand."""


def document_value(hit: Hit, site: str, places: Places = MappingProxyType({})) -> Document:
    """A hit as the API gives it; ``places`` are known of a document that is looked at by itself."""
    return Document(
        id=hit.id,
        titel=hits.title_of(hit.title, hit.url),
        organisatie=hit.organisation,
        soort=hit.kind,
        thema=tuple(
            ThemeReason(thema=one.name, zekerheid=round(one.probability, 3), woorden=one.evidence)
            for one in hit.themes
        ),
        plaats=_place(hit.place),
        fase=hit.phase,
        voor_wie=hit.audience,
        taal=hit.language,
        datum=hit.published,
        bestandstype=hit.media_type,
        bladzijden=hit.pages,
        bytes=hit.size,
        bron=outward(hit.url),
        pagina=site + hits.document_address(hit.id),
        doelen=tuple(_reason(tag, places.get(tag.number, ())) for tag in hit.goals),
        fragmenten=tuple(map(_fragment, hit.fragments)),
        voorbeeld=hit.is_example,
    )


def _fragment(one: FoundFragment) -> Fragment:
    return Fragment(
        tekst=one.text, gevonden=tuple(_marks(one.pieces)), bladzijde=one.page, kop=one.heading
    )


def _place(place: Place | None) -> PlaceReason | None:
    if place is None:
        return None
    return PlaceReason(
        gemeente=place.municipality or None, provincie=place.province, woorden=place.evidence
    )


def _reason(tag: GoalTag, places: tuple[FoundFragment, ...]) -> Reason:
    return Reason(
        doel=tag.number,
        zekerheid=round(tag.probability, 3),
        door=_giver(tag),
        woorden=() if tag.evidence in {IMPORTED, JUDGED} else tag.evidence,
        passages=tuple(map(_fragment, places)),
    )


def _giver(tag: GoalTag) -> Literal["computer", "mens", "organisatie"]:
    if tag.evidence == IMPORTED:
        return "organisatie"
    return "mens" if tag.probability == CERTAIN else "computer"


def _marks(pieces: tuple[tuple[str, bool], ...]) -> list[tuple[int, int]]:
    """Where the matching pieces begin and end, counted in characters."""
    found = []
    place = 0
    for text, is_match in pieces:
        if is_match:
            found.append((place, place + len(text)))
        place += len(text)
    return found


def results_value(page: ResultPage, parameters: Parameters, site: str, more: str | None) -> Results:
    """A page of the index as the API gives it; ``more`` is the address of the next."""
    names = {
        "goal": "doel",
        "organisation": "organisatie",
        "kind": "soort",
        "year": "jaar",
        "language": "taal",
        "theme": "thema",
        "place": "plaats",
    }
    return Results(
        totaal=page.total,
        bereikbaar=page.listed,
        bladzijde=parameters.p,
        per_bladzijde=parameters.per_bladzijde,
        gevonden=page.matched,
        correcties=tuple(
            Correction(getypt=typed, gezocht=meant) for typed, meant in page.corrections
        ),
        uitgekozen=tuple(document_value(hit, site) for hit in page.chosen),
        resultaten=tuple(document_value(hit, site) for hit in page.hits),
        filters={
            names.get(name, name): tuple(
                Count(waarde=one.value, aantal=one.count) for one in values
            )
            for name, values in page.facets.items()
        },
        zonder_datum=page.undated,
        volgende=more,
    )


def goal_value(goal: Goal, count: int, site: str) -> GoalValue:
    """A goal as the API gives it."""
    return GoalValue(
        nummer=goal.number,
        slug=goal.slug,
        naam=goal.name,
        kort=goal.label,
        uitleg=goal.explanation,
        aantal=count,
        pagina=site + hits.goal_address(goal),
    )
