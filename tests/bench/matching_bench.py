"""Matching and the plan: all pairs, explanations, the program of ten thousand needs, and offers planted to be found."""

import datetime
import itertools
import time
from collections.abc import Callable

import numpy as np
from flask import Flask
from scipy.optimize import linprog
from scipy.sparse import csc_array

from cpi1540.assistance.matching.ranking import Matching
from cpi1540.assistance.matching.sides import Asked, Ground, tree_of
from cpi1540.assistance.matching.weights import OFFICE
from cpi1540.assistance.offers.offer import Capacity, Offer
from cpi1540.assistance.planning.packing import Capacities, pack
from cpi1540.assistance.planning.plan import OpenNeed, OpenOffer, Pair, Planning, make_plan
from cpi1540.assistance.requests.request import Kind, Priority
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.service import layouts
from tests.bench.measuring import Measured, ratio

ON = datetime.date(2026, 11, 24)
NEEDS, OFFERS = 1_000, 300
PLAN_NEEDS, PLAN_OFFERS, EACH = 10_000, 2_000, 20
UNSPOKEN = 20
KINDS = [kind for kind in Kind if kind is not Kind.NOT_RECORDED]
GROUPS = ("african", "asia-pacific", "eastern-european", "grulac", "weog")


class Drawn:
    """Needs and offers drawn over the whole matrix, with a fixed seed. Each planted offer is made for one need.

    The noise: a planted offer covers three quarters of the need's fields and in half of the cases a row of its own,
    gives another kind as well, begins up to three months later, adds a language, and in one case of ``UNSPOKEN``
    speaks none of the need's.
    """

    def __init__(self, layout: Layout, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.rows: list[list[str]] = [
            [field.key for field in fields]
            for _row, fields in itertools.groupby(layout.fields, lambda field: (field.section, field.row))
        ]

    def fields(self, rows: int) -> tuple[str, ...]:
        """Fields of so many rows, most of each."""
        found: list[str] = []
        for row in self.chance.choice(len(self.rows), rows, replace=False):
            keys = self.rows[row]
            found += [keys[place] for place in self.chance.choice(len(keys), max(1, len(keys) * 2 // 3), replace=False)]
        return tuple(found)

    def need(self, number: int) -> Asked:
        """A need of one State for one or two rows."""
        state = f"S{int(self.chance.integers(193)):03}"
        fields = self.fields(int(self.chance.integers(1, 3)))
        return Asked(
            f"R-2026-{number:04}/1",
            f"R-2026-{number:04}",
            KINDS[int(self.chance.integers(len(KINDS)))],
            fields,
            {state: frozenset({GROUPS[int(state[1:]) % 5]})},
            tuple(self.chance.choice(CODES, int(self.chance.integers(1, 3)), replace=False).tolist()),
            list(Priority)[int(self.chance.integers(3))],
            {field: float(self.chance.random()) for field in fields},
        )

    def offer(self, number: int) -> Offer:
        """An offer for two to five rows, one in three for two groups only."""
        groups = frozenset(self.chance.choice(GROUPS, 2, replace=False).tolist())
        return self._offer(
            number,
            frozenset(KINDS[place] for place in self.chance.choice(len(KINDS), 3, replace=False)),
            self.fields(int(self.chance.integers(2, 6))),
            groups if self.chance.random() < 1 / 3 else frozenset(),
            tuple(self.chance.choice(CODES, 2, replace=False).tolist()),
        )

    def planted(self, number: int, need: Asked) -> Offer:
        """An offer made for the need, with noise in theme, kinds, language and timing."""
        kept = max(1, round(len(need.fields) * 0.75))
        fields = [need.fields[place] for place in self.chance.choice(len(need.fields), kept, replace=False)]
        own = need.languages if self.chance.random() > 1 / UNSPOKEN else ()
        languages = {*own, *self.chance.choice(CODES, 1).tolist()}
        kinds = {need.kind, KINDS[int(self.chance.integers(len(KINDS)))]}
        extra = self.fields(1) if self.chance.random() < 0.5 else ()
        return self._offer(number, frozenset(kinds), (*dict.fromkeys((*fields, *extra)),), frozenset(), (*languages,))

    def _offer(
        self,
        number: int,
        kinds: frozenset[Kind],
        fields: tuple[str, ...],
        eligible: frozenset[str],
        languages: tuple[str, ...],
    ) -> Offer:
        return Offer(
            f"O-{number}",
            f"P-{number % 45}",
            "A programme",
            kinds,
            fields,
            eligible=eligible,
            languages=tuple(sorted(languages)),
            capacity=Capacity(int(self.chance.integers(1, 12))),
            lead_days=int(self.chance.integers(0, 90)),
            last_confirmed=ON,
        )


def measure(app: Flask) -> list[Measured]:
    with app.app_context():
        layout = layouts.layout()
    return [*_pairs(layout), *_planted(layout), *_plan()]


def _pairs(layout: Layout) -> list[Measured]:
    drawn, ground = Drawn(layout, 1540), Ground(ON, layout)
    needs = [drawn.need(number) for number in range(1, NEEDS + 1)]
    offers = [drawn.offer(number) for number in range(1, OFFERS + 1)]
    bare = _bare(Matching(needs, offers, ground))

    def ours() -> object:
        matching = Matching(needs, offers, ground)
        return matching.scores, matching.fits

    found, _ours, floor = ratio(ours, bare, 9)
    start = time.perf_counter()
    Matching(needs, offers, ground).explanations()
    taken = time.perf_counter() - start
    what = f"{NEEDS} needs x {OFFERS} offers"
    return [
        Measured(f"all pairs of {what}, from values to scores", found, f"{floor:.0f} ms in bare numpy", 2.0),
        Measured(f"explanations for {what}, s", taken, "20 best and 10 near misses of each need", 2.0),
    ]


def _bare(matching: Matching) -> Callable[[], object]:
    """The same arithmetic on arrays made ready beforehand: products, comparisons, divisions, the weighted sum."""
    sides, of = matching.sides, OFFICE.of
    trees = [tree_of(sides.ground.layout.fields, level) for level in ("row", "section", "domain")]
    named, offered = sides.nodes
    ours, theirs = sides.languages
    tokens, _places = sides.tokens
    names = tokens[: len(sides.offers)].copy()
    names = np.resize(names, (len(sides.offers), tokens.shape[1]))
    known, patience = (sides.gaps > 0).astype(float), np.full((len(sides.needs), 1), 365.0)
    ready = {name: matching.values[name] for name in ("capacity", "completeness", "track-record")}

    def run() -> object:
        for tree in trees:
            _rows = (sides.asked @ tree) > 0, (sides.covered @ tree) > 0
        weight, count = sides.gaps @ sides.covered.T, known @ sides.covered.T
        near, meant, barred = ((tokens @ names.T) > 0 for _each in range(3))
        values = {
            "theme": named @ offered.T,
            "kind": sides.kinds_asked @ sides.kinds_offered.T,
            "language": ((ours @ theirs.T) > 0).astype(float),
            "past-work": sides.asking @ np.where(near, 1.0, np.where(meant, 0.75, 0.25)),
            "timing": np.clip(1.0 - sides.waits[None, :] / patience, 0.0, 1.0),
            "gap-weight": np.divide(weight, count, out=np.full(weight.shape, 0.5), where=count > 0),
            **ready,
        }
        total = np.zeros_like(weight)
        for name, value in values.items():
            total += of[name] * value
        fits = ((sides.asked @ sides.covered.T) > 0) & ((sides.kinds_asked @ sides.kinds_offered.T) > 0)
        fits &= ((sides.asking @ barred.astype(float)) == 0) & ((sides.asking @ meant.astype(float)) == 0)
        return total, fits

    return run


def _planted(layout: Layout) -> list[Measured]:
    first = fifth = whole = 0
    for seed in range(5):
        drawn = Drawn(layout, seed)
        needs = [drawn.need(number) for number in range(1, 201)]
        offers = [drawn.offer(number) for number in range(1, 101)]
        planted = [drawn.planted(100 + number, need) for number, need in enumerate(needs, 1)]
        order = drawn.chance.permutation(len(needs) + 100)  # so that no number tells which were planted
        every = [*offers, *planted]
        renamed = {one.id: int(place) + 1 for one, place in zip(every, order, strict=True)}
        matching = Matching(needs, [_renamed(one, renamed[one.id]) for one in every], Ground(ON, layout))
        wanted = {need.id: f"O-{renamed[one.id]}" for need, one in zip(needs, planted, strict=True)}
        for told in matching.explanations():
            ids = [candidate.offer for candidate in told.candidates[:5]]
            first += ids[:1] == [wanted[told.need]]
            fifth += wanted[told.need] in ids
            whole += 1
    note = f"of {whole} needs, each with 300 offers"
    return [
        Measured("planted offer not first, %", 100 * (1 - first / whole), note, 10.0),
        Measured("planted offer not in the first five, %", 100 * (1 - fifth / whole), note, 1.0),
    ]


def _renamed(offer: Offer, number: int) -> Offer:
    return Offer(f"O-{number}", *(getattr(offer, name) for name in Offer.__slots__[1:]))


def _plan() -> list[Measured]:
    chance = np.random.default_rng(7)
    needs = tuple(OpenNeed(f"R-{n // 3}/{n % 3 + 1}", f"R-{n // 3}") for n in range(PLAN_NEEDS))
    offers = tuple(OpenOffer(f"O-{n}", f"P-{n % 45}", int(chance.integers(1, 9))) for n in range(PLAN_OFFERS))
    chosen = [chance.choice(PLAN_OFFERS, EACH, replace=False) for _need in needs]
    pairs = tuple(
        Pair(need.id, offers[place].id, float(score))
        for need, places in zip(needs, chosen, strict=True)
        for place, score in zip(places, chance.random(EACH), strict=True)
    )
    planning = Planning(needs, offers, pairs)
    columns = np.arange(len(pairs))
    of_need, of_offer = np.repeat(np.arange(PLAN_NEEDS), EACH), np.concatenate(chosen)
    rows = np.concatenate([of_need, PLAN_NEEDS + of_offer])
    uses = csc_array((np.ones(2 * len(pairs)), (rows, np.concatenate([columns, columns]))))
    limits = np.concatenate([np.ones(PLAN_NEEDS), [float(one.places or 0) for one in offers]])
    values = np.array([pair.score for pair in pairs])
    capacities = Capacities(uses, limits, of_offer.astype(np.intp), np.ones(PLAN_OFFERS, np.intp))
    totals: list[float] = []

    def bare() -> object:
        solved = linprog(-values, A_ub=uses, b_ub=limits, bounds=(0.0, 1.0), method="highs-ds")
        totals.append(float(-solved.fun))
        return solved

    found, _ours, floor = ratio(lambda: pack(values, capacities), bare, 3)
    start = time.perf_counter()
    plan = make_plan(planning)
    taken = time.perf_counter() - start
    what = f"{PLAN_NEEDS} needs x {PLAN_OFFERS} offers, {EACH} candidates each"
    return [
        Measured(f"plan of {what}, on arrays", found, f"{floor:.0f} ms bare linprog", 1.5),
        Measured("the same plan from values to values", taken * 1000 / floor, f"{taken * 1000:.0f} ms", 2.0),
        Measured("its distance from the optimum, of a million", abs(plan.total / totals[0] - 1) * 1e6, "", 0.01),
    ]
