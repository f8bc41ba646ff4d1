"""Names of values: kinds, states, roles, counters, and the errors that go with one value."""

QUERY_ERRORS: dict[str, str] = {
    "too_long": (
        "Uw zoekvraag is te lang. Gebruik hoogstens 256 letters. De belangrijkste woorden zijn "
        "genoeg."
    ),
    "too_many_words": "Uw zoekvraag heeft te veel woorden. Gebruik hoogstens 16 woorden.",
}

PARAMETER_ERRORS: dict[str, str] = {
    "": "Deze waarde kan hier niet.",
    "extra_forbidden": "Dit veld bestaat niet.",
    "int_parsing": "Vul een heel getal in.",
    "literal_error": "Kies uit: {expected}.",
    "greater_than_equal": "Het getal is minstens {ge}.",
    "less_than_equal": "Het getal is hoogstens {le}.",
    "string_too_long": "Gebruik hoogstens {max_length} letters.",
    "too_long": "Geef hoogstens {max_length} waarden.",
    "missing": "Vul dit veld in.",
    "string_pattern_mismatch": "Deze waarde kan hier niet.",
    "string_type": "Geef dit veld één keer.",
    "int_type": "Geef dit veld één keer.",
}
"""What is wrong with a field of a question to the API, by pydantic's name for it."""

API_OPERATIONS: dict[str, str] = {
    "title": "Kennisbank voor bewonerscollectieven",
    "description": "Zoek in de kennis van organisaties die bewonerscollectieven helpen.",
    "zoeken": "Zoek documenten",
    "per-doel": "Zoek voor elk doel het beste document",
    "documenten": "Lees wat wij van één document weten",
    "doelen": "Bekijk de vijf doelen",
    "organisaties": "Bekijk de organisaties",
    "status": "Kijk of zoeken nu lukt",
    "suggesties": "Vul aan wat iemand typt",
}

LANGUAGES: dict[str, str] = {
    "nl": "Nederlands",
    "en": "Engels",
    "fy": "Fries",
    "de": "Duits",
    "fr": "Frans",
}
"""The languages that a document is told to be in."""

BOX_LABELS: dict[str, tuple[str, str]] = {
    "nl": ("Zoek in de kennisbank voor bewonerscollectieven", "Zoek"),
    "fy": ("Sykje yn de kennisbank foar bewennerskollektiven", "Sykje"),
    "en": ("Search the knowledge base for residents' collectives", "Search"),
}
"""Label and button of the search box on the sites of others; what is found stays Dutch."""

SCOPES: dict[str, str] = {
    "page": "Alleen dit adres",
    "section": "Dit deel van de website",
    "site": "De hele website",
}

RULES: dict[str, tuple[str, str]] = {
    "name": ("Naam", ""),
    "organisation": ("Organisatie", ""),
    "scope": ("Wat hoort erbij?", ""),
    "path_rules": (
        "Welke paden doen mee?",
        "Per regel: 'niet /en/' of 'wel /nieuws/'. De eerste die past, telt. Een * is elke tekst.",
    ),
    "start_paths": ("Waar begint het ophalen ook?", "Per regel een pad, zoals /nieuws/."),
    "feeds": ("Nieuwsfeeds", "Per regel een pad, zoals /feed/."),
    "interval_hours": ("Hoe vaak ophalen?", ""),
    "quiet_hours": ("Rusttijd", "Dan halen wij niets op, bijvoorbeeld 08:00-18:00."),
    "pace": ("Seconden tussen twee bladzijden", "Leeg: het gewone tempo, minstens 2."),
    "page_budget": ("Hoogstens zoveel bladzijden per ronde", "Leeg: zoals bij elke bron."),
    "deepest": ("Hoogstens zoveel klikken van het begin", "Leeg: zoals bij elke bron."),
    "languages": ("Welke talen bewaren wij?", ""),
    "shows_text": ("Mensen mogen de hele tekst hier lezen", ""),
    "permission": (
        "Waar staat dat de hele tekst hier mag?",
        "Bijvoorbeeld: mail van 4 maart 2026, of aanmelding 12.",
    ),
    "contact": ("Wie kun je iets vragen over deze bron?", "Naam en mailadres."),
    "paused": ("Zet deze bron stil", ""),
    "kept_parameters": (
        "Onderdelen na het vraagteken die bij een adres horen",
        "Per regel een naam. Leeg: alles, behalve wat bezoekers volgt.",
    ),
    "identity": (
        "Wat blijft als de titel verandert?",
        "Een reguliere expressie met één paar haakjes, zoals /(\\d+)\\.aspx",
    ),
    "title_selector": ("Waar staat de titel?", "Een CSS-selector, zoals h1.titel."),
    "date_selector": ("Waar staat de datum?", "Een CSS-selector, zoals time.datum."),
    "content_selector": ("Waar staat de tekst?", "Een CSS-selector, zoals article."),
    "left_out_selector": ("Wat is geen tekst?", "Een CSS-selector, zoals .reacties."),
}
"""The rules of a source by the names of their fields: what is asked, and a hint."""

