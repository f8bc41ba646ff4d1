"""Every Dutch text that a person can read on the site, in one catalogue (pages 4).

Plain Dutch (B1): "u" for visitors, "je" below /beheer, sentences of at most 15 words, numbers and
dates already written as ``webapp.formats`` does. A test reads all of it: every key is used, no key
is missing, no sentence is too long. ``REASONS`` has a sentence for every reason code that the
crawler and the store know; ``reason`` gives it.
"""

TEXTS: dict[str, str] = {
    # The frame of every page.
    "site.title": "Kennisbank voor bewonerscollectieven",
    "site.name": "Kennisbank",
    "site.tagline": "voor bewonerscollectieven",
    "site.home": "Naar de beginpagina",
    "skip.content": "Ga naar de inhoud",
    "skip.results": "Ga naar de resultaten",
    "skip.filters": "Ga naar de filters",
    "nav.label": "Hoofdmenu",
    "nav.goals": "Doelen",
    "nav.about": "Over",
    "nav.help": "Hulp nodig?",
    "trail.label": "Kruimelpad",
    "trail.home": "Begin",
    "trail.results": "Terug naar de resultaten",
    "footer.label": "Over deze website",
    "help.h2": "Hulp nodig?",
    "help.call": "Bel {phone} of mail {email}.",
    "help.call.phone": "Bel {phone}.",
    "help.call.email": "Mail {email}.",
    "help.who": "{name} helpt u graag.",
    "help.page": "Lees hoe u zoekt",
    "footer.about": "Over de kennisbank",
    "footer.api": "Voor programma's",
    "footer.submit": "Tip een bron",
    "footer.sign-in": "Inloggen voor partners",
    "footer.privacy": "Wat wij van u bewaren",
    # Examples.
    "example.label": "Proef",
    "example.site": "Dit is een proef met voorbeelden. Wat hier staat, is verzonnen.",
    "example.list": "Voorbeeld: deze organisaties bestaan niet. Hun teksten zijn verzonnen.",
    "example.document": "Voorbeeld: deze organisatie bestaat niet. De tekst is verzonnen.",
    # The page about the API.
    "api.h1": "De kennisbank in uw eigen programma",
    "api.lead": "Hier leest u hoe een programma in de kennisbank zoekt. U hebt geen account nodig.",
    "api.address": "Het adres is:",
    "api.description": "De hele beschrijving (OpenAPI 3.1)",
    "api.operations": "Wat u kunt vragen",
    "api.parameters": "Velden",
    "api.examples": "Voorbeelden",
    "api.rules": "Goed om te weten",
    "api.rules.limit": "U mag {n} keer per minuut zoeken. Daarna is het antwoord 429.",
    "api.rules.etag": "Stuur de ETag mee. Dan krijgt u 304 zolang er niets verandert.",
    "api.rules.source": "Noem de organisatie van wie de tekst is. Link naar de bron.",
    # Feeds.
    "feed.title": "Kennisbank: {q}",
    "feed.title.all": "Kennisbank: nieuwste documenten",
    "feed.title.goal": "Kennisbank: {label}",
    "feed.subtitle": "Tips, voorbeelden en regels voor bewonerscollectieven",
    # Keep a question.
    "save.h2": "Bewaar deze zoekvraag",
    "save.link": "Het adres van deze resultaten",
    "save.copy": "Kopieer de link",
    "save.copied": "De link is gekopieerd.",
    "save.feed": "Volg met een nieuwslezer",
    # Home.
    "home.h1": "Zoek in de kennis van bewoners\u00adcollectieven",
    "home.intro": (
        "Hier vindt u tips, voorbeelden en regels. Alles komt van organisaties die u verder helpen."
    ),
    "home.examples": "Zoek bijvoorbeeld naar",
    "home.example.1": "subsidie aanvragen",
    "home.example.2": "buurthuis overnemen",
    "home.example.3": "vrijwilligers vinden",
    "home.goals": "Zoek per doel",
    "home.new": "Nieuw in de kennisbank",
    "home.partners": "Wie doen mee?",
    "home.all": "Bekijk alle {n} documenten",
    "home.partners.all": "Bekijk alle {n} organisaties",
    "home.empty": "Er staan nog geen documenten in de kennisbank.",
    # The search form.
    "search.label": "Waar zoekt u informatie over?",
    "search.hint": "Bijvoorbeeld: subsidie, statuten, zonnepanelen op het dak",
    "search.button": "Zoek",
    "empty.q": "Vul een woord in. Of kies hieronder een doel.",
    "error.engine": "Zoeken lukt nu even niet. Probeer het over een paar minuten opnieuw.",
    "suggest.label": "Suggesties",
    "suggest.one": "1 suggestie. Kies met de pijltjes.",
    "suggest.many": "{n} suggesties. Kies met de pijltjes.",
    "dym": "Bedoelt u",
    "dym.count": "{n} resultaten",
    "dym.count.1": "1 resultaat",
    # Results.
    "results.title": "Zoeken: {q}",
    "results.title.all": "Alle documenten",
    "count.0": "Geen resultaten voor '{q}'",
    "count.1": "1 resultaat voor '{q}'",
    "count.n": "{n} resultaten voor '{q}'",
    "count.noquery.0": "Geen documenten",
    "count.noquery.1": "1 document",
    "count.noquery": "{n} documenten",
    "page.of": "bladzijde {p} van {t}",
    "matched.any": (
        "Weinig documenten hebben al uw woorden. Daarom ziet u ook documenten met een paar woorden."
    ),
    "list.below": "De documenten hieronder passen minder goed bij uw zoekvraag. Wij tellen ze niet mee.",
    "dym.auto": (
        "Wij tonen resultaten voor '{correctie}'. Het woord '{q}' staat in geen enkel document."
    ),
    "filters.summary": "Filters en sorteren",
    "filters.chosen": "{n} gekozen",
    "filters.list": "Gekozen filters",
    "filters.apply": "Pas toe",
    "filters.clear": "Wis alle filters",
    "filters.remove": "Verwijder filter: {name}",
    "facet.goal": "Doel",
    "facet.organisation": "Organisatie",
    "facet.kind": "Soort document",
    "facet.year": "Jaar",
    "facet.language": "Taal",
    "facet.more.goal": "Toon alle {n} doelen",
    "facet.more.organisation": "Toon alle {n} organisaties",
    "facet.more.kind": "Toon alle {n} soorten",
    "facet.more.language": "Toon alle {n} talen",
    "year.from": "Van jaar",
    "year.to": "Tot en met jaar",
    "year.nodate": "Ook documenten zonder datum ({n})",
    "year.error": "Het eerste jaar moet vóór het tweede jaar liggen.",
    "year.error.format": "Vul een jaar in met 4 cijfers, bijvoorbeeld 2023.",
    "year.one": "Of kies één jaar:",
    "year.chip": "{first} tot en met {last}",
    "year.chip.from": "vanaf {first}",
    "year.chip.to": "tot en met {last}",
    "undated.chip": "alleen met datum",
    "nodate.note": "Van {n} documenten weten wij de datum niet.",
    "nodate.note.1": "Van 1 document weten wij de datum niet.",
    "sort.label": "Sorteren op",
    "sort.best": "Beste resultaat",
    "sort.new": "Nieuwste eerst",
    "sort.old": "Oudste eerst",
    "badge.pages": "{n} bladzijden",
    "badge.page": "1 bladzijde",
    "badge.nodate": "Datum onbekend",
    "hit.pages": "Gevonden op blz. {pages}",
    "hit.goal": "Doel {number}: {label}",
    "hit.source": "Open bij de bron",
    "hit.untitled": "Document zonder titel",
    "pag.label": "Bladzijden",
    "pag.page": "Bladzijde {p}",
    "pag.prev": "Vorige",
    "pag.next": "Volgende",
    "pag.limit": "U ziet de eerste 1.000 resultaten. Maak uw zoekvraag preciezer.",
    "zero.nofilter": "Zonder filters zijn er {n} resultaten.",
    "zero.nofilter.1": "Zonder filters is er 1 resultaat.",
    "zero.nofilter.link": "Zoek zonder filters",
    "zero.plain": "Zonder aanhalingstekens en mintekens vinden wij wel iets:",
    "zero.plain.link": "{q} ({n})",
    "zero.tips": "Tips",
    "zero.tip1": "Kijk of alle woorden goed geschreven zijn.",
    "zero.tip2": (
        "Gebruik een ander woord. Zoek bijvoorbeeld op 'geld' in plaats van 'financiering'."
    ),
    "zero.goals": "Of zoek per doel",
    "other.h2": "Niet gevonden wat u zocht?",
    "other.text": "Probeer een ander woord. Of kijk bij een van de vijf doelen.",
    "other.goals": "Bekijk de doelen",
    # A document.
    "doc.open.file": "Open de {type} bij {organisation}",
    "doc.open.file.size": "Open de {type} bij {organisation} ({size})",
    "doc.open.web": "Ga naar de webpagina van {organisation}",
    "doc.leave": "U gaat naar de website {host}.",
    "doc.newer": "Let op: er is een nieuwere versie.",
    "doc.newer.perhaps": "Geldt dit nog? Wij weten de datum niet. Er is misschien een nieuwere versie:",
    "doc.old": "Dit is meer dan 5 jaar oud. Geldt dit nog? Vraag het aan {organisation}.",
    "doc.same": "Dezelfde tekst staat ook bij {organisation}:",
    "doc.copies": "Ook te vinden bij:",
    "doc.related": "Lijkt hierop",
    "doc.read": "Lees de tekst hier",
    "doc.found": "Gevonden in dit document",
    "doc.found.page": "Bladzijde {page}",
    "doc.found.open": "Lees dit bij de bron",
    "doc.text": "De tekst",
    "doc.text.file": "Dit is de tekst uit het bestand. Plaatjes en tabellen kunnen ontbreken.",
    "doc.text.web": "Dit is de tekst van de webpagina. Plaatjes en tabellen kunnen ontbreken.",
    "doc.fragments.only": "Wij tonen alleen korte stukjes. De hele tekst staat bij de bron.",
    "doc.fragments.none": "De organisatie wil niet dat wij stukjes tekst tonen. Lees het bij de bron.",
    "doc.goals": "Bij welk doel past dit?",
    "doc.goals.because": "Wij zagen deze woorden: {words}.",
    "doc.goals.given": "De organisatie gaf dit doel zelf aan.",
    "doc.goals.none": "Dit document hoort niet duidelijk bij één doel.",
    "doc.about": "Over dit document",
    "doc.kind": "Soort document",
    "doc.source": "Organisatie",
    "doc.published": "Datum",
    "doc.added": "In de kennisbank sinds",
    "doc.checked": "Wij keken voor het laatst op {date}.",
    "gone.h1": "Dit document is er niet meer",
    "doc.gone": "Dit document staat niet meer op de website van {organisation}.",
    "doc.gone.here": "Dit document staat niet meer in de kennisbank.",
    "doc.gone.title": "De titel was: {title}",
    "doc.gone.since": "Wij zagen dat op {date}.",
    # Goals.
    "goals.h1": "De vijf doelen",
    "goals.intro": (
        "Bewonerscollectieven werken samen aan vijf doelen. Kies een doel om te zien wat er is."
    ),
    "goal.number": "Doel {number}",
    "goal.search": "Zoek in dit doel",
    "goal.all": "Zoek in alle doelen",
    "goal.new": "Nieuwste documenten",
    "goal.organisations": "Organisaties bij dit doel",
    "goal.kinds": "Soorten documenten",
    "goal.empty": "Bij dit doel staan nog geen documenten.",
    # About, help, privacy.
    "about.h1": "Over de kennisbank",
    "about.what": "Wat is dit?",
    "about.what.1": (
        "Er is al veel kennis voor bewoners die samen iets doen. Die kennis staat op veel websites."
    ),
    "about.what.2": "De kennisbank leest die websites. Zo kunt u op één plek zoeken.",
    "about.how": "Hoe werkt het?",
    "about.how.1": "Een computerprogramma haalt bladzijden op bij de organisaties die meedoen.",
    "about.how.2": "Het houdt zich aan de regels van elke website en werkt rustig.",
    "about.how.3": (
        "Daarna zoekt het programma bij welk doel een document past. Dat kan het mis hebben."
    ),
    "about.how.4": "De documenten blijven van de organisaties zelf.",
    "about.partners": "Wie doen mee?",
    "about.partners.text": "Van deze organisaties staan er nu documenten in de kennisbank.",
    "about.partners.name": "Organisatie",
    "about.partners.count": "Aantal",
    "about.open": "Vrij te gebruiken",
    "about.open.1": (
        "Het programma is vrij te gebruiken. Iedereen mag het lezen, aanpassen en delen "
        "(licentie EUPL 1.2)."
    ),
    # Who visits the sites of others.
    "crawler.h1": "Waarom Kennisbank uw website bezoekt",
    "crawler.lead": "Kennisbank is een computerprogramma dat websites leest. Hier leest u waarom.",
    "crawler.why": (
        "Bewoners zoeken in de kennis van veel organisaties. Daarvoor lezen wij de websites van die "
        "organisaties. Wie iets vindt, gaat door naar uw website."
    ),
    "crawler.who": "Zo herkent u ons",
    "crawler.who.1": "In uw logboek staan wij met deze naam:",
    "crawler.rules": "Zo houden wij rekening met u",
    "crawler.rules.1": "Wij lezen eerst uw robots.txt. Wat daar niet mag, doen wij niet.",
    "crawler.rules.2": (
        "Wij vragen één bladzijde tegelijk. Daarna wachten wij minstens 2 seconden. "
        "Is uw website langzaam? Dan wachten wij langer."
    ),
    "crawler.rules.3": "Vraagt uw website om rust (429 of 503)? Dan gaan wij langzamer.",
    "crawler.rules.4": "Wij halen een bladzijde niet opnieuw op als er niets is veranderd.",
    "crawler.rules.5": "Wij vullen geen formulieren in. Wij gaan niet langs een wachtwoord.",
    "crawler.stop": "Zo houdt u ons tegen",
    "crawler.stop.1": (
        "Wilt u ons niet op uw website? Zet dit in uw robots.txt. "
        "Binnen een dag zien wij dat. Daarna halen wij niets meer op."
    ),
    "crawler.stop.2": "U kunt ook één deel uitsluiten, of meer rust vragen:",
    "crawler.stop.3": "Mag één bladzijde niet te vinden zijn? Zet dit in die bladzijde:",
    "crawler.stop.4": (
        "Met 'nofollow' volgen wij geen links. Met 'nosnippet' tonen wij geen stukjes tekst. "
        "Met 'noarchive' bewaren wij geen kopie. Het mag ook in X-Robots-Tag."
    ),
    "crawler.stop.mail": "Hebt u last van ons, of hebt u een vraag? Mail:",
    "crawler.visits": "Waar wij het laatst waren",
    "crawler.visits.host": "Website",
    "crawler.visits.last": "Laatste bezoek",
    "helping.h1": "Hulp bij zoeken",
    "helping.words": "Gebruik gewone woorden",
    "helping.words.1": "Typ een of meer woorden, bijvoorbeeld: subsidie buurthuis.",
    "helping.words.2": "Eerst ziet u documenten waar al uw woorden in staan.",
    "helping.words.3": "Hoofdletters en accenten maken niet uit.",
    "helping.exact": "Zoek precies",
    "helping.exact.1": (
        'Zet woorden tussen aanhalingstekens. Dan staan ze naast elkaar: "samen sterk".'
    ),
    "helping.exact.2": "Zet een minteken voor een woord dat u niet wilt: subsidie -europa.",
    "helping.filters": "Maak de lijst kleiner",
    "helping.filters.1": (
        "Kies bij 'Filters en sorteren' een doel, een organisatie, een soort of een jaar."
    ),
    "helping.filters.2": "U kunt het adres van de bladzijde bewaren of naar iemand mailen.",
    "privacy.h1": "Wat wij van u bewaren",
    "privacy.short": "Wij weten niet wie u bent. Van u als bezoeker bewaren wij niets.",
    "privacy.visitors": "Als u zoekt",
    "privacy.visitors.1": "U hoeft niet in te loggen. Wij gebruiken geen cookies.",
    "privacy.visitors.2": (
        "Wij tellen per dag hoe vaak een zoekvraag is gesteld. Niet door wie, of vanaf welk adres."
    ),
    "privacy.visitors.5": (
        "Staat er een mailadres, huisadres of telefoonnummer in? Dan tellen wij die niet."
    ),
    "privacy.visitors.6": "Na 90 dagen tellen wij per maand op. Na twee jaar is alles weg.",
    "privacy.visitors.7": (
        "Wilt u ook niet geteld worden? Zet in uw browser aan: 'niet volgen' (GPC of DNT)."
    ),
    "privacy.visitors.3": "Deze website haalt niets op bij andere bedrijven.",
    "privacy.visitors.4": (
        "Opent u een document bij de bron? Dan ziet die website niet wat u zocht."
    ),
    "privacy.admins": "Als u partner of beheerder bent",
    "privacy.admins.1": (
        "Wij bewaren uw naam, e-mailadres en organisatie. Ook wat u in het beheer deed."
    ),
    "privacy.admins.2": (
        "Na het inloggen zetten wij één cookie. Die werkt hoogstens 12 uur en alleen voor inloggen."
    ),
    "privacy.submitters": "Als u een bron aanmeldt",
    "privacy.submitters.1": (
        "Wij bewaren uw naam en e-mailadres bij de aanmelding, om u te kunnen antwoorden."
    ),
    "privacy.people": "Als u in een document staat",
    "privacy.people.1": (
        "Wij nemen alleen bladzijden op die voor iedereen te lezen zijn op internet."
    ),
    "privacy.people.2": "Staat u in een document en wilt u dat niet? Laat het ons weten.",
    # Errors.
    "error.400.h1": "Dit verzoek klopt niet",
    "error.400": "Ga terug en probeer het opnieuw. Of zoek hieronder verder.",
    "error.400.form": "Het formulier was te oud. Ga terug, ververs de bladzijde en probeer opnieuw.",
    "error.403.h1": "Deze bladzijde is niet voor u",
    "error.403": "Uw account mag deze bladzijde niet zien.",
    "error.stranger.h1": "U bent niet ingelogd",
    "error.stranger": "Deze bladzijde is alleen voor mensen met een account.",
    "error.404.h1": "Deze bladzijde bestaat niet",
    "error.404": "Deze bladzijde bestaat niet (meer). Zoek hieronder verder.",
    "error.405.h1": "Dat kan hier niet",
    "error.405": "Dit adres kunt u alleen bekijken. Zoek hieronder verder.",
    "error.413.h1": "Dat is te veel",
    "error.413": "U stuurde meer dan wij kunnen verwerken.",
    "error.414.h1": "Dit adres is te lang",
    "error.414": (
        "Zocht u iets? Gebruik hoogstens 256 letters. De belangrijkste woorden zijn genoeg."
    ),
    "error.429.h1": "Even rustig aan",
    "error.429": "U vraagt te veel achter elkaar. Wacht een minuut en probeer het opnieuw.",
    "error.500.h1": "Er ging iets mis",
    "error.500": "De fout ligt bij ons. Probeer het over een paar minuten opnieuw.",
    "error.503.h1": "Dat lukt nu even niet",
    "error.title": "Er klopt iets niet",
    "error.intro": "Kijk naar deze punten:",
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
    # Judging what people offer.
    "admin.nav.submissions": "Aanmeldingen",
    "admin.submissions": "Zoveel aanmeldingen wachten op je: {n}.",
    "queue.h1": "Aanmeldingen",
    "queue.tabs": "Aanmeldingen per stand",
    "queue.new": "Nieuw",
    "queue.asked": "Wacht op antwoord",
    "queue.approved": "Goedgekeurd",
    "queue.declined": "Niet opgenomen",
    "queue.rest": "Overig",
    "queue.filter": "Filter",
    "queue.all": "Alle",
    "queue.since": "Aangemeld vanaf",
    "queue.choose": "Kies",
    "queue.with": "Wat je koos:",
    "queue.none": "Hier staan geen aanmeldingen.",
    "queue.age": "{n} werkdagen oud",
    "queue.age.1": "1 werkdag oud",
    "queue.robots": "robots.txt: {verdict}",
    "queue.pages": "Bladzijden in de sitemap: {n}",
    "queue.untried": "Nog niet bekeken",
    "queue.double": "Lijkt gelijk aan aanmelding {number}.",
    "queue.known": "Deze website is al een bron.",
    "queue.done": "Gedaan: {n}.",
    "queue.missed": "Niet gelukt: {n}. Die zijn al beslist, nog niet bekeken, of al een bron.",
    "judge.h1": "Aanmelding {nr}",
    "judge.all": "Alle aanmeldingen",
    "judge.reason": "Reden",
    "judge.message": "Wat je schreef",
    "judge.preview": "Tekst hier te lezen?",
    "judge.nobody": "Niet meer bekend",
    "judge.account": "Account",
    "judge.account.yes": "Ja, ingelogd",
    "judge.account.no": "Nee, bevestigd per mail",
    "judge.created": "Aangemeld",
    "judge.remark": "Opmerking",
    "judge.start": "Beginpagina",
    "judge.found": "Wat er gevonden is",
    "judge.untried": "Het lukte nog niet om dit adres te bekijken.",
    "judge.try": "Probeer opnieuw",
    "judge.notes": "Notities",
    "judge.submitter": "De aanmelder",
    "judge.changed": "veranderd op {when}",
    "judge.note.mine": "Je eigen notitie",
    "judge.note.change": "Bewaar",
    "judge.note.remove": "Verwijder",
    "judge.note.new": "Nieuwe notitie",
    "judge.note.add": "Voeg toe",
    "judge.history": "Wat er gebeurde",
    "decide.approve": "Goedkeuren",
    "decide.ask": "Vraag stellen",
    "decide.decline": "Niet opnemen",
    "decide.reason": "Wat is de reden?",
    "decide.reason.error": "Kies een reden.",
    "decide.text": "Uitleg voor de aanmelder (mag leeg blijven)",
    "decide.question": "Wat is je vraag?",
    "decide.question.error": "Vul je vraag in.",
    "decide.organisation": "Van welke organisatie is dit?",
    "decide.look": "Bekijk de mail",
    "decide.again": "Bekijk de mail opnieuw",
    "decide.mail": "Deze mail gaat weg",
    "decide.no-mail": "Er gaat geen mail weg.",
    "undo.button": "Draai dit besluit terug",
    "undo.h1": "Dit besluit terugdraaien?",
    "undo.text": "De aanmelding is dan weer nieuw.",
    "undo.source": "De aanmelding is dan weer nieuw. De bron en {n} documenten gaan weg.",
    "undo.mail": "De aanmelder krijgt een mail dat je opnieuw kijkt.",
    "undo.yes": "Ja, draai het terug",
    "log.h1": "Logboek",
    "log.text": "Wat mensen in het beheer deden. Niemand kan hier iets veranderen.",
    "log.none": "Er staat nog niets in het logboek.",
    "log.at": "Wanneer",
    "log.who": "Wie",
    "log.act": "Wat",
    "log.subject": "Waarvan",
    "log.details": "Details",
    "log.gone": "verwijderd account {number}",
    # People.
    "admin.nav.people": "Mensen",
    "people.h1": "Mensen",
    "people.is-closed": "Gesloten",
    "people.invite.h2": "Nodig iemand uit",
    "people.name": "Naam",
    "people.email": "E-mailadres",
    "people.role": "Rol",
    "people.organisation": "Organisatie",
    "people.organisation.hint": "Alleen voor een partner. Schrijf de naam zoals bij de bronnen.",
    "people.invite": "Stuur de uitnodiging",
    "people.invite.again": "Nodig opnieuw uit",
    "people.close": "Sluit",
    "people.open": "Laat weer toe",
    "people.remove": "Verwijder",
    "people.no-mail": (
        "Deze website verstuurt nog geen e-mail. Stel KENNISBANK_MAIL_SERVER in. "
        "De uitnodiging wacht tot dan."
    ),
    "people.error.name": "Vul een naam in.",
    "people.error.role": "Kies een rol.",
    "people.error.organisation": "Vul de organisatie van de partner in.",
    "people.error.known": "Iemand heeft al een account met dit e-mailadres.",
    "people.invited": "De uitnodiging is onderweg.",
    "people.closed": "Deze persoon kan niet meer inloggen.",
    "people.opened": "Deze persoon kan weer inloggen.",
    "people.removed": "Het account is weg.",
    "people.last": "Dit is de laatste beheerder. Nodig eerst een ander uit.",
    "people.remove.h1": "Dit account verwijderen?",
    "people.remove.text": "Van {name} blijft hier niets staan. Dit is niet terug te draaien.",
    "people.remove.button": "Ja, verwijder het account",
    # Admin.
    "admin.nav": "Beheer",
    "admin.you": "Jouw account",
    "admin.who": "Ingelogd als {name}",
    "admin.h1": "Beheer",
    "admin.nav.overview": "Overzicht",
    "admin.nav.sources": "Bronnen",
    "admin.nav.jobs": "Taken",
    "admin.contact": (
        "Bezoekers zien nog niet wie hen helpt. Stel KENNISBANK_CONTACT_NAME in, en de telefoon "
        "of mail erbij."
    ),
    "admin.index": "De index",
    "admin.index.documents": "Documenten in de index",
    "admin.index.built": "Laatst gemaakt",
    "admin.index.size": "Grootte op schijf",
    "admin.index.store": "Documenten opgehaald",
    "admin.index.none": "Er is nog geen index. Haal een bron op, of herindexeer.",
    "admin.index.damaged": (
        "Een oudere index is in gebruik. Herindexeer, dan is dat over. De melding: {problem}"
    ),
    "admin.reindex": "Herindexeer",
    "admin.reindex.text": (
        "Maakt de index opnieuw uit alle documenten. De zoekmachine blijft gewoon werken."
    ),
    "admin.running": "Nu bezig",
    "admin.running.none": "Er loopt nu geen taak.",
    "admin.recent": "Laatste taken",
    "admin.recent.none": "Er zijn nog geen taken geweest.",
    "admin.recent.all": "Bekijk alle taken",
    "admin.examples": "De voorbeelden",
    "admin.examples.text": "De kennisbank bevat voorbeelden van verzonnen organisaties.",
    "admin.examples.remove": "Verwijder de voorbeelden",
    "remove.h1": "De voorbeelden verwijderen?",
    "remove.text": ("Dit gaat weg: {sources} bronnen en {documents} documenten."),
    "remove.text.again": "Wil je ze later terug? Gebruik: kennisbank source add --examples",
    "remove.button": "Ja, verwijder ze",
    "remove.cancel": "Nee, ga terug",
    "sources.h1": "Bronnen",
    "sources.none": "Er zijn nog geen bronnen. Voeg er een toe met: kennisbank source add ADRES",
    "sources.documents": "Documenten",
    "sources.last": "Laatste ophaalronde",
    "sources.never": "Nog nooit opgehaald",
    "sources.fetch": "Haal op",
    "sources.fetch.of": "van {name}",
    "sources.watch": "Bekijk de taak",
    "sources.paused": "Deze bron staat stil.",
    "sources.accept": "Verwijder wat weg is",
    "report.all": "Alle bronnen",
    "report.h2": "Wat er met elk adres gebeurde",
    "report.none": "Er zijn nog geen adressen. Haal de bron eerst op.",
    "report.reason": "Reden",
    "report.number": "Aantal",
    "report.group": "{group}: {n}",
    "report.crawl": "Laatste ophaalronde",
    "report.links": "Links die wij niet volgden",
    "report.addresses": "Adressen",
    "report.of": "Adressen: {reason}",
    "report.address": "Adres",
    "report.found": "Gevonden op",
    "report.visited": "Bekeken",
    "report.waiting": "Nog niet bekeken.",
    "report.csv": "Download als tabel (CSV)",
    "report.everything": "Toon alle adressen",
    "report.next": "Volgende {n} adressen",
    "report.leads": "Leidt naar",
    "accept.h1": "Deze documenten verwijderen?",
    "accept.text": "Dit gaat weg: {documents} documenten van {name}.",
    "accept.text.look": (
        "De kennisbank kijkt eerst opnieuw op de website. Wat daar weer staat, blijft."
    ),
    "admin.nav.searches": "Zoekvragen",
    "searches.h1": "Wat mensen zoeken",
    "searches.summary": (
        "In 30 dagen is {n} keer gezocht. {empty} procent vond niets. "
        "Er zijn {opened} documenten geopend."
    ),
    "searches.privacy": (
        "Wij bewaren geen IP-adres en geen naam. "
        "Zoekvragen die minder dan 5 keer voorkomen, tonen wij niet."
    ),
    "searches.without": "Zoekvragen zonder resultaat",
    "searches.without.text": "Hier missen mensen iets. Zoek er een bron bij, of een ander woord.",
    "searches.most": "Meest gezocht",
    "searches.days": "Zoekvragen per dag",
    "searches.query": "Zoekvraag",
    "searches.day": "Dag",
    "searches.count": "Gezocht",
    "searches.empty": "Niets gevonden",
    "searches.opened": "Geopend",
    "searches.none": "Nog geen zoekvragen.",
    "admin.nav.trial": "Proef",
    "trial.h1": "Probeer een website",
    "trial.intro": (
        "Kijk wat de kennisbank op een website vindt. Er wordt niets bewaard. "
        "Dit duurt ongeveer een minuut."
    ),
    "trial.label": "Adres van de website",
    "trial.hint": "Bijvoorbeeld: https://www.voorbeeld.nl/",
    "trial.error": "Vul een heel adres in. Het begint met https:// of http://.",
    "trial.button": "Probeer",
    "trial.result": "Proef van {host}",
    "trial.busy": "De proef is nog niet klaar.",
    "trial.watch": "Bekijk hoe ver de proef is",
    "trial.robots": "Regels (robots.txt)",
    "trial.robots.read": "Gelezen",
    "trial.robots.absent": "Er zijn geen regels",
    "trial.robots.unreachable": "Niet te lezen",
    "trial.robots.none": "Niet gevraagd",
    "trial.start": "Beginpagina",
    "trial.gap": "Rust tussen twee bladzijden",
    "trial.gap.seconds": "{n} seconden",
    "trial.listed": "Bladzijden in de sitemap",
    "trial.feed": "Nieuwsfeed",
    "trial.feed.pages": "{url} ({n} bladzijden)",
    "trial.warnings": "Let op",
    "trial.samples": "Bladzijden die zijn bekeken",
    "trial.page": "Bladzijde",
    "trial.date": "Datum",
    "trial.kind": "Soort",
    "trial.language": "Taal",
    "trial.words": "Woorden",
    "trial.remark": "Opmerking",
    "trial.listing": "Overzicht",
    "trial.known": "Staat al in de kennisbank.",
    "trial.copy": "Zegt hetzelfde als: {title}",
    "trial.undated": "Onbekend",
    "trial.again": "Probeer een andere website",
    "trial.add": "Ziet het er goed uit? Voeg de bron toe met: kennisbank source add {url}",
    "job.result": "Bekijk wat de taak vond",
    "jobs.h1": "Taken",
    "jobs.state": "Stand",
    "jobs.started": "Begonnen",
    "jobs.ended": "Klaar",
    "jobs.not": "Nog niet",
    "job.title": "Taak {number}: {name}",
    "job.phase": "Stap",
    "job.progress": "{a} van {b} ({c} %)",
    "job.progress.open": "{a} gedaan",
    "job.counts": "Tellingen",
    "job.counts.what": "Wat",
    "job.counts.number": "Aantal",
    "job.reasons": "Niet opgehaald",
    "job.stop": "Stop",
    "job.stop.text": "Wat al klaar is, blijft bewaard.",
    "job.stopping": "De taak stopt zo.",
    "job.refresh": "Ververs deze bladzijde",
    "job.asof": "Stand van {time}.",
    "job.created": "Gevraagd",
    "job.said.step": "{phase}: {percent} procent",
    "job.lost": "De taak is niet te volgen. Ververs deze bladzijde.",
    "job.error": "De melding: {error}",
}

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

