"""The texts of the pages that improve finding: words, best bets, weights, judgments ("je")."""

FINDING: dict[str, str] = {
    "admin.nav.finding": "Vinden",
    "finding.h1": "Beter vinden",
    "finding.text": (
        "Hier maak je het zoeken beter. Je ziet eerst wat er verandert. Alles is terug te draaien."
    ),
    "finding.add": "Voeg toe",
    "finding.none": "Nog niets toegevoegd.",
    "finding.remove": "Haal weg",
    "finding.by": "{who}, {day}",
    "finding.nobody": "iemand die er niet meer is",
    "finding.gone": "Dit document staat er niet meer.",
    "finding.over": "Voorbij",
    "finding.grade": "Beoordeel zoekresultaten",
    "finding.history": "Laatste wijzigingen",
    "finding.history.none": "Nog niets veranderd.",
    "finding.added": "Toegevoegd",
    "finding.removed": "Weggehaald",
    "finding.undo": "Draai terug",
    "finding.undone": "Teruggedraaid",
    "finding.done": "Gedaan. Binnen een paar tellen zoeken bezoekers ermee.",
    "finding.done.rebuild": "Gedaan. De index wordt nu opnieuw gemaakt.",
    "finding.done.undo": "Teruggedraaid. Binnen een paar tellen is het zoeken weer zoals eerst.",
    "finding.done.not": "Er is niets veranderd. Iemand was je voor.",
    # The form.
    "finding.try": "Bekijk wat er verandert",
    "finding.back": "Terug naar het overzicht",
    "finding.words": "Woorden die hetzelfde betekenen",
    "finding.words.hint": "Zet een komma tussen de woorden. Bijvoorbeeld: zonneveld, zonnepark.",
    "finding.wider": "Woorden die ruimer zijn",
    "finding.wider.hint": "Hoeft niet. Deze woorden worden ook gevonden, maar niet andersom.",
    "finding.short": "De afkorting",
    "finding.long": "Waar staat die voor?",
    "finding.word": "Het woord",
    "finding.word.whole": "Dit woord knippen wij niet in stukken. Ook andere vormen tellen dan niet mee.",
    "finding.word.denied": "Een voorstel met dit woord komt niet meer onder het zoekveld.",
    "finding.word.off": "Wij zoeken in welke groep van het programma dit woord staat.",
    "finding.group": "Welke groep zet je uit?",
    "finding.no-group": "Het programma heeft deze groep niet meer. Dit doet niets meer.",
    "finding.query": "De zoekvraag",
    "finding.query.hint": "De volgorde en het meervoud maken niet uit.",
    "finding.document": "Het document",
    "finding.document.hint": "Plak het adres van de bladzijde van het document.",
    "finding.first": "Vanaf welke dag?",
    "finding.last": "Tot en met welke dag?",
    "finding.last.hint": "Hoeft niet. Zonder einddatum blijft het staan.",
    "finding.owner": "Wie let hierop?",
    "finding.field": "Welk deel van een document?",
    "finding.weight": "Hoe zwaar telt het?",
    "finding.weight.hint": "Een getal van 0 tot 5. Met 0 telt dit deel niet mee. Nu: {now}.",
    # The preview.
    "finding.trial.h1": "Bekijk wat er verandert",
    "finding.trial.add": "Je voegt toe: {what}",
    "finding.trial.replace": "Je vervangt: {what}",
    "finding.trial.remove": "Je haalt weg: {what}",
    "finding.trial.off": "Je zet deze groep uit: {what}",
    "finding.trial.on": "Je zet deze groep weer aan: {what}",
    "finding.trial.again": "Iemand anders veranderde net iets. Kijk daarom opnieuw.",
    "finding.trial.rebuild": (
        "Dit werkt pas helemaal na een nieuwe index. Die starten wij meteen. "
        "Hieronder zie je het effect van nu."
    ),
    "finding.trial.bet": "Bovenaan staat straks dat jullie dit kozen. De rest van de lijst blijft.",
    "finding.trial.bet.away": "Het document blijft, maar staat niet meer vast bovenaan.",
    "finding.bet": "{query}: {title} ({days}, {owner})",
    "finding.bet.from": "vanaf {first}",
    "finding.bet.until": "van {first} tot en met {last}",
    "finding.trial.none": "Er is nog geen index. Wij kunnen niet laten zien wat er verandert.",
    "finding.trial.changed": "Zoekvragen die veranderen: {n} van {all}",
    "finding.trial.same": "Geen van de {all} zoekvragen verandert.",
    "finding.trial.looked": "Wij keken naar je eigen woorden, veel gestelde zoekvragen en beoordeelde zoekvragen.",
    "finding.trial.before": "Nu",
    "finding.trial.after": "Straks",
    "finding.trial.nothing": "Niets gevonden",
    "finding.trial.like": "Niets gevonden. Dit lijkt erop:",
    "finding.trial.found": "{n} gevonden",
    "finding.trial.new": "nieuw",
    "finding.trial.up": "hoger",
    "finding.trial.down": "lager",
    "finding.trial.lost": "Niet meer bij de eerste {n}: {titles}",
    "finding.why.used": "{n} keer gezocht in 30 dagen",
    "finding.why.judged": "beoordeeld",
    "finding.why.own": "staat in je wijziging",
    "finding.trial.denied": "Dit verandert geen resultaten. Alleen voorstellen onder het zoekveld verdwijnen.",
    "finding.trial.denied.away": "Dit verandert geen resultaten. Voorstellen met dit woord kunnen weer komen.",
    "finding.suggestions": "Voorstellen bij '{word}'",
    "finding.ndcg": "Hoe goed de antwoorden zijn",
    "finding.ndcg.text": "Beoordeelde zoekvragen: {n}.",
    "finding.ndcg.hint": (
        "Hoger is beter: 1 is het beste, 0 het slechtste. "
        "Bij 0,8 zijn de eerste tien resultaten 80 procent zo goed als kan. "
        "Wat bovenaan staat, telt het zwaarst. Dit cijfer heet nDCG@10."
    ),
    "finding.ndcg.none": "Nog niets beoordeeld. Daarom kunnen wij niet meten of dit beter is.",
    "finding.ndcg.query": "Zoekvraag",
    "finding.ndcg.all": "Alle beoordeelde zoekvragen",
    "finding.ndcg.below": "Dit komt onder de grens van {floor}.",
    "finding.apply": "Ja, voer dit door",
    "finding.change": "Verander eerst nog iets",
    # Judging results.
    "admin.nav.grading": "Beoordelen",
    "grading.h1": "Beoordeel zoekresultaten",
    "grading.text": (
        "Zeg per resultaat hoe goed het helpt. Daarmee meten wij of het zoeken beter wordt."
    ),
    "grading.query": "Welke zoekvraag wil je beoordelen?",
    "grading.show": "Toon de resultaten",
    "grading.results": "Resultaten voor '{q}'",
    "grading.earlier": "Eerder beoordeeld, nu niet bij de eerste {n}",
    "grading.legend": "Helpt dit wie '{q}' zoekt?",
    "grading.open": "Bekijk het document",
    "grading.save": "Bewaar je oordeel",
    "grading.saved": "Bewaard. Zoekvragen waarvan wij nu weten wat goed is: {n}.",
    "grading.forget": "Vergeet deze oordelen",
    "grading.none": "Niets gevonden. Er is niets te beoordelen.",
    "grading.personal": "Deze zoekvraag is te lang, of lijkt over een persoon te gaan.",
    "grading.todo": "Vaak gezocht, nog niet beoordeeld",
    "grading.todo.none": "Alle zoekvragen die vaak voorkomen zijn beoordeeld.",
    "grading.done": "Al beoordeeld",
    "grading.done.none": "Nog niets beoordeeld.",
    "grading.count": "{n} documenten",
    "grading.count.1": "1 document",
    "grading.figure": "Hoe goed zijn de antwoorden nu?",
    "grading.figure.text": "{ndcg}, gemeten op {day}. Beoordeelde zoekvragen: {n}.",
    "grading.figure.none": "Nog niet gemeten. Beoordeel eerst een zoekvraag.",
    "grading.floor": "Waarschuw mij onder dit getal",
    "grading.floor.hint": "Een getal van 0 tot 1. Nu is het {now}.",
    "grading.floor.save": "Bewaar de grens",
    "grading.floor.none": "nog niet ingesteld",
    "grading.floor.done": "De grens is bewaard.",
    "admin.worn-bets": "Documenten die bovenaan stonden en nu weg of voorbij zijn: {n}.",
    "admin.below-floor": (
        "Het zoeken werd slechter: {ndcg}, onder de grens van {floor}. Hoger is beter, tot 1."
    ),
}

