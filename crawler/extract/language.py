"""The language of a text: what the page states, checked against its words.

In: the stated language and the text. Out: a code of two letters. Only the five languages that Dutch
sites are made in are told apart, which py3langid does with few mistakes. Short texts are not judged:
a Dutch title of six words may look like Afrikaans, German or Frisian.
"""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("nl", "en", "de", "fr", "fy")
_ENOUGH = 200
_SAMPLE = 4000


def language_of(text: str, stated: str | None) -> str:
    """The language that the words are in, or the stated one for a short text; Dutch by default."""
    if stated is not None and stated not in LANGUAGES:
        return stated
    if len(text) < _ENOUGH:
        return stated or "nl"
    found, _ = _identifier().classify(text[:_SAMPLE])
    return str(found)


@cache
def _identifier() -> LanguageIdentifier:
    """What tells our languages apart: a model that keeps the others too takes 28 MB more."""
    full = LanguageIdentifier.from_model_file(MODEL_FILE)
    full.set_languages(LANGUAGES)
    return LanguageIdentifier(
        full.nb_ptc,
        full.nb_pc,
        full.nb_classes,
        full.tk_nextmove,
        full.tk_output,
        tk_row=full.tk_row,
    )
