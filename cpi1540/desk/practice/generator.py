"""The practice record: forty invented States with laws, reports and matrices that look like real ones.

A matrix is made the way a real one comes about. A State adopts laws; each clause of a law serves several rows
and weapon domains; reviewers look at the rows one after another, find a clause or only the State's word for
it, and come back after some years. Nothing here describes a real country.
"""

import dataclasses
import datetime
from pathlib import Path

from cpi1540.desk.practice import seed_files
from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.laws import THIS_YEAR, Finding, ordinal, statutes, symbol
from cpi1540.desk.practice.record import PracticeRecord, PracticeState, PracticeVersion
from cpi1540.desk.practice.review import hearsay, level, reading
from cpi1540.desk.practice.seed_files import InventedState, PracticeSeed
from cpi1540.desk.practice.single_rows import OneCodeRows
from cpi1540.desk.practice.versions import Author, Session, committee_version, open_version
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.measure import Document
from cpi1540.matrix.record import Status
from cpi1540.states.state import Report


def generate(layout: Layout, seed_folder: Path, seed: int = 1540) -> PracticeRecord:
    """Make the practice record in ``layout`` from the names and titles in ``seed_folder``.

    The same arguments give the same record on every machine; each State is drawn by itself, so that a State
    more or less changes no other. KeyError or ValueError when a file of the folder is broken.
    """
    files = seed_files.read(seed_folder)
    states = sorted(files.states, key=lambda state: state.code)
    return PracticeRecord(seed, tuple(_State(state, files, layout, seed).made() for state in states))


class _State:
    """The making of one State."""

    def __init__(self, state: InventedState, files: PracticeSeed, layout: Layout, seed: int) -> None:
        self._state, self._files, self._layout, self._seed = state, files, layout, seed
        dates = self._draws("dates")
        self._approvals = [
            datetime.date(dates.between(first, last), dates.between(1, 12), dates.between(1, 28))
            for first, last in ((2008, 2012), (2014, 2018), (2020, 2025))
        ]
        self._report_dates = sorted(
            PartialDate(year, dates.between(1, 12), dates.between(1, 28))
            for year in (
                dates.between(2004, 2006),
                *(day.year - dates.between(1, 2) for day in self._approvals[1:]),
            )
        )

    def made(self) -> PracticeState:
        """The State with all it has on record; a State with no record has a name and no more."""
        state = self._state
        bare = PracticeState(
            state.code,
            state.names,
            state.sort_names,
            state.formal_en,
            state.group,
            state.language,
            state.has_nuclear_facility,
        )
        if state.record == "none":
            return bare
        years = [date.year for date in self._report_dates]
        laws = statutes(state, self._files, self._layout, years, self._draws("laws"))
        return dataclasses.replace(
            bare,
            documents=self._retrieved((*self._report_documents(), *laws.gazettes)),
            measures=laws.measures,
            reports=self._reports(),
            versions=tuple(self._versions(laws.findings, years)),
        )

    def _versions(self, found: tuple[Finding, ...], years: list[int]) -> list[PracticeVersion]:
        state, layout = self._state, self._layout
        last = self._approvals[-1].year
        findings = [*found, *hearsay(layout, (years[0], last - 1), self._draws("hearsay"))]
        order = reading(state.has_nuclear_facility, layout, findings, self._draws("review"))
        share = state.reviewed or 0.1
        left, dropped = level(order, findings, layout, (state.recorded, share, last), self._draws("level"))
        single = OneCodeRows(state, self._files, layout, years, self._draws("single rows"))
        author = Author(state, self._files, layout, years, single, self._draws("entries"))
        shares = self._draws("shares")
        grown = (shares.share(0.5, 0.62), shares.share(0.72, 0.88), 1.0)
        now = author.entries(
            Session(THIS_YEAR, order.without_doubts(2), min(1.0, share + 0.06), (*left, *dropped[::2]))
        )
        if state.record == "first-draft":
            return [open_version(layout, 1, Status.DRAFT, None, now, self._draws("draft"))]
        if state.record == "treaties":
            entries = author.entries(Session(last, order, 0.0, ()))
            return [committee_version(state, self._files, layout, 1, self._approvals[-1], entries)]
        made = [
            committee_version(
                state,
                self._files,
                layout,
                number,
                day,
                author.entries(Session(day.year, order, share * part, left)),
            )
            for number, (day, part) in enumerate(zip(self._approvals, grown, strict=True), 1)
        ]
        if state.draft:
            before = made[-1].entries
            made.append(open_version(layout, len(made) + 1, Status(state.draft), before, now, self._draws("draft")))
        return made

    def _retrieved(self, documents: tuple[Document, ...]) -> tuple[Document, ...]:
        """The documents with the day on which somebody last looked at each; one in eight nobody ever did again."""
        draws = self._draws("retrieved")
        looked = []
        for document in documents:
            day, again = (
                datetime.date(2024, 3, 1) + datetime.timedelta(days=draws.between(0, 700)),
                draws.happens(7 / 8),
            )
            looked.append(dataclasses.replace(document, retrieved_on=day) if again else document)
        return tuple(looked)

    def _report_documents(self) -> list[Document]:
        language, titles = self._state.language, self._files.titles
        return [
            Document(
                self._report_symbol(date.year),
                titles["first" if place == 0 else "additional"][language],
                language,
                None,
                date,
            )
            for place, date in enumerate(self._report_dates)
        ]

    def _reports(self) -> tuple[Report, ...]:
        return tuple(
            Report("first" if place == 0 else "additional", date, self._report_symbol(date.year))
            for place, date in enumerate(self._report_dates)
        )

    def _report_symbol(self, year: int) -> str:
        return symbol(self._files, "report", year, ordinal(self._state.code))

    def _draws(self, purpose: str) -> Draws:
        return Draws(self._seed, self._state.code, purpose)