RULE_ERRORS: dict[str, str] = {
    "name": "Vul een naam in.",
    "organisation": "Vul een organisatie in.",
    "scope": "Kies wat erbij hoort.",
    "path_rules": "Begin elke regel met 'wel' of 'niet', en dan een pad: niet /en/.",
    "start_paths": "Begin elk pad met een schuine streep: /nieuws/.",
    "feeds": "Begin elk pad met een schuine streep: /feed/.",
    "interval_hours": "Kies hoe vaak.",
    "quiet_hours": "Schrijf de rusttijd als 08:00-18:00.",
    "pace": "Vul een getal in van 0 tot 60.",
    "page_budget": "Vul een heel getal in van 1 tot 100.000.",
    "deepest": "Vul een heel getal in van 0 tot 20.",
    "languages": "Kies minstens één taal.",
    "shows_text": "Kies ja of nee.",
    "permission": "Gebruik één regel van hoogstens 500 letters.",
    "contact": "Gebruik één regel van hoogstens 500 letters.",
    "paused": "Kies ja of nee.",
    "kept_parameters": "Zet op elke regel één naam, zonder leestekens.",
    "identity": "Dit is geen reguliere expressie met één paar haakjes.",
    "title_selector": "Dit is geen CSS-selector.",
    "date_selector": "Dit is geen CSS-selector.",
    "content_selector": "Dit is geen CSS-selector.",
    "left_out_selector": "Dit is geen CSS-selector.",
}

INTERVALS: dict[str, str] = {
    "": "Alleen als iemand het vraagt",
    "24": "Elke dag",
    "168": "Elke week",
    "720": "Elke maand",
}
"""Hours between two crawls."""

SUBMISSION_STATES: dict[str, str] = {
    "unconfirmed": "Nog niet bevestigd",
    "new": "Ontvangen",
    "asked": "Wij hebben een vraag",
    "agreed": "Wacht op een tweede goedkeuring",
    "approved": "Opgenomen",
    "declined": "Niet opgenomen",
    "withdrawn": "Ingetrokken",
}

WHY: dict[str, str] = {
    "exact": "‘{word}’ staat in dit document.",
    "stem": "‘{found}’ is een andere vorm van ‘{word}’.",
    "whole": "‘{found}’ staat in dit document.",
    "corrected": "Wij lazen ‘{word}’ als ‘{found}’.",
    "joined": "Uw woorden staan er als één woord: ‘{found}’.",
    "split": "‘{word}’ staat er als losse woorden: ‘{found}’.",
    "inside": "‘{word}’ is een deel van ‘{found}’.",
    "synonym": "‘{found}’ betekent bijna hetzelfde als ‘{word}’.",
    "language": "‘{found}’ is ‘{word}’ in een andere taal.",
    "part": "‘{found}’ is een deel van ‘{word}’.",
    "lookalike": "‘{found}’ lijkt op ‘{word}’.",
}
"""How a document has a word of the question, by ``index.reasons.How``."""

DECLINE_REASONS: dict[str, str] = {
    "goals": "Het past niet bij de doelen.",
    "private": "Het is niet openbaar.",
    "outdated": "Het is verouderd.",
    "known": "Het staat er al in.",
    "unreachable": "Wij kunnen het adres niet openen.",
    "advertising": "Het is reclame.",
    "other": "Om een andere reden.",
}