SCOPES: dict[str, str] = {
    "page": "Alleen dit adres",
    "section": "Dit deel van de website",
    "site": "De hele website",
}

SUBMISSION_STATES: dict[str, str] = {
    "unconfirmed": "Nog niet bevestigd",
    "new": "Ontvangen",
    "asked": "Wij hebben een vraag",
    "approved": "Opgenomen",
    "declined": "Niet opgenomen",
    "withdrawn": "Ingetrokken",
}

DECLINE_REASONS: dict[str, str] = {
    "goals": "Het past niet bij de doelen.",
    "private": "Het is niet openbaar.",
    "outdated": "Het is verouderd.",
    "known": "Het staat er al in.",
    "advertising": "Het is reclame.",
    "other": "Om een andere reden.",
}

ACTS: dict[str, str] = {
    "approved": "Goedgekeurd",
    "declined": "Niet opgenomen",
    "asked": "Vraag gesteld",
    "undo": "Teruggedraaid",
    "try": "Opnieuw geprobeerd",
    "note": "Notitie gemaakt",
    "note-change": "Notitie veranderd",
    "note-remove": "Notitie verwijderd",
    "invite": "Uitgenodigd",
    "close": "Gesloten",
    "reopen": "Weer toegelaten",
    "remove": "Verwijderd",
    "crawl": "Ophalen gestart",
    "accept-removals": "Verwijderen toegestaan",
    "stop": "Taak gestopt",
    "reindex": "Herindexeren gestart",
    "remove-examples": "Voorbeelden verwijderd",
}

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
}

