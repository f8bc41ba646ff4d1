"""How a text is written: whom it speaks to, who speaks in it, whether it counts, asks or summons.

In: a piece of text between two spaces. Out: the numbers of the cues that it is. A story says "zij" and
"vertelt", guidance says "u" and "stap", a scheme says "euro", an agenda "dinsdag": words that nearly
every text has and that no search needs, so they are not among the terms. A capital tells a summons
("Meld") from the same word elsewhere, and where sentences end how long they are. What they give is
told in ``index.train_facets``; no cue by itself is worth more than 0.013 of macro F1 ("research"), and most are
worth less than 0.005. Words were chosen by what the kinds are (docs/doelen-labelen.md).
"""

import re

CUES: dict[str, str] = {
    "you-formal": "u|uw",
    "you": "je|jij|jouw|jou|jullie",
    "we": "wij|we|ons|onze",
    "me": "ik|mij|mijn|me|mezelf",
    "they": "hij|zij|ze|haar|hem|hun",
    "says": "vertelt|vertellen|zegt|lacht|herinnert|knikt|weet|vindt|glimlacht|zucht|denkt|wijst",
    "reported": "volgens|aldus|zei|meldt|stelt|benadrukt|laat|noemt|woordvoerder",
    "step": "stap|stappen|stappenplan|eerst|daarna|vervolgens|tenslotte|tip|tips|fase",
    "money": "euro|bijdrage|bedrag|bedragen|budget|kosten|vergoeding",
    "grant": "aanvraag|aanvragen|aanvrager|aanvragers|subsidie|subsidies|maximaal|hoogstens|maximum"
    "|aanmerking|indienen|ingediend|voorwaarden|voorwaarde|toegekend|toekennen|toekenning|plafond"
    "|subsidieplafond|cofinanciering|fonds|lening|rente|looptijd|beoordeelt|beoordeling|beschikking"
    "|aanvraagformulier|vergoeden|vergoedt|uitbetaald|criteria",
    "law": "artikel|lid|wet|besluit|verordening|wetten|artikelen|bepaling|bepalingen|regeling",
    "legal": "wettelijk|wettelijke|wetgeving|wetsvoorstel|rechter|uitspraak|verplicht|verplichting"
    "|verboden|verbod|geldt|vrijgesteld|vrijstelling|belasting|btw|boete|bezwaar|beroep|bepaalt"
    "|regelt|werking|treedt|trad|bevoegd|juridisch|juridische|strafbaar|aansprakelijk|toezicht",
    "join": "aanmelden|inschrijven|aanmelding|deelname|aanvang|locatie|programma|toegang|opgeven"
    "|inschrijving|deelnemers|deelnemer|inloop|entree",
    "event": "bijeenkomst|bijeenkomsten|workshop|workshops|training|trainingen|cursus|cursussen|webinar"
    "|excursie|rondleiding|borrel|lunch|spreker|sprekers|ochtend|ochtenden|middag|avond|avonden"
    "|zaal|pauze|welkom|dagvoorzitter|lezing|conferentie|congres|editie",
    "month": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "day": "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|uur",
    "lately": "vandaag|gisteren|morgen|afgelopen|onlangs|vorige|vorig|inmiddels|binnenkort|komende"
    "|weekend|dinsdagavond|woensdagavond|donderdagavond|vrijdagavond|maandagavond|zaterdagmiddag"
    "|zondagmiddag|zaterdagavond|volgend|recent|zojuist",
    "happens": "opent|start|krijgt|stopt|wint|ontvangt|neemt|besloten|besloot|stemde|ingestemd"
    "|bekendgemaakt|bekend|onthuld|geopend|uitgereikt|overhandigd|ondertekend|gestart|heropend|gaat"
    "|presenteert|presenteerde|maakte|kondigde|ontving|tekenden|feestelijk",
    "office": "wethouder|burgemeester|gemeenteraad|raad|college|minister|staatssecretaris|kamer|kabinet"
    "|gedeputeerde|provincie|raadsleden|partij|motie",
    "past": "was|waren|kwam|kwamen|kreeg|kregen|werd|werden|had|hadden|ging|deed|begon|wilde|bleek"
    "|gingen|deden|begonnen|wilden|stond|stonden|zat|zaten|vond|vonden|dacht|dachten|nam|namen"
    "|vroeg|vroegen|gaf|gaven|zag|zagen|bleef|liep|moest|moesten|kon|konden|mocht|hield",
    "present": "is|zijn|komt|komen|krijgen|wordt|worden|heeft|hebben|gaan|doet|doen|wil|willen|blijft",
    "once": "ooit|vroeger|toen|droom|dromen|trots|jarenlang|eindelijk|oprichter|initiatiefneemster"
    "|initiatiefnemer|initiatiefnemers|verhaal|gesprek|buurvrouw|buurman|idee|samen|mensen",
    "counts": "procent|onderzochten|respondenten|cijfers|gemiddeld|gemiddelde|percentage|steekproef"
    "|driekwart|helft|kwart|aantal|gemeten|meting|statistiek|significant|deelde",
    "research": "onderzoek|onderzoekers|onderzoeker|enquête|vragenlijst|vragenlijsten|interviews|rapport"
    "|conclusie|conclusies|concluderen|resultaten|bevindingen|blijkt|effect|effecten|hoogleraar"
    "|universiteit|hogeschool|lector|studie|evaluatie|monitor|publicatie|aanbevelingen|verkenning"
    "|ondervraagden|onderzocht|peiling|analyse|literatuur",
    "may": "moet|moeten|mag|mogen|kunt|kan|hoeft|hoeven|kunnen",
    "advice": "handig|verstandig|belangrijk|bijvoorbeeld|beter|goed|tijdig|duidelijk|liefst|voorkom"
    "|voorkomt|voorbeeld|advies|praktijk|mogelijk|meestal|let",
    "if": "als|wanneer|indien|mits|tenzij|zodra|anders|dus|want",
    "asks-how": "hoe|wat|wie|waar|waarom|welke",
    "form": "naam|datum|handtekening|telefoon|adres|plaats|aankruisen|invullen|ingevuld|ondergetekende"
    "|ondergetekenden|hierna|vult|bijlage|paraaf|doorhalen|geboortedatum|namens|functie",
    "template": "format|model|sjabloon|checklist|draaiboek|invulformulier|formulier|voorbeeldbrief"
    "|werkblad|template|modelovereenkomst|overeenkomst|partijen|vink|afvinken|aanvinken|kolom|tabel",
    "vacancy": "vacature|vacatures|solliciteren|solliciteer|sollicitatie|salaris|cv|kandidaat|kandidaten"
    "|dienstverband|motivatie|motivatiebrief|cao|functie-eisen|gezocht|zoekt|zoeken|herkiesbaar"
    "|bestuurslid|bestuursleden|profiel|ervaring|uren",
    "own-site": "privacyverklaring|cookies|cookie|persoonsgegevens|bewaren|bewaard|bewaartermijn|website"
    "|disclaimer|colofon|gegevens|rechten|privacy|site|auteursrecht|browser|bezoekers|nieuwsbrief",
    "contact": "postbus|telefoonnummer|e-mailadres|bereikbaar|contact|iban|kvk|kvk-nummer|rsin|mail"
    "|openingstijden|contactformulier|bellen|bel|mailen|werkdagen|contactpersoon|route|bereiken",
    "rental": "huurder|huurders|verhuurder|huurprijs|zaalhuur|verhuur|reserveren|reservering|tarief"
    "|tarieven|dagdeel|borg|sleutel|annuleren|annulering|gebruiker|huren|huur|consumpties|ruimtes",
    "about-us": "missie|visie|doelstelling|opgericht|kernwaarden|stichting|vereniging|organisatie|team"
    "|werkgroep|werkgroepen|leden|voorzitter|secretaris|penningmeester|bestaat|bestuur|activiteiten",
    "minutes": "notulen|vergadering|agendapunt|rondvraag|actielijst|aanwezig|afwezig|verslag|jaarverslag"
    "|ledenvergadering|vastgesteld|jaarrekening|goedgekeurd|begroting|jaarplan",
    "overview": "overzicht|link|links|pagina|lees|bekijk|download|downloaden|vindt|vind|onderwerpen"
    "|dossier|thema|hieronder|doorklikken|lijst|kaart|zie|hier|klik",
}
_DO = (
    "meld|vul|kijk|vraag|maak|zorg|neem|bel|mail|schrijf|begin|stel|bespreek|kies|zoek|houd|let|gebruik"
    "|geef|lees|denk|leg|spreek|regel|zet|reken|bekijk|controleer|noteer|bedenk|praat|betrek|verdeel|check"
    "|download|stuur|ga|doe|laat|probeer|bepaal|organiseer|verzamel|deel|wees|nodig|plan|overleg|voeg"
    "|noem|loop|sluit|toon|bewaar|vertel|luister|meet|koppel|wacht|onderzoek|werk|informeer|benoem"
)
MARKS = {
    "asks": "?",
    "quotes": '"“”‘„',
    "euro": "€",
    "blank": "_☐□…[",
    "percent": "%",
    "calls": "!",
    "colon": ":",
    "semicolon": ";",
    "aside": "(",
}
SHAPES = {
    "clock": r"\d{1,2}[.:]\d\d\b",
    "year": r"(?:19|20)\d\d\b",
    "number": r"\W?\d",
    "item": r"(?:[-•*–☐□]|\d{1,2}[.)])$",
    "done": r"[Gg]e\w{3,}(?:d|t|en)\b",
    "ends": r".*[.?!][”\"'’)]*$",
    "capital": r"[\"“‘(]*[A-ZÀ-Ý]",
    "do": rf"[\"“‘(]*(?:{'|'.join(word.capitalize() for word in _DO.split('|'))})\b",
    "long": r"\w{12,}",
}
NAMES = (*CUES, *MARKS, *SHAPES)
_WORDS: dict[str, list[int]] = {}
for _number, _words in enumerate(CUES.values()):
    for _word in _words.split("|"):
        _WORDS.setdefault(_word, []).append(_number)
_SIGNS = {sign: len(CUES) + at for at, signs in enumerate(MARKS.values()) for sign in signs}
_SHAPES = [(len(CUES) + len(MARKS) + at, re.compile(one)) for at, one in enumerate(SHAPES.values())]
_BARE = re.compile(r"[^\W_](?:.*[^\W_])?")


def cues_of(piece: str) -> tuple[int, ...]:
    """The numbers of the cues in one piece."""
    found = [_SIGNS[sign] for sign in dict.fromkeys(piece) if sign in _SIGNS]
    bare = _BARE.search(piece.lower())
    if bare is not None and bare[0] in _WORDS:
        found += _WORDS[bare[0]]
    found += [number for number, one in _SHAPES if one.match(piece)]
    return tuple(dict.fromkeys(found))
