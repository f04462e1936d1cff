"""The versions of an invented State's matrix, each from what could be read at its date."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.laws import Finding, ordinal, symbol
from cpi1540.desk.practice.record import PracticeVersion
from cpi1540.desk.practice.review import Reading, codes, reviewed, standing
from cpi1540.desk.practice.seed_files import InventedState, PracticeSeed
from cpi1540.desk.practice.single_rows import OneCodeRows
from cpi1540.matrix.layout import Aspect, Layout
from cpi1540.matrix.record import NOT_REVIEWED, Basis, Code, Entry, Origin, Source, Status

_REMARKS = {
    Code.INCOMPLETE: ("listed-items", "general-wording", "text-not-available"),
    Code.BLANK: ("draft-law",),
}


@dataclass(frozen=True, slots=True)
class Session:
    """One working through the matrix: the year, in what order and how far, and what had been found."""

    year: int
    order: Reading
    share: float
    findings: tuple[Finding, ...]


class Author:
    """Writes the entries of one State. The page, remark and second source of a field are the same in all versions,
    so that what differs between two versions is what was found out.
    """

    def __init__(
        self,
        state: InventedState,
        seed: PracticeSeed,
        layout: Layout,
        reports: Sequence[int],
        single: OneCodeRows,
        draws: Draws,
    ) -> None:
        self._state, self._seed, self._layout, self._reports = state, seed, layout, reports
        self._single = single
        pages: dict[tuple[str, str], int] = {}
        self._page: dict[str, int] = {}
        self._remark: dict[str, tuple[float, float]] = {}
        self._second: set[str] = set()
        for field in layout.fields:
            page = pages.setdefault((field.section, field.row), draws.between(3, 24))
            self._page[field.key] = page
            self._remark[field.key] = (draws.share(), draws.share())
            if draws.happens(0.25):
                self._second.add(field.key)

    def entries(self, session: Session) -> dict[str, Entry]:
        """Every field of the layout, as that session leaves it."""
        hits = standing(session.findings, session.year)
        found = codes(session.order, reviewed(session.order, session.share), hits, self._layout)
        single = self._single.entries(session.year, hits, lambda key: self._found(key, hits[key], session.year))
        written = {key: self._entry(key, code, hits.get(key, ()), session.year) for key, code in found.items()}
        return {
            field.key: written.get(field.key) or single.get(field.key) or NOT_REVIEWED for field in self._layout.fields
        }

    def _entry(self, key: str, code: Code, hits: Sequence[Finding], year: int) -> Entry:
        if code is Code.NOT_APPLICABLE:
            return self._remarked(Entry(code), "no-facility")
        if code is Code.FOUND:
            return self._found(key, hits, year)
        sources = tuple(self._source(key, hit, year) for hit in hits[:1])
        chance, which = self._remark[key]
        if chance < (0.4 if code is Code.INCOMPLETE else 0.05):
            remarks = _REMARKS[code]
            return self._remarked(Entry(code, sources=sources), remarks[int(which * len(remarks))])
        return Entry(code, sources=sources)

    def _found(self, key: str, hits: Sequence[Finding], year: int) -> Entry:
        """An X: by reference to the laws that were read, else as the State asserts it."""
        full = [hit for hit in hits if hit.code is Code.FOUND]
        read = [hit for hit in full if hit.measure is not None and hit.read < year]
        if not read:
            return Entry(Code.FOUND, Basis.ASSERTED, (self._in_report(key, year),))
        cited = read[: 2 if key in self._second else 1]
        return Entry(Code.FOUND, Basis.REFERENCE, tuple(self._source(key, hit, year) for hit in cited))

    def _source(self, key: str, hit: Finding, year: int) -> Source:
        if hit.measure is None or hit.read >= year:
            return self._in_report(key, year)
        return Source(measure=hit.measure, pinpoint=hit.pinpoint)

    def _in_report(self, key: str, year: int) -> Source:
        told = [report for report in self._reports if report < year] or self._reports[:1]
        values = {"year": told[-1], "page": self._page[key]}
        language = self._state.language
        return Source(self._seed.texts["report-page"][language] % values, language)

    def _remarked(self, entry: Entry, remark: str) -> Entry:
        language = self._state.language
        return Entry(entry.code, entry.basis, entry.sources, self._seed.remarks[remark][language], language)


def committee_version(
    state: InventedState,
    seed: PracticeSeed,
    layout: Layout,
    number: int,
    approved_on: datetime.date,
    entries: Mapping[str, Entry],
) -> PracticeVersion:
    """A version that the invented committee approved."""
    name = symbol(seed, "matrix", approved_on.year, ordinal(state.code))
    return PracticeVersion(
        number, Origin.COMMITTEE, Status.APPROVED, layout.code, approved_on, name, None, dict(entries)
    )


def open_version(
    layout: Layout,
    number: int,
    status: Status,
    before: Mapping[str, Entry] | None,
    after: Mapping[str, Entry],
    draws: Draws,
) -> PracticeVersion:
    """The office's own open draft: what ``before`` records, with some rows brought up to ``after``.

    About 12 to 28 fields differ from ``before`` (None: nothing was recorded yet), when that many can.
    """
    entries = dict(before or {field.key: NOT_REVIEWED for field in layout.fields})
    blocks: dict[tuple[str, str, Aspect | None], list[str]] = {}
    for field in layout.fields:
        if entries[field.key] != after[field.key]:
            blocks.setdefault((field.section, field.row, field.aspect), []).append(field.key)
    wanted, changed = draws.between(12, 26), 0
    for keys in draws.shuffled(blocks.values()):
        if changed >= wanted:
            break
        entries.update({key: after[key] for key in keys})
        changed += len(keys)
    return PracticeVersion(
        number, Origin.OFFICE, status, layout.code, None, None, number - 1 if before else None, entries
    )