ACTS: dict[str, str] = {
    "agreed": "Eerste goedkeuring",
    "approved": "Goedgekeurd",
    "declined": "Niet opgenomen",
    "asked": "Vraag gesteld",
    "undo": "Teruggedraaid",
    "try": "Opnieuw geprobeerd",
    "note": "Notitie gemaakt",
    "note-change": "Notitie veranderd",
    "note-remove": "Notitie verwijderd",
    "texts": "Teksten veranderd",
    "test-mail": "Proefmail gestuurd",
    "invite": "Uitgenodigd",
    "close": "Gesloten",
    "reopen": "Weer toegelaten",
    "remove": "Verwijderd",
    "crawl": "Ophalen gestart",
    "accept-removals": "Verwijderen toegestaan",
    "restore-removed": "Verdwenen documenten teruggezet",
    "stop": "Taak gestopt",
    "pause": "Taak gepauzeerd",
    "go-on": "Taak gaat verder",
    "rollback": "Andere index teruggezet",
    "pin-searches": "Vaste zoekvragen veranderd",
    "reindex": "Herindexeren gestart",
    "remove-examples": "Voorbeelden verwijderd",
    "edit-source": "Regels veranderd",
    "remove-source": "Bron verwijderd",
    "pause-source": "Bron stilgezet",
    "resume-source": "Bron weer aangezet",
    "empty-source": "Bron leeggemaakt",
    "take-away": "Bladzijden weggehaald",
    "goal-confirm": "Doel bevestigd",
    "goal-remove": "Doel weggehaald",
    "goal-add": "Doel toegevoegd",
    "goals-checked": "Doelen nagekeken",
    "train-goals": "Opnieuw leren gestart",
    "assess-goals": "Doelen nakijken gestart",
    "use-goals": "Gewichten gekozen",
    "export-labels": "Oordelen gedownload",
    "goal-undo": "Oordeel over doelen teruggedraaid",
    "improve": "Vinden verbeterd",
    "improve-undo": "Vinden teruggedraaid",
    "grade": "Resultaten beoordeeld",
    "grade-forget": "Oordelen vergeten",
    "tell-partner": "Aan partner gemeld",
}

TAG_REASONS: dict[str, str] = {
    "onderwerp": "Zo is het onderwerp van het document",
    "terloops": "Het document noemt dit maar kort",
    "woord": "Een woord betekent hier iets anders",
    "soort": "Dit soort bladzijde krijgt geen doel",
    "anders": "Iets anders, zie de toelichting",
}
"""Why somebody confirms, removes or adds a goal."""

JUDGEMENT_MAILS: dict[str, tuple[str, str]] = {
    "approved": (
        "Uw aanmelding is opgenomen",
        "Hallo,\n\nDit adres is opgenomen: {url}. Binnen een dag is het te vinden.",
    ),
    "declined": (
        "Uw aanmelding is niet opgenomen",
        "Hallo,\n\nDit adres nemen wij niet op: {url}. Dit is de reden:",
    ),
    "asked": (
        "Wij hebben een vraag over uw aanmelding",
        "Hallo,\n\nWij hebben een vraag over: {url}. Op de link kunt u antwoorden.",
    ),
    "new": (
        "Wij kijken opnieuw naar uw aanmelding",
        "Hallo,\n\nWij kijken opnieuw naar dit adres: {url}.",
    ),
}
"""Subject and beginning of the mail on a judgement."""

FACTOR_MAILS: dict[str, str] = {
    "app": "Er is een app met codes ingesteld.",
    "no-app": "De app met codes is verwijderd.",
    "spare": "Iemand logde in met een noodcode.",
    "spares": "Er zijn nieuwe noodcodes gemaakt.",
}
"""What changed in how somebody signs in."""

ROLES: dict[str, str] = {
    "partner": "Partner",
    "moderator": "Moderator",
    "admin": "Beheerder",
}

KINDS: dict[str, str] = {
    "handreiking": "Handreiking",
    "verhaal": "Verhaal",
    "nieuws": "Nieuws",
    "regeling": "Regeling",
    "onderzoek": "Onderzoek",
    "wet": "Wet of regel",
    "format": "Model of formulier",
    "bijeenkomst": "Bijeenkomst",
    "overig": "Overig",
}

TYPES: dict[str, str] = {
    "text/html": "Webpagina",
    "application/xhtml+xml": "Webpagina",
    "application/pdf": "PDF",
    "text/plain": "Tekst",
    "text/csv": "Tabel",
    "application/rtf": "Tekst (RTF)",
    "application/epub+zip": "E-boek",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.oasis.opendocument.text": "Tekst (ODT)",
    "application/vnd.oasis.opendocument.presentation": "Presentatie (ODP)",
    "application/vnd.oasis.opendocument.spreadsheet": "Rekenblad (ODS)",
}
OTHER_TYPE = "Document"

JOBS: dict[str, str] = {
    "crawl": "Ophalen",
    "try": "Proef",
    "extract": "Opnieuw lezen",
    "reindex": "Herindexeren",
    "remove_examples": "Voorbeelden verwijderen",
    "rollback": "Andere index terugzetten",
    "train_goals": "Doelen opnieuw leren",
    "assess_goals": "Doelen nakijken",
}

