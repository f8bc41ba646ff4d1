"""What partners and those who offer a source read ("u"): signing in, mail, offering, their page."""

PARTNERS: dict[str, str] = {
    # Signing in.
    "login.h1": "Inloggen zonder wachtwoord",
    "login.who": "Inloggen is voor partners en beheerders. Zoeken kan zonder account.",
    "login.mail.h2": "Met een link in uw e-mail",
    "login.text": "Vul uw e-mailadres in. U krijgt een link waarmee u inlogt. De link werkt 15 minuten.",
    "login.email": "Uw e-mailadres",
    "login.send": "Stuur de link",
    "login.no-mail": (
        "Deze website verstuurt nog geen e-mail. Wie de server beheert, maakt een link met deze "
        "opdracht:"
    ),
    "login.command": "kennisbank add-admin NAAM",
    "login.passkey.h2": "Met een passkey",
    "login.passkey.text": "Hebt u hier eerder een passkey gemaakt? Dan logt u daarmee in.",
    "login.passkey": "Log in met een passkey",
    "login.sent.h1": "Kijk in uw e-mail",
    "login.sent": "Hebt u een account? Dan krijgt u zo een bericht met een link.",
    "login.sent.spam": "Geen bericht? Kijk ook bij ongewenste e-mail.",
    "login.sent.none": "Hebt u nog geen account? Vraag een beheerder om een uitnodiging.",
    "login.link.h1": "Inloggen",
    "login.link.text": "Met deze knop logt u in. De link werkt één keer.",
    "login.button": "Log in",
    "login.used.h1": "Deze link werkt niet meer",
    "login.used": "De link is al gebruikt, of te oud.",
    "login.again": "Vraag een nieuwe link",
    "login.go": "Log in",
    "email.error": "Vul een heel e-mailadres in, zoals naam@voorbeeld.nl.",
    "second.h1": "Nog één stap",
    "second.text": "Een beheerder logt in met een link én een passkey.",
    "second.lost": (
        "Passkey kwijt? Wie de server beheert, kan u binnenlaten met: kennisbank add-admin."
    ),
    "second.new.h1": "Maak een passkey",
    "second.new.text": "Een beheerder logt in met een link én een passkey. U hebt er nog geen.",
    "passkey.h2": "Passkeys",
    "passkey.what": (
        "Met een passkey logt u in met uw vinger, gezicht of pincode. Die blijft op uw apparaat."
    ),
    "passkey.add": "Maak een passkey",
    "passkey.name": "Hoe noemt u deze passkey?",
    "passkey.name.hint": "Bijvoorbeeld: mijn telefoon",
    "passkey.name.none": "Passkey",
    "passkey.added": "Gemaakt: {date}",
    "passkey.used": "Laatst gebruikt: {date}",
    "passkey.unused": "nog niet",
    "passkey.remove": "Verwijder",
    "passkey.error": "Deze passkey kennen wij niet, of het duurde te lang. Probeer het opnieuw.",
    "passkey.stopped": "Er kwam geen passkey. Probeer het opnieuw.",
    "passkey.script": "Voor een passkey is JavaScript nodig, en een browser die passkeys kent.",
    "account.h1": "Uw account",
    "account.name": "Naam",
    "account.role": "Rol",
    "account.email": "E-mailadres",
    "account.organisation": "Organisatie",
    "account.everywhere.h2": "Overal uitloggen",
    "account.everywhere.text": "Bent u een apparaat kwijt? Log dan overal uit.",
    "account.everywhere": "Log overal uit",
    "logout.button": "Log uit",
    "logout.h1": "U bent uitgelogd",
    "logout.text": "Tot de volgende keer.",
    "logout.everywhere": "U bent op al uw apparaten uitgelogd.",
    # Mail.
    "mail.ending": "Vriendelijke groet,\nKennisbank voor bewonerscollectieven",
    "mail.help": "Vragen? {reach}",
    "mail.sign-in.subject": "Uw link om in te loggen",
    "mail.sign-in": (
        "Hallo,\n\nMet deze link logt u in bij de kennisbank. De link werkt één keer en 15 minuten. "
        "Vroeg u hier niet om? Dan hoeft u niets te doen."
    ),
    "mail.invitation.subject": "Uitnodiging voor de kennisbank",
    "mail.invitation": (
        "Hallo {name},\n\n{sender} nodigt u uit voor de kennisbank. Log in met deze link. "
        "De link werkt één keer, en een week lang."
    ),
    "mail.invitation.later": "Daarna logt u in op: {link}",
    "mail.passkey.subject": "Er is een passkey gemaakt voor uw account",
    "mail.passkey": (
        "Hallo,\n\nEr is een passkey gemaakt: {name}. Was u dit niet? "
        "Verwijder hem dan op deze bladzijde, en vertel het ons."
    ),
    "mail.confirm.subject": "Klopt uw aanmelding?",
    "mail.confirm": (
        "Hallo,\n\nIemand meldde deze adressen aan met uw e-mailadres. Was u dat? Open dan de link "
        "en klik op de knop. Anders hoeft u niets te doen."
    ),
    "mail.received.subject": "Wij hebben uw aanmelding ontvangen ({nr})",
    "mail.received": (
        "Hallo,\n\nBedankt. Uw nummer is {nr}. Wij kijken er binnen {n} werkdagen naar. "
        "Op de link ziet u hoe het gaat."
    ),
    # Offering a source.
    "src.h1": "Meld een website of document aan",
    "src.intro": "Kent u goede kennis voor bewoners? Meld het adres. Wij kijken of het past.",
    "src.partner": "Bent u partner?",
    "src.no-mail": (
        "Aanmelden kan hier nog niet zonder account: deze website verstuurt nog geen e-mail."
    ),
    "src.url": "Wat is het webadres?",
    "src.url.hint": (
        "Plak het hele adres, bijvoorbeeld https://www.voorbeeld.nl/handleiding.pdf. "
        "Meer adressen? Zet elk adres op een eigen regel."
    ),
    "src.url.err": "Dit is geen openbaar webadres: {line}",
    "src.url.err.none": "Vul een webadres in.",
    "src.scope": "Wat mogen wij opnemen?",
    "src.scope.error": "Kies wat wij mogen opnemen.",
    "src.goals": "Bij welk doel past dit? U mag er meer kiezen.",
    "src.goals.short": "Doelen",
    "src.goals.none": "Geen gekozen",
    "src.preview": "Mogen mensen de tekst op onze website lezen?",
    "src.preview.yes": "Ja",
    "src.preview.no": "Nee, toon alleen korte stukjes",
    "src.preview.error": "Kies of mensen de tekst hier mogen lezen.",
    "src.remark": "Wilt u nog iets vertellen?",
    "src.remark.hint": "Dit hoeft niet.",
    "src.remark.error": "Gebruik hoogstens {n} letters.",
    "src.name": "Uw naam",
    "src.name.error": "Vul uw naam in.",
    "src.email.hint": "Wij sturen u eerst een e-mail. Dan weten wij dat het adres van u is.",
    "src.organisation": "Uw organisatie (mag leeg blijven)",
    "src.organisation.error": "De naam van de organisatie is te lang.",
    "src.contact": "Van wie komt dit?",
    "src.go-on": "Ga verder",
    "src.check": "Kijk uw antwoorden na",
    "src.send": "Verstuur",
    "src.change": "Verander iets",
    "src.known": "Deze website staat al in onze lijst: {url}. Nieuwe bladzijden vinden wij vanzelf.",
    "src.confirm": "Wij stuurden u een e-mail. Klik op de link daarin, dan kijken wij ernaar.",
    "src.done": "Bedankt. Wij hebben uw aanmelding ontvangen.",
    "src.next": "Wij kijken er binnen {n} werkdagen naar. U krijgt een e-mail.",
    "src.many.open": "U kunt {n} adressen tegelijk aanmelden. Wacht tot wij er een paar bekeken.",
    "src.many.minute": "Dat gaat wel snel. Wacht een minuut en probeer het opnieuw.",
    "src.many.unconfirmed": "Bevestig eerst uw vorige aanmeldingen. De link staat in uw e-mail.",
    "status.h1": "Uw aanmelding, nummer {nr}",
    "status.confirm.text": "Komt deze aanmelding van u? Klik dan op de knop.",
    "status.confirm": "Ja, dit is mijn aanmelding",
    "status.state": "Stand",
    "status.since": "Sinds",
    "status.question": "Onze vraag",
    "status.answer": "Uw antwoord",
    "status.answer.send": "Verstuur het antwoord",
    "status.answer.error": "Vul een antwoord in.",
    "status.answered": "Bedankt voor uw antwoord. Wij kijken er weer naar.",
    "status.found": "Wat wij op dit adres vonden",
    "status.start": "De beginpagina: {reason}",
    "status.trying": "Wij kijken nu wat er op dit adres staat.",
    "status.failed": "Het lukte niet om dit adres te bekijken. Wij proberen het zelf.",
    "status.withdraw": "Trek deze aanmelding in",
    "status.withdrawn": "De aanmelding is ingetrokken.",
    "state.looking": "Wij kijken ernaar",
    "partner.submissions": "Wat u aanmeldde",
    "partner.submissions.none": "U meldde nog niets aan.",
    # Partners.
    "nav.partner": "Mijn organisatie",
    "partner.sources": "Wat er van u in de kennisbank staat",
    "partner.none": "Er staat nog niets van u in de kennisbank.",
}
