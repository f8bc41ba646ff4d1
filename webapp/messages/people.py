"""What is read in /beheer about the people of the site."""

PEOPLE_TEXTS: dict[str, str] = {
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
}