JOB_STATES: dict[str, str] = {
    "queued": "Wacht",
    "running": "Bezig",
    "paused": "Gepauzeerd",
    "done": "Klaar",
    "failed": "Mislukt",
    "stopped": "Gestopt",
}

JOB_NOTES: dict[str, str] = {
    "same": "Deze taak was er al. Er is geen tweede gestart.",
    "ended": "De taak was al voorbij. Er is niets veranderd.",
    "other": "De index is intussen veranderd. Kijk of je dit nog wilt. Er is niets gedaan.",
    "kept": "Bewaard.",
    "none": "Kies eerst een of meer adressen.",
    "paused": "De bron staat stil. Er wordt niets opgehaald tot je hem weer aanzet.",
    "resumed": "De bron doet weer mee.",
    "emptied": "De bron is leeg en staat stil. Zet hem weer aan als je opnieuw wilt beginnen.",
    "away": "Weggehaald. De adressen worden niet meer opgehaald.",
}
"""What is told after a button, by the code in the address of the page."""

JOB_ENDS: dict[tuple[str, str], str] = {
    ("crawl", "done"): "Klaar. Alles wat is opgehaald, is te vinden.",
    (
        "crawl",
        "put-back",
    ): "Klaar. Je gebruikt een index die is teruggezet. Wat nieuw is, is nog niet te vinden.",
    ("crawl", "held"): "Klaar, maar er zouden te veel documenten verdwijnen. Ze staan er nog.",
    ("crawl", "failed"): "Mislukt. Wat er al was, blijft te vinden.",
    ("crawl", "stopped"): "Gestopt. Wat al was opgehaald, is bewaard.",
    ("try", "done"): "Klaar. Er is niets bewaard.",
    ("try", "failed"): "Mislukt. Kijk of het adres klopt.",
    ("try", "stopped"): "Gestopt. Er is niets bewaard.",
    ("extract", "done"): "Klaar. Alles wat bewaard was, is opnieuw gelezen.",
    ("extract", "failed"): "Mislukt. Wat er al was, blijft te vinden.",
    ("extract", "stopped"): "Gestopt. Start de taak nog een keer om de rest te lezen.",
    ("reindex", "done"): "Klaar. De nieuwe index is in gebruik.",
    ("reindex", "failed"): "Mislukt. De oude index blijft in gebruik.",
    (
        "reindex",
        "stopped",
    ): "Gestopt. De oude index blijft in gebruik. Wat is opgehaald, is bewaard.",
    ("reindex", "held"): "De nieuwe index kwam niet door de controle. De oude blijft in gebruik.",
    ("rollback", "done"): "Klaar. De andere index is in gebruik.",
    ("rollback", "held"): "Er is niets veranderd. De andere index was er niet meer.",
    ("rollback", "failed"): "Mislukt. Er is niets veranderd.",
    ("rollback", "stopped"): "Gestopt. Er is niets veranderd.",
    ("remove_examples", "done"): "Klaar. De voorbeelden zijn weg.",
    ("remove_examples", "failed"): "Mislukt. Probeer het nog een keer.",
    ("remove_examples", "stopped"): "Gestopt. Start de taak nog een keer om alles te verwijderen.",
    ("train_goals", "done"): "Klaar. Kijk wat er verandert en kies dan zelf.",
    ("train_goals", "failed"): "Mislukt. Er is niets veranderd.",
    ("train_goals", "stopped"): "Gestopt. Er is niets veranderd.",
    ("assess_goals", "done"): "Klaar. De cijfers staan bij Doelen.",
    ("assess_goals", "failed"): "Mislukt. De vorige cijfers blijven staan.",
    ("assess_goals", "stopped"): "Gestopt. De vorige cijfers blijven staan.",
}

PHASES: dict[str, str] = {
    "": "Wacht op zijn beurt",
    "crawl": "Ophalen",
    "try": "Bladzijden proberen",
    "extract": "Bewaarde bladzijden en bestanden lezen",
    "learn": "Leren van de oordelen (dit duurt een paar minuten)",
    "compare": "Kijken bij welke documenten er iets verandert",
    "assess": "Alle documenten bekijken",
    "build": "Index maken",
    "verify": "Controleren en omwisselen",
}

COUNTS: dict[str, str] = {
    "found": "Adressen gevonden",
    "fetched": "Opgehaald",
    "new": "Nieuwe documenten",
    "changed": "Veranderde documenten",
    "unchanged": "Niet veranderd",
    "gone": "Verdwenen",
    "held": "Zouden verdwijnen",
    "skipped": "Overgeslagen",
    "errors": "Fouten",
    "without": "Documenten zonder doel",
    "added": "In de index gezet",
    "removed": "Uit de index gehaald",
    "checked": "Controles gedaan",
}

