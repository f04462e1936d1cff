"""Many fields at once: which ones are meant, and what is done to each of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from cpi1540.matrix.layout import Aspect, Domain, Layout, field_key
from cpi1540.matrix.record import NOT_REVIEWED, Basis, Code, Entry, Source


class Work(StrEnum):
    """What is done to many fields in one step."""

    CITE = "cite"
    SET = "set"
    CLEAR = "clear"
    FROM_DOMAIN = "from-domain"
    FROM_VERSION = "from-version"


@dataclass(frozen=True, slots=True)
class Selection:
    """Fields chosen one by one, by row ("op2.transfer") and by column ("op2.nw.framework")."""

    fields: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()


def chosen(layout: Layout, selection: Selection) -> tuple[str, ...]:
    """The keys of every field that the selection means, in printed order; unknown names mean nothing."""
    return tuple(
        field.key
        for field in layout.fields
        if field.key in selection.fields
        or f"{field.section}.{field.row}" in selection.rows
        or (
            field.domain is not None
            and field.aspect is not None
            and f"{field.section}.{field.domain.value}.{field.aspect.value}" in selection.columns
        )
    )


def cite(source: Source, code: Code | None, basis: Basis | None) -> Callable[[Entry], Entry]:
    """Add a source to an entry, once, and set its code; with ``code`` None the code stays."""

    def change(entry: Entry) -> Entry:
        cited = any((each.measure, each.pinpoint) == (source.measure, source.pinpoint) for each in entry.sources)
        sources = entry.sources if cited else (*entry.sources, source)
        if code is None:
            return replace(entry, sources=sources)
        return replace(entry, code=code, basis=basis if code is Code.FOUND else None, sources=sources)

    return change


def set_code(code: Code | None, basis: Basis | None) -> Callable[[Entry], Entry]:
    """Set the code (None: not reviewed); sources and remarks stay."""
    return lambda entry: replace(entry, code=code, basis=basis if code is Code.FOUND else None)


def clear(_entry: Entry) -> Entry:
    """Back to not reviewed, with neither source nor remark."""
    return NOT_REVIEWED


def changed(entries: Mapping[str, Entry], keys: Iterable[str], change: Callable[[Entry], Entry]) -> dict[str, Entry]:
    """Field key -> new entry, for those of ``keys`` that ``change`` changes."""
    made = ((key, change(entries.get(key, NOT_REVIEWED))) for key in keys)
    return {key: entry for key, entry in made if entry != entries.get(key, NOT_REVIEWED)}


def from_domain(entries: Mapping[str, Entry], keys: Iterable[str], domain: Domain) -> dict[str, Entry]:
    """Each field takes over what the same row and aspect record for ``domain``; others stay as they are."""
    made = {}
    for key in keys:
        parts = key.split(".")
        if len(parts) != 4:
            continue
        section, row, own, aspect = parts
        source = field_key(section, row, domain, Aspect(aspect))
        if own != domain and source in entries and entries[source] != entries.get(key, NOT_REVIEWED):
            made[key] = entries[source]
    return made


def from_version(entries: Mapping[str, Entry], keys: Iterable[str], other: Mapping[str, Entry]) -> dict[str, Entry]:
    """Each field takes over what another version records; fields it does not have stay as they are."""
    return {key: other[key] for key in keys if key in other and other[key] != entries.get(key, NOT_REVIEWED)}
