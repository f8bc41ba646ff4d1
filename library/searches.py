"""Which search may be counted, and under what words: no person can be found in the counts.

In: what somebody typed. Out: its normal form, or nothing when it may tell of a person: an e-mail
address, a telephone number, an IBAN, a citizen service number (nine digits that pass the
eleven-test), a postcode with a house number, or a text so long that it is a letter (pages 3.8).
"""

import re
import unicodedata

LONGEST = 80
"""Characters; a longer search is rare, and then often a text that was pasted."""
SEEN, ON_DAYS = 5, 2
"""A search is shown to anybody only when it was done so often, on so many days."""

_EMAIL = re.compile(r"\S@\S")
_IBAN = re.compile(r"\b[a-z]{2}\d{2} ?[a-z]{4}(?: ?\d){10}\b")
_PHONE = re.compile(r"(?:\+|\b00)\d(?:[ -]?\d){7,}|\b0\d(?:[ -]?\d){7,9}\b")
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[a-z]{2}\b.*\b\d+|\b\d+[a-z]?\b.*\b[1-9]\d{3} ?[a-z]{2}\b")
_NINE = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")


def countable(text: str) -> str:
    """Give the normal form under which a search is counted; empty when it must not be."""
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    if len(plain) > LONGEST or not any(sign.isalnum() for sign in plain):
        return ""
    tells = any(pattern.search(plain) for pattern in (_EMAIL, _IBAN, _PHONE, _POSTCODE))
    return "" if tells or any(map(_is_bsn, _NINE.findall(plain))) else plain


def _is_bsn(written: str) -> bool:
    """The eleven-test: nine, eight … two times each digit, minus the last, is a multiple of 11."""
    digits = [int(sign) for sign in written if sign.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * digit for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0
