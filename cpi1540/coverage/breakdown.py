"""A figure taken apart: by section, weapon domain, aspect and row, each with what it is made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cpi1540.coverage.figures import KINDS, Figure, figure, tally_under
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import HEADLINE, Narrowing, masks
from cpi1540.matrix.layout import HEADLINE_SECTIONS, Aspect, Domain, Layout

KINDS_OF_PART = ("section", "domain", "aspect", "row")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a figure: the fields of one section ("op2"), domain ("nw"), aspect or row ("op2.finance")."""

    kind: str
    code: str


WHOLE = Part("whole", HEADLINE)


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure with the summed weights (by ``KINDS``) that its three numbers are made of."""

    figure: Figure
    weights: Mapping[str, float]

    @property
    def reviewed(self) -> float:
        """The weight of the fields reviewed and applicable: what the point divides by."""
        return self.weights["X"] + self.weights["?"] + self.weights["blank"]

    @property
    def applicable(self) -> float:
        """A: the weight of the fields that are not NA."""
        return self.reviewed + self.weights["unreviewed"]


@dataclass(frozen=True, slots=True)
class Block:
    """The codes of some States in one layout: int8, States x fields."""

    states: tuple[str, ...]
    codes: npt.NDArray[np.int8]
    layout: Layout


def layouts_of(blocks: Iterable[Block]) -> tuple[Layout, ...]:
    """The layouts in use, each once, in the order of ``blocks``."""
    return tuple({block.layout.code: block.layout for block in blocks}.values())


def parts(layouts: Iterable[Layout], narrowing: Narrowing) -> tuple[Part, ...]:
    """The parts of the figure asked for, in printed order; rows only where it is about one section or some rows.

    Sections that are never inside a total stand among the sections all the same: they are figures of their own.
    """
    found: dict[Part, None] = {}
    for layout in layouts:
        chosen = masks(layout, narrowing)
        for section, mask in chosen.items():
            if section != HEADLINE and mask.any():
                found[Part("section", section)] = None
        asked = [field for field, inside in zip(layout.fields, chosen[HEADLINE], strict=True) if inside]
        for domain in Domain:
            if any(field.domain is domain for field in asked):
                found[Part("domain", domain.value)] = None
        for aspect in Aspect:
            if any(field.aspect is aspect for field in asked):
                found[Part("aspect", aspect.value)] = None
        if narrowing.section is not None or narrowing.rows is not None:
            found.update({Part("row", f"{field.section}.{field.row}"): None for field in asked})
    return tuple(sorted(found, key=lambda part: KINDS_OF_PART.index(part.kind)))


def explained(
    blocks: Sequence[Block],
    asked: Sequence[Part],
    narrowing: Narrowing,
    profile: Profile,
    groups: Mapping[str, Sequence[str]],
) -> Mapping[str, Mapping[Part, Explained]]:
    """Group name -> part -> its figure; ``WHOLE`` is the figure itself. Every State of a group is in a block.

    ``blocks`` (one at least) may be of different layouts; a part that a layout does not have counts no field of it.
    """
    wanted = (WHOLE, *asked)
    tallies = [
        tally_under(
            block.states,
            block.codes,
            block.layout,
            profile,
            _masks(block.layout, wanted, narrowing),
        )
        for block in blocks
    ]
    row = {state: place for place, state in enumerate(state for each in tallies for state in each.states)}
    counts = np.concatenate([each.counts for each in tallies])
    weights = np.concatenate([each.weights for each in tallies])

    def over(rows: Sequence[int], place: int) -> Explained:
        summed = weights[rows, place].sum(axis=0).tolist()
        return Explained(
            figure(counts[rows, place], weights[rows, place], profile.min_reviewed),
            dict(zip(KINDS, summed, strict=True)),
        )

    return {
        name: {part: over([row[state] for state in members], place) for place, part in enumerate(wanted)}
        for name, members in groups.items()
    }


def _masks(layout: Layout, wanted: Sequence[Part], narrowing: Narrowing) -> dict[str, npt.NDArray[np.bool_]]:
    chosen = masks(layout, narrowing)
    inside = chosen[HEADLINE]
    codes: Mapping[str, Sequence[object]] = {
        "section": [field.section for field in layout.fields],
        "domain": [field.domain for field in layout.fields],
        "aspect": [field.aspect for field in layout.fields],
        "row": [f"{field.section}.{field.row}" for field in layout.fields],
    }
    found = {}
    for part in wanted:
        if part == WHOLE:
            mask = inside
        elif part.kind == "section" and part.code not in HEADLINE_SECTIONS:
            mask = chosen[part.code]
        else:
            mask = inside & np.array([code == part.code for code in codes[part.kind]], dtype=np.bool_)
        found[f"{part.kind}:{part.code}"] = mask
    return found
