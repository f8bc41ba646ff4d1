"""A zip with XML in it, as office files and e-books are: opened under caps, parsed without entities.

In: the bytes of a file. Out: parts by name, as bytes, as a tree or as a row of elements. A name of
the archive is only ever looked up in the archive, never used as a path (ASVS 5.2.3, threats 2.3).
What is over a cap, locked or damaged raises ``Unreadable`` with its reason code.

lxml refuses entities by amplification and nesting over 256 levels; external entities and DTDs are
never loaded.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from crawler.extract.facts import Unreadable

MAX_ENTRIES = 2_000
MAX_UNPACKED = 100_000_000
MAX_TREE = 20_000_000
"""Of a part that becomes a tree: about eight times as much memory, half of what the child has."""

_MAX_DIRECTORY = 1_000_000
_END = struct.Struct("<4s4H2LH")
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Archive:
    """The parts of a zip."""

    def __init__(self, body: bytes) -> None:
        _check_directory(body)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise Unreadable("broken-file", type(error).__name__) from error
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise Unreadable("too-complex", f"{len(entries)} entries")
        # No more is ever unpacked of an entry than it says it holds, so what they say can be summed.
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise Unreadable("bomb")
        self._entries = {entry.filename: entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str, most: int = MAX_TREE) -> bytes:
        """One part, unpacked; a part that is not there is a damaged file."""
        entry = self._entries.get(name)
        if entry is None:
            raise Unreadable("broken-file", "a part is missing")
        if entry.flag_bits & 1:
            raise Unreadable("encrypted-file")
        if entry.compress_type not in _PACKINGS:
            raise Unreadable("broken-file", f"packing {entry.compress_type}")
        if entry.file_size > most:
            raise Unreadable("too-complex", f"a part of {entry.file_size} bytes")
        try:
            return self._zip.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise Unreadable("broken-file", type(error).__name__) from error

    def tree(self, name: str) -> etree._Element:
        """A part as the root of its tree."""
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise _unreadable(error) from error

    def elements(self, name: str, tag: str) -> Iterator[etree._Element]:
        """The elements of one tag, one by one and gone after use: for parts of any size."""
        part = io.BytesIO(self.read(name, MAX_UNPACKED))
        found = etree.iterparse(
            part,
            tag=tag,
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _, element in found:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    parent = element.getparent()
                    assert parent is not None
                    del parent[0]
        except etree.XMLSyntaxError as error:
            raise _unreadable(error) from error

    def relations(self, name: str) -> dict[str, str]:
        """The parts that a part of an Office file names, by the ids that it uses for them."""
        folder, file = posixpath.split(name)
        table = posixpath.join(folder, "_rels", f"{file}.rels")
        if table not in self:
            return {}
        return {
            str(found.get("Id")): inside(folder, str(found.get("Target")))
            for found in self.tree(table).iter(_RELATION)
            if found.get("TargetMode") != "External"
        }


def inside(folder: str, target: str) -> str:
    """The name in the archive of what a part in ``folder`` calls ``target``."""
    plain = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, plain)).lstrip("/")


def _check_directory(body: bytes) -> None:
    """Look at how large the list of parts says it is, before it is read."""
    at = body.rfind(b"PK\x05\x06")
    if at < 0 or len(body) < at + _END.size:
        raise Unreadable("broken-file", "no directory")
    size = _END.unpack_from(body, at)[5]
    if size > _MAX_DIRECTORY:
        raise Unreadable("too-complex", f"a directory of {size} bytes")


def _unreadable(error: etree.XMLSyntaxError) -> Unreadable:
    told = str(error).lower()
    if "memory" in told:
        return Unreadable("parser-memory")
    if "depth" in told or "huge" in told or "amplification" in told or "entity" in told:
        return Unreadable("too-complex", told[:100])
    return Unreadable("broken-file", told[:100])
