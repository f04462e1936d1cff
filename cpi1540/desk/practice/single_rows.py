"""The sections of an invented matrix that have one code a row: OP 1, and OP 6, 7 and 8 (d)."""

from collections.abc import Callable, Mapping, Sequence

from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.laws import Finding
from cpi1540.desk.practice.seed_files import InventedState, PracticeSeed, TreatyRow
from cpi1540.matrix.layout import Layout, Role, field_key
from cpi1540.matrix.record import Basis, Code, Entry, Source

# Zones, regimes, memberships and statements: what is not listed is not reviewed, never blank.
_NEVER_BLANK = frozenset({"nwfz", "other-conventions", "other-arrangements", "membership"})
# How often a State's reports answer for a row of OP 6, 7 and 8 (d) that none of its laws serves.
_TOLD = {
    "assistance-offered": 0.15,
    "assistance-requested": 0.45,
    "assistance-contact": 0.4,
    "assistance-in-place": 0.45,
    "inform-industry": 0.2,
    "inform-public": 0.25,
    "contact-point": 0.6,
    "control-lists-other": 0.1,
}


class OneCodeRows:
    """What is recorded in the one-code rows at a given year; a State joins a treaty once and stays."""

    def __init__(
        self, state: InventedState, seed: PracticeSeed, layout: Layout, reports: Sequence[int], draws: Draws
    ) -> None:
        self._state, self._seed, self._layout, self._reports = state, seed, layout, reports
        self._joined: dict[str, tuple[TreatyRow, int | None, int | None]] = {}
        self._seen: dict[str, float] = {}
        self._told: dict[str, int | None] = {}
        for treaty in seed.treaties:
            year, drawn = draws.between(*treaty.years), draws.share()
            party = treaty.groups.get(state.group, treaty.party)
            joined = year if drawn < party else None
            signed = year if joined is None and drawn < party + treaty.signed else None
            self._joined[treaty.row] = (treaty, joined, signed)
        for field in layout.section("op678").rows:
            told, since = draws.happens(_TOLD.get(field.key, 0.0)), draws.between(2004, 2022)
            self._told[field.key] = since if told else None
        for section in ("op1", "op678"):
            for field in layout.section(section).rows:
                self._seen[field_key(section, field.key)] = draws.share()

    def entries(
        self, year: int, hits: Mapping[str, Sequence[Finding]], found: Callable[[str], Entry]
    ) -> dict[str, Entry]:
        """The reviewed rows of both sections; ``found`` writes the X of a field that a law serves."""
        written: dict[str, Entry] = {}
        for row in self._layout.section("op1").rows:
            key = field_key("op1", row.key)
            if self._seen[key] < 0.94 and (entry := self._treaty(row.key, year)) is not None:
                written[key] = entry
        looked_at = 0.35 if self._state.record in ("thin", "treaties", "first-draft") else 0.8
        for row in self._layout.section("op678").rows:
            key = field_key("op678", row.key)
            told = self._told[row.key]
            if key in hits:
                written[key] = found(key) if hits[key][0].code is Code.FOUND else self._incomplete(hits[key][0])
            elif told is not None and told < year:
                written[key] = self._in_report(told, year)
            elif self._seen[key] < looked_at and row.role is Role.COUNTED:
                written[key] = Entry(Code.BLANK)
        return written

    def _treaty(self, row: str, year: int) -> Entry | None:
        if row not in self._joined:
            return None
        treaty, joined, signed = self._joined[row]
        if joined is not None and joined < year:
            basis = Basis.ASSERTED if treaty.text == "statement" else Basis.REFERENCE
            when = self._reported(joined, year) if treaty.text == "statement" else joined
            return Entry(Code.FOUND, basis, (self._text(treaty.text, when),))
        if signed is not None and signed < year:
            return Entry(Code.INCOMPLETE, None, (self._text("signed", signed),))
        if row in _NEVER_BLANK or treaty.text == "statement":
            return None
        return Entry(Code.BLANK)

    def _incomplete(self, hit: Finding) -> Entry:
        return Entry(Code.INCOMPLETE, None, (Source(measure=hit.measure, pinpoint=hit.pinpoint),))

    def _in_report(self, since: int, year: int) -> Entry:
        source = self._text("statement", self._reported(since, year))
        return Entry(Code.FOUND, Basis.ASSERTED, (source,))

    def _reported(self, since: int, year: int) -> int:
        """The year of the report that says so: the first one from ``since`` on, before ``year``."""
        told = [report for report in self._reports if since <= report < year]
        return told[0] if told else self._reports[0]

    def _text(self, text: str, year: int) -> Source:
        language = self._state.language
        return Source(self._seed.texts[text][language] % {"year": year}, language)
