"""What Word, PowerPoint and Excel files have in common: names of elements, and their properties.

In: the archive of a file. Out: its title and the day it was last saved. Who wrote it is not read:
a name of a person is not needed to find a document.
"""

from datetime import date

from lxml import etree

from crawler.extract.archive import Archive
from crawler.extract.days import file_date
from library.document import Published

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same content once more, for programs that do not know the newer form."""

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MOMENTS = ("{http://purl.org/dc/terms/}modified", "{http://purl.org/dc/terms/}created")


def properties(archive: Archive, today: date) -> tuple[str, Published | None]:
    """Title and day, as far as the file states them.

    The day it was saved goes before the day it was made, which is that of an old file when somebody
    began with a copy of that.
    """
    if "docProps/core.xml" not in archive:
        return "", None
    core = archive.tree("docProps/core.xml")
    moments = (core.findtext(name) or "" for name in _MOMENTS)
    days = (file_date(moment, today) for moment in moments)
    return core.findtext(_TITLE) or "", next((day for day in days if day is not None), None)


def is_fallback(element: etree._Element) -> bool:
    """Whether an element is there only for older programs."""
    return any(above.tag == FALLBACK for above in element.iterancestors())
