"""What is cut out of a model of languages tells nothing of texts in Latin script."""

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.extract.language import LANGUAGES, _identifier, language_of

TEXTS = {
    "nl": "De coöperatie “Ons Dorp” regelt zelf de zorg – voor € 12 per maand, zonder winst. " * 4,
    "en": "A village hall that its neighbours run themselves needs rules, money and patience. " * 4,
    "de": "Die Genossenschaft verwaltet das Gemeindehaus für alle Bürger der Straße selbst. " * 4,
    "fr": "L’association gère elle-même la salle des fêtes, grâce à la générosité des élus. " * 4,
    "fy": "De doarpskoöperaasje soarget foar it skoallegebou en de âlderein fan ús eigen doarp. "
    * 4,
}


@pytest.fixture(scope="module")
def whole() -> LanguageIdentifier:
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(list(LANGUAGES))
    return model


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_scores_as_it_does_by_the_whole_model(
    language: str, whole: LanguageIdentifier
) -> None:
    text = TEXTS[language]
    assert language_of(text, None) == language
    assert dict(_identifier().rank(text)) == pytest.approx(dict(whole.rank(text)), rel=1e-4)


def test_what_is_kept_is_less_than_a_third_of_the_model(whole: LanguageIdentifier) -> None:
    assert memoryview(_identifier().tk_nextmove).nbytes * 3 < memoryview(whole.tk_nextmove).nbytes


@pytest.mark.parametrize("text", ["Привет, соседи! " * 30, "隣人 " * 200, "🏡" * 300])
def test_another_script_is_no_error(text: str) -> None:
    assert language_of(text, None) in LANGUAGES


def test_a_short_text_is_what_it_is_stated_to_be() -> None:
    assert [language_of("Kaas", stated) for stated in ("en", None, "pl")] == ["en", "nl", "pl"]