JOB_STATES: dict[str, str] = {
    "queued": "Wacht",
    "running": "Bezig",
    "done": "Klaar",
    "failed": "Mislukt",
    "stopped": "Gestopt",
}

JOB_ENDS: dict[tuple[str, str], str] = {
    ("crawl", "done"): "Klaar. Alles wat is opgehaald, is te vinden.",
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
    ("reindex", "stopped"): "Gestopt. De oude index blijft in gebruik.",
    ("remove_examples", "done"): "Klaar. De voorbeelden zijn weg.",
    ("remove_examples", "failed"): "Mislukt. Probeer het nog een keer.",
    ("remove_examples", "stopped"): "Gestopt. Start de taak nog een keer om alles te verwijderen.",
}

PHASES: dict[str, str] = {
    "": "Wacht op zijn beurt",
    "crawl": "Ophalen",
    "try": "Bladzijden proberen",
    "extract": "Bewaarde bladzijden en bestanden lezen",
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
    "added": "In de index gezet",
    "removed": "Uit de index gehaald",
}

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

REASONS: dict[str, str] = {
    # What the crawler met at an address (its codes; a test compares the two tables).
    "fetched": "Opgehaald.",
    "not-modified": "Niet veranderd sinds de vorige keer.",
    "same-bytes": "De inhoud is precies gelijk aan de vorige keer.",
    "moved": "De bladzijde is verhuisd naar een ander adres.",
    "moved-temporarily": "De bladzijde staat tijdelijk op een ander adres.",
    "canonical": "De bladzijde noemt zelf een ander adres als het echte.",
    "same-page": "Het is dezelfde bladzijde als op een ander adres van de website.",
    "same-text": "De bladzijde zegt nog hetzelfde. Hooguit een teller is anders.",
    "soft-404": "De website antwoordt alsof de bladzijde niet bestaat.",
    "http-404": "De bladzijde bestaat niet (404).",
    "http-410": "De bladzijde is voorgoed weggehaald (410).",
    "bad-url": "Het adres is niet te lezen.",
    "bad-scheme": "Alleen adressen met http of https worden opgehaald.",
    "credentials": "In het adres staat een naam of wachtwoord.",
    "url-too-long": "Het adres is te lang.",
    "too-many-segments": "Het adres heeft te veel delen.",
    "too-many-parameters": "Het adres heeft te veel onderdelen na het vraagteken.",
    "repeated-segment": "Een deel van het adres komt steeds terug.",
    "private-name": "Dit adres is niet openbaar.",
    "private-address": "Dit adres is niet openbaar.",
    "bad-port": "Het adres gebruikt een ongewone poort.",
    "out-of-scope": "Het adres hoort niet bij deze bron.",
    "excluded": "Dit deel van de website slaan wij over.",
    "robots": "De website (robots.txt) staat dit niet toe.",
    "robots-unreachable": "De regels van de website (robots.txt) waren niet te lezen.",
    "crawl-delay-too-long": "De website vraagt om meer dan een minuut rust per adres.",
    "host-stopped": "De website gaf te vaak achter elkaar een fout.",
    "retry-later": "De website vraagt om het veel later opnieuw te proberen.",
    "no-yield": "Adressen van deze vorm geven steeds hetzelfde.",
    "too-deep": "Het adres ligt te ver van de beginpagina.",
    "too-large": "Het bestand is te groot.",
    "bomb": "Het bestand wordt bij het uitpakken veel te groot.",
    "bad-encoding": "Het antwoord is verpakt op een manier die wij niet kennen.",
    "bad-gzip": "Het verpakte antwoord is beschadigd.",
    "redirect-loop": "De website stuurt ons in een kringetje rond.",
    "too-many-redirects": "De website stuurt ons te vaak door.",
    "bad-redirect": "De website stuurt ons door naar een onleesbaar adres.",
    "dns-failed": "De naam van de website is niet gevonden.",
    "connect-failed": "Wij konden geen verbinding maken.",
    "tls-failed": "De beveiligde verbinding lukte niet.",
    "timeout": "De website gaf geen antwoord, of te langzaam.",
    "bad-response": "De website gaf een antwoord dat niet klopt.",
    "short-body": "Het antwoord hield halverwege op.",
    "http-1xx": "De website gaf alleen een voorlopig antwoord.",
    "http-2xx": "De website gaf een antwoord zonder bladzijde.",
    "http-3xx": "De website stuurt ons door naar niets.",
    "http-401": "De bladzijde vraagt om een wachtwoord (401).",
    "http-403": "De website laat ons deze bladzijde niet zien (403).",
    "http-429": "De website vindt dat wij te veel vragen (429).",
    "http-4xx": "De website wees ons verzoek af.",
    "http-500": "De website had zelf een fout (500).",
    "http-502": "De server achter de website gaf geen goed antwoord (502).",
    "http-503": "De website is nu even niet te bereiken (503).",
    "http-504": "De server achter de website was te langzaam (504).",
    "http-5xx": "De website had zelf een fout.",
    "connection-lost": "De verbinding werd verbroken.",
    "moved-away": "De bladzijde is verhuisd naar een adres buiten deze bron.",
    "sent-away": "De bladzijde stuurt ons tijdelijk naar een adres buiten deze bron.",
    "other-source": "Een andere bron levert dit document al.",
    "feed": "Dit is een nieuwsfeed. Daar staan alleen adressen in.",
    # Why a crawl ended as it did.
    "quiet-hours": "De rusttijd van de website begon. Daarna gaat het ophalen verder.",
    "budget": "Het grootste aantal bladzijden per ronde is bereikt.",
    "time-limit": "De ronde duurde te lang. De volgende keer gaat het ophalen verder.",
    "too-many-addresses": "De bron heeft meer adressen dan wij bewaren.",
    "brake": "Er zouden te veel documenten verdwijnen. Kijk eerst of dat klopt.",
    "abandoned": "De ronde werd afgebroken, meer dan een week geleden. Daarna begon een nieuwe.",
    "asked": "Iemand vroeg om te stoppen. De volgende ronde gaat verder.",
    # Why a fetched page or file gave no document.
    "nofollow": "De bladzijde wil niet dat wij haar links volgen.",
    "noindex": "De bladzijde wil niet gevonden worden (noindex).",
    "other-language": "De bladzijde is in een andere taal.",
    "no-text": "Er staat geen tekst in.",
    "scanned-pdf": "De PDF bestaat uit plaatjes van bladzijden. Er staat geen tekst in.",
    "unsupported-type": "Dit soort bestand lezen wij niet.",
    "too-complex": "Het is te ingewikkeld opgebouwd om te lezen.",
    "legacy-office": (
        "Dit is een oud Word-, Excel- of PowerPoint-bestand. Bewaar het als docx, xlsx of pptx."
    ),
    "broken-file": "Het bestand is beschadigd.",
    "encrypted-file": "Het bestand is op slot met een wachtwoord.",
    "broken-pdf": "De PDF is beschadigd.",
    "encrypted-pdf": "De PDF is op slot met een wachtwoord.",
    "too-many-pages": "De PDF heeft te veel bladzijden.",
    "too-much-text": "Er staat te veel tekst in.",
    "parser-timeout": "Het lezen duurde te lang.",
    "parser-memory": "Het lezen kostte te veel geheugen.",
    "parser-died": "Het leesprogramma stopte halverwege.",
    "parser-error": "Het leesprogramma kon er niets van maken.",
}
UNKNOWN_REASON = "De oorzaak is niet bekend."


def say(key: str, **values: object) -> str:
    """Give a text with its values filled in. Values are text; the page escapes all of it."""
    return TEXTS[key].format(**values)


def reason(code: str) -> str:
    """Give the Dutch sentence for a reason code."""
    return REASONS.get(code, UNKNOWN_REASON)