FINDING_KINDS: dict[str, tuple[str, str]] = {
    "synonym": ("Synoniemen", "Een woord vindt ook woorden die hetzelfde betekenen."),
    "abbreviation": ("Afkortingen", "Een afkorting vindt ook waar zij voor staat, en andersom."),
    "switched_off": (
        "Uitgezette synoniemen",
        "Synoniemen van het programma die hier niet kloppen. Haal je er een weg, dan werkt die weer.",
    ),
    "best_bet": ("Eerst tonen", "Een document staat bovenaan bij een zoekvraag, met uitleg erbij."),
    "protected": ("Woorden die heel blijven", "Deze woorden knippen wij niet in stukken."),
    "weight": ("Gewichten", "Hoe zwaar een woord telt in elk deel van een document."),
    "denied": ("Niet voorstellen", "Deze woorden komen niet als voorstel onder het zoekveld."),
    "floor": ("Grens", "Komt het cijfer hieronder, dan zie je een waarschuwing."),
}
"""What each kind of improvement is called, and what it does."""

FIELD_NAMES: dict[str, str] = {
    "text": "Alle tekst",
    "exact": "Het woord precies zoals getypt",
    "title": "Titel",
    "headings": "Tussenkopjes",
    "organisation": "Naam van de organisatie",
    "visible": "Menu's en andere tekst om het document heen",
}
"""What the fields of the index that have a weight hold."""

FINDING_ERRORS: dict[str, str] = {
    "empty": "Vul dit in.",
    "too-long": "Dit is te lang. Gebruik hoogstens 80 letters.",
    "too-many": "Dit zijn te veel woorden. Gebruik er hoogstens 12.",
    "two-words": "Vul ten minste twee woorden in, met een komma ertussen.",
    "stop-word": "Hier zoekt niemand op. Kies een woord dat iets zegt.",
    "same": "Deze woorden zijn voor de zoekmachine al hetzelfde.",
    "one-word": "Vul één woord in, zonder spaties of streepjes.",
    "number": "Vul een getal in. Onder de vraag staat welke getallen mogen.",
    "choose": "Kies een van deze.",
    "document": "Wij kennen geen document met dit adres.",
    "day": "Vul een dag in, bijvoorbeeld 2026-12-31.",
    "order": "De laatste dag ligt vóór de eerste.",
    "there": "Dit staat er al.",
    "no-group": "Het programma heeft geen synoniemen voor dit woord.",
}
"""What is wrong with an improvement, by the codes of the index."""

GRADES: dict[int, str] = {
    3: "Precies wat je zoekt",
    2: "Helpt goed",
    1: "Helpt een beetje",
    0: "Past niet",
}
"""How well a document answers a query."""
