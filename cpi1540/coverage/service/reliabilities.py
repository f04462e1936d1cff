"""What a figure's fields rest on, from the record."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from cpi1540.coverage.reliability import Reliability, reliability
from cpi1540.coverage.scope import HEADLINE, Narrowing, masks
from cpi1540.matrix.record import Basis, Version
from cpi1540.matrix.service import evidence, layouts


def reliabilities(
    chosen: Mapping[str, Version], narrowing: Narrowing, groups: Mapping[str, Sequence[str]]
) -> dict[str, Reliability]:
    """Name -> the reliability of the figure over these States: over the fields of the headline of ``narrowing``.

    A source of a State counts once (``evidence.dated_sources`` says what one source is).
    """
    inside = _inside(chosen.values(), narrowing)
    state_of = {version.id: state for state, version in chosen.items()}
    found: dict[str, list[int]] = {state: [0, 0] for state in chosen}
    for version_id, field, basis in evidence.fields_found(chosen.values()):
        if inside(version_id, field):
            counts = found[state_of[version_id]]
            counts[0] += 1
            counts[1] += basis is Basis.REFERENCE
    days: dict[str, dict[tuple[object, ...], datetime.date]] = {}
    for version_id, field, source, day in evidence.dated_sources(chosen.values()):
        if inside(version_id, field):
            days.setdefault(state_of[version_id], {})[source] = day
    return {
        name: reliability(
            sum(found[state][0] for state in members if state in found),
            sum(found[state][1] for state in members if state in found),
            [day for state in members for day in sorted(days.get(state, {}).values())],
        )
        for name, members in groups.items()
    }


def _inside(versions: Iterable[Version], narrowing: Narrowing) -> Callable[[int, str], bool]:
    fields: dict[int, frozenset[str]] = {}
    by_layout: dict[str, frozenset[str]] = {}
    for version in versions:
        if version.layout not in by_layout:
            layout = layouts.layout(version.layout)
            mask = masks(layout, narrowing)[HEADLINE]
            by_layout[version.layout] = frozenset(
                field.key for field, wanted in zip(layout.fields, mask, strict=True) if wanted
            )
        fields[version.id] = by_layout[version.layout]
    return lambda version_id, field: field in fields[version_id]
