"""The language of a text: what the page states, checked against its words.

In: the stated language and the text. Out: a code of two letters. Only the five languages that Dutch
sites are made in are told apart, which py3langid does with few mistakes. Short texts are not judged:
a Dutch title of six words may look like Afrikaans, German or Frisian.
"""

import lzma
import shutil
import tempfile
from functools import cache

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

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
    """What tells our languages apart, from the model that comes with py3langid.

    Read here, part by part: py3langid keeps what it knows of the other languages, 28 MB, and copies
    its largest table on the way, for which a crawl needed 40 MB more than it ever did after.
    """
    with tempfile.TemporaryFile() as file:
        with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
            shutil.copyfileobj(packed, file, 1 << 20)
        file.seek(0)
        with np.load(file, allow_pickle=False) as model:
            classes = model["classes"].tolist()
            ours = [n for n, language in enumerate(classes) if language in LANGUAGES]
            return LanguageIdentifier(
                model["ptc"][:, ours],
                model["pc"][ours],
                [classes[n] for n in ours],
                memoryview(model["nextmove"]),
                model["out_feat"].tolist(),
                tk_row=model["nextmove_row"].tolist(),
            )
