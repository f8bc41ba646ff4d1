"""Which weights give the goals: those that come with the program, or some that were learned here.

In: the folder of an installation for weights that it learned of its own labels. Out: the classifier in
use, and for each set of weights the report that was made when it was learned. A set is a folder that
never changes, numbered in the order of learning; the file ``chosen`` names the one in use, and without
it that are the shipped ones. Weights that this version of the program cannot read are not used: the
shipped ones take their place, and ``problem`` tells so.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog

from index.classify import Classifier, house_classifier
from index.facets import read_facet_model
from index.model import HOUSE, read_model
from index.train import Trained
from index.wordlists import WordListError
from library.settings import Settings

SHIPPED = ""
"""The name of the weights that come with the program."""
MOST_KEPT = 5
"""Sets of weights that stay, of some 2 MB each: enough for a way back over a year."""
CHOSEN_FILE, REPORT_FILE = "chosen", "report.json"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class InUse:
    """The classifier that gives the goals, the name of its weights, and why those are not the chosen."""

    name: str
    classifier: Classifier
    problem: str = ""


class GoalModels:
    """The weights of one installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, settings: Settings) -> "GoalModels":
        """Those of the installation with these settings."""
        return cls(settings.home / "goals")

    def names(self) -> tuple[str, ...]:
        """What was learned here, the newest first."""
        found = self._folder.glob("[0-9]*") if self._folder.is_dir() else ()
        return tuple(sorted((path.name for path in found), reverse=True))

    def chosen(self) -> str:
        """The name of the weights that somebody chose."""
        try:
            return (self._folder / CHOSEN_FILE).read_text("ascii").strip()
        except FileNotFoundError:
            return SHIPPED

    def folder_of(self, name: str) -> Path:
        """Where weights are."""
        return HOUSE if name == SHIPPED else self._folder / name

    def in_use(self) -> InUse:
        """The classifier of the chosen weights, or of the shipped ones where those cannot be read."""
        name = self.chosen()
        try:
            return InUse(name, _classifier(self.folder_of(name)))
        except WordListError as error:
            _log.warning("weights of goals cannot be used", name=name, error=str(error))
            return InUse(SHIPPED, house_classifier(), str(error))

    def add(self, trained: Trained, report: Mapping[str, Any]) -> str:
        """Keep weights with their report; they are not in use yet. The oldest go."""
        name = f"{max((int(known) for known in self.names()), default=0) + 1:04d}"
        new = self._folder / "new"
        shutil.rmtree(new, ignore_errors=True)
        trained.write(new)
        (new / REPORT_FILE).write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
        new.rename(self._folder / name)
        for old in self.names()[MOST_KEPT:]:
            if old != self.chosen():
                shutil.rmtree(self._folder / old)
        return name

    def report(self, name: str) -> dict[str, Any]:
        """What was told when weights were learned; nothing is known of the shipped ones."""
        if name == SHIPPED:
            return {}
        found: dict[str, Any] = json.loads((self._folder / name / REPORT_FILE).read_text("utf-8"))
        return found

    def choose(self, name: str) -> None:
        """Use these weights from now on; documents get their tags with the next build of the index."""
        self._folder.mkdir(parents=True, exist_ok=True)
        new = self._folder / f"{CHOSEN_FILE}.new"
        with new.open("w", encoding="ascii") as file:
            file.write(f"{name}\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._folder / CHOSEN_FILE)


@lru_cache(maxsize=2)
def _classifier(folder: Path) -> Classifier:
    """Two of them: while documents are judged by new weights, the old ones are asked as well."""
    return (
        house_classifier()
        if folder == HOUSE
        else Classifier(read_model(folder), facets=read_facet_model())
    )
