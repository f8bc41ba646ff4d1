"""The help pages for moderators and admins, one for each task ("je")."""

from webapp.messages.guides import Guide, Step

BEHEER_GUIDES: tuple[Guide, ...] = (
    Guide(
        "week",
        "Een uur per week",
        "Dit doe je elke week. Met zijn tweeën gaat het nog sneller.",
        (
            Step("Log in. Op ‘Overzicht’ staat bovenaan wat op je wacht.", address="/beheer"),
            Step(
                "Klik op ‘Beoordeel de oudste’ en beslis. Dan komt de volgende.",
                address="/beheer/aanmeldingen",
            ),
            Step(
                "Kijk bij ‘Gezondheid’ wat om een mens vraagt. Er staat bij wat je kunt doen.",
                address="/beheer/gezondheid",
            ),
            Step(
                "Kijk bij ‘Zoekvragen’ wat mensen niet vonden. Klik daar op ‘Maak synoniem’.",
                address="/beheer/zoekvragen",
            ),
            Step(
                "Kijk bij ‘Doelen nakijken’ een paar documenten na.",
                address="/beheer/doelen",
            ),
        ),
        "/beheer",
        ("Alles goed en niets nieuws? Dan ben je na een paar minuten klaar.",),
    ),
    Guide(
        "beginnen",
        "Een nieuwe website klaarzetten",
        "Op ‘Overzicht’ staat een lijst met stappen. Die lijst weet wat al klaar is.",
        (
            Step(
                "Open ‘Overzicht’ en kijk bij ‘Zo begin je’.",
                "overview",
                "Het overzicht met de stappen voor een nieuwe website",
            ),
            Step("Klik op ‘Vul in wie bezoekers helpt’ en vul een naam en telefoonnummer in."),
            Step(
                "Klik op ‘Kijk de teksten van de beginpagina na en bewaar ze’. "
                "Zijn ze goed? Klik op ‘Bewaar’."
            ),
            Step("Klik op ‘Verstuur een proefmail’ en open de link in de mail die je krijgt."),
            Step(
                "Klik op ‘Stel je tweede stap bij het inloggen in’. "
                "Kies een passkey of een app met codes."
            ),
            Step("Klik op ‘Haal een eerste bron op’ en klik bij een bron op ‘Haal op’."),
            Step("Klik op ‘Nodig een tweede beheerder uit’. Dan ben je nooit de enige."),
            Step(
                "Staat er ook ‘Verwijder de voorbeelden’? Klik daarop. Wat je zelf ophaalde, blijft."
            ),
        ),
        "/beheer",
        ("Als alles klaar is, verdwijnt de lijst.",),
    ),
    Guide(
        "inloggen",
        "Inloggen met twee stappen",
        "Een beheerder logt in met een link én een passkey of code.",
        (
            Step("Open ‘Inloggen voor partners’, onder aan elke bladzijde."),
            Step("Vul je e-mailadres in en klik op ‘Stuur de link’."),
            Step("Open de link in je e-mail en klik op ‘Log in’."),
            Step("De eerste keer kies je een passkey of een app met codes."),
            Step(
                "Voor de app scan je het plaatje en vul je de zes cijfers in.",
                "app",
                "Het plaatje om te scannen, en de sleutel om over te typen",
            ),
            Step("Bewaar de noodcodes op papier. Elke noodcode werkt één keer."),
        ),
        "/account",
        (
            "Apparaat kwijt? Log in met een noodcode en klik op ‘Log overal uit’.",
            "Ook geen noodcode? Wie de server beheert, laat je binnen.",
            "Een passkey of app veranderen? Log daarvoor kort van tevoren opnieuw in.",
        ),
    ),
    Guide(
        "aanmeldingen",
        "Een aanmelding beoordelen",
        "Mensen melden websites aan. Jij beslist of die in de kennisbank komen.",
        (
            Step(
                "Open ‘Aanmeldingen’. De oudste staat bovenaan.",
                "queue",
                "De lijst met aanmeldingen, met voor elke stand een tabblad",
            ),
            Step("Klik op het adres. Je ziet wat er op de website staat, en waar je op let."),
            Step(
                "Past het bij de doelen, en staat het er nog niet in? Klik op ‘Goedkeuren’.",
                "judge",
                "Eén aanmelding met de drie knoppen en wat er gevonden is",
            ),
            Step("Weet je het niet? Klik op ‘Vraag stellen’ en schrijf je vraag."),
            Step("Past het niet? Klik op ‘Niet opnemen’ en kies een reden."),
            Step(
                "Lees de mail die weggaat, en klik nog een keer op de knop.",
                "decide",
                "De mail zoals de aanmelder die krijgt",
            ),
        ),
        "/beheer/aanmeldingen",
        (
            "Meer tegelijk? Kies er een paar in de lijst en klik onderaan op een knop.",
            "Spijt? Open de aanmelding en klik op ‘Draai dit besluit terug’. Dat kan 30 dagen.",
            "Staat er 94 % gelijk? Dan staat bijna dezelfde tekst al in de kennisbank.",
            "Keuren bij jullie twee mensen goed? Dan wacht de aanmelding op nog iemand.",
        ),
    ),
    Guide(
        "proef",
        "Een website proberen",
        "Kijk wat de kennisbank op een website vindt, voordat je iets beslist.",
        (
            Step("Open ‘Proef’, vul het adres in en klik op ‘Probeer’."),
            Step("Wacht ongeveer een minuut en klik op ‘Bekijk wat de taak vond’."),
            Step(
                "Kijk bij ‘Let op’ en lees de titels van de bladzijden.",
                "trial",
                "Wat een proef op een website vond",
            ),
        ),
        "/beheer/proef",
        ("Er wordt niets bewaard.",),
    ),
    Guide(
        "bronnen",
        "Een bron ophalen en nakijken",
        "Een bron is een website die wij lezen. Meestal gaat dat vanzelf.",
        (
            Step(
                "Open ‘Bronnen’. Bij elke bron staat hoe de laatste ronde ging.",
                "sources",
                "De lijst met bronnen",
            ),
            Step("Wil je niet wachten? Klik op ‘Haal op’."),
            Step(
                "Klik op de naam van een bron. Je ziet wat er met elk adres gebeurde.",
                "source",
                "Eén bron met de knoppen en de cijfers van de laatste ophaalronde",
            ),
            Step("Staat er ‘Wacht op een mens’? Klik op ‘Verwijder wat weg is’, als dat klopt."),
            Step("Verdween er iets dat er nog wel is? Klik op ‘Zet deze documenten terug’."),
        ),
        "/beheer/bronnen",
        (
            "Een nieuwe bron komt binnen via ‘Tip een bron’. Die kun je zelf ook invullen.",
            "‘Wacht op een mens’ betekent: er zouden veel documenten tegelijk verdwijnen.",
        ),
    ),
    Guide(
        "regels",
        "De regels van een bron veranderen",
        "Met regels kies je welke bladzijden meedoen, en hoe vaak wij komen.",
        (
            Step("Open ‘Bronnen’, klik op de naam en klik op ‘Verander de regels’."),
            Step("Verander wat je wilt en klik op ‘Proefdraaien’."),
            Step(
                "Je ziet links wat nu geldt en rechts wat straks geldt. Er is niets bewaard.",
                "rules",
                "De regels van een bron als formulier",
            ),
            Step("Klopt het? Klik op ‘Bewaar’."),
        ),
        "/beheer/bronnen",
        (
            "De regels gelden vanaf de volgende ophaalronde.",
            "Even niets ophalen? Kies ja bij ‘Zet deze bron stil’.",
            "Helemaal weg? Klik op ‘Verwijder de bron’. Je ziet eerst wat er verdwijnt.",
        ),
    ),
    Guide(
        "zoekvragen",
        "Zien wat mensen zoeken",
        "Je ziet welke woorden mensen zoeken, en wat zij niet vinden.",
        (
            Step(
                "Open ‘Zoekvragen’ en kijk bij ‘Zoekvragen zonder resultaat’.",
                "searches",
                "De tabellen met zoekvragen",
            ),
            Step("Klik op ‘Zoek zelf’. Is er wel een document, maar met een ander woord?"),
            Step("Klik dan op ‘Maak synoniem’ en vul het andere woord in."),
            Step("Is er geen document? Klik op ‘Meld aan partner’. Die kan het schrijven."),
            Step("Kijk bij ‘Dit klopt niet meer, zeggen lezers’ en vraag het aan de organisatie."),
        ),
        "/beheer/zoekvragen",
        ("Wij tonen alleen zoekvragen die 5 keer of vaker voorkomen.",),
    ),
    Guide(
        "vinden",
        "Beter laten vinden",
        "Je kunt zonder programmeren helpen dat mensen het goede document vinden.",
        (
            Step(
                "Open ‘Vinden’ en klik bij ‘Synoniemen’ op ‘Voeg toe’.",
                "finding",
                "De bladzijde waar je het vinden verbetert",
            ),
            Step("Vul de woorden in en klik op ‘Bekijk wat er verandert’."),
            Step(
                "Je ziet wat mensen nu vinden, en wat zij straks vinden.",
                "preview",
                "Hoeveel zoekvragen er veranderen, de knoppen en de eerste zoekvraag",
            ),
            Step("Is het beter? Klik op ‘Ja, voer dit door’. Anders ga je gewoon weg."),
            Step("Toch niet goed? Klik bij ‘Laatste wijzigingen’ op ‘Draai terug’."),
        ),
        "/beheer/vinden",
        (
            "Met ‘Eerst tonen’ zet je één document bovenaan bij een zoekvraag.",
            "Klopt een synoniem van het programma niet? Dat kan uit bij ‘Uitgezette synoniemen’.",
            "Met ‘Afkortingen’ vinden mensen ook waar een afkorting voor staat.",
        ),
    ),
    Guide(
        "beoordelen",
        "Resultaten beoordelen",
        "Jouw oordeel laat zien of de zoekmachine beter of slechter wordt.",
        (
            Step("Open ‘Beoordelen’, typ een zoekvraag en klik op ‘Toon de resultaten’."),
            Step(
                "Kies bij elk document hoe goed het helpt, van 0 tot 3.",
                "grading",
                "Een zoekvraag met de documenten die je beoordeelt",
            ),
            Step("Weet je het niet zeker? Klik op ‘Bekijk het document’."),
            Step("Klik op ‘Bewaar je oordeel’. Je hoeft niet alles te kiezen."),
        ),
        "/beheer/beoordelen",
    ),
    Guide(
        "doelen",
        "Nakijken welk doel bij een document past",
        "De computer geeft elk document doelen. Hij leert van wat mensen daarvan zeggen.",
        (
            Step(
                "Open ‘Doelen nakijken’.",
                "goals",
                "Hoe goed de computer doelen geeft, in een tabel",
            ),
            Step("Kijk bij ‘Kijk deze documenten na’. Daar twijfelt de computer het meest."),
            Step("Zeg bij elk doel of het past. Tien documenten kosten een paar minuten."),
            Step("Keken jullie er veel na? Klik op ‘Leer opnieuw van alle oordelen’."),
            Step("Je ziet eerst wat er verandert. Is het beter? ‘Gebruik deze gewichten’."),
        ),
        "/beheer/doelen",
        ("Geen documenten om na te kijken? Klik op ‘Bekijk alle documenten opnieuw’.",),
    ),
    Guide(
        "taken",
        "Taken volgen en de index verversen",
        "Een taak is werk dat de computer doet, zoals ophalen of de index maken.",
        (
            Step(
                "Open ‘Taken’. Je ziet wat nu loopt en wat klaar is.",
                "jobs",
                "Het begin van ‘Taken’, met de stand van de index",
            ),
            Step("Klik op een taak om te zien hoe ver hij is. Je kunt hem ook stoppen."),
            Step(
                "Wil je alles opnieuw? Klik op ‘Ververs de index nu’ en lees wat er gebeurt.",
                "reindex",
                "De vraag voordat de index wordt ververst",
            ),
            Step("Werkt de nieuwe index niet goed? Klik op ‘Zet vorige index terug’."),
        ),
        "/beheer/taken",
        ("Bezoekers merken niets van het verversen. De oude index werkt tot de nieuwe klaar is.",),
    ),
    Guide(
        "mensen",
        "Mensen uitnodigen en verwijderen",
        "Een partner ziet zijn eigen organisatie. Een moderator beoordeelt. Een beheerder mag alles.",
        (
            Step(
                "Open ‘Mensen’ en vul bij ‘Nodig iemand uit’ naam, e-mailadres en rol in.",
                "people",
                "De mensen met een account, en het formulier om iemand uit te nodigen",
            ),
            Step("Klik op ‘Stuur de uitnodiging’. De link in de mail werkt een week."),
            Step("Gaat iemand weg? Klik op ‘Sluit’. Die persoon is dan meteen uitgelogd."),
            Step("Wil iemand vergeten worden? Klik op ‘Verwijder’."),
        ),
        "/beheer/mensen",
    ),
    Guide(
        "teksten",
        "De teksten van de website veranderen",
        "Je kiest zelf wie bezoekers helpt, en wat er op de beginpagina staat.",
        (
            Step(
                "Open ‘Teksten’ en vul in wie bezoekers helpt.",
                "texts",
                "Het formulier met de teksten van de website",
            ),
            Step("Schrijf de zin boven het zoekveld, en kies drie voorbeelden van zoekvragen."),
            Step("Klik op ‘Bewaar’ en dan op ‘Bekijk de beginpagina’."),
        ),
        "/beheer/teksten",
        ("Laat een veld leeg voor onze eigen tekst.",),
    ),
    Guide(
        "gezondheid",
        "Kijken of alles goed gaat",
        "De kennisbank let zelf op. Jij ziet wat om een mens vraagt.",
        (
            Step(
                "Open ‘Gezondheid’. Bovenaan staat of alles in orde is.",
                "health",
                "De bladzijde die zegt wat om een mens vraagt",
            ),
            Step("Lees bij elk punt wat je kunt doen, en klik op ‘Kijk hier’."),
            Step("Weet je het niet? Vraag wie de server beheert, en stuur de tekst mee."),
        ),
        "/beheer/gezondheid",
        (
            "Is er iets? Dan krijg je ook een mail, hoogstens één per dag.",
            "Over reservekopieën is er een eigen uitleg.",
        ),
    ),
    Guide(
        "reservekopie",
        "Weten of er een reservekopie is",
        "De server maakt de kopieën. Jij ziet of dat nog gebeurt.",
        (
            Step("Open ‘Gezondheid’ en kijk bij ‘Cijfers’ naar ‘Laatste reservekopie’."),
            Step("Staat er een aantal uren? Dan hoef je niets te doen."),
            Step("Staat er ‘Geen’, of een aantal dagen? Vraag dan wie de server beheert."),
            Step("Vraag: Maakt de server elke nacht een reservekopie?"),
            Step("Vraag: Staat er ook een kopie op een andere plek?"),
            Step("Vraag: Zijn de instellingen van de server ook daar bewaard?"),
            Step("Vraag: Wanneer is voor het laatst geprobeerd een kopie terug te zetten?"),
        ),
        "/beheer/gezondheid",
        (
            "Zonder kopie, of als die te oud is, staat op ‘Gezondheid’ ook ‘Let op’.",
            "Je kunt hier zelf geen kopie maken of terugzetten. Dat gebeurt op de server.",
            "In een kopie staan persoonsgegevens. Bewaar haar niet langer dan 30 dagen.",
            "De index zit niet in een kopie. Die maakt de computer daarna opnieuw.",
        ),
    ),
    Guide(
        "logboek",
        "Nakijken wie wat deed",
        "In het logboek staat alles wat mensen in het beheer deden.",
        (
            Step("Open ‘Logboek’. Het nieuwste staat bovenaan."),
            Step("Klik op ‘Download als tabel (CSV)’ om alles te bewaren of te doorzoeken."),
        ),
        "/beheer/logboek",
        ("Niemand kan iets in het logboek veranderen.",),
    ),
)
"""For moderators and admins; in the order in which they are listed."""
