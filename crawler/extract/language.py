"""The language of a text: what the page states, checked against its words.

In: the stated language and the text. Out: a code of two letters. Only the five languages that Dutch
sites are made in are told apart, which py3langid does with few mistakes. Short texts are not judged:
a Dutch title of six words may look like Afrikaans, German or Frisian.
"""

import py3langid

LANGUAGES = ("nl", "en", "de", "fr", "fy")
_ENOUGH = 200
_SAMPLE = 4000
_READY: list[bool] = []


def language_of(text: str, stated: str | None) -> str:
    """The language that the words are in, or the stated one for a short text; Dutch by default."""
    if stated is not None and stated not in LANGUAGES:
        return stated
    if len(text) < _ENOUGH:
        return stated or "nl"
    if not _READY:
        py3langid.set_languages(list(LANGUAGES))
        _READY.append(True)
    found, _ = py3langid.classify(text[:_SAMPLE])
    return str(found)
