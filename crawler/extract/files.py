"""What every file that is no web page gives: a title, sections, a language and a kind.

In: what the module of its format read. Out: ``Facts``. One limit on the text holds for all formats.
"""

from collections.abc import Sequence

from crawler.extract.facts import Ask, Facts, Unreadable
from crawler.extract.kinds import kind_of
from crawler.extract.language import language_of
from crawler.extract.titles import title_of_file
from library.document import Published, Section

MAX_TEXT = 10_000_000
"""Characters: 4,000 full pages."""


def facts_of_file(
    media_type: str,
    title: str,
    sections: Sequence[Section],
    ask: Ask,
    *,
    language: str | None = None,
    published: Published | None = None,
    pages_without_text: int = 0,
) -> Facts:
    """The facts of a file; ``title`` and ``language`` are what it states, to be checked here."""
    length = sum(len(section.text) + len(section.heading) for section in sections)
    if length > MAX_TEXT:
        raise Unreadable("too-much-text", f"{length} characters")
    named = title_of_file(title, sections, ask.address)
    text = "\n".join(section.text or section.heading for section in sections)
    return Facts(
        title=named,
        sections=_without_title(sections, named),
        language=language_of(text, language) if text.strip() else "",
        kind=kind_of(ask.address, named, (), text),
        published=published,
        media_type=media_type,
        pages_without_text=pages_without_text,
    )


def _without_title(sections: Sequence[Section], title: str) -> tuple[Section, ...]:
    """Leave out the heading that only repeats the title, so that the title counts once."""
    first = sections[0] if sections else None
    if first is None or first.heading != title:
        return tuple(sections)
    rest = tuple(sections[1:])
    return (Section(first.text, "", first.anchor, first.page), *rest) if first.text else rest
