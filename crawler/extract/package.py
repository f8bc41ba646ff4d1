"""Files that are a zip: which of the formats it is, by what is in it.

In: bytes that begin as a zip does. Out: facts, or ``Unreadable``. Neither the header nor the name
is believed: a zip with a Word document in it is a Word file, any other is a type that is not read.
"""

from crawler.extract import docx, epub, odf, pptx, xlsx
from crawler.extract.archive import Archive
from crawler.extract.facts import Ask, Facts, Unreadable


def facts_of_zip(body: bytes, ask: Ask) -> Facts:
    """The facts of an office file or e-book."""
    archive = Archive(body)
    if docx.MAIN in archive:
        return docx.facts_of_docx(archive, ask)
    if pptx.MAIN in archive:
        return pptx.facts_of_pptx(archive, ask)
    if xlsx.MAIN in archive:
        return xlsx.facts_of_xlsx(archive, ask)
    if (open_document := odf.type_of(archive)) is not None:
        return odf.facts_of_odf(archive, ask, open_document)
    if epub.is_epub(archive):
        return epub.facts_of_epub(archive, ask)
    raise Unreadable("unsupported-type", "a zip")
