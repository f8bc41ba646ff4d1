"""What is read in /beheer about how good the goals are given, and learning anew."""

GOAL_QUALITY_TEXTS: dict[str, str] = {
    "admin.nav.goals": "Doelen nakijken",
    "admin.learn-goals": "Mensen keken de doelen van {n} documenten na. Je kunt opnieuw leren.",
    "quality.h1": "Doelen",
    "quality.summary": (
        "Van elke 100 gegeven doelen kloppen er {n}. {best} gaat het best, {worst} het minst goed."
    ),
    "quality.problem": (
        "De gekozen gewichten passen niet bij deze versie. De meegeleverde gewichten zijn in gebruik."
    ),
    "quality.used": "De gewichten zijn gekozen. De index wordt opnieuw gemaakt.",
    "quality.good.h2": "Hoe goed geeft de computer doelen?",
    "quality.good.text": (
        "Gemeten op documenten die mensen nakeken. De computer kende hun oordeel niet."
    ),
    "quality.goal": "Doel",
    "quality.labels": "Voorbeelden",
    "quality.precision": "Klopt (precisie)",
    "quality.recall": "Gevonden (recall)",
    "quality.f1": "Samen (F1)",
    "quality.alone": "F1 met alleen woordenlijst",
    "quality.words": (
        "Klopt: zoveel van de gegeven doelen zijn goed. "
        "Gevonden: zoveel van de goede doelen zijn gegeven."
    ),
    "quality.confusion.h2": "Waar gaat het mis?",
    "quality.confusion.wanted": "Volgens mensen",
    "quality.confusion.given": "Volgens de computer: doel {name}",
    "quality.confusion.given.none": "Volgens de computer: geen doel",
    "quality.mistake": "Het vaakst mis ({n} keer): mensen zeggen {wanted}, de computer zegt {given}.",
    "quality.none": "geen",
    "quality.none.row": "Geen doel",
    "quality.counts.h2": "Documenten per doel",
    "quality.counted": "{n} van de {total} documenten hebben geen doel. Stand van {day}.",
    "quality.never": "Nog niemand liet alle documenten bekijken. Klik op de knop.",
    "quality.assess": "Bekijk alle documenten opnieuw",
    "quality.documents": "Documenten",
    "quality.without": "Documenten zonder doel",
    "quality.judge.h2": "Kijk deze documenten na",
    "quality.judge.text": "Hier twijfelt de computer het meest. Van jouw oordeel leert hij dus veel.",
    "quality.judge.words": "De computer zag: {words}.",
    "quality.judge.none": "Er is niets om na te kijken. Bekijk eerst alle documenten opnieuw.",
    "quality.second.h2": "Geef een tweede oordeel",
    "quality.second.text": "Iemand anders keek dit al na. Je ziet niet wat die zei.",
    "quality.agreement.h2": "Zijn mensen het eens?",
    "quality.agreed": "Bij {goal} zijn mensen het het minst vaak eens.",
    "quality.agreement.text": "1 is altijd eens. 0 is niet vaker eens dan door toeval (Cohens kappa).",
    "quality.agreement.labels": "Meegeleverde voorbeelden",
    "quality.agreement.here": "Mensen op deze site",
    "quality.agreement.none": "Nog niet bekend",
    "quality.learn.h2": "Opnieuw leren",
    "quality.since": (
        "Documenten nagekeken sinds de laatste keer leren: {n}. "
        "Vanaf {enough} heeft opnieuw leren zin."
    ),
    "quality.learn": "Leer opnieuw van alle oordelen",
    "quality.learn.text": "Daarna zie je eerst wat er verandert. Dan kies je zelf.",
    "quality.weights.h2": "Gewichten",
    "quality.weights.text": "Met deze getallen kiest de computer doelen. Je kunt altijd terug.",
    "quality.weights.shipped": "Meegeleverd: {n} voorbeelden, gemeten op {day}. Samen (F1): {f1}.",
    "quality.weights.own": "Hier geleerd op {day}, van {n} voorbeelden. Samen (F1): {f1}.",
    "quality.shipped": "meegeleverd",
    "quality.weights.used": "Nu in gebruik",
    "quality.use": "Gebruik deze gewichten",
    "quality.export": "Download alle oordelen (JSON)",
    "quality.recent.h2": "De laatste oordelen",
    "quality.recent.none": "Nog niemand keek een document na.",
    "learned.h1": "Wat verandert er door opnieuw leren?",
    "learned.summary": (
        "Geleerd met {n} documenten die mensen hier nakeken. "
        "Het gemiddelde over de doelen (F1) gaat van {before} naar {after}."
    ),
    "learned.changes": "{n} van de {total} documenten krijgen andere doelen.",
    "learned.goals.h2": "Per doel",
    "learned.new": "Alle doelen, bij {n} documenten die nieuw zijn",
    "learned.new.text": (
        "De onderste rij is het eerlijkst. Die documenten kenden de oude gewichten niet."
    ),
    "learned.before": "Eerst: {what}",
    "learned.after": "Straks: {what}",
    "learned.documents.h2": "Documenten die veranderen",
    "learned.documents.none": "Er verandert geen enkel document.",
    "learned.before.goals": "Eerst",
    "learned.after.goals": "Straks",
    "learned.used": "Deze gewichten zijn nu in gebruik.",
    "learned.gone": "Deze gewichten zijn opgeruimd. Leer opnieuw om ze te maken.",
    "learned.back": "Terug naar Doelen",
}
