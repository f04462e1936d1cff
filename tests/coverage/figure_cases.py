"""Records and profiles to draw, and the recomputation that figures are held against."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from small_layouts import SMALL, layout, row, section

from cpi1540.coverage.figures import KINDS, Coverage, Figure, SectionFigures, coverage, tally
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.matrix.layout import SECTION_CODES, Aspect, Domain, Layout, Shape
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED

N_FIELDS = len(SMALL.fields)
CODE_NUMBERS = (UNREVIEWED, BLANK, INCOMPLETE, FOUND, NOT_APPLICABLE)
TWELVE = layout(section("op2", Shape.DOMAINS, row("op2", "manufacture"), row("op2", "finance")))

Codes = npt.NDArray[np.int8]

# Eighths add up exactly, so that laws can be asked for without a margin.
exact_weights = st.integers(0, 40).map(lambda n: n / 8)
# Products of four of these neither overflow nor vanish, as those of absurd weights would.
any_weights = st.just(0.0) | st.floats(0.001, 1000)


def profiles(weights: st.SearchStrategy[float]) -> st.SearchStrategy[Profile]:
    def some(names: Sequence[str]) -> st.SearchStrategy[dict[str, float]]:
        return st.dictionaries(st.sampled_from(names), weights)

    return st.builds(
        Profile,
        name=st.just("drawn"),
        version=st.just(1),
        min_reviewed=st.floats(0.01, 1),
        sections=some(SECTION_CODES),
        rows=some(["op1.npt", "op2.finance", "op3ab.itdb", "op3cd.transit", "op678.contact-point"]),
        domains=some(list(Domain)),
        aspects=some(list(Aspect)),
    )


narrowings = st.builds(
    Narrowing,
    st.sampled_from([None, *SECTION_CODES]),
    st.sampled_from([None, *Domain]),
    st.sampled_from([None, *Aspect]),
)
code_rows = st.lists(st.sampled_from(CODE_NUMBERS), min_size=N_FIELDS, max_size=N_FIELDS)
records = st.lists(code_rows, min_size=1, max_size=5).map(lambda rows: np.array(rows, np.int8))


def ask(
    codes: Codes,
    profile: Profile = EQUAL,
    narrowing: Narrowing = EVERYTHING,
    groups: Mapping[str, Sequence[str]] | None = None,
    printed: Layout = SMALL,
) -> Coverage:
    """The figures of States A, B, ..., one a row of ``codes``."""
    states = [chr(ord("A") + place) for place in range(len(codes))]
    return coverage([tally(states, codes, printed, profile, narrowing)], groups or {}, profile.min_reviewed)


def record(**sections: int) -> Codes:
    """One State's codes: a code for all fields of each section named, the rest not reviewed."""
    return np.array([[sections.get(field.section, UNREVIEWED) for field in SMALL.fields]], np.int8)


def twelve(*numbers: int) -> Codes:
    """One State's codes in a layout of twelve op2 fields, those left out not reviewed."""
    return np.array([[*numbers, *[UNREVIEWED] * (12 - len(numbers))]], np.int8)


def every_figure(found: Coverage) -> list[Figure]:
    answers: list[SectionFigures] = [*found.states.values(), *found.groups.values(), found.all]
    return [each for answer in answers for each in (answer.total, *answer.sections.values())]


def bounds(found: Figure) -> tuple[float | None, float | None, float | None]:
    return found.low, found.point, found.high


# An independent recomputation, field by field, with exact fractions


def by_hand(rows: list[list[int]], sections: Sequence[str], profile: Profile, narrowing: Narrowing) -> dict[str, Any]:
    kind_of = {FOUND: "X", INCOMPLETE: "?", NOT_APPLICABLE: "NA", BLANK: "blank", UNREVIEWED: "unreviewed"}
    counts = dict.fromkeys(KINDS, 0)
    sums = dict.fromkeys(KINDS, Fraction(0))
    founds = []
    for numbers in rows:
        own = dict.fromkeys(KINDS, 0)
        for field, number in zip(SMALL.fields, numbers, strict=True):
            if field.section not in sections or field.role != "counted":
                continue
            if narrowing.domain and field.domain != narrowing.domain:
                continue
            if narrowing.aspect and field.aspect != narrowing.aspect:
                continue
            weight = Fraction(profile.sections.get(field.section, 1))
            weight *= Fraction(profile.rows.get(f"{field.section}.{field.row}", 1))
            if field.domain and field.aspect:
                weight *= Fraction(profile.domains.get(field.domain, 1))
                weight *= Fraction(profile.aspects.get(field.aspect, 1))
            own[kind_of[number]] += 1
            sums[kind_of[number]] += weight
        for kind, n in own.items():
            counts[kind] += n
        if own["X"] + own["?"] + own["blank"]:
            founds.append(own["X"])
    reviewed = sums["X"] + sums["?"] + sums["blank"]
    applicable = reviewed + sums["unreviewed"]
    figures: dict[str, Any] = {"low": None, "point": None, "high": None}
    if reviewed:
        figures["low"] = sums["X"] / applicable
        figures["point"] = (sums["X"] + sums["?"] / 2) / reviewed
        figures["high"] = (sums["X"] + sums["?"] + sums["unreviewed"]) / applicable
    return {
        "fields": sum(counts.values()),
        "counts": counts,
        **figures,
        "reviewed_share": reviewed / applicable if applicable else None,
        "n_states": len(rows),
        "n_reviewed": len(founds),
        "mean_fields": Fraction(sum(founds), len(founds)) if founds else None,
    }


def agrees(found: Figure, expected: dict[str, Any]) -> None:
    for name, value in expected.items():
        got = getattr(found, name)
        if isinstance(value, Fraction):
            assert got is not None and math.isclose(got, value, rel_tol=1e-9, abs_tol=1e-12), name
        else:
            assert got == value, name
