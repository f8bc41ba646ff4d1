"""Words that say the same: the list of the house, and others that are written like it.

In: a file, one group in each line (its own head tells how). Out: for terms that stand together, the
sequences of terms that are found as well, with their weights. ``index.expansion`` tells what
synonyms were measured to do. A group goes by its words as they are written there, without the weight:
lines move from version to version, and a group that says something else is another.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from index.analysis import terms
from index.wordlists import FOLDER, Line, broken, read_lines

SYNONYMS_FILE = FOLDER / "synonyms.txt"
SYNONYM_WEIGHT = 0.6
Synonyms = Mapping[tuple[str, ...], Mapping[tuple[str, ...], float]]
"""Terms that stand together, to the sequences of terms that say the same, with their weight."""


def read_synonyms(path: Path, without: Collection[str] = ()) -> Synonyms:
    """Read the groups; a word may belong to several, and then finds what is in any of them.

    Groups that were switched off are left out.
    """
    found: dict[tuple[str, ...], dict[tuple[str, ...], float]] = {}
    for line in read_lines(path):
        weight, group = _weight_of(path, line)
        if _written(group) in without:
            continue
        same, wider = _group_of(path, group)
        for one in same:
            others = found.setdefault(one, {})
            for other in (*same, *wider):
                if other != one:
                    others[other] = max(weight, others.get(other, 0.0))
    return found


def groups(path: Path, word: str | None = None) -> tuple[str, ...]:
    """The groups as they are written, or those in which a word stands, in whatever form."""
    said = None if word is None else tuple(terms(word))
    found = []
    for line in read_lines(path):
        _, group = _weight_of(path, line)
        if said is None or said in {one for part in _group_of(path, group) for one in part}:
            found.append(_written(group))
    return tuple(found)


def words_of(group: str) -> tuple[str, ...]:
    """The words of a group, those behind the arrow last."""
    return tuple(word.strip() for word in group.replace("->", ",").split(","))


def _written(group: Line) -> str:
    return " ".join(group.text.split())


def _weight_of(path: Path, line: Line) -> tuple[float, Line]:
    """The weight of a group, and the line without it."""
    said, sign, behind = line.text.partition("@")
    if not sign:
        return SYNONYM_WEIGHT, line
    try:
        weight = float(behind)
    except ValueError:
        weight = 0.0
    if not 0 < weight <= 1:
        raise broken(path, line, "the weight behind @ is a number up to 1, like 0.9")
    return weight, line._replace(text=said)


def _group_of(path: Path, line: Line) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The term sequences of a line: those before the arrow, and those behind it."""
    before, arrow, behind = line.text.partition("->")
    if "->" in behind:
        raise broken(path, line, "a line has one arrow at most")
    same = _sequences(path, line, before)
    wider = _sequences(path, line, behind) if arrow else []
    if not arrow and len(same) < 2:
        raise broken(path, line, "a group needs two words, divided by a comma")
    if len(set(same + wider)) < len(same + wider):
        raise broken(path, line, "two of these words are the same to the index")
    return same, wider


def _sequences(path: Path, line: Line, written: str) -> list[tuple[str, ...]]:
    found = [tuple(terms(part)) for part in written.split(",")]
    if not all(found):
        raise broken(path, line, "a word is missing, or only says what no search looks at")
    return found


SYNONYMS = read_synonyms(SYNONYMS_FILE)
