"""How far an invented matrix has been reviewed, and what its reviewers found."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.laws import Finding
from cpi1540.matrix.layout import HEADLINE_SECTIONS, Aspect, Domain, Layout, Role, field_key
from cpi1540.matrix.record import Code

# Rows of OP 3 (a) (b), nuclear weapons, that do not apply to a State without a nuclear facility.
NUCLEAR_FACILITY_ROWS = ("account-production", "account-use", "secure-production", "secure-use")
# How often penalties stand in a field whose framework is not recorded as found.
STRAYS = 0.08
# How often what serves a whole row does not quite serve one field of it.
DOUBTS = 0.055
NEAR = 0.005


@dataclass(frozen=True, slots=True)
class Reading:
    """What one State's reviewers work by.

    ``order`` are the counted fields of OP 2 and OP 3 in the order in which they are looked at; ``strays`` the
    enforcement fields that keep an X without one under framework; ``doubts`` those where an X is incomplete.
    """

    order: tuple[str, ...]
    not_applicable: frozenset[str]
    strays: frozenset[str]
    doubts: frozenset[str]

    def without_doubts(self, every: int) -> "Reading":
        """The same with each ``every``-th doubt cleared up."""
        left = (key for place, key in enumerate(self.order_of(self.doubts)) if place % every)
        return dataclasses.replace(self, doubts=frozenset(left))

    def order_of(self, keys: Collection[str]) -> list[str]:
        """Those of ``keys`` that are in the order of review, in it."""
        return [key for key in self.order if key in keys]


def reading(has_nuclear_facility: bool, layout: Layout, findings: Sequence[Finding], draws: Draws) -> Reading:
    """Draw the order of review: by row, sooner where a law speaks of the row, framework before enforcement."""
    served = {key for finding in findings for key in finding.fields}
    rows: dict[tuple[str, str], float] = {}
    fields: dict[str, float] = {}
    strays, doubts = set(), set()
    for field in layout.fields:
        if field.section not in HEADLINE_SECTIONS or field.role is not Role.COUNTED:
            continue
        of_row = rows.setdefault((field.section, field.row), draws.share())
        late, stray = draws.share(), draws.happens(STRAYS)
        if draws.happens(DOUBTS):
            doubts.add(field.key)
        if field.aspect is Aspect.ENFORCEMENT:
            framework = field_key(field.section, field.row, field.domain, Aspect.FRAMEWORK)
            fields[field.key] = fields[framework] + 0.1 * late
            if stray:
                strays.add(field.key)
        else:
            fields[field.key] = 0.65 * of_row + 0.2 * late + (0.0 if field.key in served else 0.2)
    without = set() if has_nuclear_facility else _facility_fields(layout)
    order = tuple(sorted(fields, key=lambda key: (fields[key], key)))
    return Reading(order, frozenset(without), frozenset(strays), frozenset(doubts))


def _facility_fields(layout: Layout) -> set[str]:
    keys = {field_key("op3ab", row, Domain.NW, aspect) for row in NUCLEAR_FACILITY_ROWS for aspect in Aspect}
    return keys & set(layout.positions)


def reviewed(order: Reading, share: float) -> tuple[str, ...]:
    """The fields that are looked at first, ``share`` (0..1) of them."""
    return order.order[: round(share * len(order.order))]


def standing(findings: Sequence[Finding], year: int) -> dict[str, list[Finding]]:
    """Field key -> the findings that a version of ``year`` can record there, an X before a ?."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.since < year <= finding.until:
            for key in finding.fields:
                found.setdefault(key, []).append(finding)
    for hits in found.values():
        hits.sort(key=lambda finding: (finding.code is not Code.FOUND, finding.measure is None))
    return found


