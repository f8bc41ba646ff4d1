"""The help pages for partners, one for each task ("u")."""

from webapp.messages.guides import Guide, Step

PARTNER_GUIDES: tuple[Guide, ...] = (
    Guide(
        "inloggen",
        "Inloggen zonder wachtwoord",
        "U krijgt een link in uw e-mail. Een wachtwoord is niet nodig.",
        (
            Step("Klik onder aan de bladzijde op ‘Inloggen voor partners’."),
            Step("Vul uw e-mailadres in en klik op ‘Stuur de link’."),
            Step("Open de link in uw e-mail en klik op ‘Log in’."),
        ),
        "/account",
        ("Met een passkey hoeft u de volgende keer niet op een e-mail te wachten.",),
    ),
    Guide(
        "aanmelden",
        "Een website of document aanmelden",
        "U geeft het adres. Wij kijken of het past en halen het op.",
        (
            Step("Klik op ‘Tip een bron’, onder aan elke bladzijde."),
            Step(
                "Plak het adres. Hebt u er meer? Zet elk adres op een eigen regel.",
                "submit",
                "Het formulier om een bron aan te melden",
            ),
            Step("Kies wat wij mogen opnemen, en of mensen de tekst hier mogen lezen."),
            Step("Klik op ‘Ga verder’, kijk uw antwoorden na en klik op ‘Verstuur’."),
        ),
        "/bron-aanmelden",
        ("U kunt 20 adressen tegelijk aanmelden.",),
    ),
    Guide(
        "stand",
        "Zien hoe het met uw aanmelding gaat",
        "Bij elke stap krijgt u een e-mail. Daarin staat een link.",
        (
            Step(
                "Open de link. U ziet wat wij op uw adres vonden.",
                "status",
                "De bladzijde met de stand van een aanmelding",
            ),
            Step("Klopt het adres niet? Klik op ‘Klopt het adres niet?’ en verbeter het."),
            Step("Hebben wij een vraag? Schrijf uw antwoord en klik op ‘Verstuur het antwoord’."),
            Step("Toch niet? Klik op ‘Trek deze aanmelding in’."),
        ),
        "/partner",
    ),
    Guide(
        "organisatie",
        "Zien wat er van u in de kennisbank staat",
        "Op ‘Mijn organisatie’ staat wat wij van u opnamen.",
        (
            Step(
                "Log in. U komt vanzelf op ‘Mijn organisatie’.",
                "partner",
                "De bladzijde van een organisatie",
            ),
            Step("Kijk bij uw website hoeveel documenten er zijn, en wanneer wij keken."),
            Step("Lees wat mensen bij u zochten en niet vonden. Daar kunt u iets over schrijven."),
            Step("Mist u een bladzijde? Klik op ‘Meld een website of document aan’."),
        ),
        "/partner",
        ("U krijgt hier elke maand een e-mail over. Die kunt u op deze bladzijde uitzetten.",),
    ),
    Guide(
        "doelen",
        "De doelen van uw documenten verbeteren",
        "De computer geeft elk document doelen. U weet beter wat erbij hoort.",
        (
            Step("Log in en zoek naar ‘Kloppen de doelen van uw documenten?’."),
            Step("Klik op een document in de lijst, of op ‘Bekijk al uw documenten’."),
            Step("Zoek op de bladzijde van het document naar ‘Kloppen deze doelen?’."),
            Step("Kies een reden. Past er geen? Kies ‘Iets anders, zie de toelichting’."),
            Step("Klik bij een doel op ‘Klopt’, ‘Haal weg’ of ‘Voeg toe’."),
            Step("Is alles goed? Klik dan op ‘Alles klopt zo’."),
        ),
        "/partner",
        (
            "Uw oordeel gaat voor dat van de computer. Het blijft als wij opnieuw ophalen.",
            "Na een paar minuten vinden mensen het document bij de goede doelen.",
            "Vergist? Klik bij ‘Wat mensen hierover zeiden’ op ‘Draai terug’.",
            "U verbetert alleen documenten van uw eigen organisatie.",
        ),
    ),
)
"""For partners."""
