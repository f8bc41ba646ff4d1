"""Where words stand in a text, and how a word is written for comparing.

In: any text. Out: its words as they stand in it (letters and digits; a hyphen, slash or underscore
divides words), and for each word one way of writing: NFC, lower case, without diacritics and signs.
"""

import re
import unicodedata

LONGEST_WORD = 64
"""Letters of a word that count; what is longer is no word (a key, a number in another notation)."""

_APOSTROPHES = "'\u2019\u2018\u02bc\u00b4`"
# Combining marks, and the characters that tell where a word may or may not be broken.
_INSIDE = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u00ad\u200b\u200c\u200d\u2060"
# First numbers with dots between thousands ("1.000"), then letters with dots between them ("b.v.",
# "W.m.o."), then words that may hold marks, soft hyphens and single apostrophes. Possessive
# quantifiers: no input can make this backtrack far.
WORD = re.compile(
    r"(?<![^\W_])(?<!\d[.,:])[1-9]\d{0,2}(?:\.\d{3})++(?![^\W_]|[.:]\d)"
    rf"|(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])(?:\.|[{_APOSTROPHES}]s(?![^\W_]))?"
    rf"|[^\W_]++(?:(?:[{_INSIDE}]++[{_APOSTROPHES}]?|[{_APOSTROPHES}])[^\W_]++)*+[{_INSIDE}]*+"
)
# What can stand before a word without being part of it.
_BORDER = re.compile(rf"[^\w.,:{_APOSTROPHES}{_INSIDE}]|_")
# The genitive or plural 's of "foto's", and what is left of "een" in "zo'n" and "m'n".
_CLITIC = re.compile(rf"[{_APOSTROPHES}][sn]$", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae",
                          "œ": "oe", "ı": "i"})  # fmt: skip


def normalise(word: str) -> str:
    """Lower case, without diacritics, apostrophes, dots and soft hyphens, in NFC.

    A 's or 'n at the end goes as well: "foto's" and "foto" are one word, "zo'n" is no "zon".
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    base = _CLITIC.sub("", word)
    decomposed = unicodedata.normalize("NFKD", base)
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    folded = _NOT_LETTERS.sub("", letters.lower().translate(_LETTERS))
    return unicodedata.normalize("NFC", folded)


def may_begin(text: str, place: int) -> bool:
    """Whether a word may begin here for certain: no word runs over this place."""
    before = text[place - 1 : place]
    # A space or a letter is what stands there nearly always.
    if before == " " or before.isalnum():
        return before == " "
    return place == 0 or _BORDER.match(before) is not None