def codes(
    order: Reading, keys: Collection[str], hits: Mapping[str, Sequence[Finding]], layout: Layout
) -> dict[str, Code]:
    """The code of each reviewed field in ``keys``: penalties are found where a prohibition is, else incomplete."""
    found = {}
    for key in keys:
        code = hits[key][0].code if key in hits else Code.BLANK
        found[key] = Code.INCOMPLETE if code is Code.FOUND and key in order.doubts else code
        if key in order.not_applicable:
            found[key] = Code.NOT_APPLICABLE
    for key, code in found.items():
        field = layout.field(key)
        if code is Code.FOUND and field.aspect is Aspect.ENFORCEMENT and key not in order.strays:
            framework = field_key(field.section, field.row, field.domain, Aspect.FRAMEWORK)
            if found.get(framework) is not Code.FOUND:
                found[key] = Code.INCOMPLETE
    return found


def point(found: Mapping[str, Code]) -> float:
    """The coverage point of reviewed fields (see ``coverage.figures``); 0 when none is applicable."""
    full = sum(code is Code.FOUND for code in found.values())
    half = sum(code is Code.INCOMPLETE for code in found.values())
    applicable = sum(code is not Code.NOT_APPLICABLE for code in found.values())
    return (full + half / 2) / applicable if applicable else 0.0


def level(
    order: Reading,
    findings: Sequence[Finding],
    layout: Layout,
    aim: tuple[float, float, int],
    draws: Draws,
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Bring the findings to the point aimed at: (point, reviewed share, year); returns (those left, those dropped).

    Whole clauses are dropped or become incomplete, or whole rows are asserted, so that fields go on moving together.
    """
    target, share, year = aim
    keys = reviewed(order, share)
    kept: dict[int, Finding] = dict(enumerate(findings))
    dropped: list[Finding] = []

    def here() -> float:
        return point(codes(order, keys, standing(list(kept.values()), year), layout))

    for place in draws.shuffled(list(kept)):
        if here() <= target + NEAR:
            break
        vague = draws.happens(0.4)
        # Penalties go with the clause they punish.
        for gone in [place, *(other for other, each in kept.items() if each.framework == place)]:
            if gone not in kept:
                continue
            finding = dataclasses.replace(kept[gone], framework=None)
            dropped.append(finding)
            if vague:
                kept[gone] = dataclasses.replace(finding, code=Code.INCOMPLETE)
            else:
                del kept[gone]
    rows = [row for row in layout.rows.values() if row.section in HEADLINE_SECTIONS and row.role is Role.COUNTED]
    for row in draws.shuffled(rows):
        if here() >= target - NEAR:
            break
        since, penalised = year - draws.between(1, 12), draws.happens(0.45)
        for aspect in Aspect if penalised else (Aspect.FRAMEWORK,):
            fields = _row_fields(layout, row.section, row.key, aspect)
            kept[max(kept, default=0) + 1] = reported(fields, since, Code.FOUND)
    return tuple(dataclasses.replace(each, framework=None) for each in kept.values()), tuple(dropped)


def reported(fields: tuple[str, ...], since: int, code: Code) -> Finding:
    """What a State says in its report without naming a law."""
    return Finding(None, "", fields, code, since, 9999, 9999)


def hearsay(layout: Layout, years: tuple[int, int], draws: Draws) -> list[Finding]:
    """A few rows of which the State's reports speak, fully or in part, without naming a law."""
    found = []
    for row in layout.rows.values():
        if row.section not in HEADLINE_SECTIONS or row.role is not Role.COUNTED:
            continue
        drawn, since = draws.share(), draws.between(*years)
        code = Code.FOUND if drawn < 0.08 else Code.INCOMPLETE
        if drawn < 0.22:
            found.append(reported(_row_fields(layout, row.section, row.key, Aspect.FRAMEWORK), since, code))
    return found


def _row_fields(layout: Layout, section: str, row: str, aspect: Aspect) -> tuple[str, ...]:
    keys = (field_key(section, row, domain, aspect) for domain in Domain)
    return tuple(key for key in keys if key in layout.positions)