CHECKS: dict[str, str] = {
    "documents": "Documenten: {now}. In de oude index waren het er {before}.",
    "search": "Met ‘{text}’ vind je niets. In de oude index waren het er {before}.",
    "judged": "Beoordeelde zoekvragen scoren {now} van 1.000. Dat was {before}. Hoger is beter.",
}
"""What a new index did not meet."""

GROUPS: dict[str, str] = {
    "fetched": "Opgehaald",
    "unchanged": "Niet veranderd",
    "elsewhere": "Staat op een ander adres",
    "gone": "Verdwenen",
    "failed": "Mislukt",
    "left-out": "Niet opgenomen",
    "waiting": "Nog niet bekeken",
}
"""What the reasons of addresses are put under."""

CRAWL_STATES: dict[str, str] = {
    "running": "Bezig",
    "done": "Klaar",
    "stopped": "Gestopt",
    "held": "Wacht op een mens",
    "failed": "Mislukt",
}

HEALTH: dict[str, str] = {
    "worker": "De werker gaf {minutes} minuten geen teken van leven. Er wordt niets opgehaald.",
    "worker-never": "De werker draaide hier nog nooit. Start hem met: kennisbank work",
    "queue": "Taak {job} wacht al {hours} uur.",
    "jobs": "Zoveel taken mislukten in de laatste week: {n}.",
    "refused": "Een nieuwe index kwam niet door de controle (taak {job}). De oude is in gebruik.",
    "index": "De index is niet in orde. De melding: {problem}",
    "index-none": "Er is nog geen index. Bezoekers kunnen niet zoeken.",
    "index-held": "Er is een oudere index teruggezet. Nieuwe documenten komen er nu niet bij.",
    "stale": "Deze bronnen zijn te lang niet goed opgehaald: {names}.",
    "failing": "Bij deze bronnen mislukte de laatste ronde: {names}.",
    "held": "Bij deze bronnen zouden te veel documenten verdwijnen: {names}.",
    "disk": "De schijf is bijna vol. Er is nog {mb} MB vrij.",
    "mail": "Er wacht al {hours} uur mail die niet weg wil.",
    "mail-none": "Er is geen mailserver ingesteld. Er gaat geen mail uit.",
    "contact": "Er is geen contactpersoon. Bezoekers weten niet wie zij om hulp vragen.",
    "backup": "De laatste reservekopie is {days} dagen oud.",
    "backup-never": "Er is nog geen reservekopie van deze kennisbank.",
    "submissions": "Zoveel aanmeldingen wachten langer dan een week: {n}.",
    "floor": "Beoordeelde zoekvragen scoren {now} van 1.000. De ondergrens is {floor}. Hoger is beter.",
}
"""What needs a person, by the codes of ``library.health``."""

EVIDENCE: dict[str, str] = {
    "meta": "uit de gegevens van de bladzijde",
    "json-ld": "uit de gegevens van de bladzijde",
    "time": "uit een datumveld",
    "url": "uit het adres",
    "text": "uit de tekst",
    "pdf": "uit de gegevens van de PDF",
    "file": "uit de gegevens van het bestand",
    "header": "van de server",
    "sitemap": "uit de sitemap",
    "import": "uit het importbestand",
}
"""Where a date was found."""

TRIAL_WARNINGS: dict[str, str] = {
    "is-source": "Deze website is al een bron.",
    "no-sitemap": "De website heeft geen sitemap. Wij vinden alleen bladzijden via links.",
    "nothing-fetched": "Geen enkele bladzijde kon worden opgehaald.",
    "slow": "De website vraagt om {n} seconden rust tussen twee bladzijden.",
    "refused": "Bladzijden die niet mochten, of niet konden worden opgehaald: {n}.",
    "no-document": "Bladzijden die geen document gaven: {n}.",
    "other-language": "Bladzijden in een taal die wij niet bewaren: {n}.",
    "undated": "Bladzijden zonder datum: {n}.",
    "short": "Bladzijden met minder dan 100 woorden: {n}. Misschien misten wij de tekst.",
    "listings": "Bladzijden die alleen naar andere leiden: {n}.",
    "known": "Bladzijden die al in de kennisbank staan: {n}.",
    "copies": "Bladzijden die hetzelfde zeggen als een document van ons: {n}.",
    "scanned-pdf": "PDF's met alleen plaatjes, zonder tekst: {n}.",
}
"""What to look at after a trial, by the codes of the crawler."""
