"""Learn the weights of themes, kind, phase and reader from labelled documents, and measure them.

In: ``Labelled`` documents of which more was said than their goals; the kind of the document itself is
what a crawl makes of it, not what a judge said. Out: a ``Model`` for ``index.facets`` with its figures.
It is learned and measured as the goals are (``index.train``): by nested cross-validation in ten folds.

Few documents are about some themes, so what the words of ``data/themes.toml`` tell is learned once for
all themes together; what other terms tell of a theme is learned on top of that, and its limit is drawn
to the common one as far as its labels are few. What judges disagree on is learned by the share of them
that said it: on 3,787 documents that gives kinds a macro F1 of 0.763, and what is settled alone 0.753.
Of kind, phase and reader a document has one value, so the values are learned against each other
(``index.fitting``) and the heaviest is taken; what is rare counts more than once there. Cues of style
(``index.style``) count alike however common they are.

Beside each figure stands what a program without learning gives (``_plain``): for themes their words
alone, for kinds the crawler's guess, for phase and reader the commonest value. On 368 documents the
themes that were learned each by itself had a micro F1 of 0.60, with the common part alone 0.69, and
with both 0.76.

Tried on 676 labels and 616 of summaries of real pages, as macro F1 in the same folds, twice ten, where a
difference under 0.005 is chance. Kinds: as they were 0.706, now 0.772; that is without words of the title
0.765, without those of the address 0.765, without both 0.753, with 18 cues of style in place of 55 0.732,
with cues that count more the commoner they are 0.765, with a rare kind by the root of how rare it is 0.767,
without the crawler's guess 0.760. Against each other in place of apart gave 0.742 for 0.735 on the 676.
Themes: 0.771 with weights of terms kept ten times smaller, 0.800 now; the strongest other theme as a sign
added 0.015 to the first and nothing to the last. Limits for best F1 in place of precision 0.7 give the
same macro F1 within 0.005 and a precision of 0.65 for the worst theme.

Left out, as they add nothing or harm: first words of sentences, forms of numbers (0.707 for 0.723 on
fewer labels), words of the beginning and of the end, three words side by side, letters in threes and
fours, classes of words side by side, endings of words, the host of an address, length, how many lines
and sentences are short or ask, and for cues squares of differences and steps in place of straight
lines. The goals as signs of the kind would add 0.015 if they were known for certain, and would tie
these weights to those of a site; the kind as a sign of themes 0.01 if it were known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.facets import AXES, BESIDE, COLUMNS, ENTRIES, OF_THEME
from index.fitting import Rows, Shares, fit_each, fit_one_of
from index.goal_figures import Figures, Flags, compare
from index.labels import Labelled, Told
from index.model import OF_TERMS as SHOWN
from index.model import Curve, Model, Vector, blocks_of, rarity_of
from index.strengths import Strengths
from index.style import NAMES as CUES
from index.themes import THEMES
from index.train import (
    FOLDS,
    INNER_FOLDS,
    Matter,
    Picked,
    Trained,
    best_limit,
    by_terms,
    fit_curve,
    fit_odds,
    folds_of,
    read_matter,
)

PRECISE = 0.7
"""The share of right tags that the limit of a theme is set for."""
DRAWN = 10
"""Labels with which the limit of a theme is halfway between the common one and its own."""
ROOT = 0.75
LEAST_DOCUMENTS = {"w:": 3, "t:": 3, "l:": 3, "r:": 3, "b:": 5, "h:": 3, "u:": 3}
"""Documents that must have a term: more than for goals, as there are more values to keep weights of."""
OF_TERMS, FREEDOM = 20.0, 10.0
"""How large the weights of terms may be for a theme, beside what all themes have in common; and those
of all signs for the other facets."""
STYLE, LEAST_SPREAD = 0.175, 0.05
"""What a cue of style counts, when documents differ in it as much as in any other; and how much they
differ at least in one that few have."""
THEME_COLUMNS: Picked = np.flatnonzero([column.axis == "theme" for column in COLUMNS])
OTHER_COLUMNS: Picked = np.flatnonzero([column.axis != "theme" for column in COLUMNS])
OTHER_AXES: list[Picked] = [
    np.flatnonzero([column.axis == axis for column in COLUMNS]) for axis in AXES if axis != "theme"
]
SIGNS = len(THEMES) * len(OF_THEME)
"""How many of the signs beside are those of themes; they come first."""


def train_facets(
    labelled: Sequence[Labelled], day: date, *, tell: Callable[[str], None] = lambda _: None
) -> Trained:
    """Learn a model from all documents, and measure it on those it was learned without."""
    known = [(one.document, one.told) for one in labelled if one.told is not None]
    told = [one for _, one in known]
    labels = _flags(told)
    documents = [document for document, _ in known]
    shares = [_flags(one.told_by or [one.told]).mean(axis=0) for one in labelled if one.told]
    matter = read_matter(documents, labels, THEMES, BESIDE, LEAST_DOCUMENTS)
    matter = matter._replace(wanted=np.array(shares))
    views = _views(matter)
    everything = np.arange(len(known))
    tell(f"facets: {len(known)} documents, {len(matter.terms)} terms")
    tags = _cross_validate(matter, views)
    tell("facets: measured by cross-validation")
    curves = [
        *_theme_curves(matter, views, everything),
        *[Curve(0.0, 0.0, 1.0)] * len(OTHER_COLUMNS),
    ]
    weights, bias = _weights(matter, views, everything)
    numbers = tuple(column.number for column in COLUMNS)
    version = f"{day.isoformat()}-{len(known)}"
    rarity = rarity_of(len(known), matter.frequency)
    found = dict(zip(numbers, curves, strict=True))
    model = Model(numbers, matter.terms, rarity, weights, bias, found, version, BESIDE)
    frequency = {name: int(matter.frequency[number]) for name, number in matter.terms.items()}
    guessed = [document.kind for document, _ in known]
    report = _Report(version, day, told, matter, tags, curves, guessed)
    return Trained(model, frequency, report.text(), tags[None])


def _flags(told: Sequence[Told]) -> Flags:
    return np.array([[one.has(c.axis, c.value) for c in COLUMNS] for one in told], bool)


class _Views(NamedTuple):
    """The same documents in two ways: by their terms, and with the signs that are not of themes. ``scale``
    and ``scale_others`` tell what each column counts there, ``like`` and ``like_others`` how alike that
    makes them; and ``of_themes`` has the signs of each theme in each document."""

    scale: Vector
    scale_others: Vector
    like: Rows
    like_others: Rows
    of_themes: Rows


def _views(matter: Matter) -> _Views:
    strengths = matter.strengths
    scale = np.zeros(strengths.columns)
    # How a text is written tells nothing of its theme.
    scale[: strengths.terms] = blocks_of(matter.terms) < SHOWN
    others = _scale_of_others(matter)
    by_theme = strengths.beside[:, :SIGNS].reshape(len(strengths), len(THEMES), len(OF_THEME))
    return _Views(scale, others, strengths.likeness(scale), strengths.likeness(others), by_theme)


def _scale_of_others(matter: Matter) -> Vector:
    """What each term and sign counts for all but themes: a cue of style as much as another, however
    common it is; signs of themes nothing."""
    first, styles = matter.strengths.terms, matter.strengths.columns - len(CUES)
    scale = np.ones(matter.strengths.columns)
    scale[first : first + SIGNS] = 0.0
    spread = matter.strengths.beside[:, styles - first :].std(axis=0)
    scale[styles:] = STYLE / np.maximum(spread, LEAST_SPREAD)
    return scale


def _common(matter: Matter, views: _Views, learned: Picked) -> tuple[Vector, float]:
    """What the signs of a theme tell, learned over all themes together."""
    rows = views.of_themes[learned].reshape(-1, len(OF_THEME))
    wanted = matter.labels[np.ix_(learned, THEME_COLUMNS)].reshape(-1)
    signs = np.column_stack((rows, np.ones(len(rows))))
    found = fit_odds(signs, wanted, pull=1.0)
    return found[:-1], float(found[-1])


def _starts(matter: Matter, views: _Views, learned: Picked) -> NDArray[np.float64]:
    """What is known of each document and theme before its other terms are looked at."""
    common, start = _common(matter, views, learned)
    found: NDArray[np.float64] = views.of_themes @ common + start
    return found


def _theme_shares(matter: Matter, views: _Views, learned: Picked, starts: Rows) -> Shares:
    """What terms tell of themes on top of what is known."""
    like = views.like[np.ix_(learned, learned)]
    wanted = matter.wanted[np.ix_(learned, THEME_COLUMNS)]
    return fit_each(like, wanted, starts[learned], OF_TERMS)


def _theme_values(matter: Matter, views: _Views, learned: Picked, asked: Picked) -> Rows:
    """Values of themes for documents, by what others taught."""
    starts = _starts(matter, views, learned)
    shares, bias = _theme_shares(matter, views, learned, starts)
    found: Rows = views.like[np.ix_(asked, learned)] @ shares + bias + starts[asked]
    return found


def _theme_curves(matter: Matter, views: _Views, picked: Picked) -> list[Curve]:
    """Limits of themes, and one curve for all, on values of documents that were not learned from."""
    values = np.zeros((len(picked), len(THEME_COLUMNS)))
    place = {document: at for at, document in enumerate(picked.tolist())}
    for fold in folds_of(matter, picked, INNER_FOLDS, seed=100):
        learned = np.setdiff1d(picked, fold)
        rows = [place[document] for document in fold.tolist()]
        values[rows] = _theme_values(matter, views, learned, fold)
    labels = matter.labels[np.ix_(picked, THEME_COLUMNS)]
    common = best_limit(values.ravel(), labels.ravel(), PRECISE)
    curve = fit_curve(values.ravel(), labels.ravel())
    limits = []
    for at, given in enumerate(labels.sum(axis=0).tolist()):
        trust = given / (given + DRAWN)
        own = best_limit(values[:, at], labels[:, at], PRECISE) if given else common
        limits.append(trust * own + (1 - trust) * common)
    return [Curve(limit, *curve) for limit in limits]


def _counts(labels: Flags) -> Vector:
    """How often each document counts: one with a rare value more than once."""
    given = labels.sum(axis=0)
    rare = (labels.shape[0] / (labels.shape[1] * np.maximum(1, given))) ** ROOT
    found: Vector = rare[labels.argmax(axis=1)]
    return found


def _other_shares(matter: Matter, views: _Views, columns: Picked, learned: Picked) -> Shares:
    """What documents teach of a facet of which each has one value."""
    wanted = matter.wanted[np.ix_(learned, columns)]
    labels = matter.labels[np.ix_(learned, columns)]
    like = views.like_others[np.ix_(learned, learned)]
    return fit_one_of(like, wanted, _counts(labels), FREEDOM)


def _other_values(matter: Matter, views: _Views, learned: Picked, asked: Picked) -> Rows:
    """Values of the other facets for documents, by what others taught."""
    found = []
    for columns in OTHER_AXES:
        shares, bias = _other_shares(matter, views, columns, learned)
        found.append(views.like_others[np.ix_(asked, learned)] @ shares + bias)
    return np.hstack(found)


def _cross_validate(matter: Matter, views: _Views) -> Flags:
    """Judge every document by what was learned without it."""
    tags = np.zeros(matter.labels.shape, bool)
    everything, served = np.arange(len(matter.labels)), matter.served
    for fold in folds_of(matter, everything, FOLDS, seed=0):
        learned = np.setdiff1d(everything, fold)
        limits = [curve.limit for curve in _theme_curves(matter, views, learned)]
        themes = _theme_values(matter, views, learned, fold)
        tags[np.ix_(fold, THEME_COLUMNS)] = (themes >= limits) & served[fold, None]
        others = _other_values(matter, views, learned, fold)
        tags[np.ix_(fold, OTHER_COLUMNS)] = _heaviest(others)
    return tags


def _heaviest(values: Rows) -> Flags:
    """For each facet the value with most weight."""
    tags = np.zeros(values.shape, bool)
    for axis in OTHER_AXES:
        columns = axis - OTHER_COLUMNS[0]
        best = columns[np.argmax(values[:, columns], axis=1)]
        tags[np.arange(len(values)), best] = True
    return tags


def _weights(matter: Matter, views: _Views, picked: Picked) -> tuple[Rows, Vector]:
    """Weights of all terms and signs for each value, and where each begins."""
    strengths = matter.strengths
    weights = np.zeros((strengths.columns, len(COLUMNS)))
    bias = np.zeros(len(COLUMNS))
    common, start = _common(matter, views, picked)
    themes = _theme_shares(matter, views, picked, views.of_themes @ common + start)
    weights[:, THEME_COLUMNS] = _weighed(strengths, themes.shares, picked, views.scale)
    bias[THEME_COLUMNS] = themes.bias + start
    for place, at in enumerate(THEME_COLUMNS):
        rows = strengths.terms + place * len(OF_THEME)
        weights[rows : rows + len(OF_THEME), at] = common
    for columns in OTHER_AXES:
        others = _other_shares(matter, views, columns, picked)
        weights[:, columns] = _weighed(strengths, others.shares, picked, views.scale_others)
        bias[columns] = others.bias
    return weights, bias


def _weighed(strengths: Strengths, shares: Rows, picked: Picked, scale: Vector) -> Rows:
    """What columns weigh that counted by a scale when shares were learned."""
    found: Rows = strengths.weigh(shares, picked) * (scale * scale)[:, None]
    return found


@dataclass(frozen=True)
class _Report:
    """What there is to tell of the facets."""

    version: str
    day: date
    told: Sequence[Told]
    matter: Matter
    tags: Flags
    curves: Sequence[Curve]
    guessed: Sequence[str]

    def text(self) -> str:
        """All of it as TOML."""
        lines = [
            *_COMMENT,
            "",
            f'version = "{self.version}"',
            f"measured_on = {self.day.isoformat()}",
            f"documents = {len(self.told)}",
        ]
        plain = self._plain()
        for axis in AXES:
            lines += ["", f"[{axis}]", *self._of_axis(axis, self.tags, "")]
            lines += self._of_axis(axis, plain, "_plain")
        for at, column in enumerate(COLUMNS):
            lines += self._of_column(at, column.number, column.axis, column.value, plain)
        return "\n".join([*lines, ""])

    def _of_axis(self, axis: str, tags: Flags, name: str) -> list[str]:
        """Figures of one facet: the mean F1 of the values that any document has, the F1 of all
        decisions together, and how many documents have all of it right."""
        columns = [at for at, column in enumerate(COLUMNS) if column.axis == axis]
        mine = [self._figures(at, tags) for at in columns if self.matter.labels[:, at].any()]
        together = compare(tags[:, columns], self.matter.labels[:, columns])
        right = (tags[:, columns] == self.matter.labels[:, columns]).all(axis=1)
        return [
            f"macro_f1{name} = {sum(one.f1 for one in mine) / len(mine):.3f}",
            f"micro_f1{name} = {together.f1:.3f}",
            f"right{name} = {float(right.mean()):.3f}",
        ]

    def _figures(self, at: int, tags: Flags) -> Figures:
        return compare(tags[:, at], self.matter.labels[:, at])

    def _of_column(self, at: int, number: int, axis: str, value: str, plain: Flags) -> list[str]:
        one, curve = self._figures(at, self.tags), self.curves[at]
        return [
            "",
            f"[[{ENTRIES}]]",
            f"number = {number}",
            f'facet = "{axis}"',
            f'value = "{value}"',
            f"limit = {curve.limit:.4f}",
            f"intercept = {curve.intercept:.4f}",
            f"slope = {curve.slope:.4f}",
            f"labels = {int(self.matter.labels[:, at].sum())}",
            f"precision = {one.precision:.3f}",
            f"recall = {one.recall:.3f}",
            f"f1 = {one.f1:.3f}",
            f"f1_plain = {self._figures(at, plain).f1:.3f}",
        ]

    def _plain(self) -> Flags:
        """What is given without learning."""
        tags = np.zeros(self.matter.labels.shape, bool)
        terms_alone = by_terms(self.matter, THEMES)
        for at, column in enumerate(COLUMNS):
            if column.axis == "theme":
                tags[:, at] = terms_alone[:, at]
            elif column.axis == "kind":
                tags[:, at] = [guess == column.value for guess in self.guessed]
            else:
                tags[:, at] = column.value == self._commonest(column.axis)
        return tags

    def _commonest(self, axis: str) -> str:
        counts = self.matter.labels.sum(axis=0)
        places = [at for at, column in enumerate(COLUMNS) if column.axis == axis]
        return COLUMNS[max(places, key=lambda at: int(counts[at]))].value


_COMMENT = (
    "# Written by `kennisbank train-facets`; not edited by hand. Figures are those of nested",
    "# cross-validation (index/train_facets.py); `_plain` are those without learning. An empty value is",
    "# none. `right` is the share of documents of which all of a facet was found and nothing else.",
)
